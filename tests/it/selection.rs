//! What a run is about: ignore files, globs, and a file whose time counts.

use std::fs;

use serde_json::{Value, json};

use super::workspace::{Workspace, markdown, record};

/// Four articles, in three folders.
fn archive() -> Workspace {
    let work = Workspace::new();
    for name in ["a/1.md", "a/2.txt", "b/3.md", "drafts/4.md"] {
        let text = markdown(
            "Grain",
            "2025-01-01",
            &format!("Grain exports rose in {name}."),
        );
        work.file(&format!("news/{name}"), &text);
    }
    work
}

#[track_caller]
fn check_articles(report: &Value, expected: [u64; 4]) {
    let counts = ["added", "updated", "removed", "unchanged"]
        .map(|key| report["articles"][key].as_u64().unwrap());
    assert_eq!(counts, expected, "{report:#}");
}

#[test]
fn what_an_ignore_file_leaves_out_leaves_the_index() {
    let work = archive();
    check_articles(&work.index(&["news"]), [4, 0, 0, 0]);
    work.file("news/.searchignore", "drafts/\n*.txt\n")
        .file("news/b/.searchignore", "!3.md\n");
    let report = work.index(&["news"]);
    check_articles(&report, [0, 0, 2, 2]);
    assert_eq!(report["files"]["ignored"], 2);
    assert_eq!(work.all_ids(), ["a/1.md", "b/3.md"]);
    let text = work.run(&["index", "news"]).ok().stdout;
    assert!(text.contains("2 ignored, left out"), "{text}");
    work.remove("news/.searchignore");
    check_articles(&work.index(&["news"]), [2, 0, 0, 2]);
}

#[test]
fn a_broken_rule_is_a_problem_with_its_line() {
    let work = archive();
    work.file("news/.searchignore", "*.txt\na{b\n");
    let run = work.run(&["index", "news"]).status(0);
    assert!(
        run.stdout.contains("news/.searchignore:2: not a pattern"),
        "{run:#?}"
    );
    assert_eq!(work.all_ids().len(), 3);
}

#[test]
fn a_pattern_and_globs_choose_files() {
    let work = archive();
    work.index(&["news/*/*.md", "-g", "!drafts"]);
    assert_eq!(work.all_ids(), ["a/1.md", "b/3.md"]);
    work.index(&["news", "--glob", "*.txt"]);
    assert_eq!(work.all_ids(), ["a/1.md", "a/2.txt", "b/3.md"]);
    // A run speaks only of what it was asked about.
    work.remove("news/a/1.md").remove("news/a/2.txt");
    check_articles(&work.index(&["news", "-g", "*.txt"]), [0, 0, 1, 0]);
    assert_eq!(work.all_ids(), ["a/1.md", "b/3.md"]);
    check_articles(&work.index(&["news/a/**"]), [0, 0, 1, 0]);
    assert_eq!(work.all_ids(), ["b/3.md"]);
}

#[test]
fn what_exists_wins_over_a_pattern() {
    let work = archive();
    work.file(
        "[n]/1.md",
        &markdown("Oil", "2025-01-01", "Oil prices fell."),
    );
    work.index(&["[n]"]);
    assert_eq!(work.all_ids(), ["1.md"]);
    work.run(&["index", "none/*.md"])
        .fails_with(&["cannot read none"]);
    work.run(&["index", "news", "-g", "a["])
        .fails_with(&["cannot read the pattern `a[`"]);
    let nothing = work.run(&["index", "news/*.pdf"]).status(1);
    assert!(
        nothing.stderr.contains("there are no files to index"),
        "{nothing:#?}"
    );
}

#[test]
fn a_rebuild_remembers_patterns_and_globs() {
    let work = archive();
    work.index(&["news/*/*.md", "-g", "!drafts"]);
    work.index(&["news/drafts"]);
    work.index(&["--rebuild"]);
    // A file below two roots is named after the outer one.
    assert_eq!(work.all_ids(), ["a/1.md", "b/3.md", "drafts/4.md"]);
    work.index(&["news"]);
    work.index(&["--rebuild"]);
    assert_eq!(work.all_ids().len(), 4);
}

#[test]
fn older_files_are_left_as_they_are() {
    let work = archive();
    work.file("stamp", "").age("stamp", 5);
    work.age("news/a/1.md", 9)
        .age("news/a/2.txt", 9)
        .age("news/b/3.md", 1);
    let report = work.index(&["news", "--since-file", "stamp"]);
    check_articles(&report, [2, 0, 0, 0]);
    assert_eq!(report["files"]["older"], 2);
    assert_eq!(work.all_ids(), ["b/3.md", "drafts/4.md"]);
    work.index(&["news"]);
    // Changed, but long ago by its time: what the index holds of it stays.
    work.file("news/a/1.md", "Other words.")
        .age("news/a/1.md", 8)
        .remove("news/b/3.md");
    let report = work.index(&["news", "--since-file", "stamp"]);
    check_articles(&report, [0, 0, 1, 2]);
    assert_eq!(report["files"]["older"], 1);
    assert_eq!(work.run(&["query", "other words"]).status, 1);
    work.run(&["index", "news", "--since-file", "none"])
        .fails_with(&["cannot look at none", "touch"]);
}

#[test]
fn a_file_read_before_under_another_pattern_keeps_its_id() {
    let work = Workspace::new();
    work.file("news/a.jsonl", &record("x", "grain"));
    work.index(&["news/*.jsonl"]);
    fs::rename(work.path("news/a.jsonl"), work.path("news/b.jsonl")).unwrap();
    work.index(&["news"]);
    assert_eq!(work.all_ids(), ["x"]);
    let shown = work.run(&["show", "x", "--format", "json"]).ok().json();
    assert_eq!(shown["path"], json!("news/b.jsonl"));
}
