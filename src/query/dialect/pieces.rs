//! Query text to pieces: parentheses, quotations, and runs of other characters.
//!
//! In: the query. Out: pieces, which every dialect reads in its own way.

use super::super::ast::Span;
use super::super::problem::Findings;
use super::super::signs::{is_hebrew, is_space, plain};
use super::super::words::has_word;
use super::Dialect;

/// The longest regular expression that is recognised, in characters.
const MAX_REGEX_CHARS: usize = 200;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// `(`
    Open,
    /// `)`
    Close,
    /// What stands in quotes.
    Quoted,
    /// Characters without space, quote or parenthesis.
    Run,
}

/// A piece of a query.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    /// Its characters as their plain twins, one for one; without the quotes.
    pub(super) text: String,
    /// Its bytes in the query, with the quotes.
    pub(super) span: Span,
}

impl Piece {
    /// The part of a run that these bytes of its text are.
    pub(super) fn part(&self, query: &str, from: usize, to: usize) -> Self {
        let typed = &query[self.span.start..self.span.end];
        let byte = |at: usize| {
            if at == self.text.len() {
                return self.span.end;
            }
            let chars = self.text[..at].chars().count();
            let place = typed.char_indices().nth(chars);
            self.span.start + place.map_or(typed.len(), |(byte, _)| byte)
        };
        Self {
            kind: self.kind,
            text: self.text[from..to].to_owned(),
            span: Span {
                start: byte(from),
                end: byte(to),
            },
        }
    }
}

/// Cuts a query into pieces.
pub(super) fn pieces(query: &str, dialect: Dialect, findings: &mut Findings) -> Vec<Piece> {
    let chars = query.char_indices().map(|(byte, c)| (byte, plain(c)));
    let mut cutter = Cutter {
        query,
        chars: chars.collect(),
        at: 0,
        dialect,
        pieces: Vec::new(),
    };
    while let Some(c) = cutter.char(cutter.at) {
        match c {
            c if is_space(c) => cutter.at += 1,
            '"' => cutter.quoted(findings),
            c => match cutter.parenthesis(c) {
                Some(kind) => cutter.push(kind, cutter.at, cutter.at + 1),
                None => cutter.push(PieceKind::Run, cutter.at, cutter.run_end()),
            },
        }
    }
    cutter.pieces
}

struct Cutter<'q> {
    query: &'q str,
    chars: Vec<(usize, char)>,
    at: usize,
    dialect: Dialect,
    pieces: Vec<Piece>,
}

impl Cutter<'_> {
    fn char(&self, place: usize) -> Option<char> {
        self.chars.get(place).map(|&(_, c)| c)
    }

    /// Whether `c` opens or closes a group; Factiva takes brackets too.
    fn parenthesis(&self, c: char) -> Option<PieceKind> {
        match c {
            '(' => Some(PieceKind::Open),
            ')' => Some(PieceKind::Close),
            '[' if self.dialect == Dialect::Factiva => Some(PieceKind::Open),
            ']' if self.dialect == Dialect::Factiva => Some(PieceKind::Close),
            _ => None,
        }
    }

    fn run_end(&self) -> usize {
        let mut place = self.at;
        while let Some(c) = self.char(place) {
            if c == '\\' && self.dialect == Dialect::Lucene {
                place += 2;
                continue;
            }
            let ends = is_space(c)
                || (c == '"' && !self.is_letter_quote(place))
                || self.parenthesis(c).is_some();
            if ends {
                break;
            }
            place = match c {
                '/' => self.regex_end(place).unwrap_or(place + 1),
                _ => place + 1,
            };
        }
        place.min(self.chars.len())
    }

    /// The end of Lucene's `/…/` that begins here, after nothing, a sign or a field.
    fn regex_end(&self, start: usize) -> Option<usize> {
        let before = start.checked_sub(1).filter(|&before| before >= self.at);
        let begins = before.is_none_or(|before| matches!(self.chars[before].1, ':' | '+' | '-'));
        if self.dialect != Dialect::Lucene || !begins {
            return None;
        }
        let last = self.chars.len().min(start + MAX_REGEX_CHARS);
        let close = (start + 1..last)
            .find(|&place| self.chars[place].1 == '/' && self.chars[place - 1].1 != '\\')?;
        let after = self.char(close + 1);
        let ends = after.is_none_or(|c| is_space(c) || matches!(c, ')' | '^'));
        ends.then_some(close + 1)
    }

    /// Whether the quote at `place` stands between Hebrew letters, as in `צה"ל`.
    fn is_letter_quote(&self, place: usize) -> bool {
        let hebrew = |place: usize| self.char(place).is_some_and(is_hebrew);
        place > self.at && hebrew(place - 1) && hebrew(place + 1)
    }

    fn quoted(&mut self, findings: &mut Findings) {
        let start = self.at;
        let close = (start + 1..self.chars.len()).find(|&place| self.chars[place].1 == '"');
        let end = close.unwrap_or(self.chars.len());
        self.push(PieceKind::Quoted, start + 1, end);
        self.at = close.map_or(end, |close| close + 1);
        let (from, to) = (self.byte(start), self.byte(self.at));
        if let Some(piece) = self.pieces.last_mut() {
            piece.span = Span {
                start: from,
                end: to,
            };
            if close.is_none() {
                let last = piece.text.split(is_space).rfind(|word| has_word(word));
                let hint = match last {
                    Some(last) => format!("add a closing quote after `{last}`"),
                    None => "remove it".to_owned(),
                };
                findings.problem(piece.span, "this quote is never closed", hint);
            }
        }
    }

    fn push(&mut self, kind: PieceKind, start: usize, end: usize) {
        let span = Span {
            start: self.byte(start),
            end: self.byte(end),
        };
        let text = self.chars[start..end].iter().map(|&(_, c)| c).collect();
        self.pieces.push(Piece { kind, text, span });
        self.at = end;
    }

    fn byte(&self, place: usize) -> usize {
        let place = self.chars.get(place);
        place.map_or(self.query.len(), |&(byte, _)| byte)
    }
}
