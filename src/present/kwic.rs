//! Keywords in context: one line a match, in aligned columns.
//!
//! In: a page whose hits have their matches in context. Out: text with the matches
//! below each other, and below that the articles; or CSV, a row a match.

use std::io::{self, Write};

use unicode_segmentation::UnicodeSegmentation;

use super::layout::Marked;
use super::printer::{METADATA, Printer, TerminalStyle};
use super::readable::grouped;
use super::table::{cell, date as day};
use super::terminal::{date, title, total};
use crate::search::{Hit, Page};
use crate::snippet::ContextLine;
use crate::text::columns_of;

/// The order of matches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KwicOrder {
    /// By the rank of the article, and then as they come in it.
    #[default]
    Text,
    /// By the words in front of them, the nearest first.
    Left,
    /// By the words behind them.
    Right,
}

/// Spaces on either side of a match.
const GAP: usize = 2;

/// Writes the matches of a page, and which articles they are in; nothing if nothing matches.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_kwic(
    out: &mut dyn Write,
    page: &Page,
    style: TerminalStyle,
    order: KwicOrder,
) -> io::Result<()> {
    if page.total == 0 {
        return Ok(());
    }
    let lines = ordered(page, order);
    let digits = page.hits.iter().map(|hit| hit.rank).max().unwrap_or(0);
    let digits = digits.to_string().len().max(3);
    let mut printer = Printer::new(out, style);
    for (hit, line) in &lines {
        let row = row(line, style.width.saturating_sub(digits + GAP));
        printer.label = format!("{:>digits$}{:GAP$}", hit.rank, "");
        printer.write_unbroken(&row)?;
    }
    if !lines.is_empty() {
        writeln!(printer.out)?;
    }
    for hit in &page.hits {
        printer.label = format!("{:>digits$}{:GAP$}", hit.rank, "");
        printer.indent = printer.label.len();
        let mut parts = vec![title(&hit.article, &[]).text, date(&hit.article)];
        parts.extend(hit.article.source.clone());
        printer.write_parts(&parts)?;
    }
    printer.indent = 0;
    let noun = if lines.len() == 1 { "match" } else { "matches" };
    let summary = format!("{} {noun} in {}", grouped(lines.len() as u64), total(page));
    if !page.hits.is_empty() {
        writeln!(printer.out)?;
    }
    printer.write_paragraph(&Marked::new(&summary, &[]), METADATA)
}

/// A match in so many columns, two fifths of them in front of it. What stands right
/// beside it stays there; a space becomes a gap.
fn row(line: &ContextLine, columns: usize) -> Marked {
    let gap = |has_space: bool| " ".repeat(if has_space { GAP } else { 0 });
    let side = columns * 2 / 5;
    let left = line.left.trim_end();
    let space = gap(left.len() < line.left.len());
    let left = format!(
        "{}{space}",
        last_words(left, side.saturating_sub(space.len()))
    );
    let mut row = Marked::new(&" ".repeat(side.saturating_sub(columns_of(&left))), &[]);
    row.push(&left, &[]);
    let whole = 0..line.keyword.len();
    row.push(&line.keyword, std::slice::from_ref(&whole));
    let right = line.right.trim_start();
    row.push(&gap(right.len() < line.right.len()), &[]);
    let room = columns.saturating_sub(columns_of(&row.text));
    row.push(first_words(right, room), &[]);
    row
}

/// The matches of all hits, in order.
fn ordered(page: &Page, order: KwicOrder) -> Vec<(&Hit, &ContextLine)> {
    let hits = page.hits.iter();
    let mut lines: Vec<_> = hits
        .flat_map(|hit| hit.context.iter().map(move |line| (hit, line)))
        .collect();
    match order {
        KwicOrder::Text => {}
        KwicOrder::Left => lines.sort_by_cached_key(|(_, line)| line.left_words()),
        KwicOrder::Right => lines.sort_by_cached_key(|(_, line)| line.right_words()),
    }
    lines
}

/// As much of the end as fits in so many columns: whole words, or characters if not
/// even one word fits.
fn last_words(text: &str, columns: usize) -> &str {
    let fits = |start: &usize| columns_of(&text[*start..]) <= columns;
    let words = text.match_indices(' ').map(|(at, _)| at + 1);
    let word = std::iter::once(0).chain(words).find(fits);
    let character = || text.grapheme_indices(true).map(|(at, _)| at).find(fits);
    word.or_else(character).map_or("", |start| &text[start..])
}

/// As much of the start as fits, likewise.
fn first_words(text: &str, columns: usize) -> &str {
    let fits = |end: &usize| columns_of(&text[..*end]) <= columns;
    let words = text.match_indices(' ').map(|(at, _)| at);
    let word = words
        .chain(std::iter::once(text.len()))
        .take_while(fits)
        .last();
    let characters = || text.grapheme_indices(true).map(|(at, _)| at);
    let end = word.or_else(|| characters().take_while(fits).last());
    end.map_or("", |end| &text[..end])
}

/// Matches in context as CSV with a header.
pub struct KwicTable<W: Write>(csv::Writer<W>);

impl<W: Write> KwicTable<W> {
    /// Writes the header.
    ///
    /// # Errors
    ///
    /// Fails if `out` does.
    pub fn new(out: W) -> io::Result<Self> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record([
            "query", "rank", "id", "date", "source", "title", "left", "match", "right",
        ])?;
        Ok(Self(table))
    }

    /// Writes a row for each match of a page; `query` is the query's id in a batch, else
    /// what the user typed.
    ///
    /// # Errors
    ///
    /// Fails if the output does.
    pub fn write(&mut self, query: &str, page: &Page, order: KwicOrder) -> io::Result<()> {
        for (hit, line) in ordered(page, order) {
            let article = &hit.article;
            self.0.write_record([
                &*cell(query),
                &hit.rank.to_string(),
                &cell(&article.id),
                &day(article),
                &cell(article.source.as_deref().unwrap_or("")),
                &cell(&article.title),
                &cell(&line.left),
                &cell(&line.keyword),
                &cell(&line.right),
            ])?;
        }
        Ok(())
    }

    /// Hands over what is written so far.
    ///
    /// # Errors
    ///
    /// Fails if the output does.
    pub fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample;

    fn page() -> Page {
        let line = |left: &str, keyword: &str, right: &str| ContextLine {
            left: left.to_owned(),
            keyword: keyword.to_owned(),
            right: right.to_owned(),
        };
        let mut page = sample::page(2);
        page.hits[0].context = vec![
            line("two more villages in the ", "Kursk", " region on the day"),
            line("protecting a (", "ceasefire", "), should there be one"),
        ];
        page.hits[1].context = vec![line("", "Kursk", " a front that shrinks")];
        page
    }

    fn printed(width: usize) -> String {
        let style = TerminalStyle {
            width,
            colour: false,
            hyperlinks: false,
        };
        let mut out = Vec::new();
        write_kwic(&mut out, &page(), style, KwicOrder::Text).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn matches_stand_below_each_other() {
        let text = printed(60);
        let lines: Vec<_> = text.lines().take(5).collect();
        assert_eq!(
            lines,
            [
                "  1  more villages in the  Kursk  region on the day",
                "  1          protecting a (ceasefire), should there be one",
                "  2                        Kursk  a front that shrinks",
                "",
                "  1  Truce terms divide allies as Kursk front shrinks",
            ]
        );
        let end = "\n\n3 matches in 2 articles · 2.1 ms\n";
        assert!(text.ends_with(end), "{text}");
        assert!(printed(1).contains("Kursk"));
    }

    #[test]
    fn matches_are_ordered_by_their_neighbours() {
        let page = page();
        let rights = |order| {
            let lines = ordered(&page, order);
            lines
                .iter()
                .map(|(_, line)| line.right.as_str())
                .collect::<Vec<_>>()
        };
        let [region, should, front] = [
            " region on the day",
            "), should there be one",
            " a front that shrinks",
        ];
        assert_eq!(rights(KwicOrder::Text), [region, should, front]);
        assert_eq!(rights(KwicOrder::Right), [front, region, should]);
        assert_eq!(rights(KwicOrder::Left), [front, should, region]);
    }

    #[test]
    fn matches_are_rows() {
        let mut table = KwicTable::new(Vec::new()).unwrap();
        table.write("q", &page(), KwicOrder::Text).unwrap();
        let bytes = table.0.into_inner().unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.lines().count(), 4);
        let last =
            "Truce terms divide allies as Kursk front shrinks,,Kursk, a front that shrinks\n";
        assert!(text.ends_with(last), "{text}");
    }
}
