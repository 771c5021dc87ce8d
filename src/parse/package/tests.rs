//! Documents made of XML, and zips that are made to hurt.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use crate::error::ProblemKind;
use crate::parse::tests::{day, read};

const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");

fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        let method = match *name {
            "mimetype" => zip::CompressionMethod::Stored,
            _ => zip::CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(body: &str, core: &str) -> Vec<u8> {
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    zip(&[
        TYPES,
        ("docProps/core.xml", core),
        ("word/document.xml", &document),
    ])
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

const CORE: &str = "<cp:coreProperties xmlns:dc='d'><dc:title>Document1</dc:title>\
    <dc:creator>Ann Lee</dc:creator><dcterms:modified>2025-03-16T09:00:00Z</dcterms:modified>\
    </cp:coreProperties>";

#[test]
fn docx_paragraphs_tables_and_changes() {
    let body = format!(
        "<w:p><w:pPr><w:pStyle w:val='Heading1'/><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>\
         <w:r><w:t>Harbour </w:t></w:r><w:r><w:t>fees &amp; quays</w:t></w:r></w:p>{}\
         <w:p><w:r><w:t>Boats</w:t><w:br/><w:t xml:space='preserve'> wait</w:t></w:r>\
         <w:del><w:r><w:delText>not </w:delText></w:r></w:del><w:ins><w:r><w:t>now</w:t></w:r></w:ins>\
         <w:r><w:footnoteReference w:id='1'/></w:r></w:p>\
         <w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>{}",
        p("The council voted."),
        p("Boats"),
        p("20"),
        p("One."),
        p("Two."),
        p("End.")
    );
    let (articles, problems, report) = read(&docx(&body, CORE));
    assert_eq!((problems, report.format), (vec![], Some("docx")));
    let article = &articles[0];
    assert_eq!(article.title, "Harbour fees & quays");
    assert_eq!(
        article.body,
        "The council voted.\n\nBoats\n waitnow\n\nBoats\t20\n\nOne.\n\nTwo.\n\nEnd."
    );
    assert_eq!(article.authors, ["Ann Lee"]);
    assert_eq!(article.published, None);
    assert_eq!(article.modified.unwrap().iso_day(), "2025-03-16");
}

#[test]
fn the_text_of_a_docx_may_have_a_number() {
    let document = format!(
        "<w:document><w:body>{}</w:body></w:document>",
        p("Fees rise")
    );
    let (articles, problems, _) = read(&zip(&[TYPES, ("word/document2.xml", &document)]));
    assert_eq!((problems, &*articles[0].title), (vec![], "Fees rise"));
}

#[test]
fn a_docx_export_holds_many_articles() {
    let text = include_str!("../../../tests/data/formats/news-export/nexis-uni.txt");
    let body: String = text
        .lines()
        .map(|line| p(&line.replace('&', "&amp;")))
        .collect();
    let (articles, problems, _) = read(&docx(&body, ""));
    assert_eq!((articles.len(), problems), (2, vec![]));
    assert_eq!(
        articles[0].title,
        "Council raises harbour fees for a third year"
    );
    assert_eq!(day(&articles[1]), "2025-03-16");
}

#[test]
fn odt_paragraphs() {
    let content = "<office:document-content><office:body><office:text>\
        <text:tracked-changes><text:p>gone</text:p></text:tracked-changes>\
        <text:h text:outline-level='1'>Harbour fees</text:h>\
        <text:p>The<text:s/>council <text:span>voted</text:span>.<text:note><text:p>note</text:p></text:note></text:p>\
        </office:text></office:body></office:document-content>";
    let (articles, problems, report) = read(&zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", content),
    ]));
    assert_eq!((problems, report.format), (vec![], Some("odt")));
    assert_eq!(
        (&*articles[0].title, &*articles[0].body),
        ("Harbour fees", "The council voted.")
    );
}

fn epub(chapters: &[(&str, &str)]) -> Vec<u8> {
    epub_with(chapters, &[])
}

/// A book with these chapters and other entries.
fn epub_with(chapters: &[(&str, &str)], more: &[(&str, &str)]) -> Vec<u8> {
    let items: String = (0..chapters.len())
        .map(|at| format!("<item id='c{at}' href='text/{}.xhtml'/>", chapters[at].0))
        .collect();
    let refs: String = (0..chapters.len())
        .map(|at| format!("<itemref idref='c{at}'/>"))
        .collect();
    let package = format!(
        "<package><metadata xmlns:dc='d'><dc:title>Meridian Review, March 2025</dc:title>\
         <dc:creator>Ann Lee</dc:creator><dc:date>2025-03-01</dc:date><dc:language>en</dc:language></metadata>\
         <manifest>{items}<item id='nav' href='nav.xhtml' properties='nav'/></manifest>\
         <spine><itemref idref='nav'/>{refs}</spine></package>"
    );
    let container =
        "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>";
    let mut entries = vec![
        ("mimetype".to_owned(), "application/epub+zip"),
        ("META-INF/container.xml".to_owned(), container),
        ("OEBPS/book.opf".to_owned(), &*package),
        ("OEBPS/nav.xhtml".to_owned(), "<p>Contents</p>"),
    ];
    for (name, page) in chapters {
        entries.push((
            format!("OEBPS/text/{}.xhtml", name.replace("%20", " ")),
            *page,
        ));
    }
    let mut entries: Vec<(&str, &str)> = entries
        .iter()
        .map(|(name, text)| (&**name, *text))
        .collect();
    entries.extend(more);
    zip(&entries)
}

const LONG: &str = "The council of Northgate voted late on Friday to raise the fees of its harbour \
    for the third year in a row.";

#[test]
fn epub_chapters_are_articles_in_their_order() {
    let first = format!(
        "<html><head><title>x</title></head><body><h1>Harbour <i>fees</i></h1><p>{LONG}</p></body></html>"
    );
    let second =
        format!("<html><head><title>Ferries</title></head><body><p>{LONG}</p></body></html>");
    let book = epub(&[
        ("cover", "<p>Meridian Review</p>"),
        ("b%20c", &first),
        ("a", &second),
    ]);
    let (articles, problems, report) = read(&book);
    assert_eq!((problems, report.format), (vec![], Some("epub")));
    assert_eq!(report.passed_over["covers"], 1);
    let titles: Vec<&str> = articles.iter().map(|article| &*article.title).collect();
    assert_eq!(titles, ["Harbour fees", "Ferries"]);
    assert_eq!(articles[0].body, LONG);
    assert_eq!(
        articles[0].source.as_deref(),
        Some("Meridian Review, March 2025")
    );
    assert_eq!(
        (day(&articles[0]), articles[0].lang.as_deref()),
        ("2025-03-01".into(), Some("en"))
    );
}

#[test]
fn encrypted_chapters_are_no_text() {
    let page = format!("<HTML><BODY><H1>Fees</H1><P>{LONG}</P></BODY></HTML>");
    let garbage = "x%C3 ".repeat(50);
    let list = "<encryption><EncryptedData><CipherData><CipherReference URI='OEBPS/text/b%20c.xhtml'/>\
                </CipherData></EncryptedData></encryption>";
    let encryption = ("META-INF/encryption.xml", list);
    let book = epub_with(&[("a", &page), ("b%20c", &garbage)], &[encryption]);
    let (articles, problems, _) = read(&book);
    assert_eq!((articles.len(), &*articles[0].title), (1, "Fees"));
    assert_eq!(problems[0].kind, ProblemKind::Unreadable);
    assert!(problems[0].message.starts_with("1 of 2 chapters"));
}

#[track_caller]
fn check_problem(zip: &[u8], kind: ProblemKind) {
    let (_, problems, _) = read(zip);
    assert!(
        problems.iter().any(|problem| problem.kind == kind),
        "{problems:?}"
    );
}

#[test]
fn what_is_missing_or_broken_is_a_problem() {
    check_problem(
        &zip(&[TYPES, ("xl/workbook.xml", "<x/>")]),
        ProblemKind::UnknownFormat,
    );
    check_problem(&docx("", ""), ProblemKind::NoText);
    let cut = format!("{}<w:p x='", p("One."));
    check_problem(
        &zip(&[TYPES, ("word/document.xml", &cut)]),
        ProblemKind::Malformed,
    );
    check_problem(&epub(&[("cover", "<p>x</p>")]), ProblemKind::NoText);
    check_problem(
        &zip(&[
            ("mimetype", "application/epub+zip"),
            (super::epub::CONTAINER, "<x/>"),
        ]),
        ProblemKind::Malformed,
    );
}

#[test]
fn entities_are_not_expanded_and_depth_costs_no_stack() {
    let bomb =
        "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><w:p><w:t>x&b;&#233;</w:t></w:p>";
    let (articles, ..) = read(&zip(&[TYPES, ("word/document.xml", bomb)]));
    assert_eq!(articles[0].title, "x\u{fffd}é");
    let deep = format!("{}<w:p><w:t>x</w:t></w:p>", "<w:tc>".repeat(300_000));
    let (articles, ..) = read(&docx(&deep, ""));
    assert_eq!(articles[0].title, "x");
}

#[test]
fn a_bomb_of_compression_is_cut_off() {
    let long = "<w:p><w:t>x</w:t></w:p>".repeat(3_500_000);
    let (articles, problems, _) = read(&docx(&long, ""));
    assert_eq!(articles.len(), 1);
    assert_eq!(problems[0].kind, ProblemKind::TooLarge, "{problems:?}");
}

#[test]
fn every_truncation_is_read() {
    let whole = docx(&p("One."), CORE);
    for end in 0..whole.len() {
        read(&whole[..end]);
    }
    let whole = epub(&[("a", &format!("<h1>A</h1><p>{LONG}</p>"))]);
    for end in (0..whole.len()).step_by(7) {
        read(&whole[..end]);
    }
}
