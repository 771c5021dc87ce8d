//! What the benchmarks share: whole processes, timed in turn, as a table.
//!
//! Two programs are only compared under the same load of the machine: they run
//! one after the other (A B A B …), and the ratio is taken pair by pair.

#![allow(dead_code, reason = "no benchmark uses all of this")]

pub(crate) mod measure;
pub(crate) mod words;

use std::process::Command;

/// The arguments after `--`, or `None` if this is not a benchmark run: `cargo
/// test --all-targets` starts benchmarks too, and cargo tells them apart by a flag.
pub(crate) fn arguments() -> Option<Vec<String>> {
    let (flags, rest): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|one| one == "--bench");
    (!flags.is_empty()).then_some(rest)
}

/// The program under test, built by cargo for this benchmark.
pub(crate) fn search() -> Command {
    Command::new(env!("CARGO_BIN_EXE_search"))
}
