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

use super::ast::{Clause, DayRange, Word};
use super::fields::Field;
use super::lexer::reads_as;

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
            let separator = if matches!(clause, Clause::And(_)) {
                " "
            } else {
                " OR "
            };
            for (index, inner) in clauses.iter().enumerate() {
                if index > 0 {
                    f.write_str(separator)?;
                }
                print_operand(inner, scope, f)?;
            }
            Ok(())
        }
        Clause::Not(inner) => {
            f.write_str("NOT ")?;
            print_operand(inner, scope, f)
        }
        leaf => print_leaf(leaf, scope, f),
    }
}

/// Prints a clause in parentheses if it is more than an operand.
fn print_operand(clause: &Clause, scope: Field, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match clause {
        Clause::And(_) | Clause::Or(_) if !clause.is_nothing() => print_group(clause, scope, f),
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
            let sign = if word.exact { "=" } else { "" };
            let bare = format!("{sign}{}", word.text);
            if reads_as(&bare, field, leaf) {
                f.write_str(&bare)
            } else {
                write!(f, "{sign}\"{}\"", word.text)
            }
        }
        Clause::Phrase { words, .. } => print_phrase(words, f),
        Clause::Keyword { text, .. } if reads_as(text, field, leaf) => f.write_str(text),
        Clause::Keyword { text, .. } => write!(f, "\"{text}\""),
        Clause::Date(range) => print_days(*range, f),
        _ => Ok(()),
    }
}

fn print_phrase(words: &[Word], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let all_exact = words.iter().all(|word| word.exact);
    f.write_str(if all_exact { "=\"" } else { "\"" })?;
    for (index, word) in words.iter().enumerate() {
        let space = if index > 0 { " " } else { "" };
        let sign = if word.exact && !all_exact { "=" } else { "" };
        write!(f, "{space}{sign}{}", word.text)?;
    }
    f.write_str("\"")
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
        Clause::Not(inner) => common_field(inner),
        leaf => leaf_field(leaf),
    }
}

fn leaf_field(leaf: &Clause) -> Option<Field> {
    match leaf {
        Clause::Word { field, .. } | Clause::Phrase { field, .. } => Some(Field::Text(*field)),
        Clause::Keyword { field, .. } => Some(Field::Keyword(*field)),
        Clause::Date(_) => Some(Field::Date),
        _ => None,
    }
}
