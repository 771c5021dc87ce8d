//! Makes people of by-lines.
//!
//! In: by-lines as records have them, one a person or one for all. Out: names as
//! they are counted: `Jane Doe` for `By JANE DOE, Staff Writer`, `Doe, Jane` and
//! `Jane Doe / AFP`.
//!
//! The rules, in their order:
//!
//! 1. Labels (`By`, `Par`, `Автор:`), addresses, handles and what is in brackets go.
//! 2. `;`, `|`, `/`, a full stop before an outlet, and a word for *and* part people; where the word is also found
//!    in names (`Ramón y Cajal`), only if a first and a last name are on both sides.
//! 3. Commas part people too; but a single word before one is a last name
//!    (`Doe, Jane`), and a role, an outlet or a single word behind one is no person.
//! 4. A place or an outlet goes: `in London`, `for The Harbour Post`.
//! 5. Capitals become a name: `JANE MCDOE` is `Jane McDoe`.
//!
//! If no person is left, what the by-line says stands: `Foreign desk`, `Reuters`; but
//! not what systems call those who have given no name, as `admin`.

use rustc_hash::FxHashSet;

use crate::analysis::{known_outlet, outlet_name};
use crate::text::single_spaced;

/// By-lines with more bytes are texts.
const MAX_BYTES: usize = 2_000;

/// Authors whom nobody named.
const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "webmaster",
    "editor",
    "user",
    "guest",
    "root",
    "unknown",
];

/// Whether a by-line names no one: it is an address, or what a system calls anyone.
pub(super) fn is_nobody(byline: &str) -> bool {
    let byline = byline.trim().to_lowercase();
    byline.contains("://") || NOBODY.contains(&&*byline)
}

/// The people of an article's by-lines, each once; `source` is its outlet, which is
/// none of them.
pub(super) fn people(bylines: &[String], source: Option<&str>) -> Vec<String> {
    let mut names = Vec::new();
    let mut others = Vec::new();
    for byline in bylines.iter().filter(|byline| byline.len() <= MAX_BYTES) {
        let texts = pieces(without_label(&without_addresses(byline)));
        for piece in texts.iter().flat_map(|text| at_stop(text, source)) {
            let piece = without_ends(piece);
            let is_outlet =
                known_outlet(piece).is_some() || source == Some(piece) || is_domain(piece);
            if piece.is_empty() || is_nobody(piece) {
                continue;
            }
            if is_outlet || is_role(piece) && !piece.contains(',') {
                others.push(if is_outlet {
                    outlet_name(piece)
                } else {
                    piece.to_owned()
                });
            } else {
                names.extend(comma_parts(piece, source));
            }
        }
    }
    let mut seen = FxHashSet::default();
    let found = if names.is_empty() { others } else { names };
    found
        .iter()
        .map(|name| in_letters(without_place(name)))
        .filter(|name| name.chars().any(char::is_alphabetic) && seen.insert(name.to_lowercase()))
        .collect()
}

/// The piece without the signs around it; a full stop stays behind initials and `Jr`.
fn without_ends(piece: &str) -> &str {
    let piece = piece
        .trim_start_matches(|c: char| c.is_whitespace() || ",-–—:._".contains(c))
        .trim_end_matches(|c: char| c.is_whitespace() || ",-–—:_".contains(c));
    let last = piece.rsplit([' ', '.']).find(|word| !word.is_empty());
    match last {
        Some(last) if last.chars().count() > 2 => piece.trim_end_matches('.'),
        _ => piece,
    }
}

/// The by-line without web and mail addresses, handles and brackets, and with
/// single spaces; what is in brackets stays if there is nothing else.
fn without_addresses(byline: &str) -> String {
    let is_address = |word: &str| {
        word.contains('@')
            || word.contains("://")
            || word.starts_with("www.")
            || word.contains(".com/")
    };
    let words = byline.split_whitespace().map(|word| match word {
        _ if !is_address(word) => word,
        _ if word.ends_with([',', ';']) => &word[word.len() - 1..],
        _ => "",
    });
    let text = words.collect::<Vec<_>>().join(" ");
    let mut depth = 0;
    let outside: String = text
        .chars()
        .filter(|c| {
            let was_inside = depth > 0;
            depth +=
                i32::from(matches!(c, '(' | '[')) - i32::from(matches!(c, ')' | ']') && was_inside);
            !was_inside && depth == 0
        })
        .collect();
    if outside.chars().any(char::is_alphabetic) {
        single_spaced(&outside)
    } else {
        text.replace(['(', ')', '[', ']'], " ").trim().to_owned()
    }
}

/// The by-line without `By` or another word for it, and without a role in front.
fn without_label(byline: &str) -> &str {
    const LABELS: &[&str] = &[
        "written by",
        "reported by",
        "reporting by",
        "posted by",
        "compiled by",
        "story by",
        "words by",
        "text by",
        "by",
        "par",
        "por",
        "author:",
        "authors:",
        "autor:",
        "auteur:",
        "автор:",
        "автор",
        "текст:",
        "von:",
        "da:",
        "di:",
        "door",
        "av:",
        "text:",
        "byline:",
    ];
    let lower = byline.to_lowercase();
    // Folding the case may change how long a text is.
    if lower.len() != byline.len() {
        return byline;
    }
    for label in LABELS {
        if let Some(rest) = lower.strip_prefix(label)
            && (label.ends_with(':') || rest.starts_with([' ', ':']))
        {
            let at = byline.len() - rest.len();
            return byline[at..].trim_start_matches([' ', ':']);
        }
    }
    byline
}

/// The by-line at the signs and words that part people.
fn pieces(byline: &str) -> Vec<String> {
    /// Words for *and*, and whether names have them too.
    const ANDS: &[(&str, bool)] = &[
        (" and ", false),
        (" And ", false),
        (" AND ", false),
        (" & ", false),
        (" et ", false),
        (" und ", false),
        (" och ", false),
        (" og ", false),
        (" with ", false),
        (" и ", false),
        (" та ", false),
        (" і ", false),
        (" y ", true),
        (" e ", true),
        (" i ", true),
        (" en ", true),
        (" ve ", true),
    ];
    let mut pieces: Vec<String> = byline
        .split([';', '|', '/', '•', '·', '\n'])
        .map(str::to_owned)
        .collect();
    for (and, is_in_names) in ANDS {
        pieces = pieces
            .into_iter()
            .flat_map(|piece| {
                let parts: Vec<String> = piece.split(and).map(str::to_owned).collect();
                let has_names = parts
                    .iter()
                    .all(|part| part.split_whitespace().nth(1).is_some());
                if *is_in_names && !has_names {
                    vec![piece]
                } else {
                    parts
                }
            })
            .collect();
    }
    pieces
}

/// `Jane Doe. Harbour Post` in two, if what follows the full stop is no person.
fn at_stop<'p>(piece: &'p str, source: Option<&str>) -> Vec<&'p str> {
    match piece.rsplit_once(". ") {
        Some((name, rest)) if is_other(rest, source) => vec![name, rest],
        _ => vec![piece],
    }
}

/// Whether it is a role or an outlet.
fn is_other(part: &str, source: Option<&str>) -> bool {
    is_role(part) || known_outlet(part).is_some() || source == Some(part) || is_domain(part)
}

/// Whether a part is the domain of a site: `Harbour.com`, but not `J.R.`
fn is_domain(part: &str) -> bool {
    let labels = part.rsplit_once('.');
    labels.is_some_and(|(name, ending)| {
        name.chars().nth(2).is_some()
            && (2..=4).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_lowercase())
            && !part.contains(' ')
    })
}

/// The people between the commas of a piece.
fn comma_parts(piece: &str, source: Option<&str>) -> Vec<String> {
    let parts: Vec<&str> = piece
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let is_single = |part: &&str| !part.contains(' ');
    let is_other = |part: &str| is_other(part, source);
    let is_inverted = match parts[..] {
        [last, first] => {
            is_single(&last) && !is_other(last) && !is_other(first) && !has_suffix(first)
        }
        _ => parts.len().is_multiple_of(2) && parts.iter().all(is_single),
    };
    if is_inverted {
        return parts
            .chunks(2)
            .map(|pair| format!("{} {}", pair[1], pair[0]))
            .collect();
    }
    // `Doe, J. Roe, R. P.` of a bibliography: where one name ends cannot be told.
    let is_unclear = parts.len() > 2 && is_single(&parts[0]) && !is_other(parts[0]);
    if is_unclear {
        return vec![piece.to_owned()];
    }
    let mut names: Vec<String> = Vec::new();
    for part in parts {
        match names.last_mut() {
            Some(name) if has_suffix(part) => *name = format!("{name} {part}"),
            _ if is_other(part) => {}
            // A last name of several words, or a place: neither can be told.
            Some(name) if is_single(&part) => *name = format!("{name}, {part}"),
            _ => names.push(part.to_owned()),
        }
    }
    if names.is_empty() {
        names.push(piece.to_owned());
    }
    names
}

fn has_suffix(part: &str) -> bool {
    matches!(
        part.trim_end_matches('.'),
        "Jr" | "Sr" | "II" | "III" | "IV" | "JR" | "SR"
    )
}

/// Whether it says what someone is instead of who.
fn is_role(text: &str) -> bool {
    const ROLES: &[&str] = &[
        "writer",
        "writers",
        "editor",
        "editors",
        "correspondent",
        "correspondents",
        "reporter",
        "reporters",
        "staff",
        "columnist",
        "bureau",
        "desk",
        "agency",
        "agencies",
        "contributor",
        "contributors",
        "photographer",
        "producer",
        "newsroom",
        "team",
        "chief",
        "redaktion",
        "rédaction",
        "redacción",
        "redacao",
        "redação",
        "redazione",
        "redactie",
        "redakcja",
        "редакция",
        "редакція",
        "корреспондент",
        "кореспондент",
        "agences",
        "agencias",
        "agenturen",
        "newsdesk",
        "admin",
        "editorial",
        "wire",
        "services",
        "media",
        "news",
        "network",
        "magazine",
    ];
    text.split(|c: char| !c.is_alphanumeric())
        .any(|word| ROLES.contains(&&*word.to_lowercase()))
}

/// The name without where its owner is or for whom they write.
fn without_place(name: &str) -> &str {
    const BEFORE: &[&str] = &[" in ", " for ", " at ", " à ", " aus ", " из "];
    let end = BEFORE
        .iter()
        .filter_map(|word| name.find(word))
        .filter(|&at| name[..at].contains(' '))
        .min();
    &name[..end.unwrap_or(name.len())]
}

/// A name that is all capitals with small letters; others as they are, and so are
/// words of one or two consonants (`JD`) and numerals.
fn in_letters(name: &str) -> String {
    let is_all_capitals = name.contains(' ') && !name.chars().any(char::is_lowercase);
    if !is_all_capitals {
        return name.to_owned();
    }
    let words: Vec<String> = name.split(' ').map(capitalised).collect();
    words.join(" ")
}

fn capitalised(word: &str) -> String {
    let is_initials = word.len() < 3 && !word.contains(['A', 'E', 'I', 'O', 'U', 'Y']);
    if is_initials || has_suffix(word) && !word.starts_with(['J', 'S']) {
        return word.to_owned();
    }
    let mut small = String::with_capacity(word.len());
    let mut is_start = true;
    for char in word.chars() {
        if is_start {
            small.push(char);
        } else {
            small.extend(char.to_lowercase());
        }
        let is_mc = small.ends_with("Mc") && small.chars().count() == 2;
        is_start = !char.is_alphanumeric() || is_mc;
    }
    small
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(byline: &str, names: &[&str]) {
        let people = people(&[byline.to_owned()], Some("Harbour Wire"));
        assert_eq!(people, names, "{byline:?}");
    }

    #[test]
    fn one_person() {
        for byline in [
            "Jane Doe",
            "By Jane Doe",
            "By JANE DOE, Staff Writer",
            "BY JANE DOE",
            "Doe, Jane",
            "DOE, JANE",
            "Jane Doe / AFP",
            "Jane Doe, Reuters",
            "Jane Doe, Harbour Wire",
            "Jane Doe. Harbour Wire",
            "Jane Doe, Harbour.com",
            "Jane Doe | Harbour Wire",
            "Jane Doe (Harbour Post)",
            "Jane Doe in London",
            "Jane Doe for The Harbour Post",
            "Jane Doe @janedoe",
            "Jane Doe (@janedoe), Political Editor",
            "jane@harbour.example (Jane Doe)",
            "Jane Doe <jane@harbour.example>",
            "Par Jane Doe avec agences".trim_end_matches(" avec agences"),
            "Jane Doe and JANE DOE",
            "Jane Doe and agencies",
            "Jane Doe | Harbour Advance Media for Harbour.example",
            "Staff Writer, Jane Doe",
            "Compiled by Jane Doe",
            "Reuters, Jane Doe",
            "Автор: Jane Doe",
        ] {
            check(byline, &["Jane Doe"]);
        }
    }

    #[test]
    fn several_people() {
        for byline in [
            "Jane Doe and John Roe",
            "Jane Doe et John Roe",
            "Jane Doe und John Roe",
            "Jane Doe y John Roe",
            "Jane Doe, John Roe",
            "Jane Doe; John Roe",
            "Doe, Jane; Roe, John",
            "Doe, Jane, Roe, John",
            "Jane Doe in London and John Roe in Paris",
            "By JANE DOE and JOHN ROE, Staff Writers",
            "Jane Doe, Political Editor, and John Roe",
        ] {
            check(byline, &["Jane Doe", "John Roe"]);
        }
        check(
            "By Ann Lee, Bob Ray and Cy Poe",
            &["Ann Lee", "Bob Ray", "Cy Poe"],
        );
    }

    #[test]
    fn names_stay_whole() {
        check("Ana Ramón y Cajal", &["Ana Ramón y Cajal"]);
        check("JANE O'NEIL-MCDOE", &["Jane O'Neil-Mcdoe"]);
        check("JANE MCDOE", &["Jane McDoe"]);
        check("JD ROE", &["JD Roe"]);
        check("John A. Roe", &["John A. Roe"]);
        check("J.R. ROE III", &["J.R. Roe III"]);
        check("John Roe, Jr.", &["John Roe Jr."]);
        check("Roe, J. R.", &["J. R. Roe"]);
        check(
            "Roe, J. R. Doe, J. Poe, C.",
            &["Roe, J. R. Doe, J. Poe, C."],
        );
        check("ОЛЕНА КОВАЛЬ", &["Олена Коваль"]);
        check("García Márquez, Ana", &["García Márquez, Ana"]);
        check("李伟", &["李伟"]);
        check("Bylina Roe", &["Bylina Roe"]);
    }

    #[test]
    fn what_is_no_person_stands_alone() {
        check("Foreign desk", &["Foreign desk"]);
        check("AFP", &["Agence France-Presse"]);
        check("Reuters Staff", &["Reuters"]);
        check("Harbour Wire", &["Harbour Wire"]);
        check("@janedoe", &[]);
        check("admin", &[]);
        check("Editor; Jane Doe", &["Jane Doe"]);
        check("Jane Doe/Harbour.example.no", &["Jane Doe"]);
        check("https://harbour.example/people/jane", &[]);
        check("", &[]);
        check("By", &["By"]);
        check("((", &[]);
    }
}
