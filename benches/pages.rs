//! Web pages: what reading one costs, against the bare libraries.
//!
//!     cargo bench --bench pages -- [FOLDER [ROUNDS]]
//!
//! Reads every page below FOLDER (`.html` or `.html.gz`; without it, 100 pages of
//! made-up words, with the menus and scripts that pages have) ROUNDS (11) times with
//! each contestant in turn, in one thread:
//!
//! - `search`: unpacking, decoding, metadata, main text, cleaning, dates, language;
//! - `dom_smoothie`: the library that tells the main text, on pages in memory;
//! - `DOM`: only the parsing of the HTML.
#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]

mod common;

use std::fs::{self, File};
use std::hint::black_box;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use common::arguments;
use common::measure::spread;
use common::words::Words;
use dom_query::Document;
use dom_smoothie::Readability;
use search::corpus::{FileEntry, Found, Walk};
use search::parse::{FieldMap, read_articles};
use tempfile::TempDir;

const MADE_UP_PAGES: usize = 100;
const NAMES: [&str; 3] = ["search", "dom_smoothie", "DOM"];

fn main() -> Result<()> {
    match arguments() {
        Some(given) => compare(&given),
        None => Ok(()),
    }
}

fn compare(given: &[String]) -> Result<()> {
    let made_up = TempDir::new()?;
    let folder = given.first().map_or(made_up.path(), Path::new);
    let rounds: usize = given.get(1).map_or(Ok(11), |rounds| rounds.parse())?;
    if given.is_empty() {
        make_pages(made_up.path())?;
    }
    let files = files(folder)?;
    let pages: Vec<String> = files.iter().map(page).collect::<Result<_>>()?;
    ensure!(!pages.is_empty(), "no pages in {}", folder.display());
    let mut seconds = [const { Vec::new() }; NAMES.len()];
    for _ in 0..rounds {
        let round = [
            timed(&files, |file| {
                read_articles(file, &FieldMap::default(), &mut |_| {
                    ControlFlow::Continue(())
                });
            }),
            timed(&pages, |page| {
                let reader = Readability::new(page.as_str(), None, None);
                black_box(reader.and_then(|mut reader| reader.parse()).is_ok());
            }),
            timed(&pages, |page| {
                black_box(Document::from(page.as_str()));
            }),
        ];
        for (all, one) in seconds.iter_mut().zip(round) {
            all.push(one);
        }
    }
    report(&seconds, &pages);
    Ok(())
}

fn report(seconds: &[Vec<f64>; NAMES.len()], pages: &[String]) {
    let bytes: usize = pages.iter().map(String::len).sum();
    let count = pages.len() as f64;
    println!("{count} pages of {:.0} KB", bytes as f64 / count / 1e3);
    println!(
        "{:<14}{:>28}{:>28}{:>28}",
        "", "pages a second", "ms a page", "search costs times as much"
    );
    for (name, times) in NAMES.iter().zip(seconds) {
        let rates: Vec<f64> = times.iter().map(|time| count / time).collect();
        let costs: Vec<f64> = times.iter().map(|time| time / count * 1e3).collect();
        let ratios: Vec<f64> = seconds[0]
            .iter()
            .zip(times)
            .map(|(ours, time)| ours / time)
            .collect();
        println!(
            "{name:<14}{:>28}{:>28}{:>28}",
            spread(&rates),
            spread(&costs),
            spread(&ratios)
        );
    }
}

/// Seconds for all of them.
fn timed<T>(all: &[T], mut each: impl FnMut(&T)) -> f64 {
    let started = Instant::now();
    all.iter().for_each(&mut each);
    started.elapsed().as_secs_f64()
}

fn files(folder: &Path) -> Result<Vec<FileEntry>> {
    let walk = Walk::new(&[folder.to_owned()], Path::new("/nonexistent"))?;
    let is_page = |file: &FileEntry| {
        let path = file.path.to_string_lossy();
        path.ends_with(".html") || path.ends_with(".html.gz")
    };
    Ok(walk
        .filter_map(|found| match found {
            Found::File(file) => Some(file),
            _ => None,
        })
        .filter(is_page)
        .collect())
}

/// The text of a page; what is not UTF-8 in it is replaced.
fn page(file: &FileEntry) -> Result<String> {
    let name = || format!("cannot read {}", file.path.display());
    let mut bytes = Vec::new();
    let opened = File::open(&file.path).with_context(name)?;
    if file.path.extension().is_some_and(|end| end == "gz") {
        flate2::read::GzDecoder::new(opened).read_to_end(&mut bytes)
    } else {
        let mut opened = opened;
        opened.read_to_end(&mut bytes)
    }
    .with_context(name)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn make_pages(folder: &Path) -> Result<()> {
    let mut words = Words::new(7);
    for number in 0..MADE_UP_PAGES {
        fs::write(
            folder.join(format!("{number:03}.html")),
            made_up(&mut words),
        )?;
    }
    Ok(())
}

/// A page with as much around its text as pages have.
fn made_up(words: &mut Words) -> String {
    let title = words.phrase(8);
    let mut links = |count: usize| -> String {
        (0..count)
            .map(|at| {
                format!(
                    "<li class=item><a href=/{at}>{}</a></li>\n",
                    words.phrase(5)
                )
            })
            .collect()
    };
    let (menu, related, footer) = (links(80), links(40), links(60));
    let script = "window.dataLayer.push({\"event\": \"view\", \"slot\": [1, 2, 3]});\n".repeat(800);
    let paragraphs = words.paragraphs(20);
    let text: String = paragraphs
        .split("\n\n")
        .map(|paragraph| {
            format!("<p class=article-text>{paragraph}</p>\n<div class=ad-slot></div>\n")
        })
        .collect();
    format!(
        "<!doctype html><html lang=en><head><title>{title} - Ledger</title>\
         <meta property=og:title content=\"{title}\"><meta property=article:published_time content=2025-03-15T09:30:00Z>\
         <script>{script}</script></head><body><header><nav><ul>{menu}</ul></nav></header>\
         <main><article><h1>{title}</h1><p class=byline>By Ann Lee</p>{text}</article>\
         <aside class=related><ul>{related}</ul></aside></main><footer><ul>{footer}</ul></footer></body></html>"
    )
}
