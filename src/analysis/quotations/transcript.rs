//! Reads transcripts: paragraphs that start with the label of who speaks.
//!
//! In: the paragraphs of a text, and its title. Out: a quotation for each paragraph,
//! up to the next label with the same speaker.
//!
//! A name that stands in the label is the speaker. `THE PRESIDENT` names nobody; the
//! title may: `Remarks by President Biden`.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::class::{Class, class_of, is_particle};
use super::label::{Form, Label};
use super::name::name_at;
use super::paragraphs::Paragraph;
use super::words::{Word, words};
use super::{Quotation, Speaker};

/// How labels begin that documents of other kinds have.
const HEADINGS: &[&str] = &[
    "SUBJECT", "NOTE", "UPDATE", "FROM", "TO", "DATE", "CONTACT", "SOURCE", "FACT", "BREAKING",
    "PROMISE", "WATCH", "READ", "MYTH", "REALITY", "CLAIM", "TRUTH", "FICTION", "MORE", "PHOTO",
    "RE",
];

/// Takes away the labels that name no speaker, and returns how many paragraphs precede
/// the first that does: all of them if the text is no transcript.
pub(super) fn settle(text: &str, paragraphs: &mut [Paragraph]) -> usize {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for label in paragraphs
        .iter()
        .filter_map(|paragraph| paragraph.label.as_ref())
    {
        *counts.entry(&text[label.range.clone()]).or_default() += 1;
    }
    if counts.is_empty() {
        return paragraphs.len();
    }
    let speaks = |label: &Label| {
        let name = &text[label.range.clone()];
        let often = counts.get(name).is_some_and(|&count| count > 1);
        match label.form {
            Form::Capitals => !is_heading(name) && (often || is_titled(name)),
            Form::Name => often && names_person(name),
            Form::Letter => false,
        }
    };
    let named = paragraphs
        .iter()
        .filter_map(|paragraph| paragraph.label.as_ref())
        .any(speaks);
    let asked = counts.get("Q").is_some_and(|&count| count > 2);
    let mut first = paragraphs.len();
    for (number, paragraph) in paragraphs.iter_mut().enumerate() {
        let letter = named || asked;
        paragraph.label = paragraph
            .label
            .take()
            .filter(|label| speaks(label) || letter && is_anonymous(text, label));
        if paragraph.label.is_some() {
            first = first.min(number);
        }
    }
    first
}

fn is_titled(name: &str) -> bool {
    name.starts_with("THE ")
        || name
            .split_whitespace()
            .any(|word| class_of(word.trim_end_matches('.')) == Class::Title)
}

fn is_heading(name: &str) -> bool {
    name.split_whitespace()
        .next()
        .is_some_and(|first| HEADINGS.contains(&first))
}

/// Whether a label with small letters looks like a name: two words or more, or a title
/// before one.
fn names_person(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let known = |word: &str| {
        let class = class_of(word.trim_end_matches('.'));
        matches!(class, Class::Title | Class::Plain) || is_particle(word)
    };
    words.clone().nth(1).is_some() && words.all(known)
}

fn is_anonymous(text: &str, label: &Label) -> bool {
    let name = &text[label.range.clone()];
    label.form == Form::Letter
        || name
            .split_whitespace()
            .all(|word| matches!(class_of(word), Class::Anonymous))
}

/// The words of each speaker, in `paragraphs` from the first label on.
pub(super) fn speeches(title: &str, text: &str, paragraphs: &[Paragraph]) -> Vec<Quotation> {
    let mut roles = Roles {
        title,
        names: FxHashMap::default(),
    };
    let mut found = Vec::new();
    let mut speaker = None;
    let mut ended = true;
    let mut continues = false;
    for paragraph in paragraphs {
        let mut range = paragraph.range.clone();
        if let Some(label) = &paragraph.label {
            speaker = roles.speaker(text, label);
            range.start = label.words;
            ended = false;
            continues = false;
        }
        let words = &text[range.clone()];
        ended |= is_end(words);
        if ended || words.is_empty() || is_note(words) {
            continue;
        }
        found.push(Quotation {
            range,
            speaker: speaker.clone(),
            cue: None,
            continues,
        });
        continues = true;
    }
    found
}

/// Whether the transcript is over: `END`, `###`, or the time at which it ended.
fn is_end(words: &str) -> bool {
    words.starts_with("END") && words.len() < 80 && !words[3..].starts_with(char::is_alphanumeric)
        || words.starts_with("###")
        || is_clock(words)
}

/// Whether `words` are a time of day and no more: `3:50 P.M. EDT`.
fn is_clock(words: &str) -> bool {
    words.len() < 24
        && words.starts_with(|c: char| c.is_ascii_digit())
        && words.contains(':')
        && (words.contains("M.") || words.contains("m."))
}

/// Whether they are a note on what happened: `(Applause.)`
fn is_note(words: &str) -> bool {
    (words.starts_with('(') && words.ends_with(')')
        || words.starts_with('[') && words.ends_with(']'))
        && words.len() < 80
        || !words.contains(char::is_alphanumeric)
}

/// Whom labels name.
struct Roles<'a> {
    title: &'a str,
    /// What the title says of labels without a name.
    names: FxHashMap<&'a str, Option<Range<usize>>>,
}

impl<'a> Roles<'a> {
    fn speaker(&mut self, text: &'a str, label: &Label) -> Option<Speaker> {
        let whole = &text[label.range.clone()];
        if label.form == Form::Letter {
            return None;
        }
        if let Some(name) = surname(text, label) {
            return Some(Speaker::InText(name));
        }
        let title = self.title;
        let named = self
            .names
            .entry(whole)
            .or_insert_with(|| holder(title, whole));
        named.clone().map(Speaker::InTitle)
    }
}

/// The name in a label, without titles; `None` for roles such as `AUDIENCE`.
fn surname(text: &str, label: &Label) -> Option<Range<usize>> {
    let mut first = None;
    let mut at = label.range.start;
    for word in text[label.range.clone()].split_inclusive(char::is_whitespace) {
        let start = at;
        at += word.len();
        let word = word.trim_end().trim_end_matches('.');
        match class_of(word) {
            _ if first.is_some() && is_particle(word) => {}
            Class::Title | Class::Anonymous | Class::Article | Class::Preposition => first = None,
            Class::Conjunction | Class::Other if first.is_none() => {}
            _ => first = first.or(Some(start)),
        }
    }
    first.map(|first| first..label.range.end)
}

/// Whom `title` gives the role of a label such as `THE PRESIDENT`.
fn holder(title: &str, label: &str) -> Option<Range<usize>> {
    if !is_titled(label) {
        return None;
    }
    let role = label.strip_prefix("THE ").unwrap_or(label);
    let role: Vec<&str> = role.split_whitespace().collect();
    let words = words(title, 0..title.len(), &[]);
    let is_role = |words: &[Word]| {
        words
            .iter()
            .zip(&role)
            .all(|(word, role)| title[word.range.clone()].eq_ignore_ascii_case(role))
    };
    words
        .windows(role.len().max(1))
        .enumerate()
        .find_map(|(at, window)| {
            let vice = at > 0 && title[words[at - 1].range.clone()].eq_ignore_ascii_case("vice");
            if vice || !is_role(window) {
                return None;
            }
            name_at(&words, at + role.len())
                .filter(|name| name.personal)
                .map(|name| name.range)
        })
}
