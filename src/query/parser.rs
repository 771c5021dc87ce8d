//! Tokens to a tree, with problems and notices.
//!
//! In: the query. Out: a [`Clause`] that is always usable, and what was wrong.
//!
//! The grammar is in [the module's header](super). Every problem is repaired
//! where it is met, by leaving out as little as possible, so that lenient and
//! strict callers share one reading.

mod names;
mod nearness;
mod said;

use jiff::civil::Date;

use super::ast::{Clause, Span};
use super::balance::balance;
use super::lexer::{Token, TokenKind, read_tokens};
use super::problem::{Findings, QueryProblem};
use crate::error::Error;

/// The longest query, in bytes.
pub const MAX_QUERY_BYTES: usize = 64 * 1024;

/// The longest clause that a notice shows.
const MAX_SHOWN_LEAVES: usize = 20;

/// A query as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// What is asked for, with every problem repaired.
    pub clause: Clause,
    /// What could not be read as typed, in the order of the text.
    pub problems: Vec<QueryProblem>,
    /// Sentences on how something was read that other tools read otherwise.
    pub notices: Vec<String>,
}

impl Parsed {
    /// The clause and the notices, if there is no problem in `text`, which this was read from.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Query`](crate::error::ErrorKind::Query) at the first problem.
    pub fn strict(self, text: &str) -> Result<(Clause, Vec<String>), Error> {
        match self.problems.into_iter().next() {
            Some(problem) => Err(problem.into_error(text)),
            None => Ok((self.clause, self.notices)),
        }
    }
}

/// Reads a query; never fails.
///
/// `today` is what relative dates count from. A query without any operand gives
/// the clause that matches nothing, and a problem.
///
/// ```
/// use search::query::parse;
///
/// let today = jiff::civil::date(2025, 3, 15);
/// let parsed = parse("(ceasefire OR truce) w/5 Kursk -Gaza date:7d NEAR/3", today);
/// assert_eq!(
///     parsed.clause.to_string(),
///     "((ceasefire OR truce) NEAR/5 Kursk) NOT Gaza date:2025-03-09..2025-03-15",
/// );
/// assert_eq!(parsed.problems[0].message, "`NEAR/3` has nothing after it");
/// ```
pub fn parse(text: &str, today: Date) -> Parsed {
    parse_with(text, |query, findings| read_tokens(query, today, findings))
}

/// Reads a query whose tokens `read` finds; they need not be balanced.
pub(super) fn parse_with(
    text: &str,
    read: impl FnOnce(&str, &mut Findings) -> Vec<Token>,
) -> Parsed {
    let mut findings = Findings::default();
    let end = text.floor_char_boundary(MAX_QUERY_BYTES);
    if end < text.len() {
        let span = Span {
            start: end,
            end: text.len(),
        };
        let hint = "use fewer words, or several queries".to_owned();
        findings.problem(span, "the query is too long; the limit is 64 KiB", hint);
    }
    let query = &text[..end];
    let tokens = read(query, &mut findings);
    let tokens = balance(tokens, end, &mut findings);
    let clause = join_tokens(query, tokens, &mut findings);
    if clause.is_none() && findings.problems.is_empty() {
        let span = Span { start: 0, end };
        let (message, hint) = match query.trim().is_empty() {
            true => ("the query is empty", "write a word to look for"),
            false => (
                "there is no word to look for",
                "write a word with letters or digits",
            ),
        };
        findings.problem(span, message, hint.to_owned());
    }
    findings.problems.sort_by_key(|problem| problem.span.start);
    Parsed {
        clause: clause.unwrap_or_else(Clause::nothing),
        problems: findings.problems,
        notices: findings.notices,
    }
}

/// Joins balanced tokens; `None` if nothing is left that could be read.
pub(super) fn join_tokens(
    query: &str,
    tokens: Vec<Token>,
    findings: &mut Findings,
) -> Option<Clause> {
    let mut parser = Parser {
        query,
        tokens,
        at: 0,
        findings,
    };
    match parser.either() {
        Some(Operand::Clause(clause)) => Some(clause),
        Some(Operand::Broken) | None => None,
    }
}

/// Reads a query, and gives it with its notices.
///
/// # Errors
///
/// [`ErrorKind::Query`](crate::error::ErrorKind::Query) at the first problem in
/// the text. The message's first line says what and where, two more show the place.
pub fn parse_strict(text: &str, today: Date) -> Result<(Clause, Vec<String>), Error> {
    parse(text, today).strict(text)
}

/// What an operator joins.
enum Operand {
    Clause(Clause),
    /// Something was there; its problem is reported and it is left out.
    Broken,
}

impl Operand {
    fn map(self, with: impl FnOnce(Clause) -> Clause) -> Self {
        match self {
            Self::Clause(clause) => Self::Clause(with(clause)),
            Self::Broken => Self::Broken,
        }
    }
}

struct Parser<'q> {
    query: &'q str,
    tokens: Vec<Token>,
    at: usize,
    findings: &'q mut Findings,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&TokenKind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    /// `all (OR all)*`; `None` if there is nothing at all.
    fn either(&mut self) -> Option<Operand> {
        let mut sides = vec![self.all()];
        let mut operators = Vec::new();
        while let Some(TokenKind::Or) = self.peek() {
            operators.push(self.tokens[self.at].span);
            self.at += 1;
            sides.push(self.all());
        }
        for (index, &operator) in operators.iter().enumerate() {
            if sides[index].is_none() {
                self.lonely(operator, "before");
            } else if sides[index + 1].is_none() {
                self.lonely(operator, "after");
            }
        }
        let several = sides.len() > 1;
        let mixed = several && sides.iter().flatten().any(|side| side.joined);
        let is_empty = sides.iter().all(Option::is_none) && operators.is_empty();
        let operands = sides.into_iter().flatten().map(|side| side.operand);
        let joined = join(operands.collect(), Clause::or);
        if let (true, Some(Operand::Clause(clause))) = (mixed, &joined) {
            self.findings.notice(how_read(clause));
        }
        if is_empty {
            None
        } else {
            joined.or(Some(Operand::Broken))
        }
    }

    /// `near (AND? near)*`; `None` if there is nothing at all.
    fn all(&mut self) -> Option<Side> {
        let mut operands = Vec::new();
        let mut waiting: Option<Span> = None;
        loop {
            match self.peek() {
                None | Some(TokenKind::Or | TokenKind::Close) => break,
                Some(TokenKind::And) => {
                    let operator = self.tokens[self.at].span;
                    self.at += 1;
                    if operands.is_empty() || waiting.is_some() {
                        self.lonely(operator, "before");
                        operands.push(Operand::Broken);
                        waiting = None;
                    } else {
                        waiting = Some(operator);
                    }
                }
                Some(TokenKind::Near(_)) => {
                    self.lonely(self.tokens[self.at].span, "before");
                    operands.push(Operand::Broken);
                    self.at += 1;
                }
                Some(_) => {
                    operands.push(self.near());
                    waiting = None;
                }
            }
        }
        if let Some(operator) = waiting {
            self.lonely(operator, "after");
        }
        let clauses = operands.iter();
        let joined = clauses
            .filter(|operand| matches!(operand, Operand::Clause(_)))
            .count()
            > 1;
        if operands.is_empty() {
            return None;
        }
        let operand = join(operands, Clause::and).unwrap_or(Operand::Broken);
        Some(Side { operand, joined })
    }

    /// `NOT* ATLEAST? operand weight*`; the caller has seen that one of the first three is next.
    fn one(&mut self) -> Operand {
        let mut negations = 0_usize;
        let mut counts: Vec<(u32, Span)> = Vec::new();
        let mut last = Span::default();
        loop {
            match self.peek() {
                Some(TokenKind::Not) if counts.is_empty() => negations += 1,
                Some(&TokenKind::AtLeast(count)) => {
                    counts.push((count, self.tokens[self.at].span));
                }
                _ => break,
            }
            last = self.tokens[self.at].span;
            self.at += 1;
        }
        let mut operand = match self.peek() {
            Some(TokenKind::Open) => {
                self.notice_loose_group();
                self.group()
            }
            Some(TokenKind::Leaf(leaf)) => {
                let leaf = leaf.clone();
                let span = self.tokens[self.at].span;
                self.at += 1;
                match leaf.and_then(|leaf| self.with_short_name(leaf, span)) {
                    Some(Clause::Said { field, speaker, .. }) if self.opens_at_once() => {
                        self.said(field, speaker)
                    }
                    leaf => leaf.map_or(Operand::Broken, Operand::Clause),
                }
            }
            _ => {
                self.lonely(last, "after");
                Operand::Broken
            }
        };
        while let Some(&TokenKind::Weight(weight)) = self.peek() {
            operand = operand.map(|clause| Clause::weighted(clause, weight));
            self.at += 1;
        }
        for (count, span) in counts.into_iter().rev() {
            operand = self.at_least(count, operand, span);
        }
        if negations % 2 == 1 {
            operand.map(Clause::negated)
        } else {
            operand
        }
    }

    /// `( either )`; the parentheses are known to match.
    fn group(&mut self) -> Operand {
        let start = self.tokens[self.at].span;
        self.at += 1;
        let inner = self.either();
        let end = self
            .tokens
            .get(self.at)
            .map_or(start.end, |token| token.span.end);
        self.at += 1;
        inner.unwrap_or_else(|| {
            let span = Span {
                start: start.start,
                end,
            };
            let hint = "remove them, or write words between them".to_owned();
            self.findings
                .problem(span, "there is nothing in these parentheses", hint);
            Operand::Broken
        })
    }

    /// Reports an operator with nothing before or after it.
    fn lonely(&mut self, operator: Span, side: &str) {
        let name = &self.query[operator.start..operator.end];
        let message = format!("`{name}` has nothing {side} it");
        let hint = match name {
            "-" => "write the word right after it, or leave it away".to_owned(),
            _ => format!("write a word {side} it, or \"{name}\" in quotes to look for the word"),
        };
        self.findings.problem(operator, &message, hint);
    }
}

/// Tells how AND and OR without parentheses were read, by the example of `clause` if it is short.
fn how_read(clause: &Clause) -> String {
    if count_leaves(clause) > MAX_SHOWN_LEAVES {
        return "AND binds more tightly than OR; `a b OR c` is read as: (a b) OR c".to_owned();
    }
    format!("AND binds more tightly than OR; this was read as: {clause}")
}

fn count_leaves(clause: &Clause) -> usize {
    match clause {
        Clause::And(clauses) | Clause::Or(clauses) => clauses.iter().map(count_leaves).sum(),
        Clause::Not(inner)
        | Clause::AtLeast { clause: inner, .. }
        | Clause::Said { clause: inner, .. }
        | Clause::Weighted { clause: inner, .. } => count_leaves(inner),
        Clause::Near(near) | Clause::NotNear(near) => {
            count_leaves(&near.left) + count_leaves(&near.right)
        }
        _ => 1,
    }
}

/// One side of an OR; `joined` if it is several operands.
struct Side {
    operand: Operand,
    joined: bool,
}

/// Joins what is not broken; `None` if nothing is left.
fn join(operands: Vec<Operand>, with: fn(Vec<Clause>) -> Clause) -> Option<Operand> {
    let clauses: Vec<Clause> = operands
        .into_iter()
        .filter_map(|operand| match operand {
            Operand::Clause(clause) => Some(clause),
            Operand::Broken => None,
        })
        .collect();
    (!clauses.is_empty()).then(|| Operand::Clause(with(clauses)))
}
