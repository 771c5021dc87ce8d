//! What the `<meta>` tags of a page say: Open Graph, and all the others.
//!
//! In: keys and contents. Out: a draft of each kind.

use crate::article::DateOrigin;
use crate::parse::draft::{Draft, FoundDate};

/// The tags of a page, in document order.
#[derive(Default)]
pub(super) struct MetaTags {
    /// Keys in lower case, and contents.
    tags: Vec<(String, String)>,
}

impl MetaTags {
    /// Adds a tag, unless it says nothing.
    pub(super) fn add(&mut self, key: &str, content: &str) {
        let content = content.trim();
        if !content.is_empty() {
            self.tags
                .push((key.trim().to_lowercase(), content.to_owned()));
        }
    }

    /// Contents of the given keys: all of the first key, then of the second, …
    fn all(&self, keys: &[&str]) -> Vec<String> {
        let mut contents = Vec::new();
        for key in keys {
            let matching = self.tags.iter().filter(|(k, _)| k == key);
            contents.extend(matching.map(|(_, content)| content.clone()));
        }
        contents
    }

    fn first(&self, keys: &[&str]) -> Option<String> {
        self.all(keys).into_iter().next()
    }

    fn dates(&self, keys: &[&str]) -> Vec<FoundDate> {
        FoundDate::all(DateOrigin::Meta, self.all(keys)).collect()
    }

    pub(super) fn open_graph(&self) -> Draft {
        Draft {
            title: self.first(&["og:title"]).unwrap_or_default(),
            lead: self.first(&["og:description"]).unwrap_or_default(),
            published: self.dates(&["article:published_time", "og:article:published_time"]),
            modified: self.dates(&[
                "article:modified_time",
                "og:article:modified_time",
                "og:updated_time",
            ]),
            authors: self.all(&["article:author", "og:article:author"]),
            source: self.first(&["og:site_name"]),
            section: self.first(&["article:section"]),
            topics: self.all(&["article:tag"]),
            url: self
                .first(&["og:url"])
                .filter(|url| url.starts_with("http")),
            ..Draft::default()
        }
    }

    pub(super) fn others(&self) -> Draft {
        let topics = self.first(TOPIC_KEYS).unwrap_or_default();
        Draft {
            title: self.first(TITLE_KEYS).unwrap_or_default(),
            lead: self.first(LEAD_KEYS).unwrap_or_default(),
            published: self.dates(PUBLISHED_KEYS),
            modified: self.dates(MODIFIED_KEYS),
            authors: self.all(AUTHOR_KEYS),
            source: self.first(OUTLET_KEYS),
            section: self.first(SECTION_KEYS),
            topics: topics.split([',', ';']).map(str::to_owned).collect(),
            ..Draft::default()
        }
    }

    /// The language that a tag names.
    pub(super) fn lang(&self) -> Option<String> {
        self.first(&["content-language", "language", "dc.language", "og:locale"])
    }
}

#[rustfmt::skip]
const TITLE_KEYS: &[&str] = &[
    "headline", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "twitter:title", "title",
];
#[rustfmt::skip]
const LEAD_KEYS: &[&str] = &[
    "description", "dc.description", "dcterms.description", "twitter:description", "sailthru.description",
];
#[rustfmt::skip]
const PUBLISHED_KEYS: &[&str] = &[
    "datepublished", "date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
    "article.published", "article:published", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.created", "dcterms.date", "dc.date", "dc.date.created", "cxenseparse:recs:publishtime",
    "originalpublicationdate", "rnews:datepublished", "citation_publication_date", "datecreated",
];
#[rustfmt::skip]
const MODIFIED_KEYS: &[&str] = &[
    "datemodified", "lastmod", "last-modified", "article.updated", "dc.date.modified", "dcterms.modified",
];
#[rustfmt::skip]
const AUTHOR_KEYS: &[&str] = &[
    "author", "byl", "byline", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author",
    "article.author", "citation_author",
];
const OUTLET_KEYS: &[&str] = &["dc.publisher", "publisher", "application-name", "copyright"];
const SECTION_KEYS: &[&str] = &["section", "parsely-section", "article.section", "category"];
const TOPIC_KEYS: &[&str] = &["news_keywords", "keywords", "parsely-tags", "sailthru.tags"];
