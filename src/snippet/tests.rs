//! Occurrences and snippets in small and in arbitrary articles.

mod golden;

use std::ops::Range;

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::{Matcher, Snippet, Wanted, highlights};
use crate::analysis::{Language, tokens};
use crate::article::Article;
use crate::engine::scan::ScanEngine;
use crate::engine::{Engine as _, Sort, Window};
use crate::query::{Clause, TextField, Word, parse_strict};

fn word(text: &str) -> Clause {
    Clause::Word {
        field: TextField::Text,
        word: plain(text),
    }
}

fn plain(text: &str) -> Word {
    match text.strip_prefix('=') {
        Some(text) => Word::exact(text),
        None => Word::stem(text),
    }
}

fn phrase(text: &str) -> Clause {
    Clause::Phrase {
        field: TextField::Text,
        words: text.split(' ').map(plain).collect(),
        gaps: 0,
    }
}

/// Words apart by spaces; `"two words"` in quotes are a phrase.
fn all(query: &str) -> Clause {
    let parts = query.split('"').enumerate().flat_map(|(number, part)| {
        if number % 2 == 1 {
            vec![phrase(part)]
        } else {
            part.split_whitespace().map(word).collect()
        }
    });
    Clause::And(parts.collect())
}

fn article(body: &str) -> Article {
    Article {
        body: body.to_owned(),
        ..Article::default()
    }
}

fn excerpt(article: &Article, matcher: &Matcher, wanted: usize) -> Vec<Snippet> {
    let wanted = Wanted {
        snippets: wanted,
        columns: Wanted::COLUMNS,
    };
    super::excerpt(article, matcher, &matcher.find(article), wanted)
}

/// What of a body matched.
fn body_highlights(matcher: &Matcher, body: &str, lang: &str) -> Vec<Range<usize>> {
    let article = Article {
        lang: Some(lang.to_owned()),
        ..article(body)
    };
    highlights(&matcher.find(&article).body)
}

fn marked(text: &str, highlights: &[Range<usize>]) -> String {
    let mut marked = text.to_owned();
    for range in highlights.iter().rev() {
        marked.insert(range.end, ']');
        marked.insert(range.start, '[');
    }
    marked
}

fn shown(snippets: &[Snippet]) -> Vec<String> {
    snippets
        .iter()
        .map(|snippet| marked(&snippet.text, &snippet.highlights))
        .collect()
}

mod matching {
    use super::*;

    #[track_caller]
    fn check_in(lang: &str, query: Clause, text: &str, expected: &str) {
        let matcher = Matcher::new(&query, &[Language::of(Some(lang))]);
        assert_eq!(
            marked(text, &body_highlights(&matcher, text, lang)),
            expected
        );
    }

    #[track_caller]
    fn check(query: Clause, text: &str, expected: &str) {
        check_in("en", query, text, expected);
    }

    #[test]
    fn words_match_their_inflections_unless_exact() {
        check(
            word("negotiator"),
            "Negotiators and a NEGOTIATOR’s aide",
            "[Negotiators] and a [NEGOTIATOR]’s aide",
        );
        check(word("=talk"), "Talks, talk, Talk", "Talks, [talk], [Talk]");
        check(word("Erdogan"), "Erdoğan in 2025", "[Erdoğan] in 2025");
        check(word("US"), "The U.S. told us", "The [U.S]. told us");
    }

    #[test]
    fn phrases_match_only_in_a_row_and_never_across_paragraphs() {
        check(
            phrase("unconditional ceasefire"),
            "A ceasefire, an unconditional ceasefire; unconditional.\n\nCeasefire",
            "A ceasefire, an [unconditional ceasefire]; unconditional.\n\nCeasefire",
        );
        check(phrase("a b a"), "a b a b a c a b", "[a b a b a] c a b");
        check(phrase("a a b"), "a a a b", "a [a a b]");
        check(
            word("Covid-19"),
            "Covid 19 and covid",
            "[Covid 19] and covid",
        );
        check(
            phrase("=talks on"),
            "talk on talks on",
            "talk on [talks on]",
        );
    }

    #[test]
    fn negated_words_and_metadata_do_not_match() {
        let query = Clause::And(vec![
            word("kursk"),
            Clause::Not(Box::new(word("gaza"))),
            Clause::Or(vec![word("truce"), Clause::All]),
        ]);
        check(query, "Kursk, Gaza, truce", "[Kursk], Gaza, [truce]");
        check(word("--"), "anything -- at all", "anything -- at all");
    }

    /// Checks what of an article is marked by a query as it is typed.
    #[track_caller]
    fn check_typed(query: &str, title: &str, body: &str) {
        let plain = |marked: &str| marked.replace(['[', ']'], "");
        let article = Article {
            title: plain(title),
            body: plain(body),
            ..Article::default()
        };
        let (clause, _) = parse_strict(query, jiff::civil::Date::ZERO).unwrap();
        let found = Matcher::new(&clause, &[]).find(&article);
        let shown = [
            marked(&article.title, &highlights(&found.title)),
            marked(&article.body, &highlights(&found.body)),
        ];
        assert_eq!(shown, [title, body], "{query}");
    }

    #[test]
    fn fields_match_where_they_are() {
        check_typed("title:kursk", "[Kursk]", "Kursk");
        check_typed("title:kursk OR truce", "[Kursk]", "Kursk [truce]");
        let late = "word ".repeat(99);
        check_typed("lead:truce", "Truce", &format!("[truce] {late}truce"));
    }

    #[test]
    fn both_sides_of_nearness_match_where_they_are_near() {
        check_typed(
            "rubio NEAR/2 lavrov",
            "",
            "[Rubio] met [Lavrov]. [Lavrov] met [Rubio] [Lavrov].",
        );
        check_typed(
            "rubio NEAR/2 lavrov",
            "Rubio",
            "Rubio saw him. On Monday [Lavrov] and [Rubio] spoke, and later on in the week Lavrov left",
        );
        check_typed(
            "rubio PRE/1 lavrov",
            "",
            "Lavrov Rubio x Lavrov [Rubio] [Lavrov] Lavrov",
        );
        check_typed(
            "rubio NEAR/S lavrov",
            "",
            "Rubio left. [Rubio] met [Lavrov]. Lavrov left.",
        );
        check_typed(
            "rubio NEAR/P lavrov",
            "",
            "Rubio left.\n\n[Rubio] came. [Lavrov] left.\n\nLavrov stayed.",
        );
        check_typed(
            "georgia NOT NEAR/2 meloni",
            "",
            "Georgia Meloni of Italy spoke; [Georgia] votes",
        );
        check_typed(
            "(\"peace talks\" NEAR/2 kyiv) NEAR/4 truce",
            "",
            "[Peace talks] in [Kyiv] on a [truce]. Peace talks once failed over Kyiv and a truce",
        );
    }

    #[test]
    fn people_match_where_they_are_named_and_quoted() {
        check_typed(
            "actor:Quill",
            "[Ann Quill] at sea",
            "[Quill] sails; Quills sail. Bert Strand met [Ann Quill]’s crew.",
        );
        check_typed(
            "actor:\"Ann Quill\" NEAR/3 met",
            "",
            "Ann Quill saw it. Bert Strand [met] [Quill] at sea.",
        );
        let said = "“The ferry and the ferry sail,” said Quill. Ferry! “A ferry,” said Strand.";
        let people = "Ann Quill met Bert Strand. ";
        check_typed(
            "said:Quill(ferry)",
            "",
            &format!(
                "{people}{}",
                said.replacen("ferry", "[ferry]", 2)
                    .replacen("Quill", "[Quill]", 1)
            ),
        );
        check_typed(
            "said:Quill(sail \"and the\")",
            "",
            &format!(
                "{people}{}",
                said.replace("and the", "[and the]")
                    .replace("sail", "[sail]")
                    .replace("Quill", "[Quill]")
            ),
        );
        check_typed(
            "said:Strand OR said:Quill(port)",
            "",
            &format!("{people}{}", said.replace("Strand", "[Strand]")),
        );
        check_typed("said:Strand(sail)", "", &format!("{people}{said}"));
    }

    #[test]
    fn counts_conjunctions_and_gaps_match_as_a_whole() {
        check_typed("ATLEAST/3 talks OR truce", "Talks", "talk of a [truce]");
        check_typed(
            "ATLEAST/3 talks OR truce",
            "[Talks]",
            "[talk] of [talks] and a [truce]",
        );
        check_typed("(talks gaza) OR truce", "Talks", "talks on a [truce]");
        check_typed("talks gaza", "[Talks]", "[talks] on a truce");
        check_typed(
            "\"ceasefire proposal\"~1",
            "",
            "a [ceasefire peace proposal], a ceasefire or peace proposal",
        );
    }

    #[test]
    fn words_with_blanks_match_as_found() {
        check_typed(
            "sanct* *ment k?rsk",
            "[Sanctions]",
            "[Deployment] in [Kursk], [sanctuary]",
        );
        check_typed("lavrof~1", "", "[Lavrov], [Lavrof]; Lavrin");
        check_typed("/zelens(ky|kyy)/", "", "[Zelensky], [Zelenskyy], Zelenskiy");
        check_typed("\"peace pla*\"", "", "[peace plan], peace, [peace plans]");
    }

    #[test]
    fn any_script_matches() {
        check_in(
            "zh",
            word("停火"),
            "俄乌停火协议，停了火",
            "俄乌[停火]协议，停了火",
        );
        check_in("ru", word("переговоры"), "о Переговорах", "о [Переговорах]");
        check_in("ar", word("كتاب"), "قرأت الكتاب", "قرأت [الكتاب]");
        check_in("el", word("άγιος"), "ο Άγιος", "ο [Άγιος]");
    }

    #[test]
    fn a_prefilter_by_letter_loses_nothing() {
        let text = "Élysée elysee ELYSEE ÉLYSÉE ｅlysee";
        check(
            word("élysée"),
            text,
            "[Élysée] [elysee] [ELYSEE] [ÉLYSÉE] [ｅlysee]",
        );
    }
}

mod excerpts {
    use super::*;

    #[track_caller]
    fn check(query: &str, body: &str, expected: &[&str]) {
        let matcher = Matcher::new(&all(query), &[]);
        assert_eq!(shown(&excerpt(&article(body), &matcher, 2)), expected);
    }

    const FILLER: &str = "Nothing else of any interest at all happened on that very long and otherwise entirely uneventful day in town.";

    #[test]
    fn the_sentence_with_most_of_the_query_comes_first_to_mind() {
        let body = format!(
            "Kursk is a city of some size in the west of the country, and it is old. {FILLER} {FILLER}\n\n{FILLER} \
             The ceasefire plan leaves the Kursk region out, said the minister on Friday evening. {FILLER}"
        );
        let matcher = Matcher::new(&all("kursk ceasefire"), &[]);
        assert_eq!(
            shown(&excerpt(&article(&body), &matcher, 1)),
            [
                "The [ceasefire] plan leaves the [Kursk] region out, said the minister on Friday evening."
            ]
        );
    }

    #[test]
    fn the_second_snippet_says_something_new() {
        let body = format!(
            "Kursk saw fighting again on Monday morning, the army said in a statement from the capital. {FILLER}\n\n\
             Kursk saw fighting again on Monday morning, the army said in a statement from the city. {FILLER}\n\n\
             A ceasefire was not in sight, diplomats told reporters on the sidelines of the long meeting. {FILLER}"
        );
        check(
            "kursk ceasefire",
            &body,
            &[
                "[Kursk] saw fighting again on Monday morning, the army said in a statement from the capital.",
                "A [ceasefire] was not in sight, diplomats told reporters on the sidelines of the long meeting.",
            ],
        );
    }

    #[test]
    fn white_space_collapses_and_highlights_follow() {
        check(
            "\"peace talks\" geneva",
            "  The  peace \t  talks\u{a0}\u{a0}in  Geneva went on for the\n whole of the day and into the night, they said.\n",
            &[
                "The [peace talks] in [Geneva] went on for the whole of the day and into the night, they said.",
            ],
        );
    }

    #[test]
    fn long_sentences_are_cut_between_words() {
        let body = format!(
            "{}then kursk met ceasefire {}end.",
            "so it goes ".repeat(60),
            "and on it went ".repeat(60)
        );
        let matcher = Matcher::new(&all("kursk ceasefire"), &[]);
        let snippets = excerpt(&article(&body), &matcher, 1);
        let text = &snippets[0].text;
        assert!(text.starts_with("… ") && text.ends_with(" …"), "{text}");
        assert!((150..=305).contains(&text.chars().count()), "{text}");
        assert_eq!(snippets[0].highlights.len(), 2);
    }

    #[test]
    fn without_a_match_the_article_opens() {
        let opening = "It rained in Lisbon for a whole week, which is a long time for a city that is so used to the sun.";
        check("kursk", &format!("{opening}\n\n"), &[opening]);
        check("kursk", "", &[]);
    }

    #[test]
    fn none_wanted_makes_none() {
        let matcher = Matcher::new(&word("kursk"), &[]);
        assert!(excerpt(&article("Kursk."), &matcher, 0).is_empty());
    }

    #[test]
    fn chinese_is_cut_into_sentences_too() {
        let body = "天气很好，大家都去公园散步，孩子们在湖边放风筝，老人们在树下下棋，一切都很平静，没有什么事情发生。双方周五在日内瓦同意停火，并将从前线撤军，观察员将在下周抵达，联合国秘书长对此表示欢迎，并呼吁各方遵守协议。";
        let article = Article {
            lang: Some("zh".to_owned()),
            ..article(body)
        };
        let matcher = Matcher::new(&word("停火"), &[Language::of(Some("zh"))]);
        let shown = shown(&excerpt(&article, &matcher, 1));
        assert!(
            shown[0].starts_with("双方周五在日内瓦同意[停火]，"),
            "{shown:?}"
        );
    }
}

/// Texts of words that queries ask for, signs, spaces, lines and wild characters.
fn wild_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(vec![
            "kursk", "Kursk's", "peace", "talks", "talk", "U.S.", "l'Ukraine", "1,376", "停火", "停", "Переговоры",
            "covid-19", "e\u{301}te", "👩‍👩‍👧", "المحادثات", "Mr.", "No. 5", "AT&T", "\u{202E}x", "(see", "note)", "“We", "go.”",
        ]).prop_map(str::to_owned),
        4 => prop::sample::select(vec![" ", " ", " ", "  ", ". ", ".\n", "\n", "\n\n", " \r\n\r\n", "。", "! ", "… ", "\u{a0}", "\u{2028}", "-"])
            .prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => "[a-z]{0,400}",
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

fn wild_query() -> impl Strategy<Value = Clause> {
    let part = prop::sample::select(vec![
        "kursk",
        "talk",
        "\"peace talks\"",
        "US",
        "\"l'Ukraine 1,376\"",
        "停火",
        "переговоры",
        "covid-19",
        "AT&T",
        "=talks",
        "été",
        "\"kursk peace\"",
        "محادثات",
        "=mr",
    ]);
    prop::collection::vec(part, 2..5).prop_map(|parts| all(&parts.join(" ")))
}

/// Queries of every positional operator of words.
fn positional_query() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "kursk",
        "talk",
        "=talks",
        "tal*",
        "pe?ce",
        "kursc~1",
        "/k.rsk/",
        "\"peace talks\"",
        "\"kursk talks\"~2",
    ]);
    let leaf = leaf.prop_map(str::to_owned);
    let nested = leaf.prop_recursive(3, 8, 2, |inner| {
        let operator = prop::sample::select(vec![
            "NEAR/2",
            "PRE/3",
            "NEAR/S",
            "PRE/P",
            "NOT NEAR/1",
            "OR",
            "OR",
        ]);
        (inner.clone(), operator, inner)
            .prop_map(|(left, operator, right)| format!("({left} {operator} {right})"))
    });
    prop_oneof![
        4 => nested.clone(),
        1 => nested.prop_map(|nested| format!("ATLEAST/2 {nested}")),
    ]
}

fn text_in_sentences() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Kursk",
        "talks",
        "Talking",
        "peace",
        "Peace",
        "kursks",
        "river",
        "tale",
        "the.\n\nThe",
        "then. And",
    ]);
    prop::collection::vec(word, 1..30).prop_map(|words| words.join(" "))
}

fn languages() -> Vec<Language> {
    ["en", "ru", "ar", "zh"]
        .map(|code| Language::of(Some(code)))
        .to_vec()
}

proptest! {
    #[test]
    fn highlights_are_ordered_ranges_that_match_on_their_own(
        text in wild_text(), query in wild_query(), lang in prop::sample::select(vec!["en", "ru", "ar", "zh", "fr"]),
    ) {
        let matcher = Matcher::new(&query, &languages());
        let mut end = 0;
        for range in body_highlights(&matcher, &text, lang) {
            prop_assert!(range.start >= end && range.start < range.end);
            end = range.end;
            let alone = text.get(range).expect("a range of the text");
            let found = body_highlights(&matcher, alone, lang);
            prop_assert_eq!(marked(alone, &found), format!("[{alone}]"));
        }
    }

    #[test]
    fn whatever_is_asked_each_highlight_is_matched_by_a_part_alone(
        query in positional_query(), text in text_in_sentences(),
    ) {
        let (query, _) = parse_strict(&query, jiff::civil::date(2025, 1, 1)).expect("it is a query");
        let found = body_highlights(&Matcher::new(&query, &languages()), &text, "en");
        let is_met = ScanEngine::new(vec![Article { lang: Some("en".to_owned()), ..article(&text) }])
            .search(&query, Window { sort: Sort::Newest, offset: 0, limit: 1, is_counted: true })
            .expect("a scan reads nothing")
            .total == 1;
        prop_assert_eq!(!found.is_empty(), is_met, "{} in {:?}", query, text);
        for range in found {
            let alone = text.get(range).expect("a range of the text");
            let is_part = |leaf: &Clause| {
                let found = body_highlights(&Matcher::new(leaf, &languages()), alone, "en");
                marked(alone, &found) == format!("[{alone}]")
            };
            prop_assert!(query.positive_leaves().any(is_part), "{:?} of {}", alone, query);
        }
    }

    #[test]
    fn snippets_are_whole_words_of_the_article(
        lead in wild_text(), body in wild_text(), query in wild_query(), wanted in 0_usize..4,
        lang in prop::sample::select(vec![None, Some("en"), Some("ru"), Some("ar"), Some("zh"), Some("xx")]),
    ) {
        let article = Article { lead, body, lang: lang.map(str::to_owned), ..Article::default() };
        let matcher = Matcher::new(&query, &languages());
        let snippets = excerpt(&article, &matcher, wanted);
        prop_assert!(snippets.len() <= wanted);
        let words = |text: &str| -> Vec<String> { tokens(text).map(|token| token.surface.to_owned()).collect() };
        let source = format!("{}\n\n{}", article.lead, article.body);
        let source_words = words(&source);
        for snippet in snippets {
            let mut end = 0;
            for range in &snippet.highlights {
                prop_assert!(range.start >= end && range.start < range.end);
                end = range.end;
                let alone = snippet.text.get(range.clone()).expect("a range of the text");
                prop_assert!(!body_highlights(&matcher, alone, lang.unwrap_or_default()).is_empty());
            }
            prop_assert!(!snippet.text.contains(['\n', '\t']) && !snippet.text.contains("  "));
            prop_assert_eq!(snippet.text.trim(), &snippet.text);
            prop_assert!(snippet.text.width() <= 300 * wanted + 8);
            let own = words(&snippet.text);
            let (first, last) = (own.first(), own.last());
            let cut = (snippet.text.starts_with('…'), snippet.text.ends_with('…'));
            let whole = |word: Option<&String>| word.is_none_or(|word| source_words.contains(word));
            prop_assert!(cut.0 || whole(first) || (cut.1 && own.len() == 1), "{:?}", snippet.text);
            prop_assert!(cut.1 || whole(last) || (cut.0 && own.len() == 1), "{:?}", snippet.text);
        }
    }

    #[test]
    fn any_text_yields_snippets_without_panic(body in "(?s).{0,400}", lang in "[a-z]{0,3}(-[a-z]{2})?", wanted in 0_usize..3) {
        let article = Article { body, lang: Some(lang), ..Article::default() };
        let matcher = Matcher::new(&all("a e 停"), &[]);
        let _ = excerpt(&article, &matcher, wanted);
    }
}
