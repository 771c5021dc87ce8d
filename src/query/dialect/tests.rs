//! Each dialect as golden lines: a query, and our own form of it.

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
fn nexis_takes_words_side_by_side_for_a_phrase() {
    check(Nexis, "Marco Rubio", "\"Marco Rubio\"");
    check(Nexis, "ceasefire", "ceasefire");
    check(Nexis, "\"special envoys\"", "=\"special envoys\"");
    check(Nexis, "\"Marco Rubio\" said", "\"=Marco =Rubio said\"");
    check(
        Nexis,
        "AT&T and \"profit and loss\"",
        "AT&T =\"profit and loss\"",
    );
}

#[test]
fn nexis_binds_or_first_and_and_not_last() {
    check(
        Nexis,
        "ceasefire or truce and Kursk",
        "(ceasefire OR truce) Kursk",
    );
    check(Nexis, "a AND b OR c", "a (b OR c)");
    check(Nexis, "tanker and not oil and gas", "tanker NOT (oil gas)");
    check(
        Nexis,
        "bank! w/25 loan! and student or college w/5 debt",
        "(bank* NEAR/25 loan*) ((student OR college) NEAR/5 debt)",
    );
    check(Nexis, "a w/10 b pre/2 c", "a NEAR/10 (b PRE/2 c)");
    check(Nexis, "a pre/2 b w/10 c", "(a PRE/2 b) NEAR/10 c");
    check(Nexis, "a /s b /3 c", "a NEAR/S (b NEAR/3 c)");
    check(Nexis, "a w/seg b but not c", "a b NOT c");
    check(Nexis, "not Gaza", "NOT Gaza");
}

#[test]
fn nexis_has_many_names_for_nearness() {
    check(Nexis, "Rubio w/5 Lavrov", "Rubio NEAR/5 Lavrov");
    check(Nexis, "Rubio /5 Lavrov", "Rubio NEAR/5 Lavrov");
    check(Nexis, "Rubio near/5 Lavrov", "Rubio NEAR/5 Lavrov");
    check(Nexis, "Rubio PRE/5 Lavrov", "Rubio PRE/5 Lavrov");
    check(Nexis, "Rubio +5 Lavrov", "Rubio PRE/5 Lavrov");
    check(Nexis, "Rubio onear/5 Lavrov", "Rubio PRE/5 Lavrov");
    check(Nexis, "Rubio w/sent Lavrov", "Rubio NEAR/S Lavrov");
    check(Nexis, "Rubio w/para Lavrov", "Rubio NEAR/P Lavrov");
    check(Nexis, "Rubio +p Lavrov", "Rubio PRE/P Lavrov");
    check(Nexis, "Georgia not w/3 Meloni", "Georgia NOT NEAR/3 Meloni");
    check(Nexis, "Georgia NOT /3 Meloni", "Georgia NOT NEAR/3 Meloni");
    check(
        Nexis,
        "Marco Rubio w/5 Lavrov",
        "\"Marco Rubio\" NEAR/5 Lavrov",
    );
}

#[test]
fn nexis_counts_and_truncates() {
    check(Nexis, "atl5(sanction!)", "ATLEAST/5 sanction*");
    check(
        Nexis,
        "ATLEAST3(oil or gas) and tanker",
        "ATLEAST/3 (oil OR gas) tanker",
    );
    check(Nexis, "wom*n", "wom?n");
    check(Nexis, "bank*", "/bank.?/");
    check(Nexis, "bank**", "/bank.{0,2}/");
    check(Nexis, "econom! sanction!", "\"econom* sanction*\"");
    check(
        Nexis,
        "central bank* rate",
        "(central PRE/1 /bank.?/) PRE/1 rate",
    );
}

#[test]
fn nexis_segments_are_fields() {
    check(
        Nexis,
        "headline(Kursk or Sudzha)",
        "title:(Kursk OR Sudzha)",
    );
    check(Nexis, "lead(Kursk)", "lead:Kursk");
    check(Nexis, "hlead(Kursk)", "title:Kursk OR lead:Kursk");
    check(
        Nexis,
        "hlead(Kursk and truce) and Moscow",
        "(title:Kursk OR lead:Kursk) (title:truce OR lead:truce) Moscow",
    );
    check(
        Nexis,
        "HLEAD(Rubio w/5 Lavrov)",
        "title:(Rubio NEAR/5 Lavrov) OR lead:(Rubio NEAR/5 Lavrov)",
    );
    check(Nexis, "byline(Ada Example)", "author:\"Ada Example\"");
    check(
        Nexis,
        "publication(Harbour Wire or Eastern Courier)",
        "source:(\"Harbour Wire\" OR \"Eastern Courier\")",
    );
    check(
        Nexis,
        "source(Harbour Wire) and language(English)",
        "source:\"Harbour Wire\" lang:en",
    );
    check(Nexis, "section(world)", "section:world");
}

#[test]
fn nexis_compares_dates() {
    check(
        Nexis,
        "date(geq (3/1/2025) and leq (3/15/2025))",
        "date:2025-03-01..2025-03-15",
    );
    check(
        Nexis,
        "date(geq(3/1/2025) and leq(3/15/2025)) and Kursk",
        "date:2025-03-01..2025-03-15 Kursk",
    );
    check(
        Nexis,
        "date > 3/1/2025 and Kursk",
        "date:2025-03-02.. Kursk",
    );
    check(Nexis, "date>=3/1/2025", "date:2025-03-01..");
    check(
        Nexis,
        "Kursk and date is 2025",
        "Kursk date:2025-01-01..2025-12-31",
    );
    check(Nexis, "date aft 3/1/2025", "date:2025-03-02..");
    check(Nexis, "date bef March 1, 2025", "date:..2025-02-28");
    check(Nexis, "date(March 2025)", "date:2025-03-01..2025-03-31");
    check(Nexis, "date night", "\"date night\"");
    check_problem(Nexis, "date(soon)", "this is no date", "date(soon)");
    check_problem(Nexis, "date aft soon", "this is no date", "date aft");
    check_problem(
        Nexis,
        "date(geq(3/15/2025) and leq(3/1/2025))",
        "this range ends before it begins",
        "date(geq(3/15/2025) and leq(3/1/2025))",
    );
}

#[test]
fn nexis_commands_without_counterpart_are_told() {
    check_notice(
        Nexis,
        "allcaps(aid)",
        "`allcaps` was left away: upper and lower case are one here",
        "aid",
    );
    check_notice(
        Nexis,
        "singular(bank) w/3 loan",
        "`singular` was left away: a word matches its inflections; =word, only as written",
        "bank NEAR/3 loan",
    );
    check_notice(
        Nexis,
        "body(Kursk)",
        "`body` was read as anywhere in the text",
        "Kursk",
    );
    let length = "`length` asks for the length of an article, which is not kept here";
    check_problem(Nexis, "Kursk and length > 500", length, "length");
    check_problem(Nexis, "Kursk and length>500", length, "length");
    check_problem(Nexis, "Kursk and length(>500)", length, "length");
    check_problem(
        Nexis,
        "subject(trade) and Kursk",
        "`subject` asks for an index term, which is not kept here",
        "subject",
    );
    check_problem(
        Nexis,
        "headlin(Kursk)",
        "`headlin(…)` is no segment that is known",
        "headlin",
    );
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

#[test]
fn factiva_binds_nearness_first() {
    check(
        Factiva,
        "Nokia and emerging markets",
        "Nokia \"emerging markets\"",
    );
    check(
        Factiva,
        "bill example or gore and george sample",
        "\"bill example\" OR (gore \"george sample\")",
    );
    check(Factiva, "a w/5 b", "a PRE/5 b");
    check(Factiva, "world cup adj5 rugby", "\"world cup\" PRE/5 rugby");
    check(Factiva, "a adj b", "a PRE/1 b");
    check(Factiva, "a near5 b or c", "(a NEAR/5 b) OR c");
    check(
        Factiva,
        "boeing 747/N30/british airways",
        "\"boeing 747\" NEAR/30 \"british airways\"",
    );
    check(Factiva, "a same b", "a NEAR/P b");
    check(Factiva, "a not b and c", "a NOT b c");
    check(Factiva, "a not b near3 c", "a NOT (b NEAR/3 c)");
    check(Factiva, "[a or b] and c", "(a OR b) c");
    check(Factiva, "\"peas and carrots\"", "=\"peas and carrots\"");
}

#[test]
fn factiva_counts_and_truncates() {
    check(
        Factiva,
        "atleast5 Winter Games",
        "ATLEAST/5 \"Winter Games\"",
    );
    check(
        Factiva,
        "atleast5 a near3 b and c",
        "ATLEAST/5 (a NEAR/3 b) c",
    );
    check(Factiva, "sanction*", "sanction*");
    check(Factiva, "sanction$3", "/sanction.{0,3}/");
    check(Factiva, "wom?n", "wom?n");
    check(Factiva, "cat?", "/cat./");
    check(Factiva, "cat??", "/cat.{2}/");
    check(Factiva, "$3.5bn", "$3.5bn");
}

#[test]
fn factiva_fields_hold_for_a_phrase_or_a_group() {
    check(Factiva, "hd=Kursk", "title:Kursk");
    check(
        Factiva,
        "hd=interest rates and gold",
        "title:\"interest rates\" gold",
    );
    check(Factiva, "hd=(Kursk or Sudzha)", "title:(Kursk OR Sudzha)");
    check(Factiva, "hd=\"Kursk region\"", "title:=\"Kursk region\"");
    check(Factiva, "hd=a near3 b and c", "title:(a NEAR/3 b) c");
    check(Factiva, "hlp=Kursk", "title:Kursk OR lead:Kursk");
    check(Factiva, "lp=(a same b)", "lead:(a NEAR/P b)");
    check(
        Factiva,
        "by=Ada Example and sn=Harbour Wire",
        "author:\"Ada Example\" source:\"Harbour Wire\"",
    );
    check(Factiva, "la=en and se=world", "lang:en section:world");
    check(Factiva, "la=(en or de)", "lang:(en OR de)");
    let words = "`/F50/` was read as in the lead, the first 100 words without the title";
    check_notice(Factiva, "toyota/F50/", words, "lead:toyota");
    check_notice(
        Factiva,
        "(a or b) /F50/ and c",
        words,
        "lead:(a OR b) c".replace("/F50/", "").as_str(),
    );
    check_problem(
        Factiva,
        "ns=gdip and a",
        "`ns` asks for an index code, which is not kept here",
        "ns=",
    );
    check_problem(
        Factiva,
        "a and wc>500",
        "`wc>` asks for the length of an article, which is not kept here",
        "wc>",
    );
    check_problem(
        Factiva,
        "rst=qqqq",
        "`qqqq` is no outlet that is known",
        "qqqq",
    );
    check_problem(
        Factiva,
        "hdl=Kursk",
        "`hdl=` is no field that is known",
        "hdl=Kursk",
    );
}

#[test]
fn factiva_dates_are_words() {
    check(
        Factiva,
        "date from 20250301 to 20250315",
        "date:2025-03-01..2025-03-15",
    );
    check(
        Factiva,
        "Kursk and date after 20250301",
        "Kursk date:2025-03-02..",
    );
    check(Factiva, "date before 20250301", "date:..2025-02-28");
    check(Factiva, "date on 03/15/2025", "date:2025-03-15");
    check(Factiva, "pd=20250315", "date:2025-03-15");
    check(Factiva, "pd>=20250315 and a", "date:2025-03-15.. a");
    check_problem(Factiva, "date from then", "this is no date", "date from");
    check_problem(
        Factiva,
        "date from 20250230 to 20250315",
        "there is no such day",
        "date from 20250230 to 20250315",
    );
}

#[test]
fn lucene_has_no_precedence() {
    let any = "in Lucene's dialect, any of several words may match; write AND or `+` for all";
    check_notice(Lucene, "ceasefire Kursk", any, "ceasefire OR Kursk");
    check(Lucene, "ceasefire OR Kursk", "ceasefire OR Kursk");
    check(Lucene, "ceasefire AND Kursk", "ceasefire Kursk");
    check(Lucene, "ceasefire && Kursk", "ceasefire Kursk");
    check(Lucene, "ceasefire || Kursk", "ceasefire OR Kursk");
    let rank = "beside what AND or `+` requires, the rest only raises the rank in Lucene, \
                which was read as (* OR …)";
    check_notice(Lucene, "a AND b OR c", rank, "a b (* OR c)");
    check_notice(Lucene, "+a b c", rank, "a (* OR b OR c)");
    check(Lucene, "+a +b -c", "a b NOT c");
    check(Lucene, "(a OR b) AND NOT c", "(a OR b) NOT c");
    check(Lucene, "a !b", "a NOT b");
    check(Lucene, "-(a OR b)", "NOT (a OR b)");
    check(Lucene, "a b -c", "(a OR b) NOT c");
    check(Lucene, "(+a +b) OR c", "(a b) OR c");
    check(Lucene, "and or not", "and OR or OR not");
}

#[test]
fn lucene_words_have_suffixes() {
    check(Lucene, "\"peace talks\"", "\"peace talks\"");
    check(Lucene, "\"peace talks\"~5", "peace NEAR/6 talks");
    check(Lucene, "\"peace talks\"~5^2", "(peace NEAR/6 talks)^2");
    check_notice(
        Lucene,
        "\"a b c\"~3",
        "`~` after three words or more was read in order; Lucene also takes others",
        "\"a b c\"~3",
    );
    check(Lucene, "Lavrof~", "Lavrof~2");
    check(Lucene, "Lavrof~1^3", "Lavrof~1^3");
    check(Lucene, "(a OR b)^2", "(a OR b)^2");
    check(Lucene, "sanct* OR wom?n", "sanct* OR wom?n");
    check(Lucene, "/zelens(ky|kyy)/", "/zelens(ky|kyy)/");
    check(Lucene, "title:/mosc.w/", "title:/mosc.w/");
    check(Lucene, "*:*", "*");
    check(Lucene, "New\\ York", "\"New York\"");
    check(Lucene, "12\\:30 AND a\\-b", "12:30 a-b");
    check_problem(
        Lucene,
        "Lavrof~0.8",
        "`~0.8` is no number of edits",
        "Lavrof~0.8",
    );
    check_problem(
        Lucene,
        "sanct*~1",
        "a wildcard and `~` do not go together",
        "sanct*~1",
    );
}

#[test]
fn lucene_fields_and_ranges() {
    check(Lucene, "title:Kursk", "title:Kursk");
    check(Lucene, "headline:(+Kursk +truce)", "title:(Kursk truce)");
    check(Lucene, "title: Kursk", "title:Kursk");
    check(
        Lucene,
        "publisher:\"Harbour Wire\"",
        "source:\"Harbour Wire\"",
    );
    check(Lucene, "language:en", "lang:en");
}

#[test]
fn lucene_ranges_are_for_dates() {
    check(
        Lucene,
        "date:[2025-03-01 TO 2025-03-15]",
        "date:2025-03-01..2025-03-15",
    );
    check(
        Lucene,
        "published:{2025-03-01 TO 2025-03-15}",
        "date:2025-03-02..2025-03-14",
    );
    check(
        Lucene,
        "date:[2025-03-01T00:00:00Z TO *]",
        "date:2025-03-01..",
    );
    check(
        Lucene,
        "date:[\"2025-03-01\" TO \"2025-03-15\"]",
        "date:2025-03-01..2025-03-15",
    );
    check(Lucene, "date:>=2025-03-01 AND a", "date:2025-03-01.. a");
    check(
        Lucene,
        "@timestamp:[now-7d/d TO now]",
        "date:2025-03-08..2025-03-15",
    );
    check(Lucene, "date:2025", "date:2025-01-01..2025-12-31");
    check(Lucene, "date:[* TO *]", "date:..");
    check(
        Lucene,
        "12:30 https://a.example/b?c=d",
        "12:30 OR https://a.example/b?c=d",
    );
    check_problem(
        Lucene,
        "_exists_:title",
        "`_exists_:` is not supported",
        "_exists_:title",
    );
    check_problem(
        Lucene,
        "subject:a",
        "`subject:` is no field here",
        "subject:",
    );
    check_problem(
        Lucene,
        "title:[a TO b]",
        "a range is for dates",
        "title:[a TO b]".split_at(6).1,
    );
    check_problem(Lucene, "date:[2025 TO", "this is no date", "[2025 TO");
    check_problem(
        Lucene,
        "title:*",
        "`*` for any value of a field is not supported yet",
        "*",
    );
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
