//! The progress of a run, drawn on a terminal.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::corpus::{Found, Selection};
use crate::ingest::Progress;

/// How often the progress bar is drawn.
const REDRAW_EVERY: Duration = Duration::from_millis(100);

/// Runs `work` with a progress bar on standard error; `selection` is what it reads.
pub(super) fn with_bar<T>(
    selection: Option<&Selection>,
    progress: &Progress,
    work: impl FnOnce() -> T,
) -> T {
    let bar = ProgressBar::new(0);
    let template = "{wide_bar} {decimal_bytes}/{decimal_total_bytes} {decimal_bytes_per_sec} {eta} left, {msg}";
    // A template that cannot be read costs only its looks.
    bar.set_style(
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let over = AtomicBool::new(false);
    let total_bytes = AtomicU64::new(0);
    let result = std::thread::scope(|scope| {
        if let Some(selection) = selection {
            scope.spawn(|| measure(selection, &over, &total_bytes));
        }
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                draw(&bar, progress, &total_bytes);
                std::thread::sleep(REDRAW_EVERY);
            }
        });
        let _over = SetAtTheEnd(&over);
        work()
    });
    bar.finish_and_clear();
    result
}

/// Sets a flag when dropped, also where a panic ends the work: others wait for it.
struct SetAtTheEnd<'a>(&'a AtomicBool);

impl Drop for SetAtTheEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Sums up the bytes to be read, ahead of the run, so that the time left can be told.
fn measure(selection: &Selection, over: &AtomicBool, total_bytes: &AtomicU64) {
    for found in selection.walk() {
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
