//! Repairs UTF-8 that someone read as Windows-1252 or Latin-1: `â€™` is `’`.
//!
//! In: a text as a record has it, before its control characters are cleaned away.
//! Out: the text repaired, and how much was repaired, kept and lost.
//!
//! A *run* is a row of signs beyond ASCII that Windows-1252 has. If the bytes of a
//! run are UTF-8 throughout, it may be damaged; French `é »` and Portuguese `ALEMÔ
//! do that by chance. So a run is repaired only if it is told by itself, as `Ã©` and
//! `Ð¡Ð¾` are ([`is_told`]), or if nearly all runs of the text can be decoded and one
//! of them is told. A run that is damaged but does not decode as a whole is kept.

use std::ops::Range;

use memchr::{memchr_iter, memmem};

/// Texts have been read wrongly and written back this often.
const MAX_TIMES: usize = 3;

/// What was found in an article's texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Damage {
    /// Runs that were repaired.
    repaired: usize,
    /// Runs that are damaged and kept as they are.
    kept: usize,
    /// U+FFFD, where signs were lost before.
    lost: usize,
}

impl Damage {
    /// What to tell about it; `None` if there is none.
    pub(super) fn message(&self) -> Option<String> {
        let places = |count: usize| match count {
            1 => "1 place".to_owned(),
            _ => format!("{count} places"),
        };
        let mut parts = Vec::new();
        if self.repaired > 0 {
            parts.push(format!("repaired in {}", places(self.repaired)));
        }
        if self.kept > 0 {
            parts.push(format!("kept as it is in {}", places(self.kept)));
        }
        if self.lost > 0 {
            parts.push(format!("lost characters (U+FFFD) in {}", places(self.lost)));
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// Repairs a text, and adds what it found to `damage`.
pub(super) fn repair(mut text: String, damage: &mut Damage) -> String {
    let mut kept = 0;
    for time in 0..MAX_TIMES {
        if !is_suspicious(&text) {
            break;
        }
        let pass = Pass::over(&text);
        kept = pass.kept;
        if pass.repairs.is_empty() {
            break;
        }
        // Twice damaged is one damage.
        if time == 0 {
            damage.repaired += pass.repairs.len();
        }
        text = pass.applied_to(&text);
    }
    damage.kept += kept;
    damage.lost += memmem::find_iter(text.as_bytes(), "\u{fffd}").count();
    text
}

/// Whether a sign that may be the first byte of a sequence is followed by one that
/// may be its second: `À` to `ô`, then a sign between U+0080 and U+00BF or one that
/// Windows-1252 has in the place of a control character.
fn is_suspicious(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr_iter(0xc3, bytes).any(|at| {
        matches!(bytes.get(at + 1), Some(0x82..=0xb4))
            && matches!(bytes.get(at + 2), Some(0xc2 | 0xc5 | 0xc6 | 0xcb | 0xe2))
    })
}

/// What one look at a text found.
struct Pass {
    repairs: Vec<(Range<usize>, String)>,
    kept: usize,
}

impl Pass {
    fn over(text: &str) -> Self {
        let (mut told, mut untold) = (Vec::new(), Vec::new());
        let (mut kept, mut others) = (0, 0);
        for run in runs(text) {
            let bytes: Vec<u8> = text[run.clone()].chars().filter_map(byte).collect();
            match String::from_utf8(bytes) {
                Ok(decoded) if is_told(text, &run, &decoded) => told.push((run, decoded)),
                Ok(decoded) => untold.push((run, decoded)),
                Err(error) if is_broken(error.as_bytes()) => kept += 1,
                Err(_) => others += 1,
            }
        }
        let decodable = told.len() + untold.len();
        if !told.is_empty() && decodable >= 9 * others {
            told.append(&mut untold);
            told.sort_unstable_by_key(|(run, _)| run.start);
        }
        Self {
            repairs: told,
            kept,
        }
    }

    fn applied_to(self, text: &str) -> String {
        let mut repaired = String::with_capacity(text.len());
        let mut done = 0;
        for (run, decoded) in self.repairs {
            repaired.push_str(&text[done..run.start]);
            repaired.push_str(&decoded);
            done = run.end;
        }
        repaired.push_str(&text[done..]);
        repaired
    }
}

/// Rows of signs beyond ASCII that Windows-1252 has.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = chars.find(|(_, char)| byte(*char).is_some())?;
        while chars.next_if(|(_, char)| byte(*char).is_some()).is_some() {}
        let end = chars.peek().map_or(text.len(), |(at, _)| *at);
        Some(start..end)
    })
}

/// The byte beyond ASCII that Windows-1252 reads as this sign; where it has none,
/// Latin-1's.
fn byte(char: char) -> Option<u8> {
    const IN_WINDOWS: [(char, u8); 27] = [
        ('€', 0x80),
        ('‚', 0x82),
        ('ƒ', 0x83),
        ('„', 0x84),
        ('…', 0x85),
        ('†', 0x86),
        ('‡', 0x87),
        ('ˆ', 0x88),
        ('‰', 0x89),
        ('Š', 0x8a),
        ('‹', 0x8b),
        ('Œ', 0x8c),
        ('Ž', 0x8e),
        ('‘', 0x91),
        ('’', 0x92),
        ('“', 0x93),
        ('”', 0x94),
        ('•', 0x95),
        ('–', 0x96),
        ('—', 0x97),
        ('˜', 0x98),
        ('™', 0x99),
        ('š', 0x9a),
        ('›', 0x9b),
        ('œ', 0x9c),
        ('ž', 0x9e),
        ('Ÿ', 0x9f),
    ];
    match u32::from(char) {
        0..0x80 => None,
        code @ 0x80..0x100 => u8::try_from(code).ok(),
        _ => IN_WINDOWS
            .iter()
            .find(|(own, _)| *own == char)
            .map(|(_, byte)| *byte),
    }
}

/// Whether a run is damaged beyond doubt, which decodes to `decoded`.
fn is_told(text: &str, run: &Range<usize>, decoded: &str) -> bool {
    let mut chars = decoded.chars();
    let Some(only) = chars.next().filter(|_| chars.next().is_none()) else {
        // Two sequences in a row do not come about by chance.
        return true;
    };
    let mut bytes = [0; 4];
    let bytes = only.encode_utf8(&mut bytes).as_bytes();
    let is_small = |char: Option<char>| char.is_some_and(char::is_lowercase);
    // `sÄ…`: no word goes on with a capital and a sign, and after a capital and a
    // sign none goes on in small letters.
    let is_within_word =
        is_small(text[..run.start].chars().next_back()) || is_small(text[run.end..].chars().next());
    match *bytes {
        [0xc2, second] => second >= 0xa0,
        // Behind a capital, quotation marks, dashes and points are what they seem.
        [0xc3, 0x82 | 0x84 | 0x85 | 0x8b | 0x91..=0x97 | 0x9b] => is_within_word,
        [0xc3, _] => true,
        [0xc4..=0xdb, _] => is_within_word,
        [0xe2, second, _] => second < 0xa0,
        [0xef, 0xbb, 0xbf] | [0xef, 0xbf, 0xbd] | [0xf0, 0x9f, ..] => true,
        _ => false,
    }
}

/// Whether bytes that are not UTF-8 hold pairs that only damage makes.
fn is_broken(bytes: &[u8]) -> bool {
    let pairs = || bytes.windows(2).map(|pair| (pair[0], pair[1]));
    pairs().any(|pair| matches!(pair, (0xe2, 0x80 | 0x82) | (0xc2 | 0xc3, 0xa1..=0xbf)))
        || pairs()
            .filter(|pair| matches!(pair, (0xd0 | 0xd1, 0x80..=0xbf)))
            .count()
            > 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// UTF-8 read as Windows-1252.
    fn damaged(text: &str) -> String {
        let read = |byte: u8| {
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(&[byte])
                .0
                .into_owned()
        };
        text.bytes().map(read).collect()
    }

    /// UTF-8 read as Latin-1.
    fn damaged_as_latin_1(text: &str) -> String {
        text.bytes().map(char::from).collect()
    }

    #[track_caller]
    fn check(text: &str, repaired: &str, damage: (usize, usize, usize)) {
        let mut found = Damage::default();
        assert_eq!(repair(text.to_owned(), &mut found), repaired);
        assert_eq!((found.repaired, found.kept, found.lost), damage, "{text}");
    }

    const TEXTS: &[&str] = &[
        "It’s “over” – they said…",
        "Le café où l’été s’achève à Orléans",
        "Łódź leży w środku, są też góry",
        "İstanbul’da yağmur yağıyor, şimdi",
        "Россия и Украина",
        "Північ і південь, її ґанок",
        "Η Αθήνα σήμερα",
        "القاهرة اليوم",
        "北京 2025 年，春天",
        "Straße, Ärger, Übermut",
        "Añón — 5 °C, 10 €, ½",
        "😀 a word",
    ];

    #[test]
    fn damage_is_undone() {
        for text in TEXTS {
            for damage in [damaged, damaged_as_latin_1] {
                let mut found = Damage::default();
                assert_eq!(repair(damage(text), &mut found), *text);
                assert!(found.repaired > 0 && found.kept == 0);
                assert_eq!(repair(damage(&damage(text)), &mut Damage::default()), *text);
            }
        }
    }

    #[test]
    fn places_are_counted() {
        check(
            "Itâ€™s a cafÃ© in a plain text",
            "It’s a café in a plain text",
            (2, 0, 0),
        );
        check("Ã¢â‚¬â„¢", "’", (1, 0, 0));
        check("a \u{fffd} b\u{fffd}", "a \u{fffd} b\u{fffd}", (0, 0, 2));
        check("an endâ€ of a quote", "an endâ€ of a quote", (0, 1, 0));
        check("the ï¿½ sign", "the \u{fffd} sign", (1, 0, 1));
    }

    #[test]
    fn what_only_looks_so_stays() {
        for text in TEXTS.iter().chain(&[
            "« Il a été\u{a0}», dit-elle. « L’été\u{a0}»… « à\u{a0}»",
            "“A SELEÇÃO DO ALEMÔ disse",
            "„Das große Ä“ und „Gruß“",
            "„Café“ — ‘À’ – É…",
            "SÃO PAULO, AMANHÃ, NÃO",
            "10 Å, 5 µm, 20 °C, §§ 1–3, ©2025, 3×4",
            "Þórður Ðe",
        ]) {
            check(text, text, (0, 0, 0));
        }
    }

    #[test]
    fn a_quoted_damage_leaves_the_rest_alone() {
        let text = "« L’été\u{a0}» et « é\u{a0}», puis à côté, où, déjà, « donâ€™t »";
        check(text, &text.replace("â€™", "’"), (1, 0, 0));
    }

    #[test]
    fn words_tell_it() {
        let damage = Damage {
            repaired: 2,
            kept: 1,
            lost: 0,
        };
        assert_eq!(
            damage.message().as_deref(),
            Some("repaired in 2 places, kept as it is in 1 place")
        );
        assert_eq!(Damage::default().message(), None);
    }

    proptest! {
        #[test]
        fn any_text_is_repaired_or_kept(text in any::<String>()) {
            let repaired = repair(text.clone(), &mut Damage::default());
            prop_assert!(repaired.len() <= text.len());
        }

        #[test]
        fn words_of_any_language_survive_damage(
            words in prop::collection::vec(prop::sample::select(TEXTS), 1..6),
        ) {
            let text = words.join(" ");
            prop_assert_eq!(repair(damaged(&text), &mut Damage::default()), text.as_str());
            let mut found = Damage::default();
            prop_assert_eq!(repair(text.clone(), &mut found), text);
            prop_assert_eq!(found, Damage::default());
        }
    }
}
