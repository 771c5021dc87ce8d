//! stub
use std::path::PathBuf;

use crate::error::Problem;

/// A regular file to index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// The file as the user would name it: the root as given, joined with the way below it.
    pub path: PathBuf,
    /// The same file, absolute (the root made canonical): the file's identity in the index.
    pub absolute: PathBuf,
    /// The way below the root, with `/`; the file's name where the root is a file itself.
    pub relative: String,
    /// The size on disk.
    pub size_bytes: u64,
    /// The time of the last change, nanoseconds since 1970 in UTC.
    pub modified_ns: i64,
}

/// What a walk comes upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A file to index.
    File(FileEntry),
    /// A hidden file or folder (its name starts with a dot), left out.
    Hidden(PathBuf),
    /// A file or folder that cannot be looked at; nothing below `absolute` is known.
    Unreadable {
        /// The absolute path.
        absolute: PathBuf,
        /// What went wrong.
        problem: Problem,
    },
}

/// The files below some roots, in a fixed order.
pub struct Walk {}

impl Walk {
    /// Starts a walk.
    pub fn new(roots: &[PathBuf], skip: &std::path::Path) -> crate::error::Result<Self> {
        let _ = (roots, skip);
        Ok(Self {})
    }
}
impl Iterator for Walk {
    type Item = Found;
    fn next(&mut self) -> Option<Found> {
        None
    }
}
/// Hash.
pub fn content_hash(file: &FileEntry) -> std::result::Result<u128, Problem> {
    let _ = file;
    Ok(0)
}
