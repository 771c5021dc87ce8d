//! Tells the authors of a page from what is named along with them.
//!
//! In: names as by-lines and tags give them, and the outlet. Out: people, without
//! their jobs and employers; an agency or the outlet itself only if it names nobody.

/// Longer texts are no names.
const MAX_NAME_CHARS: usize = 80;
/// What publishing systems call an author whom nobody named.
const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "webmaster",
    "user",
    "guest",
    "root",
    "unknown",
];
/// Words that name jobs and organisations, not people.
#[rustfmt::skip]
const NO_PEOPLE: &[&str] = &[
    "writer", "editor", "editors", "editorial", "reporter", "reporters", "correspondent", "staff", "press", "news",
    "media", "agency", "agencies", "bureau", "desk", "wire", "wires", "service", "services", "contributor",
    "columnist", "team", "newsroom", "international", "associated", "redaktion", "redacción", "rédaction",
    "redazione", "redação", "редакция", "photographer", "producer", "senior", "tv", "radio",
];

/// The names worth keeping.
pub(super) fn tidy(names: Vec<String>, outlet: Option<&str>) -> Vec<String> {
    let outlet = outlet.unwrap_or_default();
    let names: Vec<String> = names
        .iter()
        .map(|name| without_employer(name, outlet))
        .filter(|name| may_be_name(name))
        .map(str::to_owned)
        .collect();
    let people: Vec<String> = names
        .iter()
        .filter(|name| !is_organisation(name, outlet))
        .cloned()
        .collect();
    if people.is_empty() { names } else { people }
}

/// `Ann Lee, Staff Writer` and `Ann Lee for The Paper` are Ann Lee.
fn without_employer<'n>(name: &'n str, outlet: &str) -> &'n str {
    let name = name.trim();
    let name = name.strip_prefix(['|', '@', '-']).unwrap_or(name).trim();
    let cut = |separator: &&str| {
        let (person, employer) = name.split_once(*separator)?;
        let is_person = person.contains(' ') && !is_organisation(person, outlet);
        (is_person && is_organisation(employer, outlet)).then(|| person.trim())
    };
    [", ", " | ", " - ", " – ", " / ", ". ", " for ", " ("]
        .iter()
        .find_map(cut)
        .unwrap_or(name)
}

fn may_be_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    !name.is_empty()
        && name.chars().nth(MAX_NAME_CHARS).is_none()
        && !name.contains("://")
        && !NOBODY.contains(&&*lower)
        && name.contains(char::is_alphabetic)
}

fn is_organisation(name: &str, outlet: &str) -> bool {
    let lower = name.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let outlet = outlet.to_lowercase();
    words.any(|word| NO_PEOPLE.contains(&word))
        || lower.contains(".com")
        || (!outlet.is_empty() && (lower.contains(&outlet) || outlet.contains(&lower)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], people: &[&str]) {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(tidy(names, Some("The Paper")), people);
    }

    #[test]
    fn jobs_and_employers_go() {
        check(&["Ann Lee, Staff Writer"], &["Ann Lee"]);
        check(
            &["Ann Lee for The Paper", "Harbour News Agency"],
            &["Ann Lee"],
        );
        check(&["ANN LEE", "Wire Auto Writer"], &["ANN LEE"]);
        check(&["Ann Lee. Harbour International"], &["Ann Lee"]);
        check(&["Ann Lee", "The Paper"], &["Ann Lee"]);
        check(&["Lee, Ann", "A. B. Ray"], &["Lee, Ann", "A. B. Ray"]);
    }

    #[test]
    fn an_organisation_stays_if_there_is_nobody_else() {
        check(&["The Paper"], &["The Paper"]);
        check(&["Harbour News Agency"], &["Harbour News Agency"]);
        check(&["admin", "https://a.example/ann", ""], &[]);
    }
}
