//! Tables: CSV, and its kin with semicolons, tabs and bars.
//!
//! In: text of any length. Out: an article a row. A row that has not as many cells as
//! there are columns is reported and passed over.

mod columns;
mod rows;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use self::columns::Columns;
use self::rows::{Next, Rows, split};
use super::output::Output;
use super::{Format, MAX_RECORD_BYTES, Sample};
use crate::corpus::TextReader;
use crate::error::{Place, ProblemKind};

/// The format.
pub(super) struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn detect(&self, sample: &Sample<'_>) -> bool {
        Columns::of(sample.text, sample.is_all, sample.map).is_some()
    }

    fn parse(&self, text: &mut TextReader<'_>, out: &mut Output<'_>) -> ControlFlow<()> {
        let columns = Columns::of(text.buffered(), text.has_ended(), out.map());
        let Some(columns) = columns else {
            return ControlFlow::Continue(());
        };
        out.expect_many();
        let mut rows = Rows::new(text, columns.dialect, MAX_RECORD_BYTES);
        for _ in 0..u8::from(columns.is_declared) + u8::from(columns.has_header) {
            rows.advance();
        }
        loop {
            let next = rows.advance();
            if next == Next::End {
                return ControlFlow::Continue(());
            }
            let place = Place {
                line: Some(rows.line()),
                record: Some(out.begin_record()),
                ..Place::default()
            };
            match next {
                Next::Row => read_row(&mut rows, &columns, place, out)?,
                Next::TooLong => {
                    let message = format!("a row of over {} MB", MAX_RECORD_BYTES >> 20);
                    out.problem(ProblemKind::TooLarge, place, message)?;
                }
                Next::Open => {
                    out.problem(ProblemKind::Malformed, place, "a quote is never closed")?;
                }
                Next::End => {}
            }
        }
    }
}

fn read_row(
    rows: &mut Rows<'_, '_>,
    columns: &Columns,
    place: Place,
    out: &mut Output<'_>,
) -> ControlFlow<()> {
    let row = split(rows.row(), columns.dialect);
    // A stray quote can join rows that are whole without it.
    if row.is_doubtful && rows.is_long() {
        rows.read_again();
        return out.problem(
            ProblemKind::Malformed,
            place,
            "a quote in the midst of a cell",
        );
    }
    let mut cells = row.cells;
    // Some programs end every row with a separator.
    while cells.len() > columns.count() && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    if cells.len() == columns.count() {
        return out.article(columns.record(cells).into_draft(), place);
    }
    let message = format!(
        "{} cells in a table of {} columns",
        cells.len(),
        columns.count()
    );
    rows.read_again();
    out.problem(ProblemKind::Malformed, place, message)
}
