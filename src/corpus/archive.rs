//! Zip and tar archives, by the member.
//!
//! In: the bytes of an archive. Out: each file in it, as a stream with a name. Names
//! are only names: nothing is ever written, so `../` leads nowhere.

use std::cell::Cell;
use std::io::{self, ErrorKind, Read, Seek};
use std::ops::{ControlFlow, Range};
use std::rc::Rc;

use zip::read::{ZipFile, read_zipfile_from_stream};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use crate::error::ProblemKind;

/// Bytes of headers that a tar archive may have between two files.
const MAX_HEADER_BYTES: u64 = 1 << 20;
/// Where the sum of a tar header is written in it.
const SUM: Range<usize> = 148..156;
/// Longer names are cut.
const MAX_NAME_CHARS: usize = 500;

/// A kind of archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packaging {
    Zip,
    Tar,
}

/// What an archive holds at a place.
pub(super) enum Member<'a> {
    /// A file: its name, and its bytes.
    File(String, Box<dyn Read + 'a>),
    /// A file whose name says that it is not meant to be seen.
    Hidden,
    /// A file that cannot be read: its name, the kind of problem, and why.
    Closed(String, ProblemKind, String),
    /// The archive breaks off here.
    Damaged(String),
}

/// Takes the members of an archive, one after the other.
pub(super) type Visitor<'v> = dyn FnMut(Member<'_>) -> ControlFlow<()> + 'v;

impl Packaging {
    /// Tells an archive by its first bytes.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            Some(Self::Zip)
        } else {
            is_tar(head).then_some(Self::Tar)
        }
    }

    /// The name in reports.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Zip => "zip",
            Self::Tar => "tar",
        }
    }
}

/// Whether a text starts like a tar archive: with its sign or, before there was one, a
/// header whose sum is right.
fn is_tar(head: &[u8]) -> bool {
    let Some(header) = head.get(..512) else {
        return false;
    };
    let sum = || {
        let bytes = header.iter().enumerate();
        // The sum itself counts as blanks.
        let bytes = bytes.map(|(at, &byte)| if SUM.contains(&at) { b' ' } else { byte });
        bytes.map(u32::from).sum::<u32>()
    };
    let written = || {
        let digits = str::from_utf8(&header[SUM]).ok()?;
        u32::from_str_radix(digits.trim_matches(['\0', ' ']), 8).ok()
    };
    &header[257..262] == b"ustar" || (header[0] != 0 && written() == Some(sum()))
}

/// Why a file cannot be read that holds articles as like as not, if it is one of a few kinds.
pub(super) fn closed_reason(head: &[u8]) -> Option<String> {
    const UNPACK: &str = "unpack it and index the files";
    const EXPORT: &str = "export it as JSON Lines or CSV";
    const KINDS: &[(&[u8], &str, &str)] = &[
        (b"7z\xbc\xaf\x27\x1c", "packed by 7z", UNPACK),
        (b"Rar!\x1a\x07", "packed by rar", UNPACK),
        (b"\x1f\x9d", "packed by compress (.Z)", UNPACK),
        (b"\x04\x22\x4d\x18", "packed by lz4", UNPACK),
        (b"LZIP\x01", "packed by lzip", UNPACK),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "an old Office file (.doc, .xls)",
            "save it as DOCX or text",
        ),
        (b"PAR1", "a Parquet table", EXPORT),
        (b"ARROW1\0", "an Arrow table", EXPORT),
    ];
    let mut kinds = KINDS.iter();
    let (_, kind, remedy) = kinds.find(|(sign, ..)| head.starts_with(sign))?;
    Some(format!("{kind}, which is not read; {remedy}"))
}

/// Whether a zip is one document, such as DOCX or EPUB, rather than an archive of files.
pub(super) fn is_document<R: Read + Seek>(archive: &ZipArchive<R>) -> bool {
    ["[Content_Types].xml", "mimetype"]
        .iter()
        .any(|name| archive.index_for_name(name).is_some())
}

/// Visits the files of a zip by its directory.
pub(super) fn visit_zip<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    visitor: &mut Visitor<'_>,
) -> ControlFlow<()> {
    for index in 0..archive.len() {
        let name = archive.name_for_index(index).and_then(Result::ok);
        let name = name.map_or_else(|| format!("file {}", index + 1), |name| clean_name(&name));
        match archive.by_index(index) {
            Ok(file) => visit_zip_file(file, visitor)?,
            Err(cause) => {
                let (kind, reason) = reason(&cause);
                visitor(Member::Closed(name, kind, reason))?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// Visits the files of a zip from its start, without the directory at its end.
pub(super) fn visit_zip_stream(
    stream: &mut dyn Read,
    visitor: &mut Visitor<'_>,
) -> ControlFlow<()> {
    let mut stream = stream;
    loop {
        match read_zipfile_from_stream(&mut stream) {
            Ok(Some(file)) => visit_zip_file(file, visitor)?,
            Ok(None) => return ControlFlow::Continue(()),
            Err(cause) => return visitor(Member::Damaged(reason(&cause).1)),
        }
    }
}

fn visit_zip_file<R: Read>(file: ZipFile<'_, R>, visitor: &mut Visitor<'_>) -> ControlFlow<()> {
    let name = file.name().unwrap_or_default().into_owned();
    if !file.is_file() {
        return ControlFlow::Continue(());
    }
    if is_hidden(&name) {
        return visitor(Member::Hidden);
    }
    let name = clean_name(&name);
    match file.compression() {
        CompressionMethod::Stored | CompressionMethod::Deflated => {
            visitor(Member::File(name, Box::new(file)))
        }
        other => {
            let message = format!(
                "packed by a method that is not read ({other}); unpack it and index the files"
            );
            visitor(Member::Closed(name, ProblemKind::UnknownFormat, message))
        }
    }
}

fn reason(cause: &ZipError) -> (ProblemKind, String) {
    match cause {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            let message = "encrypted; unpack it with its password and index the files";
            (ProblemKind::UnknownFormat, message.to_owned())
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            (ProblemKind::UnknownFormat, cause.to_string())
        }
        _ => (ProblemKind::Damaged, cause.to_string()),
    }
}

/// Visits the files of a tar archive.
pub(super) fn visit_tar(stream: Box<dyn Read + '_>, visitor: &mut Visitor<'_>) -> ControlFlow<()> {
    let ration = Rc::new(Cell::new(MAX_HEADER_BYTES));
    let rationed = Rationed {
        inner: stream,
        left: Rc::clone(&ration),
    };
    let mut archive = tar::Archive::new(rationed);
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(cause) => return visitor(Member::Damaged(cause.to_string())),
    };
    for entry in entries {
        let mut entry = match entry {
            Ok(entry) => entry,
            Err(cause) => return visitor(Member::Damaged(tar_reason(&cause))),
        };
        ration.set(u64::MAX);
        let kind = entry.header().entry_type();
        if kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse() {
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            match is_hidden(&name) {
                true => visitor(Member::Hidden)?,
                false => visitor(Member::File(clean_name(&name), Box::new(&mut entry)))?,
            }
        }
        // What is left of it must not count as headers of the next; damage shows there too.
        let _ = io::copy(&mut entry, &mut io::sink());
        ration.set(MAX_HEADER_BYTES);
    }
    ControlFlow::Continue(())
}

/// Why a tar archive cannot be read on, without the bytes of the header that is none.
fn tar_reason(cause: &io::Error) -> String {
    match cause.to_string() {
        message if message.contains(char::REPLACEMENT_CHARACTER) || message.contains(" cksum ") => {
            "a header is damaged".to_owned()
        }
        message => message,
    }
}

/// A stream that gives no more than it is allowed: headers are read into memory whole.
struct Rationed<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Rationed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.get();
        if left == 0 {
            return Err(io::Error::new(
                ErrorKind::InvalidData,
                "a header without end",
            ));
        }
        let most = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let count = self.inner.read(&mut buffer[..most])?;
        self.left.set(left - count as u64);
        Ok(count)
    }
}

/// Whether a file or one of its folders is hidden, or holds what macOS adds to archives.
fn is_hidden(name: &str) -> bool {
    name.split(['/', '\\'])
        .any(|part| (part.starts_with('.') && !matches!(part, "." | "..")) || part == "__MACOSX")
}

/// A name as it is shown: with `/`, without what leads out of the archive.
fn clean_name(name: &str) -> String {
    let parts = name.split(['/', '\\']);
    let parts: Vec<_> = parts
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .collect();
    let name = parts.join("/");
    match name.char_indices().nth(MAX_NAME_CHARS) {
        Some((end, _)) => name[..end].to_owned(),
        None => name,
    }
}
