//! The last two stages: names articles in the order of the walk, and indexes them.
//!
//! In: files with their parts. Out: an index, and a report. Commits come in between,
//! each after all that was handed out has been added, and never without a manifest
//! for every file, be it one that says that the file is not finished.

mod stream;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::thread::Scope;
use std::time::{Instant, SystemTime};

use crossbeam_channel::{Receiver, Sender, bounded};
use rustc_hash::FxHashSet;

use super::Run;
use super::feed::{FileToIndex, Part};
use super::naming::{Names, Unnamed};
use super::open_file::OpenFile;
use super::pending::{Pending, Ticket};
use super::report::{IngestReport, Tally};
use super::stage::spawn;
use crate::analysis::Lexicons;
use crate::article::Article;
use crate::engine::embedded::{Admission, FileOutcome, FileState, Manifest, ProblemBlock, Writer};
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::parse::{FileReport, Record};

/// Articles that may wait for a thread to index them; the writer bounds their memory.
const WAITING_ARTICLES: usize = 128;

/// A change this soon before the file was read may be followed by one with the same time.
const CLOCK_TICK_NS: i64 = 50_000_000;

/// Names and indexes the files of a run.
pub(super) struct Sequence<'env> {
    run: &'env Run<'env>,
    names: Names<'env>,
    work: Sender<Work<'env>>,
    pending: &'env Pending,
    report: IngestReport,
    problems: Tally,
    last_commit: Instant,
}

/// An article for a thread to index.
struct Work<'env> {
    article: Article,
    admission: Admission,
    _done: Ticket<'env>,
}

impl<'env> Sequence<'env> {
    /// Starts the indexing threads.
    pub(super) fn start<'scope>(
        scope: &'scope Scope<'scope, 'env>,
        run: &'env Run<'env>,
        pending: &'env Pending,
    ) -> Result<Self> {
        let (work, waiting) = bounded(WAITING_ARTICLES);
        for _ in 0..run.options.threads {
            let waiting = waiting.clone();
            spawn(scope, "index", move || {
                index_all(&waiting, run.writer, pending);
            })?;
        }
        let names = Names::new(run.known, &run.options.selection, run.writer.committed()?);
        Ok(Self {
            run,
            names,
            work,
            pending,
            report: IngestReport::default(),
            problems: Tally::default(),
            last_commit: Instant::now(),
        })
    }

    /// Names and hands out the articles of one file, and adds its manifest.
    pub(super) fn take(&mut self, file: &FileToIndex) -> Result<()> {
        self.run.backlog.advance(file.turn);
        let mut open = OpenFile::of(file);
        for part in &file.parts {
            match part {
                Part::Records(records, _waiting) => {
                    for record in records {
                        self.take_record(file, &mut open, record)?;
                    }
                }
                Part::Touched => return self.note_touched(file),
                Part::End(end) => return self.close(file, open, &end),
            }
            let is_time = self.last_commit.elapsed() >= self.run.options.commit_every;
            if is_time || self.names.is_full() {
                self.commit(file, &mut open)?;
            }
        }
        // Stopped: what there is of the file stays, and the next run reads it again.
        self.leave_unfinished(file, &mut open)?;
        self.count_unfinished(&open);
        Ok(())
    }

    /// Waits until all that was handed out is added. Besides the report, gives the
    /// files that exist no more and must be removed.
    pub(super) fn finish(mut self) -> Result<(IngestReport, FxHashSet<u64>)> {
        drop(self.work);
        self.pending.wait()?;
        self.report.add_problems(self.problems);
        Ok((self.report, self.names.into_gone()))
    }

    fn take_record(
        &mut self,
        file: &FileToIndex,
        open: &mut OpenFile,
        record: Record,
    ) -> Result<()> {
        match record {
            Record::Problem(problem) => self.take_problem(file, open, problem)?,
            Record::Article {
                mut article,
                number,
            } => {
                self.clear(file, open);
                let record = Unnamed {
                    own_id: &article.id,
                    file: &file.entry,
                    member: article.member.as_deref(),
                    number,
                };
                article.id = self.names.name(&record)?;
                open.articles += 1;
                self.run.progress.articles.fetch_add(1, Ordering::Relaxed);
                self.hand_out(*article, file.key)?;
            }
        }
        Ok(())
    }

    fn take_problem(
        &mut self,
        file: &FileToIndex,
        open: &mut OpenFile,
        problem: Problem,
    ) -> Result<()> {
        self.problems.note(&problem);
        match open.note(problem) {
            true => self.write_problems(file, open),
            false => Ok(()),
        }
    }

    /// Writes the problems that are not in the index yet.
    fn write_problems(&mut self, file: &FileToIndex, open: &mut OpenFile) -> Result<()> {
        let problems = open.take_block();
        if problems.is_empty() {
            return Ok(());
        }
        self.clear(file, open);
        let block = ProblemBlock {
            file_key: file.key,
            absolute: &file.entry.absolute,
            before: open.written_problems,
            problems: &problems,
        };
        self.run.writer.add_problems(&block)?;
        open.written_problems += problems.len() as u64;
        Ok(())
    }

    fn hand_out(&self, article: Article, file_key: u64) -> Result<()> {
        self.pending.check()?;
        let text_bytes = article.title.len() + article.lead.len() + article.body.len();
        let admission = self.run.writer.admit(file_key, text_bytes);
        let work = Work {
            article,
            admission,
            _done: self.pending.ticket(),
        };
        self.work.send(work).map_err(|_| {
            Error::new(ErrorKind::Io, "the threads that index have stopped")
                .with_hint("run the same command again")
        })
    }

    /// Removes what an earlier run left of the file, before anything of it is added.
    fn clear(&mut self, file: &FileToIndex, open: &mut OpenFile) {
        if !open.is_cleared && file.known.is_some() {
            self.run.writer.remove_file(file.key);
            self.names.free_file(file.key);
        }
        open.is_cleared = true;
    }

    fn close(&mut self, file: &FileToIndex, mut open: OpenFile, end: &FileReport) -> Result<()> {
        self.report.text_bytes += end.text_bytes;
        if open.is_unreadable {
            self.count_unfinished(&open);
            return self.give_up(file, open);
        }
        self.clear(file, &mut open);
        self.write_problems(file, &mut open)?;
        self.report
            .count_file(end.format, open.before, open.articles);
        let outcome = open.outcome(end.format);
        self.report.binary += end.binary;
        self.report.hidden += end.hidden;
        for (kind, count) in &end.passed_over {
            *self.report.passed_over.entry(kind).or_default() += count;
        }
        let state = FileState {
            content_hash: end.content_hash as u64,
            articles: open.articles,
            map: self.run.options.map.fingerprint(),
            ..state_of(file)
        };
        self.set_manifest(&mut open, &manifest(file, state, outcome))
    }

    /// Leaves a file that cannot be read, or not to its end. If nothing could be read, what
    /// the index held of it stays, and its problems stand beside that.
    fn give_up(&mut self, file: &FileToIndex, mut open: OpenFile) -> Result<()> {
        if open.is_begun() {
            return self.leave_unfinished(file, &mut open);
        }
        let obstacles = &self.run.obstacles;
        let mut problems = open.take_block().into_iter();
        problems.try_for_each(|problem| obstacles.meet(&file.entry.absolute, &problem))
    }

    /// Notes how much of a file is in, so that nothing is without a manifest.
    fn leave_unfinished(&mut self, file: &FileToIndex, open: &mut OpenFile) -> Result<()> {
        if !open.is_begun() {
            return Ok(());
        }
        self.write_problems(file, open)?;
        let state = FileState::unfinished(open.articles);
        let outcome = open.outcome(None);
        self.set_manifest(open, &manifest(file, state, outcome))
    }

    /// Adds a file's manifest, in the place of the one that this run added before, if any.
    fn set_manifest(&self, open: &mut OpenFile, manifest: &Manifest) -> Result<()> {
        if open.has_manifest {
            self.run.writer.remove_manifest(manifest.key);
        }
        open.has_manifest = true;
        self.run.writer.add_manifest(manifest)
    }

    fn count_unfinished(&mut self, open: &OpenFile) {
        if open.articles > 0 {
            self.report.count_file(None, open.before, open.articles);
        }
    }

    fn note_touched(&mut self, file: &FileToIndex) -> Result<()> {
        let Some(known) = file.known else {
            return Ok(());
        };
        self.report.files_unchanged += 1;
        self.report.unchanged += known.articles;
        let state = FileState {
            content_hash: known.content_hash,
            articles: known.articles,
            map: self.run.options.map.fingerprint(),
            ..state_of(file)
        };
        let outcome = self.run.known.outcome(file.key)?;
        self.run.writer.remove_manifest(file.key);
        self.run
            .writer
            .add_manifest(&manifest(file, state, outcome))
    }

    /// Commits in the middle of a file.
    fn commit(&mut self, file: &FileToIndex, open: &mut OpenFile) -> Result<()> {
        self.pending.wait()?;
        self.leave_unfinished(file, open)?;
        self.run.writer.commit()?;
        self.names.renew(self.run.writer.committed()?);
        self.last_commit = Instant::now();
        Ok(())
    }
}

/// Indexes what is handed out. A panic fails the run as an error does: a file must not
/// count as read while one of its articles is missing.
fn index_all(waiting: &Receiver<Work<'_>>, writer: &Writer, pending: &Pending) {
    let mut lexicons = Lexicons::default();
    for work in waiting {
        let Work {
            article,
            admission,
            _done,
        } = work;
        let id = article.id.clone();
        let add = || writer.add_article(article, admission, &mut lexicons);
        let added = catch_unwind(AssertUnwindSafe(add)).unwrap_or_else(|_| {
            let message = format!("the article {id} cannot be analysed");
            Err(Error::new(ErrorKind::Io, message).with_hint("leave its file out, and report this"))
        });
        if let Err(error) = added {
            pending.fail(error);
        }
    }
}

fn manifest(file: &FileToIndex, state: FileState, outcome: FileOutcome) -> Manifest {
    Manifest {
        key: file.key,
        absolute: file.entry.absolute.clone(),
        state,
        outcome,
    }
}

/// The file as the walk saw it; a time of change that is too fresh to be trusted is left out.
fn state_of(file: &FileToIndex) -> FileState {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let now_ns = i64::try_from(now.as_nanos()).unwrap_or(i64::MAX);
    let fresh = file.entry.modified_ns.saturating_add(CLOCK_TICK_NS) > now_ns;
    let modified_ns = if fresh { 0 } else { file.entry.modified_ns };
    FileState {
        size_bytes: file.entry.size_bytes,
        modified_ns,
        ..FileState::default()
    }
}
