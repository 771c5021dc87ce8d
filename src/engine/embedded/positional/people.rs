//! Where people are named and quoted, by the marks at those places.
//!
//! In: the terms of a name's marks in a segment. Out: the articles that hold them all, in
//! order; the positions at which all of them stand; and what stands between the marks of
//! someone's quotations.

use tantivy::{DocId, SegmentReader};

use super::merged::TermSet;
use super::node::{Node, leap};
use super::plan::SaidPlan;
use super::postings::AnyPostings;
use super::text::Text;
use crate::interval::{Interval, keep_inside};

/// Postings of terms that are to stand at one position, all of them.
pub(super) struct Together {
    words: Vec<AnyPostings>,
    /// The positions of one of them.
    one: Vec<u32>,
}

impl Together {
    /// Opens the postings of terms; there is no place for none of them.
    pub(super) fn open(terms: &[TermSet], reader: &SegmentReader) -> tantivy::Result<Self> {
        let words = terms.iter().map(|terms| AnyPostings::open(terms, reader));
        let mut words = words.collect::<tantivy::Result<Vec<_>>>()?;
        words.sort_by_key(AnyPostings::articles);
        Ok(Self {
            words,
            one: Vec::new(),
        })
    }

    /// About how many candidates there are, at most.
    pub(super) fn articles(&self) -> u64 {
        self.words.first().map_or(0, AnyPostings::articles)
    }

    /// The first article from `target` on that has all of the terms.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        leap(target, self.words.len(), |number, target| {
            self.words[number].seek(target)
        })
    }

    /// No fewer than these are in the current article.
    pub(super) fn most_positions(&mut self) -> u32 {
        let most = self.words.iter_mut().map(AnyPostings::most_positions);
        most.min().unwrap_or(0)
    }

    /// The positions in the current article at which all of the terms stand, sorted.
    pub(super) fn positions(&mut self, positions: &mut Vec<u32>) {
        positions.clear();
        let Some((first, others)) = self.words.split_first_mut() else {
            return;
        };
        first.positions(positions);
        for other in others {
            other.positions(&mut self.one);
            let mut rest = self.one.iter().peekable();
            positions.retain(|&position| {
                while rest.next_if(|&&other| other < position).is_some() {}
                rest.peek() == Some(&&position)
            });
        }
    }
}

/// What stands inside the quotations of someone.
pub(super) struct Said {
    opens: Together,
    closes: Together,
    /// What is looked for; `None` for the quotations themselves.
    inner: Option<Node>,
    starts: Vec<u32>,
    ends: Vec<u32>,
    quotations: Vec<Interval>,
}

impl Said {
    /// Opens the postings of a plan.
    pub(super) fn open(plan: &SaidPlan, reader: &SegmentReader) -> tantivy::Result<Self> {
        let [opens, closes] = &plan.marks;
        let inner = plan.inner.as_ref().map(|plan| Node::open(plan, reader));
        Ok(Self {
            opens: Together::open(opens, reader)?,
            closes: Together::open(closes, reader)?,
            inner: inner.transpose()?,
            starts: Vec::new(),
            ends: Vec::new(),
            quotations: Vec::new(),
        })
    }

    /// About how many candidates there are, at most.
    pub(super) fn articles(&self) -> u64 {
        let inner = self.inner.as_ref().map_or(u64::MAX, Node::articles);
        self.opens.articles().min(inner)
    }

    /// The first article from `target` on that quotes someone so called and may have what is
    /// looked for.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        let lists = 1 + usize::from(self.inner.is_some());
        leap(target, lists, |number, target| match &mut self.inner {
            Some(inner) if number > 0 => inner.seek(target),
            _ => self.opens.seek(target),
        })
    }

    /// No fewer than the intervals of the current candidate.
    pub(super) fn most_intervals(&mut self) -> u32 {
        match &mut self.inner {
            Some(inner) => inner.most_intervals(),
            None => self.opens.most_positions(),
        }
    }

    /// Appends the intervals of the current candidate to `found`, which is empty.
    pub(super) fn intervals(&mut self, text: &mut Text, found: &mut Vec<Interval>) {
        self.opens.positions(&mut self.starts);
        self.closes.seek(text.doc);
        self.closes.positions(&mut self.ends);
        let pairs = self.starts.iter().zip(&self.ends);
        let quotations = pairs.map(|(&start, &end)| Interval { start, end });
        match &mut self.inner {
            Some(inner) => {
                self.quotations.clear();
                self.quotations.extend(quotations);
                inner.intervals(text, found);
                keep_inside(found, &self.quotations);
            }
            None => {
                found.extend(quotations);
                text.cut(found);
            }
        }
    }
}
