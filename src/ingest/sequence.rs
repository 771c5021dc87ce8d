//! The last two stages: names articles in the order of the walk, and indexes them.
//!
//! In: files with their parts. Out: an index, and a report. Commits come in between,
//! each after all that was handed out has been added, and never without a manifest
//! for every file, be it one that says that the file is not finished.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::thread::Scope;
use std::time::{Instant, SystemTime};

use crossbeam_channel::{Receiver, Sender, bounded};
use rustc_hash::FxHashSet;

use super::Run;
use super::feed::{FileToIndex, Part};
use super::naming::{Names, Unnamed};
use super::pending::{Pending, Ticket};
use super::report::IngestReport;
use crate::analysis::Lexicons;
use crate::article::Article;
use crate::engine::embedded::{Admission, FileOutcome, FileState, Manifest, Writer};
use crate::error::{Error, ErrorKind, Place, Problem, ProblemKind, Result};
use crate::parse::{FileReport, Record};

/// Articles that may wait for a thread to index them; the writer bounds their memory.
const WAITING_ARTICLES: usize = 128;

/// Problems of one file that are kept word by word.
const MAX_KEPT_PROBLEMS: usize = 1000;

/// A change this soon before the file was read may be followed by one with the same time.
const CLOCK_TICK_NS: i64 = 50_000_000;

/// Names and indexes the files of a run.
pub(super) struct Sequence<'env> {
    run: &'env Run<'env>,
    names: Names<'env>,
    work: Sender<Work<'env>>,
    pending: &'env Pending,
    report: IngestReport,
    last_commit: Instant,
}

/// An article for a thread to index.
struct Work<'env> {
    article: Article,
    admission: Admission,
    _done: Ticket<'env>,
}

/// A file while its parts come in.
struct OpenFile {
    before: u64,
    articles: u64,
    cleared: bool,
    has_manifest: bool,
    unreadable: bool,
    problems: Vec<Problem>,
    more_problems: u64,
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
            scope.spawn(move || index_all(&waiting, run.writer, pending));
        }
        let names = Names::new(run.known, run.roots, run.writer.committed()?);
        Ok(Self {
            run,
            names,
            work,
            pending,
            report: IngestReport::default(),
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
            if self.last_commit.elapsed() >= self.run.options.commit_every {
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
    pub(super) fn finish(self) -> Result<(IngestReport, FxHashSet<u64>)> {
        drop(self.work);
        self.pending.wait()?;
        Ok((self.report, self.names.into_gone()))
    }

    fn take_record(
        &mut self,
        file: &FileToIndex,
        open: &mut OpenFile,
        record: Record,
    ) -> Result<()> {
        match record {
            Record::Problem(problem) => open.note(problem, &mut self.report),
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

    /// Removes what an earlier run left of the file, before its first article is added.
    fn clear(&mut self, file: &FileToIndex, open: &mut OpenFile) {
        if !open.cleared && file.known.is_some() {
            self.run.writer.remove_articles(file.key);
            self.run.writer.remove_manifest(file.key);
            self.names.free_file(file.key);
        }
        open.cleared = true;
    }

    fn close(&mut self, file: &FileToIndex, mut open: OpenFile, end: &FileReport) -> Result<()> {
        self.report.text_bytes += end.text_bytes;
        if open.unreadable {
            // If nothing could be read, what the index held of it stays.
            self.count_unfinished(&open);
            return self.leave_unfinished(file, &mut open);
        }
        self.clear(file, &mut open);
        self.report
            .count_file(end.format, open.before, open.articles);
        self.report.binary += end.binary;
        self.report.hidden += end.hidden;
        let state = FileState {
            content_hash: end.content_hash as u64,
            articles: open.articles,
            ..state_of(file)
        };
        let format = end.format.map(str::to_owned);
        let outcome = FileOutcome {
            format,
            problems: open.take_problems(file),
        };
        self.set_manifest(&mut open, &manifest(file, state, outcome))
    }

    /// Notes how many articles of a file are in, so that no article is without a manifest.
    fn leave_unfinished(&self, file: &FileToIndex, open: &mut OpenFile) -> Result<()> {
        if open.articles == 0 {
            return Ok(());
        }
        let state = FileState::unfinished(open.articles);
        self.set_manifest(open, &manifest(file, state, FileOutcome::default()))
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

impl OpenFile {
    fn of(file: &FileToIndex) -> Self {
        Self {
            before: file.known.map_or(0, |known| known.articles),
            articles: 0,
            cleared: false,
            has_manifest: false,
            unreadable: false,
            problems: Vec::new(),
            more_problems: 0,
        }
    }

    fn note(&mut self, problem: Problem, report: &mut IngestReport) {
        self.unreadable |= problem.kind == ProblemKind::Unreadable;
        report.note(problem.clone());
        if self.problems.len() < MAX_KEPT_PROBLEMS {
            self.problems.push(problem);
        } else {
            self.more_problems += 1;
        }
    }

    fn take_problems(&mut self, file: &FileToIndex) -> Vec<Problem> {
        if let Some(last) = self.problems.last().filter(|_| self.more_problems > 0) {
            self.problems.push(Problem {
                kind: last.kind,
                path: file.entry.path.to_string_lossy().into_owned(),
                member: None,
                place: Place::default(),
                message: format!("{} more problems in this file", self.more_problems),
            });
        }
        std::mem::take(&mut self.problems)
    }
}
