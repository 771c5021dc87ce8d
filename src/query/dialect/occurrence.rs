//! Lucene's required, optional and excluded clauses, by our AND, OR and NOT.
//!
//! In: balanced tokens, with [`TokenKind::Must`] for `+`. Out: tokens that our grammar joins
//! to what Lucene would find and rank.
//!
//! Lucene has no precedence: what follows or precedes AND is required, what follows OR or
//! nothing is optional. Beside required clauses, optional ones only raise the score, which
//! `(* OR …)` does here; without any required one, one of them must match.

use super::super::ast::{Clause, Span};
use super::super::lexer::{Token, TokenKind};
use super::super::problem::Findings;

/// How a clause takes part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Occur {
    Must,
    Should,
    MustNot,
}

/// Joins `tokens` as Lucene would.
pub(super) fn arrange(tokens: &[Token], findings: &mut Findings) -> Vec<Token> {
    let Some(parts) = parts(tokens) else {
        // The parser tells which operator stands alone.
        let is_must = |token: &&Token| token.kind == TokenKind::Must;
        return tokens
            .iter()
            .filter(|token| !is_must(token))
            .cloned()
            .collect();
    };
    let mut written = Written {
        tokens: Vec::with_capacity(tokens.len()),
        at: tokens.first().map_or(0, |token| token.span.start),
    };
    let of = |wanted: Occur| {
        let parts = parts.iter().filter(move |(occur, _)| *occur == wanted);
        parts.map(|&(_, operand)| operand).collect::<Vec<_>>()
    };
    let (must, should, must_not) = (of(Occur::Must), of(Occur::Should), of(Occur::MustNot));
    let optional = !must.is_empty() && !should.is_empty();
    if optional {
        findings.notice(
            "beside what AND or `+` requires, the rest only raises the rank in Lucene, \
             which was read as (* OR …)"
                .to_owned(),
        );
    } else if should.len() > 1 && !tokens.iter().any(|token| token.kind == TokenKind::Or) {
        findings.notice(
            "in Lucene's dialect, any of several words may match; write AND or `+` for all"
                .to_owned(),
        );
    }
    for operand in must {
        written.operand(operand, findings);
    }
    let grouped = optional || (should.len() > 1 && !must_not.is_empty());
    if grouped {
        written.push(TokenKind::Open);
    }
    if optional {
        written.push(TokenKind::Leaf(Some(Clause::All)));
        written.push(TokenKind::Or);
    }
    for (index, operand) in should.iter().enumerate() {
        if index > 0 {
            written.push(TokenKind::Or);
        }
        written.operand(operand, findings);
    }
    if grouped {
        written.push(TokenKind::Close);
    }
    for operand in must_not {
        written.push(TokenKind::Not);
        written.operand(operand, findings);
    }
    written.tokens
}

struct Written {
    tokens: Vec<Token>,
    /// Where tokens that were not typed are said to be.
    at: usize,
}

impl Written {
    fn push(&mut self, kind: TokenKind) {
        let span = Span {
            start: self.at,
            end: self.at,
        };
        self.tokens.push(Token { kind, span });
    }

    /// Writes an operand; what is in its parentheses is arranged too.
    fn operand(&mut self, tokens: &[Token], findings: &mut Findings) {
        let close = tokens
            .iter()
            .rposition(|token| token.kind == TokenKind::Close);
        match (tokens.first().map(|token| &token.kind), close) {
            (Some(TokenKind::Open), Some(close)) => {
                self.tokens.push(tokens[0].clone());
                self.tokens.extend(arrange(&tokens[1..close], findings));
                self.tokens.extend_from_slice(&tokens[close..]);
            }
            _ => self.tokens.extend_from_slice(tokens),
        }
    }
}

/// The operands outside parentheses and how each takes part; `None` if an operator lacks one.
fn parts(tokens: &[Token]) -> Option<Vec<(Occur, &[Token])>> {
    let mut parts: Vec<(Occur, &[Token])> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let joined = matches!(tokens[at].kind, TokenKind::And | TokenKind::Or);
        let by_and = tokens[at].kind == TokenKind::And;
        if joined {
            // An operator needs something before it.
            parts.last()?;
            at += 1;
        }
        let mut occur = if by_and { Occur::Must } else { Occur::Should };
        while let Some(TokenKind::Not | TokenKind::Must) = tokens.get(at).map(|token| &token.kind) {
            occur = match (&tokens[at].kind, occur) {
                (TokenKind::Not, Occur::MustNot) => Occur::Must,
                (TokenKind::Not, _) => Occur::MustNot,
                (_, Occur::MustNot) => Occur::MustNot,
                _ => Occur::Must,
            };
            at += 1;
        }
        if by_and
            && let Some((before, _)) = parts.last_mut()
            && *before == Occur::Should
        {
            *before = Occur::Must;
        }
        let end = operand_end(tokens, at)?;
        parts.push((occur, &tokens[at..end]));
        at = end;
    }
    (!parts.is_empty()).then_some(parts)
}

/// Where the operand that starts at `start` ends, with its weights.
fn operand_end(tokens: &[Token], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut end = start;
    loop {
        match tokens.get(end)?.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.checked_sub(1)?,
            TokenKind::Leaf(_) => {}
            _ if depth == 0 => return None,
            _ => {}
        }
        end += 1;
        if depth == 0 {
            break;
        }
    }
    while let Some(TokenKind::Weight(_)) = tokens.get(end).map(|token| &token.kind) {
        end += 1;
    }
    Some(end)
}
