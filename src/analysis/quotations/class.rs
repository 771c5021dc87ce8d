//! Knows what words do where somebody is said to speak.
//!
//! In: a word. Out: its [`Class`].
//!
//! `words.tsv` has lines of a class and its words, of all languages together: what a
//! word does in one language it hardly ever undoes in another. Words without a line are
//! titles, places and the like if their [`Kinds`] say so; the line `plain` has surnames
//! that are titles too.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::analysis::kinds::{Kinds, kinds_of};

/// What a word does in an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Tells that someone speaks: `said`.
    Speech,
    /// May tell it, if a quotation follows: `called`.
    Weak,
    /// Tells it of the subject of the sentence: `saying`.
    Participle,
    /// `according` to.
    According,
    /// A pronoun for one person.
    He,
    /// A pronoun or noun that names nobody.
    Other,
    /// `who`
    Who,
    /// `the`
    Article,
    /// `a`: what it stands before was not spoken of yet.
    Indefinite,
    /// Begins a phrase that a subject does not go on in.
    Preposition,
    /// Joins clauses.
    Conjunction,
    /// `was`
    Be,
    /// An auxiliary or adverb.
    Skip,
    /// Stands before a name: `President`, `spokesman`.
    Title,
    /// Has a capital, but is never part of a name.
    Calendar,
    /// Part of names, but not of persons' names.
    Place,
    /// A label of a transcript that names nobody.
    Anonymous,
    /// Joins parts of a name: `van`.
    Particle,
    /// A word with a capital.
    Capital,
    /// Any other.
    Plain,
    /// A dash with spaces around it.
    Dash,
    /// Stands for the quotation of this number.
    Quoted(usize),
}

static CLASSES: LazyLock<FxHashMap<&'static str, Class>> = LazyLock::new(|| {
    let mut classes = FxHashMap::default();
    for line in include_str!("words.tsv").lines() {
        let Some((class, words)) = line.split_once('\t') else {
            continue;
        };
        let class = match class {
            "speech" => Class::Speech,
            "weak" => Class::Weak,
            "ing" => Class::Participle,
            "according" => Class::According,
            "he" => Class::He,
            "who" => Class::Who,
            "article" => Class::Article,
            "indefinite" => Class::Indefinite,
            "preposition" => Class::Preposition,
            "conjunction" => Class::Conjunction,
            "be" => Class::Be,
            "skip" => Class::Skip,
            "title" => Class::Title,
            "calendar" => Class::Calendar,
            "place" => Class::Place,
            "particle" => Class::Particle,
            "anonymous" => Class::Anonymous,
            "plain" => Class::Plain,
            _ => Class::Other,
        };
        for word in words.split(' ') {
            classes.entry(word).or_insert(class);
        }
    }
    classes
});

/// What `word` does, as its line tells, or else its [`Kinds`].
pub(super) fn class_of(word: &str) -> Class {
    let lower: Cow<'_, str> = if word.chars().any(char::is_uppercase) {
        word.to_lowercase().into()
    } else {
        word.into()
    };
    let own = CLASSES.get(&*lower).copied();
    own.unwrap_or_else(|| class_of_kinds(kinds_of(word)))
}

/// What words of these kinds do.
fn class_of_kinds(kinds: Kinds) -> Class {
    const NAMES: Kinds = Kinds::of_all(&[Kinds::WEAK, Kinds::GIVEN, Kinds::HAN, Kinds::FAMOUS]);
    const PLACES: Kinds = Kinds::of_all(&[Kinds::PLACE, Kinds::NATION, Kinds::ORGANISATION]);
    if kinds.any(Kinds::PARTICLE) {
        Class::Particle
    } else if kinds.any(NAMES) {
        Class::Plain
    } else if kinds.any(Kinds::TIME) {
        Class::Calendar
    } else if kinds.any(Kinds::TITLE | Kinds::SOFT_TITLE) {
        Class::Title
    } else if kinds.any(PLACES) {
        Class::Place
    } else {
        Class::Plain
    }
}

/// Whether a small word stands within names, whatever else it does: `de`.
pub(super) fn is_particle(word: &str) -> bool {
    kinds_of(word).any(Kinds::PARTICLE)
}
