//! Keeps in step what the index says of paths that cannot be read.
//!
//! In: what the walk and the readers could not enter or open, while they run. Out: new
//! obstacles in the index, and at the end those removed that were not met again.
//!
//! An obstacle that the index knows costs nothing, so a run over an archive that has
//! not changed writes nothing.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashSet;

use crate::engine::embedded::{KnownObstacles, Writer, obstacle_key};
use crate::error::{Problem, Result};

/// What the index knows of obstacles, and which of them this run has met.
pub(super) struct Obstacles<'a> {
    writer: &'a Writer,
    known: KnownObstacles,
    met: Mutex<FxHashSet<u64>>,
}

impl<'a> Obstacles<'a> {
    /// Reads what the last commit holds.
    pub(super) fn new(writer: &'a Writer) -> Result<Self> {
        Ok(Self {
            writer,
            known: writer.known_obstacles()?,
            met: Mutex::default(),
        })
    }

    /// Notes what is wrong with a path.
    pub(super) fn meet(&self, absolute: &Path, problem: &Problem) -> Result<()> {
        let key = obstacle_key(absolute, problem);
        let is_new = self.met().insert(key) && !self.known.contains(key);
        match is_new {
            true => self.writer.add_obstacle(absolute, problem),
            false => Ok(()),
        }
    }

    /// Removes those that were not met, if their path is one that `was_walked`.
    pub(super) fn remove_others(&self, was_walked: impl Fn(&Path) -> bool) -> Result<()> {
        let met = self.met();
        for key in self.known.keys().filter(|key| !met.contains(key)) {
            if self.known.path(key)?.is_some_and(|path| was_walked(&path)) {
                self.writer.remove_obstacle(key);
            }
        }
        Ok(())
    }

    fn met(&self) -> MutexGuard<'_, FxHashSet<u64>> {
        // A set of numbers is whole whatever happened to the thread that held it.
        self.met.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
