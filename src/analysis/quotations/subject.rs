//! Finds the subject of a verb of saying.
//!
//! In: a [`Passage`], and which of its words is the verb. Out: whom the subject means,
//! whether it stands before the verb, behind it, or further in front, with an aside or
//! another verb between them.

use super::class::Class;
use super::name::{leading_person, name_at, name_before};
use super::phrase::{Subject, phrase_start, subject};
use super::verb::{FURTHEST_WORDS, Passage};

/// How many phrases between commas stand between a subject and its verb at most.
const MOST_ASIDES: usize = 3;

impl Passage<'_> {
    /// The subject behind its verb: `said Ann Lee`. Spanish leaves out a pronoun there.
    pub(super) fn inverted(&self, verb: usize, end: usize) -> Subject {
        let word = &self.words[verb];
        if word.ends || word.breaks || verb + 1 >= end {
            return Subject::Person;
        }
        subject(self.words, verb + 1, end)
    }

    /// Whom `according to` names.
    pub(super) fn according(&self, verb: usize, end: usize) -> Subject {
        let to = self.class(verb + 1) == Some(Class::Preposition);
        let from = verb + 1 + usize::from(to);
        match subject(self.words, from, end) {
            Subject::Nobody => match name_at(&self.words[..end], from) {
                Some(name) if name.personal && !name.possessive => Subject::Named(name.range),
                _ => Subject::Nobody,
            },
            known => known,
        }
    }

    /// The subject that stands between a quotation and its verb.
    pub(super) fn subject_between(&self, from: usize, verb: usize) -> Subject {
        match subject(self.words, from, verb) {
            Subject::Nobody if self.class(verb - 1) == Some(Class::Who) => {
                self.subject_before(verb, from)
            }
            other => other,
        }
    }

    /// Who is named before a colon: `Ann Lee, director:`, `Director Ann Lee:`.
    pub(super) fn introduced(&self, start: usize, end: usize) -> Subject {
        if self.words[start].class == Class::Preposition {
            return Subject::Nobody;
        }
        let last = subject(self.words, phrase_start(self.words, start, end), end);
        let first = subject(self.words, start, end);
        let full = |who: &Subject| match who {
            Subject::Named(name) => self.text[name.clone()].contains(char::is_whitespace),
            _ => false,
        };
        let person = leading_person(self.text, self.words, start..end);
        if person.is_some_and(|person| first == Subject::Named(person)) && full(&first) {
            return first;
        }
        match first {
            _ if full(&last) => last,
            Subject::Nobody => last,
            first => first,
        }
    }

    /// The subject of the sentence from `start`, for a verb without its own.
    pub(super) fn main_subject(&self, start: usize, verb: usize) -> Subject {
        if let Some((at, speaker)) = self.spoken
            && at >= self.words[start].range.start
        {
            return Subject::Named(speaker.clone());
        }
        let mut from = start;
        if matches!(
            self.words[start].class,
            Class::Preposition | Class::Participle
        ) {
            let comma = (start..verb)
                .take(FURTHEST_WORDS)
                .find(|&at| self.words[at].breaks);
            from = comma.map_or(start, |comma| comma + 1);
        }
        if self.class(from) == Some(Class::He) {
            return Subject::Person;
        }
        match leading_person(self.text, self.words, from..verb) {
            Some(name) => Subject::Named(name),
            None => subject(self.words, from, verb),
        }
    }

    /// The subject in front of `verb`.
    pub(super) fn subject_before(&self, verb: usize, start: usize) -> Subject {
        let mut end = verb;
        while end > start && self.is_auxiliary(end - 1) {
            end -= 1;
        }
        if end > start && self.words[end - 1].class == Class::Who {
            end -= 1;
        }
        let from = phrase_start(self.words, start, end);
        if from == end && end > start {
            return self.main_subject(start, verb);
        }
        if from > start && self.words[end - 1].breaks {
            // Between commas stands what the subject is, before them who it is.
            let mut before = from;
            for _ in 0..MOST_ASIDES {
                let outer = phrase_start(self.words, start, before);
                if let named @ Subject::Named(_) = self.within(outer, before) {
                    return named;
                }
                before = outer;
            }
        }
        self.within(from, end)
    }

    /// Whether a word may stand between a subject and its verb: `also`, `had`, `bluntly`.
    fn is_auxiliary(&self, at: usize) -> bool {
        let word = &self.words[at];
        match word.class {
            Class::Skip | Class::Be | Class::Calendar => !word.breaks,
            Class::Plain => self.text[word.range.clone()].ends_with("ly"),
            _ => false,
        }
    }

    /// Who is meant by the phrase of these words, the last of which is its end.
    fn within(&self, from: usize, end: usize) -> Subject {
        if from >= end {
            return Subject::Nobody;
        }
        if self.words[from].class != Class::Preposition {
            return subject(self.words, from, end);
        }
        // `On Monday Ann Lee`
        match (
            name_before(self.words, from, end),
            self.words[end - 1].class,
        ) {
            (Some(name), _) => Subject::Named(name.range),
            (None, Class::He) => Subject::Person,
            _ => Subject::Nobody,
        }
    }
}
