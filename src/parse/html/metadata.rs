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

/// Authors whom nobody named.
const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "webmaster",
    "editor",
    "user",
    "guest",
    "root",
    "unknown",
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
        let others = Draft {
            url: self.canonical,
            ..self.meta.others()
        };
        let lang = self.lang.or_else(|| self.meta.lang());
        let linked = json_ld::read(&self.json_ld);
        let graph = self.meta.open_graph();
        let outlets = [&linked.source, &graph.source, &others.source];
        let outlets: Vec<String> = outlets.into_iter().flatten().cloned().collect();
        let shown = Draft {
            title: self.visible.headline().unwrap_or_default(),
            lead: self.visible.standfirst().to_owned(),
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
        let address = draft.url.as_deref().unwrap_or_default();
        draft.published.extend(url_date::find(address));
        draft.source = outlet::choose(&outlets, address);
        draft.title = outlet::cut_from(&draft.title, &outlets, address).to_owned();
        draft.authors.retain(|author| !is_nobody(author));
        draft.section = draft.section.filter(|section| says_something(section));
        draft
    }
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

fn is_nobody(author: &str) -> bool {
    let author = author.trim().to_lowercase();
    author.contains("://") || NOBODY.contains(&&*author)
}

fn says_something(section: &str) -> bool {
    let section = section.trim().to_lowercase();
    !section.contains('|') && !section.ends_with(".com") && !NO_SECTIONS.contains(&&*section)
}
