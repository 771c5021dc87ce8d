//! Decides which names are people's, and which names are the same person's.
//!
//! In: the capitalised words of an article and the names among them. Out: its people
//! and their mentions. The clues of all places where a name stands count together.
//! Names with one surname are one person's if their given names go together: `M.
//! Weber`, `Max Weber` and `Weber` do, `Max Weber` and `Alfred Weber` do not; a surname
//! that several bear is the one's who was mentioned last.

use rustc_hash::FxHashMap;
use std::ops::Range;

use super::clues::{Clues, clues_after, clues_before};
use super::kinds::{Kinds, folded, is_cyrillic};
use super::names::Name;
use super::scan::{Line, Link, Word};
use super::{Mention, People, Person};
use crate::text::single_spaced;

/// The number of a folded word within one article.
type WordId = u32;

/// Decides among `names`, which are ranges of `words`.
pub(super) fn resolve(
    parts: &[&str],
    words: &[Word<'_>],
    names: &[Name],
    organisations: &[Name],
) -> People {
    let ids = word_ids(words);
    let mut roll = Roll::new(words, &ids);
    roll.gather(names);
    roll.doubt(organisations);
    roll.enrol();
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

/// The folded forms of all words, numbered.
fn word_ids(words: &[Word<'_>]) -> Vec<WordId> {
    let mut by_surface: FxHashMap<&str, WordId> = FxHashMap::default();
    let mut by_form: FxHashMap<String, WordId> = FxHashMap::default();
    let mut id_of = |word: &str| {
        let next = WordId::try_from(by_form.len()).unwrap_or(WordId::MAX);
        *by_form.entry(folded(word)).or_insert(next)
    };
    words
        .iter()
        .map(|word| {
            *by_surface
                .entry(word.text)
                .or_insert_with(|| id_of(word.text))
        })
        .collect()
}

/// A name, wherever it stands.
struct Candidate {
    /// Where its best form stands.
    best: Range<usize>,
    clues: Clues,
    person: Option<usize>,
}

/// The people of an article, by their names.
struct Roll<'t, 'w> {
    words: &'w [Word<'t>],
    ids: &'w [WordId],
    /// Places in `candidates`.
    by_name: FxHashMap<&'w [WordId], usize>,
    /// In the order of the text.
    candidates: Vec<Candidate>,
    /// Where the fullest name of each person stands.
    people: Vec<Range<usize>>,
    by_surname: FxHashMap<WordId, Vec<usize>>,
    by_given: FxHashMap<WordId, Vec<usize>>,
}

impl<'t, 'w> Roll<'t, 'w> {
    fn new(words: &'w [Word<'t>], ids: &'w [WordId]) -> Self {
        Self {
            words,
            ids,
            by_name: FxHashMap::default(),
            candidates: Vec::new(),
            people: Vec::new(),
            by_surname: FxHashMap::default(),
            by_given: FxHashMap::default(),
        }
    }

    /// Brings the places of each name together.
    fn gather(&mut self, names: &[Name]) {
        for name in names {
            let key = &self.ids[name.words.clone()];
            let next = self.candidates.len();
            let at = *self.by_name.entry(key).or_insert(next);
            if at == next {
                self.candidates.push(Candidate {
                    best: name.words.clone(),
                    clues: name.clues,
                    person: None,
                });
                continue;
            }
            let best = self.fuller(&self.candidates[at].best, &name.words);
            let candidate = &mut self.candidates[at];
            candidate.best = best;
            candidate.clues = match name.words.len() {
                1 => candidate.clues.better(name.clues),
                _ => candidate.clues.together(name.clues),
            };
        }
    }

    /// Notes which names organisations bear too.
    fn doubt(&mut self, organisations: &[Name]) {
        for name in organisations {
            if let Some(&at) = self.by_name.get(&self.ids[name.words.clone()]) {
                self.candidates[at].clues |= name.clues;
            }
        }
    }

    /// Makes people of the candidates with enough clues, those with full names first.
    fn enrol(&mut self) {
        for at in 0..self.candidates.len() {
            let Candidate { best, clues, .. } = &self.candidates[at];
            if best.len() > 1 && clues.suffice_for_several() {
                let name = best.clone();
                self.candidates[at].person = Some(self.person_of(name));
            }
        }
        for at in 0..self.candidates.len() {
            let Candidate { best, clues, .. } = &self.candidates[at];
            if best.len() == 1
                && clues.suffice_for_one()
                && self.known(best.start).is_empty()
                && self.bearer_of_given(best.start).is_none()
            {
                let name = best.clone();
                self.candidates[at].person = Some(self.person_of(name));
            }
        }
    }

    /// The person with this name, who is new if no other's name goes together with it.
    fn person_of(&mut self, name: Range<usize>) -> usize {
        let surname = self.surname(&name);
        let id = self.ids[surname];
        let others = self.by_surname.get(&id).map_or(&[][..], Vec::as_slice);
        let same = others
            .iter()
            .copied()
            .find(|&other| self.go_together(&self.people[other], &name));
        let person = match same {
            Some(person) => {
                self.people[person] = self.fuller(&self.people[person], &name);
                person
            }
            None => {
                self.people.push(name.clone());
                self.by_surname
                    .entry(id)
                    .or_default()
                    .push(self.people.len() - 1);
                self.people.len() - 1
            }
        };
        let first = &self.words[name.start];
        let first_id = self.ids[name.start];
        if surname > name.start {
            // A surname that stands first is used alone as well.
            let surname_first =
                first.kinds.any(Kinds::HAN) && !self.words[surname].kinds.any(Kinds::GIVEN);
            let index = if surname_first {
                &mut self.by_surname
            } else {
                &mut self.by_given
            };
            let bearers = index.entry(first_id).or_default();
            if !bearers.contains(&person) {
                bearers.push(person);
            }
        }
        person
    }

    /// Where the surname stands: the last word but for `Jr` and the like.
    fn surname(&self, name: &Range<usize>) -> usize {
        let plain = |at: &usize| !self.words[*at].kinds.any(Kinds::SUFFIX);
        name.clone().rev().find(plain).unwrap_or(name.start)
    }

    /// Whether two names with one surname may be one person's: the given names of the
    /// shorter are among the other's, in order, or are their initials.
    fn go_together(&self, one: &Range<usize>, other: &Range<usize>) -> bool {
        let given = |name: &Range<usize>| name.start..self.surname(name);
        let (one, other) = (given(one), given(other));
        let (short, mut long) = if one.len() < other.len() {
            (one, other)
        } else {
            (other, one)
        };
        short
            .into_iter()
            .all(|mine| long.any(|theirs| self.same_given(mine, theirs)))
    }

    fn same_given(&self, one: usize, other: usize) -> bool {
        let initial = |at: usize| self.words[at].text.chars().next();
        let short = |at: usize| self.words[at].kinds.any(Kinds::INITIAL);
        self.ids[one] == self.ids[other]
            || ((short(one) || short(other)) && initial(one) == initial(other))
    }

    /// The fuller of two names: more words, no capitals only, fewer initials, and the base
    /// form of a Cyrillic name, which is the shortest.
    fn fuller(&self, one: &Range<usize>, other: &Range<usize>) -> Range<usize> {
        let rank = |name: &Range<usize>| {
            let words = &self.words[name.clone()];
            let length: usize = words.iter().map(|word| word.text.len()).sum();
            let cyrillic = words.iter().any(|word| word.text.starts_with(is_cyrillic));
            let shouted = words.iter().any(|word| word.kinds.any(Kinds::CAPITALS));
            let length = i64::try_from(length).unwrap_or(0);
            (
                name.len(),
                !shouted,
                if cyrillic { -length } else { length },
            )
        };
        if rank(other) > rank(one) {
            other.clone()
        } else {
            one.clone()
        }
    }

    /// The people whose surname is the word at `at`.
    fn known(&self, at: usize) -> &[usize] {
        self.by_surname
            .get(&self.ids[at])
            .map_or(&[], Vec::as_slice)
    }

    /// The only person with the given name at `at`.
    fn bearer_of_given(&self, at: usize) -> Option<usize> {
        let word = &self.words[at];
        let plain = word.kinds.any(Kinds::GIVEN) && !word.kinds.any(Kinds::WEAK | Kinds::PLACE);
        match self.by_given.get(&self.ids[at])?[..] {
            [person] if plain => Some(person),
            _ => None,
        }
    }

    /// The person whom the name of several words at `name` stands for.
    fn bearer(&self, name: &Range<usize>) -> Option<usize> {
        let at = *self.by_name.get(&self.ids[name.clone()])?;
        self.candidates[at].person
    }
}

/// Finds the mentions of the people on the roll.
struct Finder<'t, 'w> {
    parts: &'t [&'t str],
    roll: Roll<'t, 'w>,
    mentions: Vec<Mention>,
    /// Who bore a surname last.
    recent: FxHashMap<WordId, usize>,
    /// Which words are in mentions, or are known not to be.
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
            if headline || at + 1 == words.end {
                if let Some(person) = self.bearer_of_surname(at) {
                    self.mention(at..at + 1, person);
                }
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
