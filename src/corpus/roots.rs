//! The roots of a walk: looked at before anything is walked.
//!
//! In: sources as the user gave them. Out: the roots, with the name that the user
//! knows them by, and which of them must be walked so that each is walked once.

use std::fs::Metadata;
use std::path::{Component, Path, PathBuf};

use super::globs::{Filter, Source};
use super::ignored::Ignored;
use crate::error::{Error, ErrorKind, Result};

/// One file or folder to index.
#[derive(Clone, Debug)]
pub(super) struct Root {
    /// What the user asked for.
    pub(super) source: Source,
    /// Which files below it are wanted.
    pub(super) filter: Filter,
    /// As the user gave it, without a leading `./`; empty for the current folder.
    pub(super) shown: PathBuf,
    /// Absolute, without symbolic links.
    pub(super) absolute: PathBuf,
    /// Whether it is a folder.
    pub(super) is_folder: bool,
    /// What a folder keeps when it is renamed; `None` for a file, and where the system has no such thing.
    pub(super) identity: Option<(u64, u64)>,
}

impl Root {
    /// The way from this root to `path`, if it lies below it.
    pub(super) fn way_to<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        path.strip_prefix(&self.absolute).ok()
    }

    /// Whether a file is one of those that the user wants of this root.
    pub(super) fn admits(&self, path: &Path) -> bool {
        // A file that is named itself is wanted, whatever the globs say.
        self.way_to(path)
            .is_some_and(|way| way.as_os_str().is_empty() || self.filter.admits(way))
    }

    /// Whether a folder may hold files that the user wants of this root.
    pub(super) fn admits_below(&self, folder: &Path) -> bool {
        match self.way_to(folder) {
            Some(way) => self.filter.admits_folder(way),
            None => self.absolute.starts_with(folder),
        }
    }

    /// A path as the user would name it.
    pub(super) fn shown(&self, path: &Path) -> PathBuf {
        match self.way_to(path) {
            Some(way) if !way.as_os_str().is_empty() => self.shown.join(way),
            _ => self.shown.clone(),
        }
    }
}

/// Looks at every root.
///
/// # Errors
///
/// [`ErrorKind::Io`] if a root is missing or cannot be read, and
/// [`ErrorKind::Input`] if it is neither a file nor a folder, or lies in `skip`, or
/// has a pattern that cannot be read.
pub(super) fn settle(sources: &[Source], skip: &Path) -> Result<Vec<Root>> {
    sources.iter().map(|source| look(source, skip)).collect()
}

/// The numbers of the roots that the walks of the others do not come upon.
pub(super) fn outermost(roots: &[Root]) -> Vec<usize> {
    (0..roots.len())
        .filter(|&index| !is_covered(index, roots))
        .collect()
}

/// Whether a way below a root has a hidden file or folder in it.
pub(super) fn passes_hidden(way: &Path) -> bool {
    way.components()
        .any(|part| is_hidden(part.as_os_str().as_encoded_bytes()))
}

/// Whether a name starts with a dot.
pub(super) fn is_hidden(name: &[u8]) -> bool {
    name.first() == Some(&b'.')
}

fn look(source: &Source, skip: &Path) -> Result<Root> {
    let path = &*source.path;
    let hint = "check the spelling, and that you may read it";
    let cannot = |cause| Error::io("read", path, &cause).with_hint(hint);
    let absolute = path.canonicalize().map_err(cannot)?;
    let metadata = absolute.metadata().map_err(cannot)?;
    if absolute.starts_with(skip) {
        let message = format!("{} is part of the index itself", path.display());
        return Err(Error::new(ErrorKind::Input, message).with_hint("give the folder of articles"));
    }
    if metadata.is_dir() {
        std::fs::read_dir(&absolute).map_err(cannot)?;
    } else if metadata.is_file() {
        std::fs::File::open(&absolute).map_err(cannot)?;
    } else {
        let message = format!("{} is neither a file nor a folder", path.display());
        return Err(Error::new(ErrorKind::Input, message).with_hint("save its content to a file"));
    }
    Ok(Root {
        source: source.clone(),
        filter: Filter::new(source)?,
        shown: without_dots(path),
        absolute,
        is_folder: metadata.is_dir(),
        identity: Some(&metadata).filter(|of| of.is_dir()).and_then(identity),
    })
}

/// The numbers of the device and of the folder on it.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
fn identity(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_metadata: &Metadata) -> Option<(u64, u64)> {
    None
}

/// `./corpus/` becomes `corpus`, and `.` nothing at all.
fn without_dots(path: &Path) -> PathBuf {
    path.components()
        .filter(|part| !matches!(part, Component::CurDir))
        .collect()
}

/// Whether the walk of another root comes upon this one. What is below a hidden or
/// an ignored folder is not come upon, so it stays a root of its own.
fn is_covered(index: usize, roots: &[Root]) -> bool {
    let root = &roots[index];
    roots.iter().enumerate().any(|(other, outer)| {
        if outer.absolute == root.absolute {
            return other < index;
        }
        outer
            .way_to(&root.absolute)
            .is_some_and(|way| !passes_hidden(way) && !is_ignored(outer, &root.absolute))
    })
}

/// Whether the ignore files below a root leave out a path, or a folder that it is in.
pub(super) fn is_ignored(root: &Root, path: &Path) -> bool {
    // Of what is gone it is not known; rules for folders alone then count.
    let is_folder = !path.is_file();
    let mut ignored = Ignored::default();
    let folders = folders_between(&root.absolute, path);
    folders.into_iter().any(|folder| {
        let is_left_out = ignored.has(folder, true);
        // What is wrong with the rules is told by the walk.
        let _ = ignored.enter(folder, folder);
        is_left_out
    }) || (path != root.absolute && ignored.has(path, is_folder))
}

/// The folders from `root` down to the one that holds `path`.
pub(super) fn folders_between<'a>(root: &Path, path: &'a Path) -> Vec<&'a Path> {
    let mut folders: Vec<_> = path
        .ancestors()
        .skip(1)
        .take_while(|folder| folder.starts_with(root))
        .collect();
    folders.reverse();
    folders
}
