//! Exports as the databases write them, in each of their layouts and carriers.

use proptest::prelude::*;

use super::split;
use crate::article::Article;
use crate::parse::tests::{day, read};

const NEXIS: &str = include_str!("../../../tests/data/formats/news-export/nexis-uni.txt");
const ACADEMIC: &str =
    include_str!("../../../tests/data/formats/news-export/lexisnexis-academic.txt");
const INDEXED: &str = include_str!("../../../tests/data/formats/news-export/factiva-indexed.txt");
const PLAIN: &str = include_str!("../../../tests/data/formats/news-export/factiva-plain.txt");
const PAGE: &str = include_str!("../../../tests/data/formats/news-export-html/factiva.html");
const RICH: &[u8] = include_bytes!("../../../tests/data/formats/rtf/factiva.rtf");

#[track_caller]
fn two(bytes: &[u8], format: &str) -> [Article; 2] {
    let (articles, problems, report) = read(bytes);
    assert_eq!(problems, []);
    assert_eq!(report.format, Some(format));
    articles.try_into().unwrap()
}

/// What is the same in all layouts.
#[track_caller]
fn check(articles: &[Article; 2]) {
    let [first, second] = articles;
    assert!(
        first.title.starts_with("Council raises harbour fees"),
        "{}",
        first.title
    );
    assert_eq!(first.source.as_deref(), Some("The Meridian Post"));
    assert!(
        first.body.starts_with("The council of Northgate voted"),
        "{}",
        first.body
    );
    assert!(!first.body.contains("Copyright"), "{}", first.body);
    assert_eq!(
        (day(first), day(second)),
        ("2025-03-15".into(), "2025-03-16".into())
    );
    assert_eq!(second.source.as_deref(), Some("Harbour Wire"));
    assert!(
        second.body.starts_with("Crews in Northgate"),
        "{}",
        second.body
    );
    assert_eq!(second.lang.as_deref(), Some("en"));
}

#[test]
fn nexis_uni() {
    let articles = two(NEXIS.as_bytes(), "news-export");
    check(&articles);
    let [first, second] = &articles;
    assert_eq!(first.title, "Council raises harbour fees for a third year");
    assert_eq!(first.authors, ["Ann Lee", "Bob Ray"]);
    assert_eq!(first.section.as_deref(), Some("NEWS"));
    assert_eq!(
        first.lead,
        "Boats under twelve metres pay a fifth more from April."
    );
    assert_eq!(first.topics, ["HARBORS & PORTS", "FEES & RATES"]);
    assert!(
        first
            .body
            .ends_with("A second vote on ferries is due in May."),
        "{}",
        first.body
    );
    assert!(
        first.body.contains("Note: the covered market"),
        "{}",
        first.body
    );
    assert_eq!(
        second.title,
        "\"We wait for the tide\", say the crews of Northgate"
    );
    assert_eq!(second.authors, ["Carla Moss"]);
    assert!(second.body.ends_with("before noon."), "{}", second.body);
}

#[test]
fn lexisnexis_academic() {
    let articles = two(ACADEMIC.as_bytes(), "news-export");
    check(&articles);
    let [first, second] = &articles;
    assert_eq!(
        first.title,
        "Council raises harbour fees for a third year and promises new quays"
    );
    assert_eq!(first.authors, ["Ann Lee"]);
    assert_eq!(first.section.as_deref(), Some("Section A"));
    assert!(
        first.body.ends_with("the harbour master said."),
        "{}",
        first.body
    );
    assert_eq!(second.title, "Crews wait for the tide");
}

#[test]
fn lexisnexis_academic_without_a_label_of_the_text() {
    let text = ACADEMIC.replace("BODY:\n", "");
    let labelled = two(ACADEMIC.as_bytes(), "news-export");
    for (article, labelled) in two(text.as_bytes(), "news-export").iter().zip(&labelled) {
        assert_eq!(article.body, labelled.body);
        assert_eq!(article.authors, labelled.authors);
        assert_eq!(article.section, labelled.section);
    }
}

#[test]
fn lines_of_a_text_that_look_like_fields() {
    let tail = NEXIS.find("Load-Date").unwrap();
    let start = NEXIS[..tail].find("The council").unwrap();
    let head = &NEXIS[..start];
    let body = "The council met.\n\nCopyright holders came too.\n\nLanguage: the mayor had \
                none.\n\nSubject: the fees.\n\nThey rise.\n\n";
    let text = format!(
        "{head}{body}SUBJECT: HARBORS (90%)\n\nURL: https://meridian.example/fees\n\nLoad-Date: \
         March 16, 2025\n\nEnd of Document\n"
    );
    let (articles, problems, _) = read(text.as_bytes());
    assert_eq!((articles.len(), problems.len()), (1, 0));
    assert_eq!(articles[0].body, body.trim());
    assert_eq!(articles[0].topics, ["HARBORS"]);
    let url = articles[0].url.as_deref();
    assert_eq!(url, Some("https://meridian.example/fees"));
}

#[test]
fn labels_in_capitals_end_a_text_alone() {
    let words = "Boats wait.\n\nCorrection: they left.\n\nAll of them.\n\n";
    let text = ACADEMIC.replacen("LOAD-DATE", &format!("{words}LOAD-DATE"), 1);
    let [first, _] = two(text.as_bytes(), "news-export");
    assert!(first.body.ends_with(words.trim()), "{}", first.body);
}

#[test]
fn factiva_with_codes() {
    let articles = two(INDEXED.as_bytes(), "news-export");
    check(&articles);
    let [first, second] = &articles;
    assert_eq!(first.id, "MERPOS0020250315el3f0000b");
    assert_eq!(first.authors, ["Ann Lee", "Bob Ray"]);
    assert_eq!(first.title, "Council raises harbour fees for a third year");
    assert_eq!(first.topics, ["Regulation", "Harbours"]);
    assert_eq!(first.section.as_deref(), Some("News"));
    assert!(first.body.ends_with("is due in May."), "{}", first.body);
    assert_eq!(second.id, "HARWIR0020250316el3g00002");
}

#[test]
fn factiva_without_codes() {
    let articles = two(PLAIN.as_bytes(), "news-export");
    check(&articles);
    let [first, second] = &articles;
    assert_eq!(first.id, "MERPOS0020250315el3f0000b");
    assert_eq!(first.authors, ["Ann Lee", "Bob Ray"]);
    assert_eq!(first.section.as_deref(), Some("News"));
    assert!(
        first.published.unwrap().instant.is_some(),
        "{:?}",
        first.published
    );
    assert!(second.authors.is_empty(), "{:?}", second.authors);
    assert_eq!(second.title, "Crews wait for the tide");
}

#[test]
fn factiva_as_a_page_and_as_rich_text() {
    let articles = two(PAGE.as_bytes(), "news-export-html");
    check(&articles);
    assert_eq!(articles[1].title, "Crews wait for the tide");
    assert_eq!(articles[1].id, "HARWIR0020250316el3g00002");

    let articles = two(RICH, "rtf");
    check(&articles);
    assert_eq!(
        articles[0].title,
        "Council raises harbour fees – for a third year"
    );
    assert!(
        articles[0].body.contains("café owners “and crews”"),
        "{}",
        articles[0].body
    );
    assert!(articles[0].body.contains("Волна"), "{}", articles[0].body);
}

#[test]
fn lines_with_windows_ends_and_blank_lines_between_all() {
    for text in [NEXIS, ACADEMIC, INDEXED, PLAIN] {
        check(&two(text.replace('\n', "\r\n").as_bytes(), "news-export"));
    }
    for text in [NEXIS, PLAIN] {
        check(&two(text.replace('\n', "\n\n").as_bytes(), "news-export"));
    }
}

#[test]
fn numbers_after_a_space_that_does_not_break() {
    check(&two(
        PLAIN.replace("Document ", "Document\u{a0}").as_bytes(),
        "news-export",
    ));
}

#[test]
fn other_texts_are_no_exports() {
    for text in [
        "Fees rise\n\n512 words on harbours.\n\nEnd of Document",
        "Load-Date: never\n\nThe text.",
        "Document 12 of the council, 512 words",
    ] {
        assert_eq!(split(text), None, "{text}");
    }
}

#[test]
fn every_truncation_is_read() {
    for whole in [NEXIS, ACADEMIC, INDEXED, PLAIN] {
        for end in 0..whole.len() {
            if whole.is_char_boundary(end) {
                split(&whole[..end]);
            }
        }
    }
}

proptest! {
    #[test]
    fn any_lines_are_read(
        lines in proptest::collection::vec(
            "(HD|AN|TD  x|12 words|Body|BODY: x|1 of 2 DOCUMENTS|End of Document|Load-Date: x|Length: 3 words|15 March 2025|Document ABCD000020250315el3f0000b|[ -~]{0,20})",
            0..20,
        ),
    ) {
        split(&lines.join("\n"));
    }
}
