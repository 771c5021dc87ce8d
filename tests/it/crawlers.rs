//! What crawlers and vendors write: samples of each, and the user's map of keys.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::workspace::Workspace;

/// Indexes a sample; its articles in order of their titles.
#[track_caller]
fn articles(sample: &str, problems: u64) -> Vec<Value> {
    let path = format!("{}/tests/data/formats/{sample}", env!("CARGO_MANIFEST_DIR"));
    let work = Workspace::new();
    let report = work.run(&["index", &path, "--format", "json"]).ok().json();
    let found = report["problems"].as_object().unwrap().values();
    let found: u64 = found.map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(found, problems, "{report:#}");
    let mut articles = work.run(&["export", "--format", "jsonl"]).ok().json_lines();
    articles.sort_by_key(|article| article["title"].as_str().unwrap().to_owned());
    articles
}

/// The sample has articles with these values, among others, in order of their titles.
#[track_caller]
fn check(sample: &str, expected: &[Value]) {
    check_flawed(sample, 0, expected);
}

#[track_caller]
fn check_flawed(sample: &str, problems: u64, expected: &[Value]) {
    let articles = articles(sample, problems);
    assert_eq!(articles.len(), expected.len(), "{articles:#?}");
    for (article, expected) in articles.iter().zip(expected) {
        for (key, value) in expected.as_object().unwrap() {
            assert_eq!(&article[key], value, "{key} in {article:#}");
        }
    }
}

#[test]
fn news_please() {
    check(
        "news-please",
        &[json!({
            "title": "Fog stops the Lindholm ferry again", "date": "2025-03-15",
            "lead": "The island ferry was late for the third time this week.",
            "authors": ["Mara Quill"], "source": "harbourwire.example", "lang": "en",
            "url": "https://harbourwire.example/2025/fog-stops-ferry",
            "body": "Fog kept the ferry to Lindholm in port on Saturday morning.\n\
                The harbour office hopes to clear the backlog by Sunday, its master said.",
        })],
    );
}

#[test]
fn newspaper4k() {
    check(
        "newspaper4k",
        &[json!({
            "title": "Paper mill at Sund reopens with half its staff", "date": "2025-02-11",
            "lead": "After two years of silence the machines run again.",
            "authors": ["Tove Brandal", "Ilmo Reva"], "source": "Fjord Post", "lang": "en",
            "topics": ["Industry", "Sund"],
            "url": "https://www.fjordpost.example/business/mill-reopens",
        })],
    );
}

#[test]
fn fundus() {
    check(
        "fundus",
        &[
            json!({
                "title": "Council votes for the bridge", "date": "2025-03-01", "source": "TheLedger",
                "authors": ["Odd Farrow"], "topics": ["Transport", "Lindholm"],
                "lead": "The bridge is to be built after all. Work starts in June.",
                "body": "The council voted for the bridge on Saturday.\n\nIt will cost more than planned.\n\n\
                    What it costs\n\nForty million, the treasurer said.",
            }),
            json!({
                "title": "Der Leuchtturm bekommt neues Licht", "source": "DieWarte", "date": "2025-03-02",
                "body": "Der Leuchtturm von Ostersund wird umgebaut.\n\nDie Arbeiten dauern bis zum Herbst.",
            }),
            json!({
                "title": "Market hall closes for repairs", "source": "TheLedger",
                "body": "The market hall will be closed until May.",
            }),
        ],
    );
}

#[test]
fn trafilatura() {
    check(
        "trafilatura",
        &[json!({
            "title": "Orchard growers fear a late frost", "date": "2025-04-03",
            "lead": "Nights below zero are forecast until Friday.",
            "authors": ["Pia Holt", "Ned Carrow"], "source": "Valley Echo", "section": "Farming",
            "topics": ["frost", "apples"], "lang": "en",
            "url": "https://valleyecho.example/farming/late-frost",
            "body": "Growers in the upper valley fear a late frost.\nThey light fires at night.",
        })],
    );
}

#[test]
fn webz() {
    check(
        "webz",
        &[
            json!({
                "id": "0f0e0d", "title": "Keeper leaves the last manned lighthouse", "date": "2025-01-09",
                "authors": ["Enid Marsh"], "source": "baycourier.example", "section": "World - Bay Courier",
                "lang": "en", "url": "https://www.baycourier.example/world/lighthouse",
                "body": "The last keeper of the coast went ashore on Thursday.\nThe light has been automatic for years.",
            }),
            json!({
                "id": "a9b8", "title": "Spring tide floods the quay", "authors": [], "section": "Local",
                "source": "baycourier.example", "body": "The quay stood under water for an hour.",
            }),
        ],
    );
}

#[test]
fn media_cloud() {
    check(
        "media-cloud",
        &[
            json!({
                "id": "2201000002", "title": "Fishers' protest ends", "date": "2025-02-21",
                "source": "Fjord Post", "lang": "en", "url": "https://fjordpost.example/protest-ends",
                "body": "",
            }),
            json!({"id": "2201000001", "title": "Harbour dues rise, fishers protest", "source": "Harbour Wire"}),
            json!({
                "id": "5d1f0c", "title": "Net repair school finds a new home", "date": "2025-02-22",
                "source": "harbourwire.example", "url": "https://harbourwire.example/2025/nets",
            }),
        ],
    );
}

#[test]
fn gdelt() {
    check(
        "gdelt",
        &[json!({
            "title": "Dredging of the channel begins", "date": "2025-03-18", "source": "ledger.example",
            "lang": "en", "url": "https://ledger.example/dredging",
        })],
    );
}

#[test]
fn all_the_news() {
    check_flawed(
        "all-the-news",
        1,
        &[
            json!({
                "id": "17283", "title": "Rain, then more rain", "source": "The Ledger", "date": "2016-12-31",
                "authors": ["Odd Farrow"],
                "body": "It rained on Friday, and on Saturday.\n\n\"More of it is on the way,\" the weather office said.",
            }),
            json!({"id": "17284", "title": "Snow closes the pass", "authors": [], "date": "2017-01-02"}),
            json!({"id": "17286", "title": "Thaw opens the pass"}),
        ],
    );
}

#[test]
fn web_archives() {
    check(
        "warc",
        &[
            json!({
                "id": "urn:uuid:00000000-0000-4000-8000-000000000006",
                "title": "Barge leaves without its cranes", "lang": "en", "date": "2025-03-19",
                "url": "https://harbourwire.example/2025/barge",
                "body": "The barge that brought the cranes left empty on Wednesday.",
            }),
            json!({
                "id": "urn:uuid:00000000-0000-4000-8000-000000000002", "source": "Harbour Wire",
                "title": "Two cranes arrive at the container port", "date": "2025-03-19",
                "url": "https://harbourwire.example/2025/cranes",
            }),
        ],
    );
    let work = Workspace::new();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/formats/warc");
    let report = work.run(&["index", path]).ok().stdout;
    let passed_over = "passed over  1 errors · 1 images · 1 metadata records · 1 redirects";
    assert!(report.contains(passed_over), "{report}");
}

const VENDOR: &str = r#"{"data": {"attributes": {"slug": "A", "story_txt": "Fog."}}, "title": "not this"}
{"title": "Rain", "text": "It rains."}
"#;

#[test]
fn the_user_says_which_keys_hold_what() {
    let work = Workspace::new();
    work.file("wire.jsonl", VENDOR);
    let map = [
        "--map",
        "title=data.attributes.slug",
        "--map",
        "body=data.attributes.story_txt",
    ];
    let mapped = [&["index", "wire.jsonl"], &map[..]].concat();
    work.run(&mapped).ok();
    let texts = |work: &Workspace| -> BTreeSet<_> {
        let articles = work.run(&["export", "--format", "jsonl"]).ok().json_lines();
        let text = |article: &Value, key: &str| article[key].as_str().unwrap().to_owned();
        articles
            .iter()
            .map(|article| (text(article, "title"), text(article, "body")))
            .collect()
    };
    let own = |title: &str, body: &str| (title.to_owned(), body.to_owned());
    let expected = BTreeSet::from([own("A", "Fog."), own("Rain", "It rains.")]);
    assert_eq!(texts(&work), expected);
    // The same map again changes nothing, another one everything.
    let report = work
        .run(&[&mapped[..], &["--format", "json"]].concat())
        .ok()
        .json();
    assert_eq!(report["files"]["unchanged"], 1);
    work.run(&["index", "wire.jsonl"]).ok();
    let guessed = BTreeSet::from([own("not this", ""), own("Rain", "It rains.")]);
    assert_eq!(texts(&work), guessed);
    work.run(&mapped).ok();
    assert_eq!(texts(&work), expected);
}

#[test]
fn a_key_that_no_record_has_is_told() {
    let work = Workspace::new();
    work.file("wire.jsonl", VENDOR);
    let run = work
        .run(&[
            "index",
            "wire.jsonl",
            "--map",
            "body=story",
            "--map",
            "url=title",
        ])
        .status(0);
    assert_eq!(
        run.stderr,
        "search: --map body=story: no record has `story`\n"
    );
    work.run(&["index", "wire.jsonl", "--map", "text=story"])
        .fails_with(&["no field `text`", "id, title, lead, body, date"]);
}

#[test]
fn maps_hold_for_json_tables_and_front_matter() {
    let work = Workspace::new();
    work.file(
        "one.json",
        r#"[{"kop": "Mist", "title": "no", "tekst": "a"}]"#,
    )
    .file("two.csv", "kop,tekst,url\nRegen,b,https://a.example/b\n")
    .file("three.md", "---\nkop: Sneeuw\ntitle: no\n---\n\nc\n")
    .file("four.md", "+++\nkop = \"Hagel\"\n+++\n\nd\n");
    work.run(&["index", ".", "--map", "title=kop", "--map", "body=tekst"])
        .ok();
    let articles = work.run(&["export", "--format", "jsonl"]).ok().json_lines();
    let mut texts: Vec<_> = articles
        .iter()
        .map(|article| {
            format!(
                "{} {}",
                article["title"].as_str().unwrap(),
                article["body"].as_str().unwrap()
            )
        })
        .collect();
    texts.sort();
    assert_eq!(texts, ["Hagel d", "Mist a", "Regen b", "Sneeuw c"]);
}
