//! Cuts a table into rows, and rows into cells.
//!
//! In: lines. Out: rows, which may go over several lines where a cell is quoted
//! (RFC 4180). A quote in a quoted cell is written twice or, by some programs, behind a
//! backslash.
//!
//! A quote that is never closed takes what follows with it, so a row that goes
//! wrong costs no more than its first line: the others are read again.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

use crate::corpus::{Line, TextReader};

/// Lines of rows that went wrong are read again up to so many bytes in all.
const MAX_AGAIN_BYTES: usize = 256 << 20;

/// How the cells of a table are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// The ASCII character between cells.
    pub(super) separator: u8,
    /// Whether a quote behind a backslash is part of its cell.
    pub(super) has_escapes: bool,
}

/// Whether a table that starts like this has quotes behind backslashes: one must stand
/// where a cell cannot end, nor a quote be written twice.
pub(super) fn has_escapes(text: &str) -> bool {
    memmem::find_iter(text.as_bytes(), b"\\\"").any(|at| {
        let next = text.as_bytes().get(at + 2);
        next.is_some_and(|byte| !b"\",;|\t\r\n".contains(byte))
    })
}

/// Whether a quoted cell is open at some place of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    CellStart,
    Plain,
    Quoted,
    /// Behind a quote in a quoted cell: its end, or the first of two that stand for one.
    AfterQuote,
}

/// What comes next in a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A row; [`Rows::row`] has it.
    Row,
    /// A quote is not closed within the limit; the first line of the row was passed over.
    Open,
    /// A line over the limit was passed over.
    TooLong,
    End,
}

/// The rows of a table.
pub(super) struct Rows<'t, 'b> {
    text: &'t mut TextReader<'b>,
    dialect: Dialect,
    max_bytes: usize,
    row: String,
    /// Where the lines of the row end in it, but for the last.
    line_ends: Vec<usize>,
    /// Where the row starts, from 1.
    row_line: u64,
    lines_read: u64,
    /// Lines to be read again, and how far that has come.
    again: String,
    again_at: usize,
    again_bytes_left: usize,
}

impl<'t, 'b> Rows<'t, 'b> {
    /// The rows of a text.
    pub(super) fn new(text: &'t mut TextReader<'b>, dialect: Dialect, max_bytes: usize) -> Self {
        Self {
            text,
            dialect,
            max_bytes,
            row: String::new(),
            line_ends: Vec::new(),
            row_line: 0,
            lines_read: 0,
            again: String::new(),
            again_at: 0,
            again_bytes_left: MAX_AGAIN_BYTES,
        }
    }

    /// The last row.
    pub(super) fn row(&self) -> &str {
        &self.row
    }

    /// Whether it goes over several lines.
    pub(super) fn is_long(&self) -> bool {
        !self.line_ends.is_empty()
    }

    /// The line on which it starts, from 1.
    pub(super) fn line(&self) -> u64 {
        self.row_line
    }

    /// Goes to the next row that is not blank.
    pub(super) fn advance(&mut self) -> Next {
        loop {
            self.row.clear();
            self.line_ends.clear();
            self.row_line = self.lines_read + 1;
            let mut place = Place::CellStart;
            loop {
                let start = self.row.len();
                match self.add_line() {
                    Some(true) if self.row.len() <= self.max_bytes => {}
                    None if self.line_ends.is_empty() => return Next::End,
                    added => {
                        let is_one_line = self.line_ends.is_empty();
                        self.read_again();
                        let is_long = is_one_line || added == Some(false);
                        return if is_long { Next::TooLong } else { Next::Open };
                    }
                }
                place = scan(place, &self.row[start..], self.dialect);
                if place != Place::Quoted {
                    break;
                }
                self.line_ends.push(self.row.len());
                self.row.push('\n');
            }
            if !self.row.trim().is_empty() {
                return Next::Row;
            }
        }
    }

    /// Reads the lines of this row but for the first again.
    pub(super) fn read_again(&mut self) {
        let Some(&first) = self.line_ends.first() else {
            return;
        };
        let lines = &self.row[first + 1..];
        let Some(left) = self.again_bytes_left.checked_sub(lines.len()) else {
            return;
        };
        self.again_bytes_left = left;
        let rest = self.again.split_off(self.again_at);
        self.again.clear();
        self.again_at = 0;
        self.again.push_str(lines);
        if !lines.ends_with('\n') {
            self.again.push('\n');
        }
        self.again.push_str(&rest);
        self.lines_read = self.row_line;
    }

    /// Adds the next line to the row: whether that was possible, or nothing at the end.
    fn add_line(&mut self) -> Option<bool> {
        let left = &self.again[self.again_at..];
        if !left.is_empty() {
            let end = memchr(b'\n', left.as_bytes()).unwrap_or(left.len());
            self.row.push_str(&left[..end]);
            self.again_at = (self.again_at + end + 1).min(self.again.len());
            self.lines_read += 1;
            return Some(true);
        }
        let line = self.text.read_line(self.max_bytes)?;
        self.lines_read += 1;
        Some(match line {
            Line::Text(line) => {
                self.row.push_str(line);
                true
            }
            Line::TooLong => false,
        })
    }
}

/// Where a line leaves off that begins at a place.
fn scan(mut place: Place, line: &str, dialect: Dialect) -> Place {
    if place != Place::Quoted && memchr(b'"', line.as_bytes()).is_none() {
        return Place::Plain;
    }
    let mut bytes = line.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'\\' && dialect.has_escapes && place == Place::Quoted {
            bytes.next();
            continue;
        }
        place = match (place, byte) {
            (Place::CellStart | Place::AfterQuote, b'"') => Place::Quoted,
            (Place::CellStart, b' ') => Place::CellStart,
            (Place::Quoted, b'"') => Place::AfterQuote,
            (Place::Quoted, _) => Place::Quoted,
            (_, byte) if byte == dialect.separator => Place::CellStart,
            _ => Place::Plain,
        };
    }
    place
}

/// A row in pieces.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cells<'a> {
    /// The cells without their quotes.
    pub(super) cells: Vec<Cow<'a, str>>,
    /// Whether text stands between a closing quote and the end of a cell: one of the
    /// quotes is none.
    pub(super) is_doubtful: bool,
}

/// Cuts a row into its cells.
pub(super) fn split(row: &str, dialect: Dialect) -> Cells<'_> {
    let mut cells = Cells::default();
    let mut rest = row;
    loop {
        let (cell, after) = match rest.trim_start_matches(' ').strip_prefix('"') {
            Some(quoted) => {
                let (cell, tail, after) = quoted_cell(quoted, dialect);
                cells.is_doubtful |= !tail.trim().is_empty();
                (cell, after)
            }
            None => {
                let end = memchr(dialect.separator, rest.as_bytes());
                let cell = Cow::Borrowed(&rest[..end.unwrap_or(rest.len())]);
                (cell, end.map(|end| &rest[end + 1..]))
            }
        };
        cells.cells.push(cell);
        match after {
            Some(after) => rest = after,
            None => return cells,
        }
    }
}

/// The cell whose quote was opened before `text`, the text in it behind the closing
/// quote, and what follows its separator.
fn quoted_cell(text: &str, dialect: Dialect) -> (Cow<'_, str>, &str, Option<&str>) {
    let mut cell = Cow::Borrowed("");
    let mut rest = text;
    loop {
        let end = match dialect.has_escapes {
            true => memchr2(b'"', b'\\', rest.as_bytes()),
            false => memchr(b'"', rest.as_bytes()),
        };
        add(&mut cell, &rest[..end.unwrap_or(rest.len())]);
        let Some(end) = end else {
            return (cell, "", None);
        };
        let is_escape = rest.as_bytes()[end] == b'\\';
        rest = &rest[end + 1..];
        if is_escape {
            let is_known = rest.starts_with(['"', '\\']);
            let (stands_for, behind) = match is_known {
                true => rest.split_at(1),
                false => ("\\", rest),
            };
            add(&mut cell, stands_for);
            rest = behind;
            continue;
        }
        let Some(after) = rest.strip_prefix('"') else {
            break;
        };
        add(&mut cell, "\"");
        rest = after;
    }
    let end = memchr(dialect.separator, rest.as_bytes());
    let tail = &rest[..end.unwrap_or(rest.len())];
    if !tail.trim().is_empty() {
        add(&mut cell, tail);
    }
    (cell, tail, end.map(|end| &rest[end + 1..]))
}

fn add<'a>(cell: &mut Cow<'a, str>, part: &'a str) {
    match cell.is_empty() {
        true => *cell = Cow::Borrowed(part),
        false => cell.to_mut().push_str(part),
    }
}

/// The whole rows at the start of a text, `most` of them at most; the last line of a
/// text that goes on may be cut.
pub(super) fn first_rows(text: &str, dialect: Dialect, most: usize, is_all: bool) -> Vec<&str> {
    let mut rows = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let mut place = Place::CellStart;
    for line in text.split_inclusive('\n') {
        at += line.len();
        place = scan(place, line.trim_end_matches(['\n', '\r']), dialect);
        let is_whole = place != Place::Quoted && (is_all || line.ends_with('\n'));
        if is_whole {
            let row = text[start..at].trim_end_matches(['\n', '\r']);
            if !row.trim().is_empty() {
                rows.push(row);
            }
            start = at;
            place = Place::CellStart;
        }
        if rows.len() == most {
            return rows;
        }
    }
    // A quote is never closed, and costs no more than its line.
    let first = text[start..].lines().next().unwrap_or_default();
    if is_all && !first.trim().is_empty() {
        rows.push(first);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMAS: Dialect = Dialect {
        separator: b',',
        has_escapes: false,
    };

    const ESCAPES: Dialect = Dialect {
        has_escapes: true,
        ..COMMAS
    };

    #[track_caller]
    fn check(row: &str, expected: &[&str]) {
        assert_eq!(split(row, COMMAS).cells, expected);
    }

    #[test]
    fn cells_with_and_without_quotes() {
        check("a,b,,c", &["a", "b", "", "c"]);
        check("", &[""]);
        check(
            "\"a, b\",\"\",\"say \"\"no\"\"\"",
            &["a, b", "", "say \"no\""],
        );
        check("a, \"b,\nc\" ,d,", &["a", "b,\nc", "d", ""]);
        check("5\" pipe,\"x\"y,\"open", &["5\" pipe", "xy", "open"]);
    }

    #[test]
    fn text_behind_a_closing_quote_is_doubtful() {
        assert!(split("a,\"b\" c,d", COMMAS).is_doubtful);
        assert!(!split("a,\"b\" ,\"\"", COMMAS).is_doubtful);
    }

    #[test]
    fn quotes_inside_a_cell_open_nothing() {
        for (row, is_open) in [
            ("a,5\" pipe", false),
            ("a,\"b", true),
            ("a, \"b", true),
            ("\"a\"\"", true),
            ("\"a\"\"\"", false),
            ("\"a\",b", false),
        ] {
            let place = scan(Place::CellStart, row, COMMAS);
            assert_eq!(place == Place::Quoted, is_open, "{row}");
        }
    }

    #[test]
    fn quotes_may_stand_behind_backslashes() {
        let row = r#""say \"no\", now","C:\\","a\d \\",b\"#;
        assert_eq!(
            split(row, ESCAPES).cells,
            ["say \"no\", now", "C:\\", "a\\d \\", "b\\"]
        );
        assert!(!split(row, ESCAPES).is_doubtful);
        assert!(scan(Place::CellStart, r#""a\""#, ESCAPES) == Place::Quoted);
        assert!(scan(Place::CellStart, r#""a\\""#, ESCAPES) == Place::AfterQuote);
        assert!(has_escapes(r#"1,"say \"no\", now""#));
        assert!(!has_escapes(r#""C:\","{""a"": ""\""b""}","\""#));
    }

    #[test]
    fn first_rows_are_whole() {
        let text = "a,b\r\n\"1\n2\",c\n\nd,e\nf,\"cut";
        assert_eq!(
            first_rows(text, COMMAS, 9, false),
            ["a,b", "\"1\n2\",c", "d,e"]
        );
        assert_eq!(first_rows("a,b\nc", COMMAS, 9, false), ["a,b"]);
        assert_eq!(first_rows("a,b\nc", COMMAS, 9, true), ["a,b", "c"]);
        assert_eq!(first_rows("a\nb\nc\n", COMMAS, 2, true), ["a", "b"]);
        assert_eq!(first_rows("a\n\"b\nc\n", COMMAS, 9, true), ["a", "\"b"]);
    }
}
