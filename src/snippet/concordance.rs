//! Keywords in context: every match of an article with the words around it.
//!
//! In: an article and what matched in it. Out: a [`ContextLine`] for each match, in the order
//! of the article: title, standfirst, body. The context ends with the paragraph.

use std::ops::Range;

use super::matcher::{Found, highlights};
use crate::article::Article;
use crate::text::{paragraphs, plain_line, single_spaced};

/// Bytes of context on either side.
const CONTEXT_BYTES: usize = 400;

/// A match with what stands around it, each of them on one line. The three put
/// together are the text, spaces included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextLine {
    /// What stands in front of the match.
    pub left: String,
    /// What matched.
    pub keyword: String,
    /// What stands behind the match.
    pub right: String,
}

impl ContextLine {
    /// The words in front, the nearest first, in lower case: what lines are sorted by.
    pub fn left_words(&self) -> Vec<String> {
        let mut words = words(&self.left);
        words.reverse();
        words
    }

    /// The words behind, in lower case.
    pub fn right_words(&self) -> Vec<String> {
        words(&self.right)
    }
}

/// The words of a text without signs, in lower case.
fn words(text: &str) -> Vec<String> {
    let is_sign = |c: char| !c.is_alphanumeric();
    let words = text.split_whitespace();
    words
        .map(|word| word.trim_matches(is_sign).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

/// All matches of an article in context, given what was found in it.
pub fn concordance(article: &Article, found: &Found) -> Vec<ContextLine> {
    let texts = [
        (&article.title, &found.title),
        (&article.lead, &found.lead),
        (&article.body, &found.body),
    ];
    let mut lines = Vec::new();
    for (text, occurrences) in texts {
        let mut matches = highlights(occurrences).into_iter().peekable();
        for paragraph in paragraphs(text) {
            while let Some(found) = matches.next_if(|found| found.start < paragraph.end) {
                lines.push(line(text, &paragraph, found));
            }
        }
    }
    lines
}

fn line(text: &str, paragraph: &Range<usize>, found: Range<usize>) -> ContextLine {
    let from = found
        .start
        .saturating_sub(CONTEXT_BYTES)
        .max(paragraph.start);
    let from = text.ceil_char_boundary(from);
    let to = (found.end + CONTEXT_BYTES)
        .min(paragraph.end)
        .max(found.end);
    let to = text.floor_char_boundary(to);
    let mut left = &text[from.min(found.start)..found.start];
    let mut right = &text[found.end..to];
    // A word that the limit cuts goes, if there are others.
    if from > paragraph.start {
        left = left
            .split_once(char::is_whitespace)
            .map_or(left, |cut| cut.1);
    }
    if to < paragraph.end {
        right = right
            .rsplit_once(char::is_whitespace)
            .map_or(right, |cut| cut.0);
    }
    ContextLine {
        left: one_line(left),
        keyword: one_line(&text[found]),
        right: one_line(right),
    }
}

/// The text with single spaces, those at its ends included.
fn one_line(text: &str) -> String {
    let plain = plain_line(text);
    let spaces = |is: bool| if is { " " } else { "" };
    let words = single_spaced(&plain);
    let before = spaces(plain.starts_with(char::is_whitespace));
    let after = spaces(plain.ends_with(char::is_whitespace) && !words.is_empty());
    format!("{before}{words}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Language;
    use crate::query::parse_plain;
    use crate::snippet::Matcher;

    #[track_caller]
    fn check(body: &str, expected: &[(&str, &str, &str)]) {
        let article = Article {
            title: "Ferries late".to_owned(),
            body: body.to_owned(),
            ..Article::default()
        };
        let matcher = Matcher::new(&parse_plain("ferry"), &[Language::of(None)]);
        let lines = concordance(&article, &matcher.find(&article));
        let lines: Vec<_> = lines
            .iter()
            .map(|line| (&*line.left, &*line.keyword, &*line.right))
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn context_ends_with_the_paragraph() {
        check(
            "The last\nferry, they\tsaid, left.\n\nNo ferries run at night.",
            &[
                ("", "Ferries", " late"),
                ("The last ", "ferry", ", they said, left."),
                ("No ", "ferries", " run at night."),
            ],
        );
    }

    #[test]
    fn long_context_is_cut_between_words() {
        let far = "é".repeat(CONTEXT_BYTES);
        let near = "fog ".repeat(9);
        let near = near.trim_end();
        check(
            &format!("{far} {near} ferry {near} {far}"),
            &[
                ("", "Ferries", " late"),
                (&format!("{near} "), "ferry", &format!(" {near}")),
            ],
        );
    }

    #[test]
    fn text_without_spaces_is_cut_between_characters() {
        let far = "港".repeat(CONTEXT_BYTES);
        let line = line(
            &format!("{far}fog{far}"),
            &(0..far.len() * 2 + 3),
            far.len()..far.len() + 3,
        );
        let kept = CONTEXT_BYTES / "港".len();
        let kept = "港".repeat(kept);
        assert_eq!((line.left, line.right), (kept.clone(), kept));
    }

    #[test]
    fn neighbours_are_words_without_signs() {
        let line = ContextLine {
            left: "a “Late”".to_owned(),
            keyword: "ferry".to_owned(),
            right: ", they — SAID.".to_owned(),
        };
        assert_eq!(line.left_words(), ["late", "a"]);
        assert_eq!(line.right_words(), ["they", "said"]);
    }
}
