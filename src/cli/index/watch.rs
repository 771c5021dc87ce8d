//! `search index --watch`: keeps an index in step with folders until it is stopped.
//!
//! In: what to index, and news of changes. Out: a round of indexing for what has
//! changed, and a line about it. Between rounds the index belongs to nobody, so other
//! runs can write to it.
//!
//! A root that is gone takes nothing with it: it may be a drive that comes back. What
//! is at its place then, be it the same or not, is walked as a whole. A root that is
//! still the same folder, but has another absolute path because a folder above it was
//! renamed, is followed.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::progress::with_bar;
use super::write;
use crate::cli::args::ReportFormat;
use crate::cli::console::Console;
use crate::cli::{Outcome, Result};
use crate::corpus::{Changed, Selection, Source, Watch};
use crate::engine::embedded::EmbeddedEngine;
use crate::error::{Error, ErrorKind};
use crate::ingest::{IngestOptions, IngestReport, Progress, ingest};
use crate::present::round_line;

/// How often it is seen whether there is news.
const TICK: Duration = Duration::from_millis(100);

/// How often it is seen whether the roots are still where they were: no news tells of that.
const LOOK_FOR_ROOTS_EVERY: Duration = Duration::from_secs(2);

/// The shortest time from the end of a round to the next.
const BETWEEN_ROUNDS: Duration = Duration::from_secs(1);

/// How often everything is walked where folders cannot be watched.
const WALK_EVERY: Duration = Duration::from_secs(30);

/// How long it is waited after a failure that may pass, such as a full disk.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// How the rounds are told of, and stopped.
pub(super) struct Ways<'a> {
    pub(super) console: &'a Console,
    pub(super) format: ReportFormat,
    pub(super) stop: &'a AtomicBool,
}

/// Runs until it is stopped.
pub(super) fn run(
    sources: Vec<Source>,
    options: IngestOptions,
    ways: &Ways<'_>,
    out: &mut dyn Write,
) -> Result<Outcome> {
    let now = Instant::now();
    let mut watching = Watching {
        sources,
        gone: Vec::new(),
        options,
        ways,
        out,
        watch: None,
        due: None,
        not_before: now,
        roots_due: now,
        walk_due: now,
    };
    watching.watch_anew();
    watching.first_round()?;
    while !watching.is_stopped() {
        std::thread::sleep(TICK);
        watching.look(Instant::now())?;
    }
    Ok(Outcome::Done)
}

struct Watching<'a> {
    sources: Vec<Source>,
    /// Those of the sources that are not there at present.
    gone: Vec<Source>,
    /// With the roots that are there at present.
    options: IngestOptions,
    ways: &'a Ways<'a>,
    out: &'a mut dyn Write,
    /// None where the system does not let us.
    watch: Option<Watch>,
    /// What is to be looked at besides what the news says.
    due: Option<Changed>,
    /// When the next round may start.
    not_before: Instant,
    /// When to see whether the roots are where they were.
    roots_due: Instant,
    /// When to walk everything, where folders cannot be watched.
    walk_due: Instant,
}

impl Watching<'_> {
    fn is_stopped(&self) -> bool {
        self.ways.stop.load(Ordering::Relaxed)
    }

    /// A run as any other, with its report.
    fn first_round(&mut self) -> Result<()> {
        let progress = Progress::default();
        let work = || self.ingest_when_free(&self.options, &progress);
        let report = match std::io::stderr().is_terminal() {
            true => with_bar(Some(&self.options.selection), &progress, work)?,
            false => work()?,
        };
        self.options.rebuild = false;
        if let Some(report) = report {
            write(self.out, self.ways.format, &self.options.index, &report)?;
            self.out.flush()?;
        }
        if !self.is_stopped() {
            self.ways.console.tell("watching for changes; stop with ^C");
        }
        self.rest_for(BETWEEN_ROUNDS);
        Ok(())
    }

    /// Sees whether there is news, and has a round if there is.
    fn look(&mut self, now: Instant) -> Result<()> {
        if now < self.not_before {
            return Ok(());
        }
        if now >= self.roots_due {
            self.look_for_roots();
            self.roots_due = now + LOOK_FOR_ROOTS_EVERY;
        }
        let news = match (self.due.take(), &self.watch) {
            (Some(due), _) => Some(due),
            (None, Some(watch)) => watch.take(&self.options.selection),
            (None, None) => (now >= self.walk_due).then_some(Changed::Anywhere),
        };
        match news {
            // A root that is gone must not look like one that cannot be read.
            Some(_) if self.look_for_roots() => Ok(()),
            Some(changed) => self.round(changed),
            None => Ok(()),
        }
    }

    /// Looks at what has changed.
    fn round(&mut self, changed: Changed) -> Result<()> {
        self.refuse_lost_index()?;
        let selection = match &changed {
            Changed::Places(places) => self.options.selection.within(places.clone()),
            Changed::Anywhere => self.options.selection.clone(),
        };
        // First watched, then walked, so that nothing is missed.
        self.cover(&selection);
        let options = IngestOptions {
            selection,
            ..self.options.clone()
        };
        match self.ingest_when_free(&options, &Progress::default()) {
            Ok(Some(report)) => self.tell(&report)?,
            Ok(None) => {}
            Err(error) if may_pass(&error) => {
                self.ways.console.fail(&error);
                self.due = Some(changed);
                self.rest_for(RETRY_AFTER);
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        }
        self.rest_for(BETWEEN_ROUNDS);
        Ok(())
    }

    fn rest_for(&mut self, span: Duration) {
        let now = Instant::now();
        self.not_before = now + span;
        self.walk_due = now + WALK_EVERY;
    }

    /// Runs as soon as nobody else writes to the index; `None` if stopped before.
    fn ingest_when_free(
        &self,
        options: &IngestOptions,
        progress: &Progress,
    ) -> crate::error::Result<Option<IngestReport>> {
        let mut is_told = false;
        while !self.is_stopped() {
            match ingest(options, self.ways.stop, progress) {
                Err(error) if error.kind() == ErrorKind::IndexBusy => {
                    if !is_told {
                        self.ways.console.tell(&format!("{error}; waiting"));
                    }
                    is_told = true;
                    std::thread::sleep(TICK);
                }
                done => return done.map(Some),
            }
        }
        Ok(None)
    }

    /// A round writes a new index where there is none, which nobody wants of a watch.
    fn refuse_lost_index(&self) -> Result<()> {
        match EmbeddedEngine::roots_of(&self.options.index) {
            Err(error) if error.kind() == ErrorKind::NoIndex => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Sees which roots are there. True if that is not as it was: then all is walked anew.
    fn look_for_roots(&mut self) -> bool {
        let is_there = |source: &&Source| source.path.exists();
        let (there, gone): (Vec<_>, Vec<_>) = self.sources.iter().partition(is_there);
        let there: Vec<_> = there.into_iter().cloned().collect();
        let gone: Vec<_> = gone.into_iter().cloned().collect();
        let Ok(fresh) = Selection::new(&there, &self.options.index) else {
            // It goes on with what there was; what cannot be read is told by the round.
            return false;
        };
        let earlier = &self.options.selection;
        if fresh.is_where(earlier) {
            return false;
        }
        let tell = |source: &Source, how: &str| {
            let path = source.path.display();
            self.ways.console.tell(&format!("{path} is {how}"));
        };
        let lost = gone.iter().filter(|source| !self.gone.contains(source));
        lost.for_each(|source| tell(source, "gone; its articles stay until it is back"));
        let back = self.gone.iter().filter(|source| !gone.contains(source));
        back.for_each(|source| tell(source, "back"));
        self.options.selection = fresh.moved_from(earlier);
        self.gone = gone;
        self.watch_anew();
        self.due = Some(Changed::Anywhere);
        true
    }

    /// Watches the roots that are there, and forgets what was watched before.
    fn watch_anew(&mut self) {
        match Watch::new() {
            Ok(watch) => {
                self.watch = Some(watch);
                self.cover(&self.options.selection.clone());
            }
            Err(error) => self.walk_instead(error),
        }
    }

    fn cover(&mut self, selection: &Selection) {
        let covered = self.watch.as_mut().map(|watch| watch.cover(selection));
        if let Some(Err(error)) = covered {
            self.walk_instead(error);
        }
    }

    /// Goes on without being told of changes.
    fn walk_instead(&mut self, error: Error) {
        self.watch = None;
        self.ways.console.fail(&error);
        let seconds = WALK_EVERY.as_secs();
        let message = format!("until then, all folders are looked through every {seconds} seconds");
        self.ways.console.tell(&message);
    }

    fn tell(&mut self, report: &IngestReport) -> Result<()> {
        let Some(line) = round_line(report) else {
            return Ok(());
        };
        match self.ways.format {
            ReportFormat::Text => {
                let time = jiff::Zoned::now().strftime("%H:%M:%S");
                self.ways.console.note(&format!("{time}  {line}"));
            }
            ReportFormat::Json => {
                write(self.out, ReportFormat::Json, &self.options.index, report)?;
                self.out.flush()?;
            }
        }
        Ok(())
    }
}

/// Whether a failure may be over when the same is tried again.
fn may_pass(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::DiskFull | ErrorKind::Io)
}
