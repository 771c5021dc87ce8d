//! Cuts the bytes of a web archive into records, and finds the next one behind damage.
//!
//! In: bytes after unpacking. Out: records with their headers, one after the other,
//! and what is wrong with each.
//!
//! A record says how long it is, and blank lines and the next record should
//! follow. Where they do not, the length is not believed: the record goes on to
//! the next mark (`WARC/1.0`, and a field of its header below it). Of a block that
//! nobody wants, nothing is kept.

use std::io::{ErrorKind, Read};

use memchr::memmem;

use super::header::{Header, Reading};

/// How records start.
const MARK: &[u8] = b"WARC/";
/// Bytes in which a mark, and enough of the line below it, is complete.
const MARK_BYTES: usize = 24;
/// A header that is longer is none.
const MAX_HEADER_BYTES: usize = 64 << 10;
/// How much of a block can be looked at before it is read or passed over.
pub(super) const PEEK_BYTES: usize = 64 << 10;
const CHUNK_BYTES: usize = 64 << 10;

/// What is wrong with a record, or in front of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// That many bytes before it belong to no record.
    Garbage(u64),
    /// It has no readable header.
    Header,
    /// It is not as long as it says.
    Length,
    /// The archive ends in the midst of it.
    BreaksOff,
}

/// The records of an archive, from its start to its end.
pub(super) struct Frames<'a> {
    source: &'a mut dyn Read,
    buffer: Vec<u8>,
    /// The next byte to take.
    at: usize,
    /// Bytes taken before the start of the buffer.
    passed_bytes: u64,
    has_ended: bool,
    /// Blocks over this are not held.
    max_block_bytes: usize,
}

impl<'a> Frames<'a> {
    /// Reads `source`. Of blocks over `max_block_bytes` only the first can be taken.
    pub(super) fn new(source: &'a mut dyn Read, max_block_bytes: usize) -> Self {
        Self {
            source,
            buffer: Vec::new(),
            at: 0,
            passed_bytes: 0,
            has_ended: false,
            max_block_bytes,
        }
    }

    /// Whether nothing follows.
    pub(super) fn is_over(&self) -> bool {
        self.has_ended && self.unread().is_empty()
    }

    /// How many bytes come before the next one.
    pub(super) fn byte(&self) -> u64 {
        self.passed_bytes + self.at as u64
    }

    /// Goes to the next record, or the end; gives the number of bytes in between that
    /// belong to no record, and `None` if there is nothing more.
    pub(super) fn seek(&mut self) -> Option<u64> {
        let mut garbage = 0;
        while self.ensure(1) {
            self.ensure(MARK_BYTES);
            let unread = self.unread();
            let mark = find_mark(unread, 0);
            let end = match mark {
                Some(mark) => mark,
                None if self.has_ended => unread.len(),
                // A mark may be cut here.
                None => unread.len().saturating_sub(MARK_BYTES),
            };
            if garbage > 0 || !unread[..end].trim_ascii().is_empty() {
                garbage += end as u64;
            }
            self.at += end;
            if mark.is_some() {
                return Some(garbage);
            }
            self.fill();
        }
        (garbage > 0).then_some(garbage)
    }

    /// Takes the header of the record that starts here; `None` if it has none, and what
    /// stood for it is passed over.
    pub(super) fn header(&mut self) -> Option<Header> {
        let mut wanted = MARK_BYTES;
        loop {
            let has_more = self.ensure(wanted);
            match Header::read(self.unread()) {
                Reading::Is(header, length) => {
                    self.at += length;
                    return Some(header);
                }
                Reading::Short if has_more && wanted <= MAX_HEADER_BYTES => {
                    wanted = self.unread().len() + 1;
                }
                Reading::Short | Reading::No => {
                    self.at += MARK.len().min(self.unread().len());
                    return None;
                }
            }
        }
    }

    /// The start of the block that comes now: [`PEEK_BYTES`] at most, and nothing of the
    /// next record, however long the block says to be.
    pub(super) fn peek(&mut self) -> &[u8] {
        self.ensure(PEEK_BYTES);
        let unread = self.unread();
        let start = &unread[..unread.len().min(PEEK_BYTES)];
        &start[..find_mark(start, 0).unwrap_or(start.len())]
    }

    /// Whether a block of this length can be taken.
    pub(super) fn can_hold(&self, length: Option<u64>) -> bool {
        length.is_none_or(|length| length <= self.max_block_bytes as u64)
    }

    /// Takes the block of a record that says to be so long.
    pub(super) fn take(&mut self, length: Option<u64>) -> (&[u8], Option<Fault>) {
        let claimed = length.map(|length| clamp(length, self.max_block_bytes));
        if let Some(claimed) = claimed {
            self.ensure(claimed + MARK_BYTES);
            if self.ends_at(claimed) {
                return (self.give(claimed), None);
            }
        }
        let (end, is_mark) = self.find_end();
        let fault = match (is_mark, claimed) {
            (false, Some(claimed)) if claimed > end => Fault::BreaksOff,
            _ => Fault::Length,
        };
        // What follows is no blank line, but the length is right.
        if let Some(claimed) = claimed
            && claimed < end
            && starts_blank(&self.unread()[claimed..])
        {
            return (self.give(claimed), None);
        }
        let start = self.at;
        self.at += end;
        (
            self.buffer[start..start + end].trim_ascii_end(),
            Some(fault),
        )
    }

    /// Passes over the block of a record that says to be so long.
    pub(super) fn pass(&mut self, length: Option<u64>) -> Option<Fault> {
        let Some(mut left) = length else {
            self.find_end_passing();
            return Some(Fault::Length);
        };
        loop {
            self.ensure(MARK_BYTES);
            let here = clamp(left, self.unread().len());
            // The block may end in the midst of a mark.
            let reach = self.unread().len().min(here + MARK_BYTES);
            let mark = find_mark(&self.unread()[..reach], 0);
            if let Some(mark) = mark.filter(|mark| *mark < here) {
                self.at += mark;
                left -= mark as u64;
                return self.pass_marked(left);
            }
            if here as u64 == left {
                self.at += here;
                self.ensure(MARK_BYTES);
                if self.ends_at(0) || starts_blank(self.unread()) {
                    return None;
                }
                self.find_end_passing();
                return Some(Fault::Length);
            }
            if self.has_ended {
                self.at += here;
                return Some(Fault::BreaksOff);
            }
            // A mark may be cut here.
            let safe = here.saturating_sub(MARK_BYTES);
            self.at += safe;
            left -= safe as u64;
            self.fill();
        }
    }

    /// Passes over the last `left` bytes of a block that has a mark here: it is part of
    /// the block only if the block ends as it should.
    fn pass_marked(&mut self, left: u64) -> Option<Fault> {
        if left > self.max_block_bytes as u64 {
            // An archive in an archive, which is too long to look at its end first.
            let mut left = left;
            while left > 0 {
                let here = clamp(left, self.unread().len());
                self.at += here;
                left -= here as u64;
                if left > 0 && !self.fill() {
                    return Some(Fault::BreaksOff);
                }
            }
            return None;
        }
        let left = clamp(left, self.max_block_bytes);
        self.ensure(left + MARK_BYTES);
        if self.ends_at(left) {
            self.at += left;
            return None;
        }
        Some(Fault::Length)
    }

    /// Whether a block of this length, all of it read, is followed by a record or the end.
    fn ends_at(&self, length: usize) -> bool {
        let Some(rest) = self.unread().get(length..) else {
            return false;
        };
        let rest = rest.trim_ascii_start();
        rest.is_empty() || is_mark(rest)
    }

    /// Where the next mark is, as far as a block can be held, or the end; and which of both.
    fn find_end(&mut self) -> (usize, bool) {
        let mut searched = 0;
        loop {
            if let Some(mark) = find_mark(self.unread(), searched) {
                return (mark, true);
            }
            searched = self.unread().len().saturating_sub(MARK_BYTES);
            if searched > self.max_block_bytes || !self.fill() {
                return (self.unread().len(), false);
            }
        }
    }

    /// Goes to the next mark or the end.
    fn find_end_passing(&mut self) {
        loop {
            let (end, is_mark) = self.find_end();
            self.at += end;
            if is_mark || !self.fill() {
                return;
            }
        }
    }

    fn give(&mut self, length: usize) -> &[u8] {
        let start = self.at;
        self.at += length;
        &self.buffer[start..self.at]
    }

    fn unread(&self) -> &[u8] {
        &self.buffer[self.at..]
    }

    /// Reads on until so many bytes are unread; false if there are not so many.
    fn ensure(&mut self, count: usize) -> bool {
        while self.unread().len() < count {
            if !self.fill() {
                return false;
            }
        }
        true
    }

    /// Reads on; false at the end. An error ends the archive: its reader tells of it.
    fn fill(&mut self) -> bool {
        if self.has_ended {
            return false;
        }
        self.passed_bytes += self.at as u64;
        self.buffer.drain(..self.at);
        self.at = 0;
        let end = self.buffer.len();
        self.buffer.resize(end + CHUNK_BYTES, 0);
        let result = loop {
            match self.source.read(&mut self.buffer[end..]) {
                Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
                result => break result,
            }
        };
        let count = result.unwrap_or(0);
        self.buffer.truncate(end + count);
        self.has_ended = count == 0;
        count > 0
    }
}

/// Where the first record starts at or behind `from`.
fn find_mark(bytes: &[u8], from: usize) -> Option<usize> {
    let starts = memmem::find_iter(bytes.get(from..)?, MARK);
    starts.map(|at| from + at).find(|at| is_mark(&bytes[*at..]))
}

/// Whether a record starts here: `WARC/1.0`, and the start of a field's name in the next line.
pub(super) fn is_mark(bytes: &[u8]) -> bool {
    let version = bytes
        .strip_prefix(MARK)
        .map(|rest| rest.split_at(rest.len().min(MARK_BYTES)).0);
    let Some(end) = version.and_then(|version| memchr::memchr(b'\n', version)) else {
        return false;
    };
    let (version, below) = bytes[MARK.len()..].split_at(end);
    let version = version.trim_ascii_end();
    let is_version = version
        .iter()
        .all(|byte| byte.is_ascii_digit() || *byte == b'.');
    is_version && version.len() >= 3 && below.get(1).is_some_and(u8::is_ascii_alphabetic)
}

/// Whether a blank line comes first, as it should behind a record.
fn starts_blank(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\r\n\r\n") || bytes.starts_with(b"\n\n")
}

fn clamp(length: u64, most: usize) -> usize {
    usize::try_from(length).map_or(most, |length| length.min(most))
}
