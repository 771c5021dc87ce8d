//! JSON that is not in lines: one record, or a list of them, at the top or under
//! a key such as `articles`.
//!
//! In: a whole file. Out: an article for each object; they are handed on while
//! the text is read, so that what comes before an error is not lost.

use std::fmt;
use std::ops::ControlFlow;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::field_names::{Field, field};
use super::fields::RawRecord;
use super::node::{Key, Node};
use super::output::Output;
use super::repair::repair_json;
use super::{Format, MAX_RECORD_BYTES, Sample};
use crate::corpus::TextReader;
use crate::error::{Place, ProblemKind};

/// Keys under which a file keeps its list of records.
const CONTAINERS: &[&str] = &[
    "articles",
    "items",
    "item",
    "results",
    "docs",
    "documents",
    "records",
    "hits",
    "news",
    "stories",
    "entries",
    "posts",
    "response",
    "data",
    "rows",
];

/// The format.
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn detect(&self, sample: &Sample<'_>) -> bool {
        let text = sample.text.trim_start();
        let (first, rest) = match text.chars().next() {
            Some('{') => ('"', text[1..].trim_start()),
            Some('[') => ('{', text[1..].trim_start()),
            _ => return false,
        };
        rest.starts_with(first) || matches!(rest.trim_end(), "}" | "]")
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        let (text, is_all) = text.read_rest(MAX_RECORD_BYTES);
        // Records are handed on while they are read, so a repair must come first.
        let is_broken = serde_json::from_str::<IgnoredAny>(&text).is_err();
        let repaired = is_broken.then(|| repair_json(&text)).flatten();
        let error = read_values(repaired.as_deref().unwrap_or(&text), out)?;
        let Some(error) = error else {
            return ControlFlow::Continue(());
        };
        if is_all {
            let place = Place {
                line: Some(error.line() as u64),
                ..Place::default()
            };
            return out.problem(
                ProblemKind::Malformed,
                place,
                format!("broken JSON: {error}"),
            );
        }
        let message = format!("only the first {} MB were read", MAX_RECORD_BYTES >> 20);
        out.problem(ProblemKind::TooLarge, Place::default(), message)
    }
}

/// Reads value after value; gives the error that ended them, if one did.
fn read_values(text: &str, out: &mut Output<'_>) -> ControlFlow<(), Option<serde_json::Error>> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    loop {
        let mut flow = ControlFlow::Continue(());
        let seed = Records {
            out: &mut *out,
            flow: &mut flow,
        };
        let result = seed.deserialize(&mut deserializer);
        flow?;
        if let Err(error) = result {
            return ControlFlow::Continue(Some(error));
        }
        if deserializer.end().is_ok() {
            return ControlFlow::Continue(None);
        }
    }
}

/// Hands on the records in a value; its result is their number.
struct Records<'s, 'o> {
    out: &'s mut Output<'o>,
    flow: &'s mut ControlFlow<()>,
}

impl<'o> Records<'_, 'o> {
    fn emit<E: Error>(&mut self, record: RawRecord<'_>) -> Result<(), E> {
        let place = Place {
            record: Some(self.out.begin_record()),
            ..Place::default()
        };
        *self.flow = self.out.article(record.into_draft(), place);
        self.check()
    }

    fn reject<E: Error>(&mut self) -> Result<(), E> {
        let place = Place {
            record: Some(self.out.begin_record()),
            ..Place::default()
        };
        *self.flow = self
            .out
            .problem(ProblemKind::Malformed, place, "not a JSON object");
        self.check()
    }

    fn check<E: Error>(&self) -> Result<(), E> {
        match self.flow {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(E::custom("stopped")),
        }
    }

    fn below(&mut self) -> Records<'_, 'o> {
        Records {
            out: &mut *self.out,
            flow: &mut *self.flow,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Records<'_, '_> {
    type Value = u64;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<u64, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Records<'_, '_> {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<u64, A::Error> {
        let mut count = 0;
        while let Some(item) = list.next_element()? {
            match item {
                Item::Record(record) => {
                    self.out.expect_many();
                    self.emit(record)?;
                }
                Item::Other => self.reject()?,
            }
            count += 1;
        }
        Ok(count)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<u64, A::Error> {
        let mut record = RawRecord::default();
        let mut count = 0;
        let mut has_text = false;
        while let Some(Key(key)) = map.next_key()? {
            if CONTAINERS.contains(&&*key) {
                count += map.next_value_seed(Container(self.below()))?;
            } else if let Some((field, rank)) = field(&key) {
                let value: Node<'de> = map.next_value()?;
                has_text |= field == Field::Body && rank < 50;
                record.add(field, rank, value);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        // Around a list of records there may be a title, but no text.
        if count == 0 || has_text {
            self.emit(record)?;
            count += 1;
        }
        Ok(count)
    }

    fn visit_str<E: Error>(mut self, _: &str) -> Result<u64, E> {
        self.reject().map(|()| 1)
    }

    fn visit_u64<E: Error>(mut self, _: u64) -> Result<u64, E> {
        self.reject().map(|()| 1)
    }

    fn visit_i64<E: Error>(mut self, _: i64) -> Result<u64, E> {
        self.reject().map(|()| 1)
    }

    fn visit_f64<E: Error>(mut self, _: f64) -> Result<u64, E> {
        self.reject().map(|()| 1)
    }

    fn visit_bool<E: Error>(mut self, _: bool) -> Result<u64, E> {
        self.reject().map(|()| 1)
    }

    fn visit_unit<E: Error>(mut self) -> Result<u64, E> {
        self.reject().map(|()| 1)
    }
}

/// An element of a list: a record, or something that is none.
enum Item<'a> {
    Record(RawRecord<'a>),
    Other,
}

impl<'de: 'a, 'a> serde::Deserialize<'de> for Item<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Node::deserialize(deserializer)? {
            Node::Map(entries) => Self::Record(RawRecord::from_map(entries)),
            _ => Self::Other,
        })
    }
}

/// The value of a container's key: records if it is a list of objects or holds
/// one, and of no interest otherwise.
struct Container<'s, 'o>(Records<'s, 'o>);

impl<'de> DeserializeSeed<'de> for Container<'_, '_> {
    type Value = u64;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<u64, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Container<'_, '_> {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<u64, A::Error> {
        let mut count = 0;
        while let Some(item) = list.next_element()? {
            if let Item::Record(record) = item {
                self.0.out.expect_many();
                self.0.emit(record)?;
                count += 1;
            }
        }
        Ok(count)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<u64, A::Error> {
        self.0.visit_map(map)
    }

    fn visit_str<E>(self, _: &str) -> Result<u64, E> {
        Ok(0)
    }

    fn visit_u64<E>(self, _: u64) -> Result<u64, E> {
        Ok(0)
    }

    fn visit_i64<E>(self, _: i64) -> Result<u64, E> {
        Ok(0)
    }

    fn visit_f64<E>(self, _: f64) -> Result<u64, E> {
        Ok(0)
    }

    fn visit_bool<E>(self, _: bool) -> Result<u64, E> {
        Ok(0)
    }

    fn visit_unit<E>(self) -> Result<u64, E> {
        Ok(0)
    }
}
