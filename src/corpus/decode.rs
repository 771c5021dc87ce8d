//! Chooses the encoding of a text.
//!
//! In: bytes from a file. Out: the encoding that makes the most sense of them.
//!
//! In order of trust: a byte order mark; UTF-16 that shows by its zero bytes;
//! UTF-8, if it is valid or nearly so; what the text declares itself (HTML and
//! XML); a guess from the frequency of bytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// Valid sequences beyond ASCII for each invalid byte that a text still counts as UTF-8.
const GOOD_PER_BAD: usize = 4;
/// How far into a text its declaration of an encoding is looked for.
const DECLARATION_BYTES: usize = 2_048;

/// The encoding of a text that has a byte order mark or is plainly UTF-16, and
/// how many bytes to skip. `head` is the start of the file.
pub(super) fn marked_encoding(head: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(head).or_else(|| unmarked_utf16(head).map(|encoding| (encoding, 0)))
}

/// Bytes that are all of a text, decoded: as `declared` says if that is known and
/// fits, else by what the bytes show. What makes no sense becomes U+FFFD.
pub fn decode_bytes(bytes: &[u8], declared: Option<&str>) -> String {
    let label = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let (encoding, skipped) = match (marked_encoding(bytes), label) {
        (Some(marked), _) => marked,
        (None, Some(label)) if label != UTF_8 || is_nearly_utf8(bytes) => (label, 0),
        (None, _) => (guess_encoding(bytes, true).unwrap_or(UTF_8), 0),
    };
    let (text, _) = encoding.decode_without_bom_handling(&bytes[skipped..]);
    text.replace('\0', "")
}

/// The encoding that bytes tell; `None` if they are ASCII, which many encodings share.
pub(super) fn guess_encoding(bytes: &[u8], is_start: bool) -> Option<&'static Encoding> {
    let detected = || {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
        detector.feed(bytes, false);
        detector.guess(None, Utf8Detection::Deny)
    };
    if bytes.is_ascii() {
        // Its Japanese is ASCII between escapes.
        let has_escapes = memchr::memchr(0x1b, bytes).is_some();
        return (has_escapes && detected() == ISO_2022_JP).then_some(ISO_2022_JP);
    }
    if is_nearly_utf8(bytes) {
        return Some(UTF_8);
    }
    let declared = is_start.then(|| declared_encoding(bytes)).flatten();
    Some(declared.unwrap_or_else(detected))
}

/// UTF-16 without a mark: nearly all zero bytes, and at least some, are in one
/// half of the pairs, and that half has few different values.
fn unmarked_utf16(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    if pairs < 4 || memchr::memchr(0, head).is_none() {
        return None;
    }
    let mut counts = [[0usize; 256]; 2];
    for pair in head.chunks_exact(2) {
        counts[0][usize::from(pair[0])] += 1;
        counts[1][usize::from(pair[1])] += 1;
    }
    let is_high_half = |half: usize| {
        let zeros = counts[half][0];
        let commonest = counts[half][1..].iter().max().copied().unwrap_or(0);
        // Every script uses ASCII spaces, and one or two blocks of 256 characters.
        zeros * 20 >= pairs
            && (zeros + commonest) * 10 >= pairs * 8
            && counts[1 - half][0] * 50 <= pairs
            && counts[1 - half][1..].iter().filter(|&&n| n > 0).count() > 3
    };
    match (is_high_half(1), is_high_half(0)) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether the bytes are UTF-8, but for a cut at the end and the odd stray byte.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let mut good = 0;
    let mut bad = 0;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    let tail = bytes.utf8_chunks().last().map_or(&[][..], |c| c.invalid());
    if std::str::from_utf8(tail).is_err_and(|error| error.error_len().is_none()) {
        bad -= tail.len();
    }
    bad == 0 || good >= bad * GOOD_PER_BAD
}

/// What `charset=…` or `encoding="…"` near the start of a text says, unless it is
/// UTF-8 or UTF-16, which the bytes have already ruled out.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES)];
    if !head.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let lower = head.to_ascii_lowercase();
    [&b"charset="[..], b"encoding="].iter().find_map(|key| {
        let at = memchr::memmem::find(&lower, key)? + key.len();
        let label: Vec<u8> = lower[at..]
            .iter()
            .copied()
            .skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '))
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_:".contains(byte))
            .collect();
        Encoding::for_label(&label)
            .filter(|encoding| encoding.is_ascii_compatible() && *encoding != UTF_8)
    })
}
