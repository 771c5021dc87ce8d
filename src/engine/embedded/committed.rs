//! Looks up in the last commit what a run has to know while it writes the next.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Searcher, Term};

use super::failure::read_failure;
use super::schema::Fields;
use crate::error::Result;

/// A view of the last commit.
pub struct Committed {
    searcher: Searcher,
    fields: Fields,
}

impl Committed {
    pub(super) fn new(searcher: Searcher, fields: Fields) -> Self {
        Self { searcher, fields }
    }

    /// The keys of the files of the articles that have this id: one at most, unless the index is damaged.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    pub fn files_of_id(&self, id: &str) -> Result<Vec<u64>> {
        let term = Term::from_field_text(self.fields.id, id);
        let mut files = Vec::new();
        for reader in self.searcher.segment_readers() {
            let inverted = reader
                .inverted_index(self.fields.id)
                .map_err(read_failure)?;
            let postings = inverted.read_postings(&term, IndexRecordOption::Basic);
            let Some(mut postings) = postings.map_err(|cause| read_failure(cause.into()))? else {
                continue;
            };
            let keys = reader.fast_fields().u64("file").map_err(read_failure)?;
            while postings.doc() != tantivy::TERMINATED {
                if !reader.is_deleted(postings.doc()) {
                    files.extend(keys.first(postings.doc()));
                }
                postings.advance();
            }
        }
        Ok(files)
    }

    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.searcher.num_docs() == 0
    }
}
