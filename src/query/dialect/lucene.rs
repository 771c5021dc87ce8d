//! Lucene's `query_string`, as in Elasticsearch, Kibana and Datashare.
//!
//! Words side by side are alternatives; AND, OR, NOT, `+` and `-` say how each takes part.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::ast::{Clause, Keyword, MAX_DISTANCE, Nearness, Reach, Span, TextField};
use super::super::fields::Field;
use super::super::leaves;
use super::super::lexer::{TokenKind, fuzzy_fault};
use super::super::operators::{Fault, edits_suffix, gaps_suffix, number, weight_suffix};
use super::super::signs::is_space;
use super::super::words::{has_wildcard, has_word, is_address};
use super::days::{Compared, iso};
use super::meaning::{Meaning, by_name};
use super::pieces::{Piece, PieceKind};
use super::reader::Reader;
use crate::analysis::{WordForm, word_regex};

const DAYS: Meaning = Meaning::In(Field::Date);
const TITLE: Meaning = Meaning::In(Field::Text(TextField::Title));
const LEAD: Meaning = Meaning::In(Field::Text(TextField::Lead));
const SOURCE: Meaning = Meaning::In(Field::Keyword(Keyword::Source));

/// What mappings usually call our fields, besides their own names here.
const FIELDS: &[(&str, Meaning)] = &[
    ("headline", TITLE),
    ("standfirst", LEAD),
    ("summary", LEAD),
    ("published", DAYS),
    ("pubdate", DAYS),
    ("publishedat", DAYS),
    ("published_at", DAYS),
    ("publication_date", DAYS),
    ("timestamp", DAYS),
    ("@timestamp", DAYS),
    ("publisher", SOURCE),
    ("outlet", SOURCE),
    ("publication", SOURCE),
    ("byline", Meaning::In(Field::Keyword(Keyword::Author))),
    ("authors", Meaning::In(Field::Keyword(Keyword::Author))),
    ("language", Meaning::In(Field::Keyword(Keyword::Lang))),
    ("body", Meaning::Anywhere),
    ("content", Meaning::Anywhere),
    ("text", Meaning::Anywhere),
];

/// Reads all pieces.
pub(super) fn read(reader: &mut Reader<'_>) {
    while let Some(piece) = reader.next() {
        match piece.kind {
            PieceKind::Open => reader.open(piece.span),
            PieceKind::Close => {
                reader.close(piece.span);
                group_weight(reader, piece.span.end);
            }
            PieceKind::Quoted => quoted(reader, reader.field(), &piece),
            PieceKind::Run => run(reader, &piece),
        }
    }
}

fn run(reader: &mut Reader<'_>, piece: &Piece) {
    let kind = match piece.text.as_str() {
        "AND" | "&&" => TokenKind::And,
        "OR" | "||" => TokenKind::Or,
        "NOT" | "!" => TokenKind::Not,
        _ => {
            signed(reader, piece);
            return;
        }
    };
    reader.push(kind, piece.span);
}

/// Reads the `+`, `-` and `!` before an operand, and the operand.
fn signed(reader: &mut Reader<'_>, piece: &Piece) {
    let is_sign = |c: char| matches!(c, '+' | '-' | '!');
    let operand = piece.text.trim_start_matches(is_sign);
    let goes_on = [PieceKind::Open, PieceKind::Quoted]
        .into_iter()
        .any(|kind| reader.follows(kind, piece.span.end));
    let has_operand = has_word(operand) || operand.starts_with('*');
    if has_operand || (operand.is_empty() && goes_on) {
        let signs = piece.text.len() - operand.len();
        for (at, sign) in piece.text[..signs].char_indices() {
            let kind = if sign == '+' {
                TokenKind::Must
            } else {
                TokenKind::Not
            };
            let span = piece.part(reader.query, at, at + 1).span;
            reader.push(kind, span);
        }
        let operand = piece.part(reader.query, signs, piece.text.len());
        if !operand.text.is_empty() {
            fielded(reader, &operand);
        }
    }
}

/// Reads `name:value`, or a value.
fn fielded(reader: &mut Reader<'_>, piece: &Piece) {
    let own = reader.field();
    let Some((name, rest)) = field_name(&piece.text) else {
        value(reader, own, piece);
        return;
    };
    let head = piece.part(reader.query, 0, name.len() + 1);
    if name == "_exists_" {
        let hint = "leave it away; `date:[* TO *]` asks for articles with a date";
        reader.problem(piece.span, "`_exists_:` is not supported", hint);
        reader.push(TokenKind::Leaf(None), piece.span);
        return;
    }
    let meaning = by_name(FIELDS, name).or(Field::by_name(name).map(Meaning::In));
    let Some(meaning) = meaning else {
        let message = format!("`{name}:` is no field here");
        let hint = format!("fields are {}; write `{name}\\:` for text", Field::names());
        reader.problem(head.span, &message, &hint);
        let rest = piece.part(reader.query, name.len() + 1, piece.text.len());
        value(reader, own, &rest);
        return;
    };
    if meaning == Meaning::Anywhere {
        let notice = format!("`{name}:` was read as anywhere in the text");
        reader.findings.notice(notice);
    }
    let field = meaning.field().within(own);
    if !rest.is_empty() {
        let rest = piece.part(reader.query, name.len() + 1, piece.text.len());
        value(reader, field, &rest);
        return;
    }
    match reader.peek(0).map(|piece| piece.kind) {
        Some(PieceKind::Open) => {
            reader.skip(1);
            reader.open_group(Meaning::In(field), head.span, false);
        }
        Some(PieceKind::Quoted) => {
            if let Some(next) = reader.next() {
                quoted(reader, field, &next);
            }
        }
        Some(PieceKind::Run) => {
            if let Some(next) = reader.next() {
                value(reader, field, &next);
            }
        }
        _ => {
            let message = format!("`{name}:` has no value");
            reader.problem(head.span, &message, "write a value after the colon");
            reader.push(TokenKind::Leaf(None), head.span);
        }
    }
}

/// The name before the first colon that is not escaped, and what comes after it.
fn field_name(run: &str) -> Option<(&str, &str)> {
    let (name, rest) = run.split_once(':')?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '@' | '-');
    let named = name.chars().all(is_name) && name.contains(|c: char| c.is_alphabetic());
    (named && !rest.starts_with("//")).then_some((name, rest))
}

fn value(reader: &mut Reader<'_>, field: Field, piece: &Piece) {
    let run = piece.text.as_str();
    if run.starts_with(['[', '{']) {
        range(reader, field, piece);
    } else if field == Field::Date {
        let sign = run.len() - run.trim_start_matches(['<', '>', '=']).len();
        let compared = Compared::by_name(&run[..sign]).unwrap_or(Compared::On);
        let day = day(run[sign..].trim_end_matches(['"']), reader.today());
        reader.days(
            &[day.map_or_else(no_day, |day| compared.of(&day))],
            piece.span,
        );
    } else if run == "*" || run == "*:*" {
        everything(reader, field, piece.span);
    } else if let Some(end) = regex_end(run) {
        regex(reader, field, piece, end);
    } else if has_word(run) {
        word(reader, field, piece);
    }
}

fn everything(reader: &mut Reader<'_>, field: Field, span: Span) {
    let leaf = (field == Field::TEXT).then_some(Clause::All);
    if leaf.is_none() {
        reader.fault(span, Some(leaves::any_value(field.name())));
    }
    reader.push(TokenKind::Leaf(leaf), span);
}

/// Reads a word with its `~2` and `^2`.
fn word(reader: &mut Reader<'_>, field: Field, piece: &Piece) {
    let mut run = piece.text.as_str();
    let mut weight = None;
    let unescaped = |word: &str| !word.is_empty() && !word.ends_with('\\');
    if let Some((at, amount, fault)) = weight_suffix(run).filter(|found| unescaped(&run[..found.0]))
    {
        weight = Some((amount, fault));
        run = &run[..at];
    }
    let mut form = WordForm::Stem;
    if let Some((at, edits, fault)) = edits_suffix(run).filter(|found| unescaped(&run[..found.0])) {
        // A bare `~` allows two edits in Lucene.
        let edits = if run.ends_with('~') { 2 } else { edits };
        run = &run[..at];
        form = WordForm::Fuzzy(edits);
        reader.fault(piece.span, fault.or_else(|| fuzzy_fault(run, field)));
    }
    let (leaf, fault) = leaf(run, field, form);
    reader.fault(piece.span, fault);
    reader.push(TokenKind::Leaf(leaf), piece.span);
    if let Some((weight, fault)) = weight {
        reader.fault(piece.span, fault);
        reader.push(TokenKind::Weight(weight), piece.span);
    }
}

/// The leaf for a word without suffixes, and what is wrong with its wildcards.
fn leaf(run: &str, field: Field, form: WordForm) -> (Option<Clause>, Option<Fault>) {
    let vague = |word: &str| {
        let is_wildcard = has_wildcard(word, field.is_literal()) && !is_address(word);
        is_wildcard
            .then(|| leaves::wildcard_fault(word, field))
            .flatten()
    };
    if !run.contains('\\') {
        return match vague(run) {
            Some(fault) => (None, Some(fault)),
            None => (leaves::bare(run, field, form), None),
        };
    }
    let words = words_of(&unescape(run));
    match words.iter().find_map(|word| vague(word)) {
        Some(fault) => (None, Some(fault)),
        None => (leaves::quoted(&words, field, false), None),
    }
}

/// The text without its backslashes; a sign that would mean something to us is left out.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('*' | '?' | '"' | '(' | ')' | '=' | '~' | '^') | None => plain.push(' '),
                Some(escaped) => plain.push(escaped),
            },
            _ => plain.push(c),
        }
    }
    plain
}

fn words_of(text: &str) -> Vec<String> {
    let words = text
        .split(is_space)
        .map(|word| word.trim_start_matches('='));
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Reads a quotation with its `~5` and `^2`.
fn quoted(reader: &mut Reader<'_>, field: Field, piece: &Piece) {
    if field == Field::Date {
        let day = day(piece.text.trim(), reader.today());
        reader.days(&[day.unwrap_or_else(no_day)], piece.span);
        return;
    }
    let text = unescape(&piece.text).replace(['*', '?'], " ");
    let mut leaf = leaves::quoted(&words_of(&text), field, false);
    let suffix = match reader.follows(PieceKind::Run, piece.span.end) {
        true => reader.next(),
        false => None,
    };
    let mut weight = None;
    if let Some(suffix) = suffix {
        let mut run = suffix.text.as_str();
        if let Some((at, amount, fault)) = weight_suffix(run) {
            reader.fault(suffix.span, fault);
            weight = Some(amount);
            run = &run[..at];
        }
        match gaps_suffix(run) {
            Some((slop, fault)) => {
                reader.fault(suffix.span, fault);
                leaf = leaf.map(|leaf| near(reader, leaf, slop));
            }
            None if run.is_empty() => {}
            None => {
                let message = format!("`{run}` after a quotation means nothing");
                reader.problem(suffix.span, &message, "write a space before it");
            }
        }
    }
    if leaf.is_some() {
        reader.push(TokenKind::Leaf(leaf), piece.span);
        if let Some(weight) = weight {
            reader.push(TokenKind::Weight(weight), piece.span);
        }
    }
}

/// A phrase with slop: two words near each other, several with words in between.
fn near(reader: &mut Reader<'_>, leaf: Clause, slop: u32) -> Clause {
    let Clause::Phrase { field, words, .. } = leaf else {
        reader
            .findings
            .notice("`~` after one word in quotes was left away".to_owned());
        return leaf;
    };
    match <[_; 2]>::try_from(words) {
        Ok(both) if slop > 0 => {
            let [left, right] = both.map(|word| Clause::Word { field, word });
            Clause::Near(Box::new(Nearness {
                left,
                right,
                reach: Reach::Words((slop + 1).min(MAX_DISTANCE)),
                in_order: false,
            }))
        }
        Ok(both) => Clause::phrase(field, both.into()),
        Err(words) => {
            reader.findings.notice(
                "`~` after three words or more was read in order; Lucene also takes others"
                    .to_owned(),
            );
            Clause::Phrase {
                field,
                words,
                gaps: slop,
            }
        }
    }
}

/// Where the second `/` of a `/…/` is, if nothing but a weight comes after it.
fn regex_end(run: &str) -> Option<usize> {
    let inside = run.strip_prefix('/')?;
    let mut slashes = inside.match_indices('/');
    let (at, _) = slashes.find(|&(at, _)| !inside[..at].ends_with('\\'))?;
    let after = &inside[at + 1..];
    (at > 0 && (after.is_empty() || after.starts_with('^'))).then_some(at + 1)
}

fn regex(reader: &mut Reader<'_>, field: Field, piece: &Piece, end: usize) {
    let run = piece.text.as_str();
    let pattern = &run[1..end];
    let cause = word_regex(pattern).err();
    let readable = !pattern.contains(|c| is_space(c) || c == '"');
    let leaf = match (field, &cause) {
        (Field::Text(field), None) if readable => Some(leaves::regex(pattern, field)),
        _ => None,
    };
    if leaf.is_none() {
        let cause = cause.unwrap_or_else(|| "it must be one word of the text".to_owned());
        let message = format!("this regular expression cannot be read: {cause}");
        reader.problem(
            piece.span,
            &message,
            "put it in quotes to look for its words",
        );
    }
    reader.push(TokenKind::Leaf(leaf), piece.span);
    if let Some((0, weight, fault)) = weight_suffix(&run[(end + 1).min(run.len())..]) {
        reader.fault(piece.span, fault);
        reader.push(TokenKind::Weight(weight), piece.span);
    }
}

/// Reads the `^2` right after a parenthesis.
fn group_weight(reader: &mut Reader<'_>, end: usize) {
    let run = reader
        .peek(0)
        .filter(|_| reader.follows(PieceKind::Run, end));
    let Some(run) = run.cloned() else { return };
    if let Some((0, weight, fault)) = weight_suffix(&run.text) {
        reader.skip(1);
        reader.fault(run.span, fault);
        reader.push(TokenKind::Weight(weight), run.span);
    }
}

/// Reads `[2025-03-01 TO 2025-03-15]` from its first run; `{` and `}` leave the end out.
fn range(reader: &mut Reader<'_>, field: Field, first: &Piece) {
    let mut words = vec![first.text.clone()];
    let closes = |word: &str| word.ends_with([']', '}']);
    while words.last().is_none_or(|last| !closes(last)) {
        match reader.peek(0) {
            Some(piece) if matches!(piece.kind, PieceKind::Run | PieceKind::Quoted) => {
                words.push(piece.text.clone());
                reader.skip(1);
            }
            _ => break,
        }
    }
    let span = Span {
        start: first.span.start,
        end: reader.end(),
    };
    if field != Field::Date {
        let hint = "write `date:[2025-03-01 TO 2025-03-15]`";
        reader.problem(span, "a range is for dates", hint);
        reader.push(TokenKind::Leaf(None), span);
        return;
    }
    let text = words.join(" ");
    let inner = text
        .trim_start_matches(['[', '{'])
        .trim_end_matches([']', '}']);
    let ends = inner
        .split_once(" TO ")
        .map(|(from, to)| (from.trim(), to.trim()));
    let Some((from, to)) = ends.filter(|_| closes(&text)) else {
        reader.days(&[no_day()], span);
        return;
    };
    let lower = if text.starts_with('{') {
        Compared::After
    } else {
        Compared::From
    };
    let upper = if text.ends_with('}') {
        Compared::Before
    } else {
        Compared::To
    };
    let ends = [(from, lower), (to, upper)];
    let ends = ends.into_iter().filter(|(end, _)| *end != "*");
    let today = reader.today();
    let mut values: Vec<String> = ends
        .map(|(end, compared)| day(end, today).map_or_else(no_day, |day| compared.of(&day)))
        .collect();
    if values.is_empty() {
        values.push("..".to_owned());
    }
    reader.days(&values, span);
}

/// What is no date to our reader of dates.
fn no_day() -> String {
    "-".to_owned()
}

/// A day as `date:` takes it: `2025-03-01T00:00:00Z`, `now`, `now-7d/d`.
fn day(value: &str, today: Date) -> Option<String> {
    let value = value.split("||").next().unwrap_or_default();
    let Some(back) = value.strip_prefix("now") else {
        return iso(&[value]);
    };
    let back = back.split('/').next().unwrap_or_default();
    if back.is_empty() {
        return Some(today.to_string());
    }
    let back = back.strip_prefix('-')?;
    let unit = back.chars().last()?;
    let count = i64::from(number(&back[..back.len() - unit.len_utf8()])?.min(10_000));
    let span = match unit {
        'd' => count.days(),
        'w' => count.weeks(),
        'M' => count.months(),
        'y' => count.min(5_000).years(),
        _ => return None,
    };
    let day = today.checked_sub(span).ok().filter(|day| day.year() >= 0);
    day.map(|day| day.to_string())
}
