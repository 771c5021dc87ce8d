//! Feeds of every sort, whole and damaged.

use proptest::prelude::*;

use crate::article::Article;
use crate::error::{Problem, ProblemKind};
use crate::parse::tests::read;

fn sample(text: &str) -> (Vec<Article>, Vec<Problem>) {
    let (articles, problems, report) = read(text.as_bytes());
    assert!(
        matches!(report.format, Some("feed" | "json-feed")),
        "{report:?}"
    );
    (articles, problems)
}

#[track_caller]
fn whole<const N: usize>(text: &str) -> [Article; N] {
    let (articles, problems) = sample(text);
    assert_eq!(problems, []);
    articles.try_into().unwrap()
}

fn moment(article: &Article) -> String {
    let instant = article.published.and_then(|date| date.instant);
    instant
        .map(|instant| instant.to_string())
        .unwrap_or_default()
}

#[test]
fn rss_2() {
    let [ferry, note, headline] = whole(include_str!("../../../tests/data/formats/feed/rss2.xml"));
    assert_eq!(
        (ferry.id.as_str(), ferry.title.as_str()),
        ("harbour-1", "Ferry & bridge: who waits for whom?")
    );
    assert_eq!(
        ferry.body,
        "On Monday the bridge opened at eight.\n\nThe ferry had left. More"
    );
    assert_eq!(
        ferry.lead,
        "The drawbridge opened late twice this week, and the ferry did not wait."
    );
    assert_eq!(
        ferry.url.as_deref(),
        Some("https://harbour.example/2025/ferry")
    );
    assert_eq!(moment(&ferry), "2025-03-15T17:40:00Z");
    assert_eq!(ferry.authors, ["Ann Lee", "Bob Ray"]);
    assert_eq!(ferry.topics, ["Harbour", "Bridges"]);
    assert_eq!(
        (ferry.source.as_deref(), ferry.lang.as_deref()),
        (Some("Harbour Wire"), Some("en"))
    );
    assert_eq!(
        (note.title.as_str(), note.body.as_str()),
        ("", "A plain sentence of <3> words & no more.")
    );
    assert_eq!(
        note.url.as_deref(),
        Some("https://harbour.example/2025/note")
    );
    assert_eq!(
        (note.authors, note.source.as_deref()),
        (vec!["Cy Poe".to_owned()], Some("Lakeside Bulletin"))
    );
    assert_eq!(
        (headline.title.as_str(), headline.body.as_str()),
        ("Only a headline", "")
    );
}

#[test]
fn rss_1_and_0() {
    let [ice] = whole(include_str!("../../../tests/data/formats/feed/rss1.rdf"));
    assert_eq!(
        (ice.id.as_str(), ice.title.as_str()),
        ("https://lake.example/1", "Isen bär")
    );
    assert_eq!(moment(&ice), "2025-01-20T07:00:00Z");
    assert_eq!(
        (ice.authors, ice.topics),
        (vec!["Dora Finch".to_owned()], vec!["is".to_owned()])
    );
    assert_eq!(
        (ice.source.as_deref(), ice.lang.as_deref()),
        (Some("Lakeside Bulletin"), Some("sv"))
    );
    let [modems] = whole(include_str!("../../../tests/data/formats/feed/rss091.xml"));
    assert_eq!(
        (modems.title.as_str(), modems.body.as_str()),
        ("Modem bank doubled", "Four lines are now eight.")
    );
    assert_eq!(modems.source.as_deref(), Some("Old Courier"));
}

#[test]
fn atom() {
    let [lanterns, taken] = whole(include_str!("../../../tests/data/formats/feed/atom.xml"));
    assert_eq!(
        (lanterns.id.as_str(), lanterns.title.as_str()),
        ("tag:meridian.example,2025:1", "Lanterns & lamps")
    );
    assert_eq!(
        lanterns.body,
        "The maker sold forty of them.\n\nNext week it will sell more."
    );
    assert_eq!(lanterns.lead, "Lanterns sell again.");
    assert_eq!(lanterns.url.as_deref(), Some("https://meridian.example/1"));
    assert_eq!(lanterns.authors, ["Eve Hall", "Ann Lee"]);
    assert_eq!(lanterns.topics, ["Trade", "lamps"]);
    assert_eq!(moment(&lanterns), "2025-03-15T07:30:00Z");
    assert!(lanterns.modified.is_some());
    assert_eq!(taken.body, "Tags like <b> stay in a text.");
    assert_eq!(moment(&taken), "2025-03-14T00:00:00Z");
    assert_eq!(taken.authors, ["The Meridian desk"]);
    assert_eq!(
        (taken.source.as_deref(), taken.lang.as_deref()),
        (Some("Northgate Gazette"), Some("en"))
    );
}

#[test]
fn json_feed() {
    let text = include_str!("../../../tests/data/formats/feed/feed.json");
    let [tram, note] = whole(text);
    assert_eq!(
        (tram.id.as_str(), tram.title.as_str()),
        ("7", "Tram line opens")
    );
    assert_eq!(
        tram.body,
        "The tram runs to the fish hall.\n\nIt is free until May."
    );
    assert_eq!(tram.lead, "Four stops, one of them new.");
    assert_eq!(
        (&tram.authors[..], &tram.topics[..]),
        (
            &["Dora Finch".to_owned()][..],
            &["trams".to_owned(), "harbour".to_owned()][..]
        )
    );
    assert_eq!(moment(&tram), "2025-03-15T04:00:00Z");
    assert_eq!(
        (tram.source.as_deref(), tram.lang.as_deref()),
        (Some("Eastern Courier"), Some("en"))
    );
    assert_eq!(
        (note.id.as_str(), note.body.as_str()),
        ("8", "A note without a headline.")
    );
    assert_eq!(note.authors, ["Courier desk"]);
    let cut = text.find("content_text").unwrap();
    let (articles, problems) = sample(&text[..cut]);
    assert_eq!(
        (articles.len(), problems[0].kind),
        (1, ProblemKind::Malformed)
    );
}

#[test]
fn wordpress_exports() {
    let (articles, problems) = sample(include_str!(
        "../../../tests/data/formats/feed/wordpress.xml"
    ));
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(
        problems[0].message,
        "2 items left out as no articles: 1 attachment, 1 draft"
    );
    let [gate, about] = &articles[..] else {
        panic!("{articles:?}");
    };
    assert_eq!(gate.id, "https://northgate.example/?p=41");
    assert_eq!(
        gate.body,
        "The north gate will be green [sic] again.\n\nIt was red for a year.\n\nWho pays\n\nThe town does.\nSo it says."
    );
    assert_eq!(gate.lead, "Paint for a gate.");
    assert_eq!(gate.authors, ["Ann Lee"]);
    assert_eq!(gate.section.as_deref(), Some("Town"));
    assert_eq!(gate.topics, ["Paint", "gates"]);
    assert_eq!(moment(gate), "2025-03-15T10:00:00Z");
    assert_eq!((about.id.as_str(), about.title.as_str()), ("2", "About us"));
    assert_eq!(about.body, "We print on Fridays.\n\nSince 1931.");
    assert_eq!(moment(about), "2025-01-02T09:00:00Z");
    assert_eq!(
        about.url.as_deref(),
        Some("https://northgate.example/about/")
    );
}

#[test]
fn broken_feeds_give_what_they_have() {
    let (articles, problems) = sample(include_str!("../../../tests/data/formats/feed/broken.xml"));
    let titles: Vec<_> = articles.iter().map(|article| &*article.title).collect();
    assert_eq!(
        titles,
        ["Fish été & chips", "The end tag is missing", "Cut off"]
    );
    let bodies: Vec<_> = articles.iter().map(|article| &*article.body).collect();
    assert_eq!(bodies, ["One.", "Two.", "Thre"]);
    assert_eq!(
        articles[0].url.as_deref(),
        Some("https://a.example/?a=1&b=2")
    );
    assert_eq!(articles[0].source.as_deref(), Some("Harbour & Lake"));
    let kinds: Vec<_> = problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [ProblemKind::Malformed, ProblemKind::Malformed]);
}

#[test]
fn only_feeds_are_taken_for_them() {
    for other in [
        "<html><head><title>rss</title></head><body><p>&lt;rss version</p></body></html>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><item/></rdf:RDF>",
        "{\"version\": \"1\", \"items\": [{\"title\": \"jsonfeed.org\"}]}",
        "# How to write <rss version=\"2.0\">",
    ] {
        let (_, _, report) = read(other.as_bytes());
        assert!(
            !matches!(report.format, Some("feed" | "json-feed")),
            "{other}: {report:?}"
        );
    }
}

#[test]
fn shortcodes_without_end_cost_little() {
    let text = "[caption]".repeat(200_000);
    let export = format!(
        "<rss><channel><item><title>a</title><wp:post_type>post</wp:post_type><content:encoded>[/caption]{text}</content:encoded></item></channel></rss>"
    );
    assert_eq!(sample(&export).0.len(), 1);
}

proptest! {
    #[test]
    fn any_text_is_read(pieces in prop::collection::vec(prop::sample::select(vec![
        "<item>", "</item>", "<entry>", "</entry>", "<title>", "</title>", "<content:encoded>", "</content:encoded>",
        "<![CDATA[", "]]>", "<wp:post_type>post</wp:post_type>", "[caption]", "[/caption]", "[a b=", "]", "é", "&",
        "<description>", "<link href=\"", "\"/>", "<author>", "(", "@", "<figcaption>", "</figcaption>", "\n\n",
        "<category domain=\"category\">", "</category>", "<guid>", "word",
    ]), 0..40)) {
        sample(&format!("<rss><channel>{}", pieces.concat()));
    }
}

#[test]
fn a_sign_in_a_text_takes_nothing_with_it() {
    let [first, second] = whole(
        "<rss><channel><item><title>3 < 4</title><description>Fewer than < 5 isn't many.</description>\
         <pubDate>Mon, 03 Mar 2025 10:00:00 GMT</pubDate></item>\
         <item><title>Next</title></item></channel></rss>",
    );
    assert_eq!(first.title, "3 < 4");
    assert_eq!(first.body, "Fewer than < 5 isn't many.");
    assert_eq!(moment(&first), "2025-03-03T10:00:00Z");
    assert_eq!(second.title, "Next");
}
