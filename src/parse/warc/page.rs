//! What a record of a web archive is, and the article in it.
//!
//! In: a record's header and block. Out: a draft, or what the record is instead of
//! a page.

use super::super::draft::Draft;
use super::super::draft::FoundDate;
use super::super::{MAX_RECORD_BYTES, html, plain};
use super::header::Header;
use super::http::{self, Head};
use crate::article::DateOrigin;
use crate::corpus::decode_bytes;
use crate::error::ProblemKind;

/// What kind of text a block has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A web page, below the head of the server's answer if there is one.
    Page(Option<Head>),
    /// Text without markup.
    Text,
}

/// What was made of a block.
pub(super) struct Page {
    pub(super) draft: Draft,
    /// What could not be read as it should.
    pub(super) problems: Vec<(ProblemKind, String)>,
}

/// What kind of text a record has, by its header and the start of its block; or what it is instead, in the plural.
pub(super) fn content_of(header: &Header, start: &[u8]) -> Result<Content, &'static str> {
    let kind = header
        .get("warc-type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let uri = header.get_bare("warc-target-uri").unwrap_or_default();
    match kind.as_str() {
        "response" if uri.starts_with("dns:") => Err("DNS answers"),
        "response" => answer(start),
        "resource" | "conversion" if is_about_the_crawl(uri) => Err("metadata records"),
        "resource" | "conversion" => by_type(header, start),
        "request" => Err("requests"),
        "revisit" => Err("revisits"),
        "warcinfo" | "metadata" => Err("metadata records"),
        _ => Err("other records"),
    }
}

/// Crawlers keep their logs and screenshots under such addresses.
fn is_about_the_crawl(uri: &str) -> bool {
    ["metadata:", "urn:", "filedesc:"]
        .iter()
        .any(|scheme| uri.starts_with(scheme))
}

fn answer(start: &[u8]) -> Result<Content, &'static str> {
    let Some(head) = http::read_head(start) else {
        // Some crawlers keep the content alone.
        return by_type(&Header::default(), start);
    };
    match head.status {
        200 | 203 => {}
        300..400 => return Err("redirects"),
        _ => return Err("errors"),
    }
    match by_type(&head.header, &start[head.content_at..])? {
        Content::Page(_) => Ok(Content::Page(Some(head))),
        Content::Text => Err("other files"),
    }
}

/// What content is by its declared type, or else by how it starts.
fn by_type(header: &Header, start: &[u8]) -> Result<Content, &'static str> {
    let declared = header.content_type().unwrap_or_default();
    match declared.as_str() {
        "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml" => {
            Ok(Content::Page(None))
        }
        "text/plain" => Ok(Content::Text),
        "" | "application/octet-stream" | "unknown/unknown" | "application/http" | "*/*" => {
            let unpacked = http::content(start, header, start.len() * 8);
            let text = String::from_utf8_lossy(&unpacked.bytes);
            html::is_start(&text)
                .then_some(Content::Page(None))
                .ok_or("other files")
        }
        image if image.starts_with("image/") => Err("images"),
        _ => Err("other files"),
    }
}

/// Makes an article of a record's block.
pub(super) fn read(header: &Header, content: &Content, block: &[u8]) -> Page {
    let mut problems = Vec::new();
    let uri = header.get_bare("warc-target-uri");
    let mut draft = match content {
        Content::Text => Draft {
            url: uri.map(str::to_owned),
            lang: one_language(header),
            ..plain::read(&decode_bytes(block, header.charset().as_deref()))
        },
        Content::Page(head) => {
            let page = page_text(header, head.as_ref(), block, &mut problems);
            let (draft, complaint) = html::read_page(&page, uri);
            problems.extend(complaint.map(|message| (ProblemKind::TooLarge, message)));
            draft
        }
    };
    if let Some(cause) = header.get("warc-truncated") {
        problems.push((
            ProblemKind::Damaged,
            format!("cut off by the crawler: {cause}"),
        ));
    }
    draft.id = header
        .get_bare("warc-record-id")
        .unwrap_or_default()
        .to_owned();
    // When it was fetched says little, but often there is nothing else.
    let fetched = header.get("warc-date").map(str::to_owned);
    draft
        .published
        .extend(FoundDate::all(DateOrigin::Header, fetched));
    Page { draft, problems }
}

/// The text of a page, unpacked and decoded.
fn page_text(
    header: &Header,
    head: Option<&Head>,
    block: &[u8],
    problems: &mut Vec<(ProblemKind, String)>,
) -> String {
    let (header, body) = match head {
        Some(head) => (
            &head.header,
            block.get(head.content_at..).unwrap_or_default(),
        ),
        None => (header, block),
    };
    let content = http::content(body, header, MAX_RECORD_BYTES);
    let most = content.bytes.len().min(MAX_RECORD_BYTES);
    if most < content.bytes.len() {
        let message = format!(
            "only the first {} MB of the page were read",
            MAX_RECORD_BYTES >> 20
        );
        problems.push((ProblemKind::TooLarge, message));
    }
    if content.breaks_off {
        let message = "the page breaks off or is damaged".to_owned();
        problems.push((ProblemKind::Damaged, message));
    }
    decode_bytes(&content.bytes[..most], header.charset().as_deref())
}

/// The language that was found in a text, unless there were several.
fn one_language(header: &Header) -> Option<String> {
    let languages = header.get("warc-identified-content-language")?;
    (!languages.contains(',')).then(|| languages.to_owned())
}
