//! Finds the words of a text that start with a capital, and how they hang together.
//!
//! In: a text. Out: its capitalised words in order; each knows how it is tied to the
//! one before, whether it starts a sentence, and what its line is like. Everything
//! else is passed over at the price of a look at each byte.

use super::line::{Line, filled, line};
use crate::analysis::kinds::{Kinds, kinds_of, kinds_of_capitalised};

/// A word that starts with a capital.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    /// As it stands, with inner apostrophes, hyphens and dots, without a possessive.
    pub(super) text: &'a str,
    /// The part of the article that it is in.
    pub(super) part: usize,
    /// The byte of the part at which it starts.
    pub(super) start: usize,
    pub(super) kinds: Kinds,
    pub(super) link: Link,
    /// Whether a sentence or line starts with it.
    pub(super) opens: bool,
    pub(super) line: Line,
}

impl Word<'_> {
    /// One past its last byte.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// What stands between a capitalised word and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// More than the others allow.
    None,
    /// A space, or the end of a line that was filled.
    Space,
    /// The end of a line that may have been meant.
    Line,
    /// Particles of names: `van der`.
    Particle,
    /// `of`, `for` and articles, as in titles of office.
    Of,
    /// The possessive of the word before.
    Possessive,
    /// A comma or an `and`, as between items.
    Item,
}

/// The capitalised words of `text`, which is part number `part` of an article.
pub(super) fn scan<'a>(text: &'a str, part: usize, words: &mut Vec<Word<'a>>) {
    let mut scanner = Scanner {
        text,
        part,
        at: 0,
        line_start: 0,
        line: None,
        last_end: None,
        french: None,
    };
    while let Some(word) = scanner.next_word().filter(|_| words.len() < MOST_WORDS) {
        words.push(word);
    }
}

/// Capitalised words of an article that are looked at: 80 MB of them, far more than any
/// article has.
const MOST_WORDS: usize = 1 << 20;

/// The bytes that may start a capital letter or end a line.
const MAY_MATTER: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = byte >= 128 || byte == b'\n' as usize || (byte as u8).is_ascii_uppercase();
        byte += 1;
    }
    table
};

struct Scanner<'a> {
    text: &'a str,
    part: usize,
    at: usize,
    line_start: usize,
    /// The line at hand, once it was asked for.
    line: Option<Line>,
    /// Where the last capitalised word ended.
    last_end: Option<usize>,
    /// Whether the text is French, once it was asked for.
    french: Option<bool>,
}

impl<'a> Scanner<'a> {
    fn next_word(&mut self) -> Option<Word<'a>> {
        let bytes = self.text.as_bytes();
        loop {
            while !MAY_MATTER[usize::from(*bytes.get(self.at)?)] {
                self.at += 1;
            }
            let byte = bytes[self.at];
            if byte == b'\n' {
                self.at += 1;
                self.line_start = self.at;
                self.line = None;
            } else if byte.is_ascii() {
                if !self.is_inside() {
                    return Some(self.take_word());
                }
                self.at += 1;
            } else {
                let char = self.text[self.at..].chars().next()?;
                if char.is_uppercase() && !self.is_inside() {
                    return Some(self.take_word());
                }
                self.at += char.len_utf8();
            }
        }
    }

    /// Whether a letter or digit stands before the byte at hand.
    fn is_inside(&self) -> bool {
        match self
            .at
            .checked_sub(1)
            .map(|before| self.text.as_bytes()[before])
        {
            None => false,
            Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
            Some(_) => self.text[..self.at]
                .chars()
                .next_back()
                .is_some_and(char::is_alphanumeric),
        }
    }

    /// The kinds of a word; `M.` is a title in French and an initial elsewhere.
    fn kinds(&mut self, word: &str) -> Kinds {
        if word == "M." && *self.french.get_or_insert_with(|| is_french(self.text)) {
            return Kinds::TITLE;
        }
        kinds_of_capitalised(word)
    }

    fn take_word(&mut self) -> Word<'a> {
        let start = self.at;
        let end = word_end(self.text, start);
        let link = self
            .last_end
            .map_or(Link::None, |last| link(self.text, last, start));
        let text = &self.text[start..end];
        let line = *self
            .line
            .get_or_insert_with(|| line(&self.text[self.line_start..]));
        self.at = end;
        self.last_end = Some(end);
        Word {
            text,
            part: self.part,
            start,
            kinds: self.kinds(text),
            link,
            opens: link != Link::Space && opens(self.text, start),
            line,
        }
    }
}

/// Whether words stand in `text` that are frequent in French and rare elsewhere.
fn is_french(text: &str) -> bool {
    const ENOUGH: usize = 2;
    let frequent = [" les ", " une ", " est ", " dans ", " avec "];
    frequent.iter().filter(|word| text.contains(**word)).count() >= ENOUGH
}

/// One past the letters, digits and marks from `at` on.
fn letters_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest
        .find(|char: char| !char.is_alphanumeric() && !('\u{300}'..='\u{36F}').contains(&char))
        .unwrap_or(rest.len())
}

/// One past the last byte of the word that starts at `start`.
fn word_end(text: &str, start: usize) -> usize {
    let mut segment = start;
    loop {
        let end = letters_end(text, segment);
        let Some(joiner) = text[end..].chars().next() else {
            return end;
        };
        let next = end + joiner.len_utf8();
        let following = text[next..].chars().next().unwrap_or(' ');
        let goes_on = match joiner {
            '-' | '\u{2010}' => following.is_alphabetic(),
            '\'' | '\u{2019}' => following.is_alphabetic() && !possessive(text, next),
            '.' => {
                let short = text[segment..end].chars().nth(1).is_none();
                if short && !following.is_alphabetic() {
                    return next;
                }
                short || (following.is_uppercase() && text[segment..end].len() <= 2)
            }
            _ => false,
        };
        if !goes_on {
            let abbreviated = joiner == '.' && abbreviates(&text[segment..end]);
            return if abbreviated { next } else { end };
        }
        segment = next;
    }
}

/// Whether an `s` alone stands at `at`.
fn possessive(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes.get(at), Some(b's' | b'S')) && letters_end(text, at) == at + 1
}

/// Whether a dot after `word` is the word's own.
fn abbreviates(word: &str) -> bool {
    matches!(
        word,
        "Mr" | "Mrs"
            | "Ms"
            | "Dr"
            | "Sen"
            | "Sens"
            | "Rep"
            | "Reps"
            | "Gov"
            | "Gen"
            | "Lt"
            | "Col"
            | "Maj"
            | "Capt"
            | "Cpl"
            | "Sgt"
            | "Adm"
            | "Prof"
            | "Rev"
            | "Hon"
            | "St"
            | "Ste"
            | "Ft"
            | "Mt"
            | "Jr"
            | "Sr"
            | "Fr"
            | "MR"
            | "MRS"
            | "MS"
            | "DR"
            | "Cmdr"
            | "Brig"
    )
}

/// What ties two words with `text[from..to]` between them.
fn link(text: &str, from: usize, to: usize) -> Link {
    const LONGEST_BYTES: usize = 24;
    if to - from > LONGEST_BYTES {
        return Link::None;
    }
    let gap = &text[from..to];
    if gap == " " {
        return Link::Space;
    }
    let newlines = gap.bytes().filter(|&byte| byte == b'\n').count();
    if newlines > 1 {
        return Link::None;
    }
    let inner = gap.trim();
    let meant = newlines == 1 && !filled(text, from);
    if inner.is_empty() {
        return match newlines {
            1 if meant => Link::Line,
            0 if gap.chars().nth(2).is_some() => Link::None,
            _ => Link::Space,
        };
    }
    if meant {
        return Link::None;
    }
    match inner {
        "," | "and" | "&" | ", and" | ";" | "und" | "y" | "e" | "i" | "og" | "och" | "en"
        | "et" | "и" | "і" | "та" => Link::Item,
        "'s" | "\u{2019}s" => Link::Possessive,
        "of" | "of the" | "for" | "for the" | "des" => Link::Of,
        _ => {
            let particles = |word: &str| {
                kinds_of(word.trim_end_matches(['-', '\'', '\u{2019}'])).any(Kinds::PARTICLE)
            };
            let spaced = gap.starts_with(char::is_whitespace);
            if spaced && inner.split_whitespace().all(particles) {
                Link::Particle
            } else {
                Link::None
            }
        }
    }
}

/// Whether a sentence, a line or a quotation starts at `start`.
fn opens(text: &str, start: usize) -> bool {
    const LONGEST: usize = 6;
    let before = text[..start].chars().rev().take(LONGEST);
    let mut spaces = 0;
    for char in before {
        match char {
            '\n' => return !filled(text, start - spaces - 1),
            ' ' | '\u{A0}' => spaces += 1,
            '.' | '!' | '?' | ':' | '…' | '•' | '*' | '"' | '“' | '„' | '«' | '‘' | '—' | '('
            | '[' => return true,
            '-' => return spaces > 0,
            _ => return false,
        }
    }
    true
}
