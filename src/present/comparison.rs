//! Two settings beside each other, for people and as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::eval::{Difference, Evaluation, Scores, TopicScores, compare};

/// Two runs that were scored with the same judgments.
pub struct Compared<'a> {
    /// What the first run is called, and its scores.
    pub a: (&'a str, &'a Evaluation),
    /// The same of the second run.
    pub b: (&'a str, &'a Evaluation),
}

impl<'a> Compared<'a> {
    /// The topics, from the one that loses most average precision to the one that gains most.
    fn topics(&self) -> Vec<(&'a TopicScores, &'a TopicScores)> {
        let topics = self.a.1.per_topic.iter().zip(&self.b.1.per_topic);
        let mut topics: Vec<_> = topics.collect();
        let gain = |(a, b): &(&TopicScores, &TopicScores)| {
            b.scores.average_precision - a.scores.average_precision
        };
        topics.sort_by(|one, other| gain(one).total_cmp(&gain(other)));
        topics
    }
}

/// Writes the topics on which two runs differ, or all with `per_topic`, and below them
/// what differs on the whole.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_comparison(
    out: &mut dyn Write,
    compared: &Compared<'_>,
    per_topic: bool,
) -> io::Result<()> {
    writeln!(out, "A  {}\nB  {}\n", compared.a.0, compared.b.0)?;
    let topics = compared.topics();
    let shown = topics
        .iter()
        .filter(|(a, b)| per_topic || a.scores != b.scores);
    let width = shown
        .clone()
        .map(|(topic, _)| topic.topic.chars().count())
        .fold("nDCG@10".len(), usize::max);
    let heading = |name: &str, columns: [&str; 6]| {
        let columns = columns.map(|name| format!("{name:>11}")).concat();
        format!("{name:<width$}{columns}")
    };
    if shown.clone().next().is_some() {
        let columns = ["AP A", "AP B", "B - A", "nDCG@10 A", "nDCG@10 B", "B - A"];
        writeln!(out, "{}", heading("query", columns))?;
        for (a, b) in shown {
            let (one, other) = (&a.scores, &b.scores);
            let ap = pair(one.average_precision, other.average_precision);
            let ndcg = pair(one.ndcg_at_10, other.ndcg_at_10);
            writeln!(out, "{:<width$}{ap}{ndcg}", a.topic)?;
        }
        writeln!(out)?;
    }
    let columns = ["A", "B", "B - A", "better", "worse", "p"];
    writeln!(out, "{}", heading("mean", columns))?;
    for difference in compare(compared.a.1, compared.b.1) {
        let Difference {
            measure,
            better,
            worse,
            p_value,
            ..
        } = difference;
        let means = pair(difference.a, difference.b);
        writeln!(
            out,
            "{measure:<width$}{means}{better:>11}{worse:>11}{p_value:>11.4}"
        )?;
    }
    let judged = compared.a.1.judged;
    writeln!(
        out,
        "{judged} judged queries; p: the chance of as large a difference between equally good settings"
    )
}

/// Two scores and their difference.
fn pair(a: f64, b: f64) -> String {
    format!("{a:>11.4}{b:>11.4}{:>+11.4}", b - a)
}

/// Writes one object with the means, their differences and every topic's scores.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_comparison_json(out: &mut dyn Write, compared: &Compared<'_>) -> io::Result<()> {
    #[derive(Serialize)]
    struct Topic<'a> {
        query: &'a str,
        a: Scores,
        b: Scores,
    }
    #[derive(Serialize)]
    struct Report<'a> {
        a: &'a str,
        b: &'a str,
        judged: usize,
        differences: Vec<Difference>,
        queries: Vec<Topic<'a>>,
    }
    let topics = compared.topics().into_iter();
    let report = Report {
        a: compared.a.0,
        b: compared.b.0,
        judged: compared.a.1.judged,
        differences: compare(compared.a.1, compared.b.1),
        queries: topics
            .map(|(a, b)| Topic {
                query: &a.topic,
                a: a.scores,
                b: b.scores,
            })
            .collect(),
    };
    serde_json::to_writer(&mut *out, &report)?;
    writeln!(out)
}
