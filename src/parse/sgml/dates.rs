//! Finds the date in what collections write around it.
//!
//! In: `January 1, 1989, Sunday, Home Edition`, `910514`, `03/24/87`. Out: the part
//! that names the day, as [`parse_date`](crate::parse::parse_date) reads it.

use super::docno::day_of;

/// The part of a field's text that names a day, perhaps with a time.
pub(super) fn date_part(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    if let [first, rest @ ..] = &words[..]
        && let Some(day) = six_figures(first).or_else(|| american(first))
    {
        let time = rest.first().filter(|word| word.contains(':'));
        return time.map_or_else(|| day.clone(), |time| format!("{day} {time}"));
    }
    up_to_year(&text).to_owned()
}

/// `910514`: the 14th of May 1991.
fn six_figures(word: &str) -> Option<String> {
    let is_day = word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    is_day.then(|| day_of(&word[..2], &word[2..4], &word[4..]))?
}

/// `03/24/87`, `03/24/1987`: these collections are American, the month comes first.
fn american(word: &str) -> Option<String> {
    let mut fields = word.split('/');
    let (month, day, year) = (fields.next()?, fields.next()?, fields.next()?);
    let is_date = fields.next().is_none()
        && matches!((month.len(), day.len(), year.len()), (1..=2, 1..=2, 2 | 4));
    is_date.then(|| day_of(year, month, day))?
}

/// Leaves out what follows the year, unless that is a time.
fn up_to_year(text: &str) -> &str {
    let mut end = 0;
    let mut is_after_year = false;
    for word in text.split_inclusive(' ') {
        if is_after_year && !word.contains(':') {
            return text[..end].trim_end_matches([' ', ',']);
        }
        end += word.len();
        let word = word.trim_end_matches([' ', ',', '.', ';']);
        is_after_year |= word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::date_part;

    #[track_caller]
    fn check(text: &str, part: &str) {
        assert_eq!(date_part(text), part);
    }

    #[test]
    fn figures() {
        check(" 910514\n", "1991-05-14");
        check("01/30/03", "2003-01-30");
        check("06/01/1998 05:45", "1998-06-01 05:45");
        check("19890101", "19890101");
        check("991399", "991399");
    }

    #[test]
    fn words_around_the_date_go() {
        check("January 1, 1989, Sunday, Home Edition", "January 1, 1989");
        check("  28 March 1994 ", "28 March 1994");
        check("Mon Jun 1 05:45:00 1998", "Mon Jun 1 05:45:00 1998");
        check("1998-06-01 00:01:00", "1998-06-01 00:01:00");
        check("26-FEB-1987 15:01:01.79", "26-FEB-1987 15:01:01.79");
    }
}
