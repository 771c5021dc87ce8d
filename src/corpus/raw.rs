//! The bytes on disk, hashed as they are read, and the count of what they unpack to.
//!
//! In: a file or a stream. Out: its bytes, their hash, and a [`Tally`] that every
//! layer of unpacking shares, so that no nesting of packings gets around the limit
//! on expansion.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::rc::Rc;

use xxhash_rust::xxh3::Xxh3;

use super::gzip::Damage;
use super::problem::unreadable;
use super::walk::FileEntry;
use crate::error::Problem;

/// Up to here a file may unpack at any ratio.
const UNSUSPICIOUS_BYTES: u64 = 1 << 30;
/// Beyond that, unpacked bytes for each byte on disk: real text stays below 100.
const MAX_RATIO: u64 = 2_000;
const CHUNK_BYTES: usize = 64 << 10;

/// Hashes a file's bytes on disk with xxh3-128: the hash that a
/// [`crate::parse::FileReport`] gives.
///
/// # Errors
///
/// [`crate::error::ProblemKind::Unreadable`] if the file cannot be opened or read to its end.
pub fn content_hash(file: &FileEntry) -> Result<u128, Problem> {
    let raw = Raw::open(file)?;
    raw.hash_to_the_end()
        .ok_or_else(|| unreadable(file, "read error"))
}

/// What is known of a file while it is read.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Bytes on disk, as far as known.
    disk_bytes: Cell<u64>,
    /// Bytes that the layers of unpacking gave.
    unpacked_bytes: Cell<u64>,
    /// Why the file on disk cannot be read further.
    failure: RefCell<Option<String>>,
    has_exploded: Cell<bool>,
    is_live: bool,
    /// What of packed data was damaged and passed over, since it was last asked for.
    damage: Rc<Cell<Damage>>,
}

impl Tally {
    /// Whether what is read may be long in coming, so that nothing is waited for beyond what is needed.
    pub(super) fn is_live(&self) -> bool {
        self.is_live
    }

    /// Why the file on disk cannot be read further, if so.
    pub(super) fn failure(&self) -> Option<String> {
        self.failure.borrow().clone()
    }

    /// Whether the limit on expansion was met.
    pub(super) fn has_exploded(&self) -> bool {
        self.has_exploded.get()
    }

    /// Whether nothing more can be read.
    pub(super) fn is_spent(&self) -> bool {
        self.has_exploded() || self.failure.borrow().is_some()
    }

    /// What the problem is if it was met.
    pub(super) fn explosion() -> String {
        format!("unpacks to over {MAX_RATIO} times its size; the rest is left out")
    }

    /// Where damage that is passed over is told.
    pub(super) fn damage(&self) -> Rc<Cell<Damage>> {
        Rc::clone(&self.damage)
    }

    fn add_disk(&self, total: u64) {
        self.disk_bytes.set(self.disk_bytes.get().max(total));
    }

    fn add_unpacked(&self, count: usize) -> io::Result<()> {
        let unpacked = self.unpacked_bytes.get() + count as u64;
        self.unpacked_bytes.set(unpacked);
        if unpacked > UNSUSPICIOUS_BYTES && unpacked / MAX_RATIO > self.disk_bytes.get() {
            self.has_exploded.set(true);
            return Err(io::Error::new(ErrorKind::FileTooLarge, Self::explosion()));
        }
        Ok(())
    }
}

/// A file on disk, or a stream; clones share it.
#[derive(Clone)]
pub(super) struct Raw {
    source: Rc<RefCell<Source>>,
    tally: Rc<Tally>,
}

struct Source {
    stream: Box<dyn Read>,
    hasher: Box<Xxh3>,
    read_bytes: u64,
}

impl Raw {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// [`crate::error::ProblemKind::Unreadable`] if it cannot be opened.
    pub(super) fn open(file: &FileEntry) -> Result<Self, Problem> {
        let stream = File::open(&file.absolute).map_err(|cause| unreadable(file, &cause))?;
        let raw = Self::new(Box::new(stream), Tally::default());
        raw.tally.add_disk(file.size_bytes);
        Ok(raw)
    }

    /// Takes a stream for a file.
    pub(super) fn of_stream(stream: Box<dyn Read>) -> Self {
        let tally = Tally {
            is_live: true,
            ..Tally::default()
        };
        Self::new(stream, tally)
    }

    /// Takes bytes for a whole file.
    pub(super) fn of_bytes(bytes: Vec<u8>) -> Self {
        let size_bytes = bytes.len() as u64;
        let raw = Self::new(Box::new(io::Cursor::new(bytes)), Tally::default());
        raw.tally.add_disk(size_bytes);
        raw
    }

    fn new(stream: Box<dyn Read>, tally: Tally) -> Self {
        let source = Source {
            stream,
            hasher: Box::new(Xxh3::new()),
            read_bytes: 0,
        };
        Self {
            source: Rc::new(RefCell::new(source)),
            tally: Rc::new(tally),
        }
    }

    /// The count that all layers over this file share.
    pub(super) fn tally(&self) -> Rc<Tally> {
        Rc::clone(&self.tally)
    }

    /// Reads what is left, and gives the xxh3-128 of all of it; `None` if that cannot be done.
    pub(super) fn hash_to_the_end(&self) -> Option<u128> {
        let mut rest = self.clone();
        let mut buffer = vec![0; CHUNK_BYTES];
        while self.tally.failure.borrow().is_none() {
            if rest.read(&mut buffer).ok()? == 0 {
                return Some(self.source.borrow().hasher.digest128());
            }
        }
        None
    }
}

impl Read for Raw {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut source = self.source.borrow_mut();
        loop {
            match source.stream.read(buffer) {
                Ok(count) => {
                    source.hasher.update(&buffer[..count]);
                    source.read_bytes += count as u64;
                    self.tally.add_disk(source.read_bytes);
                    return Ok(count);
                }
                Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
                Err(cause) => {
                    *self.tally.failure.borrow_mut() = Some(cause.to_string());
                    return Err(cause);
                }
            }
        }
    }
}

/// A layer of unpacking, whose bytes count.
pub(super) struct Metered<R> {
    inner: R,
    tally: Rc<Tally>,
}

impl<R: Read> Metered<R> {
    pub(super) fn new(inner: R, tally: &Rc<Tally>) -> Self {
        Self {
            inner,
            tally: Rc::clone(tally),
        }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.tally.add_unpacked(count)?;
        Ok(count)
    }
}
