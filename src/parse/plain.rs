//! Plain text: a title if the first line looks like one, perhaps a block of
//! `Key: value` lines under it or above all, and the text.
//!
//! In: any text that no other format claims. Out: one article.

use std::borrow::Cow;
use std::ops::ControlFlow;

use super::draft::Draft;
use super::fields::RawRecord;
use super::node::Node;
use super::output::Output;
use super::{Format, MAX_RECORD_BYTES, Sample};
use crate::corpus::TextReader;
use crate::error::{Place, ProblemKind};

/// Longer first lines are the text itself.
const MAX_TITLE_CHARS: usize = 150;
/// Keys of header lines.
const KEYS: &[&str] = &[
    "date",
    "published",
    "author",
    "authors",
    "by",
    "source",
    "section",
    "url",
    "link",
    "language",
    "id",
    "title",
    "tags",
    "keywords",
    "updated",
];

/// The format.
pub(super) struct PlainText;

impl Format for PlainText {
    fn name(&self) -> &'static str {
        "text"
    }

    /// Anything but XML and SGML: tags are no text, and what they mean is unknown.
    fn detect(&self, sample: &Sample<'_>) -> bool {
        let text = sample.text.trim_start();
        let is_element = text.starts_with('<')
            && text[1..].starts_with(|c: char| c.is_ascii_alphabetic())
            && text.lines().next().is_some_and(|line| line.contains('>'))
            && text.contains("</");
        !(is_element || text.starts_with("<?xml") || text.starts_with("<!DOCTYPE"))
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        let text = read_whole(text, out)?;
        out.begin_record();
        out.article(read(&text), Place::default())
    }
}

/// Reads a whole file, and reports if it goes beyond the limit.
pub(super) fn read_whole(text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<(), String> {
    let (text, is_all) = text.read_rest(MAX_RECORD_BYTES);
    if !is_all {
        let message = format!("only the first {} MB were read", MAX_RECORD_BYTES >> 20);
        out.problem(ProblemKind::TooLarge, Place::default(), message)?;
    }
    ControlFlow::Continue(text)
}

/// Reads a text: its title, if it has one, lines of metadata, and the rest.
pub(super) fn read(text: &str) -> Draft {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    match header(text) {
        Some((header, rest)) if !header.title.is_empty() => Draft {
            body: rest.to_owned(),
            ..header
        },
        Some((header, rest)) => header.or(read_titled(rest.trim())),
        None => read_titled(text),
    }
}

/// Reads a text whose first line may be its title, with lines of metadata under it.
fn read_titled(text: &str) -> Draft {
    let (title, rest) = match text.split_once('\n') {
        Some((first, rest)) if is_title(first, rest) => (first, rest),
        None if is_title(text, "") => (text, ""),
        _ => ("", text),
    };
    let (header, body) = if title.is_empty() {
        (Draft::default(), rest)
    } else {
        header(rest).unwrap_or((Draft::default(), rest))
    };
    Draft {
        title: title.to_owned(),
        body: body.to_owned(),
        ..header
    }
}

/// Whether the first line is a title: short, no sentence, and set off from the rest.
pub(super) fn is_title(first: &str, rest: &str) -> bool {
    let first = first.trim();
    let chars = first.chars().count();
    let says_nothing = !first.contains(char::is_alphanumeric);
    if says_nothing || chars > MAX_TITLE_CHARS || first.ends_with(['.', ',', ';', ':']) {
        return false;
    }
    let second = rest.lines().next().unwrap_or("");
    second.trim().is_empty() || header(rest).is_some() || chars * 2 < second.chars().count()
}

/// The lines of `Key: value` at the start of a text, and what follows the blank line after them.
fn header(text: &str) -> Option<(Draft, &str)> {
    let text = text.strip_prefix('\n').unwrap_or(text);
    let mut entries = Vec::new();
    let mut rest = text;
    loop {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        if line.trim().is_empty() {
            break;
        }
        let (key, value) = line.split_once(':')?;
        let key = key.trim().to_lowercase();
        KEYS.contains(&key.as_str()).then_some(())?;
        entries.push((
            Cow::Owned(key),
            Node::Text(Cow::Owned(value.trim().to_owned())),
        ));
        rest = after;
    }
    (!entries.is_empty()).then(|| (RawRecord::from_map(entries).into_draft(), rest))
}
