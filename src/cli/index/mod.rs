//! `search index`: brings an index up to date, with progress on a terminal.

mod progress;
mod sources;
mod watch;

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use self::progress::with_bar;
use super::args::{IndexArgs, ReportFormat};
use super::console::Console;
use super::locate::index_folder;
use super::{Outcome, Result};
use crate::corpus::Selection;
use crate::error::{Error, ErrorKind, ProblemKind};
use crate::ingest::{IngestOptions, IngestReport, Progress, ingest};
use crate::present::{write_report, write_report_json};

/// What a killed run can lose.
const COMMIT_EVERY: Duration = Duration::from_secs(120);

/// Runs the command.
pub(super) fn run(
    args: &IndexArgs,
    index: Option<&Path>,
    console: &Console,
    out: &mut dyn Write,
) -> Result<Outcome> {
    let folder = index_folder(index)?;
    let sources = sources::sources(args, &folder, console)?;
    let options = IngestOptions {
        selection: Selection::new(&sources, &folder)?,
        since_ns: args
            .since_file
            .as_deref()
            .map(sources::time_of)
            .transpose()?,
        memory_bytes: args.memory,
        threads: args.threads.map_or_else(cores, usize::from),
        rebuild: args.rebuild,
        commit_every: COMMIT_EVERY,
        index: folder.clone(),
    };
    let stop = Arc::new(AtomicBool::new(false));
    stop_on_signal(&stop)?;
    if args.watch {
        let ways = watch::Ways {
            console,
            format: args.format,
            stop: &stop,
        };
        return watch::run(sources, options, &ways, out);
    }
    let progress = Progress::default();
    let work = || ingest(&options, &stop, &progress);
    let report = match std::io::stderr().is_terminal() {
        true => with_bar(Some(&options.selection), &progress, work)?,
        false => work()?,
    };
    write(out, args.format, &folder, &report)?;
    Ok(outcome(&report, console))
}

fn write(
    out: &mut dyn Write,
    format: ReportFormat,
    index: &Path,
    report: &IngestReport,
) -> std::io::Result<()> {
    match format {
        ReportFormat::Text => write_report(out, index, report),
        ReportFormat::Json => write_report_json(out, index, report),
    }
}

/// How the run ended, with a word on what the report does not say.
fn outcome(report: &IngestReport, console: &Console) -> Outcome {
    if report.interrupted {
        console.tell("stopped; what was read is kept, and the next run goes on from there");
    }
    if report.interrupted || report.problems.contains_key(&ProblemKind::Unreadable) {
        return Outcome::Flawed;
    }
    let files = report.files_read + report.files_unchanged + report.files_older;
    if files + report.files_removed == 0 {
        console.tell("there are no files to index");
        return Outcome::Nothing;
    }
    Outcome::Done
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The first ^C asks the run to stop, the second does not wait for it.
fn stop_on_signal(stop: &Arc<AtomicBool>) -> Result<()> {
    let stop = Arc::clone(stop);
    let handler = move || {
        if stop.swap(true, Ordering::Relaxed) {
            leave();
        }
    };
    Ok(ctrlc::set_handler(handler)
        .map_err(|cause| Error::new(ErrorKind::Io, format!("cannot catch ^C: {cause}")))?)
}

#[expect(
    clippy::exit,
    reason = "the user insists; commits are atomic, so nothing is lost by leaving at once"
)]
fn leave() {
    std::process::exit(2);
}
