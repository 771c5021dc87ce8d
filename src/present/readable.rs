//! Dates, numbers and times as people write them.

use std::time::Duration;

use crate::article::{ArticleDate, Precision};

/// `15 Mar 2025`, `Mar 2025` or `2025`, as far as the date is known.
pub(crate) fn readable_day(date: &ArticleDate) -> String {
    let format = match date.precision {
        Precision::Year => "%Y",
        Precision::Month => "%b %Y",
        Precision::Day | Precision::Instant => "%-d %b %Y",
    };
    date.day.strftime(format).to_string()
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
