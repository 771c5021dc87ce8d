//! Dates, numbers and times as people write them.

use std::time::Duration;

use jiff::tz::TimeZone;

use crate::article::{ArticleDate, DateOrigin, Precision};

/// `15 Mar 2025`, `Mar 2025` or `2025`, as far as the date is known.
pub(crate) fn readable_day(date: &ArticleDate) -> String {
    let format = match date.precision {
        Precision::Year => "%Y",
        Precision::Month => "%b %Y",
        Precision::Day | Precision::Instant => "%-d %b %Y",
    };
    date.day.strftime(format).to_string()
}

/// The day as [`readable_day`] has it; then the moment, if it is known, and where
/// the date was found, if not in a field of the record.
pub(crate) fn full_date(date: &ArticleDate) -> String {
    let moment = date.instant.map(|instant| {
        let zoned = instant.to_zoned(TimeZone::UTC);
        let is_same_day = zoned.date() == date.day;
        let format = if is_same_day {
            "%H:%M UTC"
        } else {
            "%Y-%m-%d %H:%M UTC"
        };
        zoned.strftime(format).to_string()
    });
    let origin = match date.origin {
        DateOrigin::Field => None,
        DateOrigin::JsonLd => Some("from JSON-LD"),
        DateOrigin::Meta => Some("from a meta tag"),
        DateOrigin::TimeElement => Some("from a time element"),
        DateOrigin::Url => Some("from the address"),
        DateOrigin::Header => Some("from a header"),
        DateOrigin::Text => Some("from the text"),
    };
    let more: Vec<_> = moment
        .into_iter()
        .chain(origin.map(str::to_owned))
        .collect();
    match more[..] {
        [] => readable_day(date),
        _ => format!("{} ({})", readable_day(date), more.join(", ")),
    }
}

/// The number with a comma before every three digits.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `2.1 ms`, `38 ms` or `1.2 s`.
pub(crate) fn readable_time(elapsed: Duration) -> String {
    let ms = elapsed.as_secs_f64() * 1_000.0;
    if ms < 10.0 {
        format!("{ms:.1} ms")
    } else if ms < 1_000.0 {
        format!("{ms:.0} ms")
    } else {
        format!("{:.1} s", ms / 1_000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_show_what_is_known() {
        let on = |precision| {
            readable_day(&ArticleDate {
                precision,
                ..ArticleDate::day(date(2025, 3, 5))
            })
        };
        assert_eq!(on(Precision::Day), "5 Mar 2025");
        assert_eq!(on(Precision::Instant), "5 Mar 2025");
        assert_eq!(on(Precision::Month), "Mar 2025");
        assert_eq!(on(Precision::Year), "2025");
    }

    #[test]
    fn full_dates_have_the_moment_and_the_origin() {
        let day = ArticleDate::day(date(2025, 3, 15));
        assert_eq!(full_date(&day), "15 Mar 2025");
        let of_page = ArticleDate {
            instant: "2025-03-16T04:30:00Z".parse().ok(),
            precision: Precision::Instant,
            origin: DateOrigin::JsonLd,
            ..day
        };
        assert_eq!(
            full_date(&of_page),
            "15 Mar 2025 (2025-03-16 04:30 UTC, from JSON-LD)"
        );
    }

    #[test]
    fn numbers_have_commas() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn times_have_two_digits_or_three() {
        assert_eq!(readable_time(Duration::from_micros(2_140)), "2.1 ms");
        assert_eq!(readable_time(Duration::from_millis(123)), "123 ms");
        assert_eq!(readable_time(Duration::from_millis(1_234)), "1.2 s");
    }
}
