//! Texts of every shape, cut into small pieces, with a limit of a hundred bytes a record.

use std::io::BufReader;
use std::ops::ControlFlow;

use proptest::prelude::*;

use super::super::Record;
use super::*;
use crate::error::Problem;

const LIMIT: usize = 100;

/// The titles and problems of a text, of which `chunk_bytes` are in memory at a time.
fn read_in_chunks(text: &[u8], chunk_bytes: usize) -> (Vec<String>, Vec<Problem>) {
    let (mut titles, mut problems) = (Vec::new(), Vec::new());
    let mut sink = |record| {
        match record {
            Record::Article { article, .. } => titles.push(article.title),
            Record::Problem(problem) => problems.push(problem),
        }
        ControlFlow::Continue(())
    };
    let map = crate::parse::FieldMap::default();
    let mut out = Output::new("file", &map, &mut sink);
    let mut text = BufReader::with_capacity(chunk_bytes, text);
    let _ = Records::new(&mut text, &mut out, LIMIT).read();
    (titles, problems)
}

/// Expects titles, and problems by kind and line.
#[track_caller]
fn check(text: &str, titles: &[&str], problems: &[(ProblemKind, u64)]) {
    for chunk_bytes in [1, 7, 64, 1 << 16] {
        let (found, met) = read_in_chunks(text.as_bytes(), chunk_bytes);
        let met: Vec<_> = met
            .iter()
            .map(|problem| (problem.kind, problem.place.line.unwrap_or(0)))
            .collect();
        assert_eq!((&*found, &*met), (&*strings(titles), problems), "{text}");
    }
}

fn strings(titles: &[&str]) -> Vec<String> {
    titles.iter().map(|title| (*title).to_owned()).collect()
}

/// A record that is larger than the limit, with brackets and quotes in its text.
fn vast() -> String {
    format!(
        "{{\"title\": \"vast\", \"text\": \"{}\"}}",
        "}] \\\"{ ".repeat(30)
    )
}

#[test]
fn records_come_alone_in_a_row_and_in_lists() {
    check("{\"title\": \"a\"}", &["a"], &[]);
    check(
        "{\n\"title\": \"a\"\n}\n{\n\"title\": \"b\"\n}\n",
        &["a", "b"],
        &[],
    );
    check(
        "{\"title\":\"a\"}{\"title\":\"b\"}[{\"title\":\"c\"}]",
        &["a", "b", "c"],
        &[],
    );
    check("[{\"title\": \"a\"}, {\"title\": \"b\"}]", &["a", "b"], &[]);
    check("[]", &[], &[]);
}

#[test]
fn lists_stand_under_containers() {
    let list = "[{\"title\": \"a\"}, 3, {\"title\": \"b\"}]";
    check(
        &format!("{{\"articles\": {list}, \"title\": \"Feed\"}}"),
        &["a", "b"],
        &[],
    );
    check(
        &format!("{{\"response\": {{\"n\": 2, \"docs\": {list}}}, \"status\": \"ok\"}}"),
        &["a", "b"],
        &[],
    );
    // A text beside the list makes the object around it a record too.
    let page = format!("{{\"title\": \"page\", \"text\": \"Words.\", \"items\": {list}}}");
    check(&page, &["a", "b", "page"], &[]);
    let topics = "{\"title\": \"a\", \"data\": \"none\", \"entries\": [\"x\", \"y\"]}";
    check(topics, &["a"], &[]);
}

#[test]
fn a_record_that_is_too_large_costs_only_itself() {
    let (vast, large) = (vast(), ProblemKind::TooLarge);
    check(
        &format!("[{{\"title\": \"a\"}},\n{vast},\n{{\"title\": \"b\"}}]"),
        &["a", "b"],
        &[(large, 2)],
    );
    check(
        &format!("{{\"title\": \"a\"}}\n{vast}\n{{\"title\": \"b\"}}"),
        &["a", "b"],
        &[(large, 2)],
    );
    check(
        &format!("{{\"meta\": {vast},\n\"articles\": [{vast}, {{\"title\": \"a\"}}]}}"),
        &["a"],
        &[(large, 2)],
    );
    let spread = format!(
        "{{\"title\": \"a\", {}\"x\": 1}}",
        "\"y\": [1, 2], ".repeat(10)
    );
    check(
        &format!("{spread}\n{{\"title\": \"b\"}}"),
        &["b"],
        &[(large, 1)],
    );
}

#[test]
fn lists_of_any_length_stand_under_containers_and_outlets() {
    let record = |n| format!("{{\"title\": \"{n}\", \"text\": \"Words.\"}}");
    let titles: Vec<_> = (0..20).map(|n| n.to_string()).collect();
    let titles: Vec<_> = titles.iter().map(String::as_str).collect();
    let list: Vec<_> = (0..10).map(record).collect();
    let other: Vec<_> = (10..20).map(record).collect();
    let (list, other) = (list.join(",\n"), other.join(",\n"));
    check(
        &format!("{{\"articles\": [{list}], \"rows\": [{other}]}}"),
        &titles,
        &[],
    );
    check(
        &format!("{{\"Daily Plum\": [{list}], \"The Quince\": [{other}]}}"),
        &titles,
        &[],
    );
    check(
        &format!("{{\"Daily Plum\": [{}, {}]}}", record(0), record(1)),
        &titles[..2],
        &[],
    );
}

#[test]
fn records_stand_under_keys_of_their_own() {
    let record = |n| format!("{{\"title\": \"{n}\", \"text\": \"Words.\"}}");
    let keyed = |key: &str, n| format!("\"{key}\": {}", record(n));
    let (one, two) = (keyed("https://plum.example/1", 1), keyed("17", 2));
    check(&format!("{{{one},\n{two}}}"), &["1", "2"], &[]);
    let many: Vec<_> = (0..9).map(|n| keyed("a", n)).collect();
    let titles: Vec<_> = (0..9).map(|n| n.to_string()).collect();
    let titles: Vec<_> = titles.iter().map(String::as_str).collect();
    check(&format!("{{{}}}", many.join(", ")), &titles, &[]);
    check(
        &format!("{{{one}, \"x\": {}}}", vast()),
        &["1"],
        &[(ProblemKind::TooLarge, 1)],
    );
    let no_text = ProblemKind::NoText;
    check("{\"en\": {\"title\": \"a\"}}", &[], &[(no_text, 1)]);
    check("{\"a\": {\"b\": 1}, \"c\": {}}", &[], &[(no_text, 1)]);
}

#[test]
fn keys_of_records_say_what_these_do_not() {
    let read = |text: &str| {
        let (articles, problems, _) = crate::parse::tests::read(text.as_bytes());
        assert_eq!(problems, []);
        articles
    };
    let keyed = read(
        "{\n\"https://plum.example/1\": {\"title\": \"a\", \"text\": \"Words.\"},\n\
         \"17\": {\"title\": \"b\", \"text\": \"Words.\"},\n\
         \"18\": {\"id\": \"x\", \"title\": \"c\", \"text\": \"Words.\"}}",
    );
    assert_eq!(keyed[0].url.as_deref(), Some("https://plum.example/1"));
    assert_eq!((&*keyed[1].id, &*keyed[2].id), ("17", "x"));
    let outlet = |text: &str| read(text).remove(0).source;
    let list = "[{\"title\": \"a\", \"text\": \"Words.\"}]";
    let named = outlet(&format!("{{\n\"Daily Plum\": {list}}}"));
    assert_eq!(named.as_deref(), Some("Daily Plum"));
    assert_eq!(outlet(&format!("{{\n\"2025-03-01\": {list}}}")), None);
    assert_eq!(
        outlet(&format!("{{\n\"status\": \"ok\", \"nyheter\": {list}}}")),
        None
    );
}

#[test]
fn a_text_sequence_is_read() {
    let record =
        "\u{1e}{\"title\": \"The ferries of Lindholm stay where they are until the evening\"}\n";
    let text = record.repeat(2);
    let (articles, problems, _) = crate::parse::tests::read(text.as_bytes());
    assert_eq!((articles.len(), problems), (2, vec![]));
}

#[test]
fn a_broken_record_costs_only_itself() {
    let broken = ProblemKind::Malformed;
    check(
        "[{\"title\": \"a\"},\n{\"title\": oops},\n{\"title\": \"b\"}]",
        &["a", "b"],
        &[(broken, 2)],
    );
    check(
        "[{\"title\": \"he said \"no\" to\"},\n{\"title\": \"b\"}]",
        &["b"],
        &[(broken, 1)],
    );
    check(
        "[{\"title\": [\"x\"},\n{\"title\": \"b\"}]",
        &["b"],
        &[(broken, 1)],
    );
    check(
        "[{\"title\":\n\"a\"\n\"b\": 1},\n1, \"x\", {\"title\": \"c\"}]",
        &["c"],
        &[(broken, 3), (broken, 4), (broken, 4)],
    );
    check("[{\"title\": NaN, \"text\": \"Words.\"}]", &[""], &[]);
    check(
        "{\"title\": \"a\"} and so on: {\"title\": \"b\"}]]",
        &["a", "b"],
        &[(broken, 1), (broken, 1)],
    );
}

#[test]
fn the_end_of_a_cut_file_is_told_once() {
    let broken = ProblemKind::Malformed;
    check(
        "[{\"title\": \"a\"},\n{\"title\": \"b",
        &["a"],
        &[(broken, 2)],
    );
    check("[{\"title\": \"a\"},\n", &["a"], &[(broken, 2)]);
    check(
        "{\"docs\": [{\"title\": \"a\"},\n{\"title\": ",
        &["a"],
        &[(broken, 2)],
    );
    check(
        "{\"docs\": [{\"title\": \"a\"}],\n\"n\"",
        &["a"],
        &[(broken, 2)],
    );
    check("{\"title\": \"a\",\n", &[], &[(broken, 2)]);
    check(
        "{\"Plum\": [{\"title\": \"a\"},\n{\"title\": ",
        &["a"],
        &[(broken, 2)],
    );
}

proptest! {
    #[test]
    fn any_text_comes_to_its_end_however_it_is_cut(text in "[\\[\\]{}:,\"\\\\ an\n]{0,120}", chunk_bytes in 1usize..9) {
        let whole = read_in_chunks(text.as_bytes(), 1 << 16);
        prop_assert_eq!(read_in_chunks(text.as_bytes(), chunk_bytes), whole);
    }

    #[test]
    fn any_value_of_json_is_passed_as_one(value in any_json(), title in "[a-z\"\\\\{}\\[\\]]{1,9}") {
        let record = serde_json::json!({"title": title, "x": value});
        let other = serde_json::json!({"title": "other"});
        let text = format!("[{record},{other}]");
        let (titles, problems) = read_in_chunks(text.as_bytes(), 5);
        let is_large = record.to_string().len() > LIMIT;
        prop_assert_eq!(titles.len() + problems.len(), 2);
        prop_assert_eq!(problems.len(), usize::from(is_large));
        prop_assert_eq!(titles.last().map(String::as_str), Some("other"));
    }
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<i32>().prop_map(Into::into),
        "[a{}\\[\\]\"\\\\]{0,6}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::hash_map("[a-z]{1,3}", inner, 0..4)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}
