//! Exports of news databases as web pages.
//!
//! In: HTML. Out: its text, with what stands in cells of tables in lines of its own,
//! as other carriers of exports have it.

use crate::parse::markup::to_text;

/// What the pages of exports name, in lower case.
const MARKS: &[&str] = &[
    "factiva",
    "lexisnexis",
    "lexis",
    "nexis",
    "enarticle",
    "articleparagraph",
];

/// Whether a page may be an export; most pages of news are not, and are told at once.
pub(super) fn may_be_export(html: &str) -> bool {
    let lower = html.to_lowercase();
    let has_mark = MARKS.iter().any(|mark| lower.contains(mark));
    has_mark
        && ["document ", "end of document", " documents"]
            .iter()
            .any(|end| lower.contains(end))
}

/// The text of a page.
pub(super) fn to_lines(html: &str) -> String {
    let html = html
        .replace("</td>", "</td><br>")
        .replace("</TD>", "</TD><br>");
    to_text(&html)
}
