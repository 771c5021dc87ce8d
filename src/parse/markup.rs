//! Turns HTML into text without a DOM: for HTML inside other formats, for the
//! main part of a page once it is found, and for pages that no DOM should be
//! built of.
//!
//! In: HTML, however broken. Out: paragraphs separated by blank lines. Time is
//! linear in the length of the text.

use memchr::{memchr, memchr2, memrchr};

use super::entities::entity;

/// Elements whose content is no text.
const SILENT: &[&str] = &[
    "script", "style", "template", "svg", "noscript", "iframe", "head", "select", "object",
];
/// Elements that start and end a paragraph.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "table",
    "blockquote",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "nav",
    "figure",
    "figcaption",
    "pre",
    "form",
    "hr",
    "address",
    "details",
    "summary",
    "body",
    "title",
];
/// Elements that start a line.
const LINES: &[&str] = &["br", "li", "tr", "dt", "dd", "option", "caption"];
/// Elements inside a line that show that a text is HTML.
const INLINE: &[&str] = &[
    "a", "b", "i", "em", "strong", "span", "img", "u", "font", "sup", "sub", "small", "td", "th",
    "cite", "q", "html", "code", "picture", "video", "mark", "time",
];

/// Whether a text has tags of HTML, or entities, in it.
pub(super) fn is_markup(text: &str) -> bool {
    let mut at = 0;
    while let Some(found) = memchr2(b'<', b'&', &text.as_bytes()[at..]) {
        at += found;
        let rest = &text[at..];
        if rest.starts_with('&') {
            if entity(rest).is_some() {
                return true;
            }
        } else if tag_name(rest).is_some_and(is_known) {
            return true;
        }
        at += 1;
    }
    false
}

/// A title or name without tags and entities.
pub(super) fn plain_line(text: String) -> String {
    if is_markup(&text) {
        return to_text(&text);
    }
    text
}

/// The text of some HTML. Without any element that makes a paragraph, white
/// space is kept as it is.
pub(super) fn to_text(html: &str) -> String {
    let mut flow = Flow {
        text: String::with_capacity(html.len() / 2),
        pending: Gap::None,
        bullet: false,
        keeps_space: !has_blocks(html),
    };
    let last_end = memrchr(b'>', html.as_bytes()).unwrap_or(0);
    let mut at = 0;
    while at < html.len() {
        let found = memchr(b'<', &html.as_bytes()[at..]).map_or(html.len(), |i| at + i);
        flow.push_html(&html[at..found]);
        at = found;
        if at == html.len() {
            break;
        }
        let rest = &html[at..];
        if at < last_end && is_tag(rest) {
            at += take_tag(rest, &mut flow);
        } else {
            flow.push_html("<");
            at += 1;
        }
    }
    flow.text
}

/// The name of the tag that starts here, as written, without `/`.
fn tag_name(text: &str) -> Option<&str> {
    let name = text.strip_prefix('<')?;
    let name = name.strip_prefix('/').unwrap_or(name);
    let end = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    let ends_well = matches!(
        name.as_bytes().get(end),
        Some(b'>' | b'/' | b' ' | b'\n' | b'\t' | b'\r')
    );
    (end > 0 && ends_well && name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .then(|| &name[..end])
}

fn is_tag(text: &str) -> bool {
    matches!(text.as_bytes().get(1), Some(b'!' | b'?' | b'/'))
        || text[1..].starts_with(|c: char| c.is_ascii_alphabetic())
}

fn is_in(name: &str, list: &[&str]) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn is_known(name: &str) -> bool {
    [BLOCKS, LINES, INLINE, SILENT]
        .iter()
        .any(|list| is_in(name, list))
}

fn has_blocks(html: &str) -> bool {
    memchr::memchr_iter(b'<', html.as_bytes()).any(|at| {
        tag_name(&html[at..]).is_some_and(|name| is_in(name, BLOCKS) || is_in(name, LINES))
    })
}

/// Takes the tag at the start of `rest`, with all of its content if that is no
/// text, and returns the number of bytes.
fn take_tag(rest: &str, flow: &mut Flow) -> usize {
    if rest.starts_with("<!--") {
        return rest.find("-->").map_or(rest.len(), |end| end + 3);
    }
    let end = tag_end(rest);
    let name = tag_name(rest).unwrap_or("");
    if is_in(name, SILENT) && !rest.starts_with("</") && !rest[..end].ends_with("/>") {
        return end + silent_bytes(&rest[end..], name);
    }
    if is_in(name, BLOCKS) {
        flow.gap(Gap::Blank);
    } else if is_in(name, LINES) {
        let is_second = name.eq_ignore_ascii_case("br") && flow.pending >= Gap::Line;
        flow.gap(if is_second { Gap::Blank } else { Gap::Line });
        if name.eq_ignore_ascii_case("li") {
            flow.bullet = !rest.starts_with("</");
        }
    } else if is_in(name, &["td", "th"]) {
        flow.gap(Gap::Space);
    }
    end
}

/// Where a tag ends, its `>` included; one inside quotes does not end it.
fn tag_end(rest: &str) -> usize {
    const TRIES: usize = 8;
    let bytes = rest.as_bytes();
    let mut from = 0;
    let mut quotes = 0;
    let mut first = None;
    for _ in 0..TRIES {
        let Some(at) = memchr(b'>', &bytes[from..]) else {
            break;
        };
        quotes += bytes[from..from + at]
            .iter()
            .filter(|&&b| b == b'"')
            .count();
        from += at + 1;
        first.get_or_insert(from);
        if quotes % 2 == 0 {
            return from;
        }
    }
    first.unwrap_or(rest.len())
}

/// How far the content of an element goes that holds no text. Without an end tag
/// it goes to the end, but for the head, which the body ends.
fn silent_bytes(rest: &str, name: &str) -> usize {
    for at in memchr::memchr_iter(b'<', rest.as_bytes()) {
        let tag = &rest[at + 1..];
        let is_end = tag
            .strip_prefix('/')
            .and_then(|tag| tag.get(..name.len()))
            .is_some_and(|end| end.eq_ignore_ascii_case(name));
        if is_end {
            return at + tag_end(&rest[at..]);
        }
        let starts_body = tag.get(..4).is_some_and(|n| n.eq_ignore_ascii_case("body"));
        if starts_body && name.eq_ignore_ascii_case("head") {
            return at;
        }
    }
    rest.len()
}

/// What goes between two words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
    Blank,
}

/// Text with white space as a browser would show it.
struct Flow {
    text: String,
    pending: Gap,
    /// Whether the next word starts an item of a list.
    bullet: bool,
    keeps_space: bool,
}

impl Flow {
    fn gap(&mut self, gap: Gap) {
        self.pending = self.pending.max(gap);
    }

    fn push_html(&mut self, html: &str) {
        let mut rest = html;
        while let Some(at) = memchr(b'&', rest.as_bytes()) {
            self.push(&rest[..at]);
            rest = &rest[at..];
            if let Some((c, length)) = entity(rest) {
                self.push(c.encode_utf8(&mut [0; 4]));
                rest = &rest[length..];
            } else {
                self.push("&");
                rest = &rest[1..];
            }
        }
        self.push(rest);
    }

    fn push(&mut self, text: &str) {
        if self.keeps_space {
            self.text.push_str(text);
            return;
        }
        let mut is_first = true;
        for word in text.split(|c: char| c.is_whitespace()) {
            if !is_first {
                self.gap(Gap::Space);
            }
            is_first = false;
            if word.is_empty() {
                continue;
            }
            if !self.text.is_empty() {
                self.text.push_str(match self.pending {
                    Gap::None => "",
                    Gap::Space => " ",
                    Gap::Line => "\n",
                    Gap::Blank => "\n\n",
                });
            }
            self.pending = Gap::None;
            if std::mem::take(&mut self.bullet) {
                self.text.push_str("- ");
            }
            self.text.push_str(word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, text: &str) {
        assert_eq!(to_text(html), text);
    }

    #[test]
    fn elements_make_paragraphs_and_lines() {
        check(
            "<p>One <b>two</b>\n three.</p><p>Four<br>five<br/><br>six</p>",
            "One two three.\n\nFour\nfive\n\nsix",
        );
        check("<ul><li>a</li><li> </li><li>b</li></ul>c", "- a\n- b\n\nc");
    }

    #[test]
    fn what_is_no_text_goes() {
        check(
            "<head><title>x</title></head><p>a<script>if (a<b) {}</script>b<!-- <p>c --></p>",
            "ab",
        );
        check("<p title=\"a > b\">c</p>", "c");
    }

    #[test]
    fn entities() {
        check(
            "<p>AT&amp;T&#8217;s &eacute;&#x41; &unknown; & a</p>",
            "AT&T’s éA &unknown; & a",
        );
    }

    #[test]
    fn text_with_inline_tags_keeps_its_lines() {
        check("one <a href=x>link</a>\n\ntwo", "one link\n\ntwo");
    }

    #[test]
    fn broken_tags_are_text() {
        check("<p>1 < 2 <b", "1 < 2 <b");
        check("<script>never closed", "");
    }

    #[test]
    fn tells_markup_from_signs() {
        assert!(is_markup("a <br/> b"));
        assert!(is_markup("AT&amp;T"));
        assert!(!is_markup("1 < 2 and AT&T; x <y>"));
    }
}
