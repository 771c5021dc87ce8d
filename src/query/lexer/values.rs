//! Values to leaves: words, phrases, dates, and what is wrong inside them.
//!
//! In: the place of a value and its field. Out: a leaf token, and a weight if it has one.

use std::ops::Range;

use super::super::ast::Clause;
use super::super::dates::parse_days;
use super::super::fields::Field;
use super::super::leaves;
use super::super::operators::{Fault, edits_suffix, gaps_suffix, weight_suffix};
use super::super::signs::is_space;
use super::super::words::{has_wildcard, has_word, is_address};
use super::{Lexer, TokenKind};
use crate::analysis::{WordForm, word_regex};

/// The longest regular expression that is recognised, in characters.
const MAX_REGEX_CHARS: usize = 200;

impl Lexer<'_> {
    /// Reads the characters of `place` as a value of `field`.
    pub(super) fn value(&mut self, place: Range<usize>, field: Field, form: WordForm) {
        let run = self.plain_text(place.clone());
        if let Some(word) = run.strip_prefix('!').filter(|word| has_word(word)) {
            self.findings.notice(format!(
                "`!` is no operator; for articles without it, write `NOT {word}`"
            ));
        }
        if field.is_name() && form == WordForm::Exact {
            let span = self.span(place.clone());
            self.reject(span, leaves::name_fault("`=`"));
        }
        match field {
            Field::Date => {
                let leaf = self.days(&run, place.clone());
                self.push(TokenKind::Leaf(leaf), place);
            }
            _ if run == "*" || run == "*:*" => {
                let leaf = self.everything(place.clone(), field);
                self.push(TokenKind::Leaf(leaf), place);
            }
            _ if !has_word(&run) => self.at = place.end,
            _ if field.is_literal() || is_address(&run) => {
                let leaf = self.leaf(&run, place.clone(), (field, form));
                self.push(TokenKind::Leaf(leaf), place);
            }
            _ => self.suffixed(&run, place, (field, form)),
        }
    }

    /// Reads a word with its `~1` and `^2`.
    fn suffixed(&mut self, run: &str, place: Range<usize>, (field, form): (Field, WordForm)) {
        let (mut word, mut end) = (run, place.end);
        let mut weight = None;
        if let Some((at_byte, amount, fault)) =
            weight_suffix(word).filter(|suffix| can_end(&word[..suffix.0]))
        {
            word = &word[..at_byte];
            let start = place.start + word.chars().count();
            weight = Some((amount, fault, start..end));
            end = start;
        }
        let mut form = form;
        if let Some((at_byte, edits, fault)) =
            edits_suffix(word).filter(|suffix| can_end(&word[..suffix.0]))
        {
            let start = place.start + word[..at_byte].chars().count();
            let fault = fault.or_else(|| fuzzy_fault(&word[..at_byte], field));
            if let Some(fault) = fault {
                let span = self.span(start..end);
                self.reject(span, fault);
            }
            word = &word[..at_byte];
            form = WordForm::Fuzzy(edits);
        }
        let leaf = self.leaf(word, place.start..end, (field, form));
        self.push(TokenKind::Leaf(leaf), place.start..end);
        if let Some((weight, fault, place)) = weight {
            self.weight(weight, fault, place);
        }
    }

    /// The leaf of a value without suffixes; `None` if its wildcards stand for too many words.
    fn leaf(
        &mut self,
        run: &str,
        place: Range<usize>,
        (field, form): (Field, WordForm),
    ) -> Option<Clause> {
        if self.is_vague(run, place, field) {
            return None;
        }
        leaves::bare(run, field, form)
    }

    fn is_vague(&mut self, run: &str, place: Range<usize>, field: Field) -> bool {
        let literal = field.is_literal();
        let is_wildcard = has_wildcard(run, literal) && (literal || !is_address(run));
        let fault = is_wildcard
            .then(|| leaves::wildcard_fault(run, field))
            .flatten();
        let is_vague = fault.is_some();
        if let Some(fault) = fault {
            let span = self.span(place);
            self.reject(span, fault);
        }
        is_vague
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
        self.reject(span, leaves::any_value(field.name()));
        None
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
            if exact && field.is_name() {
                let span = self.span(start..start + 1);
                self.reject(span, leaves::name_fault("`=`"));
            }
            let pieces = self.pieces(inside..end, field);
            let leaf = leaves::quoted(&pieces, field, exact);
            // What follows a quotation is about that, not about the word before it.
            let has_suffix = self
                .char(end + 1)
                .is_some_and(|sign| matches!(sign, '~' | '^'));
            if leaf.is_some() || has_suffix {
                let after = close.map_or(end, |close| close + 1);
                self.push(TokenKind::Leaf(leaf), start..after);
            }
        }
        self.at = close.map_or(end, |close| close + 1);
        if close.is_some() {
            self.phrase_suffix();
        }
    }

    /// The words between quotes, without those whose wildcards stand for too many words.
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
            if piece == "*" {
                let fault = Fault {
                    message: "`*` alone in a phrase stands for nothing".to_owned(),
                    hint: "write `~1` after the phrase for a word in between".to_owned(),
                };
                let span = self.span(at..end);
                self.reject(span, fault);
            } else if !self.is_vague(&piece, at..end, field) {
                pieces.push(piece);
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

    /// Reads the `~3` and `^2` right after a closing quote.
    fn phrase_suffix(&mut self) {
        let start = self.at;
        let mut end = self.run_end(start, Field::TEXT);
        let run = self.plain_text(start..end);
        let mut weight = None;
        let mut gaps = run.as_str();
        if let Some((at_byte, amount, fault)) = weight_suffix(&run) {
            gaps = &run[..at_byte];
            let at = start + gaps.chars().count();
            weight = Some((amount, fault, at..end));
            end = at;
        }
        let applied = gaps.is_empty() || self.phrase_gaps(gaps, start..end);
        if let Some((weight, fault, place)) = weight.filter(|_| applied) {
            self.weight(weight, fault, place);
        }
    }

    /// Applies a `~3` to the leaf before it: gaps of a phrase, edits of a word. Says if it is one.
    fn phrase_gaps(&mut self, run: &str, place: Range<usize>) -> bool {
        let Some((gaps, gaps_fault)) = gaps_suffix(run) else {
            return false;
        };
        let last = self.tokens.last_mut().map(|token| &mut token.kind);
        let fault = match last {
            Some(TokenKind::Leaf(Some(Clause::Phrase { gaps: of, .. }))) => {
                *of = gaps;
                gaps_fault
            }
            Some(TokenKind::Leaf(Some(Clause::Word { word, .. })))
                if word.form != WordForm::Wildcard =>
            {
                let edits = edits_suffix(run);
                word.form = WordForm::Fuzzy(edits.as_ref().map_or(1, |edits| edits.1));
                edits.and_then(|edits| edits.2)
            }
            _ => Some(Fault {
                message: format!("`{run}` means nothing here"),
                hint: format!("leave `{run}` away"),
            }),
        };
        if let Some(fault) = fault {
            let span = self.span(place.clone());
            self.reject(span, fault);
        }
        self.at = place.end;
        true
    }

    /// Reads the `/…/` that begins here.
    pub(super) fn regex(&mut self, field: Field) {
        let end = self.regex_end().unwrap_or(self.at + 1);
        let place = self.at..end;
        let pattern = self.plain_text(place.start + 1..end - 1);
        let fault = match (field, word_regex(&pattern)) {
            (Field::Text(_), Ok(_)) => None,
            _ if field.is_name() => Some(leaves::name_fault("a regular expression")),
            (Field::Text(_), Err(cause)) => Some(Fault {
                message: format!("this regular expression cannot be read: {cause}"),
                hint: "put it in quotes to look for its words".to_owned(),
            }),
            _ => Some(Fault {
                message: "a regular expression is for words of the text".to_owned(),
                hint: "write wildcards here: `*` for any letters".to_owned(),
            }),
        };
        let leaf = match (field, &fault) {
            (Field::Text(field), None) => Some(leaves::regex(&pattern, field)),
            _ => None,
        };
        if let Some(fault) = fault {
            let span = self.span(place.clone());
            self.reject(span, fault);
        }
        self.push(TokenKind::Leaf(leaf), place);
        self.regex_weight();
    }

    fn regex_weight(&mut self) {
        let start = self.at;
        let end = self.run_end(start, Field::TEXT);
        if let Some((0, weight, fault)) = weight_suffix(&self.plain_text(start..end)) {
            self.weight(weight, fault, start..end);
        }
    }

    /// The end of the `/…/` that begins here.
    pub(super) fn regex_end(&self) -> Option<usize> {
        let first = self.at + 1;
        self.char(first).filter(|&c| !is_space(c) && c != '/')?;
        let last = self.chars.len().min(first + MAX_REGEX_CHARS);
        let is = |place: usize, wanted: char| self.char(place) == Some(wanted);
        let close = (first + 1..last)
            .take_while(|&place| !is(place, '"') && !self.char(place).is_some_and(is_space))
            .find(|&place| is(place, '/') && !is(place - 1, '\\'))?;
        let after = self.char(close + 1);
        let ends = after.is_none_or(|c| is_space(c) || matches!(c, ')' | '^'));
        ends.then_some(close + 1)
    }
}

/// Whether what is before a suffix is a word that can have one.
fn can_end(word: &str) -> bool {
    word.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '*' | '~'))
}

/// What is wrong with a `~1` after this word.
pub(in crate::query) fn fuzzy_fault(word: &str, field: Field) -> Option<Fault> {
    let fault = |message: &str, hint: &str| {
        Some(Fault {
            message: message.to_owned(),
            hint: hint.to_owned(),
        })
    };
    match field {
        Field::Text(_) if has_wildcard(word, false) => fault(
            "a wildcard and `~` do not go together",
            "leave one of them away",
        ),
        Field::Text(_) => None,
        Field::Actor(_) | Field::Said(_) => Some(leaves::name_fault("`~`")),
        _ => fault(
            "`~` for similar spellings is for words of the text",
            "write wildcards here: `*` for any letters",
        ),
    }
}
