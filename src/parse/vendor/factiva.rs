//! Exports of Factiva.
//!
//! In: the text of an export. Out: its articles, each with its accession number as
//! id.
//!
//! An article ends in a line `Document` with its number. With indexing, each field
//! has a code of two or three letters before it (`HD` headline, `TD` text); without,
//! the fields follow each other in a fixed order around the count of words.

use super::lines::{date_line, is_byline, is_copyright, is_word_count, people};
use crate::parse::draft::Draft;

/// The codes of fields that exports with indexing have.
const CODES: &[&str] = &[
    "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "CX",
    "LP", "TD", "ART", "CT", "RF", "CO", "IN", "NS", "RE", "IPD", "IPC", "PUB", "AN", "CLM", "RST",
    "NCT", "DJIC", "DLN", "GC", "RS", "DE", "HLP", "HL",
];
/// Lines that belong to the file, not to an article.
const FILE_LINES: &[&str] = &[
    "Search Summary",
    "Factiva RTF Display Format",
    "Factiva PDF Display Format",
    "Factiva Licensed Content",
];

/// Whether a text is an export: there are fields around, and the line of a number.
pub(super) fn is_export(text: &str) -> bool {
    // Most texts are told at once.
    if !text.contains("Document ") {
        return false;
    }
    let mut lines = text.lines();
    let has_fields = lines
        .by_ref()
        .any(|line| is_word_count(line) || matches!(code_of(line), Some(("HD" | "WC", _))));
    has_fields && lines.any(|line| accession(line).is_some())
}

/// The articles of an export, in order.
pub(super) fn split(text: &str) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        match accession(line) {
            Some(id) => {
                drafts.push(read(&lines, id));
                lines.clear();
            }
            None if is_file_line(line) => {}
            None => lines.push(line.trim_end()),
        }
    }
    // What follows the last number is the summary of the search, unless the export
    // was cut off within an article.
    if lines.iter().any(|line| is_field_start(line)) {
        drafts.push(read(&lines, ""));
    }
    drafts
}

fn is_field_start(line: &str) -> bool {
    is_word_count(line) || code_of(line).is_some_and(|(code, _)| code == "HD")
}

fn is_file_line(line: &str) -> bool {
    let line = line.trim();
    let is_head = line.starts_with("Page ") && line.contains("Factiva");
    is_head
        || (line.contains("Factiva, Inc") && line.contains("ights reserved"))
        || FILE_LINES.contains(&line)
}

/// The accession number of a line `Document ABCD000020250315el3f000ab`, with or
/// without the code `AN` before it: a source, a date and a serial number.
fn accession(line: &str) -> Option<&str> {
    let line = line.trim();
    let line = line.strip_prefix("AN").map_or(line, str::trim_start);
    let id = line.strip_prefix("Document ")?.trim();
    let is_number = (20..=40).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric());
    let digits = id.bytes().filter(u8::is_ascii_digit).count();
    (is_number && digits >= 8 && id.starts_with(|c: char| c.is_ascii_uppercase())).then_some(id)
}

/// The code that a line starts with, and the text after it.
fn code_of(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end();
    let end = line
        .find(|c: char| !c.is_ascii_uppercase())
        .unwrap_or(line.len());
    let (code, rest) = line.split_at(end);
    // A text may start with such letters; but only one space follows them there.
    let is_apart = rest.is_empty() || rest.starts_with("  ") || rest.starts_with(['\t', '\u{a0}']);
    (is_apart && CODES.contains(&code)).then(|| (code, rest.trim()))
}

fn read(lines: &[&str], id: &str) -> Draft {
    let has_codes = lines
        .iter()
        .any(|line| code_of(line).is_some_and(|(code, _)| code == "HD"));
    let draft = if has_codes {
        read_codes(lines)
    } else {
        read_order(lines)
    };
    Draft {
        id: id.to_owned(),
        ..draft
    }
}

/// An article whose fields have codes.
fn read_codes(lines: &[&str]) -> Draft {
    let mut fields: Vec<(&str, String)> = Vec::new();
    for line in lines {
        match (code_of(line), fields.last_mut()) {
            (Some((code, value)), _) => fields.push((code, value.to_owned())),
            (None, Some((_, value))) => {
                value.push('\n');
                value.push_str(line.trim());
            }
            (None, None) => {}
        }
    }
    let get = |code: &str| {
        let field = fields.iter().find(|(known, _)| *known == code);
        field.map_or("", |(_, value)| value.trim())
    };
    let mut draft = Draft {
        title: get("HD").replace('\n', " "),
        body: [get("LP"), get("TD")].join("\n\n"),
        authors: people(get("BY")),
        source: some(get("SN")),
        section: some(get("SE")),
        lang: some(get("LA")),
        topics: topics(get("NS")),
        ..Draft::default()
    };
    let (day, time) = (get("PD"), get("ET"));
    if !time.is_empty() {
        draft.published.push(format!("{day} {time}").into());
    }
    if !day.is_empty() {
        draft.published.push(day.to_owned().into());
    }
    draft
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.replace('\n', " "))
}

/// The names of `code : Name | code : Name`.
fn topics(subjects: &str) -> Vec<String> {
    subjects
        .split('|')
        .filter_map(|subject| subject.split_once(':'))
        .map(|(_, name)| name.trim().replace('\n', " "))
        .collect()
}

/// An article whose fields are told by their order: section, headline, by-line,
/// count of words, date, time, source, its code, page, language, copyright, text.
fn read_order(lines: &[&str]) -> Draft {
    let Some(count) = lines.iter().position(|line| is_word_count(line)) else {
        return Draft {
            body: lines.join("\n"),
            ..Draft::default()
        };
    };
    let mut draft = head(&lines[..count]);
    let mut at = count + 1;
    let mut is_dated = false;
    while let Some(line) = lines.get(at).map(|line| line.trim()) {
        at += 1;
        if line.is_empty() {
            continue;
        }
        if is_copyright(line) {
            break;
        }
        if let Some(date) = date_line(line).filter(|_| !is_dated) {
            draft.published.push(date.into());
            is_dated = true;
        } else if is_dated && is_time(line) {
            if let Some(day) = draft.published.pop() {
                draft.published.push(format!("{} {line}", day.text).into());
                draft.published.push(day);
            }
        } else if is_dated && draft.source.is_none() {
            draft.source = Some(line.to_owned());
        } else if is_code(line) {
        } else if crate::analysis::language_code(line).is_some() && draft.lang.is_none() {
            draft.lang = Some(line.to_owned());
        } else if line.chars().nth(60).is_some() {
            // The text starts without a claim of rights.
            at -= 1;
            break;
        }
    }
    draft.body = lines[at.min(lines.len())..].join("\n");
    draft
}

fn is_time(line: &str) -> bool {
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    line.contains(':') && digits >= 3 && line.len() <= 12
}

/// The code of a source, or a page: capitals and digits.
fn is_code(line: &str) -> bool {
    line.len() <= 12
        && line
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// The lines before the count of words: a section perhaps, the headline, a by-line perhaps.
fn head(lines: &[&str]) -> Draft {
    let mut lines: Vec<&str> = lines
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
        .collect();
    let mut draft = Draft::default();
    if lines.len() > 1
        && let Some(last) = lines.last().copied()
        && (is_byline(last) || (lines.len() > 2 && last.chars().count() < 60))
    {
        draft.authors = people(last);
        lines.pop();
    }
    // A table of contents may stand before the first article.
    if let [.., section, title] = lines[..]
        && section.split_whitespace().count() <= 3
    {
        draft.section = Some(section.to_owned());
        draft.title = title.to_owned();
    } else {
        draft.title = lines.last().copied().unwrap_or_default().to_owned();
    }
    draft
}
