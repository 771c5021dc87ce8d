//! Reading, decoding and parsing alone, by format, in one thread.
//!
//!     cargo bench --bench parsing -- [PATH…]
//!
//! Reads every file below the paths (the sample corpus and the samples of the tests)
//! until a second has gone by for each format, and prints how many articles and problems
//! were in them, and megabytes of unpacked text a second. Indexing takes a tenth to a
//! fourth of that speed a core: what parses slower holds it up.
#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]

mod common;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Result;
use common::arguments;
use search::corpus::{FileEntry, Found, Walk};
use search::parse::{Record, read_articles};

/// Each format is read for at least this long.
const LONG_ENOUGH: Duration = Duration::from_secs(1);

/// What the files of a format hold, and how long reading them takes.
#[derive(Default)]
struct Tally {
    files: Vec<FileEntry>,
    articles: u64,
    problems: u64,
    text_bytes: u64,
}

fn main() -> Result<()> {
    let Some(given) = arguments() else {
        return Ok(());
    };
    let mut roots: Vec<PathBuf> = given.iter().map(PathBuf::from).collect();
    if roots.is_empty() {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        roots = vec![package.join("corpus"), package.join("tests/data/formats")];
    }
    let mut formats: BTreeMap<&str, Tally> = BTreeMap::new();
    for found in Walk::new(&roots, Path::new("/nonexistent"))? {
        if let Found::File(file) = found {
            count(file, &mut formats);
        }
    }
    println!("format            files  articles  problems  MB of text    MB/s");
    for (format, tally) in &formats {
        let (files, articles, problems) = (tally.files.len(), tally.articles, tally.problems);
        let megabytes = tally.text_bytes as f64 / 1e6;
        let speed = megabytes / seconds(&tally.files);
        println!(
            "{format:<16} {files:>6} {articles:>9} {problems:>9} {megabytes:>11.2} {speed:>7.1}"
        );
    }
    Ok(())
}

/// Reads a file once, and counts what it holds for its format.
fn count(file: FileEntry, formats: &mut BTreeMap<&str, Tally>) {
    let (mut articles, mut problems) = (0, 0);
    let report = read_articles(&file, &mut |record| {
        match record {
            Record::Article { .. } => articles += 1,
            Record::Problem(_) => problems += 1,
        }
        ControlFlow::Continue(())
    });
    let tally = formats
        .entry(report.format.unwrap_or("binary"))
        .or_default();
    tally.articles += articles;
    tally.problems += problems;
    tally.text_bytes += report.text_bytes;
    tally.files.push(file);
}

/// How long it takes to read these files, on average of as many rounds as are long enough.
fn seconds(files: &[FileEntry]) -> f64 {
    let started = Instant::now();
    let mut rounds = 0;
    while rounds == 0 || started.elapsed() < LONG_ENOUGH {
        for file in files {
            read_articles(file, &mut |_| ControlFlow::Continue(()));
        }
        rounds += 1;
    }
    started.elapsed().as_secs_f64() / f64::from(rounds)
}
