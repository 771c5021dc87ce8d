//! Chooses among the names that a page gives its outlet, and cuts them off titles.
//!
//! In: the names, the most trusted first, and the address of the page. Out: one
//! of the names, or the host.
//!
//! A page may name its agency, its section or its publishing system as well. The
//! outlet's own name is the one that its address is made of: `nytimes` are letters
//! of `The New York Times`, in their order; or the one that is known for its address.
//! What only repeats a part of the address (`nytimes`) gives way to the host.

use crate::analysis::known_outlet;

/// Between a headline and the outlet's name.
const SEPARATORS: &[&str] = &[
    " - ", " | ", " – ", " — ", " :: ", " • ", " » ", " · ", " / ",
];
/// What may stand before the country in the name of a host.
const SECOND_LEVELS: &[&str] = &["co", "com", "org", "net", "ac", "gov", "or", "ne"];

/// The first name that the address is made of, else the name known for the address,
/// else the first name, else the host.
pub(super) fn choose(names: &[String], url: &str) -> Option<String> {
    let host = host(url);
    let label = label(host);
    // A name may go on with what the outlet is about: `Ledger | World | Sports`.
    let first = |name: &String| {
        let first = SEPARATORS
            .iter()
            .find_map(|sign| Some(name.split_once(sign)?.0));
        first.filter(|first| fits(first, label)).map(str::to_owned)
    };
    let fitting = names
        .iter()
        .find_map(|name| first(name).or_else(|| fits(name, label).then(|| name.clone())));
    let known = known_outlet(host);
    let is_known = |name: &&String| known.is_some() && known_outlet(name) == known;
    fitting
        .filter(|name| name != label)
        .or_else(|| names.iter().find(is_known).cloned())
        .or_else(|| known.map(str::to_owned))
        .or_else(|| {
            names
                .iter()
                .find(|name| !letters(name).is_empty() && *name != label)
                .cloned()
        })
        .or_else(|| (!host.is_empty()).then(|| host.to_owned()))
}

/// `Headline - Outlet` without the outlet, if the page or its address call it so.
pub(super) fn cut_from<'t>(title: &'t str, names: &[String], url: &str) -> &'t str {
    let label = label(host(url));
    let is_outlet = |end: &str| {
        let end = letters(end);
        !end.is_empty()
            && (end == label
                || names.iter().map(|name| letters(name)).any(|name| {
                    !name.is_empty() && (name.starts_with(&end) || end.starts_with(&name))
                }))
    };
    let cut = |separator: &&str| {
        let (headline, end) = title.rsplit_once(*separator)?;
        (is_outlet(end) && !headline.trim().is_empty()).then(|| headline.trim())
    };
    SEPARATORS.iter().find_map(cut).unwrap_or(title)
}

/// The host of an address without `www.`.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// The part of a host that somebody chose: `example` of `news.example.co.uk`.
fn label(host: &str) -> &str {
    let mut labels = host.rsplit('.').skip(1);
    let last = labels.next().unwrap_or_default();
    if SECOND_LEVELS.contains(&last) {
        return labels.next().unwrap_or(last);
    }
    last
}

/// Whether the letters of a label are letters of a name, in their order, from its start.
fn fits(name: &str, label: &str) -> bool {
    let name = letters(name);
    let name = name
        .strip_prefix("the")
        .filter(|_| !label.starts_with("the"))
        .unwrap_or(&name);
    let label = letters(label);
    let mut left = name.chars();
    !label.is_empty()
        && name.chars().next() == label.chars().next()
        && (label.starts_with(name) || label.chars().all(|c| left.any(|l| l == c)))
}

/// Letters and digits alone, in lower case.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], url: &str, outlet: Option<&str>) {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(choose(&names, url).as_deref(), outlet);
    }

    #[test]
    fn the_name_that_the_address_is_made_of() {
        let url = "https://www.nhtimes.example/a";
        check(
            &["Wire Agency", "The North Harbour Times"],
            url,
            Some("The North Harbour Times"),
        );
        check(&["Wire Agency", "World"], url, Some("Wire Agency"));
        check(&["N.H."], url, Some("N.H."));
        check(&["nhtimes"], url, Some("nhtimes.example"));
        let known = "https://www.reuters.com/article/a";
        check(&["U.S."], known, Some("Reuters"));
        check(
            &["U.S.", "Reuters News Agency"],
            known,
            Some("Reuters News Agency"),
        );
        let long = "North Harbour Times | World | Sports";
        check(&[long], url, Some("North Harbour Times"));
        check(&[], url, Some("nhtimes.example"));
        check(&[], "", None);
    }

    #[test]
    fn titles_lose_the_outlet() {
        let names = ["The Paper".to_owned()];
        let url = "https://news.eveningledger.co.uk/a";
        for (title, cut) in [
            ("Talks go on | The Paper", "Talks go on"),
            ("Talks - go on – Evening Ledger", "Talks - go on"),
            ("Talks - and tea", "Talks - and tea"),
            (" - The Paper", " - The Paper"),
        ] {
            assert_eq!(cut_from(title, &names, url), cut);
        }
    }
}
