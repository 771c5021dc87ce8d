//! What crawlers and archives call the parts of an article.
//!
//! In: a key of a record. Out: the part that it names, and its rank.
//!
//! Keys are compared without case, `_` and `-`. Where a record has several keys
//! for one part, the more telling name comes first: a key's rank is its place in
//! the list.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A part of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Title,
    Body,
    Lead,
    Published,
    Modified,
    Authors,
    Source,
    Section,
    Topics,
    Lang,
    Url,
    /// What names the record, and is often its address too.
    Uri,
    /// What sort of thing the record is about: a text, a picture.
    Kind,
    /// A map that holds parts of the article.
    Wrapper,
}

/// Names of the parts, best first.
#[rustfmt::skip]
const NAMES: &[(Field, &[&str])] = &[
    (Field::Id, &[
        "id", "docno", "docid", "documentid", "articleid", "uuid", "guid", "newsid", "storyid",
        "storiesid", "recordid", "versionid", "itemid",
    ]),
    (Field::Title, &[
        "headline", "headlines", "title", "articletitle", "titletext", "headlinetext", "name",
        "subject",
    ]),
    (Field::Body, &[
        "text", "maintext", "plaintext", "articlebody", "fulltext", "bodyxhtml", "bodytext",
        "articletext", "cleantext", "cleanedtext", "body", "bodies", "content", "contents",
        "rawtext", "contenttext", "bodyplain", "story", "paragraphs", "transcript", "bodyhtml",
        "contenthtml", "html",
    ]),
    (Field::Lead, &[
        "subtitle", "standfirst", "lead", "lede", "deck", "dek", "subheadline", "subhead",
        "leadparagraph", "intro", "teaser", "description", "descriptions", "descriptiontext",
        "descriptionhtml", "descriptioncaption", "metadescription", "summary", "abstract",
        "excerpt", "snippet",
    ]),
    (Field::Published, &[
        "date", "published", "datepublished", "datepublish", "publishdate", "publisheddate",
        "publishedat", "publishedon", "publishingdate", "pubdate", "publicationdate", "datepublication",
        "publishedtime", "publishtime", "publicationtime", "firstpublished", "firstpublicationdate",
        "displaydate", "webpublicationdate", "firstcreated", "versioncreated", "datetime",
        "timestamp", "created", "createdat", "datecreated", "createddate", "time", "seendate",
    ]),
    (Field::Modified, &[
        "modified", "datemodified", "datemodify", "modifiedat", "modifieddate", "lastmodified",
        "lastmod", "updated", "updatedat", "dateupdated", "lastupdated", "updateddate",
    ]),
    (Field::Authors, &[
        "authors", "author", "byline", "bylines", "creator", "creators", "writers", "writer", "by",
        "authorname",
    ]),
    (Field::Source, &[
        "source", "outlet", "publication", "publisher", "newspaper", "sourcename", "sourcehostname",
        "sitename", "metasitename", "medianame", "sourcedomain", "site", "sitefull", "website",
        "provider", "domain", "hostname", "sourcehost", "channel", "mediaurl", "sourceurl",
        "infosource", "infosources", "copyrightholder",
    ]),
    (Field::Section, &[
        "section", "articlesection", "sectionname", "sectiontitle", "category", "categories",
        "rubric", "newsdesk", "desk", "service",
    ]),
    (Field::Topics, &[
        "metakeywords", "keywords", "tags", "topics", "newskeywords", "subjects", "keyword",
    ]),
    (Field::Lang, &[
        "language", "lang", "languagecode", "inlanguage", "locale", "metalang",
    ]),
    (Field::Url, &[
        "url", "link", "canonicalurl", "articleurl", "weburl", "permalink", "canonical",
        "canonicallink", "originalurl", "href",
    ]),
    (Field::Uri, &["uri"]),
    (Field::Kind, &["type"]),
    (Field::Wrapper, &[
        "article", "source", "metadata", "meta", "data", "fields", "attributes", "document", "doc",
        "record", "thread", "item", "altids",
    ]),
];

/// Longer keys name no part.
const MAX_KEY_BYTES: usize = 24;
/// What a key names, and its rank. `_source`, where Elasticsearch keeps records,
/// is a wrapper; other underscores at the start rank a name behind the plain one.
pub(super) fn field(key: &str) -> Option<(Field, usize)> {
    if key == "_source" {
        return Some((Field::Wrapper, 0));
    }
    if key.len() > MAX_KEY_BYTES {
        return None;
    }
    let mut buffer = [0; MAX_KEY_BYTES];
    let mut length = 0;
    for byte in key
        .bytes()
        .filter(|byte| !matches!(byte, b'_' | b'-' | b' ' | b'.'))
    {
        buffer[length] = byte.to_ascii_lowercase();
        length += 1;
    }
    let plain = &buffer[..length];
    let late = usize::from(key.starts_with('_')) * 50;
    let (field, rank) = BY_NAME.get(plain)?;
    Some((*field, rank + late))
}

/// [`NAMES`] by name; a name in two lists belongs to the first.
static BY_NAME: LazyLock<FxHashMap<&[u8], (Field, usize)>> = LazyLock::new(|| {
    let mut by_name = FxHashMap::default();
    for (field, names) in NAMES {
        for (rank, name) in names.iter().enumerate() {
            by_name.entry(name.as_bytes()).or_insert((*field, rank));
        }
    }
    by_name
});
