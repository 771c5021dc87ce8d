//! Querying: `search query` against bare tantivy, from a cold process to ten snippets.
//!
//!     cargo bench --bench query -- [FILE.jsonl [all|any [ROUNDS]]]
//!
//! FILE is indexed once with each, as in the benchmark of indexing; without it, 20
//! MB of made-up words stand in. Ten queries of one to five words, taken from
//! titles of the file, then run ROUNDS (11) times each, with both in turn; `all`
//! of the words are required, or `any`. Bare tantivy searches one stemmed field.
#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]

#[path = "common/archive.rs"]
mod archive;
#[path = "common/bare.rs"]
mod bare;
mod common;

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use common::measure::{Contest, Round};
use common::words::Words;
use common::{arguments, search};
use tempfile::TempDir;

const NAMES: [&str; 2] = ["search", "tantivy"];
const QUERIES: usize = 10;
const MOST_WORDS: usize = 5;

fn main() -> Result<()> {
    if bare::serve(&mut std::io::stdout())? {
        return Ok(());
    }
    match arguments() {
        Some(given) => compare(&given),
        None => Ok(()),
    }
}

fn compare(given: &[String]) -> Result<()> {
    let work = TempDir::new()?;
    let file = archive::choose(given.first(), work.path())?;
    let mode = given.get(1).map_or("all", String::as_str);
    if !matches!(mode, "all" | "any") {
        bail!("the words of a query are required `all` or `any`, not `{mode}`");
    }
    let rounds: usize = given.get(2).map_or(Ok(11), |rounds| rounds.parse())?;
    let folders = [TempDir::new()?, TempDir::new()?];
    build(&file, &folders)?;
    let mut overall = Contest::new(&NAMES);
    for query in choose_queries(&file)? {
        let mut contest = Contest::new(&NAMES);
        for _ in 0..rounds {
            let round = Round::run(&mut commands(&query, mode, &folders)?)?;
            overall.add(round.clone());
            contest.add(round);
        }
        println!("{query}\n{contest}");
    }
    println!("all queries\n{overall}");
    Ok(())
}

fn build(file: &Path, [ours, bare]: &[TempDir; 2]) -> Result<()> {
    let mut index = search();
    index.arg("index").arg(file).arg("--index").arg(ours.path());
    ensure!(index.output()?.status.success(), "`search index` failed");
    // In its own process, so that this one stays small: see `measure`.
    let mut index = bare::command(&["bare-index", "one", name(file)?, name(bare.path())?])?;
    ensure!(index.output()?.status.success(), "bare tantivy failed");
    Ok(())
}

fn commands(query: &str, mode: &str, [ours, bare]: &[TempDir; 2]) -> Result<[Command; 2]> {
    let mut command = search();
    command
        .args(["query", query, "--match", mode, "--index"])
        .arg(ours.path());
    let bare = bare::command(&["bare-query", mode, query, name(bare.path())?])?;
    Ok([command, bare])
}

fn name(path: &Path) -> Result<&str> {
    path.to_str().context("a path is not UTF-8")
}

/// Takes words from titles all over the file, so that there is something to find,
/// and the same at every run (reservoir sampling with a fixed seed).
fn choose_queries(file: &Path) -> Result<Vec<String>> {
    let mut titles: Vec<Vec<String>> = Vec::new();
    let mut random = Words::new(2);
    let mut seen = 0;
    archive::read(file, |record| {
        let words = plain_words(&record.title);
        if words.len() < MOST_WORDS {
            return Ok(());
        }
        if titles.len() < QUERIES {
            titles.push(words);
        } else if let Some(place) = titles.get_mut(random.between(0, seen)) {
            *place = words;
        }
        seen += 1;
        Ok(())
    })?;
    ensure!(
        !titles.is_empty(),
        "no title has {MOST_WORDS} words of four letters or more"
    );
    let counts = (1..=MOST_WORDS).cycle();
    Ok(titles
        .iter()
        .zip(counts)
        .map(|(words, count)| words[..count].join(" "))
        .collect())
}

/// The first words of a title that are neither short nor operators of a query.
fn plain_words(title: &str) -> Vec<String> {
    title
        .split_whitespace()
        .map(str::to_lowercase)
        .filter(|word| word.len() > 3 && word.chars().all(char::is_alphabetic))
        .take(MOST_WORDS)
        .collect()
}
