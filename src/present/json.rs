//! Pages, hits and articles as JSON.
//!
//! In: a page, a hit or an article. Out: one JSON object on one line, in the shape
//! that programs rely on; the types that spell it are private to this file.
//!
//! Texts are as the article has them. Ranges count Unicode code points, as most
//! languages index their strings.

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

use super::explain::{AccountObject, ScoreObject, account_object, score_object};
use crate::article::{Article, ArticleDate};
use crate::explain::Account;
use crate::search::{Hit, Page};
use crate::snippet::{ContextLine, Snippet};

/// A query as the user typed it.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    /// Its id in a batch.
    pub id: Option<&'a str>,
    /// What was typed.
    pub query: &'a str,
}

/// Writes a page as one object, with what became of the query if that is told.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_page_json(
    out: &mut dyn Write,
    typed: Typed<'_>,
    page: &Page,
    account: Option<&Account>,
) -> io::Result<()> {
    let object = PageObject {
        id: typed.id,
        query: typed.query,
        total: page.total,
        partial: page.partial,
        elapsed_ms: (page.elapsed.as_secs_f64() * 10_000.0).round() / 10.0,
        explain: account.map(account_object),
        hits: page.hits.iter().map(|hit| hit_object(hit, None)).collect(),
    };
    write_line(out, &object)
}

/// Writes a hit as one object; in a batch, with the id of its query.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_hit_jsonl(out: &mut dyn Write, query_id: Option<&str>, hit: &Hit) -> io::Result<()> {
    write_line(out, &hit_object(hit, query_id))
}

/// Writes a whole article as one object.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_article_jsonl(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    let object = ArticleObject {
        id: &article.id,
        path: &article.path,
        member: article.member.as_deref(),
        title: &article.title,
        date: article.published.map(|date| date.iso_day()),
        date_precision: article.published.map(|date| date.precision.name()),
        date_origin: article.published.map(|date| date.origin.name()),
        source: article.source.as_deref(),
        source_raw: article.source_raw.as_deref(),
        url: article.url.as_deref(),
        authors: &article.authors,
        byline: article.byline.as_deref(),
        section: article.section.as_deref(),
        lang: article.lang.as_deref(),
        actors: [],
        lead: &article.lead,
        body: &article.body,
        published: instant(article.published.as_ref()),
        modified: instant(article.modified.as_ref()),
        topics: &article.topics,
    };
    write_line(out, &object)
}

fn write_line(out: &mut dyn Write, object: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, object)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct PageObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    query: &'a str,
    total: u64,
    partial: bool,
    elapsed_ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    explain: Option<AccountObject<'a>>,
    hits: Vec<HitObject<'a>>,
}

#[derive(Serialize)]
struct HitObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'a str>,
    rank: usize,
    score: f32,
    id: &'a str,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<&'a str>,
    title: &'a str,
    title_highlights: Vec<[usize; 2]>,
    date: Option<String>,
    date_precision: Option<&'static str>,
    date_origin: Option<&'static str>,
    published: Option<String>,
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_raw: Option<&'a str>,
    url: Option<&'a str>,
    lang: Option<&'a str>,
    actors: [&'a str; 0],
    snippets: Vec<SnippetObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    matches: Vec<MatchObject<'a>>,
    copies: [&'a str; 0],
    missing: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    matched: &'a [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    explain: Option<ScoreObject<'a>>,
}

#[derive(Serialize)]
struct SnippetObject<'a> {
    text: &'a str,
    highlights: Vec<[usize; 2]>,
}

#[derive(Serialize)]
struct MatchObject<'a> {
    left: &'a str,
    #[serde(rename = "match")]
    keyword: &'a str,
    right: &'a str,
}

#[derive(Serialize)]
struct ArticleObject<'a> {
    id: &'a str,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<&'a str>,
    title: &'a str,
    date: Option<String>,
    date_precision: Option<&'static str>,
    date_origin: Option<&'static str>,
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_raw: Option<&'a str>,
    url: Option<&'a str>,
    authors: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<&'a str>,
    section: Option<&'a str>,
    lang: Option<&'a str>,
    actors: [&'a str; 0],
    lead: &'a str,
    body: &'a str,
    published: Option<String>,
    modified: Option<String>,
    topics: &'a [String],
}

fn hit_object<'a>(hit: &'a Hit, query: Option<&'a str>) -> HitObject<'a> {
    let article = &hit.article;
    HitObject {
        query,
        rank: hit.rank,
        score: hit.score,
        id: &article.id,
        path: &article.path,
        member: article.member.as_deref(),
        title: &article.title,
        title_highlights: code_points(&article.title, &hit.title_highlights),
        date: article.published.map(|date| date.iso_day()),
        date_precision: article.published.map(|date| date.precision.name()),
        date_origin: article.published.map(|date| date.origin.name()),
        published: instant(article.published.as_ref()),
        source: article.source.as_deref(),
        source_raw: article.source_raw.as_deref(),
        url: article.url.as_deref(),
        lang: article.lang.as_deref(),
        actors: [],
        snippets: hit.snippets.iter().map(snippet_object).collect(),
        matches: hit.context.iter().map(match_object).collect(),
        copies: [],
        missing: &hit.missing,
        matched: &hit.matched,
        explain: hit.explanation.as_ref().map(score_object),
    }
}

fn match_object(line: &ContextLine) -> MatchObject<'_> {
    MatchObject {
        left: &line.left,
        keyword: &line.keyword,
        right: &line.right,
    }
}

fn snippet_object(snippet: &Snippet) -> SnippetObject<'_> {
    SnippetObject {
        text: &snippet.text,
        highlights: code_points(&snippet.text, &snippet.highlights),
    }
}

/// The moment in UTC, RFC 3339.
fn instant(date: Option<&ArticleDate>) -> Option<String> {
    date?.instant.map(|instant| instant.to_string())
}

/// Ranges of bytes as ranges of code points; those that are none of `text` are left out.
fn code_points(text: &str, ranges: &[Range<usize>]) -> Vec<[usize; 2]> {
    let mut points = Vec::with_capacity(ranges.len());
    let mut at = Range::default();
    let mut counted = 0;
    for range in ranges {
        let (Some(before), Some(inside)) = (text.get(at.end..range.start), text.get(range.clone()))
        else {
            continue;
        };
        let start = counted + before.chars().count();
        counted = start + inside.chars().count();
        points.push([start, counted]);
        at = range.clone();
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Precision;
    use crate::present::sample;

    fn printed(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn typed<'a>(id: Option<&'a str>, query: &'a str) -> Typed<'a> {
        Typed { id, query }
    }

    #[test]
    fn a_hit_is_one_object_on_a_line() {
        let hit = sample::hit(1);
        assert_eq!(
            printed(|out| write_hit_jsonl(out, None, &hit)),
            concat!(
                r#"{"rank":1,"score":7.31,"id":"truce-1","path":"corpus/harbour-wire/2025-03/truce-terms.md","#,
                r#""title":"Truce terms divide allies as Kursk front shrinks","title_highlights":[[29,34]],"#,
                r#""date":"2025-03-15","date_precision":"day","date_origin":"field","published":null,"source":"Harbour Wire","url":null,"lang":"en","actors":[],"#,
                r#""snippets":[{"text":"Russia claimed two more villages in the Kursk region on the day the ceasefire plan was discussed.","#,
                r#""highlights":[[40,45],[68,77]]}],"copies":[],"missing":[]}"#,
                "\n"
            )
        );
        assert!(
            printed(|out| write_hit_jsonl(out, Some("q7"), &hit))
                .starts_with(r#"{"query":"q7","rank":1,"#)
        );
    }

    #[test]
    fn highlights_count_code_points() {
        assert_eq!(
            code_points("Київ — 停火", &[0..8, 13..19, 40..41]),
            [[0, 4], [7, 9]]
        );
    }

    #[test]
    fn a_page_is_one_object() {
        let mut page = sample::page(0);
        page.total = 3;
        assert_eq!(
            printed(|out| write_page_json(out, typed(None, "a \"b\""), &page, None)),
            "{\"query\":\"a \\\"b\\\"\",\"total\":3,\"partial\":false,\"elapsed_ms\":2.1,\"hits\":[]}\n"
        );
        assert!(
            printed(|out| write_page_json(out, typed(Some("q7"), "a"), &page, None))
                .starts_with(r#"{"id":"q7","query":"a","total":3,"#)
        );
    }

    #[test]
    fn an_article_keeps_its_texts_and_its_moment() {
        let mut article = sample::hit(1).article;
        article.body = "One.\n\nTwo \u{1B}[1m.".to_owned();
        article.published = Some(ArticleDate {
            instant: Some("2025-03-15T10:30:00+02:00".parse().unwrap()),
            precision: Precision::Instant,
            ..ArticleDate::day(jiff::civil::date(2025, 3, 15))
        });
        assert_eq!(
            printed(|out| write_article_jsonl(out, &article)),
            concat!(
                r#"{"id":"truce-1","path":"corpus/harbour-wire/2025-03/truce-terms.md","#,
                r#""title":"Truce terms divide allies as Kursk front shrinks","date":"2025-03-15","date_precision":"instant","date_origin":"field","source":"Harbour Wire","#,
                r#""url":null,"authors":["Jane Doe","Li Wei"],"section":null,"lang":"en","actors":[],"lead":"","#,
                r#""body":"One.\n\nTwo \u001b[1m.","published":"2025-03-15T08:30:00Z","modified":null,"topics":[]}"#,
                "\n"
            )
        );
    }
}
