//! What the columns of a table are.
//!
//! In: its first rows. Out: how its cells are written, and the part of an article in each
//! column; or nothing, if it does not look like a table of articles.
//!
//! Where a first line declares the separator, as `sep=;` does for Excel, it is believed.
//! The names in the first row tell the parts, as the keys of other records do, or the
//! user does; if each of them is known, the table may be as uneven as it likes. Without a name that is known, the cells tell it, if that is plain:
//! long texts, and addresses or dates beside them.

use std::borrow::Cow;

use jiff::civil::Date;
use memchr::memchr2;

use super::super::date::parse_date;
use super::super::field_map::FieldMap;
use super::super::field_names::{Field, field};
use super::super::fields::RawRecord;
use super::super::node::Node;
use super::rows::{Dialect, first_rows, has_escapes, split};

/// Characters that part cells.
const SEPARATORS: &[u8] = b",;\t|";
/// Rows that are looked at.
const LOOKED_AT: usize = 30;
/// Of them, one in this many may have another number of cells.
const ROWS_PER_ODD: usize = 2;
/// So many names of parts, and no other, are no sentence.
const MIN_TELLING_NAMES: usize = 3;
/// Names of columns are shorter.
const MAX_NAME_CHARS: usize = 60;
/// Better names for a part than these tell that a table is one of articles.
const TELLING_RANK: usize = 5;
/// Columns without names are told by this many rows at least.
const MIN_NAMELESS_ROWS: usize = 3;
/// Texts of articles are longer on average, in characters, and titles shorter.
const MIN_BODY_CHARS: usize = 160;
/// Shorter texts, on average, are no titles.
const MIN_TITLE_CHARS: usize = 15;
/// How programs write that a cell is empty.
const BLANKS: &[&str] = &["nan", "NaN", "null", "NULL", "None", "\\N", "<NA>"];

/// How a table is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) dialect: Dialect,
    /// Whether the separator is declared in a row of its own, before all others.
    pub(super) is_declared: bool,
    /// Whether the first row has the names of the columns.
    pub(super) has_header: bool,
    parts: Vec<Parts>,
}

/// What one column holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Parts {
    /// As the user says, with ranks.
    named: Vec<(Field, usize)>,
    /// As its name or its cells say.
    guessed: Option<(Field, usize)>,
}

impl Columns {
    /// The columns of the table that starts like this; `is_all` if there is no more of it.
    pub(super) fn of(text: &str, is_all: bool, map: &FieldMap) -> Option<Self> {
        let (declared, text) = declared_separator(text);
        let separators = declared.as_slice();
        let separators = if separators.is_empty() {
            SEPARATORS
        } else {
            separators
        };
        let mut lines = text.lines();
        let first_line = lines.find(|line| !line.trim().is_empty())?;
        let may_part = |separator: &&u8| {
            // Only a quoted cell can go on in the next line.
            memchr2(**separator, b'"', first_line.as_bytes()).is_some()
        };
        let has_escapes = has_escapes(text);
        let tables = separators.iter().filter(may_part).filter_map(|&separator| {
            let dialect = Dialect {
                separator,
                has_escapes,
            };
            let rows = first_rows(text, dialect, LOOKED_AT, is_all);
            let rows: Vec<_> = rows
                .into_iter()
                .map(|row| split(row, dialect).cells)
                .collect();
            let is_table = is_even(&rows) || is_long(&rows, is_all) || is_telling(&rows);
            is_table.then_some((dialect, rows))
        });
        let (dialect, rows) = tables.max_by_key(|(_, rows)| rows[0].len())?;
        let header = by_names(&rows[0], map);
        let has_header = header.is_some() || !is_plain_row(&rows);
        let parts = header.or_else(|| by_cells(&rows, map))?;
        Some(Self {
            dialect,
            is_declared: declared.is_some(),
            has_header,
            parts,
        })
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.parts.len()
    }

    /// The record in a row.
    pub(super) fn record<'a>(&self, cells: Vec<Cow<'a, str>>) -> RawRecord<'a> {
        let mut record = RawRecord::default();
        for (parts, cell) in self.parts.iter().zip(cells) {
            if is_blank(&cell) {
                continue;
            }
            for (field, rank) in &parts.named {
                record.add_named(*field, *rank, value(cell.clone(), *field));
            }
            if let Some((field, rank)) = parts.guessed {
                record.add(field, rank, value(cell, field));
            }
        }
        record
    }
}

/// The separator that a first line declares, and what follows that line.
fn declared_separator(text: &str) -> (Option<u8>, &str) {
    let Some((line, rest)) = text.split_once('\n') else {
        return (None, text);
    };
    let line = line.trim_end_matches('\r');
    let line = line
        .strip_prefix('"')
        .and_then(|line| line.strip_suffix('"'))
        .unwrap_or(line);
    let declared = line
        .get(..4)
        .filter(|word| word.eq_ignore_ascii_case("sep="));
    match (declared, line.as_bytes().get(4..)) {
        (Some(_), Some(&[separator])) if separator.is_ascii_punctuation() || separator == b'\t' => {
            (Some(separator), rest)
        }
        _ => (None, text),
    }
}

/// Whether rows follow one that can only be names of parts of articles.
fn is_telling(rows: &[Vec<Cow<'_, str>>]) -> bool {
    let [names, _, ..] = rows else {
        return false;
    };
    let fields: Option<Vec<_>> = names.iter().map(|name| field(name)).collect();
    let is_text = |(field, _): &(Field, usize)| matches!(field, Field::Title | Field::Body);
    names.len() >= MIN_TELLING_NAMES
        && names.iter().all(|name| !name.starts_with(' '))
        && fields.is_some_and(|fields| fields.iter().any(is_text))
}

/// Whether these can be rows of one table.
fn is_even(rows: &[Vec<Cow<'_, str>>]) -> bool {
    let Some((first, others)) = rows.split_first() else {
        return false;
    };
    let odd = others.iter().filter(|row| row.len() != first.len()).count();
    first.len() > 1 && !others.is_empty() && odd * ROWS_PER_ODD <= others.len()
}

/// Whether the first row of texts is so long that it is not whole here.
fn is_long(rows: &[Vec<Cow<'_, str>>], is_all: bool) -> bool {
    rows.len() == 1 && rows[0].len() > 1 && !is_all
}

/// What the columns are by their names, if these are names of parts of articles.
fn by_names(names: &[Cow<'_, str>], map: &FieldMap) -> Option<Vec<Parts>> {
    if names
        .iter()
        .any(|name| name.chars().count() > MAX_NAME_CHARS)
    {
        return None;
    }
    let parts = names.iter().enumerate().map(|(number, name)| {
        let name = name.trim();
        Parts {
            named: map.column(name, number),
            guessed: field(name).filter(|(field, _)| *field != Field::Wrapper),
        }
    });
    let parts: Vec<_> = parts.collect();
    // A number names a column whatever stands in the first row.
    let by_name = |number: usize| !map.column(names[number].trim(), usize::MAX - 1).is_empty();
    let has_named = (0..names.len()).any(by_name);
    let known = parts.iter().filter(|part| part.guessed.is_some()).count();
    let is_text = |part: &Parts| {
        part.guessed.is_some_and(|(field, rank)| {
            matches!(field, Field::Title | Field::Body | Field::Lead) && rank < TELLING_RANK
                || field == Field::Body
        })
    };
    (has_named || (known > 1 && parts.iter().any(is_text))).then_some(parts)
}

/// Whether the first row is like the others, not one of names.
fn is_plain_row(rows: &[Vec<Cow<'_, str>>]) -> bool {
    let told_by = |is: fn(&str) -> bool| {
        let columns = 0..rows[0].len();
        columns
            .filter(|&column| holds(&rows[1..], column, is))
            .any(|column| !is_blank(&rows[0][column]) && !is(&rows[0][column]))
    };
    !told_by(is_address) && !told_by(is_date)
}

/// What the columns are by what is in them.
fn by_cells(rows: &[Vec<Cow<'_, str>>], map: &FieldMap) -> Option<Vec<Parts>> {
    let columns = rows[0].len();
    if rows.iter().any(|row| row.len() != columns) {
        return None;
    }
    let mut parts: Vec<_> = (0..columns)
        .map(|number| Parts {
            named: map.column("", number),
            guessed: None,
        })
        .collect();
    let is_named = parts.iter().any(|part| !part.named.is_empty());
    let below = rows
        .get(1..)
        .filter(|rows| rows.len() + 1 >= MIN_NAMELESS_ROWS)
        .unwrap_or_default();
    let mut others: Vec<usize> = (0..columns).collect();
    let mut take = |column: Option<usize>, field| {
        if let Some(column) = column {
            parts[column].guessed = Some((field, 0));
            others.retain(|other| *other != column);
        }
        column.is_some()
    };
    let mut all = 0..columns;
    let has_address = take(
        all.find(|&column| holds(below, column, is_address)),
        Field::Url,
    );
    let mut all = 0..columns;
    let has_date = take(
        all.find(|&column| holds(below, column, is_date)),
        Field::Published,
    );
    let longest = |columns: &[usize], most: usize| {
        let lengths = columns
            .iter()
            .map(|&column| (mean_chars(below, column), column));
        lengths.filter(|(length, _)| *length < most).max()
    };
    let all: Vec<usize> = (0..columns).collect();
    let body = longest(&all, usize::MAX).filter(|(length, _)| *length >= MIN_BODY_CHARS);
    let has_body = take(body.map(|(_, column)| column), Field::Body);
    if has_body && (has_address || has_date) {
        let title =
            longest(&others, MIN_BODY_CHARS).filter(|(length, _)| *length >= MIN_TITLE_CHARS);
        if let Some((_, column)) = title {
            parts[column].guessed = Some((Field::Title, 0));
        }
        return Some(parts);
    }
    is_named.then_some(parts)
}

/// Whether all cells of a column that are not blank are something, and there are some.
fn holds(rows: &[Vec<Cow<'_, str>>], column: usize, is: fn(&str) -> bool) -> bool {
    let mut cells = rows
        .iter()
        .filter_map(|row| row.get(column))
        .filter(|cell| !is_blank(cell))
        .peekable();
    cells.peek().is_some() && cells.all(|cell| is(cell))
}

fn is_blank(cell: &str) -> bool {
    cell.trim().is_empty() || BLANKS.contains(&cell.trim())
}

fn is_address(cell: &str) -> bool {
    let cell = cell.trim();
    (cell.starts_with("http://") || cell.starts_with("https://")) && !cell.contains(' ')
}

/// Whether a cell is a date; bare numbers may be anything.
fn is_date(cell: &str) -> bool {
    let is_number = cell.trim().bytes().all(|byte| byte.is_ascii_digit());
    !is_number && parse_date(cell, None, Date::MAX).is_ok_and(|date| date.is_some())
}

fn mean_chars(rows: &[Vec<Cow<'_, str>>], column: usize) -> usize {
    let lengths = rows
        .iter()
        .filter_map(|row| row.get(column))
        .map(|cell| cell.chars().count());
    lengths.sum::<usize>() / rows.len().max(1)
}

/// A cell as a value; lists of names may be written as Python writes them.
fn value(cell: Cow<'_, str>, field: Field) -> Node<'_> {
    let takes_list = matches!(field, Field::Authors | Field::Topics | Field::Section);
    let inner = cell
        .trim()
        .strip_prefix('[')
        .and_then(|cell| cell.strip_suffix(']'));
    match inner.filter(|_| takes_list) {
        Some(inner) => {
            let items = inner
                .split(',')
                .map(|item| item.trim().trim_matches(['\'', '"']));
            let items = items.map(|item| Node::Text(Cow::Owned(item.to_owned())));
            Node::List(items.collect())
        }
        None => Node::Text(cell),
    }
}
