//! How a query was read, and what came of each part of it.
//!
//! In: an engine, a question, and whether all of it was found. Out: an [`Account`]: the
//! reading, the parts with the number of articles that match each alone, the words of the
//! index that its words stand for; and where nothing has it all, what would bring some.
//!
//! A widening changes one part as little as it can. All nearest steps are tried before
//! those that go further; the work is bounded, whatever the query.

mod wider;

use std::collections::HashSet;

use self::wider::wider_forms;
use crate::analysis::{name_words, readings};
use crate::engine::{Engine, Sort, Window};
use crate::error::Result;
use crate::query::{Clause, Word};
use crate::search::Question;

/// Most parts that are counted.
const MAX_PARTS: usize = 40;

/// Most words whose forms are looked up.
const MAX_WORDS: usize = 12;

/// Forms of a word that are named.
const MAX_FORMS: usize = 8;

/// Widenings that are tried, and of these those that are named.
const MAX_TRIED: usize = 60;
const MAX_WIDER: usize = 5;

/// What became of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The query and its filters in our own form, with relative dates resolved.
    pub reading: String,
    /// Its parts.
    pub parts: Vec<Counted>,
    /// Where nothing has it all: queries without one of its parts that find some, most first.
    /// The part that is left out stands in place of the query.
    pub without: Vec<Counted>,
    /// Where nothing has it all: whole queries that ask for a little less and find some, the
    /// nearest first.
    pub wider: Vec<Counted>,
    /// What its words stand for.
    pub words: Vec<WordForms>,
}

/// A query with how many articles match it alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// In our own form.
    pub clause: String,
    /// How many match it.
    pub articles: u64,
    /// What it consists of, if that is several.
    pub parts: Vec<Counted>,
}

/// A word of a query and the words of the index that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordForms {
    /// The word, in our own form.
    pub word: String,
    /// The commonest words as written, each with how many articles hold it.
    pub forms: Vec<(String, u64)>,
    /// How many more there are.
    pub more: usize,
}

/// Tells what became of a question; `found_all` if some article has all that it asks for.
///
/// # Errors
///
/// Fails if the index cannot be read.
pub fn account(engine: &dyn Engine, question: &Question, found_all: bool) -> Result<Account> {
    let mut operands = match &question.query {
        Clause::And(clauses) => clauses.clone(),
        whole => vec![whole.clone()],
    };
    operands.extend(question.filters.iter().cloned());
    let whole = Clause::and(operands.clone());
    let mut counter = Counter {
        engine,
        left: MAX_PARTS,
    };
    let shown = match &whole {
        Clause::Or(clauses) => clauses.clone(),
        _ => operands.clone(),
    };
    let mut account = Account {
        reading: whole.to_string(),
        parts: counter.each(&shown, true)?,
        words: words(engine, &question.query)?,
        ..Account::default()
    };
    if !found_all {
        account.without = without(engine, &operands)?;
        account.wider = wider(engine, &operands)?;
    }
    Ok(account)
}

/// Counts matches, up to a number of times.
struct Counter<'e> {
    engine: &'e dyn Engine,
    left: usize,
}

impl Counter<'_> {
    /// The clauses with their numbers, as long as there is any left; `deeper` for their own parts too.
    fn each(&mut self, clauses: &[Clause], deeper: bool) -> Result<Vec<Counted>> {
        let mut counted = Vec::new();
        for clause in clauses {
            if self.left == 0 {
                break;
            }
            self.left -= 1;
            let articles = count(self.engine, clause)?;
            let own = if deeper { parts(clause) } else { Vec::new() };
            counted.push(Counted {
                clause: clause.to_string(),
                articles,
                parts: self.each(&own, false)?,
            });
        }
        Ok(counted)
    }
}

fn count(engine: &dyn Engine, clause: &Clause) -> Result<u64> {
    let window = Window {
        sort: Sort::Newest,
        offset: 0,
        limit: 0,
        is_counted: true,
    };
    Ok(engine.search(clause, window)?.total)
}

/// What a clause consists of, if that is several.
fn parts(clause: &Clause) -> Vec<Clause> {
    match clause {
        Clause::And(clauses) | Clause::Or(clauses) => clauses.clone(),
        Clause::Near(near) | Clause::NotNear(near) => vec![near.left.clone(), near.right.clone()],
        Clause::AtLeast { clause, .. } => vec![(**clause).clone()],
        Clause::Said { field, speaker, .. } => match clause.quoted() {
            Some(inner) => vec![Clause::any_quotation(*field, &**speaker), inner.clone()],
            None => Vec::new(),
        },
        Clause::Weighted { clause, .. } | Clause::Not(clause) => parts(clause),
        Clause::Phrase { field, words, .. } => {
            let word = |word: &Word| Clause::Word {
                field: *field,
                word: word.clone(),
            };
            words.iter().map(word).collect()
        }
        _ => Vec::new(),
    }
}

/// What is found without each of several operands.
fn without(engine: &dyn Engine, operands: &[Clause]) -> Result<Vec<Counted>> {
    let mut found = Vec::new();
    if operands.len() < 2 {
        return Ok(found);
    }
    for (left_out, clause) in operands.iter().enumerate().take(MAX_PARTS) {
        let others = operands.iter().enumerate();
        let others = others.filter(|&(at, _)| at != left_out);
        let rest = Clause::and(others.map(|(_, clause)| clause.clone()).collect());
        let articles = count(engine, &rest)?;
        if articles > 0 {
            found.push(Counted {
                clause: clause.to_string(),
                articles,
                parts: Vec::new(),
            });
        }
    }
    found.sort_by_key(|found| std::cmp::Reverse(found.articles));
    Ok(found)
}

/// The nearest queries that ask for less in one operand, or for any of all, and find some.
fn wider(engine: &dyn Engine, operands: &[Clause]) -> Result<Vec<Counted>> {
    let steps: Vec<Vec<Clause>> = operands.iter().map(wider_forms).collect();
    let furthest = steps.iter().map(Vec::len).max().unwrap_or(0);
    let changed = |at: usize, form: &Clause| {
        let mut changed = operands.to_vec();
        changed[at] = form.clone();
        Clause::and(changed)
    };
    let queries = (0..furthest).flat_map(|step| {
        let forms = steps.iter().enumerate();
        forms.filter_map(move |(at, forms)| Some((at, forms.get(step)?)))
    });
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for (at, form) in queries.take(MAX_TRIED) {
        let query = changed(at, form);
        let articles = match seen.insert(query.clone()) {
            true => count(engine, &query)?,
            false => 0,
        };
        if articles > 0 {
            found.push(Counted {
                clause: query.to_string(),
                articles,
                parts: Vec::new(),
            });
        }
        if found.len() == MAX_WIDER {
            break;
        }
    }
    Ok(found)
}

/// What the words of a query stand for, each once, and then those of names; not those that
/// are cut into several, which are phrases.
fn words(engine: &dyn Engine, query: &Clause) -> Result<Vec<WordForms>> {
    let mut seen = HashSet::new();
    let is_one = |word: &Word| {
        let rows = readings(std::iter::once(word.asked()), engine.languages());
        rows.iter().all(|row| row.len() == 1)
    };
    let distinct = query
        .words()
        .filter(|&(field, word)| is_one(word) && seen.insert((field, word)));
    let (mut words, mut named) = (Vec::new(), HashSet::new());
    for (field, word) in distinct.take(MAX_WORDS) {
        let forms = engine.forms(field, word)?;
        let word = word.clone();
        let printed = Clause::Word { field, word }.to_string();
        words.push(WordForms::of(printed, forms));
    }
    let named: Vec<&str> = query
        .names()
        .flat_map(name_words)
        .filter(|&word| named.insert(word))
        .take(MAX_WORDS - words.len())
        .collect();
    let spellings = engine.spellings(&named)?;
    let named = named.into_iter().zip(spellings);
    words.extend(named.map(|(word, forms)| WordForms::of(word.to_owned(), forms)));
    Ok(words)
}

impl WordForms {
    /// The commonest of a word's forms.
    fn of(word: String, mut forms: Vec<(String, u64)>) -> Self {
        let more = forms.len().saturating_sub(MAX_FORMS);
        forms.truncate(MAX_FORMS);
        Self { word, forms, more }
    }
}

#[cfg(test)]
mod tests;
