//! `search info`: what the index holds.

use std::io::Write;
use std::path::Path;

use super::args::{InfoArgs, ReportFormat};
use super::locate::open_engine;
use super::{Outcome, Result};
use crate::present::{write_problems, write_summary, write_summary_json};

/// Runs the command.
pub(super) fn run(args: &InfoArgs, index: Option<&Path>, out: &mut dyn Write) -> Result<Outcome> {
    let engine = open_engine(index)?;
    let summary = engine.summary()?;
    match (args.format, args.problems) {
        (ReportFormat::Json, _) => write_summary_json(out, engine.folder(), &summary)?,
        (ReportFormat::Text, false) => write_summary(out, engine.folder(), &summary)?,
        (ReportFormat::Text, true) => write_problems(out, &summary.problems)?,
    }
    Ok(Outcome::Done)
}
