//! A plan in one segment: which articles may meet it, and where one does.
//!
//! In: a [`Plan`]. Out: candidates, articles that hold the words that the plan needs, in
//! order, found by leaping from posting list to posting list; and the minimal intervals of
//! a candidate, read from its positions only when asked.

use tantivy::{DocId, SegmentReader, TERMINATED};

use super::people::{Said, Together};
use super::plan::{NearPlan, Plan};
use super::postings::AnyPostings;
use super::text::Text;
use crate::interval::{Interval, any_of, both, in_row, near, near_positions, not_near};
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
    Together {
        words: Together,
        positions: Vec<u32>,
    },
    Any {
        nodes: Vec<Node>,
        /// The intervals of one of them.
        one: Vec<Interval>,
    },
    All(Vec<Node>),
    Said(Box<Said>),
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
            Kind::Together { words, .. } => words.most_positions(),
            // Every interval begins with one of a part's.
            Kind::All(nodes) => {
                let most = nodes.iter_mut().map(Node::most_intervals);
                most.fold(0, u32::saturating_add)
            }
            Kind::Said(said) => said.most_intervals(),
        }
    }

    /// The positions in the current candidate of what stands at single ones.
    fn positions(&mut self, text: &Text) -> Option<&[u32]> {
        self.kind.positions(text)
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
            Plan::Together(terms) => Self::Together {
                words: Together::open(terms, reader)?,
                positions: Vec::new(),
            },
            Plan::All(plans) => {
                let nodes = plans.iter().map(|plan| Node::open(plan, reader));
                let mut nodes = nodes.collect::<tantivy::Result<Vec<_>>>()?;
                nodes.sort_by_key(Node::articles);
                Self::All(nodes)
            }
            Plan::Said(plan) => Self::Said(Box::new(Said::open(plan, reader)?)),
            Plan::Any(plans) => {
                let nodes = plans.iter().map(|plan| Node::open(plan, reader));
                Self::Any {
                    nodes: nodes.collect::<tantivy::Result<_>>()?,
                    one: Vec::new(),
                }
            }
            Plan::Near(plan) => Self::near(plan, reader)?,
        })
    }

    fn near(plan: &NearPlan, reader: &SegmentReader) -> tantivy::Result<Self> {
        let [left, right] = &plan.sides;
        let sides = Box::new([Node::open(left, reader)?, Node::open(right, reader)?]);
        let (reach, in_order) = (plan.reach, plan.in_order);
        let both = [Vec::new(), Vec::new()];
        Ok(if plan.negated {
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
        })
    }

    fn articles(&self) -> u64 {
        match self {
            Self::Terms { postings, .. } => postings.articles(),
            Self::Row { words, .. } => words.iter().map(AnyPostings::articles).min().unwrap_or(0),
            Self::Together { words, .. } => words.articles(),
            Self::Any { nodes, .. } => nodes.iter().map(Node::articles).sum(),
            Self::All(nodes) => nodes.first().map_or(0, Node::articles),
            Self::Said(said) => said.articles(),
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
            Self::Together { words, .. } => words.seek(target),
            Self::All(nodes) => leap(target, nodes.len(), |number, target| {
                nodes[number].seek(target)
            }),
            Self::Said(said) => said.seek(target),
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

    /// The positions in the current candidate of what stands at single ones.
    fn positions(&mut self, text: &Text) -> Option<&[u32]> {
        let positions = match self {
            Self::Terms {
                postings,
                positions,
            } => {
                postings.positions(positions);
                positions
            }
            Self::Together { words, positions } => {
                words.positions(positions);
                positions
            }
            _ => return None,
        };
        text.keep_inside(positions);
        Some(positions)
    }

    fn intervals(&mut self, text: &mut Text, found: &mut Vec<Interval>) {
        match self {
            Self::Terms { .. } | Self::Together { .. } => {
                let positions = self.positions(text).unwrap_or_default();
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
            Self::All(nodes) => all(nodes, text, found),
            Self::Said(said) => said.intervals(text, found),
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

/// The smallest intervals that contain one of each of several nodes.
fn all(nodes: &mut [Node], text: &mut Text, found: &mut Vec<Interval>) {
    let Some((first, others)) = nodes.split_first_mut() else {
        return;
    };
    first.intervals(text, found);
    for other in others {
        let mut one = Vec::new();
        other.intervals(text, &mut one);
        let before = std::mem::take(found);
        both([&before, &one], found);
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
pub(super) fn leap(
    target: DocId,
    count: usize,
    mut seek: impl FnMut(usize, DocId) -> DocId,
) -> DocId {
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
