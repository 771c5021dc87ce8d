//! Accounts of queries over a few articles.

use jiff::civil::date;

use super::*;
use crate::article::Article;
use crate::engine::scan::ScanEngine;
use crate::query::parse_strict;
use crate::search::answer;

fn engine() -> ScanEngine {
    let article = |id: &str, title: &str, body: &str| Article {
        id: id.to_owned(),
        title: title.to_owned(),
        body: body.to_owned(),
        lang: Some("en".to_owned()),
        ..Article::default()
    };
    ScanEngine::new(vec![
        article(
            "a",
            "Ferries wait",
            "The ferry waited while the harbour pilots met the owners.",
        ),
        article(
            "b",
            "Pilots meet",
            "Harbour pilots said the ferries would sail.\n\nOwners agreed.",
        ),
        article("c", "Grain", "Grain prices rose."),
    ])
}

/// An account in one line for each thing it tells.
#[track_caller]
fn check(query: &str, expected: &[&str]) {
    let engine = engine();
    let (query, _) = parse_strict(query, date(2025, 3, 15)).unwrap();
    let question = Question::new(query);
    let page = answer(&engine, &question).unwrap();
    let account = account(&engine, &question, page.total > 0 && !page.partial).unwrap();
    let mut lines = vec![account.reading];
    let named = |name: &str, counted: &[Counted]| -> Vec<String> {
        let line = |counted: &Counted| format!("{name} {}: {}", counted.clause, counted.articles);
        counted.iter().map(line).collect()
    };
    for part in &account.parts {
        lines.extend(named("part", std::slice::from_ref(part)));
        lines.extend(named("-", &part.parts));
    }
    lines.extend(named("without", &account.without));
    lines.extend(named("wider", &account.wider));
    for word in &account.words {
        lines.push(format!(
            "{} is {:?} and {}",
            word.word, word.forms, word.more
        ));
    }
    assert_eq!(lines, expected);
}

#[test]
fn people_and_their_words_are_counted_and_widened() {
    let article = |id: &str, body: &str| Article {
        id: id.to_owned(),
        body: body.to_owned(),
        ..Article::default()
    };
    let engine = ScanEngine::new(vec![
        article(
            "a",
            "Ann Quill spoke. “Ferries will sail on Monday,” said Quill.",
        ),
        article("b", "Ann Quill met Bert Strand. The harbour was shut."),
    ]);
    let (query, _) = parse_strict("said:\"Zara Quill\"(harbour)", date(2025, 3, 15)).unwrap();
    let account = account(&engine, &Question::new(query), false).unwrap();
    let parts: Vec<_> = account.parts[0]
        .parts
        .iter()
        .map(|part| (&*part.clause, part.articles))
        .collect();
    assert_eq!(parts, [("said:\"Zara Quill\"", 0), ("harbour", 1)]);
    let (query, _) = parse_strict("actor:\"Zara Quill\"", date(2025, 3, 15)).unwrap();
    let account = super::account(&engine, &Question::new(query), false).unwrap();
    assert_eq!(
        (&*account.wider[0].clause, account.wider[0].articles),
        ("actor:Quill", 2)
    );
}

#[test]
fn every_part_is_counted_alone() {
    check(
        "ferry (pilots NEAR/2 harbour OR grain) NOT prices",
        &[
            "ferry ((pilots NEAR/2 harbour) OR grain) NOT prices",
            "part ferry: 2",
            "part (pilots NEAR/2 harbour) OR grain: 3",
            "- pilots NEAR/2 harbour: 2",
            "- grain: 1",
            "part NOT prices: 2",
            "ferry is [(\"ferries\", 2), (\"ferry\", 1)] and 0",
            "pilots is [(\"pilots\", 2)] and 0",
            "harbour is [(\"harbour\", 2)] and 0",
            "grain is [(\"grain\", 1)] and 0",
        ],
    );
}

#[test]
fn what_killed_the_result_is_told() {
    check(
        "ferry grain",
        &[
            "ferry grain",
            "part ferry: 2",
            "part grain: 1",
            "without grain: 2",
            "without ferry: 1",
            "ferry is [(\"ferries\", 2), (\"ferry\", 1)] and 0",
            "grain is [(\"grain\", 1)] and 0",
        ],
    );
}

#[test]
fn the_nearest_widening_comes_first() {
    check(
        "owners PRE/1 pilots",
        &[
            "owners PRE/1 pilots",
            "part owners PRE/1 pilots: 0",
            "- owners: 2",
            "- pilots: 2",
            "wider owners NEAR/20 pilots: 2",
            "wider owners NEAR/P pilots: 1",
            "wider owners pilots: 2",
            "owners is [(\"owners\", 2)] and 0",
            "pilots is [(\"pilots\", 2)] and 0",
        ],
    );
    check(
        "title:=ferry",
        &[
            "title:=ferry",
            "part title:=ferry: 0",
            "wider title:ferry: 1",
            "wider =ferry: 1",
            "title:=ferry is [] and 0",
        ],
    );
    check(
        "harbor",
        &[
            "harbor",
            "part harbor: 0",
            "wider harbor~1: 2",
            "wider harbor~2: 2",
            "harbor is [] and 0",
        ],
    );
}
