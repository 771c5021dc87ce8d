//! What a positional clause asks of postings, with every word spelled out.
//!
//! In: a clause that is positional. Out: a [`Plan`] over terms of the index; words with
//! wildcards, edits or regular expressions have become the terms that they stand for.

use std::collections::BTreeMap;

use tantivy::Term;
use tantivy::schema::Field;

use super::super::compile::distinct;
use super::super::dictionary::Dictionary;
use super::super::encode::indexed_form;
use super::super::marks::Mark;
use super::merged::TermSet;
use crate::analysis::{self, Language, WordForm, name_keys, readings};
use crate::query::{Clause, Reach, Word};

/// Where a clause is met, by terms.
#[derive(Clone, Debug)]
pub(in super::super) enum Plan {
    /// Any of these terms.
    Terms(TermSet),
    /// One of each of these, in order, with at most so many positions in between.
    Row(Vec<TermSet>, u32),
    /// One of each of these, all at one position.
    Together(Vec<TermSet>),
    /// Any of these.
    Any(Vec<Plan>),
    /// All of these.
    All(Vec<Plan>),
    /// Inside one quotation of someone.
    Said(Box<SaidPlan>),
    /// Both near each other, or the first without the second.
    Near(Box<NearPlan>),
}

/// Two plans and how they are to lie.
#[derive(Clone, Debug)]
pub(in super::super) struct NearPlan {
    pub(super) sides: [Plan; 2],
    pub(super) reach: Reach,
    pub(super) in_order: bool,
    pub(super) negated: bool,
}

/// A speaker, and what is looked for in the speaker's words.
#[derive(Clone, Debug)]
pub(in super::super) struct SaidPlan {
    /// The marks at which quotations begin, and those at which they end.
    pub(super) marks: [Vec<TermSet>; 2],
    /// What a quotation is to hold; `None` for any quotation.
    pub(super) inner: Option<Plan>,
}

/// Makes plans for clauses in one field.
pub(in super::super) struct Planner<'a> {
    /// The field in which all words are looked for.
    pub(in super::super) field: Field,
    /// The field of the marks of people in it.
    pub(in super::super) people: Field,
    pub(in super::super) languages: &'a [Language],
    pub(in super::super) dictionary: &'a Dictionary<'a>,
}

impl Planner<'_> {
    /// The plan of a clause that is positional, or can be inside a quotation; of any other,
    /// one that is met nowhere.
    pub(in super::super) fn plan(&self, clause: &Clause) -> tantivy::Result<Plan> {
        match clause {
            Clause::Word { word, .. } => self.row(std::slice::from_ref(word), 0),
            Clause::Phrase { words, gaps, .. } => self.row(words, *gaps),
            Clause::Or(clauses) => {
                let plans = clauses.iter().map(|clause| self.plan(clause));
                Ok(any(plans.collect::<tantivy::Result<_>>()?))
            }
            Clause::And(clauses) => {
                let plans = distinct(clauses).map(|clause| self.plan(clause));
                Ok(Plan::All(plans.collect::<tantivy::Result<_>>()?))
            }
            Clause::Weighted { clause, .. } => self.plan(clause),
            Clause::Actor { name, .. } => {
                let mut marks = self.marks(Mark::Named, &name_keys(name));
                Ok(match marks.len() {
                    0 => Plan::Any(Vec::new()),
                    1 => Plan::Terms(marks.remove(0)),
                    _ => Plan::Together(marks),
                })
            }
            Clause::Said { speaker, .. } => {
                let keys = name_keys(speaker);
                if keys.is_empty() {
                    return Ok(Plan::Any(Vec::new()));
                }
                let inner = clause.quoted().map(|inner| self.plan(inner));
                let inner = inner.transpose()?;
                Ok(Plan::Said(Box::new(SaidPlan {
                    marks: [Mark::Opens, Mark::Closes].map(|mark| self.marks(mark, &keys)),
                    inner,
                })))
            }
            Clause::Near(near) | Clause::NotNear(near) => Ok(Plan::Near(Box::new(NearPlan {
                sides: [self.plan(&near.left)?, self.plan(&near.right)?],
                reach: near.reach,
                in_order: near.in_order,
                negated: matches!(clause, Clause::NotNear(_)),
            }))),
            _ => Ok(Plan::Any(Vec::new())),
        }
    }

    /// The terms of a mark, one for each word of a name.
    fn marks(&self, mark: Mark, keys: &[String]) -> Vec<TermSet> {
        let terms = keys.iter().map(|key| mark.term(key));
        let terms = terms.map(|term| Term::from_field_text(self.people, &term));
        terms.map(|term| TermSet::new(vec![term])).collect()
    }

    /// Words in a row, in each way to read them.
    pub(in super::super) fn row(&self, words: &[Word], gaps: u32) -> tantivy::Result<Plan> {
        let rows = readings(words.iter().map(Word::asked), self.languages);
        let rows = rows.iter().map(|row| {
            let words = row.iter().map(|term| self.terms(term));
            let mut words = words.collect::<tantivy::Result<Vec<_>>>()?;
            Ok(if words.len() == 1 {
                Plan::Terms(words.remove(0))
            } else {
                Plan::Row(words, gaps)
            })
        });
        Ok(any(rows.collect::<tantivy::Result<_>>()?))
    }

    /// The terms of the index that a term of the query stands for.
    fn terms(&self, term: &analysis::Term) -> tantivy::Result<TermSet> {
        let indexed = |form, text: &str| {
            let marked = self.dictionary.is_marked(self.field);
            let form = if marked { form } else { WordForm::Stem };
            Term::from_field_text(self.field, &indexed_form(form, text))
        };
        match term.form {
            WordForm::Stem | WordForm::Exact => {
                Ok(TermSet::new(vec![indexed(term.form, &term.text)]))
            }
            _ => self.dictionary.remembered(self.field, term, |forms| {
                let terms = forms.iter().map(|form| indexed(WordForm::Exact, form));
                TermSet::new(terms.collect())
            }),
        }
    }
}

/// Any of several plans; single terms of one field among them become one.
fn any(mut plans: Vec<Plan>) -> Plan {
    if plans.len() == 1 {
        return plans.remove(0);
    }
    let mut by_field: BTreeMap<Field, Vec<Term>> = BTreeMap::new();
    let mut others = Vec::new();
    for plan in plans {
        match plan {
            Plan::Terms(set) => {
                for term in set.terms() {
                    let of_field = by_field.entry(term.field()).or_default();
                    of_field.push(term.clone());
                }
            }
            Plan::Any(more) => others.extend(more),
            other => others.push(other),
        }
    }
    others.extend(by_field.into_values().map(|mut terms| {
        terms.sort();
        terms.dedup();
        Plan::Terms(TermSet::new(terms))
    }));
    match others.len() {
        0 => Plan::Terms(TermSet::new(Vec::new())),
        1 => others.remove(0),
        _ => Plan::Any(others),
    }
}
