//! Each dialect as golden lines: a query, and our own form of it.

mod factiva;
mod lucene;
mod nexis;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const TODAY: Date = date(2025, 3, 15);

use Dialect::{Factiva, Lucene, Nexis};

/// Checks that a query without problems is read as `ours`.
#[track_caller]
fn check(dialect: Dialect, query: &str, ours: &str) {
    let parsed = parse_dialect(query, dialect, TODAY);
    let problems = parsed.problems.iter().map(|problem| &*problem.message);
    assert_eq!(problems.collect::<Vec<_>>(), [""; 0], "{query}");
    assert_eq!(parsed.clause.to_string(), ours, "{query}");
}

/// Checks the first problem of a query, and where it is.
#[track_caller]
fn check_problem(dialect: Dialect, query: &str, message: &str, place: &str) {
    let parsed = parse_dialect(query, dialect, TODAY);
    let first = parsed.problems.first().expect("a problem");
    assert_eq!(first.message, message, "{query}");
    assert_eq!(&query[first.span.start..first.span.end], place, "{query}");
    assert!(first.hint.is_some());
}

/// Checks a notice of a query, and how it is read.
#[track_caller]
fn check_notice(dialect: Dialect, query: &str, notice: &str, ours: &str) {
    check(dialect, query, ours);
    let parsed = parse_dialect(query, dialect, TODAY);
    assert_eq!(parsed.notices, [notice], "{query}");
}

#[test]
fn operators_that_lack_something_are_told_as_typed() {
    check_problem(Nexis, "a and", "`and` has nothing after it", "and");
    check_problem(
        Nexis,
        "a and not",
        "`and not` has nothing after it",
        "and not",
    );
    check_problem(Nexis, "w/5 a", "`w/5` has nothing before it", "w/5");
    check_problem(
        Nexis,
        "a w/5 (b and c)",
        "a side of `w/5` has no place in the text",
        "w/5",
    );
    check_problem(
        Nexis,
        "a w/900 b",
        "`w/900` is too far: at most 500 words",
        "w/900",
    );
    check_problem(Nexis, "(a or b", "this parenthesis is never closed", "(");
    check_problem(
        Nexis,
        "hlead(a or b",
        "this parenthesis is never closed",
        "hlead",
    );
    check_problem(Nexis, "a)", "this parenthesis closes nothing", ")");
    check_problem(Nexis, "\"a b", "this quote is never closed", "\"a b");
    check_problem(Nexis, "", "the query is empty", "");
    check_problem(Factiva, "a near5", "`near5` has nothing after it", "near5");
    check_problem(Lucene, "a AND", "`AND` has nothing after it", "AND");
    check_problem(Lucene, "(a OR ) b", "`OR` has nothing after it", "OR");
}

#[test]
fn operands_side_by_side_are_neighbours() {
    let notice = "without a connector in between, words and groups of words were read as \
                  neighbours (PRE/1), and all else as AND";
    check_notice(
        Nexis,
        "(red or blue) line",
        notice,
        "(red OR blue) PRE/1 line",
    );
    check_notice(
        Factiva,
        "world (cup or title) win",
        notice,
        "(world PRE/1 (cup OR title)) PRE/1 win",
    );
    check_notice(Nexis, "Kursk headline(truce)", notice, "Kursk title:truce");
    check_notice(Factiva, "Kursk la=en", notice, "Kursk lang:en");
}

/// The dialects' own pieces.
const PIECES: &[&str] = &[
    " ",
    " ",
    " ",
    "(",
    ")",
    "\"",
    "and",
    "or",
    "not",
    "AND",
    "OR",
    "NOT",
    "w/5",
    "/s",
    "pre/3",
    "+2",
    "near4",
    "adj2",
    "same",
    "/F50/",
    "/N3/",
    "atl5(",
    "atleast3 ",
    "hlead(",
    "headline(",
    "date(",
    "date",
    "from",
    "to",
    "after",
    "geq",
    "20250301",
    "3/1/2025",
    ">",
    ">=",
    "length>5",
    "caps(",
    "hd=",
    "hlp=",
    "hlp=(",
    "la=en",
    "pd=",
    "ns=",
    "wc>5",
    "[",
    "]",
    "{",
    "TO",
    "now-7d",
    "a",
    "b.",
    "ab",
    "sanction!",
    "wom*n",
    "bank**",
    "cat$3",
    "dog?",
    "+",
    "-",
    "!",
    "&&",
    "||",
    "~2",
    "^2",
    "^",
    "~",
    "/a.c/",
    "title:",
    "date:[",
    "\\",
    "_exists_:",
    "*:*",
    "*",
    "é",
    "e\u{301}",
    "“",
    "\u{A0}",
    "צ",
    "（",
    "，",
    "=",
    "'",
    "https://a",
    "U.S.",
    "AT&T",
    "but not",
    "w/seg",
    "%",
];

/// Text made of pieces and of anything else.
fn arb_query() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES);
    let pieces = prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => pieces, 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_its_reading_prints(text in arb_query()) {
        for dialect in [Nexis, Factiva, Lucene] {
            let parsed = parse_dialect(&text, dialect, TODAY);
            for problem in &parsed.problems {
                prop_assert!(text.get(problem.span.start..problem.span.end).is_some(), "{:?}", problem);
                prop_assert!(problem.message != "this query is nested too deep", "{:?} {:?}", dialect, text);
            }
            let printed = parsed.clause.to_string();
            let again = parse(&printed, TODAY);
            prop_assert_eq!(&again.problems, &[], "{}", printed);
            prop_assert_eq!(again.clause, parsed.clause, "{}", printed);
        }
    }
}

#[test]
fn hostile_queries_are_read() {
    let pieces = [
        "(",
        "hlead(",
        "a w/2 ",
        "(a w/3 ",
        "a or (",
        "a and not ",
        "\"",
        "hd=",
        "hd=a ",
        "hlp=(",
        "a/N3/",
        "a/F5/",
        "atl5(",
        "date(",
        "+(",
        "-a ",
        "title:(",
        "a\\",
        "/a",
        "(a) ",
        "(a)b",
        "((a)a",
        "date from ",
        "a^2 ",
        "\"a b\"~2 ",
        "AND a ",
        "a OR b ",
        "a AND (b ",
        "[a ",
    ];
    for piece in pieces {
        for dialect in [Nexis, Factiva, Lucene] {
            // Recursion by length would overflow the stack here, quadratic work take minutes.
            let count = super::super::MAX_QUERY_BYTES / 4 / piece.len();
            parse_dialect(&piece.repeat(count), dialect, TODAY);
        }
    }
    let distances: String = (1..=500).map(|words| format!("a w/{words} ")).collect();
    parse_dialect(&distances, Nexis, TODAY);
}

#[test]
fn deep_queries_are_read_in_little_memory() {
    let nested =
        |open: &str, close: &str| format!("{}atl2(a){}", open.repeat(60), close.repeat(60));
    let read = |text: &str, dialect| parse_dialect(text, dialect, TODAY);
    let parsed = read(&nested("hlead(", ")"), Nexis);
    assert!(parsed.clause.to_string().len() < 1_000);
    let many = "not ".repeat(8_000);
    for dialect in [Nexis, Factiva, Lucene] {
        read(&format!("{many} a near5 b"), dialect);
        read(
            &format!("{}{}", "hlead(b and not ".repeat(3_000), "a"),
            dialect,
        );
    }
}
