//! People and their words as golden lines.

use super::*;

#[test]
fn people_are_operands_in_any_part_of_the_text() {
    check("actor:Quill", "actor:Quill");
    check("ACTOR:\"Ann Quill\"", "actor:\"Ann Quill\"");
    check("actor:“Ann  Quill”", "actor:\"Ann Quill\"");
    check(
        "actor:O'Brien, actor:Quill?",
        "actor:\"O'Brien\" actor:Quill",
    );
    check("actor:(Quill OR Strand)", "actor:Quill OR actor:Strand");
    check("actor:AND actor:Кучма", "actor:\"AND\" actor:Кучма");
    check(
        "actor:Quill NEAR/5 (actor:Strand OR ferry)",
        "actor:Quill NEAR/5 (actor:Strand OR ferry)",
    );
    check(
        "ATLEAST/2 actor:Quill -actor:Strand",
        "ATLEAST/2 actor:Quill NOT actor:Strand",
    );
    check(
        "actor:Quill^2 (actor:\"A B\")^3",
        "actor:Quill^2 actor:\"A B\"^3",
    );
    check("lead:actor:Quill", "lead:actor:Quill");
    check(
        "title:(actor:Quill NEAR/S ferry) a",
        "title:(actor:Quill NEAR/S ferry) a",
    );
    check("source:(wire OR actor:Quill)", "source:wire OR actor:Quill");
}

#[test]
fn words_of_someone_are_in_parentheses_after_the_name() {
    check("said:Quill", "said:Quill");
    check("said:Quill() said:Quill(*)", "said:Quill said:Quill");
    check("said:Quill(ferry)", "said:Quill(ferry)");
    check(
        "said:\"Ann Quill\"(ferry OR \"old port\")",
        "said:\"Ann Quill\"(ferry OR \"old port\")",
    );
    check("said:Quill（a b）", "said:Quill(a b)");
    check("said:Quill (a b)", "said:Quill a b");
    check(
        "said:Quill((a b) OR (c NEAR/3 d) OR actor:Strand)",
        "said:Quill((a b) OR (c NEAR/3 d) OR actor:Strand)",
    );
    check(
        "ATLEAST/2 said:Quill(a b)^2 NOT said:Strand(a)",
        "ATLEAST/2 said:Quill(a b)^2 NOT said:Strand(a)",
    );
    check("said:Quill(a) NEAR/P b", "said:Quill(a) NEAR/P b");
    check("lead:said:Quill(a)", "lead:said:Quill(a)");
    check("lead:(said:Quill(a) b)", "lead:(said:Quill(a) b)");
    check("said:Quill(said:Quill(a) b)", "said:Quill(said:Quill(a) b)");
    check("source:(said:Quill(a))", "said:Quill(a)");
    check("he said: ferries", "he said ferries");
}

#[test]
fn names_have_no_operators() {
    let with = |operator: &str| format!("{operator} and the name of a person do not go together");
    check_problem("actor:Quil* b", &with("a wildcard"), "b");
    check_problem("actor:\"Ann Qu?ll\" b", &with("a wildcard"), "actor:Ann b");
    check_problem("actor:Quill~1", &with("`~`"), "actor:Quill");
    check_problem("actor:=Quill", &with("`=`"), "actor:Quill");
    check_problem("said:=\"Quill\"(a)", &with("`=`"), "said:Quill(a)");
    check_problem("actor:/quill/ b", &with("a regular expression"), "b");
    check_problem(
        "actor:* b",
        "`*` for any value of a field is not supported yet",
        "b",
    );
    check_problem("actor:", "`actor:` has no value", "NOT *");
    check_problem("a actor:\"--\"", "`actor:` has no value", "a");
    check_problem(
        "actor:\"Ann Quill\"~2",
        "`~2` means nothing here",
        "actor:\"Ann Quill\"",
    );
    check_problem("said:(a b)", "`said:` has no name", "a b");
}

#[test]
fn what_is_no_part_of_a_quotation_stays_outside() {
    let outside = "this cannot be looked for inside a quotation";
    check_problem(
        "said:Quill(a date:2025)",
        outside,
        "said:Quill a date:2025-01-01..2025-12-31",
    );
    check_problem("said:Quill(source:wire)", outside, "said:Quill source:wire");
    check_problem("said:Quill(a NOT b)", outside, "said:Quill a NOT b");
    check_problem("said:Quill(ATLEAST/2 a)", outside, "said:Quill ATLEAST/2 a");
    check_problem("said:Quill(a title:b)", outside, "said:Quill a title:b");
    let problem = parse("said:Quill(a NEAR/2 b date:2025)", TODAY)
        .problems
        .remove(0);
    assert_eq!(problem.span.start, "said:Quill(a NEAR/2 b date:".len());
}
