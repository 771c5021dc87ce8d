//! What holds for any query: random trees and random text.

use jiff::civil::Date;
use proptest::prelude::*;

use super::*;
use crate::analysis::WordForm;
use crate::query::words::word_in;

fn arb_word() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "AND",
        "OR",
        "NOT",
        "NEAR/5",
        "w/s",
        "title:a",
        "a:b",
        "https://a.b/c_(d)?e=f*",
        "a~1",
        "b^2",
        "AT&T",
        "U.S.",
        "Covid-19",
        "C++",
        "$3.5bn",
        "a(b)",
        "O'Brien",
        "צה\"ל",
        "50%",
        "12:30",
        "NEAR",
        "a/b/c",
        "title",
        "today",
        "2025",
    ]);
    let word = prop_oneof![3 => "[a-z]{1,6}", 1 => odd.prop_map(str::to_owned), 1 => "\\PC{1,6}"];
    word.prop_filter_map("no word", |text| {
        let word = word_in(&text.replace(['*', '?', '"', ' '], ""))?;
        (!word
            .chars()
            .any(|c| signs::is_space(c) || signs::plain(c) != c))
        .then_some(word)
    })
}

fn arb_field() -> impl Strategy<Value = TextField> {
    prop::sample::select(vec![TextField::Text, TextField::Title, TextField::Lead])
}

/// A word on its own or in a phrase.
fn arb_phrase_word() -> impl Strategy<Value = Word> {
    let wildcard = prop::sample::select(vec!["sanct*", "wom?n", "*ment", "b?t*er", "Covid-1*"]);
    prop_oneof![
        3 => arb_word().prop_map(Word::stem),
        3 => arb_word().prop_map(Word::exact),
        1 => wildcard.prop_map(|text| Word { text: text.to_owned(), form: WordForm::Wildcard }),
    ]
}

fn arb_positional(field: TextField) -> impl Strategy<Value = Clause> {
    let fuzzy = (arb_word(), 1_u8..=2).prop_map(|(text, edits)| Word {
        text,
        form: WordForm::Fuzzy(edits),
    });
    let regex = prop::sample::select(vec!["a.c", "zelens(ky|kyy)", "[a-f]+", "a\\/b"]);
    let regex = regex.prop_map(|text| Word {
        text: text.to_owned(),
        form: WordForm::Regex,
    });
    let word = prop_oneof![6 => arb_phrase_word(), 1 => fuzzy, 1 => regex];
    let words = prop::collection::vec(arb_phrase_word(), 2..4);
    let actor = arb_name().prop_map(move |name| Clause::Actor { field, name });
    let spoken = (arb_name(), Just(Clause::All)).prop_map(move |said| said_in(field, said));
    let leaf = prop_oneof![
        1 => actor,
        1 => spoken,
        2 => word.prop_map(move |word| Clause::Word { field, word }),
        1 => (words, 0_u32..5).prop_map(move |(words, gaps)| Clause::Phrase { field, words, gaps }),
    ];
    leaf.prop_recursive(3, 8, 3, move |inner| {
        let reach = prop_oneof![
            (1..=MAX_DISTANCE).prop_map(Reach::Words),
            Just(Reach::Sentence),
            Just(Reach::Paragraph),
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
            2 => near.clone().prop_map(Clause::Near),
            1 => near.prop_map(Clause::NotNear),
            1 => prop::collection::vec(inner.clone(), 2..4).prop_map(Clause::or),
            1 => (arb_name(), arb_quotable(inner)).prop_map(move |said| said_in(field, said)),
        ]
    })
}

/// What can be asked of a quotation, made of what is positional.
fn arb_quotable(
    positional: impl Strategy<Value = Clause> + Clone,
) -> impl Strategy<Value = Clause> {
    prop_oneof![
        2 => positional.clone(),
        1 => prop::collection::vec(positional, 2..4).prop_map(Clause::and),
    ]
}

fn said_in(field: TextField, (speaker, clause): (String, Clause)) -> Clause {
    let clause = Box::new(clause);
    Clause::Said {
        field,
        speaker,
        clause,
    }
}

/// The name of a person: one word or several.
fn arb_name() -> impl Strategy<Value = String> {
    prop::collection::vec(arb_word(), 1..3).prop_map(|words| words.join(" "))
}

fn arb_leaf() -> impl Strategy<Value = Clause> {
    let keyword = prop::sample::select(vec![
        Keyword::Source,
        Keyword::Author,
        Keyword::Section,
        Keyword::Lang,
        Keyword::Path,
        Keyword::Url,
    ]);
    let text = prop::collection::vec(arb_word(), 1..3).prop_map(|words| words.join(" "));
    let day = || prop::option::of((0_i16..=9999, 1_i8..=12, 1_i8..=28));
    let to_date = |(year, month, day)| Date::new(year, month, day).ok();
    let days = (day(), day()).prop_map(move |(a, b)| {
        let (mut since, mut until) = (a.and_then(to_date), b.and_then(to_date));
        if until.is_some() && since > until {
            std::mem::swap(&mut since, &mut until);
        }
        Clause::Date(DayRange { since, until })
    });
    prop_oneof![
        6 => arb_field().prop_flat_map(arb_positional),
        2 => (keyword, text).prop_map(|(field, text)| Clause::keyword(field, text)),
        1 => days,
        1 => Just(Clause::All),
        1 => Just(Clause::nothing()),
    ]
}

fn arb_clause() -> impl Strategy<Value = Clause> {
    arb_leaf().prop_recursive(5, 32, 4, |inner| {
        let several = prop::collection::vec(inner.clone(), 2..5);
        prop_oneof![
            several.clone().prop_map(Clause::and),
            several.prop_map(Clause::or),
            inner.clone().prop_map(Clause::negated),
            (inner, 1_u16..=10_000)
                .prop_map(|(clause, weight)| Clause::weighted(clause, Weight(weight))),
            (arb_field().prop_flat_map(arb_positional), 1_u32..9).prop_map(|(clause, count)| {
                let clause = Box::new(clause);
                Clause::AtLeast { count, clause }
            }),
        ]
    })
}

/// Text made of the language's own pieces and of anything else.
fn arb_query() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        " ",
        "(",
        ")",
        "\"",
        "AND",
        "OR",
        "NOT",
        "-",
        "=",
        "*",
        "?",
        "~1",
        "^2",
        "/",
        "a",
        "b.",
        "title:",
        "date:",
        "source:",
        "url:",
        "said:",
        "said:a(",
        "said:\"a b\"(",
        "actor:",
        "2025",
        "..",
        "7d",
        "https://",
        "NEAR/5",
        "ab",
        "ATLEAST/2",
        "w/s",
        "PRE/2",
        "lead:",
        "~",
        "^",
        "\"~2",
        ")^3",
        "|",
        "é",
        "e\u{301}",
        "“",
        "\u{A0}",
        "צ",
        "\u{5B0}",
        "\n",
        "'",
        ",",
        "中",
        "=\"",
        "\u{338}",
    ]);
    let pieces = prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat());
    prop_oneof![3 => pieces, 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn printed_clauses_read_the_same(clause in arb_clause()) {
        let printed = clause.to_string();
        let parsed = parse(&printed, TODAY);
        prop_assert_eq!(&parsed.problems, &[], "{}", printed);
        prop_assert_eq!(&parsed.notices, &[""; 0], "{}", printed);
        prop_assert_eq!(parsed.clause, clause, "{}", printed);
    }

    #[test]
    fn any_text_is_read_and_its_reading_prints(text in arb_query()) {
        let parsed = parse(&text, TODAY);
        for problem in &parsed.problems {
            prop_assert!(text.get(problem.span.start..problem.span.end).is_some(), "{:?}", problem);
            prop_assert!(problem.render(&text).lines().count() <= 4);
        }
        prop_assert_eq!(parse_strict(&text, TODAY).is_err(), !parsed.problems.is_empty());
        for clause in [parsed.clause, parse_plain(&text)] {
            let printed = clause.to_string();
            let again = parse(&printed, TODAY);
            prop_assert_eq!(&again.problems, &[], "{}", printed);
            prop_assert_eq!(again.clause, clause, "{}", printed);
        }
    }

    #[test]
    fn pictures_fit_a_terminal(text in "\\PC{0,200}", at in any::<prop::sample::Index>()) {
        let starts: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        let start = starts[at.index(starts.len())];
        let problem = QueryProblem { message: String::new(), span: Span { start, end: start }, hint: None };
        let picture = problem.render(&text);
        let lines: Vec<&str> = picture.split('\n').collect();
        prop_assert_eq!(lines.len(), 3);
        let columns: usize = lines[1].chars().filter_map(unicode_width::UnicodeWidthChar::width).sum();
        prop_assert!(columns <= 2 + 72, "{}", picture);
        prop_assert!(lines[2].len() <= 2 + 73, "{}", picture);
    }
}
