//! Finds the name in a phrase that is the subject of a sentence.
//!
//! In: [`Word`]s and where the phrase is. Out: who it names, or that it is a pronoun or
//! a description of somebody.
//!
//! Titles are cut off in front: the name in `Russian Foreign Minister Sergei Lavrov`
//! is what comes after the last of them.

use std::ops::Range;

use super::words::{Class, Word};

/// Who a phrase means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The bytes of a name.
    Named(Range<usize>),
    /// One person who was named before: `he`, `the minister`.
    Person,
    /// Nobody who is named.
    Nobody,
}

/// A run of capitalised words.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Its words, titles included.
    pub(super) words: Range<usize>,
    /// Its bytes, without titles; empty if there is nothing else.
    pub(super) range: Range<usize>,
    /// Whether it may be a person's.
    pub(super) personal: bool,
    pub(super) possessive: bool,
}

/// Words that a subject has at most before its verb.
const LONGEST_WORDS: usize = 30;

/// Words that a name has at most, titles included.
const LONGEST_NAME_WORDS: usize = 12;

/// The name that starts at the word `at`.
pub(super) fn name_at(words: &[Word], at: usize) -> Option<Name> {
    let mut end = at;
    let mut first = None;
    let mut plain_end = at;
    while let Some(word) = words.get(end).filter(|_| end < at + LONGEST_NAME_WORDS) {
        let title = word.class == Class::Title && (word.capital || first.is_none() && end > at);
        let named = matches!(word.class, Class::Capital | Class::Place);
        let joins = word.class == Class::Particle
            && first.is_some()
            && words
                .get(end + 1)
                .is_some_and(|next| next.capital && next.class == Class::Capital);
        if (word.bracket && end > at) || !(title && word.capital || named || joins) {
            break;
        }
        if title {
            first = None;
        } else {
            first = first.or(Some(end));
            plain_end = end + 1;
        }
        end += 1;
        if word.breaks || word.ends || word.possessive {
            break;
        }
    }
    if end == at {
        return None;
    }
    let last = &words[end - 1];
    let abbreviated =
        end > at + 1 && words[end - 2].class == Class::Title && words[end - 2].range.len() <= 3;
    if first.is_none() && abbreviated && last.capital {
        first = Some(end - 1);
        plain_end = end;
    }
    // `Treasury Ann Lee` is what `Secretary of the` stood before.
    let placed = |at: usize| words[at].class == Class::Place;
    if let Some(start) = first {
        let named = (start..plain_end).find(|&at| !placed(at)).unwrap_or(start);
        if plain_end - named > 1 && !(named..plain_end).any(placed) {
            first = Some(named);
        }
    }
    let range = match first {
        Some(first) => words[first].range.start..words[plain_end - 1].range.end,
        None => last.range.end..last.range.end,
    };
    let personal = first.is_some_and(|first| !(first..plain_end).any(placed));
    Some(Name {
        words: at..end,
        range,
        personal,
        possessive: last.possessive,
    })
}

/// Who the phrase that starts at `at` means, which ends before `end`.
///
/// Lower-case titles and other nouns join names: `White House press secretary Ann Lee`.
pub(super) fn subject(words: &[Word], at: usize, end: usize) -> Subject {
    let end = end.min(at + LONGEST_WORDS).min(words.len());
    let mut found: Option<Name> = None;
    let mut described = false;
    let mut definite = true;
    let mut nouns = 0;
    let mut next = at;
    while next < end {
        let word = &words[next];
        if let Some(name) = name_at(&words[..end], next) {
            next = name.words.end;
            let stops = words[next - 1].breaks || words[next - 1].ends;
            let titled = name.range.is_empty();
            if titled {
                described = true;
                nouns = 0;
            } else if !name.possessive {
                found = Some(name);
                nouns = 0;
            } else {
                nouns = 0;
            }
            if stops {
                break;
            }
            continue;
        }
        match word.class {
            Class::He if found.is_none() => return Subject::Person,
            Class::Other if found.is_none() && !described => return Subject::Nobody,
            Class::Title => {
                described = true;
                nouns = 1;
            }
            Class::Article if found.is_none() => {}
            Class::Indefinite if found.is_none() => definite = false,
            Class::Preposition if described && found.is_none() => {
                // `Secretary of the Treasury Ann Lee`, but not `president of the Lee Club`.
                definite = false;
                let the = words
                    .get(next + 1)
                    .is_some_and(|word| word.class == Class::Article);
                let office = name_at(&words[..end], next + 1 + usize::from(the));
                let Some(office) = office else { break };
                next = office.words.end;
                if office.personal && words[office.words.start].class == Class::Place {
                    found = Some(office);
                }
                if found.is_some() || words[next - 1].breaks {
                    break;
                }
                continue;
            }
            Class::Skip | Class::Calendar => {}
            Class::Plain | Class::Particle if found.is_none() => {}
            Class::Plain => nouns += 1,
            _ => break,
        }
        next += 1;
        if word.breaks || word.ends {
            break;
        }
        if found.is_some() && nouns > 1 {
            break;
        }
    }
    finish(words, found, described && definite, next..end)
}

/// Decides between what a phrase names and what it describes.
fn finish(words: &[Word], found: Option<Name>, described: bool, rest: Range<usize>) -> Subject {
    // What describes somebody may name him behind a comma.
    let apposed = || {
        let comma = rest
            .start
            .checked_sub(1)
            .is_some_and(|last| words[last].breaks);
        let name = name_at(&words[..rest.end], rest.start).filter(|_| comma)?;
        (name.personal && !name.possessive && !name.range.is_empty()).then_some(name.range)
    };
    match found {
        Some(name) => {
            // `the Trump campaign` is no Trump.
            let followed = words.get(name.words.end..rest.start).unwrap_or_default();
            let head = followed
                .iter()
                .any(|word| matches!(word.class, Class::Plain | Class::Title));
            let own_break = words[name.words.end - 1].breaks;
            if head && !own_break {
                return apposed().map_or(
                    if described {
                        Subject::Person
                    } else {
                        Subject::Nobody
                    },
                    Subject::Named,
                );
            }
            Subject::Named(name.range)
        }
        None => apposed().map_or(
            if described {
                Subject::Person
            } else {
                Subject::Nobody
            },
            Subject::Named,
        ),
    }
}

/// Where the phrase starts that ends before the word `end` of a sentence from `start`.
pub(super) fn phrase_start(words: &[Word], start: usize, end: usize) -> usize {
    let lowest = start.max(end.saturating_sub(LONGEST_WORDS));
    let mut at = end;
    while at > lowest {
        let before = &words[at - 1];
        let inside = at == end;
        let stops = matches!(
            before.class,
            Class::Conjunction | Class::Dash | Class::Quoted(_) | Class::Speech
        ) || (before.breaks && !inside);
        if stops {
            break;
        }
        at -= 1;
    }
    at
}

/// The first person whom a sentence names as its subject, of the words `range`.
pub(super) fn leading_person(
    text: &str,
    words: &[Word],
    range: Range<usize>,
) -> Option<Range<usize>> {
    const FURTHEST: usize = 14;
    let mut at = range.start;
    while at < range.end.min(range.start + FURTHEST) {
        match name_at(&words[..range.end], at) {
            Some(name) => {
                at = name.words.end;
                let headed = words
                    .get(at)
                    .is_some_and(|next| next.class == Class::Title && !words[at - 1].breaks);
                let adverbial = name.words.len() == 1
                    && name.words.start == range.start
                    && !acts(text, words, name.words.start);
                if name.personal && !name.possessive && !headed && !adverbial {
                    return Some(name.range);
                }
            }
            None => at += 1,
        }
    }
    None
}

/// Whether a single word that begins a sentence is the name of who acts in it, and no
/// other word with a capital: `Following`, `Lower`.
fn acts(text: &str, words: &[Word], at: usize) -> bool {
    let own = &text[words[at].range.clone()];
    let other = ["ing", "ed", "ly"]
        .iter()
        .any(|end| own.len() > 4 && own.ends_with(end));
    let next = words.get(at + 1);
    !other
        && next.is_none_or(|next| {
            let verb = &text[next.range.clone()];
            words[at].breaks
                || next.class != Class::Plain
                || verb.ends_with("ed")
                || verb.ends_with('s')
                || PAST.contains(&verb)
        })
}

/// Frequent verbs that do not end with `ed`.
const PAST: &[&str] = &[
    "met", "went", "won", "took", "made", "came", "left", "got", "gave", "ran", "held", "saw",
    "kept", "led", "lost", "spoke", "began", "grew", "became", "knew", "sent", "brought", "found",
    "won't", "won’t",
];
