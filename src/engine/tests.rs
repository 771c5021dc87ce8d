//! The contract of all engines: what the scan finds, every engine finds.

mod ranking;

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::date;
use proptest::prelude::*;

use super::embedded::{EmbeddedEngine, WriteOptions, Writer, file_key};
use super::scan::ScanEngine;
use super::{Engine, Sort, Window};
use crate::analysis::Lexicons;
use crate::analysis::WordForm;
use crate::article::{Article, ArticleDate};
use crate::query::{Clause, DayRange, Keyword, Nearness, Reach, TextField, Weight, Word};

/// Few words, so that random queries meet random articles: inflections, names with
/// marks, hyphens, initials, a number, other scripts, and capitals.
const WORDS: &[&str] = &[
    "talks",
    "talk",
    "Talking",
    "ceasefire",
    "Kursk",
    "Erdoğan",
    "Erdogan",
    "US",
    "us",
    "U.S.",
    "Covid-19",
    "l'Ukraine",
    "négociations",
    "politiques",
    "politique",
    "Київ",
    "停火",
    "1,376",
    "the",
];

/// What people are named in, and what they are quoted with.
const PEOPLE: &[&str] = &[
    "Marco Rubio",
    "Rubio",
    "Sergey Lavrov",
    "Lavrov",
    "Volodymyr Zelenskyy",
    "Zelensky",
    "“Talks on a ceasefire”, said Lavrov,",
    "\"We talk in Kursk,\" said Sergey Lavrov,",
    "“The talks of Rubio\n\nand a ceasefire,” said Zelensky.",
    "“US,” said Marco Rubio.",
    "“",
];

const NAMES: &[&str] = &[
    "Rubio",
    "Marco Rubio",
    "lavrov",
    "Zelenskyy",
    "Sergey",
    "Marco Lavrov",
    "Kursk",
    "-",
];

/// Outlets as they are counted, and as records spell them.
const SOURCES: &[(&str, Option<&str>)] = &[
    ("Harbour Wire", None),
    ("The Harbour Post", Some("HARBOUR POST (online)")),
    ("Wire", None),
    ("The New York Times", Some("nytimes.com")),
    ("The New York Times", None),
    ("Agence France-Presse", Some("AFP")),
    ("wire.example", Some("https://www.wire.example/a")),
];
const BYLINES: &[(&[&str], Option<&str>)] = &[
    (&["Jane Doe"], None),
    (
        &["Jane Doe", "John Roe"],
        Some("By JANE DOE and JOHN ROE, Staff Writers"),
    ),
    (&[], Some("@janedoe")),
];
const LANGS: &[&str] = &["en", "fr", "uk", "zh"];

fn text(words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let separator = prop::sample::select(vec![" ", " ", " ", ". ", "\n", "\n\n"]);
    let piece = prop_oneof![
        3 => prop::sample::select(WORDS),
        1 => prop::sample::select(PEOPLE),
    ];
    let word = (piece, separator);
    prop::collection::vec(word, words).prop_map(|words| {
        words
            .into_iter()
            .map(|(word, after)| format!("{word}{after}"))
            .collect()
    })
}

fn article() -> impl Strategy<Value = Article> {
    let optional = |values: &'static [&'static str]| {
        prop::option::of(prop::sample::select(values).prop_map(str::to_owned))
    };
    let texts = (text(0..5), text(0..3), text(0..30));
    let day = prop::option::of((1i8..=3, 1i8..=28));
    let credits = (
        prop::option::of(prop::sample::select(SOURCES)),
        prop::option::of(prop::sample::select(BYLINES)),
    );
    let own = |text: &str| text.to_owned();
    (texts, day, credits, optional(LANGS)).prop_map(
        move |((title, lead, body), day, (source, byline), lang)| Article {
            title,
            lead,
            body,
            published: day.map(|(month, day)| ArticleDate::day(date(2025, month, day))),
            source: source.map(|(name, _)| own(name)),
            source_raw: source.and_then(|(_, raw)| raw.map(own)),
            authors: byline
                .iter()
                .flat_map(|(names, _)| names.iter().copied().map(own))
                .collect(),
            byline: byline.and_then(|(_, raw)| raw.map(own)),
            lang,
            ..Article::default()
        },
    )
}

fn articles() -> impl Strategy<Value = Vec<Article>> {
    prop::collection::vec(article(), 1..12).prop_map(|mut articles| {
        for (number, article) in articles.iter_mut().enumerate() {
            // Ids whose order is not that of the articles.
            article.id = format!("{}-{number}", number * 7 % 10);
            article.path = format!("wire/{number}.txt");
        }
        articles
    })
}

fn field() -> impl Strategy<Value = TextField> {
    use TextField::{Lead, Text, Title};
    prop::sample::select(vec![Text, Text, Title, Lead])
}

fn word() -> impl Strategy<Value = Word> {
    let plain = prop::sample::select(WORDS);
    let patterned = prop::sample::select(vec![
        ("talk*", WordForm::Wildcard),
        ("*ing", WordForm::Wildcard),
        ("k?rsk", WordForm::Wildcard),
        ("*olit*", WordForm::Wildcard),
        ("covid-1*", WordForm::Wildcard),
        ("erdogam", WordForm::Fuzzy(1)),
        ("kurks", WordForm::Fuzzy(1)),
        ("talkers", WordForm::Fuzzy(2)),
        ("tal(k|king)", WordForm::Regex),
        (".*e", WordForm::Regex),
    ]);
    prop_oneof![
        4 => plain.clone().prop_map(Word::stem),
        4 => plain.prop_map(Word::exact),
        1 => patterned.prop_map(|(text, form)| Word { text: text.to_owned(), form }),
    ]
}

/// A clause with places in one field.
fn positional(field: TextField) -> impl Strategy<Value = Clause> {
    let words = prop::collection::vec(word(), 2..4);
    let leaf = prop_oneof![
        3 => word().prop_map(move |word| Clause::Word { field, word }),
        1 => (words, 0_u32..4).prop_map(move |(words, gaps)| Clause::Phrase { field, words, gaps }),
        1 => name().prop_map(move |name| Clause::Actor { field, name }),
        1 => name().prop_map(move |name| said(field, name, Clause::All)),
    ];
    leaf.prop_recursive(3, 8, 3, move |inner| {
        let reach = prop_oneof![
            3 => (1_u32..6).prop_map(Reach::Words),
            1 => Just(Reach::Sentence),
            1 => Just(Reach::Paragraph),
        ];
        let near = (inner.clone(), inner.clone(), reach, any::<bool>());
        let near = near.prop_map(|(left, right, reach, in_order)| {
            Box::new(Nearness {
                left,
                right,
                reach,
                in_order,
            })
        });
        prop_oneof![
            3 => near.clone().prop_map(Clause::Near),
            1 => near.prop_map(Clause::NotNear),
            1 => prop::collection::vec(inner.clone(), 2..4).prop_map(Clause::or),
            2 => (name(), inner.clone()).prop_map(move |(name, inner)| said(field, name, inner)),
            1 => (name(), prop::collection::vec(inner, 2..4)).prop_map(move |(name, inner)| {
                said(field, name, Clause::and(inner))
            }),
        ]
    })
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(NAMES).prop_map(str::to_owned)
}

fn said(field: TextField, speaker: String, clause: Clause) -> Clause {
    let clause = Box::new(clause);
    Clause::Said {
        field,
        speaker,
        clause,
    }
}

fn clause() -> impl Strategy<Value = Clause> {
    let day =
        || prop::option::of((1i8..=3, 1i8..=28).prop_map(|(month, day)| date(2025, month, day)));
    let leaf = prop_oneof![
        8 => (field(), word()).prop_map(|(field, word)| Clause::Word { field, word }),
        8 => field().prop_flat_map(positional),
        1 => (field().prop_flat_map(positional), 1_u32..4).prop_map(|(clause, count)| Clause::AtLeast {
            count,
            clause: Box::new(clause),
        }),
        2 => prop::sample::select(vec![
            "harbour", "wire", "harbour wire", "nobody", "NYT", "nytimes.com", "New York Times", "times", "AFP",
            "Agence France-Presse", "www.wire.example", "online", "", "harb*", "*wir?", "new y*",
        ])
            .prop_map(|text| Clause::Keyword { field: Keyword::Source, text: text.to_owned() }),
        1 => prop::sample::select(vec!["Doe", "jane doe", "staff writers", "doe john", "janedoe"])
            .prop_map(|text| Clause::Keyword { field: Keyword::Author, text: text.to_owned() }),
        1 => prop::sample::select(LANGS)
            .prop_map(|text| Clause::Keyword { field: Keyword::Lang, text: text.to_owned() }),
        1 => prop::sample::select(vec!["wire", "3", "wire/1.txt", "wi*", "wire/*.txt"])
            .prop_map(|text| Clause::Keyword { field: Keyword::Path, text: text.to_owned() }),
        1 => (day(), day()).prop_map(|(since, until)| Clause::Date(DayRange { since, until })),
        1 => Just(Clause::All),
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Clause::and),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Clause::or),
            inner.clone().prop_map(Clause::negated),
            inner.prop_map(|clause| Clause::weighted(clause, Weight(250))),
        ]
    })
}

/// Indexes the articles in two commits, after others that are then replaced.
fn index(folder: &Path, articles: &[Article]) -> EmbeddedEngine {
    let options = WriteOptions {
        memory_bytes: 30_000_000,
        threads: 1,
        rebuild: false,
    };
    let writer = Writer::open(folder, options).unwrap();
    let mut lexicons = Lexicons::default();
    let mut add = |article: &Article, key| {
        writer
            .add_article(article.clone(), writer.admit(key, 100), &mut lexicons)
            .unwrap();
    };
    let key = file_key(Path::new("/archive"));
    let outdated = Article {
        id: "outdated".into(),
        ..articles[0].clone()
    };
    add(&outdated, key);
    articles
        .iter()
        .take(articles.len() / 2)
        .for_each(|article| add(article, file_key(Path::new("/first"))));
    writer.commit().unwrap();
    writer.remove_file(key);
    articles
        .iter()
        .skip(articles.len() / 2)
        .for_each(|article| add(article, key));
    writer.finish().unwrap();
    EmbeddedEngine::open(folder).unwrap()
}

fn ids(engine: &dyn Engine, query: &Clause, sort: Sort) -> Vec<String> {
    let window = Window {
        sort,
        offset: 0,
        limit: 100,
        is_counted: true,
    };
    let matches = engine.search(query, window).unwrap();
    assert_eq!(matches.total, matches.hits.len() as u64);
    engine.ids(&matches.keys()).unwrap()
}

fn check(engine: &dyn Engine, oracle: &ScanEngine, query: &Clause) {
    let found = ids(engine, query, Sort::Relevance);
    let expected = ids(oracle, query, Sort::Relevance);
    let set = |ids: &[String]| ids.iter().cloned().collect::<BTreeSet<_>>();
    assert_eq!(set(&found), set(&expected), "{query}");
    for sort in [Sort::Newest, Sort::Oldest] {
        assert_eq!(
            ids(engine, query, sort),
            ids(oracle, query, sort),
            "{query}"
        );
    }
    let mut streamed = Vec::new();
    let collect = &mut |article: Article| {
        streamed.push(article.id);
        Ok(())
    };
    engine.for_each(query, collect).unwrap();
    assert_eq!(set(&streamed), set(&expected), "{query}");
    check_paging(engine, query, &found);
}

/// Pages follow each other without repeating or skipping.
fn check_paging(engine: &dyn Engine, query: &Clause, all: &[String]) {
    let mut paged = Vec::new();
    while paged.len() < all.len() {
        let window = Window {
            sort: Sort::Relevance,
            offset: paged.len(),
            limit: 2,
            is_counted: true,
        };
        let page = engine.search(query, window).unwrap();
        assert!(!page.hits.is_empty(), "{query}");
        paged.extend(engine.ids(&page.keys()).unwrap());
    }
    assert_eq!(paged, all, "{query}");
}

proptest! {
    // Each case writes an index; the nightly run sets PROPTEST_CASES.
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn the_index_finds_what_the_scan_finds(
        articles in articles(),
        queries in prop::collection::vec(clause(), 20),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let engine = index(folder.path(), &articles);
        let oracle = ScanEngine::new(articles.clone());
        prop_assert_eq!(engine.languages(), oracle.languages());
        for query in &queries {
            check(&engine, &oracle, query);
        }
        for article in &articles {
            prop_assert_eq!(engine.find(&article.id).unwrap(), Some(article.clone()));
        }
        prop_assert_eq!(engine.find("outdated").unwrap(), None);
    }
}

#[test]
fn a_quotation_counts_as_far_as_it_is_in_the_lead() {
    let article = Article {
        id: "1".into(),
        title: "News".into(),
        body: format!(
            "{}Mr. Bert Strand said: “The ferry talks in the harbour go on until all are tired of them.”",
            "word ".repeat(90)
        ),
        ..Article::default()
    };
    let folder = tempfile::tempdir().unwrap();
    let engine = index(folder.path(), std::slice::from_ref(&article));
    let oracle = ScanEngine::new(vec![article.clone()]);
    for (query, is_met) in [
        ("lead:said:Strand", true),
        ("lead:said:Strand(ferry)", true),
        ("lead:said:Strand(tired)", false),
        ("said:Strand(tired)", true),
        ("lead:said:Strand(ferry tired)", false),
        ("lead:(said:Strand(ferry) NEAR/9 actor:Strand)", true),
    ] {
        let (query, _) = crate::query::parse_strict(query, date(2025, 1, 1)).unwrap();
        assert_eq!(
            ids(&oracle, &query, Sort::Newest).is_empty(),
            !is_met,
            "{query}"
        );
        check(&engine, &oracle, &query);
        let found = crate::snippet::Matcher::new(&query, engine.languages()).find(&article);
        assert_eq!(found.is_empty(), !is_met, "{query}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn the_index_names_the_forms_that_the_scan_names(
        articles in articles(),
        words in prop::collection::vec((field(), word()), 8),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let engine = index(folder.path(), &articles);
        let oracle = ScanEngine::new(articles);
        let names: Vec<&str> = NAMES.iter().flat_map(|name| crate::analysis::name_words(name)).collect();
        let (found, expected) = (engine.spellings(&names).unwrap(), oracle.spellings(&names).unwrap());
        for (found, expected) in found.iter().zip(expected) {
            for (form, articles) in expected {
                let same = found.iter().find(|(found, _)| *found == form);
                prop_assert!(same.is_some_and(|(_, found)| *found >= articles), "{}", form);
            }
        }
        // What has marks may be stemmed otherwise without them.
        for (field, word) in words.into_iter().filter(|(_, word)| word.text.is_ascii()) {
            let found = engine.forms(field, &word).unwrap();
            let expected = oracle.forms(field, &word).unwrap();
            // The index also counts what was replaced, and of a stem the articles in whose
            // language a form has another.
            for (form, articles) in expected {
                let same = found.iter().find(|(found, _)| *found == form);
                prop_assert!(same.is_some_and(|(_, found)| *found >= articles), "{}", form);
            }
        }
    }
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(24)
}

#[test]
fn equal_scores_are_ordered_by_id() {
    let folder = tempfile::tempdir().unwrap();
    let article = |number: usize| Article {
        id: format!("{:03}", number * 37 % 101),
        body: "the same words".into(),
        ..Article::default()
    };
    let articles: Vec<_> = (0..60).map(article).collect();
    let engine = index(folder.path(), &articles);
    let found = ids(&engine, &Clause::word("words"), Sort::Relevance);
    assert!(found.is_sorted(), "{found:?}");
    check_paging(&engine, &Clause::word("words"), &found);
}

#[test]
fn manifests_do_not_change_scores() {
    let score = |manifests: usize| {
        let folder = tempfile::tempdir().unwrap();
        let options = WriteOptions {
            memory_bytes: 30_000_000,
            threads: 1,
            rebuild: false,
        };
        let writer = Writer::open(folder.path(), options).unwrap();
        let article = Article {
            id: "a".into(),
            body: "ceasefire talks".into(),
            ..Article::default()
        };
        let other = Article {
            id: "b".into(),
            body: "something else".into(),
            ..Article::default()
        };
        for article in [article, other] {
            writer
                .add_article(article, writer.admit(1, 9), &mut Lexicons::default())
                .unwrap();
        }
        for _ in 0..manifests {
            writer
                .add_manifest(&super::embedded::Manifest::default())
                .unwrap();
        }
        writer.finish().unwrap();
        let engine = EmbeddedEngine::open(folder.path()).unwrap();
        let window = Window {
            sort: Sort::Relevance,
            offset: 0,
            limit: 1,
            is_counted: true,
        };
        engine.search(&Clause::word("talks"), window).unwrap().hits[0].score
    };
    assert_eq!(score(0), score(50));
}
