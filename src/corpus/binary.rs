//! Tells texts from pictures, programs and other files that hold none.
//!
//! In: the first bytes of a file, unpacked. Out: yes or no.
//!
//! Known signatures first; then the share of control bytes, of which text has
//! hardly any, random bytes a ninth, and a stray NUL next to none.

/// First bytes of formats that hold no plain text.
const SIGNATURES: &[&[u8]] = &[
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"\x7fELF",
    b"%PDF-",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"SQLite format 3\0",
    b"\0asm",
    b"\xca\xfe\xba\xbe",
    b"ID3\x03",
    b"ID3\x04",
    b"OggS\0",
    b"fLaC\0",
    b"II*\0",
    b"MM\0*",
    b"wOFF",
    b"wOF2",
    b"\x1aE\xdf\xa3",
];

/// A control byte in this many is one too many.
const BYTES_PER_CONTROL: usize = 20;

/// Whether the first bytes of a file are no text in any encoding of one byte a
/// letter or of UTF-8. UTF-16 must be ruled out before.
pub(super) fn is_binary(head: &[u8]) -> bool {
    if SIGNATURES.iter().any(|magic| head.starts_with(magic)) {
        return true;
    }
    let at = |from: usize, magic: &[u8]| head.get(from..).is_some_and(|h| h.starts_with(magic));
    if at(257, b"ustar") || at(4, b"ftyp") || (head.starts_with(b"RIFF") && at(12, b"fmt ")) {
        return true;
    }
    if head.starts_with(b"RIFF") && (at(8, b"WEBP") || at(8, b"AVI ")) {
        return true;
    }
    let controls = head.iter().filter(|&&byte| is_odd_control(byte)).count();
    controls >= 2 && controls * BYTES_PER_CONTROL > head.len()
}

/// Control bytes that texts do not use: all but backspace to carriage return, and escape.
fn is_odd_control(byte: u8) -> bool {
    matches!(byte, 0..=7 | 14..=26 | 28..=31 | 127)
}
