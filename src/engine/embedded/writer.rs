//! Writes an index: articles, problems and manifests in, commits out.
//!
//! No commit holds articles or problems of a file without a manifest of it, be it one
//! that says that the file is not finished: manifests are how a later run knows what
//! there is. Obstacles stand for themselves.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::indexer::LogMergePolicy;
use tantivy::{Index, IndexWriter, ReloadPolicy, Searcher, Term};

use super::budget::{Budget, Share};
use super::committed::Committed;
use super::document::IndexDocument;
use super::failure::{read_failure, write_failure};
use super::grams;
use super::layout::{Layout, WriteLock, create_index, open_index};
use super::manifest::{KnownFiles, Manifest};
use super::obstacle::KnownObstacles;
use super::problems::ProblemBlock;
use super::schema::Fields;
use super::stamp::{Root, Stamp};
use crate::analysis::Lexicons;
use crate::article::Article;
use crate::error::{Error, Problem, Result};

/// tantivy needs at least 15 MB a thread.
const MIN_THREAD_BYTES: usize = 15_000_000;

/// tantivy counts a thread's bytes in 32 bits.
const MAX_THREAD_BYTES: usize = 4_000_000_000;

/// Articles between the parsers and the index may take this much memory.
const IN_FLIGHT_BYTES: usize = 96 << 20;

/// How an index is written.
#[derive(Clone, Copy, Debug)]
pub struct WriteOptions {
    /// Memory for the index under construction, in bytes, all threads together.
    pub memory_bytes: usize,
    /// Threads that index, at least 1.
    pub threads: usize,
    /// Whether to build a new index beside the old one, which it replaces when [`Writer::finish`] is called.
    pub rebuild: bool,
}

/// Writes to an index; there is one at a time.
pub struct Writer {
    layout: Layout,
    generation: PathBuf,
    replaces: bool,
    stamp: Stamp,
    fields: Fields,
    index: Index,
    // The lock is held until the process has written its last byte.
    writer: RwLock<IndexWriter<IndexDocument>>,
    budget: Arc<Budget>,
    _lock: WriteLock,
}

/// An article of a file on its way into the index, with its part of the memory that such
/// articles may take; given back when dropped.
pub struct Admission {
    file_key: u64,
    share: Share,
}

impl Writer {
    /// Opens the index in `folder` for writing, or makes it.
    ///
    /// # Errors
    ///
    /// Fails if another process writes to it, if another version built it, or if the disk does not let us.
    pub fn open(folder: &Path, options: WriteOptions) -> Result<Self> {
        let layout = Layout::new(folder);
        let lock = layout.lock()?;
        let current = layout.current();
        let (fields, index, generation, replaces) = match current {
            Ok(Some(generation)) if !options.rebuild => {
                layout.sweep(&generation.file_name().unwrap_or_default().to_string_lossy());
                (Fields::new().1, open_index(&generation)?, generation, false)
            }
            Err(error) if !options.rebuild => return Err(error),
            _ => {
                let generation = layout.next_generation()?;
                let (schema, fields) = Fields::new();
                (fields, create_index(&generation, schema)?, generation, true)
            }
        };
        let stamp = if replaces {
            Stamp::new(Vec::new())
        } else {
            Stamp::check(&index)?
        };
        let writer = open_writer(&index, options).map_err(|cause| write_failure(&cause, folder))?;
        let mut writer = Self {
            layout,
            generation,
            replaces,
            stamp,
            fields,
            index,
            writer: RwLock::new(writer),
            budget: Budget::new(IN_FLIGHT_BYTES),
            _lock: lock,
        };
        if replaces {
            writer.commit()?;
            if !options.rebuild {
                writer.put_in_use()?;
            }
        }
        Ok(writer)
    }

    /// Adds to the roots that the index was built from.
    pub fn add_roots(&mut self, roots: impl IntoIterator<Item = Root>) {
        roots.into_iter().for_each(|root| self.stamp.add_root(root));
    }

    /// The files that the last commit holds.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    pub fn known_files(&self) -> Result<KnownFiles> {
        KnownFiles::read(self.searcher()?)
    }

    /// The obstacles that the last commit holds.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    pub fn known_obstacles(&self) -> Result<KnownObstacles> {
        KnownObstacles::read(self.searcher()?)
    }

    /// A view of the last commit, to look ids up in.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    pub fn committed(&self) -> Result<Committed> {
        Ok(Committed::new(self.searcher()?, self.fields))
    }

    /// Waits until an article of the file `file_key` with `text_bytes` may be taken on.
    pub fn admit(&self, file_key: u64, text_bytes: usize) -> Admission {
        // The text, its encoded forms, and the stored copy.
        let share = self.budget.take(text_bytes.saturating_mul(4));
        Admission { file_key, share }
    }

    /// Analyses an admitted article and adds it.
    ///
    /// # Errors
    ///
    /// Fails if the index can no longer be written; [`Writer::commit`] then tells why.
    pub fn add_article(
        &self,
        article: Article,
        admission: Admission,
        lexicons: &mut Lexicons,
    ) -> Result<()> {
        let document =
            IndexDocument::of_article(article, admission.file_key, &self.fields, lexicons)?;
        self.add(document.holding(admission.share))
    }

    /// Adds a file's manifest.
    ///
    /// # Errors
    ///
    /// Fails as [`Writer::add_article`] does.
    pub fn add_manifest(&self, manifest: &Manifest) -> Result<()> {
        self.add(IndexDocument::of_manifest(manifest, &self.fields)?)
    }

    /// Adds a part of what was wrong in a file.
    ///
    /// # Errors
    ///
    /// Fails as [`Writer::add_article`] does.
    pub fn add_problems(&self, block: &ProblemBlock<'_>) -> Result<()> {
        let share = self.budget.take(block.memory_bytes());
        let document = IndexDocument::of_problems(block, &self.fields)?;
        self.add(document.holding(share))
    }

    /// Adds what was wrong with a path that cannot be read.
    ///
    /// # Errors
    ///
    /// Fails as [`Writer::add_article`] does.
    pub fn add_obstacle(&self, absolute: &Path, problem: &Problem) -> Result<()> {
        self.add(IndexDocument::of_obstacle(absolute, problem, &self.fields)?)
    }

    /// Removes an obstacle by its key.
    pub fn remove_obstacle(&self, key: u64) {
        self.remove(Term::from_field_u64(self.fields.obstacle, key));
    }

    /// Removes all that was added of a file before.
    pub fn remove_file(&self, file_key: u64) {
        self.remove(Term::from_field_u64(self.fields.file, file_key));
        self.remove_problems(file_key);
        self.remove_manifest(file_key);
    }

    /// Removes the problems of a file that were added before.
    pub fn remove_problems(&self, file_key: u64) {
        self.remove(Term::from_field_u64(self.fields.problems, file_key));
    }

    /// Removes the article with an id, if it was added before.
    pub fn remove_article(&self, id: &str) {
        self.remove(Term::from_field_text(self.fields.id, id));
    }

    /// Removes a file's manifest that was added before.
    pub fn remove_manifest(&self, file_key: u64) {
        self.remove(Term::from_field_u64(self.fields.manifest, file_key));
    }

    /// Makes everything so far permanent.
    ///
    /// # Errors
    ///
    /// Fails if the disk is full or fails; what was committed before stays.
    pub fn commit(&self) -> Result<()> {
        let payload = self.stamp.to_payload();
        let mut writer = self.writer.write().unwrap_or_else(PoisonError::into_inner);
        let commit = writer.prepare_commit().and_then(|mut prepared| {
            prepared.set_payload(&payload);
            prepared.commit()
        });
        match commit {
            Ok(_) => Ok(()),
            Err(cause) => {
                // Leaves the writer usable and the last commit in force.
                let _ = writer.rollback();
                Err(write_failure(&cause, self.layout.folder()))
            }
        }
    }

    /// Why the threads that index have stopped, if they have; gives up what is not committed.
    pub fn cause_of_failure(&self) -> Option<Error> {
        let mut writer = self.writer.write().unwrap_or_else(PoisonError::into_inner);
        let cause = writer.prepare_commit().map(drop).err();
        // Here already: segments that are still being written when a writer is rolled back
        // are not freed, and `discard` rolls back only then.
        let _ = writer.rollback();
        cause.map(|cause| write_failure(&cause, self.layout.folder()))
    }

    /// Commits, waits for merges, and puts a rebuilt index in the place of the old one.
    ///
    /// # Errors
    ///
    /// Fails as [`Writer::commit`] does; the old index then stays in use.
    pub fn finish(mut self) -> Result<()> {
        self.commit()?;
        self.put_in_use()?;
        let folder = self.layout.folder().to_owned();
        let writer = self
            .writer
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let index = writer.index().clone();
        writer
            .wait_merging_threads()
            .and_then(|()| grams::bring_up_to_date(&index, &self.generation))
            .map_err(|cause| write_failure(&cause, &folder))
    }

    /// Gives up what is not committed, frees the disk of it, and removes a new index that was
    /// to replace the old one.
    pub fn discard(self) {
        let mut writer = self
            .writer
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        // What cannot be removed is swept away by a later run.
        let _ = writer.rollback();
        let _ = writer.garbage_collect_files().wait();
        drop(writer);
        if self.replaces {
            let _ = std::fs::remove_dir_all(&self.generation);
        }
    }

    fn put_in_use(&mut self) -> Result<()> {
        if self.replaces {
            self.layout.switch_to(&self.generation)?;
            self.replaces = false;
        }
        Ok(())
    }

    fn add(&self, document: IndexDocument) -> Result<()> {
        let writer = self.writer.read().unwrap_or_else(PoisonError::into_inner);
        writer
            .add_document(document)
            .map(drop)
            .map_err(|cause| write_failure(&cause, self.layout.folder()))
    }

    fn remove(&self, term: Term) {
        self.writer
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .delete_term(term);
    }

    fn searcher(&self) -> Result<Searcher> {
        let reader = self
            .index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into();
        Ok(reader.map_err(read_failure)?.searcher())
    }
}

fn open_writer(
    index: &Index,
    options: WriteOptions,
) -> tantivy::Result<IndexWriter<IndexDocument>> {
    let fitting = (options.memory_bytes / MIN_THREAD_BYTES).max(1);
    let threads = options.threads.clamp(1, 8).min(fitting);
    let memory = options
        .memory_bytes
        .clamp(threads * MIN_THREAD_BYTES, threads * MAX_THREAD_BYTES);
    let writer = index.writer_with_num_threads(threads, memory)?;
    let mut policy = LogMergePolicy::default();
    // By default, articles that were replaced would stay on disk forever.
    policy.set_del_docs_ratio_before_merge(0.3);
    writer.set_merge_policy(Box::new(policy));
    Ok(writer)
}
