//! What the index knows of the files it holds, read back from the index itself.

mod below;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tantivy::{DocAddress, Searcher};
use xxhash_rust::xxh3::xxh3_64;

use super::failure::read_failure;
use crate::error::{ProblemKind, Result};

/// Names a file: the hash of its absolute path. Among ten million files, the odds
/// that any two share a key are 3 in a million.
pub fn file_key(absolute: &Path) -> u64 {
    xxh3_64(absolute.as_os_str().as_encoded_bytes())
}

/// What a file was when it was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileState {
    /// Size on disk.
    pub size_bytes: u64,
    /// Time of the last change, nanoseconds since 1970.
    pub modified_ns: i64,
    /// Hash of the bytes on disk.
    pub content_hash: u64,
    /// How many articles it holds.
    pub articles: u64,
}

/// What came of reading a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileOutcome {
    /// Its format; `None` for a binary file.
    pub format: Option<String>,
    /// How often what could not be read as it should.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub problems: BTreeMap<ProblemKind, u64>,
}

/// The record of a file, added when its articles are in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// [`file_key`] of the path.
    pub key: u64,
    /// The absolute path.
    pub absolute: PathBuf,
    /// What it was.
    pub state: FileState,
    /// What came of it.
    pub outcome: FileOutcome,
}

/// The files that an index holds, by their key: about 60 bytes a file.
pub struct KnownFiles {
    by_key: FxHashMap<u64, (FileState, DocAddress)>,
    searcher: Searcher,
}

impl FileState {
    /// The state of a file of which `articles` are in, but not all.
    ///
    /// No file has this size, so it is read again.
    pub fn unfinished(articles: u64) -> Self {
        Self {
            size_bytes: u64::MAX,
            articles,
            ..Self::default()
        }
    }

    /// Whether the file was read to its end.
    pub fn is_finished(&self) -> bool {
        self.size_bytes != u64::MAX
    }
}

impl KnownFiles {
    pub(super) fn read(searcher: Searcher) -> Result<Self> {
        let mut by_key = FxHashMap::default();
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            let columns = reader.fast_fields();
            let keys = columns.u64("manifest").map_err(read_failure)?;
            let bytes = columns.u64("file_bytes").map_err(read_failure)?;
            let modified = columns.i64("file_modified").map_err(read_failure)?;
            let hashes = columns.u64("file_hash").map_err(read_failure)?;
            let articles = columns.u64("file_articles").map_err(read_failure)?;
            for doc in reader.doc_ids_alive() {
                let Some(key) = keys.first(doc) else { continue };
                let state = FileState {
                    size_bytes: bytes.first(doc).unwrap_or_default(),
                    modified_ns: modified.first(doc).unwrap_or_default(),
                    content_hash: hashes.first(doc).unwrap_or_default(),
                    articles: articles.first(doc).unwrap_or_default(),
                };
                by_key.insert(key, (state, DocAddress::new(segment, doc)));
            }
        }
        Ok(Self { by_key, searcher })
    }

    /// What the index knows of a file.
    pub fn get(&self, key: u64) -> Option<FileState> {
        self.by_key.get(&key).map(|(state, _)| *state)
    }

    /// The keys and states of all files, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (u64, FileState)> + '_ {
        self.by_key.iter().map(|(&key, &(state, _))| (key, state))
    }

    /// The absolute path of a known file.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    pub fn path(&self, key: u64) -> Result<Option<PathBuf>> {
        let Some((_, address)) = self.by_key.get(&key) else {
            return Ok(None);
        };
        let path = text_at(&self.searcher, "file_path", *address)?;
        Ok(path.map(|path| path_of_text(&path)))
    }

    /// What came of reading a known file.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    pub fn outcome(&self, key: u64) -> Result<FileOutcome> {
        let Some((_, address)) = self.by_key.get(&key) else {
            return Ok(FileOutcome::default());
        };
        let json = text_at(&self.searcher, "file_outcome", *address)?;
        json.map_or_else(|| Ok(FileOutcome::default()), |json| from_json(&json))
    }
}

/// What a document has in a column of texts.
pub(super) fn text_at(
    searcher: &Searcher,
    column: &str,
    address: DocAddress,
) -> Result<Option<String>> {
    let columns = searcher.segment_reader(address.segment_ord).fast_fields();
    let Some(texts) = columns.str(column).map_err(read_failure)? else {
        return Ok(None);
    };
    let Some(ord) = texts.term_ords(address.doc_id).next() else {
        return Ok(None);
    };
    let mut text = String::new();
    texts
        .ord_to_str(ord, &mut text)
        .map_err(|cause| read_failure(cause.into()))?;
    Ok(Some(text))
}

/// Reads what this program wrote into the index as JSON.
pub(super) fn from_json<T: DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|cause| read_failure(std::io::Error::from(cause).into()))
}

/// Starts the text of a path that is not Unicode; no path can hold it.
const ESCAPE: char = '\0';

/// A path as text that [`path_of_text`] reads back: itself, or its bytes in hexadecimal.
pub(super) fn text_of_path(path: &Path) -> String {
    match path.to_str() {
        Some(text) => text.to_owned(),
        None => {
            let digits = hexadecimal(path.as_os_str().as_encoded_bytes());
            format!("{ESCAPE}{digits}")
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The path that [`text_of_path`] wrote.
pub(super) fn path_of_text(text: &str) -> PathBuf {
    match text.strip_prefix(ESCAPE) {
        None => PathBuf::from(text),
        Some(digits) => {
            let digit = |at| {
                digits
                    .get(at..at + 2)
                    .and_then(|pair| u8::from_str_radix(pair, 16).ok())
            };
            path_of_bytes((0..digits.len()).step_by(2).filter_map(digit).collect())
        }
    }
}

#[cfg(unix)]
fn path_of_bytes(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_of_bytes(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn any_path_survives_as_text() {
        for bytes in [
            &b"/news/caf\xe9.txt"[..],
            b"/news/caf\xe8.txt",
            "/news/café.txt".as_bytes(),
        ] {
            let path = path_of_bytes(bytes.to_vec());
            assert_eq!(path_of_text(&text_of_path(&path)), path);
        }
        let keys = [b"/caf\xe9".to_vec(), b"/caf\xe8".to_vec()]
            .map(|bytes| file_key(&path_of_bytes(bytes)));
        assert_ne!(keys[0], keys[1]);
    }
}
