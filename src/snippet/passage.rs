//! Cuts the surroundings of matches into sentences.
//!
//! In: a text and the occurrences in it. Out: passages, and the sentences of one.
//!
//! A passage is a paragraph with a match. An enormous paragraph yields windows
//! around its matches instead, so that no whole book is ever cut into sentences.

use std::ops::Range;

use super::Occurrence;
use crate::analysis::{self, Language};
use crate::text::blank_line;

/// Bytes looked through before and after a match for the ends of its paragraph.
const REACH_BYTES: usize = 1_200;
/// Bytes after which a passage stops growing with further matches.
const PASSAGE_MAX_BYTES: usize = 4_000;
/// A passage that was cut off grows if a match is nearer to its end than this.
const EDGE_BYTES: usize = 300;
/// Bytes within which a passage is cut at white space rather than anywhere.
const SNAP_BYTES: usize = 200;

/// A range of a text, and whether it was cut off inside a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// Whether its sentence starts earlier.
    pub(super) cut_start: bool,
    /// Whether its sentence goes on.
    pub(super) cut_end: bool,
}

/// The passages of `text` that have occurrences, in order.
pub(super) fn passages(text: &str, occurrences: &[Occurrence]) -> Vec<Piece> {
    let mut passages: Vec<Piece> = Vec::new();
    for Occurrence { range, .. } in occurrences {
        if let Some(last) = passages.last_mut() {
            let needed = range.end + if last.cut_end { EDGE_BYTES } else { 0 };
            if needed <= last.range.end {
                continue;
            }
            let inside = range.start < last.range.end;
            if inside && range.end - last.range.start <= PASSAGE_MAX_BYTES {
                (last.range.end, last.cut_end) = passage_end(text, range.end);
                continue;
            }
        }
        let (start, cut_start) = passage_start(text, range.start);
        let (end, cut_end) = passage_end(text, range.end);
        passages.push(Piece {
            range: start..end,
            cut_start,
            cut_end,
        });
    }
    passages
}

/// The start of the paragraph, or of a window on it, and whether it was cut off.
fn passage_start(text: &str, before: usize) -> (usize, bool) {
    let floor = text.floor_char_boundary(before.saturating_sub(REACH_BYTES));
    let mut start = None;
    let mut from = floor;
    while let Some(blank) = blank_line(text, from..before) {
        start = Some(blank.end.min(before));
        from = blank.end;
    }
    match start {
        Some(start) => (start, false),
        None if floor == 0 => (0, false),
        None => {
            let near = floor..text.floor_char_boundary((floor + SNAP_BYTES).min(before));
            let space = text[near].find(char::is_whitespace);
            (floor + space.unwrap_or(0), true)
        }
    }
}

fn passage_end(text: &str, after: usize) -> (usize, bool) {
    let ceiling = text.ceil_char_boundary(after.saturating_add(REACH_BYTES).min(text.len()));
    if let Some(blank) = blank_line(text, after..ceiling) {
        return (blank.start, false);
    }
    if ceiling == text.len() {
        return (ceiling, false);
    }
    let near = text.ceil_char_boundary(ceiling.saturating_sub(SNAP_BYTES).max(after));
    let space = text[near..ceiling].rfind(char::is_whitespace);
    (space.map_or(ceiling, |space| near + space), true)
}

/// The sentences of a passage, in order, at least one; none is cut inside an occurrence.
pub(super) fn sentences(
    text: &str,
    passage: &Piece,
    language: Language,
    occurrences: &[Occurrence],
) -> Vec<Piece> {
    let start = passage.range.start;
    let found = analysis::sentences(&text[passage.range.clone()], language);
    let mut sentences: Vec<_> = found
        .map(|found| Piece {
            range: start + found.start..start + found.end,
            cut_start: false,
            cut_end: false,
        })
        .collect();
    if sentences.is_empty() {
        sentences.push(passage.clone());
    }
    if let Some(first) = sentences.first_mut() {
        first.cut_start = passage.cut_start;
    }
    if let Some(last) = sentences.last_mut() {
        last.cut_end = passage.cut_end;
    }
    joined(sentences, occurrences)
}

/// Joins what was cut inside an occurrence.
fn joined(sentences: Vec<Piece>, occurrences: &[Occurrence]) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let start = sentence.range.start;
        let crossed = |last: &Piece| {
            let first = occurrences.partition_point(|one| one.range.start < last.range.start);
            let mut inside = occurrences[first..]
                .iter()
                .take_while(|one| one.range.start < start);
            inside.any(|one| one.range.end > start)
        };
        match joined.last_mut() {
            Some(last) if crossed(last) => {
                last.range.end = sentence.range.end;
                last.cut_end = sentence.cut_end;
            }
            _ => joined.push(sentence),
        }
    }
    joined
}

/// The occurrences that lie within `range`, in order.
pub(super) fn within(
    occurrences: &[Occurrence],
    range: Range<usize>,
) -> impl Iterator<Item = &Occurrence> {
    let first = occurrences.partition_point(|one| one.range.start < range.start);
    occurrences[first..]
        .iter()
        .take_while(move |one| one.range.start < range.end)
        .filter(move |one| one.range.end <= range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, word: &str) -> Vec<Occurrence> {
        text.match_indices(word)
            .map(|(start, word)| Occurrence {
                range: start..start + word.len(),
                part: 0,
            })
            .collect()
    }

    #[test]
    fn a_passage_is_the_paragraph_of_a_match() {
        let text = "One a.\n\nTwo kursk b.\n \nThree c.\n\nFour kursk kursk.";
        let passages: Vec<_> = passages(text, &at(text, "kursk"))
            .into_iter()
            .map(|passage| &text[passage.range])
            .collect();
        assert_eq!(passages, ["Two kursk b.", "Four kursk kursk."]);
    }

    #[test]
    fn an_enormous_paragraph_yields_windows_cut_at_spaces() {
        let filler = "filler words ".repeat(1_000);
        let text = format!("{filler}kursk {filler}kursk {filler}");
        let passages = passages(&text, &at(&text, "kursk"));
        assert_eq!(passages.len(), 2);
        for passage in passages {
            assert!(passage.cut_start && passage.cut_end);
            assert!(passage.range.len() <= PASSAGE_MAX_BYTES);
            let words = text[passage.range].split_whitespace();
            words.for_each(|word| assert!(["filler", "words", "kursk"].contains(&word)));
        }
    }

    #[test]
    fn no_sentence_ends_inside_an_occurrence() {
        let text = "They met. Ann Quill left. The end.";
        let whole = Piece {
            range: 0..text.len(),
            cut_start: false,
            cut_end: true,
        };
        let occurrences = at(text, "left. The");
        let found = sentences(text, &whole, Language::of(None), &occurrences);
        let found: Vec<_> = found
            .into_iter()
            .map(|piece| (&text[piece.range], piece.cut_end))
            .collect();
        assert_eq!(
            found,
            [("They met.", false), ("Ann Quill left. The end.", true)]
        );
    }
}
