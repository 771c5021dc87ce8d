//! What a run is about: the paths of the user, or those that the index was built from.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::cli::Result;
use crate::cli::args::IndexArgs;
use crate::cli::console::Console;
use crate::corpus::Source;
use crate::engine::embedded::{EmbeddedEngine, Root};
use crate::error::{Error, ErrorKind};

/// What to do where a rebuild cannot know what to read.
const NAME_FOLDERS: &str = "name the folders: search index --rebuild PATH…";

/// What to index: as given, or what a rebuilt index was built from.
pub(super) fn sources(args: &IndexArgs, folder: &Path, console: &Console) -> Result<Vec<Source>> {
    let paths = args.paths.iter();
    if !args.paths.is_empty() {
        return Ok(paths
            .map(|path| Source::of_argument(path, &args.globs))
            .collect());
    }
    let roots = match EmbeddedEngine::roots_of(folder) {
        Err(error) if error.kind() == ErrorKind::NoIndex => return Err(error.into()),
        // Its own hint would be to rebuild, which is what fails.
        Err(error) => return Err(unknown_roots(Some(&error)).into()),
        Ok(roots) if roots.is_empty() => return Err(unknown_roots(None).into()),
        Ok(roots) => roots,
    };
    let (gone, there): (Vec<_>, Vec<_>) = roots.iter().partition(|root| is_gone(root));
    if there.is_empty() {
        return Err(Error::new(
            ErrorKind::Input,
            "everything that the index was built from is gone",
        )
        .with_hint(NAME_FOLDERS)
        .into());
    }
    for root in gone {
        let path = root.absolute.display();
        console.tell(&format!("{path} is gone; its articles are left out"));
    }
    Ok(there.into_iter().map(source_of).collect())
}

/// The time of the last change of the file that `--since-file` names, in nanoseconds since 1970.
pub(super) fn time_of(file: &Path) -> Result<i64> {
    let modified = file
        .metadata()
        .and_then(|metadata| metadata.modified())
        .map_err(|cause| {
            Error::io("look at", file, &cause).with_hint("make one after a run: touch FILE")
        })?;
    Ok(nanoseconds(modified))
}

fn nanoseconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

/// Whether a root is no longer there; one that cannot be looked at is for the run to tell of.
fn is_gone(root: &Root) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    let missing = |cause: std::io::Error| matches!(cause.kind(), NotFound | NotADirectory);
    root.absolute.metadata().is_err_and(missing)
}

/// A root as the user gave it, unless the user stands elsewhere by now.
fn source_of(root: &Root) -> Source {
    let path: &PathBuf = match root.given.canonicalize() {
        Ok(found) if found == root.absolute => &root.given,
        _ => &root.absolute,
    };
    Source {
        path: path.clone(),
        pattern: root.pattern.clone(),
        globs: root.globs.clone(),
    }
}

fn unknown_roots(cause: Option<&Error>) -> Error {
    let cause = cause.map_or_else(String::new, |cause| format!(": {cause}"));
    Error::new(
        ErrorKind::Input,
        format!("it is not known what the index was built from{cause}"),
    )
    .with_hint(NAME_FOLDERS)
}
