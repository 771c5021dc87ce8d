//! Remembers the forms of words.
//!
//! In: a word as it stands in a text. Out: its exact form and its stem.
//!
//! Few words make up most of a text, so looking a word up costs far less than
//! lowering, folding and stemming it again.

use frostem::Stemmer;
use rustc_hash::FxHashMap;

use super::Language;
use super::fold::{fold_marks, lower};

/// Words that a lexicon remembers before it starts afresh: about 20 MB.
const MAX_WORDS: usize = 200_000;

/// The forms under which a word is indexed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forms {
    /// Case and Latin marks folded.
    pub exact: Box<str>,
    /// Inflections folded too.
    pub stem: Box<str>,
}

/// The forms of one language's words.
pub struct Lexicon {
    stemmer: Option<Stemmer>,
    /// Places in `forms`, by the word as it stands in texts.
    places: FxHashMap<Box<str>, usize>,
    forms: Vec<Forms>,
}

impl Lexicon {
    /// An empty lexicon for `language`.
    pub fn new(language: Language) -> Self {
        Self {
            stemmer: language.algorithm().map(Stemmer::new),
            places: FxHashMap::default(),
            forms: Vec::new(),
        }
    }

    /// The forms of a word as [`super::tokens`] yields it.
    #[inline]
    pub fn forms(&mut self, surface: &str) -> &Forms {
        let place = match self.places.get(surface) {
            Some(&place) => place,
            None => self.learn(surface),
        };
        &self.forms[place]
    }

    /// Works out the forms of a new word; returns their place.
    #[cold]
    fn learn(&mut self, surface: &str) -> usize {
        if self.forms.len() >= MAX_WORDS {
            self.places.clear();
            self.forms.clear();
        }
        let lower = lower(surface);
        let stem = fold_marks(self.stem(&lower)).into();
        let exact = fold_marks(lower).into();
        let place = self.forms.len();
        self.forms.push(Forms { exact, stem });
        self.places.insert(surface.into(), place);
        place
    }

    /// Numbers, initials and the like have no inflections.
    fn stem(&self, lower: &str) -> String {
        match &self.stemmer {
            Some(stemmer) if lower.chars().all(|c| c.is_alphabetic() || c == '\'') => {
                stemmer.stem(lower).into_owned()
            }
            _ => lower.to_owned(),
        }
    }
}

/// A lexicon for each language met so far.
#[derive(Default)]
pub struct Lexicons {
    by_language: FxHashMap<Language, Lexicon>,
}

impl Lexicons {
    /// The lexicon of an article's language.
    pub fn of(&mut self, language: Language) -> &mut Lexicon {
        self.by_language
            .entry(language)
            .or_insert_with(|| Lexicon::new(language))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lang: &str, surface: &str, exact: &str, stem: &str) {
        let mut lexicon = Lexicon::new(Language::of(Some(lang)));
        let forms = lexicon.forms(surface);
        assert_eq!((&*forms.exact, &*forms.stem), (exact, stem));
    }

    #[test]
    fn inflections_share_a_stem() {
        check("en", "Negotiators", "negotiators", "negoti");
        check("en", "sanctions", "sanctions", "sanction");
        check("fr", "Négociations", "negociations", "negoci");
        check("ru", "переговоров", "переговоров", "переговор");
        check("uk", "переговорів", "переговорів", "переговорів");
    }

    #[test]
    fn numbers_and_initials_are_not_stemmed() {
        check("en", "1,300s", "1300s", "1300s");
        check("en", "U.S", "u.s", "u.s");
    }

    #[test]
    fn a_full_lexicon_starts_afresh() {
        let mut lexicon = Lexicon::new(Language::of(None));
        for number in 0..=MAX_WORDS {
            lexicon.forms(&number.to_string());
        }
        assert!(lexicon.forms.len() < MAX_WORDS);
        assert_eq!(&*lexicon.forms("Talks").stem, "talk");
    }
}
