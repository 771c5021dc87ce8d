//! Where the articles of a segment have what a query looks for.
//!
//! In: scoring terms, and articles in the order of the segment. Out: what
//! [`crate::rank`] asks of each: its length, where its title ends, and the places of
//! every term.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use super::positional::{EVERYWHERE, Node, Text};
use super::schema::{LEAD_FROM, LEAD_TO, WORDS};
use super::sought::Sought;
use crate::interval::Interval;
use crate::query::TextField;
use crate::rank::{Place, Shape};

/// The postings of a query's terms in a segment.
pub(super) struct SegmentPlaces {
    terms: Vec<OpenTerm>,
    text: Text,
    words: Column<u64>,
    lead_from: Column<u64>,
    lead_to: Column<u64>,
    /// The places of each term in the article that was looked at last.
    places: Vec<Vec<Place>>,
}

/// The postings of a term, with what their places count.
struct OpenTerm {
    nodes: Vec<(Node, f32)>,
    field: TextField,
}

impl SegmentPlaces {
    /// Opens the postings of all terms.
    pub(super) fn open(sought: &[Sought<'_>], reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let open = |sought: &Sought<'_>| {
            let nodes = sought.plans.iter();
            let nodes = nodes.map(|(plan, strength)| Ok((Node::open(plan, reader)?, *strength)));
            Ok(OpenTerm {
                nodes: nodes.collect::<tantivy::Result<_>>()?,
                field: sought.field,
            })
        };
        let terms = sought
            .iter()
            .map(open)
            .collect::<tantivy::Result<Vec<_>>>()?;
        Ok(Self {
            places: vec![Vec::new(); terms.len()],
            terms,
            text: Text::unbroken(),
            words: columns.u64(WORDS)?,
            lead_from: columns.u64(LEAD_FROM)?,
            lead_to: columns.u64(LEAD_TO)?,
        })
    }

    /// An article, which is not before the one that was looked at last.
    pub(super) fn of(&mut self, doc: DocId) -> (Shape, &[Vec<Place>]) {
        let value = |column: &Column<u64>| {
            let value = column.first(doc)?;
            u32::try_from(value).ok()
        };
        let lead_from = value(&self.lead_from);
        let lead = (
            lead_from.unwrap_or(u32::MAX),
            value(&self.lead_to).unwrap_or(0),
        );
        self.text.doc = doc;
        for (term, places) in self.terms.iter_mut().zip(&mut self.places) {
            self.text.bounds = match term.field {
                TextField::Lead => lead,
                TextField::Text | TextField::Title => EVERYWHERE,
            };
            places.clear();
            term.places(&mut self.text, places);
        }
        let shape = Shape {
            words: value(&self.words).unwrap_or(0),
            title_end: lead_from.unwrap_or(u32::MAX),
        };
        (shape, &self.places)
    }
}

impl OpenTerm {
    /// The places of the term in the current article; where several nodes have one, the strongest.
    fn places(&mut self, text: &mut Text, places: &mut Vec<Place>) {
        let mut found = Vec::new();
        for (node, strength) in &mut self.nodes {
            if node.seek(text.doc) != text.doc {
                continue;
            }
            found.clear();
            node.intervals(text, &mut found);
            places.extend(found.iter().map(|interval: &Interval| Place {
                position: interval.start,
                strength: *strength,
            }));
        }
        if self.nodes.len() > 1 {
            places.sort_unstable_by(|a, b| {
                let stronger = b.strength.total_cmp(&a.strength);
                a.position.cmp(&b.position).then(stronger)
            });
            places.dedup_by_key(|place| place.position);
        }
    }
}
