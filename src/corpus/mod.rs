//! From folders to readable text: walk, unpack, decode.
//!
//! In: the paths that the user gives. Out: files with a size, a time and a
//! stream of UTF-8 text, whatever compression and encoding they came in.
//!
//! What the text means is left to [`crate::parse`].

mod archive;
mod binary;
mod bytes;
mod content;
mod decode;
mod globs;
mod ignored;
mod problem;
mod raw;
mod reader;
mod roots;
mod selection;
#[cfg(test)]
mod tests;
mod unpack;
mod walk;
mod watch;

pub use bytes::ByteReader;
pub use content::Content;
pub use decode::decode_bytes;
pub use globs::Source;
pub use raw::content_hash;
pub use reader::{Line, TextReader};
pub use selection::Selection;
pub use walk::{FileEntry, Found, Walk};
pub use watch::{Changed, Watch};
