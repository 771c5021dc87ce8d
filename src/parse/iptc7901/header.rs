//! The first line of a message, and the date in its last one.
//!
//! In: lines. Out: who sent it as which number, and when.

use super::SOH;

/// Letters of a service, before its number.
const SERVICE_LETTERS: std::ops::RangeInclusive<usize> = 2..=4;
/// Two figures of a year above these are of the last century.
const LAST_YEAR: u16 = 50;
const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// What the header of a message says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header<'a> {
    /// Service and number, which starts again every day or so.
    pub(super) id: &'a str,
    /// The category; a letter or a short code.
    pub(super) category: Option<&'a str>,
    /// The agency, if it is named.
    pub(super) agency: Option<&'a str>,
    /// Whether the message follows ANPA 1312.
    pub(super) is_anpa: bool,
}

impl<'a> Header<'a> {
    /// Reads a header line: `abc0123 4 pol 250 …`, and after SOH also `a0123…`.
    pub(super) fn read(line: &'a str) -> Option<Self> {
        let (is_marked, line) = match line.split_once(SOH) {
            Some((_, after)) => (true, after),
            None => (false, line),
        };
        let line = line.trim();
        Self::of_iptc(line).or_else(|| is_marked.then(|| Self::of_anpa(line)).flatten())
    }

    fn of_iptc(line: &'a str) -> Option<Self> {
        let mut fields = line.split_whitespace();
        let id = fields.next()?;
        let letters = letters(id);
        let number = &id[letters..];
        let (urgency, category, words) = (fields.next()?, fields.next()?, fields.next()?);
        let is_header = SERVICE_LETTERS.contains(&letters)
            && (3..=5).contains(&number.len())
            && is_digits(number)
            && urgency.len() == 1
            && is_digits(urgency)
            && category.len() <= 3
            && category.bytes().all(|byte| byte.is_ascii_alphabetic())
            && words.len() <= 5
            && is_digits(words);
        is_header.then(|| Self {
            id,
            category: Some(category),
            agency: fields
                .map(|field| &field[..letters_and_dash(field)])
                .find(|name| name.len() > 1),
            is_anpa: false,
        })
    }

    /// A letter and four figures; what follows differs.
    fn of_anpa(line: &'a str) -> Option<Self> {
        let id = line.get(..5)?;
        (letters(id) == 1 && is_digits(&id[1..])).then_some(Self {
            id,
            category: None,
            agency: None,
            is_anpa: true,
        })
    }
}

/// How many letters a text begins with.
fn letters(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_alphabetic).count()
}

fn letters_and_dash(text: &str) -> usize {
    let name = text.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
    if name
        .bytes()
        .all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
    {
        name.len()
    } else {
        0
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The day, and the time if it is there, that a line gives: `151830 GMT Mar 25`,
/// `AP-WF-03-15-25 1830GMT<`.
pub(super) fn date(line: &str) -> Option<String> {
    let fields: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '-'))
        .filter(|field| !field.is_empty())
        .collect();
    if fields.len() > 8 {
        return None;
    }
    of_iptc(&fields).or_else(|| of_anpa(&fields))
}

fn of_iptc(fields: &[&str]) -> Option<String> {
    let (first, rest) = fields.split_first()?;
    let (zone, rest) = match rest {
        [zone, rest @ ..] if rest.len() == 2 => (*zone, rest),
        rest => ("", rest),
    };
    let [month, year] = rest else {
        return None;
    };
    if first.len() != 6 || !is_digits(first) {
        return None;
    }
    let month = month.get(..3)?.to_lowercase();
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let day = format!("{}-{month:02}-{}", full_year(year)?, &first[..2]);
    Some(with_time(&day, &first[2..], zone))
}

fn of_anpa(fields: &[&str]) -> Option<String> {
    let at = fields.iter().position(|field| is_digits(field))?;
    let [month, day, year, time] = fields.get(at..at + 4)? else {
        return None;
    };
    let is_day = [month, day]
        .iter()
        .all(|part| is_digits(part) && part.len() == 2);
    let hour = time.get(..4).filter(|hour| is_digits(hour))?;
    let day = is_day.then_some(format!("{}-{month}-{day}", full_year(year)?))?;
    Some(with_time(&day, hour, &time[4..]))
}

fn full_year(year: &str) -> Option<u16> {
    let number: u16 = year.parse().ok()?;
    match year.len() {
        2 if number > LAST_YEAR => Some(1900 + number),
        2 => Some(2000 + number),
        4 => Some(number),
        _ => None,
    }
}

/// Adds a time of day, if its zone is a known one or none.
fn with_time(day: &str, time: &str, zone: &str) -> String {
    const ZONES: &[&str] = &["", "GMT", "UTC", "EST", "EDT"];
    let zone = zone.to_uppercase();
    if !ZONES.contains(&zone.as_str()) {
        return day.to_owned();
    }
    let (hour, minute) = time.split_at(2);
    format!("{day} {hour}:{minute} {zone}").trim().to_owned()
}
