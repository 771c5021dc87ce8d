//! What a second run does.

use serde_json::{Value, json};

use super::workspace::{Workspace, markdown, record};

/// `added`, `updated`, `removed`, `unchanged` of a report.
fn articles(report: &Value) -> [u64; 4] {
    ["added", "updated", "removed", "unchanged"]
        .map(|key| report["articles"][key].as_u64().unwrap())
}

/// Two files, four articles, indexed.
fn archive() -> Workspace {
    let work = Workspace::new();
    work.file(
        "news/wire.jsonl",
        &["a", "b", "c"]
            .map(|id| record(id, "grain exports"))
            .concat(),
    )
    .file(
        "news/gaza.md",
        &markdown("Gaza", "2025-04-02", "Talks in Cairo."),
    )
    .age("news/wire.jsonl", 5)
    .age("news/gaza.md", 5)
    .index(&["news"]);
    work
}

#[test]
fn unchanged_files_are_not_read() {
    let work = archive();
    let report = work.index(&["news"]);
    assert_eq!(articles(&report), [0, 0, 0, 4]);
    assert_eq!(
        (&report["files"]["read"], &report["files"]["unchanged"]),
        (&json!(0), &json!(2))
    );
    assert_eq!(report["text_bytes"], 0);
}

#[test]
fn a_touched_file_with_the_same_bytes_is_unchanged() {
    let work = archive();
    work.age("news/wire.jsonl", 2);
    for _ in 0..2 {
        let report = work.index(&["news"]);
        assert_eq!(articles(&report), [0, 0, 0, 4]);
    }
    assert_eq!(work.all_ids(), ["a", "b", "c", "gaza.md"]);
}

#[test]
fn a_changed_file_replaces_its_articles() {
    let work = archive();
    work.file(
        "news/gaza.md",
        &markdown("Gaza", "2025-04-02", "Talks in Doha, this time."),
    );
    assert_eq!(articles(&work.index(&["news"])), [0, 1, 0, 3]);
    assert_eq!(work.run(&["query", "Cairo"]).status, 1);
    let doha = work.run(&["query", "Doha", "--format", "jsonl"]);
    assert_eq!(doha.ok().ids(), ["gaza.md"]);
}

#[test]
fn a_change_of_the_same_length_is_seen_by_its_time() {
    let work = archive();
    work.file(
        "news/gaza.md",
        &markdown("Gaza", "2025-04-02", "Talks in Tunis."),
    );
    assert_eq!(articles(&work.index(&["news"])), [0, 1, 0, 3]);
    assert_eq!(work.run(&["query", "Tunis"]).status, 0);
}

#[test]
fn a_vanished_file_takes_its_articles_along() {
    let work = archive();
    work.remove("news/wire.jsonl");
    let report = work.index(&["news"]);
    assert_eq!(articles(&report), [0, 0, 3, 1]);
    assert_eq!(report["files"]["removed"], 1);
    assert_eq!(work.all_ids(), ["gaza.md"]);
}

#[test]
fn a_renamed_file_keeps_the_ids_of_its_records() {
    let work = archive();
    // One name before and one after the old one in the order of the walk.
    for name in ["news/zone.jsonl", "news/area.jsonl"] {
        let old = if name == "news/zone.jsonl" {
            "news/wire.jsonl"
        } else {
            "news/zone.jsonl"
        };
        work.rename(old, name);
        work.index(&["news"]);
        assert_eq!(work.all_ids(), ["a", "b", "c", "gaza.md"]);
        let shown = work.run(&["show", "b", "--format", "json"]).ok().json();
        assert_eq!(shown["path"], name);
    }
}

#[test]
fn a_file_that_shrinks_loses_the_records_that_are_gone() {
    let work = archive();
    work.file("news/wire.jsonl", &(record("b", "grain exports") + "\n"));
    let report = work.index(&["news"]);
    assert_eq!(articles(&report), [0, 1, 2, 1]);
    assert_eq!(work.all_ids(), ["b", "gaza.md"]);
}

#[test]
fn a_file_that_grows_adds_the_records_that_are_new() {
    let work = archive();
    let records = ["a", "b", "c", "d", "e"].map(|id| record(id, "grain exports"));
    work.file("news/wire.jsonl", &records.concat());
    assert_eq!(articles(&work.index(&["news"])), [2, 3, 0, 1]);
    assert_eq!(work.all_ids(), ["a", "b", "c", "d", "e", "gaza.md"]);
}

#[test]
fn a_second_root_adds_to_the_first() {
    let work = archive();
    work.file(
        "more/oil.md",
        &markdown("Oil", "2025-01-01", "Oil and gas."),
    );
    assert_eq!(articles(&work.index(&["more"])), [1, 0, 0, 0]);
    assert_eq!(work.all_ids(), ["a", "b", "c", "gaza.md", "oil.md"]);
    assert_eq!(articles(&work.index(&["news", "more"])), [0, 0, 0, 5]);
}

#[test]
fn a_root_that_is_gone_is_an_error_and_removes_nothing() {
    let work = archive();
    work.file(
        "more/oil.md",
        &markdown("Oil", "2025-01-01", "Oil and gas."),
    )
    .index(&["more"]);
    work.remove("more");
    work.run(&["index", "news", "more"])
        .fails_with(&["cannot read more", "check the spelling"]);
    assert_eq!(work.all_ids(), ["a", "b", "c", "gaza.md", "oil.md"]);
}

#[test]
fn an_emptied_root_loses_its_articles() {
    let work = archive();
    work.remove("news").folder("news");
    assert_eq!(articles(&work.index(&["news"])), [0, 0, 4, 0]);
    assert_eq!(work.run(&["export"]).status, 1);
}

#[test]
fn a_file_that_turned_unreadable_keeps_its_articles() {
    let work = archive();
    work.remove("news/gaza.md");
    std::os::unix::fs::symlink("nowhere", work.path("news/gaza.md")).unwrap();
    let run = work.run(&["index", "news"]).status(2);
    assert!(run.stdout.contains("1 unreadable"), "{}", run.stdout);
    assert_eq!(work.all_ids(), ["a", "b", "c", "gaza.md"]);
}

#[test]
fn a_file_as_a_root_is_one_file() {
    let work = archive();
    assert_eq!(articles(&work.index(&["news/gaza.md"])), [0, 0, 0, 1]);
    work.index(&["./news/"]);
    assert_eq!(work.all_ids(), ["a", "b", "c", "gaza.md"]);
}
