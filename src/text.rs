//! Plain text for people: without control characters, and by the line.
//!
//! In: text from an archive, which no one vouches for. Out: text that a terminal
//! prints as it stands ([`plain_line`]), and the lines in which it was meant
//! ([`paragraphs`], [`meant_lines`]).

use std::borrow::Cow;
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

/// The text on one line, without what could move the cursor, colour the screen,
/// set its title or turn the direction of writing.
///
/// Line ends and tabs become spaces; escape sequences and bidirectional overrides go.
pub fn plain_line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        rest = &rest[char.len_utf8()..];
        match char {
            '\u{1B}' | '\u{9B}' | '\u{9D}' => rest = after_escape(char, rest),
            '\n' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => plain.push(' '),
            _ if is_harmful(char) => {}
            _ => plain.push(char),
        }
    }
    Cow::Owned(plain)
}

/// Controls, line and paragraph separators, bidirectional embeddings, overrides
/// and isolates, the byte order mark, and annotation marks.
fn is_harmful(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// What follows the escape sequence that `opener` starts; all of `rest` if it is none.
fn after_escape(opener: char, rest: &str) -> &str {
    let (kind, parameters) = match opener {
        '\u{9B}' => ('[', rest),
        '\u{9D}' => (']', rest),
        _ => match rest.chars().next() {
            Some(kind @ ('[' | ']' | 'P' | 'X' | '^' | '_')) => (kind, &rest[1..]),
            _ => return rest,
        },
    };
    if kind == '[' {
        return parameters
            .trim_start_matches(|c| matches!(c, ' '..='?'))
            .trim_start_matches_once(|c| matches!(c, '@'..='~'));
    }
    // A string that never ends is none, lest it swallow the text.
    match parameters.find(['\u{7}', '\u{9C}', '\u{1B}']) {
        Some(end) if parameters[end..].starts_with('\u{1B}') => {
            parameters[end + 1..].trim_start_matches_once(|c| c == '\\')
        }
        Some(end) => parameters[end..].trim_start_matches_once(|_| true),
        None => parameters,
    }
}

/// Takes one character off, where `trim_start_matches` takes them all.
trait TrimOnce {
    fn trim_start_matches_once(&self, matches: impl Fn(char) -> bool) -> &str;
}

impl TrimOnce for str {
    fn trim_start_matches_once(&self, matches: impl Fn(char) -> bool) -> &str {
        self.strip_prefix(matches).unwrap_or(self)
    }
}

/// Columns of a terminal that a text takes: a Chinese character takes two, a combining
/// mark none.
pub fn columns_of(text: &str) -> usize {
    let is_plain = |c: char| matches!(c, ' '..='~' | '\u{2010}'..='\u{2027}');
    let mut count = 0;
    for char in text.chars() {
        if !is_plain(char) {
            return text.width();
        }
        count += 1;
    }
    count
}

/// The words of a text with single spaces between them, and none at its ends.
pub fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The byte ranges of the paragraphs of `text`: what stands between blank lines.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    while let Some(end) = blank_line(text, start..text.len()) {
        ranges.push(start..end.start);
        start = end.end;
    }
    ranges.push(start..text.len());
    ranges.retain(|range| !text[range.clone()].trim().is_empty());
    ranges
}

/// The first blank line that starts in `within`: from the line end before it up to
/// the text after it.
pub fn blank_line(text: &str, within: Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = within.start;
    while let Some(found) = memchr::memchr(b'\n', bytes.get(at..within.end)?) {
        let newline = at + found;
        let end = newline + ascii_space(&bytes[newline..]);
        if memchr::memchr(b'\n', &bytes[newline + 1..end]).is_some() {
            return Some(newline..end);
        }
        at = end.max(newline + 1);
    }
    None
}

/// How many bytes of ASCII space `bytes` starts with.
fn ascii_space(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count()
}

/// The byte ranges of the lines of `text[paragraph]` whose ends were meant.
///
/// Some archives fill lines up to a width, others end a line with each paragraph,
/// item or dateline. A line is filled if the next word would not have fitted
/// within the paragraph's longest line, or if that word starts with a small letter:
/// it goes on in the next. Other ends were meant.
pub fn meant_lines(text: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
    let lines = lines(text, paragraph);
    if lines.len() < 2 {
        return lines;
    }
    let widths: Vec<_> = lines
        .iter()
        .map(|line| text[line.clone()].chars().count())
        .collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    let mut meant: Vec<Range<usize>> = Vec::new();
    for (number, line) in lines.into_iter().enumerate() {
        let first_word = text[line.clone()].split_whitespace().next().unwrap_or("");
        let goes_on = first_word.starts_with(char::is_lowercase);
        let filled =
            number > 0 && (goes_on || widths[number - 1] + first_word.chars().count() >= widest);
        match meant.last_mut() {
            Some(last) if filled => last.end = line.end,
            _ => meant.push(line),
        }
    }
    meant
}

/// The lines that are not blank, without the space around them.
fn lines(text: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = paragraph.start;
    for line in text[paragraph].split_inclusive('\n') {
        let trimmed = trim(text, at..at + line.len());
        at += line.len();
        if !trimmed.is_empty() {
            lines.push(trimmed);
        }
    }
    lines
}

/// The range without the white space at its ends.
pub fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let whole = &text[range.clone()];
    let start = range.start + (whole.len() - whole.trim_start().len());
    start..start + whole.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, plain: &str) {
        assert_eq!(plain_line(text), plain);
    }

    #[test]
    fn escape_sequences_go() {
        check("a\u{1B}[31;1mred\u{1B}[0m b", "ared b");
        check("\u{1B}]0;title\u{7}text", "text");
        check("\u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link");
        check("\u{9B}2Jtext\u{1B}c", "textc");
        check("\u{1B}]never ended", "never ended");
        check("end\u{1B}", "end");
        check("end\u{1B}[", "end");
    }

    #[test]
    fn controls_and_overrides_go_and_line_ends_become_spaces() {
        check("a\nb\tc\r\n", "a b c ");
        check("x\u{202E}txt.exe\u{2066}\u{0}", "xtxt.exe");
        check("מזל טוב", "מזל טוב");
        assert!(matches!(plain_line("plain"), Cow::Borrowed("plain")));
    }

    #[test]
    fn columns_are_those_of_a_terminal() {
        for text in [
            "",
            "plain",
            "“quoted” — and so on…",
            "停火",
            "e\u{301}té",
            "👩‍👩‍👧 ok",
        ] {
            assert_eq!(columns_of(text), text.width());
        }
        assert_eq!(columns_of("停火 now"), 8);
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        let text = "\n\none\ntwo\n \r\n three\n\n\n";
        let parts: Vec<_> = paragraphs(text)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(parts, ["one\ntwo", "three"]);
        assert!(paragraphs("").is_empty());
    }

    #[test]
    fn filled_lines_go_on_and_meant_ones_end() {
        let lines = |text: &'static str| -> Vec<&str> {
            meant_lines(text, 0..text.len())
                .into_iter()
                .map(|range| &text[range])
                .collect()
        };
        assert_eq!(
            lines("Bonn\nThe ministers of the\nsix members met on\nFriday"),
            ["Bonn", "The ministers of the\nsix members met on\nFriday"]
        );
        assert_eq!(
            lines("one\ntwo three four five six"),
            ["one\ntwo three four five six"]
        );
        assert_eq!(
            lines("LONDON 1996-08-30\nWest Indian all-rounder Phil Simmons took four."),
            [
                "LONDON 1996-08-30",
                "West Indian all-rounder Phil Simmons took four."
            ]
        );
    }
}
