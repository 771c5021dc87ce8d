//! Tells most words that a query does not look for by their first two letters.
//!
//! In: the forms that a query asks for, and words of texts. Out: whether a word may have
//! one of the forms; if not, it need not be brought into its forms at all.

use crate::analysis::Language;

/// How forms begin: for each first byte the second ones, a bit each. A cheap look at a
/// word tells that it has none of the forms.
#[derive(Debug)]
pub(super) struct Initials([u64; 256]);

impl Default for Initials {
    fn default() -> Self {
        Self([0; 256])
    }
}

impl Initials {
    pub(super) fn add(&mut self, form: &str) {
        let mut bytes = form.bytes();
        let Some(first) = bytes.next() else { return };
        let second = bytes
            .next()
            .map_or(u64::MAX, |byte| BITS[usize::from(byte)]);
        // German `ae` stands for `ä`, of which folding makes `a`.
        let umlaut = b"aou".contains(&first).then_some(BITS[usize::from(b'e')]);
        for first in [first, first.to_ascii_uppercase()] {
            self.0[usize::from(first)] |= second | umlaut.unwrap_or(0);
        }
    }

    /// Lets every word in.
    pub(super) fn add_all(&mut self) {
        self.0 = [u64::MAX; 256];
    }

    /// Whether a word may have one of the forms. One that starts beyond ASCII always may.
    #[inline]
    pub(super) fn admit(&self, word: &[u8]) -> bool {
        match *word {
            [] => false,
            [first, ..] if !first.is_ascii() => true,
            // A stem is not longer than its word.
            [first] => self.0[usize::from(first)] == u64::MAX,
            [first, second, ..] => self.0[usize::from(first)] & BITS[usize::from(second)] != 0,
        }
    }
}

/// Whether a stemmer may take an elision off the word's start.
pub(super) fn has_apostrophe(word: &str) -> bool {
    // 0xE2 starts the curly one.
    word.bytes().any(|byte| matches!(byte, b'\'' | 0xE2))
}

/// A bit for each letter, small or not, and each digit; `y` has that of `i`, which stemmers
/// make of it. Other bytes have all bits, as they may stand for any.
const BITS: [u64; 256] = {
    let mut bits = [u64::MAX; 256];
    let mut byte = 0;
    while byte < 128 {
        match (byte as u8).to_ascii_lowercase() {
            b'y' => bits[byte] = 1 << (b'i' - b'a'),
            letter @ b'a'..=b'z' => bits[byte] = 1 << (letter - b'a'),
            digit @ b'0'..=b'9' => bits[byte] = 1 << (26 + digit - b'0'),
            _ => {}
        }
        byte += 1;
    }
    bits
};

/// Whether the language's stemmer leaves the first two letters of words without an
/// apostrophe alone. That of Dutch takes `ge` off, those of Estonian, Finnish and
/// Turkish change short words.
pub(super) fn keeps_initials(language: Language) -> bool {
    !["et", "fi", "nl", "tr"]
        .map(|code| Language::of(Some(code)))
        .contains(&language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Lexicon;
    use proptest::prelude::*;

    const CODES: [&str; 18] = [
        "ar", "ca", "cs", "da", "de", "el", "en", "es", "fr", "hu", "it", "lt", "no", "pl", "pt",
        "ro", "ru", "sv",
    ];

    proptest! {
        #[test]
        fn stemmers_leave_the_first_letters_alone(
            word in "(ge|ver|be|un|re|in|de|al|il|naj|nej|po|pre|ex|meg|y|u|[a-z])[a-zé]{0,6}(e|en|s|ing|ment|lar|ai|y)?",
        ) {
            for code in CODES {
                let language = Language::of(Some(code));
                prop_assert!(keeps_initials(language));
                let mut initials = Initials::default();
                initials.add(&Lexicon::new(language).forms(&word).stem);
                prop_assert!(initials.admit(word.as_bytes()), "{} in {}", word, code);
            }
        }
    }
}
