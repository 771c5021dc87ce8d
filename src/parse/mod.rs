//! From a file to its articles.
//!
//! In: a [`FileEntry`]. Out: [`Record`]s in file order, and a [`FileReport`].
//! The format is recognised by content, never by name alone.
//!
//! A format is one file that implements `Format`, and one line in
//! `FORMATS`. Formats find the fields; what a field's text turns into (dates,
//! language, clean paragraphs) is the same for all of them (`draft.rs`).

mod date;
mod draft;
mod entities;
mod field_names;
mod fields;
mod front_matter;
mod html;
mod iptc7901;
mod json;
mod json_lines;
mod language;
mod lines;
mod markdown;
mod markup;
mod newsml1;
mod newsml_g2;
mod nitf;
mod node;
mod output;
mod plain;
mod repair;
#[cfg(test)]
mod tests;
mod tidy;
mod wire;
mod xml;

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::article::Article;
use crate::corpus::{FileEntry, TextReader};
use crate::error::{Place, Problem, ProblemKind};

pub use date::{BadDate, parse_date};

use output::Output;

/// Bytes of text that a record, or a file of a single record, may have.
const MAX_RECORD_BYTES: usize = 64 << 20;

/// The formats, in the order in which they are asked; the last one takes anything.
const FORMATS: &[&dyn Format] = &[
    &json_lines::JsonLines,
    &json::Json,
    &nitf::Nitf,
    &newsml_g2::NewsmlG2,
    &newsml1::Newsml1,
    &iptc7901::Iptc7901,
    &html::Html,
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
    /// The format's name, as reports show it (`html`, `jsonl`); `None` for a binary file that was left out.
    pub format: Option<&'static str>,
    /// xxh3-128 of the bytes on disk, as far as they could be read.
    pub content_hash: u128,
    /// Bytes of text after unpacking and decoding.
    pub text_bytes: u64,
}

/// One way to write articles into files.
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
}

/// Reads a file's articles and problems into `sink`, in file order, until it breaks off.
///
/// The report is about the whole file; if `sink` broke off, about what was read
/// until then, and its hash means nothing.
pub fn read_articles(
    file: &FileEntry,
    sink: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> FileReport {
    let path = file.path.display().to_string();
    let mut text = match TextReader::open(file) {
        Ok(text) => text,
        Err(problem) => {
            let _ = sink(Record::Problem(problem));
            return FileReport::default();
        }
    };
    let mut out = Output::new(&path, sink);
    let (format, mut flow) = parse_guarded(FORMATS, &mut text, &mut out);
    let content_hash = if flow.is_continue() {
        text.content_hash()
    } else {
        0
    };
    for problem in text.take_problems() {
        if flow.is_continue() {
            flow = out.forward(problem);
        }
    }
    FileReport {
        format: format.map(Format::name),
        content_hash,
        text_bytes: text.text_bytes(),
    }
}

/// Recognises a file's format and has it read the file. If that panics over the
/// untrusted text, the file is reported, and the run goes on with the next one.
fn parse_guarded(
    formats: &[&'static dyn Format],
    text: &mut TextReader,
    out: &mut Output<'_>,
) -> (Option<&'static dyn Format>, ControlFlow<()>) {
    let mut format = None;
    let parse = || {
        format = recognise(formats, text, out);
        format.map_or(ControlFlow::Continue(()), |format| format.parse(text, out))
    };
    // Of the text only the hash and the problems are asked for afterwards.
    let flow = match catch_unwind(AssertUnwindSafe(parse)) {
        Ok(flow) => flow,
        Err(panic) if out.is_handing_on() => resume_unwind(panic),
        Err(_) => {
            let name = format.map_or("format", Format::name);
            let message = format!("the {name} parser failed on this file");
            out.problem(ProblemKind::Malformed, Place::default(), message)
        }
    };
    (format, flow)
}

/// The format of a text; `None` for a binary file, and for one that nothing here can read.
fn recognise(
    formats: &[&'static dyn Format],
    text: &mut TextReader,
    out: &mut Output<'_>,
) -> Option<&'static dyn Format> {
    if text.is_binary() {
        return None;
    }
    text.buffer_line(MAX_RECORD_BYTES);
    let sample = Sample {
        text: text.buffered(),
        is_all: text.has_ended(),
    };
    let format = formats.iter().find(|format| format.detect(&sample));
    if format.is_none() {
        out.reject_format("no format that is read here");
    }
    format.copied()
}
