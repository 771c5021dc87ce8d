//! Respells names that end as those of Eastern Europe do.
//!
//! In: a word in small Latin letters. Out: its key, if it ends that way. English,
//! German, French and Polish spellings of one Russian or Ukrainian name differ in its
//! hissing sounds, its v, its y and the vowels after it; here these are one letter
//! each. The German `z` for ts and `s` for z are told by other German spellings.

/// Endings in the spellings of several languages, and the one that stands for them; of
/// two that fit, the longer one comes first.
const ENDINGS: &[(&str, &str)] = &[
    ("skyy", "ski"),
    ("skyi", "ski"),
    ("skiy", "ski"),
    ("skij", "ski"),
    ("skyj", "ski"),
    ("skii", "ski"),
    ("sky", "ski"),
    ("ski", "ski"),
    ("skaya", "ska"),
    ("skaja", "ska"),
    ("skaia", "ska"),
    ("ska", "ska"),
    ("tskyy", "tski"),
    ("schtschenko", "Senko"),
    ("enko", "enko"),
    ("shvili", "Svili"),
    ("schwili", "Svili"),
    ("chvili", "Svili"),
    ("nadze", "nase"),
    ("nadse", "nase"),
    ("vitsch", "vic"),
    ("witsch", "vic"),
    ("vitch", "vic"),
    ("wicz", "vic"),
    ("vich", "vic"),
    ("vych", "vic"),
    ("wytsch", "vic"),
    ("vic", "vic"),
    ("off", "ov"),
    ("eff", "ev"),
    ("ow", "ov"),
    ("ov", "ov"),
    ("ew", "ev"),
    ("ev", "ev"),
    ("owa", "ova"),
    ("ova", "ova"),
    ("ewa", "eva"),
    ("eva", "eva"),
    ("nyan", "nan"),
    ("njan", "nan"),
    ("nian", "nan"),
    ("tschuk", "Suk"),
    ("chuk", "Suk"),
    ("tchouk", "Suk"),
    ("czuk", "Suk"),
    ("niuk", "nuk"),
    ("nyuk", "nuk"),
    ("njuk", "nuk"),
    ("niouk", "nuk"),
    ("tschko", "Sko"),
    ("tchko", "Sko"),
    ("chko", "Sko"),
    ("czko", "Sko"),
    ("gyan", "gan"),
];

/// What spellings have for one sound, longest first; S is any hissing sound but s and z.
const RULES: &[(&str, &str)] = &[
    ("schtsch", "S"),
    ("chtch", "S"),
    ("chtsch", "S"),
    ("shch", "S"),
    ("szcz", "S"),
    ("tsch", "S"),
    ("tch", "S"),
    ("sch", "S"),
    ("sh", "S"),
    ("ch", "S"),
    ("cz", "S"),
    ("sz", "S"),
    ("zh", "S"),
    ("kh", "h"),
    ("ts", "s"),
    ("tz", "s"),
    ("ks", "ks"),
    ("x", "ks"),
    ("ph", "f"),
    ("ou", "u"),
    ("oo", "u"),
    ("c", "k"),
    ("w", "v"),
    ("z", "s"),
    ("j", "i"),
    ("y", "i"),
];

/// The key of a word of Eastern Europe; `None` for other words.
pub(super) fn respelled(letters: &str) -> Option<String> {
    const SHORTEST_STEM: usize = 2;
    let (ending, plain) = ENDINGS
        .iter()
        .find(|(ending, _)| letters.ends_with(ending))?;
    let stem = &letters[..letters.len() - ending.len()];
    if stem.len() < SHORTEST_STEM || is_western(letters) {
        return None;
    }
    let stem = german_kh(stem, letters);
    let spelled = super::replaced(&stem, RULES);
    Some(softened(&super::single(&(spelled + plain))))
}

/// Whether a word ends so by chance.
fn is_western(letters: &str) -> bool {
    // Brown does not; Barlow, Matthew, Andrew, Enjoy and the like do.
    [
        "llow", "rlow", "slow", "trow", "hew", "rew", "lew", "dow", "bow", "kow", "now", "rrow",
        "nnow", "orf",
    ]
    .iter()
    .any(|ending| letters.ends_with(ending))
}

/// German has `ch` where English has `kh`, and `tsch` where that has `ch`.
fn german_kh(stem: &str, letters: &str) -> String {
    let german = letters.contains("tsch")
        || letters.contains('w')
        || letters.ends_with("skyj")
        || letters.ends_with("skij");
    if !german && !stem.starts_with("chr") {
        return stem.to_owned();
    }
    let mut plain = String::with_capacity(stem.len());
    let mut rest = stem;
    while let Some(at) = rest.find("ch") {
        plain.push_str(&rest[..at]);
        let hissing = plain.ends_with('s') || plain.ends_with('t');
        plain.push_str(if hissing { "ch" } else { "kh" });
        rest = &rest[at + 2..];
    }
    plain + rest
}

/// The key without the i before a vowel, which spellings have or not, and with e for
/// what is ё, e or o after a hissing sound.
fn softened(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    let mut soft = String::with_capacity(key.len());
    for (at, &char) in letters.iter().enumerate() {
        let before_vowel = letters
            .get(at + 1)
            .is_some_and(|next| "aeiou".contains(*next));
        if char == 'i' && before_vowel {
            continue;
        }
        let hissing = soft.ends_with('S');
        soft.push(if hissing && char == 'o' { 'e' } else { char });
    }
    soft.to_lowercase()
}
