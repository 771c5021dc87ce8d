//! Articles that come by standard input.

use std::fs::File;
use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use super::workspace::{Run, Running, Workspace, markdown, record};

/// Indexes what is piped in.
fn pipe(work: &Workspace, bytes: &[u8], arguments: &[&str]) -> Run {
    work.bytes("piped", bytes);
    let mut command = work.command(&[&["index", "--threads", "2"], arguments].concat());
    command.stdin(File::open(work.path("piped")).unwrap());
    Run::of(command)
}

#[track_caller]
fn pipe_json(work: &Workspace, text: &str) -> Value {
    pipe(work, text.as_bytes(), &["-", "--format", "json"])
        .ok()
        .json()
}

#[track_caller]
fn check_articles(report: &Value, expected: [u64; 3]) {
    let counts =
        ["added", "updated", "removed"].map(|key| report["articles"][key].as_u64().unwrap());
    assert_eq!(counts, expected, "{report:#}");
}

fn without_id(text: &str) -> String {
    json!({"title": "A title", "text": text, "lang": "en"}).to_string() + "\n"
}

#[test]
fn the_same_data_piped_twice_changes_nothing() {
    let work = Workspace::new();
    let lines = record("a", "grain") + &record("b", "oil") + &without_id("A text without an id.");
    check_articles(&pipe_json(&work, &lines), [3, 0, 0]);
    let ids = work.all_ids();
    assert_eq!(ids[..2], ["a", "b"]);
    assert!(ids[2].starts_with("stdin-"), "{ids:?}");
    check_articles(&pipe_json(&work, &lines), [0, 3, 0]);
    assert_eq!(work.all_ids(), ids);
    let shown = work.run(&["show", "a", "--format", "json"]).ok().json();
    assert_eq!(shown["path"], "-");
}

#[test]
fn later_records_add_and_replace() {
    let work = Workspace::new();
    check_articles(&pipe_json(&work, &record("a", "grain")), [1, 0, 0]);
    // The second of the same id in one stream replaces the first.
    let lines = record("a", "oil") + &record("b", "steel") + &record("b", "copper");
    check_articles(&pipe_json(&work, &lines), [1, 2, 0]);
    assert_eq!(work.all_ids(), ["a", "b"]);
    for (word, status) in [("grain", 1), ("oil", 0), ("steel", 1), ("copper", 0)] {
        assert_eq!(work.run(&["query", word]).status, status, "{word}");
    }
    let info = work.run(&["info", "--format", "json"]).ok().json();
    assert_eq!((&info["articles"], &info["files"]), (&json!(2), &json!(1)));
}

#[test]
fn streams_may_be_packed_and_broken() {
    let work = Workspace::new();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let lines = record("a", "grain") + "{\"broken\n" + &record("b", "oil");
    packer.write_all(lines.as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    for _ in 0..2 {
        let run = pipe(&work, &packed, &["-"]).status(0);
        assert!(run.stdout.contains("-:2: "), "{run:#?}");
        let problems = work.run(&["info", "--problems"]).ok().stdout;
        assert_eq!(problems.matches("-:2: ").count(), 1, "{problems}");
    }
    assert_eq!(work.all_ids(), ["a", "b"]);
    // One object, on a line without an end.
    pipe(&work, record("c", "gas").trim_end().as_bytes(), &["-"]).ok();
    assert_eq!(work.all_ids(), ["a", "b", "c"]);
    let nothing = pipe(&work, b"", &["-"]).status(1);
    assert!(nothing.stderr.contains("no files"), "{nothing:#?}");
}

#[test]
fn folders_and_a_stream_live_side_by_side() {
    let work = Workspace::new();
    work.file(
        "news/1.md",
        &markdown("Oil", "2025-01-01", "Oil prices fell."),
    )
    .file("news/2.jsonl", &record("a", "grain in a file"));
    let lines = record("a", "grain in a stream") + &record("b", "steel");
    let report = pipe(&work, lines.as_bytes(), &["-", "news", "--format", "json"])
        .ok()
        .json();
    check_articles(&report, [4, 0, 0]);
    let ids = ["1.md", "a", "b", "stdin-a"];
    assert_eq!(work.all_ids(), ids);
    check_articles(&pipe_json(&work, &lines), [0, 2, 0]);
    work.index(&["news"]);
    assert_eq!(work.all_ids(), ids);
    work.remove("news/2.jsonl").index(&["news"]);
    assert_eq!(work.all_ids(), ["1.md", "b", "stdin-a"]);
}

#[test]
fn a_rebuild_does_not_lose_a_stream_unasked() {
    let work = Workspace::new();
    work.file(
        "news/1.md",
        &markdown("Oil", "2025-01-01", "Oil prices fell."),
    );
    let lines = record("a", "grain") + &record("b", "steel");
    pipe(&work, lines.as_bytes(), &["-", "news"]).ok();
    let kept = work.run(&["export", "grain OR steel"]).ok().stdout;
    for _ in 0..2 {
        check_articles(&work.index(&["--rebuild"]), [3, 0, 0]);
        assert_eq!(work.all_ids(), ["1.md", "a", "b"]);
    }
    check_articles(&pipe_json(&work, &lines), [0, 2, 0]);
    work.remove("news").run(&["index", "--rebuild"]).status(0);
    assert_eq!(work.all_ids(), ["a", "b"]);
    // With paths, it holds only these.
    work.file(
        "news/1.md",
        &markdown("Oil", "2025-01-01", "Oil prices fell."),
    );
    pipe(&work, kept.as_bytes(), &["--rebuild", "news", "-"]).ok();
    assert_eq!(work.all_ids(), ["1.md", "a", "b"]);
    work.index(&["--rebuild", "news"]);
    assert_eq!(work.all_ids(), ["1.md"]);
    work.run(&["index", "--rebuild", "-"])
        .fails_with(&["there are no files"]);
    pipe(&work, kept.as_bytes(), &["--rebuild", "-"]).ok();
    assert_eq!(work.all_ids(), ["a", "b"]);
    work.run(&["index", "--watch", "-"])
        .fails_with(&["standard input"]);
}

#[test]
fn an_endless_stream_is_kept_when_it_is_stopped() {
    let work = Workspace::new();
    let mut command = work.command(&["index", "-", "--threads", "2"]);
    command.stdin(Stdio::piped());
    let mut running = Running::start(command);
    let mut stdin = running.stdin();
    running.wait_until("the index", || work.path(".search/current").exists());
    // So much more than fits into a pipe that the first must have been read.
    for number in 0..5_000 {
        let line = record(&format!("r{number}"), &"grain and oil ".repeat(20));
        stdin.write_all(line.as_bytes()).unwrap();
    }
    // A line that is cut is no article, and no problem either.
    stdin.write_all(b"{\"id\": \"c\", \"te").unwrap();
    running.signal("INT");
    let run = running.end().status(2);
    assert!(
        run.stderr.contains("stopped; what was read is kept"),
        "{run:#?}"
    );
    assert!(!run.stdout.contains("problems"), "{run:#?}");
    let kept = work.all_ids();
    assert!(kept.contains(&"r0".to_owned()) && kept.contains(&"r99".to_owned()));
    let added = format!("articles  {} added", kept.len());
    assert!(run.stdout.replace(',', "").starts_with(&added), "{run:#?}");
    drop(stdin);
}
