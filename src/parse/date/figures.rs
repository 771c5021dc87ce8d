//! Reads days that are written in figures.
//!
//! In: one word, as `2025-03-15`, `20250315`, `15.03.2025`, `3/15/2025`, `03/2025`,
//! `2025-074` (day of the year), `2025-W11-6` (week and day), `2025`. Out: the day;
//! whether it exists is asked later.

use super::{Fault, RawDay, is_digits};

/// The day that all of `text` names; `None` if it is no such thing.
pub(super) fn read_day(text: &str) -> Option<Result<RawDay, Fault>> {
    if is_digits(text) {
        return read_compact(text).map(Ok);
    }
    if let Some(week) = read_week(text) {
        return Some(Ok(week));
    }
    let separator = text.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(separator, '-' | '/' | '.' | '_') {
        return None;
    }
    let fields: Vec<&str> = text.split(separator).collect();
    if fields.iter().any(|field| !is_digits(field)) {
        return None;
    }
    let day = |year: &str, month: &str, day: &str| {
        (month.len() <= 2 && day.len() <= 2)
            .then(|| {
                Some(RawDay::Day(
                    year.parse().ok()?,
                    month.parse().ok()?,
                    day.parse().ok()?,
                ))
            })
            .flatten()
    };
    match fields[..] {
        [year, ordinal] if year.len() == 4 && ordinal.len() == 3 && separator == '-' => Some(Ok(
            RawDay::Ordinal(year.parse().ok()?, ordinal.parse().ok()?),
        )),
        [year, month] | [month, year] if year.len() == 4 && month.len() <= 2 => {
            Some(Ok(RawDay::Month(year.parse().ok()?, month.parse().ok()?)))
        }
        [year, month, of_month] if year.len() == 4 => Some(Ok(day(year, month, of_month)?)),
        [first, second, year] if year.len() == 4 => {
            match day_and_month(first, second, separator)? {
                Ok((of_month, month)) => Some(Ok(day(year, month, of_month)?)),
                Err(fault) => Some(Err(fault)),
            }
        }
        _ => None,
    }
}

/// Which of two figures is the day. With points it is the first; else only one
/// of them may be a month.
fn day_and_month<'a>(
    first: &'a str,
    second: &'a str,
    separator: char,
) -> Option<Result<(&'a str, &'a str), Fault>> {
    let (a, b): (u32, u32) = (first.parse().ok()?, second.parse().ok()?);
    Some(match separator {
        '.' => Ok((first, second)),
        _ if a == b || a > 12 => Ok((first, second)),
        _ if b > 12 => Ok((second, first)),
        _ => Err(Fault::Unclear),
    })
}

/// Figures without separators: a year or a day.
fn read_compact(text: &str) -> Option<RawDay> {
    let year = text.get(..4)?.parse().ok()?;
    match text.len() {
        4 => Some(RawDay::Year(year)),
        8 => Some(RawDay::Day(
            year,
            text[4..6].parse().ok()?,
            text[6..].parse().ok()?,
        )),
        _ => None,
    }
}

/// `2025-w11-6` or `2025w116`, in lower case; without a day it is a week, for which
/// there is no precision.
fn read_week(text: &str) -> Option<RawDay> {
    let (year, rest) = text.split_once('w')?;
    let year = year.strip_suffix('-').unwrap_or(year);
    let rest = rest.replace('-', "");
    if year.len() != 4 || rest.len() != 3 || !is_digits(year) || !is_digits(&rest) {
        return None;
    }
    Some(RawDay::Week(
        year.parse().ok()?,
        rest[..2].parse().ok()?,
        rest[2..].parse().ok()?,
    ))
}
