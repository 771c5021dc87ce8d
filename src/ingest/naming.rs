//! Gives every article an id of its own.
//!
//! In: articles in the order of the walk. Out: the record's own id, else the path
//! below the root with `#N` for the Nth record of a file of several; where that is
//! taken by another record, the next longer name that is free.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::corpus::{FileEntry, Selection};
use crate::engine::embedded::{Committed, KnownFiles};
use crate::error::Result;

/// Longer ids of records are passed over, for ids are typed and shown.
const MAX_ID_BYTES: usize = 256;

/// Ids that are remembered until the next commit, at about 18 bytes each.
const MAX_GIVEN: usize = 4_000_000;

/// The ids that are taken.
pub(super) struct Names<'a> {
    known: &'a KnownFiles,
    selection: &'a Selection,
    /// What the last commit holds.
    committed: Committed,
    /// Hashes of the ids given since then.
    given: FxHashSet<u64>,
    /// Files whose committed articles go away with the next commit.
    leaving: FxHashSet<u64>,
    /// Files that exist no more, whose ids were given to others.
    gone: FxHashSet<u64>,
}

/// A record that needs an id.
pub(super) struct Unnamed<'a> {
    /// The id that the record has of its own; empty if none.
    pub(super) own_id: &'a str,
    /// Its file.
    pub(super) file: &'a FileEntry,
    /// The way to it inside the file, where that is an archive.
    pub(super) member: Option<&'a str>,
    /// Its number in the file, where a file holds several.
    pub(super) number: Option<u64>,
}

impl<'a> Names<'a> {
    pub(super) fn new(
        known: &'a KnownFiles,
        selection: &'a Selection,
        committed: Committed,
    ) -> Self {
        Self {
            known,
            selection,
            committed,
            given: FxHashSet::default(),
            leaving: FxHashSet::default(),
            gone: FxHashSet::default(),
        }
    }

    /// Frees the ids of a file's committed articles.
    pub(super) fn free_file(&mut self, file_key: u64) {
        self.leaving.insert(file_key);
    }

    /// Goes on from a new commit.
    pub(super) fn renew(&mut self, committed: Committed) {
        self.committed = committed;
        self.given.clear();
        self.leaving.clear();
    }

    /// Whether it is time for a commit, which can be asked for ids that were given.
    pub(super) fn is_full(&self) -> bool {
        self.given.len() >= MAX_GIVEN
    }

    /// Gives the record the first of its names that is free.
    pub(super) fn name(&mut self, record: &Unnamed<'_>) -> Result<String> {
        let own =
            Some(record.own_id.trim()).filter(|id| !id.is_empty() && id.len() <= MAX_ID_BYTES);
        for candidate in own
            .map(str::to_owned)
            .into_iter()
            .chain([record.place(), record.long_place()])
        {
            if self.take(&candidate)? {
                return Ok(candidate);
            }
        }
        let long = record.long_place();
        let mut copy = 2u64;
        loop {
            let candidate = format!("{long}~{copy}");
            if self.take(&candidate)? {
                return Ok(candidate);
            }
            copy += 1;
        }
    }

    /// Takes an id if it is free.
    fn take(&mut self, id: &str) -> Result<bool> {
        let hash = FxBuildHasher.hash_one(id);
        if self.given.contains(&hash) || !self.is_free_in_index(id)? {
            return Ok(false);
        }
        self.given.insert(hash);
        Ok(true)
    }

    fn is_free_in_index(&mut self, id: &str) -> Result<bool> {
        if self.committed.is_empty() {
            return Ok(true);
        }
        for file in self.committed.files_of_id(id)? {
            if self.leaving.contains(&file) || self.gone.contains(&file) {
                continue;
            }
            if !self.is_gone(file)? {
                return Ok(false);
            }
            self.gone.insert(file);
        }
        Ok(true)
    }

    /// Whether a file of the selection surely exists no more: one that was renamed is met
    /// under its new name before the old one is removed.
    fn is_gone(&self, file_key: u64) -> Result<bool> {
        // A file that the index did not know at the start is one of this run.
        let Some(path) = self.known.path(file_key)? else {
            return Ok(false);
        };
        Ok(self.selection.selects(&path) && matches!(path.try_exists(), Ok(false)))
    }

    /// The files that exist no more, whose articles must be removed.
    pub(super) fn into_gone(self) -> FxHashSet<u64> {
        self.gone
    }
}

impl Unnamed<'_> {
    fn place(&self) -> String {
        self.place_in(&self.file.relative)
    }

    /// The place with the path as the user would name it.
    fn long_place(&self) -> String {
        self.place_in(&self.file.path.to_string_lossy())
    }

    fn place_in(&self, file: &str) -> String {
        let mut place = file.to_owned();
        if let Some(member) = self.member {
            place = format!("{place}#{member}");
        }
        if let Some(number) = self.number {
            place = format!("{place}#{number}");
        }
        place
    }
}
