//! Exports of news databases, which hold many articles in one text.
//!
//! In: the text of a file, whatever it was carried in (plain text, and what RTF,
//! DOCX, HTML and PDF files become). Out: the articles of a LexisNexis
//! ([`lexisnexis`]) or Factiva ([`factiva`]) export, without cover and terms.

mod factiva;
mod labels;
mod lexisnexis;
mod lines;
mod page;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use super::draft::Draft;
use super::output::Output;
use super::plain::read_whole;
use super::{Format, Sample};
use crate::corpus::TextReader;
use crate::error::Place;

/// An export as plain text.
pub(super) struct ExportText;
/// An export as a web page.
pub(super) struct ExportPage;

impl Format for ExportText {
    fn name(&self) -> &'static str {
        "news-export"
    }

    fn detect(&self, sample: &Sample<'_>) -> bool {
        !sample.text.trim_start().starts_with(['<', '{']) && is_export(sample.text)
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        let text = read_whole(text, out)?;
        hand_on(split(&text).unwrap_or_default(), out)
    }
}

impl Format for ExportPage {
    fn name(&self) -> &'static str {
        "news-export-html"
    }

    fn detect(&self, sample: &Sample<'_>) -> bool {
        sample.text.trim_start().starts_with('<')
            && page::may_be_export(sample.text)
            && is_export(&page::to_lines(sample.text))
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        let html = read_whole(text, out)?;
        hand_on(split(&page::to_lines(&html)).unwrap_or_default(), out)
    }
}

/// The articles of a text if it is an export.
pub(super) fn split(text: &str) -> Option<Vec<Draft>> {
    if factiva::is_export(text) {
        return Some(factiva::split(text));
    }
    lexisnexis::is_export(text).then(|| lexisnexis::split(text))
}

/// Hands on articles as the records of a file.
pub(super) fn hand_on(drafts: Vec<Draft>, out: &mut Output<'_>) -> ControlFlow<()> {
    out.expect_many();
    for draft in drafts {
        let place = Place {
            record: Some(out.begin_record()),
            ..Place::default()
        };
        out.article(draft, place)?;
    }
    ControlFlow::Continue(())
}

/// Whether a text is an export.
pub(super) fn is_export(text: &str) -> bool {
    factiva::is_export(text) || lexisnexis::is_export(text)
}
