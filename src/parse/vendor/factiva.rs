//! Exports of Factiva.
//!
//! In: the text of an export. Out: its articles, each with its accession number as
//! id.
//!
//! An article ends in a line `Document` with its number. With indexing, each field
//! has a code of two or three letters before it (`HD` headline, `TD` text); without,
//! the fields follow each other in a fixed order around the count of words.

use super::lines::{date_line, is_byline, is_copyright, is_word_count};
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

/// Lines between the count of words and the text, blank ones included.
const MAX_FIELD_LINES: usize = 30;

/// Whether a text is an export: there are fields around, and the line of a number.
pub(super) fn is_export(text: &str) -> bool {
    // Most texts are told at once.
    if !text.contains("Document") {
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
    let id = line.strip_prefix("Document")?;
    let id = id.strip_prefix(char::is_whitespace)?.trim();
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
        authors: vec![get("BY").to_owned()],
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
    let fields_end = fields_end(&lines[count + 1..]) + count + 1;
    let fields = lines[count + 1..fields_end].iter().map(|line| line.trim());
    for line in fields.filter(|line| !line.is_empty()) {
        let day = draft.published.last().map(|day| day.text.clone());
        match (date_line(line), day) {
            (Some(date), None) => draft.published.push(date.into()),
            (_, None) => {}
            (_, Some(day)) if is_time(line) => {
                draft.published.insert(0, format!("{day} {line}").into());
            }
            _ if draft.source.is_none() => draft.source = Some(line.to_owned()),
            _ if is_language(line) && draft.lang.is_none() => draft.lang = Some(line.to_owned()),
            _ => {}
        }
    }
    draft.body = lines[fields_end..].join("\n");
    draft
}

/// Where the fields after the count of words end: with a claim of rights, or else the
/// language, or else the first blank line.
fn fields_end(lines: &[&str]) -> usize {
    let near = &lines[..lines.len().min(MAX_FIELD_LINES)];
    let after = |is: &dyn Fn(&str) -> bool| near.iter().position(|line| is(line)).map(|at| at + 1);
    after(&is_copyright)
        .or_else(|| after(&is_language))
        .or_else(|| after(&|line| line.trim().is_empty()))
        .unwrap_or(0)
}

fn is_language(line: &str) -> bool {
    let line = line.trim();
    line.len() > 3 && !line.contains(' ') && crate::analysis::language_code(line).is_some()
}

fn is_time(line: &str) -> bool {
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    line.contains(':') && digits >= 3 && line.len() <= 12
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
        && (is_byline(last) || (lines.len() > 2 && is_name(last)))
    {
        draft.authors.push(last.to_owned());
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

/// Whether a line may be the name of a person.
fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    (2..=4).contains(&words.len())
        && words
            .iter()
            .all(|word| word.starts_with(char::is_uppercase))
}
