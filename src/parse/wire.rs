//! What the formats of news agencies have in common.
//!
//! In: elements that hold a text, by-lines. Out: paragraphs, people, articles.

use std::ops::ControlFlow;

use super::draft::{Draft, FoundDate};
use super::lines::{is_laid_out, paragraphs, without_title};
use super::markup::{is_markup, to_text};
use super::output::Output;
use super::xml::{Document, Element, fragment};
use crate::corpus::TextReader;
use crate::error::{Place, ProblemKind};

/// Hands on the articles in each element that has one of these names, and reports
/// those that have none.
pub(super) fn read_each(
    text: &mut TextReader,
    names: &'static [&'static str],
    out: &mut Output<'_>,
    articles: fn(&Element) -> Vec<Draft>,
) -> ControlFlow<()> {
    let mut count = 0;
    for part in Document::new(text, names) {
        count += 1;
        let element = match part {
            Ok(element) => element,
            Err(fault) => {
                fault.report(out)?;
                continue;
            }
        };
        let drafts = articles(&element);
        let mut place = Place {
            line: Some(element.line),
            ..Place::default()
        };
        if drafts.is_empty() {
            place.record = Some(out.begin_record());
            let message = format!("no text in <{}>", element.name());
            out.problem(ProblemKind::NoText, place, message)?;
        }
        for mut draft in drafts {
            draft.body = without_title(&draft.body, &draft.title).to_owned();
            let record = out.begin_record();
            if record > 1 {
                out.expect_many();
            }
            place.record = Some(record);
            out.article(draft, place)?;
        }
    }
    if count == 0 {
        let message = format!("no <{}> in it", names.join("> or <"));
        out.problem(ProblemKind::NoText, Place::default(), message)?;
    }
    ControlFlow::Continue(())
}

/// The paragraphs of an element that holds XHTML, a part of NITF, or plain text.
pub(super) fn body_text(content: &Element) -> String {
    if content.elements().next().is_some() {
        return to_text(&content.html_as(&tag));
    }
    let text = content.text();
    if is_markup(&text) {
        return to_text(&fragment(&text).html_as(&tag));
    }
    paragraphs(&text)
}

/// The element of HTML that stands for one of XHTML or NITF.
fn tag(element: &Element) -> Option<&str> {
    let name = element.name();
    match name {
        "head" | "media" | "figure" => None,
        "p" if element.child("br").is_none() && is_laid_out(&element.text()) => Some("pre"),
        "hl1" | "hl2" => Some("h2"),
        "bq" => Some("blockquote"),
        "block" | "note" => Some("div"),
        _ if name.contains('.') => Some("div"),
        _ => Some(name),
    }
}

/// A date as it was found. Of a day without a time some say that it is midnight.
pub(super) fn found_date(text: String) -> FoundDate {
    let day = text.strip_suffix("T000000").map(str::to_owned);
    day.unwrap_or(text).into()
}

/// A title, name or the like, without tags.
pub(super) fn line(element: &Element) -> String {
    to_text(&element.html())
}

/// How by-lines start.
const BY: &[&str] = &["By ", "BY ", "Von ", "VON ", "Par ", "PAR ", "Por ", "POR "];

/// What follows the "By" that a by-line starts with.
pub(super) fn after_by(line: &str) -> Option<&str> {
    BY.iter().find_map(|by| line.strip_prefix(by))
}

/// A by-line with its people apart, unless it has only initials (`gr/bp`).
pub(super) fn byline(line: &str) -> Option<String> {
    let line = line.trim();
    let names = after_by(line).unwrap_or(line).trim().replace('\n', ";");
    let is_initials = !names.contains(' ') && names.contains('/');
    (!names.is_empty() && !is_initials).then_some(names)
}

/// The by-line among the first lines of a text.
pub(super) fn byline_in(body: &str) -> Option<String> {
    const LINES: usize = 8;
    const WORDS: usize = 8;
    let lines = body.lines().map(str::trim);
    let mut lines = lines.filter(|line| !line.is_empty()).take(LINES);
    let is_name = |word: &str| word.starts_with(char::is_uppercase) || word == "and";
    let names = lines.find_map(|line| {
        let names = line.strip_prefix("By ")?;
        let mut words = names.split_whitespace();
        (words.clone().count() <= WORDS && words.all(is_name)).then_some(names)
    });
    names.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_in_the_text_is_not_doubled() {
        let item = "<newsItem guid='a'><contentMeta><headline>Rain fell</headline></contentMeta>\
            <contentSet><inlineXML><html><body><h1>Rain fell</h1><p>One.</p></body></html>\
            </inlineXML></contentSet></newsItem>";
        let (articles, problems, _) = crate::parse::tests::read(item.as_bytes());
        assert_eq!(problems, []);
        assert_eq!(
            (&*articles[0].title, &*articles[0].body),
            ("Rain fell", "One.")
        );
    }

    #[test]
    fn by_lines_name_people() {
        assert_eq!(
            byline("Par Ann Lee\nBob Ray").as_deref(),
            Some("Ann Lee;Bob Ray")
        );
        assert_eq!(byline("al/br"), None);
        assert_eq!(byline(" "), None);
    }

    #[test]
    fn by_lines_are_found_in_texts() {
        let text = "(Adds detail)\n\n    By Ann Lee\n    TARN - Rain.";
        assert_eq!(byline_in(text).as_deref(), Some("Ann Lee"));
        assert_eq!(byline_in("By Friday the rain had stopped.\n"), None);
        assert_eq!(byline_in("Rain."), None);
    }

    #[test]
    fn wrapped_text_in_a_paragraph_has_paragraphs() {
        let text = |xml: &str| body_text(&fragment(xml));
        assert_eq!(
            text("<p>   Rain fell\non Tarn.\n   \"More will,\"\nthey said.</p><p>It did.</p>"),
            "Rain fell\non Tarn.\n\n\"More will,\"\nthey said.\n\nIt did."
        );
        assert_eq!(text("<p>Rain\n      fell\n      on.</p>"), "Rain fell on.");
        assert_eq!(text("<p>Rain.\n \n Sun.</p>"), "Rain.\n\nSun.");
        assert_eq!(
            text("&lt;p&gt;Rain.&lt;/p&gt;&lt;p&gt;Sun.&lt;/p&gt;"),
            "Rain.\n\nSun."
        );
        assert_eq!(text("Rain.\n   Sun."), "Rain.\n   Sun.");
    }
}
