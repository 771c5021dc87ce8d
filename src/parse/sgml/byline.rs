//! Finds the people in a by-line of print.
//!
//! In: `By ANN LEE and BOB RAY, Times Staff Writers`. Out: `ANN LEE`, `BOB RAY`.

/// Words of jobs and desks: what has one is no person.
const ROLES: &[&str] = &[
    "staff",
    "writer",
    "writers",
    "correspondent",
    "correspondents",
    "editor",
    "editors",
    "reporter",
    "reporters",
    "press",
    "service",
    "reuters",
    "reuter",
    "bureau",
    "columnist",
    "agencies",
    "agency",
    "desk",
    "analyst",
    "news",
    "times",
    "special",
];

/// The people whom a by-line names, each line of which may name some.
pub(super) fn people(byline: &str) -> Vec<String> {
    let lines = byline.lines().flat_map(|line| line.split(';'));
    lines.flat_map(people_of_line).collect()
}

fn people_of_line(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = match line.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") => &line[3..],
        _ => line,
    };
    // After the names there may be a job, a paper, or a sentence about the author.
    let mut parts = line.split(',').map(str::trim);
    let first = parts.next().into_iter();
    let more = parts.take_while(|part| is_full_name(part));
    let names = first.chain(more).flat_map(|part| part.split(" and "));
    let names = names.flat_map(|part| part.split(" & "));
    let names = names.map(|name| name.split(" in ").next().unwrap_or(name).trim());
    names
        .map(|name| name.strip_prefix("and ").unwrap_or(name))
        .filter(|name| !name.is_empty() && !has_role(name))
        .map(str::to_owned)
        .collect()
}

/// Whether it is two words at least that all begin like names.
fn is_full_name(part: &str) -> bool {
    let name = part.strip_prefix("and ").unwrap_or(part);
    let is_name = |word: &str| word.starts_with(char::is_uppercase) || word == "and";
    name.contains(' ') && name.split_whitespace().all(is_name) && !has_role(name)
}

fn has_role(name: &str) -> bool {
    name.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        ROLES.iter().any(|role| role.eq_ignore_ascii_case(word))
    })
}

#[cfg(test)]
mod tests {
    use super::people;

    #[track_caller]
    fn check(byline: &str, names: &[&str]) {
        assert_eq!(people(byline), names);
    }

    #[test]
    fn jobs_and_papers_are_no_people() {
        check("  By Ann Lee, Reuters ", &["Ann Lee"]);
        check("By ANN LEE\nAssociated Press Writer", &["ANN LEE"]);
        check(
            "By ANN LEE and BOB RAY, Times Staff Writers",
            &["ANN LEE", "BOB RAY"],
        );
        check("By Our Foreign Staff", &[]);
        check("", &[]);
    }

    #[test]
    fn a_list_ends_where_a_sentence_begins() {
        check(
            "By Ann Lee, Bob Ray and Cy Poe",
            &["Ann Lee", "Bob Ray", "Cy Poe"],
        );
        check(
            "By ANN LEE , Lee, an engineer in Houston, is the author of Dams.",
            &["ANN LEE"],
        );
        check("By Ann Lee in Bonn", &["Ann Lee"]);
    }
}
