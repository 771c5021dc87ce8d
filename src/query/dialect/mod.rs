//! The query languages of other tools, read into our own tree.
//!
//! In: what a user of Nexis, Factiva or Lucene types. Out: the same as from our own
//! grammar: a [`Clause`], problems and notices.
//!
//! A dialect has a table of operators and fields, and reads pieces of text (`pieces`) into
//! the tokens of our own lexer (`reader`). Parentheses are put in where its operators bind
//! otherwise than ours (`binding`, `occurrence`); then our own parser joins the tokens. What
//! has no counterpart here is a problem; what has only a near one is a notice.

mod binding;
mod days;
mod factiva;
mod lucene;
mod meaning;
mod nexis;
mod occurrence;
mod pieces;
mod reader;
#[cfg(test)]
mod tests;
mod truncation;

use jiff::civil::Date;

use self::reader::Reader;
use super::ast::{Clause, Span};
use super::lexer::Token;
use super::parser::{Parsed, parse, parse_with};
use super::problem::{Findings, QueryProblem};

/// Whose query language a query is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Nexis Uni and LexisNexis: words side by side are a phrase, `w/5` is in any order.
    Nexis,
    /// Factiva: words side by side are a phrase, `w/5` is in order, `near5` is not.
    Factiva,
    /// Lucene's `query_string`, as in Elasticsearch and Kibana: any word may match.
    Lucene,
}

/// Reads a query in a dialect; never fails.
///
/// `today` is what relative dates count from. The clause prints in our own form, and that
/// form reads as the same clause.
///
/// ```
/// use search::query::{Dialect, parse_dialect};
///
/// let today = jiff::civil::date(2025, 3, 15);
/// let parsed = parse_dialect("Marco Rubio w/5 sanction! and not hlead(Gaza)", Dialect::Nexis, today);
/// assert_eq!(
///     parsed.clause.to_string(),
///     "(\"Marco Rubio\" NEAR/5 sanction*) NOT (title:Gaza OR lead:Gaza)",
/// );
/// ```
pub fn parse_dialect(text: &str, dialect: Dialect, today: Date) -> Parsed {
    let parsed = parse_with(text, |query, findings| {
        let mut reader = Reader::new(query, dialect, today, findings);
        match dialect {
            Dialect::Nexis => nexis::read(&mut reader),
            Dialect::Factiva => factiva::read(&mut reader),
            Dialect::Lucene => lucene::read(&mut reader),
        }
        let tokens = reader.finish();
        arranged(tokens, dialect, query.len(), findings)
    });
    as_printed(parsed, text, today)
}

/// Tokens that bind in our grammar as they do in the dialect.
fn arranged(
    tokens: Vec<Token>,
    dialect: Dialect,
    end: usize,
    findings: &mut Findings,
) -> Vec<Token> {
    let tokens = super::balance::balance(tokens, end, findings);
    match dialect {
        Dialect::Nexis => binding::arrange(&tokens, nexis::looseness, findings),
        Dialect::Factiva => binding::arrange(&tokens, factiva::looseness, findings),
        Dialect::Lucene => occurrence::arrange(&tokens, findings),
    }
}

/// The reading, if it can be written in our own form, which is what the user is told.
fn as_printed(mut parsed: Parsed, text: &str, today: Date) -> Parsed {
    let again = parse(&parsed.clause.to_string(), today);
    if again.clause == parsed.clause && again.problems.is_empty() {
        return parsed;
    }
    parsed.clause = Clause::nothing();
    parsed.problems.push(QueryProblem {
        message: "this query is nested too deep".to_owned(),
        span: Span {
            start: 0,
            end: text.len(),
        },
        hint: Some("use fewer operators in one another, or several queries".to_owned()),
    });
    parsed
}
