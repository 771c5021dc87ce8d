//! The postings of any of several terms as those of one.
//!
//! In: the postings of some terms in a segment. Out: the articles that hold any of them,
//! in order, with all positions of one.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// Postings of terms that count as one term.
pub(super) struct AnyPostings {
    postings: Vec<SegmentPostings>,
    /// The current article of each, the first on top; not used for a single one.
    heap: BinaryHeap<Reverse<(DocId, usize)>>,
    articles: u64,
}

impl AnyPostings {
    /// Opens the postings of `terms`, which are of one field; those that are not in the
    /// segment have none.
    pub(super) fn open(terms: &[Term], reader: &SegmentReader) -> tantivy::Result<Self> {
        let mut postings = Vec::with_capacity(terms.len());
        for term in terms {
            let index = reader.inverted_index(term.field())?;
            postings.extend(index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        let several = postings.len() > 1;
        let current = postings.iter().map(SegmentPostings::doc).zip(0..);
        let heap = current.filter(|_| several).map(Reverse).collect();
        let articles = postings
            .iter()
            .map(|postings| u64::from(postings.size_hint()))
            .sum();
        Ok(Self {
            postings,
            heap,
            articles,
        })
    }

    /// About how many articles hold any of the terms.
    pub(super) fn articles(&self) -> u64 {
        self.articles
    }

    pub(super) fn doc(&self) -> DocId {
        match self.heap.peek() {
            Some(Reverse((doc, _))) => *doc,
            None => self
                .postings
                .first()
                .map_or(TERMINATED, SegmentPostings::doc),
        }
    }

    /// Moves to the first article from `target` on, unless the current one is behind it.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.heap.is_empty() {
            return match self.postings.first_mut() {
                Some(only) if only.doc() < target => only.seek(target),
                Some(only) => only.doc(),
                None => TERMINATED,
            };
        }
        while let Some(mut top) = self.heap.peek_mut() {
            let Reverse((doc, number)) = *top;
            if doc >= target {
                break;
            }
            *top = Reverse((self.postings[number].seek(target), number));
        }
        self.doc()
    }

    /// How often the term stands in the current article; `None` if there are several terms,
    /// which may stand at the same positions.
    pub(super) fn frequency(&self) -> Option<u32> {
        match &*self.postings {
            [only] => Some(only.term_freq()),
            _ => None,
        }
    }

    /// All positions of the terms in the current article, sorted.
    pub(super) fn positions(&mut self, positions: &mut Vec<u32>) {
        positions.clear();
        let mut several = 0;
        self.for_current(|postings| {
            postings.append_positions_with_offset(0, positions);
            several += 1;
        });
        if several > 1 {
            positions.sort_unstable();
            positions.dedup();
        }
    }

    fn for_current(&mut self, mut each: impl FnMut(&mut SegmentPostings)) {
        if self.heap.is_empty() {
            self.postings.first_mut().into_iter().for_each(each);
            return;
        }
        let current = self.doc();
        let mut taken = Vec::new();
        while let Some(&Reverse((doc, number))) = self.heap.peek() {
            if doc != current {
                break;
            }
            self.heap.pop();
            each(&mut self.postings[number]);
            taken.push(Reverse((doc, number)));
        }
        self.heap.extend(taken);
    }
}
