//! The parts of a message.
//!
//! In: a message from its header on. Out: its article.

use super::header::{Header, date};
use super::{ETX, STX};
use crate::parse::draft::Draft;
use crate::parse::lines::paragraphs;
use crate::parse::wire::after_by;

/// The text proper has ended before one of these lines.
const ENDS: &[&str] = &["./.", "* * * *"];
/// Lines above the headline that are notes to editors. ANPA marks more of them.
const NOTES: &[&str] = &["Eds:", "AP Photo", "Photo", "HFR", "URGENT", "ADVISORY"];
/// The date is in one of the last lines.
const LAST_LINES: usize = 6;
/// Lines above the text; more are a text without a headline.
const MAX_HEAD_LINES: usize = 8;

/// Reads a message.
pub(super) fn read(text: &str) -> Draft {
    let text = text.trim_start_matches(|c: char| c.is_whitespace());
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let Some(header) = Header::read(first) else {
        return Draft {
            body: paragraphs(rest),
            ..Draft::default()
        };
    };
    let (rest, date) = without_end(rest);
    let mut draft = if header.is_anpa {
        of_anpa(&rest)
    } else {
        of_iptc(&rest)
    };
    let agency = agency(&draft.body).or(header.agency.map(str::to_owned));
    draft.source = agency;
    draft.section = header
        .category
        .filter(|code| code.len() > 2)
        .map(str::to_owned);
    let day: String = date.iter().flat_map(|date| date.chars()).take(10).collect();
    draft.id = format!("{} {day}", header.id).trim().replace(' ', "-");
    draft.published.extend(date.map(Into::into));
    draft
}

/// The message without what follows its text, and the date in that.
fn without_end(text: &str) -> (String, Option<String>) {
    let (text, end) = text.split_once(ETX).unwrap_or((text, ""));
    let ends = end.lines().chain(text.lines().rev().take(LAST_LINES));
    let date = ends.filter(|line| !line.trim().is_empty()).find_map(date);
    let lines = text.lines();
    let is_end = |line: &str| ENDS.iter().any(|end| line.trim().starts_with(end));
    let lines: Vec<&str> = lines.take_while(|line| !is_end(line)).collect();
    let at = lines.len().saturating_sub(LAST_LINES);
    let last = lines[at..]
        .iter()
        .position(|line| self::date(line).is_some());
    let kept = last.map_or(lines.len(), |last| at + last);
    (lines[..kept].join("\n"), date)
}

/// Keywords that end in a stroke, a headline, a by-line, a blank line, the text.
fn of_iptc(text: &str) -> Draft {
    let text = text.replace("\u{2}\n", "").replace(STX, "");
    let lines: Vec<&str> = text.trim_matches('\n').lines().collect();
    let is_text = |line: &&str| line.trim().is_empty() || line.starts_with(' ');
    let above = lines.iter().position(is_text).unwrap_or(lines.len());
    if above > MAX_HEAD_LINES || above == lines.len() {
        return Draft {
            body: paragraphs(&lines.join("\n")),
            ..Draft::default()
        };
    }
    Draft {
        body: paragraphs(&lines[above..].join("\n")),
        ..head(&lines[..above])
    }
}

/// What the lines above the text say.
fn head(lines: &[&str]) -> Draft {
    let mut draft = Draft::default();
    let mut title = Vec::new();
    for line in lines {
        let line = line.trim().trim_end_matches(['=', ' ']);
        if let Some(keywords) = line.strip_suffix('/') {
            draft.topics.extend(keywords.split('/').map(str::to_owned));
        } else if let Some(names) = after_by(line) {
            draft.authors.push(names.to_owned());
        } else {
            title.push(line);
        }
    }
    // "1ST LEAD" and the like stand above the headline, in capitals.
    let is_note = |line: &&str| !line.chars().any(char::is_lowercase);
    let notes = title.iter().take_while(|line| is_note(line)).count();
    draft.title = title[notes.min(title.len().saturating_sub(1))..].join(" ");
    draft
}

/// Lines that a circumflex marks, of which `=` ends those about the author; the text.
fn of_anpa(text: &str) -> Draft {
    let text = text.split_once(STX).map_or(text, |(_, text)| text);
    let mut draft = Draft::default();
    let mut body = Vec::new();
    let mut has_slug = false;
    for line in text.lines() {
        let Some(marked) = line.trim_start().strip_prefix('^') else {
            if line.starts_with([' ', '\t']) {
                body.push("");
            }
            body.push(line);
            continue;
        };
        let marked = marked.trim_end();
        let plain = marked.trim_end_matches(['<', '=', ' ']);
        if !has_slug {
            has_slug = true;
        } else if marked.ends_with('=') {
            let names = after_by(plain);
            draft.authors.extend(names.map(str::to_owned));
        } else if !NOTES.iter().any(|note| plain.starts_with(note)) {
            let empty = [&mut draft.title, &mut draft.lead];
            if let Some(line) = empty.into_iter().find(|line| line.is_empty()) {
                *line = typeset(plain);
            }
        }
    }
    draft.body = typeset(&body.join("\n"));
    draft
}

/// Signs that the wire's small alphabet stands in for.
fn typeset(text: &str) -> String {
    text.replace("``", "“")
        .replace("''", "”")
        .replace(" _ ", " — ")
}

/// The agency that the text names in front of its first sentence: `(Agency) -`.
fn agency(body: &str) -> Option<String> {
    const DATELINE_BYTES: usize = 150;
    let start = body.trim_start();
    let start = &start[..start.floor_char_boundary(DATELINE_BYTES)];
    let (_, rest) = start.split_once('(')?;
    let (name, rest) = rest.split_once(')')?;
    let is_name = name.len() > 1 && !name.chars().any(|c| c.is_ascii_digit() || c == ',');
    let is_dateline = rest
        .trim_start()
        .trim_start_matches('.')
        .starts_with(['-', '_', '=', '–', '—']);
    (is_name && is_dateline).then(|| name.to_owned())
}
