//! The first two stages: walks the roots, and reads what has changed.
//!
//! In: a walk. Out: the files to index, in its order, each with a stream of its
//! records, which reader threads fill ahead of time.

use std::ops::ControlFlow;
use std::sync::atomic::Ordering;
use std::thread::{Scope, ScopedJoinHandle};

use crossbeam_channel::{Receiver, Sender, bounded};
use rustc_hash::FxHashSet;

use super::Run;
use super::backlog::Waiting;
use super::report::Tally;
use super::stage::spawn;
use crate::corpus::{FileEntry, Found, Walk, content_hash};
use crate::engine::embedded::{FileState, file_key};
use crate::error::Result;
use crate::parse::{FileReport, Record, read_articles};

/// Files that may wait for a reader.
const WAITING_FILES: usize = 256;

/// Records are passed on in batches of about this much text, for a hand-over costs as much as parsing a short one.
pub(super) const BATCH_BYTES: usize = 256 << 10;

/// Batches of one file that may wait to be indexed.
pub(super) const WAITING_BATCHES: usize = 2;

/// A file to index.
pub(super) struct FileToIndex {
    pub(super) entry: FileEntry,
    pub(super) key: u64,
    /// Its number in the order of the walk, from 0.
    pub(super) turn: u64,
    /// What the index knows of it.
    pub(super) known: Option<FileState>,
    /// What is read from it; [`Part::End`] comes last.
    pub(super) parts: Receiver<Part>,
}

/// A piece of a file.
pub(super) enum Part {
    /// Articles and problems, in file order, with the room that they take.
    Records(Vec<Record>, Waiting),
    /// The content is what the index holds; only the time of change is new.
    Touched,
    /// Nothing follows.
    End(FileReport),
}

/// What the walk met besides files to index.
#[derive(Default)]
pub(super) struct Walked {
    pub(super) seen: FxHashSet<u64>,
    /// [`file_key`]s of the paths below which nothing is known.
    pub(super) unreadable: FxHashSet<u64>,
    pub(super) problems: Tally,
    pub(super) hidden: u64,
    pub(super) ignored: u64,
    /// Files that were to be read, but have not changed lately enough.
    pub(super) older: u64,
    pub(super) unchanged_files: u64,
    pub(super) unchanged_articles: u64,
}

/// The running stages.
pub(super) struct Feed<'scope> {
    /// The files to index, in the order of the walk.
    pub(super) files: Receiver<FileToIndex>,
    /// Yields what else the walk met, when it is over.
    pub(super) walker: ScopedJoinHandle<'scope, Result<Walked>>,
}

/// A file that waits for a reader.
struct Job {
    entry: FileEntry,
    turn: u64,
    known: Option<FileState>,
    parts: Sender<Part>,
}

impl<'scope> Feed<'scope> {
    /// Starts the threads.
    pub(super) fn start<'env>(
        scope: &'scope Scope<'scope, 'env>,
        run: &'env Run<'_>,
    ) -> Result<Self>
    where
        'env: 'scope,
    {
        let (jobs_in, jobs) = bounded::<Job>(WAITING_FILES);
        let (files_in, files) = bounded(WAITING_FILES);
        for _ in 0..run.options.threads {
            let jobs = jobs.clone();
            let read_all = move || jobs.iter().for_each(|job| read(run, &job));
            spawn(scope, "read", read_all)?;
        }
        let walker = Walker {
            run,
            jobs: jobs_in,
            files: files_in,
            turn: 0,
        };
        let walk_all = move || walker.walk(run.options.selection.walk());
        let walker = spawn(scope, "walk", walk_all)?;
        Ok(Self { files, walker })
    }
}

struct Walker<'a> {
    run: &'a Run<'a>,
    jobs: Sender<Job>,
    files: Sender<FileToIndex>,
    /// Files sent on their way so far.
    turn: u64,
}

impl Walker<'_> {
    fn walk(mut self, walk: Walk) -> Result<Walked> {
        let mut walked = Walked::default();
        for found in walk {
            if self.run.is_stopped() {
                break;
            }
            match found {
                Found::File(entry) => {
                    if self.meet(entry, &mut walked).is_break() {
                        break;
                    }
                }
                Found::Hidden(_) => walked.hidden += 1,
                Found::Ignored(_) => walked.ignored += 1,
                Found::BrokenRule { absolute, problem } => {
                    walked.problems.note(&problem);
                    self.run.obstacles.meet(&absolute, &problem)?;
                }
                Found::Unreadable { absolute, problem } => {
                    walked.unreadable.insert(file_key(&absolute));
                    walked.problems.note(&problem);
                    self.run.obstacles.meet(&absolute, &problem)?;
                }
            }
        }
        Ok(walked)
    }

    /// Sends a file on its way, unless it has not changed. Breaks off when nobody takes it.
    fn meet(&mut self, entry: FileEntry, walked: &mut Walked) -> ControlFlow<()> {
        let key = file_key(&entry.absolute);
        walked.seen.insert(key);
        self.run.progress.files.fetch_add(1, Ordering::Relaxed);
        let known = self.run.known.get(key);
        if let Some(state) = known
            && (state.size_bytes, state.modified_ns) == (entry.size_bytes, entry.modified_ns)
            && state.map == self.run.options.map.fingerprint()
        {
            walked.unchanged_files += 1;
            walked.unchanged_articles += state.articles;
            self.run.progress.pass(entry.size_bytes);
            return ControlFlow::Continue(());
        }
        if self
            .run
            .options
            .since_ns
            .is_some_and(|since| entry.modified_ns <= since)
        {
            walked.older += 1;
            self.run.progress.pass(entry.size_bytes);
            return ControlFlow::Continue(());
        }
        let (parts_in, parts) = bounded(WAITING_BATCHES);
        let turn = self.turn;
        self.turn += 1;
        let job = Job {
            entry: entry.clone(),
            turn,
            known,
            parts: parts_in,
        };
        let file = FileToIndex {
            entry,
            key,
            turn,
            known,
            parts,
        };
        // First the job: whoever waits for its parts can be sure that a reader will come to it.
        let sent = self.jobs.send(job).is_ok() && self.files.send(file).is_ok();
        if sent {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
}

/// Reads one file. A part that nobody takes any more ends the reading.
fn read(run: &Run<'_>, job: &Job) {
    if run.is_stopped() {
        // Nothing of it is touched, so it can wait for the next run.
        return;
    }
    // A file that cannot be hashed cannot be read either, which reading it then reports.
    let same = job.known.is_some_and(|known| {
        known.size_bytes == job.entry.size_bytes
            && known.map == run.options.map.fingerprint()
            && content_hash(&job.entry).is_ok_and(|hash| hash as u64 == known.content_hash)
    });
    if same {
        run.progress.pass(job.entry.size_bytes);
        let _ = job.parts.send(Part::Touched);
        return;
    }
    let mut reading = Reading {
        run,
        job,
        batch: Vec::new(),
        batch_bytes: 0,
        passed_bytes: 0,
    };
    let report = read_articles(&job.entry, &run.options.map, &mut |record| {
        reading.take(record)
    });
    let _ = reading.hand_over();
    reading.pass(job.entry.size_bytes);
    // Without its end, the file counts as not finished, and the next run reads it again.
    if !reading.is_cut_short() {
        let _ = job.parts.send(Part::End(report));
    }
}

/// A file that is being read.
struct Reading<'a> {
    run: &'a Run<'a>,
    job: &'a Job,
    batch: Vec<Record>,
    batch_bytes: usize,
    passed_bytes: u64,
}

impl Reading<'_> {
    fn take(&mut self, record: Record) -> ControlFlow<()> {
        self.batch_bytes += text_bytes(&record);
        self.batch.push(record);
        if self.batch_bytes >= BATCH_BYTES {
            self.hand_over()?;
        }
        match self.is_cut_short() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    /// Whether the run is to stop here. A file that the index holds in an earlier version
    /// is read to its end all the same, so that it is never left with less than it had.
    fn is_cut_short(&self) -> bool {
        self.run.is_stopped() && !self.job.known.is_some_and(|known| known.is_finished())
    }

    /// Passes the batch on; breaks off if nobody takes it.
    fn hand_over(&mut self) -> ControlFlow<()> {
        self.pass(self.batch_bytes as u64);
        let waiting = self.run.backlog.add(self.job.turn, self.batch_bytes);
        self.batch_bytes = 0;
        let records = std::mem::take(&mut self.batch);
        match self.job.parts.send(Part::Records(records, waiting)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    /// Shows progress by the bytes of text read, as far as the file's size on disk allows.
    fn pass(&mut self, bytes: u64) {
        let bytes = bytes.min(self.job.entry.size_bytes - self.passed_bytes);
        self.passed_bytes += bytes;
        self.run.progress.pass(bytes);
    }
}

pub(super) fn text_bytes(record: &Record) -> usize {
    match record {
        Record::Article { article, .. } => {
            article.title.len() + article.lead.len() + article.body.len()
        }
        Record::Problem(problem) => problem.memory_bytes(),
    }
}
