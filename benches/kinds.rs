//! Queries of every kind, warm, beside bare tantivy's fastest way to the same matches.
//!
//!     cargo bench --bench kinds -- [FILE.jsonl [ROUNDS]]
//!
//! FILE is indexed once with each; without it, 20 MB of made-up words stand in. Five
//! queries of each kind, of the words and neighbours that most of its articles have,
//! run ROUNDS (41) times each, with both in turn, in one thread. Ours finds the first
//! ten and counts all matches, as `search query` does; bare tantivy finds the first ten
//! and counts only where counts are asked for. Its yardstick for NEAR is the phrase.
#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]

#[path = "common/archive.rs"]
mod archive;
#[path = "common/bare.rs"]
mod bare;
mod common;
#[path = "common/kinds.rs"]
mod kinds;

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Context, Result};
use bare::Bare;
use kinds::{Asked, Kind, Vocabulary};
use search::engine::embedded::EmbeddedEngine;
use search::query::parse_strict;
use search::search::{MatchMode, Question, find};
use tempfile::TempDir;

fn main() -> Result<()> {
    bare::run(compare)
}

fn compare(given: &[String]) -> Result<()> {
    let work = TempDir::new()?;
    let file = archive::choose(given.first(), work.path())?;
    let rounds: usize = given.get(1).map_or(Ok(41), |rounds| rounds.parse())?;
    let folders = [TempDir::new()?, TempDir::new()?];
    bare::build_both(&file, &folders)?;
    let engine = EmbeddedEngine::open(folders[0].path())?;
    let bare = Bare::open(folders[1].path())?;
    let vocabulary = Vocabulary::of(&file)?;
    println!(
        "ms, five queries, {rounds} rounds  search median     p99  tantivy median     p99   ratio of medians  e.g."
    );
    for kind in Kind::ALL {
        let asked = vocabulary.asked(kind);
        let mut times: [Vec<f64>; 2] = Default::default();
        for one in &asked {
            let question = question(kind, one)?;
            for _ in 0..rounds {
                times[0].push(time(|| {
                    Ok(find(&engine, &question).map(|found| found.0.total)?)
                })?);
                times[1].push(time(|| kinds::bare_search(&bare, kind, one))?);
            }
        }
        print(kind, times, asked.first());
    }
    Ok(())
}

fn question(kind: Kind, asked: &Asked) -> Result<Question> {
    let today = jiff::civil::date(2025, 1, 1);
    let (query, _) = parse_strict(&kind.query(asked), today).context("a query cannot be read")?;
    let match_mode = match kind {
        Kind::TwoAny | Kind::Counted => MatchMode::Any,
        _ => MatchMode::All,
    };
    Ok(Question {
        match_mode,
        is_counted: matches!(kind, Kind::Counted),
        ..Question::new(query)
    })
}

/// Milliseconds that it takes; the first run of each query warms up and counts too.
fn time(run: impl FnOnce() -> Result<u64>) -> Result<f64> {
    let started = Instant::now();
    black_box(run()?);
    Ok(started.elapsed().as_secs_f64() * 1e3)
}

fn print(kind: Kind, mut times: [Vec<f64>; 2], example: Option<&Asked>) {
    let mut figures = times.iter_mut().map(|times| {
        times.sort_unstable_by(f64::total_cmp);
        let at = |share: f64| {
            let place = (times.len() as f64 * share) as usize;
            times.get(place).copied().unwrap_or(f64::NAN)
        };
        (at(0.5), at(0.99))
    });
    let (Some(ours), Some(theirs)) = (figures.next(), figures.next()) else {
        return;
    };
    let example = example.map(|asked| kind.query(asked)).unwrap_or_default();
    println!(
        "{:<30}{:>15.3}{:>8.2}{:>16.3}{:>8.2}{:>19.2}  {example}",
        kind.name(),
        ours.0,
        ours.1,
        theirs.0,
        theirs.1,
        ours.0 / theirs.0,
    );
}
