//! Measures how deeply the elements of a page are nested, without a DOM.
//!
//! In: HTML. Out: a depth that is never much below the true one.
//!
//! A close tag only counts if an element of its name is open, so that stray
//! ones hide nothing.

use memchr::memchr_iter;
use rustc_hash::FxHashMap;

/// Elements without content, and those that close each other: they do not nest.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody",
    "tfoot", "path", "circle", "rect", "use",
];

/// How many elements are open at once, at most.
pub(super) fn depth(page: &str) -> usize {
    let mut open: FxHashMap<String, usize> = FxHashMap::default();
    let mut depth = 0;
    let mut deepest = 0;
    let mut is_script = false;
    for at in memchr_iter(b'<', page.as_bytes()) {
        let rest = &page[at + 1..];
        let (is_end, rest) = match rest.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        if name.is_empty() || FLAT.contains(&name.as_str()) {
            continue;
        }
        if name == "script" || name == "style" {
            is_script = !is_end;
            continue;
        }
        if is_script {
            continue;
        }
        let count = open.entry(name).or_default();
        if !is_end {
            *count += 1;
            depth += 1;
            deepest = deepest.max(depth);
        } else if *count > 0 {
            *count -= 1;
            depth -= 1;
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::depth;

    #[test]
    fn counts_open_elements() {
        assert_eq!(
            depth("<html><body><p>a<p>b<div><br>c</div></body></html>"),
            3
        );
        assert_eq!(depth(&"<div></x>".repeat(1000)), 1000);
        assert_eq!(depth("<script>if (a<b) { c<d }</script>1 < 2"), 0);
    }
}
