//! Recognises the lines that exports of news databases share.
//!
//! In: a line. Out: what it is: a date, a count of words, a mark of copyright.

use jiff::civil::{Date, date};

use crate::article::Precision;
use crate::parse::date::parse_date;

/// Exports are read long after they are made, so no date in them is in the future.
const LAST_DAY: Date = date(9998, 12, 31);
/// Lines of a date are short.
const MAX_DATE_CHARS: usize = 60;

/// The date that a line holds and begins with, but for a day of the week; hours and
/// names of days after it are left out.
pub(super) fn date_line(line: &str) -> Option<String> {
    let line = line.trim();
    if line.chars().nth(MAX_DATE_CHARS).is_some() {
        return None;
    }
    let year_end = year_end(line)?;
    let whole = &line[..year_end];
    let after_day = whole.split_once(',').map(|(_, rest)| rest.trim());
    let after_word = whole.split_once(' ').map(|(_, rest)| rest.trim());
    [Some(whole), after_day, after_word]
        .into_iter()
        .flatten()
        .find(|text| text.contains(' ') && is_date(text))
        .map(str::to_owned)
}

/// Whether a text is a date that says more than the year.
fn is_date(text: &str) -> bool {
    let date = parse_date(text, None, LAST_DAY).ok().flatten();
    date.is_some_and(|date| date.precision != Precision::Year)
}

/// Where the first number of four digits ends.
fn year_end(line: &str) -> Option<usize> {
    let mut start = 0;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        if c.is_ascii_digit() {
            continue;
        }
        if at - start == 4 && line[start..at].starts_with(['1', '2']) {
            return Some(at);
        }
        start = at + c.len_utf8();
    }
    None
}

/// Whether a line is nothing but a count of words: `512 words`.
pub(super) fn is_word_count(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "words",
        "word",
        "wörter",
        "worte",
        "mots",
        "palabras",
        "parole",
        "palavras",
        "woorden",
        "слов",
        "слова",
        "ord",
        "słów",
    ];
    let Some((count, unit)) = line.trim().split_once([' ', '\u{a0}']) else {
        return false;
    };
    count.starts_with(|c: char| c.is_ascii_digit())
        && count
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
        && WORDS.contains(&unit.trim().to_lowercase().as_str())
}

/// Whether a line claims rights, and does not talk of them: it names a year or goes on
/// with another mark of them.
pub(super) fn is_copyright(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    if lower.starts_with(['©', '℗'])
        || lower.starts_with("all rights reserved")
        || lower.ends_with("all rights reserved")
    {
        return true;
    }
    const MARKS: &[&str] = &["copyright", "©", "℗", "(c)"];
    let mut rest = lower.as_str();
    while let Some(after) = MARKS.iter().find_map(|mark| rest.strip_prefix(mark)) {
        rest = after.trim_start_matches([' ', ',', ':', '.', '\u{a0}']);
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest.len() < lower.len() && (digits == 4 || rest.is_empty())
}

/// Whether a line starts like a by-line.
pub(super) fn is_byline(line: &str) -> bool {
    let line = line.trim();
    [
        "By ", "BY ", "by ", "Von ", "VON ", "Par ", "PAR ", "Por ", "POR ",
    ]
    .iter()
    .any(|word| line.starts_with(word))
        && line.chars().nth(150).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, date: Option<&str>) {
        assert_eq!(date_line(line).as_deref(), date);
    }

    #[test]
    fn dates_with_days_and_hours() {
        check("March 15, 2025 Saturday", Some("March 15, 2025"));
        check("Saturday, March 15, 2025", Some("Saturday, March 15, 2025"));
        check("15 March 2025 Saturday 8:30 AM GMT", Some("15 March 2025"));
        check("Saturday 15 March 2025", Some("Saturday 15 March 2025"));
        check("  March 2025", Some("March 2025"));
    }

    #[test]
    fn other_lines_are_no_dates() {
        check("The 2025 budget of Meridian", None);
        check("2025", None);
        check("512 words", None);
        check("Harbour fees", None);
    }

    #[test]
    fn rights_are_claimed_with_a_year() {
        for line in [
            "Copyright 2025 Meridian Press Group All Rights Reserved",
            "COPYRIGHT 2025 Meridian",
            "Copyright (c) 2025, Meridian",
            "  © 2025 Harbour Wire",
            "(c)1999 Harbour Wire",
            "Copyright Meridian Press Group. All rights reserved",
            "All Rights Reserved",
            "Copyright",
        ] {
            assert!(is_copyright(line), "{line}");
        }
        for line in [
            "Copyright holders of the chart wait.",
            "Copyrights",
            "(c) the third",
            "",
        ] {
            assert!(!is_copyright(line), "{line}");
        }
    }

    #[test]
    fn counts_of_words() {
        assert!(is_word_count("512 words") && is_word_count("1,204 mots"));
        assert!(!is_word_count("512 ships") && !is_word_count("words"));
    }
}
