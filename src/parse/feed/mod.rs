//! Feeds of news: RSS 0.9x, 1.0 and 2.0, Atom, WordPress exports (WXR) and JSON Feed.
//!
//! In: a feed of any length. Out: an article for each item; the feed's own title
//! stands in for the outlet, its language for the language.
//!
//! An item with only a title is an article. Of a WordPress export, what was not
//! published or is no text of its own (attachments, menus) is left out, and one
//! problem says how many of which sort. What is in `media:` elements is left out.

mod item;
mod json;
#[cfg(test)]
mod tests;
mod wordpress;

use std::ops::ControlFlow;

use super::draft::Draft;
use super::output::Output;
use super::xml::{Document, Element, root};
use super::{Format, Sample};
use crate::corpus::TextReader;
use crate::error::Place;

pub(super) use json::JsonFeed;

use wordpress::Export;

/// What a feed says of itself, and its items. Elements that have a title or an
/// author of their own are named so that those are not taken for the feed's.
const WANTED: &[&str] = &[
    "item",
    "entry",
    "title",
    "language",
    "author",
    "image",
    "textInput",
    "textinput",
    "owner",
];
/// What a server wrote before the feed may be this long.
const MAX_JUNK_BYTES: usize = 4 << 10;

/// The format.
pub(super) struct Feed;

impl Format for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn detect(&self, sample: &Sample<'_>) -> bool {
        feed_root(sample.text).is_some()
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        out.expect_many();
        let mut channel = Channel::of(feed_root(text.buffered()).as_ref());
        let mut export = Export::default();
        for part in Document::new(text, WANTED) {
            let element = match part {
                Ok(element) => element,
                Err(fault) => {
                    fault.report(out)?;
                    continue;
                }
            };
            if !(element.is("item") || element.is("entry")) {
                channel.learn(&element, &mut export);
                continue;
            }
            if export.passes_over(&element) {
                continue;
            }
            let place = Place {
                line: Some(element.line),
                record: Some(out.begin_record()),
                ..Place::default()
            };
            let draft = if export.is_post(&element) {
                export.read(&element)
            } else {
                item::read(&element)
            };
            out.article(channel.complete(draft), place)?;
        }
        export.report(out)
    }
}

/// The root of a feed, also one that a server's messages precede.
fn feed_root(text: &str) -> Option<Element> {
    let is_feed = |root: &Element| match root.name() {
        "rss" | "feed" => true,
        // RDF has other uses.
        "RDF" => root.namespaces().any(|name| {
            name.starts_with("http://purl.org/rss/")
                || name.starts_with("http://my.netscape.com/rdf")
        }),
        _ => false,
    };
    if let Some(found) = root(text).filter(is_feed) {
        return Some(found);
    }
    let start = &text[..text.floor_char_boundary(MAX_JUNK_BYTES)];
    let at = start.find("\n<?xml").or_else(|| start.find("\n<rss "))?;
    // An article about feeds may show one.
    let is_article = start[..at].contains("```") || start[..at].contains("\n\n");
    let found = root(&text[at..]).filter(is_feed);
    found.filter(|_| !is_article && ["<item", "<entry"].iter().any(|tag| text.contains(tag)))
}

/// What a feed says of itself.
#[derive(Debug, Default)]
struct Channel {
    title: Option<String>,
    lang: Option<String>,
    /// Whose all entries are that name no one else.
    authors: Vec<String>,
}

impl Channel {
    fn of(root: Option<&Element>) -> Self {
        Self {
            lang: root
                .and_then(|root| root.attribute("xml:lang"))
                .map(str::to_owned),
            ..Self::default()
        }
    }

    fn learn(&mut self, element: &Element, export: &mut Export) {
        let text = || Some(item::line(element)).filter(|text| !text.is_empty());
        match element.name() {
            "title" if self.title.is_none() => self.title = text(),
            "language" => self.lang = text(),
            "author" if element.is("wp:author") => export.learn_author(element),
            "author" if element.child("name").is_some() => {
                self.authors.extend(item::people(element));
            }
            _ => {}
        }
    }

    fn complete(&self, mut draft: Draft) -> Draft {
        if draft.authors.is_empty() {
            draft.authors.clone_from(&self.authors);
        }
        draft.source = draft.source.or_else(|| self.title.clone());
        draft.lang = draft.lang.or_else(|| self.lang.clone());
        draft
    }
}
