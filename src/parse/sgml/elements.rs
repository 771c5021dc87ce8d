//! Takes a record of SGML apart.
//!
//! In: the text of a record, and which elements are of interest. Out: their
//! contents in order, and what is between them.
//!
//! Elements that are not asked for are transparent: what is in them is looked at as
//! if their tags were not there. An element without an end tag goes on to the next
//! one that is asked for. Time is linear in the length of the record.

use memchr::{memchr, memchr2, memmem};

/// An element that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element<'a, K> {
    pub(super) kind: K,
    /// What is written in its start tag after its name.
    pub(super) attributes: &'a str,
    pub(super) content: &'a str,
}

/// The elements of a record.
#[derive(Debug)]
pub(super) struct Parts<'a, K> {
    pub(super) elements: Vec<Element<'a, K>>,
    /// The text between them, with other tags in it.
    pub(super) loose: Vec<&'a str>,
}

/// Splits a record into the elements that `kind_of` knows by their names.
pub(super) fn split<'a, K>(text: &'a str, kind_of: impl Fn(&str) -> Option<K>) -> Parts<'a, K> {
    let mut parts = Parts {
        elements: Vec::new(),
        loose: Vec::new(),
    };
    let mut tags = Tags::new(text);
    let mut unclosed: Vec<&str> = Vec::new();
    let mut loose_from = 0;
    while let Some(tag) = tags.next() {
        let Some(kind) = (!tag.is_end).then(|| kind_of(tag.name)).flatten() else {
            continue;
        };
        parts.loose.push(&text[loose_from..tag.start]);
        // Once there is no end tag of that name, there is none further on.
        let end = if unclosed.contains(&tag.name) {
            None
        } else {
            tags.find(|other| other.is_end && other.name.eq_ignore_ascii_case(tag.name))
        };
        let (content_end, next) = match end {
            Some(end) => (end.start, end.end),
            None => {
                unclosed.push(tag.name);
                tags.at = tag.end;
                let next = tags.find(|other| !other.is_end && kind_of(other.name).is_some());
                let next = next.map_or(text.len(), |next| next.start);
                (next, next)
            }
        };
        parts.elements.push(Element {
            kind,
            attributes: tag.attributes,
            content: &text[tag.end..content_end],
        });
        tags.at = next;
        loose_from = next;
    }
    parts.loose.push(&text[loose_from..]);
    parts
}

/// The value of an attribute, without quotes.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    while let Some((key, value)) = rest.split_once('=') {
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote)?,
            _ => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        // Names without a value may stand before it.
        let key = key.split_whitespace().next_back().unwrap_or("");
        if key.eq_ignore_ascii_case(name) {
            return Some(value.trim());
        }
        rest = after;
    }
    None
}

/// A tag.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    /// Empty in a comment or declaration.
    pub(super) name: &'a str,
    attributes: &'a str,
    is_end: bool,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The tags of a text; a comment or declaration is one, without a name.
pub(super) struct Tags<'a> {
    text: &'a str,
    at: usize,
    /// Where the last comment ends, once one was met; what looks like the start of one
    /// beyond is none.
    last_comment: Option<usize>,
}

impl<'a> Tags<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            last_comment: None,
        }
    }

    /// The comment that starts there.
    fn comment_at(&mut self, start: usize) -> Option<Tag<'a>> {
        const START: &[u8] = b"<!--";
        let bytes = self.text.as_bytes();
        let content = start + START.len();
        if !bytes[start..].starts_with(START) {
            return None;
        }
        let find_last = || memmem::rfind(bytes, b"-->").unwrap_or(0);
        if content > *self.last_comment.get_or_insert_with(find_last) {
            return None;
        }
        let length = memmem::find(&bytes[content..], b"-->")?;
        Some(nameless(start, content + length + 3))
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let bytes = self.text.as_bytes();
            let start = self.at + memchr(b'<', bytes.get(self.at..)?)?;
            self.at = start + 1;
            let tag = if !matches!(bytes.get(start + 1), Some(b'!' | b'?')) {
                tag_at(self.text, start)
            } else if let Some(comment) = self.comment_at(start) {
                Some(comment)
            } else {
                let close = memchr2(b'<', b'>', &bytes[start + 1..]);
                let close = close.filter(|&close| bytes[start + 1 + close] == b'>');
                close.map(|close| nameless(start, start + 1 + close + 1))
            };
            if let Some(tag) = tag {
                self.at = tag.end;
                return Some(tag);
            }
        }
    }
}

fn nameless(start: usize, end: usize) -> Tag<'static> {
    Tag {
        name: "",
        attributes: "",
        is_end: true,
        start,
        end,
    }
}

/// The tag that starts there; none if another `<` comes before its `>`.
fn tag_at(text: &str, start: usize) -> Option<Tag<'_>> {
    let inner = &text[start + 1..];
    let is_end = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let is_letter = inner.starts_with(|c: char| c.is_ascii_alphabetic());
    let length = inner
        .bytes()
        .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':')))?;
    let (name, after) = inner.split_at(length);
    let ends_well = after.starts_with(['>', '/', ' ', '\t', '\n', '\r']);
    let close = memchr2(b'<', b'>', after.as_bytes())?;
    if !(is_letter && ends_well) || after.as_bytes()[close] == b'<' {
        return None;
    }
    Some(Tag {
        name,
        attributes: after[..close].trim_end_matches('/').trim(),
        is_end,
        start,
        end: text.len() - after.len() + close + 1,
    })
}
