//! The form of a word in the tree: NFC, without the punctuation around it.
//!
//! Signs that can be part of a word at its edge stay: `U.S.`, `C++`, `50%`,
//! `$3.5bn`, `#hashtag`, `@name`. The form of a form is the form itself, so that
//! a printed word parses to the same word.

use unicode_normalization::UnicodeNormalization;

use crate::analysis::is_wildcard;

/// The word in `text`, or `None` if there is only punctuation.
pub(super) fn word_in(text: &str) -> Option<String> {
    let text: String = text.nfc().collect();
    let mut core = text.as_str();
    loop {
        let mut rest = core.trim_matches(is_edge_punctuation);
        if rest.ends_with('.') && rest.matches('.').count() == 1 {
            rest = &rest[..rest.len() - 1];
        }
        if rest == core {
            break;
        }
        core = rest;
    }
    has_word(core).then(|| core.to_owned())
}

/// Whether there is a letter or digit in `text`.
pub(super) fn has_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Whether a run has a wildcard: `*` anywhere, `?` before a letter, a digit or a `*`.
///
/// A `?` at the end of a word is a question mark, and in an address, which is `literal`,
/// a part of it.
pub(super) fn has_wildcard(run: &str, literal: bool) -> bool {
    run.match_indices(is_wildcard).any(|(byte, sign)| {
        let after = run[byte..].trim_start_matches('?');
        sign == "*" || (!literal && after.starts_with(|c: char| c.is_alphanumeric() || c == '*'))
    })
}

/// A run with a wildcard without its punctuation at the end, which a `?` there is too.
pub(super) fn without_question(run: &str) -> &str {
    run.trim_end_matches(|c: char| c == '.' || (c != '*' && is_edge_punctuation(c)))
}

/// Whether `text` is an address such as `https://…`, where every sign is literal.
pub(super) fn is_address(text: &str) -> bool {
    text.split_once("://")
        .is_some_and(|(scheme, rest)| has_word(scheme) && has_word(rest))
}

fn is_edge_punctuation(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | ':'
            | '!'
            | '?'
            | '…'
            | '·'
            | '•'
            | '|'
            | '\\'
            | '/'
            | '<'
            | '>'
            | '['
            | ']'
            | '{'
            | '}'
            | '('
            | ')'
            | '`'
            | '\''
            | '"'
            | '-'
            | '–'
            | '—'
            | '―'
            | '*'
            | '='
            | '^'
            | '~'
            | '¿'
            | '¡'
            | '、'
            | '。'
            | '，'
            | '？'
            | '！'
            | '；'
    )
}

#[cfg(test)]
mod tests {
    use super::word_in;

    #[track_caller]
    fn check(text: &str, word: &str) {
        assert_eq!(word_in(text).unwrap_or_default(), word);
    }

    #[test]
    fn punctuation_around_a_word_goes() {
        check("'Gaza',", "Gaza");
        check("Gaza.", "Gaza");
        check("(Rubio:", "Rubio");
        check("say?", "say");
    }

    #[test]
    fn signs_of_a_word_stay() {
        for word in [
            "U.S.", "C++", "50%", "$3.5bn", "#tag", "@me", "AT&T", "O'Brien", ".NET",
        ] {
            check(word, word);
        }
    }

    #[test]
    fn punctuation_alone_is_no_word() {
        check("--", "");
        check("&", "");
        check("…?!", "");
    }

    #[test]
    fn words_are_composed() {
        check("cafe\u{301}", "café");
    }
}
