//! Finds what stands between quotation marks.
//!
//! In: a paragraph. Out: [`Span`]s in order, not overlapping; marks inside others
//! belong to the outer ones.
//!
//! The signs of many languages open or close by their form, straight ones by what
//! stands around them. A quotation ends with its paragraph; one that is not closed
//! there goes on in the next if that opens with a mark or closes with one.

use std::ops::Range;

use super::mark::{LONGEST_MARK_BYTES, Mark, next_mark};
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
        let paragraph = Paragraph {
            text,
            start: within.end - text[within.clone()].trim_start().len(),
            end: within.end,
            left_open: self.open.take(),
        };
        let (mut spans, mut open) = paragraph.scan(Inner::Nested);
        let goes_on = |open: &Open| {
            open.outer == paragraph.start && opening_style(following) == Some(open.style)
        };
        let unbalanced = |open: &Open| open.last_close.is_some() && open.style != Style::Single;
        if open
            .as_ref()
            .is_some_and(|open| unbalanced(open) && !goes_on(open))
        {
            (spans, open) = paragraph.scan(Inner::Anew);
        }
        if let Some(open) = open {
            let stays_open = goes_on(&open) || paragraph.lacks_a_close(&open);
            if let Some(close) = open.last_close.clone().filter(|_| !stays_open) {
                spans.push(paragraph.span(&open, close));
            } else if stays_open && open.style != Style::Single {
                self.open = Some(open.style);
                spans.push(Span {
                    stays_open: true,
                    ..paragraph.span(&open, within.end..within.end)
                });
            }
        }
        spans
    }
}

/// What a mark that opens inside a quotation of its style means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inner {
    /// A quotation inside, which has its own end.
    Nested,
    /// That the first was never closed.
    Anew,
}

/// A paragraph whose marks are looked at.
struct Paragraph<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    /// The style of a quotation that the paragraph before left open.
    left_open: Option<Style>,
}

impl Paragraph<'_> {
    /// The quotations, and what is open at the end.
    fn scan(&self, inner: Inner) -> (Vec<Span>, Option<Open>) {
        let mut spans = Vec::new();
        let mut open = None;
        let mut left_open = self.left_open;
        let mut at = self.start;
        while let Some(mark) = next_mark(self.text, at..self.end) {
            at = mark.range.end;
            let Some(opened) = &mut open else {
                let style = left_open.take();
                open = opening(&mark, style.filter(|_| mark.range.start == self.start));
                if let (None, Some(style)) = (&open, style) {
                    let mut opened = Open::new(style, self.start..self.start, true);
                    if opened.takes(&mark) {
                        spans.push(self.span(&opened, mark.range));
                    }
                }
                continue;
            };
            let anew = inner == Inner::Anew && opened.effect(&mark) == Effect::Opens;
            if anew || opened.gives_way(&mark, self.start) {
                open = opening(&mark, None);
            } else if opened.takes(&mark) {
                spans.push(self.span(opened, mark.range));
                open = None;
            }
        }
        (spans, open)
    }

    /// Whether a quotation that the paragraph does not close is one up to its end: it opens
    /// the paragraph, or something introduces it.
    fn lacks_a_close(&self, open: &Open) -> bool {
        let introduced = || self.text[..open.outer].trim_end().ends_with([':', ',']);
        open.last_close.is_none()
            && self.end - open.inner <= MOST_UNCLOSED_BYTES
            && (open.outer == self.start || introduced())
    }

    /// What stands between the mark that opens and the one that closes.
    fn span(&self, open: &Open, close: Range<usize>) -> Span {
        Span {
            outer: open.outer..close.end,
            inner: trim(self.text, open.inner..close.start),
            goes_on: open.goes_on,
            stays_open: false,
        }
    }
}

/// What a mark does to a quotation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    Opens,
    Closes,
    Nothing,
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

    /// What `mark` does to this quotation.
    fn effect(&self, mark: &Mark<'_>) -> Effect {
        let (opens, closes) = match self.style {
            Style::Straight => (
                mark.sign == '"' && mark.opens_by_place(),
                mark.sign == '"' && !mark.opens_by_place(),
            ),
            Style::Curly => {
                let ends = matches!(mark.sign, '“' | '"') && mark.ends_by_place();
                (mark.sign == '“' && !ends, mark.sign == '”' || ends)
            }
            Style::Closing => (false, mark.sign == '”'),
            Style::Low => (mark.sign == '„', matches!(mark.sign, '“' | '”' | '"')),
            Style::Guillemets => (mark.sign == '«', mark.sign == '»'),
            Style::Inward => (mark.sign == '»', mark.sign == '«'),
            Style::Single => (false, mark.sign == '’' && !mark.after.is_alphanumeric()),
            Style::Ticks => (mark.sign == '`', mark.sign == '\''),
        };
        match (opens, closes) {
            (true, _) => Effect::Opens,
            (_, true) => Effect::Closes,
            _ => Effect::Nothing,
        }
    }

    /// Whether `mark` closes it; counts the marks inside.
    fn takes(&mut self, mark: &Mark<'_>) -> bool {
        match self.effect(mark) {
            Effect::Opens => self.depth += 1,
            Effect::Closes => {
                self.last_close = Some(mark.range.clone());
                // What could be the boys' own is no end yet.
                self.depth -= usize::from(self.style != Style::Single || mark.before != 's');
            }
            Effect::Nothing => {}
        }
        self.depth == 0
    }

    /// Whether a single mark was an apostrophe after all, since `mark` opens a quotation.
    fn gives_way(&self, mark: &Mark<'_>, start: usize) -> bool {
        self.style == Style::Single
            && self.outer != start
            && !matches!(mark.sign, '’' | '‘')
            && mark.opens_by_place()
    }
}

/// What `mark` opens, if it opens anything.
fn opening(mark: &Mark<'_>, goes_on: Option<Style>) -> Option<Open> {
    let place = mark.opens_by_place();
    let style = match mark.sign {
        '"' if place => Style::Straight,
        '“' => Style::Curly,
        '”' if place && mark.after.is_alphanumeric() => Style::Closing,
        '„' => Style::Low,
        '«' => Style::Guillemets,
        '»' if place && mark.after.is_alphanumeric() => Style::Inward,
        '‘' if place && mark.after.is_alphanumeric() && !mark.is_apostrophe() => Style::Single,
        '`' => Style::Ticks,
        _ => return None,
    };
    let goes_on = goes_on.is_some_and(|left| left == style);
    Some(Open::new(style, mark.range.clone(), goes_on))
}

/// The style of the quotation that `paragraph` opens with.
fn opening_style(paragraph: &str) -> Option<Style> {
    let mark = next_mark(paragraph, 0..paragraph.len().min(LONGEST_MARK_BYTES))?;
    let opened = opening(&mark, None).filter(|_| mark.range.start == 0)?;
    Some(opened.style)
}
