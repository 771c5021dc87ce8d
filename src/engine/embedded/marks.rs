//! Terms that are no words: what begins or ends at a token.
//!
//! In: a text, and what it says of people. Out: lines that go behind those of a token, and
//! share its position: a sentence or a paragraph begins with it; it is the last word of a
//! person's name; it is the first or last one of a quotation.
//!
//! The mark of a person is a term for each word of the name, so that all words that a query
//! has of it are looked for at one position. No token begins as a mark does.

use std::ops::Range;

use crate::analysis::Attribution;

/// At the first word of every sentence.
pub(super) const SENTENCE_MARK: &str = ".";

/// At the first word of every paragraph.
pub(super) const PARAGRAPH_MARK: &str = "¶";

/// What a mark says of a person; the key of a word of the name follows its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Named, with this last word.
    Named,
    /// Quoted from here on.
    Opens,
    /// Quoted up to here. Quotations do not overlap: each ends at the next such mark.
    Closes,
}

impl Mark {
    fn sign(self) -> char {
        match self {
            Self::Named => '@',
            Self::Opens => '<',
            Self::Closes => '>',
        }
    }

    /// The term of a word's key.
    pub(super) fn term(self, key: &str) -> String {
        format!("{}{key}", self.sign())
    }

    /// Writes the terms of a name, one a line.
    fn write(self, keys: &[String], lines: &mut String) {
        for key in keys {
            lines.push(self.sign());
            lines.push_str(key);
            lines.push('\n');
        }
    }
}

/// Whether a line is a mark.
#[inline]
pub(super) fn is_mark(line: &str) -> bool {
    match line.as_bytes().first() {
        Some(b'.' | b'@' | b'<' | b'>') => true,
        Some(_) => line == PARAGRAPH_MARK,
        None => false,
    }
}

/// What a text says of people, on the way through its tokens.
pub(super) struct PeopleMarks<'a> {
    names: &'a [Vec<String>],
    mentions: Stretches,
    quotations: Stretches,
}

impl<'a> PeopleMarks<'a> {
    /// Before the first token of one of the texts.
    pub(super) fn new(attribution: &'a Attribution, text: usize) -> Self {
        let text = attribution.texts.get(text);
        let mentions = text.into_iter().flat_map(|text| &text.mentions);
        let quotations = text.into_iter().flat_map(|text| &text.quotations);
        Self {
            names: &attribution.names,
            mentions: Stretches::new(mentions.map(|one| (one.range.clone(), one.name))),
            quotations: Stretches::new(quotations.map(|one| (one.range.clone(), one.name))),
        }
    }

    /// Writes the marks of what ends with the last token; the next one starts at `byte`.
    #[inline]
    pub(super) fn before(&mut self, byte: usize, lines: &mut String) {
        if let Some(name) = self.mentions.ends_before(byte) {
            Mark::Named.write(&self.names[name], lines);
        }
        if let Some(name) = self.quotations.ends_before(byte) {
            Mark::Closes.write(&self.names[name], lines);
        }
    }

    /// Writes the marks of what begins with the token that starts at `byte`.
    #[inline]
    pub(super) fn at(&mut self, byte: usize, lines: &mut String) {
        self.mentions.begins_at(byte);
        if let Some(name) = self.quotations.begins_at(byte) {
            Mark::Opens.write(&self.names[name], lines);
        }
    }
}

/// Ranges of a text that do not overlap, with the name of each.
struct Stretches {
    rest: std::vec::IntoIter<(Range<usize>, usize)>,
    /// The one that is begun.
    current: Option<(Range<usize>, usize)>,
}

impl Stretches {
    fn new(ranges: impl Iterator<Item = (Range<usize>, usize)>) -> Self {
        let ranges: Vec<_> = ranges.collect();
        Self {
            rest: ranges.into_iter(),
            current: None,
        }
    }

    /// The name of the range that ends before the token that starts at `byte`.
    fn ends_before(&mut self, byte: usize) -> Option<usize> {
        let ended = self.current.take_if(|(range, _)| range.end <= byte);
        ended.map(|(_, name)| name)
    }

    /// The name of the range whose first token starts at `byte`.
    fn begins_at(&mut self, byte: usize) -> Option<usize> {
        if self.current.is_some() {
            return None;
        }
        while let Some((range, _)) = self.rest.as_slice().first() {
            if byte < range.start {
                return None;
            }
            self.current = self.rest.next().filter(|(range, _)| byte < range.end);
            if let Some((_, name)) = self.current {
                return Some(name);
            }
        }
        None
    }
}
