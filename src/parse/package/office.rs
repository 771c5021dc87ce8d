//! Documents of word processors: DOCX and ODT.
//!
//! In: an open zip. Out: the text of the document and its properties.

use super::archive::Archive;
use super::flow::{Vocabulary, read as read_flow};
use crate::error::ProblemKind;
use crate::parse::document::Properties;
use crate::parse::xml::Document;

/// Where the parts of a document are.
struct Layout {
    /// How the name of the text starts; some programs number it.
    text: &'static str,
    properties: &'static str,
    vocabulary: Vocabulary,
}

const LAYOUTS: &[Layout] = &[
    Layout {
        text: "word/document",
        properties: "docProps/core.xml",
        vocabulary: Vocabulary::Word,
    },
    Layout {
        text: "content.",
        properties: "meta.xml",
        vocabulary: Vocabulary::OpenDocument,
    },
];

/// The text and properties of a document; else why there are none.
pub(super) fn read(
    archive: &mut Archive<'_>,
) -> Result<(String, Properties), (ProblemKind, String)> {
    let found = LAYOUTS
        .iter()
        .find_map(|layout| Some((layout, archive.find(layout.text, ".xml")?)));
    let Some((layout, name)) = found else {
        let message = "a package of files that is no text document (DOCX, ODT or EPUB)";
        return Err((ProblemKind::UnknownFormat, message.to_owned()));
    };
    let properties = archive.text(layout.properties).unwrap_or_default();
    let mut properties = read_properties(&properties);
    let xml = archive.text(&name).unwrap_or_default();
    let flow = read_flow(&xml, layout.vocabulary);
    if let Some(fault) = flow.fault {
        let message = format!("{name} breaks off: {fault}");
        archive.complain(ProblemKind::Malformed, message);
    }
    properties.heading = flow.heading;
    Ok((flow.text, properties))
}

/// What `core.xml` and `meta.xml` say, in the vocabulary of Dublin Core.
fn read_properties(xml: &str) -> Properties {
    const NAMES: &[&str] = &[
        "title",
        "creator",
        "initial-creator",
        "language",
        "modified",
        "created",
        "date",
        "creation-date",
    ];
    let mut properties = Properties::default();
    for element in Document::new(xml.as_bytes(), NAMES).flatten() {
        let target = match element.name() {
            "title" => &mut properties.title,
            "creator" | "initial-creator" => &mut properties.author,
            "language" => &mut properties.lang,
            _ => &mut properties.modified,
        };
        if target.is_empty() {
            *target = element.text();
        }
    }
    properties
}
