//! What a run of `search index` did, and what an index holds: for people and as JSON.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use super::readable::grouped;
use crate::engine::embedded::{Count, Summary};
use crate::error::ProblemKind;
use crate::ingest::IngestReport;
use crate::text::plain_line;

/// Values of a kind that a summary spells out.
const MAX_VALUES: usize = 8;

/// Writes the report of a run.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_report(out: &mut dyn Write, index: &Path, report: &IngestReport) -> io::Result<()> {
    let articles = [
        (report.added, "added"),
        (report.updated, "updated"),
        (report.removed, "removed"),
        (report.unchanged, "unchanged"),
    ];
    writeln!(out, "articles  {}", counts(&articles))?;
    let files = [
        (report.files_read, "read"),
        (report.files_unchanged, "unchanged"),
        (report.files_older, "older, left as they are"),
        (report.files_removed, "gone"),
        (report.hidden, "hidden, left out"),
        (report.ignored, "ignored, left out"),
        (report.binary, "binary, left out"),
    ];
    let files: Vec<_> = files
        .into_iter()
        .filter(|(count, label)| *count > 0 || *label == "read")
        .collect();
    writeln!(out, "files     {}", counts(&files))?;
    if !report.formats.is_empty() {
        let formats = report
            .formats
            .iter()
            .map(|(name, count)| format!("{name} {}", grouped(count.files)));
        writeln!(out, "formats   {}", formats.collect::<Vec<_>>().join(" · "))?;
    }
    write_problem_counts(out, &report.problems)?;
    for problem in &report.first_problems {
        writeln!(out, "  {}", plain_line(&problem.to_string()))?;
    }
    let all: u64 = report.problems.values().sum();
    if all > report.first_problems.len() as u64 {
        writeln!(out, "  … all of them: search info --problems")?;
    }
    writeln!(out, "{}", pace(report, index))
}

fn counts(counts: &[(u64, &str)]) -> String {
    counts
        .iter()
        .map(|(count, label)| format!("{} {label}", grouped(*count)))
        .collect::<Vec<_>>()
        .join(" · ")
}

fn write_problem_counts(
    out: &mut dyn Write,
    problems: &BTreeMap<ProblemKind, u64>,
) -> io::Result<()> {
    match problems.is_empty() {
        true => Ok(()),
        false => writeln!(out, "problems  {}", by_kind(problems)),
    }
}

fn by_kind(problems: &BTreeMap<ProblemKind, u64>) -> String {
    let kinds: Vec<_> = problems
        .iter()
        .map(|(kind, count)| (*count, kind.label()))
        .collect();
    counts(&kinds)
}

fn pace(report: &IngestReport, index: &Path) -> String {
    let seconds = report.elapsed.as_secs_f64();
    let megabytes = report.text_bytes as f64 / 1e6;
    let speed = if seconds > 0.0 {
        megabytes / seconds
    } else {
        0.0
    };
    let index = index.display().to_string();
    format!(
        "{megabytes:.1} MB of text in {seconds:.1} s ({speed:.1} MB/s) · index in {}",
        plain_line(&index)
    )
}

/// What a run did to the articles, on one line; `None` if nothing.
pub fn round_line(report: &IngestReport) -> Option<String> {
    let problems: u64 = report.problems.values().sum();
    let problem = if problems == 1 { "problem" } else { "problems" };
    let parts = [
        (report.added, "added"),
        (report.updated, "updated"),
        (report.removed, "removed"),
        (problems, problem),
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, label)| format!("{} {label}", grouped(count)))
        .collect();
    let first = report.first_problems.first();
    let first = first.map_or_else(String::new, |problem| format!(": {problem}"));
    (!parts.is_empty()).then(|| parts.join(", ") + &first)
}

/// Writes the report of a run as one object.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_report_json(
    out: &mut dyn Write,
    index: &Path,
    report: &IngestReport,
) -> io::Result<()> {
    let formats = report.formats.iter().map(|(name, count)| {
        (
            (*name).to_owned(),
            serde_json::json!({"files": count.files, "articles": count.articles}),
        )
    });
    let object = serde_json::json!({
        "index": index.to_string_lossy(),
        "articles": {"added": report.added, "updated": report.updated, "removed": report.removed,
            "unchanged": report.unchanged},
        "files": {"read": report.files_read, "unchanged": report.files_unchanged, "removed": report.files_removed,
            "older": report.files_older, "hidden": report.hidden, "ignored": report.ignored, "binary": report.binary},
        "formats": formats.collect::<serde_json::Map<_, _>>(),
        "problems": report.problems,
        "first_problems": report.first_problems,
        "text_bytes": report.text_bytes,
        "elapsed_ms": report.elapsed.as_secs_f64() * 1e3,
        "interrupted": report.interrupted,
    });
    serde_json::to_writer(&mut *out, &object)?;
    writeln!(out)
}

/// Writes what an index holds.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_summary(out: &mut dyn Write, index: &Path, summary: &Summary) -> io::Result<()> {
    writeln!(
        out,
        "index      {}",
        plain_line(&index.display().to_string())
    )?;
    writeln!(
        out,
        "articles   {} in {} files",
        grouped(summary.articles),
        grouped(summary.files)
    )?;
    if let Some((first, last)) = summary.days {
        let undated = match summary.undated {
            0 => String::new(),
            undated => format!(" · {} undated", grouped(undated)),
        };
        writeln!(out, "dates      {first} to {last}{undated}")?;
    }
    for (label, values) in [
        ("sources", &summary.sources),
        ("languages", &summary.languages),
        ("formats", &summary.formats),
    ] {
        if !values.is_empty() {
            writeln!(out, "{label:<9}  {}", shares(values))?;
        }
    }
    let size = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
    writeln!(
        out,
        "size       {} of files, {} of index",
        size(summary.file_bytes),
        size(summary.index_bytes)
    )?;
    if !summary.problems.is_empty() {
        let problems = by_kind(&summary.problems);
        writeln!(out, "problems   {problems}")?;
        writeln!(out, "           list them: search info --problems")?;
    }
    Ok(())
}

fn shares(values: &[Count]) -> String {
    let shown = values.iter().take(MAX_VALUES);
    let mut shown: Vec<_> = shown
        .map(|value| format!("{} {}", plain_line(&value.name), grouped(value.articles)))
        .collect();
    if values.len() > MAX_VALUES {
        shown.push(format!(
            "{} more",
            grouped((values.len() - MAX_VALUES) as u64)
        ));
    }
    shown.join(" · ")
}

/// Writes what an index holds as one object, with its problems by kind.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_summary_json(out: &mut dyn Write, index: &Path, summary: &Summary) -> io::Result<()> {
    let values = |counts: &'_ [Count]| -> Vec<serde_json::Value> {
        counts
            .iter()
            .map(|count| serde_json::json!({"name": count.name, "articles": count.articles}))
            .collect()
    };
    let object = serde_json::json!({
        "index": index.to_string_lossy(),
        "articles": summary.articles,
        "files": summary.files,
        "first_day": summary.days.map(|(first, _)| first.to_string()),
        "last_day": summary.days.map(|(_, last)| last.to_string()),
        "undated": summary.undated,
        "sources": values(&summary.sources),
        "languages": values(&summary.languages),
        "formats": values(&summary.formats),
        "file_bytes": summary.file_bytes,
        "index_bytes": summary.index_bytes,
        "problems": summary.problems,
    });
    serde_json::to_writer(&mut *out, &object)?;
    writeln!(out)
}
