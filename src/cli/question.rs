//! Turns arguments into questions.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::args::{DialectChoice, FilterArgs, LanguageArgs, MatchChoice, MatchingArgs, SortOrder};
use super::console::Console;
use crate::analysis::language_code;
use crate::engine::Sort;
use crate::error::{Error, ErrorKind, Result};
use crate::query::{
    Clause, DayRange, Dialect, Keyword, parse_day_range, parse_dialect, parse_plain, parse_strict,
};
use crate::search::MatchMode;

/// Today, where the user is.
pub(super) fn today() -> Date {
    match system_zone() {
        Some(zone) => Timestamp::now().to_zoned(zone).date(),
        None => Zoned::now().date(),
    }
}

/// The zone of the system's one file, unless the user says otherwise: to find it by its
/// name, every zone there is would be listed first.
fn system_zone() -> Option<TimeZone> {
    if std::env::var_os("TZ").is_some() {
        return None;
    }
    let rules = std::fs::read("/etc/localtime").ok()?;
    TimeZone::tzif("local", &rules).ok()
}

/// Reads a query as the user asked for, telling how it was read where other tools read it otherwise.
pub(super) fn read_query(text: &str, matching: &MatchingArgs, console: &Console) -> Result<Clause> {
    if matching.plain {
        let clause = parse_plain(text);
        return Ok(match (matching.mode, clause) {
            (Some(MatchChoice::All), Clause::Or(words)) if !words.is_empty() => Clause::and(words),
            (_, clause) => clause,
        });
    }
    read_language(text, matching.language, console)
}

/// Reads a query in our language or in another tool's, which is told in ours.
pub(super) fn read_language(
    text: &str,
    language: LanguageArgs,
    console: &Console,
) -> Result<Clause> {
    let Some(dialect) = language.dialect else {
        let (clause, notices) = parse_strict(text, today())?;
        notices.iter().for_each(|notice| console.tell(notice));
        return Ok(clause);
    };
    let dialect = match dialect {
        DialectChoice::Nexis => Dialect::Nexis,
        DialectChoice::Factiva => Dialect::Factiva,
        DialectChoice::Lucene => Dialect::Lucene,
    };
    let (clause, notices) = parse_dialect(text, dialect, today()).strict(text)?;
    notices.iter().for_each(|notice| console.tell(notice));
    console.tell(&format!("query in our form: {clause}"));
    Ok(clause)
}

/// How many of the words must match.
pub(super) fn match_mode(matching: &MatchingArgs) -> MatchMode {
    match matching.mode {
        None | Some(MatchChoice::Auto) => MatchMode::Auto,
        Some(MatchChoice::All) => MatchMode::All,
        Some(MatchChoice::Any) => MatchMode::Any,
    }
}

/// The order of hits.
pub(super) fn sort(order: SortOrder) -> Sort {
    match order {
        SortOrder::Relevance => Sort::Relevance,
        SortOrder::Newest => Sort::Newest,
        SortOrder::Oldest => Sort::Oldest,
    }
}

/// What limits the articles besides the query.
pub(super) fn read_filters(args: &FilterArgs) -> Result<Vec<Clause>> {
    let mut filters = Vec::new();
    let since = args
        .since
        .as_deref()
        .map(|text| read_days("--since", text))
        .transpose()?;
    let until = args
        .until
        .as_deref()
        .map(|text| read_days("--until", text))
        .transpose()?;
    if since.is_some() || until.is_some() {
        let range = DayRange {
            since: since.and_then(|days| days.since),
            until: until.and_then(|days| days.until),
        };
        if let (Some(first), Some(last)) = (range.since, range.until)
            && first > last
        {
            return Err(Error::new(
                ErrorKind::Input,
                format!("--since {first} is after --until {last}"),
            )
            .with_hint("swap the two dates"));
        }
        filters.push(Clause::Date(range));
    }
    filters.extend(any_of(Keyword::Source, &args.source));
    let languages: Vec<_> = args
        .lang
        .iter()
        .map(|name| language(name))
        .collect::<Result<_>>()?;
    filters.extend(any_of(Keyword::Lang, &languages));
    Ok(filters)
}

fn any_of(field: Keyword, values: &[String]) -> Option<Clause> {
    let clauses: Vec<_> = values
        .iter()
        .map(|text| Clause::Keyword {
            field,
            text: text.clone(),
        })
        .collect();
    (!clauses.is_empty()).then(|| Clause::or(clauses))
}

/// The code of a language: `en` for `en-US` and for `English`.
fn language(name: &str) -> Result<String> {
    language_code(name).ok_or_else(|| {
        let message = format!("--lang {name}: this is no language that is known");
        Error::new(ErrorKind::Input, message).with_hint("write a code such as en, de, uk")
    })
}

fn read_days(flag: &str, text: &str) -> Result<DayRange> {
    parse_day_range(text, today()).map_err(|(message, hint)| {
        Error::new(ErrorKind::Input, format!("{flag} {text}: {message}")).with_hint(hint)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_codes_regions_and_names() {
        for (name, code) in [
            ("en", "en"),
            ("en-US", "en"),
            ("UKR", "uk"),
            ("English", "en"),
        ] {
            assert_eq!(language(name).unwrap(), code);
        }
        for name in ["", "-", "e", "1a", "Klingon"] {
            assert_eq!(
                language(name).unwrap_err().kind(),
                ErrorKind::Input,
                "{name}"
            );
        }
    }
}
