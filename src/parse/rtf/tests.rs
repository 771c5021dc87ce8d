//! Small files of Rich Text Format, good and bad.

use super::reader::read;
use proptest::prelude::*;

#[track_caller]
fn check(rtf: &str, text: &str) {
    assert_eq!(read(rtf.as_bytes()).text, text);
}

#[test]
fn paragraphs_and_characters() {
    check(
        r"{\rtf1\ansi Fees \b rise\b0  in the harbour.\par
Ships wait\~here\_there: \{so\}.\line\emdash  Captain}",
        "Fees rise in the harbour.\n\nShips wait\u{a0}here-there: {so}.\n— Captain",
    );
}

#[test]
fn a_mark_of_byte_order_may_come_first() {
    let (articles, problems, report) =
        crate::parse::tests::read("\u{feff}{\\rtf1 Fees rise}".as_bytes());
    assert_eq!(problems, []);
    assert_eq!(
        (report.format, &*articles[0].title),
        (Some("rtf"), "Fees rise")
    );
}

#[test]
fn code_pages_of_the_file_and_of_its_fonts() {
    check(r"{\rtf1\ansi\ansicpg1251 \'ca\'e8\'ef}", "Кип");
    check(
        r"{\rtf1\ansi\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}{\f2\fcharset128 MS;}}
\'e9 \f1 \'ca\'e8\'ef\f2 \'93\'fa\f0  \'e9}",
        "é Кип日 é",
    );
}

#[test]
fn unicode_with_fallbacks() {
    check(r"{\rtf1\uc1\u1050?\u1080\'e8\u-10179?\u-8704?.}", "Ки😀.");
    check(r"{\rtf1{\uc2\u8364 EU\u8364 EU}\u233?}", "€€é");
    check(r"{\rtf1\u55357 ?x}", "x");
}

#[test]
fn what_is_no_text_is_passed_over() {
    check(
        r"{\rtf1{\stylesheet{\s0 Normal;}}{\header Page 1}{\*\unknown x{\b y}}a{\pict\bin4 }{}\00 ff}b{\v hidden}\deleted gone\deleted0 c}",
        "abc",
    );
    check(
        r#"{\rtf1{\field{\*\fldinst HYPERLINK "https://a.example"}{\fldrslt Quay}} news}"#,
        "Quay news",
    );
}

#[test]
fn tables_have_tabs_and_lines() {
    check(
        r"{\rtf1\trowd HD\cell Fees rise\cell\row BY\cell Ann Lee\cell\row}",
        "HD\tFees rise\t\nBY\tAnn Lee\t\n",
    );
}

#[test]
fn the_description_of_the_file() {
    let rich = read(br"{\rtf1{\info{\title Fees rise}{\author Ann Lee}{\subject x}}Text}");
    assert_eq!(
        (&*rich.title, &*rich.author, &*rich.text),
        ("Fees rise", "Ann Lee", "Text")
    );
}

#[test]
fn a_million_groups_cost_no_stack() {
    let deep = format!(
        "{{\\rtf1 a{}b{}c",
        "{".repeat(1_000_000),
        "}".repeat(1_000_000)
    );
    check(&deep, "abc");
    check(&"\\-".repeat(1_000_000), "");
    check(&format!("{{\\rtf1 {}", "\\*".repeat(1_000_000)), "");
}

#[test]
fn every_truncation_is_read() {
    let rtf = r"{\rtf1\ansi{\fonttbl{\f0\fcharset204 A;}}\f0 \'ca\u1050?\bin3 abc{\*\x y}\par z}";
    for end in 0..rtf.len() {
        read(&rtf.as_bytes()[..end]);
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        read(&bytes);
    }

    #[test]
    fn any_words_are_read(text in r"(\{|\}|\\[a-z]{1,4}-?[0-9]{0,3} ?|\\'[0-9a-g]{2}|\\[*~_-]|[a-z]){0,40}") {
        read(text.as_bytes());
    }
}
