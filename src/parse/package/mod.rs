//! Documents that are a zip of XML files: DOCX, ODT and EPUB.
//!
//! In: the bytes of the zip. Out: the article of a word processor's document
//! ([`office`]), or the articles of a book or an issue ([`epub`]).
//!
//! Entries are unpacked in memory when they are asked for, each and all together up
//! to a limit ([`archive`]), and read by the element, so that neither a bomb of
//! compression nor one of nesting goes off.

mod archive;
mod epub;
mod flow;
mod office;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use super::document::{hand_on, read_whole};
use super::output::Output;
use super::{BytesFormat, vendor};
use crate::corpus::ByteReader;
use crate::error::{Place, ProblemKind};
use archive::Archive;

/// What Word and others write.
pub(super) struct Docx;
/// What LibreOffice and others write.
pub(super) struct Odt;
/// Books, and issues of magazines.
pub(super) struct Epub;

/// How a zip starts.
const MAGIC: &[u8] = b"PK\x03\x04";
/// The kind of a document that names its kind: its first entry, not compressed.
const EPUB_KIND: &[u8] = b"mimetypeapplication/epub+zip";
const ODT_KIND: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.text";

impl BytesFormat for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    /// Any zip that is left, as archives of files do not come here.
    fn detect(&self, head: &[u8]) -> bool {
        head.starts_with(MAGIC)
    }

    fn parse(&self, bytes: &mut ByteReader, out: &mut Output<'_>) -> ControlFlow<()> {
        parse(bytes, out)
    }
}

impl BytesFormat for Odt {
    fn name(&self) -> &'static str {
        "odt"
    }

    fn detect(&self, head: &[u8]) -> bool {
        is_kind(head, ODT_KIND)
    }

    fn parse(&self, bytes: &mut ByteReader, out: &mut Output<'_>) -> ControlFlow<()> {
        parse(bytes, out)
    }
}

impl BytesFormat for Epub {
    fn name(&self) -> &'static str {
        "epub"
    }

    fn detect(&self, head: &[u8]) -> bool {
        is_kind(head, EPUB_KIND)
    }

    fn parse(&self, bytes: &mut ByteReader, out: &mut Output<'_>) -> ControlFlow<()> {
        parse(bytes, out)
    }
}

fn is_kind(head: &[u8], kind: &[u8]) -> bool {
    // The name of the entry starts at byte 30; some programs put a field between.
    let start = &head[..head.len().min(150)];
    head.starts_with(MAGIC) && memchr::memmem::find(start, kind).is_some()
}

/// Reads a document of whichever kind its entries say that it is.
fn parse(bytes: &mut ByteReader, out: &mut Output<'_>) -> ControlFlow<()> {
    let bytes = read_whole(bytes, out)?;
    let mut archive = match Archive::open(&bytes) {
        Ok(archive) => archive,
        Err(message) => {
            out.begin_record();
            return out.problem(ProblemKind::Damaged, Place::default(), message);
        }
    };
    let read = if archive.has(epub::CONTAINER) {
        epub::read(&mut archive).map(|(articles, covers)| {
            (0..covers).for_each(|_| out.pass_over("covers"));
            vendor::hand_on(articles, out)
        })
    } else {
        office::read(&mut archive).map(|(text, properties)| hand_on(&text, properties, out))
    };
    match read {
        Ok(flow) => flow?,
        Err((kind, message)) => {
            out.begin_record();
            out.problem(kind, Place::default(), message)?;
        }
    }
    archive
        .take_complaints()
        .into_iter()
        .try_for_each(|(kind, message)| out.problem(kind, Place::default(), message))
}
