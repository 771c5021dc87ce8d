//! Pieces to tokens: what the dialects share.
//!
//! In: pieces, and what a dialect makes of each. Out: tokens of our own lexer. Words side
//! by side gather until something else comes; they are a phrase then.

use jiff::civil::Date;

use super::super::ast::{Clause, DayRange, Reach, Span, TextField, Word};
use super::super::balance::unclosed;
use super::super::dates::parse_days;
use super::super::fields::Field;
use super::super::leaves;
use super::super::lexer::{Token, TokenKind};
use super::super::operators::{Fault, Proximity};
use super::super::parser::join_tokens;
use super::super::problem::Findings;
use super::super::signs::is_space;
use super::super::words::{has_wildcard, has_word};
use super::days::{Compared, iso};
use super::meaning::{Meaning, head_or_lead};
use super::pieces::{Piece, PieceKind, pieces};
use super::truncation::Truncated;
use super::{Dialect, arranged};
use crate::analysis::WordForm;

/// Reads pieces into tokens.
pub(super) struct Reader<'q> {
    pub(super) query: &'q str,
    pub(super) findings: &'q mut Findings,
    dialect: Dialect,
    today: Date,
    pieces: Vec<Piece>,
    at: usize,
    tokens: Vec<Token>,
    groups: Vec<Group>,
    /// Words side by side, not yet a token.
    words: Vec<SideWord>,
}

/// A group that is open.
struct Group {
    meaning: Meaning,
    /// Where its first token is.
    start: usize,
    span: Span,
    /// Whether it has no parentheses, and ends at the next AND, OR, NOT or field.
    implicit: bool,
}

struct SideWord {
    truncated: Truncated,
    form: WordForm,
    span: Span,
}

impl<'q> Reader<'q> {
    pub(super) fn new(
        query: &'q str,
        dialect: Dialect,
        today: Date,
        findings: &'q mut Findings,
    ) -> Self {
        Self {
            query,
            dialect,
            today,
            pieces: pieces(query, dialect, findings),
            at: 0,
            tokens: Vec::new(),
            groups: Vec::new(),
            words: Vec::new(),
            findings,
        }
    }

    /// The next piece, and moves on.
    pub(super) fn next(&mut self) -> Option<Piece> {
        let piece = self.pieces.get(self.at)?.clone();
        self.at += 1;
        Some(piece)
    }

    /// The piece that is `ahead` of the next one.
    pub(super) fn peek(&self, ahead: usize) -> Option<&Piece> {
        self.pieces.get(self.at + ahead)
    }

    /// The text of a coming run in lower case.
    pub(super) fn peek_run(&self, ahead: usize) -> Option<String> {
        let piece = self.peek(ahead)?;
        (piece.kind == PieceKind::Run).then(|| piece.text.to_ascii_lowercase())
    }

    pub(super) fn skip(&mut self, pieces: usize) {
        self.at += pieces;
    }

    /// Whether a piece of this kind comes right after the byte `end`.
    pub(super) fn follows(&self, kind: PieceKind, end: usize) -> bool {
        self.peek(0)
            .is_some_and(|piece| piece.kind == kind && piece.span.start == end)
    }

    /// The field that words are read in here.
    pub(super) fn field(&self) -> Field {
        self.groups
            .last()
            .map_or(Field::TEXT, |group| group.meaning.field())
    }

    /// The field of names that words are read in here, or else the text.
    fn names(&self) -> Field {
        Some(self.field())
            .filter(|field| field.is_name())
            .unwrap_or(Field::TEXT)
    }

    /// Whether an operand has just ended.
    pub(super) fn after_operand(&self) -> bool {
        let last = self.tokens.last().map(|token| &token.kind);
        !self.words.is_empty() || matches!(last, Some(TokenKind::Leaf(_) | TokenKind::Close))
    }

    /// What relative dates count from.
    pub(super) fn today(&self) -> Date {
        self.today
    }

    pub(super) fn problem(&mut self, span: Span, message: &str, hint: &str) {
        self.findings.problem(span, message, hint.to_owned());
    }

    pub(super) fn fault(&mut self, span: Span, fault: Option<Fault>) {
        if let Some(fault) = fault {
            self.findings.problem(span, &fault.message, fault.hint);
        }
    }

    /// Writes a token after the words that wait.
    pub(super) fn push(&mut self, kind: TokenKind, span: Span) {
        self.flush();
        self.tokens.push(Token { kind, span });
    }

    /// Writes AND, OR or NOT, which end a field without parentheses.
    pub(super) fn connect(&mut self, kind: TokenKind, span: Span) {
        self.end_implicit();
        self.push(kind, span);
    }

    /// Writes `and not` as one operator, or NOT where nothing is before it.
    pub(super) fn exclude(&mut self, span: Span) {
        self.end_implicit();
        self.flush();
        if self.after_operand() {
            self.push(TokenKind::And, span);
        }
        self.push(TokenKind::Not, span);
    }

    /// Writes a NEAR; a bound that is none of ours is reported.
    pub(super) fn near(&mut self, reach: (Reach, Option<Fault>), in_order: bool, span: Span) {
        let (reach, fault) = reach;
        self.fault(span, fault);
        let proximity = Proximity {
            reach,
            in_order,
            negated: false,
        };
        self.push(TokenKind::Near(proximity), span);
    }

    /// Adds a word to those side by side; punctuation alone is none.
    pub(super) fn word(&mut self, truncated: Truncated, form: WordForm, span: Span) {
        if !has_word(&truncated.text) {
            return;
        }
        let wildcard = truncated.wildcard();
        let fault =
            has_wildcard(&wildcard, false).then(|| leaves::wildcard_fault(&wildcard, self.names()));
        match fault.flatten() {
            Some(fault) => {
                self.fault(span, Some(fault));
                self.push(TokenKind::Leaf(None), span);
            }
            None => self.words.push(SideWord {
                truncated,
                form,
                span,
            }),
        }
    }

    /// Adds the words in quotes, as written, with the dialect's wildcards.
    pub(super) fn quoted(&mut self, piece: &Piece, truncated: fn(&str) -> Truncated) {
        for word in piece.text.split(is_space).filter(|word| !word.is_empty()) {
            self.word(truncated(word), WordForm::Exact, piece.span);
        }
    }

    /// Makes the words that wait a leaf.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return;
        };
        let span = Span {
            start: first.span.start,
            end: last.span.end,
        };
        let Field::Text(field) = self.field() else {
            let texts: Vec<String> = words.iter().map(|word| word.truncated.wildcard()).collect();
            let leaf = leaves::quoted(&texts, self.field(), false);
            self.tokens.push(Token {
                kind: TokenKind::Leaf(leaf),
                span,
            });
            return;
        };
        let rows = rows(words);
        let beside = Proximity {
            reach: Reach::Words(1),
            in_order: true,
            negated: false,
        };
        let mut push = |kind| self.tokens.push(Token { kind, span });
        let several = rows.len() > 1;
        if several {
            push(TokenKind::Open);
        }
        for (index, row) in rows.into_iter().enumerate() {
            if index > 0 {
                push(TokenKind::Near(beside));
            }
            push(TokenKind::Leaf(Some(Clause::phrase(field, row))));
        }
        if several {
            push(TokenKind::Close);
        }
    }

    /// Opens a group that means what is around it.
    pub(super) fn open(&mut self, span: Span) {
        let field = self.field();
        self.open_group(Meaning::In(field), span, false);
    }

    /// Opens a group in a field; `implicit` if it has no parentheses of its own.
    pub(super) fn open_group(&mut self, meaning: Meaning, span: Span, implicit: bool) {
        self.flush();
        let name = &self.query[span.start..span.end];
        let name = name.trim_end_matches(['(', '[', '=']).to_owned();
        match meaning {
            Meaning::Missing(what) => {
                let message = format!("`{name}` asks for {what}, which is not kept here");
                self.problem(
                    span,
                    &message,
                    "leave it away, or look for words of the text",
                );
            }
            Meaning::Anywhere => {
                let notice = format!("`{name}` was read as anywhere in the text");
                self.findings.notice(notice);
            }
            Meaning::WordsOnly(what) => {
                let notice = format!("`{name}` was left away: {what}");
                self.findings.notice(notice);
            }
            _ => {}
        }
        let in_head = |group: &Group| matches!(group.meaning, Meaning::HeadOrLead);
        let meaning = match meaning {
            // The outer one asks for the lead too.
            Meaning::HeadOrLead if self.groups.iter().any(in_head) => {
                Meaning::In(Field::Text(TextField::Title))
            }
            Meaning::In(field) => Meaning::In(field.within(self.field())),
            other => other,
        };
        self.groups.push(Group {
            meaning,
            start: self.tokens.len(),
            span,
            implicit,
        });
        self.tokens.push(Token {
            kind: TokenKind::Open,
            span,
        });
    }

    /// Reads a `)`.
    pub(super) fn close(&mut self, span: Span) {
        self.end_implicit();
        self.flush();
        match self.groups.pop() {
            Some(group) => self.close_group(&group, span),
            None => self.push(TokenKind::Close, span),
        }
    }

    /// Ends a field without parentheses.
    pub(super) fn end_implicit(&mut self) {
        self.flush();
        if self.groups.last().is_some_and(|group| group.implicit)
            && let Some(group) = self.groups.pop()
        {
            let end = self
                .tokens
                .last()
                .map_or(group.span.end, |last| last.span.end);
            self.close_group(&group, Span { start: end, end });
        }
    }

    fn close_group(&mut self, group: &Group, span: Span) {
        self.tokens.push(Token {
            kind: TokenKind::Close,
            span,
        });
        let whole = Span {
            start: group.span.start,
            end: span.end,
        };
        let leaf = match group.meaning {
            Meaning::Missing(_) => {
                self.tokens.truncate(group.start);
                None
            }
            Meaning::HeadOrLead => {
                let inner = self.tokens.split_off(group.start);
                let inner = arranged(inner, self.dialect, span.end, self.findings);
                join_tokens(self.query, inner, self.findings).map(head_or_lead)
            }
            _ => return,
        };
        self.tokens.push(Token {
            kind: TokenKind::Leaf(leaf),
            span: whole,
        });
    }

    /// Makes the operand that has just ended something else; problems are its own.
    pub(super) fn change_operand(&mut self, change: impl Fn(Clause) -> Clause) {
        self.flush();
        let mut depth = 0_usize;
        for token in self.tokens.iter_mut().rev() {
            match &mut token.kind {
                TokenKind::Close => depth += 1,
                TokenKind::Open => depth = depth.saturating_sub(1),
                TokenKind::Leaf(Some(leaf)) => *leaf = change(leaf.clone()),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }

    /// Writes days, which stand between the bytes of `span`; what is no date is reported.
    pub(super) fn days(&mut self, values: &[String], span: Span) {
        self.end_implicit();
        let mut range = DayRange::default();
        for value in values {
            match parse_days(value, self.today) {
                Ok(days) => {
                    range.since = range.since.max(days.since);
                    range.until = match (range.until, days.until) {
                        (Some(one), Some(other)) => Some(one.min(other)),
                        (one, other) => one.or(other),
                    };
                }
                Err(fault) => {
                    self.problem(span, fault.message, NO_DATE_HINT);
                    self.push(TokenKind::Leaf(None), span);
                    return;
                }
            }
        }
        let is_empty = range.until.is_some() && range.since > range.until;
        if is_empty || values.is_empty() {
            let message = match is_empty {
                true => "this range ends before it begins",
                false => "this is no date",
            };
            self.problem(span, message, NO_DATE_HINT);
            self.push(TokenKind::Leaf(None), span);
            return;
        }
        self.push(TokenKind::Leaf(Some(Clause::Date(range))), span);
    }

    /// Takes a date of up to three runs that come now, with a comparison before it if there is one.
    pub(super) fn take_day(&mut self, compared: Compared) -> Option<String> {
        let compared = match self.peek_run(0).and_then(|run| Compared::by_name(&run)) {
            Some(own) => {
                self.skip(1);
                own
            }
            None => compared,
        };
        let runs: Vec<String> = (0..3).map_while(|ahead| self.peek_run(ahead)).collect();
        let words: Vec<&str> = runs.iter().map(String::as_str).collect();
        let found = (1..=words.len()).rev().find_map(|count| {
            let date = iso(&words[..count])?;
            Some((count, date))
        });
        let (count, date) = found?;
        self.skip(count);
        Some(compared.of(&date))
    }

    /// The end of the piece before the next one.
    pub(super) fn end(&self) -> usize {
        let before = self.at.checked_sub(1).and_then(|at| self.pieces.get(at));
        before.map_or(0, |piece| piece.span.end)
    }

    /// All tokens; groups that are open are closed and reported.
    pub(super) fn finish(mut self) -> Vec<Token> {
        self.end_implicit();
        self.flush();
        while let Some(group) = self.groups.pop() {
            let end = self.query.len();
            if !group.implicit {
                unclosed(group.span, self.findings);
            }
            self.close_group(&group, Span { start: end, end });
        }
        self.tokens
    }
}

/// What to write for days.
const NO_DATE_HINT: &str = "write a year, or year, month and day: 2025, 20250315, 2025-03-15";

/// The phrases that words side by side are: one, or several where a word is a regular expression.
fn rows(words: Vec<SideWord>) -> Vec<Vec<Word>> {
    let mut rows: Vec<Vec<Word>> = Vec::new();
    let mut open = false;
    for word in words {
        match word.truncated.regex() {
            Some(regex) => {
                rows.push(vec![regex]);
                open = false;
            }
            None => {
                let Some(word) = leaves::word(&word.truncated.wildcard(), word.form) else {
                    continue;
                };
                match rows.last_mut().filter(|_| open) {
                    Some(row) => row.push(word),
                    None => rows.push(vec![word]),
                }
                open = true;
            }
        }
    }
    rows
}

/// Whether a leaf is about words of the whole text, so that it can be about the lead instead.
pub(super) fn is_about_text(clause: &Clause) -> bool {
    clause.positional_field() == Some(TextField::Text)
}
