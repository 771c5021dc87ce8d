//! Scores a whole run: every judged topic, and the means.
//!
//! In: a [`Run`] and [`Judgments`]. Out: an [`Evaluation`].

use serde::Serialize;

use super::judgments::Judgments;
use super::measures::{Scores, score};
use super::run::Run;

/// The scores of one topic.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TopicScores {
    /// The topic's id.
    pub topic: String,
    /// Its scores; all 0 if the run does not answer it.
    pub scores: Scores,
}

/// The scores of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Evaluation {
    /// The scores of the judged topics that have a relevant document, by topic id.
    pub per_topic: Vec<TopicScores>,
    /// Their means.
    pub mean: Scores,
    /// How many topics the means are over.
    pub judged: usize,
    /// How many of those the run gives any document for: 0 means that the run
    /// and the judgments name their topics differently.
    pub answered: usize,
}

/// Scores `run` on each topic of `judgments` that has a relevant document.
///
/// A topic that the run does not answer counts 0; topics of the run without
/// judgments do not count.
pub fn evaluate(run: &Run, judgments: &Judgments) -> Evaluation {
    let per_topic: Vec<TopicScores> = judgments
        .topics()
        .filter(|(_, grades)| grades.values().any(|&grade| grade > 0))
        .map(|(topic, grades)| TopicScores {
            topic: topic.to_owned(),
            scores: score(run.ranking(topic), grades),
        })
        .collect();
    Evaluation {
        mean: Scores::mean(per_topic.iter().map(|one| &one.scores)),
        judged: per_topic.len(),
        answered: per_topic
            .iter()
            .filter(|one| !run.ranking(&one.topic).is_empty())
            .count(),
        per_topic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_over_judged_topics_with_a_relevant_document() {
        let mut judgments = Judgments::default();
        judgments.insert("answered", "a", 1);
        judgments.insert("unanswered", "a", 1);
        judgments.insert("nothing relevant", "a", 0);
        let mut run = Run::default();
        run.insert("answered", vec!["a".to_owned()]);
        run.insert("nothing relevant", vec!["a".to_owned()]);
        run.insert("not judged", vec!["a".to_owned()]);

        let evaluation = evaluate(&run, &judgments);

        let topics: Vec<(&str, f64)> = evaluation
            .per_topic
            .iter()
            .map(|one| (one.topic.as_str(), one.scores.average_precision))
            .collect();
        assert_eq!(topics, [("answered", 1.0), ("unanswered", 0.0)]);
        assert_eq!((evaluation.judged, evaluation.answered), (2, 1));
        assert_eq!(evaluation.mean.average_precision, 0.5);
        assert_eq!(evaluation.mean.precision_at_10, 0.05);
    }

    #[test]
    fn no_judgments_make_an_empty_evaluation() {
        let evaluation = evaluate(&Run::default(), &Judgments::default());
        assert_eq!(evaluation, Evaluation::default());
    }
}
