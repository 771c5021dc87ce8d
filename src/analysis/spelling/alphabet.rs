//! Writes Cyrillic and Greek words in Latin letters.
//!
//! In: a word in small letters. Out: the word as English news would write it; letters
//! of other scripts stay.

/// The word in Latin letters.
pub(super) fn latin(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let ukrainian =
        word.contains(['і', 'ї', 'є', 'ґ']) || word.ends_with("ський") || word.ends_with("цький");
    let mut latin = String::with_capacity(word.len());
    for char in word.chars() {
        match char {
            'г' if ukrainian => latin.push('h'),
            'и' if ukrainian => latin.push('y'),
            _ => match letter(char) {
                Some(spelled) => latin.push_str(spelled),
                None => latin.push(char),
            },
        }
    }
    latin
}

fn letter(char: char) -> Option<&'static str> {
    Some(match char {
        'а' | 'α' | 'ά' => "a",
        'б' => "b",
        'в' | 'β' => "v",
        'г' | 'ґ' | 'γ' => "g",
        'ѓ' => "gj",
        'д' | 'δ' => "d",
        'ђ' => "dj",
        'е' | 'э' | 'ε' | 'έ' => "e",
        'ё' => "yo",
        'є' => "ye",
        'ж' => "zh",
        'з' | 'ζ' | 'ѕ' => "z",
        'и' | 'і' | 'η' | 'ή' | 'ι' | 'ί' | 'ϊ' | 'ΐ' => "i",
        'ї' => "yi",
        'й' | 'ы' | 'υ' | 'ύ' => "y",
        'ј' => "j",
        'к' | 'κ' => "k",
        'ќ' => "kj",
        'л' | 'λ' => "l",
        'љ' => "lj",
        'м' | 'μ' => "m",
        'н' | 'ν' => "n",
        'њ' => "nj",
        'о' | 'ο' | 'ό' | 'ω' | 'ώ' => "o",
        'п' | 'π' => "p",
        'р' | 'ρ' => "r",
        'с' | 'σ' | 'ς' => "s",
        'т' | 'τ' => "t",
        'ћ' => "c",
        'у' | 'ў' => "u",
        'ф' | 'φ' => "f",
        'х' => "kh",
        'χ' => "ch",
        'ц' => "ts",
        'ч' => "ch",
        'џ' => "dz",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        'θ' => "th",
        'ξ' => "x",
        'ψ' => "ps",
        _ => return None,
    })
}
