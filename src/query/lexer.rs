//! Query text to tokens.
//!
//! In: the query. Out: parentheses, operators, and leaves of the tree that know
//! their field. What is wrong inside a leaf is reported here.
//!
//! Operators are words in capitals. A field holds for the one value right after
//! its colon, or for all of a group in parentheses. Punctuation alone is no token.

mod values;

pub(super) use values::fuzzy_fault;

use std::ops::Range;

use jiff::civil::Date;

use super::ast::{Clause, Span, Weight};
use super::fields::Field;
use super::operators::{Fault, Operator, Proximity, operator, weight_suffix};
use super::problem::Findings;
use super::signs::{is_hebrew, is_space, plain};
use super::words::is_address;
use crate::analysis::WordForm;

/// A token and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: TokenKind,
    /// Its bytes in the query.
    pub(super) span: Span,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `AND`
    And,
    /// `OR`
    Or,
    /// `NOT`, or `-` before an operand.
    Not,
    /// `+` before an operand, which only Lucene's dialect has; it is gone before tokens are joined.
    Must,
    /// `NEAR/n` and its kin.
    Near(Proximity),
    /// `ATLEAST/n`
    AtLeast(u32),
    /// `^2` right after an operand.
    Weight(Weight),
    /// A leaf; `None` if its problem is reported and it is left out.
    Leaf(Option<Clause>),
}

/// Reads all tokens; problems and notices go to `findings`.
pub(super) fn read_tokens(text: &str, today: Date, findings: &mut Findings) -> Vec<Token> {
    let mut lexer = Lexer {
        text,
        chars: text
            .char_indices()
            .map(|(byte, c)| (byte, plain(c)))
            .collect(),
        at: 0,
        today,
        scopes: vec![Field::TEXT],
        pending: None,
        tokens: Vec::new(),
        findings,
    };
    lexer.run();
    lexer.tokens
}

/// Whether `bare`, written in the scope of `field`, is read as `leaf` and nothing else.
pub(super) fn reads_as(bare: &str, field: Field, leaf: &Clause) -> bool {
    // A parenthesis can be part of an address, but then it depends on what follows.
    if bare.contains(['(', ')']) {
        return false;
    }
    let text = match field {
        Field::TEXT => format!("({bare})"),
        _ => format!("{}:({bare})", field.name()),
    };
    let mut findings = Findings::default();
    let tokens = read_tokens(&text, Date::ZERO, &mut findings);
    let quiet = findings.problems.is_empty() && findings.notices.is_empty();
    let is_leaf = |kind: &TokenKind| matches!(kind, TokenKind::Leaf(Some(read)) if read == leaf);
    quiet && matches!(&tokens[..], [_, token, _] if is_leaf(&token.kind))
}

/// What is wrong where `said:` has a group and no name.
fn no_speaker() -> Fault {
    Fault {
        message: "`said:` has no name".to_owned(),
        hint: "write whose words they are before the parenthesis: `said:Lavrov(…)`".to_owned(),
    }
}

struct Lexer<'a> {
    text: &'a str,
    /// The bytes at which characters begin, and the characters as their plain twins.
    chars: Vec<(usize, char)>,
    /// The next character, an index into `chars`, as all places below.
    at: usize,
    today: Date,
    /// The fields of the groups that are open, the text's own first.
    scopes: Vec<Field>,
    /// The field right before the next token, and its span.
    pending: Option<(Field, Span)>,
    tokens: Vec<Token>,
    findings: &'a mut Findings,
}

impl Lexer<'_> {
    fn run(&mut self) {
        while let Some(c) = self.char(self.at) {
            if is_space(c) {
                self.at += 1;
                continue;
            }
            let before = self.tokens.len();
            let direct = self.pending.take();
            self.token(c, direct);
            if let Some((_, span)) = direct
                && self.tokens.len() == before
                && self.pending.is_none()
            {
                self.no_value(span);
            }
        }
    }

    /// Reads one token; `direct` is the field whose colon is right before it.
    fn token(&mut self, c: char, direct: Option<(Field, Span)>) {
        let scope = self.scopes.last().copied().unwrap_or(Field::TEXT);
        let field = direct.map_or(scope, |(field, _)| field);
        let start = self.at;
        match c {
            '(' => self.open(field),
            ')' => {
                if self.scopes.len() > 1 {
                    self.scopes.pop();
                }
                self.push(TokenKind::Close, start..start + 1);
                self.group_suffix();
            }
            '"' => self.phrase(start, field, false),
            '=' if field != Field::Date => self.exact(field),
            '-' if self.negates(direct) => {
                self.push(TokenKind::Not, start..start + 1);
                self.pending = direct;
            }
            '/' if !field.is_literal() && self.regex_end().is_some() => self.regex(field),
            _ if !field.is_literal() && self.field_prefix(field) => {}
            _ => {
                let end = self.run_end(start, field);
                let is_operator = direct.is_none() && self.operator(start..end);
                if !is_operator {
                    self.value(start..end, field, WordForm::Stem);
                }
            }
        }
    }

    /// Opens a group in a field; right after a speaker's name, in that part of the text, and
    /// right after `said:`, where a name is missing, in the whole.
    fn open(&mut self, field: Field) {
        let place = self.at..self.at + 1;
        let span = self.span(place.clone());
        let spoken = self
            .tokens
            .last()
            .filter(|last| last.span.end == span.start);
        let field = match (field, spoken.map(|last| &last.kind)) {
            (_, Some(TokenKind::Leaf(Some(Clause::Said { field, .. })))) => Field::Text(*field),
            (Field::Said(field), _) => {
                self.reject(span, no_speaker());
                Field::Text(field)
            }
            (field, _) => field,
        };
        self.scopes.push(field);
        self.push(TokenKind::Open, place);
    }

    /// `=word` or `="phrase"`; a `=` before anything else is punctuation.
    fn exact(&mut self, field: Field) {
        let start = self.at + 1;
        match self.char(start) {
            Some('"') => self.phrase(start, field, true),
            Some(c) if !is_space(c) && !matches!(c, '(' | ')') => {
                let end = self.run_end(start, field);
                self.value(start..end, field, WordForm::Exact);
            }
            _ => self.at = start,
        }
    }

    /// Whether the `-` here is a NOT: before an operand, and after a space, `(` or a field.
    fn negates(&self, direct: Option<(Field, Span)>) -> bool {
        let starts = match direct {
            Some((field, _)) => field != Field::Date && !field.is_literal(),
            None => match self.at.checked_sub(1).and_then(|before| self.char(before)) {
                None => true,
                Some(before) => is_space(before) || before == '(',
            },
        };
        let next = self.at + 1;
        starts
            && match self.char(next) {
                None | Some('-' | ')') => false,
                Some('(' | '"') => true,
                Some('=') if self.char(next + 1) == Some('"') => true,
                Some('*') if self.char(next + 1).is_none_or(|c| is_space(c) || c == ')') => true,
                Some(_) => self.chars[next..]
                    .iter()
                    .map(|&(_, c)| c)
                    .take_while(|&c| !is_space(c) && !matches!(c, '(' | ')' | '"'))
                    .any(char::is_alphanumeric),
            }
    }

    /// Reads `name:` if a field's name and a value are here, in the scope of `outer`; says if
    /// it moved on.
    fn field_prefix(&mut self, outer: Field) -> bool {
        let start = self.at;
        let letters = self.chars[start..].iter();
        let colon = start + letters.take_while(|(_, c)| c.is_ascii_alphabetic()).count();
        if colon == start || self.char(colon) != Some(':') {
            return false;
        }
        let name = self.plain_text(start..colon);
        let span = self.span(start..colon + 1);
        let next = self.char(colon + 1);
        let Some(field) = Field::by_name(&name) else {
            self.unknown_field(&name, next);
            return false;
        };
        match next {
            Some(c) if is_space(c) => {
                self.findings.notice(format!(
                    "`{name}:` before a space was read as the word `{name}`; \
                     for the field, write its value right after the colon"
                ));
                return false;
            }
            None | Some(')') => self.no_value(span),
            Some(_) => self.pending = Some((field.within(outer), span)),
        }
        self.at = colon + 1;
        true
    }

    fn unknown_field(&mut self, name: &str, next: Option<char>) {
        let has_value = next.is_some_and(|c| c.is_alphabetic() || matches!(c, '"' | '('));
        if name.len() > 1 && has_value {
            self.findings.notice(format!(
                "`{name}:` is no field and was read as text; fields are {}",
                Field::names()
            ));
        }
    }

    fn no_value(&mut self, span: Span) {
        let name = self.text[span.start..span.end].trim_end_matches([':', '：']);
        let hint = format!("write a value right after the colon, or leave `{name}:` away");
        let message = format!("`{name}:` has no value");
        self.findings.problem(span, &message, hint);
        self.tokens.push(Token {
            kind: TokenKind::Leaf(None),
            span,
        });
    }

    /// Reads an operator if one is here; says if it moved on.
    fn operator(&mut self, place: Range<usize>) -> bool {
        let run = self.plain_text(place.clone());
        let span = self.span(place.clone());
        let kind = match run.as_str() {
            "AND" => TokenKind::And,
            "OR" => TokenKind::Or,
            "NOT" => TokenKind::Not,
            "&&" | "||" => {
                let (kind, name) = match run.as_str() {
                    "&&" => (TokenKind::And, "AND"),
                    _ => (TokenKind::Or, "OR"),
                };
                let message = format!("`{run}` is no operator here");
                self.findings
                    .problem(span, &message, format!("write `{name}`"));
                kind
            }
            _ => {
                if run == "NEAR" {
                    let notice = "`NEAR` without a number was read as a word; write `NEAR/10`";
                    self.findings.notice(notice.to_owned());
                }
                return self.numbered_operator(&run, place);
            }
        };
        self.push(kind, place);
        true
    }

    /// Reads `NEAR/10`, `NOT NEAR/3`, `ATLEAST/2` and their kin; says if it moved on.
    fn numbered_operator(&mut self, run: &str, place: Range<usize>) -> bool {
        let Some((operator, fault)) = operator(run) else {
            return false;
        };
        let span = self.span(place.clone());
        if let Some(fault) = fault {
            self.reject(span, fault);
        }
        let kind = match operator {
            Operator::AtLeast(count) => TokenKind::AtLeast(count),
            Operator::Near(proximity) => {
                let is_not = |token: &Token| {
                    let written = &self.text[token.span.start..token.span.end];
                    token.kind == TokenKind::Not && written == "NOT"
                };
                let negated = self.tokens.last().is_some_and(is_not);
                if negated {
                    self.tokens.pop();
                }
                TokenKind::Near(Proximity {
                    negated,
                    ..proximity
                })
            }
        };
        self.push(kind, place);
        true
    }

    /// Reads a `^2` right after a parenthesis.
    fn group_suffix(&mut self) {
        let start = self.at;
        let end = self.run_end(start, Field::TEXT);
        let run = self.plain_text(start..end);
        if let Some((0, weight, fault)) = weight_suffix(&run) {
            self.weight(weight, fault, start..end);
        } else if run.starts_with('~') {
            let fault = Fault {
                message: format!("`{run}` after a parenthesis means nothing"),
                hint: "write it after a word or a phrase, or `NEAR/3` between words".to_owned(),
            };
            let span = self.span(start..end);
            self.reject(span, fault);
            self.at = end;
        }
    }

    fn weight(&mut self, weight: Weight, fault: Option<Fault>, place: Range<usize>) {
        if let Some(fault) = fault {
            let span = self.span(place.clone());
            self.reject(span, fault);
        }
        self.push(TokenKind::Weight(weight), place);
    }

    /// The end of the run that starts at `start`: at a space, a quote or a parenthesis.
    ///
    /// Parentheses that match belong to an address.
    fn run_end(&self, start: usize, field: Field) -> usize {
        let mut depth = 0_usize;
        let mut literal = field.is_literal().then_some(true);
        for place in start..self.chars.len() {
            let c = self.chars[place].1;
            if is_space(c) || (c == '"' && !self.is_letter_quote(place)) {
                return place;
            }
            if !matches!(c, '(' | ')') {
                continue;
            }
            let literal =
                *literal.get_or_insert_with(|| is_address(&self.plain_text(start..place)));
            match (literal, c) {
                (true, '(') => depth += 1,
                (true, _) if depth > 0 => depth -= 1,
                _ => return place,
            }
        }
        self.chars.len()
    }

    /// Whether the quote at `place` stands between Hebrew letters, as in `צה"ל`.
    fn is_letter_quote(&self, place: usize) -> bool {
        let hebrew = |place: usize| self.char(place).is_some_and(is_hebrew);
        place > 0 && hebrew(place - 1) && hebrew(place + 1)
    }

    fn char(&self, place: usize) -> Option<char> {
        self.chars.get(place).map(|&(_, c)| c)
    }

    fn plain_text(&self, place: Range<usize>) -> String {
        self.chars[place].iter().map(|&(_, c)| c).collect()
    }

    fn span(&self, place: Range<usize>) -> Span {
        let byte = |at: usize| {
            self.chars
                .get(at)
                .map_or(self.text.len(), |&(byte, _)| byte)
        };
        Span {
            start: byte(place.start),
            end: byte(place.end),
        }
    }

    fn reject(&mut self, span: Span, fault: Fault) {
        self.findings.problem(span, &fault.message, fault.hint);
    }

    fn push(&mut self, kind: TokenKind, place: Range<usize>) {
        let span = self.span(place.clone());
        self.tokens.push(Token { kind, span });
        self.at = place.end;
    }
}
