//! From folders to readable text: walk, unpack, decode.
//!
//! In: the paths that the user gives. Out: files with a size, a time and a
//! stream of UTF-8 text, whatever compression and encoding they came in.
//!
//! What the text means is left to [`crate::parse`].

mod binary;
mod decode;
mod globs;
mod ignored;
mod reader;
mod roots;
mod selection;
#[cfg(test)]
mod tests;
mod unpack;
mod walk;
mod watch;

pub use globs::Source;
pub use reader::{Line, TextReader};
pub use selection::Selection;
pub use unpack::content_hash;
pub use walk::{FileEntry, Found, Walk};
pub use watch::{Changed, Watch};
