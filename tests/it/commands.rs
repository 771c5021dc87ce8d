//! From a folder to answers, with every command.

use super::archive::ARCHIVE;
use super::workspace::{Workspace, markdown};

#[test]
fn index_reports_what_it_did() {
    let work = Workspace::new();
    work.file("news/a.md", &markdown("One", "2025-01-01", "A text."))
        .file("news/b.txt", "Two\n\nAnother text.\n")
        .file("news/.hidden", "not an article");
    let run = work.run(&["index", "news"]).ok();
    let lines: Vec<_> = run.stdout.lines().collect();
    assert_eq!(
        lines[..3],
        [
            "articles  2 added · 0 updated · 0 removed · 0 unchanged",
            "files     2 read · 1 hidden, left out",
            "formats   markdown 1 · text 1",
        ]
    );
    assert!(lines[3].ends_with("· index in .search"), "{}", lines[3]);
    assert_eq!(lines.len(), 4);
}

#[test]
fn query_prints_ranks_titles_places_snippets_and_the_total() {
    let run = ARCHIVE.run(&["query", "ceasefire Kursk"]).ok();
    let (page, time) = run.stdout.rsplit_once(" · ").unwrap();
    assert_eq!(
        page,
        "  1  Truce terms divide allies as Kursk front shrinks\n     \
         15 Mar 2025 · Harbour Wire · news/wire.jsonl\n     \
         Naïve café — Київ said no. The ceasefire plan for Kursk was discussed in\n     \
         Jeddah on Tuesday. …\n\n\
         1 article"
    );
    assert!(time.ends_with("ms\n"), "{time}");
}

#[test]
fn no_line_of_text_is_wider_than_the_terminal() {
    for (columns, command) in [
        ("80", &["query", "ceasefire OR Kursk OR oil"][..]),
        ("44", &["query", "ceasefire OR Kursk OR oil"]),
        ("44", &["show", "truce"]),
    ] {
        let mut run = ARCHIVE.command(command);
        run.env("COLUMNS", columns);
        let run = super::workspace::Run::of(run).ok();
        let width = run.stdout.lines().map(|line| line.chars().count()).max();
        assert!(width.unwrap() <= columns.parse().unwrap(), "{}", run.stdout);
    }
}

#[test]
fn nothing_found_is_status_1_with_empty_stdout() {
    let run = ARCHIVE.run(&["query", "volcano"]);
    assert_eq!((run.status, &*run.stdout), (1, ""));
    assert_eq!(run.stderr, "search: no article matches\n");
    let run = ARCHIVE.run(&["query", "volcano", "--format", "jsonl"]);
    assert_eq!((run.status, &*run.stdout), (1, ""));
}

#[test]
fn an_export_of_nothing_says_why() {
    for (query, why) in [
        (&["volcano"][..], "no article matches"),
        (&["volcano tephra"], "no article matches"),
        (
            &["ceasefire volcano", "--until", "2001"],
            "no article matches",
        ),
        (
            &["ceasefire volcano"],
            "no article has all the words; --match any exports those that have some",
        ),
    ] {
        let run = ARCHIVE.run(&[&["export"], query].concat()).status(1);
        assert_eq!(
            (run.stdout, run.stderr),
            (String::new(), format!("search: {why}\n"))
        );
    }
    let some = ARCHIVE.run(&["export", "ceasefire volcano", "--match", "any"]);
    assert_eq!(some.ok().ids().len(), 3);
    ARCHIVE.run(&["export", "oil", "--expand"]).status(2);
}

#[test]
fn show_prints_an_article_with_its_metadata() {
    let run = ARCHIVE.run(&["show", "truce"]).ok();
    assert_eq!(
        run.stdout,
        "Truce terms divide allies as Kursk front shrinks\n\
         15 Mar 2025 (08:30 UTC) · Harbour Wire · World · en\n\
         By Jane Doe, Li Wei\n\
         truce\n\
         news/wire.jsonl\n\
         https://harbour.example/truce\n\n\
         Naïve café — Київ said no. The ceasefire plan for Kursk was discussed in Jeddah\n\
         on Tuesday.\n\n\
         Negotiators left without a text.\n"
    );
}

#[test]
fn show_of_an_unknown_id_is_an_error() {
    let run = ARCHIVE.run(&["show", "nothing-like-it"]);
    run.fails_with(&["no article has the id nothing-like-it", "jsonl"]);
}

#[test]
fn show_as_json_is_the_exported_article() {
    let shown = ARCHIVE
        .run(&["show", "truce", "--format", "json"])
        .ok()
        .json();
    let exported = ARCHIVE.run(&["export", "Jeddah"]).ok().json();
    assert_eq!(shown, exported);
}

#[test]
fn show_marks_what_a_query_finds() {
    let run = ARCHIVE.run(&[
        "show",
        "truce",
        "--query",
        "negotiator",
        "--color",
        "always",
    ]);
    let marked = run.ok().stdout;
    assert!(
        marked.contains("\u{1b}[31mNegotiators\u{1b}[0m left"),
        "{marked:?}"
    );
}

#[test]
fn info_tells_what_the_index_holds() {
    let run = ARCHIVE.run(&["info"]).ok();
    let expected = "index      .search\n\
        articles   6 in 3 files\n\
        dates      2019-06-01 to 2025-04-02 · 1 undated\n\
        sources    Harbour Wire 2 · Ledger 1 · Zeitblatt 1\n\
        languages  en 4 · de 1\n\
        formats    jsonl 4 · markdown 1 · text 1\n\
        size       0.0 MB of files, 0.0 MB of index\n";
    assert_eq!(run.stdout, expected);
}

#[test]
fn info_as_json_has_the_same_figures() {
    let info = ARCHIVE.run(&["info", "--format", "json"]).ok().json();
    assert_eq!((&info["articles"], &info["files"]), (&6.into(), &3.into()));
    assert_eq!(info["first_day"], "2019-06-01");
    assert_eq!(info["last_day"], "2025-04-02");
    assert_eq!(info["undated"], 1);
    assert_eq!(info["problems"], serde_json::json!({}));
    assert_eq!(
        info["languages"],
        serde_json::json!([{"name": "en", "articles": 4}, {"name": "de", "articles": 1}])
    );
}

#[test]
fn every_command_has_help_with_an_example() {
    for command in ["index", "query", "export", "show", "eval", "info"] {
        for flag in ["--help", "-h"] {
            let run = ARCHIVE.run(&[command, flag]).ok();
            assert!(run.stdout.contains("Usage: search"), "{}", run.stdout);
            assert!(
                run.stdout.contains(&format!("\n  search {command}")),
                "no example: {}",
                run.stdout
            );
        }
    }
}

#[test]
fn without_arguments_the_help_is_printed() {
    let run = ARCHIVE.run(&[]).ok();
    assert!(run.stdout.contains("Examples:\n  search index"));
    let version = ARCHIVE.run(&["--version"]).ok();
    assert!(version.stdout.starts_with("search 0."));
}

#[test]
fn completions_and_the_man_page_are_generated() {
    for (kind, sign) in [
        ("complete-bash", "complete -F _search"),
        ("complete-zsh", "#compdef search"),
        ("complete-fish", "complete -c search"),
        ("man", ".SH SEARCH QUERY"),
    ] {
        let run = ARCHIVE.run(&["--generate", kind]).ok();
        assert!(run.stdout.contains(sign), "{kind}: {}", run.stdout);
        assert!(run.stdout.contains("offset"), "{kind} lacks flags");
        // The man page is one, with a section for each command.
        assert!(!run.stdout.contains("index(1)"), "{kind}");
    }
}

#[test]
fn wrong_usage_is_status_2() {
    for arguments in [
        &["query"][..],
        &["query", "x", "--sort", "sideways"],
        &["index"],
        &["index", "news", "--memory", "1MB"],
        &["frobnicate"],
        &["query", "x", "--queries", "file"],
    ] {
        let run = ARCHIVE.run(arguments);
        assert_eq!((run.status, &*run.stdout), (2, ""), "{arguments:?}");
        assert!(!run.stderr.is_empty());
    }
}

#[test]
fn a_word_to_leave_out_without_quotes_gets_a_hint() {
    for command in ["query", "export"] {
        let run = ARCHIVE.run(&[command, "ceasefire", "-Gaza"]).status(2);
        let hint = "\nhint: to leave a word out, put the query in quotes: \
            search query 'ceasefire -Gaza', or write NOT Gaza\n";
        assert!(run.stderr.ends_with(hint), "{}", run.stderr);
    }
    for arguments in [&["query", "oil", "--frob"][..], &["index", "news", "-x"]] {
        let run = ARCHIVE.run(arguments).status(2);
        assert!(!run.stderr.contains("leave a word out"), "{}", run.stderr);
    }
}

#[test]
fn more_memory_than_there_can_be_is_all_there_is() {
    let work = Workspace::new();
    work.file("a.txt", "Grain\n\nExports rose.\n")
        .index(&["a.txt", "--memory", "9999GB"]);
}

#[test]
fn a_width_is_that_of_lines_and_of_snippets() {
    let wide = |width: &str, arguments: &[&str]| {
        let arguments = [&["query", "Kursk", "--width", width], arguments].concat();
        ARCHIVE.run(&arguments)
    };
    let longest = |run: &str| run.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(longest(&wide("40", &[]).ok().stdout) <= 40);
    assert!(longest(&wide("60", &["--kwic"]).ok().stdout) <= 60);
    let snippets = |width: &str| -> usize {
        let hits = wide(width, &["--format", "jsonl"]).ok().json_lines();
        let snippets = hits
            .iter()
            .flat_map(|hit| hit["snippets"].as_array().unwrap());
        snippets
            .map(|one| one["text"].as_str().unwrap().len())
            .sum()
    };
    assert!(snippets("40") < snippets("160"));
    wide("7", &[]).status(2);
}

#[test]
fn a_hit_without_a_word_names_the_field_that_matched() {
    let hits = |arguments: &[&str]| {
        let arguments = [&["query", "--format", "jsonl"], arguments].concat();
        ARCHIVE.run(&arguments).ok().json_lines()
    };
    for hit in hits(&["lang:en date:>=1900-01-01"]) {
        assert_eq!(hit["matched"], serde_json::json!(["lang", "date"]));
    }
    for hit in hits(&["lang:en OR source:nobody"]) {
        assert_eq!(hit["matched"], serde_json::json!(["lang"]));
    }
    for hit in hits(&["Kursk lang:en"]) {
        assert!(hit.get("matched").is_none());
    }
    let text = ARCHIVE.run(&["query", "lang:en", "-n", "1"]).ok().stdout;
    assert!(text.contains("matched: lang\n"), "{text}");
}

#[test]
fn matches_stand_in_context_in_every_format() {
    let lines = |arguments: &[&str]| {
        let arguments = [&["query", "Kursk", "--kwic=left"], arguments].concat();
        ARCHIVE.run(&arguments).ok()
    };
    let hits = lines(&["--format", "jsonl"]).json_lines();
    let matches: usize = hits
        .iter()
        .map(|hit| hit["matches"].as_array().unwrap().len())
        .sum();
    assert!(matches > 0);
    assert_eq!(hits[0]["matches"][0]["match"], "Kursk");
    let text = lines(&[]).stdout;
    assert_eq!(
        text.lines().take_while(|line| !line.is_empty()).count(),
        matches
    );
    let table = lines(&["--format", "csv"]).stdout;
    assert_eq!(table.lines().count(), matches + 1);
    // The order stands behind a sign, so that a word of the query is none.
    ARCHIVE.run(&["query", "--kwic", "Kursk"]).ok();
}
