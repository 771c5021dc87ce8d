//! The languages whose inflections are known.

use frostem::Algorithm;

/// A language with a Snowball stemmer, or one without.
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

impl Language {
    /// The language of an article, by its ISO 639-1 code; English where it is unknown.
    pub fn of(code: Option<&str>) -> Self {
        let code = match code {
            None | Some("") => "en",
            Some("nb" | "nn") => "no",
            Some(code) => code,
        };
        STEMMERS
            .iter()
            .find(|(known, _)| *known == code)
            .map_or(Self("unstemmed"), |(known, _)| Self(known))
    }

    /// Its stemmer; `None` for a language that has none.
    pub(super) fn algorithm(self) -> Option<Algorithm> {
        STEMMERS
            .iter()
            .find(|(known, _)| *known == self.0)
            .map(|(_, algorithm)| *algorithm)
    }
}
