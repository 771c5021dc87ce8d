//! The articles of one mail: its own text, and the mails attached to it.
//!
//! In: the bytes of a mail. Out: a [`Draft`] for itself and for each mail of a
//! digest. Other attachments are passed over.
//!
//! The sender of a newsletter is its outlet; of a list, an author, and the list is
//! the source; of any other mail, its author. Newsletters are laid out in tables,
//! which main-text extraction takes for decoration, so their HTML is read whole.

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{
    Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};
use memchr::memmem;

use super::footer::without_footers;
use crate::article::DateOrigin;
use crate::corpus::decode_bytes;
use crate::parse::draft::{Draft, FoundDate};
use crate::parse::markup::to_text;

/// More mails than this inside each other are no digest but an attack on the stack.
const MAX_NESTED: usize = 200;
/// Parts of a mail; each search for a part's end may go through all of it.
const MAX_PARTS: usize = 2_000;
/// What newsletters without headers of a list call themselves before the `@`.
const BULK_SENDERS: &[&str] = &[
    "news", "letter", "reply", "digest", "info", "hello", "mail", "alert", "brief", "updates",
];

/// The articles of a mail, the mail itself first; or what forbids to read it.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Draft>, String> {
    let lower = bytes.to_ascii_lowercase();
    let count = |word: &[u8], most| memmem::find_iter(&lower, word).take(most + 1).count();
    let nested = count(b"rfc822", MAX_NESTED) + count(b"message/global", MAX_NESTED);
    if nested + count(b"/digest", MAX_NESTED) > MAX_NESTED {
        return Err(format!("over {MAX_NESTED} mails inside one"));
    }
    if count(b"boundary", MAX_PARTS) > MAX_PARTS {
        return Err(format!("over {MAX_PARTS} groups of parts"));
    }
    drop(lower);
    let message = MessageParser::default().parse(bytes);
    let mut drafts = Vec::new();
    collect(&message.unwrap_or_default(), &mut drafts);
    Ok(drafts)
}

fn collect(message: &Message<'_>, drafts: &mut Vec<Draft>) {
    let draft = own_draft(message);
    let attached: Vec<_> = message
        .parts
        .iter()
        .filter_map(|part| match &part.body {
            PartType::Message(inner) => Some(inner),
            _ => None,
        })
        .collect();
    // What only carries a digest is no article.
    if attached.is_empty() || !draft.body.is_empty() {
        drafts.push(draft);
    }
    for inner in attached {
        collect(inner, drafts);
    }
}

fn own_draft(message: &Message<'_>) -> Draft {
    let mut draft = Draft {
        id: message.message_id().unwrap_or_default().to_owned(),
        url: message
            .header_raw("Archived-At")
            .map(|url| url.trim().trim_matches(['<', '>']).to_owned()),
        title: message.subject().unwrap_or_default().to_owned(),
        body: without_footers(&body(message)),
        topics: texts(message, HeaderName::Keywords),
        lang: texts(message, HeaderName::ContentLanguage)
            .into_iter()
            .next(),
        ..Draft::default()
    };
    // The date as it is written; as read with its comments, if that is not understood.
    let written = message
        .header_raw("Date")
        .map(|date| date.trim().to_owned());
    let read = message.date().filter(|date| date.is_valid());
    let dates = written
        .into_iter()
        .chain(read.map(|date| date.to_rfc3339()));
    draft
        .published
        .extend(FoundDate::all(DateOrigin::Header, dates));
    name_sender(message, &mut draft);
    draft
}

/// The values of a header of texts.
fn texts(message: &Message<'_>, name: HeaderName<'static>) -> Vec<String> {
    let value = message.header(name);
    value
        .and_then(|value| value.as_text_list())
        .map(|texts| texts.iter().map(|text| text.trim().to_owned()).collect())
        .unwrap_or_default()
}

fn name_sender(message: &Message<'_>, draft: &mut Draft) {
    let sender = message.from().and_then(|from| from.first());
    let address = sender.and_then(|sender| sender.address()).unwrap_or("");
    let (local, host) = address.split_once('@').unwrap_or((address, ""));
    let name = sender.and_then(|sender| sender.name());
    let name = name.map(|name| name.trim_matches(['"', '\'', ' ']).to_owned());
    let has = |header: &str| message.header_raw(header).is_some();
    if has("List-Post") {
        draft.source = message.header_raw("List-Id").map(list_name);
        draft.authors.extend(name);
        return;
    }
    let local = local.to_lowercase();
    let is_bulk = ["List-Id", "List-Unsubscribe", "Precedence", "Feedback-ID"]
        .into_iter()
        .any(has)
        || BULK_SENDERS.iter().any(|word| local.contains(word));
    if is_bulk {
        let host = (!host.is_empty()).then(|| host.to_owned());
        draft.source = name.filter(|name| !name.is_empty()).or(host);
    } else {
        draft.authors.extend(name);
    }
}

/// The words of a `List-Id: Words <id>`, or its id.
fn list_name(header: &str) -> String {
    let (words, id) = header.split_once('<').unwrap_or((header, ""));
    let words = words.trim().trim_matches('"');
    let name = if words.is_empty() { id } else { words };
    name.trim().trim_end_matches('>').to_owned()
}

/// The text of a mail: its HTML, unless that says less than half of what its plain
/// text does.
fn body(message: &Message<'_>) -> String {
    let shown = joined(message, &message.html_body);
    let plain = joined(message, &message.text_body);
    if shown.len() * 2 < plain.len() {
        plain
    } else {
        shown
    }
}

fn joined(message: &Message<'_>, ids: &[u32]) -> String {
    let parts = ids.iter().filter_map(|id| message.part(*id));
    let texts = parts.filter_map(|part| match &part.body {
        PartType::Html(_) => Some(to_text(&decoded(message, part))),
        PartType::Text(_) => Some(plain_text(part, &decoded(message, part))),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n\n")
}

/// The text of a part, in the encoding that it declares, or else that it shows.
pub(super) fn decoded<'a>(message: &Message<'_>, part: &'a MessagePart<'_>) -> Cow<'a, str> {
    let raw = message
        .raw_message
        .get(part.offset_body as usize..part.offset_end as usize)
        .unwrap_or_default();
    let bytes = match part.encoding {
        Encoding::None => Some(Cow::Borrowed(raw)),
        Encoding::QuotedPrintable => quoted_printable_decode(raw).map(Cow::Owned),
        Encoding::Base64 => base64_decode(raw).map(Cow::Owned),
    };
    let charset = part
        .content_type()
        .and_then(|kind| kind.attribute("charset"));
    match bytes {
        Some(bytes) => Cow::Owned(decode_bytes(&bytes, charset)),
        None => Cow::Borrowed(part.text_contents().unwrap_or_default()),
    }
}

/// Plain text without its signature, and with its lines joined again if they were
/// broken softly (RFC 3676).
fn plain_text(part: &MessagePart<'_>, text: &str) -> String {
    let attribute = |name| part.content_type().and_then(|kind| kind.attribute(name));
    let is =
        |name, value: &str| attribute(name).is_some_and(|v: &str| v.eq_ignore_ascii_case(value));
    let is_flowed = is("format", "flowed");
    let drops_space = is("delsp", "yes");
    let mut plain = String::with_capacity(text.len());
    for line in text.lines() {
        if line == "-- " || line == "--" {
            break;
        }
        if !is_flowed {
            plain.push_str(line);
            plain.push('\n');
            continue;
        }
        let line = line.strip_prefix(' ').unwrap_or(line);
        match line.strip_suffix(' ') {
            Some(soft) if drops_space => plain.push_str(soft),
            Some(_) => plain.push_str(line),
            None => {
                plain.push_str(line);
                plain.push('\n');
            }
        }
    }
    plain
}
