//! Makes paragraphs of the lines of all pages.
//!
//! In: lines with their places, page after page. Out: text with its paragraphs
//! parted by blank lines: words joined that the end of a line divided, and sentences
//! that the end of a page did. Within a paragraph, lines stay lines until [`flow`].

use rustc_hash::FxHashMap;

use super::layout::Line;

/// The text of a document.
pub(super) fn text(pages: Vec<Vec<Line>>) -> String {
    let pitch = usual_pitch(&pages);
    let mut text = String::new();
    let mut last: Option<Line> = None;
    for page in pages {
        let columns = edges(&page);
        let mut is_first = true;
        for line in page {
            let (left, right) = columns
                .get(&line.column)
                .copied()
                .unwrap_or((line.left, line.right));
            let begins = match &last {
                None => true,
                // Across pages and columns only the words tell.
                Some(before) if is_first || before.column != line.column => {
                    !continues(before, &line)
                }
                Some(before) => {
                    let column = Column { left, right, pitch };
                    column.begins_paragraph(before, &line)
                }
            };
            append(&mut text, &line.text, begins);
            is_first = false;
            last = Some(line);
        }
    }
    text
}

/// The text with its paragraphs in one line each.
pub(super) fn flow(text: &str) -> String {
    let paragraphs: Vec<String> = text.split("\n\n").map(|p| p.replace('\n', " ")).collect();
    paragraphs.join("\n\n")
}

/// Adds a line to the text, as a new paragraph or to the last one.
fn append(text: &mut String, line: &str, begins: bool) {
    if begins {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
    } else if !join_divided(text, line) && !text.ends_with(['—', '/']) {
        text.push('\n');
    }
    text.push_str(line);
}

/// Takes the hyphen from the end if it divides a word; whether the line continues
/// that word.
fn join_divided(text: &mut String, line: &str) -> bool {
    let Some(word) = text.strip_suffix(['-', '\u{ad}', '‐']) else {
        return false;
    };
    let is_word = word.ends_with(char::is_alphabetic);
    if is_word && line.starts_with(char::is_lowercase) {
        text.truncate(word.len());
        return true;
    }
    // `North-` and `South` keep theirs, without a space.
    is_word && line.starts_with(char::is_alphabetic)
}

/// Whether a line goes on with the sentence of the one before it, on the page before.
fn continues(before: &Line, line: &Line) -> bool {
    let is_open = !before
        .text
        .ends_with(['.', '!', '?', ':', '”', '"', '»', '…']);
    let is_same = (before.size - line.size).abs() < before.size * 0.1;
    is_open && is_same && line.text.starts_with(char::is_lowercase)
}

/// The edges of a column, and how far its lines are apart.
struct Column {
    left: f32,
    right: f32,
    pitch: f32,
}

impl Column {
    /// Whether a line starts a paragraph: after a gap, in another size, with an
    /// indent, or after a line that ends early and ends a sentence.
    fn begins_paragraph(&self, before: &Line, line: &Line) -> bool {
        let gap = before.base - line.base;
        let usual = self.pitch * line.size.max(before.size);
        let is_other_size = (before.size - line.size).abs() > before.size * 0.15;
        let indent = line.left - self.left;
        let is_indented = indent > line.size * 0.8
            && indent < (self.right - self.left) * 0.3
            && before.left - self.left < line.size * 0.5;
        let width = (self.right - self.left).max(1.0);
        let is_short = (self.right - before.right) > width * 0.2;
        let ends = before.text.ends_with(['.', '!', '?', '”', '"', '»']);
        gap > usual * 1.3 || is_other_size || ((is_indented || is_short) && ends)
    }
}

/// The left and right edges of the columns of a page.
fn edges(page: &[Line]) -> FxHashMap<usize, (f32, f32)> {
    let mut edges = FxHashMap::default();
    for line in page {
        let (left, right) = edges.entry(line.column).or_insert((line.left, line.right));
        *left = f32::min(*left, line.left);
        *right = f32::max(*right, line.right);
    }
    edges
}

/// How far lines are apart, in sizes of their font: the median.
fn usual_pitch(pages: &[Vec<Line>]) -> f32 {
    const USUAL: f32 = 1.2;
    let mut gaps: Vec<f32> = Vec::new();
    for page in pages {
        for pair in page.windows(2) {
            let gap = (pair[0].base - pair[1].base) / pair[1].size;
            if pair[0].column == pair[1].column && (0.8..2.5).contains(&gap) {
                gaps.push(gap);
            }
        }
    }
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(USUAL)
}
