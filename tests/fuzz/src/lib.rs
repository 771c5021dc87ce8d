//! What every fuzz target does with its bytes, and what must hold of the outcome.

use std::ops::ControlFlow;

use jiff::civil::{Date, date};
use search::analysis::attribution;
use search::article::Article;
use search::corpus::Content;
use search::parse::{FieldMap, Record, parse_date, read_as, read_content};
use search::query::{Dialect, MAX_QUERY_BYTES, Parsed, parse, parse_dialect, parse_plain};

/// Reads the bytes as a file of one format.
pub fn check_format(format: &str, bytes: &[u8]) {
    let mut sink = |record| {
        check_record(&record);
        ControlFlow::Continue(())
    };
    read_as(format, bytes, &mut sink).expect("the target is named after a format");
}

/// Reads the bytes as any file: unpacked, recognised, parsed.
pub fn check_file(bytes: &[u8]) {
    let content = Content::of_bytes("file", bytes.to_vec());
    read_content(content, &FieldMap::default(), &mut |record| {
        check_record(&record);
        ControlFlow::Continue(())
    });
}

/// Reads a text as a date: what comes of it lies where dates may, and is read again as
/// the same day.
pub fn check_date(text: &str) {
    const TODAY: Date = date(2026, 1, 31);
    for lang in [None, Some("en"), Some("hr"), Some("ru")] {
        let Ok(Some(found)) = parse_date(text, lang, TODAY) else {
            continue;
        };
        assert!((date(1600, 1, 1)..=date(2026, 2, 2)).contains(&found.day));
        let again = parse_date(&found.iso_day(), lang, TODAY);
        assert!(again.is_ok_and(|again| again.is_some_and(|again| again.day == found.day)));
    }
}

/// Reads a text as a query: its reading prints as a query that reads the same.
pub fn check_query(text: &str) {
    check_parsed(text, &parse(text, QUERY_DAY));
    let plain = parse_plain(text).to_string();
    if plain.len() <= MAX_QUERY_BYTES {
        assert_eq!(parse(&plain, QUERY_DAY).problems, [], "{plain}");
    }
}

/// Reads a text as a query of other tools: its reading prints as a query of ours that
/// reads the same.
pub fn check_dialects(text: &str) {
    for dialect in [Dialect::Nexis, Dialect::Factiva, Dialect::Lucene] {
        check_parsed(text, &parse_dialect(text, dialect, QUERY_DAY));
    }
}

/// Finds the people of a text, whose first line is its title: all of it lies in the texts, in
/// order.
pub fn check_people(text: &str) {
    let (title, body) = text.split_once('\n').unwrap_or(("", text));
    let texts = [title, "", body];
    let found = attribution(texts);
    for (text, of_text) in texts.into_iter().zip(&found.texts) {
        let mentions = of_text.mentions.iter().map(|one| (&one.range, one.name));
        let quotations = of_text.quotations.iter().map(|one| (&one.range, one.name));
        for ranges in [mentions.collect::<Vec<_>>(), quotations.collect()] {
            let mut end = 0;
            for (range, name) in ranges {
                assert!(range.start >= end && name < found.names.len());
                assert!(text.get(range.clone()).is_some());
                end = range.end;
            }
        }
    }
}

/// The day that relative dates of queries count from.
const QUERY_DAY: Date = date(2026, 1, 31);

fn check_parsed(text: &str, parsed: &Parsed) {
    for problem in &parsed.problems {
        assert!(text.get(problem.span.start..problem.span.end).is_some());
        assert!(problem.render(text).lines().count() <= 4);
    }
    let printed = parsed.clause.to_string();
    // What is too long cannot be read back as it is.
    if printed.len() <= MAX_QUERY_BYTES {
        let again = parse(&printed, QUERY_DAY);
        assert_eq!(again.problems, [], "{printed}");
        assert_eq!(again.clause, parsed.clause, "{printed}");
    }
}

fn check_record(record: &Record) {
    match record {
        Record::Article { article, .. } => check_article(article),
        Record::Problem(problem) => {
            assert!(!problem.message.is_empty());
            assert!(
                !problem.message.contains("parser failed"),
                "a panic was caught: {problem}"
            );
        }
    }
}

fn check_article(article: &Article) {
    let texts = [&article.title, &article.lead, &article.body];
    assert!(texts.iter().any(|text| !text.is_empty()));
    for text in texts {
        assert!(!text.contains('\0'));
        assert_eq!(text.trim(), text.as_str());
    }
    assert!(!article.title.contains('\n'));
}
