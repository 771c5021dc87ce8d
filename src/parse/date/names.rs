//! Names of months and of days of the week, in some sixty languages.
//!
//! In: a word. Out: the month, or whether it is a day of the week.
//!
//! `names.tsv` has a line a language: its code, twelve columns of names of months
//! and one of words for days of the week; `_` stands for a space. The names are
//! those of Unicode CLDR (wide and abbreviated, alone and in a date) with a few
//! spellings that newspapers use besides.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::reader::plain;

/// What a word can mean in a date.
struct Names {
    /// Months, from 1, by the languages that call them so.
    months: FxHashMap<String, Vec<(&'static str, i8)>>,
    /// Days of the week, by the languages that call them so.
    days: FxHashMap<String, Vec<&'static str>>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names {
        months: FxHashMap::default(),
        days: FxHashMap::default(),
    };
    for line in include_str!("names.tsv").lines() {
        let mut columns = line.split('\t');
        let lang = columns.next().unwrap_or("");
        for (month, column) in (1..=12).zip(&mut columns) {
            for name in column.split(' ') {
                let name = plain(name).replace('_', " ");
                names.months.entry(name).or_default().push((lang, month));
            }
        }
        for name in columns.flat_map(|column| column.split(' ')) {
            names.days.entry(plain(name)).or_default().push(lang);
        }
    }
    names
});

/// The month that a plain word names, from 1; where languages differ, in `lang`.
pub(super) fn month(word: &str, lang: Option<&str>) -> Option<i8> {
    let meanings = NAMES.months.get(word)?;
    let is_own = |of: &str| Some(of) == lang;
    // `sub` is Saturday in Croatian and February in Turkish.
    let is_own_day = NAMES
        .days
        .get(word)
        .is_some_and(|langs| langs.iter().any(|of| is_own(of)));
    if is_own_day && !meanings.iter().any(|(of, _)| is_own(of)) {
        return None;
    }
    let (_, first) = *meanings.first()?;
    if meanings.iter().all(|(_, month)| *month == first) {
        return Some(first);
    }
    let own = meanings.iter().find(|(of, _)| is_own(of));
    own.map(|(_, month)| *month)
}

/// Whether a plain word names a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    NAMES.days.contains_key(word)
}

/// Whether a plain word stands in dates without telling anything about them.
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

/// Articles, prepositions, words for day, year and hour, labels, and the editions
/// of newspapers.
#[rustfmt::skip]
pub(super) const FILLERS: &[&str] = &[
    "", "a", "an", "at", "on", "of", "the", "hrs", "hours", "time", "date", "published", "posted", "dateline",
    "edition", "late", "early", "final", "first", "second", "third", "city", "national", "home", "morning",
    "evening", "main",
    "le", "la", "les", "d", "de", "del", "do", "da", "di", "il", "el", "las", "los", "al", "alle", "ore",
    "ora", "as", "du", "publie", "publicado", "pubblicato",
    "am", "den", "der", "um", "uhr", "vom", "om", "op", "uur", "kl", "klo", "klokken", "dnia", "godz",
    "o", "r", "roku", "rok", "m", "d", "gada", "g", "god", "godine", "leta", "ob", "uri", "u", "v", "ve", "dne",
    "г", "год", "года", "р", "рік", "року", "в", "о", "об", "у", "ч", "го", "е",
    "στισ", "την", "η", "στο", "ωρα", "saat", "orele", "tarihinde", "gun",
    "في", "يوم", "عام", "سنة", "الساعة", "م", "בשעה", "ב",
    "nin", "st", "nd", "rd", "th",
];
