//! Shows why an article matched: which words did, and which sentences show it best.
//!
//! In: an article and a query. Out: byte ranges of its texts that matched
//! ([`Matcher`]), and its best sentences with such ranges ([`excerpt()`]).
//!
//! A sentence is scored as if it were a tiny article. Nothing here colours,
//! escapes or breaks lines: that is left to the presentation.

mod choice;
mod concordance;
mod excerpt;
mod initials;
mod matcher;
mod passage;
mod people;
mod places;
mod scan;
mod shorten;
#[cfg(test)]
mod tests;

pub use concordance::{ContextLine, concordance};
pub use excerpt::{Snippet, Wanted, excerpt};
pub use matcher::{Found, Matcher, Occurrence, highlights};
