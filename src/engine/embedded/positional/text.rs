//! The current article's text, as far as intervals are about it: which positions count, and
//! where sentences and paragraphs begin.
//!
//! In: a field in a segment, and articles in its order. Out: positions that count, and parts
//! of the text. The marks of an article are read when they are asked for first.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::super::marks::{PARAGRAPH_MARK, SENTENCE_MARK};
use crate::interval::{Interval, Within};
use crate::query::Reach;

/// All positions.
pub(in super::super) const EVERYWHERE: (u32, u32) = (0, u32::MAX);

/// The current article's text, as far as intervals are about it.
pub(in super::super) struct Text {
    /// The article.
    pub(in super::super) doc: DocId,
    /// The positions that count, both ends included.
    pub(in super::super) bounds: (u32, u32),
    sentences: Breaks,
    paragraphs: Breaks,
}

impl Text {
    /// The texts of a field in a segment.
    pub(super) fn open(field: Field, reader: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self {
            doc: TERMINATED,
            bounds: EVERYWHERE,
            sentences: Breaks::open(field, SENTENCE_MARK, reader)?,
            paragraphs: Breaks::open(field, PARAGRAPH_MARK, reader)?,
        })
    }

    /// The texts of plans that ask neither for a sentence nor for a paragraph.
    pub(in super::super) fn unbroken() -> Self {
        Self {
            doc: TERMINATED,
            bounds: EVERYWHERE,
            sentences: Breaks::default(),
            paragraphs: Breaks::default(),
        }
    }

    /// Cuts intervals down to where positions count, and takes out those that are elsewhere.
    pub(super) fn cut(&self, intervals: &mut Vec<Interval>) {
        let (first, last) = self.bounds;
        intervals.retain(|interval| interval.start <= last && first <= interval.end);
        for interval in intervals {
            interval.start = interval.start.max(first);
            interval.end = interval.end.min(last);
        }
    }

    /// Takes out the positions that do not count.
    pub(super) fn keep_inside(&self, positions: &mut Vec<u32>) {
        let (first, last) = self.bounds;
        if (first, last) != EVERYWHERE {
            positions.retain(|&position| (first..=last).contains(&position));
        }
    }

    /// How far apart places may be, in the current article.
    pub(super) fn within(&mut self, reach: Reach) -> Within<'_> {
        match reach {
            Reach::Words(words) => Within::Distance(words),
            Reach::Sentence => Within::Part(self.sentences.of(self.doc)),
            Reach::Paragraph => Within::Part(self.paragraphs.of(self.doc)),
        }
    }
}

/// Where the parts of texts begin.
#[derive(Default)]
struct Breaks {
    marks: Option<SegmentPostings>,
    doc: DocId,
    positions: Vec<u32>,
}

impl Breaks {
    fn open(field: Field, mark: &str, reader: &SegmentReader) -> tantivy::Result<Self> {
        let mark = Term::from_field_text(field, mark);
        let index = reader.inverted_index(field)?;
        let marks = index.read_postings(&mark, IndexRecordOption::WithFreqsAndPositions)?;
        Ok(Self {
            marks,
            doc: TERMINATED,
            positions: Vec::new(),
        })
    }

    /// The positions at which parts of an article begin; articles are asked for in order.
    fn of(&mut self, doc: DocId) -> &[u32] {
        if self.doc != doc {
            self.doc = doc;
            self.positions.clear();
            if let Some(marks) = &mut self.marks
                && (marks.doc() == doc || (marks.doc() < doc && marks.seek(doc) == doc))
            {
                marks.positions(&mut self.positions);
            }
        }
        &self.positions
    }
}
