//! What every fuzz target does with its bytes, and what must hold of the outcome.

use std::ops::ControlFlow;

use jiff::civil::{Date, date};
use search::article::Article;
use search::corpus::Content;
use search::parse::{FieldMap, Record, parse_date, read_as, read_content};

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
