//! `search eval`: scores of rankings against judgments.

use std::io::Write;
use std::path::Path;

use super::args::{EvalArgs, ReportFormat};
use super::console::Console;
use super::locate::open_engine;
use super::query::named;
use super::question::{match_mode, read_query};
use super::{Outcome, Result};
use crate::error::{Error, ErrorKind};
use crate::eval::{Judgments, Run, evaluate, read_topics};
use crate::present::{write_scores, write_scores_json};
use crate::search::{Question, find};

/// Runs the command.
pub(super) fn run(
    args: &EvalArgs,
    index: Option<&Path>,
    console: &Console,
    out: &mut dyn Write,
) -> Result<Outcome> {
    let judgments = Judgments::read(&args.qrels)?;
    let run = match &args.run {
        Some(file) => Run::read(file)?,
        None => ask(args, index, console)?,
    };
    let evaluation = evaluate(&run, &judgments);
    if evaluation.answered == 0 {
        return Err(Error::new(
            ErrorKind::Input,
            "no judged query is among the answered ones",
        )
        .with_hint("the ids in the queries and in the judgments must be the same")
        .into());
    }
    match args.format {
        ReportFormat::Text => write_scores(out, &evaluation, args.per_query)?,
        ReportFormat::Json => write_scores_json(out, &evaluation)?,
    }
    Ok(Outcome::Done)
}

/// Answers the queries from the index.
fn ask(args: &EvalArgs, index: Option<&Path>, console: &Console) -> Result<Run> {
    let Some(file) = &args.queries else {
        return Ok(Run::default());
    };
    let topics = read_topics(file)?;
    let engine = open_engine(index)?;
    let mut run = Run::default();
    for topic in topics {
        let query = read_query(&topic.query, &args.matching, console)
            .map_err(|error| named(&topic.id, &error))?;
        let question = Question {
            match_mode: match_mode(&args.matching),
            expand: args.expand,
            limit: args.depth,
            ..Question::new(query)
        };
        let (matches, _) = find(&engine, &question)?;
        run.insert(
            &topic.id,
            matches.hits.into_iter().map(|hit| hit.id).collect(),
        );
    }
    Ok(run)
}
