//! The command line: arguments in, results on stdout, everything else on stderr.
//!
//! The only place that prints. Each file is a command, or what several share. A
//! command gets its arguments and a `Console`, and tells how it ended; what that
//! means for the shell is decided here alone.

mod args;
mod console;
mod crash;
mod eval;
mod export;
mod generate;
mod index;
mod info;
mod locate;
mod query;
mod question;
mod show;
mod size;

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind as UsageErrorKind};

use self::args::{Args, Command};
use self::console::Console;
use crate::error::{Error, ErrorKind};

/// How a command ended, if it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Something was found or done: status 0.
    Done,
    /// Nothing was found: status 1.
    Nothing,
    /// There were results, but something could not be read: status 2.
    Flawed,
}

/// Why a command stopped.
#[derive(Debug)]
enum Failure {
    /// What the user is told.
    Error(Error),
    /// Results could not be written.
    Output(io::Error),
}

type Result<T> = std::result::Result<T, Failure>;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(usage) => return explain_usage(&usage),
    };
    let console = Console::new(args.color);
    let mut out = BufWriter::with_capacity(64 << 10, io::stdout().lock());
    let outcome = crash::guarded(|| dispatch(args, &console, &mut out))
        .unwrap_or_else(|error| Err(Failure::Error(error)));
    // Results come before the error that ended them.
    let flushed = out.flush().map_err(Failure::Output);
    match outcome.and_then(|outcome| flushed.map(|()| outcome)) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Flawed) => ExitCode::from(2),
        // Whoever closed the pipe has seen enough.
        Err(Failure::Output(cause)) if cause.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(Failure::Output(cause)) => {
            let message = format!("cannot write the results: {cause}");
            console.fail(&Error::new(ErrorKind::Io, message));
            ExitCode::from(2)
        }
        Err(Failure::Error(error)) => {
            console.fail(&error);
            ExitCode::from(2)
        }
    }
}

fn dispatch(args: Args, console: &Console, out: &mut dyn Write) -> Result<Outcome> {
    if let Some(kind) = args.generate {
        return generate::run(kind, out);
    }
    // An empty variable is one that is not set.
    let index = args
        .index
        .as_deref()
        .filter(|path| !path.is_empty())
        .map(Path::new);
    match args.command {
        Some(Command::Index(args)) => index::run(&args, index, console, out),
        Some(Command::Query(args)) => query::run(&args, index, console, out),
        Some(Command::Show(args)) => show::run(&args, index, console, out),
        Some(Command::Export(args)) => export::run(&args, index, console, out),
        Some(Command::Info(args)) => info::run(&args, index, out),
        Some(Command::Eval(args)) => eval::run(&args, index, console, out),
        None => generate::run_help(out),
    }
}

/// Help and version are results; anything else is an error of usage.
fn explain_usage(usage: &clap::Error) -> ExitCode {
    // Nothing can be told to a closed terminal.
    let _ = match asks_for_language(usage) {
        true => io::stdout().write_all(generate::QUERY_LANGUAGE.as_bytes()),
        false => usage.print(),
    };
    if is_exclusion(usage) {
        let _ = writeln!(io::stderr(), "\n{EXCLUSION_HINT}");
    }
    match usage.kind() {
        UsageErrorKind::DisplayHelp | UsageErrorKind::DisplayVersion => ExitCode::SUCCESS,
        _ => ExitCode::from(2),
    }
}

/// Whether this is `search help query`, which tells more than the flags of `query`.
fn asks_for_language(usage: &clap::Error) -> bool {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let asked = arguments.ends_with(&["help".into(), "query".into()]);
    usage.kind() == UsageErrorKind::DisplayHelp && asked
}

/// What to do where a word to leave out was taken for flags.
const EXCLUSION_HINT: &str = "hint: to leave a word out, put the query in quotes: \
    search query 'ceasefire -Gaza', or write NOT Gaza";

/// Whether an unknown flag may have been meant as a word to leave out.
fn is_exclusion(usage: &clap::Error) -> bool {
    let takes_query = |argument: OsString| argument == "query" || argument == "export";
    let Some(ContextValue::String(flag)) = usage.get(ContextKind::InvalidArg) else {
        return false;
    };
    usage.kind() == UsageErrorKind::UnknownArgument
        && flag.starts_with('-')
        && !flag.starts_with("--")
        && std::env::args_os().skip(1).any(takes_query)
}
