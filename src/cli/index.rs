//! `search index`: brings an index up to date, with progress on a terminal.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::{IndexArgs, ReportFormat};
use super::console::Console;
use super::locate::index_folder;
use super::{Outcome, Result};
use crate::corpus::{Found, Walk};
use crate::engine::embedded::{EmbeddedEngine, Root};
use crate::error::{Error, ErrorKind, ProblemKind};
use crate::ingest::{IngestOptions, Progress, ingest};
use crate::parse::FieldMap;
use crate::present::{write_report, write_report_json};

/// What a killed run can lose.
const COMMIT_EVERY: Duration = Duration::from_secs(120);

/// How often the progress bar is drawn.
const REDRAW_EVERY: Duration = Duration::from_millis(100);

/// What to do where a rebuild cannot know what to read.
const NAME_FOLDERS: &str = "name the folders: search index --rebuild PATH…";

/// Runs the command.
pub(super) fn run(
    args: &IndexArgs,
    index: Option<&Path>,
    console: &Console,
    out: &mut dyn Write,
) -> Result<Outcome> {
    let folder = index_folder(index)?;
    let options = IngestOptions {
        roots: roots(args, &folder, console)?,
        memory_bytes: args.memory,
        threads: args.threads.map_or_else(cores, usize::from),
        rebuild: args.rebuild,
        commit_every: COMMIT_EVERY,
        map: Arc::new(FieldMap::parse(&args.map)?),
        index: folder.clone(),
    };
    let stop = Arc::new(AtomicBool::new(false));
    stop_on_signal(&stop)?;
    let progress = Progress::default();
    let report = match std::io::stderr().is_terminal() {
        true => watched(&options, &stop, &progress)?,
        false => ingest(&options, &stop, &progress)?,
    };
    match args.format {
        ReportFormat::Text => write_report(out, &folder, &report)?,
        ReportFormat::Json => write_report_json(out, &folder, &report)?,
    }
    if report.files_read > 0 {
        for (part, key) in options.map.not_found() {
            console.tell(&format!("--map {part}={key}: no record has `{key}`"));
        }
    }
    if report.interrupted {
        console.tell("stopped; what was read is kept, and the next run goes on from there");
    }
    if report.interrupted || report.problems.contains_key(&ProblemKind::Unreadable) {
        return Ok(Outcome::Flawed);
    }
    if report.files_read + report.files_unchanged + report.files_removed == 0 {
        console.tell("there are no files to index");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

/// What to index: as given, or what a rebuilt index was built from.
fn roots(args: &IndexArgs, folder: &Path, console: &Console) -> Result<Vec<PathBuf>> {
    if !args.paths.is_empty() {
        return Ok(args.paths.clone());
    }
    let roots = match EmbeddedEngine::roots_of(folder) {
        Err(error) if error.kind() == ErrorKind::NoIndex => return Err(error.into()),
        // Its own hint would be to rebuild, which is what fails.
        Err(error) => return Err(unknown_roots(Some(&error)).into()),
        Ok(roots) if roots.is_empty() => return Err(unknown_roots(None).into()),
        Ok(roots) => roots,
    };
    let (gone, there): (Vec<_>, Vec<_>) = roots.iter().partition(|root| is_gone(root));
    if there.is_empty() {
        return Err(Error::new(
            ErrorKind::Input,
            "everything that the index was built from is gone",
        )
        .with_hint(NAME_FOLDERS)
        .into());
    }
    for root in gone {
        let path = root.absolute.display();
        console.tell(&format!("{path} is gone; its articles are left out"));
    }
    Ok(there.into_iter().map(path_of).collect())
}

/// Whether a root is no longer there; one that cannot be looked at is for the run to tell of.
fn is_gone(root: &Root) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    let missing = |cause: std::io::Error| matches!(cause.kind(), NotFound | NotADirectory);
    root.absolute.metadata().is_err_and(missing)
}

/// A root as the user gave it, unless the user stands elsewhere by now.
fn path_of(root: &Root) -> PathBuf {
    match root.given.canonicalize() {
        Ok(found) if found == root.absolute => root.given.clone(),
        _ => root.absolute.clone(),
    }
}

fn unknown_roots(cause: Option<&Error>) -> Error {
    let cause = cause.map_or_else(String::new, |cause| format!(": {cause}"));
    Error::new(
        ErrorKind::Input,
        format!("it is not known what the index was built from{cause}"),
    )
    .with_hint(NAME_FOLDERS)
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

/// Runs with a progress bar on standard error.
fn watched(
    options: &IngestOptions,
    stop: &AtomicBool,
    progress: &Progress,
) -> Result<crate::ingest::IngestReport> {
    let bar = ProgressBar::new(0);
    let template = "{wide_bar} {decimal_bytes}/{decimal_total_bytes} {decimal_bytes_per_sec} {eta} left, {msg}";
    // A template that cannot be read costs only its looks.
    bar.set_style(
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let over = AtomicBool::new(false);
    let total_bytes = AtomicU64::new(0);
    let report = std::thread::scope(|scope| {
        scope.spawn(|| measure(options, &over, &total_bytes));
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                draw(&bar, progress, &total_bytes);
                std::thread::sleep(REDRAW_EVERY);
            }
        });
        let _over = SetAtTheEnd(&over);
        ingest(options, stop, progress)
    });
    bar.finish_and_clear();
    Ok(report?)
}

/// Sets a flag when dropped, also where a panic ends the work: others wait for it.
struct SetAtTheEnd<'a>(&'a AtomicBool);

impl Drop for SetAtTheEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Sums up the bytes to be read, ahead of the run, so that the time left can be told.
fn measure(options: &IngestOptions, over: &AtomicBool, total_bytes: &AtomicU64) {
    let Ok(walk) = Walk::new(&options.roots, &options.index) else {
        return;
    };
    for found in walk {
        if over.load(Ordering::Relaxed) {
            return;
        }
        if let Found::File(entry) = found {
            total_bytes.fetch_add(entry.size_bytes, Ordering::Relaxed);
        }
    }
}

fn draw(bar: &ProgressBar, progress: &Progress, total_bytes: &AtomicU64) {
    let done = progress.bytes.load(Ordering::Relaxed);
    bar.set_length(total_bytes.load(Ordering::Relaxed).max(done));
    bar.set_position(done);
    let files = progress.files.load(Ordering::Relaxed);
    let articles = progress.articles.load(Ordering::Relaxed);
    let finishing = progress.finishing.load(Ordering::Relaxed);
    bar.set_message(match finishing {
        true => format!("articles {articles}, writing to disk"),
        false => format!("files {files}, articles {articles}"),
    });
}
