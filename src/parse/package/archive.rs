//! The entries of a zip in memory, unpacked on demand and within bounds.
//!
//! In: the bytes of a zip. Out: entries as text. What cannot be read is complained
//! of once, and the rest is read.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::corpus::decode_bytes;
use crate::error::ProblemKind;

/// Bytes that one entry may have.
const MAX_ENTRY_BYTES: u64 = 64 << 20;
/// Bytes that all entries of a document that are read may have.
const MAX_TOTAL_BYTES: u64 = 256 << 20;

/// An open zip.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left_bytes: u64,
    complaints: Vec<(ProblemKind, String)>,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|cause| format!("the document's directory is damaged: {cause}"))?;
        Ok(Self {
            zip,
            left_bytes: MAX_TOTAL_BYTES,
            complaints: Vec::new(),
        })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The first entry by name that starts and ends like this.
    pub(super) fn find(&self, start: &str, end: &str) -> Option<String> {
        let names = self.zip.file_names().flatten();
        let found = names.filter(|name| name.starts_with(start) && name.ends_with(end));
        found.min().map(Cow::into_owned)
    }

    /// The text of an entry; `None` if there is none, or nothing of it can be read.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let index = self.zip.index_for_name(name)?;
        let limit = MAX_ENTRY_BYTES.min(self.left_bytes);
        let mut bytes = Vec::new();
        let read = match self.zip.by_index(index) {
            Ok(entry) => entry
                .take(limit)
                .read_to_end(&mut bytes)
                .map_err(|e| e.to_string()),
            Err(cause) => Err(cause.to_string()),
        };
        self.left_bytes -= bytes.len() as u64;
        if let Err(cause) = read {
            let message = format!("{name} cannot be read to its end: {cause}");
            self.complaints.push((ProblemKind::Damaged, message));
        } else if bytes.len() as u64 == limit {
            let message = format!("only the first {} MB of {name} were read", limit >> 20);
            self.complaints.push((ProblemKind::TooLarge, message));
        }
        (!bytes.is_empty()).then(|| decode_bytes(&bytes, None))
    }

    /// Notes what is wrong with an entry.
    pub(super) fn complain(&mut self, kind: ProblemKind, message: String) {
        self.complaints.push((kind, message));
    }

    pub(super) fn take_complaints(&mut self) -> Vec<(ProblemKind, String)> {
        std::mem::take(&mut self.complaints)
    }
}
