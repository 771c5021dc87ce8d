//! How good one ranking is: the measures of information retrieval.
//!
//! In: the documents of a ranking, best first, and the grades of its topic.
//! Out: the topic's [`Scores`], by the definitions of `trec_eval`: a document is
//! relevant if its grade is above 0, and what nobody judged is not relevant.

use serde::Serialize;

use super::judgments::Grades;

/// The measures of one ranking, or their means over topics; each from 0, the worst, to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Scores {
    /// Precision at each relevant document, averaged over all relevant ones.
    pub average_precision: f64,
    /// Discounted gain of the first 10 documents as a share of the best possible:
    /// a document at rank r gains grade / log2(r + 1).
    pub ndcg_at_10: f64,
    /// Relevant documents among the first 10, as a share of 10.
    pub precision_at_10: f64,
    /// Relevant documents among the first 100, as a share of all relevant ones.
    pub recall_at_100: f64,
    /// One divided by the rank of the first relevant document.
    pub reciprocal_rank: f64,
}

impl Scores {
    /// The measures under the names by which tables of results know them.
    pub fn named(&self) -> [(&'static str, f64); 5] {
        [
            ("MAP", self.average_precision),
            ("nDCG@10", self.ndcg_at_10),
            ("P@10", self.precision_at_10),
            ("R@100", self.recall_at_100),
            ("MRR", self.reciprocal_rank),
        ]
    }

    /// The mean of each measure; 0 over no topics.
    pub fn mean<'a>(scores: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut sum = Self::default();
        let mut count = 0.0;
        for one in scores {
            sum.average_precision += one.average_precision;
            sum.ndcg_at_10 += one.ndcg_at_10;
            sum.precision_at_10 += one.precision_at_10;
            sum.recall_at_100 += one.recall_at_100;
            sum.reciprocal_rank += one.reciprocal_rank;
            count += 1.0;
        }
        sum.divided_by(f64::max(count, 1.0))
    }

    fn divided_by(self, by: f64) -> Self {
        Self {
            average_precision: self.average_precision / by,
            ndcg_at_10: self.ndcg_at_10 / by,
            precision_at_10: self.precision_at_10 / by,
            recall_at_100: self.recall_at_100 / by,
            reciprocal_rank: self.reciprocal_rank / by,
        }
    }
}

/// Scores a ranking, best first and without repetitions, at its full depth; all
/// scores are 0 if no document is relevant.
pub fn score(ranked: &[String], grades: &Grades) -> Scores {
    let relevant = grades.values().filter(|&&grade| grade > 0).count();
    if relevant == 0 {
        return Scores::default();
    }
    let gains: Vec<u32> = ranked
        .iter()
        .map(|document| gain(grades, document))
        .collect();
    let relevant_within = |depth| gains.iter().take(depth).filter(|&&gain| gain > 0).count();
    Scores {
        average_precision: sum_of_precisions(&gains) / relevant as f64,
        ndcg_at_10: discounted(&gains) / discounted(&ideal_gains(grades)),
        precision_at_10: relevant_within(10) as f64 / 10.0,
        recall_at_100: relevant_within(100) as f64 / relevant as f64,
        reciprocal_rank: gains
            .iter()
            .position(|&gain| gain > 0)
            .map_or(0.0, |before| 1.0 / (before + 1) as f64),
    }
}

/// Collections mark junk with grades below 0; it is worth no less than nothing.
fn gain(grades: &Grades, document: &str) -> u32 {
    let grade = grades.get(document).copied().unwrap_or(0);
    u32::try_from(grade).unwrap_or(0)
}

/// The gains of the best possible ranking.
fn ideal_gains(grades: &Grades) -> Vec<u32> {
    let mut gains: Vec<u32> = grades
        .keys()
        .map(|document| gain(grades, document))
        .collect();
    gains.sort_unstable_by(|a, b| b.cmp(a));
    gains
}

fn discounted(gains: &[u32]) -> f64 {
    (2_u32..)
        .zip(gains.iter().take(10))
        .map(|(rank_after, &gain)| f64::from(gain) / f64::from(rank_after).log2())
        .sum()
}

fn sum_of_precisions(gains: &[u32]) -> f64 {
    (1_u32..)
        .zip((1_u32..).zip(gains).filter(|&(_, &gain)| gain > 0))
        .map(|(found, (rank, _))| f64::from(found) / f64::from(rank))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grades(pairs: &[(&str, i32)]) -> Grades {
        pairs
            .iter()
            .map(|&(id, grade)| (id.to_owned(), grade))
            .collect()
    }

    fn ranked(ids: &str) -> Vec<String> {
        ids.split(' ').map(str::to_owned).collect()
    }

    #[track_caller]
    fn assert_close(scores: &Scores, expected: [f64; 5]) {
        for ((name, value), expected) in scores.named().into_iter().zip(expected) {
            assert!(
                (value - expected).abs() < 1e-12,
                "{name} is {value}, not {expected}"
            );
        }
    }

    #[test]
    fn a_small_ranking_worked_out_by_hand() {
        // Relevant at ranks 2 and 4 of three; c is judged not relevant, e is junk.
        let grades = grades(&[("a", 2), ("b", 1), ("x", 1), ("c", 0), ("e", -1)]);
        let gain = 2.0 / 3_f64.log2() + 1.0 / 5_f64.log2();
        let ideal = 2.0 + 1.0 / 3_f64.log2() + 1.0 / 4_f64.log2();
        assert_close(
            &score(&ranked("c a e b u"), &grades),
            [
                (1.0 / 2.0 + 2.0 / 4.0) / 3.0,
                gain / ideal,
                0.2,
                2.0 / 3.0,
                0.5,
            ],
        );
    }

    #[test]
    fn the_ideal_ranking_scores_one() {
        let grades = grades(&[("a", 3), ("b", 1)]);
        assert_close(&score(&ranked("a b c"), &grades), [1.0, 1.0, 0.2, 1.0, 1.0]);
    }

    #[test]
    fn depths_cut_where_their_names_say() {
        let ids: Vec<String> = (1..=101).map(|rank| format!("d{rank}")).collect();
        let at = |rank| score(&ids, &grades(&[(rank, 1)]));
        let at_11 = 1.0 / 11.0;
        assert_close(&at("d11"), [at_11, 0.0, 0.0, 1.0, at_11]);
        let at_101 = 1.0 / 101.0;
        assert_close(&at("d101"), [at_101, 0.0, 0.0, 0.0, at_101]);
    }

    #[test]
    fn nothing_relevant_or_nothing_ranked_scores_zero() {
        assert_eq!(score(&ranked("a"), &grades(&[("a", 0)])), Scores::default());
        assert_eq!(score(&[], &grades(&[("a", 1)])), Scores::default());
        assert_eq!(Scores::mean([]), Scores::default());
    }
}
