//! Tells where below the roots of a selection something has changed.
//!
//! In: a selection, and what the system tells of its folders. Out: the places to look
//! at again, once it has become quiet there.
//!
//! Only folders that a walk enters are watched, so neither the index nor hidden or
//! ignored folders make any noise. What exactly has happened does not matter: a place
//! is looked at again whether something came, went or changed there, and a folder with
//! all that is below it. Places are kept once each, so memory is bounded.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use rustc_hash::FxHashSet;

use super::ignored::IGNORE_FILE;
use super::selection::Selection;
use crate::error::{Error, ErrorKind, Result};

/// No news for so long makes what came before ready to be looked at.
const QUIET: Duration = Duration::from_millis(500);

/// Where there is always news, it is looked at this often.
const AT_LATEST: Duration = Duration::from_secs(3);

/// With more places than this it is cheaper to look everywhere.
const MAX_PLACES: usize = 10_000;

/// Watches folders for changes, until dropped.
pub struct Watch {
    changes: Arc<Mutex<Changes>>,
    watcher: RecommendedWatcher,
}

/// Where something has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// At or below these absolute paths, of which some may be gone.
    Places(Vec<PathBuf>),
    /// Nobody knows: news was lost.
    Anywhere,
}

#[derive(Default)]
struct Changes {
    places: FxHashSet<PathBuf>,
    is_anywhere: bool,
    first: Option<Instant>,
    last: Option<Instant>,
}

impl Watch {
    /// Starts to watch, but nothing yet.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] if the system does not let us.
    pub fn new() -> Result<Self> {
        let changes = Arc::new(Mutex::new(Changes::default()));
        let noted = Arc::clone(&changes);
        let note = move |event| lock(&noted).note(event);
        let watcher = RecommendedWatcher::new(note, Config::default())
            .map_err(|cause| failure(&cause, "cannot watch folders"))?;
        Ok(Self { changes, watcher })
    }

    /// Watches what a walk over the selection comes upon, besides what is watched already.
    ///
    /// Whatever changes after this is told, so a walk that starts then misses nothing.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] if no more folders can be watched.
    pub fn cover(&mut self, selection: &Selection) -> Result<()> {
        for place in selection.walk().places() {
            if let Err(cause) = self.watcher.watch(&place, RecursiveMode::NonRecursive) {
                // What vanishes just now is told by its folder, what may not be read by the walk.
                if place.exists() && !is_denied(&cause) {
                    let message = format!("cannot watch {}", place.display());
                    return Err(failure(&cause, &message));
                }
            }
        }
        Ok(())
    }

    /// What has changed since the last call, as far as it concerns the selection, and if
    /// it is time to look at it.
    pub fn take(&self, selection: &Selection) -> Option<Changed> {
        let changes = lock(&self.changes).take(Instant::now())?;
        if changes.is_anywhere {
            return Some(Changed::Anywhere);
        }
        let mut places: Vec<_> = changes.places.into_iter().map(with_rules).collect();
        places.retain(|place| selection.concerns(place));
        (!places.is_empty()).then_some(Changed::Places(places))
    }
}

impl Changes {
    fn note(&mut self, event: notify::Result<Event>) {
        match event {
            // Reading changes nothing, and we do it all the time.
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
            Ok(event) if event.need_rescan() => self.is_anywhere = true,
            Ok(event) => self.places.extend(event.paths),
            Err(_) => self.is_anywhere = true,
        }
        if self.places.len() > MAX_PLACES {
            self.is_anywhere = true;
        }
        if self.is_anywhere {
            self.places = FxHashSet::default();
        }
        let now = Instant::now();
        self.first.get_or_insert(now);
        self.last = Some(now);
    }

    fn take(&mut self, now: Instant) -> Option<Self> {
        let passed = |then: Option<Instant>, span| {
            then.is_some_and(|then| now.saturating_duration_since(then) >= span)
        };
        let is_time = passed(self.last, QUIET) || passed(self.first, AT_LATEST);
        is_time.then(|| std::mem::take(self))
    }
}

fn lock(changes: &Mutex<Changes>) -> MutexGuard<'_, Changes> {
    // A set of places stays right whatever happened to the thread that held it.
    changes.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An ignore file speaks for its whole folder.
fn with_rules(place: PathBuf) -> PathBuf {
    match place.parent() {
        Some(folder) if place.file_name().is_some_and(|name| name == IGNORE_FILE) => {
            folder.to_path_buf()
        }
        _ => place,
    }
}

fn is_denied(cause: &notify::Error) -> bool {
    matches!(&cause.kind, notify::ErrorKind::Io(io) if io.kind() == std::io::ErrorKind::PermissionDenied)
}

fn failure(cause: &notify::Error, message: &str) -> Error {
    // Too many watchers, or too many files of any sort.
    let is_many = |io: &std::io::Error| matches!(io.raw_os_error(), Some(24 | 23));
    let (why, hint) = match &cause.kind {
        notify::ErrorKind::MaxFilesWatch => (
            "the system's limit of watched folders is reached".to_owned(),
            "raise it: sudo sysctl fs.inotify.max_user_watches=1000000",
        ),
        notify::ErrorKind::Io(io) if is_many(io) => (
            io.to_string(),
            "raise it: sudo sysctl fs.inotify.max_user_instances=1024",
        ),
        notify::ErrorKind::Io(io) => (io.to_string(), "see that the folder may be read"),
        _ => (cause.to_string(), "see that the folder may be read"),
    };
    Error::new(ErrorKind::Io, format!("{message}: {why}")).with_hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind, Flag};

    fn event(kind: EventKind, path: &str) -> notify::Result<Event> {
        Ok(Event::new(kind).add_path(PathBuf::from(path)))
    }

    fn created(path: &str) -> notify::Result<Event> {
        event(EventKind::Create(CreateKind::File), path)
    }

    #[test]
    fn news_is_ready_when_it_is_quiet_or_at_the_latest() {
        let mut changes = Changes::default();
        changes.note(event(EventKind::Access(AccessKind::Any), "/read"));
        assert!(changes.take(Instant::now() + AT_LATEST).is_none());
        changes.note(created("/a"));
        changes.note(created("/a"));
        let (Some(first), Some(last)) = (changes.first, changes.last) else {
            panic!("no news");
        };
        assert!(changes.take(last).is_none());
        let taken = changes.take(last + QUIET).unwrap();
        assert_eq!(taken.places.len(), 1);
        assert!(changes.take(last + AT_LATEST).is_none());
        changes.note(created("/a"));
        // More news all the time.
        changes.last = Some(first + AT_LATEST);
        changes.first = Some(first);
        assert!(changes.take(first + AT_LATEST).is_some());
    }

    #[test]
    fn lost_news_and_too_much_of_it_mean_anywhere() {
        let mut changes = Changes::default();
        changes.note(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)));
        assert!(changes.is_anywhere);
        let mut changes = Changes::default();
        for number in 0..=MAX_PLACES {
            changes.note(created(&format!("/{number}")));
        }
        assert!(changes.is_anywhere && changes.places.is_empty());
    }
}
