//! The query as a tree, and its printed form.

use jiff::civil::Date;

/// Half-open range of bytes in the query's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A part of the article's text that words are looked for in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextField {
    /// Title, lead and body together.
    #[default]
    Text,
    /// Only the title.
    Title,
}

/// A word as typed, normalised to NFC, without its operators.
///
/// The analysis may find several tokens in it (`Covid-19`, `l'Ukraine`, Chinese
/// text): it then matches as a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Word {
    /// The word.
    pub text: String,
    /// `=word`: only as written, no inflections.
    pub exact: bool,
}

/// A metadata field whose words are matched as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Keyword {
    /// The outlet.
    Source,
    /// The by-line.
    Author,
    /// The outlet's section.
    Section,
    /// The language code.
    Lang,
    /// The file's path.
    Path,
    /// The address on the web.
    Url,
}

/// A range of days, both ends included; `None` is open.
///
/// An article without a date is in no range. One of which only the month or the
/// year is known counts as its first day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DayRange {
    /// First day.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

/// A node of the query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Clause {
    /// Every article.
    All,
    /// A word, by its stem unless it is exact.
    Word {
        /// Where to look.
        field: TextField,
        /// What to look for.
        word: Word,
    },
    /// Words one after the other; `exact` is each word's own matter.
    Phrase {
        /// Where to look.
        field: TextField,
        /// The words in order; at least one.
        words: Vec<Word>,
    },
    /// Words one after the other in a metadata field, as written but for case and marks.
    Keyword {
        /// The field.
        field: Keyword,
        /// The text, a word or several.
        text: String,
    },
    /// Published on one of these days.
    Date(DayRange),
    /// All of them; at least two.
    And(Vec<Clause>),
    /// At least one of them; at least two.
    Or(Vec<Clause>),
    /// Every article but those that match.
    Not(Box<Clause>),
}
