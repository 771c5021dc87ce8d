//! Values to leaves of the tree.
//!
//! In: the text of a value and its field. Out: a word, a phrase or a keyword, or
//! nothing if there are no letters or digits in it.

use unicode_normalization::UnicodeNormalization;

use super::ast::{Clause, TextField, Word};
use super::fields::Field;
use super::operators::Fault;
use super::words::{has_wildcard, has_word, is_address, without_question, word_in};
use crate::analysis::{WordForm, is_wildcard, masked, tokens, unmasked};

/// The leaf for a value without quotes.
pub(super) fn bare(run: &str, field: Field, form: WordForm) -> Option<Clause> {
    match field {
        Field::Text(field) => Some(Clause::Word {
            field,
            word: word(run, form)?,
        }),
        Field::Keyword(keyword) => {
            let text = if field.is_literal() {
                run.nfc().collect()
            } else {
                word(run, form)?.text
            };
            Some(Clause::keyword(keyword, text))
        }
        Field::Actor(_) | Field::Said(_) => named(word_in(run)?, field),
        Field::Date => None,
    }
}

/// The leaf for the name of a person.
fn named(name: String, field: Field) -> Option<Clause> {
    match field {
        Field::Actor(field) => Some(Clause::Actor { field, name }),
        Field::Said(field) => Some(Clause::any_quotation(field, name)),
        _ => None,
    }
}

/// The leaf for the words of a value in quotes.
///
/// All words are exact, or those with a `=` before them; those with a wildcard are wildcards.
pub(super) fn quoted(pieces: &[String], field: Field, exact: bool) -> Option<Clause> {
    match field {
        Field::Text(field) => {
            let words = phrase_words(pieces, exact);
            (!words.is_empty()).then(|| Clause::phrase(field, words))
        }
        Field::Keyword(field) => {
            let text: String = pieces.join(" ").nfc().collect();
            has_word(&text).then(|| Clause::keyword(field, text))
        }
        Field::Actor(_) | Field::Said(_) => {
            let text: String = pieces.join(" ").nfc().collect();
            has_word(&text).then(|| named(text, field)).flatten()
        }
        Field::Date => None,
    }
}

fn phrase_words(pieces: &[String], exact: bool) -> Vec<Word> {
    let words = pieces.iter().filter_map(|piece| {
        let marked = piece.strip_prefix('=');
        let form = if exact || marked.is_some() {
            WordForm::Exact
        } else {
            WordForm::Stem
        };
        word(marked.unwrap_or(piece), form)
    });
    words.collect()
}

/// The word in a run; one with a wildcard is compared so, whatever `form` says.
pub(super) fn word(run: &str, form: WordForm) -> Option<Word> {
    if has_wildcard(run, false) && !is_address(run) {
        let text = unmasked(&word_in(&masked(without_question(run)))?);
        let form = WordForm::Wildcard;
        return Some(Word { text, form });
    }
    let text = word_in(run)?;
    Some(Word { text, form })
}

/// The leaf for a regular expression.
pub(super) fn regex(pattern: &str, field: TextField) -> Clause {
    let word = Word {
        text: pattern.nfc().collect(),
        form: WordForm::Regex,
    };
    Clause::Word { field, word }
}

/// What is wrong with an operator beside the name of a person.
pub(super) fn name_fault(operator: &str) -> Fault {
    Fault {
        message: format!("{operator} and the name of a person do not go together"),
        hint: "write the name in any spelling, all are found; or the word without its field"
            .to_owned(),
    }
}

/// What is wrong with `*` as the value of a field.
pub(super) fn any_value(name: &str) -> Fault {
    let hint = match name {
        "date" => "write `date:..` for articles with a date".to_owned(),
        _ => format!("leave `{name}:*` away"),
    };
    Fault {
        message: "`*` for any value of a field is not supported yet".to_owned(),
        hint,
    }
}

/// What is wrong with the wildcards of a run in a field: that they stand for too many
/// words, or for names.
pub(super) fn wildcard_fault(run: &str, field: Field) -> Option<Fault> {
    if field.is_name() {
        return Some(name_fault("a wildcard"));
    }
    let literal = field.is_literal();
    let literal_run;
    let run = if literal {
        literal_run = run.replace('?', " ");
        &literal_run
    } else {
        without_question(run)
    };
    let masked = masked(&run.nfc().collect::<String>());
    let vague = is_vague(run) || tokens(&masked).any(|token| is_blank(&unmasked(token.surface)));
    vague.then(|| Fault {
        message: "this wildcard stands for too many words".to_owned(),
        hint: "write at least two letters or digits beside it".to_owned(),
    })
}

/// Whether a run has fewer than two letters beside its wildcards, and none beyond ASCII.
fn is_vague(run: &str) -> bool {
    let mut letters = run.chars().filter(|c| c.is_alphanumeric());
    letters.clone().all(|c| c.is_ascii()) && letters.nth(1).is_none()
}

/// Whether a token is nothing but wildcards.
fn is_blank(token: &str) -> bool {
    token.chars().all(is_wildcard)
}
