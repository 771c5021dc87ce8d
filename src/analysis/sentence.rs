//! Cuts a text into sentences.
//!
//! In: text in NFC, and its language. Out: ranges of bytes, in order, without the
//! white space around them; every word is in one of them, and whole.
//!
//! A sentence ends at a sign of the end (`.`, `?`, `…`, `。`, `؟`, `।`) with the quotes and
//! brackets that close after it, unless what stands before the sign (an
//! abbreviation, an initial, the number of an item) or after it (a small letter, no
//! space) says otherwise. Paragraphs and lines whose ends were meant end a sentence
//! too. Most bytes are only looked up in a table.

mod gap;
mod rules;
#[cfg(test)]
mod tests;

use std::ops::Range;

use self::gap::{Gap, Sign, next_sign, opens};
use self::rules::{Kind, Rules};
use super::Language;
use crate::text::{blank_line, meant_lines, trim};

/// Iterates over the sentences of `text`, each a range of bytes: not empty, in order,
/// not overlapping.
///
/// A stretch without letters and digits is part of the sentence before it, or a
/// sentence of its own at the start of a line.
pub fn sentences(text: &str, language: Language) -> Sentences<'_> {
    Sentences {
        text,
        rules: Rules::of(language),
        next_paragraph: Some(0),
        lines: Vec::new().into_iter(),
        rest: 0..0,
    }
}

/// The iterator that [`sentences`] returns.
#[derive(Clone, Debug)]
pub struct Sentences<'a> {
    text: &'a str,
    rules: &'static Rules,
    /// Where the next paragraph starts, if there may be one.
    next_paragraph: Option<usize>,
    /// The lines of the paragraph that are not begun.
    lines: std::vec::IntoIter<Range<usize>>,
    /// What is left of the line that is begun.
    rest: Range<usize>,
}

/// Tells at which words of a text sentences begin.
#[derive(Clone, Debug)]
pub struct SentenceStarts<'a> {
    sentences: Sentences<'a>,
    /// Where the sentence of the last word ends.
    end: usize,
}

impl<'a> SentenceStarts<'a> {
    /// Before the first word of `text`.
    pub fn new(text: &'a str, language: Language) -> Self {
        Self {
            sentences: sentences(text, language),
            end: 0,
        }
    }

    /// Whether a sentence begins with the word that starts at `byte`; asked of all words
    /// in order.
    #[inline]
    pub fn begins_at(&mut self, byte: usize) -> bool {
        let begins = byte >= self.end;
        while byte >= self.end {
            self.end = self.sentences.next().map_or(usize::MAX, |range| range.end);
        }
        begins
    }
}

impl Iterator for Sentences<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        while self.rest.is_empty() {
            match self.lines.next() {
                Some(line) => self.rest = line,
                None => self.take_paragraph()?,
            }
        }
        let line = Line {
            text: &self.text[..self.rest.end],
            rules: self.rules,
            start: self.rest.start,
        };
        let (end, next) = line.sentence_end();
        let sentence = self.rest.start..end;
        self.rest.start = next;
        Some(sentence)
    }
}

impl Sentences<'_> {
    /// Moves to the next paragraph; `None` after the last one.
    fn take_paragraph(&mut self) -> Option<()> {
        let start = self.next_paragraph?;
        let blank = blank_line(self.text, start..self.text.len());
        let paragraph = start..blank.as_ref().map_or(self.text.len(), |blank| blank.start);
        self.next_paragraph = blank.map(|blank| blank.end);
        let whole = trim(self.text, paragraph);
        if memchr::memchr(b'\n', &self.text.as_bytes()[whole.clone()]).is_some() {
            self.lines = meant_lines(self.text, whole).into_iter();
        } else {
            self.rest = whole;
        }
        Some(())
    }
}

/// What is left of a line: `text` from `start` on.
struct Line<'a> {
    text: &'a str,
    rules: &'static Rules,
    start: usize,
}

impl Line<'_> {
    /// Where its first sentence ends, and where the next one starts.
    fn sentence_end(&self) -> (usize, usize) {
        let mut at = self.start;
        while let Some(sign) = next_sign(self.text, at) {
            let gap = Gap::new(self.text, sign);
            let Some(after) = self.text[gap.word..].chars().next() else {
                break;
            };
            if self.ends(&gap, after) {
                return (gap.end, gap.next);
            }
            at = gap.word;
        }
        (self.text.len(), self.text.len())
    }

    /// Whether a sentence ends in the gap; `after` is the letter or digit behind it.
    fn ends(&self, gap: &Gap, after: char) -> bool {
        if gap.sign == Sign::Wide {
            return !self.quotation_goes_on(gap, after);
        }
        if after.is_lowercase() && !opens_item(&self.text[gap.next..]) {
            return false;
        }
        if gap.end == gap.next {
            return self.lacks_a_space(gap);
        }
        // What goes on with a comma or a dash at once is no end.
        let spaced = self.text[gap.end..].starts_with(char::is_whitespace);
        spaced && (gap.sign != Sign::Dot || self.dot_ends(gap, after))
    }

    /// Whether a dot with a space after it ends the sentence.
    fn dot_ends(&self, gap: &Gap, after: char) -> bool {
        let word = self.word_before(gap.start);
        if word.is_empty() {
            return true;
        }
        let number = word.bytes().all(|byte| byte.is_ascii_digit());
        let alone = word.chars().nth(1).is_none();
        if (number || alone || is_roman(word)) && self.is_item_number(gap.start, word) {
            return false;
        }
        if number {
            return !(self.rules.ordinals && word.len() <= 2);
        }
        let quoted = self.text[gap.next..gap.word].contains(['"', '“', '„', '«', '‘']);
        let begins = || quoted || self.rules.begins(&self.text[gap.word..]);
        match self.rules.abbreviation(word) {
            Some(Kind::Inside) => false,
            Some(Kind::BeforeNumber) => !after.is_numeric(),
            Some(Kind::Either) => begins(),
            None if is_initials(word) => begins(),
            None => true,
        }
    }

    /// The letters, digits and inner dots in front of `end`; empty if there are too many
    /// for an abbreviation.
    fn word_before(&self, end: usize) -> &str {
        const LONGEST_BYTES: usize = 24;
        let before = &self.text.as_bytes()[self.start..end];
        let part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'.' || !byte.is_ascii();
        let length = before.iter().rev().take(LONGEST_BYTES).take_while(part);
        let length = length.count();
        if length == LONGEST_BYTES {
            return "";
        }
        let mut words =
            self.text[end - length..end].rsplit(|c: char| !(c.is_alphanumeric() || c == '.'));
        words.next().unwrap_or("").trim_start_matches('.')
    }

    /// Whether a number or letter in front of `end` opens the sentence, as in `2. Policy` or `Article 5. Scope`.
    fn is_item_number(&self, end: usize, word: &str) -> bool {
        const LONGEST_BYTES: usize = 12;
        let before = &self.text[self.start..end - word.len()];
        word.len() <= 4
            && before.len() <= LONGEST_BYTES
            && before.split_whitespace().nth(1).is_none()
            && (before.is_empty() || before.starts_with(char::is_uppercase) || is_bullet(before))
    }

    /// Whether the end is one where the space was left out: `he said.The ship`.
    fn lacks_a_space(&self, gap: &Gap) -> bool {
        let after = &self.text[gap.word..];
        let (word, rest) = after.split_at(
            after
                .find(|c: char| !c.is_alphanumeric())
                .unwrap_or(after.len()),
        );
        let mut chars = word.chars();
        let capital = chars.next().is_some_and(char::is_uppercase)
            && chars.next().is_none_or(char::is_lowercase);
        // Addresses go on with other signs.
        let ended = rest
            .chars()
            .next()
            .is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '\'' | '’'));
        let before = &self.text[self.start..gap.start];
        let before = before.trim_end_matches([')', '"', '”', '’', '»']);
        let stem = before.trim_end_matches(char::is_lowercase);
        let opened = stem
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace() || opens(c));
        let word = &before[stem.len()..];
        capital && ended && opened && word.len() > 2 && self.rules.abbreviation(word).is_none()
    }

    /// Whether what a Japanese sentence quotes ended, and not the sentence: `「行く。」と言った`.
    fn quotation_goes_on(&self, gap: &Gap, after: char) -> bool {
        let closed = self.text[..gap.end].ends_with(['」', '』', '）', '”', '’', ')', '"']);
        closed && gap.end == gap.word && matches!(after, 'ぁ'..='ゖ')
    }
}

/// Whether `rest` starts with the letter or number of an item: `(a)`, `(iv)`.
fn opens_item(rest: &str) -> bool {
    const LONGEST_BYTES: usize = 4;
    let item = rest.strip_prefix('(').unwrap_or_default();
    let end = item
        .bytes()
        .take(LONGEST_BYTES + 1)
        .position(|byte| !byte.is_ascii_alphanumeric());
    end.is_some_and(|end| item[end..].starts_with(')'))
}

/// Signs that do not separate an item's number from the start of its line.
fn is_bullet(before: &str) -> bool {
    !before.contains(char::is_alphanumeric)
}

fn is_roman(word: &str) -> bool {
    word.bytes().all(|byte| b"IVX".contains(&byte))
}

/// Letters with dots between them, one to three in a row, or a single one that is no small letter.
fn is_initials(word: &str) -> bool {
    let mut parts = word.split('.');
    let short = |part: &str| {
        part.chars().all(char::is_alphabetic) && (1..=3).contains(&part.chars().count())
    };
    if word.contains('.') {
        parts.all(short)
    } else {
        let mut chars = word.chars();
        let first = chars.next();
        chars.next().is_none() && first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
    }
}
