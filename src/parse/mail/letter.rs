//! The articles of one mail: its own text, and the mails attached to it.
//!
//! In: the bytes of a mail. Out: a [`Draft`] for itself and for each mail of a
//! digest. Other attachments are passed over.
//!
//! The sender of a newsletter is its outlet; of a list, an author, and the list is
//! the source; of any other mail, its author. Newsletters are laid out in tables,
//! which main-text extraction takes for decoration, so their HTML is read whole.

use std::collections::VecDeque;

use mail_parser::{HeaderName, Message, MimeHeaders};

use super::footer::without_footers;
use super::forward::{self, Forwarded};
use super::mime::{MAX_PARTS, Part, header_bytes};
use crate::article::DateOrigin;
use crate::corpus::decode_bytes;
use crate::parse::draft::{Draft, FoundDate};
use crate::parse::markup::to_text;

/// Levels of parts within parts, and of mails within mails.
const MAX_DEPTH: usize = 20;
/// Mails in a digest.
const MAX_MAILS: usize = 10_000;
/// What newsletters without headers of a list call themselves before the `@`.
const BULK_SENDERS: &[&str] = &[
    "news", "letter", "reply", "digest", "info", "hello", "mail", "alert", "brief", "updates",
];

/// The articles of a mail, the mail itself first; and whether there are more parts or
/// mails in it, or deeper ones, than are read.
pub(super) fn read(bytes: &[u8]) -> (Vec<Draft>, bool) {
    let mut drafts = Vec::new();
    let mut is_cut = false;
    let mut waiting = VecDeque::from([(0, with_plain_header(bytes))]);
    while let Some((depth, bytes)) = waiting.pop_front() {
        if drafts.len() == MAX_MAILS {
            return (drafts, true);
        }
        let mail = Part::mail(&bytes);
        let mut views = Views::default();
        views.read(&mail, 0);
        is_cut |= views.is_cut;
        let draft = match forward::read(views.best()) {
            Some(forwarded) => forwarded_draft(&forwarded).or(Draft {
                authors: Vec::new(),
                source: None,
                ..own_draft(&mail.header, "")
            }),
            None => own_draft(&mail.header, views.best()),
        };
        // What only carries a digest is no article.
        if views.attached.is_empty() || !draft.body.is_empty() {
            drafts.push(draft);
        }
        if depth == MAX_DEPTH {
            is_cut |= !views.attached.is_empty();
        } else {
            let attached = views.attached.into_iter();
            waiting.extend(attached.map(|bytes| (depth + 1, with_plain_header(&bytes))));
        }
    }
    (drafts, is_cut)
}

/// A mail whose header is UTF-8; old programs write it in the encoding of the text.
fn with_plain_header(bytes: &[u8]) -> Vec<u8> {
    let (header, rest) = bytes.split_at(header_bytes(bytes));
    if std::str::from_utf8(header).is_ok() {
        return bytes.to_vec();
    }
    let mail = Part::mail(bytes);
    let header = decode_bytes(header, mail.attribute("charset"));
    [header.as_bytes(), rest].concat()
}

/// What a mail shows.
#[derive(Default)]
struct Views {
    /// With its HTML where it has some.
    shown: String,
    /// With its plain text where it has some.
    plain: String,
    /// The mails attached to it.
    attached: Vec<Vec<u8>>,
    /// Whether there are more parts, or deeper ones, than are read.
    is_cut: bool,
}

impl Views {
    fn read(&mut self, part: &Part<'_>, depth: usize) {
        let kind = part.kind();
        if kind.starts_with("multipart/") {
            if depth < MAX_DEPTH {
                self.read_parts(part, &kind, depth);
            } else {
                self.is_cut = true;
            }
            return;
        }
        match kind.as_str() {
            "message/rfc822" | "message/global" => self.attached.push(part.bytes().into_owned()),
            "text/html" if !part.is_attachment() => push(&mut self.shown, &to_text(&part.text())),
            "text/plain" if !part.is_attachment() => {
                let text = plain_text(part);
                push(&mut self.shown, &text);
                push(&mut self.plain, &text);
            }
            _ => {}
        }
    }

    fn read_parts(&mut self, whole: &Part<'_>, kind: &str, depth: usize) {
        let mut parts = whole.parts();
        self.is_cut |= parts.len() == MAX_PARTS;
        // What is related to the first part, or to the one that is named, are its pictures.
        if kind == "multipart/related" && !parts.is_empty() {
            let id = whole.attribute("start");
            let id = id.map(|id| id.trim_matches(['<', '>']));
            let is_named = |part: &Part<'_>| id.is_some() && part.header.content_id() == id;
            let at = parts.iter().position(is_named).unwrap_or(0);
            parts = vec![parts.swap_remove(at)];
        }
        let mut views = parts.iter().map(|part| {
            let mut views = Self::default();
            views.read(part, depth + 1);
            views
        });
        if kind != "multipart/alternative" {
            views.for_each(|part| self.append(part));
            return;
        }
        // The same several times over, the richest one last.
        let first = views.next().unwrap_or_default();
        let one = views.fold(first, |mut one, next| {
            if !next.shown.trim().is_empty() {
                one.shown = next.shown;
            }
            if one.plain.trim().is_empty() {
                one.plain = next.plain;
            }
            one.attached.extend(next.attached);
            one.is_cut |= next.is_cut;
            one
        });
        self.append(one);
    }

    fn append(&mut self, part: Self) {
        push(&mut self.shown, &part.shown);
        push(&mut self.plain, &part.plain);
        self.attached.extend(part.attached);
        self.is_cut |= part.is_cut;
    }

    /// The text with HTML, unless that says less than half of what the plain text does.
    fn best(&self) -> &str {
        if self.shown.len() * 2 < self.plain.len() {
            &self.plain
        } else {
            &self.shown
        }
    }
}

fn push(text: &mut String, part: &str) {
    if !text.is_empty() && !part.trim().is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(part);
}

fn own_draft(message: &Message<'_>, body: &str) -> Draft {
    let mut draft = Draft {
        id: message.message_id().unwrap_or_default().to_owned(),
        url: message
            .header_raw("Archived-At")
            .map(|url| url.trim().trim_matches(['<', '>']).to_owned()),
        title: message.subject().unwrap_or_default().to_owned(),
        body: without_footers(body),
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
    let is_bulk = ["List-Id", "List-Unsubscribe", "Precedence", "Feedback-ID"]
        .into_iter()
        .any(has);
    if is_bulk || is_bulk_sender(local) {
        let host = (!host.is_empty()).then(|| host.to_owned());
        draft.source = name.filter(|name| !name.is_empty()).or(host);
    } else {
        draft.authors.extend(name);
    }
}

fn is_bulk_sender(local: &str) -> bool {
    let local = local.to_lowercase();
    BULK_SENDERS.iter().any(|word| local.contains(word))
}

/// A mail that another one forwards; who forwarded it wrote none of it.
fn forwarded_draft(mail: &Forwarded<'_>) -> Draft {
    let (local, _) = mail.address.split_once('@').unwrap_or_default();
    let name = mail.name.to_owned();
    let mut draft = Draft {
        title: mail.subject.to_owned(),
        body: without_footers(mail.text),
        ..Draft::default()
    };
    if is_bulk_sender(local) {
        draft.source = Some(name);
    } else {
        draft.authors.push(name);
    }
    let date = (!mail.date.is_empty()).then(|| mail.date.to_owned());
    draft
        .published
        .extend(FoundDate::all(DateOrigin::Header, date));
    draft
}

/// The words of a `List-Id: Words <id>`, or its id.
fn list_name(header: &str) -> String {
    let (words, id) = header.split_once('<').unwrap_or((header, ""));
    let words = words.trim().trim_matches('"');
    let name = if words.is_empty() { id } else { words };
    name.trim().trim_end_matches('>').to_owned()
}

/// Plain text without its signature, and with its lines joined again if they were
/// broken softly (RFC 3676).
fn plain_text(part: &Part<'_>) -> String {
    let is = |name, value: &str| {
        let attribute = part.attribute(name);
        attribute.is_some_and(|found| found.eq_ignore_ascii_case(value))
    };
    let is_flowed = is("format", "flowed");
    let drops_space = is("delsp", "yes");
    let text = part.text();
    let lines: Vec<&str> = text.lines().collect();
    let mut plain = String::new();
    for line in &lines[..signature_start(&lines)] {
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

/// Where the signature starts, after a line of two hyphens and a space. Many mails have
/// lost the space; but then such a line may also part items of a letter.
fn signature_start(lines: &[&str]) -> usize {
    const MAX_LINES: usize = 10;
    let last = lines.iter().rposition(|line| matches!(*line, "-- " | "--"));
    let is_signature = |&at: &usize| {
        let is_only = !lines[..at].contains(&"--");
        let filled = lines[at + 1..]
            .iter()
            .filter(|line| !line.trim().is_empty());
        (lines[at] == "-- " || is_only) && filled.count() <= MAX_LINES
    };
    last.filter(is_signature).unwrap_or(lines.len())
}
