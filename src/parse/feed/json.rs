//! JSON Feed: `{"version": "https://jsonfeed.org/version/1.1", "items": […]}`.
//!
//! In: a whole feed. Out: an article for each item, while the text is read, so that
//! what comes before an error is not lost.

use std::fmt;
use std::ops::ControlFlow;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::Channel;
use crate::corpus::TextReader;
use crate::error::{Place, ProblemKind};
use crate::parse::fields::{RawRecord, names_of};
use crate::parse::node::{Key, Node};
use crate::parse::output::Output;
use crate::parse::plain::read_whole;
use crate::parse::{Format, Sample};

/// What the version of every such feed starts with.
const VERSION: &str = "jsonfeed.org/version/";
/// Where in a feed the version is looked for.
const MAX_HEAD_BYTES: usize = 4 << 10;

/// The format.
pub(in crate::parse) struct JsonFeed;

impl Format for JsonFeed {
    fn name(&self) -> &'static str {
        "json-feed"
    }

    fn detect(&self, sample: &Sample<'_>) -> bool {
        let head = &sample.text[..sample.text.floor_char_boundary(MAX_HEAD_BYTES)];
        let at = head.find(VERSION).map(|at| &head[..at]);
        head.trim_start().starts_with('{')
            && at.is_some_and(|before| before.contains("\"version\""))
            && sample.text.contains("\"items\"")
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        out.expect_many();
        let text = read_whole(text, out)?;
        // The feed's name may stand behind its items.
        let mut channel = Channel::default();
        let reader = Reader {
            channel: &mut channel,
            out: None,
        };
        let _ = reader.deserialize(&mut serde_json::Deserializer::from_str(&text));
        let mut items = Items {
            out,
            flow: ControlFlow::Continue(()),
        };
        let reader = Reader {
            channel: &mut channel,
            out: Some(&mut items),
        };
        let result = reader.deserialize(&mut serde_json::Deserializer::from_str(&text));
        items.flow?;
        let Err(error) = result else {
            return ControlFlow::Continue(());
        };
        let place = Place {
            line: Some(error.line() as u64),
            ..Place::default()
        };
        out.problem(
            ProblemKind::Malformed,
            place,
            format!("broken JSON: {error}"),
        )
    }
}

/// Where items go.
struct Items<'s, 'o> {
    out: &'s mut Output<'o>,
    flow: ControlFlow<()>,
}

/// Reads what a feed says of itself, and hands on its items if there is where to.
struct Reader<'s, 'i, 'o> {
    channel: &'s mut Channel,
    out: Option<&'s mut Items<'i, 'o>>,
}

impl<'de> DeserializeSeed<'de> for Reader<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feed")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(Key(key)) = map.next_key()? {
            match (&*key, &mut self.out) {
                ("items", Some(out)) => map.next_value_seed(List {
                    channel: self.channel,
                    out,
                })?,
                ("title", None) => self.channel.title = text(&map.next_value()?),
                ("language", None) => self.channel.lang = text(&map.next_value()?),
                ("author" | "authors", None) => {
                    self.channel.authors = names_of(&map.next_value()?);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

fn text(value: &Node<'_>) -> Option<String> {
    value.as_text().map(str::to_owned)
}

/// The items of a feed.
struct List<'s, 'i, 'o> {
    channel: &'s Channel,
    out: &'s mut Items<'i, 'o>,
}

impl<'de> DeserializeSeed<'de> for List<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Items { out, flow } = self.out;
        while let Some(item) = list.next_element::<Node<'de>>()? {
            let place = Place {
                record: Some(out.begin_record()),
                ..Place::default()
            };
            *flow = match item {
                Node::Map(entries) => {
                    let draft = RawRecord::from_map(entries).into_draft();
                    out.article(self.channel.complete(draft), place)
                }
                _ => out.problem(ProblemKind::Malformed, place, "not a JSON object"),
            };
            if flow.is_break() {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
