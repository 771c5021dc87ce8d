//! Writes laid-out text with colours, links and indents.
//!
//! In: harmless text with what matched in it. Out: lines for a terminal or a pipe.
//!
//! Matches are bold and red: of the colours that stand out on a light and on a
//! dark ground alike it is the one that `grep` has taught people to look for.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Style};

use super::layout::{Marked, wrap};
use crate::text::{columns_of, plain_line};

/// What the terminal can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalStyle {
    /// Columns of a line.
    pub width: usize,
    /// Whether to use colour and weight.
    pub colour: bool,
    /// Whether to make titles links to their files.
    pub hyperlinks: bool,
}

/// No line is laid out narrower than this.
const MIN_WIDTH: usize = 12;

/// How titles look.
pub(super) const TITLE: Style = Style::new().bold();
/// How matches look.
const MATCH: Style = Style::new()
    .bold()
    .fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
/// How everything looks that is about an article.
pub(super) const METADATA: Style = Style::new().dimmed();
/// How an article's text looks.
pub(super) const TEXT: Style = Style::new();

/// Writes paragraphs with a hanging indent.
pub(super) struct Printer<'a> {
    /// Where the lines go.
    pub(super) out: &'a mut dyn Write,
    /// What it can do.
    style: TerminalStyle,
    /// Stands before the next paragraph's first line, once.
    pub(super) label: String,
    /// Columns before every other line.
    pub(super) indent: usize,
    /// Where the text links to.
    pub(super) link: Option<String>,
}

impl<'a> Printer<'a> {
    /// A printer that indents nothing and links nowhere.
    pub(super) fn new(out: &'a mut dyn Write, style: TerminalStyle) -> Self {
        Self {
            out,
            style,
            label: String::new(),
            indent: 0,
            link: None,
        }
    }

    /// Columns that text may take.
    fn width(&self) -> usize {
        let taken = self.indent.max(self.label.len());
        self.style.width.saturating_sub(taken).max(MIN_WIDTH)
    }

    /// Writes metadata with dots between, as many parts in a line as fit.
    pub(super) fn write_parts(&mut self, parts: &[String]) -> io::Result<()> {
        let mut line = String::new();
        for part in parts {
            let part = plain_line(part.trim());
            if part.is_empty() {
                continue;
            }
            if !line.is_empty()
                && columns_of(&line) + columns_of(" · ") + columns_of(&part) > self.width()
            {
                self.write_paragraph(&Marked::new(&line, &[]), METADATA)?;
                line.clear();
            }
            if !line.is_empty() {
                line.push_str(" · ");
            }
            line.push_str(&part);
        }
        self.write_paragraph(&Marked::new(&line, &[]), METADATA)
    }

    /// Writes `text` in as many lines as it takes.
    pub(super) fn write_paragraph(&mut self, text: &Marked, style: Style) -> io::Result<()> {
        for line in wrap(&text.text, self.width()) {
            let label = std::mem::take(&mut self.label);
            write!(self.out, "{label:0$}", self.indent)?;
            self.write_line(text, line, style)?;
        }
        Ok(())
    }

    /// Writes `text` in one line, however long.
    pub(super) fn write_unbroken(&mut self, text: &Marked) -> io::Result<()> {
        write!(self.out, "{}", std::mem::take(&mut self.label))?;
        self.write_line(text, 0..text.text.len(), TEXT)
    }

    fn write_line(&mut self, text: &Marked, line: Range<usize>, style: Style) -> io::Result<()> {
        if let Some(url) = &self.link {
            write!(self.out, "\u{1B}]8;;{url}\u{1B}\\")?;
        }
        for (stretch, matched) in text.stretches(line) {
            let style = if matched { MATCH } else { style };
            let painted = self.painted(stretch, style);
            write!(self.out, "{painted}")?;
        }
        if self.link.is_some() {
            write!(self.out, "\u{1B}]8;;\u{1B}\\")?;
        }
        writeln!(self.out)
    }

    fn painted<'t>(&self, text: &'t str, style: Style) -> Cow<'t, str> {
        if !self.style.colour || style == TEXT {
            return Cow::Borrowed(text);
        }
        Cow::Owned(format!("{}{text}{}", style.render(), style.render_reset()))
    }
}
