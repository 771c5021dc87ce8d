//! Full-text search for news archives.
//!
//! (architecture text to come)

pub mod analysis;
pub mod article;
pub mod corpus;
pub mod engine;
pub mod error;
pub mod eval;
pub mod parse;
pub mod query;
pub mod search;
