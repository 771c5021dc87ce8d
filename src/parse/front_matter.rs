//! Markdown with its metadata at the top: YAML between `---`, or TOML between `+++`.
//!
//! In: a whole file. Out: one article. Where the metadata is broken, which
//! mostly is a colon in an unquoted title, its simple lines are read anyway.

use std::borrow::Cow;
use std::ops::ControlFlow;

use super::field_names::Field;
use super::fields::RawRecord;
use super::markdown::read_markdown;
use super::node::Node;
use super::output::Output;
use super::plain::read_whole;
use super::{Format, Sample};
use crate::corpus::TextReader;
use crate::error::{Place, ProblemKind};

/// The format.
pub(super) struct FrontMatter;

impl Format for FrontMatter {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn detect(&self, sample: &Sample<'_>) -> bool {
        split(sample.text).is_some_and(|parts| {
            // A mark with a blank line under it is a rule between two parts of a text.
            let first = parts.metadata.lines().next();
            let separator = parts.syntax.separator();
            first.is_none_or(|line| line.contains(separator) || line.starts_with(['#', '[']))
        })
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        let text = read_whole(text, out)?;
        out.begin_record();
        let Some(parts) = split(&text) else {
            return out.article(read_markdown(&text), Place::default());
        };
        let node = match parts.syntax.read(parts.metadata) {
            Ok(node) => node,
            Err((line, message)) => {
                let place = Place {
                    // The mark above the metadata is the first line.
                    line: Some(line + 1),
                    ..Place::default()
                };
                out.problem(ProblemKind::Malformed, place, message)?;
                simple_lines(parts.metadata, parts.syntax.separator())
            }
        };
        let metadata = match node {
            Node::Map(entries) => RawRecord::mapped(entries, out.map()),
            _ => RawRecord::default(),
        };
        let has_body = metadata.is_named(Field::Body);
        let metadata = metadata.into_draft();
        let mut page = read_markdown(parts.body);
        // A second title belongs to the text, unless it is the same one.
        if !metadata.title.is_empty() && !page.title.is_empty() && metadata.title != page.title {
            page.body = format!("{}\n\n{}", page.title, page.body);
        }
        let mut draft = metadata;
        // The text is below the metadata, whatever keys that has, unless the user says otherwise.
        if !has_body && !page.body.trim().is_empty() {
            draft.body.clear();
        }
        out.article(draft.or(page), Place::default())
    }
}

#[derive(Clone, Copy)]
enum Syntax {
    Yaml,
    Toml,
}

impl Syntax {
    fn separator(self) -> char {
        match self {
            Self::Yaml => ':',
            Self::Toml => '=',
        }
    }

    /// The values, or the line of the metadata (from 1) and what is wrong there.
    fn read(self, metadata: &str) -> Result<Node<'_>, (u64, String)> {
        match self {
            Self::Yaml if metadata.trim().is_empty() => Ok(Node::Nothing),
            Self::Yaml => serde_saphyr::from_str(metadata).map_err(|error| {
                let line = error.location().map_or(1, |at| at.line());
                let message = error.without_snippet().to_string();
                let message = message.lines().next().unwrap_or("").to_owned();
                (line, format!("broken front matter: {message}"))
            }),
            Self::Toml => toml::from_str(metadata).map_err(|error| {
                let byte = error.span().map_or(0, |span| span.start);
                let line = metadata.bytes().take(byte).filter(|b| *b == b'\n').count() + 1;
                (
                    line as u64,
                    format!("broken front matter: {}", error.message()),
                )
            }),
        }
    }
}

struct Parts<'a> {
    syntax: Syntax,
    metadata: &'a str,
    body: &'a str,
}

/// Metadata and text; `None` if the text starts with no mark, or it is never closed.
fn split(text: &str) -> Option<Parts<'_>> {
    let text = text.trim_start_matches(['\n', '\r', '\u{feff}']);
    let (first, rest) = text.split_once('\n')?;
    let (syntax, ends): (_, &[&str]) = match first.trim_end() {
        "---" => (Syntax::Yaml, &["---", "..."]),
        "+++" => (Syntax::Toml, &["+++"]),
        _ => return None,
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if ends.contains(&line.trim_end()) {
            return Some(Parts {
                syntax,
                metadata: &rest[..at],
                body: &rest[at + line.len()..],
            });
        }
        at += line.len();
    }
    None
}

/// The lines of a key, a separator and a value, quotes removed.
fn simple_lines(metadata: &str, separator: char) -> Node<'_> {
    let entries = metadata.lines().filter_map(|line| {
        let (key, value) = line.split_once(separator)?;
        let value = value.trim().trim_matches(['"', '\'']);
        let is_simple = !line.starts_with([' ', '\t', '-', '#']) && !value.is_empty();
        is_simple.then(|| (Cow::Borrowed(key.trim()), Node::Text(Cow::Borrowed(value))))
    });
    Node::Map(entries.collect())
}
