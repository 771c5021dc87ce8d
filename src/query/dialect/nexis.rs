//! Nexis Uni and LexisNexis.
//!
//! OR binds most tightly, then nearness (the fewest words first, then sentences and
//! paragraphs), then AND, and AND NOT last. Words side by side are a phrase.

use super::super::ast::{Keyword, MAX_DISTANCE};
use super::super::ast::{Reach, Span, TextField};
use super::super::fields::Field;
use super::super::lexer::TokenKind;
use super::super::operators::{Fault, number, reach};
use super::super::words::is_address;
use super::binding::Link;
use super::days::Compared;
use super::meaning::{Meaning, by_name};
use super::pieces::{Piece, PieceKind};
use super::reader::Reader;
use super::truncation::Truncated;
use crate::analysis::WordForm;

const TITLE: Meaning = Meaning::In(Field::Text(TextField::Title));
const LEAD: Meaning = Meaning::In(Field::Text(TextField::Lead));
const AUTHOR: Meaning = Meaning::In(Field::Keyword(Keyword::Author));
const SOURCE: Meaning = Meaning::In(Field::Keyword(Keyword::Source));
const LANG: Meaning = Meaning::In(Field::Keyword(Keyword::Lang));
const PERSON: Meaning = Meaning::In(Field::Actor(TextField::Text));
const CODES: Meaning = Meaning::Missing("an index term");
const CASE: Meaning = Meaning::WordsOnly("upper and lower case are one here");
const NUMBER: Meaning =
    Meaning::WordsOnly("a word matches its inflections; =word, only as written");

/// The segments and commands, each written before a parenthesis.
const SEGMENTS: &[(&str, Meaning)] = &[
    ("hlead", Meaning::HeadOrLead),
    ("headline", TITLE),
    ("hl", TITLE),
    ("title", TITLE),
    ("lead", LEAD),
    ("byline", AUTHOR),
    ("author", AUTHOR),
    ("publication", SOURCE),
    ("pub", SOURCE),
    ("source", SOURCE),
    ("section", Meaning::In(Field::Keyword(Keyword::Section))),
    ("language", LANG),
    ("url", Meaning::In(Field::Keyword(Keyword::Url))),
    ("date", Meaning::Days),
    ("pub-date", Meaning::Days),
    ("publication-date", Meaning::Days),
    ("body", Meaning::Anywhere),
    ("text", Meaning::Anywhere),
    ("caps", CASE),
    ("allcaps", CASE),
    ("nocaps", CASE),
    ("plural", NUMBER),
    ("singular", NUMBER),
    ("length", Meaning::Missing("the length of an article")),
    ("subject", CODES),
    ("term", CODES),
    ("terms", CODES),
    ("company", CODES),
    ("ticker", CODES),
    ("organization", CODES),
    ("person", PERSON),
    ("people", PERSON),
    ("industry", CODES),
    ("city", CODES),
    ("state", CODES),
    ("country", CODES),
    ("geographic", CODES),
    ("geographic-loc", CODES),
    ("dateline", Meaning::Missing("a dateline")),
    ("graphic", Meaning::Missing("a caption")),
    ("load-date", Meaning::Missing("the day of loading")),
];

/// How loosely the connectors bind.
pub(super) fn looseness(link: Link) -> u32 {
    match link {
        Link::Beside => 0,
        Link::Or => 1,
        Link::AtLeast => 2,
        Link::Near(Reach::Words(words)) => 2 + words,
        Link::Near(Reach::Sentence) => 3 + MAX_DISTANCE,
        Link::Near(Reach::Paragraph) => 4 + MAX_DISTANCE,
        Link::And => 5 + MAX_DISTANCE,
        Link::AndNot | Link::Not => 6 + MAX_DISTANCE,
    }
}

/// Reads all pieces.
pub(super) fn read(reader: &mut Reader<'_>) {
    while let Some(piece) = reader.next() {
        match piece.kind {
            PieceKind::Open => reader.open(piece.span),
            PieceKind::Close => reader.close(piece.span),
            PieceKind::Quoted => reader.quoted(&piece, truncated),
            PieceKind::Run => run(reader, &piece),
        }
    }
}

fn run(reader: &mut Reader<'_>, piece: &Piece) {
    let lower = piece.text.to_ascii_lowercase();
    if connector(reader, &lower, piece.span) || segment(reader, &lower, piece.span) {
        return;
    }
    if comparison(reader, piece) {
        return;
    }
    reader.word(truncated(&piece.text), WordForm::Stem, piece.span);
}

/// Reads a connector, if it is one.
fn connector(reader: &mut Reader<'_>, run: &str, span: Span) -> bool {
    let next = reader.peek_run(0);
    let spanned = |reader: &Reader<'_>| Span {
        start: span.start,
        end: reader.end(),
    };
    match run {
        "and" | "but" | "&" if next.as_deref() == Some("not") => {
            reader.skip(1);
            let span = spanned(reader);
            reader.exclude(span);
        }
        "and" | "&" | "w/seg" | "/seg" | "near/seg" => reader.connect(TokenKind::And, span),
        "or" | "|" => reader.connect(TokenKind::Or, span),
        "not" => match next.as_deref().and_then(nearness) {
            Some((near, in_order)) => {
                reader.skip(1);
                let span = spanned(reader);
                not_near(reader, near, in_order, span);
            }
            None => reader.exclude(span),
        },
        _ => match nearness(run) {
            Some((near, in_order)) => reader.near(near, in_order, span),
            None => return false,
        },
    }
    true
}

fn not_near(
    reader: &mut Reader<'_>,
    (reach, fault): (Reach, Option<Fault>),
    in_order: bool,
    span: Span,
) {
    reader.fault(span, fault);
    let proximity = super::super::operators::Proximity {
        reach,
        in_order,
        negated: true,
    };
    reader.push(TokenKind::Near(proximity), span);
}

/// How near a connector asks for, and whether in order: `w/5`, `/s`, `pre/5`, `+5`.
fn nearness(run: &str) -> Option<((Reach, Option<Fault>), bool)> {
    let (bound, in_order) = match run.split_once('/') {
        Some(("" | "w" | "near" | "within", bound)) => (bound, false),
        Some(("pre" | "onear", bound)) => (bound, true),
        _ => (run.strip_prefix('+')?, true),
    };
    let bound = match bound {
        "sent" => "s",
        "para" => "p",
        other => other,
    };
    Some((reach(run, bound)?, in_order))
}

/// Reads `name(`, if a parenthesis comes right after the name.
fn segment(reader: &mut Reader<'_>, name: &str, span: Span) -> bool {
    if !reader.follows(PieceKind::Open, span.end) {
        return false;
    }
    let counted = name.strip_prefix("atleast").or(name.strip_prefix("atl"));
    if let Some(count) = counted.and_then(number) {
        count_of(reader, count, span);
        return true;
    }
    let is_name = |c: char| c.is_ascii_alphabetic() || c == '-';
    match by_name(SEGMENTS, name) {
        Some(Meaning::Days) => {
            reader.skip(1);
            days_in_group(reader, span);
        }
        Some(meaning) => {
            reader.skip(1);
            reader.open_group(meaning, span, false);
        }
        None if name.chars().all(is_name) => {
            let message = format!("`{name}(…)` is no segment that is known");
            let hint = "write a space before the parenthesis if it is a word; \
                        segments are hlead headline lead byline person publication section language date";
            reader.problem(span, &message, hint);
            reader.word(Truncated::whole(name), WordForm::Stem, span);
        }
        None => return false,
    }
    true
}

/// Writes ATLEAST.
pub(super) fn count_of(reader: &mut Reader<'_>, count: u32, span: Span) {
    if count == 0 {
        reader.problem(span, "0 times asks for nothing", "write 2 or more");
    }
    reader.push(TokenKind::AtLeast(count.max(1)), span);
}

/// Reads `date(geq (3/1/2025) and leq (3/15/2025))` behind its first parenthesis.
fn days_in_group(reader: &mut Reader<'_>, name: Span) {
    let mut values = Vec::new();
    let mut depth = 1_usize;
    let mut is_date = true;
    let mut compared = Compared::On;
    while depth > 0
        && let Some(piece) = reader.peek(0)
    {
        let lower = piece.text.to_ascii_lowercase();
        match piece.kind {
            PieceKind::Open => depth += 1,
            PieceKind::Close => {
                depth -= 1;
            }
            PieceKind::Run if lower == "and" => {}
            PieceKind::Run if Compared::by_name(&lower).is_some() => {
                compared = Compared::by_name(&lower).unwrap_or(compared);
            }
            _ => match reader.take_day(compared) {
                Some(value) => {
                    values.push(value);
                    compared = Compared::On;
                    continue;
                }
                None => is_date = false,
            },
        }
        reader.skip(1);
    }
    let span = Span {
        start: name.start,
        end: reader.end(),
    };
    if depth > 0 {
        super::super::balance::unclosed(name, reader.findings);
    }
    // A value that is no date makes the whole none.
    let values = if is_date {
        values
    } else {
        vec!["-".to_owned()]
    };
    reader.days(&values, span);
}

/// Reads `date > 3/1/2025`, `date>3/1/2025`, `date is 2025` and `length > 500`.
fn comparison(reader: &mut Reader<'_>, piece: &Piece) -> bool {
    let sign = piece.text.find(['<', '>', '=']);
    let name = &piece.text[..sign.unwrap_or(piece.text.len())];
    let meaning = by_name(SEGMENTS, name);
    let next = reader.peek_run(0);
    let compares = sign.is_some() || next.as_deref().is_some_and(is_comparison);
    let Some(meaning @ (Meaning::Days | Meaning::Missing(_))) = meaning.filter(|_| compares) else {
        return false;
    };
    let inline = sign.map(|at| {
        let value = piece.text[at..].trim_start_matches(['<', '>', '=']);
        let sign = &piece.text[at..piece.text.len() - value.len()];
        (Compared::by_name(sign), value.to_owned())
    });
    let span = |reader: &Reader<'_>| Span {
        start: piece.span.start,
        end: reader.end(),
    };
    if meaning != Meaning::Days {
        // The comparison is left away with its name.
        let has_value = inline.as_ref().is_some_and(|(_, value)| !value.is_empty());
        reader.skip(match (&inline, has_value) {
            (None, _) => 2,
            (Some(_), false) => 1,
            (Some(_), true) => 0,
        });
        let name = piece.part(reader.query, 0, name.len()).span;
        reader.open_group(meaning, name, false);
        reader.close(span(reader));
        return true;
    }
    let value = match inline {
        Some((compared, value)) if !value.is_empty() => {
            let date = super::days::iso(&[&value]);
            date.zip(compared)
                .map(|(date, compared)| compared.of(&date))
        }
        Some((compared, _)) => reader.take_day(compared.unwrap_or(Compared::On)),
        None => reader.take_day(Compared::On),
    };
    let span = span(reader);
    reader.days(&[value.unwrap_or_else(|| "-".to_owned())], span);
    true
}

/// Whether a word after `date` compares with what comes next.
fn is_comparison(run: &str) -> bool {
    Compared::by_name(run).is_some() && !matches!(run, "on" | "from" | "to")
}

/// The word with `!` for any letters at its end, and `*` for one letter: at the end, for one or none.
fn truncated(run: &str) -> Truncated {
    if is_address(run) {
        return Truncated::whole(run);
    }
    let run = run.trim_end_matches([',', ';', ':', '.', '?']);
    let core = run.trim_end_matches('*');
    let stars = run.len() - core.len();
    let at_end = stars > 0 && !core.is_empty();
    let core = if at_end { core } else { run };
    let letters = core.trim_start_matches('!');
    let text = letters.replace('*', "?").replace('!', "*");
    let after = at_end.then_some((0, stars));
    Truncated { text, after }
}
