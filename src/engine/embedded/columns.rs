//! The columns that every ranked query reads, opened once a segment.
//!
//! In: a segment. Out: its columns. To open one takes longer than to read from it for a
//! page of hits.

use std::sync::OnceLock;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Searcher, SegmentOrdinal, SegmentReader};

use super::schema::{LEAD_FROM, LEAD_TO, WORDS};

/// Columns of a segment.
pub(super) struct Columns {
    /// Ids of articles; none where there are no articles.
    pub(super) ids: Option<StrColumn>,
    words: Column<u64>,
    lead_from: Column<u64>,
    lead_to: Column<u64>,
}

impl Columns {
    fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Self {
            ids: columns.str("id")?,
            words: columns.u64(WORDS)?,
            lead_from: columns.u64(LEAD_FROM)?,
            lead_to: columns.u64(LEAD_TO)?,
        })
    }

    /// The place of an article's id among those of its segment; the last there is if it has none.
    pub(super) fn ord(&self, doc: DocId) -> u64 {
        let ids = self.ids.as_ref();
        ids.and_then(|ids| ids.ords().first(doc))
            .unwrap_or(u64::MAX)
    }

    /// How many words an article has; none for what is no article.
    pub(super) fn words(&self, doc: DocId) -> Option<u32> {
        value(&self.words, doc)
    }

    /// The first and the last position of the lead, which are the wrong way round where there is none.
    pub(super) fn lead(&self, doc: DocId) -> (u32, u32) {
        (
            value(&self.lead_from, doc).unwrap_or(u32::MAX),
            value(&self.lead_to, doc).unwrap_or(0),
        )
    }
}

fn value(column: &Column<u64>, doc: DocId) -> Option<u32> {
    u32::try_from(column.first(doc)?).ok()
}

/// The columns of all segments, each opened when it is first asked for.
pub(super) struct AllColumns {
    searcher: Searcher,
    segments: Vec<OnceLock<Columns>>,
}

impl AllColumns {
    pub(super) fn of(searcher: &Searcher) -> Self {
        let segments = searcher.segment_readers().iter();
        Self {
            searcher: searcher.clone(),
            segments: segments.map(|_| OnceLock::new()).collect(),
        }
    }

    /// The columns of a segment.
    pub(super) fn segment(&self, segment: SegmentOrdinal) -> tantivy::Result<&Columns> {
        let once = &self.segments[segment as usize];
        if let Some(columns) = once.get() {
            return Ok(columns);
        }
        let columns = Columns::open(self.searcher.segment_reader(segment))?;
        Ok(once.get_or_init(|| columns))
    }

    /// The ids of articles, in one pass over the dictionary of each segment.
    pub(super) fn ids(&self, articles: &[DocAddress]) -> tantivy::Result<Vec<String>> {
        let mut ids = vec![String::new(); articles.len()];
        let mut places: Vec<_> = (0_usize..)
            .zip(articles)
            .map(|(at, address)| {
                let columns = self.segment(address.segment_ord)?;
                Ok((address.segment_ord, columns.ord(address.doc_id), at))
            })
            .collect::<tantivy::Result<_>>()?;
        places.sort_unstable();
        for of_segment in places.chunk_by(|(one, ..), (other, ..)| one == other) {
            let Some(column) = &self.segment(of_segment[0].0)?.ids else {
                continue;
            };
            let ords: Vec<u64> = of_segment.iter().map(|(_, ord, _)| *ord).collect();
            let mut rest = of_segment.iter();
            column.dictionary().sorted_ords_to_term_cb(&ords, |id| {
                if let Some(&(_, _, at)) = rest.next() {
                    ids[at] = String::from_utf8_lossy(id).into_owned();
                }
            })?;
        }
        Ok(ids)
    }
}
