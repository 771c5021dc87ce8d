//! Finds what stands between quotation marks.
//!
//! In: a paragraph. Out: [`Span`]s in order, not overlapping; marks inside others
//! belong to the outer ones.
//!
//! The signs of many languages open or close by their form, straight ones by what
//! stands around them. A quotation ends with its paragraph; one that is not closed
//! there goes on in the next if that opens with a mark or closes with one.

use std::ops::Range;

use crate::text::trim;

/// Words between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// With its marks.
    pub(super) outer: Range<usize>,
    /// Without them.
    pub(super) inner: Range<usize>,
    /// Whether it goes on from the paragraph before.
    pub(super) goes_on: bool,
    /// Whether it goes on in the next.
    pub(super) stays_open: bool,
}

/// What the marks of a pair look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Straight,
    Curly,
    /// `”…”`
    Closing,
    /// `„…“`
    Low,
    Guillemets,
    /// `»…«`
    Inward,
    Single,
    /// Two grave accents and two apostrophes.
    Ticks,
}

/// A mark in the text.
struct Mark {
    range: Range<usize>,
    sign: char,
    /// What stands before and after it; a space at the ends.
    before: char,
    after: char,
}

/// A quotation that is not closed yet.
#[derive(Clone, Debug)]
struct Open {
    style: Style,
    outer: usize,
    inner: usize,
    depth: usize,
    last_close: Option<Range<usize>>,
    goes_on: bool,
}

/// What is carried from one paragraph to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    /// The style of a quotation that the last paragraph left open.
    open: Option<Style>,
}

/// A paragraph whose quotation nobody closed is quoted as a whole up to this length.
const MOST_UNCLOSED_BYTES: usize = 2000;

impl Marks {
    /// The quotations in the next paragraph, of a text that has `following` after it.
    pub(super) fn spans(&mut self, text: &str, within: Range<usize>, following: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut open: Option<Open> = None;
        let mut left_open = self.open.take();
        let mut at = within.start;
        while let Some(mark) = next_mark(text, at..within.end) {
            at = mark.range.end;
            match &mut open {
                Some(opened) => {
                    if opened.style == Style::Single && opened.gives_way(&mark, within.start) {
                        open = opening(&mark, left_open.take());
                    } else if opened.takes(&mark) {
                        let inner = opened.inner..mark.range.start;
                        spans.push(span(text, opened, inner, mark.range.end));
                        open = None;
                    }
                }
                None => {
                    let style = left_open.take();
                    let goes_on = style.filter(|_| mark.range.start == first_byte(text, &within));
                    open = opening(&mark, goes_on);
                    if let (None, Some(style)) = (&open, style) {
                        let start = first_byte(text, &within);
                        let mut opened = Open::new(style, start..start, true);
                        if opened.takes(&mark) {
                            spans.push(span(
                                text,
                                &opened,
                                start..mark.range.start,
                                mark.range.end,
                            ));
                        }
                    }
                }
            }
        }
        if let Some(opened) = open {
            self.leave(text, &within, following, opened, &mut spans);
        }
        spans
    }

    /// Ends what the paragraph leaves open.
    fn leave(
        &mut self,
        text: &str,
        within: &Range<usize>,
        following: &str,
        opened: Open,
        spans: &mut Vec<Span>,
    ) {
        if let Some(close) = opened.last_close.clone() {
            let inner = opened.inner..close.start;
            spans.push(span(text, &opened, inner, close.end));
            return;
        }
        if opened.style == Style::Single {
            return;
        }
        let reopens = opening_sign(following).is_some_and(|style| style == opened.style);
        let first = opened.outer == first_byte(text, within);
        let introduced = text[..opened.outer].trim_end().ends_with([':', ',']);
        let short = within.end - opened.inner <= MOST_UNCLOSED_BYTES;
        if reopens || ((first || introduced) && short) {
            self.open = Some(opened.style);
            spans.push(Span {
                stays_open: true,
                ..span(text, &opened, opened.inner..within.end, within.end)
            });
        }
    }
}

impl Open {
    fn new(style: Style, mark: Range<usize>, goes_on: bool) -> Self {
        Self {
            style,
            outer: mark.start,
            inner: mark.end,
            depth: 1,
            last_close: None,
            goes_on,
        }
    }

    /// Whether `mark` closes it; counts the marks inside.
    fn takes(&mut self, mark: &Mark) -> bool {
        let opens = mark.opens_by_place();
        let (deeper, closes) = match self.style {
            Style::Straight => (mark.sign == '"' && opens, mark.sign == '"' && !opens),
            Style::Curly => (
                mark.sign == '“' && !mark.ends_by_place(),
                mark.sign == '”'
                    || (mark.sign == '“' && mark.ends_by_place())
                    || (mark.sign == '"' && mark.ends_by_place()),
            ),
            Style::Closing => (false, mark.sign == '”'),
            Style::Low => (mark.sign == '„', matches!(mark.sign, '“' | '”' | '"')),
            Style::Guillemets => (mark.sign == '«', mark.sign == '»'),
            Style::Inward => (mark.sign == '»', mark.sign == '«'),
            Style::Single => (false, mark.sign == '’' && !mark.after.is_alphanumeric()),
            Style::Ticks => (mark.sign == '`', mark.sign == '\''),
        };
        if deeper {
            self.depth += 1;
        } else if closes {
            self.last_close = Some(mark.range.clone());
            // What could be the boys' own is no end yet.
            if self.style == Style::Single && mark.before == 's' {
                return false;
            }
            self.depth -= 1;
        }
        self.depth == 0
    }

    /// Whether a single mark was an apostrophe after all, since `mark` opens a quotation.
    fn gives_way(&self, mark: &Mark, start: usize) -> bool {
        self.outer != start && !matches!(mark.sign, '’' | '‘') && mark.opens_by_place()
    }
}

impl Mark {
    fn opens_by_place(&self) -> bool {
        let free = self.before.is_whitespace()
            || matches!(
                self.before,
                '(' | '[' | '-' | '—' | '–' | '―' | '/' | '“' | '‘' | '\''
            );
        free && !self.after.is_whitespace()
    }

    fn ends_by_place(&self) -> bool {
        !self.before.is_whitespace() && !self.after.is_alphanumeric()
    }
}

/// What `mark` opens, if it opens anything.
fn opening(mark: &Mark, goes_on: Option<Style>) -> Option<Open> {
    let place = mark.opens_by_place();
    let style = match mark.sign {
        '"' if place => Style::Straight,
        '“' => Style::Curly,
        '”' if place && mark.after.is_alphanumeric() => Style::Closing,
        '„' => Style::Low,
        '«' => Style::Guillemets,
        '»' if place && mark.after.is_alphanumeric() => Style::Inward,
        '‘' if place && mark.after.is_alphanumeric() => Style::Single,
        '`' => Style::Ticks,
        _ => return None,
    };
    let goes_on = goes_on.is_some_and(|left| left == style);
    Some(Open::new(style, mark.range.clone(), goes_on))
}

fn opening_sign(following: &str) -> Option<Style> {
    let range = 0..following.len().min(first_width(following));
    let mark = next_mark(following, range)?;
    opening(&mark, None).map(|open| open.style)
}

/// How many bytes the first sign of `text` has, white space before it included.
fn first_width(text: &str) -> usize {
    let trimmed = text.trim_start();
    let sign = trimmed.chars().next().map_or(0, char::len_utf8);
    text.len() - trimmed.len() + sign.max(2).min(trimmed.len())
}

fn first_byte(text: &str, within: &Range<usize>) -> usize {
    within.end - text[within.clone()].trim_start().len()
}

fn span(text: &str, open: &Open, inner: Range<usize>, end: usize) -> Span {
    Span {
        outer: open.outer..end,
        inner: trim(text, inner),
        goes_on: open.goes_on,
        stays_open: false,
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

/// Whether a mark may be in `bytes`.
fn next_start(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| STARTS[usize::from(byte)])
}

fn next_mark(text: &str, within: Range<usize>) -> Option<Mark> {
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
            range,
        });
    }
    None
}
