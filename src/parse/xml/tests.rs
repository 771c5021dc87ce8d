//! Documents that are well formed, and all the others.

use proptest::prelude::*;

use super::document::Document;
use super::{Element, root};

const NAMES: &[&str] = &["item", "title"];

/// The elements and the messages of faults that a text has, in their order.
fn read(text: &str) -> Vec<Result<Element, String>> {
    Document::new(text.as_bytes(), NAMES)
        .map(|part| part.map_err(|fault| format!("{fault:?}")))
        .collect()
}

/// Each element as its HTML, each fault as `!` and a part of its message.
#[track_caller]
fn check(text: &str, parts: &[&str]) {
    let read = read(text);
    let shown: Vec<String> = read
        .iter()
        .map(|part| match part {
            Ok(element) => format!("{}: {}", element.name(), element.html()),
            Err(fault) => format!("!{fault}"),
        })
        .collect();
    assert_eq!(shown.len(), parts.len(), "{shown:?}");
    for (shown, part) in shown.iter().zip(parts) {
        let fits = match part.strip_prefix('!') {
            Some(message) => shown.starts_with('!') && shown.contains(message),
            None => shown == part,
        };
        assert!(fits, "{shown} is not {part}");
    }
}

fn one(text: &str) -> Element {
    let mut elements = read(text);
    assert_eq!(elements.len(), 1, "{elements:?}");
    elements.remove(0).unwrap()
}

#[test]
fn wanted_elements_come_whole_and_others_are_passed_over() {
    check(
        "<?xml version='1.0'?><!DOCTYPE r><r><!-- a --><title>A</title><o><item>\n<b x='1'>1</b><br/></item></o><item/></r>",
        &["title: A", "item: \n<b>1</b><br/>", "item: "],
    );
}

#[test]
fn parts_are_found_by_name_and_path() {
    let item = one(
        "<item id='7' xml:lang=\"en\" m:id='8'><m:name>M</m:name><name>N</name><a><b> 1\n</b></a><a><b>2</b><c>3</c></a></item>",
    );
    assert_eq!(item.child("name").unwrap().text(), "N");
    assert_eq!(item.child("m:name").unwrap().text(), "M");
    assert_eq!(item.text_at(&["a", "b"]).as_deref(), Some("1"));
    assert_eq!(item.text_at(&["a", "c"]).as_deref(), Some("3"));
    assert_eq!(item.text_at(&["a", "d"]), None);
    let texts: Vec<_> = item.descendants("b").iter().map(|b| b.text()).collect();
    assert_eq!(texts, ["1", "2"]);
    assert_eq!(
        (
            item.attribute("id"),
            item.attribute("lang"),
            item.attribute("m:id")
        ),
        (Some("7"), Some("en"), Some("8"))
    );
}

#[test]
fn own_prefixes_come_first() {
    let item = one("<a:item><b:title>1</b:title><a:title>2</a:title></a:item>");
    assert_eq!(item.text_at(&["title"]).as_deref(), Some("2"));
}

#[test]
fn references_become_characters_and_unknown_ones_stay() {
    let item = one(
        "<item x='a&amp;b &nope; &#39;'>AT&amp;T &eacute; &#x2019; &nope; R&D; a & b<![CDATA[ <i>&amp;</i> ]]></item>",
    );
    assert_eq!(item.attribute("x"), Some("a&b &nope; '"));
    assert_eq!(item.text(), "AT&T é ’ &nope; R&D; a & b <i>&amp;</i>");
    assert_eq!(
        crate::parse::markup::to_text(&item.html()).trim(),
        item.text()
    );
}

#[test]
fn html_is_renamed_and_left_out() {
    let item = one("<item><hl2>A</hl2><media>no<p>no</p></media><n:p>1 &lt; 2</n:p></item>");
    let html = item.html_as(&|element| match element.name() {
        "hl2" => Some("h2"),
        "media" => None,
        name => Some(name),
    });
    assert_eq!(html, "<h2>A</h2><p>1 &lt; 2</p>");
}

#[test]
fn end_tags_that_do_not_match_cost_no_text() {
    check(
        "<r><item><a>1<b>2</a>3</c></item><item>4</b></item></r>",
        &["item: <a>1<b>2</b></a>3", "item: 4"],
    );
    check(
        "<r><item><a>1<item>2</item></r>",
        &["item: <a>1</a>", "!no end tag", "item: 2"],
    );
}

#[test]
fn what_is_cut_off_is_kept_and_reported() {
    check("<r><item><a>1", &["item: <a>1</a>", "!cut off"]);
    check("<r><item><![CDATA[one", &["item: one", "!cut off"]);
    check("<r><item>1</item><it", &["item: 1", "!the text ends"]);
    check("<r><item>1</item>", &["item: 1", "!the text ends"]);
    check("<r><item>1 &am", &["item: 1 &amp;am", "!cut off"]);
}

#[test]
fn signs_that_are_no_tags_are_text() {
    check("<r><item>1 < 2 > 1</item></r>", &["item: 1 &lt; 2 > 1"]);
    check("<r><item>1<!2</item></r>", &["item: 12"]);
}

#[test]
fn lines_are_counted() {
    let parts = read("<r>\n\n<item>\n<b>\n</b></item>\n<item");
    let lines = parts[0].as_ref().unwrap();
    assert_eq!((lines.line, lines.child("b").unwrap().line), (3, 4));
    assert!(parts[1].as_ref().unwrap_err().contains("line: 6"));
}

#[test]
fn declared_entities_are_not_expanded() {
    let mut text = "<!DOCTYPE r [<!ENTITY a 'ha'>".to_owned();
    for n in 0..30 {
        text.push_str(&format!("<!ENTITY a{n} '&a;&a;&a;&a;&a;&a;&a;&a;'>"));
    }
    text.push_str("<!ENTITY f SYSTEM 'file:///etc/passwd'>]><r><item>&a29; &f;</item></r>");
    check(&text, &["item: &amp;a29; &amp;f;"]);
}

#[test]
fn deep_elements_are_given_up_and_the_next_is_read() {
    let deep = "<a>".repeat(100_000);
    check(
        &format!("<r><item>{deep}<title>no</title></item><item>1</item></r>"),
        &["!over 256 deep", "item: 1"],
    );
}

#[test]
fn many_elements_are_given_up_and_the_next_is_read() {
    let many = "<a/>".repeat(1_100_000);
    check(
        &format!("<r><item>{many}</item><title>1</title></r>"),
        &["!over 1000000 elements", "title: 1"],
    );
}

#[test]
fn huge_elements_are_given_up_and_the_next_is_read() {
    let huge = "text ".repeat((crate::parse::MAX_RECORD_BYTES / 5) + 100);
    check(
        &format!("<r>{huge}<item>{huge}</item><item>1</item></r>"),
        &["!over 64 MB", "item: 1"],
    );
}

#[test]
fn the_root_is_told() {
    let found = root(
        "\u{feff} <?xml version='1.0'?>\n<!-- <a> --><!DOCTYPE x [<!ELEMENT y ANY>]>\n<n:x xmlns='u:1' xmlns:n='u:2'>",
    );
    let found = found.unwrap();
    assert_eq!(found.name(), "x");
    assert_eq!(found.namespaces().collect::<Vec<_>>(), ["u:1", "u:2"]);
    for none in [
        "",
        "text <a>",
        "<",
        "<a",
        "<!-- ",
        "</a><b>",
        "< b >",
        "{\"a\": \"<b>\"}",
    ] {
        assert_eq!(root(none), None, "{none}");
    }
}

fn anything() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        "\\PC{0,4}",
        prop::sample::select(vec![
            "<item>",
            "</item>",
            "<title>",
            "</title>",
            "<a b='",
            "'>",
            "<a>",
            "</a>",
            "<a/>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?",
            "?>",
            "<!DOCTYPE",
            "[",
            "]",
            ">",
            "<",
            "&",
            ";",
            "&amp;",
            "&#x",
            "\n",
            "\"",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_to_its_end(text in anything()) {
        let _ = root(&text);
        for part in read(&text).into_iter().flatten() {
            let html = part.html();
            let _ = (part.descendants("a"), crate::parse::markup::to_text(&html));
        }
    }

    #[test]
    fn whatever_was_escaped_is_read_back(text in "\\PC{0,40}") {
        let mut item = Element::default();
        item.push(&text);
        let read = one(&format!("<item>{}</item>", item.html()));
        prop_assert_eq!(read.text(), text.trim());
    }
}
