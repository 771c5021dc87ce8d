//! Reads statements and speeches, which are somebody's words as a whole.
//!
//! In: the title and paragraphs of an article. Out: a quotation for each paragraph if
//! the title says whose words they are, `Statement from President Lee on Trade`, and the
//! text speaks for itself: of `I` or `we`.

use std::ops::Range;

use super::paragraphs::Paragraph;
use super::phrase::{Subject, subject};
use super::words::words;
use super::{Quotation, Speaker};

/// What titles call somebody's words.
const KINDS: &[&str] = &[
    "remarks",
    "statement",
    "speech",
    "address",
    "message",
    "testimony",
    "transcript",
    "opening",
];
/// Words between that and the name at most: `Remarks as Prepared for Delivery by`.
const FURTHEST_WORDS: usize = 8;
/// Bytes of the text that are looked at for `I` and `we`.
const LOOKED_AT_BYTES: usize = 4000;
const LEAST_WORDS: usize = 6;

/// Whose words an article with this title is.
pub(super) fn author(title: &str) -> Option<Range<usize>> {
    let kind = title.split([' ', '\u{a0}']).next()?;
    if !KINDS.iter().any(|known| kind.eq_ignore_ascii_case(known)) {
        return None;
    }
    let words = words(title, 0..title.len(), &[]);
    let by = words
        .iter()
        .take(FURTHEST_WORDS)
        .position(|word| matches!(&title[word.range.clone()], "by" | "By" | "from" | "From"))?;
    match subject(&words, by + 1, words.len()) {
        Subject::Named(range) => Some(range),
        _ => None,
    }
}

/// The paragraphs as the words of `author`; `None` if they seem to be about him.
pub(super) fn own_words(
    text: &str,
    paragraphs: &[Paragraph],
    author: Range<usize>,
) -> Option<Vec<Quotation>> {
    let mut end = text.len().min(LOOKED_AT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let first_person = |word: &str| {
        matches!(
            word,
            "I" | "I’m" | "I've" | "I’ve" | "my" | "My" | "we" | "We" | "our" | "Our"
        )
    };
    if !text[..end].split_whitespace().any(first_person) {
        return None;
    }
    let mut found: Vec<Quotation> = Vec::new();
    for paragraph in paragraphs {
        let words = &text[paragraph.range.clone()];
        if words.split_whitespace().nth(LEAST_WORDS - 1).is_none() {
            continue;
        }
        found.push(Quotation {
            range: paragraph.range.clone(),
            speaker: Some(Speaker::InTitle(author.clone())),
            cue: None,
            continues: !found.is_empty(),
        });
    }
    Some(found)
}
