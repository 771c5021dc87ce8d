//! Full-text search for news archives.
//!
//! (architecture text to come)

pub mod analysis;
pub mod article;
pub mod corpus;
pub mod engine;
pub mod error;
pub mod parse;
pub mod present;
pub mod query;
pub mod search;
pub mod snippet;
pub mod text;
