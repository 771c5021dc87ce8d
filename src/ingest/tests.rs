//! Runs over folders that change, and runs that are stopped.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::{IngestOptions, IngestReport, Progress, ingest};
use crate::corpus::{Selection, Source};
use crate::engine::Engine;
use crate::engine::embedded::EmbeddedEngine;
use crate::error::{ErrorKind, Result};
use crate::query::Clause;

/// A folder with archives below it, and an index.
struct Archive(tempfile::TempDir);

impl Archive {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes JSON Lines with ids from `prefix` and the record's number.
    fn records(&self, name: impl AsRef<Path>, prefix: &str, count: usize) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let line = |number| {
            format!(
                "{{\"id\":\"{prefix}{number}\",\"title\":\"Talks\",\"text\":\"Some words.\"}}\n"
            )
        };
        fs::write(path, (0..count).map(line).collect::<String>()).unwrap();
    }

    fn options(&self, roots: &[&str]) -> IngestOptions {
        let sources: Vec<_> = roots
            .iter()
            .map(|root| Source::from(self.path(root)))
            .collect();
        let index = self.path("index");
        IngestOptions {
            selection: Selection::new(&sources, &index).unwrap(),
            since_ns: None,
            index,
            memory_bytes: 30_000_000,
            threads: 2,
            rebuild: false,
            commit_every: Duration::from_secs(3600),
        }
    }

    fn index(&self, roots: &[&str]) -> IngestReport {
        run(&self.options(roots), &AtomicBool::new(false)).unwrap()
    }

    /// Runs, and asks to stop as soon as the first articles are taken.
    fn stop_early(&self, options: &IngestOptions) -> Result<IngestReport> {
        let (stop, progress) = (AtomicBool::new(false), Progress::default());
        std::thread::scope(|scope| {
            let running = scope.spawn(|| ingest(options, &stop, &progress));
            while progress.articles.load(Ordering::Relaxed) == 0 && !running.is_finished() {
                std::thread::yield_now();
            }
            stop.store(true, Ordering::Relaxed);
            running.join().unwrap()
        })
    }

    /// How many articles of each file there are, by the first letters of their ids.
    fn articles(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        let engine = EmbeddedEngine::open(&self.path("index")).unwrap();
        let mut ids = std::collections::HashSet::new();
        let count = &mut |article: crate::article::Article| {
            let prefix = article.id.trim_end_matches(|c: char| c.is_ascii_digit());
            *counts.entry(prefix.to_owned()).or_default() += 1;
            assert!(ids.insert(article.id));
            Ok(())
        };
        engine.for_each(&Clause::All, count).unwrap();
        counts
    }

    #[track_caller]
    fn check(&self, expected: &[(&str, usize)]) {
        let expected = expected
            .iter()
            .map(|(prefix, count)| ((*prefix).to_owned(), *count))
            .collect();
        assert_eq!(self.articles(), expected);
    }
}

fn run(options: &IngestOptions, stop: &AtomicBool) -> Result<IngestReport> {
    ingest(options, stop, &Progress::default())
}

#[test]
fn what_a_stopped_run_left_of_a_file_goes_with_the_file() {
    let archive = Archive::new();
    archive.records("news/a.jsonl", "a", 20_000);
    archive.records("news/b.jsonl", "b", 20_000);
    // With commits all the time, as after a kill.
    let options = IngestOptions {
        commit_every: Duration::ZERO,
        ..archive.options(&["news"])
    };
    archive.stop_early(&options).unwrap();
    fs::rename(archive.path("news/a.jsonl"), archive.path("news/c.jsonl")).unwrap();
    archive.index(&["news"]);
    archive.check(&[("a", 20_000), ("b", 20_000)]);
    fs::remove_file(archive.path("news/b.jsonl")).unwrap();
    fs::remove_file(archive.path("news/c.jsonl")).unwrap();
    archive.index(&["news"]);
    archive.check(&[]);
}

#[test]
fn a_stopped_run_leaves_no_file_with_less_than_it_had() {
    let archive = Archive::new();
    archive.records("news/a.jsonl", "a", 20_000);
    archive.index(&["news"]);
    archive.records("news/a.jsonl", "a", 20_001);
    archive.stop_early(&archive.options(&["news"])).unwrap();
    archive.check(&[("a", 20_001)]);
}

#[test]
fn a_stopped_or_empty_rebuild_leaves_the_old_index_in_use() {
    let archive = Archive::new();
    archive.records("news/a.jsonl", "a", 20_000);
    fs::create_dir(archive.path("empty")).unwrap();
    archive.index(&["news"]);
    let rebuild = |root| IngestOptions {
        rebuild: true,
        ..archive.options(&[root])
    };
    let stopped = archive.stop_early(&rebuild("news"));
    assert_eq!(stopped.unwrap_err().kind(), ErrorKind::Interrupted);
    archive.check(&[("a", 20_000)]);
    assert!(!archive.path("index/generation-2").exists());
    let empty = run(&rebuild("empty"), &AtomicBool::new(false));
    assert_eq!(empty.unwrap_err().kind(), ErrorKind::Input);
    archive.check(&[("a", 20_000)]);
    run(&rebuild("news"), &AtomicBool::new(false)).unwrap();
    archive.check(&[("a", 20_000)]);
}

#[test]
fn a_file_that_moves_to_another_root_keeps_ids_apart_and_other_roots_alone() {
    let archive = Archive::new();
    archive.records("one/a.jsonl", "a", 3);
    archive.records("two/b.jsonl", "b", 3);
    archive.index(&["one", "two"]);
    fs::rename(archive.path("two/b.jsonl"), archive.path("one/b.jsonl")).unwrap();
    let report = archive.index(&["one"]);
    // Nothing was asked about the other root, which may be a drive that is not there.
    assert_eq!((report.added, report.removed), (3, 0));
    archive.check(&[("a", 3), ("b", 3), ("b.jsonl#", 3)]);
    archive.index(&["one", "two"]);
    archive.check(&[("a", 3), ("b.jsonl#", 3)]);
}

#[cfg(unix)]
#[test]
fn names_that_are_not_text_are_told_apart() {
    use std::os::unix::ffi::OsStrExt;
    let archive = Archive::new();
    let name = |bytes| Path::new("news").join(std::ffi::OsStr::from_bytes(bytes));
    archive.records(name(b"caf\xe9.jsonl"), "a", 2);
    archive.records(name(b"caf\xe8.jsonl"), "b", 2);
    for _ in 0..3 {
        archive.index(&["news"]);
        archive.check(&[("a", 2), ("b", 2)]);
    }
    fs::remove_file(
        archive
            .path("news")
            .join(std::ffi::OsStr::from_bytes(b"caf\xe9.jsonl")),
    )
    .unwrap();
    archive.index(&["news"]);
    archive.check(&[("b", 2)]);
}

#[test]
fn problems_of_a_stopped_run_are_not_listed_twice() {
    let archive = Archive::new();
    archive.records("news/a.jsonl", "a", 2);
    archive.records("news/b.jsonl", "b", 20_000);
    let mut broken = fs::read_to_string(archive.path("news/b.jsonl")).unwrap();
    broken.insert_str(0, &"{\"id\": oops}\n".repeat(5_000));
    fs::write(archive.path("news/b.jsonl"), broken).unwrap();
    let options = IngestOptions {
        commit_every: Duration::ZERO,
        ..archive.options(&["news"])
    };
    for _ in 0..3 {
        // It may come to its end at the last try.
        let _ = archive.stop_early(&options);
    }
    archive.index(&["news"]);
    archive.check(&[("a", 2), ("b", 20_000)]);
    let mut lines = Vec::new();
    let engine = EmbeddedEngine::open(&archive.path("index")).unwrap();
    let list = &mut |problem: crate::error::Problem| {
        lines.extend(problem.place.line);
        Ok(())
    };
    engine.for_each_problem(&[], list).unwrap();
    assert_eq!(lines, (1..=5_000).collect::<Vec<_>>());
    let counts = engine.summary().unwrap().problems;
    assert_eq!(counts.into_values().collect::<Vec<_>>(), [5_000]);
}
