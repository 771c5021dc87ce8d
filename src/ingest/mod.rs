//! The use case behind `search index`: folders or a stream in, an index out.
//!
//! In: what to read, an index folder, and a flag that asks to stop. Out: a report. Files
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
mod live;
mod naming;
mod obstacles;
mod open_file;
mod pending;
mod report;
mod sequence;
mod stage;
#[cfg(test)]
mod tests;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rustc_hash::FxHashSet;

use crate::corpus::Selection;
use crate::engine::embedded::{EmbeddedEngine, KnownFiles, Root, WriteOptions, Writer, file_key};
use crate::error::{Error, ErrorKind, Result};
use crate::parse::FieldMap;

pub use report::{FormatCount, IngestReport};

use self::backlog::Backlog;
use self::feed::{Feed, Walked};
use self::live::{Origin, Stream};
use self::obstacles::Obstacles;
use self::pending::Pending;
use self::sequence::Sequence;

/// What to index, and how.
#[derive(Clone, Debug)]
pub struct IngestOptions {
    /// What to bring up to date.
    pub selection: Selection,
    /// Files that were last changed at this time or before, in nanoseconds since 1970,
    /// are left as they are.
    pub since_ns: Option<i64>,
    /// The index folder.
    pub index: PathBuf,
    /// Memory for the index under construction, in bytes.
    pub memory_bytes: usize,
    /// Threads for each stage, at least 1.
    pub threads: usize,
    /// Whether to build anew, beside the old index.
    pub rebuild: bool,
    /// Whether a new index takes over what came by streams into the old one.
    pub keeps_streamed: bool,
    /// Which keys hold which parts of an article, where their names do not tell.
    pub map: Arc<FieldMap>,
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

/// Brings an index up to date with the files of a selection.
///
/// Removes only what has vanished among these, and never from folders that cannot be
/// read; other files stay as they are in the index. When `stop` turns true, what was
/// read is committed and the report says that the run was interrupted; the next run goes
/// on from there. A rebuild that is stopped fails and leaves the old index in use.
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
    run(options, Task::Walk, stop, progress)
}

/// Adds the records of a stream of JSON Lines, which may be endless, to an index.
///
/// A record takes the place of one with the same id that came by a stream before; one
/// without an id has its content for it. Nothing else is removed, and of `options` the
/// selection is not looked at. The stream must end when `stop` turns true; what was read
/// of it is committed then.
///
/// # Errors
///
/// As [`ingest`].
pub fn ingest_stream(
    options: &IngestOptions,
    stream: Box<dyn Read + Send>,
    stop: &AtomicBool,
    progress: &Progress,
) -> Result<IngestReport> {
    run(options, Task::Stream(stream), stop, progress)
}

/// What a run does.
enum Task {
    Walk,
    Stream(Box<dyn Read + Send>),
}

fn run(
    options: &IngestOptions,
    task: Task,
    stop: &AtomicBool,
    progress: &Progress,
) -> Result<IngestReport> {
    let started = Instant::now();
    let earlier = match options.rebuild && options.keeps_streamed {
        true => Some(open_earlier(options)?),
        false => None,
    };
    let mut writer = Writer::open(
        &options.index,
        WriteOptions {
            memory_bytes: options.memory_bytes,
            threads: options.threads,
            rebuild: options.rebuild,
        },
    )?;
    match task {
        Task::Walk => writer.add_roots(options.selection.sources().map(Root::from)),
        Task::Stream(_) => writer.add_roots([Root::stream()]),
    }
    if earlier.is_some() {
        writer.add_roots([Root::stream()]);
    }
    let known = writer.known_files()?;
    let obstacles = Obstacles::new(&writer)?;
    let run = Run {
        options,
        stop,
        progress,
        writer: &writer,
        known: &known,
        obstacles: &obstacles,
        backlog: Arc::default(),
    };
    let whole = match task {
        Task::Walk => run.walk(earlier),
        Task::Stream(stream) => run.listen(stream),
    };
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

/// Opens the index that is to be replaced, for what cannot be read again elsewhere.
fn open_earlier(options: &IngestOptions) -> Result<EmbeddedEngine> {
    EmbeddedEngine::open(&options.index).map_err(|cause| {
        let message = format!("cannot take over what came by standard input: {cause}");
        Error::new(cause.kind(), message)
            .with_hint("pipe it in again: search index --rebuild PATH… -")
    })
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
    stop: &'a AtomicBool,
    progress: &'a Progress,
    writer: &'a Writer,
    known: &'a KnownFiles,
    obstacles: &'a Obstacles<'a>,
    backlog: Arc<Backlog>,
}

impl Run<'_> {
    fn walk(&self, earlier: Option<EmbeddedEngine>) -> Result<IngestReport> {
        let pending = Pending::default();
        std::thread::scope(|scope| {
            let _open = self.backlog.opened_at_the_end();
            let feed = Feed::start(scope, self)?;
            let mut sequence = Sequence::start(scope, self, &pending)?;
            for file in feed.files {
                sequence.take(&file)?;
            }
            if let Some(earlier) = earlier {
                let origin = Origin::Earlier(Box::new(earlier));
                self.take_stream(Stream::start(scope, self, origin)?, &mut sequence)?;
            }
            let (mut report, gone) = sequence.finish()?;
            let walked = feed
                .walker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            self.remove_vanished(&walked, &gone, &mut report)?;
            self.obstacles.remove_others(|path| {
                self.options.selection.may_meet(path) && self.was_walked(path.parent(), &walked)
            })?;
            report.interrupted = self.is_stopped();
            report.hidden += walked.hidden;
            report.ignored = walked.ignored;
            report.files_older = walked.older;
            report.unchanged += walked.unchanged_articles;
            report.files_unchanged += walked.unchanged_files;
            report.add_problems(walked.problems);
            Ok(report)
        })
    }

    fn listen(&self, stream: Box<dyn Read + Send>) -> Result<IngestReport> {
        let pending = Pending::default();
        std::thread::scope(|scope| {
            let _open = self.backlog.opened_at_the_end();
            let stream = Stream::start(scope, self, Origin::Lines(stream))?;
            let mut sequence = Sequence::start(scope, self, &pending)?;
            self.take_stream(stream, &mut sequence)?;
            let (mut report, _) = sequence.finish()?;
            report.interrupted = self.is_stopped();
            Ok(report)
        })
    }

    fn take_stream(&self, stream: Stream<'_>, sequence: &mut Sequence<'_>) -> Result<()> {
        sequence.take_stream(&stream.file)?;
        drop(stream.file);
        let read = stream.reader.join();
        match read.unwrap_or_else(|panic| std::panic::resume_unwind(panic)) {
            // Told by the report.
            Err(_) if self.is_stopped() => Ok(()),
            read => read,
        }
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Removes the files that are `gone`, and those that the index knows of the selection
    /// but the walk did not meet.
    fn remove_vanished(
        &self,
        walked: &Walked,
        gone: &FxHashSet<u64>,
        report: &mut IngestReport,
    ) -> Result<()> {
        for key in self.known_in_scope(gone)? {
            let Some(state) = self.known.get(key).filter(|_| !walked.seen.contains(&key)) else {
                continue;
            };
            if gone.contains(&key) || self.has_vanished(key, walked)? {
                self.writer.remove_file(key);
                report.removed += state.articles;
                report.files_removed += 1;
            }
        }
        Ok(())
    }

    /// The known files that may have vanished: those that are `gone`, and all where this
    /// run looks.
    fn known_in_scope(&self, gone: &FxHashSet<u64>) -> Result<Vec<u64>> {
        let Some(scope) = self.options.selection.scope() else {
            return Ok(self.known.iter().map(|(key, _)| key).collect());
        };
        let mut keys: Vec<_> = gone.iter().copied().collect();
        for place in scope {
            keys.extend(self.known.below(place)?);
        }
        keys.sort_unstable();
        keys.dedup();
        Ok(keys)
    }

    fn has_vanished(&self, key: u64, walked: &Walked) -> Result<bool> {
        let path = self.known.path(key)?;
        Ok(path.is_some_and(|path| {
            self.options.selection.covers(&path) && self.was_walked(Some(&path), walked)
        }))
    }

    /// Whether nothing kept the walk from entering `way` or what is above it.
    fn was_walked(&self, way: Option<&Path>, walked: &Walked) -> bool {
        let mut folders = way.into_iter().flat_map(Path::ancestors);
        // A walk that was stopped has not met everything.
        !self.is_stopped() && !folders.any(|folder| walked.unreadable.contains(&file_key(folder)))
    }
}
