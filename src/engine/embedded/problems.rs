//! The problems that an index holds: written in blocks, listed in the order of paths.
//!
//! In: the problems of a file, some at a time. Out: all problems, path by path, and
//! those of a file in its order, one at a time.
//!
//! A segment has its blocks sorted by path and place in memory (24 bytes each); what is
//! in them is read when its turn comes. The segments are merged as they are listed.

use std::path::{Path, PathBuf};

use tantivy::columnar::StrColumn;
use tantivy::schema::Value;
use tantivy::{DocAddress, DocId, SegmentReader, TantivyDocument};

use super::EmbeddedEngine;
use super::failure::read_failure;
use super::manifest::{from_json, path_of_text};
use crate::error::{Problem, Result};

/// A part of what was wrong in a file.
#[derive(Clone, Copy, Debug)]
pub struct ProblemBlock<'a> {
    /// [`super::file_key`] of the path.
    pub file_key: u64,
    /// The absolute path.
    pub absolute: &'a Path,
    /// How many problems of the file are in blocks before this one.
    pub before: u64,
    /// The problems, in file order.
    pub problems: &'a [Problem],
}

impl ProblemBlock<'_> {
    /// Memory that it takes until it is indexed, about.
    pub(super) fn memory_bytes(&self) -> usize {
        self.problems.iter().map(Problem::memory_bytes).sum()
    }
}

/// The blocks and obstacles of a segment that are still to be listed.
struct Shelf {
    segment: u32,
    paths: StrColumn,
    /// Ordinals of the paths, and places there; the next one last.
    waiting: Vec<(u64, Place)>,
    next: Option<Next>,
}

/// What is to be listed next of a shelf; ordered by path, then by place.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Next {
    path: String,
    place: Place,
}

/// Where in its path a document comes; ordered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// Obstacles come first.
    is_block: bool,
    before: u64,
    doc: DocId,
}

impl EmbeddedEngine {
    /// Hands every problem to `each`: by path, and those of a file in file order.
    ///
    /// Unless `below` is empty, only those of these files and of what is below these
    /// folders, named by their absolute path.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read, or with the error that `each` returns.
    pub fn for_each_problem(
        &self,
        below: &[PathBuf],
        each: &mut dyn FnMut(Problem) -> Result<()>,
    ) -> Result<()> {
        let mut shelves = Vec::new();
        for (segment, reader) in (0..).zip(self.searcher.segment_readers()) {
            shelves.extend(Shelf::open(segment, reader).map_err(read_failure)?);
        }
        while let Some(shelf) = shelves
            .iter_mut()
            .filter(|shelf| shelf.next.is_some())
            .min_by(|a, b| a.next.cmp(&b.next))
        {
            let Some(next) = shelf.turn().map_err(read_failure)? else {
                continue;
            };
            let path = path_of_text(&next.path);
            if below.is_empty() || below.iter().any(|folder| path.starts_with(folder)) {
                let address = DocAddress::new(shelf.segment, next.place.doc);
                self.problems_at(address)?
                    .into_iter()
                    .try_for_each(&mut *each)?;
            }
        }
        Ok(())
    }

    fn problems_at(&self, address: DocAddress) -> Result<Vec<Problem>> {
        let document: TantivyDocument = self.searcher.doc(address).map_err(read_failure)?;
        let list = document.get_first(self.fields.problem_list);
        list.and_then(|list| list.as_str())
            .map_or_else(|| Ok(Vec::new()), from_json)
    }
}

impl Shelf {
    /// Sorts what a segment has; `None` if that is nothing.
    fn open(segment: u32, reader: &SegmentReader) -> tantivy::Result<Option<Self>> {
        let columns = reader.fast_fields();
        let Some(paths) = columns.str("file_path")? else {
            return Ok(None);
        };
        // Articles and manifests have nothing in this column.
        let before = columns.u64("problems_before")?;
        let obstacles = columns.u64("obstacle")?;
        let entry = |doc| {
            let place = Place {
                is_block: obstacles.first(doc).is_none(),
                before: before.first(doc)?,
                doc,
            };
            Some((paths.term_ords(doc).next()?, place))
        };
        let mut waiting: Vec<_> = reader.doc_ids_alive().filter_map(entry).collect();
        waiting.sort_unstable_by(|a, b| b.cmp(a));
        let mut shelf = Self {
            segment,
            paths,
            waiting,
            next: None,
        };
        shelf.turn()?;
        Ok(Some(shelf))
    }

    /// Takes what was next, and moves on.
    fn turn(&mut self) -> tantivy::Result<Option<Next>> {
        let next = match self.waiting.pop() {
            Some((ord, place)) => {
                let mut path = String::new();
                self.paths.ord_to_str(ord, &mut path)?;
                Some(Next { path, place })
            }
            None => None,
        };
        Ok(std::mem::replace(&mut self.next, next))
    }
}
