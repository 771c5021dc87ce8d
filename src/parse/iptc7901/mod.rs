//! Wire messages as teleprinters took them: IPTC 7901, and ANPA 1312, its model.
//!
//! In: text with control characters, or the same after they were lost. Out: an
//! article for each message.
//!
//! ```text
//! SOH  abc0123 4 pol 250 Agency 0456        service and number, urgency, category, words
//! STX  Keyword/Other/                       keywords; ANPA: ^BC-Keyword,250<
//!      A headline                           ANPA: ^A headline<
//!      By Some One =                        ANPA: ^By SOME ONE=
//!
//!      Town (Agency) - The text …
//! ETX  151830 Mar 25                        day and time, month, year; ANPA: 03-15-25 1830GMT
//! EOT
//! ```

mod header;
mod message;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use super::output::Output;
use super::{Format, MAX_RECORD_BYTES, Sample};
use crate::corpus::{Line, TextReader};
use crate::error::{Place, ProblemKind};
use header::Header;

/// Start of heading.
const SOH: char = '\u{1}';
/// Start of text.
const STX: char = '\u{2}';
/// End of text.
const ETX: char = '\u{3}';

/// The format.
pub(super) struct Iptc7901;

impl Format for Iptc7901 {
    fn name(&self) -> &'static str {
        "iptc7901"
    }

    fn detect(&self, sample: &Sample<'_>) -> bool {
        let mut lines = sample.text.lines();
        let first = lines.find(|line| !line.trim().is_empty());
        first.is_some_and(|line| Header::read(line).is_some())
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        let mut message = Message::default();
        let mut line_number = 0;
        let mut has_controls = false;
        while let Some(line) = text.read_line(MAX_RECORD_BYTES) {
            line_number += 1;
            let line = match line {
                Line::Text(line) => line,
                Line::TooLong => {
                    message.is_too_large = true;
                    continue;
                }
            };
            has_controls |= line.contains(SOH);
            // Where messages are marked, what looks like a header may be quoted.
            if line.contains(SOH) || (!has_controls && Header::read(line).is_some()) {
                message.hand_on(out)?;
                message = Message {
                    line: line_number,
                    ..Message::default()
                };
            }
            message.push(line);
        }
        message.hand_on(out)
    }
}

/// The lines of a message.
#[derive(Default)]
struct Message {
    /// The line that it starts on, from 1.
    line: u64,
    text: String,
    is_too_large: bool,
}

impl Message {
    fn push(&mut self, line: &str) {
        if self.text.len() + line.len() >= MAX_RECORD_BYTES {
            self.is_too_large = true;
            return;
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Hands on its article, unless these are the blank lines before the first one.
    fn hand_on(&self, out: &mut Output<'_>) -> ControlFlow<()> {
        if self.text.trim().is_empty() && !self.is_too_large {
            return ControlFlow::Continue(());
        }
        let record = out.begin_record();
        let place = Place {
            line: Some(self.line.max(1)),
            record: Some(record),
            ..Place::default()
        };
        if self.is_too_large {
            let message = format!("a message of over {} MB", MAX_RECORD_BYTES >> 20);
            return out.problem(ProblemKind::TooLarge, place, message);
        }
        if record > 1 {
            out.expect_many();
        }
        out.article(message::read(&self.text), place)
    }
}
