//! What the articles of a segment hold of what a query looks for.
//!
//! In: scoring terms, and articles in the order of the segment. Out: what
//! [`crate::rank`] asks of each: how often it holds every term, and where.
//!
//! How often a word stands in an article takes no positions to tell: the text and the
//! title each have posting lists of it. Positions are read of words whose nearness
//! counts, and of what is more than a word.

use tantivy::{DocId, SegmentReader};

use super::positional::{EVERYWHERE, Node, Text};
use super::sought::{Forms, Sought};
use crate::query::TextField;
use crate::rank::{Count, Held, Ranking};

/// The postings of a query's terms in a segment.
pub(super) struct SegmentPlaces {
    terms: Vec<OpenTerm>,
    text: Text,
    /// What the article that was looked at last holds of each term.
    held: Vec<Held>,
}

/// The postings of a term.
struct OpenTerm {
    forms: OpenForms,
    /// The same in titles alone, if they are to be counted without positions.
    in_titles: Option<OpenForms>,
    is_in_lead: bool,
    asks_nearness: bool,
}

struct OpenForms {
    all: Node,
    exact: Option<Node>,
    /// The exact form's positions.
    positions: Vec<u32>,
}

impl SegmentPlaces {
    /// Opens the postings of all terms.
    pub(super) fn open(
        sought: &[Sought<'_>],
        ranking: &Ranking,
        reader: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let terms = (0..).zip(sought).map(|(at, sought)| {
            let in_titles = sought.in_titles.as_ref();
            Ok(OpenTerm {
                forms: OpenForms::open(&sought.forms, reader)?,
                in_titles: in_titles
                    .map(|forms| OpenForms::open(forms, reader))
                    .transpose()?,
                is_in_lead: sought.field == TextField::Lead,
                asks_nearness: ranking.asks_nearness(at),
            })
        });
        let terms = terms.collect::<tantivy::Result<Vec<_>>>()?;
        Ok(Self {
            held: vec![Held::default(); terms.len()],
            terms,
            text: Text::unbroken(),
        })
    }

    /// An article, which is not before the one that was looked at last, with the first and
    /// the last position of its lead.
    pub(super) fn of(&mut self, doc: DocId, lead: (u32, u32)) -> &[Held] {
        self.text.doc = doc;
        for (term, held) in self.terms.iter_mut().zip(&mut self.held) {
            self.text.bounds = if term.is_in_lead { lead } else { EVERYWHERE };
            match &mut term.in_titles {
                Some(in_titles) => {
                    let [title, exact_title] = in_titles.frequencies(doc);
                    let [all, exact] = term.forms.frequencies(doc);
                    held.all = count(all, title);
                    held.exact = count(exact, exact_title);
                    if term.asks_nearness {
                        term.forms.positions(&mut self.text, &mut held.positions);
                    }
                }
                None => {
                    // All that stands before the lead is the title.
                    (held.all, held.exact) =
                        term.forms
                            .count(&mut self.text, lead.0, &mut held.positions);
                }
            }
        }
        &self.held
    }
}

fn count(all: u32, in_title: u32) -> Count {
    Count {
        in_title,
        in_text: all.saturating_sub(in_title),
    }
}

impl OpenForms {
    fn open(forms: &Forms, reader: &SegmentReader) -> tantivy::Result<Self> {
        let exact = forms.exact.as_ref();
        Ok(Self {
            all: Node::open(&forms.all, reader)?,
            exact: exact.map(|exact| Node::open(exact, reader)).transpose()?,
            positions: Vec::new(),
        })
    }

    /// How often all forms and the exact one stand in an article, for forms of single terms.
    fn frequencies(&mut self, doc: DocId) -> [u32; 2] {
        let frequency = |node: &mut Node| match node.seek(doc) == doc {
            true => node.frequency().unwrap_or(0),
            false => 0,
        };
        let all = frequency(&mut self.all);
        let exact = match &mut self.exact {
            Some(exact) if all > 0 => frequency(exact),
            Some(_) => 0,
            None => all,
        };
        [all, exact]
    }

    /// The positions of all forms in the article.
    fn positions(&mut self, text: &mut Text, positions: &mut Vec<u32>) {
        positions.clear();
        if self.all.seek(text.doc) == text.doc {
            self.all.starts(text, positions);
        }
    }

    /// How often all forms and the exact one stand in the article, with the positions of all.
    fn count(
        &mut self,
        text: &mut Text,
        title_end: u32,
        positions: &mut Vec<u32>,
    ) -> (Count, Count) {
        let count = |positions: &[u32]| {
            let in_title = positions.partition_point(|&position| position < title_end);
            count(positions.len() as u32, in_title as u32)
        };
        self.positions(text, positions);
        let all = count(positions);
        let Some(exact) = &mut self.exact else {
            return (all, all);
        };
        self.positions.clear();
        if exact.seek(text.doc) == text.doc {
            exact.starts(text, &mut self.positions);
        }
        (all, count(&self.positions))
    }
}
