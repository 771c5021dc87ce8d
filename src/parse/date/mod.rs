//! Reads dates as articles write them.
//!
//! In: a date in ISO 8601 or RFC 2822, an epoch, figures or words of some sixty
//! languages. Out: the civil day that the text names, the moment if it gives one,
//! and how much of it is known.
//!
//! A text is split into parts first ([`reader`]) and checked against the calendar
//! once, at the end; nothing is ever filled in from the clock, so `yesterday` is no
//! date. A time without a zone is taken as UTC; a time in a zone whose name means
//! several (`IST`) leaves only the day. What cannot be told apart (`03/04/2025`) is
//! refused, not guessed.

mod clock;
mod east_asian;
mod figures;
mod names;
#[cfg(test)]
mod properties;
mod reader;
#[cfg(test)]
mod tests;

use std::fmt;

use jiff::civil::{Date, DateTime, ISOWeekDate, Time, Weekday};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

use crate::article::{ArticleDate, DateOrigin, Precision};
use clock::{Clock, Zone};

/// Before this year nobody printed news.
const FIRST_YEAR: i16 = 1600;
/// Clocks and time zones may be ahead by this much.
const DAYS_AHEAD: i64 = 2;
/// Longer texts are no dates.
const MAX_BYTES: usize = 160;

/// A text that is no date, or not one that an article can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadDate {
    text: String,
    fault: Fault,
}

/// What is wrong with a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Unknown,
    /// Figures that may be day and month or month and day.
    Unclear,
    Impossible,
    TooEarly,
    Future,
}

impl BadDate {
    /// Whether it was understood, but no article can have it.
    pub fn is_impossible(&self) -> bool {
        matches!(
            self.fault,
            Fault::Impossible | Fault::TooEarly | Fault::Future
        )
    }
}

impl fmt::Display for BadDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.fault {
            Fault::Unknown => "not a date in a known notation",
            Fault::Unclear => "day and month cannot be told apart",
            Fault::Impossible => "there is no such day or time",
            Fault::TooEarly => "before the year 1600",
            Fault::Future => "in the future",
        };
        write!(f, "date \"{}\": {reason}", self.text)
    }
}

/// Reads a date; `None` if the text is blank.
///
/// `lang` is the article's language, a code; it decides between months that share
/// a name (`listopad` is October in Croatian, November in Polish).
///
/// # Errors
///
/// [`BadDate`] if it is not in a known notation, if there is no such day or time
/// of day, if it lies before 1600 or more than two days after `today`.
pub fn parse_date(
    text: &str,
    lang: Option<&str>,
    today: Date,
) -> Result<Option<ArticleDate>, BadDate> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    read(text, lang, today).map(Some).map_err(|fault| BadDate {
        text: text.chars().take(40).collect(),
        fault,
    })
}

fn read(text: &str, lang: Option<&str>, today: Date) -> Result<ArticleDate, Fault> {
    if text.len() > MAX_BYTES {
        return Err(Fault::Unknown);
    }
    let date = match epoch(text) {
        Some(moment) => from_moment(moment),
        None => reader::read(text, lang)?.build().ok_or(Fault::Impossible)?,
    };
    if date.day.year() < FIRST_YEAR {
        return Err(Fault::TooEarly);
    }
    if date.day > today.saturating_add(DAYS_AHEAD.days()) {
        return Err(Fault::Future);
    }
    Ok(date)
}

/// A day before anyone has asked whether it exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RawDay {
    Year(i16),
    Month(i16, i8),
    Day(i16, i8, i8),
    /// The day of the year, from 1.
    Ordinal(i16, i16),
    /// The ISO week and the day in it, from 1 for Monday.
    Week(i16, i8, i8),
}

impl RawDay {
    fn build(self) -> Option<(Date, Precision)> {
        let day = match self {
            Self::Year(year) => return Some((Date::new(year, 1, 1).ok()?, Precision::Year)),
            Self::Month(year, month) => {
                return Some((Date::new(year, month, 1).ok()?, Precision::Month));
            }
            Self::Day(year, month, day) => Date::new(year, month, day).ok()?,
            Self::Ordinal(year, day) => {
                let first = Date::new(year, 1, 1).ok()?;
                (1..=first.days_in_year())
                    .contains(&day)
                    .then(|| first.saturating_add((i64::from(day) - 1).days()))?
            }
            Self::Week(year, week, day) => {
                let weekday = Weekday::from_monday_one_offset(day).ok()?;
                ISOWeekDate::new(year, week, weekday).ok()?.date()
            }
        };
        Some((day, Precision::Day))
    }
}

/// What a text says about a date.
#[derive(Clone, Copy, Debug)]
struct Parts {
    day: RawDay,
    clock: Option<Clock>,
    zone: Option<Zone>,
}

impl Parts {
    fn build(self) -> Option<ArticleDate> {
        let (day, precision) = self.day.build()?;
        let mut date = ArticleDate {
            day,
            instant: None,
            precision,
            origin: DateOrigin::Field,
        };
        let Some(clock) = self.clock else {
            return Some(date);
        };
        let time = Time::new(clock.hour, clock.minute, clock.second, clock.nanosecond).ok()?;
        let seconds = match self.zone {
            None => 0,
            Some(Zone::Offset(seconds)) => seconds,
            Some(Zone::Unclear) => return Some(date),
        };
        if precision == Precision::Day {
            let offset = Offset::from_seconds(seconds).ok()?;
            date.instant = Some(offset.to_timestamp(DateTime::from_parts(day, time)).ok()?);
            date.precision = Precision::Instant;
        }
        Some(date)
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

/// Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by
/// their length.
fn epoch(text: &str) -> Option<Timestamp> {
    let (sign, figures) = match text.strip_prefix('-') {
        Some(figures) => (-1, figures),
        None => (1, text),
    };
    let whole = match figures.split_once('.') {
        Some((whole, fraction)) if is_digits(fraction) => whole,
        Some(_) => return None,
        None => figures,
    };
    if !is_digits(whole) || whole.len() > 19 {
        return None;
    }
    let number = sign * whole.parse::<i64>().ok()?;
    match whole.len() {
        9..=10 => Timestamp::from_second(number).ok(),
        // No one means the summer of 1976 by `202503151840`.
        12 if whole.starts_with("19") || whole.starts_with("20") => None,
        12..=13 => Timestamp::from_millisecond(number).ok(),
        15..=16 => Timestamp::from_microsecond(number).ok(),
        18..=19 => Timestamp::from_nanosecond(i128::from(number)).ok(),
        _ => None,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
