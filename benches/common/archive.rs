//! The archive that a benchmark runs on: a file of articles, one JSON object a line.
//!
//! In: the file that the user names, or none. Out: its articles one by
//! one. Without a file, an archive of made-up words stands in.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::common::words::Words;

const SYNTHETIC_BYTES: usize = 20_000_000;

/// An article as the file has it; what it lacks is empty.
#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) title: String,
    /// RFC 3339, or a day.
    pub(crate) date: String,
    pub(crate) source: String,
    pub(crate) url: String,
    pub(crate) text: String,
}

/// The named file, or else a synthetic one, made in `folder`.
pub(crate) fn choose(named: Option<&String>, folder: &Path) -> Result<PathBuf> {
    match named {
        Some(file) => Ok(PathBuf::from(file)),
        None => synthesize(folder),
    }
}

/// Hands each article of a file to `each`, holding one at a time.
pub(crate) fn read(file: &Path, mut each: impl FnMut(Record) -> Result<()>) -> Result<()> {
    let name = || format!("cannot read {}", file.display());
    let lines = BufReader::new(File::open(file).with_context(name)?).lines();
    for line in lines {
        each(serde_json::from_str(&line?).with_context(name)?)?;
    }
    Ok(())
}

fn synthesize(folder: &Path) -> Result<PathBuf> {
    let file = folder.join("synthetic.jsonl");
    let mut out = BufWriter::new(File::create(&file)?);
    let mut words = Words::new(1);
    let mut bytes = 0;
    for number in 0.. {
        if bytes >= SYNTHETIC_BYTES {
            break;
        }
        let record = make_up(&mut words, number);
        bytes += record.title.len() + record.text.len();
        serde_json::to_writer(&mut out, &record)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(file)
}

fn make_up(words: &mut Words, number: usize) -> Record {
    let (title_words, paragraphs) = (words.between(5, 10), words.between(3, 14));
    let (year, month, day) = (
        words.between(1990, 2025),
        words.between(1, 12),
        words.between(1, 28),
    );
    Record {
        id: format!("article-{number}"),
        title: words.phrase(title_words),
        date: format!("{year}-{month:02}-{day:02}T12:00:00Z"),
        source: format!("Outlet {}", words.between(1, 20)),
        url: format!("https://news.example/{number}"),
        text: words.paragraphs(paragraphs),
    }
}
