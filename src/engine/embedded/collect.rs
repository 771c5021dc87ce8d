//! Collects the first matches of an order, ties broken by id.
//!
//! In: a compiled query. Out: the first `wanted` matches, in order, and how many there are
//! in all where all of them are looked at anyway. Within a segment, ids compare as their
//! ordinals do; across segments only the ids of the few that tie are looked up.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use tantivy::collector::Collector;
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::columns::AllColumns;
use crate::engine::Sort;

/// What matches are ordered by, before their ids; greater comes first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rank {
    /// The score, or for dates their place in the order.
    key: f64,
    /// The score.
    pub(super) score: Score,
}

impl Rank {
    pub(super) fn of_score(score: Score) -> Self {
        Self {
            key: f64::from(score),
            score,
        }
    }
}

impl PartialEq for Rank {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Rank {}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.total_cmp(&other.key)
    }
}

/// A match and its place in the order; the greater comes first.
type Candidate = (Rank, Reverse<u64>, DocId);

/// A found article.
pub(super) struct Found {
    pub(super) rank: Rank,
    pub(super) address: DocAddress,
    /// The place of its id among those of its segment.
    ord: u64,
    /// Its id where that breaks a tie, else empty: to look it up costs more than all else.
    id: String,
}

impl Found {
    /// Which comes first; ties are broken by segment and then by id.
    pub(super) fn order_by_segment(&self, other: &Self) -> Ordering {
        let place = |found: &Self| (found.address.segment_ord, found.ord);
        let by_place = place(self).cmp(&place(other));
        other.rank.cmp(&self.rank).then(by_place)
    }

    /// Which comes first, of articles whose ids are known where they tie across segments.
    fn order(&self, other: &Self) -> Ordering {
        let by_id = if self.address.segment_ord == other.address.segment_ord {
            self.ord.cmp(&other.ord)
        } else {
            self.id.cmp(&other.id)
        };
        other.rank.cmp(&self.rank).then(by_id)
    }
}

/// Puts articles in order of their rank, ties by id.
pub(super) fn put_in_order(columns: &AllColumns, found: &mut [Found]) -> tantivy::Result<()> {
    found.sort_unstable_by(Found::order_by_segment);
    let mut is_named = false;
    for tied in found.chunk_by_mut(|a, b| a.rank == b.rank) {
        let segments = tied.iter().map(|found| found.address.segment_ord);
        if segments.clone().min() != segments.max() {
            let addresses: Vec<_> = tied.iter().map(|found| found.address).collect();
            for (found, id) in tied.iter_mut().zip(columns.ids(&addresses)?) {
                found.id = id;
            }
            is_named = true;
        }
    }
    if is_named {
        found.sort_unstable_by(Found::order);
    }
    Ok(())
}

/// Puts those that tie across a border between two ranks in order of their ids; all are in
/// order of their ranks.
pub(super) fn settle_border(
    columns: &AllColumns,
    found: &mut [Found],
    border: usize,
) -> tantivy::Result<()> {
    let Some(rank) = found.get(border).map(|found| found.rank) else {
        return Ok(());
    };
    let start = found.partition_point(|found| found.rank > rank);
    let end = found.partition_point(|found| found.rank >= rank);
    match start < border {
        true => put_in_order(columns, &mut found[start..end]),
        false => Ok(()),
    }
}

/// Collects the first matches of an order.
pub(super) struct First<'e> {
    pub(super) columns: &'e AllColumns,
    pub(super) sort: Sort,
    pub(super) wanted: usize,
    /// Whether tantivy can pass over matches that are not among the first; they are not
    /// counted then.
    pub(super) prunes: bool,
}

/// The first matches of a segment.
pub(super) struct Firsts {
    candidates: Vec<Candidate>,
    /// How many match, unless some were passed over.
    total: Option<u64>,
}

impl Firsts {
    fn none() -> Self {
        Self {
            candidates: Vec::new(),
            total: Some(0),
        }
    }
}

impl First<'_> {
    /// The first matches of all segments, with those that tie with the last of them.
    pub(super) fn of_all(&self, segments: Vec<Firsts>) -> (Vec<Found>, Option<u64>) {
        let total = segments.iter().map(|firsts| firsts.total).sum();
        let candidates = segments.iter().flat_map(|firsts| &firsts.candidates);
        let mut ranks: Vec<Rank> = candidates.map(|(rank, ..)| *rank).collect();
        ranks.sort_unstable_by(|a, b| b.cmp(a));
        let last = ranks
            .get(self.wanted.saturating_sub(1))
            .or(ranks.last())
            .copied();
        let mut found = Vec::new();
        for (segment, firsts) in (0..).zip(segments) {
            let kept = firsts.candidates.into_iter();
            let kept = kept.filter(|(rank, ..)| last.is_none_or(|last| *rank >= last));
            found.extend(kept.map(|(rank, Reverse(ord), doc)| Found {
                rank,
                address: DocAddress::new(segment, doc),
                ord,
                id: String::new(),
            }));
        }
        (found, total)
    }
}

impl Collector for First<'_> {
    type Fruit = Vec<Firsts>;
    type Child = NoChild;

    fn for_segment(&self, _segment: u32, _reader: &SegmentReader) -> tantivy::Result<NoChild> {
        Ok(NoChild)
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance
    }

    fn merge_fruits(&self, segments: Vec<Firsts>) -> tantivy::Result<Vec<Firsts>> {
        Ok(segments)
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Firsts> {
        let columns = self.columns.segment(segment)?;
        let id = |doc| Reverse(columns.ord(doc));
        let mut best = Best::new(self.wanted);
        let mut total = 0;
        if self.sort == Sort::Relevance && self.prunes {
            weight.for_each_pruning(Score::MIN, reader, &mut |doc, score| {
                if !reader.is_deleted(doc) {
                    best.push(Rank::of_score(score), doc, id);
                }
                best.threshold()
            })?;
        } else if self.sort == Sort::Relevance {
            weight.for_each(reader, &mut |doc, score| {
                if !reader.is_deleted(doc) {
                    total += 1;
                    best.push(Rank::of_score(score), doc, id);
                }
            })?;
        } else {
            let published = reader.fast_fields().i64("published")?;
            weight.for_each_no_score(reader, &mut |docs| {
                for &doc in docs.iter().filter(|&&doc| !reader.is_deleted(doc)) {
                    total += 1;
                    best.push(
                        Rank {
                            key: date_key(self.sort, published.first(doc)),
                            score: 0.0,
                        },
                        doc,
                        id,
                    );
                }
            })?;
        }
        let candidates = best.heap.into_iter().map(|Reverse(candidate)| candidate);
        let pruned = self.sort == Sort::Relevance && self.prunes;
        Ok(Firsts {
            candidates: candidates.collect(),
            total: (!pruned).then_some(total),
        })
    }
}

/// Undated articles come last in both orders.
fn date_key(sort: Sort, seconds: Option<i64>) -> f64 {
    // Seconds of the years -9999 to 9999 are exact in an f64.
    match (seconds, sort) {
        (None, _) => f64::NEG_INFINITY,
        (Some(seconds), Sort::Oldest) => -(seconds as f64),
        (Some(seconds), _) => seconds as f64,
    }
}

/// The best candidates so far.
struct Best {
    heap: BinaryHeap<Reverse<Candidate>>,
    wanted: usize,
}

impl Best {
    fn new(wanted: usize) -> Self {
        Self {
            heap: BinaryHeap::new(),
            wanted,
        }
    }

    #[inline]
    fn push(&mut self, rank: Rank, doc: DocId, id: impl Fn(DocId) -> Reverse<u64>) {
        if self.heap.len() < self.wanted {
            self.heap.push(Reverse((rank, id(doc), doc)));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && rank >= worst.0.0
        {
            let candidate = (rank, id(doc), doc);
            if candidate > worst.0 {
                *worst = Reverse(candidate);
            }
        }
    }

    /// Scores up to this one need not be looked at; a tie may still win by its id.
    fn threshold(&self) -> Score {
        match self.heap.peek() {
            Some(Reverse((rank, ..))) if self.heap.len() >= self.wanted => rank.score.next_down(),
            _ => Score::MIN,
        }
    }
}

/// The best of several, each article once, by the best of its ranks.
pub(super) fn once_each(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_unstable_by(|a, b| a.address.cmp(&b.address).then(b.rank.cmp(&a.rank)));
    found.dedup_by_key(|found| found.address);
    found
}

/// Segments are collected as a whole.
pub(super) struct NoChild;

impl tantivy::collector::SegmentCollector for NoChild {
    type Fruit = Firsts;

    fn collect(&mut self, _doc: DocId, _score: Score) {}

    fn harvest(self) -> Firsts {
        Firsts::none()
    }
}
