//! Names of people as operands: those that are too long, and groups that are not joined to
//! the speaker before them.
//!
//! In: the tokens around the one at hand. Out: a problem, or a notice of how it was read.

use super::super::ast::{Clause, Span};
use super::super::lexer::TokenKind;
use super::Parser;
use crate::analysis::tokens;

/// Words of the longest name.
const MAX_NAME_WORDS: usize = 16;

impl Parser<'_> {
    /// The leaf at `span`, unless it has a name of too many words, which is reported.
    pub(super) fn with_short_name(&mut self, leaf: Clause, span: Span) -> Option<Clause> {
        let words = match &leaf {
            Clause::Actor { name, .. } | Clause::Said { speaker: name, .. } => {
                tokens(name).take(MAX_NAME_WORDS + 1).count()
            }
            _ => 0,
        };
        if words <= MAX_NAME_WORDS {
            return Some(leaf);
        }
        let message = format!("this name is too long: at most {MAX_NAME_WORDS} words");
        let hint = "write the surname, or the words of the name that all have";
        self.findings.problem(span, &message, hint.to_owned());
        None
    }

    /// Tells that the group which opens here is none of the quotation that is asked for
    /// before it, if it may be meant so.
    pub(super) fn notice_loose_group(&mut self) {
        let Some(name) = self.name_before_group() else {
            return;
        };
        let notice = format!(
            "`{name}` was read without what is in the parentheses behind it; put names of \
             several words in quotes and the parentheses right behind: \
             said:\"Ann Quill\"(ferry), or write AND between"
        );
        self.findings.notice(notice);
    }

    /// The person before the group that opens here, with nothing between them but spaces, a
    /// weight, or words that may be more of the name.
    fn name_before_group(&self) -> Option<&Clause> {
        let (before, from_group) = self.tokens.split_at_checked(self.at)?;
        let mut next = from_group.first()?.span.start;
        let joined = before.last()?.span.end == next;
        let mut weighted = false;
        let mut words = false;
        for token in before.iter().rev() {
            let is_blank = |between: &str| between.trim().is_empty();
            if !self.query.get(token.span.end..next).is_some_and(is_blank) {
                return None;
            }
            next = token.span.start;
            match &token.kind {
                TokenKind::Weight(_) if !words => weighted = true,
                TokenKind::Leaf(Some(Clause::Word { .. })) if joined && !weighted => words = true,
                TokenKind::Leaf(Some(leaf @ Clause::Actor { .. })) if joined && !words => {
                    return Some(leaf);
                }
                TokenKind::Leaf(Some(leaf @ Clause::Said { .. }))
                    if weighted || words || !joined =>
                {
                    return Some(leaf);
                }
                _ => return None,
            }
        }
        None
    }
}
