//! Building anew.

use std::fs;

use serde_json::Value;

use super::workspace::{Running, Workspace, markdown};

fn archive() -> Workspace {
    let work = Workspace::new();
    work.file(
        "news/a.md",
        &markdown("Grain", "2025-01-01", "Grain exports rose."),
    )
    .file(
        "more/b.md",
        &markdown("Oil", "2025-01-02", "Oil prices fell."),
    )
    .index(&["news", "more"]);
    work
}

/// Makes the index look as if another version had built it.
fn fake_version(work: &Workspace, layout: u64) {
    let [meta] = &work.index_files("meta.json")[..] else {
        panic!("one meta.json is expected")
    };
    let mut stored: Value = serde_json::from_str(&fs::read_to_string(meta).unwrap()).unwrap();
    let mut stamp: Value = serde_json::from_str(stored["payload"].as_str().unwrap()).unwrap();
    assert!(stamp["layout"].is_u64(), "{stamp:#}");
    stamp["layout"] = layout.into();
    stored["payload"] = stamp.to_string().into();
    fs::write(meta, stored.to_string()).unwrap();
}

#[test]
fn a_rebuild_without_paths_takes_the_roots_of_before() {
    let work = archive();
    work.remove("news/a.md");
    let report = work.index(&["--rebuild"]);
    assert_eq!(report["articles"]["added"], 1);
    assert_eq!(work.all_ids(), ["b.md"]);
}

#[test]
fn a_rebuild_leaves_out_roots_that_are_gone() {
    let work = archive();
    work.remove("news");
    let run = work.run(&["index", "--rebuild"]).status(0);
    assert!(
        run.stderr
            .ends_with("/news is gone; its articles are left out\n"),
        "{}",
        run.stderr
    );
    assert_eq!(work.all_ids(), ["b.md"]);
    work.index(&["--rebuild"]);
    work.remove("more");
    work.run(&["index", "--rebuild"])
        .fails_with(&["is gone", "search index --rebuild PATH"]);
    assert_eq!(work.all_ids(), ["b.md"]);
}

#[test]
fn a_rebuild_with_paths_holds_only_these() {
    let work = archive();
    work.index(&["--rebuild", "more"]);
    assert_eq!(work.all_ids(), ["b.md"]);
    work.index(&["--rebuild"]);
    assert_eq!(work.all_ids(), ["b.md"]);
}

#[test]
fn a_rebuild_leaves_one_generation() {
    let work = archive();
    work.index(&["--rebuild"]);
    let folders = fs::read_dir(work.path(".search")).unwrap();
    let folders = folders.filter(|entry| entry.as_ref().unwrap().path().is_dir());
    assert_eq!(folders.count(), 1);
    assert_eq!(work.all_ids(), ["a.md", "b.md"]);
}

#[test]
fn an_index_of_another_version_is_refused_and_rebuilt() {
    let work = archive();
    fake_version(&work, 999);
    let words = ["built by another version", "search index --rebuild"];
    work.run(&["query", "grain"]).fails_with(&words);
    work.run(&["info"]).fails_with(&words);
    work.run(&["index", "news"]).fails_with(&words);
    let report = work.index(&["--rebuild"]);
    assert_eq!(report["articles"]["added"], 2);
    assert_eq!(work.run(&["query", "grain"]).status, 0);
}

#[test]
fn readers_never_meet_a_gap_between_the_indexes() {
    let work = archive();
    for _ in 0..6 {
        let mut rebuild = Running::start(work.command(&["index", "--rebuild"]));
        while !rebuild.has_ended() {
            assert_eq!(work.run(&["export"]).ok().ids().len(), 2);
        }
        rebuild.end().ok();
    }
}

#[test]
fn a_rebuild_of_nothing_known_asks_for_paths() {
    let work = Workspace::new();
    work.run(&["index", "--rebuild"])
        .fails_with(&["search index"]);
    work.file(
        "news/a.md",
        &markdown("Grain", "2025-01-01", "Grain exports rose."),
    );
    work.index(&["--rebuild", "news"]);
    assert_eq!(work.all_ids(), ["a.md"]);
}

#[test]
fn a_rebuild_from_elsewhere_finds_the_roots() {
    let work = archive();
    work.folder("below");
    let mut command = work.command(&["index", "--rebuild"]);
    command.current_dir(work.path("below"));
    super::workspace::Run::of(command).ok();
    assert_eq!(work.all_ids(), ["a.md", "b.md"]);
}
