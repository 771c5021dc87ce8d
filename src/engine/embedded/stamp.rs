//! The note that every commit carries: by what, and from where, the index was built.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tantivy::Index;

use super::failure::read_failure;
use super::schema::Fields;
use crate::analysis::ANALYSIS_VERSION;
use crate::error::{Error, ErrorKind, Result};

/// Changes whenever fields or their encoding change.
const LAYOUT_VERSION: u32 = 2;

/// A folder or file that was given to `search index`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// As the user gave it.
    pub given: PathBuf,
    /// Where it is.
    pub absolute: PathBuf,
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

    /// Reads an index's stamp; refuses one that this version did not make.
    pub(super) fn check(index: &Index) -> Result<Self> {
        let stamp = Self::read(index)?;
        let same_fields = index.schema() == Fields::new().0;
        match stamp {
            Some(stamp) if stamp.is_current() && same_fields => Ok(stamp),
            stamp => Err(refusal(stamp.map(|stamp| stamp.roots).unwrap_or_default())),
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

fn refusal(roots: Vec<Root>) -> Error {
    let paths: Vec<_> = roots
        .iter()
        .map(|root| root.given.display().to_string())
        .collect();
    let paths = if paths.is_empty() {
        "PATH…".to_owned()
    } else {
        paths.join(" ")
    };
    Error::new(
        ErrorKind::IndexVersion,
        "the index was built by another version of this program",
    )
    .with_hint(format!("rebuild it: search index --rebuild {paths}"))
}
