//! Folds what readers take for the same letter.
//!
//! In: a word. Out: the word in lower case ([`lower`]), and then without the
//! marks of Latin letters ([`fold_marks`]).
//!
//! Marks go only from Latin script: й is no и, and ї no і.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest form of a word that is kept, in characters; the rest is cut off.
const MAX_CHARS: usize = 64;

/// The word in lower case, with plain apostrophes, without soft hyphens, the
/// commas of numbers and the dots of initials.
///
/// `US` in capitals becomes `u.s`, as `U.S.` does, for `us` is another word.
pub(super) fn lower(surface: &str) -> String {
    if matches!(surface, "US" | "U.S" | "u.s") {
        return "u.s".to_owned();
    }
    let number = surface.starts_with(|c: char| c.is_ascii_digit());
    let mut lower = String::with_capacity(surface.len());
    for char in surface.chars().take(MAX_CHARS) {
        match char {
            '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | ',' => {}
            '.' if !number => {}
            '\u{2019}' | '\u{2BC}' => lower.push('\''),
            // Its lower case has a dot of its own, a mark that no one types.
            'İ' => lower.push('i'),
            _ if char.is_ascii() => lower.push(char.to_ascii_lowercase()),
            // Half-width and full-width forms, ligatures.
            _ => lower.extend(std::iter::once(char).nfkc().flat_map(char::to_lowercase)),
        }
    }
    lower
}

/// The word without the marks of its Latin letters, and `ł`, `ø`, `ß` and their like spelled plainly.
pub(super) fn fold_marks(lower: String) -> String {
    if lower.is_ascii() {
        return lower;
    }
    let mut folded = String::with_capacity(lower.len());
    for char in lower.chars() {
        match plain_spelling(char) {
            Some(plain) => folded.push_str(plain),
            None if is_marked_latin(char) => folded.extend(
                std::iter::once(char)
                    .nfd()
                    .filter(|&c| !is_combining_mark(c)),
            ),
            None => folded.push(char),
        }
    }
    // A mark that NFC could not compose stays behind its Latin letter.
    if folded.contains(is_combining_mark) {
        drop_marks_after_ascii(&folded)
    } else {
        folded
    }
}

fn drop_marks_after_ascii(text: &str) -> String {
    let mut after_latin = false;
    text.chars()
        .filter(|&char| {
            let mark = is_combining_mark(char);
            if !mark {
                after_latin = char.is_ascii_alphabetic();
            }
            !(mark && after_latin)
        })
        .collect()
}

/// Latin-1 Supplement, Latin Extended-A and B, IPA, and Latin Extended Additional.
fn is_marked_latin(char: char) -> bool {
    matches!(u32::from(char), 0xC0..=0x2AF | 0x1E00..=0x1EFF)
}

/// Latin letters that have no decomposition.
fn plain_spelling(char: char) -> Option<&'static str> {
    Some(match char {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'ə' => "a",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(surface: &str, folded: &str) {
        assert_eq!(fold_marks(lower(surface)), folded);
    }

    #[test]
    fn latin_marks_fold_and_others_stay() {
        check("Erdoğan", "erdogan");
        check("Wołodymyr", "wolodymyr");
        check("Çırağan", "ciragan");
        check("STRASSE", "strasse");
        check("Straße", "strasse");
        check("Київ", "київ");
        check("Андрій", "андрій");
        check("x\u{302}", "x");
    }

    #[test]
    fn initials_and_numbers_lose_their_separators() {
        check("U.N", "un");
        check("J.D", "jd");
        check("1,376", "1376");
        check("3.5", "3.5");
        check("O’Brien", "o'brien");
    }

    #[test]
    fn the_country_is_not_the_pronoun() {
        check("US", "u.s");
        check("U.S", "u.s");
        check("us", "us");
        check("Us", "us");
    }

    #[test]
    fn endless_words_are_cut() {
        assert_eq!(lower(&"a".repeat(1000)).len(), MAX_CHARS);
    }
}
