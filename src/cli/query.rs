//! `search query`: ranked hits with snippets, for one query or a file of them.

use std::io::Write;
use std::path::Path;

use super::args::{HitFormat, QueryArgs};
use super::console::Console;
use super::locate::{file_of, open_engine};
use super::question::{match_mode, read_filters, read_query, sort};
use super::{Failure, Outcome, Result};
use crate::engine::embedded::EmbeddedEngine;
use crate::error::{Error, ErrorKind};
use crate::eval::{Topic, read_topics};
use crate::present::{HitTable, write_hit_jsonl, write_page, write_page_json, write_run};
use crate::query::Clause;
use crate::search::{Page, Question, answer, find};

/// Runs the command.
pub(super) fn run(args: &QueryArgs, index: Option<&Path>, console: &mut Console) -> Result<Outcome> {
    let filters = read_filters(&args.filters)?;
    // A query that cannot be read is told before an index that is not there.
    let queries = match &args.queries {
        Some(file) => Queries::Batch(read_topics(file)?),
        None => Queries::One(args.query.join(" ")),
    };
    let asker = Asker { args, filters };
    match queries {
        Queries::One(text) => {
            let question = asker.question(&text, console)?;
            let engine = open_engine(index)?;
            asker.one(&text, &question, &engine, console)
        }
        Queries::Batch(topics) => asker.batch(&topics, &open_engine(index)?, console),
    }
}

enum Queries {
    One(String),
    Batch(Vec<Topic>),
}

/// The command's settings.
struct Asker<'a> {
    args: &'a QueryArgs,
    filters: Vec<Clause>,
}

impl Asker<'_> {
    fn question(&self, text: &str, console: &mut Console) -> Result<Question> {
        let query = read_query(text, &self.args.matching, console)?;
        if self.args.explain {
            let read: Vec<_> = std::iter::once(&query).chain(&self.filters).cloned().collect();
            console.tell(&format!("query read as: {}", Clause::and(read)));
        }
        Ok(Question {
            query,
            filters: self.filters.clone(),
            match_mode: match_mode(&self.args.matching),
            sort: sort(self.args.sort),
            offset: self.args.offset,
            limit: self.args.limit,
            snippets: self.args.snippets,
        })
    }

    fn one(&self, text: &str, question: &Question, engine: &EmbeddedEngine, console: &mut Console) -> Result<Outcome> {
        if self.args.format == HitFormat::Trec {
            let (matches, _) = find(engine, question)?;
            write_run(&mut console.out, "1", question.offset, &matches.hits)?;
            return Ok(outcome(matches.total));
        }
        let page = answer(engine, question)?;
        let style = console.style();
        match self.args.format {
            HitFormat::Text => {
                let link = |article: &_| file_of(article, engine.roots());
                write_page(&mut console.out, &page, style, &link)?;
            }
            HitFormat::Json => write_page_json(&mut console.out, text, &page)?,
            HitFormat::Jsonl => {
                for hit in &page.hits {
                    write_hit_jsonl(&mut console.out, None, hit)?;
                }
            }
            HitFormat::Csv => self.table(&[(text.to_owned(), page.clone())], console)?,
            HitFormat::Trec => {}
        }
        if page.total == 0 {
            console.tell("no article matches");
        }
        Ok(outcome(page.total))
    }

    /// Answers every query of a file; one that cannot be read costs only itself.
    fn batch(&self, topics: &[Topic], engine: &EmbeddedEngine, console: &mut Console) -> Result<Outcome> {
        let mut table = Vec::new();
        let mut total = 0;
        let mut flawed = false;
        for (number, topic) in topics.iter().enumerate() {
            let question = match self.question(&topic.query, console) {
                Ok(question) => question,
                Err(Failure::Error(error)) => {
                    console.fail(&named(&topic.id, &error));
                    flawed = true;
                    continue;
                }
                Err(failure) => return Err(failure),
            };
            total += match self.args.format {
                HitFormat::Trec => {
                    let (matches, _) = find(engine, &question)?;
                    write_run(&mut console.out, &topic.id, question.offset, &matches.hits)?;
                    matches.total
                }
                _ => {
                    let page = answer(engine, &question)?;
                    let total = page.total;
                    self.write_of_batch(number, topic, page, &mut table, engine, console)?;
                    total
                }
            };
        }
        match self.args.format {
            HitFormat::Json => writeln!(console.out, "{}", if topics.is_empty() { "[]" } else { "]" })?,
            HitFormat::Csv => self.table(&table, console)?,
            _ => {}
        }
        Ok(if flawed { Outcome::Flawed } else { outcome(total) })
    }
}

fn named(id: &str, error: &Error) -> Error {
    let named = Error::new(error.kind(), format!("query {id}: {error}"));
    match error.hint() {
        Some(hint) => named.with_hint(hint),
        None => named,
    }
}

fn outcome(total: u64) -> Outcome {
    if total == 0 { Outcome::Nothing } else { Outcome::Done }
}
