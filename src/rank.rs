//! The scoring function: how well an article answers a query.
//!
//! In: plain statistics of the archive, of what a query looks for, and of where an
//! article holds it. Out: a score, whole or taken apart. No engine is known here;
//! each feeds it what it has.
//!
//! A query looks for *scoring terms*: a word, with its inflections, spellings or
//! whatever else stands for it, is one term, and so is a phrase. A term adds
//!
//! ```text
//! weight · tf / (tf + K1 · (1 - B + B · words / mean words))
//! ```
//!
//! which is BM25 (Robertson and Zaragoza 2009). As in their BM25F, the places are
//! weighed before they are counted: one in the title counts [`TITLE`] times, one in
//! another form than the query's counts less ([`OTHER_FORM`]), all inside one
//! saturation, so that a title never counts apart from the text below it.
//! The weight of a term is its rarity ([`rarity`]) for each time that the query says
//! it; function words keep a tenth of theirs.
//!
//! Terms that stand near each other add a little more: each term is as near as its
//! nearest place is to one of another term, a nearness that fades with the distance,
//! and their mean, weighed by the terms, is added. (Of the measures that T. Tao and
//! C. Zhai compare, "An Exploration of Proximity Measures in Information Retrieval",
//! SIGIR 2007, the least distances were the best as well.)
//!
//! The constants are round numbers on plateaus, one setting for all of several judged
//! collections (news of two decades, abstracts of three fields).

/// How slowly more places of a term add less; from 0, where more add nothing.
pub const K1: f32 = 1.2;

/// How much a longer article needs more places for the same; from 0, not at all, to 1.
pub const B: f32 = 0.5;

/// How many places in the text a place in the title counts as.
pub const TITLE: f32 = 2.5;

/// What is left of a function word's weight where a query has other words too.
pub const FUNCTION_WORD: f32 = 0.1;

/// Raises rarity, so that rare words lead by more than BM25 lets them.
pub const RARITY_POWER: f32 = 1.15;

/// What a place counts where the word stands in another form than the query's.
pub const OTHER_FORM: f32 = 0.7;

/// What a place counts of another word than the one that was asked for, but for a few letters.
pub const FUZZY: f32 = 0.5;

/// How much nearness adds, beside 1 for the terms themselves.
pub const NEARNESS: f32 = 0.3;

/// The distance, in words, over which nearness fades to a third (1/e).
pub const NEARNESS_WORDS: f32 = 10.0;

/// How rare something is that `holding` of `articles` hold; above 0.
///
/// The logarithm of BM25, in the form that is never negative, to the power
/// [`RARITY_POWER`].
pub fn rarity(articles: u64, holding: u64) -> f32 {
    let (all, holding) = (articles as f64, holding.min(articles) as f64);
    let odds = (all - holding + 0.5) / (holding + 0.5);
    (odds.ln_1p() as f32).powf(RARITY_POWER)
}

/// What a place counts at which a word stands as the query has it.
///
/// The form asked for may be rarer than all forms together, by chance or because the
/// stem joins it with another word: it then counts for more, halfway up to what its
/// own rarity would give it.
pub fn exact_strength(rarity_of_all: f32, rarity_of_exact: f32) -> f32 {
    (1.0 + rarity_of_exact / rarity_of_all).max(2.0) / 2.0
}

/// What a query looks for, as far as the score goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight {
    /// How much it counts; from 0.
    pub weight: f32,
    /// What a place counts where the very word stands that was asked for.
    pub exact: f32,
    /// What any other place counts.
    pub other: f32,
    /// Whether its nearness to others counts: not for function words, nor for what the query did not ask for.
    pub is_near: bool,
}

/// How many places there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// In the title.
    pub in_title: u32,
    /// Elsewhere.
    pub in_text: u32,
}

impl Count {
    fn weighed(self) -> f32 {
        TITLE * self.in_title as f32 + self.in_text as f32
    }
}

/// What an article holds of a term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Held {
    /// All its places.
    pub all: Count,
    /// Those among them where the very word stands that was asked for.
    pub exact: Count,
    /// Positions of all places in the text, the title first, in order; they need not be
    /// there where [`Ranking::asks_nearness`] says that they do not count.
    pub positions: Vec<u32>,
}

/// What a query's terms count, and the archive that is searched.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// The terms.
    pub terms: Vec<Weight>,
    /// How many words an article has, at the mean; above 0.
    pub mean_words: f32,
}

/// What one term adds to a score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Part {
    /// For where it stands.
    pub places: f32,
    /// For standing near other terms.
    pub nearness: f32,
}

impl Part {
    /// Both together.
    pub fn sum(self) -> f32 {
        self.places + self.nearness
    }
}

impl Ranking {
    /// Whether it counts where a term stands, beside how often: not if there is no other
    /// to be near to.
    pub fn asks_nearness(&self, term: usize) -> bool {
        self.near_terms() > 1 && self.terms.get(term).is_some_and(|term| term.is_near)
    }

    /// The score of an article of so many words; `held` has what it holds of each term.
    pub fn score(&self, words: u32, held: &[Held]) -> f32 {
        self.parts(words, held).into_iter().map(Part::sum).sum()
    }

    /// The score taken apart, by term: the sum of it all is the score.
    pub fn parts(&self, words: u32, held: &[Held]) -> Vec<Part> {
        let half = K1 * (1.0 - B + B * words as f32 / self.mean_words);
        let terms = self.terms.iter().zip(held);
        let mut parts: Vec<Part> = terms
            .map(|(term, held)| Part {
                places: term.weight * saturated(term, held, half),
                nearness: 0.0,
            })
            .collect();
        let near_terms = self.near_terms();
        if near_terms > 1 {
            let parts = parts.iter_mut().zip(&self.terms).zip(self.nearness(held));
            for ((part, term), nearness) in parts {
                part.nearness = NEARNESS * term.weight * nearness / near_terms as f32;
            }
        }
        parts
    }

    fn near_terms(&self) -> usize {
        self.terms.iter().filter(|term| term.is_near).count()
    }

    /// How near each term is to another, from 0 for not at all to 1 for side by side.
    fn nearness(&self, held: &[Held]) -> Vec<f32> {
        let near: Vec<usize> = (0..self.terms.len())
            .filter(|&term| self.terms[term].is_near && !held[term].positions.is_empty())
            .collect();
        let mut beyond = vec![u32::MAX; self.terms.len()];
        for (at, &one) in near.iter().enumerate() {
            for &other in &near[at + 1..] {
                // Two that stand side by side with something can come no nearer.
                if beyond[one] > 0 || beyond[other] > 0 {
                    let least = least_beyond(&held[one].positions, &held[other].positions);
                    beyond[one] = beyond[one].min(least);
                    beyond[other] = beyond[other].min(least);
                }
            }
        }
        let near = |beyond: u32| (-(beyond as f32) / NEARNESS_WORDS).exp();
        beyond.into_iter().map(near).collect()
    }
}

/// How many words there are at least between a position of one list and one of another, both in order.
fn least_beyond(one: &[u32], other: &[u32]) -> u32 {
    let mut least = u32::MAX;
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    while let (Some(&&left), Some(&&right)) = (one.peek(), other.peek()) {
        least = least.min(left.abs_diff(right).saturating_sub(1));
        if least == 0 {
            break;
        }
        // Only the one behind can come nearer.
        if left < right {
            one.next();
        } else {
            other.next();
        }
    }
    least
}

/// From 0 for no place towards 1 for ever more; `half` is how many places make a half.
fn saturated(term: &Weight, held: &Held, half: f32) -> f32 {
    let (all, exact) = (held.all.weighed(), held.exact.weighed());
    let frequency = term.exact * exact + term.other * (all - exact);
    if frequency <= 0.0 {
        return 0.0;
    }
    frequency / (frequency + half)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: u32 = 100;
    const TITLE_END: u32 = 5;

    fn ranking(weights: &[f32]) -> Ranking {
        let term = |&weight: &f32| Weight {
            weight,
            exact: 1.0,
            other: OTHER_FORM,
            is_near: true,
        };
        Ranking {
            terms: weights.iter().map(term).collect(),
            mean_words: 100.0,
        }
    }

    fn held(positions: &[u32]) -> Held {
        let in_title = positions.partition_point(|&position| position < TITLE_END) as u32;
        let all = Count {
            in_title,
            in_text: positions.len() as u32 - in_title,
        };
        Held {
            all,
            exact: all,
            positions: positions.to_vec(),
        }
    }

    fn score(terms: &[&[u32]]) -> f32 {
        let terms: Vec<_> = terms.iter().map(|term| held(term)).collect();
        ranking(&vec![1.0; terms.len()]).score(WORDS, &terms)
    }

    #[test]
    fn nothing_scores_nothing() {
        assert_eq!(score(&[&[], &[]]), 0.0);
        assert_eq!(score(&[]), 0.0);
    }

    #[test]
    fn a_title_counts_more_and_less_than_apart() {
        assert!(score(&[&[2]]) > score(&[&[50]]));
        assert!(score(&[&[2]]) > score(&[&[50, 60]]) && score(&[&[2]]) < score(&[&[50, 60, 70]]));
    }

    #[test]
    fn two_terms_beat_one_twice() {
        assert!(score(&[&[10], &[90]]) > score(&[&[10, 90], &[]]));
    }

    #[test]
    fn another_form_counts_less() {
        let ranking = ranking(&[1.0]);
        let exact = held(&[50, 60]);
        let other = Held {
            exact: Count::default(),
            ..exact.clone()
        };
        assert!(ranking.score(WORDS, &[exact]) > ranking.score(WORDS, &[other]));
    }

    #[test]
    fn a_longer_article_needs_more() {
        let term = [held(&[7])];
        let ranking = ranking(&[1.0]);
        assert!(ranking.score(10, &term) > ranking.score(WORDS, &term));
    }

    #[test]
    fn nearer_counts_more_but_function_words_are_near_nothing() {
        assert!(score(&[&[10], &[11]]) > score(&[&[10], &[13]]));
        assert!(score(&[&[10], &[13]]) > score(&[&[10], &[80]]));
        let mut ranking = ranking(&[1.0, 1.0]);
        assert!(ranking.asks_nearness(0) && !ranking.asks_nearness(2));
        ranking.terms[1].is_near = false;
        let near = ranking.score(WORDS, &[held(&[10]), held(&[11])]);
        assert_eq!(near, ranking.score(WORDS, &[held(&[10]), held(&[80])]));
        assert!(!ranking.asks_nearness(0) && !ranking.asks_nearness(1));
    }

    #[test]
    fn rarer_is_rarer_and_never_nothing() {
        assert!(rarity(1000, 10) > rarity(1000, 11));
        assert!(rarity(1000, 1000) > 0.0);
        assert!(rarity(10, 50) > 0.0 && rarity(0, 0).is_finite());
    }

    #[test]
    fn a_form_counts_more_the_rarer_it_is_among_all() {
        assert_eq!(exact_strength(3.0, 3.0), 1.0);
        assert_eq!(exact_strength(3.0, 6.0), 1.5);
        assert!(exact_strength(3.0, 2.0) >= 1.0 && OTHER_FORM < 1.0);
    }

    fn any_held() -> impl Strategy<Value = Held> {
        prop::collection::btree_set(0..200_u32, 0..8).prop_map(|positions| {
            let positions: Vec<u32> = positions.into_iter().collect();
            held(&positions)
        })
    }

    proptest! {
        #[test]
        fn one_place_more_never_lowers_a_score(
            terms in prop::collection::vec(any_held(), 1..5),
            position in 0..200_u32,
        ) {
            let ranking = ranking(&vec![1.5; terms.len()]);
            let before = ranking.score(WORDS, &terms);
            let mut more = terms.clone();
            let mut positions = more[0].positions.clone();
            positions.push(position);
            positions.sort_unstable();
            more[0] = held(&positions);
            prop_assert!(ranking.score(WORDS, &more) >= before - 1e-5);
        }

        #[test]
        fn a_score_is_the_sum_of_its_parts_and_bounded(terms in prop::collection::vec(any_held(), 1..5)) {
            let ranking = ranking(&vec![1.0; terms.len()]);
            let parts = ranking.parts(WORDS, &terms);
            let sum: f32 = parts.iter().map(|part| part.places + part.nearness).sum();
            let score = ranking.score(WORDS, &terms);
            prop_assert!((score - sum).abs() < 1e-5);
            prop_assert!(score >= 0.0 && score <= terms.len() as f32 * (1.0 + NEARNESS));
        }
    }
}
