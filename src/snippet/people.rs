//! Finds people and what they are quoted with in the texts of an article.
//!
//! In: what a query asks of people, and the texts. Out: where each of these parts stands:
//! a person at the last word of the name, shown by the whole name; a speaker over all of a
//! quotation, shown by the name that the quotation is attributed to. The texts are analysed
//! again, and only for queries that ask for people.

use std::ops::Range;

use super::places::{Spot, SpottedText};
use crate::analysis::{AttributedText, Attribution, TITLE, attribution, name_keys, tokens};
use crate::interval::Interval;
use crate::query::Clause;

/// What is asked of a person.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PersonPart {
    /// The keys of the name's words; at least one.
    keys: Vec<String>,
    asked: Asked,
}

#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// Named.
    Named,
    /// Quoted.
    Quoted,
}

impl PersonPart {
    /// What a clause asks of a person; `None` if it asks nothing of one, or the name has no word.
    pub(super) fn of(clause: &Clause) -> Option<Self> {
        let (name, asked) = match clause {
            Clause::Actor { name, .. } => (name, Asked::Named),
            Clause::Said { speaker, .. } => (speaker, Asked::Quoted),
            _ => return None,
        };
        let keys = name_keys(name);
        (!keys.is_empty()).then_some(Self { keys, asked })
    }

    /// How many words the name has.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Where it stands in a text: bytes that count, what shows it, and whether that is in the
    /// title though the text is none.
    fn places(&self, text: &AttributedText, of: &Attribution) -> Vec<Place> {
        match self.asked {
            Asked::Named => {
                let mentions = text.mentions.iter();
                let mentions = mentions.filter(|mention| of.goes_by(mention.name, &self.keys));
                let both = mentions.map(|mention| &mention.range);
                both.map(|range| (range.clone(), range.clone(), false))
                    .collect()
            }
            Asked::Quoted => {
                let quotations = text.quotations.iter();
                let quotations = quotations.filter(|said| of.goes_by(said.name, &self.keys));
                let places = quotations.map(|said| {
                    let (place, speaker) = said.speaker.clone();
                    (said.range.clone(), speaker, place == TITLE)
                });
                places.collect()
            }
        }
    }
}

/// Bytes that count, bytes that show it, and whether those are of the title.
type Place = (Range<usize>, Range<usize>, bool);

/// Says where parts, which go by these numbers, stand in the texts of an article.
pub(super) fn find_people(parts: &[(usize, &PersonPart)], texts: &mut [SpottedText<'_>; 3]) {
    if parts.is_empty() {
        return;
    }
    let found = attribution(texts.each_ref().map(|text| text.text()));
    for (text, of_text) in texts.iter_mut().zip(&found.texts) {
        if of_text.mentions.is_empty() && of_text.quotations.is_empty() {
            continue;
        }
        let places: Vec<(usize, u32)> = tokens(text.text())
            .map(|token| (token.start, token.position))
            .collect();
        for (number, part) in parts {
            let found = part.places(of_text, &found).into_iter();
            let spots = found.filter_map(|(counts, range, in_title)| {
                let mut interval = positions(&places, &counts)?;
                if part.asked == Asked::Named {
                    interval.start = interval.end;
                }
                Some(Spot {
                    interval,
                    range,
                    in_title,
                })
            });
            text.set_spots(*number, spots.collect());
        }
    }
}

/// The first and the last position in a range of bytes, given where tokens start.
fn positions(places: &[(usize, u32)], range: &Range<usize>) -> Option<Interval> {
    let first = places.partition_point(|&(start, _)| start < range.start);
    let behind = places.partition_point(|&(start, _)| start < range.end);
    let inside = places.get(first..behind)?;
    Some(Interval {
        start: inside.first()?.1,
        end: inside.last()?.1,
    })
}
