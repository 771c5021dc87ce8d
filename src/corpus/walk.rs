//! Finds the files below the folders that the user names.
//!
//! In: roots, and the index folder, which is never entered. Out: regular
//! files in a fixed order, and what was left out.
//!
//! Symbolic links are followed; a link to something that the walk finds anyway
//! is passed over, and one that leads back to a folder above it is reported.
//! Each file costs one `stat`; only links are resolved.

use std::collections::VecDeque;
use std::fs::Metadata;
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use super::roots::{Root, is_hidden, passes_hidden, settle};
use crate::error::{Place, Problem, ProblemKind, Result};

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
    /// A hidden file or folder (its name starts with a dot), left out; as the user would name it.
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
#[derive(Debug)]
pub struct Walk {
    roots: Vec<Root>,
    waiting: VecDeque<usize>,
    skip: PathBuf,
    current: Option<(usize, walkdir::IntoIter)>,
}

impl Walk {
    /// Looks at the roots, and starts a walk that never enters `skip`.
    ///
    /// Roots are walked in the order given, and what is below each in the order
    /// of names. A file below two roots belongs to the outer one.
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::Io`] if a root is missing or may not be read;
    /// [`crate::error::ErrorKind::Input`] if one is neither a file nor a folder,
    /// or lies in `skip`.
    pub fn new(roots: &[PathBuf], skip: &Path) -> Result<Self> {
        let skip = canonical(skip);
        let roots = settle(roots, &skip)?;
        let waiting = (0..roots.len()).collect();
        Ok(Self {
            roots,
            waiting,
            skip,
            current: None,
        })
    }

    /// What to make of an entry; `None` if it is no news.
    fn judge(&mut self, root: usize, entry: &DirEntry) -> Option<Found> {
        let is_folder = entry.file_type().is_dir();
        if entry.path() == self.skip {
            self.pass_over(is_folder);
            return None;
        }
        if entry.depth() > 0 && is_hidden(entry.file_name().as_encoded_bytes()) {
            self.pass_over(is_folder);
            return Some(Found::Hidden(self.shown(root, entry.path())));
        }
        if entry.depth() > 0 && entry.path_is_symlink() && self.is_found_anyway(entry.path()) {
            self.pass_over(is_folder);
            return None;
        }
        if is_folder {
            return None;
        }
        Some(self.describe(root, entry))
    }

    fn pass_over(&mut self, is_folder: bool) {
        if let (true, Some((_, walk))) = (is_folder, &mut self.current) {
            walk.skip_current_dir();
        }
    }

    /// Whether a link's target lies below a root, by a way that the walk takes, or in the index.
    fn is_found_anyway(&self, link: &Path) -> bool {
        let Ok(target) = link.canonicalize() else {
            return false;
        };
        target.starts_with(&self.skip)
            || self.roots.iter().any(|root| {
                target
                    .strip_prefix(&root.absolute)
                    .is_ok_and(|way| !passes_hidden(way))
            })
    }

    fn describe(&self, root: usize, entry: &DirEntry) -> Found {
        let path = self.shown(root, entry.path());
        let absolute = entry.path().to_path_buf();
        let metadata = match entry.metadata() {
            Ok(metadata) => metadata,
            Err(cause) => {
                let problem = unreadable(&path, plain_cause(&cause));
                return Found::Unreadable { absolute, problem };
            }
        };
        if !metadata.is_file() {
            let problem = unreadable(&path, "neither a file nor a folder");
            return Found::Unreadable { absolute, problem };
        }
        Found::File(FileEntry {
            relative: self.relative(root, &absolute),
            path,
            absolute,
            size_bytes: metadata.len(),
            modified_ns: modified_ns(&metadata),
        })
    }

    /// What walkdir could not do. A link that leads back up is reported like any
    /// other thing that cannot be entered.
    fn complain(&self, root: usize, error: &walkdir::Error) -> Found {
        let absolute = error
            .path()
            .map_or_else(|| self.roots[root].absolute.clone(), Path::to_path_buf);
        let path = self.shown(root, &absolute);
        let problem = if error.loop_ancestor().is_some() {
            Problem {
                kind: ProblemKind::LinkLoop,
                ..unreadable(&path, "a symbolic link to a folder above it")
            }
        } else {
            unreadable(&path, plain_cause(error))
        };
        Found::Unreadable { absolute, problem }
    }

    fn shown(&self, root: usize, absolute: &Path) -> PathBuf {
        let root = &self.roots[root];
        match absolute.strip_prefix(&root.absolute) {
            Ok(way) if !way.as_os_str().is_empty() => root.shown.join(way),
            _ => root.shown.clone(),
        }
    }

    fn relative(&self, root: usize, absolute: &Path) -> String {
        let root = &self.roots[root];
        let way = if root.is_folder {
            absolute.strip_prefix(&root.absolute).unwrap_or(absolute)
        } else {
            root.shown.file_name().map_or(absolute, Path::new)
        };
        let parts: Vec<_> = way
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        parts.join("/")
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            let Some((root, walk)) = &mut self.current else {
                let root = self.waiting.pop_front()?;
                let walk = WalkDir::new(&self.roots[root].absolute)
                    .follow_links(true)
                    .sort_by_file_name()
                    .into_iter();
                self.current = Some((root, walk));
                continue;
            };
            let root = *root;
            match walk.next() {
                None => self.current = None,
                Some(Err(error)) => return Some(self.complain(root, &error)),
                Some(Ok(entry)) => {
                    if let Some(found) = self.judge(root, &entry) {
                        return Some(found);
                    }
                }
            }
        }
    }
}

/// The canonical form of a path, of which the last parts need not exist yet.
fn canonical(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    for existing in absolute.ancestors() {
        let (Ok(mut whole), Ok(missing)) =
            (existing.canonicalize(), absolute.strip_prefix(existing))
        else {
            continue;
        };
        // What does not exist is no link, so `..` is the folder before it.
        for part in missing.components() {
            match part {
                Component::ParentDir => _ = whole.pop(),
                part => whole.push(part),
            }
        }
        return whole;
    }
    absolute
}

fn modified_ns(metadata: &Metadata) -> i64 {
    let Ok(modified) = metadata.modified() else {
        return 0;
    };
    let ns = match modified.duration_since(UNIX_EPOCH) {
        Ok(after) => i128::try_from(after.as_nanos()),
        Err(before) => i128::try_from(before.duration().as_nanos()).map(|ns| -ns),
    };
    ns.ok().and_then(|ns| i64::try_from(ns).ok()).unwrap_or(0)
}

/// The system's own words, without the path that walkdir repeats.
fn plain_cause(error: &walkdir::Error) -> String {
    error
        .io_error()
        .map_or_else(|| error.to_string(), ToString::to_string)
}

fn unreadable(path: &Path, cause: impl ToString) -> Problem {
    Problem {
        kind: ProblemKind::Unreadable,
        path: path.display().to_string(),
        member: None,
        place: Place::default(),
        message: cause.to_string(),
    }
}
