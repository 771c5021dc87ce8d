//! Lucene as golden lines: a query, and our form of it.

use super::*;

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

#[test]
fn people_go_by_our_names_in_lucene_too() {
    check(Lucene, "actor:Quill", "actor:Quill");
    check(Lucene, "title:(actor:Quill)", "title:actor:Quill");
    check(
        Lucene,
        "title:(actor:(Quill Strand))",
        "title:(actor:Quill OR actor:Strand)",
    );
    check(
        Lucene,
        "lead:(said:\"Ann Quill\")",
        "lead:said:\"Ann Quill\"",
    );
    check(
        Lucene,
        "+actor:\"Ann Quill\" +said:Quill",
        "actor:\"Ann Quill\" said:Quill",
    );
    check_problem(
        Lucene,
        "actor:Quil*",
        "a wildcard and the name of a person do not go together",
        "Quil*",
    );
}
