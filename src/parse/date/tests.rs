//! Dates in every notation, and texts that are none.

use super::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    check_in(None, text, expected);
}

#[track_caller]
fn check_in(lang: Option<&str>, text: &str, expected: &str) {
    let today = Date::constant(2026, 11, 23);
    let got = match parse_date(text, lang, today) {
        Ok(None) => "none".to_owned(),
        Err(bad) => format!("{:?}", bad.fault),
        Ok(Some(date)) => match date.instant {
            Some(instant) => format!("{} {instant}", date.iso_day()),
            None => date.iso_day(),
        },
    };
    assert_eq!(got, expected, "{text:?}");
}

const EVENING: &str = "2025-03-15 2025-03-15T18:40:00Z";

#[test]
fn iso_8601_in_its_shapes() {
    check("2025-03-15", "2025-03-15");
    check("20250315", "2025-03-15");
    check("2025/03/15", "2025-03-15");
    check("2025-03", "2025-03");
    check("2025", "2025");
    check("2025-074", "2025-03-15");
    check("2025-W11-6", "2025-03-15");
    check("2025W116", "2025-03-15");
    check("2025-03-15+01:00", "2025-03-15");
    check("2025-03-15-05:00", "2025-03-15");
    check("2025-03-15Z", "2025-03-15");
    for text in [
        "2025-03-15T18:40:00Z",
        "2025-03-15 18:40",
        "2025-03-15T18:40:00+0000",
        "2025-03-15 18:40:00 UTC",
        "2025-03-15 18:40:00 +0000 UTC",
        "20250315T184000Z",
        "20250315T1840Z",
        "20250315184000",
        "202503151840",
        "20250315 1840",
        "20250315T194000+0100",
        "2025-03-15T19:40:00+01:00[Europe/Paris]",
        "2025-03-15T13:40:00-05:00",
    ] {
        check(text, EVENING);
    }
    check("2025-03-15T18Z", "2025-03-15 2025-03-15T18:00:00Z");
    check(
        "2025-03-15T18:40:00.250Z",
        "2025-03-15 2025-03-15T18:40:00.25Z",
    );
    check(
        "2025-03-15T18:40:00,250Z",
        "2025-03-15 2025-03-15T18:40:00.25Z",
    );
    check("2025-03-15T18:40:60Z", "2025-03-15 2025-03-15T18:40:59Z");
}

#[test]
fn the_day_is_the_articles_own() {
    check(
        "2025-03-15T23:30:00-05:00",
        "2025-03-15 2025-03-16T04:30:00Z",
    );
}

#[test]
fn mail_and_programs() {
    for text in [
        "Sat, 15 Mar 2025 19:40:00 +0100",
        "Sat, 15 Mar 2025 19:40:00 +0100 (CET)",
        "15 Mar 2025 18:40:00 GMT",
        "Sat, 15 Mar 25 18:40:00 UT",
        "Sat Mar 15 18:40:00 2025",
        "Sat Mar 15 18:40:00 UTC 2025",
        "Sat Mar 15 2025 19:40:00 GMT+0100 (Central European Standard Time)",
        "15/Mar/2025:18:40:00 +0000",
    ] {
        check(text, EVENING);
    }
    check("Sat Mar 15 2025", "2025-03-15");
    check(
        "26-FEB-1987 15:01:01.11",
        "1987-02-26 1987-02-26T15:01:01.11Z",
    );
    check("19870226", "1987-02-26");
}

#[test]
fn epochs() {
    check("1742064000", EVENING);
    check("1742064000.5", EVENING);
    check("1742064000000", EVENING);
    check("1742064000000000", EVENING);
    check("1742064000000000000", EVENING);
    check("-1000000000", "1938-04-24 1938-04-24T22:13:20Z");
}

#[test]
fn english_words() {
    for text in [
        "March 15, 2025",
        "March 15,2025",
        "15 March 2025",
        "15 Mar 2025",
        "15-Mar-2025",
        "15.Mar.2025",
        "15-Mar-25",
        "Sat., March 15th, 2025",
        "Saturday, March 15, 2025",
        "the 15th of March 2025",
        "2025 March 15",
        "2025-Mar-15",
        "Published on March 15, 2025",
        "March 15, 2025, Saturday, Late Edition - Final",
    ] {
        check(text, "2025-03-15");
    }
    check("Sept. 3, 2024", "2024-09-03");
    check("March 2025", "2025-03");
    check("03/2025", "2025-03");
    check("Mar 15, 2025 6:40 PM", EVENING);
    check("March 15, 2025 at 6:40pm", EVENING);
    check("March 15, 2025 | 18:40 PM", EVENING);
    check(
        "March 15, 2025 at 6 p.m.",
        "2025-03-15 2025-03-15T18:00:00Z",
    );
    check(
        "March 15, 2025 at 12:05 a.m. EST",
        "2025-03-15 2025-03-15T05:05:00Z",
    );
    check("15 March 1999 10:05 GMT", "1999-03-15 1999-03-15T10:05:00Z");
    check("Monday, March 15, 1999", "1999-03-15");
    check(
        "10:05 GMT, 15 March 1999",
        "1999-03-15 1999-03-15T10:05:00Z",
    );
    check("10:05 15/03/1999", "1999-03-15 1999-03-15T10:05:00Z");
}

#[test]
fn zones_that_are_unclear_leave_the_day() {
    check("10:05 IST, 15 March 2025", "2025-03-15");
    check("2025-03-15 10:05 IST", "2025-03-15");
    check("March 15, 2025 10:05 PM ET", "2025-03-15");
    check("15 March 2025 21:40 MSK", EVENING);
    check("15 March 2025 14:40 EDT", EVENING);
    check("15 March 2025 20:40 EET", EVENING);
    check("15 March 2025 10:40 MST", "2025-03-15 2025-03-15T17:40:00Z");
}

#[test]
fn points_and_slashes() {
    check("15.03.2025", "2025-03-15");
    check("5.3.2025", "2025-03-05");
    check("15. 3. 2025", "2025-03-15");
    check("2025. 03. 15.", "2025-03-15");
    check("15/03/2025", "2025-03-15");
    check("3/15/2025", "2025-03-15");
    check("15.03.2025 18:40", EVENING);
    check("15.03.2025, 18:40 Uhr", EVENING);
    check("15.03.2025 kl. 18.40", EVENING);
    check("15.03.2025г.", "2025-03-15");
    check("18:40 15.03.2025", EVENING);
    check("03/04/2025", "Unclear");
    check("03/03/2025", "2025-03-03");
}

#[test]
fn words_of_other_languages() {
    for text in [
        "15 mars 2025",
        "samedi 15 mars 2025",
        "sam. 15 mars 2025",
        "15. März 2025",
        "Samstag, 15. März 2025",
        "Sa., 15. MÄRZ 2025",
        "15 de marzo de 2025",
        "sábado, 15 de marzo del 2025",
        "15 de março de 2025",
        "15 marzo 2025",
        "15 maart 2025",
        "15 marca 2025 r.",
        "15 марта 2025",
        "15 марта 2025 г.",
        "15 МАРТА 2025 года",
        "суббота, 15 марта 2025",
        "15 березня 2025 р.",
        "субота, 15 березня 2025 року",
        "15 Mart 2025 Cumartesi",
        "15 Μαρτίου 2025",
        "Σάββατο 15 ΜΑΡΤΙΟΥ 2025",
        "15 مارس 2025",
        "١٥ مارس ٢٠٢٥",
        "السبت، 15 آذار/مارس 2025",
        "15. března 2025",
        "2025. március 15.",
        "15 במרץ 2025",
        "15 मार्च 2025",
        "१५ मार्च २०२५",
        "2025 m. kovo 15 d.",
        "d’abril 15 2025",
    ] {
        let expected = if text.contains("abril") {
            "2025-04-15"
        } else {
            "2025-03-15"
        };
        check(text, expected);
    }
    check("15 كانون الثاني 2025", "2025-01-15");
    check("15 mars 2025 à 18h40", EVENING);
    check("Le 15 mars 2025 à 19:40 CET", EVENING);
    check("15. März 2025 um 18.40 Uhr", EVENING);
    check("15 марта 2025, 21:40 MSK", EVENING);
    check("18:40, 15 марта 2025", EVENING);
    check("15 березня 2025 о 18:40", EVENING);
    check("15 مارس 2025 06:40 م", EVENING);
    check("15/3/2025 6:40 μ.μ.", EVENING);
    check("март 2025", "2025-03");
    check("2025 г.", "2025");
}

#[test]
fn words_that_mean_two_things() {
    check("mar. 15 avril 2025", "2025-04-15");
    check("mar 15 mar 2025", "2025-03-15");
    check_in(Some("pl"), "15 listopada 2024", "2024-11-15");
    check_in(Some("hr"), "15. listopada 2024.", "2024-10-15");
    check("15 listopada 2024", "Unknown");
    check_in(
        Some("pl"),
        "pt., 14 mar 2025 18:40",
        "2025-03-14 2025-03-14T18:40:00Z",
    );
    check_in(Some("hr"), "sub, 15 mar 2025", "2025-03-15");
}

#[test]
fn east_asian_dates() {
    for text in [
        "2025年3月15日",
        "2025年03月15日（土）",
        "２０２５年３月１５日",
        "2025年3月15日 星期六",
        "2025년 3월 15일",
        "2025년 3월 15일 토요일",
        "2025. 3. 15.",
    ] {
        check(text, "2025-03-15");
    }
    for text in [
        "2025年3月15日 18:40",
        "2025年3月15日18时40分",
        "2025年3月15日(土) 18時40分",
        "2025年3月15日 下午6:40",
        "2025年3月16日 02:40 +0800",
        "2025년 3월 15일 오후 6시 40분",
        "2025년 3월 15일 18:40:00",
        "2025.03.15. 오후 6:40",
    ] {
        let expected = EVENING.replacen(
            "-15 ",
            if text.contains("16日") {
                "-16 "
            } else {
                "-15 "
            },
            1,
        );
        check(text, &expected);
    }
    check("2025年3月", "2025-03");
    check("2025年", "2025");
    check("2025年3月15日 上午12:05", "2025-03-15 2025-03-15T00:05:00Z");
    check("令和7年3月15日", "Unknown");
}

#[test]
fn what_no_article_can_have() {
    check("", "none");
    check("2025-02-30", "Impossible");
    check("2025-13-01", "Impossible");
    check("2025-366", "Impossible");
    check("2025-W53-1", "Impossible");
    check("31 April 2025", "Impossible");
    check("2025-03-15T25:00", "Impossible");
    check("0000-00-00", "Impossible");
    check("2026-11-26", "Future");
    check("2026-11-25", "2026-11-25");
    check("15 มีนาคม 2568", "Unknown");
    check("2568年3月15日", "Future");
    check("1599-12-31", "TooEarly");
    check("1403-12-25", "TooEarly");
}

#[test]
fn what_is_no_date() {
    for text in [
        "yesterday",
        "today, 10:05",
        "2 hours ago",
        "vor 2 Stunden",
        "вчера в 18:40",
        "15",
        "15 March",
        "18:40",
        "March",
        "March 15 16 2025",
        "March April 2025",
        "15 March 2025 to 18 March 2025",
        "the march of 2025 protesters",
        "2025-03-15-16-17",
        "12345",
        "n/a",
        "-",
        "https://harbour.example/2025/03/15",
    ] {
        check(text, "Unknown");
    }
}
