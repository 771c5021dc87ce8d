//! What stands in the way of reading: paths that could not be read when they were met.
//!
//! An obstacle is one problem of one path: a folder that may not be entered, a link that
//! leads nowhere. It says nothing of what the index may hold of the path from before.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use tantivy::{DocAddress, Searcher};
use xxhash_rust::xxh3::Xxh3;

use super::failure::read_failure;
use super::manifest::{path_of_text, text_at};
use crate::error::{Problem, Result};

/// Names an obstacle: the hash of its absolute path and of all that is wrong there.
pub fn obstacle_key(absolute: &Path, problem: &Problem) -> u64 {
    let mut hasher = Xxh3::new();
    hasher.update(absolute.as_os_str().as_encoded_bytes());
    // No path holds a NUL, so nothing of the problem can be taken for a part of it.
    hasher.update(format!("\0{:?}\0{problem}", problem.kind).as_bytes());
    hasher.digest()
}

/// The obstacles that an index holds, by their key: about 20 bytes each.
pub struct KnownObstacles {
    by_key: FxHashMap<u64, DocAddress>,
    searcher: Searcher,
}

impl KnownObstacles {
    pub(super) fn read(searcher: Searcher) -> Result<Self> {
        let mut by_key = FxHashMap::default();
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            let keys = reader.fast_fields().u64("obstacle").map_err(read_failure)?;
            for doc in reader.doc_ids_alive() {
                if let Some(key) = keys.first(doc) {
                    by_key.insert(key, DocAddress::new(segment, doc));
                }
            }
        }
        Ok(Self { by_key, searcher })
    }

    /// Whether an obstacle is known.
    pub fn contains(&self, key: u64) -> bool {
        self.by_key.contains_key(&key)
    }

    /// The keys of all, in no order.
    pub fn keys(&self) -> impl Iterator<Item = u64> + '_ {
        self.by_key.keys().copied()
    }

    /// The absolute path of a known obstacle.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    pub fn path(&self, key: u64) -> Result<Option<PathBuf>> {
        let Some(address) = self.by_key.get(&key) else {
            return Ok(None);
        };
        let path = text_at(&self.searcher, "file_path", *address)?;
        Ok(path.map(|path| path_of_text(&path)))
    }
}
