//! Tells whether one of two runs is better, or only luckier.
//!
//! In: the evaluations of two runs on the same topics. Out: for each measure, the
//! difference, and the chance of one as large if the runs were equally good.
//!
//! That chance comes from the paired randomisation test: of equally good runs, either
//! could have had either score of a topic, so the difference of the means is laid
//! beside those that swapping the scores of topics makes. Nothing is assumed of how
//! scores are distributed (M. D. Smucker, J. Allan and B. Carterette, "A Comparison
//! of Statistical Significance Tests for Information Retrieval Evaluation", CIKM 2007).

use serde::Serialize;

use super::report::Evaluation;

/// Up to so many topics that differ, all ways to swap their scores are tried.
const MAX_EXACT: usize = 16;
/// Beyond, so many ways are tried, the same ones every time.
const SAMPLES: u32 = 100_000;
/// Sums that differ less are equal, but for rounding.
const ROUNDING: f64 = 1e-9;

/// How two runs differ by one measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The measure, as tables of results name it.
    pub measure: &'static str,
    /// The mean of the first run.
    pub a: f64,
    /// The mean of the second run.
    pub b: f64,
    /// Topics on which the second run scores higher.
    pub better: usize,
    /// Topics on which it scores lower.
    pub worse: usize,
    /// The chance, from 0 to 1, that equally good runs differ by as much, either way.
    pub p_value: f64,
}

/// Compares two runs by every measure; both must have been scored with the same judgments.
pub fn compare(a: &Evaluation, b: &Evaluation) -> Vec<Difference> {
    let means = a.mean.named().into_iter().zip(b.mean.named());
    means
        .enumerate()
        .map(|(at, ((measure, mean_a), (_, mean_b)))| {
            let topics = a.per_topic.iter().zip(&b.per_topic);
            let changes = topics.map(|(a, b)| b.scores.named()[at].1 - a.scores.named()[at].1);
            let changes: Vec<f64> = changes.filter(|change| *change != 0.0).collect();
            let better = changes.iter().filter(|change| **change > 0.0).count();
            Difference {
                measure,
                a: mean_a,
                b: mean_b,
                better,
                worse: changes.len() - better,
                p_value: p_value(&changes),
            }
        })
        .collect()
}

/// The share of ways to turn signs around that make a sum as far from 0 as it is.
fn p_value(changes: &[f64]) -> f64 {
    let observed = changes.iter().sum::<f64>().abs() - ROUNDING;
    let is_as_far = |turned: &dyn Fn(usize) -> bool| {
        let turn = |(at, change): (usize, &f64)| if turned(at) { -change } else { *change };
        changes.iter().enumerate().map(turn).sum::<f64>().abs() >= observed
    };
    if changes.len() <= MAX_EXACT {
        let ways = 0..1_u32 << changes.len();
        let all = ways.len();
        let as_far = ways.filter(|way| is_as_far(&|at| way >> at & 1 == 1));
        return as_far.count() as f64 / all as f64;
    }
    let mut random = Random(1);
    let mut bits = vec![0; changes.len().div_ceil(64)];
    let as_far = (0..SAMPLES).filter(|_| {
        bits.fill_with(|| random.next());
        is_as_far(&|at| bits[at / 64] >> (at % 64) & 1 == 1)
    });
    // The way that was observed is one of them, so the chance is never 0.
    (as_far.count() + 1) as f64 / f64::from(SAMPLES + 1)
}

/// Numbers without a pattern, the same ones for the same start (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::{Scores, TopicScores};

    fn evaluation(average_precisions: &[f64]) -> Evaluation {
        let scores = |&average_precision: &f64| Scores {
            average_precision,
            ..Scores::default()
        };
        let per_topic: Vec<_> = average_precisions
            .iter()
            .zip(1..)
            .map(|(one, topic)| TopicScores {
                topic: format!("{topic}"),
                scores: scores(one),
            })
            .collect();
        Evaluation {
            mean: Scores::mean(per_topic.iter().map(|topic| &topic.scores)),
            judged: per_topic.len(),
            answered: per_topic.len(),
            per_topic,
        }
    }

    #[track_caller]
    fn check(changes: &[f64], expected: f64, tolerance: f64) {
        let found = p_value(changes);
        assert!((found - expected).abs() <= tolerance, "{found}");
    }

    #[test]
    fn few_topics_are_tested_exactly() {
        check(&[], 1.0, 0.0);
        check(&[0.5], 1.0, 0.0);
        // Of 8 ways, only all or none turned are as far.
        check(&[0.1, 0.2, 0.3], 0.25, 0.0);
        check(&[0.1, -0.1], 1.0, 0.0);
        check(&[0.1; 10], 2.0 / 1024.0, 0.0);
    }

    #[test]
    fn many_topics_are_tested_by_samples() {
        // The normal approximation of 100 signs: 20 more of one than of the other
        // is two standard deviations, and the next step is counted in full.
        let changes: Vec<f64> = (0..100)
            .map(|at| if at < 60 { 0.1 } else { -0.1 })
            .collect();
        check(&changes, 0.0569, 0.003);
        check(&[0.01; 40], 0.0, 0.0001);
        assert_eq!(p_value(&changes), p_value(&changes));
    }

    #[test]
    fn each_measure_is_compared() {
        let (a, b) = (
            evaluation(&[0.5, 0.5, 0.25]),
            evaluation(&[0.75, 0.25, 0.25]),
        );
        let differences = compare(&a, &b);
        assert_eq!(differences.len(), 5);
        let Difference {
            measure,
            better,
            worse,
            p_value,
            ..
        } = differences[0];
        assert_eq!((measure, better, worse, p_value), ("MAP", 1, 1, 1.0));
        assert_eq!((differences[4].better, differences[4].p_value), (0, 1.0));
    }
}
