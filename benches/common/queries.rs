//! The queries that benchmarks ask: words of the archive itself, the same at every run.
//!
//! In: a file of articles. Out: queries.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::archive;
use crate::common::words::Words;

const QUERIES: usize = 10;
const MOST_WORDS: usize = 5;

/// Queries of one to five words from titles all over the file, so that there is
/// something to find (reservoir sampling with a fixed seed).
pub(crate) fn of_titles(file: &Path) -> Result<Vec<String>> {
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
