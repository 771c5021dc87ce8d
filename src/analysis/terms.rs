//! What a word of a query looks for.

use super::{Language, Lexicon, tokens};

/// How a query's word is compared with an article's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordForm {
    /// As written, but for case and Latin marks.
    Exact,
    /// In any inflection.
    Stem,
}

/// One token that a query asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// A token whose exact form is this.
    Exact(String),
    /// A token whose stem is one of these: the word's stems in the languages that the
    /// index holds; sorted, at least one.
    Stems(Vec<String>),
}

/// The tokens, in a row, that a query's word asks for; none if it has no letter or digit.
pub fn query_terms(word: &str, form: WordForm, languages: &[Language]) -> Vec<Term> {
    tokens(word)
        .map(|token| term(token.surface, form, languages))
        .collect()
}

fn term(surface: &str, form: WordForm, languages: &[Language]) -> Term {
    match form {
        WordForm::Exact => Term::Exact(
            Lexicon::new(Language::of(None))
                .forms(surface)
                .exact
                .to_string(),
        ),
        WordForm::Stem => {
            let fallback = [Language::of(None)];
            let languages = if languages.is_empty() {
                &fallback
            } else {
                languages
            };
            let mut stems: Vec<_> = languages
                .iter()
                .map(|&language| Lexicon::new(language).forms(surface).stem.to_string())
                .collect();
            stems.sort();
            stems.dedup();
            Term::Stems(stems)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_a_stem_in_each_language() {
        let languages = [Language::of(Some("en")), Language::of(Some("fr"))];
        let stems = |word| query_terms(word, WordForm::Stem, &languages);
        assert_eq!(stems("sanctions"), [Term::Stems(vec!["sanction".into()])]);
        assert_eq!(
            stems("politiques"),
            [Term::Stems(vec!["polit".into(), "politiqu".into()])]
        );
    }

    #[test]
    fn a_hyphenated_word_is_several_tokens() {
        let terms = query_terms("Covid-19", WordForm::Exact, &[]);
        assert_eq!(
            terms,
            [Term::Exact("covid".into()), Term::Exact("19".into())]
        );
        assert_eq!(query_terms("--", WordForm::Exact, &[]), []);
    }
}
