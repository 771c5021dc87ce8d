//! The note that every commit carries: by what, and from where, the index was built.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::Index;

use super::failure::read_failure;
use super::schema::Fields;
use crate::analysis::ANALYSIS_VERSION;
use crate::corpus::Source;
use crate::error::{Error, ErrorKind, Result};

/// Changes whenever fields or their encoding change.
const LAYOUT_VERSION: u32 = 6;

/// The path that stands for standard input, among the roots and of its articles.
pub const STREAM_PATH: &str = "-";

/// A folder or file that was given to `search index`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// As the user gave it.
    pub given: PathBuf,
    /// Where it is.
    pub absolute: PathBuf,
    /// The pattern for the ways below it, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// The globs that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub globs: Vec<String>,
}

impl From<(&Source, &Path)> for Root {
    fn from((source, absolute): (&Source, &Path)) -> Self {
        Self {
            given: source.path.clone(),
            absolute: absolute.to_owned(),
            pattern: source.pattern.clone(),
            globs: source.globs.clone(),
        }
    }
}

impl Root {
    /// Standard input, from which nothing can be read again.
    pub fn stream() -> Self {
        Self {
            given: STREAM_PATH.into(),
            absolute: STREAM_PATH.into(),
            pattern: None,
            globs: Vec::new(),
        }
    }

    /// Whether this is standard input.
    pub fn is_stream(&self) -> bool {
        self.absolute.as_os_str() == STREAM_PATH
    }

    /// Whether a run over it speaks of all that a run over `other` speaks of.
    fn covers(&self, other: &Self) -> bool {
        let is_whole = self.pattern.is_none() && self.globs.is_empty();
        let is_same = (&self.pattern, &self.globs) == (&other.pattern, &other.globs);
        self.absolute == other.absolute && (is_whole || is_same)
    }
}

/// By what and from where an index was built.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    layout: u32,
    analysis: u32,
    /// The roots that were indexed, in the order they were first given.
    pub(super) roots: Vec<Root>,
}

impl Stamp {
    pub(super) fn new(roots: Vec<Root>) -> Self {
        Self {
            layout: LAYOUT_VERSION,
            analysis: ANALYSIS_VERSION,
            roots,
        }
    }

    /// Adds a root, unless one that is there covers it.
    pub(super) fn add_root(&mut self, root: Root) {
        if !self.roots.iter().any(|known| known.covers(&root)) {
            self.roots.retain(|known| !root.covers(known));
            self.roots.push(root);
        }
    }

    /// Reads an index's stamp; refuses one that this version did not make.
    pub(super) fn check(index: &Index) -> Result<Self> {
        let stamp = Self::read(index)?;
        let same_fields = index.schema() == Fields::new().0;
        match stamp {
            Some(stamp) if stamp.is_current() && same_fields => Ok(stamp),
            stamp => Err(refusal(stamp.is_some_and(|stamp| !stamp.roots.is_empty()))),
        }
    }

    /// Reads an index's stamp, whichever version made it; `None` if it cannot be understood.
    pub(super) fn read(index: &Index) -> Result<Option<Self>> {
        let metas = index.load_metas().map_err(read_failure)?;
        Ok(metas
            .payload
            .and_then(|payload| serde_json::from_str(&payload).ok()))
    }

    fn is_current(&self) -> bool {
        (self.layout, self.analysis) == (LAYOUT_VERSION, ANALYSIS_VERSION)
    }

    pub(super) fn to_payload(&self) -> String {
        // Plain data: paths that are not UTF-8 are the only thing that cannot be written.
        serde_json::to_string(self).unwrap_or_else(|_| {
            let stamp = Self {
                roots: Vec::new(),
                ..self.clone()
            };
            serde_json::to_string(&stamp).unwrap_or_default()
        })
    }
}

fn refusal(knows_roots: bool) -> Error {
    let paths = if knows_roots { "" } else { " PATH…" };
    Error::new(
        ErrorKind::IndexVersion,
        "the index was built by another version of this program",
    )
    .with_hint(format!("rebuild it: search index --rebuild{paths}"))
}
