//! Web pages saved with all that they show (MHTML).
//!
//! In: the bytes of a `multipart/related` mail whose parts have addresses. Out: the
//! page itself, and what it complains of. The date of the mail is when the page was
//! saved, which says nothing about when the article was published.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::letter::decoded;
use crate::parse::draft::Draft;
use crate::parse::html::read_page;

/// The page of a saved one; `None` if the bytes are another mail.
pub(super) fn read(bytes: &[u8]) -> Option<(Draft, Option<String>)> {
    let message = MessageParser::default().parse(bytes)?;
    let root = root(&message)?;
    let header = |name| {
        message
            .header_raw(name)
            .map(|value| value.trim().to_owned())
    };
    let url = header("Snapshot-Content-Location")
        .or_else(|| root.content_location().map(str::to_owned))
        .filter(|url| url.starts_with("http"));
    let (mut draft, complaint) = read_page(&decoded(&message, root), url.as_deref());
    draft.url = draft.url.or(url);
    if draft.title.is_empty() {
        draft.title = message.subject().unwrap_or_default().to_owned();
    }
    Some((draft, complaint))
}

/// The part that is the page: the one that `start` names, or else the first HTML.
fn root<'a, 'b>(message: &'a Message<'b>) -> Option<&'a MessagePart<'b>> {
    let is_html = |part: &&MessagePart<'_>| matches!(part.body, PartType::Html(_));
    let start = message
        .content_type()
        .and_then(|kind| kind.attribute("start"))
        .map(|id| id.trim_matches(['<', '>']));
    let named = message
        .parts
        .iter()
        .filter(is_html)
        .find(|part| start.is_some() && part.content_id() == start);
    named.or_else(|| message.parts.iter().find(is_html))
}
