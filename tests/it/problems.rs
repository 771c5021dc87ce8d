//! What `search info --problems` lists: everything, for as long as it is wrong.

use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};

use serde_json::{Value, json};

use super::workspace::{Workspace, record};

/// Lines that are no JSON.
const BROKEN: usize = 3_000;

/// All problems, by the format for streams.
#[track_caller]
fn listed(work: &Workspace, arguments: &[&str]) -> Vec<Value> {
    let command = [&["info", "--problems", "--format", "jsonl"], arguments].concat();
    work.run(&command).ok().json_lines()
}

/// The paths of all problems.
#[track_caller]
fn paths(work: &Workspace) -> Vec<String> {
    let path = |problem: &Value| problem["path"].as_str().unwrap().to_owned();
    listed(work, &[]).iter().map(path).collect()
}

/// A file with as many broken lines, a good one at the start and at the end.
fn broken_file(work: &Workspace, name: &str, lines: usize) {
    let broken: String = (0..lines)
        .map(|n| format!("{{\"id\": {n}, oops}}\n"))
        .collect();
    let good = |id: &str| record(&format!("{name} {id}"), "Grain exports rose.");
    work.file(
        name,
        &(good("first") + &good("second") + &broken + &good("last")),
    );
}

/// Indexes `news` and gives the exit status.
fn index(work: &Workspace) -> i32 {
    let arguments = ["index", "news", "--threads", "2", "--memory", "30MB"];
    work.run(&arguments).status
}

#[test]
fn every_broken_line_is_listed_until_it_is_mended() {
    let work = Workspace::new();
    broken_file(&work, "news/wire.jsonl", BROKEN);
    for _ in 0..2 {
        assert_eq!(index(&work), 0);
        let problems = listed(&work, &[]);
        let line = |problem: &Value| problem["line"].as_u64().unwrap();
        let lines: Vec<u64> = problems.iter().map(line).collect();
        assert_eq!(lines, (3..3 + BROKEN as u64).collect::<Vec<_>>());
        assert_eq!(problems[0]["kind"], "malformed");
        assert_eq!(problems[0]["path"], "news/wire.jsonl");
    }
    let summary = work.run(&["info", "--format", "json"]).ok().json();
    assert_eq!(summary["problems"], json!({"malformed": BROKEN}));
    let text = work.run(&["info"]).ok().stdout;
    assert!(
        text.contains("\nproblems   3,000 malformed record\n"),
        "{text}"
    );
    work.age("news/wire.jsonl", 1);
    assert_eq!(index(&work), 0);
    assert_eq!(
        listed(&work, &[]).len(),
        BROKEN,
        "the file was only touched"
    );
    broken_file(&work, "news/wire.jsonl", 2);
    assert_eq!(index(&work), 0);
    assert_eq!(listed(&work, &[]).len(), 2);
    work.remove("news/wire.jsonl").folder("news/empty");
    index(&work);
    assert_eq!(listed(&work, &[]), [] as [Value; 0]);
}

#[test]
fn problems_come_by_path_whenever_their_file_was_read() {
    let work = Workspace::new();
    for name in [
        "news/m.jsonl",
        "news/a/z.jsonl",
        "news/z.jsonl",
        "news/a.jsonl",
    ] {
        broken_file(&work, name, 1_001);
        assert_eq!(index(&work), 0);
    }
    let paths = paths(&work);
    assert_eq!(paths.len(), 4 * 1_001);
    let mut firsts = paths.clone();
    firsts.dedup();
    let order = [
        "news/a.jsonl",
        "news/a/z.jsonl",
        "news/m.jsonl",
        "news/z.jsonl",
    ];
    assert_eq!(firsts, order);
}

#[test]
fn a_list_may_be_of_some_paths_and_kinds() {
    let work = Workspace::new();
    broken_file(&work, "news/a.jsonl", 2);
    broken_file(&work, "news/deep/b.jsonl", 3);
    let empty = r#"{"id": "n", "title": "", "text": ""}"#;
    work.file(
        "news/deep/c.jsonl",
        &format!("{empty}\n{}", record("y", "Oil.")),
    );
    index(&work);
    assert_eq!(listed(&work, &[]).len(), 6);
    assert_eq!(listed(&work, &["news/a.jsonl"]).len(), 2);
    assert_eq!(listed(&work, &["./news/deep/"]).len(), 4);
    assert_eq!(listed(&work, &["--kind", "no-text"]).len(), 1);
    assert_eq!(
        listed(&work, &["--kind", "no-text", "news/a.jsonl"]).len(),
        0
    );
    let run = work
        .run(&["info", "--problems", "--kind", "nonsense"])
        .status(2);
    assert!(run.stderr.contains("`malformed`"), "{}", run.stderr);
    let object = work.run(&["info", "--problems", "--format", "json", "news/deep"]);
    let object = object.ok().json();
    assert_eq!(object["problems"].as_array().unwrap().len(), 4);
    let text = work.run(&["info", "--problems", "--kind", "no-text"]).ok();
    let line = "news/deep/c.jsonl:1: no-text: neither a title nor a text\n";
    assert_eq!(text.stdout, line);
}

#[test]
fn a_circle_of_links_and_a_link_to_nowhere_are_listed_while_they_are_there() {
    let work = Workspace::new();
    work.file(
        "news/good.jsonl",
        &(record("a", "Oil.") + &record("b", "Gas.")),
    );
    work.folder("elsewhere");
    symlink("../elsewhere", work.path("news/out")).unwrap();
    symlink("../elsewhere", work.path("elsewhere/loop")).unwrap();
    symlink("nowhere", work.path("news/lost.md")).unwrap();
    for _ in 0..3 {
        assert_eq!(index(&work), 2);
        let problems = listed(&work, &[]);
        let kinds: Vec<_> = problems.iter().map(|problem| &problem["kind"]).collect();
        assert_eq!(kinds, ["unreadable", "link-loop"]);
        assert_eq!(problems[0]["path"], "news/lost.md");
        assert_eq!(problems[1]["path"], "news/out/loop");
    }
    let summary = work.run(&["info", "--format", "json"]).ok().json();
    assert_eq!(
        summary["problems"],
        json!({"link-loop": 1, "unreadable": 1})
    );
    assert_eq!(summary["files"], 1);
    // Another folder is none of its business.
    work.file(
        "more/c.jsonl",
        &(record("c", "Rain.") + &record("d", "Snow.")),
    );
    work.run(&["index", "more"]).ok();
    assert_eq!(paths(&work).len(), 2);
    work.file("news/nowhere", "Found\n\nThe lost text was found again.\n");
    assert_eq!(index(&work), 0);
    assert_eq!(paths(&work), ["news/out/loop"]);
    work.remove("elsewhere/loop");
    assert_eq!(index(&work), 0);
    assert_eq!(listed(&work, &[]), [] as [Value; 0]);
}

#[test]
fn what_may_not_be_read_is_listed_beside_what_the_index_still_has_of_it() {
    let work = Workspace::new();
    broken_file(&work, "news/vault/a.jsonl", 1);
    assert_eq!(index(&work), 0);
    let allow = |name: &str, mode| {
        fs::set_permissions(work.path(name), Permissions::from_mode(mode)).unwrap();
    };
    broken_file(&work, "news/vault/a.jsonl", 2);
    allow("news/vault/a.jsonl", 0o000);
    if File::open(work.path("news/vault/a.jsonl")).is_ok() {
        let why = "skipped: to this user nothing is forbidden; the links stand in for it";
        let _ = writeln!(std::io::stderr(), "{why}");
        return;
    }
    assert_eq!(index(&work), 2);
    let kinds = |problems: &[Value]| -> Vec<Value> {
        let kinds = problems.iter().map(|problem| problem["kind"].clone());
        kinds.collect()
    };
    let problems = listed(&work, &[]);
    assert_eq!(kinds(&problems), ["unreadable", "malformed"]);
    assert_eq!(work.all_ids().len(), 3);
    allow("news/vault", 0o000);
    assert_eq!(index(&work), 2);
    assert_eq!(paths(&work)[0], "news/vault");
    assert_eq!(
        paths(&work).len(),
        3,
        "what is behind the folder is unknown"
    );
    allow("news/vault", 0o700);
    allow("news/vault/a.jsonl", 0o600);
    assert_eq!(index(&work), 0);
    assert_eq!(kinds(&listed(&work, &[])), ["malformed", "malformed"]);
}
