//! What tantivy's errors mean to the user.

use std::path::Path;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::error::DataCorruption;

use crate::error::{Error, ErrorKind};

/// What to do about a damaged index.
pub(super) const REBUILD: &str = "if this persists, rebuild it: search index --rebuild";

/// An error while reading an index.
pub(super) fn read_failure(cause: TantivyError) -> Error {
    match &cause {
        TantivyError::IncompatibleIndex(_) => Error::new(
            ErrorKind::IndexVersion,
            "the index was built by another version of this program",
        )
        .with_hint("rebuild it: search index --rebuild"),
        TantivyError::IoError(io) if io.kind() == std::io::ErrorKind::NotFound => gone(&cause),
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_)) => gone(&cause),
        _ => Error::new(
            ErrorKind::IndexDamaged,
            format!("cannot read the index: {}", plain(&cause)),
        )
        .with_hint(REBUILD),
    }
}

fn gone(cause: &TantivyError) -> Error {
    Error::new(
        ErrorKind::IndexDamaged,
        format!("a file of the index is missing: {}", plain(cause)),
    )
    .with_hint("if no other run is replacing it just now, rebuild it: search index --rebuild")
}

/// An error while writing the index in `folder`.
pub(super) fn write_failure(cause: &TantivyError, folder: &Path) -> Error {
    if let Some(full) = no_room(cause) {
        return with_room_hint(Error::io("write the index in", folder, &full));
    }
    match cause {
        TantivyError::LockFailure(LockError::LockBusy, _) => busy(folder),
        TantivyError::IoError(io) => with_room_hint(Error::io("write the index in", folder, io)),
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => {
            with_room_hint(Error::io("write the index in", folder, io_error))
        }
        _ => Error::new(
            ErrorKind::Io,
            format!(
                "cannot write the index in {}: {}",
                folder.display(),
                plain(cause)
            ),
        ),
    }
}

/// The system's numbers for a full disk, a file beyond its limit, and a used-up quota.
const NO_ROOM: [i32; 3] = [28, 27, 122];

/// The cause of a full disk that tantivy tells as text only, or wrapped in another cause.
fn no_room(cause: &TantivyError) -> Option<std::io::Error> {
    let message = plain(cause);
    let told = |number: &&i32| message.contains(&format!("(os error {number})"));
    let number = NO_ROOM.iter().find(told)?;
    Some(std::io::Error::from_raw_os_error(*number))
}

/// Another process is writing.
pub(super) fn busy(folder: &Path) -> Error {
    Error::new(
        ErrorKind::IndexBusy,
        format!("another `search index` is writing to {}", folder.display()),
    )
    .with_hint("wait until it has finished, or stop it; what it has committed stays")
}

fn with_room_hint(error: Error) -> Error {
    if error.kind() == ErrorKind::DiskFull {
        error.with_hint("free some room and run the same command again; what was committed is kept")
    } else {
        error
    }
}

/// The message of a cause, on one line.
fn plain(cause: &TantivyError) -> String {
    match cause {
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
            format!("{}: {io_error}", filepath.display())
        }
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(path)) => {
            path.display().to_string()
        }
        TantivyError::OpenDirectoryError(OpenDirectoryError::DoesNotExist(path)) => {
            format!("there is no {}", path.display())
        }
        TantivyError::DataCorruption(damage) => damaged(damage),
        _ => cause.to_string(),
    }
    .replace('\n', " ")
}

/// Which file is damaged; what tantivy tells besides may be all that the file holds.
fn damaged(damage: &DataCorruption) -> String {
    // The path is told in this way only.
    let told = format!("{damage:?}");
    let file = told
        .strip_prefix("Data corruption (in file `\"")
        .and_then(|rest| rest.split_once("\"`)"));
    match file {
        Some((file, _)) => format!("{file} is damaged"),
        None => "its data is damaged".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(damage: DataCorruption, message: &str) {
        assert_eq!(read_failure(damage.into()).to_string(), message);
    }

    #[test]
    fn damage_is_told_without_what_the_file_holds() {
        let content = "cannot read it. Content: `)\"secret".to_owned();
        check(
            DataCorruption::new("meta.json".into(), content),
            "cannot read the index: meta.json is damaged",
        );
        check(
            DataCorruption::comment_only("block 7: secret"),
            "cannot read the index: its data is damaged",
        );
    }
}
