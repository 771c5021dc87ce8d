//! The answer of a web server, as it went over the line.
//!
//! In: a block that starts with `HTTP/`. Out: its status and header, and its
//! content without chunks and compression.
//!
//! Some archives keep the header as it was but the content already unpacked, so
//! what the header says of the content is believed only if the content looks so.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::header::{Header, Reading};

/// Encodings one over the other that are taken off.
const MAX_ENCODINGS: usize = 3;
/// Digits of a chunk's length.
const MAX_DIGITS: usize = 8;

/// The head of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// 200 for a page that was there.
    pub(super) status: u16,
    pub(super) header: Header,
    /// Where the content starts in the block.
    pub(super) content_at: usize,
}

/// Content, and whether it was all there.
pub(super) struct Content<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    /// A chunk, or the compressed data, broke off.
    pub(super) breaks_off: bool,
}

/// Reads the head of an answer; `None` if the block starts with something else.
pub(super) fn read_head(block: &[u8]) -> Option<Head> {
    let Reading::Is(header, content_at) = Header::read(block) else {
        return None;
    };
    let mut words = header.first.split_ascii_whitespace();
    if !words.next()?.starts_with("HTTP/") {
        return None;
    }
    let status = words.next()?.parse().ok()?;
    Some(Head {
        status,
        header,
        content_at,
    })
}

/// The content without chunks and compression, up to `max_bytes` and one more.
pub(super) fn content<'a>(body: &'a [u8], header: &Header, max_bytes: usize) -> Content<'a> {
    let is_chunked = header
        .get("transfer-encoding")
        .is_some_and(|encodings| encodings.to_ascii_lowercase().contains("chunked"));
    let (mut bytes, mut breaks_off) = match is_chunked {
        true => without_chunks(body),
        false => (Cow::Borrowed(body), false),
    };
    let encodings = header.get("content-encoding").unwrap_or_default();
    for encoding in encodings.rsplit(',').take(MAX_ENCODINGS) {
        let encoding = encoding.trim().to_ascii_lowercase();
        if let Some((unpacked, is_whole)) = unpack(&bytes, &encoding, max_bytes) {
            bytes = Cow::Owned(unpacked);
            breaks_off |= !is_whole;
        }
    }
    Content { bytes, breaks_off }
}

/// Joins chunks, and says whether the last one breaks off; where their lengths are wrong,
/// what is left is taken as it is.
fn without_chunks(body: &[u8]) -> (Cow<'_, [u8]>, bool) {
    let mut joined = Vec::new();
    let mut rest = body;
    let mut breaks_off = false;
    while let Some((length, content)) = chunk_length(rest) {
        if length == 0 {
            return (Cow::Owned(joined), false);
        }
        breaks_off = length > content.len();
        let (chunk, behind) = content.split_at(length.min(content.len()));
        joined.extend_from_slice(chunk);
        rest = behind;
        match behind.strip_prefix(b"\r\n").or(behind.strip_prefix(b"\n")) {
            Some(next) => rest = next,
            None => break,
        }
    }
    if joined.is_empty() {
        return (Cow::Borrowed(body), false);
    }
    joined.extend_from_slice(rest);
    (Cow::Owned(joined), breaks_off)
}

/// The length of the chunk that starts here, in hexadecimal on a line of its own, and what follows.
fn chunk_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = memchr::memchr(b'\n', bytes)?;
    let line = bytes[..end]
        .split(|byte| *byte == b';')
        .next()?
        .trim_ascii();
    let digits = std::str::from_utf8(line).ok()?;
    let is_short =
        digits.len() <= MAX_DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let length = is_short.then(|| usize::from_str_radix(digits, 16).ok())??;
    Some((length, &bytes[end + 1..]))
}

/// Unpacks content, and says whether that was all of it; `None` if it is not packed like this.
fn unpack(packed: &[u8], encoding: &str, max_bytes: usize) -> Option<(Vec<u8>, bool)> {
    if packed.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let reader: Box<dyn Read + '_> = match encoding {
        "gzip" | "x-gzip" if packed.starts_with(b"\x1f\x8b") => {
            Box::new(MultiGzDecoder::new(packed))
        }
        "deflate" if is_zlib(packed) => Box::new(ZlibDecoder::new(packed)),
        "deflate" => Box::new(DeflateDecoder::new(packed)),
        "br" => Box::new(brotli_decompressor::Decompressor::new(packed, 4 << 10)),
        "zstd" => Box::new(zstd::stream::read::Decoder::with_buffer(packed).ok()?),
        _ => return None,
    };
    let mut unpacked = Vec::new();
    let result = reader.take(max_bytes as u64 + 1).read_to_end(&mut unpacked);
    (!unpacked.is_empty()).then_some((unpacked, result.is_ok()))
}

fn is_zlib(bytes: &[u8]) -> bool {
    bytes
        .first_chunk()
        .is_some_and(|start| start[0] & 15 == 8 && u16::from_be_bytes(*start) % 31 == 0)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const PAGE: &str = "<p>The ferry to Lindholm runs again.</p>";

    #[track_caller]
    fn check(fields: &str, body: &[u8], expected: (&str, bool)) {
        let head = format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\n");
        let head = read_head(head.as_bytes()).unwrap();
        let content = content(body, &head.header, 1 << 20);
        let text = String::from_utf8_lossy(&content.bytes).into_owned();
        assert_eq!((text.as_str(), content.breaks_off), expected);
    }

    fn gzip(text: &str) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(text.as_bytes()).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn heads_of_any_version() {
        let head = read_head(b"HTTP/2 404\nServer: a\n\nbody").unwrap();
        assert_eq!((head.status, head.content_at), (404, 22));
        assert_eq!(read_head(b"<html>\n\n"), None);
        assert_eq!(read_head(b"HTTP/1.1 OK\n\n"), None);
    }

    #[test]
    fn content_is_unpacked_as_the_header_says() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(PAGE.as_bytes()).unwrap();
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::default());
        raw.write_all(PAGE.as_bytes()).unwrap();
        check("Content-Encoding: gzip", &gzip(PAGE), (PAGE, false));
        check(
            "Content-Encoding: deflate",
            &zlib.finish().unwrap(),
            (PAGE, false),
        );
        check(
            "Content-Encoding: deflate",
            &raw.finish().unwrap(),
            (PAGE, false),
        );
        let zstd = zstd::encode_all(PAGE.as_bytes(), 1).unwrap();
        check("Content-Encoding: zstd", &zstd, (PAGE, false));
        // A meta-block without compression, and an empty last one.
        let length = (PAGE.len() - 1) as u8;
        let brotli = [&[length << 4, length >> 4, 0x10][..], PAGE.as_bytes(), &[3]].concat();
        check("Content-Encoding: br", &brotli, (PAGE, false));
        let twice = zstd::encode_all(&*gzip(PAGE), 1).unwrap();
        check("Content-Encoding: gzip, zstd", &twice, (PAGE, false));
    }

    #[test]
    fn content_that_is_not_as_the_header_says_is_taken_as_it_is() {
        for encoding in ["gzip", "deflate", "br", "zstd", "identity"] {
            check(
                &format!("Content-Encoding: {encoding}"),
                PAGE.as_bytes(),
                (PAGE, false),
            );
        }
        check("Transfer-Encoding: chunked", PAGE.as_bytes(), (PAGE, false));
    }

    #[test]
    fn packed_content_that_breaks_off_keeps_its_start() {
        let long = PAGE.repeat(5_000);
        let packed = gzip(&long);
        let head = read_head(b"HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n").unwrap();
        let content = content(&packed[..packed.len() / 2], &head.header, 1 << 20);
        assert!(content.breaks_off && long.as_bytes().starts_with(&content.bytes));
    }

    #[test]
    fn what_unpacks_to_more_than_is_wanted_is_cut() {
        let head = read_head(b"HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n").unwrap();
        let packed = gzip(&" ".repeat(1 << 20));
        assert_eq!(content(&packed, &head.header, 1_000).bytes.len(), 1_001);
    }

    #[test]
    fn chunks_are_joined_as_far_as_they_are_right() {
        let chunked = "Transfer-Encoding: chunked";
        check(
            chunked,
            b"3\r\n<p>\r\nA;x=1\r\n0123456789\r\n0\r\n\r\n",
            ("<p>0123456789", false),
        );
        check(
            chunked,
            b"3\r\n<p>\r\n4\r\n0123456789\r\n",
            ("<p>0123456789\r\n", false),
        );
        check(chunked, b"ff\r\n<p>cut", ("<p>cut", true));
        check(chunked, b"0\r\n\r\n", ("", false));
    }
}
