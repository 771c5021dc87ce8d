//! Estimates what it costs to build a DOM of a page and to look at all of it,
//! without doing so.
//!
//! In: HTML. Out: how deeply its elements are nested, how many attributes one of
//! them has, and how much there is at what depth; never much below the truth.
//! Time is linear in the length of the page.
//!
//! A close tag only counts if an element of its name is open, so that stray
//! ones hide nothing. Comments, quoted values and scripts are passed over as the
//! standard's tokenizer does it, but only where it is plain that they end.

use memchr::{memchr, memchr_iter};
use rustc_hash::{FxHashMap, FxHashSet};

/// Elements may be this deep in each other.
const MAX_DEPTH: usize = 300;
/// A tag may have this many attributes: each is compared with all before it.
const MAX_ATTRIBUTES: usize = 500;
/// Bytes of the page, each as many times as elements are open around it: what is
/// read once for every element that it is in.
const MAX_WORK: usize = 60_000_000;
/// A tag counts for so many bytes, because of the elements that it may open again.
const TAG_BYTES: usize = 32;

/// Elements without content, and those that close each other: they do not nest.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody",
    "tfoot",
];
/// Elements whose content is no markup.
const RAW: &[&str] = &[
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes",
];
/// Elements in which those of [`RAW`] may well hold markup.
const FOREIGN: &[&str] = &["svg", "math", "select"];
/// Elements of drawings that are often left open, and end with the drawing.
const STROKES: &[&str] = &["path", "circle", "rect", "use"];

/// Why no DOM should be built of a page, if none should.
pub(super) fn too_much(page: &str) -> Option<String> {
    let cost = measure(page);
    if cost.deepest > MAX_DEPTH {
        return Some(format!("elements nested over {MAX_DEPTH} deep"));
    }
    if cost.attributes > MAX_ATTRIBUTES {
        return Some(format!("a tag with over {MAX_ATTRIBUTES} attributes"));
    }
    (cost.work > MAX_WORK).then(|| "too much in deeply nested elements".to_owned())
}

fn measure(page: &str) -> Cost {
    let mut cost = Cost::default();
    let mut at = 0;
    while let Some(found) = memchr(b'<', &page.as_bytes()[at..]) {
        cost.add(found);
        at += found;
        let taken = cost.take(&page[at..]);
        cost.add(TAG_BYTES);
        at += taken;
    }
    cost.add(page.len() - at);
    cost
}

/// What is known of a page up to some tag.
#[derive(Default)]
struct Cost {
    /// Open elements by name.
    open: FxHashMap<String, usize>,
    depth: usize,
    deepest: usize,
    /// Attributes of the tag that has most.
    attributes: usize,
    work: usize,
    /// Elements of [`RAW`], and `!--`, that nothing closes from here on.
    unclosed: FxHashSet<String>,
}

impl Cost {
    /// Counts bytes at the depth that is reached.
    fn add(&mut self, bytes: usize) {
        self.work = self.work.saturating_add(self.depth.saturating_mul(bytes));
    }

    /// Takes what starts with the `<` at the start of `rest`, and returns its bytes.
    fn take(&mut self, rest: &str) -> usize {
        let after = &rest[1..];
        let (is_end, after) = after
            .strip_prefix('/')
            .map_or((false, after), |after| (true, after));
        if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return self.take_other(rest);
        }
        let name_end = after
            .find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
            .unwrap_or(after.len());
        let name = after[..name_end].to_ascii_lowercase();
        let start = rest.len() - after.len() + name_end;
        let (bytes, attributes) = attributes(&rest.as_bytes()[start..]);
        let end = start + bytes;
        self.attributes = self.attributes.max(attributes);
        if FLAT.contains(&name.as_str()) {
            return end;
        }
        if RAW.contains(&name.as_str()) {
            let skipped = if is_end {
                0
            } else {
                self.raw_bytes(&rest[end..], name)
            };
            return end + skipped;
        }
        let closes_itself = rest[..end].ends_with("/>") && self.is_in_foreign();
        if is_end {
            self.close(&name);
        } else if !closes_itself {
            self.open(name);
        }
        end
    }

    fn open(&mut self, name: String) {
        *self.open.entry(name).or_default() += 1;
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
    }

    fn close(&mut self, name: &str) {
        if let Some(count) = self.open.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            self.depth -= 1;
        }
        if name == "svg" {
            for stroke in STROKES {
                self.depth -= self.open.remove(*stroke).unwrap_or(0);
            }
        }
    }

    /// A comment, a declaration or a mere sign.
    fn take_other(&mut self, rest: &str) -> usize {
        let bytes = rest.as_bytes();
        if !rest.starts_with("<!--") {
            return match bytes.get(1) {
                Some(b'!' | b'?' | b'/') => memchr(b'>', bytes).map_or(bytes.len(), |at| at + 1),
                _ => 1,
            };
        }
        if self.is_in_foreign() || self.unclosed.contains("!--") {
            return 1;
        }
        // The dashes that start a comment may end it too: `<!-->`.
        let closes = |&at: &usize| {
            bytes[2..at].ends_with(b"--") || (at > 4 && bytes[4..at].ends_with(b"--!"))
        };
        if let Some(end) = memchr_iter(b'>', bytes).find(closes) {
            return end + 1;
        }
        self.unclosed.insert("!--".to_owned());
        1
    }

    /// How far the content of an element goes that is no markup.
    fn raw_bytes(&mut self, rest: &str, name: String) -> usize {
        if self.is_in_foreign() || self.unclosed.contains(&name) {
            return 0;
        }
        let closes = |at: &usize| {
            let tag = rest[at + 1..].strip_prefix('/');
            tag.and_then(|tag| tag.split_at_checked(name.len()))
                .is_some_and(|(found, after)| {
                    found.eq_ignore_ascii_case(&name)
                        && after.starts_with(|c: char| c.is_ascii_whitespace() || "/>".contains(c))
                })
        };
        let end = memchr_iter(b'<', rest.as_bytes()).find(closes);
        end.unwrap_or_else(|| {
            self.unclosed.insert(name);
            0
        })
    }

    fn is_in_foreign(&self) -> bool {
        FOREIGN
            .iter()
            .any(|name| self.open.get(*name).is_some_and(|&count| count > 0))
    }
}

/// How far a tag goes after its name, its `>` included, and how many attributes it
/// has; a `>` inside a quoted value does not end it.
fn attributes(bytes: &[u8]) -> (usize, usize) {
    let skip = |from: usize, is_passed: fn(&u8) -> bool| {
        let rest = bytes.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|byte| is_passed(byte)).count()
    };
    let (mut at, mut count) = (0, 0);
    loop {
        at = skip(at, |b| b.is_ascii_whitespace() || *b == b'/');
        match bytes.get(at) {
            None => return (bytes.len(), count),
            Some(b'>') => return (at + 1, count),
            // Whatever a name starts with belongs to it, even `=`.
            Some(_) => at += 1,
        }
        count += 1;
        at = skip(at, |b| !b.is_ascii_whitespace() && !b"/>=".contains(b));
        let value = skip(at, u8::is_ascii_whitespace);
        if bytes.get(value) != Some(&b'=') {
            continue;
        }
        at = skip(value + 1, u8::is_ascii_whitespace);
        match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => match memchr(*quote, &bytes[at + 1..]) {
                Some(length) => at += length + 2,
                None => return (bytes.len(), count),
            },
            _ => at = skip(at, |b| !b.is_ascii_whitespace() && *b != b'>'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_ATTRIBUTES, measure, too_much};

    fn depth(page: &str) -> usize {
        measure(page).deepest
    }

    #[test]
    fn counts_open_elements() {
        assert_eq!(
            depth("<html><body><p>a<p>b<div><br>c</div></body></html>"),
            3
        );
        assert_eq!(depth(&"<div></x>".repeat(1000)), 1000);
        assert_eq!(depth("<script>if (a<b) { c<d }</script>1 < 2"), 0);
    }

    #[test]
    fn nothing_before_them_hides_elements() {
        let deep = "<div>".repeat(1000);
        for start in [
            "<!-- <script> -->",
            "<!--><!-- --!>",
            "<!doctype a \"><?b <a b=\" ?>",
            "<!--!><script>-->",
            "<p title=\"<script>\">",
            "<p title = '<style>'>",
            "<p title=it's \" a\"b>",
            "<p =\">",
            "<script/><style>",
            "<script></scripts></SCRIPT >",
            "<textarea><!--</textarea>",
            "<title><script></title>",
            "<svg><style></svg>",
            "<select><style></select>",
        ] {
            let page = format!("{start}{deep}<i title=\"'>--></i>");
            assert!(depth(&page) >= 1000, "{start}");
        }
        assert_eq!(depth(&format!("<!-- never closed {deep}")), 1000);
    }

    #[test]
    fn what_is_no_element_does_not_count() {
        for page in [
            "<!-- <div><div> -->",
            "<!doctype html><?php <?>",
            "<p title=\"<div>\" alt='<div>' id=<div>",
            "<title><b></title><textarea><b></TEXTAREA>",
            "</div></><1><p",
        ] {
            assert_eq!(depth(page), 0, "{page}");
        }
    }

    #[test]
    fn strokes_nest_until_their_drawing_ends() {
        assert_eq!(depth(&format!("<svg>{}", "<path>".repeat(1000))), 1001);
        assert_eq!(depth(&"<svg><path><use x=1></svg>".repeat(1000)), 3);
        assert_eq!(depth(&format!("<svg>{}", "<path/><g/>".repeat(1000))), 1);
    }

    #[test]
    fn what_costs_too_much_is_told() {
        let paragraphs = "<p>words, words</p>".repeat(1 << 14);
        assert_eq!(
            too_much(&format!("{}{paragraphs}", "<div>".repeat(40))),
            None
        );
        let attributes: String = (0..=MAX_ATTRIBUTES).map(|i| format!(" a{i}=b")).collect();
        for page in [
            format!("{}{paragraphs}", "<div>".repeat(290)),
            format!("<p{attributes}>"),
            "<div>".repeat(301),
        ] {
            assert!(too_much(&page).is_some(), "{}", &page[..20]);
        }
    }

    #[test]
    fn time_is_linear() {
        for part in [
            "<script>",
            "<style></style>",
            "<!--",
            "<!---->",
            "<!",
            "<p a=\"",
            "<textarea",
            "<",
        ] {
            depth(&part.repeat(1 << 18));
        }
    }
}
