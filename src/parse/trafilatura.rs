//! What trafilatura writes in XML: `<doc sitename="…" title="…"><main>…</main></doc>`,
//! and the same as TEI, which digital editions use as well.
//!
//! In: one document, or many in a file. Out: an article each. Comments of readers are
//! left out.

use std::ops::ControlFlow;

use super::draft::Draft;
use super::markup::to_text;
use super::output::Output;
use super::xml::{Document, Element, root};
use super::{Format, Sample};
use crate::corpus::TextReader;
use crate::error::Place;

/// The format.
pub(super) struct Trafilatura;

impl Format for Trafilatura {
    fn name(&self) -> &'static str {
        "trafilatura-xml"
    }

    fn detect(&self, sample: &Sample<'_>) -> bool {
        root(sample.text).is_some_and(|root| match root.name() {
            "TEI" | "teiCorpus" => true,
            // It may be any one that a user put around the documents.
            _ => {
                let is_doc = root.name() == "doc" || sample.text.contains("<doc ");
                is_doc
                    && ["<main>", "<main/>"]
                        .iter()
                        .any(|main| sample.text.contains(main))
            }
        })
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        let mut documents = Document::new(text, &["doc", "TEI"]).peekable();
        let mut is_first = true;
        while let Some(part) = documents.next() {
            if !is_first || documents.peek().is_some() {
                out.expect_many();
            }
            is_first = false;
            let element = match part {
                Ok(element) => element,
                Err(fault) => {
                    fault.report(out)?;
                    continue;
                }
            };
            let place = Place {
                line: Some(element.line),
                record: Some(out.begin_record()),
                ..Place::default()
            };
            let draft = if element.is("TEI") {
                read_tei(&element)
            } else {
                read_doc(&element)
            };
            out.article(draft, place)?;
        }
        ControlFlow::Continue(())
    }
}

fn read_doc(doc: &Element) -> Draft {
    let value = |name| doc.attribute(name).map(str::to_owned);
    // An older version called the address "source", and the lead "excerpt".
    let url = value("url").or_else(|| value("source").filter(|source| source.contains("://")));
    let lead = value("description").or_else(|| value("excerpt"));
    Draft {
        id: value("id").unwrap_or_default(),
        url,
        title: value("title").unwrap_or_default(),
        lead: lead.unwrap_or_default(),
        body: doc.child("main").map(paragraphs).unwrap_or_default(),
        published: value("date").into_iter().map(Into::into).collect(),
        modified: Vec::new(),
        authors: value("author").into_iter().collect(),
        source: value("sitename").or_else(|| value("hostname")),
        section: list(value("categories")).into_iter().next(),
        topics: list(value("tags")),
        lang: value("language"),
    }
}

fn read_tei(tei: &Element) -> Draft {
    let Some(header) = tei.child("teiHeader") else {
        return Draft {
            body: tei_body(tei),
            ..Draft::default()
        };
    };
    let file = header.child("fileDesc");
    // What is said of the source is more than what is said of the file.
    let parts = [
        &["sourceDesc", "biblFull"][..],
        &["sourceDesc", "bibl"],
        &[],
    ];
    let parts: Vec<&Element> = parts.iter().filter_map(|path| file?.path(path)).collect();
    let find = |path: &[&str]| parts.iter().find_map(|part| part.text_at(path));
    let authors = parts.iter().map(|part| {
        let places = [part.path(&["titleStmt"]), Some(*part)]
            .into_iter()
            .flatten();
        let authors = places.flat_map(|place| place.children("author").collect::<Vec<_>>());
        authors.map(Element::text).collect::<Vec<_>>()
    });
    let dates = parts.iter().filter_map(|part| {
        let date = part
            .path(&["publicationStmt", "date"])
            .or(part.child("date"))?;
        date.attribute("when")
            .map(str::to_owned)
            .or_else(|| Some(date.text()))
    });
    let terms = |kind: &str| {
        let keywords = header.path(&["profileDesc", "textClass", "keywords"]);
        let terms = keywords
            .into_iter()
            .flat_map(|keywords| keywords.children("term"));
        let terms = terms.filter(|term| term.attribute("type").unwrap_or("tags") == kind);
        terms
            .flat_map(|term| list(Some(term.text())))
            .collect::<Vec<_>>()
    };
    let note = file.and_then(|file| file.path(&["notesStmt", "note"]));
    let id = note
        .filter(|note| note.attribute("type") == Some("id"))
        .map(Element::text);
    let link = parts
        .iter()
        .find_map(|part| part.path(&["publicationStmt", "ptr"])?.attribute("target"));
    let language = header.path(&["profileDesc", "langUsage", "language"]);
    let language = language.and_then(|language| language.attribute("ident"));
    let source = find(&["publicationStmt", "publisher"]).or_else(|| find(&["publisher"]));
    Draft {
        id: id
            .or_else(|| tei.attribute("xml:id").map(str::to_owned))
            .unwrap_or_default(),
        url: link.map(str::to_owned),
        title: find(&["titleStmt", "title"])
            .or_else(|| find(&["title"]))
            .unwrap_or_default(),
        lead: header
            .text_at(&["profileDesc", "abstract"])
            .unwrap_or_default(),
        body: tei_body(tei),
        published: dates
            .filter(|date| !date.is_empty())
            .map(Into::into)
            .collect(),
        modified: Vec::new(),
        authors: authors
            .into_iter()
            .find(|names| !names.is_empty())
            .unwrap_or_default(),
        source: source
            .map(|name| without_host(&name).to_owned())
            .filter(|name| name != "N/A"),
        section: terms("categories").into_iter().next(),
        topics: terms("tags"),
        lang: tei.attribute("xml:lang").or(language).map(str::to_owned),
    }
}

/// The text without its head matter, and without comments of readers.
fn tei_body(tei: &Element) -> String {
    let Some(body) = tei.path(&["text", "body"]) else {
        return String::new();
    };
    let is_comment = |div: &Element| div.attribute("type") == Some("comments");
    let divisions = body
        .elements()
        .filter(|div| div.is("div") && !is_comment(div));
    let texts: Vec<String> = divisions.map(paragraphs).collect();
    if texts.is_empty() {
        return paragraphs(body);
    }
    texts.join("\n\n")
}

/// `The Paper (paper.example)`: the name.
fn without_host(name: &str) -> &str {
    match name.split_once(" (") {
        Some((name, host)) if host.ends_with(')') && host.contains('.') => name,
        _ => name,
    }
}

/// The text of an element of TEI, of which trafilatura's XML uses a part.
fn paragraphs(element: &Element) -> String {
    let html = element.html_as(&|part| match part.name() {
        "head" | "fw" => Some("h2"),
        "list" => Some("ul"),
        "item" => Some("li"),
        "lb" => Some("br"),
        "row" => Some("tr"),
        "cell" => Some("td"),
        "quote" | "sp" | "lg" | "ab" => Some("blockquote"),
        "pb" | "graphic" | "figure" | "note" | "comments" => None,
        name => Some(name),
    });
    to_text(&html)
}

fn list(text: Option<String>) -> Vec<String> {
    let text = text.unwrap_or_default();
    let parts = text.split([';', ',']).map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::parse::tests::read;

    fn whole<const N: usize>(text: &str) -> [Article; N] {
        let (articles, problems, report) = read(text.as_bytes());
        assert_eq!((problems, report.format), (vec![], Some("trafilatura-xml")));
        articles.try_into().unwrap()
    }

    #[test]
    fn documents_of_a_corpus() {
        let text = include_str!("../../tests/data/formats/trafilatura-xml/corpus.xml");
        let [ferry, ice] = whole(text);
        assert_eq!(
            (ferry.id.as_str(), ferry.title.as_str()),
            ("f-1", "Ferry waits & sails")
        );
        assert_eq!(
            ferry.body,
            "At the quay\n\nThe ferry waited for an hour.\n\n- 41 passengers\n- 3 dogs\n\nWe sail when the wind \
             says so.\n\nThen it sailed.\nNobody was hurt."
        );
        assert_eq!(ferry.authors, ["Ann Lee", "Bob Ray"]);
        assert_eq!(
            (ferry.lead.as_str(), ferry.section.as_deref()),
            ("A short wait.", Some("Harbour"))
        );
        assert_eq!(ferry.topics, ["ferries", "wind"]);
        assert_eq!(ferry.source.as_deref(), Some("Harbour Wire"));
        assert_eq!(ice.url.as_deref(), Some("https://lake.example/ice"));
        assert_eq!(ice.published.unwrap().iso_day(), "2025-01-20");
    }

    #[test]
    fn tei() {
        let [ferry] = whole(include_str!(
            "../../tests/data/formats/trafilatura-xml/tei.xml"
        ));
        assert_eq!(
            (ferry.id.as_str(), ferry.title.as_str()),
            ("f-2", "Ferry waits")
        );
        assert_eq!(
            ferry.body,
            "At the quay\n\nThe ferry waited.\n\nThen it sailed."
        );
        assert_eq!(
            (ferry.lead.as_str(), ferry.section.as_deref()),
            ("A short wait.", Some("Harbour"))
        );
        assert_eq!(
            (&ferry.authors[..], &ferry.topics[..]),
            (
                &["Ann Lee".to_owned()][..],
                &["ferries".to_owned(), "wind".to_owned()][..]
            )
        );
        assert_eq!(ferry.source.as_deref(), Some("Harbour Wire"));
        assert_eq!(ferry.url.as_deref(), Some("https://harbour.example/ferry"));
        assert_eq!(ferry.published.unwrap().iso_day(), "2025-03-15");
    }

    #[test]
    fn other_documents_are_left_to_others() {
        for other in [
            "<add><doc><field name='title'>a</field></doc></add>",
            "<html><main>a</main></html>",
        ] {
            assert_ne!(
                read(other.as_bytes()).2.format,
                Some("trafilatura-xml"),
                "{other}"
            );
        }
    }
}
