//! What stands around a capitalised name and tells whether a person bears it.
//!
//! In: a text and the place of a name in it. Out: a set of clues, and their sum.
//! The weights were set by hand: a sum of [`ENOUGH`] is about even odds.

use std::ops::{BitOr, BitOrAssign};

use crate::analysis::kinds::{Kinds, kinds_of};

/// A set of clues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Clues(u64);

impl Clues {
    /// It starts with a given name.
    pub(super) const GIVEN: Self = Self(1);
    /// It starts with a given name that is as often something else.
    pub(super) const WEAK: Self = Self(1 << 1);
    /// It starts with an initial, or has one in the middle.
    pub(super) const INITIAL: Self = Self(1 << 2);
    /// A title stands before it.
    pub(super) const TITLE: Self = Self(1 << 3);
    /// An office or trade in small letters stands before it.
    pub(super) const ROLE: Self = Self(1 << 4);
    /// A verb of which mostly people are the subject follows, or `said` stands before.
    pub(super) const SPEECH: Self = Self(1 << 5);
    /// An age follows between commas.
    pub(super) const AGE: Self = Self(1 << 6);
    /// `, who` follows.
    pub(super) const WHO: Self = Self(1 << 7);
    /// A country follows in brackets, as in results.
    pub(super) const COUNTRY: Self = Self(1 << 8);
    /// A number follows in brackets, as in lists of scorers.
    pub(super) const COUNT: Self = Self(1 << 9);
    /// An office or trade follows after a comma.
    pub(super) const APPOSITION: Self = Self(1 << 10);
    /// A neighbour in a list has as many words.
    pub(super) const LISTED: Self = Self(1 << 11);
    /// It ends as surnames do.
    pub(super) const SHAPE: Self = Self(1 << 12);
    /// A particle of names is in it.
    pub(super) const PARTICLE: Self = Self(1 << 13);
    /// It ends with a surname that needs no given name.
    pub(super) const FAMOUS: Self = Self(1 << 14);
    /// It starts with a Chinese, Korean or Vietnamese surname.
    pub(super) const HAN: Self = Self(1 << 15);
    /// A nationality or a country's possessive stands before it.
    pub(super) const NATION: Self = Self(1 << 16);
    /// `by` stands before it.
    pub(super) const BY: Self = Self(1 << 17);
    /// An article stands before it.
    pub(super) const ARTICLE: Self = Self(1 << 18);
    /// A preposition of place stands before it.
    pub(super) const WHERE: Self = Self(1 << 19);
    /// It stands in a headline, where any word has a capital.
    pub(super) const HEADLINE: Self = Self(1 << 20);
    /// It starts a sentence.
    pub(super) const OPENS: Self = Self(1 << 21);
    /// Its last word is a common noun, a place or part of an organisation's name.
    pub(super) const COMMON: Self = Self(1 << 22);
    /// It is a single given name of a person.
    pub(super) const ONLY_GIVEN: Self = Self(1 << 23);
    /// It stands in the middle of a sentence, with no sign of a person or a thing.
    pub(super) const INSIDE: Self = Self(1 << 24);
    /// A place in a list of results stands before it: `1. Jane Doe`.
    pub(super) const RANK: Self = Self(1 << 25);

    /// It stands within the name of an organisation.
    pub(super) const ORGANISATION: Self = Self(1 << 26);

    /// A title stands before it that may be part of something else's name.
    pub(super) const SOFT_TITLE: Self = Self(1 << 27);
    /// It was broken off: `Harr- —`.
    pub(super) const BROKEN: Self = Self(1 << 28);

    /// It ends as abstract nouns and the like do.
    pub(super) const NOUN: Self = Self(1 << 29);
    /// A number and a dash stand before it, as in line-ups: `15 - Jane Doe`.
    pub(super) const SHIRT: Self = Self(1 << 30);
    /// Its last word is of syllables with a hyphen: `Ki-moon`.
    pub(super) const SYLLABLES: Self = Self(1 << 31);
    /// An adverb, or a verb in the past, follows.
    pub(super) const ACTS: Self = Self(1 << 32);

    pub(super) fn has(self, clue: Self) -> bool {
        self.0 & clue.0 != 0
    }

    /// The set with `clue` if `present`.
    pub(super) fn when(self, present: bool, clue: Self) -> Self {
        if present { self | clue } else { self }
    }

    /// The clues of a name of several words that stands in two places: what speaks
    /// against it must do so in both.
    pub(super) fn together(self, other: Self) -> Self {
        const AGAINST: u64 = Clues::ARTICLE.0
            | Clues::WHERE.0
            | Clues::HEADLINE.0
            | Clues::OPENS.0
            | Clues::BROKEN.0;
        Self(((self.0 | other.0) & !AGAINST) | (self.0 & other.0 & AGAINST))
    }

    /// The clues of a name of one word that stands in two places: a common word gathers
    /// single clues over an article, so the better place counts.
    pub(super) fn better(self, other: Self) -> Self {
        if other.sum(ONE) > self.sum(ONE) {
            other
        } else {
            self
        }
    }

    fn sum(self, weights: &[(Self, i32)]) -> i32 {
        let present = weights.iter().filter(|(clue, _)| self.has(*clue));
        present.map(|(_, weight)| weight).sum()
    }

    /// Whether a name of several words with these clues is a person's.
    pub(super) fn suffice_for_several(self) -> bool {
        self.sum(SEVERAL) >= ENOUGH
    }

    /// Whether a name of one word with these clues is a person's.
    pub(super) fn suffice_for_one(self) -> bool {
        self.sum(ONE) >= ENOUGH
    }
}

impl BitOr for Clues {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Clues {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

/// The least sum of weights that makes a name a person's.
const ENOUGH: i32 = 4;

/// The weights of clues for a name of several words.
const SEVERAL: &[(Clues, i32)] = &[
    (Clues::GIVEN, 4),
    (Clues::WEAK, 2),
    (Clues::INITIAL, 4),
    (Clues::TITLE, 4),
    (Clues::SOFT_TITLE, 3),
    (Clues::ROLE, 4),
    (Clues::SPEECH, 2),
    (Clues::AGE, 4),
    (Clues::WHO, 3),
    (Clues::COUNTRY, 4),
    (Clues::RANK, 2),
    (Clues::COUNT, 2),
    (Clues::APPOSITION, 3),
    (Clues::LISTED, 2),
    (Clues::SHAPE, 2),
    (Clues::PARTICLE, 1),
    (Clues::FAMOUS, 2),
    (Clues::HAN, 3),
    (Clues::SYLLABLES, 2),
    (Clues::NATION, 3),
    (Clues::BY, 1),
    (Clues::ARTICLE, -3),
    (Clues::WHERE, -2),
    (Clues::HEADLINE, -3),
    (Clues::ORGANISATION, -3),
    (Clues::BROKEN, -9),
    (Clues::NOUN, -3),
    (Clues::SHIRT, 4),
    (Clues::ACTS, 1),
    (Clues::INSIDE, 2),
];

/// The weights of clues for a name of one word.
const ONE: &[(Clues, i32)] = &[
    (Clues::ONLY_GIVEN, 2),
    (Clues::WEAK, -1),
    (Clues::TITLE, 4),
    (Clues::SOFT_TITLE, 2),
    (Clues::ROLE, 4),
    (Clues::SPEECH, 2),
    (Clues::AGE, 5),
    (Clues::WHO, 2),
    (Clues::COUNT, 1),
    (Clues::APPOSITION, 2),
    (Clues::SHAPE, 1),
    (Clues::FAMOUS, 6),
    (Clues::NATION, 1),
    (Clues::ARTICLE, -4),
    (Clues::WHERE, -2),
    (Clues::HEADLINE, -2),
    (Clues::OPENS, -1),
    (Clues::COMMON, -4),
    (Clues::ORGANISATION, -2),
    (Clues::BROKEN, -9),
    (Clues::NOUN, -2),
];

/// The clues in front of the name that starts at `start`.
pub(super) fn clues_before(text: &str, start: usize) -> Clues {
    let word = word_before(text, start);
    if word.is_empty() {
        return clues_of_number(text, start);
    }
    let kinds = kinds_of(word);
    Clues::default()
        .when(kinds.any(Kinds::ROLE), Clues::ROLE)
        .when(
            matches!(word, "said" | "says" | "sagte" | "dit" | "dijo"),
            Clues::SPEECH,
        )
        .when(word == "by", Clues::BY)
        .when(matches!(word, "the" | "a" | "an" | "its"), Clues::ARTICLE)
        .when(
            matches!(
                word,
                "in" | "at" | "near" | "across" | "around" | "outside" | "into" | "through"
            ),
            Clues::WHERE,
        )
        .when(
            !kinds.any(Kinds::ROLE) && !kinds.any(Kinds::SPEECH),
            Clues::INSIDE,
        )
}

/// The clues in a number before `start`: `1. `, `15 - `.
fn clues_of_number(text: &str, start: usize) -> Clues {
    let before = text.as_bytes()[..start].iter().rev().take(6).copied();
    let mut before = before.skip_while(|byte| matches!(byte, b' ' | b'.' | b'-'));
    let digits = before.by_ref().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=3).contains(&digits) && text[..start].ends_with(' ');
    let shirt = numbered && text[..start].ends_with(" - ");
    Clues::default()
        .when(numbered && !shirt, Clues::RANK)
        .when(shirt, Clues::SHIRT)
}

/// The clues behind the name that ends at `end`.
pub(super) fn clues_after(text: &str, end: usize) -> Clues {
    const LOOK_AHEAD_BYTES: usize = 80;
    let rest = &text[end..text.floor_char_boundary(end + LOOK_AHEAD_BYTES)];
    if let Some(inner) = rest
        .trim_start()
        .strip_prefix('(')
        .filter(|_| rest.starts_with([' ', '(']))
    {
        return in_brackets(inner);
    }
    if rest.starts_with("- ") || rest.starts_with("-\u{2014}") {
        return Clues::BROKEN;
    }
    if let Some(clause) = rest.strip_prefix(',') {
        return after_comma(clause.trim_start());
    }
    let word = first_word(rest.trim_start());
    let spaced = rest.starts_with(char::is_whitespace);
    let small = word.starts_with(char::is_lowercase);
    Clues::default()
        .when(
            spaced && small && kinds_of(word).any(Kinds::SPEECH),
            Clues::SPEECH,
        )
        .when(
            spaced && small && (word.ends_with("ed") || word.ends_with("ly")),
            Clues::ACTS,
        )
        .when(spaced && word == "who", Clues::WHO)
}

fn in_brackets(inner: &str) -> Clues {
    let word = inner.split([')', ',', ' ']).next().unwrap_or("");
    let kinds = kinds_of(word.trim_end_matches('.'));
    let short = inner.len() < 80 && inner.contains(')');
    Clues::default()
        .when(
            short && kinds.any(Kinds::PLACE | Kinds::NATION),
            Clues::COUNTRY,
        )
        .when(
            word.starts_with(|char: char| char.is_ascii_digit()),
            Clues::COUNT,
        )
        .when(kinds.any(Kinds::ROLE), Clues::APPOSITION)
}

fn after_comma(clause: &str) -> Clues {
    /// Words of an apposition in front of its noun: `, the former British prime minister`.
    const MOST_WORDS: usize = 5;
    let digits = clause.bytes().take_while(u8::is_ascii_digit).count();
    let aged = digits == 2 && clause[digits..].starts_with([',', '.', ';']);
    let mut words =
        clause.split(|char: char| !(char.is_alphanumeric() || char == '-' || char == '\''));
    let first = words.next().unwrap_or("");
    let role = |word: &str| word.starts_with(char::is_lowercase) && kinds_of(word).any(Kinds::ROLE);
    let described = matches!(first, "a" | "an" | "the" | "former" | "then" | "one") || role(first);
    let phrase = clause.split([',', '.', ';', ':', '(']).next().unwrap_or("");
    let mut phrase = phrase
        .split_whitespace()
        .take(MOST_WORDS)
        .take_while(|word| !matches!(*word, "of" | "in" | "and" | "to" | "that"));
    Clues::default()
        .when(aged, Clues::AGE)
        .when(first == "who" || first == "whose", Clues::WHO)
        .when(described && phrase.any(role), Clues::APPOSITION)
}

/// The letters that `rest` starts with.
fn first_word(rest: &str) -> &str {
    let end = rest.find(|char: char| !char.is_alphabetic());
    &rest[..end.unwrap_or(rest.len())]
}

/// The word in small letters before `start`, if only a space lies between.
fn word_before(text: &str, start: usize) -> &str {
    const LONGEST_BYTES: usize = 24;
    let before = &text[text.ceil_char_boundary(start.saturating_sub(LONGEST_BYTES))..start];
    let Some(before) = before.strip_suffix([' ', '\n']) else {
        return "";
    };
    let before = before.trim_end();
    let from = before.rfind(|char: char| !(char.is_alphanumeric() || char == '-' || char == '\''));
    let word = &before[from.map_or(0, |at| {
        at + before[at..].chars().next().map_or(1, char::len_utf8)
    })..];
    if word.starts_with(char::is_lowercase) {
        word
    } else {
        ""
    }
}
