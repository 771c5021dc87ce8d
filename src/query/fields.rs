//! The names of the fields.

use super::ast::{Keyword, TextField};

/// What the value after a `name:` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// Words of the text.
    Text(TextField),
    /// A person's name, which is looked for in a part of the text.
    Actor(TextField),
    /// The name of someone who is quoted in a part of the text.
    Said(TextField),
    /// Words of a metadata field.
    Keyword(Keyword),
    /// Days.
    Date,
}

impl Field {
    /// The whole text: where words without a field are looked for.
    pub(super) const TEXT: Self = Self::Text(TextField::Text);

    const NAMED: [(&'static str, Self); 11] = [
        ("title", Self::Text(TextField::Title)),
        ("lead", Self::Text(TextField::Lead)),
        ("actor", Self::Actor(TextField::Text)),
        ("said", Self::Said(TextField::Text)),
        ("source", Self::Keyword(Keyword::Source)),
        ("author", Self::Keyword(Keyword::Author)),
        ("section", Self::Keyword(Keyword::Section)),
        ("lang", Self::Keyword(Keyword::Lang)),
        ("path", Self::Keyword(Keyword::Path)),
        ("url", Self::Keyword(Keyword::Url)),
        ("date", Self::Date),
    ];

    /// The field called `name`, in upper or lower case.
    pub(super) fn by_name(name: &str) -> Option<Self> {
        Self::NAMED
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|&(_, field)| field)
    }

    /// The field's name; empty for the whole text.
    pub(super) fn name(self) -> &'static str {
        Self::NAMED
            .iter()
            .find(|&&(_, field)| field == self.within(Self::TEXT))
            .map_or("", |&(name, _)| name)
    }

    /// The field where `outer` holds: people are looked for in the part of the text that
    /// it names.
    pub(super) fn within(self, outer: Self) -> Self {
        match (self, outer) {
            (Self::Actor(_), Self::Text(field)) => Self::Actor(field),
            (Self::Said(_), Self::Text(field)) => Self::Said(field),
            (field, _) => field,
        }
    }

    /// Whether its values are names of people.
    pub(super) fn is_name(self) -> bool {
        matches!(self, Self::Actor(_) | Self::Said(_))
    }

    /// All names, for a hint.
    pub(super) fn names() -> String {
        Self::NAMED.map(|(name, _)| format!("{name}:")).join(" ")
    }

    /// Whether its values are addresses, in which every sign but a space and `*` is literal.
    pub(super) fn is_literal(self) -> bool {
        matches!(self, Self::Keyword(keyword) if keyword.is_literal())
    }
}

impl Keyword {
    /// Its name in a query: `source`, `author`, …
    pub fn name(self) -> &'static str {
        Field::Keyword(self).name()
    }
}
