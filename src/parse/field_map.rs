//! Which keys or columns hold which parts of an article, as the user says: `--map body=txt`.
//!
//! In: pairs of a part and a key. Out: the values that a record has for them. Where a
//! record lacks a key, what the other keys are called decides, as without a map.

use std::sync::atomic::{AtomicBool, Ordering};

use xxhash_rust::xxh3::xxh3_64;

use super::field_names::Field;
use super::node::Node;
use crate::error::{Error, ErrorKind, Result};

/// The parts that can be named.
const PARTS: &[(&str, Field)] = &[
    ("id", Field::Id),
    ("title", Field::Title),
    ("lead", Field::Lead),
    ("body", Field::Body),
    ("date", Field::Published),
    ("modified", Field::Modified),
    ("author", Field::Authors),
    ("source", Field::Source),
    ("section", Field::Section),
    ("topics", Field::Topics),
    ("lang", Field::Lang),
    ("url", Field::Url),
];

/// Keys for parts of an article; none by default.
#[derive(Debug, Default)]
pub struct FieldMap {
    pairs: Vec<Pair>,
}

#[derive(Debug)]
struct Pair {
    part: &'static str,
    field: Field,
    key: String,
    was_found: AtomicBool,
}

impl FieldMap {
    /// Reads pairs of the form `FIELD=KEY`.
    ///
    /// FIELD is one of id, title, lead, body, date, modified, author, source, section,
    /// topics, lang and url. KEY is a key of a JSON object or of front matter, with dots
    /// between the keys of nested ones; or the name of a column, or its number after a
    /// `#`, from 1. Of several keys for one part the first that a record has counts.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`] if a pair has another form, or its FIELD is none of these.
    pub fn parse(pairs: &[String]) -> Result<Self> {
        let pairs = pairs
            .iter()
            .map(|pair| parse_pair(pair))
            .collect::<Result<_>>()?;
        Ok(Self { pairs })
    }

    /// Whether it names nothing.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Tells it apart from other maps, with the same number in every run; 0 if it names nothing.
    pub fn fingerprint(&self) -> u64 {
        if self.is_empty() {
            return 0;
        }
        let lines = self
            .pairs
            .iter()
            .map(|pair| format!("{}={}\n", pair.part, pair.key));
        xxh3_64(lines.collect::<String>().as_bytes())
    }

    /// The pairs whose key no record had so far, part and key, in their order.
    pub fn not_found(&self) -> impl Iterator<Item = (&str, &str)> {
        let missing = self
            .pairs
            .iter()
            .filter(|pair| !pair.was_found.load(Ordering::Relaxed));
        missing.map(|pair| (pair.part, pair.key.as_str()))
    }

    /// Whether a top-level key starts one of the keys.
    pub(super) fn begins_with(&self, key: &str) -> bool {
        self.pairs
            .iter()
            .any(|pair| below(&pair.key, key).is_some())
    }

    /// The values that are named in what a top-level key holds, with their rank among
    /// those for the same part.
    pub(super) fn find<'v, 'a>(
        &self,
        key: &str,
        value: &'v Node<'a>,
    ) -> impl Iterator<Item = (Field, usize, &'v Node<'a>)> {
        let found = self
            .pairs
            .iter()
            .enumerate()
            .filter_map(move |(rank, pair)| {
                let value = look_up(value, below(&pair.key, key)?)?;
                pair.was_found.store(true, Ordering::Relaxed);
                Some((pair.field, rank, value))
            });
        found.collect::<Vec<_>>().into_iter()
    }

    /// The parts that a column has by its name or its number (from 0), with their rank.
    pub(super) fn column(&self, name: &str, number: usize) -> Vec<(Field, usize)> {
        let number = format!("#{}", number + 1);
        let pairs = self
            .pairs
            .iter()
            .enumerate()
            .filter(|(_, pair)| pair.key == name || pair.key == number);
        let named = pairs.map(|(rank, pair)| {
            pair.was_found.store(true, Ordering::Relaxed);
            (pair.field, rank)
        });
        named.collect()
    }
}

fn parse_pair(text: &str) -> Result<Pair> {
    let wrong = |message: String| {
        let parts: Vec<_> = PARTS.iter().map(|(name, _)| *name).collect();
        let hint = format!("write --map FIELD=KEY; the fields are {}", parts.join(", "));
        Error::new(ErrorKind::Input, message).with_hint(hint)
    };
    let Some((name, key)) = text
        .split_once('=')
        .filter(|(_, key)| !key.trim().is_empty())
    else {
        return Err(wrong(format!("--map `{text}` names no key")));
    };
    let part = PARTS
        .iter()
        .find(|(part, _)| part.eq_ignore_ascii_case(name.trim()));
    let Some((part, field)) = part else {
        return Err(wrong(format!("--map knows no field `{}`", name.trim())));
    };
    Ok(Pair {
        part,
        field: *field,
        key: key.trim().to_owned(),
        was_found: AtomicBool::new(false),
    })
}

/// What is left of a dotted path below one of its keys: nothing at its end.
fn below<'p>(path: &'p str, key: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(key)?;
    if rest.is_empty() {
        Some(rest)
    } else {
        rest.strip_prefix('.')
    }
}

/// The value at the end of a dotted path; of a list, what its first item has that has it,
/// or the item whose number (from 0) comes next.
fn look_up<'v, 'a>(value: &'v Node<'a>, path: &str) -> Option<&'v Node<'a>> {
    if path.is_empty() {
        return Some(value);
    }
    match value {
        Node::Map(entries) => entries
            .iter()
            .find_map(|(key, value)| look_up(value, below(path, key)?)),
        Node::List(items) => {
            let (first, rest) = path.split_once('.').unwrap_or((path, ""));
            match first.parse::<usize>() {
                Ok(number) => look_up(items.get(number)?, rest),
                Err(_) => items.iter().find_map(|item| look_up(item, path)),
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pairs: &[&str]) -> FieldMap {
        let pairs: Vec<_> = pairs.iter().map(|pair| (*pair).to_owned()).collect();
        FieldMap::parse(&pairs).unwrap()
    }

    fn found(pair: &str, json: &str) -> Option<String> {
        let Node::Map(entries) = serde_json::from_str(json).unwrap() else {
            panic!("no object");
        };
        let map = map(&[pair]);
        let mut texts = entries.iter().filter_map(|(key, value)| {
            let (_, _, value) = map.find(key, value).next()?;
            value.as_text().map(str::to_owned)
        });
        texts.next()
    }

    #[test]
    fn a_key_may_lie_deep() {
        let json = r#"{"x": 1, "data": {"attributes": {"head.line": "A", "by": [{"n": 1}, {"name": "B"}]}}}"#;
        for (key, text) in [
            ("x", Some("1")),
            ("data.attributes.head.line", Some("A")),
            ("data.attributes.by.name", Some("B")),
            ("data.attributes.by.0.n", Some("1")),
            ("data.attributes.by.0.name", None),
            ("data.attr", None),
            ("X", None),
        ] {
            assert_eq!(
                found(&format!("title={key}"), json).as_deref(),
                text,
                "{key}"
            );
        }
    }

    #[test]
    fn keys_that_were_never_found_are_told() {
        let map = map(&["body=txt", "Title = a.b ", "date=#3"]);
        assert_eq!(map.not_found().count(), 3);
        assert!(map.begins_with("a") && !map.begins_with("tx"));
        assert_eq!(map.column("txt", 0), [(Field::Body, 0)]);
        assert_eq!(map.column("x", 2), [(Field::Published, 2)]);
        assert_eq!(map.not_found().collect::<Vec<_>>(), [("title", "a.b")]);
    }

    #[test]
    fn maps_have_fingerprints() {
        assert_eq!(map(&[]).fingerprint(), 0);
        assert_ne!(
            map(&["body=a"]).fingerprint(),
            map(&["body=b"]).fingerprint()
        );
        assert_eq!(
            map(&["BODY=a"]).fingerprint(),
            map(&["body=a"]).fingerprint()
        );
    }

    #[test]
    fn wrong_pairs_are_told_with_the_fields_there_are() {
        for (pair, word) in [
            ("text=a", "no field `text`"),
            ("body", "names no key"),
            ("body= ", "names no key"),
        ] {
            let error = FieldMap::parse(&[pair.to_owned()]).unwrap_err();
            assert!(error.to_string().contains(word), "{error}");
            assert!(
                error
                    .hint()
                    .unwrap()
                    .contains("id, title, lead, body, date")
            );
        }
    }
}
