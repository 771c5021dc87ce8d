//! `search show`: one article.

use std::io::Write;
use std::path::Path;

use super::args::{ReportFormat, ShowArgs};
use super::console::Console;
use super::locate::open_engine;
use super::question::read_language;
use super::{Outcome, Result};
use crate::engine::Engine;
use crate::error::{Error, ErrorKind};
use crate::present::{write_article, write_article_jsonl};
use crate::snippet::Matcher;

/// Runs the command.
pub(super) fn run(
    args: &ShowArgs,
    index: Option<&Path>,
    console: &Console,
    out: &mut dyn Write,
) -> Result<Outcome> {
    let query = args
        .query
        .as_deref()
        .map(|text| read_language(text, args.language, console))
        .transpose()?;
    let engine = open_engine(index)?;
    let Some(article) = engine.find(&args.id)? else {
        return Err(Error::new(
            ErrorKind::NotFound,
            format!("no article has the id {}", args.id),
        )
        .with_hint("ids are what `search query … --format jsonl` prints as \"id\"")
        .into());
    };
    let found = query.map(|clause| Matcher::new(&clause, engine.languages()).find(&article));
    match args.format {
        ReportFormat::Text => {
            write_article(out, &article, console.style(), &found.unwrap_or_default())?;
        }
        ReportFormat::Json => write_article_jsonl(out, &article)?,
    }
    Ok(Outcome::Done)
}
