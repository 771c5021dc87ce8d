//! Web pages of news sites.
//!
//! In: a whole page, or a piece of one. Out: one article.
//!
//! Metadata in this order of trust: a headline that `<title>` begins with or that
//! another tag repeats, a standfirst that is named so, and the canonical address; JSON-LD, Open Graph, other `<meta>` and `<link>`; then what the page shows: `<h1>`, `<time>`, dates and by-lines that
//! are named so; at last the date in its address, and where it was fetched from
//! ([`metadata`]). Of several names of the outlet, the one that the address is made
//! of counts ([`outlet`]).
//!
//! The main text is found by scoring the blocks of the page ([`main_text`]), after
//! what is plainly no text was taken out ([`furniture`]); then paragraphs that
//! belong to no article go ([`asides`]), and the copy of the text that JSON-LD may
//! hold decides where the two agree ([`agreement`]).
//!
//! Building a DOM of a page that was made to hurt takes minutes, so pages that
//! are too long or too deeply nested lose their tags by a single pass instead:
//! their words are found, with the navigation around them.

mod agreement;
mod asides;
mod captions;
mod cost;
mod furniture;
mod json_ld;
mod main_text;
mod meta_tags;
mod metadata;
mod names;
mod outlet;
mod url_date;
mod visible;
mod weights;

use std::ops::ControlFlow;

use dom_query::Document;

use super::draft::Draft;
use super::lines::without_title;
use super::markup::to_text;
use super::output::Output;
use super::plain::read_whole;
use super::{Format, Sample};
use crate::corpus::TextReader;
use crate::error::{Place, ProblemKind};

/// Longer pages get no DOM.
const MAX_PAGE_BYTES: usize = 8 << 20;
/// The main text of a page with more elements, texts and comments is not looked for.
const MAX_NODES: usize = 200_000;

/// Elements that a page, or a part of one, starts with.
const FIRST_ELEMENTS: &[&str] = &[
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "script",
    "style",
    "base",
    "main",
    "article",
    "section",
    "header",
    "nav",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "table",
    "span",
    "ul",
    "ol",
    "a",
    "center",
    "font",
    "b",
    "i",
    "em",
    "strong",
    "blockquote",
    "pre",
    "img",
    "figure",
    "form",
    "br",
];

/// The format.
pub(super) struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn detect(&self, sample: &Sample<'_>) -> bool {
        is_start(sample.text)
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        let page = read_whole(text, out)?;
        out.begin_record();
        let (draft, complaint) = read_page(&page, None);
        if let Some(message) = complaint {
            out.problem(ProblemKind::TooLarge, Place::default(), message)?;
        }
        out.article(draft, Place::default())
    }
}

/// Reads a page, or a piece of one, and says what kept it from being read with care
/// (a problem of kind [`ProblemKind::TooLarge`]).
///
/// `url` is where the page was fetched from: it stands in for an address that the
/// page does not name.
pub(in crate::parse) fn read_page(page: &str, url: Option<&str>) -> (Draft, Option<String>) {
    let (draft, too_much) = match too_much(page) {
        Some(reason) => (read_crudely(page, url), Some(reason)),
        None => read_with_dom(page, url),
    };
    let complaint = too_much.map(|reason| format!("{reason}; its text was taken whole"));
    (draft, complaint)
}

/// Whether a text starts as a page, or a piece of one, does.
pub(in crate::parse) fn is_start(text: &str) -> bool {
    first_element(text)
        .is_some_and(|name| FIRST_ELEMENTS.iter().any(|n| n.eq_ignore_ascii_case(name)))
}

/// Whether a text is a whole page, not a piece of one.
pub(in crate::parse) fn is_page(text: &str) -> bool {
    first_element(text).is_some_and(|name| name.eq_ignore_ascii_case("html"))
}

/// Why no DOM should be built of a page, if none should.
fn too_much(page: &str) -> Option<String> {
    if page.len() > MAX_PAGE_BYTES {
        return Some(format!("a page of over {} MB", MAX_PAGE_BYTES >> 20));
    }
    cost::too_much(page)
}

/// The name of the first element, after comments and declarations.
fn first_element(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        let end = if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            rest.find('>')? + 1
        } else {
            break;
        };
        rest = rest[end..].trim_start();
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| !c.is_ascii_alphanumeric())?;
    matches!(
        name.as_bytes()[end],
        b'>' | b' ' | b'\n' | b'\r' | b'\t' | b'/'
    )
    .then(|| &name[..end])
}

/// The article of a page, and why its text is not the main text alone, if that is so.
fn read_with_dom(page: &str, url: Option<&str>) -> (Draft, Option<String>) {
    let document = Document::from(page);
    let metadata = metadata::read(&document, url);
    let too_much = (document.tree.len() > MAX_NODES)
        .then(|| format!("a page of over {MAX_NODES} elements and texts"));
    let mut body = String::new();
    if too_much.is_none() {
        body = agreement::settle(main_text::extract(document), &metadata.body);
    }
    if without_title(&body, &metadata.title).trim().is_empty() {
        body = to_text(page);
    }
    let body = without_title(&body, &metadata.title).to_owned();
    (Draft { body, ..metadata }, too_much)
}

fn read_crudely(page: &str, url: Option<&str>) -> Draft {
    Draft {
        title: crude_title(page).unwrap_or_default(),
        url: url.map(str::to_owned),
        published: url.and_then(url_date::find).into_iter().collect(),
        body: to_text(page),
        ..Draft::default()
    }
}

fn crude_title(page: &str) -> Option<String> {
    const HEAD_BYTES: usize = 64 << 10;
    let head = &page[..page.floor_char_boundary(HEAD_BYTES)];
    let lower = head.to_ascii_lowercase();
    ["title", "h1"].iter().find_map(|name| {
        let start = lower.find(&format!("<{name}"))?;
        let start = start + lower[start..].find('>')? + 1;
        let end = start + lower[start..].find(&format!("</{name}"))?;
        let title = to_text(&format!("<p>{}</p>", &head[start..end]));
        (!title.trim().is_empty()).then_some(title)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_it_came_from_stands_in_for_the_one_it_names() {
        let from = Some("https://ledger.example/a?id=3");
        let (draft, complaint) = read_page("<p>Harbour reopens.", from);
        assert_eq!(draft.url.as_deref(), from);
        assert_eq!((draft.body.trim(), complaint), ("Harbour reopens.", None));
        let named = r#"<link rel="canonical" href="https://ledger.example/b">"#;
        let (draft, _) = read_page(named, from);
        assert_eq!(draft.url.as_deref(), Some("https://ledger.example/b"));
    }

    #[test]
    fn what_is_too_deep_is_read_with_a_complaint() {
        let page = format!(
            "<title> </title><h1>Port opens</h1>{}words",
            "<div>".repeat(20_000)
        );
        let (draft, complaint) = read_page(&page, None);
        assert_eq!(draft.title.trim(), "Port opens");
        assert!(draft.body.trim().ends_with("words"));
        assert!(complaint.is_some());
    }

    #[test]
    fn a_text_that_is_all_called_something_else_is_read() {
        let text = "Ships came back to the harbour on Monday after a week of storms. ";
        let part = format!("<div class=author>{text}</div>");
        let page = format!("<h1>The port is open again</h1>{}", part.repeat(20));
        let (draft, _) = read_page(&page, None);
        assert!(draft.body.contains("after a week of storms"));
    }
}
