//! The contract of scores: what the scan computes by looking at everything, every engine does.

use std::collections::BTreeMap;

use super::*;
use crate::engine::{Boost, Matches};

/// What sums of the same numbers in other orders may differ by, beside 1.
const ROUNDING: f32 = 1e-3;

const ALL: Window = Window {
    sort: Sort::Relevance,
    offset: 0,
    limit: 1000,
    is_counted: true,
};

/// Indexes the articles in two commits; none is replaced, for replaced articles are
/// counted until they are swept away.
fn index_afresh(folder: &Path, articles: &[Article]) -> EmbeddedEngine {
    let options = WriteOptions {
        memory_bytes: 30_000_000,
        threads: 1,
        rebuild: false,
    };
    let writer = Writer::open(folder, options).unwrap();
    let mut lexicons = Lexicons::default();
    for (number, articles) in articles.chunks(articles.len().div_ceil(2)).enumerate() {
        let key = file_key(Path::new(&format!("/{number}")));
        for article in articles {
            writer
                .add_article(article.clone(), writer.admit(key, 100), &mut lexicons)
                .unwrap();
        }
        writer.commit().unwrap();
    }
    writer.finish().unwrap();
    EmbeddedEngine::open(folder).unwrap()
}

fn scores(engine: &dyn Engine, matches: &Matches) -> BTreeMap<String, f32> {
    let ids = engine.ids(&matches.keys()).unwrap();
    let scores = matches.hits.iter().map(|hit| hit.score);
    ids.into_iter().zip(scores).collect()
}

fn agree(one: f32, other: f32) -> bool {
    (one - other).abs() <= ROUNDING * (1.0 + one.abs())
}

fn check_scores(engine: &dyn Engine, oracle: &ScanEngine, query: &Clause, boosts: &[Boost]) {
    let found = engine.search_boosted(query, boosts, ALL).unwrap();
    let expected = oracle.search_boosted(query, boosts, ALL).unwrap();
    let expected = scores(oracle, &expected);
    assert_eq!(
        scores(engine, &found).keys().collect::<Vec<_>>(),
        expected.keys().collect::<Vec<_>>(),
        "{query}"
    );
    for (id, score) in scores(engine, &found) {
        assert!(
            agree(score, expected[&id]),
            "{query}: {id} scores {score}, not {}",
            expected[&id]
        );
    }
    let keys = found.keys();
    let ids = engine.ids(&keys).unwrap();
    for (pair, ids) in found.hits.windows(2).zip(ids.windows(2)) {
        let falls = pair[0].score > pair[1].score;
        let ties = pair[0].score == pair[1].score && ids[0] < ids[1];
        assert!(falls || ties, "{query}: {pair:?} {ids:?}");
    }
    let explained = engine.explain(query, boosts, &keys).unwrap();
    assert_eq!(explained.len(), keys.len());
    for (hit, explained) in found.hits.iter().zip(&explained) {
        assert_eq!(explained.score(), hit.score, "{query}");
    }
    if let Some((id, explained)) = ids.first().zip(explained.first()) {
        let key = oracle_key(oracle, id);
        let expected = oracle.explain(query, boosts, &[key]).unwrap().remove(0);
        let places = |explanation: &crate::engine::Explanation| -> Vec<_> {
            let terms = explanation.terms.iter();
            terms
                .map(|term| {
                    (
                        term.term.clone(),
                        term.in_title,
                        term.in_text,
                        term.articles,
                    )
                })
                .collect()
        };
        assert_eq!(places(explained), places(&expected), "{query}: {id}");
        assert_eq!(explained.words, expected.words);
    }
}

fn oracle_key(oracle: &ScanEngine, id: &str) -> crate::engine::ArticleKey {
    let all = oracle.search(&Clause::All, ALL).unwrap();
    let ids = oracle.ids(&all.keys()).unwrap();
    all.hits[ids.iter().position(|other| other == id).unwrap()].key
}

fn boosts() -> impl Strategy<Value = Vec<Boost>> {
    let boost = (prop::sample::select(WORDS), 0.1_f32..1.0).prop_map(|(text, weight)| Boost {
        word: Word::stem(text),
        weight,
    });
    prop::collection::vec(boost, 0..3)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn the_index_scores_what_the_scan_scores(
        articles in articles(),
        queries in prop::collection::vec((clause(), boosts()), 10),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let engine = index_afresh(folder.path(), &articles);
        let oracle = ScanEngine::new(articles.clone());
        for (query, boosts) in &queries {
            check_scores(&engine, &oracle, query, boosts);
        }
    }
}

/// Articles with the same words at other places, far more than a block of the pool holds.
fn many() -> Vec<Article> {
    let article = |number: usize| Article {
        id: format!("{:04}", number * 37 % 1301),
        title: if number.is_multiple_of(7) {
            "harbour talks"
        } else {
            "news"
        }
        .into(),
        body: format!(
            "harbour {} talks {}. {}",
            "word ".repeat(number % 11),
            "talks ".repeat(number % 5),
            "Mr. Bert Strand said: “The ferry talks go on.” ".repeat(number % 4),
        ),
        ..Article::default()
    };
    (0..1300).map(article).collect()
}

#[test]
fn scores_never_rise_and_pages_fit_together_across_blocks() {
    let folder = tempfile::tempdir().unwrap();
    let engine = index_afresh(folder.path(), &many());
    let query = crate::query::parse_plain("harbour talks");
    let page = |offset, limit| {
        let sort = Sort::Relevance;
        engine
            .search(
                &query,
                Window {
                    sort,
                    offset,
                    limit,
                    is_counted: true,
                },
            )
            .unwrap()
            .hits
    };
    let all = page(0, 2000);
    assert_eq!(all.len(), 1300);
    assert!(all.windows(2).all(|pair| pair[0].score >= pair[1].score));
    for (offset, limit) in [
        (0, 10),
        (95, 10),
        (99, 1),
        (100, 50),
        (990, 20),
        (1290, 100),
    ] {
        let expected = &all[offset..(offset + limit).min(all.len())];
        assert_eq!(page(offset, limit), expected, "{offset}");
    }
}

#[test]
fn what_is_passed_over_is_not_among_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let engine = index_afresh(folder.path(), &many());
    for query in [
        "harbour NEAR/3 talks",
        "harbour PRE/9 (talks NEAR/2 word)",
        "harbour NOT NEAR/4 talks",
        "ATLEAST/3 talks",
        "\"harbour talks\"~5",
        "(harbour OR news) NEAR/20 tal*",
        "lead:(word NEAR/3 talks)",
        "harbour news",
        "actor:Strand NEAR/20 harbour",
        "actor:\"Bert Strand\"",
        "said:Strand(ferry talks)",
        "said:Strand",
    ] {
        let (query, _) = crate::query::parse_strict(query, date(2025, 1, 1)).unwrap();
        let first = |is_counted| {
            let window = Window {
                sort: Sort::Relevance,
                offset: 0,
                limit: 30,
                is_counted,
            };
            engine.search(&query, window).unwrap().hits
        };
        assert!(!first(true).is_empty(), "{query}");
        assert_eq!(first(false), first(true), "{query}");
    }
}
