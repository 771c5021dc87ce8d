//! The `search` program: everything is in the library.

use std::process::ExitCode;

/// Indexing makes and drops many small strings in many threads; the system's
/// allocator on musl and glibc is slower at that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    search::cli::run()
}
