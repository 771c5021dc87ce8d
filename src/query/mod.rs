//! The query language: text to AST, and back.
//!
//! In: what the user typed. Out: a [`Clause`] and the problems met on the way.
//! Nothing here knows an index.
//!
//! There is one grammar. [`parse`] never fails: it reports what it could not read
//! and repairs it, for a search box; [`parse_strict`] stops at the first problem,
//! for a command line. [`parse_plain`] knows no grammar at all.
//!
//! ```text
//! query   = all ("OR" all)*
//! all     = near ("AND"? near)*
//! near    = one ("NOT"? ("NEAR/n" | "PRE/n" | "NEAR/S" | "NEAR/P" | …) one)*
//! one     = ("NOT" | "-")* ("ATLEAST/n")? operand ("^" weight)?
//! operand = field? (group | said | "="? word "~n"? | "="? phrase "~n"? | /regex/ | date) | "*"
//! said    = "said:" name group?
//! group   = "(" query ")"
//! ```
//!
//! The lexer turns words, phrases and fields into leaves of the tree and knows
//! what the language will have later; the parser only joins leaves. A printed
//! clause ([`Clause`]'s `Display`) is a query that parses to the same clause.

pub mod ast;
mod balance;
mod dates;
mod dialect;
mod fields;
mod leaves;
mod lexer;
mod operators;
mod parser;
mod plain;
mod printer;
mod problem;
mod scored;
mod signs;
#[cfg(test)]
mod tests;
mod words;

pub use ast::{
    Clause, DayRange, Keyword, LEAD_WORDS, MAX_DISTANCE, Nearness, Reach, Span, TextField, Weight,
    Word,
};
pub use balance::MAX_DEPTH;
pub use dates::parse_day_range;
pub use dialect::{Dialect, parse_dialect};
pub use parser::{MAX_QUERY_BYTES, Parsed, parse, parse_strict};
pub use plain::parse_plain;
pub use problem::QueryProblem;
pub use scored::{ScoredLeaf, WordRow};
