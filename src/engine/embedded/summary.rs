//! What an index holds, for `search info`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;

use jiff::civil::Date;
use tantivy::SegmentReader;
use tantivy::columnar::StrColumn;

use super::EmbeddedEngine;
use super::failure::read_failure;
use super::manifest::{FileOutcome, FileState, from_json};
use crate::article::day_from_number;
use crate::error::{ProblemKind, Result};

/// A value and how many articles have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The value.
    pub name: String,
    /// How many articles.
    pub articles: u64,
}

/// What an index holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles.
    pub articles: u64,
    /// Files that were read, binary ones among them.
    pub files: u64,
    /// Bytes of the index on disk.
    pub index_bytes: u64,
    /// Bytes of the files on disk, compressed as they are.
    pub file_bytes: u64,
    /// The first and the last day of publication.
    pub days: Option<(Date, Date)>,
    /// Articles without a date.
    pub undated: u64,
    /// Outlets, most articles first.
    pub sources: Vec<Count>,
    /// Languages, most articles first.
    pub languages: Vec<Count>,
    /// Formats of files, with the articles in them, most first.
    pub formats: Vec<Count>,
    /// Problems that were met, by kind.
    pub problems: BTreeMap<ProblemKind, u64>,
}

impl EmbeddedEngine {
    /// Sums up what the index holds.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    pub fn summary(&self) -> Result<Summary> {
        let mut summary = Summary {
            index_bytes: folder_bytes(&self.pinned.generation),
            ..Summary::default()
        };
        let mut sources = BTreeMap::new();
        let mut languages = BTreeMap::new();
        let mut formats = BTreeMap::new();
        for reader in self.searcher.segment_readers() {
            self.add_articles(reader, &mut summary)
                .map_err(read_failure)?;
            count_values(reader, "outlet", &mut sources).map_err(read_failure)?;
            count_values(reader, "lang", &mut languages).map_err(read_failure)?;
            add_files(reader, &mut summary, &mut formats)?;
        }
        summary.sources = most_first(sources);
        summary.languages = most_first(languages);
        summary.formats = most_first(formats);
        Ok(summary)
    }

    /// The folder of the index.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    fn add_articles(&self, reader: &SegmentReader, summary: &mut Summary) -> tantivy::Result<()> {
        let articles = reader.fast_fields().u64("file")?;
        let days = reader.fast_fields().i64("day")?;
        for doc in reader
            .doc_ids_alive()
            .filter(|&doc| articles.first(doc).is_some())
        {
            summary.articles += 1;
            match days.first(doc).and_then(|day| day_from_number(day as i32)) {
                Some(day) => {
                    let (first, last) = summary.days.unwrap_or((day, day));
                    summary.days = Some((first.min(day), last.max(day)));
                }
                None => summary.undated += 1,
            }
        }
        Ok(())
    }
}

/// Counts the files, articles by format, and problems by kind, from columns alone.
fn add_files(
    reader: &SegmentReader,
    summary: &mut Summary,
    formats: &mut BTreeMap<String, u64>,
) -> Result<()> {
    let columns = reader.fast_fields();
    let Some(texts) = columns.str("file_outcome").map_err(read_failure)? else {
        return Ok(());
    };
    let manifests = columns.u64("manifest").map_err(read_failure)?;
    let sizes = columns.u64("file_bytes").map_err(read_failure)?;
    let articles = columns.u64("file_articles").map_err(read_failure)?;
    // Many files have the same outcome.
    let mut outcomes: BTreeMap<u64, FileOutcome> = BTreeMap::new();
    for doc in reader.doc_ids_alive() {
        let Some(ord) = texts.term_ords(doc).next() else {
            continue;
        };
        let outcome = match outcomes.entry(ord) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(outcome_at(&texts, ord)?),
        };
        for (kind, count) in &outcome.problems {
            *summary.problems.entry(*kind).or_default() += count;
        }
        if manifests.first(doc).is_none() {
            continue;
        }
        let state = FileState {
            size_bytes: sizes.first(doc).unwrap_or_default(),
            ..FileState::default()
        };
        summary.files += 1;
        if state.is_finished() {
            summary.file_bytes += state.size_bytes;
        }
        let format = match (&outcome.format, state.is_finished()) {
            (Some(format), _) => format,
            (None, true) => "binary",
            (None, false) => "unfinished",
        };
        *formats.entry(format.to_owned()).or_default() += articles.first(doc).unwrap_or_default();
    }
    Ok(())
}

fn outcome_at(texts: &StrColumn, ord: u64) -> Result<FileOutcome> {
    let mut json = String::new();
    texts
        .ord_to_str(ord, &mut json)
        .map_err(|cause| read_failure(cause.into()))?;
    from_json(&json)
}

fn count_values(
    reader: &SegmentReader,
    field: &str,
    counts: &mut BTreeMap<String, u64>,
) -> tantivy::Result<()> {
    let Some(values) = reader.fast_fields().str(field)? else {
        return Ok(());
    };
    let mut by_ord = vec![0u64; values.num_terms()];
    for doc in reader.doc_ids_alive() {
        for ord in values.term_ords(doc) {
            by_ord[ord as usize] += 1;
        }
    }
    for (ord, articles) in (0..).zip(by_ord).filter(|(_, articles)| *articles > 0) {
        let mut name = String::new();
        values.ord_to_str(ord, &mut name)?;
        *counts.entry(name).or_default() += articles;
    }
    Ok(())
}

fn most_first(counts: BTreeMap<String, u64>) -> Vec<Count> {
    let mut counts: Vec<_> = counts
        .into_iter()
        .map(|(name, articles)| Count { name, articles })
        .collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.articles));
    counts
}

fn folder_bytes(folder: &std::path::Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    entries
        .flatten()
        .filter_map(|entry| entry.metadata().ok())
        .map(|metadata| metadata.len())
        .sum()
}
