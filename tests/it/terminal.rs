//! Colours, widths, pipes, help, and where the index is.

use std::process::{Command, Stdio};

use super::archive::ARCHIVE;
use super::workspace::{Run, Running, Workspace, argument};

#[test]
fn pipes_get_no_colours_unless_asked_for() {
    let plain = ARCHIVE.run(&["query", "oil"]).ok();
    assert!(!plain.stdout.contains('\u{1b}'));
    let coloured = ARCHIVE.run(&["query", "oil", "--color", "always"]).ok();
    assert!(coloured.stdout.contains("\u{1b}["));
}

#[test]
fn color_always_beats_no_color() {
    let mut command = ARCHIVE.command(&["query", "oil", "--color", "always"]);
    command.env("NO_COLOR", "1");
    assert!(Run::of(command).ok().stdout.contains("\u{1b}["));
    let mut command = ARCHIVE.command(&["query", "oil", "--color", "never"]);
    command.env("NO_COLOR", "").env("TERM", "xterm");
    assert!(!Run::of(command).ok().stdout.contains('\u{1b}'));
}

#[test]
fn a_closed_pipe_is_success() {
    let work = Workspace::new();
    let records: String = (0..3_000)
        .map(|n| super::workspace::record(&n.to_string(), "grain exports"))
        .collect();
    work.file("n.jsonl", &records).index(&["n.jsonl"]);
    for command in [
        "export",
        "export --format csv",
        "query grain -n 3000",
        "query grain -n 3000 --format jsonl",
    ] {
        let script = format!(
            "set -o pipefail; {} {command} | head -1",
            env!("CARGO_BIN_EXE_search")
        );
        let mut shell = Command::new("bash");
        shell.args(["-c", &script]);
        let run = Run::of(work.confine(shell));
        assert_eq!((run.status, &*run.stderr), (0, ""), "{command}");
        assert_eq!(run.stdout.lines().count(), 1);
    }
}

#[test]
fn a_full_disk_at_the_other_end_is_an_error() {
    let mut command = ARCHIVE.command(&["export"]);
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    command.stdout(Stdio::from(full)).stderr(Stdio::piped());
    let run = Run::ended(command.spawn().unwrap().wait_with_output().unwrap());
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.starts_with("search: cannot write the results: "),
        "{}",
        run.stderr
    );
}

#[test]
fn the_index_is_found_from_a_folder_below() {
    let mut command = ARCHIVE.command(&["query", "oil", "--format", "jsonl"]);
    command.current_dir(ARCHIVE.path("news"));
    assert_eq!(Run::of(command).ok().ids(), ["oil"]);
}

#[test]
fn search_index_and_its_flag_name_the_index() {
    let work = Workspace::new();
    work.file("a.txt", "Grain\n\nGrain exports rose.\n");
    work.index(&["a.txt", "--index", "elsewhere"]);
    assert!(!work.path(".search").exists());
    let mut command = work.command(&["query", "grain", "--format", "jsonl"]);
    command.env("SEARCH_INDEX", "elsewhere");
    assert_eq!(Run::of(command).ok().ids(), ["a.txt"]);
    // The flag wins.
    let mut command = work.command(&[
        "query",
        "grain",
        "--index",
        "elsewhere",
        "--format",
        "jsonl",
    ]);
    command.env("SEARCH_INDEX", "nowhere");
    assert_eq!(Run::of(command).ok().ids(), ["a.txt"]);
}

#[test]
fn without_an_index_the_error_tells_how_to_make_one() {
    let work = Workspace::new();
    for command in [&["query", "x"][..], &["info"], &["export"], &["show", "x"]] {
        work.run(command)
            .fails_with(&["there is no index in .search", "search index PATH"]);
    }
    assert!(!work.path(".search").exists());
}

#[test]
fn a_folder_of_something_else_is_not_taken_for_an_index() {
    let work = Workspace::new();
    work.file("photos/holiday.txt", "mine")
        .file("a.txt", "Grain\n\nExports rose.\n");
    work.run(&["index", "a.txt", "--index", "photos"])
        .fails_with(&["photos is not an index and not empty"]);
    assert_eq!(std::fs::read_dir(work.path("photos")).unwrap().count(), 1);
}

#[test]
fn a_url_is_refused_as_an_index() {
    ARCHIVE
        .run(&["query", "x", "--index", "http://localhost:9200/news"])
        .fails_with(&["http://localhost:9200/news"]);
}

#[test]
fn several_queries_can_read_at_once() {
    let index = ARCHIVE.path(".search");
    let start = |_| {
        Running::start(ARCHIVE.command(&[
            "query",
            "oil",
            "--format",
            "jsonl",
            "--index",
            argument(&index),
        ]))
    };
    let running: Vec<_> = (0..4).map(start).collect();
    for run in running {
        assert_eq!(run.end().ids(), ["oil"]);
    }
}
