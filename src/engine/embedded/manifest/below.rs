//! Which known files lie below a folder.
//!
//! In: a path. Out: the keys of the known files at it or below it. Paths are kept
//! sorted in each segment, so no path is read: those below a folder are a range.

use std::ops::{Bound, RangeBounds};
use std::path::{MAIN_SEPARATOR_STR, Path};

use tantivy::columnar::StrColumn;

use super::{ESCAPE, KnownFiles, hexadecimal};
use crate::engine::embedded::failure::read_failure;
use crate::error::Result;

type Ordinals = (Bound<u64>, Bound<u64>);

impl KnownFiles {
    /// The keys of the known files at or below an absolute path, in no order.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    pub fn below(&self, place: &Path) -> Result<Vec<u64>> {
        let mut segments = Vec::new();
        for reader in self.searcher.segment_readers() {
            let paths = reader
                .fast_fields()
                .str("file_path")
                .map_err(read_failure)?;
            segments.push(paths.map(|paths| ranges(&paths, place).map(|ranges| (paths, ranges))));
        }
        let segments: Vec<_> = segments
            .into_iter()
            .map(Option::transpose)
            .collect::<Result<_>>()?;
        let is_below = |segment: u32, doc| {
            let Some(Some((paths, ranges))) = segments.get(segment as usize) else {
                return false;
            };
            let ordinal = paths.ords().first(doc);
            ordinal.is_some_and(|ordinal| ranges.iter().any(|range| range.contains(&ordinal)))
        };
        let found = self
            .by_key
            .iter()
            .filter(|(_, (_, address))| is_below(address.segment_ord, address.doc_id));
        Ok(found.map(|(&key, _)| key).collect())
    }
}

/// Where in the sorted paths of a segment those at or below `place` stand.
fn ranges(paths: &StrColumn, place: &Path) -> Result<Vec<Ordinals>> {
    let mut below = place.as_os_str().to_owned();
    if !below.as_encoded_bytes().ends_with(b"/") {
        below.push(MAIN_SEPARATOR_STR);
    }
    // Paths that are not Unicode are kept in another form, whatever the folder's name.
    let escaped = |bytes: &[u8]| {
        [ESCAPE.to_string(), hexadecimal(bytes)]
            .concat()
            .into_bytes()
    };
    let prefixes = [
        below.as_encoded_bytes().to_vec(),
        escaped(below.as_encoded_bytes()),
    ];
    let wholes = [
        place.as_os_str().as_encoded_bytes().to_vec(),
        escaped(place.as_os_str().as_encoded_bytes()),
    ];
    let bounds = prefixes
        .into_iter()
        .map(|prefix| (Bound::Excluded(end_of(&prefix)), prefix))
        .chain(
            wholes
                .into_iter()
                .map(|whole| (Bound::Included(whole.clone()), whole)),
        );
    bounds
        .map(|(end, start)| {
            paths
                .dictionary()
                .term_bounds_to_ord(Bound::Included(start), end)
        })
        .map(|range| range.map_err(|cause| read_failure(cause.into())))
        .collect()
}

/// The first text after all that start with `prefix`, of which the last byte is a
/// separator or a digit.
fn end_of(prefix: &[u8]) -> Vec<u8> {
    let mut end = prefix.to_vec();
    if let Some(last) = end.last_mut() {
        *last += 1;
    }
    end
}
