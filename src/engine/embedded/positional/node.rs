//! A plan in one segment: which articles may meet it, and where one does.
//!
//! In: a [`Plan`]. Out: candidates, articles that hold the words that the plan needs, in
//! order, found by leaping from posting list to posting list; and the minimal intervals of
//! a candidate, read from its positions only when asked.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::super::encode::{PARAGRAPH_MARK, SENTENCE_MARK};
use super::plan::Plan;
use super::postings::AnyPostings;
use crate::interval::{Interval, Within, any_of, in_row, near, not_near};
use crate::query::Reach;

/// A part of a plan in a segment.
pub(in super::super) enum Node {
    Terms(AnyPostings),
    Row {
        words: Vec<AnyPostings>,
        /// Numbers of the words, the rarest first.
        rarest_first: Vec<usize>,
        gaps: u32,
    },
    Any(Vec<Node>),
    Near {
        sides: Box<[Node; 2]>,
        /// Number of the side with fewer articles.
        rarer: usize,
        reach: Reach,
        in_order: bool,
    },
    NotNear {
        sides: Box<[Node; 2]>,
        reach: Reach,
        in_order: bool,
    },
}

impl Node {
    /// Opens the postings of a plan.
    pub(in super::super) fn open(plan: &Plan, reader: &SegmentReader) -> tantivy::Result<Self> {
        Ok(match plan {
            Plan::Terms(terms) => Self::Terms(AnyPostings::open(terms, reader)?),
            Plan::Row(words, gaps) => {
                let words = words.iter().map(|terms| AnyPostings::open(terms, reader));
                let words = words.collect::<tantivy::Result<Vec<_>>>()?;
                let mut rarest_first: Vec<usize> = (0..words.len()).collect();
                rarest_first.sort_by_key(|&number| words[number].articles());
                Self::Row {
                    words,
                    rarest_first,
                    gaps: *gaps,
                }
            }
            Plan::Any(plans) => {
                let nodes = plans.iter().map(|plan| Self::open(plan, reader));
                Self::Any(nodes.collect::<tantivy::Result<_>>()?)
            }
            Plan::Near(plan) => {
                let [left, right] = &plan.sides;
                let sides = Box::new([Self::open(left, reader)?, Self::open(right, reader)?]);
                let (reach, in_order) = (plan.reach, plan.in_order);
                if plan.negated {
                    Self::NotNear {
                        sides,
                        reach,
                        in_order,
                    }
                } else {
                    Self::Near {
                        rarer: usize::from(sides[1].articles() < sides[0].articles()),
                        sides,
                        reach,
                        in_order,
                    }
                }
            }
        })
    }

    /// About how many candidates there are, at most.
    pub(super) fn articles(&self) -> u64 {
        match self {
            Self::Terms(postings) => postings.articles(),
            Self::Row { words, .. } => words.iter().map(AnyPostings::articles).min().unwrap_or(0),
            Self::Any(nodes) => nodes.iter().map(Self::articles).sum(),
            Self::Near { sides, .. } => sides[0].articles().min(sides[1].articles()),
            Self::NotNear { sides, .. } => sides[0].articles(),
        }
    }

    /// The first candidate from `target` on, or the current one if that is behind it.
    pub(in super::super) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Terms(postings) => postings.seek(target),
            Self::Row {
                words,
                rarest_first,
                ..
            } => leap(target, rarest_first.len(), |number, target| {
                words[rarest_first[number]].seek(target)
            }),
            Self::Any(nodes) => {
                let docs = nodes.iter_mut().map(|node| node.seek(target));
                docs.min().unwrap_or(TERMINATED)
            }
            Self::Near { sides, rarer, .. } => {
                let rarer = *rarer;
                leap(target, 2, |number, target| {
                    sides[(rarer + number) % 2].seek(target)
                })
            }
            Self::NotNear { sides, .. } => sides[0].seek(target),
        }
    }

    /// The current candidate, once one was sought.
    pub(super) fn doc(&self) -> DocId {
        match self {
            Self::Terms(postings) => postings.doc(),
            Self::Row { words, .. } => words.first().map_or(TERMINATED, AnyPostings::doc),
            Self::Any(nodes) => nodes.iter().map(Self::doc).min().unwrap_or(TERMINATED),
            Self::Near { sides, .. } | Self::NotNear { sides, .. } => sides[0].doc(),
        }
    }

    /// Appends the minimal intervals of the current candidate to `found`, which is empty.
    pub(in super::super) fn intervals(&mut self, text: &mut Text, found: &mut Vec<Interval>) {
        match self {
            Self::Terms(postings) => {
                let mut positions = Vec::new();
                postings.positions(&mut positions);
                found.extend(text.inside(&positions).iter().copied().map(Interval::at));
            }
            Self::Row { words, gaps, .. } => {
                let lists = words.iter_mut().map(|word| {
                    let mut positions = Vec::new();
                    word.positions(&mut positions);
                    text.inside(&positions).to_vec()
                });
                in_row(&lists.collect::<Vec<_>>(), *gaps, found);
            }
            Self::Any(nodes) => {
                let mut more = Vec::new();
                let doc = text.doc;
                for node in nodes.iter_mut().filter(|node| node.doc() == doc) {
                    more.clear();
                    node.intervals(text, &mut more);
                    any_of(found, &more);
                }
            }
            Self::Near {
                sides,
                reach,
                in_order,
                ..
            } => {
                let [left, right] = both(sides, text);
                near([&left, &right], text.within(*reach), *in_order, found);
            }
            Self::NotNear {
                sides,
                reach,
                in_order,
            } => {
                sides[1].seek(text.doc);
                let [left, right] = both(sides, text);
                not_near([&left, &right], text.within(*reach), *in_order, found);
            }
        }
    }
}

/// The intervals of two nodes in the current article; none of one that is elsewhere.
fn both(sides: &mut [Node; 2], text: &mut Text) -> [Vec<Interval>; 2] {
    let mut found = [Vec::new(), Vec::new()];
    for (side, found) in sides.iter_mut().zip(&mut found) {
        if side.doc() == text.doc {
            side.intervals(text, found);
        }
    }
    found
}

/// The first article from `target` on that all of `count` lists have.
fn leap(target: DocId, count: usize, mut seek: impl FnMut(usize, DocId) -> DocId) -> DocId {
    let mut candidate = if count == 0 { TERMINATED } else { target };
    'candidates: loop {
        for number in 0..count {
            let doc = seek(number, candidate);
            if doc > candidate {
                candidate = doc;
                if candidate == TERMINATED {
                    return TERMINATED;
                }
                continue 'candidates;
            }
        }
        return candidate;
    }
}

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
            bounds: (0, u32::MAX),
            sentences: Breaks::open(field, SENTENCE_MARK, reader)?,
            paragraphs: Breaks::open(field, PARAGRAPH_MARK, reader)?,
        })
    }

    /// The texts of plans that ask neither for a sentence nor for a paragraph.
    pub(in super::super) fn unbroken() -> Self {
        Self {
            doc: TERMINATED,
            bounds: (0, u32::MAX),
            sentences: Breaks::default(),
            paragraphs: Breaks::default(),
        }
    }

    /// Those of sorted positions that count.
    fn inside<'p>(&self, positions: &'p [u32]) -> &'p [u32] {
        let (first, last) = self.bounds;
        let start = positions.partition_point(|&position| position < first);
        let end = positions.partition_point(|&position| position <= last);
        &positions[start..end.max(start)]
    }

    fn within(&mut self, reach: Reach) -> Within<'_> {
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
