//! What a query is scored by: its parts that ask for text, and how much each counts.
//!
//! In: a query. Out: its leaves of words and phrases, each once. How rare they are, and
//! where an article has them, is left to the engines.

use std::collections::HashMap;

use super::ast::{Clause, TextField, Word};
use crate::analysis::{WordForm, is_function_word, readings};
use crate::rank::FUNCTION_WORD;

/// A part of a query that articles are scored by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoredLeaf<'q> {
    /// A [`Clause::Word`], [`Clause::Phrase`] or [`Clause::Actor`], or any quotation of someone.
    pub clause: &'q Clause,
    /// How much it counts for how rare it is: once for each time that the query says it,
    /// by the weights around it, and a little where it is a function word among others.
    pub weight: f32,
    /// Whether it counts that it stands near others.
    pub is_near: bool,
    /// Whether the query was expanded by it; its inflections all count the same then.
    pub is_added: bool,
}

impl<'q> ScoredLeaf<'q> {
    /// A word that a query is expanded by.
    pub fn added(clause: &'q Clause, weight: f32) -> Self {
        Self {
            clause,
            weight,
            is_near: false,
            is_added: true,
        }
    }
}

impl Clause {
    /// The parts of the query that articles are scored by, in order of their first mention.
    ///
    /// Nothing that [`Clause::positive_leaves`] leaves out. A query of function words
    /// alone keeps their weights.
    pub fn scored_leaves(&self) -> Vec<ScoredLeaf<'_>> {
        let mut leaves = said(self);
        let is_function: Vec<bool> = leaves.iter().map(|leaf| is_function(leaf.clause)).collect();
        if is_function.contains(&false) {
            for (leaf, is_function) in leaves.iter_mut().zip(is_function) {
                if is_function {
                    leaf.weight *= FUNCTION_WORD;
                    leaf.is_near = false;
                }
            }
        }
        leaves
    }
}

/// Words in a row: where they are looked for, the words, and how many others may stand between them.
pub type WordRow<'q> = (TextField, &'q [Word], u32);

impl Clause {
    /// The words of a [`Clause::Word`] or [`Clause::Phrase`].
    pub fn row(&self) -> Option<WordRow<'_>> {
        match self {
            Self::Word { field, word } => Some((*field, std::slice::from_ref(word), 0)),
            Self::Phrase { field, words, gaps } => Some((*field, words, *gaps)),
            _ => None,
        }
    }
}

/// The words and phrases of a query, each with how often it is said.
fn said(query: &Clause) -> Vec<ScoredLeaf<'_>> {
    let mut leaves: Vec<ScoredLeaf<'_>> = Vec::new();
    let mut places: HashMap<&Clause, usize> = HashMap::new();
    let mut waiting = vec![(query, 1.0)];
    while let Some((clause, weight)) = waiting.pop() {
        if let Some(inner) = clause.quoted() {
            waiting.push((inner, weight));
            continue;
        }
        match clause {
            Clause::And(clauses) | Clause::Or(clauses) => {
                waiting.extend(clauses.iter().rev().map(|clause| (clause, weight)));
            }
            Clause::Near(near) => waiting.extend([(&near.right, weight), (&near.left, weight)]),
            Clause::NotNear(near) => waiting.push((&near.left, weight)),
            Clause::AtLeast { clause, .. } => waiting.push((clause, weight)),
            Clause::Weighted {
                weight: more,
                clause,
            } => waiting.push((clause, weight * more.factor())),
            Clause::Word { .. }
            | Clause::Phrase { .. }
            | Clause::Actor { .. }
            | Clause::Said { .. } => {
                let place = *places.entry(clause).or_insert(leaves.len());
                match leaves.get_mut(place) {
                    Some(leaf) => leaf.weight += weight,
                    None => leaves.push(ScoredLeaf {
                        clause,
                        weight,
                        is_near: true,
                        is_added: false,
                    }),
                }
            }
            Clause::All | Clause::Keyword { .. } | Clause::Date(_) | Clause::Not(_) => {}
        }
    }
    leaves
}

/// Whether this is a function word, and not asked for as written or in a phrase.
fn is_function(clause: &Clause) -> bool {
    match clause {
        Clause::Word {
            word: Word {
                text,
                form: WordForm::Stem,
            },
            ..
        } => {
            let written = std::iter::once((text.as_str(), WordForm::Exact));
            let exact = readings(written, &[]).pop().unwrap_or_default();
            matches!(&*exact, [term] if is_function_word(&term.text))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::query::{Weight, parse_plain, parse_strict};

    #[track_caller]
    fn check(query: &Clause, expected: &[(&str, f32)]) {
        let leaves = query.scored_leaves();
        let found: Vec<_> = leaves
            .iter()
            .map(|leaf| (leaf.clause.to_string(), leaf.weight))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(text, weight)| ((*text).to_owned(), *weight))
            .collect();
        assert_eq!(found, expected);
    }

    fn read(query: &str) -> Clause {
        parse_strict(query, date(2025, 3, 15)).unwrap().0
    }

    #[test]
    fn what_is_said_twice_counts_twice() {
        check(
            &parse_plain("oil gas Oil oil"),
            &[("oil", 2.0), ("gas", 1.0), ("Oil", 1.0)],
        );
        let doubled = Clause::weighted(Clause::word("oil"), Weight(250));
        check(
            &Clause::and(vec![Clause::word("oil"), doubled]),
            &[("oil", 3.5)],
        );
    }

    #[test]
    fn function_words_count_little_beside_others() {
        check(
            &parse_plain("the oil"),
            &[("the", FUNCTION_WORD), ("oil", 1.0)],
        );
        check(&parse_plain("The Who"), &[("The", 1.0), ("Who", 1.0)]);
        check(&read("=the oil"), &[("=the", 1.0), ("oil", 1.0)]);
    }

    #[test]
    fn exclusions_and_filters_score_nothing() {
        check(
            &read("Rubio NEAR/5 (talks OR \"peace plan\") NOT oil source:wire"),
            &[("Rubio", 1.0), ("talks", 1.0), ("\"peace plan\"", 1.0)],
        );
    }
}
