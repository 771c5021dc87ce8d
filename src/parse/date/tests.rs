//! Dates in every notation, and texts that are none.

use super::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    let today = Date::constant(2026, 11, 23);
    let got = match parse_date(text, today) {
        Ok(None) => "none".to_owned(),
        Err(bad) => bad.reason.to_owned(),
        Ok(Some(date)) => match date.instant {
            Some(instant) => format!("{} {instant}", date.iso_day()),
            None => date.iso_day(),
        },
    };
    assert_eq!(got, expected, "{text:?}");
}

#[test]
fn iso_8601_in_its_usual_shapes() {
    check("2025-03-15", "2025-03-15");
    check("20250315", "2025-03-15");
    check("2025/03/15", "2025-03-15");
    check("2025-03", "2025-03");
    check("2025", "2025");
    check("2025-03-15T18:40:00Z", "2025-03-15 2025-03-15T18:40:00Z");
    check("2025-03-15 18:40", "2025-03-15 2025-03-15T18:40:00Z");
    check("20250315T184000Z", "2025-03-15 2025-03-15T18:40:00Z");
    check(
        "2025-03-15T18:40:00.250+01:00",
        "2025-03-15 2025-03-15T17:40:00.25Z",
    );
    check(
        "2025-03-15T18:40:00+01:00[Europe/Paris]",
        "2025-03-15 2025-03-15T17:40:00Z",
    );
    check("2025-03-15 18:40:00 UTC", "2025-03-15 2025-03-15T18:40:00Z");
}

#[test]
fn the_day_is_the_articles_own() {
    check(
        "2025-03-15T23:30:00-05:00",
        "2025-03-15 2025-03-16T04:30:00Z",
    );
}

#[test]
fn mail_dates() {
    check(
        "Sat, 15 Mar 2025 18:40:00 +0100",
        "2025-03-15 2025-03-15T17:40:00Z",
    );
    check(
        "15 Mar 2025 18:40:00 GMT",
        "2025-03-15 2025-03-15T18:40:00Z",
    );
    check(
        "26-FEB-1987 15:01:01.79",
        "1987-02-26 1987-02-26T15:01:01.79Z",
    );
}

#[test]
fn epochs() {
    check("1742064000", "2025-03-15 2025-03-15T18:40:00Z");
    check("1742064000.5", "2025-03-15 2025-03-15T18:40:00Z");
    check("1742064000000", "2025-03-15 2025-03-15T18:40:00Z");
}

#[test]
fn words_and_points() {
    for text in [
        "March 15, 2025",
        "15 March 2025",
        "15 Mar 2025",
        "Sat., March 15th, 2025",
    ] {
        check(text, "2025-03-15");
    }
    check("15.03.2025", "2025-03-15");
    check("15/03/2025", "2025-03-15");
    check("3/15/2025", "2025-03-15");
    check("Sept. 3, 2024", "2024-09-03");
    check("March 2025", "2025-03");
    check("Mar 15, 2025 6:40 PM", "2025-03-15 2025-03-15T18:40:00Z");
    check(
        "March 15, 2025 at 12:05 a.m. EST",
        "2025-03-15 2025-03-15T05:05:00Z",
    );
}

#[test]
fn what_no_article_can_have() {
    check("", "none");
    check("2025-02-30", IMPOSSIBLE);
    check("2025-13-01", IMPOSSIBLE);
    check("2025-03-15T25:00", IMPOSSIBLE);
    check("2026-11-26", "in the future");
    check("2026-11-25", "2026-11-25");
    check("1599-12-31", "before the year 1600");
    check("0000-00-00", IMPOSSIBLE);
    check("03/04/2025", "day and month cannot be told apart");
    check("yesterday", UNKNOWN);
    check("3 hours ago", UNKNOWN);
    check("15", UNKNOWN);
    check("15 March", UNKNOWN);
}
