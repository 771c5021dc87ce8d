//! Full-text search for news archives: folders of articles in, ranked articles with
//! highlighted sentences out.
//!
//! This page is the map. Start at [`cli`] if you follow the user, at [`ingest`] if
//! you follow an article in, at [`search`] if you follow a query out.
//!
//! # The two flows
//!
//! ```text
//! folder -> corpus (walk, unpack, decode) -> parse (record -> Article) -> analysis (tokens, people) -> engine (index)
//!           `------------------------------ ingest ------------------------------------------------'
//!
//! query text -> query (Clause) -> engine (matches) -> snippet (sentences) -> present (terminal, json, csv, trec)
//!                                 `------- search ---------------'
//! ```
//!
//! In: [`corpus::Walk`] finds files, [`parse::read_articles`] makes each into
//! [`article::Article`]s and [`error::Problem`]s, [`analysis::tokens`] cuts their
//! texts into words, and [`engine::embedded::Writer`] indexes them.
//! [`ingest::ingest`] runs these stages side by side, within bounded memory.
//!
//! Out: [`query::parse_strict`] reads what the user typed into a
//! [`query::Clause`], an [`engine::Engine`] finds what matches,
//! [`snippet::excerpt`] picks the sentences that show why, and [`present`] writes
//! them. [`search::answer`] is all of it but the reading and the writing.
//!
//! # The rooms
//!
//! A room uses rooms of floors below it, or of its own; never in a circle.
//!
//! | floor | room | what is in it |
//! |---|---|---|
//! | 7 | [`cli`] | arguments, commands, exit status; the only place that prints |
//! | 6 | [`present`] | results to bytes: terminal, JSON, CSV, TREC runs |
//! | 5 | [`eval`] | judgments, runs, measures of ranking quality |
//! | 4 | [`search`], [`ingest`], [`explain`] | the two use cases; what became of a query |
//! | 3 | [`engine`], [`snippet`], `expansion` | finding articles; showing why they matched; words that matches share |
//! | 2 | [`query`], [`parse`], [`analysis`] | the query language; the formats; words and their forms, people and their words |
//! | 1 | [`article`], [`corpus`] | plain data; files and their text |
//! | 0 | [`interval`], [`rank`], [`text`], [`error`] | algorithms and plain things that know nothing above them |
//!
//! # Vocabulary
//!
//! A *record* is what a file holds, an *article* what is made of it; a *document*
//! is what tantivy keeps, which besides articles has a *manifest* for each file, and
//! problems. A *clause* is a node of a query. A *token* is a word at its place in a text; it
//! has two *forms*, an exact one and a stem; a *term* is the form that a query
//! asks for. A *hit* is an article on a page of results. A *problem* is a file or
//! record that could not be read as it should; an *obstacle* is one of a path that could
//! not be read at all; an *error* stops a command.
//!
//! # What always holds
//!
//! - Text is cut into words in one place, [`analysis`], so a query means the same
//!   to every engine; [`engine::scan`], which looks at every article, is the oracle
//!   that the others are tested against.
//! - The index is the only store. What it holds, and from which files, is read back
//!   from it; a commit is all or nothing; a file counts as read only when its
//!   manifest is there, which is written last.
//! - Parsing never fails as a whole: it yields articles and problems, and every
//!   problem is counted and kept. There is one grammar of queries, for strict and
//!   for lenient callers.
//! - Only [`engine::embedded`] knows tantivy. Only [`cli`] prints or ends the process.
//! - Text of articles is untrusted: [`text::plain_line`] takes out what could steer
//!   a terminal before it is printed for people. JSON escapes control characters, CSV
//!   and TREC runs leave them out or encode them; all three are data for programs.
//! - The same request on the same index has the same answer: ties are broken by id.

pub mod analysis;
pub mod article;
pub mod cli;
pub mod corpus;
pub mod engine;
pub mod error;
pub mod eval;
mod expansion;
pub mod explain;
pub mod ingest;
pub mod interval;
pub mod parse;
pub mod present;
pub mod query;
pub mod rank;
pub mod search;
pub mod snippet;
pub mod text;
