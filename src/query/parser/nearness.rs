//! Operators that ask for places: NEAR and its kin, and ATLEAST.
//!
//! In: operands. Out: one clause of them; where an operand has no place in the text, what
//! is left of the operator without that, and a problem.

use super::super::ast::{Clause, Nearness, Span};
use super::super::lexer::TokenKind;
use super::super::operators::Proximity;
use super::{Operand, Parser};

/// How deep NEAR and its kin can be nested, which those in a row are too.
const MAX_NEAR_DEPTH: usize = 20;

impl Parser<'_> {
    /// `one (NEAR one)*`; the caller has seen that an operand or a prefix of one is next.
    pub(super) fn near(&mut self) -> Operand {
        let mut left = self.one();
        while let Some(&TokenKind::Near(proximity)) = self.peek() {
            let operator = self.tokens[self.at].span;
            self.at += 1;
            if self.starts_operand() {
                let right = self.one();
                left = self.join_near((left, right), proximity, operator);
            } else {
                self.lonely(operator, "after");
            }
        }
        left
    }

    fn starts_operand(&self) -> bool {
        matches!(
            self.peek(),
            Some(TokenKind::Not | TokenKind::AtLeast(_) | TokenKind::Open | TokenKind::Leaf(_))
        )
    }

    fn join_near(
        &mut self,
        sides: (Operand, Operand),
        proximity: Proximity,
        operator: Span,
    ) -> Operand {
        let (left, right) = match sides {
            (Operand::Clause(left), Operand::Clause(right)) => (left, right),
            (Operand::Broken, other) | (other, Operand::Broken) => return other,
        };
        let Proximity {
            reach,
            in_order,
            negated,
        } = proximity;
        if let Some((message, hint)) = self.near_fault(&left, &right, operator) {
            self.findings.problem(operator, &message, hint);
            let right = if negated {
                Clause::negated(right)
            } else {
                right
            };
            return Operand::Clause(Clause::and(vec![left, right]));
        }
        let near = Box::new(Nearness {
            left,
            right,
            reach,
            in_order,
        });
        Operand::Clause(if negated {
            Clause::NotNear(near)
        } else {
            Clause::Near(near)
        })
    }

    /// Why two operands cannot be near each other, and what to write instead.
    fn near_fault(
        &self,
        left: &Clause,
        right: &Clause,
        operator: Span,
    ) -> Option<(String, String)> {
        let name = match &self.query[operator.start..operator.end] {
            // In a dialect in which that is an operator.
            "" => "words side by side",
            name => name,
        };
        match (left.positional_field(), right.positional_field()) {
            (Some(one), Some(other)) if one == other => {
                let depth = 1 + near_depth(left).max(near_depth(right));
                (depth > MAX_NEAR_DEPTH).then(|| {
                    let message = format!(
                        "more than {MAX_NEAR_DEPTH} of `{name}` and its kin in one another"
                    );
                    (message, "use fewer of them, or `AND`".to_owned())
                })
            }
            (Some(_), Some(_)) => Some((
                format!("the two sides of `{name}` are in different fields"),
                format!("put both behind one field: `title:(a {name} b)`"),
            )),
            _ => Some((
                format!("a side of `{name}` has no place in the text"),
                "write words, phrases, people, ORs of them and other NEARs on both sides; \
                 AND, NOT, ATLEAST and fields such as `source:` belong outside its parentheses"
                    .to_owned(),
            )),
        }
    }

    pub(super) fn at_least(&mut self, count: u32, operand: Operand, operator: Span) -> Operand {
        operand.map(|clause| {
            if clause.positional_field().is_some() {
                let clause = Box::new(clause);
                return Clause::AtLeast { count, clause };
            }
            let name = &self.query[operator.start..operator.end];
            let message = format!("what `{name}` is to count has no one place in the text");
            let hint = "write a word, a phrase, an OR of them or a NEAR after it";
            self.findings.problem(operator, &message, hint.to_owned());
            clause
        })
    }
}

/// How many NEARs are in one another.
fn near_depth(clause: &Clause) -> usize {
    match clause {
        Clause::And(clauses) | Clause::Or(clauses) => {
            clauses.iter().map(near_depth).max().unwrap_or(0)
        }
        Clause::Not(inner)
        | Clause::AtLeast { clause: inner, .. }
        | Clause::Weighted { clause: inner, .. } => near_depth(inner),
        Clause::Said { clause, .. } => 1 + near_depth(clause),
        Clause::Near(near) | Clause::NotNear(near) => {
            1 + near_depth(&near.left).max(near_depth(&near.right))
        }
        _ => 0,
    }
}
