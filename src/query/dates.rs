//! Dates and ranges of days, as written after `date:`.
//!
//! In: the value and today's date. Out: a [`DayRange`], or what is wrong with it.
//!
//! A year or a month stands for all its days. `7d`, `2w`, `3m` and `1y` stand for
//! that long a time ending today, today included; as an end of a range or after
//! a comparison they stand for the day on which that time begins.

use jiff::Span;
use jiff::civil::Date;

use super::ast::DayRange;

/// Why a value is no date.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DateFault {
    /// What is wrong.
    pub(super) message: &'static str,
    /// What to write.
    pub(super) hint: String,
}

type Result<T> = std::result::Result<T, DateFault>;

/// Reads a day or a range of days as `date:` takes it; `today` is what relative ones
/// count from.
///
/// # Errors
///
/// What is wrong, and what to write instead.
pub fn parse_day_range(
    value: &str,
    today: Date,
) -> std::result::Result<DayRange, (&'static str, String)> {
    parse_days(value, today).map_err(|fault| (fault.message, fault.hint))
}

/// Reads the value of `date:`.
pub(super) fn parse_days(value: &str, today: Date) -> Result<DayRange> {
    let value = value.strip_prefix('=').unwrap_or(value);
    if let Some(range) = comparison(value, today) {
        return range;
    }
    let Some((since, until)) = value.split_once("..") else {
        let days = parse_term(value, today)?;
        return Ok(DayRange {
            since: Some(days.first),
            until: Some(days.last),
        });
    };
    let since = end_of_range(since, today)?.map(|days| days.first);
    let until = end_of_range(until, today)?.map(Days::until);
    if let (Some(since), Some(until)) = (since, until)
        && since > until
    {
        return Err(DateFault {
            message: "this range ends before it begins",
            hint: format!("write `date:{until}..{since}`"),
        });
    }
    Ok(DayRange { since, until })
}

fn comparison(value: &str, today: Date) -> Option<Result<DayRange>> {
    let rest = value.strip_prefix(['<', '>'])?;
    let later = value.starts_with('>');
    let (inclusive, term) = match rest.strip_prefix('=') {
        Some(term) => (true, term),
        None => (false, rest),
    };
    Some(parse_term(term, today).map(|days| {
        let mut range = DayRange::default();
        match (later, inclusive) {
            (true, true) => range.since = Some(days.first),
            (true, false) => range.since = Some(days.until().tomorrow().unwrap_or(Date::MAX)),
            (false, true) => range.until = Some(days.until()),
            (false, false) => range.until = Some(day_before(days.first)),
        }
        range
    }))
}

/// The day before; years before 0000 cannot be written, so the first day stays itself.
fn day_before(day: Date) -> Date {
    let before = day.yesterday().ok();
    before.filter(|before| before.year() >= 0).unwrap_or(day)
}

/// The days that a term stands for.
#[derive(Clone, Copy)]
struct Days {
    first: Date,
    last: Date,
    relative: bool,
}

impl Days {
    /// The last day if the term ends a range.
    fn until(self) -> Date {
        if self.relative { self.first } else { self.last }
    }
}

fn end_of_range(term: &str, today: Date) -> Result<Option<Days>> {
    if term.is_empty() {
        return Ok(None);
    }
    parse_term(term, today).map(Some)
}

fn parse_term(term: &str, today: Date) -> Result<Days> {
    let lower = term.to_ascii_lowercase();
    let one_day = |day| Days {
        first: day,
        last: day,
        relative: false,
    };
    match lower.as_str() {
        "" => Err(DateFault {
            message: "a date is missing here",
            hint: "write a date without a space before it, such as `date:>=2025-03-15`".to_owned(),
        }),
        "today" => Ok(one_day(today)),
        "yesterday" => Ok(one_day(today.yesterday().unwrap_or(today))),
        _ => match lower.as_bytes().last() {
            Some(unit @ (b'd' | b'w' | b'm' | b'y')) => {
                last_days(&lower[..lower.len() - 1], *unit, today)
            }
            _ => calendar_days(&lower),
        },
    }
}

/// The last `count` days, weeks, months or years, today included.
fn last_days(count: &str, unit: u8, today: Date) -> Result<Days> {
    let count: i32 = digits(count).ok_or_else(not_a_date)?;
    if count == 0 {
        return Err(not_a_date());
    }
    let back = match unit {
        b'd' => Span::new().try_days(count),
        b'w' => Span::new().try_weeks(count),
        b'm' => Span::new().try_months(count),
        _ => Span::new().try_years(count),
    };
    let first = back
        .and_then(|span| today.checked_sub(span))
        .and_then(Date::tomorrow)
        .ok()
        .filter(|first| first.year() >= 0)
        .ok_or_else(|| DateFault {
            message: "this is too far back",
            hint: "write a year, such as `date:>=1900`".to_owned(),
        })?;
    Ok(Days {
        first,
        last: today,
        relative: true,
    })
}

/// `2025`, `2025-03` or `2025-03-15`.
fn calendar_days(term: &str) -> Result<Days> {
    let mut parts = term.split('-');
    let year = parts.next().filter(|year| year.len() == 4);
    let year: i16 = year.and_then(digits).ok_or_else(not_a_date)?;
    let month: Option<i8> = month_or_day(parts.next())?;
    let day: Option<i8> = month_or_day(parts.next())?;
    if parts.next().is_some() {
        return Err(not_a_date());
    }
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map_err(|_| DateFault {
        message: "there is no such day",
        hint: "dates are year-month-day, such as `date:2025-03-15`".to_owned(),
    })?;
    let last = match (month, day) {
        (None, _) => first.last_of_year(),
        (_, None) => first.last_of_month(),
        _ => first,
    };
    Ok(Days {
        first,
        last,
        relative: false,
    })
}

fn month_or_day(part: Option<&str>) -> Result<Option<i8>> {
    let Some(part) = part else { return Ok(None) };
    let number = Some(part).filter(|part| part.len() <= 2).and_then(digits);
    number.map(Some).ok_or_else(not_a_date)
}

fn digits<N: std::str::FromStr>(text: &str) -> Option<N> {
    let all_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| text.parse().ok()).flatten()
}

fn not_a_date() -> DateFault {
    DateFault {
        message: "this is no date",
        hint: "write `date:2025`, `date:2025-03`, `date:2025-03-15`, \
               `date:2025-03-01..2025-03-15`, `date:>=2025-03-15`, `date:today` or `date:7d`"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{DayRange, parse_days};

    fn show(range: DayRange) -> String {
        let day = |day: Option<jiff::civil::Date>| day.map_or(String::new(), |day| day.to_string());
        format!("{}..{}", day(range.since), day(range.until))
    }

    #[track_caller]
    fn check(value: &str, expected: &str) {
        let today = date(2025, 3, 15);
        let shown = match parse_days(value, today) {
            Ok(range) => show(range),
            Err(fault) => fault.message.to_owned(),
        };
        assert_eq!(shown, expected, "{value}");
    }

    #[test]
    fn a_date_stands_for_all_its_days() {
        check("2025", "2025-01-01..2025-12-31");
        check("2024-02", "2024-02-01..2024-02-29");
        check("2025-3-5", "2025-03-05..2025-03-05");
        check("=2025-03-05", "2025-03-05..2025-03-05");
    }

    #[test]
    fn relative_times_end_today() {
        check("today", "2025-03-15..2025-03-15");
        check("Yesterday", "2025-03-14..2025-03-14");
        check("7d", "2025-03-09..2025-03-15");
        check("1d", "2025-03-15..2025-03-15");
        check("2w", "2025-03-02..2025-03-15");
        check("3m", "2024-12-16..2025-03-15");
        check("1y", "2024-03-16..2025-03-15");
    }

    #[test]
    fn ranges_take_both_ends_and_may_be_open() {
        check("2025-03-01..2025-03-15", "2025-03-01..2025-03-15");
        check("2024..2025-02", "2024-01-01..2025-02-28");
        check("..2025", "..2025-12-31");
        check("2025..", "2025-01-01..");
        check("..", "..");
        check("30d..7d", "2025-02-14..2025-03-09");
        check("2025-04..2025-03", "this range ends before it begins");
    }

    #[test]
    fn comparisons_are_about_the_whole_term() {
        check(">=2025-03", "2025-03-01..");
        check(">2025-03", "2025-04-01..");
        check("<=2025-03", "..2025-03-31");
        check("<2025-03", "..2025-02-28");
        check("<7d", "..2025-03-08");
        check(">=7d", "2025-03-09..");
    }

    #[test]
    fn what_is_no_date_is_told() {
        check("2025-02-30", "there is no such day");
        check("2025-13", "there is no such day");
        for value in [
            "march",
            "15.03.2025",
            "2025/03/15",
            "0d",
            "d",
            "25",
            "-7d",
            "2025-",
            "+1d",
        ] {
            check(value, "this is no date");
        }
        check(">=", "a date is missing here");
        check("9999y", "this is too far back");
        check("99999999999d", "this is no date");
        check("2147483647d", "this is too far back");
    }
}
