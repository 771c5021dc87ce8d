//! Names outlets in one way, however a record spells them.
//!
//! In: what a record gives as its outlet: a name, an abbreviation, a web address.
//! Out: the name to count it by: `The New York Times` for `NYT`, `nytimes.com` and
//! `New York Times (print edition)`.
//!
//! `outlets.tsv` has a line an outlet: its name, other names and domains; names are
//! compared without case, marks, points and a leading `The`. Beyond the table an
//! address becomes its registrable domain, and a name loses its legal form and the
//! note that it is an edition; two outlets are never taken for one because they
//! sound alike.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::fold::{fold_marks, lower};

/// Outlets of the table by key ([`key`]) and by domain.
struct Table {
    by_key: FxHashMap<String, &'static str>,
    by_domain: FxHashMap<&'static str, &'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        by_key: FxHashMap::default(),
        by_domain: FxHashMap::default(),
    };
    for line in include_str!("outlets.tsv").lines() {
        let mut columns = line.split('\t');
        let name = columns.next().unwrap_or("");
        let others = columns.next().unwrap_or("").split('|');
        for spelling in others.chain([name]).filter(|other| !other.is_empty()) {
            table.by_key.insert(key(spelling), name);
        }
        for domain in columns.next().unwrap_or("").split_ascii_whitespace() {
            table.by_domain.insert(domain, name);
        }
    }
    table
});

/// The name to count an outlet by; `raw` itself, tidied, if nothing better is known.
pub fn outlet_name(raw: &str) -> String {
    let raw = raw.trim();
    if let Some(known) = known_outlet(raw) {
        return known.to_owned();
    }
    if let Some(host) = host(raw) {
        return registrable_domain(&host);
    }
    let name = without_legal_form(without_edition(raw));
    known_name(name).unwrap_or(name).to_owned()
}

/// The outlet of the table that `raw` names, by one of its names, an address, or
/// either before a dash or a bar (`NYTimes.com - Breaking News`).
pub fn known_outlet(raw: &str) -> Option<&'static str> {
    const DASHES: &[&str] = &[" - ", " | ", " – ", " — ", " -- ", " :: "];
    let at_once = |text: &str| known_name(text).or_else(|| by_domain(&host(text)?));
    let first = || DASHES.iter().find_map(|dash| Some(raw.split_once(dash)?.0));
    at_once(raw)
        .or_else(|| at_once(without_edition(raw)))
        .or_else(|| at_once(first()?))
}

/// What a query for an outlet also means: the name that its spelling stands for,
/// if that is another.
pub fn outlet_alias(wanted: &str) -> Option<String> {
    let name = outlet_name(wanted);
    (name != wanted).then_some(name)
}

fn known_name(text: &str) -> Option<&'static str> {
    TABLE.by_key.get(&key(text)).copied()
}

/// The outlet at a host or above it: `edition.cnn.com`, then `cnn.com`.
fn by_domain(host: &str) -> Option<&'static str> {
    let ends = host.match_indices('.').map(|(dot, _)| &host[dot + 1..]);
    std::iter::once(host)
        .chain(ends)
        .find_map(|domain| TABLE.by_domain.get(domain).copied())
}

/// A name as it is compared: words in lower case without marks, points and
/// apostrophes, `and` for `&`, no `The` in front. (Other articles tell outlets apart:
/// *Die Presse*, *La Presse*.)
fn key(name: &str) -> String {
    let plain: String = name
        .chars()
        .filter(|c| !matches!(c, '.' | '\'' | '’' | '`' | '@'))
        .collect();
    let plain = plain.replace('&', " and ");
    let words: Vec<String> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| match word {
            // To the analysis of texts this one is a country.
            "US" => "us".to_owned(),
            _ => fold_marks(lower(word)),
        })
        .collect();
    let article = words.len() > 1 && words[0] == "the";
    words[usize::from(article)..].join(" ")
}

/// The host of a web address or a bare domain, in lower case; `None` for anything else.
fn host(text: &str) -> Option<String> {
    /// Top-level domains, besides those of two letters, that bare domains have.
    const ENDINGS: &[&str] = &[
        "com", "org", "net", "info", "news", "media", "press", "online", "gov", "edu", "int",
        "biz", "today", "africa", "live", "world", "global", "example",
    ];
    let address = text.split_once("://");
    let host = address.map_or(text, |(_, rest)| rest);
    let host = host.split(['/', '?', '#', ':']).next()?;
    let host = host
        .rsplit('@')
        .next()?
        .trim_end_matches('.')
        .to_lowercase();
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let (_, ending) = host.rsplit_once('.')?;
    let is_ending = ENDINGS.contains(&ending) || ending.chars().count() == 2;
    let is_long = host.split('.').any(|label| label.len() > 2);
    let is_bare_domain = is_ending && is_long || TABLE.by_domain.contains_key(&*host);
    (host.split('.').all(is_label) && (address.is_some() || is_bare_domain)).then_some(host)
}

/// The part of a host that someone registered: one label more than the public suffix.
fn registrable_domain(host: &str) -> String {
    /// Second levels that countries give out names below.
    const SECOND_LEVELS: &[&str] = &[
        "co", "com", "org", "net", "gov", "gob", "gouv", "ac", "edu", "or", "ne", "go", "in", "msk",
    ];
    /// Domains whose users have names below them.
    const HOSTERS: &[&str] = &[
        "wordpress.com",
        "blogspot.com",
        "substack.com",
        "medium.com",
        "tumblr.com",
        "github.io",
        "livejournal.com",
        "typepad.com",
        "ghost.io",
        "wixsite.com",
    ];
    let labels: Vec<&str> = host.split('.').collect();
    let (last, before) = match labels[..] {
        [.., before, last] => (last, before),
        _ => return host.to_owned(),
    };
    let is_hosted = HOSTERS.contains(&&*format!("{before}.{last}"));
    let is_deep = is_hosted || (last.len() == 2 && SECOND_LEVELS.contains(&before));
    let kept = if is_deep { 3 } else { 2 };
    let domain = labels[labels.len().saturating_sub(kept)..].join(".");
    match domain.strip_prefix("www.") {
        Some(rest) if rest.contains('.') => rest.to_owned(),
        _ => domain,
    }
}

/// The name without a note that it is an edition, in brackets or after a comma or a
/// dash: `(print edition)`, `, Late Edition`, `- Online`, and without `Online` behind it.
fn without_edition(name: &str) -> &str {
    const EDITIONS: &[&str] = &[
        "print",
        "online",
        "edition",
        "web",
        "website",
        "digital",
        "internet",
        "late",
        "early",
        "final",
        "first",
        "national",
        "international",
        "english",
        "weekend",
        "sunday",
        "abstracts",
        "newspaper",
        "us",
        "uk",
        "version",
    ];
    let is_edition = |text: &str| {
        let mut words = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        let is_word = |word: &str| {
            EDITIONS
                .iter()
                .any(|known| known.eq_ignore_ascii_case(word))
        };
        words.clone().next().is_some() && words.all(is_word)
    };
    let bracket = name
        .trim_end()
        .ends_with(')')
        .then(|| name.rfind('('))
        .flatten();
    let comma = name.rfind(", ").or_else(|| name.rfind(" - "));
    let cut = [bracket, comma]
        .into_iter()
        .flatten()
        .find(|&at| is_edition(&name[at..]) && !name[..at].trim().is_empty());
    let name = cut.map_or(name, |at| name[..at].trim_end());
    match name.rsplit_once(' ') {
        Some((rest, "Online" | "online" | "Website" | "website")) => rest.trim_end(),
        _ => name,
    }
}

fn without_legal_form(name: &str) -> &str {
    const FORMS: &[&str] = &[
        "ltd",
        "limited",
        "inc",
        "llc",
        "plc",
        "gmbh",
        "ag",
        "corp",
        "corporation",
        "co",
        "sa",
        "srl",
        "spa",
        "bv",
        "ab",
        "oy",
        "as",
        "pty",
        "pte",
        "kg",
        "lp",
        "sarl",
        "sas",
        "ooo",
    ];
    let Some((rest, last)) = name.rsplit_once([' ', ',']) else {
        return name;
    };
    let form = last.replace('.', "").to_lowercase();
    let rest = rest.trim_end_matches([' ', ',', '&']);
    // `Ahmed & Co` and `Ledger Pty Ltd` have more than one word to lose.
    if FORMS.contains(&&*form) && !rest.is_empty() {
        without_legal_form(rest)
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, name: &str) {
        assert_eq!(outlet_name(raw), name, "{raw:?}");
    }

    #[test]
    fn known_outlets_have_one_name() {
        for raw in [
            "NYT",
            "The New York Times",
            "new york times",
            "nytimes.com",
            "www.nytimes.com",
            "https://www.nytimes.com/section/world?x=1",
            "New York Times (print edition)",
            "The New York Times, Late Edition",
            "NYTimes.com - Breaking News",
            "@nytimes",
            "The New York Times Company",
        ] {
            check(raw, "The New York Times");
        }
        check("REUTERS", "Reuters");
        check("Reuters News", "Reuters");
        check("uk.reuters.com", "Reuters");
        check("AFP", "Agence France-Presse");
        check("Agence France-Presse", "Agence France-Presse");
        check("A.F.P.", "Agence France-Presse");
        check("Agence France Presse -- English", "Agence France-Presse");
        check("edition.cnn.com", "CNN");
        check("РИА Новости", "RIA Novosti");
        check("Sueddeutsche.de", "Süddeutsche Zeitung");
        check("El Pais", "El País");
        check("LA Times", "Los Angeles Times");
        check("La Presse", "La Presse");
        check("La Repubblica", "la Repubblica");
        check("US News", "U.S. News & World Report");
        check("Washington Post Online", "The Washington Post");
        check("人民日报", "People's Daily");
    }

    #[test]
    fn other_outlets_keep_their_names() {
        check("Harbour Wire", "Harbour Wire");
        check("The Harbour Post", "The Harbour Post");
        check("Harbour Wire (online)", "Harbour Wire");
        check("Harbour Wire Pty Ltd", "Harbour Wire");
        check("Ledger, Inc.", "Ledger");
        check("The Times (Harbour)", "The Times (Harbour)");
        check("Guardian of Harbour", "Guardian of Harbour");
        check("Harbour Times", "Harbour Times");
        check("", "");
        check("Inc.", "Inc.");
        check("()", "()");
    }

    #[test]
    fn addresses_become_domains() {
        check("https://www.harbour.example/a/b", "harbour.example");
        check("m.harbour-wire.co.uk", "harbour-wire.co.uk");
        check("Harbour.org", "harbour.org");
        check("ledger.substack.com", "ledger.substack.com");
        check("http://localhost:8000/x", "http://localhost:8000/x");
        check("www.example", "www.example");
        check("J. R. Doe", "J. R. Doe");
        check("No.1", "No.1");
    }

    #[test]
    fn a_query_means_the_name_too() {
        assert_eq!(outlet_alias("nyt").as_deref(), Some("The New York Times"));
        assert_eq!(outlet_alias("The New York Times"), None);
        assert_eq!(outlet_alias("Harbour Wire"), None);
        assert_eq!(outlet_alias("Harbour"), None);
    }

    #[test]
    fn the_table_says_nothing_twice() {
        let lines = include_str!("outlets.tsv").lines();
        let mut names = FxHashMap::default();
        let mut domains = FxHashMap::default();
        for line in lines {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 3, "{line}");
            for spelling in columns[1].split('|').chain([columns[0]]) {
                let other = names.insert(key(spelling), columns[0]);
                assert!(
                    spelling.is_empty() || other.is_none_or(|name| name == columns[0]),
                    "{spelling}"
                );
            }
            for domain in columns[2].split_ascii_whitespace() {
                assert_eq!(domains.insert(domain, columns[0]), None, "{domain}");
                assert_eq!(host(domain).as_deref(), Some(domain));
            }
            assert_eq!(outlet_name(columns[0]), columns[0]);
        }
    }
}
