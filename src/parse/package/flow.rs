//! The paragraphs of a word processor's XML.
//!
//! In: the main part of a DOCX or ODT file. Out: its text, paragraphs separated by
//! blank lines, and the first heading.
//!
//! The cells of a table make a line a row, unless one has several paragraphs: such
//! tables lay out a page. Footnotes and comments interrupt sentences, and what
//! tracked changes took out is not the text any more: both are left out.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::parse::entities::entity;

/// Cells within cells beyond this depth are read as one.
const MAX_TABLES: usize = 20;
/// Longer headings are paragraphs.
const MAX_HEADING_CHARS: usize = 300;

/// The names that a format gives to the parts of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Vocabulary {
    Word,
    OpenDocument,
}

/// The text of a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) text: String,
    pub(super) heading: String,
    /// What breaks the XML off.
    pub(super) fault: Option<String>,
}

/// What an element means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Paragraph,
    /// Characters of a paragraph.
    Run,
    Cell,
    Row,
    /// A character in itself.
    Sign(&'static str),
    /// The style of the paragraph around it.
    Style,
    /// Nothing in it is the text.
    Silent,
    Other,
}

impl Vocabulary {
    fn part(self, name: &str) -> Part {
        match (self, name) {
            (Self::Word, "w:p") | (Self::OpenDocument, "text:p" | "text:h") => Part::Paragraph,
            (Self::Word, "w:t") => Part::Run,
            (Self::Word, "w:tc") | (Self::OpenDocument, "table:table-cell") => Part::Cell,
            (Self::Word, "w:tr") | (Self::OpenDocument, "table:table-row") => Part::Row,
            (Self::Word, "w:tab" | "w:ptab") | (Self::OpenDocument, "text:tab") => Part::Sign("\t"),
            (Self::Word, "w:br" | "w:cr") | (Self::OpenDocument, "text:line-break") => {
                Part::Sign("\n")
            }
            (Self::OpenDocument, "text:s") => Part::Sign(" "),
            (Self::Word, "w:noBreakHyphen") => Part::Sign("-"),
            (Self::Word, "w:pStyle") => Part::Style,
            // Stops of tabulators have the name of the tabulator.
            (
                Self::Word,
                "w:del" | "w:moveFrom" | "w:tabs" | "mc:Fallback" | "w:instrText" | "w:rPr"
                | "w:sectPr",
            )
            | (
                Self::OpenDocument,
                "text:note"
                | "office:annotation"
                | "text:tracked-changes"
                | "text:table-of-content"
                | "text:sequence-decls"
                | "office:forms"
                | "office:automatic-styles"
                | "office:font-face-decls"
                | "svg:title"
                | "svg:desc",
            ) => Part::Silent,
            _ => Part::Other,
        }
    }

    /// Whether characters right in a paragraph are its text.
    fn has_bare_text(self) -> bool {
        self == Self::OpenDocument
    }
}

/// Reads the main part of a document, as far as it can be read.
pub(super) fn read(xml: &str, vocabulary: Vocabulary) -> Flow {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut walk = Walk::new(vocabulary);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => walk.start(&tag),
            Ok(Event::Empty(tag)) => {
                walk.start(&tag);
                walk.end(tag.name().0);
            }
            Ok(Event::End(tag)) => walk.end(tag.name().0),
            Ok(Event::Text(text)) => walk.text(&text),
            Ok(Event::CData(text)) => walk.text(&text),
            Ok(Event::GeneralRef(name)) => {
                let reference = format!("&{};", &*name);
                let c = entity(&reference).map_or('\u{fffd}', |(c, _)| c);
                walk.text(c.encode_utf8(&mut [0; 4]));
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(cause) => {
                walk.flow.fault = Some(cause.to_string());
                break;
            }
        }
    }
    walk.end_paragraph();
    while walk.end_cell() {}
    walk.flow
}

struct Walk {
    vocabulary: Vocabulary,
    flow: Flow,
    paragraph: String,
    is_heading: bool,
    /// How many elements are open in one that is silent, itself included.
    silent: u64,
    /// How many elements around hold the text of a paragraph.
    in_text: u64,
    /// The paragraphs of the cells that are open, the innermost one last.
    cells: Vec<Vec<String>>,
}

impl Walk {
    fn new(vocabulary: Vocabulary) -> Self {
        Self {
            vocabulary,
            flow: Flow::default(),
            paragraph: String::new(),
            is_heading: false,
            silent: 0,
            in_text: 0,
            cells: Vec::new(),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        if self.silent > 0 {
            self.silent += 1;
            return;
        }
        match self.vocabulary.part(tag.name().0) {
            Part::Silent => self.silent = 1,
            Part::Paragraph => {
                // A text box is a paragraph within a paragraph.
                self.end_paragraph();
                self.in_text += u64::from(self.vocabulary.has_bare_text());
                self.is_heading = attribute(tag, "text:outline-level").as_deref() == Some("1")
                    || attribute(tag, "text:style-name").is_some_and(|style| is_heading(&style));
            }
            Part::Run => self.in_text += 1,
            Part::Sign(sign) => self.paragraph.push_str(sign),
            Part::Style => {
                self.is_heading = attribute(tag, "w:val").is_some_and(|style| is_heading(&style));
            }
            Part::Cell if self.cells.len() < MAX_TABLES => {
                self.end_paragraph();
                self.cells.push(Vec::new());
            }
            Part::Cell | Part::Row | Part::Other => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.silent > 0 {
            self.silent -= 1;
            return;
        }
        match self.vocabulary.part(name) {
            Part::Paragraph => {
                self.end_paragraph();
                self.in_text = self
                    .in_text
                    .saturating_sub(u64::from(self.vocabulary.has_bare_text()));
            }
            Part::Run => self.in_text = self.in_text.saturating_sub(1),
            Part::Cell => {
                self.end_paragraph();
                self.end_cell();
            }
            Part::Row => self.put("\n"),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.silent == 0 && self.in_text > 0 {
            self.paragraph.push_str(text);
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        let is_heading = std::mem::take(&mut self.is_heading);
        if paragraph.trim().is_empty() {
            return;
        }
        let is_first =
            self.flow.heading.is_empty() && paragraph.chars().nth(MAX_HEADING_CHARS).is_none();
        if is_heading && is_first {
            paragraph.trim().clone_into(&mut self.flow.heading);
        }
        match self.cells.last_mut() {
            Some(cell) => cell.push(paragraph),
            None => {
                self.flow.text.push_str(&paragraph);
                self.flow.text.push_str("\n\n");
            }
        }
    }

    /// Ends the innermost cell; false if there is none.
    fn end_cell(&mut self) -> bool {
        let Some(paragraphs) = self.cells.pop() else {
            return false;
        };
        match &paragraphs[..] {
            [] => {}
            [one] => self.put(&format!("{one}\t")),
            several => self.put(&format!("\n\n{}\n\n", several.join("\n\n"))),
        }
        true
    }

    /// Adds what a cell or a row leaves behind.
    fn put(&mut self, text: &str) {
        let target = match self.cells.last_mut() {
            Some(outer) => {
                if outer.is_empty() {
                    outer.push(String::new());
                }
                outer.last_mut()
            }
            None => Some(&mut self.flow.text),
        };
        if let Some(target) = target {
            target.push_str(text);
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.html_attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.0 == name)?;
    Some(found.value.into_owned())
}

/// Whether a style is that of a title or of a heading of the first level, as
/// programs in several languages call them.
fn is_heading(style: &str) -> bool {
    const NAMES: &[&str] = &[
        "title",
        "titel",
        "titre",
        "ttulo",
        "titulo",
        "titolo",
        "tytu",
        "heading1",
        "heading_20_1",
        "berschrift1",
        "titre1",
        "ttulo1",
        "titolo1",
        "nagwek1",
        "1",
    ];
    let style = style.to_lowercase();
    NAMES.contains(&style.as_str())
}
