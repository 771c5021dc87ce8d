//! Names the language of an article.
//!
//! In: its text. Out: an ISO 639-1 code in lower case, or nothing rather than a
//! guess; and whether a record's claim can be true.

use whatlang::Lang;

use crate::analysis::language_code;

/// How much of a text is looked at.
const SAMPLE_BYTES: usize = 2_000;
/// Shorter texts are not guessed at.
const MIN_CHARS: usize = 200;

/// Frequent words that only English has.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "that", "with", "this", "they", "you", "from", "which", "would",
];

/// The language that a text is plainly written in.
pub(super) fn detect(body: &str) -> Option<String> {
    let sample = &body[..body.floor_char_boundary(SAMPLE_BYTES)];
    sample.chars().nth(MIN_CHARS - 1)?;
    if is_plainly_english(sample) {
        return Some("en".to_owned());
    }
    let guess = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?;
    Some(code(guess.lang()))
}

/// Whether a language, by its code, can be that of a text: the script that most of
/// its letters are in is one that the language is written in. English, which systems
/// claim of whatever is in them, must be in the words as well if these plainly are
/// of another language. Short texts and languages whose script is not known here can
/// be anything.
pub(super) fn can_be(code: &str, body: &str) -> bool {
    let sample = &body[..body.floor_char_boundary(SAMPLE_BYTES)];
    let Some(own) = scripts_of(code) else {
        return true;
    };
    if code == "en" && has_no_english(sample) && detect(sample).is_some_and(|found| found != "en") {
        return false;
    }
    if own.contains(&Script::Latin) && sample.is_ascii() {
        return true;
    }
    let (mut all, mut foreign) = (0, 0);
    for char in sample.chars().filter(|c| c.is_alphabetic()) {
        all += 1;
        foreign += usize::from(script_of(char).is_some_and(|script| !own.contains(&script)));
    }
    // A text may quote another language at length.
    all < MIN_CHARS || foreign * 10 < all * 8
}

/// Scripts that tell languages apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    Hebrew,
    Arabic,
    Indic,
    Thai,
    EastAsian,
}

fn script_of(char: char) -> Option<Script> {
    Some(match u32::from(char) {
        0x41..=0x24f | 0x1e00..=0x1eff => Script::Latin,
        0x370..=0x3ff | 0x1f00..=0x1fff => Script::Greek,
        0x400..=0x52f => Script::Cyrillic,
        0x590..=0x5ff => Script::Hebrew,
        0x600..=0x77f | 0xfb50..=0xfdff | 0xfe70..=0xfeff => Script::Arabic,
        0x900..=0xdff => Script::Indic,
        0xe00..=0xe7f => Script::Thai,
        0x1100..=0x11ff | 0x2e80..=0x9fff | 0xac00..=0xd7ff => Script::EastAsian,
        _ => return None,
    })
}

/// The scripts of a language; `None` where they are many or not known here.
fn scripts_of(code: &str) -> Option<&'static [Script]> {
    Some(match code {
        "af" | "sq" | "ca" | "cs" | "cy" | "da" | "de" | "en" | "eo" | "es" | "et" | "eu"
        | "fi" | "fr" | "ga" | "gl" | "hr" | "hu" | "id" | "is" | "it" | "la" | "lt" | "lv"
        | "ms" | "nb" | "nl" | "nn" | "no" | "pl" | "pt" | "ro" | "sk" | "sl" | "so" | "sv"
        | "sw" | "tl" | "tr" | "vi" | "zu" => &[Script::Latin],
        "be" | "bg" | "mk" | "ru" | "uk" => &[Script::Cyrillic],
        "bs" | "sr" => &[Script::Cyrillic, Script::Latin],
        "el" => &[Script::Greek],
        "he" | "yi" => &[Script::Hebrew],
        "ar" | "fa" | "ur" => &[Script::Arabic],
        "hi" | "bn" | "mr" | "ne" | "gu" | "ta" | "te" | "kn" | "ml" | "or" | "si" => {
            &[Script::Indic]
        }
        "th" => &[Script::Thai],
        "zh" | "ja" | "ko" => &[Script::EastAsian],
        _ => return None,
    })
}

/// Whether words that only English has are as frequent as they are there. The
/// detector takes longer than all the rest of reading an article does, and on
/// such texts it always agrees.
fn is_plainly_english(sample: &str) -> bool {
    let (mut all, mut english) = (0, 0);
    for word in sample.split_ascii_whitespace() {
        all += 1;
        english += usize::from(ENGLISH.iter().any(|known| known.eq_ignore_ascii_case(word)));
    }
    english >= 5 && english * 10 >= all
}

/// Whether a text of many words has next to none that only English has. Names and
/// figures are no words here.
fn has_no_english(sample: &str) -> bool {
    const MIN_WORDS: usize = 60;
    let words = sample.split_whitespace();
    let words = words.filter(|word| word.starts_with(char::is_lowercase));
    let (mut all, mut english) = (0, 0);
    for word in words {
        all += 1;
        english += usize::from(ENGLISH.contains(&word));
    }
    all >= MIN_WORDS && english * 50 < all
}

fn code(lang: Lang) -> String {
    language_code(lang.code()).unwrap_or_else(|| lang.code().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_not_guessed_at() {
        assert_eq!(detect("The president said on Monday."), None);
        let long = "The president said on Monday that the talks would go on for a week. ".repeat(5);
        assert_eq!(detect(&long).as_deref(), Some("en"));
    }

    #[test]
    fn a_claim_must_fit_the_script() {
        let russian =
            "Переговоры продлятся неделю, сообщил в понедельник представитель. ".repeat(5);
        let english = "The talks will go on for a week, a spokesman said on Monday. ".repeat(5);
        assert!(can_be("ru", &russian) && can_be("uk", &russian) && can_be("sr", &russian));
        assert!(!can_be("en", &russian) && !can_be("ru", &english) && !can_be("zh", &english));
        assert!(can_be("fr", &english) && can_be("kk", &english) && can_be("xx", &russian));
        assert!(can_be("en", &russian[..99]) && can_be("en", ""));
        assert!(can_be("ru", &format!("{english}{russian}")));
        let ukrainian =
            "Переговори триватимуть тиждень, повідомив у понеділок представник. ".repeat(5);
        assert!(!can_be("en", &format!("{russian}{ukrainian}")));
        let german = "Die Fähre fährt wieder, sobald der Sturm vorüber ist, sagte der \
            Hafenmeister am Montag, und viele warten schon seit Tagen darauf, dass sie \
            endlich auf die Inseln kommen, wo ihre Familien leben und arbeiten. "
            .repeat(5);
        assert!(!can_be("en", &german) && can_be("de", &german) && can_be("nl", &german));
        let results = "1. Ann Lee, Tarn, 20.15; 2. Bob Ray, Esk, 20.48 ".repeat(20);
        assert!(can_be("en", &results));
    }
}
