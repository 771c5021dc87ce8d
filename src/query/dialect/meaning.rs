//! What the fields of other tools mean here.

use super::super::ast::{Clause, TextField};
use super::super::fields::Field;

/// What a group in a field means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// One of our fields.
    In(Field),
    /// The title or the lead.
    HeadOrLead,
    /// Days, in a notation of its own.
    Days,
    /// The whole text, though it says a part that is not kept apart.
    Anywhere,
    /// The words alone, though it says more about them.
    WordsOnly(&'static str),
    /// Nothing that articles have here: what it is.
    Missing(&'static str),
}

impl Meaning {
    /// The field that words in the group are read in.
    pub(super) fn field(self) -> Field {
        match self {
            Self::In(field) => field,
            Self::HeadOrLead => Field::Text(TextField::Title),
            Self::Days => Field::Date,
            Self::Anywhere | Self::WordsOnly(_) | Self::Missing(_) => Field::TEXT,
        }
    }
}

/// The meaning of a name in a table of names, in upper or lower case.
pub(super) fn by_name(table: &[(&str, Meaning)], name: &str) -> Option<Meaning> {
    table
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|&(_, meaning)| meaning)
}

/// What is asked of the title, asked of the title or the lead; each part may be in either.
pub(super) fn head_or_lead(clause: Clause) -> Clause {
    if clause.positional_field() == Some(TextField::Title) {
        let lead = in_field(clause.clone(), TextField::Lead);
        return Clause::or(vec![clause, lead]);
    }
    let each = |clauses: Vec<Clause>| clauses.into_iter().map(head_or_lead).collect();
    match clause {
        Clause::And(clauses) => Clause::and(each(clauses)),
        Clause::Or(clauses) => Clause::or(each(clauses)),
        Clause::Not(inner) => Clause::negated(head_or_lead(*inner)),
        Clause::Weighted { weight, clause } => Clause::weighted(head_or_lead(*clause), weight),
        Clause::AtLeast { .. } => {
            let lead = in_field(clause.clone(), TextField::Lead);
            Clause::or(vec![clause, lead])
        }
        other => other,
    }
}

/// The clause with its words looked for in `field`.
pub(super) fn in_field(clause: Clause, field: TextField) -> Clause {
    let each = |clauses: Vec<Clause>| clauses.into_iter().map(|clause| in_field(clause, field));
    let boxed = |clause: Clause| Box::new(in_field(clause, field));
    match clause {
        Clause::Word { word, .. } => Clause::Word { field, word },
        Clause::Phrase { words, gaps, .. } => Clause::Phrase { field, words, gaps },
        Clause::Near(mut near) => {
            near.left = in_field(near.left, field);
            near.right = in_field(near.right, field);
            Clause::Near(near)
        }
        Clause::NotNear(mut near) => {
            near.left = in_field(near.left, field);
            near.right = in_field(near.right, field);
            Clause::NotNear(near)
        }
        Clause::AtLeast { count, clause } => Clause::AtLeast {
            count,
            clause: boxed(*clause),
        },
        Clause::Weighted { weight, clause } => Clause::Weighted {
            weight,
            clause: boxed(*clause),
        },
        Clause::Actor { name, .. } => Clause::Actor { field, name },
        Clause::Said {
            speaker, clause, ..
        } => Clause::Said {
            field,
            speaker,
            clause: boxed(*clause),
        },
        Clause::And(clauses) => Clause::And(each(clauses).collect()),
        Clause::Or(clauses) => Clause::Or(each(clauses).collect()),
        Clause::Not(inner) => Clause::Not(boxed(*inner)),
        other => other,
    }
}
