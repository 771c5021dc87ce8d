//! Bounds the memory of what is between reading and indexing.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// A number of bytes that may be in flight at a time.
#[derive(Debug)]
pub(super) struct Budget {
    capacity_bytes: usize,
    used_bytes: Mutex<usize>,
    released: Condvar,
}

/// Bytes taken from a budget, given back when dropped.
#[derive(Debug)]
pub(super) struct Share {
    budget: Arc<Budget>,
    bytes: usize,
}

impl Budget {
    pub(super) fn new(capacity_bytes: usize) -> Arc<Self> {
        Arc::new(Self {
            capacity_bytes,
            used_bytes: Mutex::new(0),
            released: Condvar::new(),
        })
    }

    /// Waits until `bytes` are free. A share beyond the whole budget waits until it is alone.
    pub(super) fn take(self: &Arc<Self>, bytes: usize) -> Share {
        let bytes = bytes.min(self.capacity_bytes);
        let mut used = self.lock();
        while *used + bytes > self.capacity_bytes {
            used = self
                .released
                .wait(used)
                .unwrap_or_else(PoisonError::into_inner);
        }
        *used += bytes;
        Share {
            budget: Arc::clone(self),
            bytes,
        }
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        // A count stays right whatever happened to the thread that held it.
        self.used_bytes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        *self.budget.lock() -= self.bytes;
        self.budget.released.notify_all();
    }
}
