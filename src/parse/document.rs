//! What documents of word processors, PDF files and exports have in common.
//!
//! In: the text of a document, and what its properties say. Out: the articles of a
//! news database's export if it is one ([`super::vendor`]), or else one article.
//!
//! The properties of a document are what its program put there: a title may be the
//! name of a file or of a template, an author the owner of the computer. The date on
//! which a document was made says nothing about publication, so it is kept only as
//! that of the last change.

use std::ops::ControlFlow;

use super::draft::Draft;
use super::output::Output;
use super::{MAX_RECORD_BYTES, plain, vendor};
use crate::corpus::ByteReader;
use crate::error::{Place, ProblemKind};

/// What a document says about itself; empty texts say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Properties {
    pub(super) title: String,
    pub(super) author: String,
    pub(super) modified: String,
    pub(super) lang: String,
    /// The heading that the document starts with, which is no part of its text.
    pub(super) heading: String,
}

/// Beginnings of titles that programs give, in lower case.
const PROGRAM_TITLES: &[&str] = &[
    "untitled",
    "document",
    "microsoft word",
    "microsoft powerpoint",
    "slide 1",
    "powerpoint",
    "title",
    "normal.dot",
    "unbenannt",
    "sans titre",
    "без названия",
    "безымянный",
    "http:",
    "https:",
    "factiva",
    "nexis",
];
/// Authors that programs give, in lower case, besides those that by-lines leave out.
const PROGRAM_AUTHORS: &[&str] = &[
    "microsoft office user",
    "owner",
    "windows user",
    "python-docx",
    "author",
    "default",
    "пользователь",
];
/// Titles that are longer are texts.
const MAX_TITLE_CHARS: usize = 300;

/// Reads a whole file, and reports if it goes beyond the limit.
pub(super) fn read_whole(bytes: &mut ByteReader, out: &mut Output<'_>) -> ControlFlow<(), Vec<u8>> {
    let (bytes, is_all) = bytes.read_all(MAX_RECORD_BYTES);
    if !is_all {
        let message = format!("only the first {} MB were read", MAX_RECORD_BYTES >> 20);
        out.problem(ProblemKind::TooLarge, Place::default(), message)?;
    }
    ControlFlow::Continue(bytes)
}

/// Hands on the articles of a document.
pub(super) fn hand_on(text: &str, properties: Properties, out: &mut Output<'_>) -> ControlFlow<()> {
    if let Some(drafts) = vendor::split(text) {
        return vendor::hand_on(drafts, out);
    }
    out.begin_record();
    out.article(draft(text, properties), Place::default())
}

/// The one article of a document: its title is its first heading, or else what the
/// properties say if that is plausible, or else the first line that looks like one.
fn draft(text: &str, properties: Properties) -> Draft {
    let mut title = properties.heading;
    if title.trim().is_empty() && is_title(&properties.title) {
        title = properties.title;
    }
    let mut draft = if title.trim().is_empty() {
        plain::read(text)
    } else {
        Draft {
            body: without_title(text, &title),
            title,
            ..Draft::default()
        }
    };
    if is_author(&properties.author) && draft.authors.is_empty() {
        draft.authors.push(properties.author);
    }
    if !properties.modified.is_empty() {
        draft.modified.push(properties.modified.into());
    }
    draft.lang = draft
        .lang
        .or(Some(properties.lang))
        .filter(|lang| !lang.is_empty());
    draft
}

/// Whether a person may have given this title.
fn is_title(title: &str) -> bool {
    let lower = title.trim().to_lowercase();
    let extension = lower
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension);
    let is_file_name = matches!(
        extension,
        "doc"
            | "docx"
            | "rtf"
            | "pdf"
            | "odt"
            | "txt"
            | "indd"
            | "qxd"
            | "dvi"
            | "tex"
            | "html"
            | "htm"
            | "pages"
            | "wpd"
    ) || (!lower.contains(' ') && lower.contains(['_', '/', '\\']));
    lower.chars().any(char::is_alphabetic)
        && lower.chars().nth(MAX_TITLE_CHARS).is_none()
        && !is_file_name
        && !PROGRAM_TITLES.iter().any(|start| lower.starts_with(start))
}

fn is_author(author: &str) -> bool {
    let lower = author.trim().to_lowercase();
    lower.contains(' ')
        && !PROGRAM_AUTHORS.contains(&lower.as_str())
        && !lower.contains(['@', '\\'])
}

/// The text without the paragraph near its start that is the title.
fn without_title(text: &str, title: &str) -> String {
    const NEAR: usize = 5;
    let mut paragraphs: Vec<&str> = text.trim().split("\n\n").collect();
    let words = |text: &str| {
        text.to_lowercase()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let title = words(title);
    let is_title =
        |paragraph: &&str| paragraph.len() < title.len() * 4 + 16 && words(paragraph) == title;
    if let Some(at) = paragraphs.iter().take(NEAR).position(is_title) {
        paragraphs.remove(at);
    }
    paragraphs.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_programs_and_files_are_none() {
        for title in [
            "",
            "Microsoft Word - a.doc",
            "final_v2",
            "Document1",
            "report.docx",
            "12-3",
        ] {
            assert!(!is_title(title), "{title}");
        }
        assert!(is_title("Harbour fees rise"));
        assert!(!is_author("Administrator") && is_author("Ann Lee"));
    }

    #[test]
    fn a_plausible_title_is_taken_once() {
        let properties = Properties {
            title: "Fees rise".to_owned(),
            author: "Ann Lee and Bob Ray".to_owned(),
            modified: "2025-03-15".to_owned(),
            ..Properties::default()
        };
        let draft = draft("Fees  rise\n\nThe text.", properties);
        assert_eq!((&*draft.title, &*draft.body), ("Fees rise", "The text."));
        assert_eq!((draft.authors.len(), draft.modified.len()), (1, 1));
        assert!(draft.published.is_empty());
    }

    #[test]
    fn without_properties_the_first_line_is_the_title() {
        let draft = draft("Fees rise\n\nThe text.", Properties::default());
        assert_eq!(
            (&*draft.title, draft.body.trim()),
            ("Fees rise", "The text.")
        );
    }
}
