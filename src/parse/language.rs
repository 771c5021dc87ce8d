//! Names the language of an article.
//!
//! In: what the record says, and its text. Out: an ISO 639-1 code in lower case,
//! or nothing rather than a guess.

use whatlang::Lang;

/// How much of a text is looked at.
const SAMPLE_BYTES: usize = 2_000;
/// Shorter texts are not guessed at.
const MIN_CHARS: usize = 200;

/// ISO 639-1 and 639-3 codes and the English names.
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("af", "afr", "afrikaans"),
    ("sq", "sqi", "albanian"),
    ("am", "amh", "amharic"),
    ("ar", "ara", "arabic"),
    ("hy", "hye", "armenian"),
    ("az", "aze", "azerbaijani"),
    ("be", "bel", "belarusian"),
    ("bn", "ben", "bengali"),
    ("bs", "bos", "bosnian"),
    ("bg", "bul", "bulgarian"),
    ("my", "mya", "burmese"),
    ("ca", "cat", "catalan"),
    ("zh", "cmn", "chinese"),
    ("zh", "zho", "mandarin"),
    ("hr", "hrv", "croatian"),
    ("cs", "ces", "czech"),
    ("da", "dan", "danish"),
    ("nl", "nld", "dutch"),
    ("en", "eng", "english"),
    ("eo", "epo", "esperanto"),
    ("et", "est", "estonian"),
    ("fa", "fas", "persian"),
    ("fa", "pes", "farsi"),
    ("fi", "fin", "finnish"),
    ("fr", "fra", "french"),
    ("gl", "glg", "galician"),
    ("ka", "kat", "georgian"),
    ("de", "deu", "german"),
    ("el", "ell", "greek"),
    ("gu", "guj", "gujarati"),
    ("he", "heb", "hebrew"),
    ("hi", "hin", "hindi"),
    ("hu", "hun", "hungarian"),
    ("is", "isl", "icelandic"),
    ("id", "ind", "indonesian"),
    ("ga", "gle", "irish"),
    ("it", "ita", "italian"),
    ("ja", "jpn", "japanese"),
    ("jv", "jav", "javanese"),
    ("kn", "kan", "kannada"),
    ("kk", "kaz", "kazakh"),
    ("km", "khm", "khmer"),
    ("ko", "kor", "korean"),
    ("ku", "kur", "kurdish"),
    ("la", "lat", "latin"),
    ("lv", "lav", "latvian"),
    ("lt", "lit", "lithuanian"),
    ("mk", "mkd", "macedonian"),
    ("ms", "msa", "malay"),
    ("ml", "mal", "malayalam"),
    ("mr", "mar", "marathi"),
    ("ne", "nep", "nepali"),
    ("no", "nor", "norwegian"),
    ("nb", "nob", "bokmal"),
    ("or", "ori", "oriya"),
    ("pl", "pol", "polish"),
    ("pt", "por", "portuguese"),
    ("pa", "pan", "punjabi"),
    ("ro", "ron", "romanian"),
    ("ru", "rus", "russian"),
    ("sr", "srp", "serbian"),
    ("si", "sin", "sinhalese"),
    ("sk", "slk", "slovak"),
    ("sl", "slv", "slovenian"),
    ("so", "som", "somali"),
    ("es", "spa", "spanish"),
    ("sw", "swa", "swahili"),
    ("sv", "swe", "swedish"),
    ("tl", "tgl", "tagalog"),
    ("ta", "tam", "tamil"),
    ("te", "tel", "telugu"),
    ("th", "tha", "thai"),
    ("tr", "tur", "turkish"),
    ("tk", "tuk", "turkmen"),
    ("uk", "ukr", "ukrainian"),
    ("ur", "urd", "urdu"),
    ("uz", "uzb", "uzbek"),
    ("vi", "vie", "vietnamese"),
    ("cy", "cym", "welsh"),
    ("yi", "yid", "yiddish"),
    ("zu", "zul", "zulu"),
];

/// The code for a language as records write it: `en-GB`, `en_US`, `eng`, `English`.
/// `None` for anything that names no language.
pub(super) fn normalise(name: &str) -> Option<String> {
    let name = name.trim().to_lowercase();
    let main = name.split(['-', '_', ' ', ';', ',']).next().unwrap_or("");
    let known = LANGUAGES
        .iter()
        .find(|(two, three, english)| main == *two || main == *three || main == *english);
    match known {
        Some((two, ..)) => Some((*two).to_owned()),
        // A code of two letters that the table lacks is still what the record says.
        None => (main.len() == 2 && main.bytes().all(|b| b.is_ascii_lowercase()))
            .then(|| main.to_owned()),
    }
}

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

/// Whether words that only English has are as frequent as they are there. The
/// detector takes longer than all the rest of reading an article does, and on
/// such texts it always agrees.
fn is_plainly_english(sample: &str) -> bool {
    const WORDS: &[&str] = &["the", "of", "and", "that", "with"];
    let (mut all, mut english) = (0, 0);
    for word in sample.split_ascii_whitespace() {
        all += 1;
        english += usize::from(WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)));
    }
    english >= 5 && english * 10 >= all
}

fn code(lang: Lang) -> String {
    normalise(lang.code()).unwrap_or_else(|| lang.code().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_become_two_letters() {
        for (name, code) in [
            ("en-GB", "en"),
            ("English", "en"),
            ("pt_BR", "pt"),
            ("UKR", "uk"),
        ] {
            assert_eq!(normalise(name).as_deref(), Some(code), "{name}");
        }
        assert_eq!(normalise("unknown"), None);
        assert_eq!(normalise(""), None);
    }

    #[test]
    fn short_texts_are_not_guessed_at() {
        assert_eq!(detect("The president said on Monday."), None);
        let long = "The president said on Monday that the talks would go on for a week. ".repeat(5);
        assert_eq!(detect(&long).as_deref(), Some("en"));
    }
}
