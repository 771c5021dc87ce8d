//! From a file to its articles.
//!
//! In: a [`FileEntry`]. Out: [`Record`]s in file order, and a [`FileReport`].
//! The format is recognised by content, never by name alone.
//!
//! A format is one file that implements `Format` (or `BytesFormat`, if it is no
//! text), and one line in `FORMATS` (`BYTES_FORMATS`). Formats find the fields; what
//! a field's text turns into (dates, people, outlet, language, clean paragraphs) is
//! the same for all of them (`draft.rs`).

mod byline;
mod contents;
mod csv;
mod date;
mod document;
mod draft;
mod entities;
mod feed;
mod field_map;
mod field_names;
mod fields;
mod front_matter;
mod html;
mod iptc7901;
mod json;
mod json_lines;
mod language;
mod lines;
mod mail;
mod markdown;
mod markup;
mod mojibake;
mod newsml1;
mod newsml_g2;
mod nitf;
mod node;
mod output;
mod package;
mod pdf;
mod plain;
mod repair;
mod rtf;
mod sgml;
#[cfg(test)]
mod tests;
mod tidy;
mod trafilatura;
mod vendor;
mod warc;
mod wire;
mod xml;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::article::Article;
use crate::corpus::{ByteReader, Content, FileEntry, TextReader};
use crate::error::{Error, ErrorKind, Place, Problem, ProblemKind, Result};

pub use date::{BadDate, parse_date};
pub use field_map::FieldMap;

use output::Output;

/// Bytes of text that a record, or a file of a single record, may have.
const MAX_RECORD_BYTES: usize = 64 << 20;

/// The formats that are no text, in the order in which they are asked, before the others.
const BYTES_FORMATS: &[&dyn BytesFormat] = &[
    &warc::Warc,
    &mail::Mhtml,
    &mail::Mail,
    &mail::Mbox,
    &rtf::Rtf,
    &pdf::Pdf,
    &package::Epub,
    &package::Odt,
    &package::Docx,
];

/// The formats of texts, in the order in which they are asked; the last one takes anything.
const FORMATS: &[&dyn Format] = &[
    &feed::JsonFeed,
    &json_lines::JsonLines,
    &json::Json,
    &nitf::Nitf,
    &newsml_g2::NewsmlG2,
    &newsml1::Newsml1,
    &iptc7901::Iptc7901,
    &vendor::ExportText,
    &vendor::ExportPage,
    &feed::Feed,
    &trafilatura::Trafilatura,
    &sgml::Reuters,
    &sgml::Trec,
    &html::Html,
    &csv::Csv,
    &front_matter::FrontMatter,
    &markdown::Markdown,
    &plain::PlainText,
];

/// What a file yields, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// An article, with the number of its record in the file (from 1).
    Article {
        /// The article; its `id` is the record's own, or empty if it has none.
        article: Box<Article>,
        /// Its place among the file's records, from 1; `None` in a format of one article a file.
        number: Option<u64>,
    },
    /// A file or record that could not be read as it should.
    Problem(Problem),
}

/// What became of a file as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileReport {
    /// The format's name, as reports show it (`html`, `jsonl`, `zip`); `None` for a binary file that was left out.
    pub format: Option<&'static str>,
    /// Binary files that were left out: the file itself, or members of an archive.
    pub binary: u64,
    /// Hidden members of an archive, left out.
    pub hidden: u64,
    /// Records that are no articles and are not meant to be, by what they are (`redirects`).
    pub passed_over: BTreeMap<&'static str, u64>,
    /// xxh3-128 of the bytes on disk, as far as they could be read.
    pub content_hash: u128,
    /// Bytes of text after unpacking and decoding.
    pub text_bytes: u64,
}

/// One way to write articles into files that are no text as they stand.
trait BytesFormat: Sync {
    /// The name in reports: short, lower case.
    fn name(&self) -> &'static str;

    /// Whether a file that starts with these bytes is in this format.
    fn detect(&self, head: &[u8]) -> bool;

    /// Reads a file's records into `out`, until that breaks off.
    fn parse(&self, bytes: &mut ByteReader, out: &mut Output<'_>) -> ControlFlow<()>;
}

/// One way to write articles into texts.
trait Format: Sync {
    /// The name in reports: short, lower case.
    fn name(&self) -> &'static str;

    /// Whether a text is in this format.
    fn detect(&self, sample: &Sample<'_>) -> bool;

    /// Reads a file's records into `out`, until that breaks off.
    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()>;
}

/// The start of a text.
struct Sample<'a> {
    /// Its first line at least, and 64 KB at least, as far as there is that much.
    text: &'a str,
    /// Whether it is all of the text.
    is_all: bool,
    /// The keys that the user names for parts of an article.
    map: &'a FieldMap,
}

/// Reads a file's articles and problems into `sink`, in file order, until it breaks off.
///
/// `map` says which keys or columns hold which parts of an article; it may be empty.
/// The report is about the whole file; if `sink` broke off, about what was read
/// until then, and its hash means nothing.
pub fn read_articles(
    file: &FileEntry,
    map: &FieldMap,
    sink: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> FileReport {
    match Content::open(file) {
        Ok(content) => read_content(content, map, sink),
        Err(problem) => {
            let _ = sink(Record::Problem(problem));
            FileReport::default()
        }
    }
}

/// The names of all formats, in the order in which they are asked.
pub fn format_names() -> impl Iterator<Item = &'static str> {
    let bytes = BYTES_FORMATS.iter().map(|format| format.name());
    bytes.chain(FORMATS.iter().map(|format| format.name()))
}

/// Reads bytes as a file of the format with this name, whatever they look like.
///
/// # Errors
///
/// [`ErrorKind::Input`] if there is no such format.
pub fn read_as(
    format: &str,
    bytes: &[u8],
    sink: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> Result<()> {
    let mut bytes = ByteReader::of_bytes(format, bytes);
    let map = FieldMap::default();
    let mut out = Output::new(format, &map, sink);
    // The caller takes what it wants; whether it took all is its own business.
    let _ = if let Some(reader) = BYTES_FORMATS.iter().find(|one| one.name() == format) {
        reader.parse(&mut bytes, &mut out)
    } else if let Some(reader) = FORMATS.iter().find(|one| one.name() == format) {
        reader.parse(&mut TextReader::new(bytes), &mut out)
    } else {
        let message = format!("there is no format {format}");
        let names: Vec<_> = format_names().collect();
        let hint = format!("the formats are {}", names.join(", "));
        return Err(Error::new(ErrorKind::Input, message).with_hint(hint));
    };
    Ok(())
}

/// Reads content that is open as JSON Lines, whatever it looks like: so that nothing
/// need be waited for to recognise it.
pub fn read_lines(
    content: Content,
    map: &FieldMap,
    sink: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> FileReport {
    read_with(content, map, sink, |bytes, out, report| {
        out.enter(bytes.member());
        let mut text = TextReader::new(bytes);
        report.format = Some(json_lines::JsonLines.name());
        let flow = guarded("jsonl", out, |out| {
            json_lines::JsonLines.parse(&mut text, out)
        });
        report.text_bytes += text.text_bytes();
        flow?;
        text.take_problems()
            .into_iter()
            .try_for_each(|problem| out.forward(problem))
    })
}

/// Reads the articles and problems of content that is open, like [`read_articles`].
pub fn read_content(
    content: Content,
    map: &FieldMap,
    sink: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> FileReport {
    read_with(content, map, sink, read_bytes)
}

/// Has `read` read every file that there is in the content.
fn read_with(
    mut content: Content,
    map: &FieldMap,
    sink: &mut dyn FnMut(Record) -> ControlFlow<()>,
    read: impl Fn(ByteReader<'_>, &mut Output<'_>, &mut FileReport) -> ControlFlow<()>,
) -> FileReport {
    let path = content.path().to_owned();
    let mut out = Output::new(&path, map, sink);
    let mut report = FileReport::default();
    let mut flow = guarded("archive", &mut out, |out| {
        content.visit(&mut |bytes| read(bytes, out, &mut report))
    });
    out.enter(None);
    report.format = content.packaging().or(report.format);
    report.hidden = content.hidden();
    report.passed_over = out.take_passed_over();
    if flow.is_continue() {
        report.content_hash = content.content_hash();
    }
    for problem in content.take_problems() {
        if flow.is_continue() {
            flow = out.forward(problem);
        }
    }
    report
}

/// Reads what is in one file, or in one member of an archive.
fn read_bytes(
    mut bytes: ByteReader<'_>,
    out: &mut Output<'_>,
    report: &mut FileReport,
) -> ControlFlow<()> {
    out.enter(bytes.member());
    let mut formats = BYTES_FORMATS.iter();
    if let Some(format) = formats.find(|format| format.detect(bytes.head())) {
        report.format = Some(format.name());
        let flow = guarded(format.name(), out, |out| format.parse(&mut bytes, out));
        report.text_bytes += bytes.given_bytes();
        flow?;
        return bytes
            .take_problem()
            .map_or(ControlFlow::Continue(()), |problem| out.forward(problem));
    }
    read_text(FORMATS, TextReader::new(bytes), out, report)
}

fn read_text(
    formats: &[&'static dyn Format],
    mut text: TextReader<'_>,
    out: &mut Output<'_>,
    report: &mut FileReport,
) -> ControlFlow<()> {
    if text.is_binary() {
        report.binary += 1;
    } else {
        guarded("text", out, |out| {
            let Some(format) = recognise(formats, &mut text, out) else {
                return ControlFlow::Continue(());
            };
            report.format = Some(format.name());
            guarded(format.name(), out, |out| format.parse(&mut text, out))
        })?;
    }
    report.text_bytes += text.text_bytes();
    text.take_problems()
        .into_iter()
        .try_for_each(|problem| out.forward(problem))
}

/// Runs a parser. If it panics over the untrusted text, the file is reported, and the
/// run goes on with the next one.
fn guarded(
    name: &str,
    out: &mut Output<'_>,
    parse: impl FnOnce(&mut Output<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    // Of what was read only the hash and the problems are asked for afterwards.
    match catch_unwind(AssertUnwindSafe(|| parse(out))) {
        Ok(flow) => flow,
        Err(panic) if out.is_handing_on() => resume_unwind(panic),
        Err(_) => {
            let message = format!("the {name} parser failed on this file");
            out.problem(ProblemKind::Malformed, Place::default(), message)
        }
    }
}

/// The format of a text; `None` for one that nothing here can read.
fn recognise(
    formats: &[&'static dyn Format],
    text: &mut TextReader,
    out: &mut Output<'_>,
) -> Option<&'static dyn Format> {
    text.buffer_line(MAX_RECORD_BYTES);
    let sample = Sample {
        text: text.buffered(),
        is_all: text.has_ended(),
        map: out.map(),
    };
    let format = formats.iter().find(|format| format.detect(&sample));
    if format.is_none() {
        out.reject_format("no format that is read here");
    }
    format.copied()
}
