//! Factiva.
//!
//! Nearness binds most tightly, then fields and `atleastN`, then NOT, AND and OR. Words side
//! by side are a phrase; `adjN` and `w/N` are in order, `nearN` and `/NN/` are not.

use super::super::ast::{Keyword, LEAD_WORDS, Reach, Span, TextField};
use super::super::fields::Field;
use super::super::lexer::TokenKind;
use super::super::operators::{Fault, number, reach};
use super::super::words::is_address;
use super::binding::Link;
use super::days::{Compared, iso};
use super::meaning::{Meaning, by_name, in_field};
use super::nexis::count_of;
use super::pieces::{Piece, PieceKind};
use super::reader::{Reader, is_about_text};
use super::truncation::Truncated;
use crate::analysis::{WordForm, known_outlet};

const TITLE: Meaning = Meaning::In(Field::Text(TextField::Title));
const LEAD: Meaning = Meaning::In(Field::Text(TextField::Lead));
const SOURCE: Meaning = Meaning::In(Field::Keyword(Keyword::Source));
const CODES: Meaning = Meaning::Missing("an index code");

/// The fields, each written before `=`.
const FIELDS: &[(&str, Meaning)] = &[
    ("hd", TITLE),
    ("hl", TITLE),
    ("lp", LEAD),
    ("hlp", Meaning::HeadOrLead),
    ("td", Meaning::Anywhere),
    ("by", Meaning::In(Field::Keyword(Keyword::Author))),
    ("sn", SOURCE),
    ("rst", SOURCE),
    ("se", Meaning::In(Field::Keyword(Keyword::Section))),
    ("la", Meaning::In(Field::Keyword(Keyword::Lang))),
    ("pd", Meaning::Days),
    ("ns", CODES),
    ("co", CODES),
    ("fds", CODES),
    ("re", CODES),
    ("in", CODES),
    ("pub", CODES),
    ("wc", Meaning::Missing("the length of an article")),
    ("an", Meaning::Missing("Factiva's number of an article")),
    ("art", Meaning::Missing("a caption")),
    ("cr", Meaning::Missing("a credit")),
];

/// How loosely the operators bind.
pub(super) fn looseness(link: Link) -> u32 {
    match link {
        Link::Beside => 0,
        Link::Near(_) => 1,
        Link::AtLeast => 2,
        Link::Not | Link::AndNot => 3,
        Link::And => 4,
        Link::Or => 5,
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
    // `toyota/F50/` and `boeing/N30/airbus` need no spaces.
    let mut rest = piece.clone();
    while let Some((start, end)) = slashed(&rest.text) {
        term(reader, &rest.part(reader.query, 0, start));
        slash_operator(reader, &rest.part(reader.query, start, end));
        rest = rest.part(reader.query, end, rest.text.len());
    }
    term(reader, &rest);
}

/// Reads a run without such signs: an operator, a field, a date or a word.
fn term(reader: &mut Reader<'_>, piece: &Piece) {
    let lower = piece.text.to_ascii_lowercase();
    if operator(reader, &lower, piece.span) || field(reader, piece) || date(reader, &lower, piece) {
        return;
    }
    reader.word(truncated(&piece.text), WordForm::Stem, piece.span);
}

/// Where the first `/N30/` or `/F50/` of a run is.
fn slashed(run: &str) -> Option<(usize, usize)> {
    let is_sign = |start: usize| {
        let inside = run[start + 1..].split('/').next()?;
        let digits = inside.strip_prefix(['n', 'N', 'f', 'F'])?;
        let end = start + 1 + inside.len();
        (number(digits).is_some() && run[end..].starts_with('/')).then_some((start, end + 1))
    };
    run.match_indices('/').find_map(|(start, _)| is_sign(start))
}

fn slash_operator(reader: &mut Reader<'_>, sign: &Piece) {
    let bound = &sign.text[2..sign.text.len() - 1];
    if sign.text[1..].starts_with(['n', 'N']) {
        if let Some(reach) = reach(&sign.text, bound) {
            reader.near(reach, false, sign.span);
        }
        return;
    }
    if !reader.after_operand() {
        let message = format!("`{}` has nothing before it", sign.text);
        reader.problem(sign.span, &message, "write a word before it");
        return;
    }
    reader.findings.notice(format!(
        "`{}` was read as in the lead, the first {LEAD_WORDS} words without the title",
        sign.text
    ));
    reader.change_operand(|clause| {
        if is_about_text(&clause) {
            in_field(clause, TextField::Lead)
        } else {
            clause
        }
    });
}

/// Reads an operator, if it is one.
fn operator(reader: &mut Reader<'_>, run: &str, span: Span) -> bool {
    match run {
        "and" if reader.peek_run(0).as_deref() == Some("not") => {
            reader.skip(1);
            let end = reader.end();
            reader.exclude(Span { end, ..span });
        }
        "and" => reader.connect(TokenKind::And, span),
        "or" => reader.connect(TokenKind::Or, span),
        "not" => reader.exclude(span),
        "same" => reader.near((Reach::Paragraph, None), false, span),
        _ => {
            if let Some(count) = run.strip_prefix("atleast").and_then(number) {
                count_of(reader, count, span);
                return true;
            }
            match nearness(run) {
                Some((near, in_order)) => reader.near(near, in_order, span),
                None => return false,
            }
        }
    }
    true
}

/// How near an operator asks for, and whether in order: `w/5`, `adj5`, `adj`, `near5`.
fn nearness(run: &str) -> Option<((Reach, Option<Fault>), bool)> {
    let (bound, in_order) = match run {
        "adj" => ("1", true),
        _ => match (run.strip_prefix("adj"), run.strip_prefix("near")) {
            (Some(bound), _) => (bound, true),
            (_, Some(bound)) => (bound, false),
            _ => (run.strip_prefix("w/")?, true),
        },
    };
    number(bound)?;
    Some((reach(run, bound)?, in_order))
}

/// Reads `name=`, with a parenthesis, a quotation or words after it.
fn field(reader: &mut Reader<'_>, piece: &Piece) -> bool {
    let Some(sign) = piece.text.find(['=', '<', '>']) else {
        return false;
    };
    let name = &piece.text[..sign];
    let value = piece.text[sign..].trim_start_matches(['=', '<', '>']);
    let Some(meaning) = by_name(FIELDS, name) else {
        return is_no_field(reader, piece, name);
    };
    let value_start = piece.text.len() - value.len();
    let head = piece.part(reader.query, 0, value_start).span;
    let rest = piece.part(reader.query, value_start, piece.text.len());
    reader.end_implicit();
    if meaning == Meaning::Days {
        let compared = Compared::by_name(&piece.text[sign..value_start]).unwrap_or(Compared::On);
        let date = match value.is_empty() {
            true => reader.take_day(compared),
            false => iso(&[value]).map(|date| compared.of(&date)),
        };
        let end = reader.end();
        reader.days(
            &[date.unwrap_or_else(|| "-".to_owned())],
            Span { end, ..head },
        );
        return true;
    }
    if value.is_empty() && reader.follows(PieceKind::Open, piece.span.end) {
        reader.skip(1);
        reader.open_group(meaning, head, false);
        return true;
    }
    reader.open_group(meaning, head, true);
    if !value.is_empty() {
        let is_code = name.eq_ignore_ascii_case("rst") && known_outlet(value).is_none();
        if is_code {
            let message = format!("`{value}` is no outlet that is known");
            reader.problem(rest.span, &message, "write the outlet's name: sn=");
        }
        reader.word(truncated(value), WordForm::Stem, rest.span);
    }
    true
}

/// Reports what looks like a field and is none.
fn is_no_field(reader: &mut Reader<'_>, piece: &Piece, name: &str) -> bool {
    let is_name =
        (2..=5).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_name && piece.text[name.len()..].starts_with('=') {
        let message = format!("`{name}=` is no field that is known");
        let hint = "fields are hd= lp= hlp= by= sn= rst= se= la= pd=";
        reader.problem(piece.span, &message, hint);
    }
    false
}

/// Reads `date from 20250301 to 20250315`, `date after 20250301` and their kin.
fn date(reader: &mut Reader<'_>, run: &str, piece: &Piece) -> bool {
    let next = reader.peek_run(0);
    let compared = next.as_deref().and_then(Compared::by_name);
    let (true, Some(_)) = (matches!(run, "date" | "pd"), compared) else {
        return false;
    };
    let mut values = vec![reader.take_day(Compared::On)];
    if reader.peek_run(0).as_deref() == Some("to") && next.as_deref() == Some("from") {
        values.push(reader.take_day(Compared::To));
    }
    let values: Vec<String> = values
        .into_iter()
        .map(|value| value.unwrap_or_else(|| "-".to_owned()))
        .collect();
    let end = reader.end();
    let start = piece.span.start;
    reader.days(&values, Span { start, end });
    true
}

/// The word with `*` for any letters, `?` for one, and `$3` at its end for up to three.
fn truncated(run: &str) -> Truncated {
    if is_address(run) {
        return Truncated::whole(run);
    }
    let run = run.trim_end_matches([',', ';', ':', '.', '!']);
    let core = run.trim_end_matches('?');
    let marks = run.len() - core.len();
    if marks > 0 && core.ends_with(char::is_alphanumeric) {
        return Truncated {
            text: core.to_owned(),
            after: Some((marks, marks)),
        };
    }
    if let Some((core, most)) = run.rsplit_once('$')
        && core.ends_with(char::is_alphanumeric)
        && (most.is_empty() || number(most).is_some())
    {
        return match number(most) {
            Some(most) => Truncated {
                text: core.to_owned(),
                after: Some((0, most.min(9) as usize)),
            },
            None => Truncated::whole(&format!("{core}*")),
        };
    }
    Truncated::whole(run)
}
