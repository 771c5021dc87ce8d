//! Makes snippets of pieces of a text: short, on one line, with their matches.
//!
//! In: a piece of a text and the occurrences in it. Out: a [`Snippet`].
//!
//! A long piece is cut between words to the window with most of the query in it,
//! and `…` stands where it was cut.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::matcher::highlights;
use super::passage::{Piece, within};
use super::{Occurrence, Snippet};
use crate::analysis::tokens;
use crate::text::columns_of;

/// Stands for text left out inside a sentence.
const ELLIPSIS: char = '…';

/// The occurrences in a text, and what some of them in a row are worth.
pub(super) struct Rated<'a> {
    /// All of the text's, in order.
    pub(super) occurrences: &'a [Occurrence],
    /// Higher is better.
    pub(super) worth: &'a dyn Fn(&[&Occurrence]) -> f32,
}

/// Cuts `piece` to at most `max_columns` columns around the occurrences that are
/// worth most; an occurrence that is longer is kept whole.
pub(super) fn shortened(text: &str, piece: Piece, max_columns: usize, rated: &Rated<'_>) -> Piece {
    if columns_of(&text[piece.range.clone()]) <= max_columns {
        return piece;
    }
    let inside: Vec<_> = within(rated.occurrences, piece.range.clone()).collect();
    let start = piece.range.start;
    let core = densest(text, &inside, max_columns, rated.worth).unwrap_or(start..start);
    let range = widened(text, &piece.range, core, max_columns);
    Piece {
        cut_start: piece.cut_start || range.start > piece.range.start,
        cut_end: piece.cut_end || range.end < piece.range.end,
        range,
    }
}

/// The words of `text[range]` with the signs that hang on them: where a cut may fall.
///
/// Words of monstrous length are several, a grapheme each.
fn words(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    const MONSTER_BYTES: usize = 200;
    let piece = &text[range.clone()];
    let mut starts: Vec<usize> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    for token in tokens(piece) {
        if token.surface.len() > MONSTER_BYTES {
            for (at, grapheme) in token.surface.grapheme_indices(true) {
                starts.push(token.start + at);
                ends.push(token.start + at + grapheme.len());
            }
        } else {
            starts.push(token.start);
            ends.push(token.end());
        }
    }
    let mut words: Vec<Range<usize>> = Vec::with_capacity(starts.len());
    for (number, (&start, &end)) in starts.iter().zip(&ends).enumerate() {
        let last_end = number.checked_sub(1).map_or(0, |last| ends[last]);
        let before = &piece[last_end..start];
        let after = &piece[end..starts.get(number + 1).copied().unwrap_or(piece.len())];
        let closing = after.find(char::is_whitespace);
        let closing = closing.unwrap_or_else(|| opening_start(after));
        words.push(range.start + last_end + opening_start(before)..range.start + end + closing);
    }
    words
}

/// Where the signs at the end of `gap` start that open what follows.
fn opening_start(gap: &str) -> usize {
    const OPENING: &[char] = &[
        '(', '[', '{', '"', '\'', '“', '‘', '„', '«', '「', '『', '（', '《', '〈', '$', '€', '£',
        '#', '@', '¿', '¡',
    ];
    gap.trim_end_matches(OPENING).len()
}

/// The stretch from one occurrence to another that is worth most within `max_columns`;
/// the first of equals.
fn densest(
    text: &str,
    occurrences: &[&Occurrence],
    max_columns: usize,
    worth: &dyn Fn(&[&Occurrence]) -> f32,
) -> Option<Range<usize>> {
    let mut best: Option<(f32, Range<usize>)> = None;
    for (first, start) in occurrences.iter().enumerate() {
        let start = start.range.start;
        let mut end = occurrences[first].range.end;
        let mut last = first + 1;
        let mut columns = columns_of(&text[start..end]);
        while let Some(next) = occurrences.get(last) {
            if next.range.end > end {
                columns += columns_of(&text[end..next.range.end]);
                if columns > max_columns {
                    break;
                }
                end = next.range.end;
            }
            last += 1;
        }
        let score = worth(&occurrences[first..last]);
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, start..end));
        }
    }
    best.map(|(_, range)| range)
}

/// Adds whole words around `core`: a third of what is left before it, then all that
/// fits after it, then before it again.
fn widened(
    text: &str,
    piece: &Range<usize>,
    core: Range<usize>,
    max_columns: usize,
) -> Range<usize> {
    let words = words(text, piece.clone());
    let first = words.partition_point(|word| word.end <= core.start);
    let end = words.partition_point(|word| word.start < core.end);
    let mut window = Window {
        text,
        words: &words,
        first,
        end: end.max(first),
    };
    let left = max_columns.saturating_sub(window.columns());
    window.grow_before(left / 3);
    window.grow_after(max_columns.saturating_sub(window.columns()));
    window.grow_before(max_columns.saturating_sub(window.columns()));
    let start = if window.first == 0 {
        piece.start
    } else {
        words[window.first].start
    };
    let end = if window.end == words.len() {
        piece.end
    } else {
        window.range().end
    };
    start.min(core.start)..end.max(core.end)
}

/// A row of words that grows at both ends.
struct Window<'a> {
    text: &'a str,
    words: &'a [Range<usize>],
    first: usize,
    end: usize,
}

impl Window<'_> {
    fn range(&self) -> Range<usize> {
        match self.words.get(self.first..self.end) {
            Some([only]) => only.clone(),
            Some([first, .., last]) => first.start..last.end,
            _ => self
                .words
                .get(self.first)
                .map_or(0..0, |word| word.start..word.start),
        }
    }

    fn columns(&self) -> usize {
        columns_of(&self.text[self.range()])
    }

    fn grow_before(&mut self, mut columns: usize) {
        while self.first > 0 && self.first < self.words.len() {
            let added = self.words[self.first - 1].start..self.words[self.first].start;
            let cost = columns_of(&self.text[added]);
            if cost > columns {
                break;
            }
            columns -= cost;
            self.first -= 1;
        }
    }

    fn grow_after(&mut self, mut columns: usize) {
        while let Some(next) = self.words.get(self.end) {
            let cost = columns_of(&self.text[self.range().end..next.end]);
            if cost > columns {
                break;
            }
            columns -= cost;
            self.end += 1;
        }
    }
}

/// The piece on one line, with what of it matched.
pub(super) fn snippet(text: &str, piece: &Piece, occurrences: &[Occurrence]) -> Snippet {
    let inside: Vec<_> = within(occurrences, piece.range.clone()).cloned().collect();
    let mut line = Line::default();
    if piece.cut_start {
        line.text.push(ELLIPSIS);
        line.push_space();
    }
    let mut at = piece.range.start;
    let mut marks = Vec::new();
    for range in highlights(&inside) {
        line.push(&text[at..range.start]);
        let start = line.start_of_word();
        line.push(&text[range.clone()]);
        marks.push(start..line.text.len());
        at = range.end;
    }
    line.push(&text[at..piece.range.end]);
    if piece.cut_end {
        line.push_space();
        line.start_of_word();
        line.text.push(ELLIPSIS);
    }
    Snippet {
        text: line.text,
        highlights: marks,
    }
}

/// Text of which white space in a row becomes one space, and none at the ends.
#[derive(Default)]
struct Line {
    text: String,
    space: bool,
}

impl Line {
    fn push(&mut self, text: &str) {
        for char in text.chars() {
            if char.is_whitespace() {
                self.push_space();
            } else {
                self.start_of_word();
                self.text.push(char);
            }
        }
    }

    fn push_space(&mut self) {
        self.space = !self.text.is_empty();
    }

    /// Where the next character goes that is no space.
    fn start_of_word(&mut self) -> usize {
        if std::mem::take(&mut self.space) {
            self.text.push(' ');
        }
        self.text.len()
    }
}
