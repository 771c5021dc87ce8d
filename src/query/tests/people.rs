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

#[test]
fn groups_that_are_not_joined_to_their_speaker_are_told() {
    let told = |name: &str| {
        format!(
            "`{name}` was read without what is in the parentheses behind it; put names of \
             several words in quotes and the parentheses right behind: \
             said:\"Ann Quill\"(ferry), or write AND between"
        )
    };
    check_notice("said:Ann Quill(ferry)", &told("said:Ann"));
    check_notice("said:Ann B Quill(ferry)", &told("said:Ann"));
    check_notice("said:Quill (ferry)", &told("said:Quill"));
    check_notice("said:Quill^2(ferry)", &told("said:Quill"));
    check_notice("-said:Quill^2 (a b)", &told("said:Quill"));
    check_notice("said:\"Ann Quill\" (ferry)", &told("said:\"Ann Quill\""));
    check_notice("title:said:Quill (ferry)", &told("title:said:Quill"));
    check_notice("actor:Quill(ferry)", &told("actor:Quill"));
    let silent = |query: &str, printed: &str| {
        let (clause, notices) = parse_strict(query, TODAY).unwrap();
        assert_eq!(notices, [""; 0], "{query}");
        assert_eq!(clause.to_string(), printed);
    };
    silent("said:Quill AND (a b)", "said:Quill a b");
    silent("said:Quill title:(a b)", "said:Quill title:a title:b");
    silent("said:Quill ferry (a b)", "said:Quill ferry a b");
    silent("actor:Quill (a b)", "actor:Quill a b");
    silent("said:Quill(a) (b)", "said:Quill(a) b");
    silent("said:Quill \"a b\"(c)", "said:Quill \"a b\" c");
    check("said:Quill AND (a OR b)", "said:Quill AND (a OR b)");
    check(
        "NOT said:Quill^2 AND (a NEAR/2 b)^3",
        "NOT said:Quill^2 AND (a NEAR/2 b)^3",
    );
    check(
        "title:(said:Quill AND (a OR b))",
        "title:(said:Quill AND (a OR b))",
    );
    check("(a OR b) said:Quill", "(a OR b) said:Quill");
}

#[test]
fn names_have_at_most_so_many_words() {
    let name = |words: usize| vec!["Quill"; words].join(" ");
    let long = "this name is too long: at most 16 words";
    let longest = format!("actor:\"{}\"", name(16));
    check(&longest, &longest);
    let query = format!("ferry actor:\"{}\"", name(17));
    check_problem(&query, long, "ferry");
    let problem = parse(&query, TODAY).problems.remove(0);
    assert_eq!(problem.span.start, "ferry actor:".len());
    check_problem(
        &format!("actor:{}", name(17).replace(' ', "-")),
        long,
        "NOT *",
    );
    check_problem(&format!("said:\"{}\"(ferry)", name(17)), long, "ferry");
}
