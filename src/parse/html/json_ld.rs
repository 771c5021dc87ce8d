//! Reads the JSON-LD of a page: schema.org's `NewsArticle` and its kin.
//!
//! In: the texts of `<script type="application/ld+json">`. Out: a draft.
//!
//! References (`{"@id": …}`) to people and publishers elsewhere in the graph are
//! followed one step.

use serde::de::IgnoredAny;

use crate::article::DateOrigin;
use crate::parse::draft::{Draft, FoundDate};
use crate::parse::fields::{name_of, names_of, topics_of};
use crate::parse::markup::{is_markup, plain_line, to_text};
use crate::parse::node::Node;
use crate::parse::repair::repair_json;

/// How deep lists and graphs are searched for articles.
const MAX_STEPS: usize = 4;
/// How many people or publishers are followed: each takes a look at the whole graph.
const MAX_PEOPLE: usize = 100;

/// What the scripts say about the page's article; empty if they know none.
pub(super) fn read(scripts: &[String]) -> Draft {
    let texts: Vec<String> = scripts.iter().filter_map(|text| valid_json(text)).collect();
    let values: Vec<Node<'_>> = texts
        .iter()
        .filter_map(|text| serde_json::from_str(text).ok())
        .collect();
    let mut things = Vec::new();
    for value in &values {
        gather(value, MAX_STEPS, &mut things);
    }
    let is_a = |wanted: fn(&str) -> bool| things.iter().find(move |thing| has_type(thing, wanted));
    let page = is_a(is_page).map(|page| draft(page, &things));
    match is_a(is_article).map(|article| draft(article, &things)) {
        // A page's name and description are often its site's.
        Some(article) => article.or(Draft {
            published: page
                .iter()
                .flat_map(|page| page.published.clone())
                .collect(),
            modified: page.iter().flat_map(|page| page.modified.clone()).collect(),
            lang: page.and_then(|page| page.lang),
            ..Draft::default()
        }),
        None => page.unwrap_or_default(),
    }
}

/// The text without what pages wrap around it, repaired if it needs to be.
fn valid_json(text: &str) -> Option<String> {
    let is_valid = |text: &str| serde_json::from_str::<IgnoredAny>(text).is_ok();
    let text = text
        .trim()
        .trim_start_matches("<!--")
        .trim_end_matches("-->");
    let text = text
        .trim()
        .trim_start_matches("//<![CDATA[")
        .trim_end_matches("//]]>");
    let text = text.trim().trim_end_matches(';');
    if is_valid(text) {
        return Some(text.to_owned());
    }
    repair_json(text).filter(|repaired| is_valid(repaired))
}

/// Collects the things in lists and graphs.
fn gather<'n, 'a>(value: &'n Node<'a>, steps: usize, things: &mut Vec<&'n Node<'a>>) {
    match value {
        Node::List(items) if steps > 0 => {
            items
                .iter()
                .for_each(|item| gather(item, steps - 1, things));
        }
        Node::Map(_) => {
            things.push(value);
            for key in ["@graph", "mainEntity"] {
                if let (Some(inner), true) = (value.get(key), steps > 0) {
                    gather(inner, steps - 1, things);
                }
            }
        }
        _ => {}
    }
}

fn has_type(thing: &Node<'_>, wanted: fn(&str) -> bool) -> bool {
    thing
        .get("@type")
        .is_some_and(|kinds| kinds.items().iter().filter_map(Node::as_text).any(wanted))
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || kind.ends_with("Posting") || matches!(kind, "Report" | "Review")
}

fn is_page(kind: &str) -> bool {
    matches!(kind, "WebPage" | "ItemPage")
}

fn draft(article: &Node<'_>, things: &[&Node<'_>]) -> Draft {
    let text = |key: &str| article.get(key)?.as_text().map(str::to_owned);
    let line = |key: &str| text(key).map(plain_line);
    let people = |key: &str| article.get(key).map(|value| resolve(value, things));
    let dates = |keys: &[&str]| {
        let texts = keys.iter().filter_map(|key| text(key));
        FoundDate::all(DateOrigin::JsonLd, texts).collect()
    };
    let body = text("articleBody").unwrap_or_default();
    Draft {
        title: line("headline")
            .or_else(|| line("name"))
            .unwrap_or_default(),
        lead: line("alternativeHeadline")
            .filter(|lead| lead.contains(' '))
            .or_else(|| line("description"))
            .unwrap_or_default(),
        body: if is_markup(&body) {
            to_text(&body)
        } else {
            body
        },
        published: dates(&["datePublished", "dateCreated"]),
        modified: dates(&["dateModified"]),
        authors: people("author")
            .or_else(|| people("creator"))
            .map(|people| people.iter().flat_map(|person| names_of(person)).collect())
            .unwrap_or_default(),
        source: people("publisher")
            .and_then(|publishers| publishers.iter().find_map(|publisher| name_of(publisher))),
        section: article
            .get("articleSection")
            .and_then(|section| section.items().iter().find_map(name_of)),
        topics: article.get("keywords").map(topics_of).unwrap_or_default(),
        lang: article.get("inLanguage").and_then(name_of),
        url: text("url")
            .filter(|url| url.starts_with("http"))
            .or_else(|| main_page(article)),
        ..Draft::default()
    }
}

/// The things behind a value: a reference stands for what has its id.
fn resolve<'n, 'a>(value: &'n Node<'a>, things: &[&'n Node<'a>]) -> Vec<&'n Node<'a>> {
    let follow = |item: &'n Node<'a>| {
        let id = item.get("@id").filter(|_| item.get("name").is_none())?;
        things
            .iter()
            .copied()
            .find(|thing| thing.get("@id") == Some(id) && thing.get("name").is_some())
    };
    let items = value.items().iter().take(MAX_PEOPLE);
    items
        .map(|item| follow(item).unwrap_or(item))
        .filter(|item| item.get("name").is_some() || item.as_text().is_some())
        .collect()
}

fn main_page(article: &Node<'_>) -> Option<String> {
    let page = article.get("mainEntityOfPage")?;
    let url = page.as_text().or_else(|| page.get("@id")?.as_text())?;
    url.starts_with("http").then(|| url.to_owned())
}
