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
use crate::interval::{Interval, Within, any_of, in_row, near, near_positions, not_near};
use crate::query::Reach;

/// A part of a plan in a segment.
pub(in super::super) struct Node {
    kind: Kind,
    /// The current candidate.
    doc: DocId,
}

enum Kind {
    Terms {
        postings: AnyPostings,
        positions: Vec<u32>,
    },
    Row {
        words: Vec<AnyPostings>,
        /// Each word's positions.
        positions: Vec<Vec<u32>>,
        /// Numbers of the words, the rarest first.
        rarest_first: Vec<usize>,
        gaps: u32,
    },
    Any {
        nodes: Vec<Node>,
        /// The intervals of one of them.
        one: Vec<Interval>,
    },
    Near {
        sides: Box<[Node; 2]>,
        /// The intervals of both.
        both: [Vec<Interval>; 2],
        /// Number of the side with fewer articles.
        rarer: usize,
        reach: Reach,
        in_order: bool,
    },
    NotNear {
        sides: Box<[Node; 2]>,
        both: [Vec<Interval>; 2],
        reach: Reach,
        in_order: bool,
    },
}

impl Node {
    /// Opens the postings of a plan, at its first candidate.
    pub(in super::super) fn open(plan: &Plan, reader: &SegmentReader) -> tantivy::Result<Self> {
        let mut kind = Kind::open(plan, reader)?;
        let doc = kind.seek(0);
        Ok(Self { kind, doc })
    }

    /// About how many candidates there are, at most.
    pub(super) fn articles(&self) -> u64 {
        self.kind.articles()
    }

    /// The current candidate.
    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    /// The first candidate from `target` on, or the current one if that is behind it.
    pub(in super::super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.kind.seek(target);
        }
        self.doc
    }

    /// Whether every candidate is a match.
    pub(super) fn is_terms(&self) -> bool {
        matches!(self.kind, Kind::Terms { .. })
    }

    /// How often terms stand in the current candidate, if it takes no positions to tell.
    pub(in super::super) fn frequency(&mut self) -> Option<u32> {
        match &mut self.kind {
            Kind::Terms { postings, .. } => postings.frequency(),
            _ => None,
        }
    }

    /// No fewer than the minimal intervals of the current candidate, by how often it holds the words.
    pub(super) fn most_intervals(&mut self) -> u32 {
        match &mut self.kind {
            Kind::Terms { postings, .. } => postings.most_positions(),
            Kind::Row { words, .. } => {
                let most = words.iter_mut().map(AnyPostings::most_positions);
                most.min().unwrap_or(0)
            }
            Kind::Any { nodes, .. } => {
                let doc = self.doc;
                let here = nodes.iter_mut().filter(|node| node.doc() == doc);
                here.map(Node::most_intervals).fold(0, u32::saturating_add)
            }
            // Every interval has one of the rarer side, and no two begin or end at the same.
            Kind::Near { sides, .. } => {
                let most = sides.iter_mut().map(Node::most_intervals);
                most.min().unwrap_or(0).saturating_mul(2)
            }
            Kind::NotNear { sides, .. } => sides[0].most_intervals(),
        }
    }

    /// The positions of terms in the current candidate.
    fn positions(&mut self, text: &Text) -> Option<&[u32]> {
        let Kind::Terms {
            postings,
            positions,
        } = &mut self.kind
        else {
            return None;
        };
        postings.positions(positions);
        text.keep_inside(positions);
        Some(positions)
    }

    /// Where the minimal intervals of the current candidate begin, into `starts`, which is empty.
    pub(in super::super) fn starts(&mut self, text: &mut Text, starts: &mut Vec<u32>) {
        if let Kind::Terms { postings, .. } = &mut self.kind {
            postings.positions(starts);
            text.keep_inside(starts);
        } else {
            let mut found = Vec::new();
            self.intervals(text, &mut found);
            starts.extend(found.iter().map(|interval| interval.start));
        }
    }

    /// Appends the minimal intervals of the current candidate to `found`, which is empty.
    pub(in super::super) fn intervals(&mut self, text: &mut Text, found: &mut Vec<Interval>) {
        self.kind.intervals(text, found);
    }
}

impl Kind {
    fn open(plan: &Plan, reader: &SegmentReader) -> tantivy::Result<Self> {
        Ok(match plan {
            Plan::Terms(terms) => Self::Terms {
                postings: AnyPostings::open(terms, reader)?,
                positions: Vec::new(),
            },
            Plan::Row(words, gaps) => {
                let words = words.iter().map(|terms| AnyPostings::open(terms, reader));
                let words = words.collect::<tantivy::Result<Vec<_>>>()?;
                let mut rarest_first: Vec<usize> = (0..words.len()).collect();
                rarest_first.sort_by_key(|&number| words[number].articles());
                Self::Row {
                    positions: vec![Vec::new(); words.len()],
                    words,
                    rarest_first,
                    gaps: *gaps,
                }
            }
            Plan::Any(plans) => {
                let nodes = plans.iter().map(|plan| Node::open(plan, reader));
                Self::Any {
                    nodes: nodes.collect::<tantivy::Result<_>>()?,
                    one: Vec::new(),
                }
            }
            Plan::Near(plan) => {
                let [left, right] = &plan.sides;
                let sides = Box::new([Node::open(left, reader)?, Node::open(right, reader)?]);
                let (reach, in_order) = (plan.reach, plan.in_order);
                let both = [Vec::new(), Vec::new()];
                if plan.negated {
                    Self::NotNear {
                        sides,
                        both,
                        reach,
                        in_order,
                    }
                } else {
                    Self::Near {
                        rarer: usize::from(sides[1].articles() < sides[0].articles()),
                        sides,
                        both,
                        reach,
                        in_order,
                    }
                }
            }
        })
    }

    fn articles(&self) -> u64 {
        match self {
            Self::Terms { postings, .. } => postings.articles(),
            Self::Row { words, .. } => words.iter().map(AnyPostings::articles).min().unwrap_or(0),
            Self::Any { nodes, .. } => nodes.iter().map(Node::articles).sum(),
            Self::Near { sides, .. } => sides[0].articles().min(sides[1].articles()),
            Self::NotNear { sides, .. } => sides[0].articles(),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Terms { postings, .. } => postings.seek(target),
            Self::Row {
                words,
                rarest_first,
                ..
            } => leap(target, rarest_first.len(), |number, target| {
                words[rarest_first[number]].seek(target)
            }),
            Self::Any { nodes, .. } => {
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

    fn intervals(&mut self, text: &mut Text, found: &mut Vec<Interval>) {
        match self {
            Self::Terms {
                postings,
                positions,
            } => {
                postings.positions(positions);
                text.keep_inside(positions);
                found.extend(positions.iter().copied().map(Interval::at));
            }
            Self::Row {
                words,
                positions,
                gaps,
                ..
            } => {
                for (word, positions) in words.iter_mut().zip(positions.iter_mut()) {
                    word.positions(positions);
                    text.keep_inside(positions);
                }
                in_row(positions, *gaps, found);
            }
            Self::Any { nodes, one } => {
                let doc = text.doc;
                for node in nodes.iter_mut().filter(|node| node.doc() == doc) {
                    one.clear();
                    node.intervals(text, one);
                    any_of(found, one);
                }
            }
            Self::Near {
                sides,
                both,
                reach,
                in_order,
                ..
            } => {
                let words = sides.each_mut().map(|side| side.positions(text));
                if let [Some(left), Some(right)] = words {
                    let within = text.within(*reach);
                    return near_positions([left, right], within, *in_order, found);
                }
                read_both(sides, both, text);
                let [left, right] = &*both;
                near([left, right], text.within(*reach), *in_order, found);
            }
            Self::NotNear {
                sides,
                both,
                reach,
                in_order,
            } => {
                sides[1].seek(text.doc);
                read_both(sides, both, text);
                let [left, right] = &*both;
                not_near([left, right], text.within(*reach), *in_order, found);
            }
        }
    }
}

/// Reads the intervals of two nodes in the current article; none of one that is elsewhere.
fn read_both(sides: &mut [Node; 2], both: &mut [Vec<Interval>; 2], text: &mut Text) {
    for (side, found) in sides.iter_mut().zip(both) {
        found.clear();
        if side.doc() == text.doc {
            side.intervals(text, found);
        }
    }
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

    /// Takes out the positions that do not count.
    fn keep_inside(&self, positions: &mut Vec<u32>) {
        let (first, last) = self.bounds;
        if (first, last) != EVERYWHERE {
            positions.retain(|&position| (first..=last).contains(&position));
        }
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
