//! Files of queries.

use super::archive::ARCHIVE;
use super::workspace::{Run, Workspace, argument};

/// Answers a file of queries from the archive.
fn ask(queries: &str, arguments: &[&str]) -> Run {
    let work = Workspace::new();
    work.file("queries", queries);
    let index = ARCHIVE.path(".search");
    let batch = ["query", "--queries", "queries", "--index", argument(&index)];
    work.run(&[&batch, arguments].concat())
}

#[test]
fn trec_runs_carry_the_ids_of_queries() {
    let run = ask("q7\toil\nq9\tGaza\n", &["--format", "trec"]).ok();
    let lines: Vec<Vec<_>> = run
        .stdout
        .lines()
        .map(|line| line.split(' ').collect())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0][..4], ["q7", "Q0", "oil", "1"]);
    assert_eq!(lines[1][..4], ["q9", "Q0", "gaza.md", "1"]);
}

#[test]
fn queries_without_ids_are_numbered() {
    let run = ask("oil\n\nGaza talks\n", &["--format", "trec"]).ok();
    let ids: Vec<_> = run
        .stdout
        .lines()
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(ids, ["1", "2"]);
}

#[test]
fn json_is_an_array_of_pages() {
    let pages = ask("q7\toil\nq8\tvolcano\n", &["--format", "json"])
        .ok()
        .json();
    let pages = pages.as_array().unwrap();
    assert_eq!(
        (&pages[0]["id"], &pages[0]["query"], &pages[0]["total"]),
        (&"q7".into(), &"oil".into(), &1.into())
    );
    assert_eq!(
        (&pages[1]["id"], &pages[1]["query"], &pages[1]["total"]),
        (&"q8".into(), &"volcano".into(), &0.into())
    );
    assert_eq!(pages.len(), 2);
}

#[test]
fn json_lines_and_text_name_their_query() {
    let hits = ask("q7\toil\n", &["--format", "jsonl"]).ok().json_lines();
    assert_eq!(
        (&hits[0]["query"], &hits[0]["id"]),
        (&"q7".into(), &"oil".into())
    );
    let text = ask("q7\toil\nq9\tGaza\n", &[]).ok().stdout;
    assert!(
        text.starts_with("q7: oil\n\n  1  Oil sanctions bite\n"),
        "{text}"
    );
    assert!(
        text.contains("\n\nq9: Gaza\n\n  1  Gaza talks pause\n"),
        "{text}"
    );
}

#[test]
fn a_broken_query_costs_only_itself() {
    let run = ask("a\toil\nb\t\"oil\nc\tGaza\n", &["--format", "trec"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stdout.contains("a Q0 oil 1 ") && run.stdout.contains("c Q0 gaza.md 1 "),
        "{run:#?}"
    );
    assert!(
        run.stderr.starts_with("search: query b: "),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("\n  \"oil\n  ^\nhint: "),
        "{}",
        run.stderr
    );
}

#[test]
fn json_stays_an_array_beside_a_broken_query() {
    for queries in ["b\t\"oil\nc\tGaza\n", "a\toil\nb\t\"oil\n", "b\t\"oil\n"] {
        let run = ask(queries, &["--format", "json"]);
        assert_eq!(run.status, 2);
        assert!(run.json().is_array(), "{run:#?}");
    }
}

#[test]
fn a_file_that_is_no_list_of_queries_is_an_error() {
    ask("", &[]).fails_with(&["queries"]);
    ask("1\toil\n1\tgas\n", &[]).fails_with(&["line 2"]);
    let run = ARCHIVE.run(&["query", "--queries", "missing.tsv"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("missing.tsv"), "{}", run.stderr);
}
