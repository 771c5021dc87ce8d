//! What kinds of words a word may be of, as far as names go.
//!
//! In: a word as it stands in a text. Out: its kinds, from two lists in the
//! folder of this name. They know which words are frequent given names, titles, places and
//! parts of organisations' names; what they do not know may be a surname.

use std::ops::BitOr;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::fold::{fold_marks, lower};

/// A set of kinds of words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(u32);

impl Kinds {
    /// A given name that is hardly anything else.
    pub(super) const GIVEN: Self = Self(1);
    /// A given name that is as often something else: May, Jordan, Grant.
    pub(super) const WEAK: Self = Self(1 << 1);
    /// A surname of China, Korea or Vietnam, which stands first.
    pub(super) const HAN: Self = Self(1 << 2);
    /// A title or office, with a capital.
    pub(super) const TITLE: Self = Self(1 << 3);
    /// An office, trade or kinship, with a small letter.
    pub(super) const ROLE: Self = Self(1 << 4);
    /// A verb of which mostly people are the subject.
    pub(super) const SPEECH: Self = Self(1 << 5);
    /// A small word within names: de, van, bin.
    pub(super) const PARTICLE: Self = Self(1 << 6);
    /// Jr, III.
    pub(super) const SUFFIX: Self = Self(1 << 7);
    /// A surname that news use without a given name.
    pub(super) const FAMOUS: Self = Self(1 << 8);
    /// Of a nation, party or faith.
    pub(super) const NATION: Self = Self(1 << 9);
    /// A country, region, city or club named after one.
    pub(super) const PLACE: Self = Self(1 << 10);
    /// A month, day or feast.
    pub(super) const TIME: Self = Self(1 << 11);
    /// Ends names of organisations, places, laws and events.
    pub(super) const ORGANISATION: Self = Self(1 << 12);
    /// Begins names of places and clubs: Lake, New, Real.
    pub(super) const OPENER: Self = Self(1 << 13);
    /// An article, pronoun, preposition, auxiliary or the like.
    pub(super) const FUNCTION: Self = Self(1 << 14);
    /// A common noun, adjective or verb that starts sentences or stands in headlines.
    pub(super) const COMMON: Self = Self(1 << 15);
    /// One letter, with or without a dot, or several with dots: J., J.D.
    pub(super) const INITIAL: Self = Self(1 << 16);
    /// A title that as often starts other names: General, Chief, Justice.
    pub(super) const SOFT_TITLE: Self = Self(1 << 18);
    /// All in capitals, or with a digit: no name unless one is known.
    pub(super) const CAPITALS: Self = Self(1 << 17);

    /// The kinds of all these sets.
    pub(super) const fn of_all(sets: &[Self]) -> Self {
        let (mut all, mut at) = (0, 0);
        while at < sets.len() {
            all |= sets[at].0;
            at += 1;
        }
        Self(all)
    }

    /// Whether any of `kinds` is among these.
    #[inline]
    pub(super) fn any(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }
}

impl BitOr for Kinds {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What no name goes on with, unless a given name comes before.
pub(super) const BREAKS: Kinds = Kinds::of_all(&[
    Kinds::NATION,
    Kinds::PLACE,
    Kinds::TIME,
    Kinds::ORGANISATION,
    Kinds::FUNCTION,
    Kinds::COMMON,
    Kinds::CAPITALS,
    Kinds::TITLE,
    Kinds::SOFT_TITLE,
]);

/// What may be a surname after a given name, though it mostly is something else.
pub(super) const SURNAMES: Kinds = Kinds::of_all(&[
    Kinds::PLACE,
    Kinds::COMMON,
    Kinds::TITLE,
    Kinds::SOFT_TITLE,
    Kinds::ORGANISATION,
    Kinds::NATION,
]);

/// The names of the kinds in `words.txt`.
const LABELS: [(&str, Kinds); 15] = [
    ("weak", Kinds::WEAK),
    ("han", Kinds::HAN),
    ("title", Kinds::TITLE),
    ("soft", Kinds::SOFT_TITLE),
    ("role", Kinds::ROLE),
    ("speech", Kinds::SPEECH),
    ("particle", Kinds::PARTICLE),
    ("suffix", Kinds::SUFFIX),
    ("famous", Kinds::FAMOUS),
    ("nation", Kinds::NATION),
    ("geo", Kinds::PLACE),
    ("time", Kinds::TIME),
    ("org", Kinds::ORGANISATION),
    ("pre", Kinds::OPENER),
    ("func", Kinds::FUNCTION),
];

static KINDS: LazyLock<FxHashMap<Box<[u8]>, Kinds>> = LazyLock::new(|| {
    let mut table = FxHashMap::default();
    let mut add = |word: &str, kind: Kinds| {
        // The dots of `u.n` tell it from `Un`.
        let word = if word.contains('.') {
            word.to_owned()
        } else {
            folded(word)
        };
        let kinds: &mut Kinds = table.entry(word.into_bytes().into()).or_default();
        *kinds = *kinds | kind;
    };
    let lines = |list: &'static str| list.lines().filter(|line| !line.starts_with('#'));
    for word in lines(include_str!("kinds/given.txt")).flat_map(str::split_whitespace) {
        add(word, Kinds::GIVEN);
    }
    for (label, words) in
        lines(include_str!("kinds/words.txt")).filter_map(|line| line.split_once('\t'))
    {
        let known = LABELS.iter().find(|(name, _)| *name == label);
        let kind = known.map_or(Kinds::COMMON, |&(_, kind)| kind);
        for word in words.split_whitespace() {
            add(word, kind);
        }
    }
    table
});

/// The kinds of a word that starts with a capital.
pub(super) fn kinds_of_capitalised(word: &str) -> Kinds {
    let initial = word
        .strip_suffix('.')
        .is_some_and(|letter| letter.chars().nth(1).is_none());
    let known = if initial {
        Kinds::INITIAL
    } else {
        kinds_of(word)
    };
    if known != Kinds::default() {
        return known;
    }
    let mut letters = word.chars().filter(|char| char.is_alphabetic());
    let first = letters.next();
    if word.contains('.') || letters.next().is_none() {
        return match first {
            Some('A' | 'I' | 'А' | 'И' | 'І' | 'В' | 'О' | 'У' | 'С' | 'К' | 'Я')
                if !word.contains('.') =>
            {
                Kinds::FUNCTION
            }
            _ => Kinds::INITIAL,
        };
    }
    if word.chars().any(|char| char.is_ascii_digit()) || !word.chars().any(char::is_lowercase) {
        return Kinds::CAPITALS;
    }
    if word.contains('-') {
        kinds_of_parts(word)
    } else {
        known
    }
}

/// The kinds of a hyphenated word that is not in the lists as a whole.
fn kinds_of_parts(word: &str) -> Kinds {
    /// Longer parts in small letters are no syllables of a given name: `Jong-un`, but `British-born`.
    const LONGEST_SYLLABLE: usize = 4;
    const ADJECTIVES: [&str; 12] = [
        "led", "born", "run", "wide", "long", "like", "type", "made", "held", "era", "bred", "free",
    ];
    const NO_NAME: Kinds = Kinds::of_all(&[
        Kinds::PLACE,
        Kinds::NATION,
        Kinds::TIME,
        Kinds::FUNCTION,
        Kinds::COMMON,
    ]);
    let mut kinds = Kinds::default();
    for (number, part) in word.split('-').enumerate() {
        let of_part = kinds_of(part);
        let small = part.starts_with(char::is_lowercase);
        let capitals = part.len() > 1 && !part.chars().any(char::is_lowercase);
        let syllable = part.len() <= LONGEST_SYLLABLE && !ADJECTIVES.contains(&part);
        let adjective = small && !syllable && !of_part.any(Kinds::PARTICLE);
        if adjective || capitals || part.is_empty() || (!small && of_part.any(NO_NAME)) {
            return Kinds::COMMON;
        }
        if number == 0 && of_part.any(Kinds::GIVEN) {
            kinds = Kinds::GIVEN;
        }
    }
    kinds
}

/// The kinds under which the lists have a word, in any case.
pub(super) fn kinds_of(word: &str) -> Kinds {
    const LONGEST_BYTES: usize = 24;
    let word = word.strip_suffix('.').unwrap_or(word);
    let mut buffer = [0; LONGEST_BYTES];
    let found = match buffer.get_mut(..word.len()) {
        Some(bytes) if word.is_ascii() => {
            bytes.copy_from_slice(word.as_bytes());
            bytes.make_ascii_lowercase();
            KINDS.get(&*bytes)
        }
        _ if word.len() > 2 * LONGEST_BYTES => None,
        _ => KINDS.get(folded(word).as_bytes()),
    };
    found.copied().unwrap_or_default()
}

/// The form of a word under which its spellings meet within one article: lower case,
/// marks of Latin letters folded, endings of Cyrillic words cut.
pub(super) fn folded(word: &str) -> String {
    let mut folded = fold_marks(lower(word));
    if folded.starts_with(is_cyrillic) {
        let base = base_len(&folded);
        folded.truncate(base);
    }
    folded
}

pub(super) fn is_cyrillic(char: char) -> bool {
    matches!(char, '\u{400}'..='\u{52F}')
}

/// Bytes of a Cyrillic word in small letters without the ending of its case.
///
/// Cuts more than a stemmer would (Андрей, Андрея and Андреем all yield `андр`): what
/// is left is compared with words that were cut the same way, and only within one
/// article or with short lists.
fn base_len(word: &str) -> usize {
    const SHORTEST: usize = 3;
    let mut base = word;
    for ending in ["ого", "его", "ому", "ему"] {
        base = base.strip_suffix(ending).unwrap_or(base);
    }
    if base.chars().count() < SHORTEST {
        base = word;
    }
    while let Some(last) = base.chars().next_back() {
        if !"аеёийоуыьэюяіїєм".contains(last) || base.chars().nth(SHORTEST).is_none()
        {
            break;
        }
        base = &base[..base.len() - last.len_utf8()];
    }
    base.len()
}
