//! Finds the date in the address of a page: `/2025/03/15/`, `/2025/mar/15/`,
//! `-20250315.html`, `/2025-03-15-`.
//!
//! In: an address. Out: the date, if its path has one that can be.

use crate::article::DateOrigin;
use crate::parse::draft::FoundDate;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
/// Before this year there were no web pages.
const YEARS: std::ops::RangeInclusive<u32> = 1991..=2100;

/// The first date of an address, the day if it has one, else the month.
pub(super) fn find(url: &str) -> Option<FoundDate> {
    let path = url.split(['?', '#']).next()?;
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).skip(1).collect();
    let text = parts
        .iter()
        .find_map(|part| compact(part))
        .or_else(|| (0..parts.len()).find_map(|at| spread(&parts[at..])))?;
    Some(FoundDate {
        text,
        origin: DateOrigin::Url,
    })
}

/// Eight digits.
fn compact(part: &str) -> Option<String> {
    if part.len() != 8 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    spread(&[&part[..4], &part[4..6], &part[6..]])
}

/// A year, a month and perhaps a day, a part each.
fn spread(parts: &[&str]) -> Option<String> {
    let &[year, month, ref rest @ ..] = parts else {
        return None;
    };
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 2);
    let year = year
        .parse()
        .ok()
        .filter(|number| year.len() == 4 && YEARS.contains(number))?;
    let month = match MONTHS.iter().position(|name| *name == month) {
        Some(at) => at + 1,
        None => usize::try_from(number(month).filter(|month| (1..=12).contains(month))?).ok()?,
    };
    let day = rest.first().and_then(|day| number(day));
    Some(match day.filter(|day| (1..=31).contains(day)) {
        Some(day) => format!("{year}-{month:02}-{day:02}"),
        None => format!("{year}-{month:02}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, date: Option<&str>) {
        assert_eq!(find(url).map(|found| found.text).as_deref(), date, "{url}");
    }

    #[test]
    fn days_and_months() {
        check("https://a.example/2025/03/15/talks", Some("2025-03-15"));
        check(
            "https://a.example/world/2025/mar/15/talks",
            Some("2025-03-15"),
        );
        check(
            "https://a.example/talks-20250315.html?d=2020-01-01",
            Some("2025-03-15"),
        );
        check("https://a.example/news/2025-3-5-talks", Some("2025-03-05"));
        check("https://a.example/2025/03/talks", Some("2025-03"));
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for url in [
            "",
            "https://2025.example/03/15",
            "/1234/05/06",
            "/2025/13/01",
            "/2025",
            "/20251301",
            "/2025é1",
        ] {
            check(url, None);
        }
    }
}
