//! Rich Text Format: documents of word processors, and exports of news databases.
//!
//! In: the bytes of a file, which name their own encodings. Out: the articles of an
//! export ([`super::vendor`]), or else one article.

mod charset;
mod reader;
#[cfg(test)]
mod tests;
mod token;

use std::ops::ControlFlow;

use super::output::Output;
use super::{BytesFormat, document};
use crate::corpus::ByteReader;

/// The format.
pub(super) struct Rtf;

impl BytesFormat for Rtf {
    fn name(&self) -> &'static str {
        "rtf"
    }

    fn detect(&self, head: &[u8]) -> bool {
        without_mark(head).trim_ascii_start().starts_with(b"{\\rtf")
    }

    fn parse(&self, bytes: &mut ByteReader, out: &mut Output<'_>) -> ControlFlow<()> {
        let bytes = document::read_whole(bytes, out)?;
        let rich = reader::read(without_mark(&bytes));
        drop(bytes);
        let properties = document::Properties {
            title: rich.title,
            author: rich.author,
            ..document::Properties::default()
        };
        document::hand_on(&rich.text, properties, out)
    }
}

/// The bytes without a mark of their order, which some programs put there.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}
