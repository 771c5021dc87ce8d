//! NITF, the News Industry Text Format: The New York Times Annotated Corpus, and
//! the items of many agencies.
//!
//! In: XML with `nitf` elements. Out: an article for each.
//!
//! Publishers fill it in unlike each other; where several elements name one
//! thing, the order here is that of trust.

use std::ops::ControlFlow;

use super::draft::{Draft, FoundDate};
use super::markup::to_text;
use super::output::Output;
use super::wire::{body_text, byline, found_date, line, read_each};
use super::xml::{Element, root};
use super::{Format, Sample};
use crate::corpus::TextReader;

/// Types of topics that say only that an item is news.
const PLAIN_TYPES: &[&str] = &["news", "current"];

/// The format.
pub(super) struct Nitf;

impl Format for Nitf {
    fn name(&self) -> &'static str {
        "nitf"
    }

    fn detect(&self, sample: &Sample<'_>) -> bool {
        root(sample.text).is_some_and(|root| root.name() == "nitf")
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        read_each(text, &["nitf"], out, |nitf| vec![read(nitf)])
    }
}

/// The article of a `nitf` element.
pub(super) fn read(nitf: &Element) -> Draft {
    let none = Element::default();
    let head = nitf.child("head").unwrap_or(&none);
    let body_head = nitf.first("body.head").unwrap_or(&none);
    let source = source(head, body_head);
    let title = title(head, body_head);
    let lead = match body_head.child("abstract") {
        Some(lead) => line(lead),
        None => second_line(body_head),
    };
    Draft {
        id: named(head, "doc-id", "id-string").unwrap_or_default(),
        url: named(head, "pubdata", "ex-ref"),
        title,
        lead,
        body: body(nitf),
        published: published(head, body_head),
        modified: meta(head, "correction_date")
            .map(found_date)
            .into_iter()
            .collect(),
        authors: authors(body_head),
        source,
        section: section(head),
        topics: topics(head),
        lang: language(nitf),
    }
}

/// An attribute of the first element that has this name and that attribute.
fn named(within: &Element, name: &str, attribute: &str) -> Option<String> {
    within
        .descendants(name)
        .find_map(|element| element.attribute(attribute))
        .map(str::to_owned)
}

fn meta(head: &Element, name: &str) -> Option<String> {
    let mut metas = head.descendants("meta");
    let found = metas.find(|meta| meta.attribute("name") == Some(name))?;
    found.attribute("content").map(str::to_owned)
}

fn title(head: &Element, body_head: &Element) -> String {
    let titles = [body_head.first("hl1"), head.child("title")];
    let mut titles = titles.into_iter().flatten().map(line);
    titles
        .find(|title| !title.trim().is_empty())
        .unwrap_or_default()
}

/// The second headline. One with a class or id is another version of the first.
fn second_line(body_head: &Element) -> String {
    let mut lines = body_head.descendants("hl2");
    let is_plain = |hl2: &&Element| hl2.attribute("class").or(hl2.attribute("id")).is_none();
    lines.find(is_plain).map(line).unwrap_or_default()
}

/// The text; where it is there in full, the block that repeats its lead is not read.
fn body(nitf: &Element) -> String {
    let Some(content) = nitf.first("body.content") else {
        return String::new();
    };
    let blocks = |class| {
        let blocks = content.descendants("block");
        blocks.filter(move |block| block.attribute("class") == Some(class))
    };
    let mut parts: Vec<String> = blocks("full_text").map(body_text).collect();
    if parts.is_empty() {
        return body_text(content);
    }
    parts.extend(blocks("correction_text").map(body_text));
    parts.join("\n\n")
}

fn published(head: &Element, body_head: &Element) -> Vec<FoundDate> {
    let dates = [
        named(head, "pubdata", "date.publication"),
        named(head, "date.issue", "norm"),
        named(head, "date.release", "norm"),
        named(body_head, "story.date", "norm"),
        publication_day(head),
    ];
    dates.into_iter().flatten().map(found_date).collect()
}

/// The day in the three parts that The New York Times gives.
fn publication_day(head: &Element) -> Option<String> {
    let part = |name: &str| meta(head, &format!("publication_{name}"));
    let (year, month, day) = (part("year")?, part("month")?, part("day_of_month")?);
    Some(format!("{year}-{month:0>2}-{day:0>2}"))
}

fn source(head: &Element, body_head: &Element) -> Option<String> {
    let distributor = body_head.child("distributor").map(line);
    named(head, "pubdata", "name")
        .or(distributor.filter(|name| !name.trim().is_empty()))
        .or_else(|| named(head, "doc.copyright", "holder"))
        .or_else(|| named(head, "from-src", "src-name"))
        .or_else(|| named(head, "doc-id", "regsrc"))
}

/// The by-line as printed, or one that puts last names first.
fn authors(body_head: &Element) -> Vec<String> {
    let mut bylines: Vec<&Element> = body_head.children("byline").collect();
    bylines.sort_by_key(|byline| byline.attribute("class") == Some("normalized_byline"));
    let printed = bylines
        .first()
        .map(|byline| byline.html_as(&|part| (part.name() != "byttl").then(|| part.name())));
    let printed = printed.and_then(|html| byline(&to_text(&html)));
    printed.into_iter().collect()
}

fn section(head: &Element) -> Option<String> {
    let sections = meta(head, "dsk").or_else(|| meta(head, "online_sections"));
    if let Some(section) = sections.as_deref().and_then(|all| all.split(';').next()) {
        return Some(section.to_owned());
    }
    named(head, "tobject", "tobject.type")
        .filter(|name| !PLAIN_TYPES.contains(&name.to_lowercase().as_str()))
}

fn topics(head: &Element) -> Vec<String> {
    let mut topics = Vec::new();
    for subject in head.descendants("tobject.subject") {
        for part in ["type", "matter", "detail"] {
            let name = subject.attribute(&format!("tobject.subject.{part}"));
            topics.extend(name.map(str::to_owned));
        }
    }
    for (name, attribute) in [("keyword", "key"), ("series", "series.name")] {
        let words = head.descendants(name);
        topics.extend(words.filter_map(|word| word.attribute(attribute).map(str::to_owned)));
    }
    // Paths of a taxonomy repeat what the plain descriptors say.
    let descriptors = head.descendants("classifier").map(Element::text);
    topics.extend(descriptors.filter(|text| !text.contains('/')));
    topics
}

fn language(nitf: &Element) -> Option<String> {
    let body = nitf.child("body").and_then(|body| body.attribute("lang"));
    let lang = body
        .or(nitf.attribute("baselang"))
        .or(nitf.attribute("lang"));
    lang.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::xml::fragment;

    fn article(head: &str, body_head: &str, content: &str) -> Draft {
        let item = format!(
            "<nitf><head>{head}</head><body><body.head>{body_head}</body.head>\
             <body.content>{content}</body.content></body></nitf>"
        );
        read(fragment(&item).child("nitf").unwrap())
    }

    #[test]
    fn a_second_headline_is_the_lead_unless_it_is_another_version() {
        let lead = |hl2| article("", &format!("<hedline><hl1>A</hl1>{hl2}</hedline>"), "").lead;
        assert_eq!(lead("<hl2>B</hl2>"), "B");
        assert_eq!(lead("<hl2 class='online_headline'>B</hl2>"), "");
    }

    #[test]
    fn the_day_may_come_in_three_parts() {
        let part = |name, value| format!("<meta name='publication_{name}' content='{value}'/>");
        let head = [
            part("year", "1998"),
            part("month", "3"),
            part("day_of_month", "4"),
        ];
        let draft = article(&head.concat(), "", "");
        assert_eq!(draft.published[0].text, "1998-03-04");
    }

    #[test]
    fn a_lead_without_the_full_text_is_the_text() {
        let content = "<block class='lead_paragraph'><p>One.</p></block><p>Two.</p>";
        assert_eq!(article("", "", content).body, "One.\n\nTwo.");
    }
}
