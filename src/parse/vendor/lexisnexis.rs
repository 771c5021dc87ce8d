//! Exports of LexisNexis: Nexis Uni, Lexis+ and the older LexisNexis Academic.
//!
//! In: the text of an export. Out: its articles.
//!
//! Newer exports end an article in `End of Document`, and start it with title,
//! outlet, date and copyright; older ones start it with `5 of 120 DOCUMENTS`, and
//! have the outlet and the date before the title. In both, fields with labels
//! follow (`LENGTH: 512 words`), then the text after `BODY`, then other fields.

use super::lines::{date_line, is_copyright};
use crate::parse::draft::Draft;

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
];
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

/// The label of a line, in lower case, and what follows it.
fn label(line: &str) -> Option<(String, &str)> {
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

/// An article; `None` if the lines have neither a date nor a text, as the rest of a
/// cover has not.
fn read(lines: &[&str], is_older: bool) -> Option<Draft> {
    let body_at = lines
        .iter()
        .position(|line| label(line).is_some_and(|(name, _)| name == "body"));
    let first_label = lines
        .iter()
        .position(|line| label(line).is_some_and(|(name, _)| HEAD_LABELS.contains(&name.as_str())));
    let head_end = first_label.or(body_at).unwrap_or(lines.len());
    let mut draft = if is_older {
        older_head(&lines[..head_end])
    } else {
        newer_head(&lines[..head_end])
    };
    let body_start = body_at.unwrap_or(head_end);
    head_fields(&lines[head_end..body_start], &mut draft);
    body_and_tail(&lines[body_start..], &mut draft);
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

/// The text up to the first label behind it, and what those labels say.
fn body_and_tail(lines: &[&str], draft: &mut Draft) {
    let is_tail =
        |line: &&str| label(line).is_some_and(|(name, _)| TAIL_LABELS.contains(&name.as_str()));
    // In the middle of a text a line may look like a label; the last run counts.
    let marker = |line: &&str| {
        label(line).is_some_and(|(name, _)| {
            matches!(
                name.as_str(),
                "load-date" | "classification" | "graphic" | "publication-type" | "language"
            )
        })
    };
    let end = lines.iter().position(marker).unwrap_or(lines.len());
    let body = lines[..end].iter().skip(1).copied();
    let inline = lines
        .first()
        .and_then(|line| label(line))
        .map_or("", |(_, value)| value);
    let kept: Vec<&str> = std::iter::once(inline)
        .chain(body)
        .filter(|line| !is_copyright(line))
        .collect();
    draft.body = kept.join("\n").trim().to_owned();
    for line in lines[end..].iter().filter(|line| is_tail(line)) {
        match label(line) {
            Some((name, value)) if name == "language" => draft.lang = Some(value.to_owned()),
            Some((name, value)) if name == "acc-no" => draft.id = value.to_owned(),
            Some((name, value)) if name == "subject" => draft.topics = topics(value),
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
