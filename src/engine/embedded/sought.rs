//! What a query looks for, term by term, as far as the score goes.
//!
//! In: the leaves of a query and the index. Out: scoring terms, each with the plans that
//! stand for it and what it weighs.
//!
//! A word's readings, one a language, have one frequency together; so has the exact
//! form, which counts for more, and so have all the words that a wildcard or a fuzzy
//! word stands for. A phrase weighs as much as its words together. A word is as rare as
//! it is anywhere in the text, wherever it is looked for.

use tantivy::Term as IndexTerm;

use super::EmbeddedEngine;
use super::compile::Compiler;
use super::positional::{Plan, PositionalQuery};
use super::schema::ARTICLE;
use crate::analysis::WordForm;
use crate::query::{Clause, ScoredLeaf, TextField, Word};
use crate::rank::{FUZZY, OTHER_FORM, RARITY_POWER, Weight, exact_strength, rarity};

/// A scoring term.
pub(super) struct Sought<'q> {
    /// The part of the query that asks for it.
    pub(super) clause: &'q Clause,
    /// Where it looks.
    pub(super) field: TextField,
    /// What stands for it, and what a place of that counts.
    pub(super) plans: Vec<(Plan, f32)>,
    /// How many articles hold it; of a phrase, its rarest word.
    pub(super) holding: u64,
    /// What it counts.
    pub(super) weight: Weight,
    /// Whether the query was expanded by it.
    pub(super) is_added: bool,
    /// What tantivy's BM25 of it is to be multiplied by, to come near to our score.
    pub(super) factor: f32,
}

/// Finds what leaves of queries stand for.
pub(super) struct Seeker<'e> {
    engine: &'e EmbeddedEngine,
    compiler: &'e Compiler<'e>,
    articles: u64,
}

impl<'e> Seeker<'e> {
    pub(super) fn new(
        engine: &'e EmbeddedEngine,
        compiler: &'e Compiler<'e>,
    ) -> tantivy::Result<Self> {
        let article = IndexTerm::from_field_text(engine.fields.kind, ARTICLE);
        Ok(Self {
            engine,
            compiler,
            articles: engine.searcher.doc_freq(&article)?,
        })
    }

    /// The scoring term of a leaf.
    pub(super) fn sought<'q>(&self, leaf: &ScoredLeaf<'q>) -> tantivy::Result<Sought<'q>> {
        let Some((field, words, gaps)) = leaf.clause.row() else {
            return self.placed(leaf);
        };
        let holding = words.iter().map(|word| self.holding(word));
        let holding = holding.collect::<tantivy::Result<Vec<_>>>()?;
        let rarities = holding
            .iter()
            .map(|&holding| rarity(self.articles, holding));
        let rarity: f32 = rarities.sum();
        let (plans, raised) = match words {
            [word] if !leaf.is_added => {
                let raised = rarity.powf(1.0 - 1.0 / RARITY_POWER);
                (self.forms(field, word, rarity)?, raised)
            }
            _ => (vec![(self.row(field, words, gaps)?, 1.0)], 1.0),
        };
        Ok(Sought {
            clause: leaf.clause,
            field,
            plans,
            holding: holding.into_iter().min().unwrap_or(0),
            weight: Weight {
                weight: leaf.weight * rarity,
                is_near: leaf.is_near,
            },
            is_added: leaf.is_added,
            factor: leaf.weight * raised,
        })
    }

    /// The scoring term of a leaf without words of its own: a person, or any quotation.
    fn placed<'q>(&self, leaf: &ScoredLeaf<'q>) -> tantivy::Result<Sought<'q>> {
        let plan = |field| {
            let field = self.engine.fields.of_text(field);
            self.compiler.planner(field).plan(leaf.clause)
        };
        let field = leaf.clause.positional_field().unwrap_or_default();
        let holding = self.engine.count(&PositionalQuery {
            field: self.engine.fields.of_text(TextField::Text),
            plan: plan(TextField::Text)?,
            in_lead: false,
            at_least: 1,
        })?;
        Ok(Sought {
            clause: leaf.clause,
            field,
            plans: vec![(plan(field)?, 1.0)],
            holding,
            weight: Weight {
                weight: leaf.weight * rarity(self.articles, holding),
                is_near: leaf.is_near,
            },
            is_added: leaf.is_added,
            factor: leaf.weight,
        })
    }

    /// The forms of a word, and what a place of each counts.
    fn forms(
        &self,
        field: TextField,
        word: &Word,
        of_all: f32,
    ) -> tantivy::Result<Vec<(Plan, f32)>> {
        let exact = Word::exact(&*word.text);
        let all = self.row(field, std::slice::from_ref(word), 0)?;
        let (other, strength) = match (&all, word.form) {
            (Plan::Terms(_), WordForm::Stem) => {
                let of_exact = rarity(self.articles, self.holding(&exact)?);
                (OTHER_FORM, exact_strength(of_all, of_exact))
            }
            (Plan::Terms(_), WordForm::Fuzzy(_)) => (FUZZY, 1.0),
            _ => return Ok(vec![(all, 1.0)]),
        };
        let exact = self.row(field, &[exact], 0)?;
        Ok(vec![(all, other), (exact, strength)])
    }

    /// How many articles hold a word anywhere in their text.
    fn holding(&self, word: &Word) -> tantivy::Result<u64> {
        let field = self.engine.fields.of_text(TextField::Text);
        let plan = self.row(TextField::Text, std::slice::from_ref(word), 0)?;
        match &plan {
            Plan::Terms(set) if set.terms().len() <= 1 => set
                .terms()
                .first()
                .map_or(Ok(0), |term| self.engine.searcher.doc_freq(term)),
            _ => self.engine.count(&PositionalQuery {
                field,
                plan,
                in_lead: false,
                at_least: 1,
            }),
        }
    }

    fn row(&self, field: TextField, words: &[Word], gaps: u32) -> tantivy::Result<Plan> {
        let field = self.engine.fields.of_text(field);
        self.compiler.planner(field).row(words, gaps)
    }
}
