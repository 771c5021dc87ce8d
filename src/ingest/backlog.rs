//! Bounds the memory of what is read but not yet indexed.
//!
//! Files are read side by side and indexed in turn. A reader that is ahead waits
//! while too much is waiting already; the one whose file is in turn never waits,
//! or nothing would go on.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Text that may wait, in bytes.
const CAPACITY_BYTES: usize = 64 << 20;

/// What waits to be indexed.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting_bytes: usize,
    /// The number of the file that is being indexed.
    turn: u64,
}

/// A part of what waits, until dropped.
#[derive(Debug)]
pub(super) struct Waiting {
    backlog: Arc<Backlog>,
    bytes: usize,
}

impl Backlog {
    /// Adds `bytes` of the file numbered `turn`, when there is room or it is that file's turn.
    pub(super) fn add(self: &Arc<Self>, turn: u64, bytes: usize) -> Waiting {
        let mut state = self.lock();
        while turn > state.turn && state.waiting_bytes + bytes > CAPACITY_BYTES {
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        state.waiting_bytes += bytes;
        Waiting {
            backlog: Arc::clone(self),
            bytes,
        }
    }

    /// Tells that the file numbered `turn` is being indexed, and those before it are done.
    pub(super) fn advance(&self, turn: u64) {
        self.lock().turn = turn;
        self.changed.notify_all();
    }

    /// Lets everyone go on when the result is dropped: nothing will be indexed any more.
    pub(super) fn opened_at_the_end(&self) -> Opening<'_> {
        Opening(self)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A count stays right whatever happened to the thread that held it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens a backlog when dropped.
pub(super) struct Opening<'a>(&'a Backlog);

impl Drop for Opening<'_> {
    fn drop(&mut self) {
        self.0.advance(u64::MAX);
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.backlog.lock().waiting_bytes -= self.bytes;
        self.backlog.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_file_ahead_waits_for_its_turn_or_for_room() {
        let backlog = Arc::new(Backlog::default());
        let first = backlog.add(0, CAPACITY_BYTES);
        let more_of_it = backlog.add(0, CAPACITY_BYTES);
        let ahead = {
            let backlog = Arc::clone(&backlog);
            std::thread::spawn(move || backlog.add(1, 1))
        };
        std::thread::sleep(Duration::from_millis(20));
        assert!(!ahead.is_finished());
        drop(first);
        assert!(!ahead.is_finished());
        backlog.advance(1);
        drop(ahead.join().unwrap());
        drop(more_of_it);
        assert_eq!(backlog.lock().waiting_bytes, 0);
    }
}
