//! Messages with and without their control characters.

use super::header::{Header, date};
use super::message::read;
use crate::parse::draft::Draft;

/// A message of a European agency.
const IPTC: &str = "\u{1}cwa0123 4 pol 120  coast 0456\n\u{2}\nHarbours/Fishing/\n1ST LEAD\n\
    Tarn opens its harbour again after\nthe storm\nBy Ann Lee and Bob Ray =\n\n\
    Tarn (coast) - The harbour of Tarn opened\non Saturday.\n\n   Boats left at dawn.\n\n\
    * * * *\nEditing by: Cy Poe\n\u{3}151830 Mar 25\n\u{4}\n";

/// A message of an American one.
const ANPA: &str = "\u{16}\u{16}\u{1}a0123\u{1f}----\nr i\u{13}\u{11}bc-Tarn-Harbour 03-15 0120\n\
    \u{2}^BC-Tarn-Harbour, 1st Ld,120<\n^Tarn opens its harbour again<\n^Eds: Updates throughout.<\n\
    ^Boats left at dawn on Saturday.<\n^By ANN LEE=\n^Coast Press Writer=\n\
    \t   TARN (CP) _ The harbour of Tarn opened.\n\t   ``It is calm,'' a pilot said.\n\
    \u{3}CP-WF-03-15-25 1830GMT<\n\u{4}\n";

fn dates(draft: &Draft) -> Vec<&str> {
    let dates = draft.published.iter();
    dates.map(|date| date.text.as_str()).collect()
}

#[test]
fn iptc_has_keywords_a_headline_and_a_byline_above_the_text() {
    let draft = read(IPTC);
    assert_eq!(draft.id, "cwa0123-2025-03-15");
    assert_eq!(draft.title, "Tarn opens its harbour again after the storm");
    assert_eq!(draft.topics, ["Harbours", "Fishing"]);
    assert_eq!(draft.authors, ["Ann Lee and Bob Ray"]);
    assert_eq!(draft.source.as_deref(), Some("coast"));
    assert_eq!(draft.section.as_deref(), Some("pol"));
    assert_eq!(dates(&draft), ["2025-03-15 18:30"]);
    let paragraphs: Vec<&str> = draft.body.trim().split("\n\n").collect();
    assert_eq!(
        paragraphs,
        [
            "Tarn (coast) - The harbour of Tarn opened\non Saturday.",
            "\n   Boats left at dawn."
        ]
    );
}

#[test]
fn anpa_marks_what_stands_above_the_text() {
    let draft = read(ANPA);
    assert_eq!(draft.id, "a0123-2025-03-15");
    assert_eq!(draft.title, "Tarn opens its harbour again");
    assert_eq!(draft.lead, "Boats left at dawn on Saturday.");
    assert_eq!(draft.authors, ["ANN LEE"]);
    assert_eq!(draft.source.as_deref(), Some("CP"));
    assert_eq!(dates(&draft), ["2025-03-15 18:30 GMT"]);
    assert_eq!(
        draft.body.trim(),
        "TARN (CP) — The harbour of Tarn opened.\n\n\t   “It is calm,” a pilot said."
    );
}

#[test]
fn messages_are_read_without_their_control_characters() {
    let bare: String = IPTC
        .chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect();
    let (bare, whole) = (read(&bare), read(IPTC));
    assert_eq!((bare.title, bare.id), (whole.title, whole.id));
    assert_eq!(bare.body.trim(), whole.body.trim());
}

#[test]
fn a_text_without_a_headline_is_all_text() {
    let draft = read("\u{1}cwa0123 4 pol 120\n\u{2}\nRain fell\non Tarn.\n\u{3}\u{4}");
    assert_eq!(
        (draft.title.as_str(), draft.body.trim()),
        ("", "Rain fell\non Tarn.")
    );
}

#[test]
fn headers_are_told_from_sentences() {
    for line in [
        "cwa0123 4 pol 120",
        "CWF001 3 GEN 0070 F COAST-0001",
        "\u{1}a0123\u{1f}----",
    ] {
        assert!(Header::read(line).is_some(), "{line}");
    }
    for line in [
        "a0123",
        "May 2025 was dry",
        "In 2025 4 men left 20 boats",
        "AB123 text",
        "",
        "é0123 4 pol 120",
    ] {
        assert_eq!(Header::read(line), None, "{line}");
    }
    let header = Header::read("CWF001 3 GEN 0070 F COAST-0001").unwrap();
    assert_eq!(header.agency, Some("COAST"));
}

#[test]
fn days_and_times_of_messages() {
    for (line, expected) in [
        ("151830 Mar 25", "2025-03-15 18:30"),
        ("010905 GMT DEC 97", "1997-12-01 09:05 GMT"),
        ("151830 MESZ Mar 2025", "2025-03-15"),
        ("CP-WF-03-15-25 1830GMT<", "2025-03-15 18:30 GMT"),
        ("CP-03-15-25 1830EST<", "2025-03-15 18:30 EST"),
    ] {
        assert_eq!(date(line).as_deref(), Some(expected));
    }
    for line in [
        "",
        "Boats left at dawn.",
        "1518301 Mar 25",
        "151830 Mar",
        "1-2-3 4",
    ] {
        assert_eq!(date(line), None, "{line}");
    }
}
