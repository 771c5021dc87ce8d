//! Cleans the texts of articles.
//!
//! In: text as a record gives it. Out: the same in NFC, without control
//! characters, with paragraphs separated by one blank line.
//!
//! Most texts are clean already, which one pass finds out; they are handed back
//! as they are, without a copy.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::text::single_spaced;

/// Lines longer than this were not wrapped by hand, so each is a paragraph.
const WRAPPED_CHARS: usize = 130;

/// Cleans a text of paragraphs.
pub(super) fn tidy_text(text: String) -> String {
    let text = trimmed(clean_chars(text));
    if !has_odd_lines(&text) {
        return text;
    }
    let are_paragraphs = !has_blank_line(&text)
        && text.contains('\n')
        && text
            .lines()
            .any(|line| line.chars().nth(WRAPPED_CHARS).is_some());
    let mut tidy = String::with_capacity(text.len() + 64);
    let mut is_after_blank = false;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            is_after_blank = true;
            continue;
        }
        if !tidy.is_empty() {
            tidy.push('\n');
            if is_after_blank || are_paragraphs {
                tidy.push('\n');
            }
        }
        // An indent at the start of a paragraph is not worth keeping; within one it
        // may be a list's.
        tidy.push_str(if is_after_blank {
            line.trim_start()
        } else {
            line
        });
        is_after_blank = false;
    }
    tidy
}

/// Cleans a text of one line: runs of white space become one space.
pub(super) fn tidy_line(text: String) -> String {
    let text = trimmed(clean_chars(text));
    let has_runs = text
        .split(' ')
        .any(|word| word.is_empty() || word.contains(char::is_whitespace));
    if text.is_empty() || !has_runs {
        return text;
    }
    single_spaced(&text)
}

fn trimmed(text: String) -> String {
    let inner = text.trim();
    if inner.len() == text.len() {
        return text;
    }
    inner.to_owned()
}

/// Whether lines need another look: more than one blank one in a row, white
/// space at an end, or line breaks without any blank line.
fn has_odd_lines(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut has_break = false;
    let mut has_blank = false;
    for at in memchr::memchr_iter(b'\n', bytes) {
        has_break = true;
        let before = at.checked_sub(1).map(|i| bytes[i]);
        if before == Some(b'\n') {
            has_blank = true;
            if matches!(bytes.get(at + 1), Some(b'\n' | b' ' | b'\t')) {
                return true;
            }
        }
        // White space beyond ASCII ends in one of these bytes.
        if before.is_some_and(|b| matches!(b, b' ' | b'\t' | 0x80..=0xbf)) {
            return true;
        }
    }
    has_break && !has_blank
}

fn has_blank_line(text: &str) -> bool {
    text.lines().any(|line| line.trim().is_empty())
}

fn clean_chars(text: String) -> String {
    if is_all_plain(&text) {
        return text;
    }
    let text = if text.chars().any(is_dirty) {
        replace_dirty(&text)
    } else {
        text
    };
    if is_nfc(&text) {
        return text;
    }
    text.nfc().collect()
}

/// Whether every character is plain. Blocks of ASCII, which are most of most
/// texts, are told by a loop that the compiler turns into vector instructions.
fn is_all_plain(text: &str) -> bool {
    const BLOCK_BYTES: usize = 32;
    let is_clean = |byte: u8| byte.wrapping_sub(b' ') < 95 || byte == b'\n' || byte == b'\t';
    let mut at = 0;
    while at < text.len() {
        let end = text.len().min(at + BLOCK_BYTES);
        let block = &text.as_bytes()[at..end];
        if block.iter().fold(true, |all, &byte| all & is_clean(byte)) {
            at = end;
            continue;
        }
        for c in text[at..].chars() {
            if !is_plain(c) {
                return false;
            }
            at += c.len_utf8();
            if at >= end {
                break;
            }
        }
    }
    true
}

/// Characters that are clean, and that no combining mark before them changes.
fn is_plain(c: char) -> bool {
    matches!(c,
        '\n' | '\t' | ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}'
        | '\u{400}'..='\u{482}' | '\u{48a}'..='\u{52f}' | '\u{2010}'..='\u{2027}'
        | '\u{20ac}' | '\u{3041}'..='\u{3096}' | '\u{30a0}'..='\u{30ff}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Characters that must go or be replaced.
fn is_dirty(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(
            c,
            '\u{ad}' | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{feff}'
        )
}

fn replace_dirty(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{85}' | '\u{2028}' => clean.push('\n'),
            '\u{c}' | '\u{2029}' => clean.push_str("\n\n"),
            '\u{b}' => clean.push(' '),
            c if !is_dirty(c) => clean.push(c),
            // Windows-1252 that was read as Latin-1: quotes and dashes, mostly.
            '\u{80}'..='\u{9f}' => clean.extend(windows_1252(c)),
            _ => {}
        }
    }
    clean
}

fn windows_1252(c: char) -> Option<char> {
    let byte = [u8::try_from(u32::from(c)).ok()?];
    let (decoded, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
    decoded.chars().next().filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, tidy: &str) {
        assert_eq!(tidy_text(text.to_owned()), tidy);
    }

    #[test]
    fn decomposed_letters_are_composed() {
        check("cafe\u{301}", "café");
        check("и\u{306}", "й");
    }

    #[test]
    fn control_characters_go() {
        check("a\u{7}b\u{1b}[31m c\u{0}", "ab[31m c");
        check("it\u{92}s", "it’s");
        check("one\r\ntwo\rthree", "one\ntwo\nthree");
        check("co\u{ad}operate\u{feff}", "cooperate");
    }

    #[test]
    fn one_blank_line_separates_paragraphs() {
        check("  one\n\n\n \t\n  two  \n more\n", "one\n\ntwo\n more");
    }

    #[test]
    fn long_lines_are_paragraphs_and_wrapped_ones_are_not() {
        let long = "word ".repeat(40);
        let long = long.trim();
        check(&format!("{long}\n{long}"), &format!("{long}\n\n{long}"));
        check("wrapped\nby hand", "wrapped\nby hand");
    }

    #[test]
    fn a_line_has_single_spaces() {
        assert_eq!(tidy_line(" a \n b\u{a0} c ".to_owned()), "a b c");
        assert_eq!(tidy_line("a b".to_owned()), "a b");
        assert_eq!(tidy_line(String::new()), "");
    }
}
