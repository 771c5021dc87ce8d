//! Cuts a stream of SGML into its records.
//!
//! In: a stream and the name of the element that is a record. Out: record after
//! record, with the line that it starts in, and what there is between them if that
//! is words.
//!
//! A record ends at its end tag, or where the next one starts; it is the only one in
//! memory. Every byte is looked at once for each of both ends.

use std::borrow::Cow;
use std::io::BufRead;
use std::ops::ControlFlow;

use memchr::{memchr, memchr_iter, memmem};

use crate::corpus::TextReader;
use crate::error::{Place, ProblemKind};
use crate::parse::MAX_RECORD_BYTES;
use crate::parse::draft::Draft;
use crate::parse::output::Output;

/// Hands on the article of each record of a file. `read` also gives a complaint if
/// it could not read a record with care.
pub(super) fn read_records(
    text: &mut TextReader,
    name: &'static str,
    read: fn(&str) -> (Draft, Option<String>),
    out: &mut Output<'_>,
) -> ControlFlow<()> {
    out.expect_many();
    let mut records = Records::new(text, name, MAX_RECORD_BYTES);
    while let Some(piece) = records.next() {
        let mut place = Place {
            line: Some(piece.line),
            ..Place::default()
        };
        let (kind, message) = match piece.kind {
            Kind::Outside => {
                let message = format!("text outside of any <{name}>, left out");
                out.problem(ProblemKind::Malformed, place, message)?;
                continue;
            }
            Kind::TooLarge => {
                let message = format!("a record of over {} MB", MAX_RECORD_BYTES >> 20);
                (ProblemKind::TooLarge, Some(message))
            }
            Kind::Cut => {
                let message = format!("the file ends before </{name}>");
                (ProblemKind::Malformed, Some(message))
            }
            Kind::Whole => (ProblemKind::Malformed, None),
        };
        place.record = Some(out.begin_record());
        if let Some(message) = message {
            out.problem(kind, place, message)?;
        }
        if piece.kind != Kind::TooLarge {
            let (draft, complaint) = read(&piece.text);
            if let Some(complaint) = complaint {
                out.problem(ProblemKind::TooLarge, place, complaint)?;
            }
            out.article(draft, place)?;
        }
    }
    ControlFlow::Continue(())
}

/// What a piece of the stream is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A record, from its start tag up to its end tag or the next record.
    Whole,
    /// The last record, without its end tag.
    Cut,
    /// A record over the limit; its text is of no use.
    TooLarge,
    /// Words between records.
    Outside,
}

/// A piece of the stream.
#[derive(Debug)]
struct Piece<'a> {
    kind: Kind,
    /// The line that it starts in, from 1.
    line: u64,
    text: Cow<'a, str>,
}

/// Where in the stream the next piece starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Between two records.
    Outside,
    /// At the start tag of a record.
    Inside,
    /// Within a record that is too large.
    Skipping,
}

/// Why a piece ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    StartTag,
    EndTag,
    Limit,
    EndOfText,
}

/// The pieces of a stream.
struct Records<R> {
    input: R,
    /// The name of the element that is a record.
    name: &'static str,
    max_bytes: usize,
    pending: Vec<u8>,
    /// Where in `pending` the next piece starts, and its line.
    start: usize,
    line: u64,
    state: State,
}

impl<R: BufRead> Records<R> {
    fn new(input: R, name: &'static str, max_bytes: usize) -> Self {
        Self {
            input,
            name,
            max_bytes,
            pending: Vec::new(),
            start: 0,
            line: 1,
            state: State::Outside,
        }
    }

    /// The next piece; `None` at the end of the stream.
    fn next(&mut self) -> Option<Piece<'_>> {
        loop {
            let (length, stop) = self.find_stop();
            let state = self.state;
            self.state = after(state, stop);
            let kind = match (state, stop) {
                (State::Inside, Stop::StartTag | Stop::EndTag) => Some(Kind::Whole),
                (State::Inside, Stop::EndOfText) => Some(Kind::Cut),
                (State::Inside, Stop::Limit) => Some(Kind::TooLarge),
                (State::Outside, _) if has_words(self.piece(length)) => Some(Kind::Outside),
                _ => None,
            };
            if let Some(kind) = kind {
                return Some(self.take(kind, length));
            }
            self.skip(length);
            if stop == Stop::EndOfText {
                return None;
            }
        }
    }

    /// How long the next piece is, and what ends it.
    fn find_stop(&mut self) -> (usize, Stop) {
        // The record's own start tag does not end it.
        let mut searched = usize::from(self.state == State::Inside);
        loop {
            let piece = &self.pending[self.start..];
            for at in memchr_iter(b'<', piece.get(searched..).unwrap_or(&[])) {
                let at = searched + at;
                match tag_kind(&piece[at..], self.name) {
                    // What ends no record is a stray end tag, and passed over.
                    Some(Stop::EndTag) if self.state == State::Outside => {}
                    Some(stop) => return (at, stop),
                    None => {}
                }
            }
            if piece.len() > self.max_bytes {
                return (piece.len(), Stop::Limit);
            }
            // A tag may be cut at the end, so its bytes are looked at again.
            searched = searched.max(piece.len().saturating_sub(self.name.len() + 2));
            if !self.fill() {
                return (self.pending.len(), Stop::EndOfText);
            }
        }
    }

    /// Reads on, and forgets what was taken; false at the end. That reading failed
    /// is the reader's to report.
    fn fill(&mut self) -> bool {
        self.pending.drain(..self.start);
        self.start = 0;
        let length = match self.input.fill_buf() {
            Ok(bytes) => {
                self.pending.extend_from_slice(bytes);
                bytes.len()
            }
            Err(_) => 0,
        };
        self.input.consume(length);
        length > 0
    }

    fn piece(&self, length: usize) -> &[u8] {
        &self.pending[self.start..self.start + length]
    }

    fn skip(&mut self, length: usize) {
        self.line += memchr_iter(b'\n', self.piece(length)).count() as u64;
        self.start += length;
    }

    fn take(&mut self, kind: Kind, length: usize) -> Piece<'_> {
        let line = self.line;
        self.skip(length);
        let bytes = &self.pending[self.start - length..self.start];
        Piece {
            kind,
            line,
            // The reader decoded it, so it is valid, and this is the fast way to say so.
            text: std::str::from_utf8(bytes)
                .map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed),
        }
    }
}

fn after(state: State, stop: Stop) -> State {
    match (state, stop) {
        (_, Stop::StartTag) => State::Inside,
        (State::Inside | State::Skipping, Stop::Limit) => State::Skipping,
        _ => State::Outside,
    }
}

/// Whether the text starts with a record's start tag or end tag.
fn tag_kind(text: &[u8], name: &str) -> Option<Stop> {
    let (rest, stop) = match text.get(1)? {
        b'/' => (&text[2..], Stop::EndTag),
        _ => (&text[1..], Stop::StartTag),
    };
    let is_named = rest
        .get(..name.len())?
        .eq_ignore_ascii_case(name.as_bytes());
    let after = rest.get(name.len())?;
    (is_named && (*after == b'>' || after.is_ascii_whitespace())).then_some(stop)
}

/// Whether there is more than tags, comments and white space.
fn has_words(text: &[u8]) -> bool {
    let mut rest = text;
    loop {
        let tag = memchr(b'<', rest).unwrap_or(rest.len());
        if rest[..tag].iter().any(|byte| !byte.is_ascii_whitespace()) {
            return true;
        }
        rest = &rest[tag..];
        let end = if rest.starts_with(b"<!--") {
            memmem::find(rest, b"-->").map(|at| at + 2)
        } else {
            memchr(b'>', rest)
        };
        match end {
            Some(end) => rest = &rest[end + 1..],
            None => return false,
        }
    }
}
