//! The people that texts name.
//!
//! In: the texts of an article. Out: people, each with the fullest name that the texts give,
//! and where they are named.

use std::collections::HashMap;
use std::ops::Range;

use super::{Token, tokens};

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The fullest name.
    pub name: String,
}

/// A place where a person is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The number of the text.
    pub part: usize,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The number of the person.
    pub person: usize,
}

/// The people of some texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// Each once.
    pub people: Vec<Person>,
    /// In the order of the texts, not overlapping.
    pub mentions: Vec<Mention>,
}

/// Finds people: two or more words in capitals in a row, and the last of them alone.
pub fn people(parts: &[&str]) -> People {
    let mut found = People::default();
    let mut by_surname: HashMap<&str, usize> = HashMap::new();
    let rows: Vec<(usize, Vec<Token<'_>>)> = parts
        .iter()
        .enumerate()
        .flat_map(|(part, text)| rows(text).into_iter().map(move |row| (part, row)))
        .collect();
    for (_, row) in rows.iter().filter(|(_, row)| row.len() > 1) {
        let name: Vec<&str> = row.iter().map(|token| token.surface).collect();
        by_surname.entry(name[name.len() - 1]).or_insert_with(|| {
            let name = name.join(" ");
            found.people.push(Person { name });
            found.people.len() - 1
        });
    }
    for (part, row) in rows {
        let (Some(first), Some(last)) = (row.first(), row.last()) else {
            continue;
        };
        if let Some(&person) = by_surname.get(last.surface) {
            found.mentions.push(Mention {
                part,
                range: first.start..last.end(),
                person,
            });
        }
    }
    found
}

/// Words in capitals with one space between them.
fn rows(text: &str) -> Vec<Vec<Token<'_>>> {
    let mut rows: Vec<Vec<Token<'_>>> = Vec::new();
    for token in tokens(text).filter(|token| token.surface.starts_with(char::is_uppercase)) {
        let goes_on = |row: &&mut Vec<Token<'_>>| {
            let last = row.last();
            last.is_some_and(|last| &text[last.end()..token.start] == " ")
        };
        match rows.last_mut().filter(goes_on) {
            Some(row) => row.push(token),
            None => rows.push(vec![token]),
        }
    }
    rows
}
