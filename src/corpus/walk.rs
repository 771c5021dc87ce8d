//! Finds the files below the folders that the user names.
//!
//! In: a [`Selection`]. Out: regular files in a fixed order, and what was left out.
//!
//! Symbolic links are followed; a link to something that the walk finds anyway
//! is passed over, and one that leads back to a folder above it is reported.
//! Each file costs one `stat`; only links are resolved.

use std::collections::VecDeque;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use super::globs::Source;
use super::ignored::{IGNORE_FILE, Ignored};
use super::roots::{Root, folders_between, is_hidden, is_ignored, passes_hidden};
use super::selection::Selection;
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
    /// A file or folder that an ignore file leaves out; as the user would name it.
    Ignored(PathBuf),
    /// A line of an ignore file that cannot be read, or all of the file.
    BrokenRule {
        /// The absolute path of the ignore file.
        absolute: PathBuf,
        /// What is wrong with it.
        problem: Problem,
    },
    /// A file or folder that cannot be looked at; nothing below `absolute` is known.
    Unreadable {
        /// The absolute path.
        absolute: PathBuf,
        /// What went wrong.
        problem: Problem,
    },
}

/// The files of a selection, in a fixed order.
#[derive(Debug)]
pub struct Walk {
    selection: Selection,
    /// Where to start, with the number of the root.
    waiting: VecDeque<(usize, PathBuf)>,
    current: Option<(usize, walkdir::IntoIter)>,
    ignored: Ignored,
    /// What was met on the way and is to be told next.
    told_next: VecDeque<Found>,
    /// What [`Walk::places`] asks for; no file is looked at then.
    places: Option<Vec<PathBuf>>,
}

impl Walk {
    /// Looks at the roots, and starts a walk over all that is below them, which never enters `skip`.
    ///
    /// Roots are walked in the order given, and what is below each in the order
    /// of names. A file below two roots belongs to the outer one.
    ///
    /// # Errors
    ///
    /// As [`Selection::new`].
    pub fn new(roots: &[PathBuf], skip: &Path) -> Result<Self> {
        let sources: Vec<_> = roots.iter().cloned().map(Source::from).collect();
        Ok(Selection::new(&sources, skip)?.walk())
    }

    /// Starts a walk over a selection.
    pub(super) fn over(selection: Selection) -> Self {
        Self {
            waiting: selection.starts().into(),
            selection,
            current: None,
            ignored: Ignored::default(),
            told_next: VecDeque::new(),
            places: None,
        }
    }

    /// All places where changes show: the folders that the walk enters, those of roots that
    /// are files, and files that it comes upon by a link.
    pub(super) fn places(mut self) -> Vec<PathBuf> {
        self.places = Some(Vec::new());
        while self.next().is_some() {}
        self.places.unwrap_or_default()
    }

    /// Starts at a root, or below one: then by the rules of the folders above.
    fn start(&mut self, root: usize, place: &Path) {
        self.ignored = Ignored::default();
        for folder in folders_between(&self.root(root).absolute, place) {
            // What is wrong with them was told by the walk that came by them.
            let _ = self.ignored.enter(folder, folder);
        }
        let walk = WalkDir::new(place)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        self.current = Some((root, walk));
    }

    fn root(&self, number: usize) -> &Root {
        &self.selection.roots()[number]
    }

    /// What to make of an entry; `None` if it is no news.
    fn judge(&mut self, root: usize, entry: &DirEntry) -> Option<Found> {
        let path = entry.path();
        let is_folder = entry.file_type().is_dir();
        let is_root = path == self.root(root).absolute;
        self.ignored.leave_for(path);
        if path == self.selection.skip() {
            self.pass_over(is_folder);
            return None;
        }
        if !is_root && is_hidden(entry.file_name().as_encoded_bytes()) {
            self.pass_over(is_folder);
            let is_ours = entry.file_name() == IGNORE_FILE;
            return (!is_ours).then(|| Found::Hidden(self.shown(root, path)));
        }
        if !is_root && self.ignored.has(path, is_folder) {
            self.pass_over(is_folder);
            return Some(Found::Ignored(self.shown(root, path)));
        }
        if !is_root && entry.path_is_symlink() && self.is_found_anyway(path) {
            self.pass_over(is_folder);
            return None;
        }
        match is_folder {
            true => self.enter(root, path),
            false => self.meet_file(root, entry),
        }
    }

    /// Reads the rules of a folder that is to be walked, unless nothing is wanted of it.
    fn enter(&mut self, root: usize, folder: &Path) -> Option<Found> {
        if !self.selection.admits_below(folder) {
            self.pass_over(true);
            return None;
        }
        let problems = self.ignored.enter(folder, &self.shown(root, folder));
        let absolute = folder.join(IGNORE_FILE);
        let told = problems.into_iter().map(|problem| Found::BrokenRule {
            absolute: absolute.clone(),
            problem,
        });
        self.told_next.extend(told);
        if let Some(places) = &mut self.places {
            places.push(folder.to_path_buf());
        }
        None
    }

    fn meet_file(&mut self, root: usize, entry: &DirEntry) -> Option<Found> {
        let path = entry.path();
        if !self.selection.selects(path) {
            return None;
        }
        let is_root = path == self.root(root).absolute;
        let Some(places) = &mut self.places else {
            return self.describe(root, entry);
        };
        if entry.path_is_symlink() {
            places.push(path.to_path_buf());
        } else if let (true, Some(folder)) = (is_root, path.parent()) {
            places.push(folder.to_path_buf());
        }
        None
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
        let is_walked = |root: &Root| {
            root.way_to(&target)
                .is_some_and(|way| !passes_hidden(way) && !is_ignored(root, &target))
        };
        target.starts_with(self.selection.skip()) || self.selection.walked().any(is_walked)
    }

    /// A file with its size and time; `None` if it vanishes just now.
    fn describe(&self, root: usize, entry: &DirEntry) -> Option<Found> {
        let metadata = match entry.metadata() {
            Ok(metadata) => metadata,
            Err(error) => return self.complain(root, &error),
        };
        let path = self.shown(root, entry.path());
        let absolute = entry.path().to_path_buf();
        if !metadata.is_file() {
            let problem = unreadable(&path, "neither a file nor a folder");
            return Some(Found::Unreadable { absolute, problem });
        }
        Some(Found::File(FileEntry {
            relative: self.relative(root, &absolute),
            path,
            absolute,
            size_bytes: metadata.len(),
            modified_ns: modified_ns(&metadata),
        }))
    }

    /// What walkdir could not do. A link that leads back up is reported like any
    /// other thing that cannot be entered; what has vanished meanwhile is no news.
    fn complain(&self, root: usize, error: &walkdir::Error) -> Option<Found> {
        let absolute = error
            .path()
            .map_or_else(|| self.root(root).absolute.clone(), Path::to_path_buf);
        if absolute != self.root(root).absolute && is_gone(&absolute) {
            return None;
        }
        let path = self.shown(root, &absolute);
        let problem = if error.loop_ancestor().is_some() {
            Problem {
                kind: ProblemKind::LinkLoop,
                ..unreadable(&path, "a symbolic link to a folder above it")
            }
        } else {
            unreadable(&path, plain_cause(error))
        };
        Some(Found::Unreadable { absolute, problem })
    }

    fn shown(&self, root: usize, absolute: &Path) -> PathBuf {
        self.root(root).shown(absolute)
    }

    fn relative(&self, root: usize, absolute: &Path) -> String {
        let root = self.root(root);
        let way = if root.is_folder {
            root.way_to(absolute).unwrap_or(absolute)
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
            if let Some(found) = self.told_next.pop_front() {
                return Some(found);
            }
            let Some((root, walk)) = &mut self.current else {
                let (root, place) = self.waiting.pop_front()?;
                self.start(root, &place);
                continue;
            };
            let root = *root;
            let found = match walk.next() {
                None => {
                    self.current = None;
                    None
                }
                Some(Err(error)) => self.complain(root, &error),
                Some(Ok(entry)) => self.judge(root, &entry),
            };
            if found.is_some() {
                return found;
            }
        }
    }
}

/// Whether nothing has this name, not even a link that leads nowhere.
pub(super) fn is_gone(path: &Path) -> bool {
    path.symlink_metadata()
        .is_err_and(|cause| cause.kind() == io::ErrorKind::NotFound)
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
