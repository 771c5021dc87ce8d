//! The postings of very many terms in a segment, merged once.
//!
//! In: terms that count as one, such as the words that a wildcard stands for. Out: the
//! articles that hold any, each with how often, and which of the terms it holds. Their
//! posting lists are read one after the other, which is far cheaper than in step, and
//! what comes of it serves to count, to find and to score.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::index::SegmentId;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term};

use super::super::encode::EXACT_MARK;

/// From so many terms on their postings are merged; few, where tests have few words.
const MIN_TERMS: usize = if cfg!(test) { 2 } else { 12 };

/// The most postings that are merged, at twelve bytes each at most.
const MAX_POSTINGS: u64 = 8_000_000;

/// Terms of one field that count as one.
#[derive(Clone, Debug)]
pub(in super::super) struct TermSet(Arc<Terms>);

#[derive(Debug)]
struct Terms {
    terms: Vec<Term>,
    /// Whether no two of them stand at one position: a stem and an exact form may.
    are_apart: bool,
    /// Merged postings by segment; none where there are too many.
    merged: Mutex<HashMap<SegmentId, Option<Arc<Merged>>>>,
}

impl TermSet {
    pub(in super::super) fn new(terms: Vec<Term>) -> Self {
        let is_exact = |term: &Term| {
            let value = term.value();
            let text = value.as_str();
            text.is_some_and(|text| text.starts_with(EXACT_MARK))
        };
        let exact = terms.iter().filter(|term| is_exact(term)).count();
        Self(Arc::new(Terms {
            are_apart: exact == 0 || exact == terms.len(),
            terms,
            merged: Mutex::default(),
        }))
    }

    /// The terms.
    pub(in super::super) fn terms(&self) -> &[Term] {
        &self.0.terms
    }

    /// The same terms in another field.
    pub(in super::super) fn in_field(&self, field: Field) -> Self {
        let terms = self.terms().iter().filter_map(|term| {
            let value = term.value();
            Some(Term::from_field_text(field, value.as_str()?))
        });
        Self::new(terms.collect())
    }

    /// Whether there are so many terms that their postings are merged, if that is not too much.
    pub(in super::super) fn is_merged(&self) -> bool {
        self.0.terms.len() >= MIN_TERMS
    }

    /// Whether no two terms stand at one position.
    pub(super) fn are_apart(&self) -> bool {
        self.0.are_apart
    }

    /// The merged postings of a segment; `None` where they are better read in step.
    pub(super) fn merged(&self, reader: &SegmentReader) -> tantivy::Result<Option<Arc<Merged>>> {
        if !self.is_merged() {
            return Ok(None);
        }
        let segment = reader.segment_id();
        let mut merged = self.0.merged.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = merged.get(&segment) {
            return Ok(known.clone());
        }
        let new = Merged::read(&self.0.terms, reader)?.map(Arc::new);
        merged.insert(segment, new.clone());
        Ok(new)
    }
}

/// The merged postings of some terms in a segment.
#[derive(Debug)]
pub(super) struct Merged {
    docs: Vec<DocId>,
    /// How often the terms stand in each article.
    frequencies: Vec<u32>,
    /// Where the terms of each article begin, and behind them all where they end.
    starts: Vec<u32>,
    /// Numbers of terms.
    terms: Vec<u32>,
}

impl Merged {
    fn read(terms: &[Term], reader: &SegmentReader) -> tantivy::Result<Option<Self>> {
        let mut lists = Vec::new();
        for (number, term) in (0..).zip(terms) {
            let index = reader.inverted_index(term.field())?;
            if let Some(postings) = index.read_postings(term, IndexRecordOption::WithFreqs)? {
                lists.push((number, postings));
            }
        }
        let postings = lists.iter().map(|(_, list)| u64::from(list.size_hint()));
        if postings.sum::<u64>() > MAX_POSTINGS {
            return Ok(None);
        }
        Ok(Some(Self::merge(lists, reader.max_doc())))
    }

    fn merge(lists: Vec<(u32, SegmentPostings)>, max_doc: DocId) -> Self {
        let mut counts = vec![0_u32; max_doc as usize];
        let mut sums = vec![0_u32; max_doc as usize];
        for (_, list) in &lists {
            for_each(list.clone(), |doc, frequency| {
                counts[doc as usize] += 1;
                sums[doc as usize] += frequency;
            });
        }
        let docs: Vec<DocId> = (0..max_doc)
            .filter(|&doc| counts[doc as usize] > 0)
            .collect();
        let mut starts = Vec::with_capacity(docs.len() + 1);
        let mut end = 0;
        for &doc in &docs {
            starts.push(end);
            // From here on where the next term of the article goes.
            end += std::mem::replace(&mut counts[doc as usize], end);
        }
        starts.push(end);
        let mut terms = vec![0; end as usize];
        for (number, list) in lists {
            for_each(list, |doc, _| {
                let next = &mut counts[doc as usize];
                terms[*next as usize] = number;
                *next += 1;
            });
        }
        Self {
            frequencies: docs.iter().map(|&doc| sums[doc as usize]).collect(),
            docs,
            starts,
            terms,
        }
    }
}

fn for_each(mut list: SegmentPostings, mut each: impl FnMut(DocId, u32)) {
    let mut doc = list.doc();
    while doc != TERMINATED {
        each(doc, list.term_freq());
        doc = list.advance();
    }
}

/// Merged postings on the way through a segment.
pub(super) struct MergedPostings {
    merged: Arc<Merged>,
    set: TermSet,
    index: Arc<InvertedIndexReader>,
    /// The place of the current article.
    at: usize,
    /// The postings of terms whose positions were asked for.
    open: HashMap<u32, SegmentPostings>,
}

impl MergedPostings {
    pub(super) fn new(merged: Arc<Merged>, set: &TermSet, index: Arc<InvertedIndexReader>) -> Self {
        Self {
            merged,
            set: set.clone(),
            index,
            at: 0,
            open: HashMap::new(),
        }
    }

    /// How many articles hold any of the terms.
    pub(super) fn articles(&self) -> u64 {
        self.merged.docs.len() as u64
    }

    pub(super) fn doc(&self) -> DocId {
        self.merged.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    /// Moves to the first article from `target` on, unless the current one is behind it.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() < target {
            self.at += 1;
        }
        if self.doc() < target {
            let rest = &self.merged.docs[self.at..];
            self.at += rest.partition_point(|&doc| doc < target);
        }
        self.doc()
    }

    /// How often the terms stand in the current article.
    pub(super) fn frequency(&self) -> u32 {
        self.merged.frequencies.get(self.at).copied().unwrap_or(0)
    }

    /// Appends the positions of the terms in the current article, in no order.
    pub(super) fn append_positions(&mut self, positions: &mut Vec<u32>) {
        let doc = self.doc();
        if doc == TERMINATED {
            return;
        }
        let terms = self.merged.starts[self.at] as usize..self.merged.starts[self.at + 1] as usize;
        for &number in &self.merged.terms[terms] {
            let postings = self.open.entry(number).or_insert_with(|| {
                let term = &self.set.terms()[number as usize];
                let option = IndexRecordOption::WithFreqsAndPositions;
                // They were read when they were merged, so there is nothing to fail.
                let postings = self.index.read_postings(term, option);
                postings
                    .ok()
                    .flatten()
                    .unwrap_or_else(SegmentPostings::empty)
            });
            if postings.doc() < doc {
                postings.seek(doc);
            }
            if postings.doc() == doc {
                postings.append_positions_with_offset(0, positions);
            }
        }
    }
}
