//! The query as a tree, and its printed form.

use jiff::civil::Date;

use super::words::has_wildcard;
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
    /// The first [`LEAD_WORDS`] words of standfirst and body.
    Lead,
}

/// How many words of an article are its lead.
pub const LEAD_WORDS: usize = 100;

/// A word as typed, normalised to NFC, without its operators.
///
/// The analysis may find several tokens in it (`Covid-19`, `l'Ukraine`, Chinese
/// text): it then matches as a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Word {
    /// The word, with its wildcards; or a regular expression.
    pub text: String,
    /// How it is compared.
    pub form: WordForm,
}

impl Word {
    /// A word in any inflection.
    pub fn stem(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            form: WordForm::Stem,
        }
    }

    /// A word as written.
    pub fn exact(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            form: WordForm::Exact,
        }
    }

    /// What the analysis is asked for: the word, and how it is compared.
    pub fn asked(&self) -> (&str, WordForm) {
        (&self.text, self.form)
    }
}

/// How far apart two places of a text may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// So many words on, from 1 for neighbours to [`MAX_DISTANCE`]; the end of a
    /// paragraph counts as a word.
    Words(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// The farthest that words can be asked to be from each other, in words.
pub const MAX_DISTANCE: u32 = 500;

/// Two operands and how they lie to each other. Both are positional, in one field
/// ([`Clause::positional_field`]).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Nearness {
    /// The first operand.
    pub left: Clause,
    /// The second operand.
    pub right: Clause,
    /// How far they may be apart.
    pub reach: Reach,
    /// Whether the second must begin after the first ends.
    pub in_order: bool,
}

/// How much a clause counts for the score, in hundredths of its usual weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Weight(pub u16);

impl Weight {
    /// The largest: 100 times the usual weight.
    pub const MAX: Self = Self(10_000);

    /// The factor.
    pub fn factor(self) -> f32 {
        f32::from(self.0) / 100.0
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

impl Keyword {
    /// Whether its values are addresses, in which every sign but a space and `*` is literal.
    pub fn is_literal(self) -> bool {
        matches!(self, Self::Path | Self::Url)
    }

    /// The words that a value of this field asks for: as written, or as a wildcard.
    pub fn word(self, value: &str) -> Word {
        if !has_wildcard(value, self.is_literal()) {
            return Word::exact(value);
        }
        let text = if self.is_literal() {
            value.replace('?', " ")
        } else {
            value.trim_end_matches('?').to_owned()
        };
        let form = WordForm::Wildcard;
        Word { text, form }
    }
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
    /// Words one after the other; how it is compared is each word's own matter.
    Phrase {
        /// Where to look.
        field: TextField,
        /// The words in order; at least one.
        words: Vec<Word>,
        /// Other words that may stand between them in all, up to [`MAX_DISTANCE`].
        gaps: u32,
    },
    /// Both operands near each other, not at the same place.
    Near(Box<Nearness>),
    /// The first operand at a place with none of the second near.
    NotNear(Box<Nearness>),
    /// A positional clause at this many places at least; at least 1.
    AtLeast {
        /// How many places.
        count: u32,
        /// What to look for.
        clause: Box<Clause>,
    },
    /// A clause that counts more or less for the score.
    Weighted {
        /// How much.
        weight: Weight,
        /// What to look for.
        clause: Box<Clause>,
    },
    /// Words one after the other in a metadata field, as written but for case and marks.
    Keyword {
        /// The field.
        field: Keyword,
        /// The text, a word or several.
        text: String,
    },
    /// A person by name, under any spelling of it.
    Actor {
        /// Where to look.
        field: TextField,
        /// The name; at least one word.
        name: String,
    },
    /// Inside one quotation of a person.
    Said {
        /// Where to look; the clause's own field too.
        field: TextField,
        /// The person's name; at least one word.
        speaker: String,
        /// What is looked for in the quotation ([`Clause::quotable_field`]);
        /// [`Clause::All`] for any quotation.
        clause: Box<Clause>,
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
        Self::phrase(TextField::Text, vec![Word::stem(text)])
    }

    /// Words one after the other; a single one is a [`Clause::Word`], none match nothing.
    pub fn phrase(field: TextField, mut words: Vec<Word>) -> Self {
        match (words.pop(), words.is_empty()) {
            (None, _) => Self::nothing(),
            (Some(word), true) => Self::Word { field, word },
            (Some(last), false) => {
                words.push(last);
                Self::Phrase {
                    field,
                    words,
                    gaps: 0,
                }
            }
        }
    }

    /// Any quotation of a person.
    pub fn any_quotation(field: TextField, speaker: impl Into<String>) -> Self {
        Self::Said {
            field,
            speaker: speaker.into(),
            clause: Box::new(Self::All),
        }
    }

    /// What is looked for in a quotation of someone; `None` if any quotation meets it, and
    /// for all other clauses.
    pub fn quoted(&self) -> Option<&Clause> {
        match self {
            Self::Said { clause, .. } if **clause != Self::All => Some(clause),
            _ => None,
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

    /// A clause that counts `weight` times; of nested weights the product counts.
    pub fn weighted(clause: Clause, weight: Weight) -> Self {
        let (weight, clause) = match clause {
            Self::Weighted {
                weight: inner,
                clause,
            } => {
                let product = u32::from(weight.0) * u32::from(inner.0) / 100;
                let product = product.clamp(1, u32::from(Weight::MAX.0));
                (Weight(product as u16), clause)
            }
            other => (weight, Box::new(other)),
        };
        match weight {
            Weight(100) => *clause,
            weight => Self::Weighted { weight, clause },
        }
    }

    /// The field whose places this clause is about, if it can be an operand of NEAR:
    /// words, phrases and nearness in one field, or any of several such.
    pub fn positional_field(&self) -> Option<TextField> {
        match self {
            Self::Word { field, .. } | Self::Phrase { field, .. } => Some(*field),
            Self::Near(near) | Self::NotNear(near) => {
                let field = near.left.positional_field()?;
                (near.right.positional_field() == Some(field)).then_some(field)
            }
            Self::Or(clauses) => {
                let mut fields = clauses.iter().map(Self::positional_field);
                let first = fields.next()??;
                fields.all(|field| field == Some(first)).then_some(first)
            }
            Self::Weighted { clause, .. } => clause.positional_field(),
            Self::Actor { field, .. } | Self::Said { field, .. } => Some(*field),
            _ => None,
        }
    }

    /// The field whose places this clause is about, if it can be asked for inside one
    /// quotation: what is positional, and all or any of several such in one field.
    pub fn quotable_field(&self) -> Option<TextField> {
        match self {
            Self::And(clauses) | Self::Or(clauses) => {
                let mut fields = clauses.iter().map(Self::quotable_field);
                let first = fields.next()??;
                fields.all(|field| field == Some(first)).then_some(first)
            }
            Self::Weighted { clause, .. } => clause.quotable_field(),
            other => other.positional_field(),
        }
    }

    /// The clauses that can make an article match, each before those in it, in order, but
    /// nothing under a [`Clause::Not`] or on the second side of a [`Clause::NotNear`].
    fn positive(&self) -> impl Iterator<Item = &Clause> {
        let mut waiting = vec![self];
        std::iter::from_fn(move || {
            let clause = waiting.pop()?;
            match clause {
                Self::And(clauses) | Self::Or(clauses) => waiting.extend(clauses.iter().rev()),
                Self::Near(near) => waiting.extend([&near.right, &near.left]),
                Self::NotNear(near) => waiting.push(&near.left),
                Self::AtLeast { clause, .. } | Self::Weighted { clause, .. } => {
                    waiting.push(clause);
                }
                other => waiting.extend(other.quoted()),
            }
            Some(clause)
        })
    }

    /// The leaves that can make an article match, in order: words, phrases, people, any
    /// quotation of someone, keywords, dates and [`Clause::All`], but nothing under a
    /// [`Clause::Not`] or on the second side of a [`Clause::NotNear`].
    pub fn positive_leaves(&self) -> impl Iterator<Item = &Clause> {
        self.positive().filter(|clause| match clause {
            Self::And(_)
            | Self::Or(_)
            | Self::Near(_)
            | Self::NotNear(_)
            | Self::AtLeast { .. }
            | Self::Weighted { .. }
            | Self::Not(_) => false,
            leaf => leaf.quoted().is_none(),
        })
    }

    /// The names of the people who are asked for, speakers too, in order and with
    /// repetitions; nothing that [`Clause::positive_leaves`] leaves out.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.positive().filter_map(|clause| match clause {
            Self::Actor { name, .. } | Self::Said { speaker: name, .. } => Some(&**name),
            _ => None,
        })
    }

    /// The words of the text that are asked for, those of phrases too, in order
    /// and with repetitions; nothing that [`Clause::positive_leaves`] leaves out.
    pub fn words(&self) -> impl Iterator<Item = (TextField, &Word)> {
        self.positive_leaves().flat_map(|leaf| {
            let (field, words) = match leaf {
                Self::Word { field, word } => (*field, std::slice::from_ref(word)),
                Self::Phrase { field, words, .. } => (*field, words.as_slice()),
                _ => (TextField::Text, [].as_slice()),
            };
            words.iter().map(move |word| (field, word))
        })
    }
}
