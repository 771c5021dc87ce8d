//! The labels of fields in exports of LexisNexis.
//!
//! In: lines. Out: the label of a line (`LENGTH: 512 words`), and where the fields
//! behind a text start.

use super::lines::is_copyright;

/// Labels before the text, in lower case.
const HEAD_LABELS: &[&str] = &[
    "section",
    "length",
    "byline",
    "dateline",
    "highlight",
    "headline",
    "series",
    "distribution",
    "correction-appended",
    "body",
];
/// Labels after the text, in lower case.
const TAIL_LABELS: &[&str] = &[
    "load-date",
    "language",
    "graphic",
    "graphics",
    "publication-type",
    "subject",
    "country",
    "city",
    "state",
    "region",
    "person",
    "organization",
    "company",
    "ticker",
    "industry",
    "geographic",
    "type",
    "journal-code",
    "document-type",
    "acc-no",
    "correction-date",
    "update",
    "notes",
    "topic",
    "classification",
    "correction",
    "pub-type",
    "doctype",
    "jsn",
    "url",
];
/// Labels after the text that may have paragraphs of their own, as captions are.
const LONG_LABELS: &[&str] = &[
    "graphic",
    "graphics",
    "classification",
    "correction",
    "notes",
];
/// Labels that only the fields behind a text have, however they are written.
const SURE_LABELS: &[&str] = &[
    "load-date",
    "classification",
    "graphic",
    "publication-type",
    "language",
];
/// Paragraphs that such a label may have.
const MAX_PARAGRAPHS: usize = 8;
/// Lines that what a label says may be wrapped into.
const MAX_WRAPPED_LINES: usize = 20;

/// Whether a label, in lower case, stands before the text.
pub(super) fn is_head_label(name: &str) -> bool {
    HEAD_LABELS.contains(&name)
}

/// The label of a line, in lower case, and what follows it.
pub(super) fn label(line: &str) -> Option<(String, &str)> {
    let line = line.trim();
    let (name, value) = match line.split_once(':') {
        Some((name, value)) => (name, value.trim()),
        None if matches!(
            line,
            "Body" | "BODY" | "Classification" | "Graphic" | "GRAPHIC"
        ) =>
        {
            (line, "")
        }
        None => return None,
    };
    let name = name.trim().to_lowercase();
    let is_known = [HEAD_LABELS, TAIL_LABELS]
        .iter()
        .any(|labels| labels.contains(&name.as_str()));
    is_known.then_some((name, value))
}

/// Where the fields behind a text start. A line of the text may look like one of them,
/// so they are told from the end: nothing but fields follows.
pub(super) fn tail_start(lines: &[&str]) -> usize {
    let tail = lines.iter().enumerate().filter_map(|(at, line)| {
        let (name, _) = label(line)?;
        TAIL_LABELS.contains(&name.as_str()).then_some((at, name))
    });
    let mut tail: Vec<(usize, String)> = tail.collect();
    // If the last one is in capitals, all of them are.
    if tail
        .last()
        .is_some_and(|(at, _)| is_in_capitals(lines[*at]))
    {
        tail.retain(|(at, _)| is_in_capitals(lines[*at]));
    }
    let mut start = lines.len();
    for (at, name) in tail.iter().rev() {
        if !may_say(name, &lines[at + 1..start]) {
            break;
        }
        start = *at;
    }
    let mut ends = tail.iter().skip_while(|(at, _)| *at < start);
    let end = ends.find(|(at, name)| is_sure(lines[*at], name));
    end.map_or(lines.len(), |(at, _)| *at)
}

/// Whether a label is one of the fields, and no word of the text before a colon.
fn is_sure(line: &str, name: &str) -> bool {
    SURE_LABELS.contains(&name) || is_in_capitals(line) || line.contains("%)")
}

/// Whether what stands before the colon is.
fn is_in_capitals(line: &str) -> bool {
    let label = line.split(':').next().unwrap_or(line);
    !label.contains(char::is_lowercase)
}

/// Whether these lines may be what a label says, besides its own line.
fn may_say(name: &str, lines: &[&str]) -> bool {
    let is_blank = |line: &&str| line.trim().is_empty();
    let wrapped = lines.iter().position(is_blank).unwrap_or(lines.len());
    let rest = lines[wrapped..].iter();
    let paragraphs = rest.filter(|line| !is_blank(line) && !is_copyright(line));
    let max = if LONG_LABELS.contains(&name) {
        MAX_PARAGRAPHS
    } else {
        0
    };
    wrapped <= MAX_WRAPPED_LINES && paragraphs.count() <= max
}
