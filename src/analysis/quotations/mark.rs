//! Finds quotation marks.
//!
//! In: a text. Out: the next [`Mark`], with what stands around it, by which straight
//! marks open or close.

use std::ops::Range;

/// A mark in the text.
pub(super) struct Mark<'a> {
    pub(super) range: Range<usize>,
    pub(super) sign: char,
    /// What stands before and after it; a space at the ends.
    pub(super) before: char,
    pub(super) after: char,
    /// The text behind it.
    following: &'a str,
}

/// Bytes that a mark has at most.
pub(super) const LONGEST_MARK_BYTES: usize = 3;

impl Mark<'_> {
    pub(super) fn opens_by_place(&self) -> bool {
        let free = self.before.is_whitespace()
            || matches!(
                self.before,
                '(' | '[' | '-' | '—' | '–' | '―' | '/' | '“' | '‘' | '\''
            );
        free && !self.after.is_whitespace()
    }

    pub(super) fn ends_by_place(&self) -> bool {
        !self.before.is_whitespace() && !self.after.is_alphanumeric()
    }

    /// Whether it only stands for letters: `‘em`, `‘90s`.
    pub(super) fn is_apostrophe(&self) -> bool {
        let end = self.following.find(|c: char| !c.is_ascii_alphanumeric());
        let word = &self.following[..end.unwrap_or(self.following.len())];
        let decade = word.len() == 3
            && word.ends_with('s')
            && word.starts_with(|c: char| c.is_ascii_digit());
        decade
            || matches!(
                word,
                "em" | "til" | "tis" | "twas" | "cause" | "round" | "n" | "bout"
            )
    }
}

/// The bytes that marks start with.
const STARTS: [bool; 256] = {
    let mut starts = [false; 256];
    starts[b'"' as usize] = true;
    starts[b'`' as usize] = true;
    starts[b'\'' as usize] = true;
    starts[0xC2] = true;
    starts[0xE2] = true;
    starts
};

/// Where a mark may start in `bytes`.
fn next_start(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| STARTS[usize::from(byte)])
}

/// The first mark that starts within `within`.
pub(super) fn next_mark(text: &str, within: Range<usize>) -> Option<Mark<'_>> {
    let bytes = text.as_bytes();
    let mut at = within.start;
    while let Some(found) = next_start(bytes.get(at..within.end)?) {
        let start = at + found;
        let width = match &bytes[start..] {
            [b'"', ..] => 1,
            [b'`', b'`', ..] | [b'\'', b'\'', ..] => 2,
            [0xC2, 0xAB | 0xBB, ..] => 2,
            [0xE2, 0x80, 0x98 | 0x99 | 0x9C | 0x9D | 0x9E, ..] => 3,
            _ => 0,
        };
        if width == 0 {
            at = start + 1;
            continue;
        }
        let range = start..start + width;
        return Some(Mark {
            sign: text[start..].chars().next()?,
            before: text[..start].chars().next_back().unwrap_or(' '),
            after: text[range.end..].chars().next().unwrap_or(' '),
            following: &text[range.end..],
            range,
        });
    }
    None
}
