//! The languages whose inflections are known.

use frostem::Algorithm;

/// A language whose inflections or sentences are known, or any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(&'static str);

/// Codes with their stemmers. Text of unknown language counts as English.
const STEMMERS: &[(&str, Algorithm)] = &[
    ("ar", Algorithm::Arabic),
    ("ca", Algorithm::Catalan),
    ("cs", Algorithm::Czech),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("et", Algorithm::Estonian),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("lt", Algorithm::Lithuanian),
    ("nl", Algorithm::Dutch),
    ("no", Algorithm::Norwegian),
    ("pl", Algorithm::Polish),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sv", Algorithm::Swedish),
    ("tr", Algorithm::Turkish),
];

/// Codes of languages without a stemmer whose sentences have rules of their own.
const UNSTEMMED: &[&str] = &["hr", "is", "lv", "pl", "sk", "sl", "uk"];

impl Language {
    /// The language of an article, by its ISO 639-1 code; English where it is unknown.
    pub fn of(code: Option<&str>) -> Self {
        let code = match code {
            None | Some("") => "en",
            Some("nb" | "nn") => "no",
            Some(code) => code,
        };
        let stemmed = STEMMERS.iter().map(|(known, _)| known);
        stemmed
            .chain(UNSTEMMED)
            .find(|known| **known == code)
            .map_or(Self("unstemmed"), |known| Self(known))
    }

    /// Its stemmer; `None` for a language that has none.
    pub(super) fn algorithm(self) -> Option<Algorithm> {
        STEMMERS
            .iter()
            .find(|(known, _)| *known == self.0)
            .map(|(_, algorithm)| *algorithm)
    }
}
