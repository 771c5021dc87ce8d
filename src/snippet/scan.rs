//! Finds the parts of a query in a text.
//!
//! In: the words and phrases that a query asks for ([`Parts`]), and texts. Out: where each
//! part stands ([`Spot`]).
//!
//! The text is cut into tokens once. Few of them start as a word of the query does;
//! only those are brought into their forms, each different one once for all texts.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::initials::{Initials, has_apostrophe, keeps_initials};
use super::people::PersonPart;
use super::places::{Spot, SpottedText};
use crate::analysis::{
    Language, Lexicon, Term, TermTest, Token, WordForm, is_wildcard, readings, tokens,
};
use crate::interval::{Interval, in_row};
use crate::query::{Clause, Word};

/// The words and phrases that a query looks for, ready to be found in texts.
#[derive(Default)]
pub(super) struct Parts {
    parts: Vec<Part>,
    rows: Vec<Row>,
    /// Rows without gaps, by the number of the term that they start with.
    starting: Vec<Vec<usize>>,
    /// Whether a row with gaps has the term.
    gapped: Vec<bool>,
    /// Numbers of terms, by their text.
    exact: FxHashMap<String, usize>,
    stems: FxHashMap<String, usize>,
    /// Terms that stand for several forms, with their numbers.
    patterns: Vec<(Term, TermTest, usize)>,
    initials: Initials,
    /// The words of texts met so far, by language.
    known: Mutex<FxHashMap<Language, Known>>,
}

/// The words of a language met so far.
struct Known {
    lexicon: Lexicon,
    /// Numbers of the terms that each is a case of.
    terms: FxHashMap<Box<str>, Box<[usize]>>,
}

/// What is looked for.
#[derive(PartialEq)]
enum Part {
    Row { words: Vec<Word>, gaps: u32 },
    Person(PersonPart),
}

/// One way to read a part: numbers of terms, in a row; at least one.
struct Row {
    part: usize,
    terms: Vec<usize>,
    gaps: u32,
}

impl Parts {
    /// How many different words and phrases there are.
    pub(super) fn count(&self) -> usize {
        self.parts.len()
    }

    /// How many tokens in a row a part asks for; 0 if there is no such part.
    pub(super) fn len(&self, part: usize) -> usize {
        if let Some(Part::Person(person)) = self.parts.get(part) {
            return person.len();
        }
        let row = self.rows.iter().find(|row| row.part == part);
        row.map_or(0, |row| row.terms.len())
    }

    /// What is looked for of people, with the numbers of these parts.
    pub(super) fn of_people(&self) -> Vec<(usize, &PersonPart)> {
        let parts = self.parts.iter().enumerate();
        let of_people = parts.filter_map(|(number, part)| match part {
            Part::Person(person) => Some((number, person)),
            Part::Row { .. } => None,
        });
        of_people.collect()
    }

    /// The number of a word, a phrase, a person or any quotation of one, a new one if it has
    /// none yet; `None` if there is nothing to look for in it. A word is stemmed in each of `languages`, or as English
    /// if there is none.
    pub(super) fn number(&mut self, leaf: &Clause, languages: &[Language]) -> Option<usize> {
        let (words, gaps) = match leaf {
            Clause::Word { word, .. } => (std::slice::from_ref(word), 0),
            Clause::Phrase { words, gaps, .. } => (words.as_slice(), *gaps),
            other => {
                let (part, _) = self.number_of(Part::Person(PersonPart::of(other)?));
                return Some(part);
            }
        };
        let readings = readings(words.iter().map(Word::asked), languages);
        if readings.is_empty() {
            return None;
        }
        let words = words.to_vec();
        let (part, is_new) = self.number_of(Part::Row { words, gaps });
        if !is_new {
            return Some(part);
        }
        for reading in readings {
            self.add_row(part, reading, gaps);
        }
        Some(part)
    }

    /// The number of a part, and whether it is new.
    fn number_of(&mut self, part: Part) -> (usize, bool) {
        if let Some(known) = self.parts.iter().position(|known| *known == part) {
            return (known, false);
        }
        self.parts.push(part);
        (self.parts.len() - 1, true)
    }

    fn add_row(&mut self, part: usize, reading: Vec<Term>, gaps: u32) {
        let terms: Vec<_> = reading.into_iter().map(|term| self.term(term)).collect();
        if gaps == 0 {
            self.starting[terms[0]].push(self.rows.len());
        } else {
            terms.iter().for_each(|&term| self.gapped[term] = true);
        }
        self.rows.push(Row { part, terms, gaps });
    }

    /// The number of a term, a new one if it has none yet.
    fn term(&mut self, term: Term) -> usize {
        let next = self.starting.len();
        let number = match term.form {
            WordForm::Exact => {
                self.initials.add(&term.text);
                *self.exact.entry(term.text).or_insert(next)
            }
            WordForm::Stem => {
                self.initials.add(&term.text);
                *self.stems.entry(term.text).or_insert(next)
            }
            _ => self.pattern(term, next),
        };
        if number == next {
            self.starting.push(Vec::new());
            self.gapped.push(false);
        }
        number
    }

    fn pattern(&mut self, term: Term, next: usize) -> usize {
        if let Some(known) = self.patterns.iter().find(|known| known.0 == term) {
            return known.2;
        }
        let starts_with_letter = !term.text.starts_with(is_wildcard);
        if term.form == WordForm::Wildcard && starts_with_letter {
            self.initials.add(&term.text);
        } else {
            self.initials.add_all();
        }
        if let Some(test) = TermTest::of(&term) {
            self.patterns.push((term, test, next));
        }
        next
    }

    /// Where the parts stand in a text of which the first `lead_words` words are in the
    /// article's lead, which they are then fewer by.
    pub(super) fn find<'t>(
        &self,
        text: &'t str,
        language: Language,
        lead_words: &mut usize,
    ) -> SpottedText<'t> {
        // A panic of another thread leaves nothing half done behind.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known
            .entry(language)
            .or_insert_with(|| Known::new(language));
        let mut scan = Scan::new(self, known);
        let keeps_initials = keeps_initials(language);
        let mut lead_end = None;
        let mut tokens = tokens(text);
        let admit = |word: &[u8]| !keeps_initials || self.initials.admit(word);
        // Those of the lead are counted, those after it only if they may be looked for.
        for token in tokens.by_ref().take(*lead_words) {
            *lead_words -= 1;
            lead_end = Some(token.position);
            if admit(token.surface.as_bytes()) || has_apostrophe(token.surface) {
                scan.take(&token);
            }
        }
        while let Some(token) = tokens.next_admitted(admit) {
            scan.take(&token);
        }
        SpottedText::new(text, language, scan.finish(), lead_end)
    }
}

impl Known {
    fn new(language: Language) -> Self {
        Self {
            lexicon: Lexicon::new(language),
            terms: FxHashMap::default(),
        }
    }

    /// The numbers of the terms that a word is a case of.
    fn terms_of(&mut self, surface: &str, parts: &Parts) -> &[usize] {
        if !self.terms.contains_key(surface) {
            let forms = self.lexicon.forms(surface);
            let exact = parts.exact.get(&*forms.exact);
            let stem = parts.stems.get(&*forms.stem);
            let patterns = parts.patterns.iter();
            let fitting = patterns.filter(|(_, test, _)| test.takes(&forms.exact));
            let fitting = fitting.map(|(.., number)| number);
            let terms = exact.into_iter().chain(stem).chain(fitting);
            self.terms.insert(surface.into(), terms.copied().collect());
        }
        self.terms.get(surface).map_or(&[], |terms| terms)
    }
}

/// One pass over a text.
struct Scan<'m> {
    parts: &'m Parts,
    known: &'m mut Known,
    open: Vec<OpenRow>,
    next_position: u32,
    /// Where the terms of rows with gaps stand: position and bytes.
    gapped: Vec<Vec<(u32, Range<usize>)>>,
    spots: Vec<Vec<Spot>>,
}

/// A row of which the first words stand there.
#[derive(Clone, Copy)]
struct OpenRow {
    row: usize,
    words: usize,
    /// Where it starts: position and byte.
    start: (u32, usize),
}

impl<'m> Scan<'m> {
    fn new(parts: &'m Parts, known: &'m mut Known) -> Self {
        Self {
            parts,
            known,
            open: Vec::new(),
            next_position: 0,
            gapped: vec![Vec::new(); parts.gapped.len()],
            spots: vec![Vec::new(); parts.count()],
        }
    }

    fn take(&mut self, token: &Token<'_>) {
        if token.position != self.next_position {
            self.open.clear();
        }
        self.next_position = token.position.saturating_add(1);
        let parts = self.parts;
        let terms = self.known.terms_of(token.surface, parts);
        for &term in terms.iter().filter(|&&term| parts.gapped[term]) {
            self.gapped[term].push((token.position, token.start..token.end()));
        }
        let mut open = std::mem::take(&mut self.open);
        open.retain(|open| terms.contains(&parts.rows[open.row].terms[open.words]));
        let starting = terms.iter().flat_map(|&term| &parts.starting[term]);
        open.extend(starting.map(|&row| OpenRow {
            row,
            words: 0,
            start: (token.position, token.start),
        }));
        for row in open {
            self.advance(row, token);
        }
    }

    fn advance(&mut self, mut open: OpenRow, token: &Token<'_>) {
        let row = &self.parts.rows[open.row];
        open.words += 1;
        if open.words < row.terms.len() {
            self.open.push(open);
            return;
        }
        let (start, first_byte) = open.start;
        self.spots[row.part].push(Spot {
            interval: Interval {
                start,
                end: token.position,
            },
            range: first_byte..token.end(),
            in_title: false,
        });
    }

    /// All places of each part, in order.
    fn finish(mut self) -> Vec<Vec<Spot>> {
        let parts = self.parts;
        for row in parts.rows.iter().filter(|row| row.gaps > 0) {
            let positions = row.terms.iter().map(|&term| {
                let places = self.gapped[term].iter();
                places.map(|(position, _)| *position).collect()
            });
            let mut intervals = Vec::new();
            in_row(&positions.collect::<Vec<_>>(), row.gaps, &mut intervals);
            for interval in intervals {
                let first = row
                    .terms
                    .first()
                    .and_then(|term| self.bytes(*term, interval.start));
                let last = row
                    .terms
                    .last()
                    .and_then(|term| self.bytes(*term, interval.end));
                let range = first.zip(last).map(|(first, last)| first.start..last.end);
                self.spots[row.part].extend(range.map(|range| Spot {
                    interval,
                    range,
                    in_title: false,
                }));
            }
        }
        for spots in &mut self.spots {
            spots.sort_unstable_by_key(|spot| (spot.interval.start, Reverse(spot.interval.end)));
            keep_minimal(spots);
        }
        self.spots
    }

    /// The bytes of a term of a row with gaps at a position.
    fn bytes(&self, term: usize, position: u32) -> Option<Range<usize>> {
        let places = &self.gapped[term];
        let at = places
            .binary_search_by_key(&position, |place| place.0)
            .ok()?;
        Some(places[at].1.clone())
    }
}

/// Takes out spots that contain another, or are the same: readings of a part in several
/// languages may find both.
fn keep_minimal(spots: &mut Vec<Spot>) {
    let mut first_end = u32::MAX;
    // From the back, a spot contains a later one if that ends no later.
    let mut kept: Vec<Spot> = Vec::with_capacity(spots.len());
    for spot in spots.drain(..).rev() {
        if spot.interval.end < first_end {
            first_end = spot.interval.end;
            kept.push(spot);
        }
    }
    kept.reverse();
    *spots = kept;
}
