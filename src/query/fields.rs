//! The names of the fields.

use super::ast::{Keyword, TextField};

/// What the value after a `name:` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// Words of the text.
    Text(TextField),
    /// Words of a metadata field.
    Keyword(Keyword),
    /// Days.
    Date,
}

impl Field {
    /// The whole text: where words without a field are looked for.
    pub(super) const TEXT: Self = Self::Text(TextField::Text);

    const NAMED: [(&'static str, Self); 9] = [
        ("title", Self::Text(TextField::Title)),
        ("lead", Self::Text(TextField::Lead)),
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
            .find(|&&(_, field)| field == self)
            .map_or("", |&(name, _)| name)
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
