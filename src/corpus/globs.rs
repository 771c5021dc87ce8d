//! Which files of a root the user wants: a pattern in the path, and `-g` globs.
//!
//! In: an argument such as `archive/**/*.jsonl`, and globs. Out: the root, and a
//! filter over the ways below it.
//!
//! A pattern is read as a shell would: `*` stays within a name, `**` goes through
//! folders, and a folder that matches stands for all that is in it. Globs are read
//! as ripgrep does: the last that matches decides, `!` leaves out, and where there
//! are globs without `!`, what none of them matches is left out too. Both are about
//! the way below the root, so they mean the same wherever the user stands.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::overrides::{Override, OverrideBuilder};

use crate::error::{Error, ErrorKind, Result};

/// What makes a part of a path a pattern.
const WILDCARDS: &[char] = &['*', '?', '[', '{'];

/// What to index: a file, or a folder and which files below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The file or folder, as the user gave it.
    pub path: PathBuf,
    /// What the way below the folder must match, or a folder on it; anything, if `None`.
    pub pattern: Option<String>,
    /// Globs that say more; those with `!` in front leave out.
    pub globs: Vec<String>,
}

impl Source {
    /// Reads an argument: what exists is a path, whatever its name; else what follows
    /// the first part with a wildcard is a pattern.
    pub fn of_argument(argument: &Path, globs: &[String]) -> Self {
        let (path, pattern) = split(argument);
        Self {
            path,
            pattern,
            globs: globs.to_vec(),
        }
    }

    /// Whether every file below the path is wanted.
    pub fn is_whole(&self) -> bool {
        self.pattern.is_none() && self.globs.is_empty()
    }
}

impl From<PathBuf> for Source {
    fn from(path: PathBuf) -> Self {
        Self {
            path,
            ..Self::default()
        }
    }
}

fn split(argument: &Path) -> (PathBuf, Option<String>) {
    let whole = (argument.to_path_buf(), None);
    let has_wildcard = |part: &str| part.contains(WILDCARDS);
    if argument.symlink_metadata().is_ok() || !argument.to_str().is_some_and(has_wildcard) {
        return whole;
    }
    let parts: Vec<_> = argument.components().collect();
    let is_wild =
        |part: &std::path::Component<'_>| part.as_os_str().to_str().is_some_and(has_wildcard);
    let Some(first) = parts.iter().position(is_wild) else {
        return whole;
    };
    let mut path: PathBuf = parts[..first].iter().collect();
    if path.as_os_str().is_empty() {
        path.push(".");
    }
    let pattern: PathBuf = parts[first..].iter().collect();
    (path, pattern.to_str().map(str::to_owned))
}

/// Tells the files of a source from the others below its root.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    pattern: Option<Gitignore>,
    globs: Override,
}

impl Filter {
    /// # Errors
    ///
    /// [`ErrorKind::Input`] if a pattern or a glob cannot be read.
    pub(super) fn new(source: &Source) -> Result<Self> {
        let mut globs = OverrideBuilder::new("");
        for glob in &source.globs {
            globs.add(glob).map_err(|cause| unreadable(glob, &cause))?;
        }
        let all = || source.globs.join(" ");
        let globs = globs.build().map_err(|cause| unreadable(&all(), &cause))?;
        let pattern = source.pattern.as_deref().map(compile).transpose()?;
        Ok(Self { pattern, globs })
    }

    /// Whether a file is wanted; `way` is its way below the root.
    pub(super) fn admits(&self, way: &Path) -> bool {
        if self.globs.is_empty() {
            return self.fits_pattern(way);
        }
        let mut folders = way.ancestors().skip(1);
        let is_left_out = self.globs.matched(way, false).is_ignore()
            || !folders.all(|folder| self.admits_folder(folder));
        !is_left_out && self.fits_pattern(way)
    }

    /// Whether a folder may hold files that are wanted.
    pub(super) fn admits_folder(&self, way: &Path) -> bool {
        way.as_os_str().is_empty() || !self.globs.matched(way, true).is_ignore()
    }

    fn fits_pattern(&self, way: &Path) -> bool {
        let Some(pattern) = &self.pattern else {
            return true;
        };
        pattern.matched(way, false).is_ignore()
            || way
                .ancestors()
                .skip(1)
                .any(|folder| pattern.matched(folder, true).is_ignore())
    }
}

/// A pattern as a rule for the whole way from the root on.
fn compile(pattern: &str) -> Result<Gitignore> {
    let mut builder = GitignoreBuilder::new("");
    builder.allow_unclosed_class(false);
    let added = builder.add_line(None, &format!("/{pattern}")).map(|_| ());
    added
        .and_then(|()| builder.build())
        .map_err(|cause| unreadable(pattern, &cause))
}

fn unreadable(glob: &str, cause: &ignore::Error) -> Error {
    Error::new(
        ErrorKind::Input,
        format!("cannot read the pattern `{glob}`: {}", plain(cause)),
    )
    .with_hint("`*` matches within a name, `**` through folders, `[ab]` a letter, `{a,b}` either")
}

/// The cause without the glob that it repeats.
pub(super) fn plain(cause: &ignore::Error) -> String {
    match cause {
        ignore::Error::Glob { err, .. } => err.clone(),
        cause => cause.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(pattern: Option<&str>, globs: &[&str]) -> Filter {
        let source = Source {
            path: PathBuf::from("news"),
            pattern: pattern.map(str::to_owned),
            globs: globs.iter().map(|glob| (*glob).to_owned()).collect(),
        };
        Filter::new(&source).unwrap()
    }

    #[track_caller]
    fn check(filter: &Filter, admitted: &[&str], left_out: &[&str]) {
        for way in admitted {
            assert!(filter.admits(Path::new(way)), "{way} is left out");
        }
        for way in left_out {
            assert!(!filter.admits(Path::new(way)), "{way} is admitted");
        }
    }

    #[test]
    fn an_argument_is_parted_before_its_first_wildcard() {
        let check = |argument: &str, path: &str, pattern: Option<&str>| {
            let source = Source::of_argument(Path::new(argument), &[]);
            assert_eq!(
                (source.path.to_str(), source.pattern.as_deref()),
                (Some(path), pattern)
            );
        };
        check("none/such", "none/such", None);
        check("none/**/*.jsonl", "none", Some("**/*.jsonl"));
        check("*.md", ".", Some("*.md"));
        check("./a/b?/c.md", "./a", Some("b?/c.md"));
        check("/a/{b,c}", "/a", Some("{b,c}"));
    }

    #[test]
    fn what_exists_is_a_path_whatever_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("[2024]*");
        assert!(Source::of_argument(&path, &[]).pattern.is_some());
        std::fs::write(&path, "x").unwrap();
        assert_eq!(Source::of_argument(&path, &[]), Source::from(path));
    }

    #[test]
    fn a_pattern_is_about_the_whole_way() {
        check(
            &filter(Some("*.md"), &[]),
            &["a.md", "a.md/b.txt"],
            &["b/a.md", "a.txt"],
        );
        check(
            &filter(Some("**/*.md"), &[]),
            &["a.md", "b/c/a.md"],
            &["b/a.txt"],
        );
        check(
            &filter(Some("202[34]/**"), &[]),
            &["2023/a", "2024/b/c"],
            &["2025/a"],
        );
        check(
            &filter(Some("20??"), &[]),
            &["2024", "2024/b/c"],
            &["x/2024", "20245"],
        );
        check(
            &filter(Some("{a,b}/*.md"), &[]),
            &["a/1.md", "b/1.md"],
            &["c/1.md"],
        );
    }

    #[test]
    fn the_last_glob_that_matches_decides() {
        check(
            &filter(None, &["*.html"]),
            &["a.html", "b/a.html"],
            &["a.md"],
        );
        let drafts = filter(None, &["*.html", "!drafts/**"]);
        check(
            &drafts,
            &["a.html", "b/drafts/a.html"],
            &["drafts/a.html", "drafts/b/a.html"],
        );
        check(
            &filter(None, &["!drafts"]),
            &["a.md"],
            &["drafts/a.md", "b/drafts/c/a.md"],
        );
        check(
            &filter(None, &["!*.md", "a.md"]),
            &["a.md", "b/a.md"],
            &["b.md", "c.txt"],
        );
        check(
            &filter(Some("*/*"), &["!*.md"]),
            &["a/b.txt"],
            &["a/b.md", "b.txt"],
        );
    }

    #[test]
    fn a_broken_pattern_is_an_error() {
        for (pattern, globs) in [
            (Some("a[".to_owned()), vec![]),
            (None, vec!["{a".to_owned()]),
        ] {
            let path = PathBuf::new();
            let source = Source {
                path,
                pattern,
                globs,
            };
            let error = Filter::new(&source).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Input);
            assert!(error.hint().is_some());
        }
    }
}
