//! Reads what a page says about itself.
//!
//! In: a page. Out: a draft without the main text (only with the copy of it that
//! JSON-LD may hold).
//!
//! One DOM, one pass over it; then the sources fill the draft in the order of
//! trust that the parent module states.

use scraper::{ElementRef, Html};

use super::json_ld;
use crate::article::DateOrigin;
use crate::parse::draft::{Draft, FoundDate};
use crate::parse::fields::split_byline;

/// Between a headline and the outlet's name.
const SEPARATORS: &[&str] = &[
    " - ", " | ", " – ", " — ", " :: ", " • ", " » ", " · ", " / ",
];

/// Reads all metadata of a page.
pub(super) fn read(page: &str) -> Draft {
    let mut tags = Tags::default();
    let document = Html::parse_document(page);
    for node in document.tree.root().descendants() {
        if let Some(element) = ElementRef::wrap(node) {
            tags.take(element);
        }
    }
    let linked = json_ld::read(&tags.json_ld);
    let draft = linked
        .or(tags.open_graph())
        .or(tags.other_meta())
        .or(tags.elements());
    let title = without_outlet(&draft.title, draft.source.as_deref());
    Draft {
        title: title.to_owned(),
        ..draft
    }
}

/// The tags of a page that tell about it, in document order.
#[derive(Default)]
struct Tags {
    /// Keys in lower case, and contents.
    meta: Vec<(String, String)>,
    json_ld: Vec<String>,
    times: Vec<String>,
    titles: Vec<String>,
    headings: Vec<String>,
    lang: Option<String>,
    canonical: Option<String>,
}

impl Tags {
    fn take(&mut self, element: ElementRef<'_>) {
        let attribute = |name| element.attr(name).map(str::to_owned);
        match element.value().name() {
            "html" => self.lang = attribute("lang").or_else(|| attribute("xml:lang")),
            "meta" => self.take_meta(element),
            "link" if element.attr("rel") == Some("canonical") => {
                self.canonical = self.canonical.take().or_else(|| attribute("href"));
            }
            "script" if element.attr("type").is_some_and(is_json_ld) => {
                self.json_ld.push(element.text().collect());
            }
            "time" => self.times.extend(attribute("datetime")),
            "title" => self.titles.push(element.text().collect()),
            "h1" => self.headings.push(words(element)),
            _ => {}
        }
    }

    fn take_meta(&mut self, element: ElementRef<'_>) {
        let content = element.attr("content").map(str::trim);
        let Some(content) = content.filter(|content| !content.is_empty()) else {
            return;
        };
        for attribute in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(key) = element.attr(attribute) {
                self.meta
                    .push((key.trim().to_lowercase(), content.to_owned()));
            }
        }
    }

    /// Contents of the given keys: all of the first key, then of the second, …
    fn all(&self, keys: &[&str]) -> Vec<String> {
        let of_key = |key: &str| {
            let matching = self.meta.iter().filter(move |(k, _)| k == key);
            matching
                .map(|(_, content)| content.clone())
                .collect::<Vec<_>>()
        };
        keys.iter().flat_map(|key| of_key(key)).collect()
    }

    fn dates(&self, keys: &[&str]) -> Vec<FoundDate> {
        FoundDate::all(DateOrigin::Meta, self.all(keys)).collect()
    }

    fn first(&self, keys: &[&str]) -> Option<String> {
        self.all(keys).into_iter().next()
    }

    fn open_graph(&self) -> Draft {
        Draft {
            title: self.first(&["og:title"]).unwrap_or_default(),
            lead: self.first(&["og:description"]).unwrap_or_default(),
            published: self.dates(&["article:published_time", "og:article:published_time"]),
            modified: self.dates(&["article:modified_time", "og:updated_time"]),
            authors: bylines(&self.all(&["article:author"])),
            source: self.first(&["og:site_name"]),
            section: self.first(&["article:section"]),
            topics: self.all(&["article:tag"]),
            url: self
                .first(&["og:url"])
                .filter(|url| url.starts_with("http")),
            ..Draft::default()
        }
    }

    fn other_meta(&self) -> Draft {
        Draft {
            title: self.first(TITLE_KEYS).unwrap_or_default(),
            lead: self.first(LEAD_KEYS).unwrap_or_default(),
            published: self.dates(PUBLISHED_KEYS),
            modified: self.dates(MODIFIED_KEYS),
            authors: bylines(&self.all(AUTHOR_KEYS)),
            source: self.first(&["dc.publisher", "publisher", "application-name", "copyright"]),
            section: self.first(&["section", "parsely-section", "article.section", "category"]),
            topics: self
                .first(&["news_keywords", "keywords", "parsely-tags", "sailthru.tags"])
                .map(|topics| topics.split([',', ';']).map(str::to_owned).collect())
                .unwrap_or_default(),
            url: self.canonical.clone().filter(|url| url.starts_with("http")),
            ..Draft::default()
        }
    }

    fn elements(&self) -> Draft {
        let meta_lang =
            || self.first(&["content-language", "language", "dc.language", "og:locale"]);
        Draft {
            title: self.visible_title(),
            published: FoundDate::all(DateOrigin::TimeElement, self.times.first().cloned())
                .collect(),
            lang: self.lang.clone().or_else(meta_lang),
            ..Draft::default()
        }
    }

    /// The first heading if the page's title begins with it, else that title.
    fn visible_title(&self) -> String {
        let title = self.titles.first().map(|title| title.trim());
        let heading = self.headings.iter().find(|heading| !heading.is_empty());
        match (title.filter(|title| !title.is_empty()), heading) {
            (Some(title), Some(heading)) if title.contains(heading.as_str()) => heading.clone(),
            (Some(title), _) => title.to_owned(),
            (None, Some(heading)) => heading.clone(),
            (None, None) => String::new(),
        }
    }
}

const TITLE_KEYS: &[&str] = &[
    "headline",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
    "title",
];
const LEAD_KEYS: &[&str] = &[
    "description",
    "dc.description",
    "dcterms.description",
    "twitter:description",
    "sailthru.description",
];
const PUBLISHED_KEYS: &[&str] = &[
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "article.published",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "rnews:datepublished",
    "citation_publication_date",
    "datecreated",
];
const MODIFIED_KEYS: &[&str] = &[
    "datemodified",
    "lastmod",
    "last-modified",
    "article.updated",
    "dc.date.modified",
    "dcterms.modified",
];
const AUTHOR_KEYS: &[&str] = &[
    "author",
    "byl",
    "byline",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "article.author",
    "citation_author",
];

fn bylines(texts: &[String]) -> Vec<String> {
    texts.iter().flat_map(|text| split_byline(text)).collect()
}

fn is_json_ld(kind: &str) -> bool {
    kind.trim()
        .to_ascii_lowercase()
        .starts_with("application/ld+json")
}

fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `Headline - Outlet` without the outlet, if that is how the page calls it.
fn without_outlet<'a>(title: &'a str, outlet: Option<&str>) -> &'a str {
    let Some(outlet) = outlet.map(letters).filter(|outlet| !outlet.is_empty()) else {
        return title;
    };
    let cut = |separator: &&str| {
        let (headline, end) = title.rsplit_once(*separator)?;
        let end = letters(end);
        let is_outlet = !end.is_empty() && (outlet.starts_with(&end) || end.starts_with(&outlet));
        (is_outlet && !headline.trim().is_empty()).then(|| headline.trim())
    };
    SEPARATORS.iter().find_map(cut).unwrap_or(title)
}

/// Letters and digits alone, in lower case.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
