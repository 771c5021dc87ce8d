//! What the fields of a record become.

use serde_json::Value;

use super::workspace::Workspace;

fn archive() -> Workspace {
    let records = [
        r#"{"id": "a", "title": "Grain", "source": "NYT", "author": "By JANE DOE, Staff Writer", "text": "Grain."}"#,
        r#"{"id": "b", "title": "Oil", "source": "https://www.nytimes.com/oil", "date": "15 березня 2025 р.", "text": "Oil."}"#,
        r#"{"id": "c", "title": "Tin", "source": "The New York Times", "authors": ["Doe, Jane"], "text": "Tin."}"#,
        r#"{"id": "d", "title": "Salt", "source": "Harbour Times", "date": "10:05 IST, 15 March 2025", "text": "Salt."}"#,
        r#"{"id": "e", "title": "Itâ€™s rye", "date": "2999-01-01", "updated": "2025", "text": "Rye in the cafÃ©."}"#,
    ];
    let work = Workspace::new();
    work.file("news/wire.jsonl", &records.join("\n"))
        .run(&["index", "news"])
        .ok();
    work
}

fn shown(work: &Workspace, id: &str) -> Value {
    work.run(&["show", id, "--format", "json"]).ok().json()
}

#[test]
fn an_outlet_is_found_by_each_of_its_names() {
    let work = archive();
    for name in ["NYT", "nytimes.com", "New York Times", "www.nytimes.com"] {
        let run = work.run(&[
            "query", "*", "--source", name, "--sort", "oldest", "--format", "jsonl",
        ]);
        let mut ids = run.ok().ids();
        ids.sort_unstable();
        assert_eq!(ids, ["a", "b", "c"], "{name}");
    }
    let run = work.run(&["query", "source:times", "--format", "jsonl"]);
    assert_eq!(run.ok().ids().len(), 4);
    let run = work.run(&[
        "query",
        "source:\"www.nytimes.com oil\"",
        "--format",
        "jsonl",
    ]);
    assert_eq!(run.ok().ids(), ["b"]);
}

#[test]
fn the_records_spelling_is_kept_where_it_differs() {
    let work = archive();
    let article = shown(&work, "a");
    assert_eq!(article["source"], "The New York Times");
    assert_eq!(article["source_raw"], "NYT");
    assert_eq!(article["authors"], serde_json::json!(["Jane Doe"]));
    assert_eq!(article["byline"], "By JANE DOE, Staff Writer");
    assert_eq!(shown(&work, "c").get("source_raw"), None);
    let sources = work.run(&["info", "--format", "json"]).ok().json();
    assert!(sources.to_string().contains(r#""The New York Times""#));
    assert!(!sources.to_string().contains("NYT"));
    for (query, count) in [("author:\"jane doe\"", 2), ("author:staff", 1)] {
        let run = work.run(&["query", query, "--format", "jsonl"]);
        assert_eq!(run.ok().ids().len(), count, "{query}");
    }
}

#[test]
fn dates_say_how_much_is_known() {
    let work = archive();
    let known = |id: &str| {
        let article = shown(&work, id);
        ["date", "date_precision", "published"].map(|key| article[key].as_str().map(str::to_owned))
    };
    let day = [Some("2025-03-15".to_owned()), Some("day".to_owned()), None];
    assert_eq!(known("b"), day);
    assert_eq!(known("d"), day);
    assert_eq!(known("e"), [None, None, None]);
}

#[test]
fn spoilt_text_and_impossible_dates_are_told() {
    let work = archive();
    let article = shown(&work, "e");
    assert_eq!(article["title"], "It’s rye");
    assert_eq!(article["body"], "Rye in the café.");
    let run = work.run(&["info", "--problems"]).ok();
    for words in ["repaired in 2 places", "in the future"] {
        assert!(run.stdout.contains(words), "{}", run.stdout);
    }
}
