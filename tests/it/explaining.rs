//! Why a query finds what it finds.

use super::sample_corpus::INDEXED;

/// Checks what is told of a query beside its hits, line by line.
#[track_caller]
fn check(arguments: &[&str], expected: &str) {
    let arguments = [&["query", "--explain", "-n", "1"], arguments].concat();
    let run = INDEXED.0.run(&arguments);
    assert_eq!(run.stderr, expected, "\n{}", run.stderr);
}

#[test]
fn the_reading_the_parts_and_the_words_are_told() {
    check(
        &["ceasefire Kursk", "--lang", "en"],
        r#"read as           ceasefire Kursk lang:en
matches       68  ceasefire
               7  Kursk
             184  lang:en
words             ceasefire: ceasefire 68
                  Kursk: kursk 7

"#,
    );
    check(
        &["(talk* OR w?r) Lavrof~1 NEAR/5 Rubio"],
        r#"read as           (talk* OR w?r) (Lavrof~1 NEAR/5 Rubio)
matches       87  talk* OR w?r
              73    talk*
              31    w?r
              14  Lavrof~1 NEAR/5 Rubio
              21    Lavrof~1
              34    Rubio
words             talk*: talks 61, talked 16, talk 15, talking 1
                  w?r: war 31
                  Lavrof~1: lavrov 21
                  Rubio: rubio 34

"#,
    );
}

#[test]
fn people_are_told_with_their_spellings() {
    check(
        &["actor:\"Volodymyr Zelensky\" said:Trump(deal)"],
        r#"read as           actor:"Volodymyr Zelensky" said:Trump(deal)
matches       61  actor:"Volodymyr Zelensky"
               4  said:Trump(deal)
              17    said:Trump
              48    deal
words             deal: deal 44, deals 6, dealing 1, dealings 1
                  Volodymyr: volodymyr 62
                  Zelensky: zelensky 30, zelenskyy 30, zelenskiy 16
                  Trump: trump 90

"#,
    );
}

#[test]
fn what_killed_the_result_and_what_brings_some_is_told() {
    check(
        &["\"Rubio Lavrov\" Kursk date:2025-03"],
        r#"read as           "Rubio Lavrov" Kursk date:2025-03-01..2025-03-31
matches        2  "Rubio Lavrov"
              34    Rubio
              21    Lavrov
               7  Kursk
              55  date:2025-03-01..2025-03-31
left out       6  without "Rubio Lavrov"
               1  without Kursk
wider          1  Rubio Lavrov Kursk date:2025-03-01..2025-03-31
words             Rubio: rubio 34
                  Lavrov: lavrov 21
                  Kursk: kursk 7

"#,
    );
    check(
        &["title:=negotiators"],
        r#"read as           title:=negotiators
matches        0  title:=negotiators
wider          2  =negotiators
words             title:=negotiators: not in the index

search: no article matches
"#,
    );
}

#[test]
fn a_batch_explains_each_query() {
    let work = &INDEXED.0;
    work.file("topics.tsv", "a\tceasefire Kursk\nb\tminerals\n");
    let run = work.run(&[
        "query",
        "--explain",
        "--queries",
        "topics.tsv",
        "--format",
        "trec",
        "-n",
        "1",
    ]);
    assert_eq!(run.stderr.matches("read as").count(), 2, "{}", run.stderr);
}

#[test]
fn json_has_the_account_and_every_hit_its_score() {
    let run = INDEXED.0.run(&[
        "query",
        "minerals deal",
        "--explain",
        "--format",
        "json",
        "-n",
        "3",
    ]);
    let page = run.ok().json();
    let account = &page["explain"];
    assert_eq!(account["reading"], "minerals deal");
    assert_eq!(account["parts"][1]["query"], "deal");
    assert_eq!(account["words"][1]["forms"][0]["form"], "deal");
    for hit in page["hits"].as_array().unwrap() {
        let terms = hit["explain"]["terms"].as_array().unwrap();
        let parts = terms
            .iter()
            .map(|term| term["places"].as_f64().unwrap() + term["nearness"].as_f64().unwrap());
        let sum: f64 = parts.sum();
        assert!((sum - hit["score"].as_f64().unwrap()).abs() < 1e-4, "{hit}");
    }
    let run = INDEXED
        .0
        .run(&["query", "minerals", "--format", "json"])
        .ok();
    assert!(!run.stdout.contains("explain"));
}

#[test]
fn scores_are_taken_apart_below_their_hits() {
    let run = INDEXED
        .0
        .run(&["query", "ceasefire Kursk", "--explain", "-n", "1"]);
    let line = run.stdout.lines().find(|line| line.contains("score "));
    let line = line.unwrap();
    assert!(
        line.contains("ceasefire") && line.contains("Kursk"),
        "{line}"
    );
    let run = INDEXED
        .0
        .run(&["query", "Kursk", "--explain", "--sort", "newest"]);
    assert!(!run.stdout.contains("score "), "{}", run.stdout);
}
