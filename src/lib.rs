//! Full-text search for news archives.
//!
//! (architecture text to come)

pub mod analysis;
pub mod article;
pub mod cli;
pub mod corpus;
pub mod engine;
pub mod error;
pub mod eval;
pub mod ingest;
pub mod parse;
pub mod present;
pub mod query;
pub mod search;
pub mod snippet;
pub mod text;
