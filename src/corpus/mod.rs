//! From folders to readable text: walk, unpack, decode.
//!
//! In: the paths that the user gives. Out: files with a size, a time and a
//! stream of UTF-8 text, whatever compression and encoding they came in.
//!
//! What the text means is left to [`crate::parse`].

mod walk;

pub use walk::{FileEntry, Found, Walk, content_hash};
