//! Indexing again what has not changed: `search index` against `find`.
//!
//!     cargo bench --bench unchanged -- [FILES [ROUNDS]]
//!
//! Makes a folder of FILES (20000) small texts, 200 to a subfolder, indexes it
//! once, and then runs both in turn, ROUNDS (11) times: `find` (GNU) only lists every
//! file's size and time of change, and that is all that an unchanged file should cost.
#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};
use common::measure::{Contest, Round};
use common::words::Words;
use common::{arguments, search};
use tempfile::TempDir;

const FILES_A_FOLDER: usize = 200;

fn main() -> Result<()> {
    match arguments() {
        Some(given) => compare(&given),
        None => Ok(()),
    }
}

fn compare(given: &[String]) -> Result<()> {
    let files: usize = given.first().map_or(Ok(20_000), |files| files.parse())?;
    let rounds: usize = given.get(1).map_or(Ok(11), |rounds| rounds.parse())?;
    let (folder, index) = (TempDir::new()?, TempDir::new()?);
    make_files(folder.path(), files)?;
    let index_again = || {
        let mut command = search();
        command
            .arg("index")
            .arg(folder.path())
            .arg("--index")
            .arg(index.path());
        command
    };
    ensure!(
        index_again().output()?.status.success(),
        "`search index` failed"
    );
    let mut contest = Contest::new(&["search index", "find"]);
    for _ in 0..rounds {
        let mut find = Command::new("find");
        find.arg(folder.path())
            .args(["-type", "f", "-printf", "%s %T@\\n"]);
        contest.add(Round::run(&mut [index_again(), find])?);
    }
    println!("{files} files, unchanged\n{contest}");
    Ok(())
}

fn make_files(folder: &Path, files: usize) -> Result<()> {
    let mut words = Words::new(3);
    for number in 0..files {
        let subfolder = folder.join(format!("{:04}", number / FILES_A_FOLDER));
        fs::create_dir_all(&subfolder)?;
        let text = format!("{}\n\n{}\n", words.phrase(7), words.paragraphs(3));
        fs::write(subfolder.join(format!("{number:07}.txt")), text)?;
    }
    Ok(())
}
