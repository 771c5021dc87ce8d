//! What the shape and the kinds of words tell of them.
//!
//! In: a word with a capital, or several. Out: whether it looks like a surname, an Asian
//! given name or an abstract noun; whether there is no surname among them.

use super::scan::Word;
use crate::analysis::kinds::Kinds;

/// Whether a small letter follows a hyphen, as in `Ki-moon`.
pub(super) fn has_syllables(word: &str) -> bool {
    let (_, behind) = word.split_once('-').unwrap_or_default();
    behind.starts_with(char::is_lowercase)
}

/// Whether a word ends as many surnames do and few other names.
pub(super) fn has_shape(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "ov",
        "ova",
        "ev",
        "eva",
        "enko",
        "sky",
        "ski",
        "ska",
        "skiy",
        "skyy",
        "vich",
        "vic",
        "ić",
        "wicz",
        "sson",
        "sen",
        "dze",
        "shvili",
        "yan",
        "ez",
        "oglu",
        "ullah",
        "poulos",
        "berg",
        "stein",
        "mann",
        "elli",
        "etti",
        "ini",
        "chuk",
        "czyk",
        "aitis",
        "auskas",
        "eanu",
        "escu",
        "quist",
        "strom",
        "ström",
        "ström",
        "kainen",
        "nen",
        "akis",
        "ides",
        "wala",
        "singh",
        "nathan",
        "ский",
        "ская",
        "енко",
        "ова",
        "ев",
        "ова",
        "ян",
        "швили",
    ];
    word.len() > 4 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Whether a word ends as nouns do that are no surnames.
pub(super) fn is_abstract(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "tion", "tions", "sion", "sions", "ment", "ments", "ness", "ity", "ities", "ology", "ist",
        "ists", "ism", "ives", "ship", "ships", "tors", "ics", "ance", "ence", "ences", "ances",
        "ical", "able", "ing", "ings", "ies", "ents", "ants", "icans", "ians", "ters", "ders",
        "gers", "icers", "ory",
    ];
    word.len() > 5 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Whether no surname is among the words of a name.
pub(super) fn is_given(name: &[Word<'_>]) -> bool {
    let given = Kinds::GIVEN | Kinds::WEAK | Kinds::INITIAL;
    name.iter().all(|word| word.kinds.any(given))
}

/// What follows an `and` in the name of a firm.
pub(super) fn is_partners(word: &str) -> bool {
    matches!(
        word,
        "Co" | "Company" | "Sons" | "Brothers" | "Partners" | "Associates"
    )
}
