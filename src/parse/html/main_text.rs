//! Finds the main text of a page, and leaves out what surrounds it.
//!
//! In: the DOM of a page, which is used up. Out: its paragraphs; nothing if none
//! can be told from the rest.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::{asides, furniture};
use crate::parse::markup::to_text;

/// The main text, in paragraphs.
pub(super) fn extract(document: Document) -> String {
    let config = Config {
        disable_json_ld: true,
        ..Config::default()
    };
    // The extraction rewrites whole trees of untrusted pages; a page that it fails
    // on still has metadata, and words.
    let content = catch_unwind(AssertUnwindSafe(|| {
        furniture::remove(&document);
        let mut reader = Readability::with_document(document, None, Some(config)).ok()?;
        Some(reader.parse().ok()?.content.to_string())
    }));
    content
        .ok()
        .flatten()
        .map(|html| asides::remove(&to_text(&html)))
        .unwrap_or_default()
}
