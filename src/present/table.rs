//! Hits and articles as tables: CSV, and the runs of TREC.
//!
//! In: pages and articles. Out: lines.
//!
//! Spreadsheets run a cell that starts with `=`, `+`, `-`, `@` or a tab as a formula,
//! and an archive's texts are no one's to vouch for. Such a cell gets an apostrophe
//! in front, which a spreadsheet hides, unless it is a number. Cells have no control
//! characters but line ends and tabs. Programs that need every byte read JSON Lines.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use crate::article::Article;
use crate::search::Hit;

/// The name of the runs, their last column.
const RUN_TAG: &str = "search";

/// Hits of one query or several as CSV with a header.
pub struct HitTable<W: Write>(csv::Writer<W>);

impl<W: Write> HitTable<W> {
    /// Writes the header.
    ///
    /// # Errors
    ///
    /// Fails if `out` does.
    pub fn new(out: W) -> io::Result<Self> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record([
            "query", "rank", "score", "id", "date", "source", "title", "path", "url", "snippet",
        ])?;
        Ok(Self(table))
    }

    /// Writes a row; `query` is the query's id in a batch, else what the user typed.
    ///
    /// # Errors
    ///
    /// Fails if the output does.
    pub fn write(&mut self, query: &str, hit: &Hit) -> io::Result<()> {
        let article = &hit.article;
        let snippets: Vec<_> = hit.snippets.iter().map(|one| &*one.text).collect();
        self.0.write_record([
            &*cell(query),
            &hit.rank.to_string(),
            &hit.score.to_string(),
            &cell(&article.id),
            &date(article),
            &cell(article.source.as_deref().unwrap_or("")),
            &cell(&article.title),
            &cell(&article.path),
            &cell(article.url.as_deref().unwrap_or("")),
            &cell(&snippets.join(" … ")),
        ])?;
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

/// Whole articles as CSV with a header.
pub struct ArticleTable<W: Write>(csv::Writer<W>);

impl<W: Write> ArticleTable<W> {
    /// Writes the header.
    ///
    /// # Errors
    ///
    /// Fails if `out` does.
    pub fn new(out: W) -> io::Result<Self> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record([
            "id", "path", "title", "date", "source", "url", "authors", "section", "lang", "body",
        ])?;
        Ok(Self(table))
    }

    /// Writes a row; authors are parted by `; `.
    ///
    /// # Errors
    ///
    /// Fails if the output does.
    pub fn write(&mut self, article: &Article) -> io::Result<()> {
        self.0.write_record([
            &*cell(&article.id),
            &cell(&article.path),
            &cell(&article.title),
            &date(article),
            &cell(article.source.as_deref().unwrap_or("")),
            &cell(article.url.as_deref().unwrap_or("")),
            &cell(&article.authors.join("; ")),
            &cell(article.section.as_deref().unwrap_or("")),
            &cell(article.lang.as_deref().unwrap_or("")),
            &cell(&article.body),
        ])?;
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

pub(super) fn date(article: &Article) -> String {
    article
        .published
        .map_or_else(String::new, |date| date.iso_day())
}

/// The text without control characters, so that no spreadsheet takes it for a formula.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    let text = without_controls(text);
    let formula = text.starts_with(['=', '+', '-', '@', '\t']) && text.parse::<f64>().is_err();
    if formula {
        Cow::Owned(format!("'{text}"))
    } else {
        text
    }
}

/// The text without control characters but line ends and tabs.
fn without_controls(text: &str) -> Cow<'_, str> {
    let is_dropped = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if text.contains(is_dropped) {
        Cow::Owned(text.replace(is_dropped, ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// Writes the hits of a query, `offset` having been passed over, as lines of a TREC
/// run: `query Q0 id rank score tag`.
///
/// White space and `%` in ids are percent-encoded, so that lines have six columns.
/// Programs sort a run by its scores and break ties by id; so scores go down
/// strictly, by a millionth below the one before where the hits' own do not.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_run(
    out: &mut dyn Write,
    query_id: &str,
    offset: usize,
    hits: &[(String, f32)],
) -> io::Result<()> {
    let query_id = column(query_id);
    let mut last: Option<f32> = None;
    for (before, (id, score)) in hits.iter().enumerate() {
        let rank = offset + before + 1;
        let score = finite(*score);
        let score = last.map_or(score, |last| below(last, score));
        last = Some(score);
        let id = column(id);
        writeln!(out, "{query_id} Q0 {id} {rank} {score} {RUN_TAG}")?;
    }
    Ok(())
}

fn finite(score: f32) -> f32 {
    if score.is_finite() { score } else { 0.0 }
}

/// `score` if it is less than `last`, else a little less than `last`, also for
/// programs that read no more than single precision.
fn below(last: f32, score: f32) -> f32 {
    if score < last {
        score
    } else {
        last - (last.abs() * 1e-6).max(1e-6)
    }
}

/// A text without white space; `-` for an empty one.
fn column(text: &str) -> Cow<'_, str> {
    if text.is_empty() {
        return Cow::Borrowed("-");
    }
    let unsafe_char = |c: char| c.is_whitespace() || c.is_control() || c == '%';
    if !text.contains(unsafe_char) {
        return Cow::Borrowed(text);
    }
    let mut column = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        if unsafe_char(char) {
            let mut bytes = [0; 4];
            for byte in char.encode_utf8(&mut bytes).bytes() {
                // Writing to a String cannot fail.
                let _ = write!(column, "%{byte:02X}");
            }
        } else {
            column.push(char);
        }
    }
    Cow::Owned(column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample;

    fn trec(scores: &[f32]) -> String {
        let hits: Vec<_> = (1..=scores.len())
            .zip(scores)
            .map(|(number, &score)| (format!("a {number}"), score))
            .collect();
        let mut out = Vec::new();
        write_run(&mut out, "q 1", 0, &hits).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn trec_lines_have_six_columns() {
        assert_eq!(trec(&[7.5]), "q%201 Q0 a%201 1 7.5 search\n");
    }

    #[test]
    fn trec_scores_go_down_strictly() {
        let scores = [9.0, 9.0, 9.0, f32::NAN, 0.0, 0.0, 1e20, -3.0];
        let printed = trec(&scores);
        let read: Vec<f32> = printed
            .lines()
            .map(|line| line.split(' ').nth(4).unwrap().parse().unwrap())
            .collect();
        assert_eq!(read.len(), scores.len());
        assert!(read.is_sorted_by(|one, next| one > next), "{read:?}");
        assert_eq!((read[0], read[7]), (9.0, -3.0));
    }

    #[test]
    fn csv_quotes_and_disarms_cells() {
        let mut hit = sample::hit(1);
        hit.article.title = "=cmd|' /C calc'!A0, \"x\"".to_owned();
        hit.article.id = "-12".to_owned();
        let mut out = Vec::new();
        let mut table = HitTable::new(&mut out).unwrap();
        table.write("kursk", &hit).unwrap();
        table.flush().unwrap();
        drop(table);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "query,rank,score,id,date,source,title,path,url,snippet\n\
             kursk,1,7.31,-12,2025-03-15,Harbour Wire,\"'=cmd|' /C calc'!A0, \"\"x\"\"\",\
             corpus/harbour-wire/2025-03/truce-terms.md,,\
             Russia claimed two more villages in the Kursk region on the day the ceasefire plan was discussed.\n"
        );
    }

    #[test]
    fn cells_have_no_control_characters() {
        assert_eq!(cell("a\u{1b}[2J\u{9b}1m\u{7f}\0\r\n\tb"), "a[2J1m\n\tb");
        assert_eq!(cell("\r=1+1"), "'=1+1");
        assert_eq!(cell("\u{8}-12"), "-12");
    }

    #[test]
    fn articles_are_rows() {
        let mut out = Vec::new();
        let mut table = ArticleTable::new(&mut out).unwrap();
        table.write(&sample::hit(1).article).unwrap();
        table.flush().unwrap();
        drop(table);
        let text = String::from_utf8(out).unwrap();
        let (header, row) = text.split_once('\n').unwrap();
        assert_eq!(
            header,
            "id,path,title,date,source,url,authors,section,lang,body"
        );
        assert!(
            row.contains(",2025-03-15,Harbour Wire,,Jane Doe; Li Wei,,en,"),
            "{row}"
        );
    }
}
