//! The parts of a mail, after RFC 2045 and 2046.
//!
//! In: the bytes of a mail or of a part. Out: its header, and its content: decoded,
//! or the parts in it.
//!
//! Parts are told apart by the lines between them in one pass for each level, and
//! whoever asks for the parts of parts bounds the levels, so a mail made of nothing
//! but levels costs neither stack nor time.

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders};

use crate::corpus::decode_bytes;

/// Parts of one level that are looked at.
pub(super) const MAX_PARTS: usize = 10_000;

/// A mail or a part of one.
pub(super) struct Part<'a> {
    /// Only its header; there are no parts in it.
    pub(super) header: Message<'a>,
    raw: &'a [u8],
    /// What it is if it does not say so.
    default_kind: &'static str,
}

impl<'a> Part<'a> {
    /// A mail.
    pub(super) fn mail(bytes: &'a [u8]) -> Self {
        Self::new(bytes, "text/plain")
    }

    fn new(bytes: &'a [u8], default_kind: &'static str) -> Self {
        let (header, raw) = bytes.split_at(header_bytes(bytes));
        let header = MessageParser::default().parse_headers(header);
        // A part may have no header; what is asked of it is asked of its first part.
        let header = header.unwrap_or_else(|| Message {
            parts: vec![MessagePart::default()],
            ..Message::default()
        });
        Self {
            header,
            raw,
            default_kind,
        }
    }

    /// Its media type, in lower case.
    pub(super) fn kind(&self) -> String {
        let Some(kind) = self.header.content_type() else {
            return self.default_kind.to_owned();
        };
        let subtype = kind.subtype().unwrap_or("");
        format!("{}/{subtype}", kind.ctype()).to_ascii_lowercase()
    }

    /// An attribute of its media type.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.header.content_type()?.attribute(name)
    }

    /// Whether it is a file that was sent along.
    pub(super) fn is_attachment(&self) -> bool {
        let disposition = self.header.content_disposition();
        disposition
            .is_some_and(|disposition| disposition.ctype().eq_ignore_ascii_case("attachment"))
    }

    /// The parts in it, if it has any.
    pub(super) fn parts(&self) -> Vec<Part<'a>> {
        let Some(boundary) = self.attribute("boundary").filter(|name| !name.is_empty()) else {
            return Vec::new();
        };
        let default_kind = match self.kind().as_str() {
            "multipart/digest" => "message/rfc822",
            _ => "text/plain",
        };
        let pieces = split(self.raw, boundary.as_bytes());
        pieces.map(|piece| Part::new(piece, default_kind)).collect()
    }

    /// Its content without the encoding for transfer.
    pub(super) fn bytes(&self) -> Cow<'a, [u8]> {
        let encoding = self.header.content_transfer_encoding().unwrap_or("");
        match encoding.trim().to_ascii_lowercase().as_str() {
            "base64" => Cow::Owned(base64(self.raw)),
            "quoted-printable" => Cow::Owned(quoted_printable(self.raw)),
            _ => Cow::Borrowed(self.raw),
        }
    }

    /// Its text, in the encoding that it declares, or else that it shows.
    pub(super) fn text(&self) -> String {
        decode_bytes(&self.bytes(), self.attribute("charset"))
    }
}

/// How long a header is, with the blank line that ends it.
pub(super) fn header_bytes(bytes: &[u8]) -> usize {
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        if line.trim_ascii().is_empty() {
            break;
        }
    }
    at
}

/// What stands between the lines of a boundary; the last piece may lack its end.
fn split<'a>(body: &'a [u8], boundary: &[u8]) -> impl Iterator<Item = &'a [u8]> {
    let mut pieces = Vec::new();
    let mut start = None;
    let mut at = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let after = line
            .strip_prefix(b"--")
            .and_then(|line| line.strip_prefix(boundary));
        if let Some(after) = after {
            let after = after.trim_ascii();
            if after.is_empty() || after == b"--" {
                if let Some(start) = start.take() {
                    pieces.push(without_line_end(&body[start..at]));
                }
                if after == b"--" || pieces.len() >= MAX_PARTS {
                    return pieces.into_iter();
                }
                start = Some(at + line.len());
            }
        }
        at += line.len();
    }
    pieces.extend(start.map(|start| &body[start..]));
    pieces.into_iter()
}

/// The end of the line before a boundary belongs to that.
fn without_line_end(piece: &[u8]) -> &[u8] {
    let piece = piece.strip_suffix(b"\n").unwrap_or(piece);
    piece.strip_suffix(b"\r").unwrap_or(piece)
}

fn base64(raw: &[u8]) -> Vec<u8> {
    base64_decode(raw).unwrap_or_else(|| {
        let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
        let signs: Vec<u8> = raw.iter().copied().filter(is_sign).collect();
        base64_decode(&signs).unwrap_or_default()
    })
}

/// Quoted-printable; what is not is left as it is.
fn quoted_printable(raw: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'=', rest) {
        bytes.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let digits = rest
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let line_end = rest
            .iter()
            .position(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        if let Some(byte) = byte {
            bytes.push(byte);
            rest = &rest[2..];
        } else if let Some(end) = line_end.filter(|&end| rest[end] == b'\n') {
            rest = &rest[end + 1..];
        } else if line_end.is_some() {
            bytes.push(b'=');
        }
    }
    bytes.extend_from_slice(rest);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_between_lines_of_the_boundary() {
        let body = b"preamble\n--b\n\none\n--bc\n--b\r\nA: b\r\n\r\ntwo\r\n--b--\nrest";
        let pieces: Vec<_> = split(body, b"b").collect();
        assert_eq!(pieces, [&b"\none\n--bc"[..], b"A: b\r\n\r\ntwo"]);
        assert_eq!(split(b"--b\ncut", b"b").collect::<Vec<_>>(), [b"cut"]);
        assert_eq!(split(b"none", b"b").count(), 0);
    }

    #[test]
    fn quoted_printable_is_read_as_far_as_it_is() {
        assert_eq!(
            quoted_printable(b"caf=C3=A9 =\r\nnoir = 1 =4"),
            "café noir = 1 =4".as_bytes()
        );
        assert_eq!(quoted_printable(b"end="), b"end");
        assert_eq!(base64(b"Y2Fm\r\nw6k="), "café".as_bytes());
        assert_eq!(base64(b"Y2!Fm"), b"caf");
    }
}
