//! The query language: text to AST, and back.
//!
//! In: what the user typed. Out: a [`Clause`] and the problems met on the way.
//! Nothing here knows an index.

pub mod ast;

pub use ast::{Clause, DayRange, Keyword, Span, TextField, Word};
