//! Finds who says what is quoted in narrated paragraphs.
//!
//! In: paragraphs with quotations in them. Out: those that somebody says, with the
//! speaker where one is named.
//!
//! The verb of its sentence tells who says a quotation. One without a verb goes on from
//! the one before, in the same sentence or as a sentence of its own. What is only put
//! in marks, such as a term or a title, is left out.

use std::ops::Range;

use super::antecedent::{in_paragraphs, in_passage, last_bytes};
use super::class::Class;
use super::marks::{Marks, Span};
use super::paragraphs::Paragraph;
use super::phrase::Subject;
use super::verb::{Passage, Told};
use super::words::{Word, words};
use super::{Quotation, Speaker};

/// Who says something, and by which word that is told.
#[derive(Clone, Debug, Default)]
struct Attribution {
    speaker: Option<Range<usize>>,
    cue: Option<Range<usize>>,
    weak: bool,
}

/// Whom a quotation is from, and how that is known.
enum Source {
    /// Its own sentence tells.
    Own(Attribution),
    /// It goes on from the one before.
    Continued(Attribution),
    /// What stands before it tells.
    Announced(Attribution),
    Unknown,
}

/// Words of a quotation that is none unless it is a whole sentence.
const SHORTEST_WORDS: usize = 3;
/// Words of one that is taken without a speaker.
const SHORTEST_UNTOLD_WORDS: usize = 6;

/// The quotations of `paragraphs`, which are narrated.
pub(super) fn narrated(text: &str, paragraphs: &[Paragraph]) -> Vec<Quotation> {
    let mut narration = Narration {
        text,
        paragraphs,
        number: 0,
        words: Vec::new(),
        last: None,
        announced: None,
        chain: 0,
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
    /// Its words.
    words: Vec<Word>,
    /// Who spoke last, and in which paragraph.
    last: Option<(usize, Attribution)>,
    /// Who is to speak in the next paragraph, after a colon.
    announced: Option<Attribution>,
    /// The first of the quotations found that go on to the last without closing.
    chain: usize,
    found: Vec<Quotation>,
}

impl Narration<'_> {
    fn read(&mut self, spans: &[Span]) {
        let range = self.paragraphs[self.number].range.clone();
        let announces = self.text[range.clone()].ends_with([':', ',']);
        let announced = self.announced.take();
        if spans.is_empty() {
            if announces {
                self.words = words(self.text, last_bytes(self.text, range), &[]);
                self.announced = self.announcement();
            }
            return;
        }
        self.words = words(self.text, range, spans);
        let mut inside = None;
        for at in 0..self.words.len() {
            if let Class::Quoted(number) = self.words[at].class {
                let announced = announced.as_ref().filter(|_| at == 0);
                self.take(at, &spans[number], (&mut inside, announced));
            }
        }
        if let Some(inside) = inside {
            self.last = Some((self.number, inside));
        }
        if announces {
            self.announced = self.announcement();
        }
    }

    /// Takes the quotation that the word `at` stands for, if it is one.
    ///
    /// `known` is who spoke last in the paragraph, and who was said to speak next.
    fn take(
        &mut self,
        at: usize,
        span: &Span,
        (inside, announced): (&mut Option<Attribution>, Option<&Attribution>),
    ) {
        let source = self.source(at, span, (inside.as_ref(), announced));
        let own = matches!(source, Source::Own(_));
        let mut continues = span.goes_on || matches!(source, Source::Continued(_));
        let attribution = match source {
            Source::Own(told) | Source::Continued(told) | Source::Announced(told) => Some(told),
            Source::Unknown => None,
        };
        if !self.counts(at, span, attribution.as_ref()) {
            return;
        }
        let speaker = attribution.as_ref().and_then(|told| told.speaker.as_ref());
        let spoke = inside.as_ref().and_then(|told| told.speaker.as_ref());
        continues |= speaker.is_some() && speaker == spoke;
        if !span.goes_on {
            self.chain = self.found.len();
        }
        let told = attribution.clone().unwrap_or_default();
        if own {
            // The end of a quotation may tell who has said all of it.
            for earlier in &mut self.found[self.chain..] {
                earlier.speaker = told.speaker.clone().map(Speaker::InText);
                earlier.cue.clone_from(&told.cue);
            }
        }
        self.found.push(Quotation {
            range: span.inner.clone(),
            speaker: told.speaker.map(Speaker::InText),
            cue: told.cue,
            continues: continues && !self.found.is_empty(),
        });
        *inside = attribution.or_else(|| inside.take());
    }

    fn source(
        &self,
        at: usize,
        span: &Span,
        (inside, announced): (Option<&Attribution>, Option<&Attribution>),
    ) -> Source {
        if let Some(told) = self.passage().quotation(at) {
            return Source::Own(self.resolve(told));
        }
        if let Some(announced) = announced {
            return Source::Announced(announced.clone());
        }
        let start = self.words[at].sentence;
        let quotes = |word: &Word| matches!(word.class, Class::Quoted(_));
        let follows = self.words[start..at].iter().rev().any(quotes);
        if let Some(inside) = inside.filter(|_| follows || (start == at && at > 0)) {
            return Source::Continued(inside.clone());
        }
        if start == at && at > 0 {
            let told = self.passage().sentence(at);
            return told.map_or(Source::Unknown, |told| {
                Source::Announced(self.resolve(told))
            });
        }
        let alone = at == 0 && self.words.len() == 1;
        let before = self
            .last
            .as_ref()
            .filter(|(spoke, _)| self.number - spoke == 1);
        match before {
            Some((_, last)) if span.goes_on || alone => Source::Continued(last.clone()),
            _ => Source::Unknown,
        }
    }

    fn passage(&self) -> Passage<'_> {
        let start = self.paragraphs[self.number].range.start;
        let spoken = self.found.last().filter(|last| last.range.start >= start);
        Passage {
            text: self.text,
            words: &self.words,
            spoken: spoken.and_then(|last| match &last.speaker {
                Some(Speaker::InText(speaker)) => Some((last.range.start, speaker)),
                _ => None,
            }),
        }
    }

    /// Who is to speak in the next paragraph, as the last sentence of this one says.
    fn announcement(&self) -> Option<Attribution> {
        let start = self.words.last()?.sentence;
        let told = self.passage().before(self.words.len(), start)?;
        Some(self.resolve(told))
    }

    fn resolve(&self, told: Told) -> Attribution {
        let speaker = match told.who {
            Subject::Named(range) => Some(range),
            Subject::Person => in_passage(self.passage(), told.at).unwrap_or_else(|| {
                let last = self.last.as_ref();
                let last = last.and_then(|(spoke, last)| Some((*spoke, last.speaker.as_ref()?)));
                in_paragraphs(self.text, self.paragraphs, self.number, last)
            }),
            Subject::Nobody => None,
        };
        Attribution {
            speaker,
            cue: told.cue,
            weak: told.weak,
        }
    }

    /// Whether the quotation is one, and not only a word in marks.
    fn counts(&self, at: usize, span: &Span, attribution: Option<&Attribution>) -> bool {
        let quoted = &self.text[span.inner.clone()];
        if span.goes_on || span.stays_open {
            return !quoted.is_empty();
        }
        let count = quoted
            .split_whitespace()
            .take(SHORTEST_UNTOLD_WORDS)
            .count();
        let whole = self.passage().tail(at).is_some() && quoted.starts_with(char::is_uppercase);
        let told = attribution.filter(|told| !(told.weak && is_title(quoted)));
        match told {
            Some(told) if told.speaker.is_some() => count >= SHORTEST_WORDS || whole,
            Some(told) if told.cue.is_some() && whole => count >= SHORTEST_WORDS,
            _ => count >= SHORTEST_UNTOLD_WORDS && !is_title(quoted),
        }
    }
}

/// Whether most words have capitals, as in the title of a book.
fn is_title(quoted: &str) -> bool {
    let words = quoted.split_whitespace();
    let small = words.filter(|word| word.len() > 3 && word.starts_with(char::is_lowercase));
    small.take(2).count() < 2
}
