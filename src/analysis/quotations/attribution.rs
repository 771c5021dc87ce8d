//! Finds who says what is quoted in narrated paragraphs.
//!
//! In: paragraphs with quotations in them. Out: those that somebody says, with the
//! speaker where one is named.
//!
//! A verb of saying in the sentence of the quotation tells, after it or before it; its
//! subject is the speaker. A quotation without one goes on from the one before, in the
//! same sentence or as a sentence of its own. What is only put in marks, such as a term
//! or a title, is left out.

use std::ops::Range;

use super::marks::{Marks, Span};
use super::paragraphs::Paragraph;
use super::phrase::{Subject, leading_person, name_at, phrase_start, subject};
use super::words::{Class, Word, words};
use super::{Quotation, Speaker};

/// Who says something, and by which word that is told.
#[derive(Clone, Debug, Default)]
struct Attribution {
    speaker: Option<Range<usize>>,
    cue: Option<Range<usize>>,
}

/// Words of a quotation that is none unless somebody says it.
const SHORTEST_WORDS: usize = 3;
/// Words of one that is taken without a speaker.
const LEAST_WITHOUT_SPEAKER: usize = 6;
/// How far after a quotation its verb stands at most, in words.
const FURTHEST_WORDS: usize = 24;
/// How many phrases between commas stand between a subject and its verb at most.
const MOST_ASIDES: usize = 3;
/// How far back a pronoun looks, in bytes and paragraphs.
const FURTHEST_BYTES: usize = 1200;
/// How far back it looks in its paragraph.
const FURTHEST_SENTENCES: usize = 8;

/// The quotations of `paragraphs`, which are narrated.
pub(super) fn narrated(text: &str, paragraphs: &[Paragraph]) -> Vec<Quotation> {
    let mut narration = Narration {
        text,
        paragraphs,
        number: 0,
        last: None,
        announced: None,
        words: Vec::new(),
        found: Vec::new(),
    };
    let mut marks = Marks::default();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        narration.number = number;
        let following = paragraphs.get(number + 1);
        let following = following.map_or("", |next| &text[next.range.clone()]);
        let spans = marks.spans(text, paragraph.range.clone(), following);
        narration.read(&spans);
    }
    narration.found
}

/// What is known while paragraphs are read in order.
struct Narration<'a> {
    text: &'a str,
    paragraphs: &'a [Paragraph],
    /// The paragraph at hand.
    number: usize,
    /// Who spoke last, and in which paragraph.
    last: Option<(usize, Attribution)>,
    /// Who is to speak in the next paragraph, after a colon.
    announced: Option<Attribution>,
    /// The words of the paragraph at hand, and in it the attributions so far.
    words: Vec<Word>,
    found: Vec<Quotation>,
}

impl Narration<'_> {
    fn read(&mut self, spans: &[Span]) {
        let range = self.paragraphs[self.number].range.clone();
        let announced = self.announced.take();
        if spans.is_empty() {
            if self.text[range.clone()].ends_with([':', ',']) {
                self.words = words(self.text, last_bytes(self.text, range), &[]);
                self.announced = self.announces();
            }
            return;
        }
        self.words = words(self.text, range.clone(), spans);
        let mut inside: Option<Attribution> = None;
        for at in 0..self.words.len() {
            let Class::Quoted(number) = self.words[at].class else {
                continue;
            };
            let span = &spans[number];
            let own = self.own(at);
            let (attribution, continues) = match own {
                Some(own) => (Some(own), false),
                None => self.inherited(at, span, inside.as_ref(), announced.as_ref()),
            };
            let continues = continues || self.resumes(at, &inside, attribution.as_ref());
            if self.counts(at, span, attribution.as_ref()) {
                self.push(span, attribution.clone(), continues);
                inside = attribution.or(inside);
            }
        }
        if let Some(inside) = inside {
            self.last = Some((self.number, inside));
        }
        if self.text[range].ends_with(':') {
            self.announced = self.announces();
        }
    }

    /// Who is to speak in the next paragraph, as the last sentence of this one says.
    fn announces(&mut self) -> Option<Attribution> {
        let end = self.words.len();
        let start = self.words.last()?.sentence;
        self.before(end, start)
    }

    fn push(&mut self, span: &Span, attribution: Option<Attribution>, continues: bool) {
        let attribution = attribution.unwrap_or_default();
        self.found.push(Quotation {
            range: span.inner.clone(),
            speaker: attribution.speaker.map(Speaker::InText),
            cue: attribution.cue,
            continues,
        });
    }

    /// Who the sentence of the quotation at the word `at` says it is from.
    fn own(&mut self, at: usize) -> Option<Attribution> {
        let start = self.words[at].sentence;
        let leads =
            at == start || matches!(self.words[at - 1].class, Class::Conjunction | Class::Dash);
        if leads
            || self.tail(at) == Some(',')
                && self.words[start..at]
                    .iter()
                    .rev()
                    .take(FURTHEST_WORDS)
                    .all(|word| !is_cue(word.class))
        {
            if let Some(after) = self.after(at) {
                return Some(after);
            }
            return self.before(at, start);
        }
        self.before(at, start).or_else(|| self.after(at))
    }

    /// The sign that the quotation at `at` ends with, or that stands behind it.
    fn tail(&self, at: usize) -> Option<char> {
        let word = &self.words[at];
        let last = self.text[word.range.clone()].trim_end().chars().next_back();
        match last {
            Some(sign) if matches!(sign, ',' | '?' | '!' | '.' | '…' | '-' | '—' | '–') => {
                Some(sign)
            }
            _ if word.breaks => Some(','),
            _ => None,
        }
    }

    /// Who is said to speak behind the quotation.
    fn after(&mut self, at: usize) -> Option<Attribution> {
        if let Some(signed) = self.signed(at) {
            return Some(signed);
        }
        let asked = matches!(self.tail(at), Some('?' | '!' | '…'));
        if self.words[at].ends && !asked {
            return None;
        }
        let mut first = at + 1;
        while self
            .words
            .get(first)
            .is_some_and(|word| word.class == Class::Dash)
        {
            first += 1;
        }
        let end = clause_end(&self.words, first);
        if self
            .words
            .get(first)
            .is_some_and(|word| self.text[word.range.clone()].eq_ignore_ascii_case("by"))
        {
            let subject = subject(&self.words, first + 1, end);
            return self.resolve(subject, first, None);
        }
        let cue = (first..end)
            .find(|&at| matches!(self.words[at].class, Class::Speech | Class::According))?;
        let attribution = if cue == first || self.words[cue].class == Class::According {
            let from = self.after_cue(cue);
            self.resolve(subject(&self.words, from, end), cue, Some(cue))
        } else {
            let joined = matches!(
                self.words[first].class,
                Class::Conjunction | Class::Preposition
            );
            if joined && self.words[first].class == Class::Preposition {
                return None;
            }
            let from = if joined { first + 1 } else { first };
            let named = self.subject_between(from, cue);
            self.resolve(named, cue, Some(cue))
        };
        attribution
    }

    /// Where the name stands after a verb: `according to Lee`, `added in Rome Lee`.
    fn after_cue(&self, cue: usize) -> usize {
        let next = cue + 1;
        let to = self
            .words
            .get(next)
            .is_some_and(|word| word.class == Class::Preposition);
        if self.words[cue].class == Class::According && to {
            next + 1
        } else {
            next
        }
    }

    /// The subject that stands between a quotation and its verb.
    fn subject_between(&self, from: usize, cue: usize) -> Subject {
        match subject(&self.words, from, cue) {
            Subject::Nobody if self.words[cue - 1].class == Class::Who => {
                self.subject_before(cue, from)
            }
            other => other,
        }
    }

    /// A name behind a dash: `“…” — Ann Lee`.
    fn signed(&mut self, at: usize) -> Option<Attribution> {
        let dash = self.words.get(at + 1)?;
        if dash.class != Class::Dash {
            return None;
        }
        let cue = dash.range.clone();
        let name = name_at(&self.words, at + 2).filter(|name| !name.range.is_empty())?;
        let ended = self.words[name.words.end - 1].breaks || name.words.end == self.words.len();
        ended.then_some(Attribution {
            speaker: Some(name.range),
            cue: Some(cue),
        })
    }

    /// Who is said to speak before the word `at` of the sentence that begins at `start`.
    fn before(&mut self, at: usize, start: usize) -> Option<Attribution> {
        let reaches =
            |at: &usize| self.is_cue(*at) || matches!(self.words[*at].class, Class::Quoted(_));
        let nearest = (start..at).rev().find(reaches);
        let chosen = nearest.filter(|&cue| self.is_cue(cue)).map(|cue| {
            // Who `told a man who asked` spoke is not the man.
            let narrowed = cue > start + 1
                && self.words[cue - 1].class == Class::Who
                && !self.words[cue - 2].breaks;
            let outer = (start..cue).rev().take(FURTHEST_WORDS).find(reaches);
            outer
                .filter(|&outer| narrowed && self.is_cue(outer))
                .unwrap_or(cue)
        });
        match chosen {
            Some(cue) => self.by_verb(cue, start, at),
            None if nearest.is_none() && at > start && self.words[at - 1].colon => {
                self.resolve(subject(&self.words, start, at), at - 1, None)
            }
            _ => None,
        }
    }

    /// Whether the word `at` is a verb of saying, and no noun that looks like one.
    fn is_cue(&self, at: usize) -> bool {
        let noun = at.checked_sub(1).is_some_and(|before| {
            let before = &self.words[before];
            let to = self.text[before.range.clone()].eq_ignore_ascii_case("to");
            before.possessive
                || before.class == Class::Article
                || (before.class == Class::Preposition && !to && !before.breaks)
        });
        is_cue(self.words[at].class)
            && !(noun && matches!(self.words[at].class, Class::Speech | Class::Weak))
    }

    /// The attribution of a verb that stands before its quotation.
    fn by_verb(&mut self, cue: usize, start: usize, quoted: usize) -> Option<Attribution> {
        let class = self.words[cue].class;
        if class == Class::According {
            let from = self.after_cue(cue);
            return self.resolve(subject(&self.words, from, quoted), cue, Some(cue));
        }
        let by = (cue + 1..quoted.min(cue + 4))
            .find(|&at| self.text[self.words[at].range.clone()].eq_ignore_ascii_case("by"));
        if let Some(by) = by {
            return self.resolve(subject(&self.words, by + 1, quoted), cue, Some(cue));
        }
        let passive = cue > start && self.words[cue - 1].class == Class::Be;
        if passive {
            return Some(Attribution {
                speaker: None,
                cue: Some(self.words[cue].range.clone()),
            });
        }
        let to = cue > start && self.words[cue - 1].class == Class::Preposition;
        let who = if class == Class::Participle || to {
            self.main_subject(start, cue)
        } else if cue == start {
            subject(&self.words, cue + 1, quoted)
        } else {
            self.subject_before(cue, start)
        };
        self.resolve(who, cue, Some(cue))
    }

    /// The subject of the sentence from `start`, for a participle at `cue`.
    fn main_subject(&self, start: usize, cue: usize) -> Subject {
        if let Some(quoted) = self.found.last().filter(|last| {
            last.range.start >= self.words[start].range.start && last.speaker.is_some()
        }) {
            if let Some(Speaker::InText(range)) = &quoted.speaker {
                return Subject::Named(range.clone());
            }
        }
        let mut from = start;
        if matches!(
            self.words[start].class,
            Class::Preposition | Class::Participle
        ) {
            let comma = (start..cue)
                .take(FURTHEST_WORDS)
                .find(|&at| self.words[at].breaks);
            from = comma.map_or(start, |comma| comma + 1);
        }
        if self
            .words
            .get(from)
            .is_some_and(|word| word.class == Class::He)
        {
            return Subject::Person;
        }
        match leading_person(self.text, &self.words, from..cue) {
            Some(name) => Subject::Named(name),
            None => subject(&self.words, from, cue),
        }
    }

    /// The subject in front of the verb `cue`.
    fn subject_before(&self, cue: usize, start: usize) -> Subject {
        let mut end = cue;
        while end > start
            && matches!(
                self.words[end - 1].class,
                Class::Skip | Class::Be | Class::Calendar
            )
            && !self.words[end - 1].breaks
            || end > start && self.is_adverb(end - 1)
        {
            end -= 1;
        }
        if end > start && self.words[end - 1].class == Class::Who {
            end -= 1;
        }
        let from = phrase_start(&self.words, start, end);
        if from == end && end > start {
            return self.main_subject(start, cue);
        }
        let aside = end > start && self.words[end - 1].breaks;
        if aside && from > start {
            // Between commas stands what the subject is, before them who it is.
            let mut before = from;
            for _ in 0..MOST_ASIDES {
                let outer = phrase_start(&self.words, start, before);
                if let named @ Subject::Named(_) = self.within(outer, before) {
                    return named;
                }
                if outer >= before {
                    break;
                }
                before = outer;
            }
        }
        self.within(from, end)
    }

    fn is_adverb(&self, at: usize) -> bool {
        let word = &self.words[at];
        word.class == Class::Plain && self.text[word.range.clone()].ends_with("ly")
    }

    /// Who the phrase of these words means.
    fn within(&self, from: usize, end: usize) -> Subject {
        let Some(first) = self.words.get(from) else {
            return Subject::Nobody;
        };
        if first.class == Class::Preposition {
            let name = (from..end).rev().find_map(|at| {
                let name = name_at(&self.words[..end], at)?;
                (name.words.end == end && !name.range.is_empty()).then_some(name)
            });
            // The last name, from its first word.
            if let Some(last) = name {
                let start = (from..=last.words.start).find_map(|at| {
                    name_at(&self.words[..end], at).filter(|name| name.words.end == end)
                });
                return Subject::Named(start.unwrap_or(last).range);
            }
            return match self.words.get(end.saturating_sub(1)).map(|word| word.class) {
                Some(Class::He) => Subject::Person,
                _ => Subject::Nobody,
            };
        }
        subject(&self.words, from, end)
    }

    /// The attribution to `subject`, which stands near the word `at`.
    fn resolve(&mut self, who: Subject, at: usize, cue: Option<usize>) -> Option<Attribution> {
        let speaker = match who {
            Subject::Named(range) => Some(range),
            Subject::Person => self.person_before(at),
            Subject::Nobody => None,
        };
        Some(Attribution {
            speaker,
            cue: cue.map(|cue| self.words[cue].range.clone()),
        })
    }

    /// The person last spoken of before the word `at`.
    fn person_before(&self, at: usize) -> Option<Range<usize>> {
        let start = self.words[at].sentence;
        if let Some(name) = leading_person(self.text, &self.words, start..at) {
            return Some(name);
        }
        let mut end = start;
        for _ in 0..FURTHEST_SENTENCES {
            let Some(last) = end.checked_sub(1) else {
                return self.person_in_paragraphs_before();
            };
            let start = self.words[last].sentence;
            let bytes = self.words[start].range.start..self.words[last].range.end;
            let person = self.spoke_within(&bytes);
            let person = person.or_else(|| leading_person(self.text, &self.words, start..end));
            if person.is_some() {
                return person;
            }
            end = start;
        }
        None
    }

    fn person_in_paragraphs_before(&self) -> Option<Range<usize>> {
        for number in (self.number.saturating_sub(2)..self.number).rev() {
            if let Some((_, last)) = self.last.as_ref().filter(|(spoke, _)| *spoke == number) {
                return last.speaker.clone();
            }
            let words = words(
                self.text,
                last_bytes(self.text, self.paragraphs[number].range.clone()),
                &[],
            );
            let mut end = words.len();
            while let Some(last) = end.checked_sub(1) {
                let start = words[last].sentence;
                if let Some(name) = leading_person(self.text, &words, start..end) {
                    return Some(name);
                }
                end = start;
            }
        }
        self.last
            .as_ref()
            .filter(|(spoke, _)| self.number - spoke < 5)?
            .1
            .speaker
            .clone()
    }

    /// The speaker of the last quotation within `bytes`.
    fn spoke_within(&self, bytes: &Range<usize>) -> Option<Range<usize>> {
        let last = self.found.last()?;
        match &last.speaker {
            Some(Speaker::InText(speaker)) if bytes.contains(&last.range.start) => {
                Some(speaker.clone())
            }
            _ => None,
        }
    }

    /// Whom a quotation without a verb of its own is from, and whether it goes on from another.
    fn inherited(
        &mut self,
        at: usize,
        span: &Span,
        inside: Option<&Attribution>,
        announced: Option<&Attribution>,
    ) -> (Option<Attribution>, bool) {
        let start = self.words[at].sentence;
        let first = self.words[..at].is_empty();
        if first && let Some(announced) = announced {
            return (Some(announced.clone()), false);
        }
        let follows = start < at
            && self.words[start..at]
                .iter()
                .any(|word| matches!(word.class, Class::Quoted(_)));
        if let Some(inside) = inside.filter(|_| follows || (start == at && !first)) {
            return (Some(inside.clone()), true);
        }
        if start == at && !first {
            return (self.told_in_sentence_before(at), false);
        }
        let before = self
            .last
            .as_ref()
            .filter(|(spoke, _)| self.number - spoke == 1);
        let whole = first && self.words.len() == 1;
        match before {
            Some((_, last)) if span.goes_on || whole => (Some(last.clone()), true),
            _ => (None, false),
        }
    }

    /// Who speaks in the sentence before the word `at`, which quotes nobody.
    fn told_in_sentence_before(&mut self, at: usize) -> Option<Attribution> {
        let last = at.checked_sub(1)?;
        let start = self.words[last].sentence;
        let cue = (start..at)
            .rev()
            .take(FURTHEST_WORDS)
            .find(|&at| self.is_cue(at))?;
        self.by_verb(cue, start, at)
    }

    /// Whether the quotation at `at` is more of what the one before it began, with only the
    /// attribution between them.
    fn resumes(&self, at: usize, inside: &Option<Attribution>, own: Option<&Attribution>) -> bool {
        let (Some(inside), Some(own)) = (inside, own) else {
            return false;
        };
        let near = self.words[..at].iter().rev().take(FURTHEST_WORDS);
        inside.speaker.is_some()
            && inside.speaker == own.speaker
            && near
                .clone()
                .any(|word| matches!(word.class, Class::Quoted(_)))
    }

    /// Whether the quotation is one, and not only a word in marks.
    fn counts(&self, at: usize, span: &Span, attribution: Option<&Attribution>) -> bool {
        let quoted = &self.text[span.inner.clone()];
        let count = quoted
            .split_whitespace()
            .take(LEAST_WITHOUT_SPEAKER)
            .count();
        let whole = self.tail(at).is_some() && quoted.starts_with(char::is_uppercase);
        match attribution {
            Some(said) if said.speaker.is_some() => count >= SHORTEST_WORDS || (whole && count > 0),
            Some(said) if whole && said.cue.is_some() => count >= SHORTEST_WORDS,
            _ => count >= LEAST_WITHOUT_SPEAKER && !is_title(quoted),
        }
    }
}

fn is_cue(class: Class) -> bool {
    matches!(
        class,
        Class::Speech | Class::Weak | Class::Participle | Class::According
    )
}

/// Whether most words have capitals, as in the title of a book.
fn is_title(quoted: &str) -> bool {
    let words = quoted.split_whitespace();
    let small = words.filter(|word| word.len() > 3 && word.starts_with(char::is_lowercase));
    small.take(2).count() < 2
}

/// Where the clause that starts at `from` ends at the latest.
fn clause_end(words: &[Word], from: usize) -> usize {
    let furthest = words.len().min(from + FURTHEST_WORDS);
    let stop =
        (from..furthest).find(|&at| words[at].ends || matches!(words[at].class, Class::Quoted(_)));
    match stop {
        Some(at) if words[at].ends && !matches!(words[at].class, Class::Quoted(_)) => at + 1,
        Some(at) => at,
        None => furthest,
    }
}

/// The end of a long paragraph.
fn last_bytes(text: &str, range: Range<usize>) -> Range<usize> {
    let mut start = range.start.max(range.end.saturating_sub(FURTHEST_BYTES));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    start..range.end
}
