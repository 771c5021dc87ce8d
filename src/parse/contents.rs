//! What the body of a record holds beside the article's text.
//!
//! In: a list of parts, each with its sort, as The Washington Post keeps them; or a
//! text that starts with its headline, as the records of Anserini do. Out: the fields
//! that these say.

use super::draft::Draft;
use super::fields::{name_of, names_of};
use super::node::Node;
use super::plain::is_title;

/// The section, by-line and date that stand among the parts of a body.
pub(super) fn beside_text(body: &Node<'_>) -> Draft {
    let mut draft = Draft::default();
    let Node::List(parts) = body else {
        return draft;
    };
    for part in parts {
        let (Some(kind), Some(content)) = (part.get("type"), part.get("content")) else {
            continue;
        };
        match kind.as_text() {
            Some("kicker") if draft.section.is_none() => draft.section = name_of(content),
            Some("byline") if draft.authors.is_empty() => draft.authors = names_of(content),
            Some("date") => {
                let date = content.as_text().map(str::to_owned);
                draft.published.extend(date.map(Into::into));
            }
            _ => {}
        }
    }
    draft
}

/// Takes the headline from the first line of the text, if it is there again, or if
/// there is none elsewhere and the line looks like one.
pub(super) fn settle_title(draft: &mut Draft) {
    let Some((first, rest)) = draft.body.trim_start().split_once('\n') else {
        return;
    };
    let first = first.trim();
    let is_again = !first.is_empty() && first == draft.title.trim();
    if is_again || (draft.title.trim().is_empty() && is_title(first, rest)) {
        let rest = rest.to_owned();
        draft.title = first.to_owned();
        draft.body = rest;
    }
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::parse::tests::read;

    #[track_caller]
    fn one(json: &str) -> Article {
        let (mut articles, problems, _) = read(json.as_bytes());
        assert_eq!((problems, articles.len()), (vec![], 1));
        articles.remove(0)
    }

    #[test]
    fn parts_of_the_washington_post() {
        let post = one(
            r#"{"id": "3B", "article_url": "https://post.example/3b", "title": "Hotels come", "author": "",
            "published_date": null, "source": "The Post", "contents": [
            {"content": "Trade", "mime": "text/plain", "type": "kicker"},
            {"content": "Hotels come", "type": "title"}, {"content": "By Ann Lee", "type": "byline"},
            {"content": 1514865008000, "type": "date"}, {"type": "image", "fullcaption": "A hotel"}, null,
            {"content": "The <b>first</b> one opens.", "subtype": "paragraph", "type": "sanitized_html"},
            {"content": "It has two stars.", "subtype": "paragraph", "type": "sanitized_html"}]}"#,
        );
        assert_eq!(post.body, "The first one opens.\n\nIt has two stars.");
        assert_eq!(post.section.as_deref(), Some("Trade"));
        assert_eq!(post.authors, ["Ann Lee"]);
        assert_eq!(post.published.unwrap().iso_day(), "2018-01-02");
        assert_eq!(post.url.as_deref(), Some("https://post.example/3b"));
    }

    #[test]
    fn records_of_beir_and_anserini() {
        let beir = one(
            r#"{"_id": "d7", "title": "Tides", "text": "They come twice.", "metadata": {"url": "https://a.example/7"}}"#,
        );
        assert_eq!((beir.id.as_str(), beir.title.as_str()), ("d7", "Tides"));
        assert_eq!(beir.url.as_deref(), Some("https://a.example/7"));
        let again = one(r#"{"id": "d8", "title": "Tides", "contents": "Tides\nThey come twice."}"#);
        assert_eq!(
            (again.title.as_str(), again.body.as_str()),
            ("Tides", "They come twice.")
        );
        let bare = one(
            r#"{"id": "d9", "contents": "Tides\nThey come twice a day, says the harbour office."}"#,
        );
        assert_eq!(bare.title, "Tides");
        let prose =
            one(r#"{"id": "d10", "contents": "They come twice a day,\nsays the harbour office."}"#);
        assert_eq!(
            (prose.title.as_str(), prose.body.contains('\n')),
            ("", true)
        );
    }
}
