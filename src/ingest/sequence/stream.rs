//! Takes in records that come by standard input, for as long as they come.
//!
//! In: parts of a stream, with any time between them. Out: articles in the index, of
//! which the newest with an id replaces the others, and a manifest that counts them.
//!
//! Nothing that came by a stream before is removed, for nobody can tell whether it is
//! still there where it came from.

use std::sync::atomic::Ordering;
use std::time::Instant;

use crossbeam_channel::RecvTimeoutError;

use super::super::naming::is_fit;
use super::{FileState, FileToIndex, OpenFile, Part, Record, Result, Sequence, manifest};
use crate::article::Article;
use crate::parse::FileReport;

/// What came of a stream so far.
struct Streamed {
    /// Its problems.
    open: OpenFile,
    /// Articles under ids that were free.
    added: u64,
    /// Articles in the place of an earlier one.
    replaced: u64,
    /// Whether there is anything that is not committed.
    is_dirty: bool,
}

impl Sequence<'_> {
    /// Names and hands out the articles of a stream until it ends.
    pub(in crate::ingest) fn take_stream(&mut self, stream: &FileToIndex) -> Result<()> {
        let mut streamed = Streamed {
            open: OpenFile::of(stream),
            added: 0,
            replaced: 0,
            is_dirty: false,
        };
        // The articles that the index holds of it stay, the problems are those of the last run.
        self.run.writer.remove_problems(stream.key);
        streamed.open.is_cleared = true;
        let mut end = FileReport::default();
        loop {
            let deadline = self.last_commit + self.run.options.commit_every;
            match stream.parts.recv_deadline(deadline) {
                Ok(Part::Records(records, _waiting)) => {
                    for record in records {
                        self.take_streamed(stream, &mut streamed, record)?;
                    }
                }
                Ok(Part::End(report)) => end = report,
                Ok(Part::Touched) | Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if Instant::now() >= deadline {
                self.commit_stream(stream, &mut streamed)?;
            }
        }
        self.note_stream(stream, &mut streamed)?;
        self.count_stream(&end, &streamed);
        Ok(())
    }

    fn take_streamed(
        &mut self,
        stream: &FileToIndex,
        streamed: &mut Streamed,
        record: Record,
    ) -> Result<()> {
        streamed.is_dirty = true;
        let mut article = match record {
            Record::Problem(problem) => {
                return self.take_problem(stream, &mut streamed.open, problem);
            }
            Record::Article { article, .. } => article,
        };
        let name = self.names.name_streamed(&own_id(&article), stream.key)?;
        if name.is_given {
            // The earlier one must be in the index to be removed from it.
            self.pending.wait()?;
        }
        if name.is_taken {
            self.run.writer.remove_article(&name.id);
            streamed.replaced += 1;
        } else {
            streamed.added += 1;
        }
        article.id = name.id;
        self.run.progress.articles.fetch_add(1, Ordering::Relaxed);
        self.hand_out(*article, stream.key)
    }

    fn commit_stream(&mut self, stream: &FileToIndex, streamed: &mut Streamed) -> Result<()> {
        if streamed.is_dirty {
            self.pending.wait()?;
            self.note_stream(stream, streamed)?;
            self.run.writer.commit()?;
            self.names.renew(self.run.writer.committed()?);
            streamed.is_dirty = false;
        }
        self.last_commit = Instant::now();
        Ok(())
    }

    /// Counts what there is of the stream in its manifest.
    fn note_stream(&mut self, stream: &FileToIndex, streamed: &mut Streamed) -> Result<()> {
        self.write_problems(stream, &mut streamed.open)?;
        let state = FileState {
            articles: streamed.open.before + streamed.added,
            ..FileState::default()
        };
        let outcome = streamed.open.outcome(Some("jsonl"));
        self.run.writer.remove_manifest(stream.key);
        self.run
            .writer
            .add_manifest(&manifest(stream, state, outcome))
    }

    fn count_stream(&mut self, end: &FileReport, streamed: &Streamed) {
        if end.text_bytes == 0 {
            return;
        }
        self.report.files_read += 1;
        self.report.added += streamed.added;
        self.report.updated += streamed.replaced;
        self.report.text_bytes += end.text_bytes;
        let count = self.report.formats.entry("jsonl").or_default();
        count.files += 1;
        count.articles += streamed.added + streamed.replaced;
    }
}

/// The id of a record, or where it has none, one that the same content has again.
fn own_id(article: &Article) -> String {
    let id = article.id.trim();
    if is_fit(id) {
        return id.to_owned();
    }
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    let url = article.url.as_deref().unwrap_or_default();
    for part in [&*article.title, &article.lead, &article.body, url] {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    format!("stdin-{:032x}", hasher.digest128())
}
