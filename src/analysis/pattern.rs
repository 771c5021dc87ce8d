//! Words with blanks in them: wildcards, edits and regular expressions.
//!
//! In: a [`Term`] of a query. Out: whether an exact form fits it ([`TermTest`]).
//!
//! A wildcard is not part of a word, so a word with wildcards would be cut into
//! pieces; before it is cut, [`masked`] puts letters in their place.

use std::sync::OnceLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};
use regex::Regex;

use super::{Term, WordForm};

/// Letters that stand for `*` and `?` while a word is cut into tokens: no text uses them,
/// and folding leaves them as they are.
const MASKS: [(char, char); 2] = [('*', '\u{A66E}'), ('?', '\u{A66D}')];

/// The most states of a regular expression, in bytes.
const REGEX_MAX_BYTES: usize = 1 << 20;

/// Whether a character is a wildcard.
pub fn is_wildcard(c: char) -> bool {
    MASKS.iter().any(|&(wildcard, _)| wildcard == c)
}

/// The word with letters in place of its wildcards.
pub fn masked(word: &str) -> String {
    let masked = |c| {
        MASKS
            .iter()
            .find(|mask| mask.0 == c)
            .map_or(c, |mask| mask.1)
    };
    word.chars().map(masked).collect()
}

/// The word with its wildcards again.
pub fn unmasked(word: &str) -> String {
    let unmasked = |c| {
        MASKS
            .iter()
            .find(|mask| mask.1 == c)
            .map_or(c, |mask| mask.0)
    };
    word.chars().map(unmasked).collect()
}

/// The regular expression for whole exact forms that a user's stands for.
///
/// # Errors
///
/// What is wrong with it, in one line.
pub fn word_regex(pattern: &str) -> Result<Regex, String> {
    let build = |pattern: &str| {
        regex::RegexBuilder::new(pattern)
            .case_insensitive(true)
            .size_limit(REGEX_MAX_BYTES)
            .build()
    };
    // On its own first, as parentheses that do not match may match with those around it.
    let built = build(pattern).and_then(|_| build(&format!("^(?:{pattern})$")));
    built.map_err(|cause| match cause {
        regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
        other => last_line(&other.to_string()),
    })
}

/// What is wrong stands in the last line of the cause, behind a label.
fn last_line(cause: &str) -> String {
    let line = cause.lines().last().unwrap_or_default();
    line.trim_start_matches("error:").trim().to_owned()
}

/// Tells which exact forms a term of a query takes.
pub enum TermTest {
    /// Only this form.
    Exact(String),
    /// Those that fit a wildcard.
    Wildcard(Vec<char>),
    /// Those that a few edits make.
    Fuzzy(Box<DFA>),
    /// Those that a regular expression describes; none if it cannot be read.
    Regex(Option<Regex>),
}

impl TermTest {
    /// The test of `term`; `None` for one that asks for a stem.
    pub fn of(term: &Term) -> Option<Self> {
        match term.form {
            WordForm::Stem => None,
            WordForm::Exact => Some(Self::Exact(term.text.clone())),
            WordForm::Wildcard => Some(Self::Wildcard(term.text.chars().collect())),
            WordForm::Fuzzy(edits) => {
                Some(Self::Fuzzy(Box::new(edit_automaton(edits, &term.text))))
            }
            WordForm::Regex => Some(Self::Regex(word_regex(&term.text).ok())),
        }
    }

    /// Whether the term takes the exact form `form`.
    pub fn takes(&self, form: &str) -> bool {
        match self {
            Self::Exact(text) => text == form,
            Self::Wildcard(pattern) => fits(pattern, form),
            Self::Fuzzy(dfa) => matches!(dfa.eval(form), Distance::Exact(_)),
            Self::Regex(regex) => regex.as_ref().is_some_and(|regex| regex.is_match(form)),
        }
    }
}

/// The automaton of what at most `edits` edits make of `text`; more than two count as two.
pub fn edit_automaton(edits: u8, text: &str) -> DFA {
    // To make a builder takes milliseconds, to make an automaton of it microseconds.
    static BUILDERS: [OnceLock<LevenshteinAutomatonBuilder>; 2] = [const { OnceLock::new() }; 2];
    let edits = edits.clamp(1, 2);
    BUILDERS[usize::from(edits) - 1]
        .get_or_init(|| LevenshteinAutomatonBuilder::new(edits, true))
        .build_dfa(text)
}

/// Whether `form` fits a pattern of letters, `*` and `?`.
///
/// Goes back to the last `*` only, so it takes at most as many steps as the product of
/// both lengths.
fn fits(pattern: &[char], form: &str) -> bool {
    let form: Vec<char> = form.chars().collect();
    let (mut at, mut in_form) = (0, 0);
    let mut last_star: Option<(usize, usize)> = None;
    while in_form < form.len() {
        match pattern.get(at) {
            Some('*') => {
                last_star = Some((at, in_form));
                at += 1;
            }
            Some(&c) if c == '?' || c == form[in_form] => {
                at += 1;
                in_form += 1;
            }
            _ => match &mut last_star {
                Some((star, taken)) => {
                    *taken += 1;
                    (at, in_form) = (*star + 1, *taken);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|&c| c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: WordForm, text: &str, taken: &[&str], refused: &[&str]) {
        let text = text.to_owned();
        let test = TermTest::of(&Term { form, text }).expect("no stem");
        taken
            .iter()
            .for_each(|word| assert!(test.takes(word), "{word}"));
        refused
            .iter()
            .for_each(|word| assert!(!test.takes(word), "{word}"));
    }

    #[test]
    fn wildcards_stand_for_any_and_for_one() {
        let wildcard = WordForm::Wildcard;
        check(
            wildcard,
            "sanction*",
            &["sanction", "sanctions"],
            &["sanctio", "unsanctioned"],
        );
        check(
            wildcard,
            "wom?n",
            &["woman", "women", "womên"],
            &["womn", "womaan"],
        );
        check(wildcard, "*ploy*", &["ploy", "deployment"], &["plo"]);
        check(
            wildcard,
            "a*b*c",
            &["abc", "aabbcc", "abcbc"],
            &["acb", "ab"],
        );
    }

    #[test]
    fn edits_count_neighbours_changed_over_once() {
        check(
            WordForm::Fuzzy(1),
            "lavrov",
            &["lavrov", "lavrof", "lavov", "larvov", "llavrov"],
            &["lavof"],
        );
        check(WordForm::Fuzzy(2), "lavrov", &["lavof"], &["putin"]);
    }

    #[test]
    fn a_regular_expression_describes_the_whole_form() {
        check(
            WordForm::Regex,
            "Zelens(ky|kyy)",
            &["zelensky", "zelenskyy"],
            &["zelenskyyy", "zelens"],
        );
        check(WordForm::Regex, "a|b", &["a", "b"], &["ab"]);
        check(WordForm::Regex, "(", &[], &["("]);
        assert_eq!(word_regex("a(").unwrap_err(), "unclosed group");
        assert_eq!(word_regex("a)|(?:b").unwrap_err(), "unopened group");
    }
}
