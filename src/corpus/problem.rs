//! Problems of files and of what is packed in them, worded in one place.

use super::walk::FileEntry;
use crate::error::{Place, Problem, ProblemKind};

/// A problem of a file as a whole.
pub(super) fn problem(path: &str, kind: ProblemKind, message: impl ToString) -> Problem {
    Problem {
        kind,
        path: path.to_owned(),
        member: None,
        place: Place::default(),
        message: message.to_string(),
    }
}

/// A file that cannot be opened or read.
pub(super) fn unreadable(file: &FileEntry, cause: impl ToString) -> Problem {
    problem(
        &file.path.display().to_string(),
        ProblemKind::Unreadable,
        cause,
    )
}
