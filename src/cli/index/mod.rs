//! `search index`: brings an index up to date, with progress on a terminal.

mod progress;
mod sources;
mod stdin;
mod watch;

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use self::progress::with_bar;
use self::sources::{subject, time_of};
use super::args::{IndexArgs, ReportFormat};
use super::console::Console;
use super::locate::index_folder;
use super::{Outcome, Result};
use crate::corpus::Selection;
use crate::error::{Error, ErrorKind, ProblemKind};
use crate::ingest::{IngestOptions, IngestReport, Progress, ingest, ingest_stream};
use crate::parse::FieldMap;
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
    let subject = subject(args, &folder, console)?;
    let since = args.since_file.as_deref();
    let map = Arc::new(FieldMap::parse(&args.map)?);
    let options = IngestOptions {
        selection: Selection::new(&subject.sources, &folder)?,
        since_ns: since.map(time_of).transpose()?,
        memory_bytes: args.memory,
        threads: args.threads.map_or_else(cores, usize::from),
        rebuild: args.rebuild,
        keeps_streamed: subject.keeps_streamed,
        map: Arc::clone(&map),
        commit_every: COMMIT_EVERY,
        index: folder.clone(),
    };
    let stop = Arc::new(AtomicBool::new(false));
    stop_on_signal(&stop)?;
    if args.watch && subject.listens {
        let error = Error::new(ErrorKind::Input, "standard input cannot be watched");
        return Err(error
            .with_hint("leave out --watch: - is read until it ends")
            .into());
    }
    if args.watch {
        let ways = watch::Ways {
            console,
            format: args.format,
            stop: &stop,
        };
        return watch::run(subject.sources, options, &ways, out);
    }
    let report = match (subject.sources.is_empty(), subject.listens) {
        (_, false) => read_files(&options, &stop)?,
        (true, true) => read_stream(&options, &stop, console)?,
        (false, true) => {
            let mut report = read_files(&options, &stop)?;
            if !report.interrupted {
                let rest = IngestOptions {
                    rebuild: false,
                    ..options
                };
                report.add(read_stream(&rest, &stop, console)?);
            }
            report
        }
    };
    write(out, args.format, &folder, &report)?;
    tell_of_missing_keys(&map, &report, console);
    Ok(outcome(&report, console, subject.listens))
}

fn read_files(options: &IngestOptions, stop: &AtomicBool) -> Result<IngestReport> {
    let progress = Progress::default();
    let work = || ingest(options, stop, &progress);
    Ok(match std::io::stderr().is_terminal() {
        true => with_bar(Some(&options.selection), &progress, work),
        false => work(),
    }?)
}

fn read_stream(
    options: &IngestOptions,
    stop: &Arc<AtomicBool>,
    console: &Console,
) -> Result<IngestReport> {
    if std::io::stdin().is_terminal() {
        console.tell("reading JSON Lines from the terminal; end with ^D");
    }
    let progress = Progress::default();
    let work = || ingest_stream(options, Box::new(stdin::stdin(stop)), stop, &progress);
    Ok(match std::io::stderr().is_terminal() {
        true => with_bar(None, &progress, work),
        false => work(),
    }?)
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

/// Tells which keys of the user's no record had: they are likely to be misspelt.
fn tell_of_missing_keys(map: &FieldMap, report: &IngestReport, console: &Console) {
    for (part, key) in map.not_found().filter(|_| report.files_read > 0) {
        console.tell(&format!("--map {part}={key}: no record has `{key}`"));
    }
}

/// How the run ended, with a word on what the report does not say.
fn outcome(report: &IngestReport, console: &Console, listened: bool) -> Outcome {
    if report.interrupted {
        console.tell(match listened {
            false => "stopped; what was read is kept, and the next run goes on from there",
            true => "stopped; what was read is kept",
        });
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
