//! The language as golden lines: a query, and how it is printed back.

mod people;
mod places;
mod properties;

use jiff::civil::{Date, date};

use super::*;

const TODAY: Date = date(2025, 3, 15);

/// Checks that a query without problems prints as `printed`, which reads the same.
#[track_caller]
fn check(query: &str, printed: &str) {
    let (clause, _) = parse_strict(query, TODAY).unwrap();
    assert_eq!(clause.to_string(), printed);
    let (again, notices) = parse_strict(printed, TODAY).unwrap();
    assert_eq!(again, clause, "the printed form reads otherwise");
    assert_eq!(notices, [""; 0], "the printed form is ambiguous");
}

/// Checks the first problem of a query, and how it is repaired.
#[track_caller]
fn check_problem(query: &str, message: &str, repaired: &str) {
    let parsed = parse(query, TODAY);
    let first = parsed
        .problems
        .first()
        .map(|problem| problem.message.as_str());
    assert_eq!(first, Some(message), "{query}");
    assert_eq!(parsed.clause.to_string(), repaired, "{query}");
}

/// Checks the notices of a query without problems.
#[track_caller]
fn check_notice(query: &str, notice: &str) {
    let (_, notices) = parse_strict(query, TODAY).unwrap();
    assert_eq!(notices, [notice], "{query}");
}

#[test]
fn words_side_by_side_are_all_required() {
    check("ceasefire Kursk", "ceasefire Kursk");
    check("ceasefire AND Kursk", "ceasefire Kursk");
    check("a (b (c d))", "a b c d");
}

#[test]
fn or_binds_looser_than_adjacency() {
    check("ceasefire OR truce", "ceasefire OR truce");
    check("grain exports OR wheat", "(grain exports) OR wheat");
    check(
        "(ceasefire OR truce) Kursk NOT Gaza",
        "(ceasefire OR truce) Kursk NOT Gaza",
    );
    check("a OR (b OR c)", "a OR b OR c");
}

#[test]
fn not_binds_tightest() {
    check("ceasefire NOT Gaza", "ceasefire NOT Gaza");
    check("ceasefire -Gaza", "ceasefire NOT Gaza");
    check(
        "ceasefire AND NOT (Gaza OR Rafah)",
        "ceasefire NOT (Gaza OR Rafah)",
    );
    check("-Gaza", "NOT Gaza");
    check("NOT NOT Gaza", "Gaza");
    check("a OR -b", "a OR NOT b");
    check(
        "-\"West Bank\" -=Gaza -(a b)",
        "NOT \"West Bank\" NOT =Gaza NOT (a b)",
    );
}

#[test]
fn operators_are_capitals() {
    check("war and peace or not", "war and peace or not");
    check("\"AND\" =OR title:NOT", "\"AND\" =OR title:\"NOT\"");
}

#[test]
fn a_hyphen_inside_a_word_or_alone_is_no_operator() {
    check("Covid-19 Jean-Luc", "Covid-19 Jean-Luc");
    check("a - b -", "a b");
    check("--a -- -> b", "a b");
    check("(-a b)", "NOT a b");
}

#[test]
fn phrases_keep_their_order() {
    check("\"unconditional ceasefire\"", "\"unconditional ceasefire\"");
    check("\"ceasefire\"", "ceasefire");
    check("\"sea level, (rising)\"", "\"sea level rising\"");
    check("a \"\" \"--\"", "a");
    check("\"NOT title:x w/5 a~1\"", "\"NOT title:x w/5 a~1\"");
    check("\"w/5\"", "\"w/5\"");
}

#[test]
fn an_equals_sign_means_as_written() {
    check("=negotiators", "=negotiators");
    check("=\"special envoy\"", "=\"special envoy\"");
    check("\"=special envoy\"", "\"=special envoy\"");
    check("\"=special =envoy\"", "=\"special envoy\"");
    check("a = b", "a b");
}

#[test]
fn fields_hold_for_a_value_or_a_group() {
    check("title:a b", "title:a b");
    check("TITLE:a", "title:a");
    check("title:\"a b\"", "title:\"a b\"");
    check("title:=a", "title:=a");
    check("title:-a", "NOT title:a");
    check("-title:a", "NOT title:a");
    check("title:(a OR b)", "title:(a OR b)");
    check("title:a OR title:b", "title:(a OR b)");
    check("title:(a NOT (b OR c)) d", "title:a NOT title:(b OR c) d");
    check("title:(a source:b)", "title:a source:b");
}

#[test]
fn metadata_is_kept_as_written() {
    check("source:Reuters", "source:Reuters");
    check("source:\"The  Guardian\"", "source:\"The Guardian\"");
    check("author:\"Smith, John\"", "author:\"Smith, John\"");
    check("source:(Reuters OR AFP)", "source:(Reuters OR AFP)");
    check("lang:en section:World", "lang:en section:World");
    check(
        "url:https://x.com/a?b=c(d)",
        "url:\"https://x.com/a?b=c(d)\"",
    );
    check("path:C:\\news path:title:a", "path:(C:\\news title:a)");
    check("path:/news/2025/a-b.json", "path:/news/2025/a-b.json");
    check("source:\"AND\"", "source:\"AND\"");
}

#[test]
fn dates_become_ranges_of_days() {
    check("date:2025", "date:2025-01-01..2025-12-31");
    check("date:2025-03-15", "date:2025-03-15");
    check("date:2025-03-01..2025-03-15", "date:2025-03-01..2025-03-15");
    check("date:>=2025-03-01", "date:2025-03-01..");
    check("date:..2025-03", "date:..2025-03-31");
    check("date:\"today\"", "date:2025-03-15");
    check("Kursk date:7d", "Kursk date:2025-03-09..2025-03-15");
    check(
        "date:(2024-01-01 OR 2025-01-01)",
        "date:(2024-01-01 OR 2025-01-01)",
    );
    check("NOT date:..", "NOT date:..");
}

#[test]
fn text_with_colons_is_text() {
    check("Rubio: we will talk", "Rubio we will talk");
    check("12:30", "12:30");
    check("https://x.com/a?b=c*", "https://x.com/a?b=c");
    check(
        "(see https://x.com/A_(b)/c)",
        "see \"https://x.com/A_(b)/c\"",
    );
}

#[test]
fn signs_in_words_stay() {
    check("AT&T U.S. O'Brien", "AT&T U.S. O'Brien");
    check(
        "$3.5bn #hashtag @ZelenskyyUa",
        "$3.5bn #hashtag @ZelenskyyUa",
    );
    check("C++ 50% 24/7 w/o", "C++ 50% 24/7 w/o");
    check("'tis players' 'quoted words'", "tis players quoted words");
    check("צה\"ל \"צה\"ל אמר\"", "צה\"ל \"צה\"ל אמר\"");
    check("What did Rubio say?", "What did Rubio say");
}

#[test]
fn typographic_signs_are_plain() {
    check("“sea level” Zelensky’s", "\"sea level\" Zelensky's");
    check(
        "«special envoy» „two words“",
        "\"special envoy\" \"two words\"",
    );
    check("title：（a　OR　b） －c", "title:(a OR b) NOT c");
    check("a\u{A0}OR\u{A0}b", "a OR b");
    check("cafe\u{301}", "café");
}

#[test]
fn a_star_alone_is_every_article() {
    check("*", "*");
    check("* -Gaza", "* NOT Gaza");
    check("NOT *", "NOT *");
    assert!(parse("NOT *", TODAY).clause.is_nothing());
}

#[test]
fn mixing_and_with_or_is_told() {
    let lead = "AND binds more tightly than OR; this was read as:";
    check_notice("a AND b OR c", &format!("{lead} (a b) OR c"));
    check_notice("a OR b NOT c", &format!("{lead} a OR (b NOT c)"));
    check_notice("d (a b OR c)", &format!("{lead} (a b) OR c"));
}

#[test]
fn near_misses_of_fields_are_told() {
    check_notice(
        "title: a",
        "`title:` before a space was read as the word `title`; \
         for the field, write its value right after the colon",
    );
    check_notice(
        "headline:a",
        "`headline:` is no field and was read as text; \
         fields are title: lead: actor: said: source: author: section: lang: path: url: date:",
    );
    check_notice(
        "a NEAR b",
        "`NEAR` without a number was read as a word; write `NEAR/10`",
    );
}

#[test]
fn the_signs_of_other_tools_are_told() {
    check_notice(
        "a !b",
        "`!` is no operator; for articles without it, write `NOT b`",
    );
}

#[test]
fn what_is_missing_is_a_problem() {
    check_problem("", "the query is empty", "NOT *");
    check_problem(" ?! ", "there is no word to look for", "NOT *");
    check_problem("a OR", "`OR` has nothing after it", "a");
    check_problem("OR a", "`OR` has nothing before it", "a");
    check_problem("a OR OR b", "`OR` has nothing after it", "a OR b");
    check_problem("a AND", "`AND` has nothing after it", "a");
    check_problem("AND a", "`AND` has nothing before it", "a");
    check_problem("a AND OR b", "`AND` has nothing after it", "a OR b");
    check_problem("a NOT", "`NOT` has nothing after it", "a");
    check_problem("title:", "`title:` has no value", "NOT *");
    check_problem("a source:\"\"", "`source:` has no value", "a");
    check_problem("a lead:,", "`lead:` has no value", "a");
    check_problem("a ()", "there is nothing in these parentheses", "a");
}

#[test]
fn parentheses_and_quotes_are_repaired() {
    check_problem("(a OR b", "this parenthesis is never closed", "a OR b");
    check_problem("a) b", "this parenthesis closes nothing", "a b");
    check_problem(
        "title:(a b",
        "this parenthesis is never closed",
        "title:(a b)",
    );
    check_problem(
        "climate \"sea level",
        "this quote is never closed",
        "climate \"sea level\"",
    );
    check_problem("a \"", "this quote is never closed", "a");
    let deep = format!("{}a{} b", "(".repeat(101), ")".repeat(101));
    check_problem(&deep, "parentheses are nested more than 100 deep", "a b");
    let deepest = format!("{}a{}", "(".repeat(100), ")".repeat(100));
    check(&deepest, "a");
}

#[test]
fn bad_dates_are_left_out() {
    check_problem("a date:march", "this is no date", "a");
    check_problem("a NOT date:2025-02-30", "there is no such day", "a");
    check_problem(
        "date:2025..2024",
        "this range ends before it begins",
        "NOT *",
    );
    check_problem("date:>= 2025", "a date is missing here", "2025");
    check_problem("date:-7d", "this is no date", "NOT *");
}

#[test]
fn what_comes_later_is_a_problem_never_a_word() {
    check_problem("a || b", "`||` is no operator here", "a OR b");
}

#[test]
fn a_query_that_is_too_long_is_cut() {
    let long = "é ".repeat(MAX_QUERY_BYTES);
    let parsed = parse(&long, TODAY);
    assert_eq!(parsed.problems.len(), 1);
    assert!(parsed.problems[0].span.start <= MAX_QUERY_BYTES);
}

#[test]
fn hostile_queries_are_read_in_time() {
    let pieces = [
        "(",
        "title:",
        "NOT ",
        "-",
        "\"",
        "/a ",
        "a://(",
        "-(",
        "title:-",
        "((a OR ",
        "a*b~1^2",
        "a w/2 ",
        "(a w/2 ",
        "ATLEAST/2 ",
        "(ab)^2 ",
        "/a(b)*/ ",
        "ab:c ",
        "date:",
        "x OR y ",
        "(a b OR c ",
        "\" a* ",
        ", -,(",
    ];
    for piece in pieces {
        let started = std::time::Instant::now();
        parse(&piece.repeat(MAX_QUERY_BYTES / piece.len()), TODAY);
        // Quadratic work would take minutes; this is time for a slow machine.
        assert!(started.elapsed().as_secs() < 10, "{piece}");
    }
}

#[test]
fn plain_text_has_no_operators() {
    let printed = |text| parse_plain(text).to_string();
    assert_eq!(
        printed("NOT a* title:b \"c d\" a"),
        "\"NOT\" OR a OR \"title:b\" OR c OR d OR a"
    );
    assert_eq!(printed("Covid-19/AT&T"), "Covid-19 OR AT&T");
    assert!(parse_plain(" ?! ").is_nothing());
    assert_eq!(parse_plain("a"), Clause::word("a"));
}

#[test]
fn words_are_those_not_negated() {
    let (clause, _) = parse_strict("a NOT b (\"c d\" OR title:=e) lang:f", TODAY).unwrap();
    let words: Vec<&str> = clause.words().map(|(_, word)| word.text.as_str()).collect();
    assert_eq!(words, ["a", "c", "d", "e"]);
}

#[test]
fn strict_errors_carry_place_and_hint() {
    let error = parse_strict("climate AND \"sea level", TODAY).unwrap_err();
    assert_eq!(error.byte(), Some(12));
    assert_eq!(error.hint(), Some("add a closing quote after `level`"));
    let picture = "cannot parse query at byte 12: this quote is never closed\n  \
                   climate AND \"sea level\n              ^";
    assert_eq!(error.to_string(), picture);
}

#[test]
fn problems_are_shown_where_they_are() {
    let words = "word ".repeat(30);
    let queries = [
        "climate AND \"sea level",
        "(ceasefire OR truce",
        "ceasefire OR",
        "Kursk NOT",
        "制裁 date:2025-02-30",
        "cafe\u{301} s*",
        "Rubio NEAR/1000 Lavrov",
        "one\ntwo\tthree) four",
        "\u{1B}[31m red source:",
        &format!("{words}w* {words}"),
        &format!("{words}OR"),
        &format!("OR {words}"),
    ];
    let pictures = queries.map(|query| parse(query, TODAY).problems[0].render(query));
    insta::assert_snapshot!(pictures.join("\n\n"));
}
