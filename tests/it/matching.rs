//! Which articles a query finds, and in which order.

use super::archive::ARCHIVE;
use super::workspace::{Workspace, markdown};

/// The ids that a query finds, best first.
#[track_caller]
fn found(arguments: &[&str]) -> Vec<String> {
    let arguments = [&["query", "--format", "jsonl"], arguments].concat();
    ARCHIVE.run(&arguments).ids()
}

/// The ids that a query finds, sorted by name.
#[track_caller]
fn check(arguments: &[&str], expected: &[&str]) {
    let mut ids = found(arguments);
    ids.sort();
    assert_eq!(ids, expected, "{arguments:?}");
}

#[test]
fn words_phrases_and_operators() {
    check(&["ceasefire"], &["gaza.md", "old", "truce"]);
    check(&["ceasefires"], &["gaza.md", "old", "truce"]);
    check(&["=ceasefires"], &[]);
    check(&["ceasefire", "Kursk"], &["truce"]);
    check(&["Kursk -Berlin"], &["notes.txt", "truce"]);
    check(&["oil OR Gaza"], &["gaza.md", "oil"]);
    check(&["\"ceasefire plan\""], &["truce"]);
    check(&["\"plan ceasefire\""], &[]);
    check(&["title:ceasefire"], &["old"]);
}

#[test]
fn since_and_until_are_inclusive_days() {
    check(
        &["ceasefire", "--since", "2025-03-15"],
        &["gaza.md", "truce"],
    );
    check(&["ceasefire", "--until", "2025-03-15"], &["old", "truce"]);
    check(
        &["Kursk", "--since", "2025-03", "--until", "2025-03"],
        &["berlin", "truce"],
    );
    let run = ARCHIVE.run(&["query", "x", "--since", "2025", "--until", "2019"]);
    run.fails_with(&["--since 2025-01-01 is after --until 2019-12-31", "swap"]);
    let run = ARCHIVE.run(&["query", "x", "--since", "yesteryear"]);
    run.fails_with(&["--since yesteryear"]);
}

#[test]
fn source_and_language_narrow() {
    check(
        &["ceasefire", "--source", "Harbour Wire"],
        &["old", "truce"],
    );
    check(
        &[
            "Kursk OR oil",
            "--source",
            "Ledger",
            "--source",
            "Zeitblatt",
        ],
        &["berlin", "oil"],
    );
    check(&["Kursk", "--lang", "de"], &["berlin"]);
    check(&["Kursk", "--lang", "DE-at"], &["berlin"]);
    let run = ARCHIVE.run(&["query", "Kursk", "--lang", "d3"]);
    run.fails_with(&["--lang d3", "a code such as en, de, uk"]);
    check(
        &["Kursk", "--lang", "de", "--lang", "en"],
        &["berlin", "truce"],
    );
}

#[test]
fn partial_matches_come_when_no_article_has_all_words() {
    let run = ARCHIVE
        .run(&["query", "Kursk tankers", "--format", "json"])
        .ok()
        .json();
    assert_eq!(run["partial"], true);
    assert_eq!(run["total"], 4);
    for hit in run["hits"].as_array().unwrap() {
        let lacks = if hit["id"] == "oil" {
            "Kursk"
        } else {
            "tankers"
        };
        assert_eq!(hit["missing"], serde_json::json!([lacks]), "{hit:#}");
    }
    let text = ARCHIVE.run(&["query", "Kursk tankers"]).ok().stdout;
    assert!(
        text.starts_with("no article has all the words; these have some\n"),
        "{text}"
    );
    assert!(text.contains("missing: tankers"), "{text}");
}

#[test]
fn match_all_and_any() {
    check(&["Kursk tankers", "--match", "all"], &[]);
    check(
        &["ceasefire Kursk", "--match", "any"],
        &["berlin", "gaza.md", "notes.txt", "old", "truce"],
    );
    check(&["ceasefire Kursk", "--match", "auto"], &["truce"]);
}

#[test]
fn plain_takes_the_words_as_they_are() {
    check(
        &["--plain", "\"ceasefire (-Kursk: ^"],
        &["berlin", "gaza.md", "notes.txt", "old", "truce"],
    );
    check(
        &["--plain", "--match", "all", "ceasefire -Kursk"],
        &["truce"],
    );
}

#[test]
fn newest_and_oldest_put_the_undated_last() {
    let query = ["Kursk OR ceasefire", "--sort"];
    let newest = found(&[&query[..], &["newest"]].concat());
    assert_eq!(newest, ["gaza.md", "berlin", "truce", "old", "notes.txt"]);
    let oldest = found(&[&query[..], &["oldest"]].concat());
    assert_eq!(oldest, ["old", "truce", "berlin", "gaza.md", "notes.txt"]);
}

#[test]
fn pages_of_tied_hits_neither_repeat_nor_skip() {
    let work = Workspace::new();
    for number in 0..40 {
        // Two files of the same text: one score, one date.
        let text = markdown("Grain", "2025-02-02", "Grain exports rose.");
        work.file(&format!("news/{}/{number}.md", number % 3), &text);
    }
    work.index(&["news"]);
    for sort in ["relevance", "newest"] {
        let page = |offset: usize, limit: usize| {
            let (offset, limit) = (offset.to_string(), limit.to_string());
            work.run(&[
                "query", "grain", "--sort", sort, "--offset", &offset, "-n", &limit, "--format",
                "jsonl",
            ])
            .ids()
        };
        let whole = page(0, 100);
        let pages: Vec<_> = (0..40)
            .step_by(7)
            .flat_map(|offset| page(offset, 7))
            .collect();
        assert_eq!(pages, whole, "{sort}");
        assert_eq!(whole.len(), 40);
        assert!(whole.is_sorted(), "{whole:?}");
    }
}

#[test]
fn ranks_count_from_the_offset() {
    let arguments = ["query", "ceasefire", "--offset", "2", "--format", "json"];
    let page = ARCHIVE.run(&arguments).ok().json();
    assert_eq!(page["hits"][0]["rank"], 3);
    assert_eq!(page["total"], 3);
    let text = ARCHIVE
        .run(&["query", "ceasefire", "--offset", "1", "-n", "1"])
        .ok();
    assert!(
        text.stdout.contains("\n2 of 3 articles · "),
        "{}",
        text.stdout
    );
}

#[test]
fn snippets_are_as_many_as_asked_for() {
    let run = ARCHIVE.run(&["query", "Kursk", "--snippets", "0", "--format", "jsonl"]);
    for hit in run.ok().json_lines() {
        assert_eq!(hit["snippets"], serde_json::json!([]));
    }
}

#[test]
fn enormous_numbers_mean_all_or_none() {
    let most = usize::MAX.to_string();
    for flag in ["-n", "--snippets"] {
        let run = ARCHIVE.run(&["query", "Kursk", flag, &most, "--format", "jsonl"]);
        assert_eq!(run.ok().json_lines().len(), 3, "{flag}");
    }
    let run = ARCHIVE.run(&["query", "Kursk", "--offset", &most, "-n", &most]);
    assert!(run.ok().stdout.starts_with("3 articles"));
}

#[test]
fn mixing_and_with_or_is_noticed() {
    let run = ARCHIVE.run(&["query", "oil tankers OR Gaza"]);
    assert_eq!(run.status, 0);
    assert!(run.stderr.starts_with("search: "), "{}", run.stderr);
}

#[test]
fn a_query_error_shows_where_and_what_to_do() {
    let run = ARCHIVE.run(&["query", "climate AND \"sea level"]);
    assert_eq!((run.status, &*run.stdout), (2, ""));
    assert_eq!(
        run.stderr,
        "search: cannot parse query at byte 12: this quote is never closed\n  \
         climate AND \"sea level\n              ^\n\
         hint: add a closing quote after `level`\n"
    );
}
