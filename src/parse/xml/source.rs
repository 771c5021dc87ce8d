//! Bytes with their line numbers, and a limit on what is read at a time.
//!
//! In: any buffered reader. Out: the same bytes, and whether a `<` among them begins
//! a tag. Beyond the limit reading fails, until a new limit is set.

use std::io::{self, BufRead, Read};

/// A buffered reader that counts lines and stops at a limit.
pub(super) struct Source<R> {
    inner: R,
    line: u64,
    /// Bytes that may still be taken.
    left: usize,
    /// Whether a `<` was taken that is still to be given.
    is_holding: bool,
}

impl<R: BufRead> Source<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            line: 1,
            left: 0,
            is_holding: false,
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

    /// Takes a `<` that begins nothing: `3 < 4`. The parser would take all that
    /// follows it, end tags too, for a tag.
    pub(super) fn take_stray(&mut self) -> bool {
        let begins =
            |next: u8| next.is_ascii_alphabetic() || !next.is_ascii() || b"_:/!?".contains(&next);
        let is_holding = self.is_holding;
        match self.fill_buf() {
            Ok(&[b'<', next, ..]) if !begins(next) => {
                self.consume(1);
                true
            }
            // What follows is not in the buffer yet.
            Ok(b"<") if !is_holding => {
                self.consume(1);
                let next = self.fill_buf().ok().and_then(|rest| rest.first().copied());
                self.is_holding = next.is_some_and(begins);
                !self.is_holding
            }
            _ => false,
        }
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
        if self.is_holding {
            return Ok(b"<");
        }
        let buffer = self.inner.fill_buf()?;
        Ok(&buffer[..buffer.len().min(self.left)])
    }

    fn consume(&mut self, count: usize) {
        if self.is_holding {
            self.is_holding = count == 0;
            return;
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, is_stray: bool, rest: &str) {
        for capacity in [1, 64] {
            let mut source = Source::new(io::BufReader::with_capacity(capacity, text.as_bytes()));
            source.allow(100);
            assert_eq!(source.take_stray(), is_stray, "{text}");
            let mut left = String::new();
            source.allow(100);
            // Reading to the end of what is allowed is enough.
            source.read_to_string(&mut left).unwrap();
            assert_eq!(left, rest, "{capacity}");
        }
    }

    #[test]
    fn a_sign_before_no_name_is_stray() {
        check("< 4</p>", true, " 4</p>");
        check("<4", true, "4");
        check("<", true, "");
        for text in ["<b>", "</b>", "<!--", "<?a", "<_a", "<é", "a < b", ""] {
            check(text, false, text);
        }
    }
}
