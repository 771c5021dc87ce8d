//! The language as it is told: every example reads and finds something, in every dialect.

use std::fs;

use jiff::civil::{Date, date};
use search::query::{Dialect, parse_dialect, parse_strict};

use super::archive::ARCHIVE;
use super::sample_corpus::INDEXED;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
const TODAY: Date = date(2025, 12, 31);

fn help() -> String {
    ARCHIVE.run(&["help", "query"]).ok().stdout
}

/// The examples of the help: what stands on the left of its indented lines.
fn examples(help: &str) -> Vec<String> {
    let own = help.split("\nOther tools").next().unwrap();
    let lines = own.lines().filter(|line| line.starts_with("  "));
    let left = lines.map(|line| line.trim().split("  ").next().unwrap().to_owned());
    left.collect()
}

#[test]
fn the_help_fits_a_terminal() {
    let help = help();
    assert!(help.lines().count() <= 100);
    for line in help.lines() {
        assert!(line.chars().count() <= 84, "{line}");
    }
    let run = ARCHIVE.run(&["query", "--help"]).ok();
    assert!(run.stdout.contains("search help query"), "{}", run.stdout);
    let run = ARCHIVE.run(&["help", "index"]).ok();
    assert!(run.stdout.contains("--rebuild"), "{}", run.stdout);
}

#[test]
fn every_example_of_the_help_finds_something() {
    let examples = examples(&help());
    assert!(examples.len() > 25, "{examples:?}");
    for example in examples {
        let run = INDEXED.0.run(&["query", "--match", "all", "--", &example]);
        assert_eq!((run.status, &*run.stderr), (0, ""), "{example}");
    }
}

#[test]
fn every_example_of_other_tools_reads() {
    let help = help();
    let table = help.split_once("Lucene\n").unwrap().1;
    let table = table.split_once("In Nexis").unwrap().0;
    let columns = [
        (Dialect::Nexis, 14, 34),
        (Dialect::Factiva, 34, 54),
        (Dialect::Lucene, 54, usize::MAX),
    ];
    for line in table.lines() {
        for (dialect, start, end) in columns {
            let cell = &line[start..end.min(line.len())];
            for query in cell.trim().split("  ").filter(|query| *query != "-") {
                let read = parse_dialect(query.trim(), dialect, TODAY);
                assert_eq!(read.problems, [], "{dialect:?}: {query}");
            }
        }
    }
}

/// What stands between backticks in a row of a table.
fn quoted(row: &str) -> Vec<String> {
    let odd = row.split('`').skip(1).step_by(2);
    odd.map(|text| text.replace("\\|", "|")).collect()
}

#[test]
fn every_example_of_the_readme_reads() {
    let readme = fs::read_to_string(README).unwrap();
    let rows = |head: &str| {
        let table = readme.split_once(head).unwrap().1;
        let rows = table.lines().take_while(|line| line.starts_with('|'));
        rows.skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let own = rows("| need | write |\n");
    assert_eq!(own.len(), 12);
    for query in own.iter().flat_map(|row| quoted(row)) {
        let read = parse_strict(&query, TODAY);
        assert!(read.is_ok(), "{query}: {}", read.unwrap_err());
    }
    let dialects = [Dialect::Nexis, Dialect::Factiva, Dialect::Lucene];
    for (row, dialect) in rows("| from another tool | |\n").iter().zip(dialects) {
        let query = &quoted(row)[1];
        assert_eq!(parse_dialect(query, dialect, TODAY).problems, [], "{query}");
    }
}

#[test]
fn every_command_that_takes_a_query_takes_a_dialect() {
    let told = "query in our form: ceasefire NOT \"Gaza talks\"";
    let query = "ceasefire and not Gaza talks";
    for arguments in [
        &["query", query, "--dialect", "nexis"][..],
        &["export", query, "--dialect", "nexis"],
        &["show", "truce", "--query", query, "--dialect", "nexis"],
    ] {
        let run = ARCHIVE.run(arguments).status(0);
        assert!(run.stderr.contains(told), "{}", run.stderr);
    }
    let run = ARCHIVE.run(&["query", query, "--dialect", "nexis", "--format", "jsonl"]);
    assert_eq!(run.ids().len(), 2);
    let run = ARCHIVE.run(&["query", "ns=gdip and oil", "--dialect", "factiva"]);
    run.fails_with(&["`ns` asks for an index code", "\n  ^"]);
    let run = ARCHIVE.run(&["query", "oil", "--dialect", "lucene", "--plain"]);
    assert!(run.status(2).stderr.contains("cannot be used with"));
}
