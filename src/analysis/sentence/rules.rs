//! What each language abbreviates, and how its sentences begin.
//!
//! In: a language, and words around a dot. Out: whether the dot may end a sentence.
//!
//! `abbreviations.tsv` has lines of a language, a kind, and words without their last
//! dot; `start` has words that begin sentences and hardly ever names. Languages that
//! are not there have the rules that all share.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::Language;

/// Where an abbreviation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Never at the end: `Gen.`, `e.g.`
    Inside,
    /// Abbreviates only before a number: `No. 5`, `Jan. 3`.
    BeforeNumber,
    /// At the end if a word that begins sentences follows: `Inc.`, `p.m.`
    Either,
}

/// The rules of a language.
#[derive(Debug, Default)]
pub(super) struct Rules {
    abbreviations: FxHashMap<&'static str, Kind>,
    starts: FxHashSet<&'static str>,
    /// Whether a dot makes a number an ordinal: `3. Oktober`.
    pub(super) ordinals: bool,
}

static RULES: LazyLock<FxHashMap<Language, Rules>> = LazyLock::new(|| {
    let mut by_language: FxHashMap<Language, Rules> = FxHashMap::default();
    for line in include_str!("abbreviations.tsv").lines() {
        let mut columns = line.split('\t');
        let language = Language::of(columns.next());
        let rules = by_language.entry(language).or_default();
        let kind = match columns.next() {
            Some("inside") => Some(Kind::Inside),
            Some("number") => Some(Kind::BeforeNumber),
            Some("either") => Some(Kind::Either),
            Some("ordinals") => {
                rules.ordinals = true;
                continue;
            }
            _ => None,
        };
        let words = columns.next().unwrap_or("").split_ascii_whitespace();
        match kind {
            Some(kind) => rules.abbreviations.extend(words.map(|word| (word, kind))),
            None => rules.starts.extend(words),
        }
    }
    by_language
});

static SHARED: LazyLock<Rules> = LazyLock::new(Rules::default);

impl Rules {
    pub(super) fn of(language: Language) -> &'static Self {
        RULES.get(&language).unwrap_or(&SHARED)
    }

    /// What `word`, which a dot follows, abbreviates; a capital at its start, or capitals
    /// only, do not matter.
    pub(super) fn abbreviation(&self, word: &str) -> Option<Kind> {
        const LONGEST_BYTES: usize = 16;
        if word.len() > LONGEST_BYTES {
            return None;
        }
        let known = |word: &str| self.abbreviations.get(word).copied();
        let mut chars = word.chars();
        known(word).or_else(|| {
            let first = chars.next().filter(|c| c.is_uppercase())?;
            let lower: String = first.to_lowercase().chain(chars.clone()).collect();
            let title = || known(&format!("{first}{}", chars.as_str().to_lowercase()));
            known(&lower).or_else(title)
        })
    }

    /// Whether the first word of `rest` begins sentences rather than goes on with a name.
    pub(super) fn begins(&self, rest: &str) -> bool {
        let end = rest.find(|c: char| !c.is_alphanumeric());
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        self.starts.contains(word) && !after.starts_with('.')
    }
}
