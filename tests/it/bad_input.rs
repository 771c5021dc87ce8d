//! Files and folders that are broken, empty or enormous.
//!
//! Each is told of or counted, and costs nothing else.

use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};

use serde_json::{Value, json};

use super::workspace::{Run, Workspace, markdown, record};

/// A folder with one good article.
fn archive() -> Workspace {
    let work = Workspace::new();
    work.file(
        "news/good.md",
        &markdown("Good", "2025-01-01", "Grain exports rose."),
    );
    work
}

/// Indexes `news`, and expects a status, problems by kind, and the ids of the articles.
#[track_caller]
fn check(work: &Workspace, status: i32, problems: Value, ids: &[&str]) -> Value {
    let run = work
        .run(&["index", "news", "--format", "json"])
        .status(status);
    let report = run.json();
    assert_eq!(report["problems"], problems, "{report:#}");
    assert_eq!(work.all_ids(), ids);
    report
}

/// The lines of `search info --problems`.
fn listed(work: &Workspace) -> Vec<String> {
    let listed = work.run(&["info", "--problems"]).ok().stdout;
    listed.lines().map(str::to_owned).collect()
}

#[test]
fn a_missing_folder_is_an_error() {
    let work = archive();
    work.run(&["index", "news", "nwes"])
        .fails_with(&["cannot read nwes: ", "check the spelling"]);
    assert!(!work.path(".search").exists());
}

#[test]
fn an_empty_folder_is_an_empty_index() {
    let work = Workspace::new();
    let run = work.folder("news").run(&["index", "news"]).status(1);
    assert_eq!(run.stderr, "search: there are no files to index\n");
    assert_eq!(work.run(&["query", "grain"]).status, 1);
    assert_eq!(work.run(&["export"]).status, 1);
    let info = work.run(&["info"]).ok();
    assert!(
        info.stdout.contains("articles   0 in 0 files"),
        "{}",
        info.stdout
    );
}

#[test]
fn an_unreadable_file_or_folder_costs_only_itself() {
    let work = archive();
    work.file("news/secret.md", "secret")
        .file("news/vault/a.md", "secret");
    for name in ["news/secret.md", "news/vault"] {
        fs::set_permissions(work.path(name), Permissions::from_mode(0o000)).unwrap();
    }
    if File::open(work.path("news/secret.md")).is_ok() {
        let why = "skipped: to this user nothing is forbidden; the dangling link stands in for it";
        let _ = writeln!(std::io::stderr(), "{why}");
        return;
    }
    check(&work, 2, json!({"unreadable": 2}), &["good.md"]);
    fs::set_permissions(work.path("news/vault"), Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn a_dangling_link_is_unreadable() {
    let work = archive();
    symlink("nowhere", work.path("news/link.md")).unwrap();
    let report = check(&work, 2, json!({"unreadable": 1}), &["good.md"]);
    assert_eq!(report["first_problems"][0]["path"], "news/link.md");
    let text = work.run(&["index", "news"]).status(2).stdout;
    assert!(
        text.contains("\nproblems  1 unreadable\n  news/link.md: No such file"),
        "{text}"
    );
}

#[test]
fn a_circle_of_links_ends() {
    let work = archive();
    work.folder("elsewhere");
    symlink("../elsewhere", work.path("news/out")).unwrap();
    symlink("../elsewhere", work.path("elsewhere/loop")).unwrap();
    check(&work, 0, json!({"link-loop": 1}), &["good.md"]);
}

#[test]
fn a_binary_file_is_left_out_and_counted() {
    let work = archive();
    let image = [
        &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..],
        &[0, 1, 2, 3, 255, 254, 7].repeat(200),
    ]
    .concat();
    work.bytes("news/photo.png", &image)
        .bytes("news/empty.txt", b"");
    let report = work.run(&["index", "news", "--format", "json"]).ok().json();
    assert_eq!(report["files"]["binary"], 1, "{report:#}");
    assert_eq!(work.all_ids(), ["good.md"]);
}

#[test]
fn broken_json_names_its_line() {
    let work = archive();
    let lines = [
        "{",
        "\"title\": \"T\",",
        "\"a\": 1,",
        "\"b\": 2,",
        "\"c\": 3,",
        "\"d\": 4,",
        "\"text\": }",
        "}",
    ];
    work.file("news/broken.json", &lines.join("\n"));
    check(&work, 0, json!({"malformed": 1}), &["good.md"]);
    let problems = listed(&work);
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0].starts_with("news/broken.json:7: "),
        "{problems:?}"
    );
}

#[test]
fn a_bad_line_of_json_costs_only_itself() {
    let work = archive();
    let lines = [
        record("a", "Grain."),
        "{\"id\": \"b\", \"text\": nonsense}\n".to_owned(),
        record("c", "Oil."),
        record("d", "Gas."),
    ];
    work.file("news/wire.jsonl", &lines.concat());
    check(
        &work,
        0,
        json!({"malformed": 1}),
        &["a", "c", "d", "good.md"],
    );
    let problems = listed(&work);
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0].starts_with("news/wire.jsonl:2: "),
        "{problems:?}"
    );
    // The problem stays known when the file is not read again.
    let report = work.run(&["index", "news"]).ok();
    assert!(report.stdout.contains("4 unchanged"), "{}", report.stdout);
    assert_eq!(listed(&work), problems);
}

#[test]
fn a_cut_archive_gives_what_comes_before_the_cut() {
    let work = archive();
    // Digits of a simple generator, so that it does not pack into one block.
    let mut seed = 1_u64;
    let mut noise = || {
        let words = (0..60).map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            format!("w{:x}", seed >> 40)
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let records: String = (0..2_000)
        .map(|id| record(&format!("r{id:04}"), &noise()))
        .collect();
    work.gzip("wire.jsonl.gz", &records);
    let whole = fs::read(work.path("wire.jsonl.gz")).unwrap();
    work.bytes("news/wire.jsonl.gz", &whole[..whole.len() / 2]);
    let report = work.run(&["index", "news", "--format", "json"]).ok().json();
    assert_eq!(report["problems"]["damaged"], 1, "{report:#}");
    let ids = work.all_ids();
    assert_eq!(ids[..2], ["good.md", "r0000"]);
    assert!((500..1_500).contains(&ids.len()), "{}", ids.len());
    let before_the_cut = (0..ids.len() - 1).map(|id| format!("r{id:04}"));
    assert!(
        before_the_cut.eq(ids[1..].iter().cloned()),
        "an article is missing"
    );
    assert!(listed(&work)[0].starts_with("news/wire.jsonl.gz"));
}

#[test]
fn utf16_is_read_with_and_without_a_mark() {
    let work = archive();
    let text =
        "Getreide für Odessa\n\nDie Ausfuhr von Getreide über das Schwarze Meer wuchs im März.\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    work.bytes("news/bare.txt", &little)
        .bytes("news/big.txt", &[b"\xfe\xff", &big[..]].concat())
        .bytes("news/little.txt", &[b"\xff\xfe", &little[..]].concat());
    check(
        &work,
        0,
        json!({}),
        &["bare.txt", "big.txt", "good.md", "little.txt"],
    );
    let found = work
        .run(&["query", "Getreide März", "--format", "jsonl"])
        .ok();
    assert_eq!(found.json_lines().len(), 3);
    assert_eq!(found.json_lines()[0]["title"], "Getreide für Odessa");
}

#[test]
fn a_nul_in_a_text_is_dropped() {
    let work = archive();
    let text = "Harvest\n\nThe wheat har\0vest was good this year, and the farmers were content with it.\n";
    work.file("news/nul.txt", &text.repeat(5));
    check(&work, 0, json!({}), &["good.md", "nul.txt"]);
    let shown = work.run(&["export", "harvest"]).ok();
    assert!(!shown.stdout.contains("\\u0000"), "{}", shown.stdout);
}

#[test]
fn a_line_beyond_all_bounds_is_too_large() {
    let work = archive();
    let mut file = File::create(work.path("news/line.jsonl")).unwrap();
    file.write_all(b"{\"id\": \"vast\", \"text\": \"").unwrap();
    for _ in 0..70 {
        file.write_all(&[b'x'; 1 << 20]).unwrap();
    }
    file.write_all(b"\"}\n").unwrap();
    file.write_all((record("after", "Grain.") + &record("after-2", "Oil.")).as_bytes())
        .unwrap();
    check(
        &work,
        0,
        json!({"too-large": 1}),
        &["after", "after-2", "good.md"],
    );
    assert!(listed(&work)[0].starts_with("news/line.jsonl:1: "));
}

#[test]
fn names_that_are_not_text_do_no_harm() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let work = archive();
    let name = OsStr::from_bytes(b"news/caf\xe9 #1.md");
    fs::write(
        work.path("").join(name),
        markdown("Café", "2025-01-01", "Coffee prices rose."),
    )
    .unwrap();
    work.index(&["news"]);
    assert_eq!(work.all_ids().len(), 2);
    assert_eq!(work.run(&["query", "coffee"]).status, 0);
    let again: Run = work.run(&["index", "news"]).ok();
    assert!(again.stdout.contains("2 unchanged"), "{}", again.stdout);
}

#[test]
fn records_without_text_and_impossible_dates_are_counted() {
    let work = archive();
    work.file(
        "news/empty.jsonl",
        &[
            r#"{"id": "n", "title": "", "text": ""}"#,
            &record("y", "Grain."),
        ]
        .join("\n"),
    )
    .file(
        "news/dated.md",
        &markdown("Dated", "2025-02-31", "The day does not exist."),
    );
    check(
        &work,
        0,
        json!({"bad-date": 1, "no-text": 1}),
        &["dated.md", "good.md", "y"],
    );
}
