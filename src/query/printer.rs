//! The tree as a query in our own form.
//!
//! In: a [`Clause`]. Out: text that parses to the same clause, if the clause is
//! normalised as its constructors make it, its words are words as the parser
//! makes them, its days lie in the years 0000 to 9999, and it is no deeper than
//! the parser allows.
//!
//! A word is printed bare if the lexer reads it back as that word, else in quotes.

use std::fmt;

use jiff::civil::Date;

use super::ast::{Clause, DayRange, Nearness, Reach, TextField, Weight, Word};
use super::fields::Field;
use super::lexer::reads_as;
use super::words::is_address;
use crate::analysis::WordForm;

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print(self, Field::TEXT, f)
    }
}

/// Prints a clause where words without a field belong to `scope`.
fn print(clause: &Clause, scope: Field, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match clause {
        Clause::All => f.write_str("*"),
        Clause::And(clauses) if clauses.is_empty() => f.write_str("*"),
        clause if clause.is_nothing() => f.write_str("NOT *"),
        Clause::And(clauses) | Clause::Or(clauses) => {
            let field = common_field(clause).unwrap_or(scope);
            if field != scope {
                return print_group(clause, scope, f);
            }
            for (index, inner) in clauses.iter().enumerate() {
                let operand = PrintedOperand(inner, scope).to_string();
                f.write_str(separator(clause, index, &operand))?;
                f.write_str(&operand)?;
            }
            Ok(())
        }
        Clause::Not(inner) => {
            f.write_str("NOT ")?;
            print_operand(inner, scope, f)
        }
        Clause::Near(near) | Clause::NotNear(near) => {
            let field = common_field(clause).unwrap_or(scope);
            if field != scope {
                return print_group(clause, scope, f);
            }
            let negated = matches!(clause, Clause::NotNear(_));
            print_operand(&near.left, scope, f)?;
            print_nearness(near, negated, f)?;
            print_operand(&near.right, scope, f)
        }
        Clause::AtLeast { count, clause } => {
            write!(f, "ATLEAST/{count} ")?;
            print_operand(clause, scope, f)
        }
        Clause::Weighted { weight, clause } => {
            print_weighted(clause, scope, f)?;
            print_weight(*weight, f)
        }
        leaf => print_leaf(leaf, scope, f),
    }
}

/// Prints a clause so that a weight can follow.
fn print_weighted(clause: &Clause, scope: Field, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match clause {
        // An address or a sign at the end takes what follows in.
        Clause::Word { field, word }
            if is_address(&word.text) || !word.text.ends_with(char::is_alphanumeric) =>
        {
            print_prefix(Field::Text(*field), scope, f)?;
            quoted_word(word, f)
        }
        Clause::Word { .. }
        | Clause::Phrase { .. }
        | Clause::Actor { .. }
        | Clause::Said { .. } => print_leaf(clause, scope, f),
        _ => print_group(clause, scope, f),
    }
}

/// What stands before an operand of an AND or OR.
fn separator(of: &Clause, index: usize, operand: &str) -> &'static str {
    match of {
        _ if index == 0 => "",
        // A group right behind would seem to be what is asked of the quotation.
        Clause::And(clauses)
            if operand.starts_with('(') && is_any_quotation(&clauses[index - 1]) =>
        {
            " AND "
        }
        Clause::And(_) => " ",
        _ => " OR ",
    }
}

/// Whether a printed clause ends with a speaker of whom any quotation is asked for.
fn is_any_quotation(clause: &Clause) -> bool {
    match clause {
        Clause::Said { .. } => clause.quoted().is_none(),
        Clause::Not(inner)
        | Clause::AtLeast { clause: inner, .. }
        | Clause::Weighted { clause: inner, .. } => is_any_quotation(inner),
        _ => false,
    }
}

/// An operand as it prints where words without a field belong to a scope.
struct PrintedOperand<'c>(&'c Clause, Field);

impl fmt::Display for PrintedOperand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print_operand(self.0, self.1, f)
    }
}

/// Prints a clause in parentheses if it is more than an operand.
fn print_operand(clause: &Clause, scope: Field, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match clause {
        Clause::And(_) | Clause::Or(_) | Clause::Near(_) | Clause::NotNear(_)
            if !clause.is_nothing() =>
        {
            print_group(clause, scope, f)
        }
        _ => print(clause, scope, f),
    }
}

/// Prints `( … )` or `field:( … )`.
fn print_group(clause: &Clause, scope: Field, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let field = common_field(clause).unwrap_or(scope);
    print_prefix(field, scope, f)?;
    f.write_str("(")?;
    print(clause, field, f)?;
    f.write_str(")")
}

fn print_prefix(field: Field, scope: Field, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if field == scope {
        return Ok(());
    }
    write!(f, "{}:", field.name())
}

fn print_leaf(leaf: &Clause, scope: Field, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(field) = leaf_field(leaf) else {
        return Ok(());
    };
    print_prefix(field, scope, f)?;
    match leaf {
        Clause::Word { word, .. } => {
            let bare = bare_word(word);
            if reads_as(&bare, field, leaf) {
                f.write_str(&bare)
            } else {
                quoted_word(word, f)
            }
        }
        Clause::Phrase { words, gaps, .. } => {
            print_phrase(words, f)?;
            match gaps {
                0 => Ok(()),
                gaps => write!(f, "~{gaps}"),
            }
        }
        Clause::Keyword { text, .. } if reads_as(text, field, leaf) => f.write_str(text),
        Clause::Keyword { text, .. } => write!(f, "\"{text}\""),
        Clause::Actor { name, .. } => print_name("actor", name, f),
        Clause::Said { speaker, .. } => {
            print_name("said", speaker, f)?;
            let Some(inner) = leaf.quoted() else {
                return Ok(());
            };
            f.write_str("(")?;
            print(inner, field, f)?;
            f.write_str(")")
        }
        Clause::Date(range) => print_days(*range, f),
        _ => Ok(()),
    }
}

/// Prints a field and the name of a person, in quotes unless it is one word of letters.
fn print_name(field: &str, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let leaf = Clause::Actor {
        field: TextField::Text,
        name: name.to_owned(),
    };
    let plain = name.chars().all(char::is_alphanumeric);
    if plain && reads_as(name, Field::Actor(TextField::Text), &leaf) {
        write!(f, "{field}:{name}")
    } else {
        write!(f, "{field}:\"{name}\"")
    }
}

/// A word as it is written where nothing in it is an operator.
fn bare_word(word: &Word) -> String {
    let text = &word.text;
    match word.form {
        WordForm::Stem | WordForm::Wildcard => text.clone(),
        WordForm::Exact => format!("={text}"),
        WordForm::Fuzzy(edits) => format!("{text}~{edits}"),
        WordForm::Regex => format!("/{text}/"),
    }
}

fn quoted_word(word: &Word, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let text = &word.text;
    match word.form {
        WordForm::Stem | WordForm::Wildcard => write!(f, "\"{text}\""),
        WordForm::Exact => write!(f, "=\"{text}\""),
        WordForm::Fuzzy(edits) => write!(f, "\"{text}\"~{edits}"),
        // A regular expression that the lexer takes always reads as one.
        WordForm::Regex => write!(f, "/{text}/"),
    }
}

fn print_phrase(words: &[Word], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let is_exact = |word: &Word| word.form == WordForm::Exact;
    let all_exact = words.iter().all(is_exact);
    f.write_str(if all_exact { "=\"" } else { "\"" })?;
    for (index, word) in words.iter().enumerate() {
        let space = if index > 0 { " " } else { "" };
        let sign = if is_exact(word) && !all_exact {
            "="
        } else {
            ""
        };
        write!(f, "{space}{sign}{}", word.text)?;
    }
    f.write_str("\"")
}

/// Prints ` NEAR/10 ` and its kin.
fn print_nearness(near: &Nearness, negated: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let not = if negated { "NOT " } else { "" };
    let name = if near.in_order { "PRE" } else { "NEAR" };
    match near.reach {
        Reach::Words(words) => write!(f, " {not}{name}/{words} "),
        Reach::Sentence => write!(f, " {not}{name}/S "),
        Reach::Paragraph => write!(f, " {not}{name}/P "),
    }
}

fn print_weight(weight: Weight, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (whole, hundredths) = (weight.0 / 100, weight.0 % 100);
    match hundredths {
        0 => write!(f, "^{whole}"),
        _ if hundredths % 10 == 0 => write!(f, "^{whole}.{}", hundredths / 10),
        _ => write!(f, "^{whole}.{hundredths:02}"),
    }
}

fn print_days(range: DayRange, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    if range.since.is_some() && range.since == range.until {
        return f.write_str(&day(range.since));
    }
    write!(f, "{}..{}", day(range.since), day(range.until))
}

/// The field of all leaves below `clause`, if they have the same.
fn common_field(clause: &Clause) -> Option<Field> {
    match clause {
        Clause::And(clauses) | Clause::Or(clauses) => {
            let mut fields = clauses.iter().map(common_field);
            let first = fields.next()??;
            fields.all(|field| field == Some(first)).then_some(first)
        }
        Clause::Not(inner)
        | Clause::AtLeast { clause: inner, .. }
        | Clause::Weighted { clause: inner, .. } => common_field(inner),
        Clause::Near(near) | Clause::NotNear(near) => {
            let field = common_field(&near.left)?;
            (common_field(&near.right) == Some(field)).then_some(field)
        }
        leaf => leaf_field(leaf),
    }
}

fn leaf_field(leaf: &Clause) -> Option<Field> {
    match leaf {
        Clause::Word { field, .. } | Clause::Phrase { field, .. } => Some(Field::Text(*field)),
        Clause::Keyword { field, .. } => Some(Field::Keyword(*field)),
        Clause::Actor { field, .. } | Clause::Said { field, .. } => Some(Field::Text(*field)),
        Clause::Date(_) => Some(Field::Date),
        _ => None,
    }
}
