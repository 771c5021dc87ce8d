//! Finds whom the subject of a verb of saying means.
//!
//! In: [`Word`]s and where the phrase is. Out: who it names, or that it is a pronoun or
//! a description of somebody.
//!
//! The name in a phrase is its last before a preposition or comma, if no noun follows:
//! `White House press secretary Ann Lee`, but not `the Lee campaign`.

use std::ops::Range;

use super::class::Class;
use super::name::{Name, name_at, office_holder};
use super::words::Word;

/// Whom a phrase means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The bytes of a name.
    Named(Range<usize>),
    /// One person who was named before: `he`, `the minister`.
    Person,
    /// Nobody who is named.
    Nobody,
}

/// Words that a subject has at most before its verb.
const LONGEST_WORDS: usize = 30;

/// Whom the phrase means that starts at the word `at` and ends before `end`.
pub(super) fn subject(words: &[Word], at: usize, end: usize) -> Subject {
    let end = end.min(at + LONGEST_WORDS).min(words.len());
    let mut phrase = Phrase {
        words: &words[..end],
        next: at,
        found: None,
        described: false,
        definite: true,
        nouns: 0,
    };
    loop {
        match phrase.step() {
            Step::On => {}
            Step::Over => return phrase.meaning(),
            Step::Means(subject) => return subject,
        }
    }
}

/// A phrase that is read word by word.
struct Phrase<'a> {
    words: &'a [Word],
    next: usize,
    /// Its last name so far.
    found: Option<Name>,
    /// Whether a title or trade describes somebody.
    described: bool,
    /// Whether that is somebody in particular: `the minister`, not `a minister`.
    definite: bool,
    /// Nouns behind the name.
    nouns: usize,
}

enum Step {
    On,
    Over,
    Means(Subject),
}

impl Phrase<'_> {
    fn step(&mut self) -> Step {
        let Some(word) = self.words.get(self.next) else {
            return Step::Over;
        };
        if let Some(name) = name_at(self.words, self.next) {
            return self.take_name(name);
        }
        let named = self.found.is_some();
        match word.class {
            Class::He if !named => return Step::Means(Subject::Person),
            Class::Other if !named && !self.described => return Step::Means(Subject::Nobody),
            Class::Title => {
                self.described = true;
                self.nouns = 1;
            }
            Class::Article if !named => {}
            Class::Indefinite if !named => self.definite = false,
            Class::Preposition if self.described && !named => return self.take_office(),
            Class::Skip | Class::Calendar => {}
            Class::Plain | Class::Particle if !named => {}
            Class::Plain => self.nouns += 1,
            _ => return Step::Over,
        }
        self.next += 1;
        self.unless(word.breaks || word.ends || (self.found.is_some() && self.nouns > 1))
    }

    fn unless(&self, over: bool) -> Step {
        if over { Step::Over } else { Step::On }
    }

    fn take_name(&mut self, name: Name) -> Step {
        self.next = name.words.end;
        self.nouns = 0;
        if name.range.is_empty() {
            self.described = true;
        } else if !name.possessive {
            self.found = Some(name);
        }
        let last = &self.words[self.next - 1];
        self.unless(last.breaks || last.ends)
    }

    /// Reads what stands behind `Secretary`: `of the Treasury Ann Lee` names her, but `of
    /// the Lee Club` nobody.
    fn take_office(&mut self) -> Step {
        self.definite = false;
        let the = self.words.get(self.next + 1);
        let the = the.is_some_and(|word| word.class == Class::Article);
        let Some(office) = name_at(self.words, self.next + 1 + usize::from(the)) else {
            return Step::Over;
        };
        self.next = office.words.end;
        if let Some(range) = office_holder(self.words, &office) {
            return Step::Means(Subject::Named(range));
        }
        self.unless(self.words[self.next - 1].breaks)
    }

    /// Decides between what the phrase names and what it describes.
    fn meaning(self) -> Subject {
        let otherwise = if self.described && self.definite {
            Subject::Person
        } else {
            Subject::Nobody
        };
        let Some(name) = &self.found else {
            return self.apposed().unwrap_or(otherwise);
        };
        let followed = self
            .words
            .get(name.words.end..self.next)
            .unwrap_or_default();
        let noun = followed
            .iter()
            .any(|word| matches!(word.class, Class::Plain | Class::Title));
        if noun && !self.words[name.words.end - 1].breaks {
            return self.apposed().unwrap_or(otherwise);
        }
        Subject::Named(name.range.clone())
    }

    /// Who is named behind a comma after a description: `the director, Ann Lee`.
    fn apposed(&self) -> Option<Subject> {
        let comma = self.next.checked_sub(1)?;
        let name = name_at(self.words, self.next)?;
        let person = name.personal && !name.possessive;
        (person && self.words[comma].breaks).then_some(Subject::Named(name.range))
    }
}

/// Where the phrase starts that ends before the word `end`, in a sentence from `start`.
pub(super) fn phrase_start(words: &[Word], start: usize, end: usize) -> usize {
    let lowest = start.max(end.saturating_sub(LONGEST_WORDS));
    let joins = |at: usize| match words[at].class {
        Class::Conjunction | Class::Dash | Class::Quoted(_) | Class::Speech => false,
        // `which Lee said`, `he hopes Lee said`
        Class::Other | Class::He => at + 1 == end,
        _ => !words[at].breaks || at + 1 == end,
    };
    (lowest..end)
        .rev()
        .find(|&at| !joins(at))
        .map_or(lowest, |at| at + 1)
}
