//! The language from end to end: a query, its tree, and what it matches of an article.

use std::fmt::Write;

use super::*;

const QUERIES: &[&str] = &[
    "envoy talks",
    "\"peace talks\"",
    "=talks",
    "=\"Peace Talks\"",
    "\"peace harbour\"~3",
    "talk* h?rbour *ment",
    "harbuor~1",
    "/(envoy|minister)s?/",
    "envoy NEAR/3 minister",
    "envoy PRE/3 minister",
    "minister PRE/3 envoy",
    "envoy NEAR/S minister",
    "envoy w/p minister",
    "(envoy OR delegate) NEAR/4 (\"peace talks\" OR minister)",
    "(minister NEAR/4 peace) NEAR/4 harbour",
    "minister NOT NEAR/3 envoy",
    "ATLEAST/2 talks",
    "ATLEAST/4 talks",
    "title:talks",
    "lead:(envoy NEAR/3 minister)",
    "title:(talks PRE/1 resume) OR harbour^2",
    "actor:Strand NEAR/S said:Strand(fog OR peace)",
    "said:\"Ines Strand\"",
    "ATLEAST/2 title:actor:Strand OR said:Strand(ferry fog)",
    "talks NOT minister",
    "(talks NOT rain) OR (envoy frost)",
    "source:wire harbour",
];

fn sample() -> Article {
    Article {
        title: "Talks resume in the old harbour".to_owned(),
        lead: "An envoy met the minister on Monday.".to_owned(),
        body: "Peace talks began in the harbour. The envoy saw a delegate. Then the minister spoke.\n\n\
               A minister left early; peace in the old harbour held, said a Talker of the government.\n\n\
               “Fog kept the ferry in,” said Ines Strand. A pilot saw Strand off."
            .to_owned(),
        ..Article::default()
    }
}

#[test]
fn queries_their_trees_and_what_they_match() {
    let article = sample();
    let mut golden = String::new();
    for query in QUERIES {
        let (clause, _) = parse_strict(query, jiff::civil::Date::ZERO).unwrap();
        let matcher = Matcher::new(&clause, &[]);
        let met = if matcher.is_met_by(&article) {
            ""
        } else {
            " (not met)"
        };
        writeln!(golden, "{query}\n  = {clause}{met}\n  : {clause:?}").unwrap();
        let found = matcher.find(&article);
        let texts = [
            (&article.title, &found.title),
            (&article.lead, &found.lead),
            (&article.body, &found.body),
        ];
        for (text, occurrences) in texts {
            for line in marked(text, &highlights(occurrences)).lines() {
                if line.contains('[') {
                    writeln!(golden, "  > {line}").unwrap();
                }
            }
        }
    }
    insta::assert_snapshot!(golden);
}
