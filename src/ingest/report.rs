//! What a run of `search index` has done.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::error::{Problem, ProblemKind};

/// Problems that a report spells out; the index keeps them all.
const MAX_SPELLED_OUT: usize = 10;

/// Files and articles of one format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FormatCount {
    /// Files read.
    pub files: u64,
    /// Articles in them.
    pub articles: u64,
}

/// What a run has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IngestReport {
    /// Articles of files that are new, or beyond what a changed file held before.
    pub added: u64,
    /// Articles of changed files, one for each that the file held before.
    pub updated: u64,
    /// Articles that are gone, with their file or from a changed one.
    pub removed: u64,
    /// Articles of unchanged files.
    pub unchanged: u64,
    /// Files read in this run.
    pub files_read: u64,
    /// Files that had not changed.
    pub files_unchanged: u64,
    /// Files that are gone.
    pub files_removed: u64,
    /// Files that were left as they are because they have not changed lately enough.
    pub files_older: u64,
    /// Hidden files and folders, left out.
    pub hidden: u64,
    /// Files and folders that an ignore file leaves out.
    pub ignored: u64,
    /// Binary files, left out; a file of an unknown format is a problem instead.
    pub binary: u64,
    /// The files read, by format.
    pub formats: BTreeMap<&'static str, FormatCount>,
    /// Problems met in this run, by kind.
    pub problems: BTreeMap<ProblemKind, u64>,
    /// The first few of them.
    pub first_problems: Vec<Problem>,
    /// Bytes of text read, after unpacking.
    pub text_bytes: u64,
    /// Whether the user stopped the run.
    pub interrupted: bool,
    /// How long it took.
    pub elapsed: Duration,
}

/// Problems, counted.
#[derive(Debug, Default)]
pub(super) struct Tally {
    counts: BTreeMap<ProblemKind, u64>,
    first: Vec<Problem>,
}

impl Tally {
    /// Counts a problem.
    pub(super) fn note(&mut self, problem: &Problem) {
        *self.counts.entry(problem.kind).or_default() += 1;
        if self.first.len() < MAX_SPELLED_OUT {
            self.first.push(problem.clone());
        }
    }
}

impl IngestReport {
    /// Adds the problems that one stage has met.
    pub(super) fn add_problems(&mut self, tally: Tally) {
        for (kind, count) in tally.counts {
            *self.problems.entry(kind).or_default() += count;
        }
        self.first_problems.extend(tally.first);
        self.first_problems.truncate(MAX_SPELLED_OUT);
    }

    /// Counts a file that was read, whose earlier version held `before` articles.
    pub(super) fn count_file(&mut self, format: Option<&'static str>, before: u64, articles: u64) {
        self.files_read += 1;
        self.updated += before.min(articles);
        self.added += articles.saturating_sub(before);
        self.removed += before.saturating_sub(articles);
        if let Some(format) = format {
            let count = self.formats.entry(format).or_default();
            count.files += 1;
            count.articles += articles;
        }
    }
}
