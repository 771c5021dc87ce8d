//! Finds where an article mentions its people.
//!
//! In: the capitalised words of an article and the names among them. Out: its people
//! and their mentions. A surname that several bear is the one's who was mentioned last;
//! in lines of capitals and in headlines only names that the article knows count.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::clues::{Clues, clues_after, clues_before};
use super::line::Line;
use super::names::Name;
use super::roll::{Roll, WordId, word_ids};
use super::scan::{Link, Word};
use super::{Mention, People, Person};
use crate::analysis::kinds::Kinds;
use crate::text::single_spaced;

/// Finds the people of an article and their mentions: `names` are ranges of its `words`,
/// and so are those that stand within names of `organisations`.
pub(super) fn find_people(
    parts: &[&str],
    words: &[Word<'_>],
    names: &[Name],
    organisations: &[Name],
) -> People {
    let ids = word_ids(words);
    let roll = Roll::new(words, &ids, names, organisations);
    let mut found = Finder {
        parts,
        roll,
        mentions: Vec::new(),
        recent: FxHashMap::default(),
        covered: vec![false; words.len()],
    };
    found.find(names);
    found.into_people()
}

/// Finds the mentions of the people on the roll.
struct Finder<'t, 'w> {
    parts: &'t [&'t str],
    roll: Roll<'t, 'w>,
    mentions: Vec<Mention>,
    /// Who bore a surname last.
    recent: FxHashMap<WordId, usize>,
    /// Which words are in mentions.
    covered: Vec<bool>,
}

impl Finder<'_, '_> {
    fn find(&mut self, names: &[Name]) {
        let mut next = 0;
        for name in names {
            self.find_loose(next..name.words.start);
            self.find_in(name);
            next = name.words.end;
        }
        self.find_loose(next..self.roll.words.len());
    }

    /// The mention that a name is, or those within it.
    fn find_in(&mut self, name: &Name) {
        let words = name.words.clone();
        if let Some(person) = self.roll.bearer(&words) {
            self.mention(words, person);
        } else if words.len() == 1 {
            let person = self
                .bearer_of_surname(words.start)
                .or_else(|| self.roll.bearer_of_given(words.start));
            if let Some(person) = person {
                self.mention(words, person);
            }
        } else {
            self.find_within(words);
        }
    }

    /// The mentions within words that are no name as a whole: `Striker Doe`, `Doe Visits Paris`.
    fn find_within(&mut self, words: Range<usize>) {
        /// Names are not longer within words that were taken for one.
        const MOST_WORDS: usize = 4;
        let headline = self.roll.words[words.start].line != Line::Prose || words.len() > 2;
        let mut at = words.start;
        while at < words.end {
            let ends = (at + 2..=words.end.min(at + MOST_WORDS)).rev();
            let several = ends
                .map(|end| at..end)
                .find_map(|name| Some((self.roll.bearer(&name)?, name)));
            if let Some((person, name)) = several {
                at = name.end;
                self.mention(name, person);
                continue;
            }
            let surname = headline || at + 1 == words.end;
            if let Some(person) = self.bearer_of_surname(at).filter(|_| surname) {
                self.mention(at..at + 1, person);
            }
            at += 1;
        }
    }

    /// The mentions among words that are in no name: lines in capitals, and surnames that
    /// are common words or places.
    fn find_loose(&mut self, words: Range<usize>) {
        for at in words {
            let Some(person) = self.bearer_of_surname(at) else {
                continue;
            };
            let word = &self.roll.words[at];
            let shouted = word.line == Line::Capitals || word.kinds.any(Kinds::CAPITALS);
            let plain = Kinds::FUNCTION
                | Kinds::COMMON
                | Kinds::PLACE
                | Kinds::TIME
                | Kinds::NATION
                | Kinds::TITLE
                | Kinds::ORGANISATION;
            if shouted {
                let start = self.given_before(at, person);
                if start < at || (!word.kinds.any(plain) && word.text.len() > 2) {
                    self.mention(start..at + 1, person);
                }
            } else if self.is_surname_here(at) {
                self.mention(at..at + 1, person);
            }
        }
    }

    /// Where the given names start that stand before the surname at `at` in capitals.
    fn given_before(&self, at: usize, person: usize) -> usize {
        let roll = &self.roll;
        let given = roll.people[person].start..roll.surname(&roll.people[person]);
        let mut start = at;
        while start > 0
            && roll.words[start].link == Link::Space
            && !self.covered[start - 1]
            && given
                .clone()
                .any(|own| roll.ids[own] == roll.ids[start - 1])
        {
            start -= 1;
        }
        start
    }

    /// Whether a word that may be something else is a surname where it stands.
    fn is_surname_here(&self, at: usize) -> bool {
        let word = &self.roll.words[at];
        let tied = |link: Link| matches!(link, Link::Space | Link::Of | Link::Particle);
        let before = tied(word.link);
        let after = self
            .roll
            .words
            .get(at + 1)
            .is_some_and(|next| tied(next.link));
        if before || after || word.line == Line::Headline {
            return false;
        }
        let text = self.parts[word.part];
        let behind = clues_after(text, word.end());
        if behind.has(Clues::SPEECH) || behind.has(Clues::AGE) {
            return true;
        }
        let front = clues_before(text, word.start);
        let placed = word.kinds.any(Kinds::PLACE)
            && (front.has(Clues::WHERE)
                || text[..word.start].ends_with("from ")
                || text[..word.start].ends_with("to "));
        !front.has(Clues::ARTICLE)
            && !placed
            && !word.opens
            && !word.kinds.any(Kinds::TIME | Kinds::NATION)
    }

    fn bearer_of_surname(&self, at: usize) -> Option<usize> {
        let recent = self.recent.get(&self.roll.ids[at]).copied();
        recent.or_else(|| self.roll.known(at).first().copied())
    }

    fn mention(&mut self, words: Range<usize>, person: usize) {
        let surname = self.roll.surname(&words);
        self.recent.insert(self.roll.ids[surname], person);
        self.covered[words.clone()].fill(true);
        let (first, last) = (
            &self.roll.words[words.start],
            &self.roll.words[words.end - 1],
        );
        self.mentions.push(Mention {
            part: first.part,
            range: first.start..last.end(),
            person,
        });
    }

    /// The people who are mentioned, numbered by their first mentions.
    fn into_people(self) -> People {
        let mut numbers: Vec<Option<usize>> = vec![None; self.roll.people.len()];
        let mut found = People {
            people: Vec::new(),
            mentions: self.mentions,
        };
        for mention in &mut found.mentions {
            let words = &self.roll.people[mention.person];
            mention.person = *numbers[mention.person].get_or_insert_with(|| {
                let (first, last) = (
                    &self.roll.words[words.start],
                    &self.roll.words[words.end - 1],
                );
                let name = single_spaced(&self.parts[first.part][first.start..last.end()]);
                found.people.push(Person {
                    name: in_prose(name),
                });
                found.people.len() - 1
            });
        }
        found
    }
}

/// A name in capitals as prose writes it.
fn in_prose(name: String) -> String {
    if name.chars().any(char::is_lowercase) || !name.chars().any(|char| char.is_alphabetic()) {
        return name;
    }
    let mut inside = false;
    let mut prose = String::with_capacity(name.len());
    for char in name.chars() {
        if inside {
            prose.extend(char.to_lowercase());
        } else {
            prose.push(char);
        }
        inside = char.is_alphabetic();
    }
    prose
}
