//! NewsML-G2: single items, and messages of several.
//!
//! In: XML with `newsItem` elements. Out: an article for each that has a text or
//! a caption; packages, which only point to items, have none.

use std::ops::ControlFlow;

use super::draft::Draft;
use super::output::Output;
use super::wire::{body_text, byline, byline_in, found_date, line, read_each};
use super::xml::{Element, root};
use super::{Format, Sample, nitf};
use crate::corpus::TextReader;

/// The kinds of items; all but the first have no text of their own.
const ITEMS: &[&str] = &[
    "newsItem",
    "packageItem",
    "planningItem",
    "conceptItem",
    "knowledgeItem",
    "catalogItem",
];
/// Schemes of subjects that are desks or sections.
const DESKS: &[&str] = &["department", "desk", "section"];

/// The format.
pub(super) struct NewsmlG2;

impl Format for NewsmlG2 {
    fn name(&self) -> &'static str {
        "newsml-g2"
    }

    fn detect(&self, sample: &Sample<'_>) -> bool {
        root(sample.text)
            .is_some_and(|root| root.name() == "newsMessage" || ITEMS.contains(&root.name()))
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        read_each(text, ITEMS, out, |item| match item.name() {
            "newsItem" => read(item).into_iter().collect(),
            _ => Vec::new(),
        })
    }
}

fn read(item: &Element) -> Option<Draft> {
    let none = Element::default();
    let meta = item.child("itemMeta").unwrap_or(&none);
    let content = item.child("contentMeta").unwrap_or(&none);
    let mut text = text(item);
    let is_text = is_text(meta);
    if text.body.trim().is_empty() && !is_text {
        text.body = description(content, "caption").unwrap_or_default();
        (!text.body.is_empty()).then_some(())?;
    }
    let source = source(item, meta, content);
    let authors = authors(content, source.as_deref());
    let draft = Draft {
        id: id(item),
        title: headline(content, false)
            .or_else(|| meta.text_at(&["title"]))
            .unwrap_or_default(),
        lead: headline(content, true)
            .or_else(|| description(content, "summary"))
            .unwrap_or_default(),
        published: [
            meta.text_at(&["firstCreated"]),
            content.text_at(&["contentCreated"]),
            meta.text_at(&["versionCreated"]),
        ]
        .into_iter()
        .flatten()
        .map(found_date)
        .collect(),
        modified: [
            meta.text_at(&["versionCreated"]),
            content.text_at(&["contentModified"]),
        ]
        .into_iter()
        .flatten()
        .map(found_date)
        .collect(),
        authors,
        source,
        section: subjects(content, true).into_iter().next(),
        topics: topics(meta, content),
        lang: language(item, content),
        ..Draft::default()
    };
    let mut draft = draft.or(text);
    if draft.authors.is_empty() {
        draft.authors.extend(byline_in(&draft.body));
    }
    Some(draft)
}

/// The identifier with its version, since every version is an item of its own.
fn id(item: &Element) -> String {
    let id = item.attribute("guid").unwrap_or_default();
    match item.attribute("version") {
        Some(version) if !id.is_empty() => format!("{id}:{version}"),
        _ => id.to_owned(),
    }
}

fn is_text(meta: &Element) -> bool {
    let class = meta.child("itemClass");
    let class = class.and_then(|class| class.attribute("qcode").or(class.attribute("uri")));
    class.is_none_or(|class| class.ends_with("text") || class.ends_with("composite"))
}

/// The text that an item holds, in the first of its renditions that has any.
fn text(item: &Element) -> Draft {
    let mut read = Draft::default();
    let sets = item.children("contentSet").flat_map(Element::elements);
    for content in sets.filter(|content| content.is("inlineXML") || content.is("inlineData")) {
        let draft = match content.first("nitf") {
            Some(nitf) => nitf::read(nitf),
            None => Draft {
                body: body_text(content),
                lang: content.attribute("lang").map(str::to_owned),
                ..Draft::default()
            },
        };
        if read.body.trim().is_empty() {
            read = draft;
        }
    }
    read
}

/// The main headline, or the second one.
fn headline(content: &Element, is_second: bool) -> Option<String> {
    let is_sub = |role: &str| role.to_lowercase().contains("sub");
    content
        .children("headline")
        .filter(|headline| headline.attribute("role").is_some_and(is_sub) == is_second)
        .map(line)
        .find(|text| !text.trim().is_empty())
}

fn description(content: &Element, role: &str) -> Option<String> {
    let mut all = content.children("description");
    let has_role = |found: &&Element| {
        let found = found.attribute("role");
        found.is_none_or(|found| found.to_lowercase().contains(role))
    };
    let text = all.find(has_role).map(body_text)?;
    (!text.trim().is_empty()).then_some(text)
}

/// What someone or something is called, if it is not only a code.
fn name_of(element: &Element) -> Option<String> {
    let literal = element.attribute("literal").map(str::to_owned);
    element.text_at(&["name"]).or(literal)
}

/// The provider by its name, rather than by its host.
fn source(item: &Element, meta: &Element, content: &Element) -> Option<String> {
    let provider = meta.child("provider");
    let code = provider.and_then(|provider| provider.attribute("qcode"));
    let code = code.and_then(|code| code.split_once(':'));
    let holder = item.path(&["rightsInfo", "copyrightHolder"]);
    let names = [
        provider.and_then(|provider| provider.text_at(&["name"])),
        content.children("infoSource").find_map(name_of),
        provider.and_then(name_of),
        code.map(|(_, name)| name.to_owned()),
        holder.and_then(name_of),
    ];
    let names = || names.iter().flatten();
    let name = names().find(|name| !name.contains('.'));
    name.or_else(|| names().next()).cloned()
}

/// The by-lines, or the creators who are not the agency itself.
fn authors(content: &Element, source: Option<&str>) -> Vec<String> {
    let bylines = content.children("by").filter_map(|by| byline(&line(by)));
    let authors: Vec<String> = bylines.collect();
    if !authors.is_empty() {
        return authors;
    }
    let creators = content.children("creator").filter_map(name_of);
    let is_agency = |name: &str| source.is_some_and(|source| source.eq_ignore_ascii_case(name));
    creators.filter(|name| !is_agency(name)).collect()
}

/// The names of the subjects that are desks, or of those that are none.
fn subjects(content: &Element, are_desks: bool) -> Vec<String> {
    let is_desk = |subject: &&Element| {
        let code = subject.attribute("qcode").unwrap_or_default();
        let scheme = code.split(':').next().unwrap_or_default();
        DESKS.iter().any(|desk| scheme.contains(desk)) == are_desks
    };
    let subjects = content.children("subject").filter(is_desk);
    let name = |subject: &Element| match subject.attribute("qcode") {
        Some(_) => subject.text_at(&["name"]),
        None => name_of(subject),
    };
    subjects.filter_map(name).collect()
}

fn topics(meta: &Element, content: &Element) -> Vec<String> {
    let mut topics = subjects(content, false);
    topics.extend(content.children("keyword").map(line));
    topics.extend(meta.children("memberOf").filter_map(name_of));
    topics
}

fn language(item: &Element, content: &Element) -> Option<String> {
    let declared = content.child("language").and_then(|l| l.attribute("tag"));
    let lang = declared.or(item.attribute("xml:lang"));
    lang.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::xml::fragment;

    fn article(meta: &str, content: &str, set: &str) -> Option<Draft> {
        let item = format!(
            "<newsItem guid='g' version='2'><itemMeta>{meta}</itemMeta>\
             <contentMeta>{content}</contentMeta><contentSet>{set}</contentSet></newsItem>"
        );
        read(fragment(&item).child("newsItem").unwrap())
    }

    #[test]
    fn the_first_rendition_with_text_is_read() {
        let set = "<inlineXML/><inlineData>one</inlineData><inlineData>two</inlineData>";
        let draft = article("", "", set).unwrap();
        assert_eq!((draft.id.as_str(), draft.body.as_str()), ("g:2", "one"));
    }

    #[test]
    fn pictures_need_a_caption_and_texts_need_none() {
        let picture = "<itemClass qcode='ninat:picture'/>";
        let headline = "<headline>A</headline>";
        assert_eq!(article(picture, headline, ""), None);
        let caption = "<description role='drol:caption'>C</description>";
        let draft = article(picture, &[headline, caption].concat(), "").unwrap();
        assert_eq!((draft.title.as_str(), draft.body.as_str()), ("A", "C"));
        assert!(article("", headline, "").is_some());
    }

    #[test]
    fn names_of_providers_come_before_their_hosts() {
        let host = "<provider literal='wire.example'/>";
        let source = |meta: &str, content| article(meta, content, "").unwrap().source.unwrap();
        assert_eq!(source(host, ""), "wire.example");
        assert_eq!(
            source(host, "<infoSource literal='Coast Wire'/>"),
            "Coast Wire"
        );
        assert_eq!(source("<provider qcode='p:CW'/>", ""), "CW");
    }
}
