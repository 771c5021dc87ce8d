//! Makes an article of a record of keys and values (JSON, YAML, TOML).
//!
//! In: values by the part that their key names ([`super::field_names`]), or that the
//! user says they are ([`FieldMap`]). Out: a [`Draft`], each part from the best name
//! that has something to say.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::contents;
use super::draft::Draft;
use super::field_map::FieldMap;
use super::field_names::{Field, field};
use super::html;
use super::markup::{is_markup, plain_line, to_text};
use super::node::{Key, Node};

/// Ranks of names that the user did not give start here.
const GUESSED_RANK: usize = 100;
/// What is added to the ranks of parts that a wrapper holds.
const WRAPPED_RANK: usize = 100;
/// What is added to the rank of an outlet that is the address of the article.
const ADDRESS_RANK: usize = 50;

/// The values of a record that name parts of an article; others are not kept.
#[derive(Debug, Default)]
pub(super) struct RawRecord<'a> {
    values: Vec<(Field, usize, Node<'a>)>,
}

impl<'a> RawRecord<'a> {
    /// The parts that the keys of a map name.
    pub(super) fn from_map(entries: Vec<(Cow<'a, str>, Node<'a>)>) -> Self {
        Self::mapped(entries, &FieldMap::default())
    }

    /// The parts that the user's map or the keys themselves name.
    pub(super) fn mapped(entries: Vec<(Cow<'a, str>, Node<'a>)>, map: &FieldMap) -> Self {
        let mut record = Self::default();
        for (key, value) in entries {
            record.add_key(&key, value, map);
        }
        record
    }

    /// Adds what a key holds.
    pub(super) fn add_key(&mut self, key: &str, value: Node<'a>, map: &FieldMap) {
        if !map.is_empty() {
            let named = map.find(key, &value);
            let named = named.map(|(field, rank, value)| (field, rank, value.clone()));
            self.values.extend(named);
        }
        if let Some((field, rank)) = field(key) {
            self.add(field, rank, value);
        }
    }

    /// Adds a value for a part, which its key names.
    pub(super) fn add(&mut self, field: Field, rank: usize, value: Node<'a>) {
        match (field, value) {
            (_, Node::Nothing) => {}
            (Field::Wrapper, Node::Map(entries)) => self.unwrap_map(entries),
            (Field::Wrapper, _) => {}
            // An outlet's own map has a name, not a text.
            (Field::Source, Node::Map(entries)) if is_record(&entries) => self.unwrap_map(entries),
            (Field::Title, value) if are_subjects(&value) => {
                self.push(Field::Topics, rank, value);
            }
            // Some crawlers call the article's address its source.
            (Field::Source, Node::Text(text)) if is_page_address(&text) => {
                self.push(Field::Url, rank + ADDRESS_RANK, Node::Text(text.clone()));
                self.push(Field::Source, rank + ADDRESS_RANK, Node::Text(text));
            }
            (Field::Body, Node::Map(entries)) => self.add_body(rank, entries),
            (field, value) => self.push(field, rank, value),
        }
    }

    /// Adds a value that the user's map names, with its rank in there.
    pub(super) fn add_named(&mut self, field: Field, rank: usize, value: Node<'a>) {
        self.values.push((field, rank, value));
    }

    /// Whether the user's map named a value for this part.
    pub(super) fn is_named(&self, field: Field) -> bool {
        let mut values = self.values.iter();
        values.any(|(other, rank, _)| *other == field && *rank < GUESSED_RANK)
    }

    fn push(&mut self, field: Field, rank: usize, value: Node<'a>) {
        self.values.push((field, rank + GUESSED_RANK, value));
    }

    /// Adds a body that is a map; the summary in it is the lead.
    fn add_body(&mut self, rank: usize, mut entries: Vec<(Cow<'a, str>, Node<'a>)>) {
        let at = |name| entries.iter().position(|(key, _)| key == name);
        if let (Some(summary), Some(_)) = (at("summary"), at("sections")) {
            let summary = std::mem::replace(&mut entries[summary].1, Node::Nothing);
            let lines: Vec<_> = summary.items().iter().filter_map(text_of).collect();
            self.push(Field::Lead, rank, Node::Text(Cow::Owned(lines.join(" "))));
        }
        self.push(Field::Body, rank, Node::Map(entries));
    }

    fn unwrap_map(&mut self, entries: Vec<(Cow<'a, str>, Node<'a>)>) {
        for (field, rank, value) in Self::from_map(entries).values {
            self.values.push((field, rank + WRAPPED_RANK, value));
        }
    }

    /// The article that the parts make.
    pub(super) fn into_draft(mut self) -> Draft {
        // What another field may name better comes last.
        let key = |(field, rank, _): &(Field, usize, _)| (*field == Field::Uri, *rank);
        self.values.sort_by_key(key);
        let mut draft = Draft::default();
        let mut page = None;
        let mut is_media = false;
        for (field, _, value) in self.values {
            is_media |= field == Field::Kind && is_medium(&value);
            match (field, &value) {
                (Field::Body, Node::Text(text)) if html::is_page(text) => {
                    page = page.or(Some(value));
                }
                _ => fill(&mut draft, field, value),
            }
        }
        // A page that was saved whole has to stand in for what was not taken out of it.
        if let Some(Node::Text(page)) = page
            && draft.body.trim().is_empty()
        {
            let (read, _) = html::read_page(&page, None);
            return draft.or(read);
        }
        contents::settle_title(&mut draft);
        if is_media { captioned(draft) } else { draft }
    }
}

/// Kinds of wire items that have no text but a caption.
const MEDIA: &[&str] = &["picture", "graphic", "video", "audio", "composite"];

fn is_medium(kind: &Node<'_>) -> bool {
    kind.as_text().is_some_and(|kind| MEDIA.contains(&kind))
}

/// A picture or the like as an article: its caption is all the text that it has,
/// and without one it is none.
fn captioned(mut draft: Draft) -> Draft {
    if draft.body.trim().is_empty() {
        draft.body = std::mem::take(&mut draft.lead);
    }
    if draft.body.trim().is_empty() {
        return Draft::default();
    }
    draft
}

/// Whether a `subject` is a list of what the article is about.
fn are_subjects(value: &Node<'_>) -> bool {
    let Node::List(items) = value else {
        return false;
    };
    items.iter().any(|item| item.get("name").is_some())
}

/// Reads a record, and nothing but that, from JSON.
///
/// # Errors
///
/// Fails if it is no JSON object.
pub(super) fn read_json<'a>(json: &'a str, map: &FieldMap) -> serde_json::Result<RawRecord<'a>> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let record = RecordSeed(map).deserialize(&mut deserializer)?;
    deserializer.end().map(|()| record)
}

/// Reads a record with the user's map.
struct RecordSeed<'m>(&'m FieldMap);

impl<'de> DeserializeSeed<'de> for RecordSeed<'_> {
    type Value = RawRecord<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RecordSeed<'_> {
    type Value = RawRecord<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut record = RawRecord::default();
        while let Some(Key(key)) = map.next_key()? {
            if field(&key).is_some() || self.0.begins_with(&key) {
                record.add_key(&key, map.next_value()?, self.0);
            } else {
                map.next_value::<IgnoredAny>()?;
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
            let name = value.items().iter().find_map(name_of);
            // Of several, the first.
            draft.section = name.map(|name| name.split(';').next().unwrap_or_default().to_owned());
        }
        Field::Lang if draft.lang.is_none() => draft.lang = value.items().iter().find_map(name_of),
        Field::Url if draft.url.is_none() => draft.url = text_of(&value).filter(|url| is_url(url)),
        Field::Uri => {
            let uri = text_of(&value).unwrap_or_default();
            if draft.url.is_none() && uri.starts_with("http") {
                draft.url = Some(uri.clone());
            }
            if draft.id.is_empty() {
                draft.id = uri;
            }
        }
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
    const NAME_KEYS: &[&str] = &["name", "title", "label", "original", "code", "id"];
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
        Node::List(mut items) => {
            if let Some(at) = best_version(&items) {
                return body_of(items.swap_remove(at));
            }
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
                .chain(&["paragraphs", "content_elements", "sections"])
                .find_map(|name| entries.iter().position(|(key, _)| key == name));
            let mut entries = entries;
            let text = held.map(|at| body_of(std::mem::replace(&mut entries[at].1, Node::Nothing)));
            // A section of a text has its own headline.
            let headline = entries.into_iter().find(|(key, _)| key == "headline");
            let parts = headline
                .map(|(_, headline)| body_of(headline))
                .into_iter()
                .chain(text);
            let parts: Vec<String> = parts.filter(|part| !part.trim().is_empty()).collect();
            parts.join("\n\n")
        }
        Node::Number(_) | Node::Nothing => String::new(),
    }
}

/// The place of the best among versions of one text, of which each says what it
/// contains (`contenttype`): one with paragraphs.
fn best_version(items: &[Node<'_>]) -> Option<usize> {
    let kind = |item: &Node<'_>| Some(item.get("contenttype")?.as_text()?.to_owned());
    let kinds: Option<Vec<String>> = items.iter().map(kind).collect();
    let kinds = kinds?;
    let html = kinds.iter().position(|kind| kind.contains("html"));
    html.or_else(|| (!kinds.is_empty()).then_some(0))
}

fn is_skipped(item: &Node<'_>) -> bool {
    item.get("type")
        .and_then(Node::as_text)
        .is_some_and(|kind| SKIPPED_TYPES.contains(&kind))
}

/// Whether a text is the address of something below an outlet's first page.
fn is_page_address(text: &str) -> bool {
    let path = text
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'));
    path.is_some_and(|(_, path)| !path.trim_end_matches('/').is_empty()) && is_url(text)
}

fn is_url(text: &str) -> bool {
    !text.contains(char::is_whitespace) && (text.contains('.') || text.contains('/'))
}
