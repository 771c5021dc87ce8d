//! Shows why an article matched: which words did, and which sentences show it best.
//!
//! In: an article and a query. Out: byte ranges of its texts that matched
//! ([`Matcher`]), and its best sentences with such ranges ([`excerpt()`]).
//!
//! A sentence is scored as if it were a tiny article. Nothing here colours,
//! escapes or breaks lines: that is left to the presentation.

mod excerpt;
mod matcher;
mod passage;
mod shorten;
#[cfg(test)]
mod tests;

pub use excerpt::excerpt;
pub use matcher::{Matcher, Occurrence, Zone};

use std::ops::Range;

/// A sentence or two of an article, with what matched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The text, on one line; `…` where the article's text is left out inside a sentence.
    pub text: String,
    /// Bytes of `text` that matched: half-open, in order, not overlapping.
    pub highlights: Vec<Range<usize>>,
}
