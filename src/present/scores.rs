//! Scores of rankings, for people and as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::eval::{Evaluation, Scores};

/// Writes a table of the means, below that of every topic if `per_topic`.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_scores(
    out: &mut dyn Write,
    evaluation: &Evaluation,
    per_topic: bool,
) -> io::Result<()> {
    let topics = evaluation.per_topic.iter().filter(|_| per_topic);
    let width = topics
        .clone()
        .map(|topic| topic.topic.len())
        .max()
        .unwrap_or(0)
        .max("query".len());
    write!(out, "{:<width$}", "query")?;
    for (name, _) in evaluation.mean.named() {
        write!(out, "{name:>9}")?;
    }
    writeln!(out)?;
    for topic in topics {
        write_row(out, &format!("{:<width$}", topic.topic), &topic.scores)?;
    }
    write_row(out, &format!("{:<width$}", "mean"), &evaluation.mean)?;
    writeln!(
        out,
        "{} judged queries, {} answered",
        evaluation.judged, evaluation.answered
    )
}

fn write_row(out: &mut dyn Write, label: &str, scores: &Scores) -> io::Result<()> {
    write!(out, "{label}")?;
    for (_, value) in scores.named() {
        write!(out, "{value:>9.4}")?;
    }
    writeln!(out)
}

/// Writes one object with the means and every topic's scores.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_scores_json(out: &mut dyn Write, evaluation: &Evaluation) -> io::Result<()> {
    #[derive(Serialize)]
    struct Topic<'a> {
        query: &'a str,
        #[serde(flatten)]
        scores: Scores,
    }
    #[derive(Serialize)]
    struct Report<'a> {
        judged: usize,
        answered: usize,
        mean: Scores,
        queries: Vec<Topic<'a>>,
    }
    let queries = evaluation.per_topic.iter();
    let report = Report {
        judged: evaluation.judged,
        answered: evaluation.answered,
        mean: evaluation.mean,
        queries: queries
            .map(|topic| Topic {
                query: &topic.topic,
                scores: topic.scores,
            })
            .collect(),
    };
    serde_json::to_writer(&mut *out, &report)?;
    writeln!(out)
}
