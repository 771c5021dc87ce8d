//! The collections of TREC, and what was made in their likeness (CLEF, NTCIR, FIRE,
//! Gigaword): `<DOC><DOCNO> AP890101-0001 </DOCNO> … <TEXT> … </TEXT></DOC>`.
//!
//! In: a record. Out: its draft. Every agency and paper has its own elements; they
//! are known by name, and those that are not are left out, unless there is no text
//! but between them. A record with `<DOCHDR>` holds a web page.

use std::ops::ControlFlow;

use super::dates::date_part;
use super::docno;
use super::elements::{Element, Tags, attribute, split};
use super::records::read_records;
use super::wrapped::{flat, line, lines, paragraphs};
use crate::corpus::TextReader;
use crate::parse::draft::Draft;
use crate::parse::html::read_page;
use crate::parse::output::Output;
use crate::parse::{Format, Sample};

const RECORD: &str = "DOC";

/// The format.
pub(in crate::parse) struct Trec;

impl Format for Trec {
    fn name(&self) -> &'static str {
        "trec"
    }

    /// A `<DOC>` in capitals, or one with a `<docno>` first, perhaps inside one element
    /// that holds them all.
    fn detect(&self, sample: &Sample<'_>) -> bool {
        let tags = Tags::new(sample.text).map(|tag| tag.name);
        let names: Vec<&str> = tags.filter(|name| !name.is_empty()).take(3).collect();
        let is_record = |name: &&str| name.eq_ignore_ascii_case(RECORD);
        let Some(at) = names.iter().take(2).position(is_record) else {
            return false;
        };
        let next = names.get(at + 1);
        sample.text.trim_start().starts_with('<')
            && (names[at] == RECORD || next.is_some_and(|name| name.eq_ignore_ascii_case("docno")))
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        read_records(text, RECORD, read, out)
    }
}

/// What an element is to the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The record itself, of which only the start tag is looked at.
    Number,
    OtherNumber,
    Title,
    Lead,
    Body,
    Dateline,
    Byline,
    Date,
    Source,
    Section,
    Topics,
    Url,
    /// What follows is a web page.
    PageHeader,
    /// Book-keeping, captions and the like.
    LeftOut,
}

/// The elements of the collections.
#[rustfmt::skip]
const PARTS: &[(Part, &[&str])] = &[
    (Part::Number, &["DOCNO"]),
    (Part::OtherNumber, &["DOCID", "NUM"]),
    (Part::Title, &["HEADLINE", "HEAD", "HL", "TITLE", "TI", "DOCTITLE"]),
    (Part::Lead, &["SUMMARY", "ABS", "ABSTRACT", "SUBHEAD"]),
    (Part::Body, &["TEXT", "LP", "LEADPARA", "LD", "TX"]),
    (Part::Dateline, &["DATELINE"]),
    (Part::Byline, &["BYLINE", "BY", "AUTHOR"]),
    (Part::Date, &["DATE", "DATE1", "DD", "PUBDATE", "DATE_TIME", "PUB_DATE"]),
    (Part::Source, &["PUB", "SO", "SOURCE", "JOURNAL"]),
    (Part::Section, &["SECTION", "CAT", "CATEGORY"]),
    (Part::Topics, &["IN", "NS", "RE", "CO", "CN", "KW", "DESCRIPT", "SUBJECT", "KEYWORDS"]),
    (Part::Url, &["URL"]),
    (Part::PageHeader, &["DOCHDR"]),
    (Part::LeftOut, &[
        "FILEID", "FIRST", "SECOND", "PROFILE", "PARENT", "HT", "AU", "F", "ACCESS", "LENGTH", "GRAPHIC",
        "CAPTION", "PAGE", "EDITION", "SLUG", "DOCTYPE", "TRAILER", "TYPE", "MS", "TP", "XX", "MEMO",
        "COUNTRY", "CITY", "STATE", "CODE", "NAME", "NOTE", "UNK", "CORRECTION", "CORRECTION-DATE",
        "COPYRGHT", "DOCOLDNO", "RECORDNO", "TIME", "SCATE", "FICHEROS", "DESTINO", "CLAVE",
        "PRIORIDAD", "G", "GV", "CR", "PR", "ST",
    ]),
];

fn part_of(name: &str) -> Option<Part> {
    let is_named = |names: &[&str]| names.iter().any(|n| n.eq_ignore_ascii_case(name));
    let found = PARTS.iter().find(|(_, names)| is_named(names));
    found.map(|(part, _)| *part)
}

/// Reads a record, its start tag first.
fn read(record: &str) -> (Draft, Option<String>) {
    let (start_tag, inner) = record.split_once('>').unwrap_or((record, ""));
    let attributes = &start_tag[start_tag.len().min(1 + RECORD.len())..];
    let mut found = Found::default();
    let id = attribute(attributes, "docno").or_else(|| attribute(attributes, "id"));
    found.number = id.unwrap_or("").to_owned();
    if let Some((header, page)) = page_of(inner) {
        found.add_all(&split(header, part_of).elements);
        let (page, complaint) = read_page(page, found.draft.url.as_deref());
        return (found.finish(&[]).or(page), complaint);
    }
    let parts = split(inner, part_of);
    found.add_all(&parts.elements);
    (found.finish(&parts.loose), None)
}

/// A record's elements up to its header of HTTP, and the page that it has after it.
fn page_of(record: &str) -> Option<(&str, &str)> {
    const END: &str = "</DOCHDR>";
    let end = memchr::memmem::find(record.as_bytes(), END.as_bytes())? + END.len();
    Some(record.split_at(end))
}

/// What a record was found to hold.
#[derive(Debug, Default)]
struct Found {
    number: String,
    other_number: String,
    dateline: String,
    paragraphs: Vec<String>,
    draft: Draft,
}

impl Found {
    fn add_all(&mut self, elements: &[Element<'_, Part>]) {
        for element in elements {
            self.add(element);
        }
    }

    fn add(&mut self, element: &Element<'_, Part>) {
        let content = element.content;
        let draft = &mut self.draft;
        match element.kind {
            Part::Number => self.number = line(content),
            Part::OtherNumber => self.other_number = line(content),
            Part::Title => self.add_title(content),
            Part::Lead => draft.lead = line(content),
            Part::Body => self.paragraphs.push(paragraphs(content)),
            Part::Dateline => self.dateline = line(content),
            Part::Byline => draft.authors.extend(lines(&flat(content))),
            Part::Date => draft.published.push(date_part(&flat(content)).into()),
            Part::Source => draft.source = Some(source_of(&line(content))),
            Part::Section => {
                let text = line(content);
                draft.section = text.split(';').next().map(str::to_owned);
            }
            Part::Topics => draft.topics.extend(topics_of(&flat(content))),
            Part::Url => draft.url = Some(line(content)),
            Part::PageHeader => {
                let address = content.split_whitespace().next();
                draft.url = address.map(str::to_owned);
            }
            Part::LeftOut => {}
        }
    }

    /// The first headline is the title, others stand under it. The Wall Street Journal
    /// has its by-line there, too, below a rule.
    fn add_title(&mut self, content: &str) {
        let text = flat(content);
        let lines = || text.lines().map(str::trim);
        let is_byline = |line: &&str| {
            line.get(..3)
                .is_some_and(|by| by.eq_ignore_ascii_case("by "))
        };
        let title: Vec<&str> = lines()
            .enumerate()
            .take_while(|(number, line)| {
                !line.starts_with("---") && (*number == 0 || !is_byline(line))
            })
            .map(|(_, line)| line)
            .collect();
        let authors = lines().skip(1).filter(is_byline).map(str::to_owned);
        self.draft.authors.extend(authors);
        let title = title.join(" ").trim().to_owned();
        if self.draft.title.is_empty() {
            self.draft.title = without_stamp(&title).to_owned();
        } else if self.draft.lead.is_empty() && !title.starts_with("Eds:") {
            self.draft.lead = title;
        }
    }

    /// The draft, with the text from what is between the elements if no element has it.
    fn finish(mut self, loose: &[&str]) -> Draft {
        self.paragraphs.retain(|paragraph| !paragraph.is_empty());
        let draft = &mut self.draft;
        if self.paragraphs.is_empty() {
            self.paragraphs = loose.iter().map(|text| paragraphs(text)).collect();
            self.paragraphs.retain(|paragraph| !paragraph.is_empty());
        } else if draft.authors.is_empty() {
            // The New York Times has its by-line between headline and text.
            let lines = loose.iter().flat_map(|text| text.lines()).map(str::trim);
            draft.authors = lines
                .filter(|line| line.starts_with("By "))
                .map(str::to_owned)
                .collect();
        }
        draft.body = with_dateline(&self.dateline, &self.paragraphs.join("\n\n"));
        draft.id = if self.number.is_empty() {
            self.other_number
        } else {
            self.number
        };
        // An outlet's full name is better than "WALL STREET JOURNAL (J)".
        if let Some(outlet) = docno::outlet(&draft.id) {
            draft.source = Some(outlet.to_owned());
        }
        // Some collections date a record by its number alone.
        draft
            .published
            .extend(docno::day(&draft.id).map(Into::into));
        self.draft
    }
}

/// The text with its dateline in front, as it is printed.
pub(super) fn with_dateline(dateline: &str, text: &str) -> String {
    if dateline.is_empty() || text.starts_with(dateline) {
        return text.to_owned();
    }
    let dash = if dateline.ends_with(['-', '–', '—', '_']) {
        ""
    } else {
        " —"
    };
    format!("{dateline}{dash} {text}")
}

/// The headline without the stamp that the Financial Times puts before it:
/// `FT  14 MAY 91 / `.
fn without_stamp(title: &str) -> &str {
    const MAX_STAMP_BYTES: usize = 20;
    match title.split_once(" / ") {
        Some((stamp, rest)) if stamp.starts_with("FT ") && stamp.len() <= MAX_STAMP_BYTES => rest,
        _ => title,
    }
}

/// A paper's name without page and code: `WALL STREET JOURNAL (J), PAGE -16`.
fn source_of(text: &str) -> String {
    let name = text.split(['(', ',', ';']).next().unwrap_or(text);
    name.trim().to_owned()
}

/// Topics, a line or a part of one each, without their codes: `P4923 Gas
/// Distribution.`, `TENDER OFFERS (TNM)`.
fn topics_of(text: &str) -> Vec<String> {
    let topics = text.split(['\n', ';']).map(str::trim);
    topics
        .map(|topic| {
            let code_ends = topic.ends_with(')').then(|| topic.rfind('(')).flatten();
            let topic = topic[..code_ends.unwrap_or(topic.len())].trim();
            let (first, rest) = topic.split_once(' ').unwrap_or((topic, ""));
            let has_code = first.bytes().any(|byte| byte.is_ascii_digit()) || rest.starts_with(' ');
            let topic = if has_code { rest } else { topic };
            topic.trim().trim_end_matches('.').to_owned()
        })
        .collect()
}
