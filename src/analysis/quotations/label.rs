//! Finds the labels that a transcript puts before the words of each speaker.
//!
//! In: a line. Out: its [`Label`], such as `MS. LOPEZ:`, `Sergey Lavrov:` or `Q`.
//!
//! What looks like a label may be none: [`super::transcript`] looks at all of a text.

use std::ops::Range;

use super::class::is_particle;

/// What a label looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// All capitals.
    Capitals,
    /// As a name is written.
    Name,
    /// `Q` or `A`, which name nobody.
    Letter,
}

/// The label at the start of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// Its bytes without the colon and notes in brackets.
    pub(super) range: Range<usize>,
    /// Where the words after it start.
    pub(super) words: usize,
    pub(super) form: Form,
}

const LONGEST_BYTES: usize = 72;
const MOST_WORDS: usize = 7;

/// The label that `text[line]` starts with.
pub(super) fn label(text: &str, line: &Range<usize>) -> Option<Label> {
    let bytes = &text.as_bytes()[line.clone()];
    let first = *bytes.first()?;
    if first.is_ascii_lowercase()
        || !(first.is_ascii_alphabetic() || first >= 0xC3 || first == b'*')
    {
        return None;
    }
    letter(text, line).or_else(|| named(text, line))
}

/// `Q` or `A` with a colon, or with more space than a word would have.
fn letter(text: &str, line: &Range<usize>) -> Option<Label> {
    let rest = text[line.clone()].strip_prefix(['Q', 'A'])?;
    let question = text[line.start..].starts_with('Q');
    let words = rest.trim_start_matches([':', '.']).trim_start();
    let gap = &rest[..rest.len() - words.len()];
    let wide = gap.chars().count() > 1 && gap.chars().next_back().is_some_and(char::is_whitespace);
    let alone = question && gap.starts_with(char::is_whitespace);
    (wide || alone).then(|| Label {
        range: line.start..line.start + 1,
        words: line.end - words.len(),
        form: Form::Letter,
    })
}

fn named(text: &str, line: &Range<usize>) -> Option<Label> {
    let bytes = &text.as_bytes()[line.clone()];
    let colon = bytes
        .iter()
        .take(LONGEST_BYTES)
        .position(|&byte| byte == b':')?;
    let rest = text[line.start + colon + 1..line.end].trim_start_matches('*');
    if !(rest.is_empty() || rest.starts_with(char::is_whitespace)) {
        return None;
    }
    let words = rest.trim_start();
    let whole = &text[line.start..line.start + colon];
    let start = line.start + (whole.len() - whole.trim_start_matches('*').len());
    let name = &text[start..line.start + colon];
    let name = name.split(['(', '[']).next().unwrap_or(name);
    let name = name.trim_end_matches(['*', ' ', '\u{a0}']);
    Some(Label {
        range: start..start + name.len(),
        words: line.end - words.len(),
        form: form(name, words)?,
    })
}

/// How `name` is written; `None` if it does not look like one.
fn form(name: &str, words: &str) -> Option<Form> {
    let signs =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '\u{a0}' | '.' | '-' | '’' | '\'' | '#');
    if name.is_empty()
        || !name.chars().all(signs)
        || name.split_whitespace().nth(MOST_WORDS).is_some()
    {
        return None;
    }
    let letters = name.chars().filter(|c| c.is_alphabetic());
    if letters.clone().count() < 2 {
        return None;
    }
    // `Mc` and `De` keep their small letters in a label of capitals.
    let small = letters.clone().filter(|c| c.is_lowercase()).count();
    if small * 6 < letters.count() {
        return Some(Form::Capitals);
    }
    let begins_name = |word: &str| word.starts_with(char::is_uppercase) || is_particle(word);
    let quoted = words.starts_with(['"', '“', '„', '«', '‘', '\'']);
    let is_name = name.split_whitespace().all(begins_name) && !quoted && !name.starts_with("Dear");
    is_name.then_some(Form::Name)
}
