//! Exports of LexisNexis: Nexis Uni, Lexis+ and the older LexisNexis Academic.
//!
//! In: the text of an export. Out: its articles.
//!
//! Newer exports end an article in `End of Document`, and start it with title,
//! outlet, date and copyright; older ones start it with `5 of 120 DOCUMENTS`, and
//! have the outlet and the date before the title. In both, fields with labels
//! follow (`LENGTH: 512 words`), then the text after `BODY`, then other fields.

use super::labels::{is_head_label, label, tail_start};
use super::lines::{date_line, is_copyright};
use crate::parse::draft::Draft;

/// Lines of the cover, and of the foot of each page.
const COVER_LINES: &[&str] = &[
    "| About LexisNexis |",
    "About LexisNexis",
    "Privacy Policy",
    "Terms & Conditions",
    "User Name:",
    "Date and Time:",
    "Job Number:",
    "Client/Matter:",
    "Search Terms:",
    "Search Type:",
];
/// Lines before a title that are looked at.
const MAX_HEAD_LINES: usize = 40;

/// Whether a text is an export.
pub(super) fn is_export(text: &str) -> bool {
    // Most texts are told at once.
    if !text.contains("End of Document") && !text.contains(" DOCUMENT") {
        return false;
    }
    let mut has_count = false;
    let mut has_end = false;
    let mut has_label = false;
    for line in text.lines() {
        has_count |= is_document_count(line);
        has_end |= is_end(line);
        has_label |= label(line).is_some_and(|(name, value)| {
            (name == "length" && value.starts_with(|c: char| c.is_ascii_digit()))
                || name == "load-date"
        });
        if has_label && (has_count || has_end) {
            return true;
        }
    }
    false
}

/// `5 of 120 DOCUMENTS`, perhaps with `Document` before it.
fn is_document_count(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().take(6).collect();
    let words = match words[..] {
        ["Document" | "DOCUMENT", ref rest @ ..] => rest,
        ref all => all,
    };
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    match words {
        [number, "of", total, "DOCUMENTS" | "DOCUMENT"] => is_number(number) && is_number(total),
        _ => false,
    }
}

fn is_end(line: &str) -> bool {
    line.trim() == "End of Document"
}

/// The articles of an export, in order.
pub(super) fn split(text: &str) -> Vec<Draft> {
    let has_counts = text.lines().any(is_document_count);
    let mut drafts = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    let mut has_begun = !has_counts;
    for line in text.lines() {
        if has_counts && is_document_count(line) {
            // The cover stands before the first article.
            if std::mem::replace(&mut has_begun, true) {
                drafts.extend(read(&lines, has_counts));
            }
            lines.clear();
        } else if !has_counts && is_end(line) {
            drafts.extend(read(&lines, has_counts));
            lines.clear();
        } else if !is_cover(line) && !is_end(line) {
            lines.push(line);
        }
    }
    drafts.extend(read(&lines, has_counts));
    drafts
}

fn is_cover(line: &str) -> bool {
    let line = line.trim();
    let is_page = line
        .strip_prefix("Page ")
        .is_some_and(|rest| rest.split(" of ").all(|n| n.trim().parse::<u32>().is_ok()));
    is_page || COVER_LINES.iter().any(|start| line.starts_with(start))
}

/// An article; `None` if the lines have neither a date nor a text, as the rest of a
/// cover has not.
fn read(lines: &[&str], is_older: bool) -> Option<Draft> {
    let is_head = |line: &&str| label(line).is_some_and(|(name, _)| is_head_label(&name));
    let head_end = lines.iter().position(is_head).unwrap_or(lines.len());
    let (head, rest) = lines.split_at(head_end);
    let mut draft = if is_older {
        older_head(head)
    } else {
        newer_head(head)
    };
    let (fields, body) = fields_and_body(rest);
    head_fields(fields, &mut draft);
    body_and_tail(&body, &mut draft);
    let is_article = !draft.published.is_empty() || !draft.body.trim().is_empty();
    is_article.then_some(draft)
}

/// Title, outlet and date, in this order; what stands before is the cover.
fn newer_head(lines: &[&str]) -> Draft {
    let filled: Vec<&str> = filled(lines);
    let dated = filled
        .iter()
        .enumerate()
        .rev()
        .find_map(|(at, line)| Some((at, date_line(line)?)));
    let Some((at, date)) = dated else {
        return Draft {
            title: filled
                .last()
                .map_or(String::new(), |line| (*line).to_owned()),
            ..Draft::default()
        };
    };
    let before = |back: usize| at.checked_sub(back).map(|at| filled[at].to_owned());
    let mut draft = Draft {
        title: before(2).or(before(1)).unwrap_or_default(),
        source: before(1).filter(|_| at > 1),
        ..Draft::default()
    };
    draft.published.push(date.into());
    draft
}

/// Outlet, date, edition perhaps, and title, in this order, parted by blank lines.
fn older_head(lines: &[&str]) -> Draft {
    let blocks: Vec<String> = lines
        .split(|line| line.trim().is_empty())
        .map(|block| filled(block).join(" "))
        .filter(|block| !block.is_empty())
        .collect();
    let dated = blocks
        .iter()
        .enumerate()
        .find_map(|(at, block)| Some((at, date_line(block)?)));
    let Some((at, date)) = dated else {
        return Draft {
            title: blocks.into_iter().next_back().unwrap_or_default(),
            ..Draft::default()
        };
    };
    let mut after = blocks[at + 1..].iter().rev();
    let title = after.find(|block| !is_edition(block));
    let mut draft = Draft {
        title: title.cloned().unwrap_or_default(),
        source: blocks[..at].first().cloned(),
        ..Draft::default()
    };
    draft.published.push(date.into());
    draft
}

fn is_edition(line: &str) -> bool {
    let lower = line.to_lowercase();
    lower.ends_with("edition") || lower.ends_with("- final") || lower.ends_with("edition 1")
}

/// The lines of a head that say something, without claims of rights.
fn filled<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let lines = lines.iter().map(|line| line.trim());
    let filled: Vec<&str> = lines
        .filter(|line| !line.is_empty() && !is_copyright(line))
        .collect();
    let start = filled.len().saturating_sub(MAX_HEAD_LINES);
    filled[start..].to_vec()
}

/// Parts the fields from the text, which starts after `BODY`; where no line says so,
/// as in most older exports, it starts after the last of the fields.
fn fields_and_body<'a>(lines: &'a [&'a str]) -> (&'a [&'a str], Vec<&'a str>) {
    let is_body = |line: &&str| label(line).is_some_and(|(name, _)| name == "body");
    if let Some(at) = lines.iter().position(is_body) {
        let inline = label(lines[at]).map_or("", |(_, value)| value);
        let body = std::iter::once(inline).chain(lines[at + 1..].iter().copied());
        return (&lines[..at], body.collect());
    }
    // A blank line ends what a field says; nothing follows a count of words.
    let mut is_in_field = false;
    let end = lines.iter().position(|line| {
        let name = label(line).map(|(name, _)| name);
        let is_field = name.as_deref().is_some_and(is_head_label);
        let is_blank = line.trim().is_empty();
        let is_text = !is_blank && !is_field && !is_in_field;
        is_in_field = !is_blank && (is_field || is_in_field) && name.as_deref() != Some("length");
        is_text
    });
    let end = end.unwrap_or(lines.len());
    (&lines[..end], lines[end..].to_vec())
}

fn head_fields(lines: &[&str], draft: &mut Draft) {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in lines {
        match (label(line), fields.last_mut()) {
            (Some((name, value)), _) => fields.push((name, value.to_owned())),
            (None, Some((_, value))) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (None, None) => {}
        }
    }
    for (name, value) in fields {
        let value = value.trim().to_owned();
        match name.as_str() {
            "section" => draft.section = Some(section(&value)),
            "byline" => draft.authors.push(value),
            "headline" => draft.title = value,
            "highlight" => draft.lead = value,
            _ => {}
        }
    }
}

/// `NEWS; Pg. 5` without the page.
fn section(value: &str) -> String {
    value.split(';').next().unwrap_or(value).trim().to_owned()
}

/// The text, and what the labels behind it say.
fn body_and_tail(lines: &[&str], draft: &mut Draft) {
    let (body, tail) = lines.split_at(tail_start(lines));
    let body: Vec<&str> = body
        .iter()
        .copied()
        .filter(|line| !is_copyright(line))
        .collect();
    draft.body = body.join("\n").trim().to_owned();
    for (name, value) in tail.iter().filter_map(|line| label(line)) {
        match name.as_str() {
            "language" => draft.lang = Some(value.to_owned()),
            "acc-no" => value.clone_into(&mut draft.id),
            "subject" => draft.topics = topics(value),
            "url" => draft.url = Some(value.to_owned()),
            _ => {}
        }
    }
}

/// `HARBOURS (90%); FEES (78%)` without the shares.
fn topics(value: &str) -> Vec<String> {
    let names = value
        .split(';')
        .map(|name| name.split('(').next().unwrap_or(name).trim());
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}
