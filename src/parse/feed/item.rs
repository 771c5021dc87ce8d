//! Reads an item of RSS or an entry of Atom.
//!
//! In: its element. Out: its draft. Both vocabularies are read alike, for feeds mix
//! them: the full text is `content:encoded` or `content`, else the description; beside
//! a full text the description is the lead.

use std::borrow::Cow;

use memchr::memmem;

use crate::parse::draft::{Draft, FoundDate};
use crate::parse::markup::{is_markup, plain_line, to_text};
use crate::parse::xml::Element;

/// Reads an item or entry.
pub(super) fn read(item: &Element) -> Draft {
    let full = ["content:encoded", "content", "fulltext", "body"]
        .iter()
        .find_map(|name| text_of(item, name));
    let short = ["description", "summary", "subtitle", "abstract"]
        .iter()
        .find_map(|name| text_of(item, name));
    let (body, lead) = match full {
        Some(full) => (full, short.unwrap_or_default()),
        None => (short.unwrap_or_default(), String::new()),
    };
    let modified = dates(item, &["updated", "modified", "lastBuildDate"]);
    let mut published = dates(item, &["pubDate", "published", "issued", "date", "created"]);
    if published.is_empty() {
        // Atom asks for no other date than that of the last change.
        published.clone_from(&modified);
    }
    Draft {
        id: id(item),
        url: url(item),
        title: part(item, "title").map(line).unwrap_or_default(),
        lead,
        body,
        published,
        modified,
        authors: ["author", "creator"]
            .iter()
            .flat_map(|name| item.children(name).flat_map(people).collect::<Vec<_>>())
            .collect(),
        source: part(item, "source").and_then(source),
        section: None,
        topics: topics(item),
        lang: part(item, "language")
            .map(Element::text)
            .or_else(|| item.attribute("xml:lang").map(str::to_owned)),
    }
}

/// A part of an item; pictures and films have parts of the same names.
fn part<'a>(item: &'a Element, name: &str) -> Option<&'a Element> {
    item.child(name)
        .filter(|part| !part.is(&format!("media:{name}")) && !part.is(&format!("itunes:{name}")))
}

/// The first of these parts that is not blank, as text.
fn texts<'a>(item: &'a Element, names: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    let found = names.iter().filter_map(|name| part(item, name));
    found.map(Element::text).filter(|text| !text.is_empty())
}

/// Dates that are none stand for "never": `0000-00-00 00:00:00`.
pub(super) fn dates(item: &Element, names: &[&str]) -> Vec<FoundDate> {
    let dates =
        texts(item, names).filter(|date| !date.starts_with("0000") && !date.contains("-0001"));
    dates.map(Into::into).collect()
}

/// The text of a part as paragraphs, unless it is blank.
fn text_of(item: &Element, name: &str) -> Option<String> {
    let part = if name.contains(':') {
        item.children(name).next()
    } else {
        part(item, name)
    };
    let part = part?;
    let text = if part.elements().next().is_some() {
        to_text(&without_captions(&part.html()))
    } else if part.attribute("type") == Some("text") {
        part.text()
    } else {
        rich(&part.text())
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

/// The paragraphs of a text that may be HTML, without what the site adds to all.
pub(super) fn rich(text: &str) -> String {
    let text = if is_markup(text) || text.contains("<!--") {
        Cow::Owned(to_text(&without_captions(text)))
    } else {
        Cow::Borrowed(text)
    };
    let is_footer = |paragraph: &str| {
        paragraph.starts_with("The post ") && paragraph.contains(" appeared first on ")
    };
    match text.trim().rsplit_once("\n\n") {
        Some((rest, last)) if is_footer(last) => rest.to_owned(),
        _ => text.into_owned(),
    }
}

/// HTML without the captions of its pictures.
fn without_captions(html: &str) -> Cow<'_, str> {
    const START: &str = "<figcaption";
    const END: &str = "</figcaption>";
    let find = |text: &str, what: &str| memmem::find(text.as_bytes(), what.as_bytes());
    let mut rest = html;
    let mut kept = String::new();
    while let Some(start) = find(rest, START) {
        let Some(length) = find(&rest[start..], END) else {
            break;
        };
        kept.push_str(&rest[..start]);
        rest = &rest[start + length + END.len()..];
    }
    if rest.len() == html.len() {
        return Cow::Borrowed(html);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// A title or name on one line.
pub(super) fn line(element: &Element) -> String {
    plain_line(element.text())
}

/// `guid`, Atom's `id`, or what RDF says the item is about.
fn id(item: &Element) -> String {
    texts(item, &["guid", "id"])
        .next()
        .or_else(|| item.attribute("rdf:about").map(str::to_owned))
        .unwrap_or_default()
}

/// Where the article is: not where its comments, or other copies, are.
fn url(item: &Element) -> Option<String> {
    let original = texts(item, &["origLink"]).next();
    let links = || item.children("link");
    let text = || links().map(Element::text).find(|text| !text.is_empty());
    let alternate = || {
        let is_page = |link: &&Element| matches!(link.attribute("rel"), None | Some("alternate"));
        links()
            .filter(is_page)
            .find_map(|link| link.attribute("href").map(str::to_owned))
    };
    let guid = || {
        let guid = part(item, "guid").filter(|guid| guid.attribute("isPermaLink") != Some("false"));
        guid.map(Element::text)
            .filter(|text| text.starts_with("http"))
    };
    original.or_else(text).or_else(alternate).or_else(guid)
}

/// The people of an `author` or `creator`: a name, a by-line, or `mail@host (Name)`.
pub(super) fn people(author: &Element) -> Vec<String> {
    if let Some(name) = author.child("name") {
        return vec![line(name)];
    }
    let text = line(author);
    match text.split_once('(') {
        Some((mail, name)) if mail.contains('@') => vec![name.trim_end_matches(')').to_owned()],
        None if text.contains('@') && !text.contains(' ') => Vec::new(),
        _ => vec![text],
    }
}

/// The feed that an item was taken over from.
fn source(source: &Element) -> Option<String> {
    let title = source.child("title").unwrap_or(source);
    Some(line(title)).filter(|name| !name.is_empty())
}

fn topics(item: &Element) -> Vec<String> {
    let categories = item.children("category").map(|category| {
        let named = category.attribute("label").or(category.attribute("term"));
        named.map_or_else(|| line(category), |name| plain_line(name.to_owned()))
    });
    categories
        .chain(item.children("dc:subject").map(line))
        .collect()
}
