//! The names of articles.

use std::collections::BTreeSet;

use super::workspace::{Workspace, markdown, record};

#[test]
fn own_ids_then_paths_then_numbers() {
    let work = Workspace::new();
    let anonymous = [
        r#"{"title": "One", "text": "Grain exports."}"#,
        r#"{"title": "Two", "text": "Oil exports."}"#,
    ];
    work.file("news/2025/own.jsonl", &record("HW-1", "Grain."))
        .file("news/2025/anonymous.jsonl", &anonymous.join("\n"))
        .file(
            "news/2025/page.md",
            &markdown("Page", "2025-01-01", "Text."),
        )
        .index(&["news"]);
    assert_eq!(
        work.all_ids(),
        [
            "2025/anonymous.jsonl#1",
            "2025/anonymous.jsonl#2",
            "2025/page.md",
            "HW-1"
        ]
    );
    for id in work.all_ids() {
        work.run(&["show", &id]).ok();
    }
}

#[test]
fn no_two_records_share_an_id() {
    let work = Workspace::new();
    let records = ["x", "y", "x"]
        .map(|id| record(id, "grain exports"))
        .concat();
    work.file("one/a.jsonl", &records)
        .file("two/a.jsonl", &records)
        .file("one/p.txt", "Grain\n\nExports rose.\n")
        .file("two/p.txt", "Grain\n\nExports fell.\n")
        .index(&["one", "two"]);
    let ids = work.all_ids();
    assert_eq!(ids.len(), 8);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 8, "{ids:?}");
    // Whoever comes first in the order of the walk has the plain name.
    for (id, path) in [
        ("x", "one/a.jsonl"),
        ("y", "one/a.jsonl"),
        ("p.txt", "one/p.txt"),
        ("two/p.txt", "two/p.txt"),
    ] {
        let shown = work.run(&["show", id, "--format", "json"]).ok().json();
        assert_eq!(shown["path"], path, "{id}");
    }
}

#[test]
fn ids_do_not_depend_on_threads_or_runs() {
    let work = Workspace::new();
    for file in 0..30 {
        let records: String = (0..5)
            .map(|id| record(&id.to_string(), "grain exports"))
            .collect();
        work.file(&format!("news/{file:02}.jsonl"), &records);
    }
    let named = |index: &str, threads: &str| {
        work.run(&["index", "news", "--index", index, "--threads", threads])
            .ok();
        let articles = work.run(&["export", "--index", index]).ok().json_lines();
        let pairs = articles
            .iter()
            .map(|article| (article["id"].to_string(), article["path"].to_string()));
        pairs.collect::<BTreeSet<_>>()
    };
    let alone = named("i1", "1");
    assert_eq!(alone.len(), 150);
    assert_eq!(named("i2", "2"), alone);
    assert_eq!(named("i8", "8"), alone);
    // Again, and anew.
    assert_eq!(named("i2", "8"), alone);
    work.index(&["--rebuild", "--index", "i2"]);
    assert_eq!(named("i2", "3"), alone);
}

#[test]
fn a_changed_file_gets_its_ids_back() {
    let work = Workspace::new();
    let records = |text| ["x", "y"].map(|id| record(id, text)).concat();
    work.file("news/a.jsonl", &records("grain"))
        .file("news/b.jsonl", &records("grain"))
        .index(&["news"]);
    let before = work.all_ids();
    for (file, text) in [("news/a.jsonl", "oil and gas"), ("news/b.jsonl", "wheat")] {
        work.file(file, &records(text));
        work.index(&["news"]);
        assert_eq!(work.all_ids(), before, "{file}");
    }
}
