//! Nexis as golden lines: a query, and our form of it.

use super::*;

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
fn nexis_people_are_actors() {
    check(Nexis, "person(Marco Rubio)", "actor:\"Marco Rubio\"");
    check(
        Nexis,
        "people(Quill or Strand) and ferry",
        "(actor:Quill OR actor:Strand) ferry",
    );
    check(Nexis, "headline(person(Quill))", "title:actor:Quill");
    check(
        Nexis,
        "lead(person(Quill) and ferry)",
        "lead:(actor:Quill ferry)",
    );
    check(
        Nexis,
        "hlead(person(Quill))",
        "title:actor:Quill OR lead:actor:Quill",
    );
    check(Nexis, "body(person(Quill))", "actor:Quill");
    check_problem(
        Nexis,
        "person(Quil!) and ferry",
        "a wildcard and the name of a person do not go together",
        "Quil!",
    );
}
