//! Texts that would like to command the reader's terminal.

use std::sync::LazyLock;

use super::workspace::{Run, Workspace};

/// Clears the screen, sets the window's title, turns the direction of writing, and tells of a script.
const HOSTILE: &str = "Grain \u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}drow\u{2066} \
    <script>alert(1)</script>\r\u{8}\u{0}\u{feff} grain";

/// The same for an argument, which cannot hold a NUL.
const HOSTILE_ARGUMENT: &str = "\"\u{1b}[2J\u{202e}x";

static INDEXED: LazyLock<Workspace> = LazyLock::new(|| {
    let work = Workspace::new();
    let record = serde_json::json!({
        "id": format!("id-{HOSTILE}"), "title": HOSTILE, "source": HOSTILE, "section": HOSTILE,
        "authors": [HOSTILE], "url": format!("https://x.example/{HOSTILE}"), "lang": "en",
        "text": format!("{HOSTILE}\n\nThe second paragraph. {HOSTILE}"),
    });
    work.file("news/one.jsonl", &format!("{record}\n{record}\n"))
        .file(
            "news/\u{1b}[31mred.txt",
            &format!("{HOSTILE}\n\n{HOSTILE}\n"),
        )
        .file("news/\u{1b}[2Jbroken.json", "{\"title\": \u{1b}[2J");
    work.run(&["index", "news"]);
    work
});

/// Nothing but printable text and line ends.
#[track_caller]
fn check(run: &Run) {
    for text in [&run.stdout, &run.stderr] {
        let harmful = |char: &char| {
            (char.is_control() && *char != '\n')
                || matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        };
        assert_eq!(text.chars().find(harmful), None, "{text:?}");
    }
}

#[test]
fn no_text_command_passes_on_control_characters() {
    for arguments in [
        &["query", "grain"][..],
        &["query", "grain", "--snippets", "9"],
        &["info"],
        &["info", "--problems"],
        &["index", "news"],
    ] {
        let run = INDEXED.run(arguments);
        assert!(!run.stdout.is_empty(), "{arguments:?}: {run:?}");
        check(&run);
    }
}

#[test]
fn articles_are_shown_without_control_characters() {
    for id in INDEXED.all_ids() {
        let run = INDEXED.run(&["show", &id, "--query", "grain"]).ok();
        assert!(run.stdout.contains("rain"), "{}", run.stdout);
        check(&run);
    }
}

#[test]
fn messages_repeat_no_control_characters() {
    for arguments in [
        &["query", HOSTILE_ARGUMENT][..],
        &["show", HOSTILE_ARGUMENT],
        &["query", "x", "--since", HOSTILE_ARGUMENT],
        &["index", HOSTILE_ARGUMENT],
        &["query", "x", "--index", HOSTILE_ARGUMENT],
        &["query", "grain", "--explain", HOSTILE_ARGUMENT],
    ] {
        check(&INDEXED.run(arguments));
    }
}

#[cfg(unix)]
#[test]
fn names_of_files_start_no_lines_of_their_own() {
    let work = Workspace::new();
    let name = "z\n\u{1b}[31mEVIL";
    std::os::unix::fs::symlink("nowhere", work.path(name)).unwrap();
    let run = work.run(&["index", name]).status(2);
    assert!(
        run.stderr.starts_with("search: cannot read z EVIL: "),
        "{run:?}"
    );
    check(&run);
}

#[test]
fn markup_in_plain_text_stays_text() {
    let run = INDEXED.run(&["query", "script", "--format", "jsonl"]).ok();
    assert!(
        run.stdout.contains("<script>alert(1)</script>"),
        "{}",
        run.stdout
    );
}

#[test]
fn trec_and_csv_keep_their_columns() {
    let run = INDEXED.run(&["query", "grain", "--format", "trec"]).ok();
    for line in run.stdout.lines() {
        assert_eq!(line.split(' ').count(), 6, "{line:?}");
    }
    let run = INDEXED.run(&["query", "grain", "--format", "csv"]).ok();
    let kept = |char: char| !char.is_control() || char == '\n';
    assert!(run.stdout.chars().all(kept), "{:?}", run.stdout);
    let mut table = csv::Reader::from_reader(run.stdout.as_bytes());
    assert_eq!(table.records().map(Result::unwrap).count(), 3);
}
