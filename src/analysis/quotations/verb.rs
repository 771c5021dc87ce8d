//! Finds the verb of saying that belongs to a quotation, and its subject.
//!
//! In: the [`Word`]s of a paragraph, and which of them stands for a quotation. Out:
//! [`Told`]: who the sentence says speaks.
//!
//! The verb stands behind the quotation (`“…,” said Ann Lee`) or before it (`Ann Lee
//! said: “…”`). Behind it comes first where the quotation opens its sentence.

use std::ops::Range;

use super::class::Class;
use super::name::{name_at, name_before};
use super::phrase::{Subject, subject};
use super::words::Word;

/// What a sentence tells of who speaks in it.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) who: Subject,
    /// The number of the word that tells it: the verb, if there is one.
    pub(super) at: usize,
    /// Where that word stands, if there is one to point at.
    pub(super) cue: Option<Range<usize>>,
    /// Whether it is a verb that may take words in marks that nobody says: `read`.
    pub(super) weak: bool,
}

/// The words of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passage<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Word],
    /// Where the last quotation before starts whose speaker is known, and the speaker.
    pub(super) spoken: Option<(usize, &'a Range<usize>)>,
}

/// How far from a quotation its verb stands at most, in words.
pub(super) const FURTHEST_WORDS: usize = 24;
/// How far from a quotation a verb before it stands at most, in words.
const FURTHEST_BEFORE_WORDS: usize = 60;

impl Passage<'_> {
    /// Who says the quotation that the word `at` stands for.
    pub(super) fn quotation(&self, at: usize) -> Option<Told> {
        let start = self.words[at].sentence;
        let joined = |word: &Word| matches!(word.class, Class::Conjunction | Class::Dash);
        let leads = at == start || joined(&self.words[at - 1]);
        let open =
            |range: Range<usize>| !range.rev().take(FURTHEST_WORDS).any(|at| self.is_verb(at));
        if leads || self.tail(at) == Some(',') && open(start..at) {
            self.after(at).or_else(|| self.before(at, start))
        } else if self.words[start].class == Class::Participle {
            // `Noting “…,” he said`
            let after = self.after(at).filter(|told| told.who != Subject::Nobody);
            after.or_else(|| self.before(at, start))
        } else {
            self.before(at, start).or_else(|| self.after(at))
        }
    }

    /// Who speaks in the sentence that ends before the word `end`, if a verb tells.
    pub(super) fn sentence(&self, end: usize) -> Option<Told> {
        let start = self.words[end.checked_sub(1)?].sentence;
        let verb = (start..end)
            .rev()
            .take(FURTHEST_WORDS)
            .find(|&at| self.is_verb(at))?;
        Some(self.by_verb(verb, start, end))
    }

    /// The sign that the quotation at `at` ends with, or that stands behind it.
    pub(super) fn tail(&self, at: usize) -> Option<char> {
        let word = &self.words[at];
        let last = self.text[word.range.clone()].chars().next_back();
        last.filter(|sign| matches!(sign, ',' | '?' | '!' | '.' | '…' | '-' | '—' | '–'))
            .or(word.breaks.then_some(','))
    }

    pub(super) fn class(&self, at: usize) -> Option<Class> {
        self.words.get(at).map(|word| word.class)
    }

    pub(super) fn is(&self, at: usize, text: &str) -> bool {
        let word = self.words.get(at);
        word.is_some_and(|word| self.text[word.range.clone()].eq_ignore_ascii_case(text))
    }

    /// Whether the word `at` is a verb of saying, and no noun that looks like one.
    fn is_verb(&self, at: usize) -> bool {
        let class = self.words[at].class;
        let noun = || {
            at > 0 && {
                let before = &self.words[at - 1];
                let of = before.class == Class::Preposition && !before.breaks;
                before.possessive || before.class == Class::Article || of && !self.is(at - 1, "to")
            }
        };
        match class {
            Class::Speech | Class::Weak => !noun(),
            Class::Participle | Class::According => true,
            _ => false,
        }
    }

    fn told(&self, who: Subject, at: usize) -> Told {
        Told {
            who,
            at,
            cue: Some(self.words[at].range.clone()),
            weak: self.words[at].class == Class::Weak,
        }
    }

    /// Who is said to speak behind the quotation.
    fn after(&self, at: usize) -> Option<Told> {
        if let Some(signed) = self.signed(at) {
            return Some(signed);
        }
        if self.words[at].ends && !matches!(self.tail(at), Some('?' | '!' | '…')) {
            return None;
        }
        let dashes = |from: &usize| self.class(*from) == Some(Class::Dash);
        let first = (at + 1..).find(|next| !dashes(next))?;
        let end = clause_end(self.words, first);
        if self.is(first, "by") {
            return Some(self.told(subject(self.words, first + 1, end), first));
        }
        let verb = (first..end).find(|&at| {
            let tells = matches!(self.words[at].class, Class::Speech | Class::According);
            tells && self.is_verb(at) || self.is(at, "quoted")
        })?;
        if self.is(verb, "quoted") {
            return self.quoted(first, verb, end);
        }
        if self.words[verb].class == Class::According {
            return Some(self.told(self.according(verb, end), verb));
        }
        let auxiliary =
            |word: &Word| matches!(word.class, Class::Indefinite | Class::Skip | Class::Be);
        if self.words[first..verb].iter().all(auxiliary) {
            return Some(self.told(self.inverted(verb, end), verb));
        }
        match self.words[first].class {
            Class::Preposition => None,
            Class::Conjunction => Some(self.told(self.subject_between(first + 1, verb), verb)),
            _ => Some(self.told(self.subject_between(first, verb), verb)),
        }
    }

    /// Who is meant by `Ann Lee was quoted as saying`, or `the Post quoted Ann Lee as saying`.
    fn quoted(&self, first: usize, verb: usize, end: usize) -> Option<Told> {
        let saying = (verb..end).find(|&at| self.words[at].class == Class::Participle)?;
        let passive = verb > first && self.class(verb - 1) == Some(Class::Be);
        let who = if passive {
            self.subject_between(first, verb - 1)
        } else {
            subject(self.words, verb + 1, saying)
        };
        Some(self.told(who, saying))
    }

    /// A name behind a dash: `“…” — Ann Lee`.
    fn signed(&self, at: usize) -> Option<Told> {
        if self.class(at + 1) != Some(Class::Dash) {
            return None;
        }
        let name = name_at(self.words, at + 2).filter(|name| !name.range.is_empty())?;
        let ended = self.words[name.words.end - 1].breaks || name.words.end == self.words.len();
        ended.then(|| self.told(Subject::Named(name.range), at + 1))
    }

    /// Who is said to speak before the word `at` of the sentence that begins at `start`.
    pub(super) fn before(&self, at: usize, start: usize) -> Option<Told> {
        // Words in marks that end without a sign are part of the sentence.
        let quotes =
            |at: usize| matches!(self.words[at].class, Class::Quoted(_)) && self.tail(at).is_some();
        let reached = |&at: &usize| self.is_verb(at) || quotes(at);
        let nearest = (start..at).rev().take(FURTHEST_BEFORE_WORDS).find(reached);
        match nearest {
            Some(verb) if self.is_verb(verb) => {
                // Who `told a man who asked` is not the man.
                let narrowed = verb > start + 1
                    && self.words[verb - 1].class == Class::Who
                    && !self.words[verb - 2].breaks;
                let outer = (start..verb).rev().take(FURTHEST_WORDS).find(reached);
                let outer = outer.filter(|&outer| narrowed && self.is_verb(outer));
                Some(self.by_verb(outer.unwrap_or(verb), start, at))
            }
            None if at > start && self.words[at - 1].colon => Some(Told {
                cue: None,
                ..self.told(self.introduced(start, at), at - 1)
            }),
            _ => None,
        }
    }

    /// Who speaks if `verb` stands before the words that it tells of, which begin at `quoted`.
    fn by_verb(&self, verb: usize, start: usize, quoted: usize) -> Told {
        let class = self.words[verb].class;
        let before = verb
            .checked_sub(1)
            .filter(|&at| at >= start)
            .and_then(|at| self.class(at));
        let by = (verb + 1..quoted.min(verb + 4)).find(|&at| self.is(at, "by"));
        let who = if class == Class::According {
            self.according(verb, quoted)
        } else if let Some(by) = by {
            subject(self.words, by + 1, quoted)
        } else if before == Some(Class::Be) {
            Subject::Nobody
        } else if class == Class::Participle && self.is(verb.saturating_sub(1), "as") {
            // `quoted Ann Lee as saying`
            name_before(self.words, start, verb - 1)
                .map_or(Subject::Nobody, |name| Subject::Named(name.range))
        } else if class == Class::Participle || before == Some(Class::Preposition) {
            self.main_subject(start, verb)
        } else if verb == start {
            subject(self.words, verb + 1, quoted)
        } else {
            self.subject_before(verb, start)
        };
        self.told(who, verb)
    }
}

/// Where the clause that starts at `from` ends at the latest.
fn clause_end(words: &[Word], from: usize) -> usize {
    let furthest = words.len().min(from + FURTHEST_WORDS);
    let quoted = |at: usize| matches!(words[at].class, Class::Quoted(_));
    match (from..furthest).find(|&at| words[at].ends || quoted(at)) {
        Some(at) if quoted(at) => at,
        Some(at) => at + 1,
        None => furthest,
    }
}
