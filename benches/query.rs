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
#[path = "common/queries.rs"]
mod queries;

use std::process::Command;

use anyhow::{Result, bail};
use common::measure::{Contest, Round};
use common::search;
use tempfile::TempDir;

const NAMES: [&str; 2] = ["search", "tantivy"];

fn main() -> Result<()> {
    bare::run(compare)
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
    bare::build_both(&file, &folders)?;
    let mut overall = Contest::new(&NAMES);
    for query in queries::of_titles(&file)? {
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

fn commands(query: &str, mode: &str, [ours, bare]: &[TempDir; 2]) -> Result<[Command; 2]> {
    let mut command = search();
    command
        .args(["query", query, "--match", mode, "--index"])
        .arg(ours.path());
    let bare = bare::command(&["bare-query", mode, query, bare::name(bare.path())?])?;
    Ok([command, bare])
}
