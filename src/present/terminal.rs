//! Pages of results and articles for people, in a terminal or a pipe.
//!
//! In: a page or an article. Out: lines of at most the given width.
//!
//! Matches are marked with colour or not at all, so that piped text stays as the
//! article has it.

use std::io::{self, Write};
use std::ops::Range;

use super::explain::write_score;
use super::layout::Marked;
use super::link::file_url;
pub use super::printer::TerminalStyle;
use super::printer::{METADATA, Printer, TEXT, TITLE};
use super::readable::{full_date, grouped, readable_day, readable_time};
use crate::article::Article;
use crate::search::{Hit, Page};
use crate::snippet::Snippet;
use crate::snippet::{Found, highlights};
use crate::text::{meant_lines, paragraphs, plain_line};

/// Most columns of an article's text: longer lines are hard to read.
const TEXT_MAX_WIDTH: usize = 88;
/// Below this width, what is indented moves to the left.
const NARROW_WIDTH: usize = 40;
/// Writes the hits of a page and how many there are; nothing if nothing matches.
///
/// `file_of` tells the absolute path of an article's file, to which its title links.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_page(
    out: &mut dyn Write,
    page: &Page,
    style: TerminalStyle,
    file_of: &dyn Fn(&Article) -> Option<String>,
) -> io::Result<()> {
    if page.total == 0 {
        return Ok(());
    }
    let mut printer = Printer::new(out, style);
    if page.partial {
        let notice = Marked::new("no article has all the words; these have some", &[]);
        printer.write_paragraph(&notice, METADATA)?;
        writeln!(printer.out)?;
    }
    let last_rank = page.hits.iter().map(|hit| hit.rank).max().unwrap_or(0);
    let digits = last_rank.to_string().len();
    for hit in &page.hits {
        if style.width < NARROW_WIDTH {
            printer.label = format!("{:>digits$} ", hit.rank);
            printer.indent = 2;
        } else {
            printer.label = format!("{:>1$}  ", hit.rank, digits.max(3));
            printer.indent = printer.label.len();
        }
        let link = style.hyperlinks.then(|| file_of(&hit.article)).flatten();
        write_hit(&mut printer, hit, link.as_deref())?;
        writeln!(printer.out)?;
    }
    let total = Marked::new(&total(page), &[]);
    printer.indent = 0;
    printer.write_paragraph(&total, METADATA)
}

fn write_hit(printer: &mut Printer<'_>, hit: &Hit, file: Option<&str>) -> io::Result<()> {
    printer.link = file.map(file_url);
    printer.write_paragraph(&title(&hit.article, &hit.title_highlights), TITLE)?;
    printer.link = None;
    let article = &hit.article;
    let mut metadata = vec![date(article)];
    metadata.extend(article.source.clone());
    metadata.push(article.place());
    printer.write_parts(&metadata)?;
    if !hit.snippets.is_empty() {
        printer.write_paragraph(&row(&hit.snippets, article), TEXT)?;
    }
    if !hit.matched.is_empty() {
        let matched = format!("matched: {}", hit.matched.join(", "));
        printer.write_paragraph(&Marked::new(&matched, &[]), METADATA)?;
    }
    if !hit.missing.is_empty() {
        let missing = format!("missing: {}", hit.missing.join(", "));
        printer.write_paragraph(&Marked::new(&missing, &[]), METADATA)?;
    }
    if let Some(explanation) = &hit.explanation {
        write_score(printer, explanation)?;
    }
    Ok(())
}

/// Writes an article with its metadata, and what was found in it marked.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_article(
    out: &mut dyn Write,
    article: &Article,
    style: TerminalStyle,
    found: &Found,
) -> io::Result<()> {
    let width = style.width.min(TEXT_MAX_WIDTH);
    let mut printer = Printer::new(out, TerminalStyle { width, ..style });
    printer.write_paragraph(&title(article, &highlights(&found.title)), TITLE)?;
    for line in metadata(article) {
        printer.write_parts(&line)?;
    }
    for (text, found) in [(&article.lead, &found.lead), (&article.body, &found.body)] {
        let marks = highlights(found);
        for paragraph in paragraphs(text) {
            writeln!(printer.out)?;
            for line in meant_lines(text, paragraph) {
                let own = marks_within(&marks, &line);
                printer.write_paragraph(&Marked::new(&text[line], &own), TEXT)?;
            }
        }
    }
    Ok(())
}

/// The lines under the title of an article, each of several parts.
fn metadata(article: &Article) -> Vec<Vec<String>> {
    let mut first = vec![
        article
            .published
            .as_ref()
            .map_or_else(|| date(article), full_date),
    ];
    first.extend(article.source.clone());
    first.extend(article.section.clone());
    first.extend(article.lang.clone());
    let mut lines = vec![first];
    if !article.authors.is_empty() {
        lines.push(vec![format!("By {}", article.authors.join(", "))]);
    }
    lines.push(vec![article.id.clone()]);
    if article.place() != article.id {
        lines.push(vec![article.place()]);
    }
    lines.extend(article.url.clone().map(|url| vec![url]));
    lines.retain(|line| line.iter().any(|part| !part.trim().is_empty()));
    lines
}

/// The marks in `line`, counted from its start.
fn marks_within(marks: &[Range<usize>], line: &Range<usize>) -> Vec<Range<usize>> {
    let first = marks.partition_point(|mark| mark.end <= line.start);
    marks[first..]
        .iter()
        .take_while(|mark| mark.start < line.end)
        .map(|mark| mark.start.saturating_sub(line.start)..mark.end.min(line.end) - line.start)
        .collect()
}

/// The title, or else the first words of the article.
pub(super) fn title(article: &Article, highlights: &[Range<usize>]) -> Marked {
    const FIRST_WORDS: usize = 10;
    let title = Marked::new(&article.title, highlights);
    if !title.text.trim().is_empty() {
        return title;
    }
    for text in [&article.lead, &article.body] {
        let start = &text[..text.floor_char_boundary(1_000)];
        let start = plain_line(start);
        let words: Vec<_> = start.split_whitespace().take(FIRST_WORDS + 1).collect();
        match words.get(..FIRST_WORDS) {
            Some(first) if words.len() > FIRST_WORDS => {
                return Marked::new(&format!("{} …", first.join(" ")), &[]);
            }
            _ if !words.is_empty() => return Marked::new(&words.join(" "), &[]),
            _ => {}
        }
    }
    Marked::new("(untitled)", &[])
}

/// The snippets in a row, with `…` for what is left out between and after them.
fn row(snippets: &[Snippet], article: &Article) -> Marked {
    let mut row = Marked::default();
    for snippet in snippets {
        let mut text = &*snippet.text;
        if !row.text.is_empty() {
            // One sign stands for both the end of a sentence and what follows it.
            text = text.strip_prefix("… ").unwrap_or(text);
            row.push(
                if row.text.ends_with('…') {
                    " "
                } else {
                    " … "
                },
                &[],
            );
        }
        let cut = snippet.text.len() - text.len();
        let marks: Vec<_> = snippet
            .highlights
            .iter()
            .filter(|mark| mark.start >= cut)
            .map(|mark| mark.start - cut..mark.end - cut)
            .collect();
        row.push(text, &marks);
    }
    let at_the_end = snippets
        .last()
        .is_some_and(|last| ends_like(&article.body, &last.text));
    if !row.text.ends_with('…') && !at_the_end {
        row.push(" …", &[]);
    }
    row
}

/// Whether `snippet` shows the article's last words, so that nothing follows.
fn ends_like(body: &str, snippet: &str) -> bool {
    const COMPARED_BYTES: usize = 24;
    let words = snippet.trim_start_matches(['…', ' ']);
    let start = words.ceil_char_boundary(words.len().saturating_sub(COMPARED_BYTES));
    body.trim_end().ends_with(&words[start..])
}

pub(super) fn date(article: &Article) -> String {
    article
        .published
        .as_ref()
        .map_or_else(|| "undated".to_owned(), readable_day)
}

/// `12 articles · 2.1 ms`, or `1–10 of 12,345 articles · 2.1 ms`.
pub(super) fn total(page: &Page) -> String {
    let noun = if page.total == 1 {
        "article"
    } else {
        "articles"
    };
    let shown = match (page.hits.first(), page.hits.last()) {
        (Some(first), Some(last)) if (page.hits.len() as u64) < page.total => {
            let first = grouped(first.rank as u64);
            let last = grouped(last.rank as u64);
            if first == last {
                format!("{first} of ")
            } else {
                format!("{first}–{last} of ")
            }
        }
        _ => String::new(),
    };
    let total = grouped(page.total);
    format!("{shown}{total} {noun} · {}", readable_time(page.elapsed))
}

#[cfg(test)]
mod tests;
