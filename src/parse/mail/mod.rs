//! What is written as mail: single mails, mailboxes, and web pages saved as MHTML.
//!
//! In: the bytes of a file, since each part of a mail has its own encoding. Out: an
//! article a mail ([`letter`]), the mails of a mailbox ([`mailbox`]), or a saved
//! page's article ([`saved_page`]).

mod footer;
mod forward;
mod letter;
mod mailbox;
mod mime;
mod saved_page;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use super::document::read_whole;
use super::draft::Draft;
use super::output::Output;
use super::{BytesFormat, MAX_RECORD_BYTES};
use crate::corpus::ByteReader;
use crate::error::{Place, ProblemKind};
use mailbox::{Mailbox, is_separator};

/// Lines of a header that are looked at.
const MAX_HEADER_LINES: usize = 200;

/// One mail in a file.
pub(super) struct Mail;
/// Many mails in a file.
pub(super) struct Mbox;
/// A saved page.
pub(super) struct Mhtml;

impl BytesFormat for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn detect(&self, head: &[u8]) -> bool {
        Header::of(without_wrapping(head)).is_mail()
    }

    fn parse(&self, bytes: &mut ByteReader, out: &mut Output<'_>) -> ControlFlow<()> {
        let mail = read_whole(bytes, out)?;
        let (drafts, is_cut) = letter::read(without_wrapping(&mail));
        // Of a digest, each mail is a record.
        if drafts.len() > 1 {
            out.expect_many();
        }
        hand_on(drafts, is_cut, out)
    }
}

impl BytesFormat for Mbox {
    fn name(&self) -> &'static str {
        "mbox"
    }

    fn detect(&self, head: &[u8]) -> bool {
        let mut lines = head.splitn(2, |byte| *byte == b'\n');
        let first = lines.next().unwrap_or_default();
        is_separator(first)
            && !Header::of(lines.next().unwrap_or_default())
                .lines
                .is_empty()
    }

    fn parse(&self, bytes: &mut ByteReader, out: &mut Output<'_>) -> ControlFlow<()> {
        out.expect_many();
        let mut mailbox = Mailbox::new(bytes, MAX_RECORD_BYTES);
        let mut mail = Vec::new();
        while let Some(is_all) = mailbox.next_mail(&mut mail) {
            if !is_all {
                let message = format!(
                    "only the first {} MB of a mail were read",
                    MAX_RECORD_BYTES >> 20
                );
                out.problem(ProblemKind::TooLarge, Place::default(), message)?;
            }
            let (drafts, is_cut) = letter::read(&mail);
            hand_on(drafts, is_cut, out)?;
        }
        ControlFlow::Continue(())
    }
}

impl BytesFormat for Mhtml {
    fn name(&self) -> &'static str {
        "mhtml"
    }

    fn detect(&self, head: &[u8]) -> bool {
        Header::of(without_wrapping(head)).is_saved_page(head)
    }

    fn parse(&self, bytes: &mut ByteReader, out: &mut Output<'_>) -> ControlFlow<()> {
        let mail = read_whole(bytes, out)?;
        out.begin_record();
        let Some((draft, complaint)) = saved_page::read(without_wrapping(&mail)) else {
            let message = "a saved page without a page in it";
            return out.problem(ProblemKind::NoText, Place::default(), message);
        };
        if let Some(complaint) = complaint {
            out.problem(ProblemKind::TooLarge, Place::default(), complaint)?;
        }
        out.article(draft, Place::default())
    }
}

fn hand_on(drafts: Vec<Draft>, is_cut: bool, out: &mut Output<'_>) -> ControlFlow<()> {
    for draft in drafts {
        let place = Place {
            record: Some(out.begin_record()),
            ..Place::default()
        };
        out.article(draft, place)?;
    }
    if is_cut {
        let message = "more parts or mails inside a mail, or deeper ones, than are read";
        out.problem(ProblemKind::TooLarge, Place::default(), message)?;
    }
    ControlFlow::Continue(())
}

/// A mail without what programs leave before it: a mark of byte order, blank lines, and
/// the line that parted it from others in a mailbox.
fn without_wrapping(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bytes = bytes.trim_ascii_start();
    let end = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |end| end + 1);
    let (first, rest) = bytes.split_at(end);
    if first.strip_prefix(b">").is_some_and(is_separator) {
        rest
    } else {
        bytes
    }
}

/// The lines `Name: value` that a file starts with, names in lower case.
struct Header {
    lines: Vec<(String, String)>,
}

impl Header {
    /// The header up to the first line that is none; no lines if that is no blank one.
    fn of(head: &[u8]) -> Self {
        let mut lines: Vec<(String, String)> = Vec::new();
        for line in head.split(|byte| *byte == b'\n').take(MAX_HEADER_LINES) {
            let line = String::from_utf8_lossy(line);
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = lines.last_mut() {
                    value.push_str(line);
                }
                continue;
            }
            match line.split_once(':') {
                Some((name, value)) if is_name(name) => {
                    lines.push((name.to_ascii_lowercase(), value.trim().to_owned()));
                }
                _ => break,
            }
        }
        Self { lines }
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.lines.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether these lines are a mail's: it has a sender, and either what only mail
    /// programs write, or an address, a date and a subject.
    fn is_mail(&self) -> bool {
        const MACHINE: &[&str] = &[
            "message-id",
            "mime-version",
            "received",
            "return-path",
            "delivered-to",
        ];
        self.get("from").is_some_and(|from| {
            let is_by_machine = MACHINE.iter().any(|name| self.get(name).is_some());
            let is_letter = self.get("date").is_some() && self.get("subject").is_some();
            is_by_machine || (is_letter && from.contains('@'))
        })
    }

    /// Whether these lines are of a saved page: parts that belong together, and have
    /// addresses.
    fn is_saved_page(&self, head: &[u8]) -> bool {
        let kind = self.get("content-type").unwrap_or("").to_ascii_lowercase();
        let is_by_browser = self.get("snapshot-content-location").is_some()
            || self
                .get("from")
                .is_some_and(|from| from.trim_matches(['<', '"']).starts_with("Saved by"));
        let has_addresses = || {
            let lower = head.to_ascii_lowercase();
            memchr::memmem::find(&lower, b"\ncontent-location: http").is_some()
        };
        kind.starts_with("multipart/related") && (is_by_browser || has_addresses())
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
}
