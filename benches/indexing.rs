//! Indexing: `search index` against bare tantivy, on the same articles.
//!
//!     cargo bench --bench indexing -- [FILE.jsonl [ROUNDS]]
//!
//! FILE has one object a line: id, title, date, source, url, text. Without it, 20
//! MB of made-up words stand in. Each of the ROUNDS (5) indexes the file afresh
//! with every contestant in turn:
//!
//! - `search`: everything it does for an article;
//! - `tantivy, one field`: title and text in one stemmed field with positions;
//! - `tantivy, both forms`: title and text, and the title alone, each stemmed and
//!   unstemmed, with positions.
//!
//! Tantivy has two threads and 512 MB, stores the articles with zstd at level 3,
//! and ends when its merges do.
#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]

#[path = "common/archive.rs"]
mod archive;
#[path = "common/bare.rs"]
mod bare;
mod common;

use std::path::Path;

use anyhow::{Context, Result};
use common::measure::{Contest, Round, spread};
use common::search;
use tempfile::TempDir;

const NAMES: [&str; 3] = ["search", "tantivy, one field", "tantivy, both forms"];

fn main() -> Result<()> {
    bare::run(compare)
}

fn compare(given: &[String]) -> Result<()> {
    let work = TempDir::new()?;
    let file = archive::choose(given.first(), work.path())?;
    let rounds: usize = given.get(1).map_or(Ok(5), |rounds| rounds.parse())?;
    let mut contest = Contest::new(&NAMES);
    let mut sizes = [const { Vec::new() }; 3];
    let text_bytes = text_bytes(&file)?;
    for _ in 0..rounds {
        let folders = [TempDir::new()?, TempDir::new()?, TempDir::new()?];
        contest.add(Round::run(&mut commands(&file, &folders)?)?);
        for (folder, sizes) in folders.iter().zip(&mut sizes) {
            sizes.push(folder_bytes(folder.path())? as f64 / text_bytes as f64);
        }
    }
    println!("{contest}");
    println!(
        "index size as a share of {:.1} MB of text",
        text_bytes as f64 / 1e6
    );
    for (name, sizes) in NAMES.iter().zip(&sizes) {
        println!("{name:<22}{:>26}", spread(sizes));
    }
    Ok(())
}

fn commands(file: &Path, folders: &[TempDir; 3]) -> Result<[std::process::Command; 3]> {
    let name = file.to_str().context("the file's name is not UTF-8")?;
    let [ours, one, both] = folders;
    let bare = |variant, folder: &TempDir| {
        let folder = folder
            .path()
            .to_str()
            .context("a folder's name is not UTF-8")?;
        bare::command(&["bare-index", variant, name, folder])
    };
    let mut ours_command = search();
    ours_command
        .arg("index")
        .arg(file)
        .arg("--index")
        .arg(ours.path());
    Ok([ours_command, bare("one", one)?, bare("both", both)?])
}

/// Bytes of the titles and texts of a file.
fn text_bytes(file: &Path) -> Result<usize> {
    let mut bytes = 0;
    archive::read(file, |record| {
        bytes += record.title.len() + record.text.len();
        Ok(())
    })?;
    Ok(bytes)
}

/// Bytes of all files in a folder and below.
fn folder_bytes(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in walkdir::WalkDir::new(folder) {
        let metadata = entry?.metadata()?;
        bytes += if metadata.is_file() {
            metadata.len()
        } else {
            0
        };
    }
    Ok(bytes)
}
