//! Values to leaves of the tree.
//!
//! In: the text of a value and its field. Out: a word, a phrase or a keyword, or
//! nothing if there are no letters or digits in it.

use unicode_normalization::UnicodeNormalization;

use super::ast::{Clause, Word};
use super::fields::Field;
use super::words::{has_word, word_in};

/// The leaf for a value without quotes.
pub(super) fn bare(run: &str, field: Field, exact: bool) -> Option<Clause> {
    match field {
        Field::Text(field) => {
            let text = word_in(run)?;
            let word = Word { text, exact };
            Some(Clause::Word { field, word })
        }
        Field::Keyword(keyword) => {
            let text = if field.is_literal() {
                run.nfc().collect()
            } else {
                word_in(run)?
            };
            Some(Clause::keyword(keyword, text))
        }
        Field::Date => None,
    }
}

/// The leaf for the words of a value in quotes.
///
/// All words are exact, or those with a `=` before them.
pub(super) fn quoted(pieces: &[String], field: Field, exact: bool) -> Option<Clause> {
    match field {
        Field::Text(field) => {
            let words: Vec<Word> = pieces
                .iter()
                .filter_map(|piece| {
                    let marked = piece.strip_prefix('=');
                    let text = word_in(marked.unwrap_or(piece))?;
                    let exact = exact || marked.is_some();
                    Some(Word { text, exact })
                })
                .collect();
            (!words.is_empty()).then(|| Clause::phrase(field, words))
        }
        Field::Keyword(field) => {
            let text: String = pieces.join(" ").nfc().collect();
            has_word(&text).then(|| Clause::keyword(field, text))
        }
        Field::Date => None,
    }
}
