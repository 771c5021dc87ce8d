//! Decides which names are people's, and which names are the same person's.
//!
//! In: the capitalised words of an article and the names among them. Out: its people,
//! and who bears a name. The clues of all places where a name stands count together.
//! Names with one surname are one person's if their given names go together: `M.
//! Weber`, `Max Weber` and `Weber` do, `Max Weber` and `Alfred Weber` do not.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::clues::Clues;
use super::names::Name;
use super::scan::Word;
use crate::analysis::kinds::{Kinds, folded, is_cyrillic};

/// The number of a folded word within one article.
pub(super) type WordId = u32;

/// People with one surname, or one given name, that a name is compared with; the latest
/// are, so that lists of thousands cost no more than their length.
const MOST_BEARERS: usize = 32;

/// The folded forms of all words, numbered.
pub(super) fn word_ids(words: &[Word<'_>]) -> Vec<WordId> {
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
pub(super) struct Roll<'t, 'w> {
    pub(super) words: &'w [Word<'t>],
    pub(super) ids: &'w [WordId],
    /// Places in `candidates`.
    by_name: FxHashMap<&'w [WordId], usize>,
    /// In the order of the text.
    candidates: Vec<Candidate>,
    /// Where the fullest name of each person stands.
    pub(super) people: Vec<Range<usize>>,
    by_surname: FxHashMap<WordId, Vec<usize>>,
    by_given: FxHashMap<WordId, Vec<usize>>,
}

impl<'t, 'w> Roll<'t, 'w> {
    /// The people among `names`; a name of `organisations` needs more clues.
    pub(super) fn new(
        words: &'w [Word<'t>],
        ids: &'w [WordId],
        names: &[Name],
        organisations: &[Name],
    ) -> Self {
        let mut roll = Self {
            words,
            ids,
            by_name: FxHashMap::default(),
            candidates: Vec::new(),
            people: Vec::new(),
            by_surname: FxHashMap::default(),
            by_given: FxHashMap::default(),
        };
        roll.gather(names);
        roll.doubt(organisations);
        roll.enrol();
        roll
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
        let mut latest = others.iter().rev().copied().take(MOST_BEARERS);
        let same = latest.find(|&other| self.go_together(&self.people[other], &name));
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
            if bearers.len() < MOST_BEARERS && !bearers.contains(&person) {
                bearers.push(person);
            }
        }
        person
    }

    /// Where the surname stands: the last word but for `Jr` and the like.
    pub(super) fn surname(&self, name: &Range<usize>) -> usize {
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
    pub(super) fn known(&self, at: usize) -> &[usize] {
        self.by_surname
            .get(&self.ids[at])
            .map_or(&[], Vec::as_slice)
    }

    /// The only person with the given name at `at`.
    pub(super) fn bearer_of_given(&self, at: usize) -> Option<usize> {
        let word = &self.words[at];
        let plain = word.kinds.any(Kinds::GIVEN) && !word.kinds.any(Kinds::WEAK | Kinds::PLACE);
        match self.by_given.get(&self.ids[at])?[..] {
            [person] if plain => Some(person),
            _ => None,
        }
    }

    /// The person whom the name of several words at `name` stands for.
    pub(super) fn bearer(&self, name: &Range<usize>) -> Option<usize> {
        let at = *self.by_name.get(&self.ids[name.clone()])?;
        self.candidates[at].person
    }
}
