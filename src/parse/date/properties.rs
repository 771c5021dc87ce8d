//! Dates survive being written in every notation, and nothing is too odd to refuse.

use proptest::prelude::*;

use super::*;

const TODAY: Date = Date::constant(2026, 11, 23);

fn known_day() -> impl Strategy<Value = Date> {
    (1700i16..2026, 1i8..=12, 1i8..=28)
        .prop_map(|(year, month, day)| Date::constant(year, month, day))
}

/// The language and the names of the months, a list each.
fn languages() -> impl Iterator<Item = (&'static str, Vec<Vec<String>>)> {
    include_str!("names.tsv").lines().map(|line| {
        let mut columns = line.split('\t');
        let lang = columns.next().unwrap_or("");
        let names = |column: &str| {
            column
                .split(' ')
                .map(|name| name.replace('_', " "))
                .collect()
        };
        (lang, columns.take(12).map(names).collect())
    })
}

#[test]
fn every_language_has_twelve_months_and_plain_fillers() {
    for (lang, months) in languages() {
        assert_eq!(months.len(), 12, "{lang}");
        for (number, name) in (1..)
            .zip(&months)
            .flat_map(|(n, names)| names.iter().map(move |name| (n, name)))
        {
            let date = format!("{name} 15, 2025");
            let read = parse_date(&date, Some(lang), TODAY);
            let expected = ArticleDate::day(Date::constant(2025, number, 15));
            assert_eq!(read, Ok(Some(expected)), "{lang}: {date}");
        }
    }
    assert!(
        names::FILLERS
            .iter()
            .all(|word| *word == reader::plain(word))
    );
}

proptest! {
    #[test]
    fn a_day_survives_its_notations(day in known_day()) {
        let iso = day.iso_week_date();
        let (year, month, number) = (day.year(), day.month(), day.day());
        let notations = [
            day.to_string(),
            day.strftime("%Y%m%d").to_string(),
            day.strftime("%Y/%m/%d").to_string(),
            day.strftime("%d.%m.%Y").to_string(),
            day.strftime("%Y-%j").to_string(),
            format!("{:04}-W{:02}-{}", iso.year(), iso.week(), iso.weekday().to_monday_one_offset()),
            day.strftime("%A, %B %-d, %Y").to_string(),
            day.strftime("%a %b %-d %Y").to_string(),
            day.strftime("%d-%b-%Y").to_string().to_uppercase(),
            format!("{year}年{month}月{number}日"),
            format!("{year}년 {month}월 {number}일"),
            format!("{number}. {month}. {year}"),
        ];
        for text in notations {
            prop_assert_eq!(parse_date(&text, None, TODAY), Ok(Some(ArticleDate::day(day))), "{}", text);
        }
        for (lang, months) in languages() {
            for name in &months[usize::from(month.unsigned_abs()) - 1] {
                for text in [format!("{number} {name} {year}"), format!("{number}. {} {year}", name.to_uppercase())] {
                    prop_assert_eq!(
                        parse_date(&text, Some(lang), TODAY), Ok(Some(ArticleDate::day(day))), "{} {}", lang, text
                    );
                }
            }
        }
    }

    #[test]
    fn a_moment_survives_its_notations(seconds in 220_000_000i64..1_760_000_000, hours in -11i8..=12) {
        let moment = Timestamp::from_second(seconds).unwrap();
        let zoned = moment.to_zoned(TimeZone::fixed(jiff::tz::offset(hours)));
        let expected = ArticleDate {
            day: zoned.date(),
            instant: Some(moment),
            precision: Precision::Instant,
            origin: DateOrigin::Field,
        };
        for format in [
            "%Y-%m-%dT%H:%M:%S%:z",
            "%Y-%m-%d %H:%M:%S %z",
            "%Y%m%dT%H%M%S%z",
            "%a, %d %b %Y %H:%M:%S %z",
            "%H:%M:%S UTC%:z, %-d %B %Y",
            "%B %-d, %Y %-I:%M:%S %p %z",
            "%d.%m.%Y %H:%M:%S %z",
        ] {
            let text = zoned.strftime(format).to_string();
            prop_assert_eq!(parse_date(&text, None, TODAY), Ok(Some(expected)), "{}", text);
        }
        for text in [format!("{seconds}"), format!("{seconds}000"), format!("{seconds}000000")] {
            let read = parse_date(&text, None, TODAY).unwrap().unwrap();
            prop_assert_eq!(read.instant, Some(moment), "{}", text);
        }
    }

    #[test]
    fn anything_is_a_date_or_refused(text in any::<String>(), lang in prop::option::of("[a-z]{2}")) {
        check(&text, lang.as_deref())?;
    }

    #[test]
    fn what_looks_like_a_date_is_one_or_refused(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 1..9),
    ) {
        check(&pieces.concat(), None)?;
    }
}

const PIECES: &[&str] = &[
    "2025",
    "15",
    "3",
    "03",
    "99",
    "-",
    "/",
    ".",
    ":",
    ",",
    " ",
    "T",
    "Z",
    "+01:00",
    "W11",
    "am",
    "p.m.",
    "h",
    "March",
    "mars",
    "sub",
    "mar",
    "листопад",
    "年",
    "月",
    "日",
    "오후",
    "IST",
    "CET",
    "(",
    ")",
    "[",
    "]",
    "١٥",
    "é",
    "كانون",
    "الثاني",
    "18:40",
    "st",
    "٫",
    "\u{200f}",
    "−",
    "１",
];

/// What is read is within the limits, and its parts agree.
fn check(text: &str, lang: Option<&str>) -> Result<(), TestCaseError> {
    if let Ok(Some(date)) = parse_date(text, lang, TODAY) {
        prop_assert!((FIRST_YEAR..=2026).contains(&date.day.year()));
        prop_assert_eq!(date.instant.is_some(), date.precision == Precision::Instant);
    }
    Ok(())
}
