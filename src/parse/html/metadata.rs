//! Reads what a page says about itself.
//!
//! In: the DOM of a page. Out: a draft without the main text (only with the copy
//! of it that JSON-LD may hold).
//!
//! One pass over the DOM; then the sources fill the draft in the order of trust
//! that the parent module states.

use dom_query::{Document, Element, NodeRef};

use super::meta_tags::MetaTags;
use super::visible::Visible;
use super::{json_ld, outlet, url_date};
use crate::parse::byline::is_nobody;
use crate::parse::draft::Draft;

/// Sections that say nothing: what a publishing system calls everything.
const NO_SECTIONS: &[&str] = &[
    "all",
    "article",
    "articles",
    "blog",
    "front page",
    "home",
    "post",
    "posts",
    "story",
    "uncategorized",
];

/// Reads all metadata of a page. `url` is where it was fetched from.
pub(super) fn read(document: &Document, url: Option<&str>) -> Draft {
    let mut tags = Tags::default();
    for node in document.root().descendants_it() {
        if let Some(element) = node.element_ref() {
            tags.take(&node, &element);
        }
    }
    tags.into_draft(url)
}

/// The tags of a page that tell about it.
#[derive(Default)]
struct Tags {
    meta: MetaTags,
    json_ld: Vec<String>,
    visible: Visible,
    lang: Option<String>,
    canonical: Option<String>,
}

impl Tags {
    fn take(&mut self, node: &NodeRef<'_>, element: &Element) {
        let attribute = |name| attribute(element, name);
        match &*element.name.local {
            "html" => {
                self.lang = attribute("lang")
                    .or_else(|| attribute("xml:lang"))
                    .map(str::to_owned);
            }
            "link" if attribute("rel") == Some("canonical") => {
                let url = attribute("href").filter(|url| url.starts_with("http"));
                self.canonical = self.canonical.take().or_else(|| url.map(str::to_owned));
            }
            "script" if attribute("type").is_some_and(is_json_ld) => {
                self.json_ld.push(node.text().to_string());
            }
            "meta" => {
                for name in ["property", "name", "itemprop", "http-equiv"] {
                    if let (Some(key), Some(content)) = (attribute(name), attribute("content")) {
                        self.meta.add(key, content);
                    }
                }
            }
            _ => self.visible.take(node, element),
        }
    }

    fn into_draft(self, url: Option<&str>) -> Draft {
        let lang = self.lang.or_else(|| self.meta.lang());
        let [linked, graph, others] = [
            json_ld::read(&self.json_ld),
            self.meta.open_graph(),
            self.meta.others(),
        ]
        .map(with_somebody);
        let outlets = [&linked.source, &graph.source, &others.source];
        let outlets: Vec<String> = outlets.into_iter().flatten().cloned().collect();
        let titles = [&*linked.title, &*graph.title, &*others.title];
        let shown = Draft {
            title: self.visible.headline(&titles).unwrap_or_default(),
            lead: self.visible.standfirst().to_owned(),
            url: address([&self.canonical, &linked.url, &graph.url]),
            ..Draft::default()
        };
        let mut draft = shown
            .or(linked)
            .or(graph)
            .or(others)
            .or(self.visible.into_draft())
            .or(Draft {
                lang,
                url: url.map(str::to_owned),
                ..Draft::default()
            });
        let url = draft.url.as_deref().unwrap_or_default();
        draft.published.extend(url_date::find(url));
        draft.source = outlet::choose(&outlets, url);
        draft.title = outlet::cut_from(&draft.title, &outlets, url).to_owned();
        draft.section = draft.section.filter(|section| says_something(section));
        draft
    }
}

/// A draft without authors who are no one: others may name them.
fn with_somebody(mut draft: Draft) -> Draft {
    draft.authors.retain(|author| !is_nobody(author));
    draft
}

/// The first of these addresses that is one of a page, not of a whole site; without
/// the name of a place in that page.
fn address(urls: [&Option<String>; 3]) -> Option<String> {
    let whole = |url: &str| {
        let end = url.find('#').filter(|&at| !url[at..].starts_with("#!"));
        url[..end.unwrap_or(url.len())].to_owned()
    };
    let has_path = |url: &String| {
        let path = url
            .split_once("://")
            .and_then(|(_, rest)| rest.split_once('/'));
        path.is_some_and(|(_, path)| !path.is_empty())
    };
    let urls: Vec<String> = urls.into_iter().flatten().map(|url| whole(url)).collect();
    let page = urls.iter().find(|url| has_path(url));
    page.or(urls.first()).cloned()
}

fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    let found = element.attrs.iter().find(|a| &*a.name.local == name);
    found.map(|attribute| &*attribute.value)
}

fn is_json_ld(kind: &str) -> bool {
    kind.trim()
        .to_ascii_lowercase()
        .starts_with("application/ld+json")
}

fn says_something(section: &str) -> bool {
    let section = section.trim().to_lowercase();
    !section.contains('|') && !section.ends_with(".com") && !NO_SECTIONS.contains(&&*section)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_url(html: &str, url: &str) {
        let draft = read(&Document::from(html), None);
        assert_eq!(draft.url.as_deref(), Some(url), "{html}");
    }

    #[test]
    fn the_address_is_that_of_the_page() {
        let canonical = r#"<link rel="canonical" href="https://ledger.example/port#top">"#;
        let site = r#"<link rel="canonical" href="https://ledger.example/">"#;
        let graph = r#"<meta property="og:url" content="https://ledger.example/news">"#;
        check_url(
            &format!("{graph}{canonical}"),
            "https://ledger.example/port",
        );
        check_url(&format!("{site}{graph}"), "https://ledger.example/news");
        check_url(site, "https://ledger.example/");
    }

    #[test]
    fn addresses_of_authors_do_not_hide_their_names() {
        let html = r#"<meta property="article:author" content="https://network.example/annlee">
            <meta name="author" content="Ann Lee">"#;
        assert_eq!(read(&Document::from(html), None).authors, ["Ann Lee"]);
    }

    #[test]
    fn a_page_in_the_graph_tells_the_language_of_its_article() {
        let html = r#"<script type="application/ld+json">{"@graph": [
            {"@type": "WebPage", "inLanguage": "pt-BR"},
            {"@type": "Article", "headline": "Tabela"}]}</script>"#;
        let draft = read(&Document::from(html), None);
        assert_eq!(
            (&*draft.title, draft.lang.as_deref()),
            ("Tabela", Some("pt-BR"))
        );
    }
}
