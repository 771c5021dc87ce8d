//! `search eval`: scores of rankings against judgments.

use std::io::Write;
use std::path::Path;

use super::args::{EvalArgs, RankingArgs, ReportFormat};
use super::console::Console;
use super::locate::open_engine;
use super::query::named;
use super::question::{match_mode, read_query};
use super::{Outcome, Result};
use crate::engine::Engine as _;
use crate::engine::embedded::EmbeddedEngine;
use crate::error::{Error, ErrorKind};
use crate::eval::{Evaluation, Judgments, Run, Topic, evaluate, read_topics};
use crate::present::{
    Compared, write_comparison, write_comparison_json, write_scores, write_scores_json,
};
use crate::search::{Question, find};

/// Runs the command.
pub(super) fn run(
    args: &EvalArgs,
    index: Option<&Path>,
    console: &Console,
    out: &mut dyn Write,
) -> Result<Outcome> {
    let judgments = Judgments::read(&args.qrels)?;
    let asked = Asked::open(args, index, console)?;
    if let Some([a, b]) = args.compare.as_deref() {
        let ((a, run_a), (b, run_b)) = (asked.setting(a)?, asked.setting(b)?);
        let compared = Compared {
            a: (&a, &judged(&run_a, &judgments)?),
            b: (&b, &judged(&run_b, &judgments)?),
        };
        match args.format {
            ReportFormat::Text => write_comparison(out, &compared, args.per_query)?,
            ReportFormat::Json => write_comparison_json(out, &compared)?,
        }
        return Ok(Outcome::Done);
    }
    let run = match &args.run {
        Some(file) => asked.read(file)?,
        None => asked.answer(&args.ranking)?,
    };
    let evaluation = judged(&run, &judgments)?;
    match args.format {
        ReportFormat::Text => write_scores(out, &evaluation, args.per_query)?,
        ReportFormat::Json => write_scores_json(out, &evaluation)?,
    }
    Ok(Outcome::Done)
}

/// Scores a run.
fn judged(run: &Run, judgments: &Judgments) -> Result<Evaluation> {
    let evaluation = evaluate(run, judgments);
    if evaluation.answered == 0 {
        return Err(Error::new(
            ErrorKind::Input,
            "no judged query is among the answered ones",
        )
        .with_hint("the ids in the queries and in the judgments must be the same")
        .into());
    }
    Ok(evaluation)
}

/// The queries, and whom to ask.
struct Asked<'a> {
    args: &'a EvalArgs,
    console: &'a Console,
    /// Nothing if no queries were given.
    topics: Option<(Vec<Topic>, EmbeddedEngine)>,
}

impl<'a> Asked<'a> {
    fn open(args: &'a EvalArgs, index: Option<&Path>, console: &'a Console) -> Result<Self> {
        let topics = match &args.queries {
            Some(file) => Some((read_topics(file)?, open_engine(index)?)),
            None => None,
        };
        Ok(Self {
            args,
            console,
            topics,
        })
    }

    /// The run of one of two settings to compare, and what to call it.
    fn setting(&self, setting: &str) -> Result<(String, Run)> {
        let setting = setting.trim();
        if !setting.is_empty() && !setting.starts_with('-') {
            return Ok((setting.to_owned(), self.read(Path::new(setting))?));
        }
        let ranking = self.args.ranking.with(setting).map_err(|cause| {
            let cause = cause.to_string();
            let cause = cause.lines().next().unwrap_or_default();
            let message = format!("--compare: {}", cause.trim_start_matches("error: "));
            Error::new(ErrorKind::Input, message)
                .with_hint("a setting is a run file, or flags such as '--plain --expand'")
        })?;
        Ok((ranking.to_string(), self.answer(&ranking)?))
    }

    /// Reads a run file, as deep as it is to be scored.
    fn read(&self, file: &Path) -> Result<Run> {
        let mut run = Run::read(file)?;
        run.cut(self.args.depth);
        Ok(run)
    }

    /// Answers the queries from the index.
    fn answer(&self, ranking: &RankingArgs) -> Result<Run> {
        let Some((topics, engine)) = &self.topics else {
            return Err(
                Error::new(ErrorKind::Input, "there are no queries to answer")
                    .with_hint("give them with --queries FILE")
                    .into(),
            );
        };
        let mut run = Run::default();
        for topic in topics {
            let query = read_query(&topic.query, &ranking.matching, self.console)
                .map_err(|error| named(&topic.id, &error))?;
            let question = Question {
                match_mode: match_mode(&ranking.matching),
                expand: ranking.expand,
                limit: self.args.depth,
                is_counted: false,
                ..Question::new(query)
            };
            let (matches, _) = find(engine, &question)?;
            run.insert(&topic.id, engine.ids(&matches.keys())?);
        }
        Ok(run)
    }
}
