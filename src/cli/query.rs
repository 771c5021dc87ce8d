//! `search query`: ranked hits with snippets, for one query or a file of them.

use std::io::Write;
use std::path::Path;

use super::args::{HitFormat, KwicChoice, QueryArgs};
use super::console::Console;
use super::locate::{file_of, open_engine};
use super::question::{match_mode, read_filters, read_query, sort};
use super::{Outcome, Result};
use crate::engine::Engine as _;
use crate::engine::embedded::EmbeddedEngine;
use crate::error::Error;
use crate::eval::{Topic, read_topics};
use crate::explain::{Account, account};
use crate::present::{
    HitTable, KwicOrder, KwicTable, TerminalStyle, Typed, write_hit_jsonl, write_kwic, write_page,
    write_page_json, write_run,
};
use crate::query::Clause;
use crate::search::{Page, Question, answer, find};
use crate::snippet::Wanted;
use crate::text::plain_line;

/// Runs the command.
pub(super) fn run(
    args: &QueryArgs,
    index: Option<&Path>,
    console: &Console,
    out: &mut dyn Write,
) -> Result<Outcome> {
    let asker = Asker {
        args,
        filters: read_filters(&args.filters)?,
        console,
    };
    let Some(file) = &args.queries else {
        let text = args.query.join(" ");
        // A query that cannot be read is told before an index that is not there.
        let question = asker.question(&text)?;
        let engine = open_engine(index)?;
        let mut answers = Answers::new(args, &engine, console, out)?;
        let total = answers.give(&Asked {
            id: None,
            text: &text,
            question: &question,
        })?;
        answers.finish()?;
        if total == 0 {
            console.tell("no article matches");
        }
        return Ok(outcome(total));
    };
    let topics = read_topics(file)?;
    let engine = open_engine(index)?;
    asker.batch(&topics, Answers::new(args, &engine, console, out)?)
}

/// The command's settings.
struct Asker<'a> {
    args: &'a QueryArgs,
    filters: Vec<Clause>,
    console: &'a Console,
}

impl Asker<'_> {
    fn question(&self, text: &str) -> crate::error::Result<Question> {
        let query = read_query(text, &self.args.matching, self.console)?;
        Ok(Question {
            query,
            filters: self.filters.clone(),
            match_mode: match_mode(&self.args.matching),
            expand: self.args.expand,
            sort: sort(self.args.sort),
            offset: self.args.offset,
            limit: self.args.limit,
            // A run has no place for it.
            is_counted: self.args.format != HitFormat::Trec,
            snippets: match self.args.kwic {
                None => self.args.snippets,
                Some(_) => 0,
            },
            snippet_columns: self.args.width.map_or(Wanted::COLUMNS, two_lines),
            context: self.args.kwic.is_some(),
            explain: self.args.explain,
        })
    }

    /// Answers every query of a file; one that cannot be read costs only itself.
    fn batch(&self, topics: &[Topic], mut answers: Answers<'_>) -> Result<Outcome> {
        let mut total = 0;
        let mut flawed = false;
        for topic in topics {
            match self.question(&topic.query) {
                Ok(question) => {
                    let asked = Asked {
                        id: Some(&topic.id),
                        text: &topic.query,
                        question: &question,
                    };
                    total += answers.give(&asked)?;
                }
                Err(error) => {
                    self.console.fail(&named(&topic.id, &error));
                    flawed = true;
                }
            }
        }
        answers.finish()?;
        Ok(if flawed {
            Outcome::Flawed
        } else {
            outcome(total)
        })
    }
}

/// A question as it was asked.
struct Asked<'a> {
    /// The query's id in a file of queries.
    id: Option<&'a str>,
    text: &'a str,
    question: &'a Question,
}

/// Answers questions, and writes the answers in one format.
struct Answers<'a> {
    engine: &'a EmbeddedEngine,
    console: &'a Console,
    /// Columns of a line, if not the terminal's.
    width: Option<usize>,
    format: Format<'a>,
    is_batch: bool,
    given: usize,
}

enum Format<'a> {
    /// Hits, or their matches in context in some order.
    Text(&'a mut dyn Write, Option<KwicOrder>),
    Json(&'a mut dyn Write),
    Jsonl(&'a mut dyn Write),
    Csv(Box<HitTable<&'a mut dyn Write>>),
    KwicCsv(Box<KwicTable<&'a mut dyn Write>>, KwicOrder),
    Trec(&'a mut dyn Write),
}

impl<'a> Answers<'a> {
    fn new(
        args: &QueryArgs,
        engine: &'a EmbeddedEngine,
        console: &'a Console,
        out: &'a mut dyn Write,
    ) -> Result<Self> {
        let kwic = args.kwic.map(|order| match order {
            KwicChoice::Text => KwicOrder::Text,
            KwicChoice::Left => KwicOrder::Left,
            KwicChoice::Right => KwicOrder::Right,
        });
        let format = match args.format {
            HitFormat::Text => Format::Text(out, kwic),
            HitFormat::Json => Format::Json(out),
            HitFormat::Jsonl => Format::Jsonl(out),
            HitFormat::Csv => match kwic {
                Some(order) => Format::KwicCsv(Box::new(KwicTable::new(out)?), order),
                None => Format::Csv(Box::new(HitTable::new(out)?)),
            },
            HitFormat::Trec => Format::Trec(out),
        };
        let is_batch = args.queries.is_some();
        Ok(Self {
            engine,
            console,
            width: args.width.map(usize::from),
            format,
            is_batch,
            given: 0,
        })
    }

    /// Answers a question; returns how many articles match.
    fn give(&mut self, asked: &Asked<'_>) -> Result<u64> {
        self.given += 1;
        if let Format::Trec(out) = &mut self.format {
            let (matches, partial) = find(self.engine, asked.question)?;
            if asked.question.explain {
                let found_all = matches.total > 0 && !partial;
                self.console
                    .explain(&account(self.engine, asked.question, found_all)?);
            }
            let id = asked.id.unwrap_or("1");
            let ids = self.engine.ids(&matches.keys())?;
            let scores = matches.hits.iter().map(|hit| hit.score);
            let hits: Vec<_> = ids.into_iter().zip(scores).collect();
            write_run(*out, id, asked.question.offset, &hits)?;
            return Ok(matches.total);
        }
        let page = answer(self.engine, asked.question)?;
        let account = match asked.question.explain {
            true => {
                let found_all = page.total > 0 && !page.partial;
                Some(account(self.engine, asked.question, found_all)?)
            }
            false => None,
        };
        self.write(asked, &page, account.as_ref())?;
        Ok(page.total)
    }

    fn write(&mut self, asked: &Asked<'_>, page: &Page, account: Option<&Account>) -> Result<()> {
        let roots = self.engine.roots();
        let style = self.console.style();
        let width = self.width.unwrap_or(style.width);
        let style = TerminalStyle { width, ..style };
        if let Some(account) = account.filter(|_| !matches!(self.format, Format::Json(_))) {
            self.console.explain(account);
        }
        match &mut self.format {
            Format::Text(out, kwic) => {
                if let Some(id) = asked.id {
                    let gap = if self.given > 1 { "\n" } else { "" };
                    let query = plain_line(asked.text);
                    writeln!(out, "{gap}{id}: {query}\n")?;
                }
                match kwic {
                    Some(order) => write_kwic(*out, page, style, *order)?,
                    None => {
                        write_page(*out, page, style, &|article| file_of(article, roots))?;
                    }
                }
            }
            Format::Json(out) => {
                if asked.id.is_some() {
                    out.write_all(if self.given > 1 { b"," } else { b"[" })?;
                }
                let typed = Typed {
                    id: asked.id,
                    query: asked.text,
                };
                write_page_json(*out, typed, page, account)?;
            }
            Format::Jsonl(out) => {
                for hit in &page.hits {
                    write_hit_jsonl(*out, asked.id, hit)?;
                }
            }
            Format::Csv(table) => {
                for hit in &page.hits {
                    table.write(asked.id.unwrap_or(asked.text), hit)?;
                }
            }
            Format::KwicCsv(table, order) => {
                table.write(asked.id.unwrap_or(asked.text), page, *order)?;
            }
            Format::Trec(_) => {}
        }
        Ok(())
    }

    fn finish(self) -> Result<()> {
        match self.format {
            Format::Csv(mut table) => table.flush()?,
            Format::KwicCsv(mut table, _) => table.flush()?,
            Format::Json(out) if self.is_batch && self.given == 0 => writeln!(out, "[]")?,
            Format::Json(out) if self.is_batch => writeln!(out, "]")?,
            _ => {}
        }
        Ok(())
    }
}

/// Columns of a snippet of about two lines: their ends are ragged, and a word goes on.
fn two_lines(width: u16) -> usize {
    2 * usize::from(width) + 10
}

/// The error of one query of a file.
pub(super) fn named(id: &str, error: &Error) -> Error {
    let named = Error::new(error.kind(), format!("query {id}: {error}"));
    match error.hint() {
        Some(hint) => named.with_hint(hint),
        None => named,
    }
}

fn outcome(total: u64) -> Outcome {
    if total == 0 {
        Outcome::Nothing
    } else {
        Outcome::Done
    }
}
