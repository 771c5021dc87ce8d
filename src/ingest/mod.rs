//! The use case behind `search index`: folders in, an index out.
//!
//! In: roots, an index folder, and a flag that asks to stop. Out: a report. Files
//! that have not changed since the index saw them cost a `stat`.
//!
//! Three stages run side by side, with bounded memory between them:
//!
//! ```text
//! walk -> read and parse (a thread a core) -> name, in the order of the walk -> analyse and index (a thread a core)
//! ```
//!
//! Files are named in the order of the walk, so ids do not depend on which thread was faster.

mod backlog;
mod feed;
mod naming;
mod pending;
mod report;
mod sequence;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rustc_hash::FxHashSet;

use crate::corpus::Walk;
use crate::engine::embedded::{KnownFiles, Root, WriteOptions, Writer};
use crate::error::{Error, ErrorKind, Result};

pub use report::{FormatCount, IngestReport};

use self::backlog::Backlog;
use self::feed::{Feed, Walked};
use self::pending::Pending;
use self::sequence::Sequence;

/// What to index, and how.
#[derive(Clone, Debug)]
pub struct IngestOptions {
    /// Folders and files, as the user gave them.
    pub roots: Vec<PathBuf>,
    /// The index folder.
    pub index: PathBuf,
    /// Memory for the index under construction, in bytes.
    pub memory_bytes: usize,
    /// Threads for each stage, at least 1.
    pub threads: usize,
    /// Whether to build anew, beside the old index.
    pub rebuild: bool,
    /// The longest time between commits: what a killed run can lose.
    pub commit_every: Duration,
}

/// How far a run is; another thread may watch it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Files that the walk has passed, unchanged ones among them.
    pub files: AtomicU64,
    /// Bytes of files that were read or had not changed.
    pub bytes: AtomicU64,
    /// Articles named so far.
    pub articles: AtomicU64,
    /// Whether the last files are being written to disk.
    pub finishing: AtomicBool,
}

impl Progress {
    fn pass(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// Brings an index up to date with the files below some roots.
///
/// Sets off removals only for files below these roots, and never for folders that
/// cannot be read. When `stop` turns true, what was read is committed and the
/// report says that the run was interrupted; the next run goes on from there. A
/// rebuild that is stopped fails and leaves the old index in use.
///
/// # Errors
///
/// Fails if a root does not exist, if another run writes to the index, if another
/// version built it, if the disk is full, or if a rebuild is stopped or finds no file;
/// what was committed stays.
pub fn ingest(
    options: &IngestOptions,
    stop: &AtomicBool,
    progress: &Progress,
) -> Result<IngestReport> {
    let started = Instant::now();
    let walk = Walk::new(&options.roots, &options.index)?;
    let mut writer = Writer::open(
        &options.index,
        WriteOptions {
            memory_bytes: options.memory_bytes,
            threads: options.threads,
            rebuild: options.rebuild,
        },
    )?;
    let roots = absolute_roots(&options.roots)?;
    writer.add_roots(&roots);
    let known = writer.known_files()?;
    let run = Run {
        options,
        roots: &roots,
        stop,
        progress,
        writer: &writer,
        known: &known,
        backlog: Arc::default(),
    };
    let whole = run.to_its_end(walk);
    // Indexing threads fail without telling why.
    let whole = whole.map_err(|error| writer.cause_of_failure().unwrap_or(error));
    let mut report = match whole.and_then(|report| refuse_half_an_index(options, report)) {
        Ok(report) => report,
        Err(error) => {
            writer.discard();
            return Err(error);
        }
    };
    progress.finishing.store(true, Ordering::Relaxed);
    writer.finish()?;
    report.elapsed = started.elapsed();
    Ok(report)
}

/// A new index replaces the old one only when the run that builds it came to its end and
/// read something; files that cannot be read do not keep it from that.
fn refuse_half_an_index(options: &IngestOptions, report: IngestReport) -> Result<IngestReport> {
    let refusal = match (options.rebuild, report.interrupted, report.files_read) {
        (true, true, _) => Error::new(
            ErrorKind::Interrupted,
            "stopped before the new index was whole",
        ),
        (true, false, 0) => Error::new(ErrorKind::Input, "there are no files to index"),
        _ => return Ok(report),
    };
    Err(refusal.with_hint("an old index, if there was one, is still in use"))
}

/// One run, while its threads are at work.
struct Run<'a> {
    options: &'a IngestOptions,
    /// What this run was asked to bring up to date.
    roots: &'a [Root],
    stop: &'a AtomicBool,
    progress: &'a Progress,
    writer: &'a Writer,
    known: &'a KnownFiles,
    backlog: Arc<Backlog>,
}

impl Run<'_> {
    fn to_its_end(&self, walk: Walk) -> Result<IngestReport> {
        let pending = Pending::default();
        std::thread::scope(|scope| {
            let _open = self.backlog.opened_at_the_end();
            let feed = Feed::start(scope, self, walk);
            let mut sequence = Sequence::start(scope, self, &pending)?;
            for file in feed.files {
                sequence.take(&file)?;
            }
            let (mut report, gone) = sequence.finish()?;
            let walked = feed
                .walker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            self.remove_vanished(&walked, &gone, &mut report)?;
            report.interrupted = self.is_stopped();
            report.hidden += walked.hidden;
            report.unchanged += walked.unchanged_articles;
            report.files_unchanged += walked.unchanged_files;
            walked
                .problems
                .into_iter()
                .for_each(|problem| report.note(problem));
            Ok(report)
        })
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Removes the files that are `gone`, and those that the index knows below the roots
    /// but the walk did not meet.
    fn remove_vanished(
        &self,
        walked: &Walked,
        gone: &FxHashSet<u64>,
        report: &mut IngestReport,
    ) -> Result<()> {
        for (key, state) in self
            .known
            .iter()
            .filter(|(key, _)| !walked.seen.contains(key))
        {
            if gone.contains(&key) || self.has_vanished(key, walked)? {
                self.writer.remove_articles(key);
                self.writer.remove_manifest(key);
                report.removed += state.articles;
                report.files_removed += 1;
            }
        }
        Ok(())
    }

    fn has_vanished(&self, key: u64, walked: &Walked) -> Result<bool> {
        // A walk that was stopped has not met everything.
        if self.is_stopped() {
            return Ok(false);
        }
        let Some(path) = self.known.path(key)? else {
            return Ok(false);
        };
        let hidden_from_us = walked
            .unreadable
            .iter()
            .any(|folder| path.starts_with(folder));
        Ok(is_below(self.roots, &path) && !hidden_from_us)
    }
}

/// Whether a file is one of those that a run over `roots` is about.
fn is_below(roots: &[Root], path: &Path) -> bool {
    roots.iter().any(|root| path.starts_with(&root.absolute))
}

fn absolute_roots(roots: &[PathBuf]) -> Result<Vec<Root>> {
    roots
        .iter()
        .map(|given| {
            let absolute = given
                .canonicalize()
                .map_err(|cause| Error::io("read", given, &cause))?;
            Ok(Root {
                given: given.clone(),
                absolute,
            })
        })
        .collect()
}
