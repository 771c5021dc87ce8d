//! Turns a query into tantivy's.
//!
//! Only words and phrases score; everything else only filters. Plain words, and
//! plain ANDs and ORs of them, become the flat queries that tantivy can prune.

use std::ops::Bound;

use tantivy::Term as IndexTerm;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::encode::indexed_term;
use super::excluded::Excluded;
use super::schema::{ARTICLE, Fields};
use crate::analysis::{Language, Lexicon, Term, outlet_alias, readings, tokens};
use crate::article::day_number;
use crate::engine::Boost;
use crate::query::{Clause, DayRange, Keyword, Word};

/// What a query is compiled against.
pub(super) struct Compiler<'a> {
    pub(super) fields: &'a Fields,
    pub(super) languages: &'a [Language],
}

impl Compiler<'_> {
    /// The query, with scores raised by `boosts`.
    pub(super) fn boosted(&self, clause: &Clause, boosts: &[Boost]) -> Box<dyn Query> {
        let mut parts = vec![(Occur::Must, self.compile(clause))];
        parts.extend(boosts.iter().map(|Boost { word, weight }| {
            let word = self.row(self.fields.text, std::slice::from_ref(word));
            let raised: Box<dyn Query> = Box::new(BoostQuery::new(word, *weight));
            (Occur::Should, raised)
        }));
        boolean(parts)
    }

    pub(super) fn compile(&self, clause: &Clause) -> Box<dyn Query> {
        match clause {
            Clause::All => self.all(),
            Clause::Word { field, word } => {
                self.row(self.fields.of_text(*field), std::slice::from_ref(word))
            }
            Clause::Phrase { field, words } => self.row(self.fields.of_text(*field), words),
            Clause::Keyword { field, text } => self.keyword(*field, text),
            Clause::Date(range) => unscored(self.days(*range)),
            Clause::And(clauses) => self.and(clauses),
            Clause::Or(clauses) => self.or(clauses),
            Clause::Not(clause) => self.and(&[Clause::Not(clause.clone())]),
        }
    }

    fn all(&self) -> Box<dyn Query> {
        let term = IndexTerm::from_field_text(self.fields.kind, ARTICLE);
        unscored(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
    }

    fn and(&self, clauses: &[Clause]) -> Box<dyn Query> {
        let mut parts: Vec<_> = clauses
            .iter()
            .map(|clause| match clause {
                Clause::Not(excluded) => (
                    Occur::MustNot,
                    Box::new(Excluded(self.compile(excluded))) as Box<dyn Query>,
                ),
                required => (Occur::Must, self.compile(required)),
            })
            .collect();
        if parts.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            parts.push((Occur::Must, self.all()));
        }
        boolean(parts)
    }

    fn or(&self, clauses: &[Clause]) -> Box<dyn Query> {
        boolean(
            clauses
                .iter()
                .map(|clause| (Occur::Should, self.compile(clause)))
                .collect(),
        )
    }

    /// Words in a row in a text field.
    fn row(&self, field: Field, words: &[Word]) -> Box<dyn Query> {
        let rows = readings(words.iter().map(Word::form), self.languages);
        boolean(
            rows.iter()
                .map(|row| (Occur::Should, row_query(field, row)))
                .collect(),
        )
    }

    fn keyword(&self, keyword: Keyword, text: &str) -> Box<dyn Query> {
        let field = self.fields.of_keyword(keyword);
        if keyword == Keyword::Lang {
            let term = IndexTerm::from_field_text(field, &text.to_lowercase());
            return unscored(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
        }
        let alias = (keyword == Keyword::Source)
            .then(|| outlet_alias(text))
            .flatten();
        let spellings = std::iter::once(text).chain(alias.as_deref());
        unscored(boolean(
            spellings
                .map(|spelling| (Occur::Should, words_in_a_row(field, spelling)))
                .collect(),
        ))
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

/// Words of a metadata field, one after the other, as written.
fn words_in_a_row(field: Field, text: &str) -> Box<dyn Query> {
    let mut lexicon = Lexicon::new(Language::of(None));
    let terms = tokens(text)
        .map(|token| IndexTerm::from_field_text(field, &lexicon.forms(token.surface).exact));
    in_a_row(terms.collect())
}

fn row_query(field: Field, row: &[Term]) -> Box<dyn Query> {
    in_a_row(
        row.iter()
            .map(|term| IndexTerm::from_field_text(field, &indexed_term(term)))
            .collect(),
    )
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
