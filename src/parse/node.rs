//! A value of JSON, YAML or TOML, with only what articles need.
//!
//! In: any serde deserializer. Out: texts, lists and maps; numbers become texts,
//! for they are ids and dates here, and truth values nothing.
//!
//! Texts without escapes are borrowed from the input.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What `toml` calls the one key of a map that stands for a date.
const TOML_DATE_KEY: &str = "$__toml_private_datetime";
/// Lists in a record are cut after this many values (vectors, not articles).
const MAX_VALUES: usize = 100_000;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node<'a> {
    /// Null, true or false.
    Nothing,
    /// A text.
    Text(Cow<'a, str>),
    /// A number, as text.
    Number(String),
    /// A list.
    List(Vec<Node<'a>>),
    /// Keys and values in the order of the source.
    Map(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// The value of a key, exactly as written.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text or number, unless it is blank.
    pub(super) fn as_text(&self) -> Option<&str> {
        let text: &str = match self {
            Self::Text(text) => text,
            Self::Number(text) => text,
            _ => return None,
        };
        Some(text.trim()).filter(|text| !text.is_empty())
    }

    /// The values of a list, or the value itself.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            Self::Nothing => &[],
            one => std::slice::from_ref(one),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Node<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

/// A key, borrowed if it can be.
#[derive(Debug)]
pub(super) struct Key<'a>(pub(super) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_str(NodeVisitor)? {
            Node::Text(text) => Ok(Self(text)),
            Node::Number(text) => Ok(Self(Cow::Owned(text))),
            _ => Ok(Self(Cow::Borrowed(""))),
        }
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Node::Nothing)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Node::Nothing)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Node::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
        Node::deserialize(inner)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Node::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        if number.is_finite() {
            return Ok(Node::Number(number.to_string()));
        }
        Ok(Node::Nothing)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while items.len() < MAX_VALUES {
            match list.next_element()? {
                Some(item) => items.push(item),
                None => return Ok(Node::List(items)),
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries: Vec<(Cow<'de, str>, Node<'de>)> = Vec::new();
        while let Some(Key(key)) = map.next_key()? {
            let value = map.next_value()?;
            if key == TOML_DATE_KEY {
                return Ok(value);
            }
            entries.push((key, value));
        }
        Ok(Node::Map(entries))
    }
}
