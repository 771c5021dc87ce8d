//! The output formats, as programs read them.

use serde_json::{Value, json};

use super::archive::ARCHIVE;

fn keys(object: &Value) -> Vec<&str> {
    object
        .as_object()
        .unwrap()
        .keys()
        .map(|key| &**key)
        .collect()
}

#[test]
fn json_is_one_object_with_the_hits() {
    let run = ARCHIVE.run(&["query", "ceasefire", "-n", "2", "--format", "json"]);
    let page = run.ok().json();
    assert_eq!(page["query"], "ceasefire");
    assert_eq!(
        (&page["total"], &page["partial"]),
        (&json!(3), &json!(false))
    );
    assert!(page["elapsed_ms"].is_number());
    let hits = page["hits"].as_array().unwrap();
    assert_eq!((&hits[0]["rank"], &hits[1]["rank"]), (&json!(1), &json!(2)));
    assert_eq!(hits.len(), 2);
}

#[test]
fn a_json_line_is_a_hit_with_all_its_fields() {
    let run = ARCHIVE.run(&["query", "ceasefire Kursk", "--format", "jsonl"]);
    let mut hit = run.ok().json();
    assert!(hit["score"].as_f64().unwrap() > 0.0);
    hit["score"] = Value::Null;
    assert_eq!(
        hit,
        json!({
            "rank": 1, "score": null, "id": "truce", "path": "news/wire.jsonl",
            "title": "Truce terms divide allies as Kursk front shrinks", "title_highlights": [[29, 34]],
            "date": "2025-03-15", "date_precision": "instant", "date_origin": "field",
            "published": "2025-03-15T08:30:00Z", "source": "Harbour Wire",
            "url": "https://harbour.example/truce", "lang": "en", "actors": [],
            "snippets": [{"text": "Naïve café — Київ said no. The ceasefire plan for Kursk was discussed in Jeddah on Tuesday.",
                "highlights": [[31, 40], [50, 55]]}],
            "copies": [], "missing": []
        })
    );
}

#[test]
fn highlights_count_code_points() {
    let run = ARCHIVE.run(&[
        "query",
        "said",
        "--source",
        "Harbour Wire",
        "--format",
        "jsonl",
    ]);
    let hit = run.ok().json();
    let snippet = &hit["snippets"][0];
    let text: Vec<char> = snippet["text"].as_str().unwrap().chars().collect();
    let highlights = snippet["highlights"].as_array().unwrap();
    assert_eq!(highlights.len(), 1, "{hit:#}");
    let at = |end: usize| highlights[0][end].as_u64().unwrap() as usize;
    let marked: String = text[at(0)..at(1)].iter().collect();
    assert_eq!(marked, "said");
    assert!(
        text[..at(0)].iter().any(|char| !char.is_ascii()),
        "{text:?}"
    );
}

#[test]
fn csv_is_a_table_with_a_header() {
    let run = ARCHIVE
        .run(&["query", "ceasefire Kursk", "--format", "csv"])
        .ok();
    let mut table = csv::Reader::from_reader(run.stdout.as_bytes());
    assert_eq!(
        table.headers().unwrap().iter().collect::<Vec<_>>(),
        [
            "query", "rank", "score", "id", "date", "source", "title", "path", "url", "snippet"
        ]
    );
    let rows: Vec<_> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0][0], &rows[0][3]), ("ceasefire Kursk", "truce"));
}

#[test]
fn trec_lines_have_six_columns_and_falling_scores() {
    let run = ARCHIVE
        .run(&["query", "ceasefire", "--format", "trec"])
        .ok();
    let lines: Vec<Vec<_>> = run
        .stdout
        .lines()
        .map(|line| line.split(' ').collect())
        .collect();
    assert_eq!(lines.len(), 3);
    for (number, line) in lines.iter().enumerate() {
        let rank = (number + 1).to_string();
        assert_eq!(line.len(), 6);
        assert_eq!(
            (line[0], line[1], line[3], line[5]),
            ("1", "Q0", &*rank, "search")
        );
    }
    let scores: Vec<f32> = lines.iter().map(|line| line[4].parse().unwrap()).collect();
    assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
}

#[test]
fn export_prints_every_article_as_json_lines() {
    let articles = ARCHIVE.run(&["export"]).ok().json_lines();
    assert_eq!(articles.len(), 6);
    for article in &articles {
        let mut keys = keys(article);
        keys.sort_unstable();
        for key in [
            "actors", "authors", "body", "date", "id", "lang", "path", "section", "source",
            "title", "url",
        ] {
            assert!(keys.contains(&key), "no {key} in {article:#}");
        }
    }
    let truce = articles
        .iter()
        .find(|article| article["id"] == "truce")
        .unwrap();
    assert_eq!(truce["authors"], json!(["Jane Doe", "Li Wei"]));
    assert!(
        truce["body"]
            .as_str()
            .unwrap()
            .starts_with("Naïve café — Київ said no.")
    );
}

#[test]
fn export_as_csv_has_a_row_for_every_match() {
    let run = ARCHIVE
        .run(&["export", "ceasefire", "--since", "2025", "--format", "csv"])
        .ok();
    let mut table = csv::Reader::from_reader(run.stdout.as_bytes());
    assert_eq!(
        table.headers().unwrap().iter().collect::<Vec<_>>(),
        [
            "id", "path", "title", "date", "source", "url", "authors", "section", "lang", "body"
        ]
    );
    let mut ids: Vec<_> = table
        .records()
        .map(|row| row.unwrap()[0].to_owned())
        .collect();
    ids.sort();
    assert_eq!(ids, ["gaza.md", "truce"]);
}

#[test]
fn export_has_no_cap() {
    let work = super::workspace::Workspace::new();
    let records: String = (0..1_500)
        .map(|n| super::workspace::record(&n.to_string(), "grain exports"))
        .collect();
    work.file("n.jsonl", &records).index(&["n.jsonl"]);
    assert_eq!(
        work.run(&["export", "grain"]).ok().stdout.lines().count(),
        1_500
    );
}
