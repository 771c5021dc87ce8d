//! Puts the first candidates of a query in the order of our own score.
//!
//! In: candidates in the order of tantivy's BM25, which is fast but knows neither
//! titles nor nearness. Out: the same, ordered by [`crate::rank`].
//!
//! Candidates are put in order in blocks of fixed ranks, so that the order does not
//! depend on how many hits are wanted, and pages fit together. Scores never increase
//! from one block to the next; what is behind the last block keeps its order.

use tantivy::Searcher;

use super::collect::{Found, Rank, put_in_order};
use super::columns::AllColumns;
use super::places::SegmentPlaces;
use super::sought::Sought;
use crate::rank::Ranking;

/// Where blocks end, as ranks. A smaller first block would cost some of the best ten; that
/// a hundred end one too keeps among the first hundred what tantivy's score has there.
pub(super) const BLOCKS: [usize; 3] = [50, 100, 1000];

/// Where the only block ends if words that the query does not have count too: those
/// bring up articles from far behind.
pub(super) const EXPANDED_BLOCKS: [usize; 1] = [1000];

/// Puts candidates of one query in order.
pub(super) struct Rescorer<'e, 'q> {
    pub(super) searcher: &'e Searcher,
    pub(super) columns: &'e AllColumns,
    pub(super) sought: &'e [Sought<'q>],
    pub(super) ranking: Ranking,
}

impl Rescorer<'_, '_> {
    /// Orders candidates, which come from the first rank on, by blocks that end at these ranks.
    pub(super) fn order(&self, candidates: &mut [Found], blocks: &[usize]) -> tantivy::Result<()> {
        let mut start = 0;
        let mut most = f32::INFINITY;
        for &end in blocks {
            let end = end.min(candidates.len());
            let block = &mut candidates[start..end];
            self.order_block(block)?;
            for found in block {
                most = most.min(found.rank.score);
                found.rank = Rank::of_score(most);
            }
            start = end;
        }
        for found in &mut candidates[start..] {
            most = most.min(found.rank.score);
            found.rank = Rank::of_score(most);
        }
        Ok(())
    }

    fn order_block(&self, block: &mut [Found]) -> tantivy::Result<()> {
        block.sort_unstable_by_key(|found| found.address);
        for of_segment in block.chunk_by_mut(|a, b| a.address.segment_ord == b.address.segment_ord)
        {
            let Some(first) = of_segment.first() else {
                continue;
            };
            let segment = first.address.segment_ord;
            let reader = self.searcher.segment_reader(segment);
            let mut places = SegmentPlaces::open(self.sought, &self.ranking, reader)?;
            let columns = self.columns.segment(segment)?;
            for found in of_segment {
                let doc = found.address.doc_id;
                let held = places.of(doc, columns.lead(doc));
                let words = columns.words(doc).unwrap_or(0);
                found.rank = Rank::of_score(self.ranking.score(words, held));
            }
        }
        put_in_order(self.columns, block)
    }
}
