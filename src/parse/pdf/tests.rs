//! Small PDF files, written by hand, and files that are made to hurt.

use proptest::prelude::*;

use crate::article::Article;
use crate::error::ProblemKind;
use crate::parse::tests::read;

/// A file of numbered objects, from 1, of which the first is the catalog.
fn pdf(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).into_bytes());
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let size = objects.len() + 1;
    let end =
        format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n");
    file.extend(end.into_bytes());
    file
}

fn stream(content: &str) -> String {
    format!(
        "<< /Length {} >>\nstream\n{content}\nendstream",
        content.len()
    )
}

const HELVETICA: &str =
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/// A file of pages with these contents.
fn pages(contents: &[String], more: &[String], trailer: &str) -> Vec<u8> {
    let kids: String = (0..contents.len())
        .map(|at| format!("{} 0 R ", at * 2 + 4))
        .collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Kids [{kids}] /Count {} /MediaBox [0 0 595 842] \
            /Resources << /Font << /F 3 0 R >> /XObject << /X 100 0 R >> >> >>",
            contents.len()
        ),
        HELVETICA.to_owned(),
    ];
    for (at, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /Contents {} 0 R >>",
            at * 2 + 5
        ));
        objects.push(stream(content));
    }
    objects.extend(more.iter().cloned());
    pdf(&objects, trailer)
}

/// Lines from a place downwards.
fn block(left: i32, top: i32, size: i32, lines: &[&str]) -> String {
    let shown: String = lines
        .iter()
        .map(|line| format!("({line}) Tj T* "))
        .collect();
    format!(
        "BT /F {size} Tf {} TL {left} {top} Td {shown}ET\n",
        size * 6 / 5
    )
}

#[track_caller]
fn one(file: &[u8]) -> Article {
    let (mut articles, problems, report) = read(file);
    assert_eq!((problems, report.format), (vec![], Some("pdf")));
    assert_eq!(articles.len(), 1);
    articles.remove(0)
}

#[test]
fn lines_become_paragraphs_and_divided_words_whole() {
    let content = block(50, 780, 24, &["Harbour fees rise"])
        + &block(
            50,
            700,
            10,
            &[
                "The council voted late on Friday to raise the har-",
                "bour fees, said the North-",
                "South line's owners. Caf\\351s close.",
            ],
        )
        + &block(
            50,
            650,
            10,
            &[
                "A second vote on the ferries to the islands is due",
                "in May.",
            ],
        );
    let article = one(&pages(&[content], &[], ""));
    assert_eq!(article.title, "Harbour fees rise");
    assert_eq!(
        article.body,
        "The council voted late on Friday to raise the harbour fees, said the North-South line's owners. \
         Cafés close.\n\nA second vote on the ferries to the islands is due in May."
    );
}

#[test]
fn columns_are_read_one_after_the_other() {
    let left = [
        "The first column has",
        "four or more lines",
        "so that it can be told",
        "from a table of",
        "figures,",
    ];
    let right = [
        "and the second goes",
        "on with the sentence",
        "of the first one until",
        "the end of",
        "the page.",
    ];
    let content = block(50, 780, 24, &["A headline over both columns of it"])
        + &block(50, 700, 10, &left)
        + &block(300, 700, 10, &right);
    let article = one(&pages(&[content], &[], ""));
    let expected = format!("{} {}", left.join(" "), right.join(" "));
    assert_eq!(
        (&*article.title, article.body),
        ("A headline over both columns of it", expected)
    );
}

#[test]
fn the_lines_of_an_export_stay_lines() {
    let lines = [
        "Fees rise",
        "The Meridian Post",
        "March 15, 2025 Saturday",
        "Length: 12 words",
        "Body",
        "The council voted for",
        "higher fees.",
        "Load-Date: March 16, 2025",
        "End of Document",
        "Boats wait",
        "Harbour Wire",
        "March 16, 2025 Sunday",
        "Length: 4 words",
        "Body",
        "Crews wait.",
        "Load-Date: March 17, 2025",
        "End of Document",
    ];
    let (articles, problems, _) = read(&pages(&[block(50, 800, 10, &lines)], &[], ""));
    assert_eq!(problems, []);
    let found: Vec<_> = articles
        .iter()
        .map(|article| (&*article.title, article.source.as_deref()))
        .collect();
    let expected = [
        ("Fees rise", Some("The Meridian Post")),
        ("Boats wait", Some("Harbour Wire")),
    ];
    assert_eq!(found, expected);
    assert_eq!(articles[0].body, "The council voted for\nhigher fees.");
}

#[test]
fn texts_about_the_mark_are_texts() {
    for text in [
        "The mark %PDF- comes first.",
        "So %PDF-1.4 is how the files begin that the council sends.",
    ] {
        let (_, problems, report) = read(text.as_bytes());
        assert_eq!((problems, report.format), (vec![], Some("text")), "{text}");
    }
    for mark in [
        "%PDF-1.4\r%x",
        "\0x\r\n%PDF-1.7",
        "\n%PDF-1.3 %x\n",
        "%PDF-x",
    ] {
        assert_eq!(read(mark.as_bytes()).2.format, Some("pdf"), "{mark:?}");
    }
}

#[test]
fn running_lines_and_page_numbers_go() {
    let page = |number: usize, text: &str| {
        block(50, 820, 8, &[&format!("Meridian Review {number}")])
            + &block(50, 700, 10, &[text, "and on it goes in words of its own."])
            + &block(290, 20, 8, &[&number.to_string()])
    };
    let texts = [
        "The first page ends here",
        "The second page ends there",
        "The third page ends",
    ];
    let contents: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| page(at + 1, text))
        .collect();
    let article = one(&pages(&contents, &[], ""));
    let all = format!("{}\n\n{}", article.title, article.body);
    assert!(!all.contains("Meridian Review"), "{all}");
    assert!(!all.contains(|c: char| c.is_ascii_digit()), "{all}");
}

#[test]
fn the_file_tells_its_title_if_the_page_shows_it() {
    let content = block(
        50,
        700,
        10,
        &["Harbour fees rise", "", "", "The council voted."],
    );
    let info =
        "<< /Title (Harbour Fees Rise) /Author (Ann Lee) /ModDate (D:20250316090000+01'00') >>"
            .to_owned();
    let article = one(&pages(&[content], &[info], "/Info 6 0 R"));
    assert_eq!(
        (&*article.title, &*article.body),
        ("Harbour Fees Rise", "The council voted.")
    );
    assert_eq!(article.authors, ["Ann Lee"]);
    assert_eq!(article.modified.unwrap().iso_day(), "2025-03-16");
    assert_eq!(article.published, None);
}

#[test]
fn spaces_are_gaps_and_kerning_is_none() {
    let content =
        "BT /F 10 Tf 50 700 Td [(Har) 20 (bour) -300 (fees) -250 (r) -15 (ise)] TJ ET".to_owned();
    assert_eq!(one(&pages(&[content], &[], "")).title, "Harbour fees rise");
}

#[track_caller]
fn check_problem(file: &[u8], kind: ProblemKind, words: &str) {
    let (articles, problems, _) = read(file);
    assert_eq!(articles, []);
    assert!(
        problems
            .iter()
            .any(|problem| problem.kind == kind && problem.message.contains(words)),
        "{problems:?}"
    );
}

#[test]
fn what_cannot_be_read_is_a_problem() {
    check_problem(
        &pages(&["0 0 m 9 9 l S".to_owned()], &[], ""),
        ProblemKind::NoText,
        "OCR",
    );
    check_problem(b"%PDF-1.4\nnothing else", ProblemKind::Malformed, "PDF");
    let lock = "<< /Filter /Standard /V 1 /R 2 /O (01234567890123456789012345678901) \
        /U (01234567890123456789012345678901) /P -4 >>"
        .to_owned();
    let locked = pages(
        &[block(50, 700, 10, &["Secret"])],
        &[lock],
        "/Encrypt 6 0 R /ID [(a) (b)]",
    );
    check_problem(&locked, ProblemKind::Unreadable, "password");
}

#[test]
fn forms_and_pages_in_circles_come_to_an_end() {
    let form =
        "<< /Type /XObject /Subtype /Form /Length 17 >>\nstream\n/X Do /X Do /X Do\nendstream";
    let mut more = vec![String::from("null"); 94];
    more.push(form.to_owned());
    let content = block(50, 700, 10, &["Harbour fees rise"]) + "/X Do";
    assert_eq!(
        one(&pages(&[content], &more, "")).title,
        "Harbour fees rise"
    );

    let circle = pdf(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [2 0 R] /Parent 2 0 R /Count 1 >>".to_owned(),
        ],
        "",
    );
    check_problem(&circle, ProblemKind::NoText, "0 pages");
}

#[test]
fn depth_costs_no_stack() {
    let deep = "[".repeat(200_000);
    let content = format!("{} {deep}", block(50, 700, 10, &["Harbour fees rise"]));
    assert_eq!(one(&pages(&[content], &[], "")).title, "Harbour fees rise");
    read(&pages(&["q ".repeat(200_000)], &[], ""));
}

#[test]
fn every_truncation_is_read() {
    let whole = pages(
        &[block(50, 700, 10, &["Harbour fees rise", "again"])],
        &[],
        "",
    );
    for end in 0..whole.len() {
        read(&whole[..end]);
    }
}

proptest! {
    #[test]
    fn any_content_is_read(content in r"((BT|ET|/F|-?[0-9]{1,6}(\.[0-9]+)?|Tf|Td|Tm|cm|q|Q|\(a b\)|<41>|Tj|TJ|\[|\]|T\*|'|Tz|/X Do) ){0,60}") {
        read(&pages(&[format!("BT /F 9 Tf (x) Tj {content}")], &[], ""));
    }
}
