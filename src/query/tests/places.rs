//! Nearness, counts, patterns and weights as golden lines.

use super::*;

#[test]
fn wildcards_edits_and_regular_expressions_are_words() {
    check("sanction* wom?n *deployment", "sanction* wom?n *deployment");
    check("\"peace plan*\"", "\"peace plan*\"");
    check("=sanct*", "sanct*");
    check("Covid-1* é*", "Covid-1* é*");
    check_problem("Covid-* a", "this wildcard stands for too many words", "a");
    check("7d*?~ ab*?.", "7d* ab*");
    check("path:news* source:New?ork", "path:news* source:New?ork");
    check("why? (what? \"who is he?\")", "why what \"who is he\"");
    check("Lavrof~1 Lavrof~ Lavrof~2", "Lavrof~1 Lavrof~1 Lavrof~2");
    check("\"AND\"~1", "AND~1");
    check(
        "\"c d\" \"a:b\"~1 \"https://a\"^2",
        "\"c d\" a:b~1 \"https://a\"^2",
    );
    check("a /Zelens(ky|kyy)/ b", "a /Zelens(ky|kyy)/ b");
    check("(/a.c/)^2", "/a.c/^2");
    check("/news/2025/ and/or 24/7", "news/2025 and/or 24/7");
}

#[test]
fn vague_words_are_a_problem() {
    let vague = "this wildcard stands for too many words";
    check_problem("a* b", vague, "b");
    check_problem("?a? b", vague, "b");
    check_problem("·a* b", vague, "b");
    check_problem("停* b", vague, "b");
    check_problem("\"b a*\"", vague, "b");
    let alone = "`*` alone in a phrase stands for nothing";
    check_problem("\"peace * talks\"", alone, "\"peace talks\"");
    let both = "a wildcard and `~` do not go together";
    check_problem("sanct*~1 b", both, "sanct* b");
    check_problem("Lavrof~3", "`~3` is no number of edits", "Lavrof~2");
    check_problem("Lavrof~0.8", "`~0.8` is no number of edits", "Lavrof~1");
    let regex = "this regular expression cannot be read: unclosed group";
    check_problem("/a(b/ c", regex, "c");
    let words = "a regular expression is for words of the text";
    check_problem("source:/ab/ c", words, "c");
}

#[test]
fn phrases_have_gaps_and_operands_have_weights() {
    check("\"a b\"~3", "\"a b\"~3");
    check("\"a b\"~3^2", "\"a b\"~3^2");
    check("Kursk^2 Kursk^0.5 Kursk^1", "Kursk^2 Kursk^0.5 Kursk");
    check("=Kursk^2.25", "=Kursk^2.25");
    check("(a OR b)^3 title:(a b)^2", "(a OR b)^3 title:(a b)^2");
    check("(date:2025-03-15)^2", "date:(2025-03-15)^2");
    check("lavrof~1^2", "lavrof~1^2");
    check_problem("Kursk^0", "`^0` is no weight", "Kursk^0.01");
    check_problem("\"a b\"^900", "`^900` is no weight", "\"a b\"^100");
    check_problem("\"a b\"~900", "`~900` is no number of words", "\"a b\"~500");
    let group = "`~3` after a parenthesis means nothing";
    check_problem("(a b)~3 c", group, "a b c");
}

#[test]
fn a_suffix_is_about_the_quotation_before_it() {
    check_problem("oil \"\"~2", "`~2` means nothing here", "oil");
    check_problem("\"a b\" \"--\"~3", "`~3` means nothing here", "\"a b\"");
    let unopened = "this regular expression cannot be read: unopened group";
    check_problem("a /x)|(?:y/", unopened, "a");
}

#[test]
fn nearness_binds_tighter_than_and() {
    check("a NEAR/10 b", "a NEAR/10 b");
    check("a w/10 b pre/5 c", "(a NEAR/10 b) PRE/5 c");
    check("a b NEAR/3 c d", "a (b NEAR/3 c) d");
    check("a OR b NEAR/3 c", "a OR (b NEAR/3 c)");
    check("a near/s b AND c w/P d", "(a NEAR/S b) (c NEAR/P d)");
    check("Georgia NOT NEAR/3 Meloni", "Georgia NOT NEAR/3 Meloni");
    check("a NOT PRE/S b", "a NOT PRE/S b");
    check("NOT (a NEAR/3 b)", "NOT (a NEAR/3 b)");
    check("(a OR \"b c\") NEAR/3 de*", "(a OR \"b c\") NEAR/3 de*");
    check("title:(a NEAR/3 b) lead:a", "title:(a NEAR/3 b) lead:a");
    check("title:a NEAR/3 title:b", "title:(a NEAR/3 b)");
    check("ATLEAST/3 a b", "ATLEAST/3 a b");
    check(
        "atleast/3 (a OR b) -ATLEAST/2 title:c",
        "ATLEAST/3 (a OR b) NOT ATLEAST/2 title:c",
    );
    check("\"NEAR/5\" a", "\"NEAR/5\" a");
}

#[test]
fn nearness_needs_places() {
    let no_place = "a side of `NEAR/3` has no place in the text";
    check_problem("a NEAR/3 (b c)", no_place, "a b c");
    check_problem("a NEAR/3 NOT b", no_place, "a NOT b");
    check_problem("a NEAR/3 source:b", no_place, "a source:b");
    let fields = "the two sides of `w/3` are in different fields";
    check_problem("title:a w/3 b", fields, "title:a b");
    check_problem("a NEAR/3", "`NEAR/3` has nothing after it", "a");
    check_problem("NEAR/3 a", "`NEAR/3` has nothing before it", "a");
    check_problem("a AND NEAR/3 b", "`NEAR/3` has nothing before it", "a b");
    check_problem(
        "a NEAR/0 b",
        "`NEAR/0` is nearer than any two words are",
        "a NEAR/1 b",
    );
    check_problem(
        "a NEAR/501 b",
        "`NEAR/501` is too far: at most 500 words",
        "a NEAR/500 b",
    );
    let counted = "what `ATLEAST/3` is to count has no one place in the text";
    check_problem("ATLEAST/3 (a b)", counted, "a b");
    check_problem("ATLEAST/0 a", "`ATLEAST/0` asks for nothing", "ATLEAST/1 a");
    check_problem("ATLEAST/3", "`ATLEAST/3` has nothing after it", "NOT *");
    let row = "a NEAR/2 ".repeat(30);
    check_problem(
        &format!("{row} a"),
        "more than 20 of `NEAR/2` and its kin in one another",
        &parse(&format!("{row} a"), TODAY).clause.to_string(),
    );
}
