//! Mail, documents and exports, as the program indexes and exports them.

use std::path::Path;

use serde_json::{Value, json};

use super::workspace::Workspace;

/// The articles of the samples of one format, by their titles.
fn exported(format: &str) -> Vec<Value> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/formats")
        .join(format);
    let workspace = Workspace::new();
    workspace.index(&[samples.to_str().unwrap()]);
    let mut articles = workspace.run(&["export"]).ok().json_lines();
    articles.sort_by_key(|article| (article["title"].to_string(), article["path"].to_string()));
    articles
}

#[track_caller]
fn check(article: &Value, fields: Value, words: &str) {
    for (key, value) in fields.as_object().unwrap() {
        assert_eq!(&article[key], value, "{key} of {article:#}");
    }
    let body = article["body"].as_str().unwrap();
    assert!(body.contains(words), "no `{words}` in {body}");
}

#[test]
fn newsletters_and_letters() {
    let articles = exported("mail");
    assert_eq!(articles.len(), 4);
    let fields =
        json!({"date": "2025-03-16", "authors": ["Carla Moss"], "id": "one@harbourwire.example"});
    check(&articles[0], fields, "None went out before noon.");
    let fields = json!({"date": "2025-03-15", "source": "The Meridian Post – Morning",
        "id": "20250315.7@letters.meridian.example"});
    check(&articles[2], fields, "\n\n“We wait for the tide,”");
    check(
        &articles[3],
        json!({"authors": ["Анна Ли"]}),
        "Гавань Нортгейта",
    );
}

#[test]
fn mailboxes_and_saved_pages() {
    assert_eq!(exported("mbox").len(), 2);
    let fields = json!({"date": "2025-03-16", "source": "Harbour Wire",
        "url": "https://harbourwire.example/ports/crews-wait"});
    check(&exported("mhtml")[0], fields, "café owners");
}

#[test]
fn exports_of_databases() {
    let fields = json!({"date": "2025-03-15", "source": "The Meridian Post"});
    for (format, count) in [("news-export", 8), ("news-export-html", 2)] {
        let articles = exported(format);
        assert_eq!(articles.len(), count);
        let council = articles
            .iter()
            .filter(|article| article["source"] == "The Meridian Post");
        assert_eq!(council.clone().count(), count / 2);
        council.for_each(|article| check(article, fields.clone(), "a fifth more from April."));
    }
}

#[test]
fn office_documents_and_books() {
    let fields = json!({"title": "Crews wait for the tide", "authors": ["Dan Oak"], "date": null});
    check(&exported("rtf")[2], fields.clone(), "\n\nBoats\t20");
    check(&exported("docx")[0], fields.clone(), "before noon.");
    check(&exported("odt")[0], fields, "before noon.");
    let chapters = exported("epub");
    assert_eq!(chapters.len(), 2);
    let fields = json!({"title": "Crews wait for the tide", "source": "Meridian Review, March 2025",
        "date": "2025-03-01", "lang": "en"});
    check(&chapters[1], fields, "before noon.");
}

#[test]
fn pdf_files() {
    let articles = exported("pdf");
    let fields =
        json!({"title": "Harbour fees rise again as quays crumble", "authors": ["Ann Lee"]});
    check(
        &articles[0],
        fields,
        "the quays of the northern islands before the winter storms",
    );
}
