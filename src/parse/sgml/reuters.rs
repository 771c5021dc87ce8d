//! Reuters-21578: a year of a news agency's wire, `<REUTERS NEWID="1" …>`.
//!
//! In: a record. Out: its draft. The text of a brief is its headline; what stands
//! there otherwise is filler. A text that was never taken apart (`UNPROC`) starts with
//! its headline. The agency's sign-off at the end is left out.

use std::ops::ControlFlow;

use super::byline::people;
use super::dates::date_part;
use super::elements::{Element, Tags, attribute, split};
use super::records::read_records;
use super::trec::with_dateline;
use super::wrapped::{flat, line, unwrap};
use crate::corpus::TextReader;
use crate::parse::draft::Draft;
use crate::parse::output::Output;
use crate::parse::{Format, Sample};

const RECORD: &str = "REUTERS";
/// What the collection has instead of the text of a brief.
const FILLER: &str = "Blah blah blah.";

/// The format.
pub(in crate::parse) struct Reuters;

impl Format for Reuters {
    fn name(&self) -> &'static str {
        "reuters-21578"
    }

    fn detect(&self, sample: &Sample<'_>) -> bool {
        let mut tags = Tags::new(sample.text).filter(|tag| !tag.name.is_empty());
        sample.text.trim_start().starts_with('<')
            && tags.next().is_some_and(|tag| tag.name == RECORD)
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        read_records(text, RECORD, |record| (read(record), None), out)
    }
}

/// What an element is to the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Date,
    Topics,
    Text,
    Title,
    Author,
    Dateline,
    Body,
    /// Codes of the wire, and notes of those who made the collection.
    LeftOut,
}

fn part_of(name: &str) -> Option<Part> {
    Some(match name {
        "DATE" => Part::Date,
        "TOPICS" | "PLACES" | "PEOPLE" | "ORGS" | "EXCHANGES" | "COMPANIES" => Part::Topics,
        "TEXT" => Part::Text,
        "UNKNOWN" | "MKNOTE" => Part::LeftOut,
        _ => return None,
    })
}

fn part_of_text(name: &str) -> Option<Part> {
    Some(match name {
        "TITLE" => Part::Title,
        "AUTHOR" => Part::Author,
        "DATELINE" => Part::Dateline,
        "BODY" => Part::Body,
        _ => return None,
    })
}

/// Reads a record, its start tag first.
fn read(record: &str) -> Draft {
    let (start_tag, inner) = record.split_once('>').unwrap_or((record, ""));
    let id = attribute(&start_tag[start_tag.len().min(1 + RECORD.len())..], "NEWID");
    let mut draft = Draft {
        id: id.unwrap_or("").to_owned(),
        source: Some("Reuters".to_owned()),
        lang: Some("en".to_owned()),
        ..Draft::default()
    };
    for element in split(inner, part_of).elements {
        match element.kind {
            Part::Date => draft.published.push(date_of(element.content).into()),
            Part::Topics => draft.topics.extend(topics_of(element.content)),
            Part::Text => read_text(&element, &mut draft),
            _ => {}
        }
    }
    draft
}

/// The day and time. Codes may follow after control characters; after `#` someone confesses that
/// the date is a guess, and the time is not even that.
fn date_of(content: &str) -> String {
    let text = flat(content);
    let (text, is_guess) = match text.split_once('#') {
        Some((date, _)) => (date, true),
        None => (text.as_ref(), false),
    };
    let date = date_part(text.trim().split(char::is_control).next().unwrap_or(""));
    match date.split_once(' ') {
        Some((day, _)) if is_guess => day.to_owned(),
        _ => date,
    }
}

/// `<D>cocoa</D><D>grain</D>`.
fn topics_of(content: &str) -> Vec<String> {
    content.split("</D>").map(line).collect()
}

fn read_text(text: &Element<'_, Part>, draft: &mut Draft) {
    let parts = split(text.content, part_of_text);
    let mut dateline = String::new();
    let mut body = String::new();
    for element in &parts.elements {
        match element.kind {
            Part::Title => draft.title = line(element.content),
            Part::Author => draft.authors = people(&flat(element.content)),
            Part::Dateline => dateline = line(element.content),
            Part::Body => body = text_of(&flat(element.content)),
            _ => {}
        }
    }
    if body.is_empty() {
        let loose = parts.loose.concat();
        let loose = flat(&loose);
        let loose = loose.trim_matches(is_blank).trim_start_matches('*');
        let (title, rest) = if draft.title.is_empty() {
            first_line(loose)
        } else {
            ("", loose)
        };
        body = text_of(rest);
        if !title.is_empty() {
            draft.title = title.to_owned();
        }
    }
    if body != FILLER {
        draft.body = with_dateline(&dateline, &body);
    }
}

/// A headline and the text under it: a line that is set off by capitals, or by the
/// indent of what follows.
fn first_line(text: &str) -> (&str, &str) {
    const MAX_BYTES: usize = 120;
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let is_set_off = !first.contains(char::is_lowercase) || rest.starts_with([' ', '\n']);
    if first.len() <= MAX_BYTES && is_set_off && !first.trim_end().ends_with('.') {
        return (first, rest);
    }
    ("", text)
}

/// The paragraphs of a text without the agency's name in the last line.
fn text_of(text: &str) -> String {
    let text = text.trim_matches(is_blank);
    let (rest, last) = text.rsplit_once('\n').unwrap_or(("", text));
    // Some lines end in a carriage return that became text.
    let name = last.trim().trim_end_matches("^M").trim_end_matches('.');
    let is_sign_off = matches!(name, "Reuter" | "REUTER" | "reuter" | "REUTERS");
    unwrap(if is_sign_off { rest } else { text })
}

/// White space, and the control characters of the wire.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}
