//! Small files of every format, good and bad, and arbitrary bytes.

use std::fs;
use std::ops::ControlFlow;

use proptest::prelude::*;

use super::*;
use crate::corpus::{Found, Walk};

fn file(bytes: &[u8]) -> (tempfile::TempDir, FileEntry) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, bytes).unwrap();
    let skip = folder.path().join(".search");
    let Some(Found::File(file)) = Walk::new(&[path], &skip).unwrap().next() else {
        panic!("the file is gone");
    };
    (folder, file)
}

/// The articles and problems of a file with these bytes.
pub(super) fn read(bytes: &[u8]) -> (Vec<Article>, Vec<Problem>, FileReport) {
    let (_folder, file) = file(bytes);
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    let report = read_articles(&file, &FieldMap::default(), &mut |record| {
        match record {
            Record::Article { article, .. } => articles.push(*article),
            Record::Problem(problem) => problems.push(problem),
        }
        ControlFlow::Continue(())
    });
    assert_eq!(
        report.content_hash,
        crate::corpus::content_hash(&file).unwrap()
    );
    (articles, problems, report)
}

/// The one article of a file without problems.
#[track_caller]
fn read_one(text: &str, format: &str) -> Article {
    let (mut articles, problems, report) = read(text.as_bytes());
    assert_eq!(problems, []);
    assert_eq!(report.format, Some(format));
    assert_eq!(articles.len(), 1);
    articles.remove(0)
}

#[track_caller]
fn check_problem(text: &str, kind: ProblemKind, line: Option<u64>) -> Vec<Article> {
    let (articles, problems, _) = read(text.as_bytes());
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(
        (problems[0].kind, problems[0].place.line),
        (kind, line),
        "{problems:?}"
    );
    articles
}

pub(super) fn day(article: &Article) -> String {
    article
        .published
        .map(|date| date.iso_day())
        .unwrap_or_default()
}

#[test]
fn json_of_common_crawlers() {
    let article = read_one(
        r#"{"_id": 7, "headline": "Talks &amp; tea", "maintext": "<p>One.</p><p>Two.</p>",
            "date_publish": "2025-03-15 18:40:00", "authors": ["Ann Lee", {"name": "Bob Ray"}],
            "source": {"id": null, "name": "The Paper"}, "language": "en-GB", "tags": "war, peace",
            "description": "One.", "url": "https://a.b/c", "category": "World"}"#,
        "json",
    );
    assert_eq!(
        (article.id.as_str(), article.title.as_str()),
        ("7", "Talks & tea")
    );
    assert_eq!(
        (article.body.as_str(), article.lead.as_str()),
        ("One.\n\nTwo.", "")
    );
    assert_eq!(day(&article), "2025-03-15");
    assert_eq!(article.authors, ["Ann Lee", "Bob Ray"]);
    assert_eq!(article.source.as_deref(), Some("The Paper"));
    assert_eq!(article.lang.as_deref(), Some("en"));
    assert_eq!(article.topics, ["war", "peace"]);
    assert_eq!(article.section.as_deref(), Some("World"));
    assert_eq!(article.url.as_deref(), Some("https://a.b/c"));
}

#[test]
fn names_without_end_are_cut_and_cost_little() {
    let many = |name: &str| {
        let names = (0..60_000).map(|n| format!("\"{name} {}\"", n / 2));
        names.collect::<Vec<_>>().join(",")
    };
    let (topics, authors) = (many("topic"), many("Ann"));
    let text = format!("{{\"title\": \"a\", \"tags\": [{topics}], \"authors\": [{authors}]}}");
    let article = read_one(&text, "json");
    assert_eq!((article.topics.len(), article.authors.len()), (100, 100));
    assert_eq!(article.topics[99], "topic 99");
}

#[test]
fn json_bodies_in_parts_and_wrappers() {
    let article = read_one(
        r#"{"_index": "n", "_id": "x", "_source": {"title": {"rendered": "T"}, "contents": [
            {"type": "kicker", "content": "News"}, {"type": "sanitized_html", "content": "A <b>b</b>"},
            null, "C"]}}"#,
        "json",
    );
    assert_eq!(article.id, "x");
    assert_eq!(article.title, "T");
    assert_eq!(article.body, "A b\n\nC");
}

#[test]
fn json_lists_at_the_top_or_under_a_key() {
    let list = r#"[{"title": "a"}, {"title": "b"}]"#;
    for text in [
        list.to_owned(),
        format!("{{\"status\": \"ok\", \"articles\": {list}}}"),
    ] {
        let (articles, problems, _) = read(text.as_bytes());
        assert_eq!((articles.len(), problems.len()), (2, 0), "{text}");
    }
}

#[test]
fn broken_json_keeps_what_comes_before() {
    let articles = check_problem(
        "[{\"title\": \"a\"},\n {\"title\": ",
        ProblemKind::Malformed,
        Some(2),
    );
    assert_eq!(articles.len(), 1);
}

#[test]
fn json_lines_survive_a_bad_one() {
    let text = "{\"id\": 1, \"title\": \"a\"}\n{\"id\": 2, \n\n{\"id\": 3, \"title\": \"c\", \"x\": NaN}\n";
    let articles = check_problem(text, ProblemKind::Malformed, Some(2));
    let ids: Vec<_> = articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids, ["1", "3"]);
}

#[test]
fn a_title_alone_is_an_article_and_nothing_is_none() {
    let text = "{\"id\": 1, \"title\": \"a\", \"text\": \"\"}\n{\"id\": 2, \"title\": \" \"}\n";
    let articles = check_problem(text, ProblemKind::NoText, Some(2));
    assert_eq!((articles.len(), articles[0].body.as_str()), (1, ""));
}

#[test]
fn a_line_beyond_the_limit_is_passed_over() {
    let mut text = "{\"title\": \"a\"}\n{\"title\": \"".to_owned();
    text.push_str(&"x".repeat(MAX_RECORD_BYTES + 10));
    text.push_str("\"}\n{\"title\": \"c\"}\n");
    let articles = check_problem(&text, ProblemKind::TooLarge, Some(2));
    assert_eq!(articles.len(), 2);
}

#[test]
fn impossible_and_future_dates_are_unknown() {
    for date in ["2025-02-30", "2999-01-01", "soon"] {
        let text = format!("{{\"title\": \"a\", \"date\": \"{date}\"}}");
        let articles = check_problem(&text, ProblemKind::BadDate, Some(1));
        assert_eq!(articles[0].published, None);
    }
}

#[test]
fn front_matter_in_yaml_and_toml() {
    let yaml = "---\ntitle: \"Talks: day two\"\ndate: 2025-03-15\ntags: [war, peace]\nauthor: Ann Lee\n---\n\n# Talks: day two\n\nSome *old* [link](http://x.y).\n\n![pic](p.png)\n\n- one\n- two\n";
    let toml = "+++\ntitle = \"Talks: day two\"\ndate = 2025-03-15\ntags = [\"war\", \"peace\"]\nauthor = \"Ann Lee\"\n+++\nSome *old* [link](http://x.y).\n\n* one\n* two\n";
    for text in [yaml, toml] {
        let article = read_one(text, "markdown");
        assert_eq!(article.title, "Talks: day two");
        assert_eq!(day(&article), "2025-03-15");
        assert_eq!(article.topics, ["war", "peace"]);
        assert_eq!(article.authors, ["Ann Lee"]);
        assert_eq!(article.body, "Some old link.\n\n- one\n- two");
    }
}

#[test]
fn broken_front_matter_still_gives_an_article() {
    let text = "---\ntitle: Talks: day two: what next\ndate: 2025-03-15\n  x\n---\nThe text.\n";
    let articles = check_problem(text, ProblemKind::Malformed, Some(2));
    assert_eq!(articles[0].title, "Talks: day two: what next");
    assert_eq!(articles[0].body, "The text.");
    assert_eq!(day(&articles[0]), "2025-03-15");
}

#[test]
fn a_rule_is_no_front_matter() {
    let text = "---\n\nFees rise: a story\n\n---\n\nThe council voted.\n";
    let article = read_one(text, "text");
    assert_eq!(article.title, "");
    assert!(
        article.body.contains("Fees rise: a story"),
        "{}",
        article.body
    );
}

#[test]
fn markdown_with_headings_of_other_kinds() {
    for top in ["## Fees rise", "Fees rise\n====="] {
        let text = format!("{top}\n\nThe *council*[^1] voted.\n\n## More\n\n[^1]: Late.\n");
        let article = read_one(&text, "markdown");
        assert_eq!(article.title, "Fees rise");
        assert_eq!(article.body, "The council voted.\n\nMore\n\nLate.");
    }
    read_one("#fees are up\n\nThe council voted.", "text");
}

#[test]
fn plain_text_under_its_metadata() {
    let head = "Title: Fees rise\nDate: 15 March 2025\nBy: Ann Lee\n\n";
    let article = read_one(&format!("{head}First\n\nThe council voted."), "text");
    assert_eq!(article.title, "Fees rise");
    assert_eq!(article.body, "First\n\nThe council voted.");
    assert_eq!(
        (day(&article), &*article.authors[0]),
        ("2025-03-15".into(), "Ann Lee")
    );

    let article = read_one(
        "Date: 15 March 2025\r\rFees rise\r\rThe council voted.",
        "text",
    );
    assert_eq!(
        (&*article.title, &*article.body),
        ("Fees rise", "The council voted.")
    );
    assert_eq!(day(&article), "2025-03-15");
}

#[test]
fn markdown_with_a_heading() {
    let article = read_one(
        "# Title *here*\n\nOne\ntwo.\n\n## Sub\n\n```\ncode < x\n```\n",
        "markdown",
    );
    assert_eq!(article.title, "Title here");
    assert_eq!(article.body, "One\ntwo.\n\nSub\n\ncode < x");
}

#[test]
fn plain_text_with_and_without_a_title() {
    let article = read_one("A title\n\nA text.\nWrapped.\n\nMore.\n", "text");
    assert_eq!(
        (article.title.as_str(), article.body.as_str()),
        ("A title", "A text.\nWrapped.\n\nMore.")
    );
    let article = read_one("A sentence that goes on.\n\nMore.", "text");
    assert_eq!(
        (article.title.as_str(), article.body.as_str()),
        ("", "A sentence that goes on.\n\nMore.")
    );
}

#[test]
fn plain_text_with_a_header() {
    let article = read_one(
        "A title\nDate: 15 March 2025\nBy: Ann Lee\nSource: The Paper\n\nText: yes.",
        "text",
    );
    assert_eq!(day(&article), "2025-03-15");
    assert_eq!(article.authors, ["Ann Lee"]);
    assert_eq!(article.source.as_deref(), Some("The Paper"));
    assert_eq!(article.body, "Text: yes.");
}

const PAGE: &str = r##"<!DOCTYPE html><html lang="en"><head><title>Talks go on - The Paper</title>
<meta property="og:site_name" content="The Paper"><meta property="og:title" content="Talks go on | The Paper">
<meta property="article:published_time" content="2025-03-15T18:40:00Z">
<script type="application/ld+json">{"@graph": [{"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
{"@type": "NewsArticle", "author": {"@id": "#ann"}, "dateModified": "2025-03-16", "description": "What was said."}]}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Talks go on</h1>
<p>The first paragraph of this article, which says at some length, with commas, what it is all about.</p>
<p>The second paragraph, which is no shorter, adds what the first one left out, and some more commas.</p>
</article><footer>Copyright</footer></body></html>"##;

#[test]
fn web_pages_by_their_order_of_trust() {
    let article = read_one(PAGE, "html");
    assert_eq!(
        (article.title.as_str(), article.lead.as_str()),
        ("Talks go on", "What was said.")
    );
    assert_eq!(article.authors, ["Ann Lee"]);
    assert_eq!(article.source.as_deref(), Some("The Paper"));
    assert_eq!(day(&article), "2025-03-15");
    assert_eq!(
        article.modified.map(|date| date.iso_day()).as_deref(),
        Some("2025-03-16")
    );
    assert!(
        article.body.starts_with("The first paragraph"),
        "{}",
        article.body
    );
    assert_eq!(article.body.split("\n\n").count(), 2);
}

#[test]
fn deep_pages_lose_their_tags_and_keep_their_words() {
    let deep = "<div>".repeat(20_000);
    let text = format!("<html><title>Deep</title><body>{deep}<p>words to find</p>");
    let articles = check_problem(&text, ProblemKind::TooLarge, None);
    assert_eq!(
        (
            articles[0].title.as_str(),
            articles[0].body.contains("words to find")
        ),
        ("Deep", true)
    );
}

#[test]
fn binary_empty_and_unknown_files() {
    let (articles, problems, report) = read(b"\x89PNG\r\n\x1a\n\0\0\0");
    assert_eq!(
        (articles.len(), problems.len(), report.format),
        (0, 0, None)
    );
    check_problem("", ProblemKind::NoText, None);
    check_problem(
        "<?xml version=\"1.0\"?>\n<stock><body/></stock>",
        ProblemKind::UnknownFormat,
        None,
    );
}

#[test]
fn texts_are_composed_and_free_of_control_characters() {
    let article = read_one(
        "{\"title\": \"Cafe\\u0301\\u0007\", \"text\": \"a\\u001b[0m\\r\\n\\r\\n b\"}",
        "json",
    );
    assert_eq!(
        (article.title.as_str(), article.body.as_str()),
        ("Café", "a[0m\n\nb")
    );
}

#[test]
fn breaking_off_stops_reading() {
    let (_folder, file) = file("{\"title\": \"a\"}\n".repeat(10).as_bytes());
    let mut seen = 0;
    read_articles(&file, &FieldMap::default(), &mut |_| {
        seen += 1;
        if seen == 3 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert_eq!(seen, 3);
}

/// A format whose parser panics once it has found an article.
struct Failing;

impl Format for Failing {
    fn name(&self) -> &'static str {
        "failing"
    }

    fn detect(&self, _: &Sample<'_>) -> bool {
        true
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        let title = "a".to_owned();
        let article = draft::Draft {
            title,
            ..Default::default()
        };
        out.article(article, Place::default())?;
        text.read_line(10);
        panic!("as a parser might");
    }
}

#[test]
fn a_parser_that_panics_costs_one_file() {
    let (_folder, file) = file("some text\n".repeat(100_000).as_bytes());
    let mut content = Content::open(&file).unwrap();
    let mut records = Vec::new();
    let mut sink = |record| {
        records.push(record);
        ControlFlow::Continue(())
    };
    let map = FieldMap::default();
    let mut out = Output::new("file", &map, &mut sink);
    let mut report = FileReport::default();
    let flow = content
        .visit(&mut |bytes| read_text(&[&Failing], TextReader::new(bytes), &mut out, &mut report));
    assert_eq!(flow, ControlFlow::Continue(()));
    let [Record::Article { .. }, Record::Problem(problem)] = &records[..] else {
        panic!("not an article and a problem: {records:?}");
    };
    assert_eq!(problem.kind, ProblemKind::Malformed);
    assert_eq!(problem.message, "the failing parser failed on this file");
    let hash = crate::corpus::content_hash(&file).unwrap();
    assert_eq!(content.content_hash(), hash);
}

#[test]
#[should_panic = "of the caller"]
fn a_panic_of_the_caller_is_its_own() {
    let (_folder, file) = file(b"{\"title\": \"a\"}");
    read_articles(&file, &FieldMap::default(), &mut |_| {
        panic!("of the caller")
    });
}

/// Whatever a file holds, its articles keep the promises of [`Article`].
fn check_promises(bytes: &[u8]) {
    let (articles, ..) = read(bytes);
    for article in articles {
        for text in [&article.title, &article.lead, &article.body] {
            assert!(unicode_normalization::is_nfc(text), "{text:?}");
            assert!(
                !text
                    .chars()
                    .any(|c| c.is_control() && c != '\n' && c != '\t'),
                "{text:?}"
            );
            assert_eq!(text.trim(), text);
            assert!(!text.contains("\n\n\n"));
        }
    }
}

const SAMPLES: &[&str] = &[
    PAGE,
    "---\ntitle: \"a: b\"\ndate: 2025-03-15\n---\n# a\n\n- *b* <b>c</b> &amp;\n",
    "+++\ntitle = \"a\"\ndate = 2025-03-15T10:00:00Z\n+++\n| a | b |\n|---|---|\n| c | d |\n",
    "{\"id\": 1, \"text\": \"<p>a&#8217;\\ud83d\"}\n{\"title\": [\"b\"], \"date\": \"Mar 15, 2025 6:40 PM\"}\n",
    "[{\"articles\": [{\"body\": {\"text\": \"x\"}}], \"data\": {\"title\": \"e\\u0301\"}}]",
    "Title\nDate: 15.03.2025\n\nBody text.\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        check_promises(&bytes);
    }

    #[test]
    fn no_text_makes_it_panic(text in "[ -~\u{80}-\u{24f}\u{300}-\u{310}\u{2000}-\u{2030}<>&{}\\[\\]\":#\n\r]{0,300}") {
        check_promises(text.as_bytes());
    }

    #[test]
    fn no_damage_to_a_sample_makes_it_panic(
        which in 0..SAMPLES.len(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 1..8),
    ) {
        let mut bytes = SAMPLES[which].as_bytes().to_vec();
        for (at, byte, kind) in cuts {
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            match kind {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, byte),
                2 if at < bytes.len() => bytes[at] = byte,
                _ => { bytes.splice(at..at, *b"<p>&#"); }
            }
        }
        check_promises(&bytes);
    }

    #[test]
    fn no_text_breaks_the_date_reader(text in "[0-9a-zA-Z :.,+/TZ-]{0,40}") {
        let _ = parse_date(&text, None, jiff::civil::Date::constant(2026, 1, 1));
    }
}
