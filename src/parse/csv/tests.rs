//! Tables with every separator, with and without names, and broken rows.

use std::ops::ControlFlow;

use super::super::{FieldMap, Record, read_content};
use crate::article::Article;
use crate::corpus::Content;
use crate::error::Problem;

/// Long enough to be a text of an article.
const TEXT: &str = "The harbour of Lindholm was closed for fog, said its master, and the ferries stayed \
    where they were until the evening. Nobody had told the passengers, who went home on foot, \
    or not at all; some of them slept on the quay.";

fn read(text: &str, map: &[&str]) -> (Option<&'static str>, Vec<Article>, Vec<Problem>) {
    let pairs: Vec<_> = map.iter().map(|pair| (*pair).to_owned()).collect();
    let map = FieldMap::parse(&pairs).unwrap();
    let content = Content::of_bytes("table", text.into());
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    let report = read_content(content, &map, &mut |record| {
        match record {
            Record::Article { article, .. } => articles.push(*article),
            Record::Problem(problem) => problems.push(problem),
        }
        ControlFlow::Continue(())
    });
    (report.format, articles, problems)
}

#[track_caller]
fn read_well(text: &str, map: &[&str]) -> Vec<Article> {
    let (format, articles, problems) = read(text, map);
    assert_eq!((format, &problems[..]), (Some("csv"), &[][..]));
    articles
}

fn day(article: &Article) -> String {
    article
        .published
        .map(|date| date.iso_day())
        .unwrap_or_default()
}

#[test]
fn names_of_columns_tell_what_they_hold() {
    let rows = [
        [
            "",
            "id",
            "title",
            "publication",
            "author",
            "date",
            "year",
            "url",
            "content",
        ],
        [
            "0",
            "17283",
            "Fog, again",
            "Harbour Wire",
            "['Ann Lee', 'Bob Ray']",
            "2016-12-31",
            "2016.0",
            "https://harbour.example/fog",
            "One, two.\n\nSaid \"\"no\"\".",
        ],
        [
            "1",
            "17284",
            "Rain",
            "Harbour Wire",
            "nan",
            "2016-12-30",
            "2016.0",
            "",
            "Three.",
        ],
    ];
    for separator in [",", ";", "\t", "|"] {
        let rows = rows.map(|row| row.map(|cell| format!("\"{cell}\"")).join(separator));
        for (end, text) in [("\n", rows.join("\n")), ("\r\n", rows.join("\r\n"))] {
            let articles = read_well(&format!("{text}{end}"), &[]);
            let [fog, rain] = &articles[..] else {
                panic!("{articles:?}");
            };
            assert_eq!(
                (fog.id.as_str(), fog.title.as_str()),
                ("17283", "Fog, again")
            );
            assert_eq!(fog.body, "One, two.\n\nSaid \"no\".");
            assert_eq!(fog.authors, ["Ann Lee", "Bob Ray"]);
            assert_eq!(fog.source.as_deref(), Some("Harbour Wire"));
            assert_eq!(day(fog), "2016-12-31");
            assert_eq!(fog.url.as_deref(), Some("https://harbour.example/fog"));
            assert_eq!(
                (rain.body.as_str(), rain.authors.len(), &rain.url),
                ("Three.", 0, &None)
            );
        }
    }
}

#[test]
fn rows_of_the_wrong_length_are_told_and_passed_over() {
    let text = "title,text,url\nA,\"one\ntwo\",u.example/a\nB,two\nC,three,u.example/c\n\
        D,four,five,six\nE,\"seven,u.example/e\nF,eight,u.example/f\n\nG,nine,u.example/g,\n\
        H,ten,u.example/h\n";
    let (_, articles, problems) = read(text, &[]);
    let titles: Vec<_> = articles
        .iter()
        .map(|article| article.title.as_str())
        .collect();
    assert_eq!(titles, ["A", "C", "F", "G", "H"]);
    assert_eq!(articles[0].body, "one\ntwo");
    let places: Vec<_> = problems
        .iter()
        .map(|problem| (problem.place.line, problem.place.record))
        .collect();
    assert_eq!(
        places,
        [(Some(4), Some(2)), (Some(6), Some(4)), (Some(7), Some(5))]
    );
    assert_eq!(problems[0].message, "2 cells in a table of 3 columns");
    assert_eq!(problems[2].message, "a quote is never closed");
}

#[test]
fn a_stray_quote_takes_no_other_row_with_it() {
    let text = "title,text,url\nA,\"one,u.example/a\nB,two,u.example/b\nC,\"three\",u.example/c\nD,four,u.example/d\n";
    let (_, articles, problems) = read(text, &[]);
    let titles: Vec<_> = articles
        .iter()
        .map(|article| article.title.as_str())
        .collect();
    assert_eq!((titles, problems.len()), (vec!["B", "C", "D"], 1));
    assert_eq!(problems[0].place.line, Some(2));
}

#[test]
fn columns_without_known_names_are_told_by_their_cells() {
    let row = |n: u32| {
        format!("{n};Nebel im Hafen von Lindholm {n};\"{TEXT}\";2025-03-1{n};https://a.example/{n}")
    };
    let rows = [row(1), row(2), row(3)].join("\n");
    for text in [
        format!("Nr;Schlagzeile;Inhalt;Erschienen;Adresse\n{rows}"),
        rows.clone(),
    ] {
        let articles = read_well(&text, &[]);
        assert_eq!(articles.len(), 3);
        assert_eq!(articles[2].title, "Nebel im Hafen von Lindholm 3");
        assert_eq!(
            (articles[2].body.as_str(), day(&articles[2]).as_str()),
            (TEXT, "2025-03-13")
        );
        assert_eq!(articles[2].url.as_deref(), Some("https://a.example/3"));
    }
}

#[test]
fn blank_cells_do_not_hide_what_a_column_holds() {
    let row = |n: u32, day: &str| format!("{n};Nebel {n};\"{TEXT}\";{day};https://a.example/{n}");
    for blank in ["", "NaN"] {
        let rows = [
            row(1, blank),
            row(2, "2025-03-12"),
            row(3, blank),
            row(4, "2025-03-14"),
        ];
        let articles = read_well(&rows.join("\n"), &[]);
        assert_eq!(articles.len(), 4);
        assert_eq!(day(&articles[3]), "2025-03-14");
    }
}

#[test]
fn the_user_names_columns_by_name_or_number() {
    let text = "Schlagzeile,Inhalt,title\nNebel,Die Fähren,Fog\nRegen,,Rain\n";
    let articles = read_well(text, &["body=Inhalt", "title=#1"]);
    assert_eq!(
        (articles[0].title.as_str(), articles[0].body.as_str()),
        ("Nebel", "Die Fähren")
    );
    assert_eq!(
        (articles[1].title.as_str(), articles[1].body.as_str()),
        ("Regen", "")
    );
    let articles = read_well("one,two\nthree,four\n", &["title=#2"]);
    assert_eq!(articles.len(), 2);
    assert_eq!(articles[1].title, "four");
}

#[test]
fn prose_and_tables_of_other_things_are_no_tables_of_articles() {
    for text in [
        "On Monday, the ferry, late again, left.\nOn Tuesday, it did not, they said.\n",
        "country,population\nFreedonia,12\nSylvania,13\n",
        "name,price,url\nhat,12,https://a.example/hat\ncoat,40,https://a.example/coat\n",
        "301\tinternational crime\n302\tpolio\n303\ttelescope\n",
        "title,text,date\n",
    ] {
        let (format, ..) = read(text, &[]);
        assert_eq!(format, Some("text"), "{text}");
    }
}

#[test]
fn what_follows_a_quote_without_end_is_read_however_much_it_is() {
    let row = format!("B,{}\n", "x".repeat(1 << 20));
    let long = format!("title,text\nA,\"one\n{}C,three\n", row.repeat(66));
    let (_, articles, problems) = read(&long, &[]);
    assert_eq!((articles.len(), articles[66].title.as_str()), (67, "C"));
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].place.line, Some(2));
}

#[test]
fn a_separator_may_be_declared() {
    for first in ["sep=;\r\n", "\u{feff}SEP=;\n", "\"sep=;\"\n"] {
        let table = format!("{first}title;text\r\nTides;One, two, three, four.\r\n");
        let articles = read_well(&table, &[]);
        assert_eq!((articles.len(), &*articles[0].title), (1, "Tides"));
        assert_eq!(articles[0].body, "One, two, three, four.");
    }
    let caret = read_well("sep=^\nid^title^text\n1^Tides^Words.\n", &[]);
    assert_eq!(caret[0].title, "Tides");
}

#[test]
fn names_that_are_all_known_make_a_table_of_any_rows() {
    let uneven = "id,title,text\n1,a,Words, and, more\n2,b,Words, more\n3,c,Words.\n";
    let (format, articles, problems) = read(uneven, &[]);
    assert_eq!(
        (format, articles.len(), problems.len()),
        (Some("csv"), 1, 2)
    );
    let (format, ..) = read("Title, author, date\nThese are words of a text.\n", &[]);
    assert_eq!(format, Some("text"));
}

#[test]
fn quotes_behind_backslashes_belong_to_their_cells() {
    let table = "id,title,text\n1,\"He said \\\"no\\\", twice\",\"One,\ntwo.\"\n2,b,Words.\n";
    let articles = read_well(table, &[]);
    assert_eq!(
        (articles.len(), &*articles[0].title),
        (2, "He said \"no\", twice")
    );
}

#[test]
fn a_quote_that_is_never_closed_makes_no_text_of_a_table() {
    let (format, articles, problems) = read("id,title,text\n1,\"a,Words\n2,b,Words.\n", &[]);
    assert_eq!(
        (format, articles.len(), problems.len()),
        (Some("csv"), 1, 1)
    );
}
