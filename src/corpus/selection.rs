//! What a run is about: roots, what of them is wanted, and where to look again.
//!
//! In: sources, as the user gave them, and the index folder. Out: walks, and whether
//! a file is one that the run speaks of: only such a file can be found to be gone.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::globs::Source;
use super::roots::{Root, is_ignored, outermost, passes_hidden, settle};
use super::walk::{Walk, is_gone};
use crate::error::Result;

/// Files and folders to index, looked at and ready to be walked.
#[derive(Clone, Debug)]
pub struct Selection {
    roots: Arc<[Root]>,
    /// The numbers of the roots that are walked: the others lie below them.
    walked: Arc<[usize]>,
    skip: PathBuf,
    /// Where to look; everywhere, if `None`.
    scope: Option<Vec<PathBuf>>,
    /// Where roots were that are elsewhere now.
    former: Vec<PathBuf>,
}

impl Selection {
    /// Looks at the sources; no walk over them ever enters `skip`.
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::Io`] if a root is missing or may not be read;
    /// [`crate::error::ErrorKind::Input`] if one is neither a file nor a folder,
    /// or lies in `skip`, or if a pattern cannot be read.
    pub fn new(sources: &[Source], skip: &Path) -> Result<Self> {
        let skip = canonical(skip);
        let roots = settle(sources, &skip)?;
        Ok(Self {
            walked: outermost(&roots).into(),
            roots: roots.into(),
            skip,
            scope: None,
            former: Vec::new(),
        })
    }

    /// Whether the roots are where those of `other` are, and are the same folders.
    pub fn is_where(&self, other: &Self) -> bool {
        let same = |(a, b): (&Root, &Root)| {
            (&a.absolute, &a.source, a.identity) == (&b.absolute, &b.source, b.identity)
        };
        self.roots.len() == other.roots.len() && self.roots.iter().zip(&*other.roots).all(same)
    }

    /// The same, but it also speaks of the places where its folders were in `earlier`, if
    /// they have been moved since: nothing is there any more.
    #[must_use]
    pub fn moved_from(mut self, earlier: &Self) -> Self {
        let has_moved = |was: &&Root| {
            let now = |root: &Root| root.identity.is_some() && root.identity == was.identity;
            self.roots.iter().any(now) && is_gone(&was.absolute)
        };
        let former = earlier.roots.iter().filter(has_moved);
        self.former = former.map(|root| root.absolute.clone()).collect();
        self
    }

    /// The same roots, but only what lies at or below some absolute paths, which need not exist.
    #[must_use]
    pub fn within(&self, mut places: Vec<PathBuf>) -> Self {
        places.sort();
        // In this order, a path comes right before those below it and their like.
        places.dedup_by(|later, earlier| later.starts_with(&*earlier));
        Self {
            scope: Some(places),
            ..self.clone()
        }
    }

    /// Starts a walk.
    pub fn walk(&self) -> Walk {
        Walk::over(self.clone())
    }

    /// What the user asked for, with the absolute paths of the roots, in the order given.
    pub fn sources(&self) -> impl Iterator<Item = (&Source, &Path)> {
        self.roots
            .iter()
            .map(|root| (&root.source, &*root.absolute))
    }

    /// Where to look; everywhere below the roots, if `None`.
    pub fn scope(&self) -> Option<&[PathBuf]> {
        self.scope.as_deref()
    }

    /// Whether a file, by its absolute path, is one of those that the user wants.
    pub fn selects(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| root.admits(path))
            || self.former.iter().any(|place| path.starts_with(place))
    }

    /// Whether the walk comes upon a file, if it exists and is not left out.
    pub fn covers(&self, path: &Path) -> bool {
        self.is_in_scope(path) && self.selects(path)
    }

    /// Whether the walk comes upon a file or a folder, if it exists and is not left out.
    pub fn may_meet(&self, path: &Path) -> bool {
        self.is_in_scope(path) && (self.selects(path) || self.admits_below(path))
    }

    fn is_in_scope(&self, path: &Path) -> bool {
        let holds = |scope: &Vec<PathBuf>| scope.iter().any(|place| path.starts_with(place));
        self.scope.as_ref().is_none_or(holds)
    }

    /// Whether a change of `path` can be of interest: not to files that are left out, be
    /// they there or gone.
    pub(super) fn concerns(&self, path: &Path) -> bool {
        let is_there = path.is_file();
        !path.starts_with(&self.skip)
            && self.walked().any(|root| {
                let way = root.way_to(path);
                way.is_some_and(|way| !passes_hidden(way)) && !is_ignored(root, path)
            })
            && (!is_there || self.selects(path))
    }

    pub(super) fn admits_below(&self, folder: &Path) -> bool {
        self.roots.iter().any(|root| root.admits_below(folder))
    }

    pub(super) fn roots(&self) -> &[Root] {
        &self.roots
    }

    pub(super) fn skip(&self) -> &Path {
        &self.skip
    }

    /// The roots that are walked.
    pub(super) fn walked(&self) -> impl Iterator<Item = &Root> {
        self.walked.iter().map(|&number| &self.roots[number])
    }

    /// Where a walk starts, with the number of the root.
    pub(super) fn starts(&self) -> Vec<(usize, PathBuf)> {
        let Some(scope) = &self.scope else {
            let start = |&number: &usize| (number, self.roots[number].absolute.clone());
            return self.walked.iter().map(start).collect();
        };
        let mut starts = Vec::new();
        for &number in &*self.walked {
            let root = &self.roots[number];
            if scope.iter().any(|place| root.absolute.starts_with(place)) {
                starts.push((number, root.absolute.clone()));
                continue;
            }
            let below = scope.iter().filter(|place| self.is_start(root, place));
            starts.extend(below.map(|place| (number, place.clone())));
        }
        starts
    }

    /// Whether something is there, and no folder above it is left out.
    fn is_start(&self, root: &Root, place: &Path) -> bool {
        let Some(folder) = place.parent().filter(|_| place.symlink_metadata().is_ok()) else {
            return false;
        };
        root.way_to(folder).is_some_and(|way| !passes_hidden(way))
            && !folder.starts_with(&self.skip)
            && !is_ignored(root, folder)
            && folder
                .ancestors()
                .take_while(|above| above.starts_with(&root.absolute))
                .all(|above| self.admits_below(above))
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
