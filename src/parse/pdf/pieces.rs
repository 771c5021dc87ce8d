//! Joins characters into pieces of text as they are drawn.
//!
//! In: characters with their places. Out: pieces, each of one line and one font's
//! size, with the spaces that gaps stand for.

use super::geometry::Run;

/// A gap wider than this, in sizes of the font, is a space.
const SPACE: f32 = 0.16;
/// A gap wider than this is the way to another column or cell.
const COLUMN: f32 = 1.3;

/// A piece of text on one line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Where it starts and ends, in points from the left.
    pub(super) left: f32,
    pub(super) right: f32,
    /// Its line, in points from the bottom.
    pub(super) base: f32,
    /// Of the font, in points.
    pub(super) size: f32,
}

/// The pieces of a page, each with the quarter turns of its text.
#[derive(Default)]
pub(super) struct Pieces {
    found: Vec<(u8, Piece)>,
}

impl Pieces {
    /// Adds a character to the piece before it if it continues that, else as a new one.
    pub(super) fn put(&mut self, text: &str, run: Run) {
        if !run.is_sound() || text.is_empty() {
            return;
        }
        let is_blank = text.trim().is_empty();
        if let Some((turns, last)) = self.found.last_mut() {
            let gap = (run.left - last.right) / run.size;
            let is_same = *turns == run.turns
                && (run.base - last.base).abs() < run.size * 0.1
                && (run.size - last.size).abs() < run.size * 0.3;
            if is_same && gap > -0.5 && gap < COLUMN {
                if (gap > SPACE || is_blank) && !last.text.ends_with(' ') {
                    last.text.push(' ');
                }
                if !is_blank {
                    last.text.push_str(text);
                }
                last.right = last.right.max(run.right);
                return;
            }
        }
        if !is_blank {
            let piece = Piece {
                text: text.to_owned(),
                left: run.left,
                right: run.right,
                base: run.base,
                size: run.size,
            };
            self.found.push((run.turns, piece));
        }
    }

    /// The pieces of the direction that most of the text has; the others are notes in
    /// the margin.
    pub(super) fn upright(self) -> Vec<Piece> {
        let mut chars = [0; 4];
        for (turns, piece) in &self.found {
            chars[usize::from(*turns % 4)] += piece.text.len();
        }
        let most = (0..4)
            .max_by_key(|&turns| (chars[turns], 4 - turns))
            .unwrap_or(0);
        self.found
            .into_iter()
            .filter(|(turns, _)| usize::from(*turns % 4) == most)
            .map(|(_, piece)| piece)
            .collect()
    }
}
