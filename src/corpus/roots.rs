//! The roots of a walk: looked at before anything is walked.
//!
//! In: paths as the user gave them. Out: the roots to walk, each once, with
//! the name that the user knows them by.

use std::path::{Component, Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// One file or folder to walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Root {
    /// As the user gave it, without a leading `./`; empty for the current folder.
    pub(super) shown: PathBuf,
    /// Absolute, without symbolic links.
    pub(super) absolute: PathBuf,
    /// Whether it is a folder.
    pub(super) is_folder: bool,
}

/// Looks at every root and drops those that another one covers.
///
/// # Errors
///
/// [`ErrorKind::Io`] if a root is missing or cannot be read, and
/// [`ErrorKind::Input`] if it is neither a file nor a folder, or lies in `skip`.
pub(super) fn settle(paths: &[PathBuf], skip: &Path) -> Result<Vec<Root>> {
    let roots = paths
        .iter()
        .map(|path| look(path, skip))
        .collect::<Result<Vec<_>>>()?;
    let kept = (0..roots.len()).filter(|&index| !is_covered(index, &roots));
    Ok(kept.map(|index| roots[index].clone()).collect())
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

fn look(path: &Path, skip: &Path) -> Result<Root> {
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
        shown: without_dots(path),
        absolute,
        is_folder: metadata.is_dir(),
    })
}

/// `./corpus/` becomes `corpus`, and `.` nothing at all.
fn without_dots(path: &Path) -> PathBuf {
    path.components()
        .filter(|part| !matches!(part, Component::CurDir))
        .collect()
}

/// Whether the walk of another root comes upon this one. Folders below a
/// hidden one are not come upon, so they stay roots of their own.
fn is_covered(index: usize, roots: &[Root]) -> bool {
    let root = &roots[index];
    roots.iter().enumerate().any(|(other, outer)| {
        if outer.absolute == root.absolute {
            return other < index;
        }
        root.absolute
            .strip_prefix(&outer.absolute)
            .is_ok_and(|way| !passes_hidden(way))
    })
}
