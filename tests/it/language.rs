//! Nearness, counts, patterns and weights, as a user types them.

use serde_json::{Value, json};

use super::workspace::Workspace;

/// A folder of short articles; each line is one, its id is its number.
fn archive() -> Workspace {
    let workspace = Workspace::new();
    let articles = [
        (
            "Envoys meet",
            "The envoy met the minister in Geneva. Rain fell.",
        ),
        (
            "Minister leaves",
            "The minister left. In the evening, far from the town and its visitors, an envoy came.",
        ),
        (
            "Deployment ends",
            "Deployments ended.\n\nThe envoy stayed.\n\nTariffs, tariffs and more tariffs: a minister spoke.",
        ),
        (
            "Redeployment begins",
            "A delegate spoke of harbours, and of an unplanned redeployment of ferries.",
        ),
        (
            "Harbor news",
            "The harbour, which is old, reopened for ferries.",
        ),
    ];
    let lines = (1..).zip(articles).map(|(id, (title, body))| {
        format!(
            "{}\n",
            json!({"id": id.to_string(), "title": title, "text": body})
        )
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
fn words_near_each_other() {
    let archive = archive();
    check(&archive, "envoy NEAR/3 minister", &["1"]);
    check(&archive, "envoy NEAR/20 minister", &["1", "2", "3"]);
    check(&archive, "minister PRE/20 envoy", &["2"]);
    check(&archive, "envoy w/s minister", &["1"]);
    check(&archive, "envoy w/p minister", &["1", "2"]);
    check(&archive, "minister NOT NEAR/5 envoy", &["2", "3"]);
    check(
        &archive,
        "(envoy OR delegate) NEAR/4 (\"more tariffs\" OR minister OR harbours)",
        &["1", "4"],
    );
    check(&archive, "(envoy NEAR/3 minister) NEAR/3 geneva", &["1"]);
    check(&archive, "\"harbour reopened\"~3", &["5"]);
    check(&archive, "\"harbour reopened\"~2", &[]);
}

#[test]
fn words_often_early_and_in_part() {
    let archive = archive();
    check(&archive, "ATLEAST/3 tariffs", &["3"]);
    check(&archive, "ATLEAST/4 tariffs", &[]);
    check(&archive, "title:minister", &["2"]);
    check(&archive, "lead:tariffs -lead:ferries", &["3"]);
    check(&archive, "*deployment*", &["3", "4"]);
    check(&archive, "*deployment", &["3", "4"]);
    check(&archive, "*ploy*t", &["3", "4"]);
    check(&archive, "harbo?r", &["5"]);
    check(&archive, "harb*r", &["5"]);
    check(&archive, "delgate~1", &["4"]);
    check(&archive, "/(re)?deployments?/", &["3", "4"]);
    check(&archive, "\"the minis*\"", &["1", "2"]);
}

#[test]
fn wildcards_find_words_of_later_runs() {
    let archive = archive();
    archive.file("late.txt", "Employment rose.\n\nThe harbour stayed shut.\n");
    archive.run(&["index", "."]).ok();
    check(&archive, "*ployment", &["3", "4", "late.txt"]);
    let folder = archive.path(".search");
    assert!(folder.is_dir());
}

#[test]
fn a_weight_changes_the_order_alone() {
    let archive = archive();
    let first = |query: &str| {
        let run = archive.run(&["query", "--format", "jsonl", query]);
        run.ids()[0].clone()
    };
    assert_eq!(first("geneva^9 OR ferries"), "1");
    assert_ne!(first("geneva^0.1 OR ferries"), "1");
}

#[test]
fn both_sides_of_nearness_are_highlighted() {
    let archive = archive();
    let run = archive.run(&["query", "--format", "json", "envoy NEAR/3 minister"]);
    let page: Value = run.ok().json();
    let snippet = &page["hits"][0]["snippets"][0];
    let text: Vec<char> = snippet["text"].as_str().unwrap().chars().collect();
    let marked: Vec<String> = snippet["highlights"]
        .as_array()
        .unwrap()
        .iter()
        .map(|range| {
            let [start, end] = [0, 1].map(|at| range[at].as_u64().unwrap() as usize);
            text[start..end].iter().collect()
        })
        .collect();
    assert_eq!(marked, ["envoy", "minister"]);
}
