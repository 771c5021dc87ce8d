//! Research collections and feeds, from their files to the fields of articles.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::workspace::Workspace;

/// The articles of the samples of a format, by id, and the kinds of its problems.
fn read(format: &str) -> (Vec<Value>, Value) {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats");
    let place = Workspace::new();
    for entry in fs::read_dir(samples.join(format)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        place.bytes(&format!("in/{name}"), &fs::read(&path).unwrap());
    }
    let report = place.run(&["index", "--format", "json", "--threads", "2", "in"]);
    let mut articles = place.run(&["export"]).ok().json_lines();
    articles.sort_by_key(|article| article["id"].as_str().map(str::to_owned));
    (articles, report.json()["problems"].take())
}

/// The one article with this id.
#[track_caller]
fn find<'a>(articles: &'a [Value], id: &str) -> &'a Value {
    let found = articles.iter().find(|article| article["id"] == id);
    found.unwrap_or_else(|| panic!("no {id} in {articles:#?}"))
}

#[test]
fn collections_of_trec() {
    let (articles, problems) = read("trec");
    assert_eq!((articles.len(), problems), (11, json!({})));
    let ferry = find(&articles, "AP890315-0001");
    assert_eq!(
        ferry["title"],
        "Night Ferry Returns to Port & Waits for the Wind"
    );
    assert_eq!(
        (&ferry["date"], &ferry["source"]),
        (&json!("1989-03-15"), &json!("Associated Press"))
    );
    assert_eq!(ferry["authors"], json!(["Ann Lee"]));
    let paragraphs: Vec<_> = ferry["body"].as_str().unwrap().split("\n\n").collect();
    assert_eq!(paragraphs.len(), 2, "{paragraphs:?}");
    let library = find(&articles, "LA031589-0007");
    assert_eq!(library["topics"], json!(["LIBRARIES", "BUSES"]));
    assert_eq!(
        find(&articles, "WTX001-B01-7")["url"],
        "http://harbour.example/tides.html"
    );
}

#[test]
fn reuters_21578() {
    let (articles, problems) = read("reuters-21578");
    assert_eq!((articles.len(), problems), (3, json!({"no-text": 1})));
    let barges = find(&articles, "1");
    assert_eq!(barges["published"], "1987-02-26T15:01:01.79Z");
    assert_eq!(barges["topics"], json!(["grain", "ship", "usa"]));
    assert_eq!(
        (&barges["source"], &barges["authors"]),
        (&json!("Reuters"), &json!(["Ann Lee"]))
    );
    assert!(!barges["body"].as_str().unwrap().ends_with("Reuter"));
}

#[test]
fn feeds() {
    let (articles, problems) = read("feed");
    assert_eq!(
        (articles.len(), problems),
        (14, json!({"malformed": 2, "no-text": 1}))
    );
    let ferry = find(&articles, "harbour-1");
    assert_eq!(
        (&ferry["source"], &ferry["lang"]),
        (&json!("Harbour Wire"), &json!("en"))
    );
    assert_eq!(ferry["published"], "2025-03-15T17:40:00Z");
    assert_eq!(find(&articles, "rss2.xml#3")["title"], "Only a headline");
    assert_eq!(
        find(&articles, "tag:meridian.example,2025:1")["authors"],
        json!(["Eve Hall", "Ann Lee"])
    );
    assert_eq!(
        find(&articles, "https://northgate.example/?p=41")["section"],
        "Town"
    );
}

#[test]
fn documents_of_trafilatura() {
    let (articles, problems) = read("trafilatura-xml");
    assert_eq!((articles.len(), problems), (3, json!({})));
    let tei = find(&articles, "f-2");
    assert_eq!(
        (&tei["source"], &tei["date"]),
        (&json!("Harbour Wire"), &json!("2025-03-15"))
    );
    assert_eq!(
        tei["body"],
        "At the quay\n\nThe ferry waited.\n\nThen it sailed."
    );
}
