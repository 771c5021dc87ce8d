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
use super::positional::{Plan, PositionalQuery, TermSet, holding_any};
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
    /// What stands for it.
    pub(super) forms: Forms,
    /// What stands for it in titles; none where how often an article holds it cannot be
    /// told without its positions.
    pub(super) in_titles: Option<Forms>,
    /// How many articles hold it; of a phrase, its rarest word.
    pub(super) holding: u64,
    /// What it counts.
    pub(super) weight: Weight,
    /// Whether the query was expanded by it.
    pub(super) is_added: bool,
    /// What tantivy's BM25 of it is to be multiplied by, to come near to our score.
    pub(super) factor: f32,
}

/// What stands for a scoring term.
pub(super) struct Forms {
    pub(super) all: Plan,
    /// The form that was asked for among them; none if there are no others.
    pub(super) exact: Option<Plan>,
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
        let all = self.row(field, words, gaps)?;
        let holding = match &all {
            Plan::Terms(set) if field != TextField::Title => vec![self.holding_any(set)?],
            // In titles alone a word seems rarer than it is.
            _ => {
                let holding = words.iter().map(|word| self.holding(word));
                holding.collect::<tantivy::Result<_>>()?
            }
        };
        let rarities = holding
            .iter()
            .map(|&holding| rarity(self.articles, holding));
        let rarity: f32 = rarities.sum();
        let raised = match words {
            [_] if !leaf.is_added => rarity.powf(1.0 - 1.0 / RARITY_POWER),
            _ => 1.0,
        };
        let (forms, [other, exact]) = if leaf.is_added {
            (Forms { all, exact: None }, [1.0, 1.0])
        } else {
            self.forms((field, words), all, rarity)?
        };
        Ok(Sought {
            clause: leaf.clause,
            field,
            in_titles: self.in_titles((field, words), &forms),
            forms,
            holding: holding.into_iter().min().unwrap_or(0),
            weight: Weight {
                weight: leaf.weight * rarity,
                exact,
                other,
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
        let all = plan(field)?;
        let holding = match field {
            TextField::Title => self.count(plan(TextField::Text)?)?,
            TextField::Text | TextField::Lead => self.count(all.clone())?,
        };
        Ok(Sought {
            clause: leaf.clause,
            field,
            forms: Forms { all, exact: None },
            in_titles: None,
            holding,
            weight: Weight {
                weight: leaf.weight * rarity(self.articles, holding),
                exact: 1.0,
                other: 1.0,
                is_near: leaf.is_near,
            },
            is_added: leaf.is_added,
            factor: leaf.weight,
        })
    }

    /// The forms of a word, and what a place of the others and of the exact one counts.
    fn forms(
        &self,
        (field, words): (TextField, &[Word]),
        all: Plan,
        of_all: f32,
    ) -> tantivy::Result<(Forms, [f32; 2])> {
        let (Plan::Terms(_), [word]) = (&all, words) else {
            return Ok((Forms { all, exact: None }, [1.0, 1.0]));
        };
        if !matches!(word.form, WordForm::Stem | WordForm::Fuzzy(_)) {
            return Ok((Forms { all, exact: None }, [1.0, 1.0]));
        }
        let written = Word::exact(&*word.text);
        let exact = self.row(field, std::slice::from_ref(&written), 0)?;
        let strengths = match (word.form, &exact) {
            (WordForm::Fuzzy(_), _) => [FUZZY, 1.0],
            (_, exact) => {
                let holding = match exact {
                    Plan::Terms(set) if field != TextField::Title => self.holding_any(set)?,
                    _ => self.holding(&written)?,
                };
                let of_exact = rarity(self.articles, holding);
                [OTHER_FORM, exact_strength(of_all, of_exact)]
            }
        };
        let exact = Some(exact);
        Ok((Forms { all, exact }, strengths))
    }

    /// The same forms in titles, of a plain word of the text.
    fn in_titles(&self, (field, words): (TextField, &[Word]), forms: &Forms) -> Option<Forms> {
        let [word] = words else {
            return None;
        };
        let is_plain = matches!(word.form, WordForm::Stem | WordForm::Exact);
        if field != TextField::Text || !is_plain {
            return None;
        }
        let titles = self.engine.fields.of_text(TextField::Title);
        let in_titles = |plan: &Plan| match plan {
            Plan::Terms(set) => Some(Plan::Terms(set.in_field(titles))),
            _ => None,
        };
        Some(Forms {
            all: in_titles(&forms.all)?,
            exact: forms.exact.as_ref().and_then(in_titles),
        })
    }

    /// How many articles hold a word anywhere in their text.
    fn holding(&self, word: &Word) -> tantivy::Result<u64> {
        let plan = self.row(TextField::Text, std::slice::from_ref(word), 0)?;
        match &plan {
            Plan::Terms(set) => self.holding_any(set),
            _ => self.count(plan),
        }
    }

    /// How many articles hold any of some terms of the text.
    fn holding_any(&self, set: &TermSet) -> tantivy::Result<u64> {
        if set.is_merged() {
            return self.count(Plan::Terms(set.clone()));
        }
        let readers = self.engine.searcher.segment_readers().iter();
        readers.map(|reader| holding_any(set.terms(), reader)).sum()
    }

    fn count(&self, plan: Plan) -> tantivy::Result<u64> {
        self.engine.count(&PositionalQuery {
            field: self.engine.fields.of_text(TextField::Text),
            plan,
            in_lead: false,
            at_least: 1,
        })
    }

    fn row(&self, field: TextField, words: &[Word], gaps: u32) -> tantivy::Result<Plan> {
        let field = self.engine.fields.of_text(field);
        self.compiler.planner(field).row(words, gaps)
    }
}
