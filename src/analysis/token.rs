//! Cuts a text into words.
//!
//! In: text in NFC. Out: [`Token`]s in order, each a range of bytes.
//!
//! A word is a run of letters, digits and their marks. Inside it stay: an
//! apostrophe (`O'Brien`, `п'ять`), the dots of initials (`U.S.`, `J.D.`), the
//! separators of numbers (`1,376`, `3.5`), and the sign of `AT&T`. A possessive
//! `'s` is left out, and French and Italian elisions (`l'Ukraine`) are cut off.
//! A hyphen separates: `Covid-19` is two words, which a query for `Covid-19` asks
//! for in a row, so that it also finds `Covid 19`, and `covid` finds both.
//! Scripts written without spaces (Han, Hiragana, Thai, Lao, Khmer, Burmese) yield one
//! token a character; a query for several characters asks for them in a row.

use unicode_normalization::char::is_combining_mark;

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// The word as it stands in the text.
    pub surface: &'a str,
    /// The byte of the text at which it starts.
    pub start: usize,
    /// Its position: 0 for the first word, one more for each next, and another
    /// one more across a blank line, so that no phrase spans two paragraphs.
    pub position: u32,
}

impl Token<'_> {
    /// One past the word's last byte.
    pub fn end(&self) -> usize {
        self.start + self.surface.len()
    }
}

/// Iterates over the words of `text`.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens {
        text,
        at: 0,
        next_position: 0,
        newlines: 0,
    }
}

/// The iterator that [`tokens`] returns.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    next_position: u32,
    newlines: u32,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    #[inline]
    fn next(&mut self) -> Option<Token<'a>> {
        self.skip_to_word()?;
        let start = self.at;
        let end = self.word_end(start);
        self.at = after_possessive(self.text, end);
        Some(Token {
            surface: &self.text[start..end],
            start,
            position: self.take_position(),
        })
    }
}

impl<'a> Tokens<'a> {
    /// The next word that is not passed over: of those that are letters and digits of ASCII
    /// and nothing else, only the ones that `admit` lets through.
    ///
    /// Positions are counted as if none were passed over.
    #[inline]
    pub(crate) fn next_admitted(&mut self, admit: impl Fn(&[u8]) -> bool) -> Option<Token<'a>> {
        let bytes = self.text.as_bytes();
        loop {
            self.skip_to_word()?;
            let rest = &bytes[self.at..];
            let length = rest.iter().take_while(|&&byte| IN_WORD[usize::from(byte)]);
            let length = length.count();
            if length == 0
                || rest
                    .get(length)
                    .is_some_and(|&byte| JOINS[usize::from(byte)])
            {
                let token = self.next()?;
                if length == 0 || token.surface.len() > length || admit(token.surface.as_bytes()) {
                    return Some(token);
                }
                continue;
            }
            if admit(&rest[..length]) {
                return self.next();
            }
            self.at += length;
            self.take_position();
        }
    }
}

impl Tokens<'_> {
    /// The position of the word at hand.
    #[inline]
    fn take_position(&mut self) -> u32 {
        if self.newlines > 1 && self.next_position > 0 {
            self.next_position = self.next_position.saturating_add(1);
        }
        self.newlines = 0;
        let position = self.next_position;
        self.next_position = position.saturating_add(1);
        position
    }

    /// Moves to the next word's first byte, counting the line ends on the way.
    #[inline]
    fn skip_to_word(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        loop {
            let byte = *bytes.get(self.at)?;
            if IN_WORD[usize::from(byte)] {
                return Some(());
            }
            if byte.is_ascii() {
                self.newlines += u32::from(byte == b'\n');
                self.at += 1;
                continue;
            }
            self.at += match bytes.get(self.at + 1) {
                // The quotes, dashes and spaces of prose.
                Some(0x80) if byte == 0xE2 => 3,
                Some(0xA0) if byte == 0xC2 => 2,
                _ => {
                    let char = char_at(self.text, self.at)?;
                    if char.is_alphanumeric() {
                        return Some(());
                    }
                    char.len_utf8()
                }
            };
        }
    }

    /// One past the last byte of the word that starts at `start`.
    #[inline]
    fn word_end(&self, start: usize) -> usize {
        let mut segment_start = start;
        let mut end = run_end(self.text, start);
        while let Some(next) = self.joined(start, segment_start, end) {
            segment_start = next;
            end = run_end(self.text, next);
        }
        end
    }

    /// Where the word goes on after the run that ends at `end`, if a joiner follows.
    #[inline]
    fn joined(&self, start: usize, segment_start: usize, end: usize) -> Option<usize> {
        let joiner = *self.text.as_bytes().get(end)?;
        match joiner {
            b'\'' | b'.' | b',' | b'&' => {}
            0xE2 if self.text[end..].starts_with('\u{2019}') => {}
            _ => return None,
        }
        let segment = &self.text[segment_start..end];
        match joiner {
            b'\'' => self.after_apostrophe(segment, end + 1),
            0xE2 => self.after_apostrophe(segment, end + '\u{2019}'.len_utf8()),
            b'.' => self.after_dot(segment, end + 1),
            b',' => self.after_comma(start, segment, end + 1),
            _ => self.after_ampersand(segment, end + 1),
        }
    }

    fn after_apostrophe(&self, segment: &str, next: usize) -> Option<usize> {
        let following = char_at(self.text, next).filter(|c| c.is_alphabetic())?;
        let possessive = matches!(following, 's' | 'S') && run_end(self.text, next) == next + 1;
        (!possessive && !is_elision(segment)).then_some(next)
    }

    /// Initials go on where one letter follows that is alone too; numbers where a digit follows.
    fn after_dot(&self, segment: &str, next: usize) -> Option<usize> {
        let following = char_at(self.text, next)?;
        if segment.bytes().all(|b| b.is_ascii_digit()) {
            return following.is_ascii_digit().then_some(next);
        }
        let alone = |text: &str| text.chars().count() == 1 && text.chars().all(char::is_alphabetic);
        (alone(segment)
            && following.is_alphabetic()
            && alone(&self.text[next..run_end(self.text, next)]))
        .then_some(next)
    }

    /// Numbers go on where groups of three digits follow.
    fn after_comma(&self, start: usize, segment: &str, next: usize) -> Option<usize> {
        let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let first = segment.as_ptr() == self.text[start..].as_ptr();
        let group = &self.text[next..run_end(self.text, next)];
        let fits = if first {
            segment.len() <= 3
        } else {
            segment.len() == 3
        };
        (fits && number(segment) && number(group) && group.len() == 3).then_some(next)
    }

    fn after_ampersand(&self, segment: &str, next: usize) -> Option<usize> {
        let short = |text: &str| {
            (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphabetic())
        };
        (short(segment) && short(&self.text[next..run_end(self.text, next)])).then_some(next)
    }
}

/// The letters and digits of ASCII.
const IN_WORD: [bool; 256] = {
    let mut inside = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        inside[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    inside
};

/// The bytes after which a word may go on: joiners, and all beyond ASCII.
const JOINS: [bool; 256] = {
    let mut joins = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        joins[byte] = byte >= 128 || matches!(byte as u8, b'\'' | b'.' | b',' | b'&');
        byte += 1;
    }
    joins
};

/// One past the run of letters, digits and marks that starts at `start`; `start` if there is none.
#[inline]
fn run_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        match bytes.get(at) {
            Some(&byte) if IN_WORD[usize::from(byte)] => at += 1,
            Some(byte) if !byte.is_ascii() => match wide_run_end(text, start, at) {
                (end, true) => at = end,
                (end, false) => return end,
            },
            _ => return at,
        }
    }
}

/// Takes one character beyond ASCII into the run; tells whether the run may go on.
fn wide_run_end(text: &str, start: usize, at: usize) -> (usize, bool) {
    let Some(char) = char_at(text, at) else {
        return (at, false);
    };
    if matches!(char, '\u{A0}' | '\u{2010}'..='\u{2027}') {
        // The quotes, dashes and spaces of prose.
        return (at, false);
    }
    let end = at + char.len_utf8();
    if stands_alone(char) {
        // Marks that follow belong to it (Thai vowels, voicing signs).
        return if at == start {
            (marks_end(text, end), false)
        } else {
            (at, false)
        };
    }
    let inside = char.is_alphanumeric() || (at > start && continues(char));
    if inside { (end, true) } else { (at, false) }
}

fn marks_end(text: &str, from: usize) -> usize {
    let marks = text[from..].chars().take_while(|&c| is_combining_mark(c));
    from + marks.map(char::len_utf8).sum::<usize>()
}

/// Characters that are part of a word though they are no letters: marks, soft hyphen, joiners.
fn continues(char: char) -> bool {
    matches!(char, '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}') || is_combining_mark(char)
}

/// Letters of scripts that put no spaces between words.
fn stands_alone(char: char) -> bool {
    matches!(u32::from(char),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3005..=0x3007 | 0x3040..=0x309F
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Whether `segment` before an apostrophe is an article or pronoun that lost its vowel.
fn is_elision(segment: &str) -> bool {
    let mut lower = [0u8; 6];
    let Some(slot) = lower.get_mut(..segment.len()) else {
        return false;
    };
    slot.copy_from_slice(segment.as_bytes());
    slot.make_ascii_lowercase();
    matches!(
        &*slot,
        b"c" | b"d"
            | b"j"
            | b"l"
            | b"m"
            | b"n"
            | b"s"
            | b"t"
            | b"qu"
            | b"dell"
            | b"all"
            | b"nell"
            | b"sull"
            | b"dall"
            | b"quell"
    )
}

/// Skips a possessive `'s` or `’s` after a word that ends at `end`.
#[inline]
fn after_possessive(text: &str, end: usize) -> usize {
    let bytes = text.as_bytes();
    let letter = match bytes.get(end) {
        Some(b'\'') => end + 1,
        Some(0xE2) if text[end..].starts_with('\u{2019}') => end + 3,
        _ => return end,
    };
    let possessive =
        matches!(bytes.get(letter), Some(b's' | b'S')) && run_end(text, letter) == letter + 1;
    if possessive { letter + 1 } else { end }
}

#[inline]
fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let words: Vec<_> = tokens(text).map(|token| token.surface).collect();
        assert_eq!(words.join("|"), expected);
    }

    #[test]
    fn punctuation_and_hyphens_separate() {
        check(
            "A 30-day, US-Ukrainian plan: yes!",
            "A|30|day|US|Ukrainian|plan|yes",
        );
        check(
            "#hashtag @ZelenskyyUa snake_case",
            "hashtag|ZelenskyyUa|snake|case",
        );
    }

    #[test]
    fn apostrophes_stay_inside_words_but_possessives_do_not() {
        check(
            "Zelensky's plan, O’Brien’s don't п'ять",
            "Zelensky|plan|O’Brien|don't|п'ять",
        );
        check("the states' rights 'quoted'", "the|states|rights|quoted");
    }

    #[test]
    fn elisions_are_cut_off() {
        check(
            "l'Ukraine qu’il dell'Ucraina d'Artagnan",
            "l|Ukraine|qu|il|dell|Ucraina|d|Artagnan",
        );
    }

    #[test]
    fn initials_numbers_and_ampersands_stay_whole() {
        check(
            "U.S. and J.D. Vance at 9 a.m. St.Petersburg",
            "U.S|and|J.D|Vance|at|9|a.m|St|Petersburg",
        );
        check(
            "1,376 sq km, 3.5bn, 12,34 and 1,000,000.",
            "1,376|sq|km|3.5bn|12|34|and|1,000,000",
        );
        check("AT&T R&D salt&pepper", "AT&T|R&D|salt|pepper");
    }

    #[test]
    fn scripts_without_spaces_yield_characters() {
        check("俄乌停火 today", "俄|乌|停|火|today");
        check("Зеленський і Рубіо", "Зеленський|і|Рубіо");
    }

    #[test]
    fn paragraphs_leave_a_gap_in_positions() {
        let positions: Vec<_> = tokens("one two\nthree\n\n four")
            .map(|token| token.position)
            .collect();
        assert_eq!(positions, [0, 1, 2, 4]);
        assert_eq!(
            tokens("\n\n\nfirst").next().map(|token| token.position),
            Some(0)
        );
    }

    proptest! {
        #[test]
        fn words_that_are_passed_over_change_no_other(text in "([a-zA-Z0-9'’.,& \n]|\\PC)*", initial in "[a-z]") {
            let admit = |word: &[u8]| word.starts_with(initial.as_bytes());
            let mut some = tokens(&text);
            let admitted: Vec<_> = std::iter::from_fn(|| some.next_admitted(admit)).collect();
            for token in tokens(&text) {
                let is_plain = token.surface.bytes().all(|byte| byte.is_ascii_alphanumeric());
                let needed = !is_plain || admit(token.surface.as_bytes());
                prop_assert!(!needed || admitted.contains(&token), "{:?}", token);
            }
            for token in admitted {
                prop_assert!(tokens(&text).any(|other| other == token), "{:?}", token);
            }
        }

        #[test]
        fn tokens_are_ordered_ranges_of_the_text(text in "\\PC*|[a-zA-Z0-9'’.,&\\- \u{300}\u{e9}停\n]*") {
            let mut end = 0;
            for token in tokens(&text) {
                prop_assert!(token.start >= end && !token.surface.is_empty());
                end = token.end();
                prop_assert_eq!(&text[token.start..end], token.surface);
            }
        }
    }
}
