//! What the numbers of documents in collections say: the outlet, and often the day.
//!
//! In: `AP890101-0001`, `LA010189-0012`, `NYT_ENG_20101201.0001`. Out: the outlet by
//! the letters in front, and the day by the figures after them.

/// In which order a number has the parts of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// `890101` or `19890101`.
    YearFirst,
    /// `010189`.
    MonthFirst,
    /// No day, or one that is written otherwise.
    None,
}

/// Letters at the start of a number, and whose they are.
const OUTLETS: &[(&str, &str, Order)] = &[
    ("AP", "Associated Press", Order::YearFirst),
    ("APW", "Associated Press", Order::YearFirst),
    ("AFP", "Agence France-Presse", Order::YearFirst),
    ("CNA", "Central News Agency", Order::YearFirst),
    ("EFE", "Agencia EFE", Order::YearFirst),
    ("FBIS", "FBIS", Order::None),
    ("FR", "Federal Register", Order::YearFirst),
    ("FT", "Financial Times", Order::None),
    ("GH", "Glasgow Herald", Order::YearFirst),
    ("LA", "Los Angeles Times", Order::MonthFirst),
    (
        "LTW",
        "Los Angeles Times-Washington Post News Service",
        Order::YearFirst,
    ),
    ("NYT", "The New York Times", Order::YearFirst),
    ("SJMN", "San Jose Mercury News", Order::None),
    (
        "WPB",
        "Washington Post-Bloomberg News Service",
        Order::YearFirst,
    ),
    ("WSJ", "The Wall Street Journal", Order::YearFirst),
    ("XIE", "Xinhua News Agency", Order::YearFirst),
    ("XIN", "Xinhua News Agency", Order::YearFirst),
];

/// The outlet, by the number of a document.
pub(super) fn outlet(number: &str) -> Option<&'static str> {
    known(number).map(|(_, outlet, _)| outlet)
}

/// The day that a document's number names, `YYYY-MM-DD`, if its outlet is known to
/// number by days.
pub(super) fn day(number: &str) -> Option<String> {
    let (letters, _, order) = known(number)?;
    // Gigaword puts the language between: `NYT_ENG_20101201`.
    let rest = &number[letters..];
    let rest = rest
        .strip_prefix('_')
        .and_then(|rest| rest.split_once('_'))
        .map_or(rest, |(_, rest)| rest);
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let figures = &rest[..length];
    match (order, length) {
        (Order::YearFirst, 6) => day_of(&figures[..2], &figures[2..4], &figures[4..]),
        (Order::YearFirst, 8) => day_of(&figures[..4], &figures[4..6], &figures[6..]),
        (Order::MonthFirst, 6) => day_of(&figures[4..], &figures[..2], &figures[2..4]),
        _ => None,
    }
}

/// A day from figures, if there can be such a day; two figures of a year are of
/// 1950 to 2049.
pub(super) fn day_of(year: &str, month: &str, day: &str) -> Option<String> {
    let year: u16 = match (year.len(), year.parse().ok()?) {
        (2, year @ 50..) => 1900 + year,
        (2, year) => 2000 + year,
        (_, year) => year,
    };
    let (month, day): (u8, u8) = (month.parse().ok()?, day.parse().ok()?);
    let can_be = (1..=12).contains(&month) && (1..=31).contains(&day);
    can_be.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// How many letters a known number starts with, and whose they are.
fn known(number: &str) -> Option<(usize, &'static str, Order)> {
    let length = number.bytes().take_while(u8::is_ascii_alphabetic).count();
    let letters = &number[..length];
    // The figure is part of "FBIS3", "FT911"; a word is no prefix.
    let ends_well =
        number[length..].starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '_');
    let found = OUTLETS.iter().find(|(prefix, _, _)| *prefix == letters);
    found
        .filter(|_| ends_well)
        .map(|(_, outlet, order)| (length, *outlet, *order))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(number: &str, says: Option<&str>, day_text: Option<&str>) {
        assert_eq!((outlet(number), day(number).as_deref()), (says, day_text));
    }

    #[test]
    fn numbers_name_outlet_and_day() {
        check(
            "AP890101-0001",
            Some("Associated Press"),
            Some("1989-01-01"),
        );
        check(
            "LA031589-0012",
            Some("Los Angeles Times"),
            Some("1989-03-15"),
        );
        check(
            "NYT19990430.0001",
            Some("The New York Times"),
            Some("1999-04-30"),
        );
        check(
            "XIN_ENG_20101201.0001",
            Some("Xinhua News Agency"),
            Some("2010-12-01"),
        );
    }

    #[test]
    fn numbers_that_name_less() {
        check("FT911-3", Some("Financial Times"), None);
        check("AP-0001", Some("Associated Press"), None);
        check("AP891399-0001", Some("Associated Press"), None);
        check("APPLE-1", None, None);
        check("DOC890101", None, None);
        check("", None, None);
    }
}
