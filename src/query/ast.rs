//! The query as a tree, and its printed form.

use jiff::civil::Date;

use crate::analysis::{WordForm, language_code};

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

impl Word {
    /// What the analysis is asked for: the word, and how it is compared.
    pub fn form(&self) -> (&str, WordForm) {
        let form = if self.exact {
            WordForm::Exact
        } else {
            WordForm::Stem
        };
        (&self.text, form)
    }
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
    /// At least one of them; at least two, or none: then it matches nothing.
    Or(Vec<Clause>),
    /// Every article but those that match.
    Not(Box<Clause>),
}

impl Clause {
    /// The clause that matches no article.
    pub fn nothing() -> Self {
        Self::Or(Vec::new())
    }

    /// Whether this is the clause that matches no article.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Or(clauses) if clauses.is_empty())
    }

    /// A word by its stem, anywhere in the text.
    pub fn word(text: impl Into<String>) -> Self {
        let word = Word {
            text: text.into(),
            exact: false,
        };
        Self::phrase(TextField::Text, vec![word])
    }

    /// Words one after the other; a single one is a [`Clause::Word`], none match nothing.
    pub fn phrase(field: TextField, mut words: Vec<Word>) -> Self {
        match (words.pop(), words.is_empty()) {
            (None, _) => Self::nothing(),
            (Some(word), true) => Self::Word { field, word },
            (Some(last), false) => {
                words.push(last);
                Self::Phrase { field, words }
            }
        }
    }

    /// The words of `text` in a metadata field; a language goes by its code, whatever it is called.
    pub fn keyword(field: Keyword, text: String) -> Self {
        let code = match field {
            Keyword::Lang => language_code(&text),
            _ => None,
        };
        Self::Keyword {
            field,
            text: code.unwrap_or(text),
        }
    }

    /// All of `clauses`, nested ones flattened; one stays itself, none match everything.
    pub fn and(clauses: Vec<Clause>) -> Self {
        let mut flat = Vec::with_capacity(clauses.len());
        for clause in clauses {
            match clause {
                Self::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Self::All,
            1 => flat.swap_remove(0),
            _ => Self::And(flat),
        }
    }

    /// One of `clauses`, nested ones flattened; one stays itself, none match nothing.
    pub fn or(clauses: Vec<Clause>) -> Self {
        let mut flat = Vec::with_capacity(clauses.len());
        for clause in clauses {
            match clause {
                Self::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            1 => flat.swap_remove(0),
            _ => Self::Or(flat),
        }
    }

    /// Every article but those of `clause`; two negations cancel out.
    pub fn negated(clause: Clause) -> Self {
        match clause {
            Self::Not(inner) => *inner,
            Self::All => Self::nothing(),
            Self::Or(clauses) if clauses.is_empty() => Self::All,
            other => Self::Not(Box::new(other)),
        }
    }

    /// The leaves that can make an article match, in order: words, phrases,
    /// keywords, dates and [`Clause::All`], but nothing under a [`Clause::Not`].
    pub fn positive_leaves(&self) -> impl Iterator<Item = &Clause> {
        let mut waiting = vec![self];
        std::iter::from_fn(move || {
            loop {
                match waiting.pop()? {
                    Self::And(clauses) | Self::Or(clauses) => waiting.extend(clauses.iter().rev()),
                    Self::Not(_) => {}
                    leaf => return Some(leaf),
                }
            }
        })
    }

    /// The words of the text that are asked for, those of phrases too, in order
    /// and with repetitions; nothing under a [`Clause::Not`].
    pub fn words(&self) -> impl Iterator<Item = (TextField, &Word)> {
        self.positive_leaves().flat_map(|leaf| {
            let (field, words) = match leaf {
                Self::Word { field, word } => (*field, std::slice::from_ref(word)),
                Self::Phrase { field, words } => (*field, words.as_slice()),
                _ => (TextField::Text, [].as_slice()),
            };
            words.iter().map(move |word| (field, word))
        })
    }
}
