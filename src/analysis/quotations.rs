//! Finds what people are quoted as saying, and who says it.
//!
//! In: the title and text of an article, in NFC. Out: [`Quotation`]s in order, not
//! overlapping.
//!
//! Three kinds of texts hold words of people: narration with quotations in marks, which
//! verbs of saying attribute; transcripts, whose paragraphs start with labels; and
//! statements, which are somebody's words as a whole.
//!
//! Whom a surname means is left to others: a speaker is a place of the title or text where
//! somebody is named.

mod antecedent;
mod attribution;
mod class;
mod label;
mod mark;
mod marks;
mod name;
mod paragraphs;
mod phrase;
mod statement;
mod subject;
#[cfg(test)]
mod tests;
mod transcript;
mod verb;
mod words;

use std::ops::Range;

/// Words of somebody in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The bytes of the words in the text, without the marks around them.
    pub range: Range<usize>,
    /// Where the speaker is named; `None` if nobody is, or nobody could be found.
    pub speaker: Option<Speaker>,
    /// The bytes of the word in the text that tells so, such as `said`.
    pub cue: Option<Range<usize>>,
    /// Whether it goes on with the quotation before it: after an attribution between
    /// them, in the next paragraph, or in the next words in marks of a sentence.
    pub continues: bool,
}

/// Where the speaker of a quotation is named, without titles; not always near the quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// These bytes of the article's title.
    InTitle(Range<usize>),
    /// These bytes of its text.
    InText(Range<usize>),
}

impl Speaker {
    /// The name as it stands in the article that has this title and text.
    pub fn name<'a>(&self, title: &'a str, text: &'a str) -> &'a str {
        match self {
            Self::InTitle(range) => &title[range.clone()],
            Self::InText(range) => &text[range.clone()],
        }
    }
}

/// The quotations in `text`, of an article with this title, which may be empty.
///
/// Words in marks that nobody is said to say, such as terms and titles of books, are
/// left out if they are few.
pub fn quotations(title: &str, text: &str) -> Vec<Quotation> {
    let mut paragraphs = paragraphs::paragraphs(text);
    let narrated = transcript::settle(text, &mut paragraphs);
    let mut found = attribution::narrated(text, &paragraphs[..narrated]);
    found.extend(transcript::speeches(title, text, &paragraphs[narrated..]));
    if narrated == paragraphs.len()
        && let Some(author) = statement::author(title)
        && !names_speaker(text, &found, &title[author.clone()])
        && let Some(own) = statement::own_words(text, &paragraphs, author)
    {
        return own;
    }
    found
}

/// Whether any of `found` is said by the person called `name`.
fn names_speaker(text: &str, found: &[Quotation], name: &str) -> bool {
    let surname = name.split_whitespace().next_back().unwrap_or(name);
    found.iter().any(|quotation| match &quotation.speaker {
        Some(Speaker::InText(range)) => text[range.clone()].ends_with(surname),
        _ => false,
    })
}
