//! Values to leaves: words, phrases, dates, and what is wrong inside them.
//!
//! In: the place of a value and its field. Out: a leaf token; syntax to come is
//! reported, and read as its hint says.

use std::ops::Range;

use super::super::ast::Clause;
use super::super::dates::parse_days;
use super::super::fields::Field;
use super::super::signs::is_space;
use super::super::words::{has_word, is_address};
use super::super::{leaves, unsupported};
use super::{Lexer, TokenKind};

/// The longest regular expression that is recognised, in characters.
const MAX_REGEX_CHARS: usize = 200;

impl Lexer<'_> {
    /// Reads the characters of `place` as a value of `field`.
    pub(super) fn value(&mut self, place: Range<usize>, field: Field, exact: bool) {
        let run = self.plain_text(place.clone());
        if let Some(word) = run.strip_prefix('!').filter(|word| has_word(word)) {
            self.findings.notice(format!(
                "`!` is no operator; for articles without it, write `NOT {word}`"
            ));
        }
        let leaf = match field {
            Field::Date => self.days(&run, place.clone()),
            _ if run == "*" || run == "*:*" => self.everything(place.clone(), field),
            _ if !has_word(&run) => {
                self.at = place.end;
                return;
            }
            _ if field.is_literal() => self
                .without_wildcard(&run, place.start, field)
                .and_then(|run| leaves::bare(&run, field, false)),
            _ if is_address(&run) => leaves::bare(&run, field, exact),
            _ => self
                .without_suffix(&run, place.start, field)
                .and_then(|run| leaves::bare(&run, field, exact)),
        };
        self.push(TokenKind::Leaf(leaf), place);
    }

    fn days(&mut self, value: &str, place: Range<usize>) -> Option<Clause> {
        if value == "*" {
            return self.everything(place, Field::Date);
        }
        parse_days(value, self.today)
            .map_err(|fault| {
                let span = self.span(place);
                self.findings.problem(span, fault.message, fault.hint);
            })
            .ok()
            .map(Clause::Date)
    }

    fn everything(&mut self, place: Range<usize>, field: Field) -> Option<Clause> {
        if field == Field::TEXT {
            return Some(Clause::All);
        }
        let span = self.span(place);
        self.reject_unsupported(span, unsupported::any_value(field.name()));
        None
    }

    /// `run` without the syntax to come; `None` if nothing is left.
    fn without_suffix(&mut self, run: &str, start: usize, field: Field) -> Option<String> {
        let run = match unsupported::word_suffix(run) {
            None => run,
            Some((at_byte, construct)) => {
                let at = start + run[..at_byte].chars().count();
                let end = start + run.chars().count();
                let span = self.span(at..end);
                self.reject_unsupported(span, construct);
                &run[..at_byte]
            }
        };
        self.without_wildcard(run, start, field)
    }

    /// `run` without wildcards; `None` if nothing is left.
    fn without_wildcard(&mut self, run: &str, start: usize, field: Field) -> Option<String> {
        let signs: &[char] = if field.is_literal() {
            &['*']
        } else {
            &['*', '?']
        };
        let Some(wildcard) = unsupported::wildcard(run, signs) else {
            return Some(run.to_owned());
        };
        let at = start + run[..wildcard.at_byte].chars().count();
        let span = self.span(at..at + 1);
        self.reject_unsupported(span, wildcard.construct);
        wildcard.stem
    }

    /// Reads a phrase from the quote at `quote`; without an end it goes to the query's.
    pub(super) fn phrase(&mut self, quote: usize, field: Field, exact: bool) {
        let start = self.at;
        let inside = quote + 1;
        let close = (inside..self.chars.len())
            .find(|&place| self.chars[place].1 == '"' && !self.is_letter_quote(place));
        let end = close.unwrap_or(self.chars.len());
        if close.is_none() {
            self.unclosed(quote..quote + 1);
        }
        if field == Field::Date {
            let content = self.plain_text(inside..end);
            let leaf = self.days(content.trim(), inside..end.max(inside));
            self.push(TokenKind::Leaf(leaf), start..end);
        } else {
            let pieces = self.pieces(inside..end, field);
            if let Some(leaf) = leaves::quoted(&pieces, field, exact) {
                self.push(TokenKind::Leaf(Some(leaf)), start..end);
            }
        }
        self.at = close.map_or(end, |close| close + 1);
        if close.is_some() {
            self.phrase_suffix();
        }
    }

    /// The words between quotes, those with wildcards reported and repaired.
    fn pieces(&mut self, place: Range<usize>, field: Field) -> Vec<String> {
        let mut pieces = Vec::new();
        let mut at = place.start;
        while at < place.end {
            if is_space(self.chars[at].1) {
                at += 1;
                continue;
            }
            let rest = self.chars[at..place.end].iter();
            let end = at + rest.take_while(|(_, c)| !is_space(*c)).count();
            let piece = self.plain_text(at..end);
            if is_address(&piece) || !has_word(&piece) {
                pieces.push(piece);
            } else {
                pieces.extend(self.without_wildcard(&piece, at, field));
            }
            at = end;
        }
        pieces
    }

    fn unclosed(&mut self, quote: Range<usize>) {
        let after = self.plain_text(quote.end..self.chars.len());
        let hint = match after.split(is_space).rfind(|piece| has_word(piece)) {
            Some(last) => format!("add a closing quote after `{last}`"),
            None => "remove it".to_owned(),
        };
        let span = self.span(quote);
        self.findings
            .problem(span, "this quote is never closed", hint);
    }

    fn phrase_suffix(&mut self) {
        let end = self.run_end(self.at, Field::TEXT);
        let suffix = self.plain_text(self.at..end);
        if let Some(construct) = unsupported::phrase_suffix(&suffix) {
            let span = self.span(self.at..end);
            self.reject_unsupported(span, construct);
            self.at = end;
        }
    }

    pub(super) fn regex(&mut self) {
        let place = self.at..self.regex_end().unwrap_or(self.at + 1);
        let span = self.span(place.clone());
        self.reject_unsupported(span, unsupported::regular_expression());
        self.push(TokenKind::Leaf(None), place);
    }

    /// The end of the `/…/` that begins here.
    pub(super) fn regex_end(&self) -> Option<usize> {
        let first = self.at + 1;
        self.char(first).filter(|&c| !is_space(c) && c != '/')?;
        let last = self.chars.len().min(first + MAX_REGEX_CHARS);
        let closes = |place: usize| {
            let after = self.char(place + 1);
            self.chars[place].1 == '/'
                && !is_space(self.chars[place - 1].1)
                && after.is_none_or(|c| is_space(c) || c == ')')
        };
        (first + 1..last)
            .take_while(|&place| self.chars[place].1 != '"')
            .find(|&place| closes(place))
            .map(|place| place + 1)
    }
}
