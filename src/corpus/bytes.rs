//! The bytes of a file, or of a member of an archive, after unpacking.
//!
//! In: an unpacked stream. Out: its bytes. Reading never fails: a stream that
//! breaks off ends early, so that what came before the damage is used, and
//! [`ByteReader::take_problem`] tells why.

use std::io::{self, ErrorKind, Read};
use std::rc::Rc;

use super::raw::Tally;
use super::unpack::{Unpacked, peek};
use crate::error::{Place, Problem, ProblemKind};

/// The bytes of a file or member.
pub struct ByteReader<'a> {
    path: String,
    member: Option<String>,
    head: Vec<u8>,
    /// How much of the head was given.
    given_of_head: usize,
    stream: Box<dyn Read + 'a>,
    tally: Rc<Tally>,
    given_bytes: u64,
    has_ended: bool,
    problem: Option<Problem>,
}

impl<'a> ByteReader<'a> {
    /// Takes a stream that belongs to a file, or to a member of it.
    pub(super) fn new(
        path: &str,
        member: Option<String>,
        unpacked: Unpacked<'a>,
        tally: &Rc<Tally>,
    ) -> Self {
        let mut reader = Self {
            path: path.to_owned(),
            member,
            head: unpacked.head,
            given_of_head: 0,
            stream: unpacked.rest,
            tally: Rc::clone(tally),
            given_bytes: 0,
            has_ended: false,
            problem: None,
        };
        if let Some(cause) = unpacked.failure {
            reader.fail(&cause, reader.head.len() as u64);
        }
        reader
    }

    /// Takes bytes as they are for a file; `path` is its name for people.
    pub fn of_bytes(path: &str, bytes: &'a [u8]) -> Self {
        Self::new(path, None, peek(Box::new(bytes)), &Rc::default())
    }

    /// The file, as the user would name it.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The way to it inside an archive, if it is in one.
    pub fn member(&self) -> Option<&str> {
        self.member.as_deref()
    }

    /// The first bytes: 64 KB, as far as there are that many. Reading gives them too.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Fills `buffer` as far as the content goes and returns the number of bytes; 0 at the end.
    pub fn fill(&mut self, buffer: &mut [u8]) -> usize {
        let mut filled = self.take_of_head(buffer);
        while filled < buffer.len() && !self.has_ended {
            match self.stream.read(&mut buffer[filled..]) {
                Ok(0) => self.has_ended = true,
                Ok(count) => {
                    filled += count;
                    self.given_bytes += count as u64;
                }
                Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
                Err(cause) => self.fail(&cause, self.given_bytes),
            }
        }
        filled
    }

    /// Reads the rest, up to `max_bytes`; says whether that was all.
    pub fn read_all(&mut self, max_bytes: usize) -> (Vec<u8>, bool) {
        let mut bytes = Vec::new();
        // Reading never fails, as `read` has it; one byte more tells whether there is more.
        let _ = self.take(max_bytes as u64 + 1).read_to_end(&mut bytes);
        let is_all = bytes.len() <= max_bytes;
        bytes.truncate(max_bytes);
        (bytes, is_all)
    }

    /// The problem that ended the content early, once.
    pub fn take_problem(&mut self) -> Option<Problem> {
        self.problem.take()
    }

    /// The head, if nothing was read yet; it counts as read then.
    pub(super) fn take_head(&mut self) -> Vec<u8> {
        self.given_bytes += (self.head.len() - self.given_of_head) as u64;
        self.given_of_head = 0;
        std::mem::take(&mut self.head)
    }

    fn take_of_head(&mut self, buffer: &mut [u8]) -> usize {
        let left = &self.head[self.given_of_head..];
        let count = left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&left[..count]);
        self.given_of_head += count;
        self.given_bytes += count as u64;
        count
    }

    fn fail(&mut self, cause: &io::Error, at_byte: u64) {
        let (kind, message) = if let Some(cause) = self.tally.failure() {
            (ProblemKind::Unreadable, cause)
        } else if self.tally.has_exploded() {
            (ProblemKind::TooLarge, Tally::explosion())
        } else {
            let message = format!("the compressed data breaks off or is damaged: {cause}");
            (ProblemKind::Damaged, message)
        };
        self.problem = Some(Problem {
            kind,
            path: self.path.clone(),
            member: self.member.clone(),
            place: Place {
                byte: Some(at_byte),
                ..Place::default()
            },
            message,
        });
        self.has_ended = true;
    }
}

impl Read for ByteReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(self.fill(buffer))
    }
}
