//! Cuts a text into paragraphs, as archives write them.
//!
//! In: a text. Out: ranges of bytes in order, without the white space around them.
//!
//! A blank line parts paragraphs. So does the end of a line that is longer than any
//! archive fills its lines, or before one that is set in and starts with no small
//! letter, or before the label of a speaker.

use std::ops::Range;

use super::label::{Label, label};

/// A paragraph, with the label it starts with.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub(super) range: Range<usize>,
    pub(super) label: Option<Label>,
}

/// A line that is longer was not filled up to a width.
const MOST_FILLED_BYTES: usize = 100;

/// The paragraphs of `text`.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut apart = true;
    let mut start = 0;
    // Where the lines of an item of a list start; 0 outside of lists.
    let mut column = 0;
    while start < text.len() {
        let found = memchr::memchr(b'\n', &text.as_bytes()[start..]);
        let end = found.map_or(text.len(), |length| start + length);
        let line = start..end;
        let inner = trimmed(text, line.clone());
        start = end + 1;
        if inner.is_empty() {
            apart = true;
            continue;
        }
        let label = label(text, &inner);
        let indent = inner.start - line.start;
        let set_in =
            indent > 1 && indent != column && !text[inner.start..].starts_with(char::is_lowercase);
        column = match bullet(&text[inner.clone()]) {
            0 if indent == column => column,
            0 => 0,
            bullet => indent + bullet,
        };
        match paragraphs.last_mut() {
            Some(last) if !apart && !set_in && label.is_none() => last.range.end = inner.end,
            _ => paragraphs.push(Paragraph {
                range: inner.clone(),
                label,
            }),
        }
        apart = inner.len() > MOST_FILLED_BYTES;
    }
    paragraphs
}

/// The line without the white space at its ends.
fn trimmed(text: &str, line: Range<usize>) -> Range<usize> {
    let whole = &text[line.clone()];
    let start = line.start + (whole.len() - whole.trim_start().len());
    start..start + whole.trim().len()
}

/// How many bytes the sign in front of an item of a list takes; 0 if there is none.
fn bullet(line: &str) -> usize {
    match line.strip_prefix(['-', '*']) {
        Some(item) if item.starts_with(' ') => line.len() - item.trim_start().len(),
        _ => 0,
    }
}
