//! What could not be read in a query, and the picture that shows where.
//!
//! In: a problem and the query. Out: lines for a person, with a caret below the
//! place. The query is untrusted: what could move the cursor is replaced.

use unicode_width::UnicodeWidthChar;

use super::ast::Span;
use super::signs::is_space;
use crate::error::{Error, ErrorKind};
use crate::text::plain_line;

/// The widest picture, in columns of a terminal, without its indent.
const WINDOW_COLUMNS: usize = 72;

/// The most notices about one query.
const MAX_NOTICES: usize = 8;

/// A place in a query that could not be read as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryProblem {
    /// What is wrong, in lower case without a final period.
    pub message: String,
    /// Where, in bytes of the query, on character boundaries.
    pub span: Span,
    /// What to write instead.
    pub hint: Option<String>,
}

impl QueryProblem {
    /// The problem in words, the place in `query`, and the hint: three or four
    /// lines without a final line break.
    ///
    /// ```text
    /// cannot parse query at byte 12: this quote is never closed
    ///   climate AND "sea level
    ///               ^
    /// hint: add a closing quote after `level`
    /// ```
    pub fn render(&self, query: &str) -> String {
        match &self.hint {
            Some(hint) => format!("{}\nhint: {hint}", self.picture(query)),
            None => self.picture(query),
        }
    }

    /// The problem as an error: the picture is its message, the hint its hint.
    pub(super) fn into_error(self, query: &str) -> Error {
        let error = Error::new(ErrorKind::Query, self.picture(query)).at_byte(self.span.start);
        match self.hint {
            Some(hint) => error.with_hint(hint),
            None => error,
        }
    }

    fn picture(&self, query: &str) -> String {
        let (line, caret_column) = window(query, self.span.start);
        format!(
            "cannot parse query at byte {}: {}\n  {line}\n  {:caret_column$}^",
            self.span.start, self.message, ""
        )
    }
}

/// The part of `query` around a byte on one line, and the byte's column in it.
fn window(query: &str, at_byte: usize) -> (String, usize) {
    let cells: Vec<(char, usize)> = query.chars().map(cell).collect();
    let before = query.char_indices().take_while(|&(byte, _)| byte < at_byte);
    let caret_cell = before.count();
    let caret: usize = cells[..caret_cell].iter().map(|cell| cell.1).sum();
    let width = caret + cells[caret_cell..].iter().map(|cell| cell.1).sum::<usize>();
    let columns = width.max(caret + 1);
    if columns <= WINDOW_COLUMNS {
        return (cells.iter().map(|cell| cell.0).collect(), caret);
    }
    let left = (caret.saturating_sub(WINDOW_COLUMNS / 2)).min(columns - WINDOW_COLUMNS);
    let right = left + WINDOW_COLUMNS;
    let mut line = String::new();
    let (mut column, mut shown_column, mut caret_column) = (0, 0, 0);
    if left > 0 {
        line.push('…');
        shown_column = 1;
    }
    for (index, (c, cell_columns)) in cells.into_iter().enumerate() {
        if index == caret_cell {
            caret_column = shown_column;
        }
        let end = column + cell_columns;
        let after_left_cut = left == 0 || column > left;
        let before_right_cut = end < right || (end == right && columns == right);
        if after_left_cut && before_right_cut {
            line.push(c);
            shown_column += cell_columns;
        }
        column = end;
    }
    if caret >= width {
        caret_column = shown_column;
    }
    if width > right {
        line.push('…');
    }
    (line, caret_column)
}

/// A character as it can be shown safely, and its width in columns.
fn cell(c: char) -> (char, usize) {
    // These reorder or hide what comes after them.
    let unsafe_format = matches!(
        c,
        '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
    );
    if matches!(c, '\t' | '\n' | '\r') {
        (' ', 1)
    } else if unsafe_format || c.is_control() {
        ('\u{FFFD}', 1)
    } else if is_space(c) {
        (' ', 1)
    } else {
        (c, c.width().unwrap_or(0))
    }
}

/// Collects what is worth telling while a query is read.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// What could not be read.
    pub(super) problems: Vec<QueryProblem>,
    /// How something was read that could be meant otherwise.
    pub(super) notices: Vec<String>,
}

impl Findings {
    /// Records a problem with what to do about it.
    pub(super) fn problem(&mut self, span: Span, message: &str, hint: String) {
        // Both may quote the query, which is untrusted.
        self.problems.push(QueryProblem {
            message: plain_line(message).into(),
            span,
            hint: Some(plain_line(&hint).into()),
        });
    }

    /// Records a notice, once; after a few, more of them tell nothing new.
    pub(super) fn notice(&mut self, notice: String) {
        let notice: String = plain_line(&notice).into();
        if self.notices.len() < MAX_NOTICES && !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }
}
