//! The words of the index that fit a pattern.
//!
//! In: a term with wildcards, edits or a regular expression. Out: the exact forms in the
//! index that it stands for.
//!
//! Edits walk the dictionary with an automaton, which leaves out all branches that
//! no further edit can save. A pattern that begins with letters looks only at the words
//! that begin so, and a wildcard that does not at the words with its letters ([`Grams`]).
//! The whole dictionary is read for regular expressions that begin with no letter, and
//! for metadata.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use levenshtein_automata::{DFA, Distance, SINK_STATE};
use tantivy::Term as IndexTerm;
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentReader};
use tantivy_fst::Automaton;

use super::encode::EXACT_MARK;
use super::grams::Grams;
use super::positional::TermSet;
use crate::analysis::{Term, TermTest, WordForm, edit_automaton, is_wildcard};

/// The dictionaries of all segments.
pub(super) struct Dictionary<'s> {
    pub(super) searcher: &'s Searcher,
    /// The folder of the segments.
    pub(super) folder: &'s Path,
    /// The fields with stems besides, where exact forms have a mark: text and title.
    pub(super) marked: [Field; 2],
    /// The terms of the index that terms of the query stand for, as far as they were looked up.
    pub(super) known: RefCell<HashMap<(Field, Term), TermSet>>,
}

impl Dictionary<'_> {
    /// Whether exact forms have a mark in a field.
    pub(super) fn is_marked(&self, field: Field) -> bool {
        self.marked.contains(&field)
    }

    /// Whether every one of some terms is in the index.
    pub(super) fn has_all(&self, terms: &[IndexTerm]) -> tantivy::Result<bool> {
        for term in terms {
            if self.searcher.doc_freq(term)? == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What `make` makes of the exact forms in `field` that a term takes, once for all.
    pub(super) fn remembered(
        &self,
        field: Field,
        term: &Term,
        make: impl FnOnce(BTreeSet<String>) -> TermSet,
    ) -> tantivy::Result<TermSet> {
        let key = (field, term.clone());
        if let Some(known) = self.known.borrow().get(&key) {
            return Ok(known.clone());
        }
        let made = make(self.exact_forms(field, term)?);
        self.known.borrow_mut().insert(key, made.clone());
        Ok(made)
    }

    /// The exact forms in `field` that a term of the query takes, sorted.
    pub(super) fn exact_forms(
        &self,
        field: Field,
        term: &Term,
    ) -> tantivy::Result<BTreeSet<String>> {
        let mut forms = BTreeSet::new();
        let Some(test) = TermTest::of(term) else {
            return Ok(forms);
        };
        for reader in self.searcher.segment_readers() {
            self.for_each_candidate(reader, (field, term), &mut |form| {
                if test.takes(form) {
                    forms.insert(form.to_owned());
                }
            })?;
        }
        Ok(forms)
    }

    /// Hands all forms of a segment's dictionary that may fit a term to `each`.
    fn for_each_candidate(
        &self,
        reader: &SegmentReader,
        (field, term): (Field, &Term),
        each: &mut dyn FnMut(&str),
    ) -> tantivy::Result<()> {
        let index = reader.inverted_index(field)?;
        let dictionary = index.terms();
        let mark = if self.is_marked(field) {
            EXACT_MARK.to_string()
        } else {
            String::new()
        };
        let mut take = |key: &[u8]| {
            let form = std::str::from_utf8(key).ok();
            form.and_then(|key| key.strip_prefix(&*mark))
                .map(&mut *each);
        };
        if let WordForm::Fuzzy(edits) = term.form {
            let automaton = Edits(edit_automaton(edits, &format!("{mark}{}", term.text)));
            let mut stream = dictionary.search(automaton).into_stream()?;
            while stream.advance() {
                take(stream.key());
            }
            return Ok(());
        }
        let prefix = literal_prefix(term);
        let by_letters =
            prefix.len() < 3 && term.form == WordForm::Wildcard && field == self.marked[0];
        let grams = by_letters
            .then(|| Grams::open(self.folder, reader))
            .flatten();
        if let Some(candidates) = grams.and_then(|mut grams| grams.candidates(&term.text)) {
            let mut key = Vec::new();
            for number in candidates {
                if dictionary.ord_to_term(number, &mut key)? {
                    take(&key);
                }
            }
            return Ok(());
        }
        let prefix = format!("{mark}{prefix}");
        let mut stream = dictionary.range().ge(&prefix).into_stream()?;
        while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
            take(stream.key());
        }
        Ok(())
    }
}

/// The letters that all forms begin with.
fn literal_prefix(term: &Term) -> String {
    let prefix = match term.form {
        WordForm::Wildcard => term.text.split(is_wildcard).next().unwrap_or_default(),
        WordForm::Regex => regex_prefix(&term.text),
        _ => "",
    };
    prefix.to_lowercase()
}

/// The letters and digits of ASCII that a regular expression begins with and asks for.
fn regex_prefix(pattern: &str) -> &str {
    // An alternative may begin otherwise; only in parentheses it may not.
    let mut depth = 0_usize;
    for c in pattern.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => return "",
            '\\' | '[' => return "",
            _ => {}
        }
    }
    let end = pattern
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(pattern.len());
    let optional = pattern[end..].starts_with(['?', '*', '{']);
    &pattern[..end - usize::from(optional && end > 0)]
}

/// Walks a dictionary by edits.
struct Edits(DFA);

impl Automaton for Edits {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}
