//! Operators that bind otherwise than ours: parentheses say so.
//!
//! In: balanced tokens, and how loosely each operator of the dialect binds. Out: tokens
//! that our grammar joins as the dialect would. What stands side by side without an
//! operator is joined too: by PRE/1 if both have places in the text, else by AND.

use super::super::ast::{Reach, Span, TextField};
use super::super::balance::{MAX_DEPTH, nested_too_deep};
use super::super::lexer::{Token, TokenKind};
use super::super::operators::Proximity;
use super::super::problem::Findings;

/// What binds operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    And,
    /// `and not` as one operator.
    AndNot,
    Or,
    Near(Reach),
    /// Side by side, without an operator.
    Beside,
    /// NOT before an operand.
    Not,
    /// ATLEAST before an operand.
    AtLeast,
}

/// How loosely each link binds; the loosest is joined last.
pub(super) type Looseness = fn(Link) -> u32;

/// Puts in what our grammar needs to join `tokens` as the dialect would.
pub(super) fn arrange(
    tokens: &[Token],
    looseness: Looseness,
    findings: &mut Findings,
) -> Vec<Token> {
    let tokens = side_by_side(tokens, findings);
    let mut arranger = Arranger {
        looseness,
        findings,
        depth: 0,
        arranged: Vec::with_capacity(tokens.len()),
    };
    arranger.nest(&tokens);
    arranger.arranged
}

/// Joins operands that have no operator between them.
fn side_by_side(tokens: &[Token], findings: &mut Findings) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let before = joined.last().map(|token| &token.kind);
        let ends = matches!(
            before,
            Some(TokenKind::Leaf(_) | TokenKind::Close | TokenKind::Weight(_))
        );
        let starts = matches!(
            token.kind,
            TokenKind::Leaf(_) | TokenKind::Open | TokenKind::AtLeast(_) | TokenKind::Not
        );
        if ends && starts {
            let left = place_of(&joined[operand_start(&joined)..]);
            let right = place_of(&tokens[at..operand_end(tokens, at)]);
            let kind = if left.is_some() && left == right {
                TokenKind::Near(Proximity {
                    reach: Reach::Words(1),
                    in_order: true,
                    negated: false,
                })
            } else {
                TokenKind::And
            };
            findings.notice(
                "without a connector in between, words and groups of words were read as \
                 neighbours (PRE/1), and all else as AND"
                    .to_owned(),
            );
            // An empty place tells this operator from those that were typed.
            let span = Span {
                start: token.span.start,
                end: token.span.start,
            };
            joined.push(Token { kind, span });
        }
        joined.push(token.clone());
    }
    joined
}

/// Where the last operand of `tokens` starts.
fn operand_start(tokens: &[Token]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().rev() {
        match token.kind {
            TokenKind::Close => depth += 1,
            TokenKind::Open => depth = depth.saturating_sub(1),
            TokenKind::Weight(_) => continue,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    0
}

/// Where the operand that starts at `start` ends.
fn operand_end(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// The field of an operand that has places in one.
fn place_of(operand: &[Token]) -> Option<TextField> {
    let mut field = None;
    for token in operand {
        match &token.kind {
            TokenKind::Leaf(Some(leaf)) => {
                let own = leaf.positional_field()?;
                if *field.get_or_insert(own) != own {
                    return None;
                }
            }
            TokenKind::Open
            | TokenKind::Close
            | TokenKind::Or
            | TokenKind::Near(_)
            | TokenKind::Weight(_) => {}
            _ => return None,
        }
    }
    field
}

struct Arranger<'f> {
    looseness: Looseness,
    findings: &'f mut Findings,
    depth: usize,
    arranged: Vec<Token>,
}

impl Arranger<'_> {
    /// Writes `tokens` with parentheses around what binds more tightly.
    fn nest(&mut self, tokens: &[Token]) {
        let links = links(tokens);
        let looseness = self.looseness;
        let loosest = links.iter().map(|&(_, link)| looseness(link)).max();
        match (prefix(tokens), loosest) {
            (Some(prefix), Some(loosest)) if looseness(prefix) > loosest => {
                self.arranged.push(tokens[0].clone());
                self.operand(&tokens[1..]);
            }
            (_, Some(loosest)) => {
                let mut start = 0;
                for (at, link) in links {
                    if looseness(link) == loosest {
                        let end = at + width(link);
                        self.operand(&tokens[start..at]);
                        self.arranged.extend_from_slice(&tokens[at..end]);
                        start = end;
                    }
                }
                self.operand(&tokens[start..]);
            }
            (_, None) => self.groups(tokens),
        }
    }

    /// Writes an operand, in parentheses if there are operators in it.
    fn operand(&mut self, tokens: &[Token]) {
        let links = links(tokens);
        let looseness = self.looseness;
        let loosest = links.iter().map(|&(_, link)| looseness(link)).max();
        let prefixed = prefix(tokens).is_some_and(|prefix| Some(looseness(prefix)) > loosest);
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            return;
        };
        if links.is_empty() || prefixed {
            // A prefix has an operand of its own.
            match prefix(tokens) {
                Some(_) => self.deeper(tokens),
                None => self.nest(tokens),
            }
            return;
        }
        let token = |kind, at| Token {
            kind,
            span: Span { start: at, end: at },
        };
        self.arranged.push(token(TokenKind::Open, first.span.start));
        self.deeper(tokens);
        self.arranged.push(token(TokenKind::Close, last.span.end));
    }

    /// Writes what has no operator, and arranges what is in its parentheses.
    fn groups(&mut self, tokens: &[Token]) {
        let mut at = 0;
        while at < tokens.len() {
            self.arranged.push(tokens[at].clone());
            if tokens[at].kind == TokenKind::Open {
                let end = operand_end(tokens, at);
                self.deeper(&tokens[at + 1..end - 1]);
                self.arranged.push(tokens[end - 1].clone());
                at = end - 1;
            }
            at += 1;
        }
    }

    fn deeper(&mut self, tokens: &[Token]) {
        if self.depth > MAX_DEPTH {
            if let Some(first) = tokens.first() {
                nested_too_deep(first.span, self.findings);
            }
            self.arranged.extend_from_slice(tokens);
            return;
        }
        self.depth += 1;
        self.nest(tokens);
        self.depth -= 1;
    }
}

/// The operators outside parentheses, with their places.
fn links(tokens: &[Token]) -> Vec<(usize, Link)> {
    let mut links = Vec::new();
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        let link = match token.kind {
            TokenKind::Open => {
                depth += 1;
                continue;
            }
            TokenKind::Close => {
                depth = depth.saturating_sub(1);
                continue;
            }
            TokenKind::And | TokenKind::Near(_) if token.span.start == token.span.end => {
                Link::Beside
            }
            TokenKind::And if is_and_not(tokens, at) => Link::AndNot,
            TokenKind::And => Link::And,
            TokenKind::Or => Link::Or,
            TokenKind::Near(proximity) => Link::Near(proximity.reach),
            _ => continue,
        };
        if depth == 0 {
            links.push((at, link));
        }
    }
    links
}

/// Whether the AND at `at` and the NOT after it were typed as one operator.
fn is_and_not(tokens: &[Token], at: usize) -> bool {
    tokens
        .get(at + 1)
        .is_some_and(|next| next.kind == TokenKind::Not && next.span == tokens[at].span)
}

fn width(link: Link) -> usize {
    if link == Link::AndNot { 2 } else { 1 }
}

fn prefix(tokens: &[Token]) -> Option<Link> {
    match tokens.first()?.kind {
        TokenKind::Not => Some(Link::Not),
        TokenKind::AtLeast(_) => Some(Link::AtLeast),
        _ => None,
    }
}
