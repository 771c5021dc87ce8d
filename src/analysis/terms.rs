//! What the words of a query look for.

use super::{Language, Lexicon, tokens};

/// How a query's word is compared with an article's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WordForm {
    /// As written, but for case and Latin marks.
    Exact,
    /// In any inflection.
    Stem,
}

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
/// A stem depends on the language, so the words are read in each language of the
/// index; an article matches if it holds the tokens of any one row. Rows are
/// distinct and not empty; there is none if no word has a letter or digit.
pub fn readings<'w>(
    words: impl Iterator<Item = (&'w str, WordForm)> + Clone,
    languages: &[Language],
) -> Vec<Vec<Term>> {
    let fallback = [Language::of(None)];
    let languages = if languages.is_empty() {
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
        for token in tokens(word) {
            let forms = lexicon.forms(token.surface);
            let text = match form {
                WordForm::Exact => &forms.exact,
                WordForm::Stem => &forms.stem,
            };
            row.push(Term {
                form,
                text: text.to_string(),
            });
        }
    }
    row
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
    fn a_hyphenated_word_is_several_terms() {
        check(&["Covid-19"], WordForm::Exact, &[&["covid", "19"]]);
        check(&["--"], WordForm::Stem, &[]);
    }
}
