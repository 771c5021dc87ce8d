//! Finds the people whom an article mentions by name.
//!
//! In: the parts of an article, say its title and body. Out: its people, each with
//! the fullest name that the article gives, and every mention of them, in order.
//!
//! There is no list of people to look names up in. A run of capitalised words is a
//! person's name if enough clues say so: a given name or a title in front, a verb of
//! saying or an age behind, a neighbour in a list of names. A surname alone is the
//! person whose full name the article gives. In lines all in capitals, and in
//! headlines, where case tells nothing, only names known from elsewhere in the article
//! are mentions. Scripts without capitals have no mentions.

mod clues;
mod line;
mod mentions;
mod name_clues;
mod names;
mod roll;
mod scan;
mod shape;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::kinds::{BREAKS, Kinds, kinds_of};

/// A person whom an article names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The fullest form that the article gives, with single spaces: `Marco Rubio`.
    pub name: String,
}

/// A place where an article names a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Which of the parts it is in.
    pub part: usize,
    /// Bytes of that part; titles and possessives are outside.
    pub range: Range<usize>,
    /// Which of [`People::people`].
    pub person: usize,
}

/// The people of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// In the order of their first mentions.
    pub people: Vec<Person>,
    /// In the order of the text, not overlapping.
    pub mentions: Vec<Mention>,
}

/// Finds the people in an article's `parts`, which share their people.
///
/// Takes time in proportion to the text.
pub fn people(parts: &[&str]) -> People {
    let mut words = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        scan::scan(part, number, &mut words);
    }
    let (names, organisations) = names::names(parts, &words);
    mentions::find_people(parts, &words, &names, &organisations)
}

/// How many of a name's words stand before the name: a title, and what goes with it
/// (`French President`, `Secretary of State`). At least one word is the name.
pub(super) fn words_before_name(name: &[&str]) -> usize {
    let is_title = |word: &&str| kinds_of(word).any(Kinds::TITLE | Kinds::SOFT_TITLE);
    let is_no_name = |word: &&str| {
        let kinds = kinds_of(word);
        let named = kinds.any(Kinds::GIVEN | Kinds::WEAK | Kinds::HAN | Kinds::FAMOUS);
        kinds.any(BREAKS) && !named
    };
    let leading = |goes: &dyn Fn(&&str) -> bool| name.iter().take_while(|word| goes(word)).count();
    let all = leading(&|word| is_title(word) || is_no_name(word));
    match name.get(..all) {
        Some(before) if all < name.len() && before.iter().any(is_title) => all,
        // The last of them may be a surname: `President Ford`, `Senator King`.
        _ => leading(&is_title).min(name.len().saturating_sub(1)),
    }
}
