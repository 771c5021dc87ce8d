//! A file as text: decoded to UTF-8 while it is read, by the line or as a whole.
//!
//! In: a [`ByteReader`]. Out: lines or all of the text, with memory bounded by
//! the caller's limit, and the problems met.
//!
//! Bytes stay ASCII until one shows that they are not; only then the encoding
//! is chosen, by what surrounds it. NUL characters are dropped, bytes that make
//! no sense become U+FFFD.

use std::io::{self, BufRead, ErrorKind, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding};
use memchr::{memchr, memrchr};

use super::binary::is_binary;
use super::bytes::ByteReader;
use super::decode::{guess_encoding, marked_encoding};
use super::unpack::HEAD_BYTES;
use crate::error::{Place, Problem, ProblemKind};

/// One line of a text.
#[derive(Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// The line without its end.
    Text(&'a str),
    /// A line over the limit was passed over.
    TooLong,
}

/// The text of one file.
pub struct TextReader<'a> {
    bytes: ByteReader<'a>,
    raw: Vec<u8>,
    /// None while all bytes were ASCII.
    decoder: Option<Decoder>,
    encoding: Option<&'static Encoding>,
    text: String,
    /// Where in `text` the unread part starts.
    start: usize,
    /// Bytes that may still be taken of the record, by [`BufRead`].
    record_bytes_left: usize,
    has_ended: bool,
    is_binary: bool,
    text_bytes: u64,
    bad_sequences: u64,
    first_bad_byte: u64,
}

impl<'a> TextReader<'a> {
    /// Takes bytes of which nothing was read yet for a text.
    pub fn new(bytes: ByteReader<'a>) -> Self {
        let mut reader = Self {
            bytes,
            raw: Vec::new(),
            decoder: None,
            encoding: None,
            text: String::new(),
            start: 0,
            record_bytes_left: usize::MAX,
            has_ended: false,
            is_binary: false,
            text_bytes: 0,
            bad_sequences: 0,
            first_bad_byte: 0,
        };
        reader.read_first();
        reader
    }

    /// Whether the file holds no text.
    pub fn is_binary(&self) -> bool {
        self.is_binary
    }

    /// The unread text that is in memory: after [`TextReader::new`], the start of the file.
    pub fn buffered(&self) -> &str {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// Whether nothing is left beyond [`TextReader::buffered`].
    pub fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// Reads on until the first line is in memory, or `max_bytes` are.
    pub fn buffer_line(&mut self, max_bytes: usize) {
        let mut searched = 0;
        loop {
            let unread = self.buffered().as_bytes();
            if unread.len() > max_bytes || memchr(b'\n', &unread[searched..]).is_some() {
                return;
            }
            searched = unread.len();
            if !self.read_more() {
                return;
            }
        }
    }

    /// Reads the next line; `None` at the end. Of a line over `max_bytes` nothing
    /// is kept.
    pub fn read_line(&mut self, max_bytes: usize) -> Option<Line<'_>> {
        self.finish_character();
        let mut searched = 0;
        loop {
            let unread = &self.text.as_bytes()[self.start..];
            if let Some(at) = memchr(b'\n', &unread[searched..]) {
                let from = self.start;
                let to = from + searched + at;
                self.start = to + 1;
                let is_too_long = to - from > max_bytes;
                return Some(self.line(from, to, is_too_long));
            }
            searched = unread.len();
            if searched > max_bytes {
                self.skip_line();
                return Some(Line::TooLong);
            }
            if !self.read_more() {
                let (from, to) = (self.start, self.text.len());
                self.start = to;
                return (from < to).then(|| self.line(from, to, to - from > max_bytes));
            }
        }
    }

    /// Reads the rest of the text, up to `max_bytes` (and a chunk); says whether that was all.
    pub fn read_rest(&mut self, max_bytes: usize) -> (String, bool) {
        self.finish_character();
        while self.buffered().len() <= max_bytes && self.read_more() {}
        let is_all = self.buffered().len() <= max_bytes;
        let start = std::mem::take(&mut self.start);
        let mut text = std::mem::take(&mut self.text);
        text.drain(..start);
        let mut end = max_bytes.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        (text, is_all)
    }

    /// Bytes of text decoded so far.
    pub fn text_bytes(&self) -> u64 {
        self.text_bytes
    }

    /// Starts a record that reading by [`BufRead`] fails to go beyond after `max_bytes`.
    pub fn start_record(&mut self, max_bytes: usize) {
        self.record_bytes_left = max_bytes;
    }

    /// The problems of unpacking and decoding that were met so far, each once.
    pub fn take_problems(&mut self) -> Vec<Problem> {
        let mut problems: Vec<_> = self.bytes.take_problem().into_iter().collect();
        if self.bad_sequences > 0 && !self.is_binary {
            let name = self.encoding.map_or("ASCII", Encoding::name);
            let count = self.bad_sequences;
            let places = if count == 1 { "place" } else { "places" };
            problems.push(Problem {
                kind: ProblemKind::Encoding,
                path: self.bytes.path().to_owned(),
                member: self.bytes.member().map(str::to_owned),
                place: Place {
                    byte: Some(self.first_bad_byte),
                    ..Place::default()
                },
                message: format!("not valid {name} in {count} {places}, replaced by U+FFFD"),
            });
            self.bad_sequences = 0;
        }
        problems
    }

    /// Passes over what is left of a character of which [`Read`] gave a part.
    fn finish_character(&mut self) {
        self.start = self.text.ceil_char_boundary(self.start);
    }

    fn line(&self, from: usize, to: usize, is_too_long: bool) -> Line<'_> {
        if is_too_long {
            return Line::TooLong;
        }
        let line = &self.text[from..to];
        Line::Text(line.strip_suffix('\r').unwrap_or(line))
    }

    fn skip_line(&mut self) {
        loop {
            self.text.clear();
            self.start = 0;
            if !self.read_more() {
                return;
            }
            if let Some(at) = memchr(b'\n', self.text.as_bytes()) {
                self.start = at + 1;
                return;
            }
        }
    }

    fn read_first(&mut self) {
        let head = self.bytes.take_head();
        let mut skipped = 0;
        if let Some((encoding, mark_bytes)) = marked_encoding(&head) {
            self.use_encoding(encoding);
            skipped = mark_bytes;
        } else if is_binary(&head) {
            self.is_binary = true;
            self.has_ended = true;
            return;
        }
        self.has_ended = self.bytes.fills_up() && head.len() < HEAD_BYTES;
        self.decode(&head[skipped..], true);
        self.raw = head;
        if !self.has_ended {
            self.raw.resize(HEAD_BYTES, 0);
        }
    }

    /// Decodes one more chunk; false at the end.
    fn read_more(&mut self) -> bool {
        if self.has_ended {
            return false;
        }
        let count = self.bytes.fill(&mut self.raw);
        self.has_ended = count == 0 || (self.bytes.fills_up() && count < self.raw.len());
        if self.start > 0 {
            self.text.drain(..self.start);
            self.start = 0;
        }
        let raw = std::mem::take(&mut self.raw);
        self.decode(&raw[..count], false);
        self.raw = raw;
        true
    }

    fn use_encoding(&mut self, encoding: &'static Encoding) {
        self.encoding = Some(encoding);
        self.decoder = Some(encoding.new_decoder_without_bom_handling());
    }

    fn decode(&mut self, bytes: &[u8], is_start: bool) {
        let before = self.text.len();
        if self.decoder.is_none() {
            let Some(encoding) = guess_encoding(bytes, is_start) else {
                // Of ASCII, nothing is lost.
                self.text.push_str(&String::from_utf8_lossy(bytes));
                self.finish_chunk(before);
                return;
            };
            self.use_encoding(encoding);
        }
        let has_ended = self.has_ended;
        let Some(decoder) = &mut self.decoder else {
            return;
        };
        let mut rest = bytes;
        loop {
            let needed = decoder.max_utf8_buffer_length_without_replacement(rest.len());
            self.text.reserve(needed.unwrap_or(rest.len() * 4) + 4);
            let (result, read) =
                decoder.decode_to_string_without_replacement(rest, &mut self.text, has_ended);
            rest = &rest[read..];
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    if self.bad_sequences == 0 {
                        self.first_bad_byte = self.text_bytes + (self.text.len() - before) as u64;
                    }
                    self.bad_sequences += 1;
                    self.text.push('\u{fffd}');
                }
            }
        }
        self.finish_chunk(before);
    }

    /// Drops NUL characters from what was decoded, and counts the rest.
    fn finish_chunk(&mut self, before: usize) {
        if memrchr(0, &self.text.as_bytes()[before..]).is_some() {
            let cleaned = self.text[before..].replace('\0', "");
            self.text.truncate(before);
            self.text.push_str(&cleaned);
        }
        self.text_bytes += (self.text.len() - before) as u64;
    }
}

/// The decoded text.
impl BufRead for TextReader<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.start == self.text.len() && self.read_more() {}
        let unread = &self.text.as_bytes()[self.start..];
        if self.record_bytes_left == 0 && !unread.is_empty() {
            let message = "a record without end";
            return Err(io::Error::new(ErrorKind::FileTooLarge, message));
        }
        Ok(&unread[..unread.len().min(self.record_bytes_left)])
    }

    fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.text.len());
        self.record_bytes_left -= count.min(self.record_bytes_left);
    }
}

impl Read for TextReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut unread = self.fill_buf()?;
        let count = unread.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}
