//! The postings of any of several terms as those of one.
//!
//! In: the postings of some terms in a segment. Out: the articles that hold any of them,
//! in order, with all positions of one. A few lists are read in step, by a heap of their
//! current articles; many are merged first ([`super::merged`]).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::merged::{MergedPostings, TermSet};

/// Postings of terms that count as one term.
pub(super) struct AnyPostings {
    lists: Lists,
    /// Whether no two of the terms stand at one position.
    are_apart: bool,
}

enum Lists {
    InStep(InStep),
    Merged(MergedPostings),
}

impl AnyPostings {
    /// Opens the postings of terms; those that are not in the segment have none.
    pub(super) fn open(set: &TermSet, reader: &SegmentReader) -> tantivy::Result<Self> {
        let lists = match (set.merged(reader)?, set.terms().first()) {
            (Some(merged), Some(first)) => {
                let index = reader.inverted_index(first.field())?;
                Lists::Merged(MergedPostings::new(merged, set, index))
            }
            _ => Lists::InStep(InStep::open(set.terms(), reader)?),
        };
        Ok(Self {
            lists,
            are_apart: set.are_apart(),
        })
    }

    /// About how many articles hold any of the terms.
    pub(super) fn articles(&self) -> u64 {
        match &self.lists {
            Lists::InStep(postings) => postings.articles,
            Lists::Merged(postings) => postings.articles(),
        }
    }

    /// Moves to the first article from `target` on, unless the current one is behind it.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match &mut self.lists {
            Lists::InStep(postings) => postings.seek(target),
            Lists::Merged(postings) => postings.seek(target),
        }
    }

    /// How often the terms stand in the current article, if it takes no positions to tell.
    pub(super) fn frequency(&mut self) -> Option<u32> {
        self.are_apart.then(|| self.most_positions())
    }

    /// At how many positions of the current article the terms stand at most.
    pub(super) fn most_positions(&mut self) -> u32 {
        match &mut self.lists {
            Lists::InStep(postings) => {
                let mut frequency = 0;
                postings.for_current(|postings| frequency += postings.term_freq());
                frequency
            }
            Lists::Merged(postings) => postings.frequency(),
        }
    }

    /// All positions of the terms in the current article, sorted.
    pub(super) fn positions(&mut self, positions: &mut Vec<u32>) {
        positions.clear();
        let mut lists = 0;
        match &mut self.lists {
            Lists::InStep(postings) => postings.for_current(|postings| {
                postings.append_positions_with_offset(0, positions);
                lists += 1;
            }),
            Lists::Merged(postings) => {
                postings.append_positions(positions);
                lists = 2;
            }
        }
        if lists > 1 {
            positions.sort_unstable();
            positions.dedup();
        }
    }
}

/// How many articles of a segment hold any of some terms, those that were replaced and are
/// not yet swept away too.
pub(in super::super) fn holding_any(
    terms: &[Term],
    reader: &SegmentReader,
) -> tantivy::Result<u64> {
    if let [term] = terms {
        let index = reader.inverted_index(term.field())?;
        return Ok(index.doc_freq(term)?.into());
    }
    let mut lists = InStep::open(terms, reader)?.postings;
    lists.sort_by_key(|list| Reverse(list.doc_freq()));
    let mut holding = 0;
    // The longest list is only looked into for the articles of the others.
    for at in 0..lists.len() {
        let (longer, list) = lists.split_at_mut(at);
        let Some(list) = list.first() else {
            break;
        };
        if longer.is_empty() {
            holding += u64::from(list.doc_freq());
            continue;
        }
        let mut longer: Vec<SegmentPostings> = longer.to_vec();
        let mut list = list.clone();
        let mut doc = list.doc();
        while doc != TERMINATED {
            let mut holds = |longer: &mut SegmentPostings| {
                if longer.doc() < doc {
                    longer.seek(doc);
                }
                longer.doc() == doc
            };
            holding += u64::from(!longer.iter_mut().any(&mut holds));
            doc = list.advance();
        }
    }
    Ok(holding)
}

/// Postings that are read in step.
struct InStep {
    postings: Vec<SegmentPostings>,
    /// The current article of each, the first on top; not used for a single one.
    heap: BinaryHeap<Reverse<(DocId, usize)>>,
    articles: u64,
}

impl InStep {
    fn open(terms: &[Term], reader: &SegmentReader) -> tantivy::Result<Self> {
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
            .map(|postings| u64::from(postings.size_hint()));
        Ok(Self {
            articles: articles.sum(),
            postings,
            heap,
        })
    }

    fn doc(&self) -> DocId {
        match self.heap.peek() {
            Some(Reverse((doc, _))) => *doc,
            None => self
                .postings
                .first()
                .map_or(TERMINATED, SegmentPostings::doc),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
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
