//! PDF files that hold text, not only pictures of it.
//!
//! In: the bytes of a file. Out: its text as one article, or the articles of a news
//! database's export. What each page draws ([`page`], [`font`]) becomes lines in the
//! order of reading ([`layout`]), and those paragraphs ([`paragraphs`]).
//!
//! The title is the line in the largest letters of the first page, or what the file
//! says if that page says so elsewhere. The dates of a file are those of its making.

mod font;
mod geometry;
mod layout;
mod page;
mod paragraphs;
mod pieces;
mod running;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use lopdf::{Dictionary, Document, LoadOptions, Object, decode_text_string};

use super::document::{Properties, hand_on, read_whole};
use super::output::Output;
use super::{BytesFormat, vendor};
use crate::corpus::ByteReader;
use crate::error::{Place, ProblemKind};
use crate::text::single_spaced;
use layout::{Line, lines};
use page::Pages;
use pieces::Piece;
use running::drop_running;

/// What a file starts with.
const MARK: &[u8] = b"%PDF-";
/// Pages that are read.
const MAX_PAGES: usize = 5_000;
/// Bytes that a stream of the file's own tables may have when it is unpacked.
const MAX_STREAM_BYTES: usize = 64 << 20;
/// Letters of a title are larger than those of the text by this factor.
const TITLE_SCALE: f32 = 1.25;
/// Lines that a title may have.
const MAX_TITLE_LINES: usize = 5;

/// The format.
pub(super) struct Pdf;

impl BytesFormat for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    /// Some files have a few bytes of another program before their mark; texts may speak
    /// of it, but do not end the line after the version.
    fn detect(&self, head: &[u8]) -> bool {
        let start = &head[..head.len().min(32)];
        let Some(at) = memchr::memmem::find(start, MARK) else {
            return false;
        };
        let version = &head[at + MARK.len()..];
        let is_digit = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
        let digits = version.iter().take_while(|byte| is_digit(byte)).count();
        let after = version[digits..].iter().find(|byte| **byte != b' ');
        at == 0 || (digits > 0 && after.is_none_or(|byte| matches!(byte, b'\n' | b'\r' | b'%')))
    }

    fn parse(&self, bytes: &mut ByteReader, out: &mut Output<'_>) -> ControlFlow<()> {
        let bytes = read_whole(bytes, out)?;
        match read(&bytes) {
            Ok(read) => {
                if let Some(complaint) = read.complaint {
                    out.problem(ProblemKind::TooLarge, Place::default(), complaint)?;
                }
                hand_on(&read.text, read.properties, out)
            }
            Err((kind, message)) => {
                out.begin_record();
                out.problem(kind, Place::default(), message)
            }
        }
    }
}

/// What a file says.
struct Read {
    text: String,
    properties: Properties,
    complaint: Option<String>,
}

fn read(bytes: &[u8]) -> Result<Read, (ProblemKind, String)> {
    let start = memchr::memmem::find(bytes, MARK).unwrap_or(0);
    let options = LoadOptions::with_max_decompressed_size(MAX_STREAM_BYTES);
    let document = Document::load_mem_with_options(&bytes[start..], options)
        .map_err(|cause| unreadable(&cause))?;
    if document.is_encrypted() {
        return Err(encrypted());
    }
    let mut complaint = None;
    let mut pages = Pages::new(&document);
    let mut pieces: Vec<Vec<Piece>> = Vec::new();
    let mut count = 0;
    for page in document.page_iter() {
        count += 1;
        if count > MAX_PAGES || pages.is_exhausted() {
            complaint = Some(format!("only the first {} pages were read", count - 1));
            break;
        }
        pieces.push(pages.read(page));
    }
    if pages.skipped_pages() > 0 {
        let count = pages.skipped_pages();
        complaint = Some(format!("{count} pages draw too much to be read"));
    }
    if pieces.iter().all(Vec::is_empty) {
        let message = format!(
            "no text in {count} pages, which may be pictures of text; read them with OCR first"
        );
        return Err((ProblemKind::NoText, message));
    }
    drop_running(&mut pieces);
    let lines: Vec<Vec<Line>> = pieces.into_iter().map(lines).collect();
    let mut properties = read_properties(&document);
    properties.heading = heading(&lines, &properties.title);
    let mut text = paragraphs::text(lines);
    // The fields of an export are lines, however near they are.
    if !vendor::is_export(&text) {
        text = paragraphs::flow(&text);
    }
    Ok(Read {
        text,
        properties,
        complaint,
    })
}

fn unreadable(cause: &lopdf::Error) -> (ProblemKind, String) {
    match cause {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => encrypted(),
        cause => {
            let message = format!("the PDF file cannot be read: {cause}");
            (ProblemKind::Malformed, message)
        }
    }
}

fn encrypted() -> (ProblemKind, String) {
    let message = "encrypted with a password; save it without one";
    (ProblemKind::Unreadable, message.to_owned())
}

fn read_properties(document: &Document) -> Properties {
    let info = document
        .trailer
        .get_deref(b"Info", document)
        .and_then(Object::as_dict);
    let text = |key: &[u8]| -> String {
        let value = info
            .as_ref()
            .ok()
            .and_then(|info: &&Dictionary| info.get_deref(key, document).ok());
        value
            .and_then(|value| decode_text_string(value).ok())
            .unwrap_or_default()
    };
    let dates = [text(b"ModDate"), text(b"CreationDate")];
    let lang = document
        .catalog()
        .and_then(|catalog| catalog.get_deref(b"Lang", document));
    Properties {
        title: text(b"Title"),
        author: text(b"Author"),
        modified: dates
            .iter()
            .find_map(|date| iso_date(date))
            .unwrap_or_default(),
        lang: lang
            .ok()
            .and_then(|lang| decode_text_string(lang).ok())
            .unwrap_or_default(),
        heading: String::new(),
    }
}

/// `D:20250315083000+01'00'` as ISO 8601 has it, as far as it goes.
fn iso_date(date: &str) -> Option<String> {
    let digits = date.trim().trim_start_matches("D:");
    let part = |from: usize, to: usize| {
        let part = digits.get(from..to)?;
        part.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then_some(part)
    };
    let (year, month, day) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let (Some(hour), Some(minute), Some(second)) = (part(8, 10), part(10, 12), part(12, 14)) else {
        return Some(format!("{year}-{month}-{day}"));
    };
    let zone = digits.get(14..).unwrap_or("").replace('\'', ":");
    let zone = zone.trim_end_matches(':');
    Some(format!(
        "{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"
    ))
}

/// The title that the first page shows: its lines in the largest letters if what the
/// file says is part of them or not there; else what the file says.
fn heading(pages: &[Vec<Line>], told: &str) -> String {
    const MIN_TOLD_CHARS: usize = 6;
    let Some(first) = pages.iter().find(|page| !page.is_empty()) else {
        return String::new();
    };
    let large = largest_lines(first, usual_size(pages) * TITLE_SCALE);
    let shown: Vec<&str> = first.iter().map(|line| line.text.as_str()).collect();
    let told_words = words(told);
    let is_shown =
        told_words.len() >= MIN_TOLD_CHARS && words(&shown.join(" ")).contains(&told_words);
    if is_shown && !words(&large).contains(&told_words) {
        return told.trim().to_owned();
    }
    large
}

/// The first run of lines in the largest letters of a page, if these are larger than `size`.
fn largest_lines(page: &[Line], size: f32) -> String {
    let is_large = |line: &&Line| line.size > size && line.text.chars().any(char::is_alphabetic);
    let large = page.iter().filter(is_large);
    let Some(largest) = large.max_by(|a, b| a.size.total_cmp(&b.size)) else {
        return String::new();
    };
    let is_title = |line: &&Line| (line.size - largest.size).abs() < largest.size * 0.05;
    let title = page
        .iter()
        .skip_while(|line| !is_title(line))
        .take_while(is_title);
    let title: Vec<&str> = title
        .take(MAX_TITLE_LINES)
        .map(|line| line.text.as_str())
        .collect();
    title.join(" ")
}

/// A text in lower case with single spaces.
fn words(text: &str) -> String {
    single_spaced(&text.to_lowercase())
}

/// The size of most letters.
fn usual_size(pages: &[Vec<Line>]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = pages
        .iter()
        .flatten()
        .map(|line| (line.size, line.text.len()))
        .collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, chars)| chars).sum::<usize>() / 2;
    let mut seen = 0;
    for (size, chars) in sizes {
        seen += chars;
        if seen > half {
            return size;
        }
    }
    1.0
}
