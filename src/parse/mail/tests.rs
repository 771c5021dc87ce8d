//! Mails as programs write them, and as they must not be.

use proptest::prelude::*;

use crate::article::Article;
use crate::error::ProblemKind;
use crate::parse::tests::{day, read};

const NEWSLETTER: &[u8] = include_bytes!("../../../tests/data/formats/mail/newsletter.eml");
const KOI8: &[u8] = include_bytes!("../../../tests/data/formats/mail/koi8.eml");
const DIGEST: &[u8] = include_bytes!("../../../tests/data/formats/mail/digest.eml");
const MAILBOX: &[u8] = include_bytes!("../../../tests/data/formats/mbox/harbour.mbox");
const PAGE: &[u8] = include_bytes!("../../../tests/data/formats/mhtml/crews-wait.mhtml");

#[track_caller]
fn articles(bytes: &[u8], format: &str) -> Vec<Article> {
    let (articles, problems, report) = read(bytes);
    assert_eq!(problems, []);
    assert_eq!(report.format, Some(format));
    articles
}

#[test]
fn a_newsletter_is_its_html_without_what_surrounds_it() {
    let articles = articles(NEWSLETTER, "mail");
    assert_eq!(articles.len(), 1);
    let article = &articles[0];
    assert_eq!(article.title, "Harbour fees, again – and a café’s fear");
    assert_eq!(
        article.source.as_deref(),
        Some("The Meridian Post – Morning")
    );
    assert_eq!(article.id, "20250315.7@letters.meridian.example");
    assert_eq!(day(article), "2025-03-15");
    assert!(article.authors.is_empty());
    assert_eq!(
        article.body,
        "Morning letter\n\nGood morning. The council of Northgate raised the fees of its harbour – \
         for the third year – and the cafés on the quay fear an empty summer.\n\n“We wait for the \
         tide,” one captain told us. Our map shows which quays close first.\n\nA second vote, on \
         ferries, is due in May."
    );
}

#[test]
fn a_letter_has_an_author_and_its_own_encoding() {
    let article = &articles(KOI8, "mail")[0];
    assert_eq!(article.title, "Сборы растут");
    assert_eq!(article.authors, ["Анна Ли"]);
    assert_eq!(article.source, None);
    assert_eq!(day(article), "2025-03-14");
    assert!(
        article
            .body
            .ends_with("Гавань Нортгейта снова повышает сборы.")
    );
}

#[test]
fn the_mails_of_a_digest_are_articles() {
    let articles = articles(DIGEST, "mail");
    let titles: Vec<&str> = articles.iter().map(|article| &*article.title).collect();
    assert_eq!(titles, ["Crews wait for the tide", "Ferries wait too"]);
    assert_eq!(
        articles[0].body,
        "Crews in Northgate kept their boats at the quay on Sunday, a day after the council raised \
         the fees of the harbour.\n\nNone went out before noon."
    );
    assert_eq!(articles[1].id, "two@harbourwire.example");
}

#[test]
fn a_mailbox_holds_many_mails() {
    let articles = articles(MAILBOX, "mbox");
    assert_eq!(articles.len(), 2);
    assert!(
        articles[0]
            .body
            .ends_with("From noon on, the wind was too strong.")
    );
    assert_eq!(articles[0].authors, ["Carla Moss"]);
    let list = &articles[1];
    assert_eq!(list.source.as_deref(), Some("Harbour talk"));
    assert_eq!(list.authors, ["Harbour list"]);
}

#[test]
fn a_saved_page_is_a_page_and_its_mail_has_no_date() {
    let articles = articles(PAGE, "mhtml");
    let article = &articles[0];
    assert_eq!(
        article.url.as_deref(),
        Some("https://harbourwire.example/ports/crews-wait")
    );
    assert!(article.title.starts_with("Crews wait for the tide"));
    assert_eq!(article.source.as_deref(), Some("Harbour Wire"));
    assert_eq!(day(article), "2025-03-16");
    assert!(article.body.contains("café owners") && !article.body.contains("Home"));

    let undated = String::from_utf8_lossy(PAGE)
        .replace("=\r\n", "")
        .replace("article:published", "x:y");
    let (articles, ..) = read(undated.as_bytes());
    assert_eq!(articles[0].published.map(|date| date.iso_day()), None);
}

#[test]
fn texts_with_lines_of_keys_are_no_mail() {
    let (_, _, report) = read(b"Fees rise\nDate: 2025-03-15\nAuthor: Ann Lee\n\nThe text.");
    assert_eq!(report.format, Some("text"));
    let (_, _, report) = read(b"From: the harbour\nSubject: fees\n\nThe text.");
    assert_eq!(report.format, Some("text"));
}

#[test]
fn levels_without_end_cost_a_problem_and_no_stack() {
    let head = "From: a@b.example\nMIME-Version: 1.0\nSubject: Fees\n";
    let deep = "Content-Type: message/rfc822\n\n".repeat(100_000);
    let (articles, problems, _) = read(format!("{head}{deep}").as_bytes());
    assert_eq!((articles.len(), problems.len()), (0, 1));
    assert_eq!(problems[0].kind, ProblemKind::TooLarge);
    let wide = "Content-Type: multipart/mixed; boundary=x\n\n--x\n".repeat(10_000);
    let (articles, problems, _) = read(format!("{head}{wide}").as_bytes());
    assert_eq!((articles.len(), problems.len()), (1, 1));
    assert_eq!(problems[0].kind, ProblemKind::TooLarge);
}

#[test]
fn a_forwarded_letter_is_its_own() {
    let text = "From: Bob Ray <bob@home.example>\nMIME-Version: 1.0\nSubject: Fwd: Fees rise\n\
                Date: Sat, 15 Mar 2025 08:30:00 +0100\n\n---------- Forwarded message ---------\n\
                From: Meridian Post <news@meridian.example>\nDate: Fri, Mar 14, 2025 at 7:00 AM\n\
                Subject: Fees rise\nTo: <bob@home.example>\n\n\nThe council voted.\n";
    let article = &articles(text.as_bytes(), "mail")[0];
    assert_eq!(
        (&*article.title, &*article.body),
        ("Fees rise", "The council voted.")
    );
    assert_eq!(article.source.as_deref(), Some("Meridian Post"));
    assert_eq!(day(article), "2025-03-14");
    assert!(article.authors.is_empty(), "{:?}", article.authors);
}

#[test]
fn what_stands_before_a_mail_is_none_of_it() {
    let mail = "From: a@b.example\nMIME-Version: 1.0\nSubject: Fees\n\nThey rise.";
    for before in ["\u{feff}", "\n\r\n", ">From a@b Sat Mar 15 08:30:00 2025\n"] {
        let article = &articles(format!("{before}{mail}").as_bytes(), "mail")[0];
        assert_eq!(
            (&*article.title, &*article.body),
            ("Fees", "They rise."),
            "{before:?}"
        );
    }
}

#[test]
fn a_header_may_have_the_encoding_of_the_text() {
    let mail = b"From: a@b.example\nMIME-Version: 1.0\nSubject: Geb\xfchren\n\
                 Content-Type: text/plain; charset=iso-8859-1\n\nDie Geb\xfchren steigen.";
    let article = &articles(mail, "mail")[0];
    assert_eq!(
        (&*article.title, &*article.body),
        ("Gebühren", "Die Gebühren steigen.")
    );
}

#[test]
fn the_part_that_is_named_is_the_text() {
    let mail = "From: a@b.example\nMIME-Version: 1.0\nSubject: Fees\n\
                Content-Type: multipart/related; boundary=b; start=\"<text>\"\n\n\
                --b\nContent-Type: image/png\n\nx\n--b\nContent-Type: text/html\n\
                Content-ID: <text>\n\n<p>They rise.</p>\n--b--\n";
    assert_eq!(articles(mail.as_bytes(), "mail")[0].body, "They rise.");
}

#[test]
fn hyphens_part_items_or_begin_a_signature() {
    let mail = |text: &str| {
        let head = "From: a@b.example\nMIME-Version: 1.0\n\n";
        articles(format!("{head}{text}").as_bytes(), "mail")
            .remove(0)
            .body
    };
    assert_eq!(
        mail("One.\n--\nTwo.\n--\nThree.\n-- \nAnn\n"),
        "One.\n\nTwo.\n\nThree."
    );
    assert_eq!(mail("One.\n\n--\nAnn Lee\nThe Quay\n"), "One.");
    let long = format!("One.\n\n-- \n{}", "Two.\n".repeat(20));
    assert!(mail(&long).ends_with("Two."));
}

#[test]
fn every_truncation_is_read() {
    for whole in [NEWSLETTER, KOI8, DIGEST, MAILBOX, PAGE] {
        for end in (0..whole.len()).step_by(13) {
            read(&whole[..end]);
        }
    }
}

proptest! {
    #[test]
    fn any_mail_is_read(
        lines in proptest::collection::vec(
            "(Content-Type: (text/html|multipart/mixed; boundary=x|message/rfc822)|Content-Transfer-Encoding: (base64|quoted-printable)|--x(--)?|=[0-9A-F]{2}|[ -~]{0,30}|)",
            0..20,
        ),
    ) {
        let mail = format!("From: a@b.example\nMIME-Version: 1.0\n{}", lines.join("\n"));
        read(mail.as_bytes());
    }
}
