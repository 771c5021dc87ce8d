//! Lays text out in lines of a given width.
//!
//! In: text with ranges that matched. Out: the same without what a terminal would
//! obey ([`Marked`]), and the byte ranges of its lines ([`wrap`]).
//!
//! Widths are columns of a terminal: a Chinese character takes two, a combining
//! mark none.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::{columns_of, plain_line};

/// Text on one line, harmless, with what matched in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marked {
    /// The text.
    pub(super) text: String,
    /// Bytes of the text that matched, in order, not overlapping.
    pub(super) marks: Vec<Range<usize>>,
}

impl Marked {
    /// `text` made harmless; ranges of `marks` that are none of its text are left out.
    pub(super) fn new(text: &str, marks: &[Range<usize>]) -> Self {
        let mut marked = Self::default();
        marked.push(text, marks);
        marked
    }

    /// Adds `text` with its own marks, made harmless.
    pub(super) fn push(&mut self, text: &str, marks: &[Range<usize>]) {
        let mut at = 0;
        for range in marks {
            let (Some(before), Some(matched)) =
                (text.get(at..range.start), text.get(range.clone()))
            else {
                continue;
            };
            self.text.push_str(&plain_line(before));
            let start = self.text.len();
            self.text.push_str(&plain_line(matched));
            if start < self.text.len() {
                self.marks.push(start..self.text.len());
            }
            at = range.end;
        }
        self.text.push_str(&plain_line(&text[at..]));
    }

    /// The stretches of `line`, a range of the text, and whether each matched.
    pub(super) fn stretches(&self, line: Range<usize>) -> Vec<(&str, bool)> {
        let mut stretches = Vec::new();
        let mut at = line.start;
        for mark in &self.marks {
            let start = mark.start.clamp(at, line.end);
            let end = mark.end.clamp(start, line.end);
            stretches.push((&self.text[at..start], false));
            stretches.push((&self.text[start..end], true));
            at = end;
        }
        stretches.push((&self.text[at..line.end], false));
        stretches.retain(|(text, _)| !text.is_empty());
        stretches
    }
}

/// The lines of `text`, at most `width` columns each, without the spaces at their ends.
///
/// Lines break at spaces, after slashes and beside Chinese and Japanese characters; a word that is
/// longer than a line breaks between graphemes. Only a grapheme wider than a line
/// makes one that is too wide.
pub(super) fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    for chunk in chunks(text) {
        let visible = chunk.start..chunk.start + text[chunk].trim_end().len();
        if visible.is_empty() {
            continue;
        }
        match lines.last_mut() {
            Some(line) if columns_of(&text[line.start..visible.end]) <= width => {
                line.end = visible.end
            }
            _ if columns_of(&text[visible.clone()]) <= width => lines.push(visible),
            _ => break_word(text, visible, width, &mut lines),
        }
    }
    lines
}

fn break_word(text: &str, word: Range<usize>, width: usize, lines: &mut Vec<Range<usize>>) {
    lines.push(word.start..word.start);
    for (at, grapheme) in text[word.clone()].grapheme_indices(true) {
        let end = word.start + at + grapheme.len();
        match lines.last_mut() {
            Some(line) if line.start == line.end || columns_of(&text[line.start..end]) <= width => {
                line.end = end;
            }
            _ => lines.push(word.start + at..end),
        }
    }
}

/// The stretches between the places where a line may break.
fn chunks(text: &str) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let mut start = 0;
    let mut last = "";
    for (at, grapheme) in text.grapheme_indices(true) {
        if may_break(last, grapheme) {
            chunks.push(start..at);
            start = at;
        }
        last = grapheme;
    }
    chunks.push(start..text.len());
    chunks
}

fn may_break(last: &str, next: &str) -> bool {
    const OPENING: &str = "（「『《〈【〔［｛“‘";
    const CLOSING: &str = "）」』》〉】〕］｝”’、。，．！？：；…ー々";
    let is = |grapheme: &str, kind: &str| grapheme.chars().next().is_some_and(|c| kind.contains(c));
    let wide = |grapheme: &str| grapheme.width() > 1;
    let word = |grapheme: &str| wide(grapheme) || grapheme.chars().all(char::is_alphanumeric);
    if last == " " {
        return next != " ";
    }
    if last == "/" {
        return next.chars().all(char::is_alphabetic);
    }
    (wide(last) || wide(next))
        && !last.is_empty()
        && word(next)
        && !is(last, OPENING)
        && !is(next, CLOSING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, width: usize, lines: &[&str]) {
        let wrapped: Vec<_> = wrap(text, width)
            .into_iter()
            .map(|line| &text[line])
            .collect();
        assert_eq!(wrapped, lines);
    }

    #[test]
    fn lines_break_at_spaces() {
        check("one two  three ", 7, &["one two", "three"]);
        check("one two three", 80, &["one two three"]);
        check("", 10, &[]);
    }

    #[test]
    fn long_words_break_between_graphemes() {
        check(
            "a e\u{301}e\u{301}e\u{301}e\u{301} b",
            3,
            &["a", "e\u{301}e\u{301}e\u{301}", "e\u{301} b"],
        );
    }

    #[test]
    fn paths_break_after_slashes() {
        check(
            "news/2025/march.md 24/7",
            10,
            &["news/2025/", "march.md", "24/7"],
        );
    }

    #[test]
    fn chinese_breaks_anywhere_but_before_a_full_stop() {
        check("双方同意停火。他们", 12, &["双方同意停", "火。他们"]);
    }

    #[test]
    fn marks_follow_what_is_left_out() {
        let marked = Marked::new("a\u{1B}[1m Kursk\n\u{202E}b", &[6..11, 90..95]);
        assert_eq!(marked.text, "a Kursk b");
        assert_eq!(
            marked.stretches(0..9),
            [("a ", false), ("Kursk", true), (" b", false)]
        );
        assert_eq!(marked.stretches(4..9), [("rsk", true), (" b", false)]);
    }

    proptest! {
        #[test]
        fn lines_fit_and_leave_out_only_spaces(text in "[a-z停。 \u{301}👩é]{0,60}", width in 2_usize..20) {
            let mut at = 0;
            for line in wrap(&text, width) {
                prop_assert!(text[at..line.start].chars().all(|c| c == ' '));
                prop_assert!(text[line.clone()].width() <= width);
                at = line.end;
            }
            prop_assert_eq!(text[at..].trim(), "");
        }
    }
}
