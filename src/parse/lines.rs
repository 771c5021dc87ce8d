//! Finds the paragraphs of text that was wrapped by hand, as agencies send it: a
//! paragraph begins with an indent, and goes on at the margin.
//!
//! In: lines. Out: the same, with a blank line before each paragraph.

/// An indent that begins a paragraph is wider than the margin by this much at least.
const MIN_INDENT: usize = 2;

/// Sets paragraphs apart that only an indent sets apart.
pub(super) fn paragraphs(text: &str) -> String {
    let margin = margin(text);
    let mut apart = String::with_capacity(text.len() + 64);
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            apart.push('\n');
            if is_indented(line, margin) {
                apart.push('\n');
            }
        }
        apart.push_str(line);
    }
    apart
}

/// Whether a text has paragraphs: blank lines between others, or some lines that
/// begin with an indent where others begin at the margin.
pub(super) fn is_laid_out(text: &str) -> bool {
    let text = text.trim();
    let mut lines = text.split('\n').skip(1);
    lines.clone().any(|line| line.trim().is_empty())
        || (lines.clone().any(|line| indent(line) == 0) && lines.any(|line| is_indented(line, 0)))
}

/// The smallest indent of a line after the first.
fn margin(text: &str) -> usize {
    let lines = text.split('\n').skip(1);
    let lines = lines.filter(|line| !line.trim().is_empty());
    lines.map(indent).min().unwrap_or(0)
}

fn is_indented(line: &str, margin: usize) -> bool {
    !line.trim().is_empty() && indent(line) >= margin + MIN_INDENT
}

/// The width of the white space that a line starts with.
fn indent(line: &str) -> usize {
    let spaces = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    spaces.map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// The text without a first paragraph that only repeats the title.
pub(super) fn without_title<'a>(body: &'a str, title: &str) -> &'a str {
    let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
    let is_title = !title.is_empty() && first.split_whitespace().eq(title.split_whitespace());
    if is_title { rest } else { body }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indents_begin_paragraphs() {
        let text = "   One\nmore.\n   Two\nmore.\n\tThree";
        let apart = "   One\nmore.\n\n   Two\nmore.\n\n\tThree";
        assert_eq!(paragraphs(text), apart);
        assert!(is_laid_out(text));
        assert!(is_laid_out("One\n\ntwo"));
    }

    #[test]
    fn a_margin_is_no_indent() {
        for text in ["One\n    more\n    and more", "One\ntwo\nthree", "One", ""] {
            assert_eq!(paragraphs(text), text);
            assert!(!is_laid_out(text), "{text}");
        }
    }
}
