//! Opens a file and unpacks it as it is read: gzip, Zstandard, xz and bzip2.
//!
//! In: a [`FileEntry`]. Out: its bytes without compression, a hash of the bytes
//! on disk, and what went wrong.
//!
//! Packing is told by the first bytes, up to three deep, and nothing is written
//! to disk. A stream that breaks off ends early instead of failing, so that what
//! came before the damage is used.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Cursor, ErrorKind, Read};
use std::rc::Rc;

use xxhash_rust::xxh3::Xxh3;

use super::walk::FileEntry;
use crate::error::{Place, Problem, ProblemKind};

/// How many layers of packing are opened.
const MAX_LAYERS: usize = 3;
/// Memory that an xz stream may ask for.
const XZ_MEMORY_BYTES: u64 = 256 << 20;
/// Up to here a file may unpack at any ratio.
const UNSUSPICIOUS_BYTES: u64 = 1 << 30;
/// Beyond that, unpacked bytes for each byte on disk: real text stays below 100.
const MAX_RATIO: u64 = 2_000;
/// Longest signature of [`packing`].
const HEAD_BYTES: usize = 10;
const CHUNK_BYTES: usize = 64 << 10;

/// Hashes a file's bytes on disk with xxh3-128: the hash that a
/// [`crate::parse::FileReport`] gives.
///
/// # Errors
///
/// [`ProblemKind::Unreadable`] if the file cannot be opened or read to its end.
pub fn content_hash(file: &FileEntry) -> Result<u128, Problem> {
    let mut raw = RawFile::open(file)?;
    match raw.drain() {
        Ok(()) => Ok(raw.hasher.digest128()),
        Err(cause) => Err(unreadable(file, &cause)),
    }
}

/// A file on disk, hashed as it is read.
struct RawFile {
    file: File,
    hasher: Box<Xxh3>,
    read_bytes: u64,
    has_failed: bool,
}

impl RawFile {
    fn open(entry: &FileEntry) -> Result<Self, Problem> {
        Ok(Self {
            file: File::open(&entry.absolute).map_err(|cause| unreadable(entry, &cause))?,
            hasher: Box::new(Xxh3::new()),
            read_bytes: 0,
            has_failed: false,
        })
    }

    fn drain(&mut self) -> io::Result<()> {
        let mut buffer = vec![0; CHUNK_BYTES];
        while self.read(&mut buffer)? > 0 {}
        Ok(())
    }
}

impl Read for RawFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.file.read(buffer) {
                Ok(count) => {
                    self.hasher.update(&buffer[..count]);
                    self.read_bytes += count as u64;
                    return Ok(count);
                }
                Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
                Err(cause) => {
                    self.has_failed = true;
                    return Err(cause);
                }
            }
        }
    }
}

/// A handle on the raw file that decoders can own.
struct SharedFile(Rc<RefCell<RawFile>>);

impl Read for SharedFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().read(buffer)
    }
}

/// A file's content without compression. Reading never fails: it ends, and
/// [`Unpacked::take_problem`] tells why.
pub(super) struct Unpacked {
    path: String,
    raw: Rc<RefCell<RawFile>>,
    stream: Box<dyn Read>,
    given_bytes: u64,
    has_ended: bool,
    problem: Option<Problem>,
}

impl Unpacked {
    /// Opens a file, and as many layers of packing as it has.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::Unreadable`] if the file cannot be opened.
    pub(super) fn open(file: &FileEntry) -> Result<Self, Problem> {
        let raw = Rc::new(RefCell::new(RawFile::open(file)?));
        let mut unpacked = Self {
            path: file.path.display().to_string(),
            stream: Box::new(SharedFile(Rc::clone(&raw))),
            raw,
            given_bytes: 0,
            has_ended: false,
            problem: None,
        };
        unpacked.peel();
        Ok(unpacked)
    }

    /// Fills `buffer` as far as the content goes and returns the number of bytes; 0 at the end.
    pub(super) fn fill(&mut self, buffer: &mut [u8]) -> usize {
        let mut filled = 0;
        while filled < buffer.len() && !self.has_ended {
            match self.stream.read(&mut buffer[filled..]) {
                Ok(0) => self.has_ended = true,
                Ok(count) => {
                    filled += count;
                    self.given_bytes += count as u64;
                    self.watch_ratio();
                }
                Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
                Err(cause) => self.fail(&cause),
            }
        }
        filled
    }

    /// The problem that ended the content early, once.
    pub(super) fn take_problem(&mut self) -> Option<Problem> {
        self.problem.take()
    }

    /// Reads what is left of the file on disk, and gives the hash of all of it.
    pub(super) fn content_hash(&mut self) -> u128 {
        let mut raw = self.raw.borrow_mut();
        if !raw.has_failed && raw.drain().is_err() {
            self.problem
                .get_or_insert_with(|| problem(&self.path, ProblemKind::Unreadable, "read error"));
        }
        raw.hasher.digest128()
    }

    /// Opens layer after layer, by what the bytes at its start say.
    fn peel(&mut self) {
        for layer in 0..=MAX_LAYERS {
            let (head, failure) = read_head(&mut self.stream);
            let packing = packing(&head);
            let inner = std::mem::replace(&mut self.stream, Box::new(io::empty()));
            let whole = Box::new(Cursor::new(head).chain(inner));
            if let Some(cause) = failure {
                self.fail(&cause);
                return;
            }
            match packing {
                None => {
                    self.stream = whole;
                    return;
                }
                Some(_) if layer == MAX_LAYERS => {
                    let message = format!("packed more than {MAX_LAYERS} times over");
                    let kind = ProblemKind::UnknownFormat;
                    self.end_with(problem(&self.path, kind, message));
                }
                Some(packing) => match packing.open(whole) {
                    Ok(stream) => self.stream = stream,
                    Err(cause) => self.fail(&cause),
                },
            }
            if self.has_ended {
                return;
            }
        }
    }

    fn watch_ratio(&mut self) {
        let on_disk = self.raw.borrow().read_bytes;
        if self.given_bytes > UNSUSPICIOUS_BYTES && self.given_bytes / MAX_RATIO > on_disk {
            let message =
                format!("unpacks to over {MAX_RATIO} times its size; the rest is left out");
            let mut found = problem(&self.path, ProblemKind::TooLarge, message);
            found.place.byte = Some(self.given_bytes);
            self.end_with(found);
        }
    }

    fn fail(&mut self, cause: &io::Error) {
        let mut found = if self.raw.borrow().has_failed {
            problem(&self.path, ProblemKind::Unreadable, cause)
        } else {
            let message = format!("the compressed data breaks off or is damaged: {cause}");
            problem(&self.path, ProblemKind::Damaged, message)
        };
        found.place.byte = Some(self.given_bytes);
        self.end_with(found);
    }

    fn end_with(&mut self, problem: Problem) {
        self.problem = Some(problem);
        self.has_ended = true;
    }
}

/// A kind of compression.
#[derive(Clone, Copy)]
enum Packing {
    Gzip,
    Zstandard,
    Xz,
    Bzip2,
}

impl Packing {
    fn open(self, packed: Box<dyn Read>) -> io::Result<Box<dyn Read>> {
        Ok(match self {
            Self::Gzip => Box::new(flate2::read::MultiGzDecoder::new(packed)),
            Self::Zstandard => Box::new(zstd::stream::read::Decoder::new(packed)?),
            Self::Bzip2 => Box::new(bzip2::read::MultiBzDecoder::new(packed)),
            Self::Xz => {
                let flags = liblzma::stream::CONCATENATED;
                let stream = liblzma::stream::Stream::new_stream_decoder(XZ_MEMORY_BYTES, flags)?;
                Box::new(liblzma::read::XzDecoder::new_stream(packed, stream))
            }
        })
    }
}

fn packing(head: &[u8]) -> Option<Packing> {
    let is_bzip2 = head.starts_with(b"BZh")
        && matches!(head.get(3), Some(b'1'..=b'9'))
        && matches!(
            head.get(4..10),
            Some(b"1AY&SY" | b"\x17\x72\x45\x38\x50\x90")
        );
    if head.starts_with(b"\x1f\x8b\x08") {
        Some(Packing::Gzip)
    } else if head.starts_with(b"\x28\xb5\x2f\xfd") {
        Some(Packing::Zstandard)
    } else if head.starts_with(b"\xfd7zXZ\0") {
        Some(Packing::Xz)
    } else {
        is_bzip2.then_some(Packing::Bzip2)
    }
}

/// The first bytes of a stream, and what kept it from giving more.
fn read_head(stream: &mut dyn Read) -> (Vec<u8>, Option<io::Error>) {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    let failure = stream.take(HEAD_BYTES as u64).read_to_end(&mut head).err();
    (head, failure)
}

fn unreadable(file: &FileEntry, cause: &io::Error) -> Problem {
    let path = file.path.display().to_string();
    problem(&path, ProblemKind::Unreadable, cause)
}

fn problem(path: &str, kind: ProblemKind, message: impl ToString) -> Problem {
    Problem {
        kind,
        path: path.to_owned(),
        place: Place::default(),
        message: message.to_string(),
    }
}
