//! Text as a bag of words, without any operators.
//!
//! In: any text. Out: a clause that matches where any of its words is.

use super::ast::Clause;
use super::signs::{is_space, plain};
use super::words::word_in;

/// Reads `text` as words of which any may match; nothing in it is an operator.
///
/// The words keep their order and repetitions: what is said twice counts twice. Text without a word gives the
/// clause that matches nothing. Never fails.
///
/// ```
/// use search::query::parse_plain;
///
/// let clause = parse_plain("NOT (oil AND gas) oil*");
/// assert_eq!(clause.to_string(), "\"NOT\" OR oil OR \"AND\" OR gas OR oil");
/// assert!(parse_plain("?!").is_nothing());
/// ```
pub fn parse_plain(text: &str) -> Clause {
    let text: String = text.chars().map(plain).collect();
    let words = text.split(separates).filter_map(word_in).map(Clause::word);
    Clause::or(words.collect())
}

/// White space, and signs that are never inside a word.
fn separates(c: char) -> bool {
    is_space(c)
        || matches!(
            c,
            '"' | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '<'
                | '>'
                | '*'
                | '?'
                | '/'
                | '\\'
                | '|'
                | ';'
                | ','
                | '!'
                | '='
                | '^'
                | '~'
                | '—'
                | '–'
                | '…'
        )
}
