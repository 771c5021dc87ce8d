//! Names languages by their codes.
//!
//! In: a code or a name, as records and users write it. Out: the
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

/// Other names by code: the languages' own, those of ISO 639-2/B, codes that were
/// withdrawn, and codes of countries that are no language's.
const OTHER_NAMES: &[(&str, &[&str])] = &[
    ("ar", &["العربية", "عربي"]),
    ("bg", &["български"]),
    ("be", &["беларуская"]),
    ("cs", &["cze", "cz", "čeština", "česky"]),
    ("cy", &["wel"]),
    ("da", &["dk", "dansk"]),
    ("de", &["ger", "deutsch"]),
    ("el", &["gre", "gr", "ελληνικά"]),
    ("es", &["español", "castellano", "espanol"]),
    ("et", &["eesti"]),
    ("eu", &["baq", "eus", "basque", "euskara"]),
    ("fa", &["per", "فارسی"]),
    ("fi", &["suomi"]),
    ("fr", &["fre", "français", "francais"]),
    ("he", &["iw", "עברית"]),
    ("hi", &["हिन्दी"]),
    ("hr", &["hrvatski"]),
    ("hu", &["magyar"]),
    ("hy", &["arm"]),
    ("id", &["in", "bahasa"]),
    ("is", &["ice"]),
    ("it", &["italiano"]),
    ("ja", &["jp", "日本語"]),
    ("ka", &["geo"]),
    ("ko", &["한국어"]),
    ("mk", &["mac"]),
    ("ms", &["may"]),
    ("my", &["bur"]),
    ("nb", &["bokmål"]),
    ("nl", &["dut", "nederlands"]),
    ("nn", &["nno", "nynorsk"]),
    ("no", &["norsk"]),
    ("pl", &["polski"]),
    ("pt", &["português", "portugues"]),
    ("ro", &["rum", "română"]),
    ("ru", &["русский"]),
    ("sk", &["slo", "slovenčina"]),
    ("sq", &["alb"]),
    ("sr", &["српски", "srpski"]),
    ("sv", &["svenska"]),
    ("tr", &["türkçe"]),
    ("uk", &["ua", "українська"]),
    ("vi", &["tiếng"]),
    ("yi", &["ji"]),
    ("zh", &["chi", "cn", "中文", "汉语", "简体中文", "繁體中文"]),
];

/// The ISO 639-1 code, in lower case, of the language that `en-GB`, `en_US`,
/// `eng`, `English` or `Deutsch` names.
///
/// Any two letters count as a code. `None` for anything that names no language.
pub fn language_code(name: &str) -> Option<String> {
    let name = name.trim().to_lowercase();
    let main = name.split(['-', '_', ' ', ';', ',']).next().unwrap_or("");
    let is_known = |(two, three, english): &&(&str, &str, &str)| {
        main == *two || main == *three || main == *english
    };
    let known = LANGUAGES.iter().find(is_known).map(|(two, ..)| *two);
    let others = || OTHER_NAMES.iter().find(|(_, names)| names.contains(&main));
    match known.or_else(|| others().map(|(two, _)| *two)) {
        Some(two) => Some(two.to_owned()),
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
            ("eng", "en"),
            ("rus", "ru"),
            ("en-US", "en"),
            ("en_US.UTF-8", "en"),
            ("de-DE", "de"),
            ("ger", "de"),
            ("fre", "fr"),
            ("chi", "zh"),
            ("Chinese (Simplified)", "zh"),
            ("zh-Hans", "zh"),
            ("Français", "fr"),
            ("русский", "ru"),
            ("Українська", "uk"),
            ("Deutsch", "de"),
            ("iw", "he"),
        ] {
            assert_eq!(language_code(name).as_deref(), Some(code), "{name}");
        }
        assert_eq!(language_code("unknown"), None);
        assert_eq!(language_code(""), None);
    }
}
