//! Collects the first matches of an order, ties broken by id.
//!
//! In: compiled queries, segment by segment. Out: the first `wanted` matches of any of them.
//! Within a segment, ids compare as their ordinals do; across segments only the ids of the
//! few that tie are looked up.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::columns::{AllColumns, Columns};
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

/// Collects the first matches of an order, segment by segment.
pub(super) struct First<'e> {
    columns: &'e AllColumns,
    sort: Sort,
    wanted: usize,
    /// The first so far, and those that tie with the last of them, in no order.
    found: Vec<Found>,
    /// The rank of the last of the first, if there are as many as are wanted.
    last: Option<Rank>,
}

impl<'e> First<'e> {
    pub(super) fn new(columns: &'e AllColumns, sort: Sort, wanted: usize) -> Self {
        Self {
            columns,
            sort,
            wanted,
            found: Vec::new(),
            last: None,
        }
    }

    /// The first matches and those that tie with the last of them, in no order.
    pub(super) fn into_found(mut self) -> Vec<Found> {
        self.once_each();
        self.found
    }

    /// Takes in the best matches of a segment, passing over as many as may be.
    pub(super) fn take_best(
        &mut self,
        weight: &dyn Weight,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<()> {
        let columns = self.columns.segment(segment)?;
        let floor = self.last.map_or(Score::MIN, |last| last.score.next_down());
        let mut best = Best::new(self.wanted);
        weight.for_each_pruning(floor, reader, &mut |doc, score| {
            if !reader.is_deleted(doc) {
                best.push(Rank::of_score(score), doc, columns);
            }
            best.threshold().max(floor)
        })?;
        self.keep(segment, best);
        Ok(())
    }

    /// Takes in all matches of a segment; says how many there are.
    pub(super) fn take_all(
        &mut self,
        weight: &dyn Weight,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<u64> {
        let columns = self.columns.segment(segment)?;
        let mut best = Best::new(self.wanted);
        let mut total = 0;
        if self.sort == Sort::Relevance {
            weight.for_each(reader, &mut |doc, score| {
                if !reader.is_deleted(doc) {
                    total += 1;
                    best.push(Rank::of_score(score), doc, columns);
                }
            })?;
        } else {
            let published = reader.fast_fields().i64("published")?;
            weight.for_each_no_score(reader, &mut |docs| {
                for &doc in docs.iter().filter(|&&doc| !reader.is_deleted(doc)) {
                    total += 1;
                    let key = date_key(self.sort, published.first(doc));
                    best.push(Rank { key, score: 0.0 }, doc, columns);
                }
            })?;
        }
        self.keep(segment, best);
        Ok(total)
    }

    fn keep(&mut self, segment: SegmentOrdinal, best: Best) {
        let more = best
            .heap
            .into_iter()
            .map(|Reverse((rank, ord, doc))| Found {
                rank,
                address: DocAddress::new(segment, doc),
                ord: ord.0,
                id: String::new(),
            });
        self.found.extend(more);
        if self.found.len() >= self.wanted {
            self.once_each();
            self.cut();
        }
    }

    /// Drops what several queries found but for the best of its ranks.
    fn once_each(&mut self) {
        self.found
            .sort_unstable_by(|a, b| a.address.cmp(&b.address).then(b.rank.cmp(&a.rank)));
        self.found.dedup_by_key(|found| found.address);
    }

    /// Drops what comes behind the first, if there are as many as are wanted.
    fn cut(&mut self) {
        let by_rank = |a: &Found, b: &Found| b.rank.cmp(&a.rank);
        let at = self.wanted.checked_sub(1);
        if let Some(at) = at.filter(|&at| at < self.found.len()) {
            let last = self.found.select_nth_unstable_by(at, by_rank).1.rank;
            self.found.retain(|found| found.rank >= last);
            self.last = Some(last);
        }
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

/// The best candidates of a segment so far.
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
    fn push(&mut self, rank: Rank, doc: DocId, columns: &Columns) {
        if self.heap.len() < self.wanted {
            let candidate = (rank, Reverse(columns.ord(doc)), doc);
            self.heap.push(Reverse(candidate));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && rank >= worst.0.0
        {
            let candidate = (rank, Reverse(columns.ord(doc)), doc);
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
