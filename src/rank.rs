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

/// A place of a term in an article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Its position in the text, the title first.
    pub position: u32,
    /// What it counts, 1 for the very word that was asked for.
    pub strength: f32,
}

/// What a query looks for, as far as the score goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight {
    /// How much it counts; from 0.
    pub weight: f32,
    /// Whether its nearness to others counts: not for function words, nor for what the query did not ask for.
    pub is_near: bool,
}

/// An article, as far as the score goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// How many words it has.
    pub words: u32,
    /// The first position that is not in the title any more.
    pub title_end: u32,
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
    /// The score of an article; `places` has those of each term, in the order of the text.
    pub fn score(&self, shape: Shape, places: &[Vec<Place>]) -> f32 {
        self.parts(shape, places).into_iter().map(Part::sum).sum()
    }

    /// The score taken apart, by term: the sum of it all is the score.
    pub fn parts(&self, shape: Shape, places: &[Vec<Place>]) -> Vec<Part> {
        let nearness = self.nearness(places);
        let near_terms = self.terms.iter().filter(|term| term.is_near).count().max(1) as f32;
        let terms = self.terms.iter().zip(places).zip(nearness);
        terms
            .map(|((term, places), nearness)| Part {
                places: term.weight * self.saturated(shape, places),
                nearness: NEARNESS * term.weight * nearness / near_terms,
            })
            .collect()
    }

    /// From 0 for no place towards 1 for ever more.
    fn saturated(&self, shape: Shape, places: &[Place]) -> f32 {
        let counted = |place: &Place| {
            let is_title = place.position < shape.title_end;
            place.strength * if is_title { TITLE } else { 1.0 }
        };
        let frequency: f32 = places.iter().map(counted).sum();
        if frequency <= 0.0 {
            return 0.0;
        }
        let length = shape.words as f32 / self.mean_words;
        frequency / (frequency + K1 * (1.0 - B + B * length))
    }

    /// How near each term is to another, from 0 for not at all to 1 for side by side.
    fn nearness(&self, places: &[Vec<Place>]) -> Vec<f32> {
        let mut nearest = vec![0.0_f32; self.terms.len()];
        let near = (0..).zip(self.terms.iter().zip(places));
        let mut all: Vec<(u32, usize)> = near
            .filter(|(_, (term, _))| term.is_near)
            .flat_map(|(at, (_, places))| places.iter().map(move |place| (place.position, at)))
            .collect();
        all.sort_unstable();
        // Between two places of different terms that are the nearest there is no third place.
        for pair in all.windows(2) {
            let [(left, one), (right, other)] = *pair else {
                continue;
            };
            if one != other {
                let beyond = (right - left).saturating_sub(1) as f32;
                let near = (-beyond / NEARNESS_WORDS).exp();
                nearest[one] = nearest[one].max(near);
                nearest[other] = nearest[other].max(near);
            }
        }
        nearest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SHAPE: Shape = Shape {
        words: 100,
        title_end: 5,
    };

    fn ranking(weights: &[f32]) -> Ranking {
        let term = |&weight: &f32| Weight {
            weight,
            is_near: true,
        };
        Ranking {
            terms: weights.iter().map(term).collect(),
            mean_words: 100.0,
        }
    }

    fn places(positions: &[u32]) -> Vec<Place> {
        let place = |&position: &u32| Place {
            position,
            strength: 1.0,
        };
        positions.iter().map(place).collect()
    }

    fn score(terms: &[&[u32]]) -> f32 {
        let places: Vec<_> = terms.iter().map(|term| places(term)).collect();
        ranking(&vec![1.0; terms.len()]).score(SHAPE, &places)
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
    fn a_longer_article_needs_more() {
        let short = Shape { words: 10, ..SHAPE };
        let term = [places(&[7])];
        let ranking = ranking(&[1.0]);
        assert!(ranking.score(short, &term) > ranking.score(SHAPE, &term));
    }

    #[test]
    fn nearer_counts_more_but_function_words_are_near_nothing() {
        assert!(score(&[&[10], &[11]]) > score(&[&[10], &[13]]));
        assert!(score(&[&[10], &[13]]) > score(&[&[10], &[80]]));
        let mut ranking = ranking(&[1.0, 1.0]);
        ranking.terms[1].is_near = false;
        let near = ranking.score(SHAPE, &[places(&[10]), places(&[11])]);
        assert_eq!(near, ranking.score(SHAPE, &[places(&[10]), places(&[80])]));
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

    fn any_places() -> impl Strategy<Value = Vec<Place>> {
        prop::collection::vec((0..200_u32, 0.1..1.0_f32), 0..8).prop_map(|mut places| {
            places.sort_by_key(|(position, _)| *position);
            let place = |(position, strength)| Place { position, strength };
            places.into_iter().map(place).collect()
        })
    }

    proptest! {
        #[test]
        fn one_place_more_never_lowers_a_score(
            terms in prop::collection::vec(any_places(), 1..5),
            position in 0..200_u32,
        ) {
            let ranking = ranking(&vec![1.5; terms.len()]);
            let before = ranking.score(SHAPE, &terms);
            let mut more = terms.clone();
            more[0].push(Place { position, strength: 0.5 });
            more[0].sort_by_key(|place| place.position);
            prop_assert!(ranking.score(SHAPE, &more) >= before - 1e-5);
        }

        #[test]
        fn a_score_is_the_sum_of_its_parts_and_bounded(terms in prop::collection::vec(any_places(), 1..5)) {
            let ranking = ranking(&vec![1.0; terms.len()]);
            let parts = ranking.parts(SHAPE, &terms);
            let sum: f32 = parts.iter().map(|part| part.places + part.nearness).sum();
            let score = ranking.score(SHAPE, &terms);
            prop_assert!((score - sum).abs() < 1e-5);
            prop_assert!(score >= 0.0 && score <= terms.len() as f32 * (1.0 + NEARNESS));
        }
    }
}
