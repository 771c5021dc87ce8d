//! Runs that are stopped half-way.
//!
//! The index exists as soon as a run has begun to read, so a run that has made one
//! and has megabytes before it is a run in the middle of its work.

use std::collections::BTreeSet;

use super::workspace::{Run, Running, Workspace, markdown, record};

/// Articles of the large file: what takes a second at least.
const MANY: usize = 4_000;

/// One small file that is indexed, and a large one that is not yet.
fn archive() -> Workspace {
    let work = Workspace::new();
    work.file(
        "news/a.md",
        &markdown("Grain", "2025-01-01", "Grain exports rose."),
    )
    .index(&["news"]);
    let text = |id: usize| {
        (0..150)
            .map(|n| format!("word{} ", (id * 31 + n * n) % 5_000))
            .collect::<String>()
    };
    let records: String = (0..MANY)
        .map(|id| record(&format!("r{id}"), &text(id)))
        .collect();
    work.file("news/m.jsonl", &records).file(
        "news/z.md",
        &markdown("Oil", "2025-01-02", "Oil prices fell."),
    );
    work
}

/// Starts a run, and waits until it is at work: it holds the lock and writes.
fn start(work: &Workspace) -> Running {
    let written = || work.index_files(".store").len() + work.index_files(".tmp").len();
    let before = written();
    let mut running =
        Running::start(work.command(&["index", "news", "--threads", "2", "--memory", "15MB"]));
    running.wait_until("writing", || written() > before);
    running
}

/// The next run completes what an earlier one began.
#[track_caller]
fn check_completed(work: &Workspace) {
    work.index(&["news"]);
    let ids = work.all_ids();
    assert_eq!(ids.len(), MANY + 2);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), MANY + 2);
    assert!(ids.contains(&"r0".to_owned()) && ids.contains(&"z.md".to_owned()));
    let report = work.index(&["news"]);
    assert_eq!(report["articles"]["unchanged"], MANY + 2);
}

#[test]
fn an_interrupted_run_keeps_what_it_has_and_the_next_goes_on() {
    let work = archive();
    let running = start(&work);
    running.signal("INT");
    let run = running.end().status(2);
    assert!(
        run.stderr.contains("stopped; what was read is kept"),
        "{run:#?}"
    );
    assert!(run.stdout.starts_with("articles  "), "{run:#?}");
    work.run(&["query", "grain"]).ok();
    let kept = work.all_ids();
    assert!(kept.len() < MANY + 2, "it was not stopped half-way");
    assert_eq!(kept.iter().collect::<BTreeSet<_>>().len(), kept.len());
    check_completed(&work);
}

#[test]
fn a_killed_run_loses_nothing_that_was_committed() {
    let work = archive();
    let running = start(&work);
    // Readers are not held up in the meantime.
    work.run(&["query", "grain"]).ok();
    running.signal("KILL");
    assert_eq!(running.end().status, -1);
    assert_eq!(work.all_ids(), ["a.md"]);
    check_completed(&work);
}

#[test]
fn a_killed_first_run_and_a_killed_rebuild_leave_no_half_index() {
    let work = archive();
    let mut rebuild = Running::start(work.command(&["index", "--rebuild"]));
    rebuild.wait_until("a new generation", || {
        work.path(".search/generation-2/meta.json").exists()
    });
    rebuild.signal("KILL");
    rebuild.end();
    assert_eq!(work.all_ids(), ["a.md"]);
    work.index(&["--rebuild"]);
    check_completed(&work);
    assert!(!work.path(".search/generation-1").exists());
}

#[test]
fn termination_is_an_interruption_too() {
    let work = archive();
    let running = start(&work);
    running.signal("TERM");
    running.end().status(2);
    let shown: Run = work.run(&["show", "a.md"]);
    shown.ok();
}
