//! The score of an article, computed by looking at everything.
//!
//! In: articles and a query. Out: what [`crate::rank`] says that the score is, from its
//! constants alone: the oracle of that room and of the engines that feed it.

use super::ScanEngine;
use super::places::{Spot, Texts};
use crate::analysis::{WordForm, readings};
use crate::article::Article;
use crate::engine::TermScore;
use crate::query::{Clause, ScoredLeaf, TextField, Word};
use crate::rank::{B, FUZZY, K1, NEARNESS, NEARNESS_WORDS, OTHER_FORM, Part, RARITY_POWER, TITLE};

/// What a query's terms count.
pub(super) struct Weighing<'q> {
    pub(super) terms: Vec<Weighed<'q>>,
    /// How many words an article has at the mean.
    pub(super) mean_words: f32,
}

/// A scoring term and what it counts.
pub(super) struct Weighed<'q> {
    leaf: ScoredLeaf<'q>,
    weight: f32,
    articles: u64,
    /// What places count, and those of the exact form.
    strengths: (f32, f32),
}

/// A place of a term, and what it counts.
struct Counted {
    /// Title, lead or body, from 0.
    section: usize,
    position: u32,
    strength: f32,
}

impl ScanEngine {
    /// What the parts of a query count.
    pub(super) fn weighed<'q>(&self, leaves: Vec<ScoredLeaf<'q>>) -> Weighing<'q> {
        let words: u64 = self.articles.iter().map(words_of).sum();
        let mean_words = words as f32 / self.articles.len().max(1) as f32;
        Weighing {
            terms: leaves.into_iter().map(|leaf| self.weigh(leaf)).collect(),
            mean_words: mean_words.max(1.0),
        }
    }

    fn weigh<'q>(&self, leaf: ScoredLeaf<'q>) -> Weighed<'q> {
        let (_, words, _) = leaf.clause.row().unwrap_or_default();
        let mut holding: Vec<u64> = words.iter().map(|word| self.holding(word)).collect();
        if words.is_empty() {
            holding.push(self.holding_anywhere(leaf.clause));
        }
        let rarity: f32 = holding.iter().map(|&holding| self.rarity(holding)).sum();
        let strengths = match words {
            [word] if self.is_one_token(word) && !leaf.is_added => match word.form {
                WordForm::Stem => {
                    let of_exact = self.rarity(self.holding(&Word::exact(&*word.text)));
                    (OTHER_FORM, f32::max(1.0, (1.0 + of_exact / rarity) / 2.0))
                }
                WordForm::Fuzzy(_) => (FUZZY, 1.0),
                _ => (1.0, 1.0),
            },
            _ => (1.0, 1.0),
        };
        Weighed {
            leaf,
            weight: leaf.weight * rarity,
            articles: holding.into_iter().min().unwrap_or(0),
            strengths,
        }
    }

    fn is_one_token(&self, word: &Word) -> bool {
        let rows = readings(std::iter::once(word.asked()), &self.languages);
        rows.iter().all(|row| row.len() == 1)
    }

    fn holding(&self, word: &Word) -> u64 {
        let clause = Clause::Word {
            field: TextField::Text,
            word: word.clone(),
        };
        let holds = |article: &&Article| self.places(article, &clause) > 0;
        self.articles.iter().filter(holds).count() as u64
    }

    /// How many articles hold what a clause about people asks for, anywhere in their text.
    fn holding_anywhere(&self, clause: &Clause) -> u64 {
        let holds = |article: &&Article| {
            let texts = Texts::of(article, TextField::Text);
            !texts.places(clause, &self.languages).is_empty()
        };
        self.articles.iter().filter(holds).count() as u64
    }

    fn rarity(&self, holding: u64) -> f32 {
        let (all, holding) = (self.articles.len() as f32, holding as f32);
        (1.0 + (all - holding + 0.5) / (holding + 0.5))
            .ln()
            .powf(RARITY_POWER)
    }

    /// What each term adds to the score of an article.
    pub(super) fn term_scores(&self, article: &Article, query: &Weighing<'_>) -> Vec<TermScore> {
        let terms = &query.terms;
        let counted: Vec<_> = terms
            .iter()
            .map(|term| self.counted(article, term))
            .collect();
        let length = words_of(article) as f32 / query.mean_words;
        let near = terms.iter().filter(|term| term.leaf.is_near).count();
        let score = |(number, term): (usize, &Weighed<'_>)| {
            let places = &counted[number];
            let count =
                |place: &Counted| place.strength * if place.section == 0 { TITLE } else { 1.0 };
            let frequency: f32 = places.iter().map(count).sum();
            let saturated = frequency / (frequency + K1 * (1.0 - B + B * length));
            let in_title = places.iter().filter(|place| place.section == 0).count();
            let others = || (0..terms.len()).filter(|&other| other != number);
            let nearness = if term.leaf.is_near {
                let others = others().filter(|&other| terms[other].leaf.is_near);
                others
                    .map(|other| nearness(places, &counted[other]))
                    .fold(0.0, f32::max)
            } else {
                0.0
            };
            TermScore {
                term: term.leaf.clause.to_string(),
                is_added: term.leaf.is_added,
                weight: term.weight,
                articles: term.articles,
                in_title,
                in_text: places.len() - in_title,
                part: Part {
                    places: term.weight * saturated,
                    nearness: NEARNESS * term.weight * nearness / near.max(1) as f32,
                },
            }
        };
        terms.iter().enumerate().map(score).collect()
    }

    fn counted(&self, article: &Article, term: &Weighed<'_>) -> Vec<Counted> {
        let (_, words, _) = term.leaf.clause.row().unwrap_or_default();
        let field = term.leaf.clause.positional_field().unwrap_or_default();
        let texts = Texts::of(article, field);
        let (other, exact) = term.strengths;
        let as_written: Vec<Spot> = match words {
            [word] if other != exact => {
                let word = Word::exact(&*word.text);
                texts.spots(&Clause::Word { field, word }, &self.languages)
            }
            _ => Vec::new(),
        };
        let mut spots = texts.spots(term.leaf.clause, &self.languages);
        spots.extend(as_written.iter().copied());
        spots.sort_unstable();
        spots.dedup();
        let counted = spots.into_iter().map(|spot| Counted {
            section: spot.text + usize::from(field == TextField::Lead),
            position: spot.position,
            strength: if as_written.contains(&spot) {
                exact
            } else {
                other
            },
        });
        counted.collect()
    }
}

/// How many words an article has.
pub(super) fn words_of(article: &Article) -> u64 {
    Texts::of(article, TextField::Text).words() as u64
}

/// How near the nearest two places of two terms are.
fn nearness(one: &[Counted], other: &[Counted]) -> f32 {
    let pairs = one
        .iter()
        .flat_map(|one| other.iter().map(move |other| (one, other)));
    let near = pairs
        .filter(|(one, other)| one.section == other.section)
        .map(|(one, other)| {
            let apart = one.position.abs_diff(other.position).max(1);
            (-((apart - 1) as f32) / NEARNESS_WORDS).exp()
        });
    near.fold(0.0, f32::max)
}
