//! Hands our tokens to tantivy.
//!
//! In: an article's texts. Out: one string a field, in which each line is a term:
//! a stem, then behind `=` the exact form of the same token, then its marks
//! ([`super::marks`]); a line `+n` moves n positions on. [`FormsTokenizer`] reads the lines
//! back.
//!
//! So texts are cut into words once, by our own analysis and in our own threads,
//! and tantivy has only line ends to look for. Stems and exact forms share
//! positions, which lets a phrase mix them; the marks are terms of their own, whose
//! positions tell which words share a sentence or a paragraph.

use std::fmt::Write;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::marks::{MarkLines, PARAGRAPH_MARK, PeopleMarks, SENTENCE_MARK};
use crate::analysis::{self, Language, Lexicon, SentenceStarts, WordForm, attribution, tokens};
use crate::article::Article;
use crate::query::{LEAD_WORDS, MAX_DISTANCE};

/// Marks an exact form.
pub(super) const EXACT_MARK: char = '=';

/// Begins a line that moves some positions on.
const SKIP_MARK: char = '+';

/// Positions between title, lead and body, so that nothing is near across them.
const SECTION_GAP: u32 = MAX_DISTANCE + 12;

/// The indexed text of an exact form or a stem.
pub(super) fn indexed_form(form: WordForm, text: &str) -> String {
    match form {
        WordForm::Stem => text.to_owned(),
        _ => format!("{EXACT_MARK}{text}"),
    }
}

/// The text of an article for the index.
pub(super) struct EncodedText {
    /// Terms, one a line.
    pub(super) lines: String,
    /// Those of the title alone.
    pub(super) title: String,
    /// The marks of people, and those of the title alone.
    pub(super) people: String,
    pub(super) title_people: String,
    /// First and last position of the lead, if there is any.
    pub(super) lead: Option<(u32, u32)>,
}

/// Encodes title, standfirst and body as one field, both forms of each token.
pub(super) fn encode_article(article: &Article, lexicon: &mut Lexicon) -> EncodedText {
    let texts = [&*article.title, &article.lead, &article.body];
    let language = Language::of(article.lang.as_deref());
    let attribution = attribution(texts);
    let mut encoder = Encoder::new(texts.iter().map(|text| text.len()).sum(), lexicon);
    encoder.text(
        texts[0],
        (language, PeopleMarks::new(&attribution, 0)),
        |_| {},
    );
    let (title, title_people) = (encoder.lines.clone(), encoder.people.so_far().to_owned());
    let mut lead = Vec::with_capacity(LEAD_WORDS);
    for (number, text) in texts.into_iter().enumerate().skip(1) {
        if text.is_empty() {
            continue;
        }
        encoder.section_gap();
        let marks = PeopleMarks::new(&attribution, number);
        encoder.text(text, (language, marks), |position| {
            if lead.len() < LEAD_WORDS {
                lead.push(position);
            }
        });
    }
    EncodedText {
        lines: encoder.lines,
        title,
        people: encoder.people.into_lines(),
        title_people,
        lead: lead.first().copied().zip(lead.last().copied()),
    }
}

/// Writes the lines of a field.
struct Encoder<'l> {
    lines: String,
    people: MarkLines,
    /// The position of the next token.
    position: u32,
    lexicon: &'l mut Lexicon,
}

impl<'l> Encoder<'l> {
    fn new(bytes: usize, lexicon: &'l mut Lexicon) -> Self {
        Self {
            lines: String::with_capacity(bytes * 9 / 4 + 64),
            people: MarkLines::default(),
            position: 0,
            lexicon,
        }
    }

    /// Moves on so far that nothing is near across.
    fn section_gap(&mut self) {
        if self.position > 0 {
            // Writing to a string never fails.
            let _ = writeln!(self.lines, "{SKIP_MARK}{SECTION_GAP}");
            self.position += SECTION_GAP;
        }
    }

    /// Writes a text with its marks; each position goes to `each`.
    fn text(
        &mut self,
        text: &str,
        (language, mut people): (Language, PeopleMarks<'_>),
        mut each: impl FnMut(u32),
    ) {
        let start = self.position;
        let mut sentences = SentenceStarts::new(text, language);
        for token in tokens(text) {
            people.before(token.start, self.last(), &mut self.people);
            let gap = self.token(&token, start);
            let position = self.position - 1;
            each(position);
            if sentences.begins_at(token.start) {
                self.line(SENTENCE_MARK);
            }
            if gap > 0 || position == start {
                self.line(PARAGRAPH_MARK);
            }
            people.at(token.start, position, &mut self.people);
        }
        people.before(usize::MAX, self.last(), &mut self.people);
    }

    /// The position of the last token.
    fn last(&self) -> u32 {
        self.position.saturating_sub(1)
    }

    /// Writes both forms of a token of a text that starts at a position; gives how many
    /// positions were passed over.
    #[inline]
    fn token(&mut self, token: &analysis::Token<'_>, start: u32) -> u32 {
        let position = start + token.position;
        let gap = position - self.position;
        self.lines.extend(std::iter::repeat_n('\n', gap as usize));
        self.position = position + 1;
        let forms = self.lexicon.forms(token.surface);
        self.lines.push_str(&forms.stem);
        self.lines.push('\n');
        self.lines.push(EXACT_MARK);
        self.lines.push_str(&forms.exact);
        self.lines.push('\n');
        gap
    }

    fn line(&mut self, term: &str) {
        self.lines.push_str(term);
        self.lines.push('\n');
    }
}

/// How many tokens [`encode_article`] wrote.
pub(super) fn count_words(lines: &str) -> u64 {
    // Each token has one exact form, and that line follows another.
    memchr::memmem::find_iter(lines.as_bytes(), b"\n=").count() as u64
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
            if let Some(positions) = skipped(line) {
                self.next_position += positions;
                continue;
            }
            let goes_with_last = line.starts_with([EXACT_MARK, '.']) || line == PARAGRAPH_MARK;
            if !goes_with_last {
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

/// How many positions a line moves on, if it is no term.
#[inline]
fn skipped(line: &str) -> Option<usize> {
    match line.as_bytes().first() {
        None => Some(1),
        Some(b'+') => Some(line[1..].parse().unwrap_or(0)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_share_a_position_and_sections_keep_apart() {
        let mut lexicon = Lexicon::new(Language::of(Some("en")));
        let article = Article {
            title: "Talks fail".to_owned(),
            body: "In Kyiv. Again!\n\nNow".to_owned(),
            ..Article::default()
        };
        let encoded = encode_article(&article, &mut lexicon);
        let mut tokenizer = FormsTokenizer;
        let mut stream = tokenizer.token_stream(&encoded.lines);
        let mut read = Vec::new();
        stream.process(&mut |token| read.push((token.position, token.text.clone())));
        let at = |wanted: &dyn Fn(&str) -> bool| -> Vec<(usize, &str)> {
            let terms = read
                .iter()
                .map(|(position, text)| (*position, text.as_str()));
            terms.filter(|(_, text)| wanted(text)).collect()
        };
        let body = 2 + SECTION_GAP as usize;
        let stems = [
            (0, "talk"),
            (1, "fail"),
            (body, "in"),
            (body + 1, "kyiv"),
            (body + 2, "again"),
            (body + 4, "now"),
        ];
        assert_eq!(at(&|text| text.starts_with(char::is_alphabetic)), stems);
        assert_eq!(
            at(&|text| text == "=talks" || text == "=now"),
            [(0, "=talks"), (body + 4, "=now")]
        );
        let sentences = [0, body, body + 2, body + 4].map(|position| (position, SENTENCE_MARK));
        assert_eq!(at(&|text| text == SENTENCE_MARK), sentences);
        let paragraphs = [0, body, body + 4].map(|position| (position, PARAGRAPH_MARK));
        assert_eq!(at(&|text| text == PARAGRAPH_MARK), paragraphs);
        assert_eq!(count_words(&encoded.lines), 6);
        assert_eq!(encoded.lead, Some((body as u32, body as u32 + 4)));
    }
}
