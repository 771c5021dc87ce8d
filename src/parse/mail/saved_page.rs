//! Web pages saved with all that they show (MHTML).
//!
//! In: the bytes of a `multipart/related` mail whose parts have addresses. Out: the
//! page itself, and what it complains of. The date of the mail is when the page was
//! saved, which says nothing about when the article was published.

use mail_parser::MimeHeaders;

use super::mime::Part;
use crate::parse::draft::Draft;
use crate::parse::html::read_page;

/// Levels of parts within parts.
const MAX_DEPTH: usize = 5;

/// The page of a saved one; `None` if there is none.
pub(super) fn read(bytes: &[u8]) -> Option<(Draft, Option<String>)> {
    let mail = Part::mail(bytes);
    let start = mail
        .attribute("start")
        .map(|id| id.trim_matches(['<', '>']));
    let pages = pages(mail.parts(), MAX_DEPTH);
    let named = pages
        .iter()
        .find(|page| start.is_some() && page.header.content_id() == start);
    let page = named.or(pages.first())?;
    let header = mail.header.header_raw("Snapshot-Content-Location");
    let url = header
        .map(|url| url.trim().to_owned())
        .or_else(|| page.header.content_location().map(str::to_owned))
        .filter(|url| url.starts_with("http"));
    let (mut draft, complaint) = read_page(&page.text(), url.as_deref());
    if draft.title.is_empty() {
        draft.title = mail.header.subject().unwrap_or_default().to_owned();
    }
    Some((draft, complaint))
}

/// The parts that are pages.
fn pages(parts: Vec<Part<'_>>, depth: usize) -> Vec<Part<'_>> {
    let found = parts
        .into_iter()
        .flat_map(|part| match part.kind().as_str() {
            "text/html" | "application/xhtml+xml" => vec![part],
            kind if kind.starts_with("multipart/") && depth > 0 => pages(part.parts(), depth - 1),
            _ => Vec::new(),
        });
    found.collect()
}
