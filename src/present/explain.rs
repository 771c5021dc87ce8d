//! What became of a query, and scores taken apart: for people and as JSON.
//!
//! In: an [`Account`], or the [`Explanation`] of a score. Out: rows of a name, a number and a
//! query; a line of terms; or the objects that stand beside hits.

use std::io::{self, Write};

use serde::Serialize;

use super::layout::Marked;
use super::printer::{Printer, TEXT, TerminalStyle};
use super::readable::grouped;
use crate::engine::{Explanation, TermScore};
use crate::explain::{Account, Counted, WordForms};

/// Columns before a query or a word.
const INDENT: usize = 18;

/// Columns that a part of a part stands further to the right.
const DEEPER: usize = 2;

/// Writes an account in rows.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_account(
    out: &mut dyn Write,
    account: &Account,
    style: TerminalStyle,
) -> io::Result<()> {
    let mut rows = Rows {
        printer: Printer::new(out, style),
        name: "read as",
    };
    rows.write("", 0, &account.reading)?;
    rows.name = "matches";
    for part in &account.parts {
        rows.count(part, 0)?;
        for inner in &part.parts {
            rows.count(inner, DEEPER)?;
        }
    }
    rows.name = "left out";
    for part in &account.without {
        rows.write(
            &grouped(part.articles),
            0,
            &format!("without {}", part.clause),
        )?;
    }
    rows.name = "wider";
    for query in &account.wider {
        rows.count(query, 0)?;
    }
    rows.name = "words";
    for word in &account.words {
        rows.write("", 0, &forms(word))?;
    }
    writeln!(out)
}

/// Writes rows of which the first of a kind has its name.
struct Rows<'a> {
    printer: Printer<'a>,
    name: &'static str,
}

impl Rows<'_> {
    fn count(&mut self, counted: &Counted, deeper: usize) -> io::Result<()> {
        self.write(&grouped(counted.articles), deeper, &counted.clause)
    }

    fn write(&mut self, number: &str, deeper: usize, text: &str) -> io::Result<()> {
        let name = std::mem::take(&mut self.name);
        let columns = INDENT - 2;
        let numbers = columns - 9;
        self.printer.label = format!("{name:<9}{number:>numbers$}  {:deeper$}", "");
        self.printer.indent = INDENT + deeper;
        self.printer.write_paragraph(&Marked::new(text, &[]), TEXT)
    }
}

/// `ferry: ferries 20, ferry 3, … 2 more`.
fn forms(word: &WordForms) -> String {
    let mut forms: Vec<String> = word
        .forms
        .iter()
        .map(|(form, articles)| format!("{form} {}", grouped(*articles)))
        .collect();
    if word.more > 0 {
        forms.push(format!("… {} more", grouped(word.more as u64)));
    }
    if forms.is_empty() {
        forms.push("not in the index".to_owned());
    }
    format!("{}: {}", word.word, forms.join(", "))
}

/// Writes a score taken apart below its hit.
pub(super) fn write_score(printer: &mut Printer<'_>, explanation: &Explanation) -> io::Result<()> {
    let mut parts = vec![format!("score {:.2}", explanation.score())];
    let telling = |term: &&TermScore| !term.is_added || term.part.sum() > 0.0;
    parts.extend(explanation.terms.iter().filter(telling).map(term));
    let mean = explanation.mean_words;
    parts.push(format!("{} words, mean {mean:.0}", explanation.words));
    printer.write_parts(&parts)
}

/// `Kursk 3.12 (title 1, text 4, near 0.2)`.
fn term(term: &TermScore) -> String {
    let mut where_from = Vec::new();
    for (places, name) in [(term.in_title, "title"), (term.in_text, "text")] {
        if places > 0 {
            where_from.push(format!("{name} {places}"));
        }
    }
    if term.part.nearness >= 0.005 {
        where_from.push(format!("near {:.2}", term.part.nearness));
    }
    let sign = if term.is_added { "+" } else { "" };
    let score = format!("{sign}{} {:.2}", term.term, term.part.sum());
    match where_from.is_empty() {
        true => score,
        false => format!("{score} ({})", where_from.join(", ")),
    }
}

/// An account as an object.
#[derive(Serialize)]
pub(super) struct AccountObject<'a> {
    reading: &'a str,
    parts: Vec<CountedObject<'a>>,
    without: Vec<CountedObject<'a>>,
    wider: Vec<CountedObject<'a>>,
    words: Vec<WordObject<'a>>,
}

#[derive(Serialize)]
struct CountedObject<'a> {
    query: &'a str,
    articles: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<CountedObject<'a>>,
}

#[derive(Serialize)]
struct WordObject<'a> {
    word: &'a str,
    forms: Vec<FormObject<'a>>,
    more: usize,
}

#[derive(Serialize)]
struct FormObject<'a> {
    form: &'a str,
    articles: u64,
}

/// A score taken apart, as an object.
#[derive(Serialize)]
pub(super) struct ScoreObject<'a> {
    words: u32,
    mean_words: f32,
    terms: Vec<TermObject<'a>>,
}

#[derive(Serialize)]
struct TermObject<'a> {
    term: &'a str,
    added: bool,
    weight: f32,
    articles: u64,
    in_title: usize,
    in_text: usize,
    places: f32,
    nearness: f32,
}

/// The object of an account.
pub(super) fn account_object(account: &Account) -> AccountObject<'_> {
    AccountObject {
        reading: &account.reading,
        parts: counted_objects(&account.parts),
        without: counted_objects(&account.without),
        wider: counted_objects(&account.wider),
        words: account.words.iter().map(word_object).collect(),
    }
}

fn counted_objects(counted: &[Counted]) -> Vec<CountedObject<'_>> {
    let objects = counted.iter().map(|counted| CountedObject {
        query: &counted.clause,
        articles: counted.articles,
        parts: counted_objects(&counted.parts),
    });
    objects.collect()
}

fn word_object(word: &WordForms) -> WordObject<'_> {
    let forms = word.forms.iter().map(|(form, articles)| FormObject {
        form,
        articles: *articles,
    });
    WordObject {
        word: &word.word,
        forms: forms.collect(),
        more: word.more,
    }
}

/// The object of a score.
pub(super) fn score_object(explanation: &Explanation) -> ScoreObject<'_> {
    let terms = explanation.terms.iter().map(|term| TermObject {
        term: &term.term,
        added: term.is_added,
        weight: term.weight,
        articles: term.articles,
        in_title: term.in_title,
        in_text: term.in_text,
        places: term.part.places,
        nearness: term.part.nearness,
    });
    ScoreObject {
        words: explanation.words,
        mean_words: explanation.mean_words,
        terms: terms.collect(),
    }
}
