//! Makes paragraphs of lines that were wrapped by hand.
//!
//! In: the content of an element. Out: text without tags and entities, its
//! paragraphs separated by blank lines.
//!
//! A paragraph starts at `<P>`, after a blank line, or at an indented line. Where a
//! text has none of these, a sentence that ends although the next word would have
//! fitted in the line ends a paragraph. Rows of tables keep their lines.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use memchr::{memchr, memchr2};

use super::elements::Tags;
use crate::parse::entities::entity;
use crate::text::single_spaced;

/// Longer lines were not wrapped by hand: each is a paragraph.
const MAX_WRAPPED_BYTES: usize = 130;
/// A line indented by this much more than the others starts a paragraph.
const INDENT: usize = 2;

/// The paragraphs of an element.
pub(super) fn paragraphs(content: &str) -> String {
    unwrap(&flat(content))
}

/// The text of an element on one line.
pub(super) fn line(content: &str) -> String {
    single_spaced(&flat(content))
}

/// The lines of a text that are not blank.
pub(super) fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The text of an element with its line ends: without tags, with the characters that
/// entities stand for.
pub(super) fn flat(content: &str) -> Cow<'_, str> {
    if memchr2(b'<', b'&', content.as_bytes()).is_none() {
        return Cow::Borrowed(content);
    }
    let mut text = String::with_capacity(content.len());
    let mut from = 0;
    for tag in Tags::new(content) {
        push_decoded(&content[from..tag.start], &mut text);
        if ["p", "br"]
            .iter()
            .any(|name| tag.name.eq_ignore_ascii_case(name))
        {
            text.push_str("\n\n");
        }
        from = tag.end;
    }
    push_decoded(&content[from..], &mut text);
    Cow::Owned(text)
}

fn push_decoded(content: &str, text: &mut String) {
    let mut rest = content;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if let Some((c, length)) = entity(rest) {
            text.push(c);
            length
        } else if let Some((replacement, length)) = typesetting(rest) {
            text.push_str(replacement);
            length
        } else {
            text.push('&');
            1
        };
        rest = &rest[length..];
    }
    text.push_str(rest);
}

/// Entities of the typesetting machines of agencies and of the Federal Register: what
/// stands for the one that starts here, and its length.
fn typesetting(text: &str) -> Option<(&'static str, usize)> {
    const MAX_BYTES: usize = 8;
    let end = memchr(b';', &text.as_bytes()[..text.len().min(MAX_BYTES)])?;
    let replacement = match &text[1..end] {
        "hyph" => "-",
        "blank" => " ",
        "MD" => "\u{2014}",
        "UR" | "LR" | "QL" | "QR" | "QC" | "TL" | "TR" => "",
        name if name.starts_with("Cx") => "",
        _ => return None,
    };
    Some((replacement, end + 1))
}

/// What goes before a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    Space,
    Line,
    Blank,
}

/// Puts the lines of each paragraph together.
pub(super) fn unwrap(text: &str) -> String {
    let shape = Shape::of(text);
    let mut unwrapped = String::with_capacity(text.len() + text.len() / 16);
    let mut previous = Line::default();
    let mut is_after_blank = false;
    for line in text.lines() {
        let words = line.trim();
        if words.is_empty() {
            is_after_blank = true;
            continue;
        }
        let line = Line {
            words,
            indent: indent_of(line),
            is_row: is_row(words),
        };
        if !unwrapped.is_empty() {
            let gap = if is_after_blank {
                Gap::Blank
            } else {
                shape.gap(&previous, &line)
            };
            unwrapped.push_str(match gap {
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Blank => "\n\n",
            });
        }
        unwrapped.push_str(words);
        previous = line;
        is_after_blank = false;
    }
    unwrapped
}

/// A line of a text.
#[derive(Clone, Copy, Debug, Default)]
struct Line<'a> {
    words: &'a str,
    /// White space before the words.
    indent: usize,
    is_row: bool,
}

/// How a text was laid out.
#[derive(Clone, Copy, Debug)]
struct Shape {
    /// The white space before every line.
    margin: usize,
    /// The longest line, without white space around it.
    width: usize,
    /// Whether blank lines or indents mark the paragraphs.
    is_marked: bool,
}

impl Shape {
    fn of(text: &str) -> Self {
        let (mut margin, mut indent, mut width) = (usize::MAX, 0, 0);
        let mut has_blank = false;
        for line in text.trim_end().lines() {
            let words = line.trim();
            if words.is_empty() {
                has_blank |= width > 0;
                continue;
            }
            let before = indent_of(line);
            margin = margin.min(before);
            indent = indent.max(before);
            width = width.max(words.len());
        }
        Self {
            margin,
            width,
            is_marked: has_blank || indent >= margin.saturating_add(INDENT),
        }
    }

    fn gap(&self, previous: &Line<'_>, line: &Line<'_>) -> Gap {
        let indent = line.indent.saturating_sub(self.margin);
        if previous.is_row && line.is_row {
            Gap::Line
        } else if self.width > MAX_WRAPPED_BYTES || indent >= INDENT {
            Gap::Blank
        } else if indent > 0 || previous.is_row || line.is_row {
            Gap::Line
        } else if !self.is_marked && self.ends_early(previous.words, line.words) {
            Gap::Blank
        } else {
            Gap::Space
        }
    }

    /// Whether a line ends a sentence, and the next word would have fitted in it.
    fn ends_early(&self, previous: &str, next: &str) -> bool {
        let word = next.split(' ').next().unwrap_or("");
        let ends = previous.trim_end_matches(['"', '\'', ')', '”', '’']);
        ends.ends_with(['.', '?', '!']) && previous.len() + 1 + word.len() < self.width
    }
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether a line looks like a row of a table: gaps or dots between its columns. Two
/// spaces after a sentence are none.
fn is_row(words: &str) -> bool {
    static GAP: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("  "));
    static DOTS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("...."));
    let bytes = words.as_bytes();
    let has_gap = GAP.find_iter(bytes).any(|at| {
        let before = words[..at].chars().next_back();
        before.is_some_and(|c| c.is_alphanumeric() || c == ' ')
    });
    has_gap || DOTS.find(bytes).is_some()
}
