//! Rebuilds the lines of a page from its pieces, in the order of reading.
//!
//! In: pieces of text with their places. Out: lines with their places, column after
//! column.
//!
//! A gutter is a strip that few lines cross. Those that do (headlines, mostly) part
//! the page into bands; in each, the left side is read before the right one, and
//! both are looked at in the same way.

use super::pieces::Piece;

/// Columns within columns.
const MAX_SPLITS: usize = 4;
/// A gutter is at least this wide, in points.
const MIN_GUTTER: usize = 7;
/// Lines that a column has at least.
const MIN_LINES: usize = 4;
/// Pages are at most this wide for columns to be looked for, in points.
const MAX_WIDTH: usize = 10_000;

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) base: f32,
    pub(super) size: f32,
    /// The column that it is in, counted on its page.
    pub(super) column: usize,
}

/// The lines of a page.
pub(super) fn lines(pieces: Vec<Piece>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut column = 0;
    read_block(pieces, MAX_SPLITS, &mut |block| {
        lines.extend(join(block, column));
        column += 1;
    });
    lines
}

/// Hands on the columns of a block in the order of reading.
fn read_block(pieces: Vec<Piece>, splits: usize, hand_on: &mut dyn FnMut(Vec<Piece>)) {
    let gutter = if splits > 0 { gutter(&pieces) } else { None };
    let Some(gutter) = gutter else {
        return hand_on(pieces);
    };
    let mut pieces = pieces;
    pieces.sort_by(|a, b| b.base.total_cmp(&a.base));
    let mut sides = (Vec::new(), Vec::new());
    let mut across = Vec::new();
    for piece in pieces {
        if piece.right <= gutter {
            end_band(&mut across, hand_on);
            sides.0.push(piece);
        } else if piece.left >= gutter {
            end_band(&mut across, hand_on);
            sides.1.push(piece);
        } else {
            end_sides(&mut sides, splits, hand_on);
            across.push(piece);
        }
    }
    end_sides(&mut sides, splits, hand_on);
    end_band(&mut across, hand_on);
}

fn end_band(across: &mut Vec<Piece>, hand_on: &mut dyn FnMut(Vec<Piece>)) {
    if !across.is_empty() {
        hand_on(std::mem::take(across));
    }
}

fn end_sides(
    (left, right): &mut (Vec<Piece>, Vec<Piece>),
    splits: usize,
    hand_on: &mut dyn FnMut(Vec<Piece>),
) {
    for side in [left, right] {
        if !side.is_empty() {
            read_block(std::mem::take(side), splits - 1, hand_on);
        }
    }
}

/// Where a block is parted into columns: the middle of the widest strip that hardly
/// any piece crosses, with enough lines on both sides.
fn gutter(pieces: &[Piece]) -> Option<f32> {
    let left = pieces
        .iter()
        .map(|piece| piece.left)
        .min_by(f32::total_cmp)?;
    let right = pieces
        .iter()
        .map(|piece| piece.right)
        .max_by(f32::total_cmp)?;
    let width = (right - left).ceil().max(0.0) as usize;
    if !(4 * MIN_GUTTER..=MAX_WIDTH).contains(&width) {
        return None;
    }
    // How many more pieces are on a point than on the one before it.
    let mut changes = vec![0_i64; width + 2];
    for piece in pieces {
        let from = (piece.left - left).floor().max(0.0) as usize;
        let to = (piece.right - left).ceil().max(0.0) as usize;
        changes[from.min(width)] += 1;
        changes[to.min(width) + 1] -= 1;
    }
    let mut crossing = Vec::with_capacity(width);
    let mut now = 0;
    for change in &changes[..=width] {
        now += change;
        crossing.push(now);
    }
    let most = crossing.iter().copied().max().unwrap_or(0);
    // Titles cross a gutter: a line or two, or a tenth of many.
    let few = (most / 10).max(2).min(most / 3);
    let (start, end) = widest(&crossing, few)?;
    if end - start < MIN_GUTTER {
        return None;
    }
    let middle = left + (start + end) as f32 / 2.0;
    let on_left = pieces.iter().filter(|piece| piece.right <= middle).count();
    let on_right = pieces.iter().filter(|piece| piece.left >= middle).count();
    (on_left >= MIN_LINES && on_right >= MIN_LINES).then_some(middle)
}

/// The longest run of points, not at an edge, on which there are few pieces.
fn widest(crossing: &[i64], few: i64) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    let mut start = None;
    let first = crossing.iter().position(|&count| count > few)?;
    let last = crossing.iter().rposition(|&count| count > few)?;
    for (at, &count) in crossing.iter().enumerate().take(last + 1).skip(first) {
        if count <= few {
            start.get_or_insert(at);
        } else if let Some(from) = start.take()
            && best.is_none_or(|(a, b)| at - from > b - a)
        {
            best = Some((from, at));
        }
    }
    best
}

/// Joins the pieces of a column that are on one line.
fn join(mut pieces: Vec<Piece>, column: usize) -> Vec<Line> {
    pieces.sort_by(|a, b| b.base.total_cmp(&a.base));
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        // Raised and lowered characters are on the line that they stand at.
        let is_near =
            |other: &Piece| (other.base - piece.base).abs() < other.size.max(piece.size) * 0.4;
        let is_on = |line: &&mut Vec<Piece>| {
            [line.first(), line.last()]
                .into_iter()
                .flatten()
                .any(is_near)
        };
        match lines.last_mut().filter(is_on) {
            Some(line) => line.push(piece),
            None => lines.push(vec![piece]),
        }
    }
    lines
        .into_iter()
        .filter_map(|line| one_line(line, column))
        .collect()
}

fn one_line(mut pieces: Vec<Piece>, column: usize) -> Option<Line> {
    pieces.sort_by(|a, b| a.left.total_cmp(&b.left));
    let main = pieces.iter().max_by_key(|piece| piece.text.len())?;
    let mut line = Line {
        text: String::new(),
        left: pieces.first()?.left,
        right: pieces
            .iter()
            .map(|piece| piece.right)
            .max_by(f32::total_cmp)?,
        base: main.base,
        size: main.size,
        column,
    };
    let mut end: Option<f32> = None;
    for piece in &pieces {
        let is_apart = end.is_some_and(|end| piece.left - end > line.size * 0.12);
        if is_apart && !line.text.ends_with(' ') {
            line.text.push(' ');
        }
        line.text.push_str(&piece.text);
        end = Some(piece.right);
    }
    line.text = line.text.trim().to_owned();
    (!line.text.is_empty()).then_some(line)
}
