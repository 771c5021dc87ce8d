//! Hands our tokens to tantivy.
//!
//! In: an article's texts. Out: one string a field, in which each line is a term:
//! a stem, then behind `=` the exact form of the same token; an empty line moves
//! one position on. [`FormsTokenizer`] reads the lines back.
//!
//! So texts are cut into words once, by our own analysis and in our own threads,
//! and tantivy has only line ends to look for. Stems and exact forms share
//! positions, which lets a phrase mix them.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::analysis::{Lexicon, Term, WordForm, tokens};

/// Marks an exact form.
const EXACT_MARK: char = '=';

/// Positions between title, lead and body, so that no phrase spans two of them.
const SECTION_GAP: usize = 16;

/// The indexed text of a query's term.
pub(super) fn indexed_term(term: &Term) -> String {
    match term.form {
        WordForm::Stem => term.text.clone(),
        WordForm::Exact => format!("{EXACT_MARK}{}", term.text),
    }
}

/// Encodes texts that follow each other in one field, both forms of each token.
pub(super) fn encode_forms(texts: &[&str], lexicon: &mut Lexicon) -> String {
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let mut lines = String::with_capacity(bytes * 9 / 4 + 64);
    for text in texts.iter().filter(|text| !text.is_empty()) {
        if !lines.is_empty() {
            lines.extend(std::iter::repeat_n('\n', SECTION_GAP));
        }
        let mut position = 0;
        for token in tokens(text) {
            lines.extend(std::iter::repeat_n(
                '\n',
                (token.position - position) as usize,
            ));
            position = token.position + 1;
            let forms = lexicon.forms(token.surface);
            lines.push_str(&forms.stem);
            lines.push('\n');
            lines.push(EXACT_MARK);
            lines.push_str(&forms.exact);
            lines.push('\n');
        }
    }
    lines
}

/// How many tokens [`encode_forms`] wrote.
pub(super) fn count_words(lines: &str) -> u64 {
    // Each token has one exact form, and that line follows another.
    memchr::memmem::find_iter(lines.as_bytes(), b"\n=").count() as u64
}

/// The first position behind a title that [`encode_forms`] wrote.
pub(super) fn positions_of_title(lines: &str) -> u64 {
    if lines.is_empty() {
        return 0;
    }
    let gaps = memchr::memmem::find_iter(lines.as_bytes(), b"\n\n").count();
    count_words(lines) + (gaps + SECTION_GAP) as u64
}

/// Encodes values of a metadata field, exact forms only, without their mark.
pub(super) fn encode_exact<'t>(
    texts: impl Iterator<Item = &'t str>,
    lexicon: &mut Lexicon,
) -> String {
    let mut lines = String::new();
    for text in texts {
        if !lines.is_empty() {
            lines.push('\n');
        }
        for token in tokens(text) {
            lines.push_str(&lexicon.forms(token.surface).exact);
            lines.push('\n');
        }
    }
    lines
}

/// Reads encoded fields.
#[derive(Clone, Default)]
pub(super) struct FormsTokenizer;

impl Tokenizer for FormsTokenizer {
    type TokenStream<'a> = FormsStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FormsStream<'a> {
        FormsStream {
            lines: text,
            next_position: 0,
            token: Token::default(),
        }
    }
}

/// The terms of an encoded field.
pub(super) struct FormsStream<'a> {
    lines: &'a str,
    next_position: usize,
    token: Token,
}

impl TokenStream for FormsStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(end) = memchr::memchr(b'\n', self.lines.as_bytes()) {
            let line = &self.lines[..end];
            self.lines = &self.lines[end + 1..];
            if line.is_empty() {
                self.next_position += 1;
                continue;
            }
            if !line.starts_with(EXACT_MARK) {
                self.token.position = self.next_position;
                self.next_position += 1;
            }
            self.token.text.clear();
            self.token.text.push_str(line);
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Language;

    #[test]
    fn forms_share_a_position_and_sections_keep_apart() {
        let mut lexicon = Lexicon::new(Language::of(Some("en")));
        let lines = encode_forms(&["Talks fail", "", "In Kyiv\n\nNow"], &mut lexicon);
        let mut tokenizer = FormsTokenizer;
        let mut stream = tokenizer.token_stream(&lines);
        let mut read = Vec::new();
        stream.process(&mut |token| read.push((token.position, token.text.clone())));
        let stems: Vec<_> = read
            .iter()
            .filter(|(_, text)| !text.starts_with('='))
            .cloned()
            .collect();
        let expected = [
            (0, "talk"),
            (1, "fail"),
            (18, "in"),
            (19, "kyiv"),
            (21, "now"),
        ];
        assert_eq!(
            stems,
            expected.map(|(position, text)| (position, text.to_owned()))
        );
        assert_eq!(count_words(&lines), 5);
        assert_eq!(
            positions_of_title(&encode_forms(&["Talks fail"], &mut lexicon)),
            18
        );
        assert!(
            read.contains(&(0, "=talks".to_owned())) && read.contains(&(21, "=now".to_owned()))
        );
    }
}
