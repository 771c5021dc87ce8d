//! JSON that is not in lines: one record, many one after the other, or a list of them,
//! at the top or under a key such as `articles`, or each under a key of its own.
//!
//! In: text of any length. Out: an article for each object, handed on while the text is
//! read. Where records begin and end is told by brackets and quotes alone, so that a
//! record that is broken or too large costs only itself, and a file of any size takes
//! the memory of one record.

mod by_outlet;
mod scanner;
#[cfg(test)]
mod tests;

use std::io::BufRead;
use std::ops::ControlFlow;

use super::field_names::{Field, field};
use super::fields::read_json;
use super::output::Output;
use super::repair::{read_repaired, without_line};
use super::{Format, MAX_RECORD_BYTES, Sample};
use crate::corpus::TextReader;
use crate::error::{Place, ProblemKind};

use scanner::{Extent, Kept, Scanner};

/// Keys under which a file keeps its list of records.
const CONTAINERS: &[&str] = &[
    "articles",
    "items",
    "item",
    "results",
    "docs",
    "documents",
    "records",
    "hits",
    "news",
    "stories",
    "entries",
    "posts",
    "response",
    "data",
    "rows",
];

/// Containers inside each other that are opened.
const MAX_LEVELS: usize = 16;

/// Bodies of a lower rank are texts, of a higher one perhaps remarks.
const MAX_TEXT_RANK: usize = 50;

/// The format.
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn detect(&self, sample: &Sample<'_>) -> bool {
        // JSON text sequences have a control character before each record.
        let text = sample.text.trim_start_matches(|c: char| c <= ' ');
        let (first, rest) = match text.chars().next() {
            Some('{') => ('"', text[1..].trim_start()),
            Some('[') => ('{', text[1..].trim_start()),
            _ => return false,
        };
        rest.starts_with(first) || matches!(rest.trim_end(), "}" | "]")
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        Records::new(text, out, MAX_RECORD_BYTES).read()
    }
}

/// Hands on the records of a text.
struct Records<'r, 'o> {
    scanner: Scanner<'r>,
    out: &'r mut Output<'o>,
    max_record_bytes: usize,
    /// Whether the text ends inside a list that was read until there.
    is_cut: bool,
    /// Whether a record that breaks off there was reported.
    is_told: bool,
    /// Whether a record was broken.
    has_broken: bool,
}

/// The values of a list.
#[derive(Clone, Copy)]
enum List<'a> {
    /// Records; anything else is a broken one.
    Records,
    /// Records, if they are objects.
    Container,
    /// Records that may be of an outlet, if they look like ones.
    Outlet(Option<&'a str>),
}

/// What is known of an object when its end comes.
struct Object {
    /// Its text, with `null` in the place of records that were handed on.
    text: Kept,
    /// Where it starts.
    line: u64,
    /// Records in it that were handed on.
    records: u64,
    /// Whether a key names a part of an article.
    is_named: bool,
    has_text: bool,
}

impl<'r, 'o> Records<'r, 'o> {
    fn new(text: &'r mut dyn BufRead, out: &'r mut Output<'o>, max_record_bytes: usize) -> Self {
        Self {
            scanner: Scanner::new(text),
            out,
            max_record_bytes,
            is_cut: false,
            is_told: false,
            has_broken: false,
        }
    }

    /// Reads value after value.
    fn read(mut self) -> ControlFlow<()> {
        let mut is_first = true;
        let mut was_record = true;
        while let Some(sign) = self.scanner.next_sign(&mut Kept::default()) {
            match sign {
                b'{' => {
                    if !is_first {
                        self.out.expect_many();
                    }
                    self.object(0)?;
                }
                b'[' => _ = self.list(List::Records, 0)?,
                b',' => self.scanner.take_sign(&mut Kept::default()),
                // What a broken record leaves open is closed behind it.
                b'}' | b']' if self.has_broken => self.pass_over(sign),
                // What is none of these is one broken record, up to the next that is.
                _ if !was_record => self.pass_over(sign),
                _ => self.reject(sign)?,
            }
            is_first = false;
            was_record = matches!(sign, b'{' | b'[');
        }
        if !self.is_cut || self.is_told {
            return ControlFlow::Continue(());
        }
        let place = Place {
            line: Some(self.scanner.line()),
            ..Place::default()
        };
        let message = "broken JSON: the file ends in the middle of a list";
        self.out.problem(ProblemKind::Malformed, place, message)
    }

    /// Reads a list; returns how many records there were.
    fn list(&mut self, list: List<'_>, level: usize) -> ControlFlow<(), u64> {
        let nothing = &mut Kept::default();
        self.scanner.take_sign(nothing);
        let mut count = 0;
        while let Some(sign) = self.scanner.next_sign(nothing) {
            match (sign, list) {
                (b']', _) => {
                    self.scanner.take_sign(nothing);
                    return ControlFlow::Continue(count);
                }
                // The end of what is around it: the bracket was forgotten.
                (b'}', _) if level > 0 => return ControlFlow::Continue(count),
                (b',', _) => self.scanner.take_sign(nothing),
                (b'{', _) => count += self.item(list)?,
                (_, List::Records) => {
                    self.reject(sign)?;
                    count += 1;
                }
                _ => self.pass_over(sign),
            }
        }
        self.is_cut = true;
        ControlFlow::Continue(count)
    }

    /// Reads an object of a list; returns whether it is a record.
    fn item(&mut self, list: List<'_>) -> ControlFlow<(), u64> {
        let line = self.scanner.line();
        let text = self.text();
        match list {
            List::Outlet(outlet) if !text.is_over => self.emit_of_outlet(&text, line, outlet),
            _ => {
                self.out.expect_many();
                self.emit(&text, line)?;
                ControlFlow::Continue(1)
            }
        }
    }

    /// Reads an object that may hold lists of records, or be one; returns how many there were.
    fn object(&mut self, level: usize) -> ControlFlow<(), u64> {
        let mut object = Object {
            text: Kept::new(self.max_record_bytes),
            line: self.scanner.line(),
            records: 0,
            is_named: false,
            has_text: false,
        };
        self.scanner.take_sign(&mut object.text);
        let (mut is_value, mut is_container) = (false, false);
        while let Some(sign) = self.scanner.next_sign(&mut object.text) {
            match sign {
                b'}' => {
                    self.scanner.take_sign(&mut object.text);
                    return self.finish(object);
                }
                // The end of what is around it: the brace was forgotten.
                b']' => return self.finish(object),
                b',' | b':' => {
                    self.scanner.take_sign(&mut object.text);
                    is_value = sign == b':';
                }
                b'{' | b'[' if is_value && is_container && level < MAX_LEVELS => {
                    object.text.push(b"null");
                    object.records += match sign {
                        b'{' => self.object(level + 1)?,
                        _ => self.list(List::Container, level + 1)?,
                    };
                }
                b'"' if !is_value => is_container = self.key(&mut object),
                _ => {
                    let may_be_outlets =
                        matches!(sign, b'[' | b'{') && level == 0 && object.has_nothing();
                    if let Some(extent) = self.scanner.take_value(&mut object.text) {
                        if may_be_outlets {
                            return self.rest_by_outlet(&object);
                        }
                        self.scanner.skip(extent);
                    }
                }
            }
        }
        if object.records > 0 {
            self.is_cut = true;
            return ControlFlow::Continue(object.records);
        }
        self.finish(object)
    }

    /// Reads a key of an object; returns whether it names a container.
    fn key(&mut self, object: &mut Object) -> bool {
        let quoted = self.text();
        let key = unquoted(&quoted);
        object.text.push(&quoted.bytes);
        object.text.is_over |= quoted.is_over;
        // What the user names by a way from here is part of this record.
        if self.out.map().begins_with(key) {
            object.is_named = true;
        } else if CONTAINERS.contains(&key) {
            return true;
        }
        if let Some((field, rank)) = field(key) {
            object.is_named = true;
            object.has_text |= field == Field::Body && rank < MAX_TEXT_RANK;
        }
        false
    }

    /// Takes a value, as far as it fits.
    fn text(&mut self) -> Kept {
        let mut text = Kept::new(self.max_record_bytes);
        if let Some(extent) = self.scanner.take_value(&mut text) {
            self.scanner.skip(extent);
        }
        text
    }

    fn finish(&mut self, mut object: Object) -> ControlFlow<(), u64> {
        if object.has_nothing() {
            object.records = self.all_by_outlet(&object)?;
        }
        // Around a list of records there may be a title, but no text.
        if object.records == 0 || object.has_text {
            self.emit(&object.text, object.line)?;
            object.records += 1;
        }
        ControlFlow::Continue(object.records)
    }

    /// Hands on a record, or tells why there is none.
    fn emit(&mut self, text: &Kept, line: u64) -> ControlFlow<()> {
        let place = self.place(line);
        if text.is_over {
            return self.too_large(place);
        }
        let json = String::from_utf8_lossy(&text.bytes);
        let map = self.out.map();
        let record = |json| read_json(json, map);
        match read_repaired(&json, &mut None, record) {
            Ok(record) => self.out.article(record.into_draft(), place),
            Err(error) => self.broken(&error, place),
        }
    }

    /// The place of one more record.
    fn place(&mut self, line: u64) -> Place {
        Place {
            line: Some(line),
            record: Some(self.out.begin_record()),
            byte: None,
        }
    }

    fn too_large(&mut self, place: Place) -> ControlFlow<()> {
        let message = format!("a record of over {} MB", self.max_record_bytes >> 20);
        self.out.problem(ProblemKind::TooLarge, place, message)
    }

    fn broken(&mut self, error: &serde_json::Error, place: Place) -> ControlFlow<()> {
        self.has_broken = true;
        self.is_told |= self.scanner.next_sign(&mut Kept::default()).is_none();
        let lines_before = error.line().saturating_sub(1) as u64;
        let place = Place {
            line: place.line.map(|line| line + lines_before),
            ..place
        };
        let message = format!("broken JSON: {}", without_line(error));
        self.out.problem(ProblemKind::Malformed, place, message)
    }

    /// Reports something that should be an object.
    fn reject(&mut self, sign: u8) -> ControlFlow<()> {
        let place = self.place(self.scanner.line());
        self.pass_over(sign);
        self.out
            .problem(ProblemKind::Malformed, place, "not a JSON object")
    }

    fn pass_over(&mut self, sign: u8) {
        match sign {
            b'}' | b']' | b':' | b',' => self.scanner.take_sign(&mut Kept::default()),
            _ => self.scanner.skip(Extent::default()),
        }
    }
}

impl Object {
    /// Whether it is in memory, and nothing that a record or a container would have is in it.
    fn has_nothing(&self) -> bool {
        self.records == 0 && !self.is_named && !self.text.is_over
    }
}

/// What stands in the quotes of a key.
fn unquoted(key: &Kept) -> &str {
    let text = str::from_utf8(&key.bytes).unwrap_or_default();
    text.trim_matches('"')
}
