//! A first line and named fields below it: how WARC records, and the answers of
//! web servers in them, start.
//!
//! In: bytes. Out: the first line and the fields, however they were written, and
//! where the blank line below them ends.

use super::frame::is_mark;

/// A header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// The first line.
    pub(super) first: String,
    fields: Vec<(String, String)>,
}

/// What some bytes have at their start.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// A header, which takes up so many bytes with the blank line below it.
    Is(Header, usize),
    /// A header that goes on beyond them.
    Short,
    /// Something else: a record starts in the midst of it.
    No,
}

impl Header {
    /// Reads the header at the start of some bytes.
    pub(super) fn read(bytes: &[u8]) -> Reading {
        let mut header = Self::default();
        let mut at = 0;
        loop {
            let rest = &bytes[at..];
            let Some(length) = memchr::memchr(b'\n', rest) else {
                return Reading::Short;
            };
            if at > 0 && is_mark(rest) {
                return Reading::No;
            }
            let line = String::from_utf8_lossy(&rest[..length]);
            if at == 0 {
                line.trim().clone_into(&mut header.first);
            } else if line.trim().is_empty() {
                return Reading::Is(header, at + length + 1);
            } else {
                header.add(&line);
            }
            at += length + 1;
        }
    }

    fn add(&mut self, line: &str) {
        let folded = line.starts_with([' ', '\t']);
        match (self.fields.last_mut(), line.split_once(':')) {
            (Some((_, value)), _) if folded => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (_, Some((name, value))) => {
                self.fields
                    .push((name.trim().to_owned(), value.trim().to_owned()));
            }
            _ => {}
        }
    }

    /// The value of a field, whatever the case of its name; `None` if it is blank.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let named = self
            .fields
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name));
        named
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// The value of a field without the angle brackets that may be around it.
    pub(super) fn get_bare(&self, name: &str) -> Option<&str> {
        let value = self.get(name)?;
        let bare = value
            .strip_prefix('<')
            .and_then(|value| value.strip_suffix('>'));
        Some(bare.unwrap_or(value))
    }

    /// The kind of content that a field names, in lower case and without parameters.
    pub(super) fn content_type(&self) -> Option<String> {
        let value = self.get("content-type")?.split(';').next()?;
        Some(value.trim().to_ascii_lowercase())
    }

    /// The character set that the content is declared to be in.
    pub(super) fn charset(&self) -> Option<String> {
        let mut parameters = self.get("content-type")?.split(';').skip(1);
        parameters.find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            let is_charset = name.trim().eq_ignore_ascii_case("charset");
            is_charset.then(|| value.trim().trim_matches(['"', '\'']).to_owned())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_however_they_were_written() {
        let text = "WARC/1.0\nwarc-type:response\r\nX-Long: one\r\n two\nno field\n\
            Content-Type: Text/HTML; Charset=\"UTF-8\"\nWARC-Target-URI: <http://a.example/>\n\r\nrest";
        let Reading::Is(header, length) = Header::read(text.as_bytes()) else {
            panic!("no header");
        };
        assert_eq!(&text[length..], "rest");
        assert_eq!(header.first, "WARC/1.0");
        assert_eq!(header.get("WARC-Type"), Some("response"));
        assert_eq!(header.get("x-long"), Some("one two"));
        assert_eq!(header.get("no field"), None);
        assert_eq!(header.content_type().as_deref(), Some("text/html"));
        assert_eq!(header.charset().as_deref(), Some("UTF-8"));
        assert_eq!(
            header.get_bare("warc-target-uri"),
            Some("http://a.example/")
        );
    }

    #[test]
    fn what_breaks_off_or_has_a_record_in_it_is_no_header() {
        assert_eq!(
            Header::read(b"WARC/1.0\r\nWARC-Type: a\r\n"),
            Reading::Short
        );
        assert_eq!(
            Header::read(b"WARC/1.0\r\nWARC-Ty\nWARC/1.0\r\nWARC-Type: b\r\n\r\n"),
            Reading::No
        );
    }
}
