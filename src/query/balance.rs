//! Parentheses that match.
//!
//! In: tokens. Out: the same with every parenthesis closed, nested within bounds.

use super::ast::Span;
use super::lexer::{Token, TokenKind};
use super::problem::Findings;

/// How deep parentheses can be nested.
pub const MAX_DEPTH: usize = 100;

/// Makes every parenthesis match, at most [`MAX_DEPTH`] deep.
pub(super) fn balance(tokens: Vec<Token>, end: usize, findings: &mut Findings) -> Vec<Token> {
    let mut balanced = Vec::with_capacity(tokens.len());
    let mut open: Vec<Span> = Vec::new();
    let mut too_deep = 0_usize;
    for token in tokens {
        match token.kind {
            TokenKind::Open if open.len() - too_deep >= MAX_DEPTH => {
                if too_deep == 0 {
                    nested_too_deep(token.span, findings);
                }
                too_deep += 1;
                open.push(token.span);
                continue;
            }
            TokenKind::Open => open.push(token.span),
            TokenKind::Close if open.pop().is_none() => {
                let hint = "remove it, or add `(` where it begins".to_owned();
                findings.problem(token.span, "this parenthesis closes nothing", hint);
                continue;
            }
            TokenKind::Close if too_deep > 0 => {
                too_deep -= 1;
                continue;
            }
            _ => {}
        }
        balanced.push(token);
    }
    let missing = open.len() - too_deep;
    for span in open {
        unclosed(span, findings);
    }
    balanced.extend((0..missing).map(|_| Token {
        kind: TokenKind::Close,
        span: Span { start: end, end },
    }));
    balanced
}

/// Reports a parenthesis without an end.
pub(super) fn unclosed(span: Span, findings: &mut Findings) {
    let hint = "add `)` where it ends".to_owned();
    findings.problem(span, "this parenthesis is never closed", hint);
}

/// Reports a parenthesis inside [`MAX_DEPTH`] others.
pub(super) fn nested_too_deep(span: Span, findings: &mut Findings) {
    let hint = "take out parentheses that change nothing".to_owned();
    findings.problem(span, "parentheses are nested more than 100 deep", hint);
}
