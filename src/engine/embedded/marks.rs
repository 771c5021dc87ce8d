//! Terms that are no words: what begins or ends at a token.
//!
//! In: a text, and what it says of people. Out: terms at the positions of tokens: a sentence
//! or a paragraph begins with one; it is the last word of a person's name; it is the first or
//! last one of a quotation.
//!
//! The mark of a person is a term for each word of the name, so that all words that a query
//! has of it are looked for at one position. These marks have a field of their own, so that
//! an article is no longer for them, with the positions of the text's.

use std::fmt::Write;
use std::ops::Range;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

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
}

/// Marks of people, each at a position: the lines of a field of its own.
#[derive(Default)]
pub(super) struct MarkLines {
    /// One a mark: how many positions it is behind the last one, and the term.
    lines: String,
    position: u32,
}

impl MarkLines {
    /// Adds the marks of a name.
    fn add(&mut self, mark: Mark, keys: &[String], position: u32) {
        for key in keys {
            // Writing to a string never fails.
            let _ = writeln!(
                self.lines,
                "{}{}{key}",
                position - self.position,
                mark.sign()
            );
            self.position = position;
        }
    }

    /// The lines so far.
    pub(super) fn so_far(&self) -> &str {
        &self.lines
    }

    /// All lines.
    pub(super) fn into_lines(self) -> String {
        self.lines
    }
}

/// Reads the lines of marks.
#[derive(Clone, Default)]
pub(super) struct MarksTokenizer;

impl Tokenizer for MarksTokenizer {
    type TokenStream<'a> = MarksStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> MarksStream<'a> {
        let token = Token {
            position: 0,
            ..Token::default()
        };
        MarksStream {
            lines: text.lines(),
            token,
        }
    }
}

/// The terms of a field of marks.
pub(super) struct MarksStream<'a> {
    lines: std::str::Lines<'a>,
    token: Token,
}

impl TokenStream for MarksStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(line) = self.lines.next() else {
            return false;
        };
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        self.token.position += line[..digits].parse::<usize>().unwrap_or(0);
        self.token.text.clear();
        self.token.text.push_str(&line[digits..]);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
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

    /// Writes the marks of what ends with the token at position `last`; the next one starts at
    /// `byte`.
    #[inline]
    pub(super) fn before(&mut self, byte: usize, last: u32, lines: &mut MarkLines) {
        if let Some(name) = self.mentions.ends_before(byte) {
            lines.add(Mark::Named, &self.names[name], last);
        }
        if let Some(name) = self.quotations.ends_before(byte) {
            lines.add(Mark::Closes, &self.names[name], last);
        }
    }

    /// Writes the marks of what begins with the token that starts at `byte`, at `position`.
    #[inline]
    pub(super) fn at(&mut self, byte: usize, position: u32, lines: &mut MarkLines) {
        self.mentions.begins_at(byte);
        if let Some(name) = self.quotations.begins_at(byte) {
            lines.add(Mark::Opens, &self.names[name], position);
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
