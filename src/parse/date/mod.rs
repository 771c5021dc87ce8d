//! Reads dates as articles write them.
//!
//! In: a date in ISO 8601 or RFC 2822, an epoch, or English words. Out: the
//! civil day that the text names, the moment if it gives one, and how much of it
//! is known.
//!
//! A text is split into parts first and checked against the calendar once, at the
//! end; nothing is ever filled in from the clock. A time without a zone is taken
//! as UTC. What cannot be told apart (`03/04/2025`) is refused, not guessed.

mod clock;
#[cfg(test)]
mod tests;

use std::fmt;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

use crate::article::{ArticleDate, DateOrigin, Precision};
use clock::{Clock, read_clock};

/// Before this year nobody printed news.
const FIRST_YEAR: i16 = 1600;
/// Clocks and time zones may be ahead by this much.
const DAYS_AHEAD: i64 = 2;
/// Longer texts are no dates.
const MAX_BYTES: usize = 100;

/// A text that is no date, or not one that an article can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadDate {
    text: String,
    reason: &'static str,
}

impl fmt::Display for BadDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "date \"{}\": {}", self.text, self.reason)
    }
}

/// Reads a date; `None` if the text is blank.
///
/// # Errors
///
/// [`BadDate`] if it is not in a known notation, if there is no such day or time
/// of day, if it lies before 1600 or more than two days after `today`.
pub fn parse_date(text: &str, today: Date) -> Result<Option<ArticleDate>, BadDate> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    read(text, today).map(Some).map_err(|reason| BadDate {
        text: text.chars().take(40).collect(),
        reason,
    })
}

const UNKNOWN: &str = "not a date in a known notation";
const IMPOSSIBLE: &str = "there is no such day or time";

fn read(text: &str, today: Date) -> Result<ArticleDate, &'static str> {
    if text.len() > MAX_BYTES {
        return Err(UNKNOWN);
    }
    let date = match epoch(text) {
        Some(moment) => from_moment(moment),
        None => read_numbers(text)
            .or_else(|| read_words(text))
            .ok_or(UNKNOWN)??
            .build()
            .ok_or(IMPOSSIBLE)?,
    };
    if date.day.year() < FIRST_YEAR {
        return Err("before the year 1600");
    }
    if date.day > today.saturating_add(DAYS_AHEAD.days()) {
        return Err("in the future");
    }
    Ok(date)
}

/// A date before anyone has asked whether it exists.
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    clock: Option<Clock>,
}

impl Parts {
    fn build(self) -> Option<ArticleDate> {
        let day = Date::new(self.year?, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()?;
        let precision = match (self.month, self.day) {
            (None, _) => Precision::Year,
            (_, None) => Precision::Month,
            _ => Precision::Day,
        };
        let Some(clock) = self.clock.filter(|_| precision == Precision::Day) else {
            return Some(ArticleDate {
                day,
                instant: None,
                precision,
                origin: DateOrigin::Field,
            });
        };
        let time = Time::new(clock.hour, clock.minute, clock.second, clock.nanosecond).ok()?;
        let offset = Offset::from_seconds(clock.offset.unwrap_or(0)).ok()?;
        let instant = offset.to_timestamp(DateTime::from_parts(day, time)).ok()?;
        Some(ArticleDate {
            day,
            instant: Some(instant),
            precision: Precision::Instant,
            origin: DateOrigin::Field,
        })
    }
}

fn from_moment(instant: Timestamp) -> ArticleDate {
    ArticleDate {
        day: instant.to_zoned(TimeZone::UTC).date(),
        instant: Some(instant),
        precision: Precision::Instant,
        origin: DateOrigin::Field,
    }
}

/// Seconds, milliseconds or microseconds since 1970, told apart by their length.
fn epoch(text: &str) -> Option<Timestamp> {
    let whole = match text.split_once('.') {
        Some((whole, fraction)) if is_digits(fraction) && whole.len() >= 9 => whole,
        Some(_) => return None,
        None => text,
    };
    if !is_digits(whole) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    match whole.len() {
        9..=10 => Timestamp::from_second(number).ok(),
        12..=13 => Timestamp::from_millisecond(number).ok(),
        15..=16 => Timestamp::from_microsecond(number).ok(),
        _ => None,
    }
}

/// What a notation gives: nothing if the text is not in it, else parts or a refusal.
type Reading = Option<Result<Parts, &'static str>>;

/// Dates in figures: `2025-03-15T18:40`, `20250315`, `15.03.2025`, `2025`.
fn read_numbers(text: &str) -> Reading {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/' | '.')))
        .unwrap_or(text.len());
    let (date, rest) = text.split_at(end);
    let rest = rest
        .strip_prefix(['T', 't', ','])
        .unwrap_or(rest)
        .trim_start();
    let mut parts = match read_day(date)? {
        Ok(parts) => parts,
        Err(reason) => return Some(Err(reason)),
    };
    if !rest.is_empty() {
        parts.clock = Some(read_clock(rest)?);
    }
    Some(Ok(parts))
}

fn read_day(date: &str) -> Reading {
    if is_digits(date) {
        return read_compact(date).map(Ok);
    }
    let separator = date.chars().find(|c| !c.is_ascii_digit())?;
    let fields: Vec<&str> = date.split(separator).collect();
    if fields.iter().any(|field| !is_digits(field)) {
        return None;
    }
    match fields[..] {
        [year, month] if year.len() == 4 => Some(Ok(parts(year, month, None)?)),
        [year, month, day] if year.len() == 4 => Some(Ok(parts(year, month, Some(day))?)),
        [first, second, year] if year.len() == 4 => day_and_month(first, second, separator)
            .map(|order| order.and_then(|(d, m)| parts(year, m, Some(d)).ok_or(UNKNOWN))),
        _ => None,
    }
}

/// Which of two figures is the day. With points it is the first; else only one
/// of them may be a month.
fn day_and_month<'a>(
    first: &'a str,
    second: &'a str,
    separator: char,
) -> Option<Result<(&'a str, &'a str), &'static str>> {
    let (a, b): (u32, u32) = (first.parse().ok()?, second.parse().ok()?);
    Some(match separator {
        '.' => Ok((first, second)),
        _ if a == b || a > 12 => Ok((first, second)),
        _ if b > 12 => Ok((second, first)),
        _ => Err("day and month cannot be told apart"),
    })
}

/// Figures without separators: a year, a day, or a day and its time.
fn read_compact(date: &str) -> Option<Parts> {
    match date.len() {
        4 => Some(Parts {
            year: date.parse().ok(),
            ..Parts::default()
        }),
        8 => parts(&date[..4], &date[4..6], Some(&date[6..])),
        14 => Some(Parts {
            clock: read_clock(&date[8..]),
            ..parts(&date[..4], &date[4..6], Some(&date[6..8]))?
        }),
        _ => None,
    }
}

fn parts(year: &str, month: &str, day: Option<&str>) -> Option<Parts> {
    let day = match day {
        Some(day) => Some(day.parse().ok()?),
        None => None,
    };
    Some(Parts {
        year: Some(year.parse().ok()?),
        month: Some(month.parse().ok()?),
        day,
        clock: None,
    })
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Dates in English words: `March 15, 2025`, `Sat, 15 Mar 2025 18:40:00 +0000`.
fn read_words(text: &str) -> Reading {
    let mut parts = Parts::default();
    let lower = text.to_lowercase();
    let mut rest = lower.trim_start();
    while let Some(token) = rest
        .split([' ', ',', '\u{a0}'])
        .next()
        .filter(|_| !rest.is_empty())
    {
        if token.contains(':') && token.starts_with(|c: char| c.is_ascii_digit()) {
            parts.clock = Some(read_clock(&rest.replace('\u{a0}', " "))?);
            // A year may follow the time, as in Unix's `date`; nothing else does.
            break;
        }
        for word in token.split(['-', '/']).filter(|word| !word.is_empty()) {
            take_word(word, &mut parts)?;
        }
        rest = rest[token.len()..].trim_start_matches([' ', ',', '\u{a0}']);
    }
    (parts.year.is_some() && parts.month.is_some()).then_some(Ok(parts))
}

/// Fits one word into the date; `None` if it has no place there.
fn take_word(word: &str, parts: &mut Parts) -> Option<()> {
    let plain = word.trim_end_matches('.');
    if matches!(plain, "" | "at" | "on" | "of" | "the" | "|" | "–") || is_name(plain, &WEEKDAYS) {
        return Some(());
    }
    if let Some(month) = MONTHS.iter().position(|month| is_short_for(plain, month)) {
        let month = i8::try_from(month + 1).ok()?;
        return parts.month.replace(month).is_none().then_some(());
    }
    let figures = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| plain.strip_suffix(end))
        .unwrap_or(plain);
    if !is_digits(figures) {
        return None;
    }
    match figures.len() {
        1 | 2 => parts
            .day
            .replace(figures.parse().ok()?)
            .is_none()
            .then_some(()),
        4 => parts
            .year
            .replace(figures.parse().ok()?)
            .is_none()
            .then_some(()),
        _ => None,
    }
}

fn is_name(word: &str, names: &[&str]) -> bool {
    names.iter().any(|name| is_short_for(word, name))
}

/// The name, or its first letters, three at least.
fn is_short_for(word: &str, name: &str) -> bool {
    word.len() >= 3 && name.starts_with(word) || (word == "sept" && name == "september")
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
