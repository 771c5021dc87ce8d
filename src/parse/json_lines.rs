//! JSON Lines: one object a line.
//!
//! In: text of any length. Out: an article a line. A line that is no object, or
//! one over the limit, is reported and passed over.

use std::ops::ControlFlow;

use super::fields::RawRecord;
use super::output::Output;
use super::repair::{read_repaired, without_line};
use super::{Format, MAX_RECORD_BYTES, Sample};
use crate::corpus::{Line, TextReader};
use crate::error::{Place, ProblemKind};

/// How many lines are looked at to recognise the format.
const LOOKED_AT: usize = 20;

/// The format.
pub(super) struct JsonLines;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    /// Most of the first lines look like whole objects, and there are several, or
    /// the first is so long that what follows is unknown.
    fn detect(&self, sample: &Sample<'_>) -> bool {
        let mut lines: Vec<&str> = sample.text.split('\n').collect();
        if !sample.is_all && lines.len() > 1 {
            // The last one is cut.
            lines.pop();
        }
        let lines = lines.iter().map(|line| line.trim());
        let lines: Vec<&str> = lines
            .filter(|line| !line.is_empty())
            .take(LOOKED_AT)
            .collect();
        let good = lines.iter().filter(|line| looks_whole(line)).count();
        match lines.len() {
            0 => false,
            1 => !sample.is_all && lines[0].starts_with("{\""),
            several => good * 2 > several || (good * 2 == several && looks_whole(lines[0])),
        }
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        out.expect_many();
        let mut line_number = 0;
        while let Some(line) = text.read_line(MAX_RECORD_BYTES) {
            line_number += 1;
            let mut place = Place {
                line: Some(line_number),
                ..Place::default()
            };
            match line {
                Line::TooLong => {
                    place.record = Some(out.begin_record());
                    let message = format!("a line of over {} MB", MAX_RECORD_BYTES >> 20);
                    out.problem(ProblemKind::TooLarge, place, message)?;
                }
                Line::Text(line) if line.trim().is_empty() => {}
                Line::Text(line) => {
                    place.record = Some(out.begin_record());
                    parse_line(line, place, out)?;
                }
            }
        }
        ControlFlow::Continue(())
    }
}

fn looks_whole(line: &str) -> bool {
    line.starts_with('{') && line.ends_with('}') && line.contains('"') && line.contains(':')
}

fn parse_line(line: &str, place: Place, out: &mut Output<'_>) -> ControlFlow<()> {
    let record = |line| serde_json::from_str::<RawRecord<'_>>(line);
    match read_repaired(line, &mut None, record) {
        Ok(record) => out.article(record.into_draft(), place),
        Err(error) => {
            let message = format!("not a JSON object: {}", without_line(&error));
            out.problem(ProblemKind::Malformed, place, message)
        }
    }
}
