//! XML as archives have it: huge, cut off, and sometimes made to hurt.
//!
//! In: text. Out: one tree of [`Element`]s for each record, in order, so that a
//! file of any length is read with one record in memory; and the root, by which
//! formats are told apart.
//!
//! ```text
//! for part in Document::open(text, &["item", "entry"]) {
//!     match part {
//!         Ok(element) => …,                   // element.name() is `item` or `entry`
//!         Err(fault) => fault.report(out)?,   // and reading goes on
//!     }
//! }
//! ```
//!
//! Nothing outside the text is ever opened. Entities that a document declares are
//! not expanded, so no bomb of them goes off: names that HTML knows become
//! characters, others stay as they are. Prefixes of namespaces are kept, and
//! names are compared without them unless the caller writes one. End tags that
//! are missing or do not match cost no text.

mod document;
mod element;
mod source;
#[cfg(test)]
mod tests;

pub(super) use document::{Document, root};
pub(super) use element::Element;
