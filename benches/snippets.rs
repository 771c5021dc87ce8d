//! Snippets: ours against tantivy's `SnippetGenerator`, for the same ten articles.
//!
//!     cargo bench --bench snippets -- [FILE.jsonl [ROUNDS]]
//!
//! FILE is indexed once with each; without it, 20 MB of made-up words stand in. Ten
//! queries of one to five words, taken from titles of the file, have their best ten
//! articles fetched, and then both make snippets of those ROUNDS (21) times, in turn:
//! ours two an article and the matches of its title, tantivy's one. What it takes to
//! find and to fetch the articles does not count. Then how fast sentences are found.
#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]

#[path = "common/archive.rs"]
mod archive;
#[path = "common/bare.rs"]
mod bare;
mod common;
#[path = "common/queries.rs"]
mod queries;

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use bare::Bare;
use common::measure::spread;
use search::analysis::{Language, sentences};
use search::article::Article;
use search::engine::Engine;
use search::engine::embedded::EmbeddedEngine;
use search::query::{Clause, parse_plain};
use search::search::{MatchMode, Question, find};
use search::snippet::{Matcher, Wanted, excerpt, highlights};
use tempfile::TempDir;

/// Snippets an article, as `search query` shows them.
const WANTED: Wanted = Wanted {
    snippets: 2,
    columns: Wanted::COLUMNS,
};

fn main() -> Result<()> {
    bare::run(compare)
}

fn compare(given: &[String]) -> Result<()> {
    let work = TempDir::new()?;
    let file = archive::choose(given.first(), work.path())?;
    let rounds: usize = given.get(1).map_or(Ok(21), |rounds| rounds.parse())?;
    let folders = [TempDir::new()?, TempDir::new()?];
    bare::build_both(&file, &folders)?;
    let engine = EmbeddedEngine::open(folders[0].path())?;
    let bare = Bare::open(folders[1].path())?;
    println!(
        "ms, median (range) of {rounds}\n{:>26}{:>26}{:>22}  query",
        "search", "tantivy", "ratio"
    );
    let mut all: [Vec<f64>; 2] = Default::default();
    for words in queries::of_titles(&file)? {
        let query = parse_plain(&words);
        let articles = best(&engine, &query)?;
        let mut times: [Vec<f64>; 2] = Default::default();
        for _ in 0..rounds {
            times[0].push(ours(&engine, &query, &articles));
            times[1].push(theirs(&bare, &words, &articles)?);
        }
        print(&words, &times);
        all.iter_mut()
            .zip(times)
            .for_each(|(all, own)| all.extend(own));
    }
    print("all queries", &all);
    print_sentences(&file)
}

fn print(name: &str, [ours, theirs]: &[Vec<f64>; 2]) {
    let ratios: Vec<_> = ours
        .iter()
        .zip(theirs)
        .map(|(ours, theirs)| ours / theirs)
        .collect();
    println!(
        "{:>26}{:>26}{:>22}  {name}",
        spread(ours),
        spread(theirs),
        spread(&ratios)
    );
}

/// The ten best articles with any of the words.
fn best(engine: &EmbeddedEngine, query: &Clause) -> Result<Vec<Article>> {
    let question = Question {
        match_mode: MatchMode::Any,
        ..Question::new(query.clone())
    };
    let (matches, _) = find(engine, &question)?;
    let hits = matches.hits.iter();
    Ok(hits
        .map(|hit| engine.fetch(hit.key))
        .collect::<search::error::Result<_>>()?)
}

fn ours(engine: &EmbeddedEngine, query: &Clause, articles: &[Article]) -> f64 {
    let started = Instant::now();
    let matcher = Matcher::new(query, engine.languages());
    for article in articles {
        let found = matcher.find(article);
        black_box(highlights(&found.title));
        black_box(excerpt(article, &matcher, &found, WANTED));
    }
    started.elapsed().as_secs_f64() * 1e3
}

fn theirs(bare: &Bare, words: &str, articles: &[Article]) -> Result<f64> {
    let started = Instant::now();
    let generator = bare.snippets(&bare.boolean(words, false)?)?;
    for article in articles {
        black_box(generator.snippet(&article.body).to_html());
    }
    Ok(started.elapsed().as_secs_f64() * 1e3)
}

fn print_sentences(file: &Path) -> Result<()> {
    let (mut count, mut bytes, mut seconds) = (0, 0, 0.0);
    archive::read(file, |record| {
        let started = Instant::now();
        count += sentences(&record.text, Language::of(None)).count();
        seconds += started.elapsed().as_secs_f64();
        bytes += record.text.len();
        Ok(())
    })?;
    println!(
        "{count} sentences at {:.0} MB/s",
        bytes as f64 / 1e6 / seconds
    );
    Ok(())
}
