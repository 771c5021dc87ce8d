//! Finds names: runs of words with capitals.
//!
//! In: [`Word`]s. Out: [`Name`]s, and which one a sentence is about.
//!
//! Titles are cut off in front: the name in `Russian Foreign Minister Sergei Lavrov`
//! is what comes after the last of them.

use std::ops::Range;

use super::class::Class;
use super::words::Word;

/// A run of words with capitals.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// The numbers of its words, titles included.
    pub(super) words: Range<usize>,
    /// Its bytes, without titles; empty if there is nothing else.
    pub(super) range: Range<usize>,
    /// Whether it may be a person's.
    pub(super) personal: bool,
    /// Whether it has a possessive ending.
    pub(super) possessive: bool,
}

/// Words that a name has at most, titles included.
const LONGEST_WORDS: usize = 12;
/// Particles in a row: `van der`.
pub(super) const MOST_PARTICLES: usize = 2;
/// How far from the start of a sentence its subject is named at most, in words.
const FURTHEST_WORDS: usize = 14;

/// Frequent verbs that do not end with `ed`.
const PAST: &[&str] = &[
    "met", "went", "won", "took", "made", "came", "left", "got", "gave", "ran", "held", "saw",
    "kept", "led", "lost", "spoke", "began", "grew", "became", "knew", "sent", "brought", "found",
    "won't", "won’t",
];

/// The name that starts at the word `at`.
pub(super) fn name_at(words: &[Word], at: usize) -> Option<Name> {
    let mut end = at;
    let mut first = None;
    while let Some(word) = words.get(end) {
        if end == at + LONGEST_WORDS || (word.bracket && end > at) {
            break;
        }
        match word.class {
            Class::Title if word.capital => first = None,
            Class::Capital | Class::Place => first = first.or(Some(end)),
            Class::Particle if end > at && leads_to_capital(&words[end..]) => {
                first = first.or(Some(end));
            }
            _ => break,
        }
        end += 1;
        if word.breaks || word.ends || word.possessive {
            break;
        }
    }
    let last = words.get(at..end)?.last()?;
    if first.is_none() && end > at + 1 && words[end - 2].is_abbreviated_title() {
        // `Mr. King` is no king.
        first = Some(end - 1);
    }
    Some(Name {
        words: at..end,
        range: first.map_or(last.range.end, |first| words[first].range.start)..last.range.end,
        personal: first.is_some_and(|first| {
            words[first..end]
                .iter()
                .all(|word| word.class != Class::Place)
        }),
        possessive: last.possessive,
    })
}

/// Whether a word with a capital stands behind the particles that `words` begin with.
fn leads_to_capital(words: &[Word]) -> bool {
    let particle = |word: &&Word| word.class == Class::Particle;
    let behind = words
        .iter()
        .take(MOST_PARTICLES + 1)
        .find(|word| !particle(word));
    behind.is_some_and(|word| word.class == Class::Capital)
}

/// The name that ends with the word before `end`, from `start` on at the earliest.
pub(super) fn name_before(words: &[Word], start: usize, end: usize) -> Option<Name> {
    let start = start.max(end.saturating_sub(LONGEST_WORDS));
    let names = (start..end).filter_map(|at| name_at(&words[..end], at));
    names
        .into_iter()
        .find(|name| name.words.end == end && !name.range.is_empty())
}

/// Whom `Treasury Ann Lee` names behind `Secretary of the`.
pub(super) fn office_holder(words: &[Word], name: &Name) -> Option<Range<usize>> {
    let placed = |&at: &usize| words[at].class == Class::Place;
    let first = name.words.clone().find(|at| !placed(at))?;
    let rest = first..name.words.end;
    let named = first > name.words.start && rest.len() > 1 && !rest.clone().any(|at| placed(&at));
    named.then(|| words[first].range.start..name.range.end)
}

/// The bytes of the person whom a sentence, of the words `range`, names as its subject.
///
/// What stands behind a preposition is not it, unless a title shows that it is a person.
pub(super) fn leading_person(
    text: &str,
    words: &[Word],
    range: Range<usize>,
) -> Option<Range<usize>> {
    let mut second = None;
    let mut at = range.start;
    while at < range.end.min(range.start + FURTHEST_WORDS) {
        let Some(name) = name_at(&words[..range.end], at) else {
            at += 1;
            continue;
        };
        let first = at == range.start;
        at = name.words.end;
        if !name.personal || name.possessive || is_head_of(words, &name) {
            continue;
        }
        if first && name.words.len() == 1 && !acts(text, words, name.words.start) {
            continue;
        }
        let free = first
            || !matches!(
                words[name.words.start - 1].class,
                Class::Preposition | Class::Article
            );
        if free {
            return Some(name.range);
        }
        if words[name.words.start].class == Class::Title {
            second = second.or(Some(name.range));
        }
    }
    second
}

/// Whether a title goes on behind the name: `Lee spokeswoman Ann Moss`.
fn is_head_of(words: &[Word], name: &Name) -> bool {
    let next = words.get(name.words.end);
    next.is_some_and(|next| next.class == Class::Title && !words[name.words.end - 1].breaks)
}

/// Whether a single word that begins a sentence is the name of who acts in it, and no
/// other word with a capital: `Following`, `Lower`.
fn acts(text: &str, words: &[Word], at: usize) -> bool {
    let own = &text[words[at].range.clone()];
    if own.len() > 4 && ["ing", "ed", "ly"].iter().any(|end| own.ends_with(end)) {
        return false;
    }
    words.get(at + 1).is_none_or(|next| {
        let verb = &text[next.range.clone()];
        let past = verb.ends_with("ed") || verb.ends_with('s') || PAST.contains(&verb);
        words[at].breaks || next.class != Class::Plain || past
    })
}
