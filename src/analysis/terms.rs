//! What the words of a query look for.

use super::fold::{fold_marks, lower};
use super::pattern::{is_wildcard, masked, unmasked};
use super::{Language, Lexicon, tokens};

/// How a query's word is compared with an article's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WordForm {
    /// As written, but for case and Latin marks.
    Exact,
    /// In any inflection.
    Stem,
    /// With `*` for any characters, or none, and `?` for any one, in the exact form.
    Wildcard,
    /// In an exact form that at most this many edits make of it, 1 or 2: a letter more,
    /// less or another, or two neighbours changed over.
    Fuzzy(u8),
    /// In an exact form that this regular expression describes as a whole.
    Regex,
}

/// Shorter words are compared exactly where others are compared with edits: almost any
/// short word is one edit away from another.
const MIN_FUZZY_CHARS: usize = 3;

/// One token that a query asks for: a token matches if its form of this kind is this text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term {
    /// Which of a token's forms to compare.
    pub form: WordForm,
    /// The form asked for.
    pub text: String,
}

/// The rows of terms that stand for `words` in a row, one row for each way to read them.
///
/// A stem depends on the language, and no other form does, so the words are read in each
/// language of the index; an article matches if it holds the tokens of any one row. Rows are
/// distinct and not empty; there is none if no word has a letter or digit.
pub fn readings<'w>(
    words: impl Iterator<Item = (&'w str, WordForm)> + Clone,
    languages: &[Language],
) -> Vec<Vec<Term>> {
    let fallback = [Language::of(None)];
    let is_stem = |(_, form): (&str, WordForm)| form == WordForm::Stem;
    let languages = if languages.is_empty() || !words.clone().any(is_stem) {
        &fallback
    } else {
        languages
    };
    let mut rows: Vec<Vec<Term>> = languages
        .iter()
        .map(|&language| reading(words.clone(), language))
        .collect();
    rows.sort();
    rows.dedup();
    rows.retain(|row| !row.is_empty());
    rows
}

fn reading<'w>(words: impl Iterator<Item = (&'w str, WordForm)>, language: Language) -> Vec<Term> {
    let mut lexicon = Lexicon::new(language);
    let mut row = Vec::new();
    for (word, form) in words {
        match form {
            WordForm::Regex => row.push(Term {
                form,
                text: fold_marks(word.to_owned()),
            }),
            WordForm::Wildcard => {
                row.extend(tokens(&masked(word)).map(|token| wildcard_term(token.surface)));
            }
            _ => row.extend(tokens(word).map(|token| {
                let forms = lexicon.forms(token.surface);
                term(form, &forms.exact, &forms.stem)
            })),
        }
    }
    row
}

fn term(form: WordForm, exact: &str, stem: &str) -> Term {
    let form = match form {
        WordForm::Fuzzy(_) if exact.chars().count() < MIN_FUZZY_CHARS => WordForm::Exact,
        other => other,
    };
    let text = match form {
        WordForm::Stem => stem,
        _ => exact,
    };
    Term {
        form,
        text: text.to_owned(),
    }
}

/// The term of a token of a masked word: a wildcard, or as written if none is in it.
fn wildcard_term(surface: &str) -> Term {
    let text = unmasked(&fold_marks(lower(surface)));
    let form = if text.contains(is_wildcard) {
        WordForm::Wildcard
    } else {
        WordForm::Exact
    };
    Term { form, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &[&str], form: WordForm, expected: &[&[&str]]) {
        let languages = [Language::of(Some("en")), Language::of(Some("fr"))];
        let rows = readings(words.iter().map(|&word| (word, form)), &languages);
        let texts: Vec<Vec<_>> = rows
            .iter()
            .map(|row| row.iter().map(|term| &*term.text).collect())
            .collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn words_are_read_in_each_language() {
        check(&["sanctions"], WordForm::Stem, &[&["sanction"]]);
        check(
            &["politiques"],
            WordForm::Stem,
            &[&["polit"], &["politiqu"]],
        );
        check(
            &["new", "politiques"],
            WordForm::Exact,
            &[&["new", "politiques"]],
        );
    }

    #[test]
    fn wildcards_keep_their_places_among_the_tokens() {
        let term = |form, text: &str| Term {
            form,
            text: text.to_owned(),
        };
        let read = |word| readings(std::iter::once((word, WordForm::Wildcard)), &[]);
        let wildcard = |text| term(WordForm::Wildcard, text);
        assert_eq!(read("Sanction*"), [[wildcard("sanction*")]]);
        assert_eq!(read("wom?n"), [[wildcard("wom?n")]]);
        let covid = term(WordForm::Exact, "covid");
        assert_eq!(read("Covid-1*"), [[covid, wildcard("1*")]]);
        assert_eq!(read("*Élysée"), [[wildcard("*elysee")]]);
    }

    #[test]
    fn short_words_are_never_fuzzy() {
        let read = |word| readings(std::iter::once((word, WordForm::Fuzzy(1))), &[]);
        assert_eq!(read("Lavrof")[0][0].form, WordForm::Fuzzy(1));
        assert_eq!(read("EU")[0][0].form, WordForm::Exact);
    }

    #[test]
    fn a_hyphenated_word_is_several_terms() {
        check(&["Covid-19"], WordForm::Exact, &[&["covid", "19"]]);
        check(&["--"], WordForm::Stem, &[]);
    }
}
