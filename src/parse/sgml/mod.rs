//! Research collections in SGML: one file, many records between `<DOC>` and
//! `</DOC>`, or between `<REUTERS …>` and `</REUTERS>`.
//!
//! In: text in which tags were often written by hand. Out: an article a record.
//! A record is cut out of the stream ([`records`]), taken apart by the names of its
//! elements ([`elements`]), and its hand-wrapped lines become paragraphs
//! ([`wrapped`]); which element means what is up to [`trec`] and [`reuters`].

mod dates;
mod docno;
mod elements;
mod records;
mod reuters;
#[cfg(test)]
mod tests;
mod trec;
mod wrapped;

pub(super) use reuters::Reuters;
pub(super) use trec::Trec;
