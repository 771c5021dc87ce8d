//! An element with all that is in it.
//!
//! In: what [`super::Document`] reads. Out: its parts by name, their text, and
//! HTML for [`crate::parse::markup::to_text`].

use quick_xml::events::BytesStart;

use crate::parse::entities::entity;

/// Attributes of one element beyond this many are left out.
const MAX_ATTRIBUTES: usize = 1_000;

/// An element of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::parse) struct Element {
    /// As written, with its prefix.
    pub(super) full_name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) content: Vec<Content>,
    /// The line that it starts on, from 1.
    pub(in crate::parse) line: u64,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Element(Element),
    Text(String),
}

impl Element {
    pub(super) fn from_tag(tag: &BytesStart<'_>, line: u64) -> Self {
        let mut read = tag.html_attributes();
        let read = read.with_checks(false).flatten().take(MAX_ATTRIBUTES);
        let attributes = read.map(|found| (found.key.0.to_owned(), unescape(&found.value)));
        Self {
            full_name: tag.name().0.to_owned(),
            attributes: attributes.collect(),
            content: Vec::new(),
            line,
        }
    }

    /// The name without its prefix.
    pub(in crate::parse) fn name(&self) -> &str {
        local(&self.full_name)
    }

    /// Whether it has this name; without a prefix in `name`, any prefix is right.
    pub(in crate::parse) fn is(&self, name: &str) -> bool {
        is_named(&self.full_name, name)
    }

    /// An attribute that is not blank, trimmed; without a prefix in `name`, one
    /// that is written without a prefix comes first.
    pub(in crate::parse) fn attribute(&self, name: &str) -> Option<&str> {
        let exact = self.attributes.iter().find(|(key, _)| key == name);
        let found = exact.or_else(|| self.attributes.iter().find(|(key, _)| is_named(key, name)));
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// The namespaces that it declares.
    pub(in crate::parse) fn namespaces(&self) -> impl Iterator<Item = &str> {
        let declared = self
            .attributes
            .iter()
            .filter(|(key, _)| key == "xmlns" || key.starts_with("xmlns:"));
        declared.map(|(_, value)| value.trim())
    }

    /// The elements right below, in their order.
    pub(in crate::parse) fn elements(&self) -> impl DoubleEndedIterator<Item = &Self> {
        self.content.iter().filter_map(|content| match content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        })
    }

    /// The elements right below that have a name.
    pub(in crate::parse) fn children(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.elements().filter(move |child| child.is(name))
    }

    /// The first element right below that has a name; one with this element's own
    /// prefix, or like it without any, comes before those of other vocabularies.
    pub(in crate::parse) fn child(&self, name: &str) -> Option<&Self> {
        self.children(name)
            .find(|child| prefix(&child.full_name) == prefix(&self.full_name))
            .or_else(|| self.children(name).next())
    }

    /// The first element at the end of a path of names.
    pub(in crate::parse) fn path(&self, names: &[&str]) -> Option<&Self> {
        match names {
            [] => Some(self),
            [last] => self.child(last),
            [first, rest @ ..] => self.children(first).find_map(|child| child.path(rest)),
        }
    }

    /// The text of the first element at the end of a path, unless it is blank.
    pub(in crate::parse) fn text_at(&self, names: &[&str]) -> Option<String> {
        let text = self.path(names)?.text();
        (!text.is_empty()).then_some(text)
    }

    /// All elements below that have a name, in the order of their start tags.
    pub(in crate::parse) fn descendants(&self, name: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        let mut waiting: Vec<&Self> = self.elements().rev().collect();
        while let Some(element) = waiting.pop() {
            if element.is(name) {
                found.push(element);
            }
            waiting.extend(element.elements().rev());
        }
        found
    }

    /// All text in it without tags, trimmed.
    pub(in crate::parse) fn text(&self) -> String {
        let mut text = String::new();
        self.push_text(&mut text);
        if text.trim().len() == text.len() {
            return text;
        }
        text.trim().to_owned()
    }

    fn push_text(&self, text: &mut String) {
        for content in &self.content {
            match content {
                Content::Element(element) => element.push_text(text),
                Content::Text(own) => text.push_str(own),
            }
        }
    }

    /// What is in it as HTML, its names without prefixes.
    pub(in crate::parse) fn html(&self) -> String {
        self.html_as(&|element| Some(element.name()))
    }

    /// What is in it as HTML; `tag` names the element that stands for one of this
    /// vocabulary, or none if that is left out with all that is in it.
    pub(in crate::parse) fn html_as(&self, tag: &dyn Fn(&Self) -> Option<&str>) -> String {
        let mut html = String::new();
        self.push_html(tag, &mut html);
        html
    }

    fn push_html(&self, tag: &dyn Fn(&Self) -> Option<&str>, html: &mut String) {
        for content in &self.content {
            match content {
                Content::Text(text) => push_escaped(text, html),
                Content::Element(element) => {
                    let Some(name) = tag(element) else { continue };
                    html.extend(["<", name]);
                    if element.content.is_empty() {
                        html.push_str("/>");
                        continue;
                    }
                    html.push('>');
                    element.push_html(tag, html);
                    html.extend(["</", name, ">"]);
                }
            }
        }
    }

    /// Adds text at the end.
    pub(super) fn push(&mut self, text: &str) {
        match self.content.last_mut() {
            Some(Content::Text(last)) => last.push_str(text),
            _ => self.content.push(Content::Text(text.to_owned())),
        }
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

fn prefix(name: &str) -> &str {
    name.split_once(':').map_or("", |(prefix, _)| prefix)
}

fn is_named(full: &str, name: &str) -> bool {
    full == name || (!name.contains(':') && local(full) == name)
}

fn push_escaped(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'<', b'&', rest.as_bytes()) {
        html.push_str(&rest[..at]);
        html.push_str(if rest[at..].starts_with('<') {
            "&lt;"
        } else {
            "&amp;"
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

/// A text with its character references resolved; unknown ones stay.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, length) = entity(rest).unwrap_or(('&', 1));
        plain.push(c);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    plain
}
