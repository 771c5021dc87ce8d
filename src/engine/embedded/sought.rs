//! What a query looks for, term by term, as far as the score goes.
//!
//! In: a query and the index. Out: for each scoring term the rows of index terms that
//! stand for it, and what it weighs.
//!
//! Each leaf of the query that asks for text is one term, said as often as it stands
//! there. A word's readings, one a language, are one term with one frequency; so is
//! its exact form, which only counts for more. A phrase, or a word of several tokens,
//! weighs as much as its tokens together.

use rustc_hash::FxHashMap;
use tantivy::Term as IndexTerm;
use tantivy::query::{EnableScoring, Query};
use tantivy::schema::Field;

use super::encode::indexed_term;
use super::{EmbeddedEngine, compile::any_of};
use crate::analysis::{Term, WordForm, is_function_word, readings};
use crate::engine::Boost;
use crate::query::{Clause, TextField, Word};
use crate::rank::{FUNCTION_WORD, OTHER_FORM, Weight, exact_strength, rarity};

/// A scoring term.
pub(super) struct Sought<'q> {
    /// The part of the query that asks for it; none for a word that the query was expanded by.
    pub(super) leaf: Option<&'q Clause>,
    /// The word that it was expanded by, or of the leaf the words.
    pub(super) words: &'q [Word],
    /// Where to look.
    pub(super) field: Field,
    /// What stands for it.
    pub(super) rows: Vec<Row>,
    /// How many articles hold it; of a phrase, of its rarest word.
    pub(super) holding: u64,
    /// What it counts.
    pub(super) weight: Weight,
}

/// Index terms in a row that stand for a scoring term.
pub(super) struct Row {
    /// At least one.
    pub(super) terms: Vec<IndexTerm>,
    /// What a place of it counts.
    pub(super) strength: f32,
}

/// A leaf of the query: where it looks for which words, and how often it stands there.
struct Leaf<'q> {
    clause: &'q Clause,
    field: TextField,
    words: &'q [Word],
    times: u32,
}

impl EmbeddedEngine {
    /// The scoring terms of a query, in its order, and behind them those of `boosts`.
    pub(super) fn sought<'q>(
        &self,
        query: &'q Clause,
        boosts: &'q [Boost],
    ) -> tantivy::Result<Vec<Sought<'q>>> {
        let leaves = leaves(query);
        let has_content = leaves.iter().any(|leaf| !is_function(leaf.words));
        let mut sought = Vec::with_capacity(leaves.len() + boosts.len());
        for leaf in &leaves {
            let mut term = self.term(leaf.field, leaf.words)?;
            term.leaf = Some(leaf.clause);
            term.weight.weight *= leaf.times as f32;
            if has_content && is_function(leaf.words) {
                term.weight.weight *= FUNCTION_WORD;
                term.weight.is_near = false;
            }
            sought.push(term);
        }
        for boost in boosts {
            let mut term = self.term(TextField::Text, std::slice::from_ref(&boost.word))?;
            term.weight.weight *= boost.weight;
            term.weight.is_near = false;
            sought.push(term);
        }
        Ok(sought)
    }

    /// The scoring term of words in a row, said once.
    fn term<'q>(&self, field: TextField, words: &'q [Word]) -> tantivy::Result<Sought<'q>> {
        let readings = readings(words.iter().map(Word::form), &self.languages);
        let field = self.fields.of_text(field);
        let articles = self.articles()?;
        let tokens = readings.first().map_or(0, Vec::len);
        let mut holding = Vec::with_capacity(tokens);
        for at in 0..tokens {
            let terms: Vec<_> = readings
                .iter()
                .filter_map(|row| row.get(at))
                .map(|term| index_term(field, term))
                .collect();
            holding.push(self.articles_with(terms)?);
        }
        let weight = holding.iter().map(|&holding| rarity(articles, holding)).sum();
        let mut rows: Vec<_> = readings.iter().map(|row| row_of(field, row)).collect();
        if let ([word], [holding]) = (words, &*holding)
            && word.form().1 == WordForm::Stem
        {
            let of_all = rarity(articles, *holding);
            rows.iter_mut().for_each(|row| row.strength = OTHER_FORM);
            rows.push(self.exact_row(field, word, of_all)?);
        }
        Ok(Sought {
            leaf: None,
            words,
            field,
            rows,
            holding: holding.into_iter().min().unwrap_or(0),
            weight: Weight {
                weight,
                is_near: true,
            },
        })
    }

    /// The row of a word as it is written, which counts for more than its other forms.
    fn exact_row(&self, field: Field, word: &Word, of_all: f32) -> tantivy::Result<Row> {
        let exact = exact_form(word);
        let mut row = row_of(field, &exact);
        let holding = self.articles_with(row.terms.clone())?;
        row.strength = exact_strength(of_all, rarity(self.articles()?, holding));
        Ok(row)
    }

    /// How many articles hold one of `terms` at least.
    fn articles_with(&self, mut terms: Vec<IndexTerm>) -> tantivy::Result<u64> {
        terms.sort_unstable();
        terms.dedup();
        match &*terms {
            [term] => self.searcher.doc_freq(term),
            _ => self.count(&*any_of(terms)),
        }
    }
}

/// The leaves of a query that ask for text, each once.
fn leaves(query: &Clause) -> Vec<Leaf<'_>> {
    let mut leaves: Vec<Leaf<'_>> = Vec::new();
    let mut places = FxHashMap::default();
    for clause in query.positive_leaves() {
        let (field, words) = match clause {
            Clause::Word { field, word } => (*field, std::slice::from_ref(word)),
            Clause::Phrase { field, words } => (*field, words.as_slice()),
            _ => continue,
        };
        let place = *places.entry(clause).or_insert(leaves.len());
        match leaves.get_mut(place) {
            Some(leaf) => leaf.times += 1,
            None => leaves.push(Leaf {
                clause,
                field,
                words,
                times: 1,
            }),
        }
    }
    leaves
}

/// Whether this is a function word, and not asked for exactly or in a phrase.
fn is_function(words: &[Word]) -> bool {
    match words {
        [word] if !word.exact => {
            let exact = exact_form(word);
            matches!(&*exact, [term] if is_function_word(&term.text))
        }
        _ => false,
    }
}

/// The tokens of a word as they are written.
fn exact_form(word: &Word) -> Vec<Term> {
    let written = std::iter::once((word.text.as_str(), WordForm::Exact));
    readings(written, &[]).pop().unwrap_or_default()
}

fn row_of(field: Field, row: &[Term]) -> Row {
    Row {
        terms: row.iter().map(|term| index_term(field, term)).collect(),
        strength: 1.0,
    }
}

fn index_term(field: Field, term: &Term) -> IndexTerm {
    IndexTerm::from_field_text(field, &indexed_term(term))
}
