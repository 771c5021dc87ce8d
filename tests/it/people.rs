//! People and what they are quoted with, as a user asks for them.

use serde_json::{Value, json};

use super::workspace::Workspace;

/// A folder of short articles, whose ids are their numbers.
fn archive() -> Workspace {
    let workspace = Workspace::new();
    let articles = [
        (
            "Harbour board meets",
            "Minister Joanna Kowalska met Peter Strand on Monday. \"We want a new ferry for the \
             port,\" said Kowalska. \"The old bridge is safe,\" said Strand.",
        ),
        (
            "Kowalska Foundation opens",
            "The Kowalska Foundation opened a school for sailors near the old ferry port.",
        ),
        (
            "Strand leaves",
            "Peter Strand left the board. The new ferry waits, and so does Joanna Kowalska.",
        ),
    ];
    let lines = (1..).zip(articles).map(|(id, (title, body))| {
        let id = id.to_string();
        format!("{}\n", json!({"id": id, "title": title, "text": body}))
    });
    workspace.file("wire.jsonl", &lines.collect::<String>());
    workspace.run(&["index", "."]).ok();
    workspace
}

#[track_caller]
fn check(workspace: &Workspace, query: &str, expected: &[&str]) {
    let run = workspace.run(&["query", "--match", "all", "--format", "jsonl", "--", query]);
    let mut ids = run.ids();
    ids.sort();
    assert_eq!(ids, expected, "{query}");
}

#[test]
fn people_are_found_and_what_bears_their_names_is_not() {
    let archive = archive();
    check(&archive, "Kowalska", &["1", "2", "3"]);
    check(&archive, "actor:Kowalska", &["1", "3"]);
    check(
        &archive,
        "actor:\"Joanna Kowalska\" NOT actor:Kowalski",
        &["1", "3"],
    );
    check(&archive, "actor:\"Anna Kowalska\"", &[]);
    check(&archive, "ATLEAST/2 actor:Kowalska", &["1"]);
    check(&archive, "actor:Kowalska NEAR/3 actor:Strand", &["1"]);
    check(&archive, "title:actor:Strand", &["3"]);
}

#[test]
fn words_are_found_in_quotations_of_their_speakers() {
    let archive = archive();
    check(&archive, "said:Kowalska", &["1"]);
    check(
        &archive,
        "said:\"Joanna Kowalska\"(ferries PRE/5 port)",
        &["1"],
    );
    check(&archive, "said:Kowalska(ferry bridge)", &[]);
    check(&archive, "said:Kowalska(bridge) OR said:Strand(ferry)", &[]);
    check(&archive, "said:Strand(bridge) NEAR/P ferry", &["1"]);
    let run = archive.run(&["query", "said:Kowalska(ferry date:2025)"]);
    run.fails_with(&["this cannot be looked for inside a quotation", "hint: "]);
}

#[test]
fn what_matched_of_people_is_highlighted() {
    let archive = archive();
    let run = archive.run(&[
        "query",
        "--format",
        "json",
        "said:Kowalska(ferry) OR title:actor:Strand",
    ]);
    let page: Value = run.ok().json();
    let mut marked = Vec::new();
    for hit in page["hits"].as_array().unwrap() {
        for snippet in hit["snippets"].as_array().unwrap() {
            let text: Vec<char> = snippet["text"].as_str().unwrap().chars().collect();
            for range in snippet["highlights"].as_array().unwrap() {
                let [start, end] = [0, 1].map(|at| range[at].as_u64().unwrap() as usize);
                marked.push(text[start..end].iter().collect::<String>());
            }
        }
    }
    assert_eq!(marked, ["ferry", "Kowalska"]);
}
