//! `search eval`: scores of rankings, and two settings beside each other.

use super::archive::ARCHIVE;
use super::workspace::{Workspace, argument};

#[test]
fn eval_scores_queries_and_run_files_alike() {
    let work = Workspace::new();
    work.file("q.tsv", "1\tceasefire\n2\tKursk\n")
        .file("qrels", "1 0 old 1\n1 0 truce 0\n2 0 notes.txt 2\n");
    let index = ARCHIVE.path(".search");
    let index = argument(&index);
    let asked = work
        .run(&[
            "eval",
            "--queries",
            "q.tsv",
            "--qrels",
            "qrels",
            "--index",
            index,
            "--format",
            "json",
        ])
        .ok()
        .json();
    let run = work.run(&[
        "query",
        "--queries",
        "q.tsv",
        "--format",
        "trec",
        "--index",
        index,
    ]);
    work.file("run", &run.ok().stdout);
    let scored = work
        .run(&[
            "eval", "--run", "run", "--qrels", "qrels", "--format", "json",
        ])
        .ok()
        .json();
    assert_eq!(asked, scored);
    assert_eq!(scored["judged"], 2);
    let table = work
        .run(&["eval", "--run", "run", "--qrels", "qrels", "--per-query"])
        .ok();
    assert!(table.stdout.contains("nDCG@10"), "{}", table.stdout);
    assert_eq!(table.stdout.lines().count(), 5, "{}", table.stdout);
}

#[test]
fn eval_names_the_query_that_cannot_be_read() {
    let work = Workspace::new();
    work.file("q.tsv", "1\toil\nq7\t\"oil\n")
        .file("qrels", "1 0 oil 1\n");
    let index = ARCHIVE.path(".search");
    let index = argument(&index);
    work.run(&[
        "eval",
        "--queries",
        "q.tsv",
        "--qrels",
        "qrels",
        "--index",
        index,
    ])
    .fails_with(&["query q7: cannot parse query", "add a closing quote"]);
}

#[test]
fn eval_without_common_queries_is_an_error() {
    let work = Workspace::new();
    work.file("run", "7 Q0 a 1 1.0 x\n")
        .file("qrels", "8 0 a 1\n");
    work.run(&["eval", "--run", "run", "--qrels", "qrels"])
        .fails_with(&["no judged query"]);
}

#[test]
fn eval_compares_settings_and_run_files() {
    let work = Workspace::new();
    work.file("q.tsv", "1\tceasefire Kursk\n2\tKursk\n")
        .file("qrels", "1 0 old 1\n1 0 truce 0\n2 0 notes.txt 2\n")
        .file("good", "1 Q0 old 1 2.0 x\n2 Q0 notes.txt 1 2.0 x\n")
        .file(
            "poor",
            "1 Q0 truce 1 3.0 x\n1 Q0 old 2 2.0 x\n2 Q0 notes.txt 1 2.0 x\n",
        );
    let index = ARCHIVE.path(".search");
    let index = argument(&index);
    let compare = |more: &[&str]| {
        let arguments = ["eval", "--qrels", "qrels", "--compare"];
        work.run(&[&arguments[..], more].concat())
    };
    let report = compare(&["poor", "good", "--format", "json"]).ok().json();
    assert_eq!(
        (&report["a"], &report["b"]),
        (&"poor".into(), &"good".into())
    );
    let map = &report["differences"][0];
    assert_eq!((&map["better"], &map["worse"]), (&1.into(), &0.into()));
    assert_eq!((&map["a"], &map["b"]), (&0.75.into(), &1.0.into()));
    let table = compare(&["good", "poor"]).ok().stdout;
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(&rows[..2], ["A  good", "B  poor"]);
    assert!(
        rows[4].starts_with("1 ") && rows[4].contains("-0.5000"),
        "{table}"
    );
    assert_eq!(rows.len(), 13, "{table}");
    let asked = ["--queries", "q.tsv", "--index", index];
    let table = compare(&[&["", "--match any --plain"][..], &asked].concat()).ok();
    assert!(
        table
            .stdout
            .starts_with("A  no flags\nB  --plain --match any\n"),
        "{}",
        table.stdout
    );
    compare(&["--frob", ""]).fails_with(&["--compare: unexpected argument '--frob'"]);
    compare(&["", "--plain"]).fails_with(&["no queries to answer", "--queries"]);
}
