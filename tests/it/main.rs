//! Runs the real program on real folders.
//!
//! Everything here is offline, in temporary folders, and small.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails, in shared functions too"
)]

/// The order of imports between rooms, and the other invariants of the source.
mod architecture;
/// A small archive, indexed once, for the tests that only read.
mod archive;
/// Files and folders that are broken, empty or enormous.
mod bad_input;
/// Files of queries.
mod batch;
/// Research collections and feeds, from their files to the fields of articles.
mod collections;
/// From a folder to answers, with every command.
mod commands;
/// Archives in archives, and what they hold.
mod containers;
/// What crawlers and vendors write, and the user's map of keys.
mod crawlers;
/// Outlets, authors, dates, languages and spoilt text, as records give them and as they are kept.
mod credits;
/// Mail, office documents, PDF files and exports of news databases.
mod documents;
/// Scores of rankings, and two settings beside each other.
mod evaluation;
/// Why a query finds what it finds.
mod explaining;
/// Damage, full disks, and two runs at once.
mod failures;
/// The output formats, as programs read them.
mod formats;
/// The language as it is told: every example reads and finds something, in every dialect.
mod guide;
/// Texts that would like to command the reader's terminal.
mod hostile_text;
/// The names of articles.
mod ids;
/// What a second run does.
mod incremental;
/// Runs that are stopped half-way.
mod interruption;
/// Nearness, counts, patterns and weights.
mod language;
/// Which articles a query finds, and in which order.
mod matching;
/// People and what they are quoted with, as a user asks for them.
mod people;
/// The list of all that was wrong.
mod problems;
/// Building anew.
mod rebuild;
/// The sample corpus, and how good its rankings are.
mod sample_corpus;
/// Every format has a sample, a fuzz target and a place in the README.
mod samples;
/// What a run is about: ignore files, globs, and a file whose time counts.
mod selection;
/// Articles that come by standard input.
mod streaming;
/// Colours, widths, pipes, help, and where the index is.
mod terminal;
/// A run that stays and keeps the index in step.
mod watching;
/// The formats of news agencies.
mod wire_formats;
/// A folder to work in, and the program run in it.
mod workspace;
