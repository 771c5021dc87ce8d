//! The words of the index that a word of a query stands for.
//!
//! In: a word. Out: its exact forms with the number of articles that hold each.
//!
//! The index does not say which exact forms share a stem, so those that begin as the stem
//! does are stemmed again, in each language of the index. Their marks are gone by then,
//! so an inflection whose stem depends on marks may be missed.

use std::collections::{BTreeSet, HashSet};

use tantivy::Term as IndexTerm;
use tantivy::schema::Field;

use super::EmbeddedEngine;
use super::encode::{EXACT_MARK, indexed_form};
use crate::analysis::{Lexicon, Term, WordForm, readings, spelling_key};
use crate::query::{TextField, Word};

/// Letters at the end of a stem that an inflection may have otherwise (happi, happy).
const CHANGED_LETTERS: usize = 1;

impl EmbeddedEngine {
    /// The exact forms that `word` stands for, and how many articles hold each, most first.
    pub(super) fn forms_of(
        &self,
        field: TextField,
        word: &Word,
    ) -> tantivy::Result<Vec<(String, u64)>> {
        let field = self.fields.of_text(field);
        let rows = readings(std::iter::once(word.asked()), &self.languages);
        if rows.iter().any(|row| row.len() > 1) {
            return Ok(Vec::new());
        }
        let terms: Vec<Term> = rows.into_iter().flatten().collect();
        let mut forms = self.inflections(field, &terms)?;
        if word.form == WordForm::Stem {
            let written = std::iter::once((word.text.as_str(), WordForm::Exact));
            let written = readings(written, &self.languages).into_iter().flatten();
            forms.extend(written.map(|term| term.text));
        }
        for term in &terms {
            match term.form {
                WordForm::Stem => {}
                WordForm::Exact => {
                    forms.insert(term.text.clone());
                }
                _ => forms.extend(self.compiler().dictionary.exact_forms(field, term)?),
            }
        }
        self.counted(field, forms)
    }

    /// The exact forms that are spellings of each of some words of names, and how many
    /// articles hold each, most first. Reads the whole dictionary, if there are any words.
    pub(super) fn spellings_of(&self, words: &[&str]) -> tantivy::Result<Vec<Vec<(String, u64)>>> {
        let keys: Vec<String> = words.iter().map(|word| spelling_key(word)).collect();
        let mut forms = vec![BTreeSet::new(); words.len()];
        let readers = self.searcher.segment_readers().iter();
        for reader in readers.filter(|_| !words.is_empty()) {
            let index = reader.inverted_index(self.fields.text)?;
            let exact = EXACT_MARK.to_string();
            let mut stream = index.terms().range().ge(&exact).into_stream()?;
            while stream.advance() && stream.key().starts_with(exact.as_bytes()) {
                let Ok(form) = std::str::from_utf8(&stream.key()[exact.len()..]) else {
                    continue;
                };
                let found = spelling_key(form);
                for (_, forms) in keys
                    .iter()
                    .zip(&mut forms)
                    .filter(|(key, _)| **key == found)
                {
                    forms.insert(form.to_owned());
                }
            }
        }
        let counted = forms
            .into_iter()
            .map(|forms| self.counted(self.fields.text, forms));
        counted.collect()
    }

    /// Forms with how many articles hold each, most first; none that no article holds.
    fn counted(
        &self,
        field: Field,
        forms: BTreeSet<String>,
    ) -> tantivy::Result<Vec<(String, u64)>> {
        let mut counted = Vec::with_capacity(forms.len());
        for form in forms {
            let term = IndexTerm::from_field_text(field, &indexed_form(WordForm::Exact, &form));
            let articles = self.searcher.doc_freq(&term)?;
            counted.push((form, articles));
        }
        counted.retain(|&(_, articles)| articles > 0);
        counted.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        Ok(counted)
    }

    /// The exact forms whose stem is asked for.
    fn inflections(&self, field: Field, terms: &[Term]) -> tantivy::Result<BTreeSet<String>> {
        let stems = terms.iter().filter(|term| term.form == WordForm::Stem);
        let stems: HashSet<&str> = stems.map(|term| &*term.text).collect();
        let mut lexicons: Vec<Lexicon> = self.languages.iter().copied().map(Lexicon::new).collect();
        let prefixes: BTreeSet<String> = stems.iter().map(|stem| beginning(stem)).collect();
        let mut forms = BTreeSet::new();
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(field)?;
            for prefix in &prefixes {
                let prefix = format!("{EXACT_MARK}{prefix}");
                let mut stream = index.terms().range().ge(&prefix).into_stream()?;
                while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                    let key = std::str::from_utf8(stream.key()).ok();
                    let Some(form) = key.and_then(|key| key.strip_prefix(EXACT_MARK)) else {
                        continue;
                    };
                    let is_meant =
                        |lexicon: &mut Lexicon| stems.contains(&*lexicon.forms(form).stem);
                    if !forms.contains(form) && lexicons.iter_mut().any(is_meant) {
                        forms.insert(form.to_owned());
                    }
                }
            }
        }
        Ok(forms)
    }
}

/// The letters that all inflections of a stem begin with; at least two if it has them.
fn beginning(stem: &str) -> String {
    let letters = stem.chars().count();
    let kept = letters.saturating_sub(CHANGED_LETTERS).max(2);
    stem.chars().take(kept).collect()
}
