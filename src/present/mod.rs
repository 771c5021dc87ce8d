//! Presentation: results to bytes.
//!
//! In: pages, hits and articles, with what matched in them. Out: text for a
//! terminal ([`terminal`]), JSON ([`json`]), CSV and TREC runs ([`table`]).
//! Nothing here decides what matched, or where the bytes go.

pub mod json;
mod layout;
mod link;
mod printer;
mod readable;
#[cfg(test)]
mod sample;
pub mod table;
pub mod terminal;
