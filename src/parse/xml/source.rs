//! Bytes with their line numbers, and a limit on what is read at a time.
//!
//! In: any buffered reader. Out: the same bytes. Beyond the limit reading fails,
//! until a new limit is set.

use std::io::{self, BufRead, Read};

/// A buffered reader that counts lines and stops at a limit.
pub(super) struct Source<R> {
    inner: R,
    line: u64,
    /// Bytes that may still be taken.
    left: usize,
}

impl<R: BufRead> Source<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            line: 1,
            left: 0,
        }
    }

    /// The line that the next byte is on, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Allows `max_bytes` more from here on.
    pub(super) fn allow(&mut self, max_bytes: usize) {
        self.left = max_bytes;
    }

    /// Whether the limit is reached.
    pub(super) fn is_at_limit(&self) -> bool {
        self.left == 0
    }
}

impl<R: BufRead> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other("over the limit"));
        }
        let buffer = self.inner.fill_buf()?;
        Ok(&buffer[..buffer.len().min(self.left)])
    }

    fn consume(&mut self, count: usize) {
        // What is consumed was filled before, so this reads nothing.
        if let Ok(buffer) = self.inner.fill_buf() {
            let taken = &buffer[..count.min(buffer.len())];
            self.line += memchr::memchr_iter(b'\n', taken).count() as u64;
        }
        self.inner.consume(count);
        self.left -= count.min(self.left);
    }
}

impl<R: BufRead> Read for Source<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}
