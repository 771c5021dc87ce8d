//! `said:`: words inside one quotation of a person.
//!
//! In: a speaker and the group right behind. Out: one clause; where something in the group
//! has no place in a quotation, both side by side, and a problem.

use super::super::ast::{Clause, TextField};
use super::super::lexer::TokenKind;
use super::{Operand, Parser};

impl Parser<'_> {
    /// Whether a group opens right behind the token before.
    pub(super) fn opens_at_once(&self) -> bool {
        let next = self.tokens.get(self.at);
        let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        next.zip(last).is_some_and(|(next, last)| {
            next.kind == TokenKind::Open && next.span.start == last.span.end
        })
    }

    /// The group after a speaker's name; without words any quotation meets it.
    pub(super) fn said(&mut self, field: TextField, speaker: String) -> Operand {
        let first = self.at + 1;
        let closes = |token: &TokenKind| *token == TokenKind::Close;
        if self
            .tokens
            .get(first)
            .is_some_and(|token| closes(&token.kind))
        {
            self.at += 2;
            return Operand::Clause(Clause::any_quotation(field, speaker));
        }
        let group = self.group();
        let tokens = first..self.at.saturating_sub(1);
        group.map(|clause| {
            if clause == Clause::All || clause.quotable_field() == Some(field) {
                let clause = Box::new(clause);
                return Clause::Said {
                    field,
                    speaker,
                    clause,
                };
            }
            let inside = &self.tokens[tokens];
            let fault = inside.iter().find(|token| !is_quotable(&token.kind, field));
            let span = fault.or(inside.first()).map(|token| token.span);
            let message = "this cannot be looked for inside a quotation";
            let hint = "write words, phrases, people, NEARs, ANDs and ORs of them in the \
                        parentheses, and all else outside";
            self.findings
                .problem(span.unwrap_or_default(), message, hint.to_owned());
            Clause::and(vec![Clause::any_quotation(field, speaker), clause])
        })
    }
}

/// Whether a token can be part of what is asked of a quotation.
fn is_quotable(kind: &TokenKind, field: TextField) -> bool {
    match kind {
        TokenKind::Leaf(Some(leaf)) => leaf.quotable_field() == Some(field),
        TokenKind::Not | TokenKind::AtLeast(_) => false,
        _ => true,
    }
}
