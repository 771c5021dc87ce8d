//! Turns a query into tantivy's.
//!
//! Only words of the text score; everything else only filters. Plain words, and
//! plain ANDs and ORs of them, become the flat queries that tantivy can prune; what asks
//! for places beyond a plain phrase becomes a [`PositionalQuery`].

use std::ops::Bound;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::Term as IndexTerm;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::dictionary::Dictionary;
use super::encode::indexed_form;
use super::excluded::Excluded;
use super::positional::{Planner, PositionalQuery};
use super::schema::{ARTICLE, Fields};
use crate::analysis::{Language, Lexicon, WordForm, outlet_alias, readings, tokens};
use crate::article::day_number;
use crate::query::{Clause, DayRange, Keyword, TextField, Word, WordRow};

/// What a query is compiled against.
pub(super) struct Compiler<'a> {
    pub(super) fields: &'a Fields,
    pub(super) languages: &'a [Language],
    pub(super) dictionary: Dictionary<'a>,
}

/// What the score of each leaf of a query is multiplied by, a leaf that is said twice for both.
pub(super) type Factors<'q> = FxHashMap<&'q Clause, f32>;

/// The most queries that stand for one.
const MAX_CHOICES: usize = 16;

type Compiled = tantivy::Result<Box<dyn Query>>;

impl Compiler<'_> {
    /// The query of a clause, which scores 1 for each time that a leaf is said.
    ///
    /// # Errors
    ///
    /// As [`Compiler::scored`].
    pub(super) fn compile(&self, clause: &Clause) -> Compiled {
        self.scored(clause, &Factors::default())
    }

    /// The query of a clause.
    ///
    /// # Errors
    ///
    /// Fails if the dictionary cannot be read, which words with wildcards are looked up in.
    pub(super) fn scored(&self, clause: &Clause, factors: &Factors<'_>) -> Compiled {
        let raised = |query| raised(query, factors.get(clause).copied());
        match clause {
            Clause::All => Ok(self.all()),
            Clause::Word { field, word } => {
                Ok(raised(self.row((*field, std::slice::from_ref(word), 0))?))
            }
            Clause::Phrase { field, words, gaps } => Ok(raised(self.row((*field, words, *gaps))?)),
            Clause::Near(_) | Clause::NotNear(_) => self.positional(clause, 1),
            Clause::Actor { .. } | Clause::Said { .. } => Ok(raised(self.positional(clause, 1)?)),
            Clause::AtLeast { count, clause } => self.positional(clause, *count as usize),
            // The factors have it.
            Clause::Weighted { clause, .. } => self.scored(clause, factors),
            Clause::Keyword { field, text } => self.keyword(*field, text),
            Clause::Date(range) => Ok(unscored(self.days(*range))),
            Clause::And(clauses) => self.and(clauses, factors),
            Clause::Or(clauses) => self.or(clauses, factors),
            Clause::Not(clause) => self.and(&[Clause::Not(clause.clone())], factors),
        }
    }

    fn all(&self) -> Box<dyn Query> {
        let term = IndexTerm::from_field_text(self.fields.kind, ARTICLE);
        unscored(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
    }

    fn and(&self, clauses: &[Clause], factors: &Factors<'_>) -> Compiled {
        let mut parts = Vec::with_capacity(clauses.len());
        for clause in distinct(clauses) {
            parts.push(match clause {
                Clause::Not(excluded) => {
                    let excluded = Excluded(self.compile(excluded)?);
                    (Occur::MustNot, Box::new(excluded) as Box<dyn Query>)
                }
                required => (Occur::Must, self.scored(required, factors)?),
            });
        }
        if parts.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            parts.push((Occur::Must, self.all()));
        }
        Ok(boolean(parts))
    }

    fn or(&self, clauses: &[Clause], factors: &Factors<'_>) -> Compiled {
        let mut parts = Vec::with_capacity(clauses.len());
        for clause in distinct(clauses) {
            match clause.row() {
                // Side by side with all others, for tantivy prunes only flat queries.
                Some(row) => {
                    let factor = factors.get(clause).copied();
                    let rows = self.rows(row)?.into_iter();
                    parts.extend(rows.map(|row| (Occur::Should, raised(row, factor))));
                }
                None => parts.push((Occur::Should, self.scored(clause, factors)?)),
            }
        }
        Ok(boolean(parts))
    }

    /// Queries that together match what a clause does, each of which tantivy can find the
    /// best matches of without looking at all of them; none if there is no such way.
    ///
    /// Of all of some words in several readings each, every choice of readings is a query
    /// of its own.
    pub(super) fn pruned(
        &self,
        clause: &Clause,
        factors: &Factors<'_>,
    ) -> tantivy::Result<Option<Vec<Box<dyn Query>>>> {
        let Clause::And(clauses) = clause else {
            return Ok(match prunes(clause) {
                true => Some(vec![self.scored(clause, factors)?]),
                false => None,
            });
        };
        if !prunes(clause) {
            return Ok(None);
        }
        let mut choices: Vec<Vec<(Occur, Box<dyn Query>)>> = vec![Vec::new()];
        for clause in distinct(clauses) {
            let clause = unweighted(clause);
            let Some(row) = clause.row() else {
                return Ok(None);
            };
            let rows = self.rows(row)?;
            if choices.len() * rows.len() > MAX_CHOICES {
                return Ok(None);
            }
            let factor = factors.get(clause).copied();
            let longer = choices.iter().flat_map(|choice| {
                rows.iter().map(move |row| {
                    let row = raised(row.box_clone(), factor);
                    let choice = choice
                        .iter()
                        .map(|(occur, part)| (*occur, part.box_clone()));
                    choice.chain(std::iter::once((Occur::Must, row))).collect()
                })
            });
            choices = longer.collect();
        }
        Ok(Some(choices.into_iter().map(boolean).collect()))
    }

    /// Words in a row in a text field.
    fn row(&self, row: WordRow<'_>) -> Compiled {
        let rows = self.rows(row)?.into_iter();
        Ok(boolean(rows.map(|row| (Occur::Should, row)).collect()))
    }

    /// A query for each way to read words in a row.
    fn rows(&self, (field, words, gaps): WordRow<'_>) -> tantivy::Result<Vec<Box<dyn Query>>> {
        let is_plain = |word: &Word| matches!(word.form, WordForm::Stem | WordForm::Exact);
        if field == TextField::Lead || gaps > 0 || !words.iter().all(is_plain) {
            let words = words.to_vec();
            let row = self.positional(&Clause::Phrase { field, words, gaps }, 1)?;
            return Ok(vec![row]);
        }
        let field = self.fields.of_text(field);
        let mut rows = Vec::new();
        for row in readings(words.iter().map(Word::asked), self.languages) {
            let terms = row.iter();
            let terms: Vec<_> = terms
                .map(|term| indexed_form(term.form, &term.text))
                .map(|form| IndexTerm::from_field_text(field, &form))
                .collect();
            // With one reading fewer tantivy may prune.
            if self.dictionary.has_all(&terms)? {
                rows.push(in_a_row(terms));
            }
        }
        Ok(rows)
    }

    /// A positional clause that is met at so many places.
    fn positional(&self, clause: &Clause, at_least: usize) -> Compiled {
        let Some(field) = clause.positional_field() else {
            return Ok(Box::new(EmptyQuery));
        };
        let plan = self.planner(self.fields.of_text(field)).plan(clause)?;
        Ok(Box::new(PositionalQuery {
            field: self.fields.of_text(field),
            plan,
            in_lead: field == TextField::Lead,
            at_least,
        }))
    }

    pub(super) fn planner(&self, field: Field) -> Planner<'_> {
        Planner {
            field,
            people: self.fields.of_people(field),
            languages: self.languages,
            dictionary: &self.dictionary,
        }
    }

    fn keyword(&self, keyword: Keyword, text: &str) -> Compiled {
        let field = self.fields.of_keyword(keyword);
        if keyword == Keyword::Lang {
            let term = IndexTerm::from_field_text(field, &text.to_lowercase());
            return Ok(unscored(Box::new(TermQuery::new(
                term,
                IndexRecordOption::Basic,
            ))));
        }
        let alias = (keyword == Keyword::Source)
            .then(|| outlet_alias(text))
            .flatten();
        let spellings = std::iter::once(text).chain(alias.as_deref());
        let spellings = spellings.map(|spelling| {
            let word = keyword.word(spelling);
            let query: Box<dyn Query> = match word.form {
                WordForm::Wildcard => Box::new(PositionalQuery {
                    field,
                    plan: self.planner(field).row(&[word], 0)?,
                    in_lead: false,
                    at_least: 1,
                }),
                _ => words_in_a_row(field, spelling),
            };
            Ok((Occur::Should, query))
        });
        let spellings = spellings.collect::<tantivy::Result<_>>()?;
        Ok(unscored(boolean(spellings)))
    }

    fn days(&self, range: DayRange) -> Box<dyn Query> {
        let day = |day| IndexTerm::from_field_i64(self.fields.day, i64::from(day_number(day)));
        let bound = |end: Option<_>, open: i64| {
            Bound::Included(
                end.map_or_else(|| IndexTerm::from_field_i64(self.fields.day, open), day),
            )
        };
        Box::new(RangeQuery::new(
            bound(range.since, i64::MIN),
            bound(range.until, i64::MAX),
        ))
    }
}

/// Whether tantivy finds the best matches of a query without looking at all of them: those
/// of a plain word, of any of some, and of all of some in one field and one reading.
fn prunes(clause: &Clause) -> bool {
    match clause {
        Clause::Or(clauses) => clauses.iter().all(|clause| plain_field(clause).is_some()),
        Clause::And(clauses) => {
            let mut fields = clauses.iter().map(plain_field);
            let first = fields.next().flatten();
            first.is_some() && fields.all(|field| field == first)
        }
        clause => plain_field(clause).is_some(),
    }
}

/// The field of a plain word.
fn plain_field(clause: &Clause) -> Option<TextField> {
    match clause {
        Clause::Word { field, word } => {
            let is_plain = matches!(word.form, WordForm::Stem | WordForm::Exact);
            (is_plain && *field != TextField::Lead).then_some(*field)
        }
        Clause::Weighted { clause, .. } => plain_field(clause),
        _ => None,
    }
}

/// What is inside of weights.
fn unweighted(mut clause: &Clause) -> &Clause {
    while let Clause::Weighted { clause: inner, .. } = clause {
        clause = inner;
    }
    clause
}

/// Words of a metadata field, one after the other, as written.
fn words_in_a_row(field: Field, text: &str) -> Box<dyn Query> {
    let mut lexicon = Lexicon::new(Language::of(None));
    let terms = tokens(text)
        .map(|token| IndexTerm::from_field_text(field, &lexicon.forms(token.surface).exact));
    in_a_row(terms.collect())
}

/// Terms one after the other; nothing matches none.
fn in_a_row(mut terms: Vec<IndexTerm>) -> Box<dyn Query> {
    match terms.len() {
        0 => Box::new(EmptyQuery),
        1 => Box::new(TermQuery::new(
            terms.remove(0),
            IndexRecordOption::WithFreqs,
        )),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}

/// The clauses, each once.
pub(super) fn distinct(clauses: &[Clause]) -> impl Iterator<Item = &Clause> {
    let mut met = FxHashSet::default();
    clauses.iter().filter(move |clause| met.insert(*clause))
}

/// A query whose score counts more or less.
fn raised(query: Box<dyn Query>, factor: Option<f32>) -> Box<dyn Query> {
    match factor {
        Some(factor) => Box::new(BoostQuery::new(query, factor)),
        None => query,
    }
}

/// Filters count nothing.
fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

/// A query for one clause is that clause: a wrapper would keep tantivy from pruning.
fn boolean(mut parts: Vec<(Occur, Box<dyn Query>)>) -> Box<dyn Query> {
    match &*parts {
        [] => Box::new(EmptyQuery),
        [(Occur::Must | Occur::Should, _)] => parts.remove(0).1,
        _ => Box::new(BooleanQuery::new(parts)),
    }
}
