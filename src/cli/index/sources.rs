//! What a run is about: the paths of the user, or those that the index was built from.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::cli::Result;
use crate::cli::args::IndexArgs;
use crate::cli::console::Console;
use crate::corpus::Source;
use crate::engine::embedded::{EmbeddedEngine, Root, STREAM_PATH};
use crate::error::{Error, ErrorKind};

/// What to do where a rebuild cannot know what to read.
const NAME_FOLDERS: &str = "name the folders: search index --rebuild PATH…";

/// What a run is about.
pub(super) struct Subject {
    /// Folders and files.
    pub(super) sources: Vec<Source>,
    /// Whether to read standard input too.
    pub(super) listens: bool,
    /// Whether to keep what came by standard input before.
    pub(super) keeps_streamed: bool,
}

/// What to index: as given, or what a rebuilt index was built from.
pub(super) fn subject(args: &IndexArgs, folder: &Path, console: &Console) -> Result<Subject> {
    if !args.paths.is_empty() {
        let (streams, paths): (Vec<_>, Vec<_>) = args
            .paths
            .iter()
            .partition(|path| path.as_os_str() == STREAM_PATH);
        let source = |path: &PathBuf| Source::of_argument(path, &args.globs);
        return Ok(Subject {
            sources: paths.into_iter().map(source).collect(),
            listens: !streams.is_empty(),
            keeps_streamed: false,
        });
    }
    let roots = match EmbeddedEngine::roots_of(folder) {
        Err(error) if error.kind() == ErrorKind::NoIndex => return Err(error.into()),
        // Its own hint would be to rebuild, which is what fails.
        Err(error) => return Err(unknown_roots(Some(&error)).into()),
        Ok(roots) if roots.is_empty() => return Err(unknown_roots(None).into()),
        Ok(roots) => roots,
    };
    let (streams, roots): (Vec<_>, Vec<_>) = roots.iter().partition(|root| root.is_stream());
    let (gone, there): (Vec<&Root>, Vec<_>) = roots.into_iter().partition(|root| is_gone(root));
    if there.is_empty() && streams.is_empty() {
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
    Ok(Subject {
        sources: there.into_iter().map(source_of).collect(),
        listens: false,
        keeps_streamed: !streams.is_empty(),
    })
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
