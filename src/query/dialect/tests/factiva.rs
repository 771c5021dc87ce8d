//! Factiva as golden lines: a query, and our form of it.

use super::*;

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
