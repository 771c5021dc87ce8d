//! Counts what is handed out to other threads, and keeps what went wrong there.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::error::{Error, Result};

/// Counts the articles that are handed out but not added yet, and keeps the first failure.
#[derive(Default)]
pub(super) struct Pending {
    state: Mutex<PendingState>,
    idle: Condvar,
}

#[derive(Default)]
struct PendingState {
    articles: usize,
    failure: Option<Error>,
}

/// Counts one article until dropped.
pub(super) struct Ticket<'a>(&'a Pending);

impl Pending {
    pub(super) fn ticket(&self) -> Ticket<'_> {
        self.lock().articles += 1;
        Ticket(self)
    }

    pub(super) fn fail(&self, error: Error) {
        self.lock().failure.get_or_insert(error);
    }

    /// Tells of a failure, once.
    pub(super) fn check(&self) -> Result<()> {
        self.lock().failure.take().map_or(Ok(()), Err)
    }

    /// Waits until nothing is pending.
    pub(super) fn wait(&self) -> Result<()> {
        let mut state = self.lock();
        while state.articles > 0 {
            state = self
                .idle
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        state.failure.take().map_or(Ok(()), Err)
    }

    fn lock(&self) -> MutexGuard<'_, PendingState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.articles -= 1;
        if state.articles == 0 {
            self.0.idle.notify_all();
        }
    }
}
