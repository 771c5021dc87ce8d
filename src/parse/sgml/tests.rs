//! Records of the collections, whole and damaged.

use std::fmt::Write;

use proptest::prelude::*;

use super::elements::{Tags, attribute, split};
use super::wrapped::paragraphs;
use crate::article::{Article, Precision};
use crate::error::ProblemKind;
use crate::parse::tests::read;

/// The articles of a sample and the kinds of its problems with their lines.
fn sample(text: &str) -> (Vec<Article>, Vec<(ProblemKind, Option<u64>)>) {
    let (articles, problems, _) = read(text.as_bytes());
    let problems = problems.iter().map(|p| (p.kind, p.place.line)).collect();
    (articles, problems)
}

fn day(article: &Article) -> String {
    let published = article.published.as_ref();
    published.map(|date| date.iso_day()).unwrap_or_default()
}

#[test]
fn agencies() {
    let text = include_str!("../../../tests/data/formats/trec/agency.sgml");
    let (articles, problems) = sample(text);
    assert_eq!(problems, []);
    let ids: Vec<_> = articles.iter().map(|article| &*article.id).collect();
    assert_eq!(ids, ["AP890315-0001", "AP890315-0002", "AP890316-0003"]);
    let ferry = &articles[0];
    assert_eq!(
        ferry.title,
        "Night Ferry Returns to Port & Waits for the Wind"
    );
    assert_eq!(
        ferry.body,
        "PORT ELDER (AP) — The night ferry to the outer islands turned back on Wednesday, and its 41 \
         passengers slept in the hall of the harbor office.\n\n``We will sail when the wind says so,'' \
         the captain said. Nobody was hurt."
    );
    assert_eq!(
        (ferry.lead.as_str(), day(ferry).as_str()),
        ("", "1989-03-15")
    );
    assert_eq!(ferry.authors, ["ANN LEE"]);
    assert_eq!(ferry.source.as_deref(), Some("Associated Press"));
    assert_eq!(
        articles[1].body,
        "Prices in the fish hall, in coins a crate:\nCod           12\nHerring        7\nMackerel       9"
    );
}

#[test]
fn papers() {
    let text = include_str!("../../../tests/data/formats/trec/papers.sgml");
    let (articles, problems) = sample(text);
    assert_eq!((problems.len(), articles.len()), (0, 4));
    let [la, ft, wsj, fbis] = &articles[..] else {
        panic!("{articles:?}");
    };
    assert_eq!(
        la.title,
        "TWO LIBRARIES SHARE ONE BUS; BOOKS GO WHERE READERS ARE"
    );
    assert_eq!(la.authors, ["BOB RAY", "CY POE"]);
    assert_eq!(la.body.matches("\n\n").count(), 1);
    assert!(!la.body.contains("Photo"));
    assert_eq!(la.section.as_deref(), Some("Metro"));
    assert_eq!(la.topics, ["LIBRARIES", "BUSES"]);
    assert_eq!(
        ft.title,
        "Small Companies: Lantern maker finds buyers abroad"
    );
    assert!(
        ft.body.starts_with("LOWMARSH — A MAKER of ship's"),
        "{}",
        ft.body
    );
    assert!(
        ft.body.contains("hire again.\n\nIts lanterns"),
        "{}",
        ft.body
    );
    assert_eq!(ft.topics, ["Lighting Equipment, NEC"]);
    assert_eq!(wsj.title, "Lantern Maker Opens Second Hall");
    assert_eq!(wsj.authors, ["Dora Finch"]);
    assert_eq!(wsj.topics, ["LIGHTING", "MARKETS & TRADE"]);
    assert!(
        wsj.body.starts_with("LOWMARSH -- The maker"),
        "{}",
        wsj.body
    );
    assert!(
        wsj.body.ends_with(
            "lanterns opens a second hall.\n\nIt will hire 20 people, the company said."
        )
    );
    assert!(fbis.title.starts_with("Foreign Press Note"));
    assert!(fbis.body.starts_with("The harbor office"), "{}", fbis.body);
    let days: Vec<_> = articles.iter().map(day).collect();
    assert_eq!(
        days,
        ["1989-03-15", "1991-05-14", "1991-05-14", "1994-03-28"]
    );
    let outlets: Vec<_> = articles
        .iter()
        .filter_map(|a| a.source.as_deref())
        .collect();
    assert_eq!(
        outlets[1..3],
        ["Financial Times", "The Wall Street Journal"]
    );
}

#[test]
fn newswire() {
    let text = include_str!("../../../tests/data/formats/trec/newswire.sgml");
    let (articles, problems) = sample(text);
    assert_eq!((problems.len(), articles.len()), (0, 3));
    let [nyt, xin, note] = &articles[..] else {
        panic!("{articles:?}");
    };
    assert_eq!(nyt.title, "A LIGHTHOUSE FOR SALE, KEEPER INCLUDED");
    assert_eq!(nyt.authors, ["EVE HALL"]);
    assert!(
        nyt.body.starts_with("PORT ELDER  - The lighthouse"),
        "{}",
        nyt.body
    );
    assert!(nyt.body.ends_with("\n\nHe has wound its clock since 1961."));
    assert_eq!(
        nyt.published.as_ref().unwrap().precision,
        Precision::Instant
    );
    assert_eq!(
        (xin.id.as_str(), day(xin).as_str()),
        ("XIN_ENG_20101201.0044", "2010-12-01")
    );
    assert!(
        xin.body
            .starts_with("PORT ELDER, Dec. 1 — The lighthouse was")
    );
    assert_eq!(note.id, "note-3");
    assert_eq!(
        note.body,
        "A record without elements for its text has it between them."
    );
}

#[test]
fn web_pages() {
    let text = include_str!("../../../tests/data/formats/trec/web.sgml");
    let (articles, problems) = sample(text);
    assert_eq!((problems.len(), articles.len()), (0, 1));
    assert_eq!(articles[0].id, "WTX001-B01-7");
    assert_eq!(articles[0].title, "Tide tables");
    assert_eq!(
        articles[0].url.as_deref(),
        Some("http://harbour.example/tides.html")
    );
    assert!(
        articles[0].body.contains("\n\nThis year they are"),
        "{}",
        articles[0].body
    );
    assert!(!articles[0].body.contains("HTTP"));
}

#[test]
fn the_wire_of_reuters() {
    let text = include_str!("../../../tests/data/formats/reuters-21578/sample.sgm");
    let (articles, problems) = sample(text);
    assert_eq!(problems, [(ProblemKind::NoText, Some(49))]);
    let [barges, ice, levels] = &articles[..] else {
        panic!("{articles:?}");
    };
    assert_eq!(barges.title, "GRAIN BARGES <GBX> WAIT FOR THE ICE TO GO");
    assert_eq!(
        barges.body,
        "LOWMARSH, Feb 26 - Forty barges with grain wait above the lock of Lowmarsh for the ice to go, \
         the river office said.\n\nIt takes two days of thaw to free them.\n\nGrain in barges   41,000 \
         tonnes\nGrain in silos   120,000 tonnes"
    );
    assert_eq!(barges.authors, ["Ann Lee"]);
    assert_eq!(barges.topics, ["grain", "ship", "usa"]);
    assert_eq!(
        (ice.title.as_str(), ice.body.as_str()),
        ("RIVER OFFICE SAYS THE ICE IS GONE", "")
    );
    assert_eq!(
        ice.published.as_ref().unwrap().precision,
        Precision::Instant
    );
    assert_eq!(levels.title, "RIVER LEVELS AT NOON");
    assert_eq!(
        levels.body,
        "Lowmarsh.........2.1 up.......0.1\nPort Elder.......4.0 down.....0.3"
    );
    assert_eq!(levels.published.as_ref().unwrap().precision, Precision::Day);
}

#[test]
fn records_without_end_and_words_outside_are_told() {
    let (articles, problems) =
        sample("<DOC><DOCNO>1</DOCNO><TEXT>One.</TEXT></DOC>\nlost\n<DOC><DOCNO>2</DOCNO><TEXT>Tw");
    assert_eq!(
        problems,
        [
            (ProblemKind::Malformed, Some(1)),
            (ProblemKind::Malformed, Some(3))
        ]
    );
    assert_eq!(
        (articles[0].body.as_str(), articles[1].body.as_str()),
        ("One.", "Tw")
    );
}

#[test]
fn a_record_over_the_limit_is_passed_over() {
    let mut text = "<DOC><DOCNO>1</DOCNO><TEXT>".to_owned();
    text.push_str(&"long ".repeat(crate::parse::MAX_RECORD_BYTES / 5 + 30_000));
    text.push_str("</TEXT></DOC><DOC><DOCNO>2</DOCNO><TEXT>Two.</TEXT></DOC>");
    let (articles, problems) = sample(&text);
    assert_eq!(problems, [(ProblemKind::TooLarge, Some(1))]);
    assert_eq!(articles.len(), 1);
    assert_eq!(
        (articles[0].id.as_str(), articles[0].body.as_str()),
        ("2", "Two.")
    );
}

#[test]
fn records_are_cut_wherever_a_chunk_ends() {
    let mut text = String::new();
    for n in 0..20_000 {
        let _ = write!(
            text,
            "<DOC><DOCNO>{n}</DOCNO><TEXT>{}</TEXT></DOC>",
            "x".repeat(n % 7)
        );
        text.push_str(if n % 3 == 0 { "\n" } else { "" });
    }
    let (articles, problems) = sample(&text);
    let empty = (0..20_000).filter(|n| n % 7 == 0).count();
    assert_eq!((articles.len(), problems.len()), (20_000 - empty, empty));
    assert!(
        problems
            .iter()
            .all(|(kind, _)| *kind == ProblemKind::NoText)
    );
}

#[test]
fn only_collections_are_taken_for_them() {
    for other in [
        "<doc sitename='a'><main><p>b</p></main></doc>",
        "<html><body><p>DOC</p></body></html>",
        "<add><doc><field name='id'>1</field></doc></add>",
        "<!-- <DOC> --> <p>a</p>",
        "text <DOC>",
    ] {
        let (_, _, report) = read(other.as_bytes());
        assert_ne!(report.format, Some("trec"), "{other}");
    }
    for trec in [
        "<DOC><DOCNO>",
        "<!-- a -->\n<DOC id=\"1\">",
        "<docs><doc>\n<docno>",
    ] {
        let (_, _, report) = read(trec.as_bytes());
        assert_eq!(report.format, Some("trec"), "{trec}");
    }
}

#[test]
fn attributes() {
    let text = "TOPICS=\"YES\" id='a b' plain n=7 last=\"x=y\"";
    let found = ["topics", "id", "plain", "n", "last"].map(|name| attribute(text, name));
    assert_eq!(
        found,
        [Some("YES"), Some("a b"), None, Some("7"), Some("x=y")]
    );
}

#[test]
fn elements_without_end_tags_go_on_to_the_next() {
    let parts = split("<A>1<B>2</B>3<A>4<C>5</C>6", |name| {
        "AB".contains(name).then(|| name.to_owned())
    });
    let found: Vec<_> = parts
        .elements
        .iter()
        .map(|e| (&*e.kind, e.content))
        .collect();
    assert_eq!(found, [("A", "1"), ("B", "2"), ("A", "4<C>5</C>6")]);
    assert_eq!(parts.loose, ["", "", "3", ""]);
}

#[test]
fn many_tags_without_end_cost_little() {
    let text = ["<TEXT>", "<!--", "<DATE><!--", "<A "].map(|piece| piece.repeat(400_000));
    for text in text {
        let (_, _) = sample(&format!("<DOC><DOCNO>1</DOCNO>a{text}"));
    }
}

#[track_caller]
fn check_paragraphs(content: &str, expected: &str) {
    assert_eq!(paragraphs(content), expected);
}

#[test]
fn lines_become_paragraphs() {
    check_paragraphs("  One is\ntwo.\n\nThree.", "One is two.\n\nThree.");
    check_paragraphs("   One is\ntwo.\n   Three.", "One is two.\n\nThree.");
    check_paragraphs("<P>One\nis two.<P>Three.</P>", "One is two.\n\nThree.");
    check_paragraphs(
        "One line that is as wide as any.\nIt ends.\nAnother one begins here, as wide.",
        "One line that is as wide as any. It ends.\n\nAnother one begins here, as wide.",
    );
    check_paragraphs("a   1\nb   2", "a   1\nb   2");
    check_paragraphs("A &lt;B> &hyph; &UR;c&LR; & <F P=1>d</F>", "A <B> - c & d");
}

proptest! {
    #[test]
    fn any_text_is_read(pieces in prop::collection::vec(prop::sample::select(vec![
        "<DOC>", "</DOC>", "<DOCNO>", "</DOCNO>", "<TEXT>", "</TEXT>", "<!--", "-->", "<", ">", "&",
        "&amp;", "é", "\n", "   ", "word", "<REUTERS NEWID=\"", "\">", "</REUTERS>", "<DATE>", "</DATE>",
        "<DOCHDR>", "</DOCHDR>", "<TITLE>", "<BODY>", "</BODY>", "By ", "FT /", "01/02/03", "#", "(", ")",
    ]), 0..40)) {
        let text = pieces.concat();
        for start in ["<DOC>", "<REUTERS NEWID=\"1\">"] {
            let _ = sample(&format!("{start}{text}"));
        }
        let _ = Tags::new(&text).count();
    }
}
