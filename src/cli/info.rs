//! `search info`: what the index holds, and what was wrong with what it was built from.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::{InfoArgs, InfoFormat};
use super::locate::open_engine;
use super::{Failure, Outcome, Result};
use crate::engine::embedded::EmbeddedEngine;
use crate::error::{Error, ErrorKind};
use crate::present::{ProblemLayout, ProblemList, write_summary, write_summary_json};

/// Runs the command.
pub(super) fn run(args: &InfoArgs, index: Option<&Path>, out: &mut dyn Write) -> Result<Outcome> {
    let engine = open_engine(index)?;
    if args.problems {
        list_problems(args, &engine, out)?;
        return Ok(Outcome::Done);
    }
    let summary = engine.summary()?;
    match args.format {
        InfoFormat::Text => write_summary(out, engine.folder(), &summary)?,
        InfoFormat::Json | InfoFormat::Jsonl => {
            write_summary_json(out, engine.folder(), &summary)?;
        }
    }
    Ok(Outcome::Done)
}

fn list_problems(args: &InfoArgs, engine: &EmbeddedEngine, out: &mut dyn Write) -> Result<()> {
    let layout = match args.format {
        InfoFormat::Text => ProblemLayout::Text,
        InfoFormat::Json => ProblemLayout::Json,
        InfoFormat::Jsonl => ProblemLayout::Jsonl,
    };
    let mut list = ProblemList::new(out, layout)?;
    let mut broken = None;
    let end = engine.for_each_problem(&absolute(&args.paths), &mut |problem| {
        if args.kind.is_some_and(|kind| kind != problem.kind) {
            return Ok(());
        }
        list.write(&problem).map_err(|cause| {
            broken = Some(cause);
            Error::new(ErrorKind::Io, "cannot write the problems")
        })
    });
    match broken {
        Some(cause) => Err(Failure::Output(cause)),
        None => {
            end?;
            Ok(list.finish()?)
        }
    }
}

/// Where the paths may be by the index: with links on the way to them followed, and as
/// they are, for a walk names what is behind a link by the link.
fn absolute(paths: &[PathBuf]) -> Vec<PathBuf> {
    paths
        .iter()
        .flat_map(|path| [std::path::absolute(path), path.canonicalize()])
        .flatten()
        .collect()
}
