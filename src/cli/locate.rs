//! Finds the index.

use std::path::{Path, PathBuf};

use crate::article::Article;
use crate::engine::embedded::{EmbeddedEngine, Root};
use crate::error::{Error, ErrorKind, Result};

/// Name of the index folder.
const FOLDER: &str = ".search";

/// The folder of the index: the given one, else the nearest `.search` here or above, else the one to make here.
pub(super) fn index_folder(given: Option<&Path>) -> Result<PathBuf> {
    if let Some(path) = given {
        if path.to_str().is_some_and(|path| path.contains("://")) {
            return Err(Error::new(
                ErrorKind::Input,
                format!("cannot search {}: it is no folder", path.display()),
            )
            .with_hint("name a folder with --index; remote engines are not supported yet"));
        }
        return Ok(path.to_owned());
    }
    let here = std::env::current_dir()
        .map_err(|cause| Error::io("find the current folder", Path::new("."), &cause))?;
    let above = here
        .ancestors()
        .find(|folder| folder.join(FOLDER).join("current").is_file());
    match above {
        Some(folder) if folder != here => Ok(folder.join(FOLDER)),
        _ => Ok(PathBuf::from(FOLDER)),
    }
}

/// Opens the index for searching.
pub(super) fn open_engine(given: Option<&Path>) -> Result<EmbeddedEngine> {
    EmbeddedEngine::open(&index_folder(given)?)
}

/// The absolute path of an article's file: its path as the user named it, below the root that it came from.
///
/// Roots that were given by the same name from several places all fit; the first
/// that has such a file is taken, `None` if none has.
pub(super) fn file_of(article: &Article, roots: &[Root]) -> Option<String> {
    let path = Path::new(&article.path);
    let below = |root: &Root| {
        let given = root.given.strip_prefix(".").unwrap_or(&root.given);
        path.strip_prefix(given)
            .ok()
            .map(|way| match way.as_os_str().is_empty() {
                true => root.absolute.clone(),
                false => root.absolute.join(way),
            })
    };
    roots
        .iter()
        .filter_map(below)
        .find(|path| path.is_file())
        .map(|path| path.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_roots_with_one_name_the_one_with_the_file_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let root = |place: &str| {
            let absolute = folder.path().join(place).join("news");
            std::fs::create_dir_all(&absolute).unwrap();
            std::fs::write(absolute.join(place), "text").unwrap();
            Root {
                given: "./news".into(),
                absolute,
                pattern: None,
                globs: Vec::new(),
            }
        };
        let roots = [root("here"), root("there")];
        let file = |path: &str| {
            let article = Article {
                path: path.to_owned(),
                ..Article::default()
            };
            file_of(&article, &roots)
        };
        let path = |root: &Root, name: &str| Some(root.absolute.join(name).display().to_string());
        assert_eq!(file("news/here"), path(&roots[0], "here"));
        assert_eq!(file("news/there"), path(&roots[1], "there"));
        assert_eq!(file("news/nowhere"), None);
        assert_eq!(file("elsewhere/here"), None);
    }
}
