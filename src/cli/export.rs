//! `search export`: every match, streamed, without a limit.

use std::io::Write;
use std::path::Path;

use super::args::{ExportArgs, ExportFormat};
use super::console::Console;
use super::locate::open_engine;
use super::question::{match_mode, read_filters, read_query};
use super::{Failure, Outcome, Result};
use crate::article::Article;
use crate::engine::Engine;
use crate::error::{Error, ErrorKind};
use crate::present::{ArticleTable, write_article_jsonl};
use crate::query::Clause;
use crate::search::{MatchMode, Question, every_match, find};

/// Runs the command.
pub(super) fn run(
    args: &ExportArgs,
    index: Option<&Path>,
    console: &Console,
    out: &mut dyn Write,
) -> Result<Outcome> {
    let query = match args.query.is_empty() {
        true => Clause::All,
        false => read_query(&args.query.join(" "), &args.matching, console)?,
    };
    let question = Question {
        filters: read_filters(&args.filters)?,
        match_mode: match_mode(&args.matching),
        ..Question::new(query)
    };
    let engine = open_engine(index)?;
    let exported = match args.format {
        ExportFormat::Jsonl => stream(&engine, &question, &mut |article| {
            write_article_jsonl(out, article)
        })?,
        ExportFormat::Csv => {
            let mut table = ArticleTable::new(out)?;
            let exported = stream(&engine, &question, &mut |article| table.write(article))?;
            table.flush()?;
            exported
        }
    };
    if exported > 0 {
        return Ok(Outcome::Done);
    }
    console.tell(match some_match(&engine, question)? {
        true => "no article has all the words; --match any exports those that have some",
        false => "no article matches",
    });
    Ok(Outcome::Nothing)
}

/// Whether articles have some of the words.
fn some_match(engine: &dyn Engine, question: Question) -> Result<bool> {
    let any = Question {
        match_mode: MatchMode::Any,
        limit: 0,
        ..question
    };
    let (matches, _) = find(engine, &any)?;
    Ok(matches.total > 0)
}

/// Writes every match; returns how many there were.
fn stream(
    engine: &dyn Engine,
    question: &Question,
    write: &mut dyn FnMut(&Article) -> std::io::Result<()>,
) -> Result<u64> {
    let mut exported = 0;
    let mut broken = None;
    let end = every_match(engine, question, &mut |article| {
        exported += 1;
        write(&article).map_err(|cause| {
            broken = Some(cause);
            Error::new(ErrorKind::Io, "cannot write the results")
        })
    });
    match broken {
        Some(cause) => Err(Failure::Output(cause)),
        None => Ok(end.map(|()| exported)?),
    }
}
