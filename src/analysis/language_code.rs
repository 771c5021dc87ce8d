//! Names languages by their codes.
//!
//! In: a code or an English name, as records and users write it. Out: the
//! ISO 639-1 code in lower case, by which articles are kept and searched.

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

/// The ISO 639-1 code, in lower case, of the language that `en-GB`, `en_US`,
/// `eng` or `English` names.
///
/// Any two letters count as a code. `None` for anything that names no language.
pub fn language_code(name: &str) -> Option<String> {
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
            assert_eq!(language_code(name).as_deref(), Some(code), "{name}");
        }
        assert_eq!(language_code("unknown"), None);
        assert_eq!(language_code(""), None);
    }
}
