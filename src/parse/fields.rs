//! Makes an article of a record of keys and values (JSON, YAML, TOML).
//!
//! In: values by the part that their key names ([`super::field_names`]). Out: a
//! [`Draft`], each part from the best name that has something to say.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::contents;
use super::draft::Draft;
use super::field_names::{Field, field};
use super::markup::{is_markup, plain_line, to_text};
use super::node::{Key, Node};

/// Ranks of parts that a wrapper holds start here.
const WRAPPED_RANK: usize = 100;

/// The values of a record that name parts of an article; others are not kept.
#[derive(Debug, Default)]
pub(super) struct RawRecord<'a> {
    values: Vec<(Field, usize, Node<'a>)>,
}

impl<'a> RawRecord<'a> {
    /// The parts that the keys of a map name.
    pub(super) fn from_map(entries: Vec<(Cow<'a, str>, Node<'a>)>) -> Self {
        let mut record = Self::default();
        for (key, value) in entries {
            if let Some((field, rank)) = field(&key) {
                record.add(field, rank, value);
            }
        }
        record
    }

    /// Adds a value for a part.
    pub(super) fn add(&mut self, field: Field, rank: usize, value: Node<'a>) {
        match (field, value) {
            (_, Node::Nothing) => {}
            (Field::Wrapper, Node::Map(entries)) => self.unwrap_map(entries),
            (Field::Wrapper, _) => {}
            // An outlet's own map has a name, not a text.
            (Field::Source, Node::Map(entries)) if is_record(&entries) => self.unwrap_map(entries),
            (field, value) => self.values.push((field, rank, value)),
        }
    }

    fn unwrap_map(&mut self, entries: Vec<(Cow<'a, str>, Node<'a>)>) {
        for (field, rank, value) in Self::from_map(entries).values {
            self.values.push((field, rank + WRAPPED_RANK, value));
        }
    }

    /// The article that the parts make.
    pub(super) fn into_draft(mut self) -> Draft {
        self.values.sort_by_key(|(_, rank, _)| *rank);
        let mut draft = Draft::default();
        for (field, _, value) in self.values {
            fill(&mut draft, field, value);
        }
        contents::settle_title(&mut draft);
        draft
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for RawRecord<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RecordVisitor)
    }
}

struct RecordVisitor;

impl<'de> Visitor<'de> for RecordVisitor {
    type Value = RawRecord<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut record = RawRecord::default();
        while let Some(Key(key)) = map.next_key()? {
            match field(&key) {
                Some((field, rank)) => record.add(field, rank, map.next_value()?),
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(record)
    }
}

/// Whether a map's keys name a text or a title.
pub(super) fn is_record(entries: &[(Cow<'_, str>, Node<'_>)]) -> bool {
    entries
        .iter()
        .any(|(key, _)| matches!(field(key), Some((Field::Body | Field::Title, rank)) if rank < 5))
}

/// Sets a part of the draft, unless a better name has set it.
fn fill(draft: &mut Draft, field: Field, value: Node<'_>) {
    match field {
        Field::Id if draft.id.is_empty() => draft.id = text_of(&value).unwrap_or_default(),
        Field::Title if draft.title.is_empty() => draft.title = line_of(&value),
        Field::Lead if draft.lead.is_empty() => draft.lead = line_of(&value),
        Field::Body if draft.body.trim().is_empty() => {
            *draft = std::mem::take(draft).or(contents::beside_text(&value));
            draft.body = body_of(value);
        }
        Field::Published => draft.published.extend(text_of(&value).map(Into::into)),
        Field::Modified => draft.modified.extend(text_of(&value).map(Into::into)),
        Field::Authors if draft.authors.is_empty() => draft.authors = names_of(&value),
        Field::Topics if draft.topics.is_empty() => draft.topics = topics_of(&value),
        Field::Source if draft.source.is_none() => {
            draft.source = name_of(&value);
        }
        Field::Section if draft.section.is_none() => {
            draft.section = value.items().iter().find_map(name_of);
        }
        Field::Lang if draft.lang.is_none() => draft.lang = value.items().iter().find_map(name_of),
        Field::Url if draft.url.is_none() => draft.url = text_of(&value).filter(|url| is_url(url)),
        _ => {}
    }
}

/// Keys under which a map holds its one text.
const TEXT_KEYS: &[&str] = &[
    "text", "content", "rendered", "value", "main", "#text", "@value", "$oid", "$date", "plain",
    "html", "body",
];

/// The one text of a value: itself, the first of a list, or what a map holds.
fn text_of(value: &Node<'_>) -> Option<String> {
    match value {
        Node::List(items) => items.iter().find_map(text_of),
        Node::Map(_) => TEXT_KEYS
            .iter()
            .find_map(|key| value.get(key).and_then(text_of)),
        one => one.as_text().map(str::to_owned),
    }
}

fn line_of(value: &Node<'_>) -> String {
    text_of(value).map(plain_line).unwrap_or_default()
}

/// The name of a person, an outlet or a section.
pub(super) fn name_of(value: &Node<'_>) -> Option<String> {
    const NAME_KEYS: &[&str] = &["name", "title", "label", "code", "id"];
    match value {
        Node::Map(_) => NAME_KEYS
            .iter()
            .find_map(|key| value.get(key)?.as_text().map(str::to_owned))
            .or_else(|| text_of(value)),
        Node::List(items) => items.iter().find_map(name_of),
        one => one.as_text().map(str::to_owned),
    }
    .map(plain_line)
}

/// By-lines: one text, or a list of names or maps.
pub(super) fn names_of(value: &Node<'_>) -> Vec<String> {
    value.items().iter().filter_map(name_of).collect()
}

/// Keywords: a list, or one text with commas or semicolons.
pub(super) fn topics_of(value: &Node<'_>) -> Vec<String> {
    match value {
        Node::Text(text) => {
            let separator = if text.contains(';') { ';' } else { ',' };
            text.split(separator)
                .map(|topic| plain_line(topic.to_owned()))
                .collect()
        }
        _ => value.items().iter().filter_map(name_of).collect(),
    }
}

/// Parts of a list that are no paragraphs.
const SKIPPED_TYPES: &[&str] = &[
    "title",
    "kicker",
    "byline",
    "author_info",
    "date",
    "image",
    "video",
    "gallery",
    "tweet",
    "ad",
];

/// A body: text or HTML, or a list of those, or of maps that hold them.
fn body_of(value: Node<'_>) -> String {
    match value {
        Node::Text(text) => {
            if is_markup(&text) {
                to_text(&text)
            } else {
                text.into_owned()
            }
        }
        Node::List(items) => {
            let parts = items
                .into_iter()
                .filter(|item| !is_skipped(item))
                .map(body_of);
            let parts: Vec<String> = parts.filter(|part| !part.trim().is_empty()).collect();
            parts.join("\n\n")
        }
        Node::Map(entries) => {
            let held = TEXT_KEYS
                .iter()
                .chain(&["paragraphs", "content_elements"])
                .find_map(|name| entries.iter().position(|(key, _)| key == name));
            let mut entries = entries;
            held.map(|at| body_of(entries.swap_remove(at).1))
                .unwrap_or_default()
        }
        Node::Number(_) | Node::Nothing => String::new(),
    }
}

fn is_skipped(item: &Node<'_>) -> bool {
    item.get("type")
        .and_then(Node::as_text)
        .is_some_and(|kind| SKIPPED_TYPES.contains(&kind))
}

fn is_url(text: &str) -> bool {
    !text.contains(char::is_whitespace) && (text.contains('.') || text.contains('/'))
}
