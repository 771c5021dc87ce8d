//! Tells captions that no class names: a few words under a picture.
//!
//! In: the children of an element, in order. Out: which of them are captions.

use dom_query::NodeRef;

use super::weights::Weights;

/// A text of more characters, white space not counted, is no caption.
const MAX_CHARS: usize = 170;
/// A block of a picture and its caption has few elements.
const MAX_NODES: usize = 12;

/// What is known on the way through the children of an element.
pub(super) struct Captions<'w> {
    weights: &'w Weights,
    is_after_picture: bool,
}

impl<'w> Captions<'w> {
    pub(super) fn new(weights: &'w Weights) -> Self {
        Self {
            weights,
            is_after_picture: false,
        }
    }

    /// Whether the next child is a caption, or a block of a picture with one.
    pub(super) fn take(&mut self, child: &NodeRef<'_>) -> bool {
        if !child.is_element() {
            self.is_after_picture &= !child.is_nonempty_text();
            return false;
        }
        if child.has_name("br") {
            return false;
        }
        let chars = self.weights.get(child).chars;
        let is_picture = has_any(child, &["img", "picture", "amp-img"]);
        let is_short = (1..=MAX_CHARS).contains(&chars);
        let is_caption = is_short
            && (self.is_after_picture && self.is_set_apart(child) || is_picture && is_block(child));
        self.is_after_picture =
            is_caption || is_picture && chars == 0 || self.is_after_picture && chars == 0;
        is_caption
    }

    /// Whether all of an element's text is small or slanted or centered.
    fn is_set_apart(&self, node: &NodeRef<'_>) -> bool {
        const SET_APART: &[&str] = &["em", "i", "small", "center", "figcaption", "cite"];
        let is_one = |node: &NodeRef<'_>| SET_APART.iter().any(|name| node.has_name(name));
        let weight = self.weights.get(node);
        is_one(node) || few(node).any(|inner| is_one(&inner) && self.weights.get(&inner) == weight)
    }
}

/// Whether a picture with some words is nothing else: no sentence, and no item of a list.
fn is_block(node: &NodeRef<'_>) -> bool {
    let is_plain = ["div", "p", "center", "span", "td"]
        .iter()
        .any(|name| node.has_name(name));
    let is_small = few(node).count() < MAX_NODES;
    is_plain
        && is_small
        && !has_any(
            node,
            &["h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote"],
        )
        && !node
            .text()
            .trim_end()
            .ends_with(['.', '!', '?', ':', '”', '"', '。'])
}

fn has_any(node: &NodeRef<'_>, names: &[&str]) -> bool {
    let is_one = |node: &NodeRef<'_>| names.iter().any(|name| node.has_name(name));
    is_one(node) || few(node).any(|inner| is_one(&inner))
}

fn few<'d>(node: &NodeRef<'d>) -> impl Iterator<Item = NodeRef<'d>> {
    node.descendants_it().take(MAX_NODES)
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    #[track_caller]
    fn check(html: &str, captions: &[&str]) {
        let document = Document::from(html);
        let body = document.body().unwrap();
        let weights = Weights::of(&body);
        let mut seen = Captions::new(&weights);
        let children = body.children().into_iter();
        let found = children.filter(|child| seen.take(child));
        let found: Vec<String> = found.map(|child| child.text().trim().to_owned()).collect();
        assert_eq!(found, captions, "{html}");
    }

    #[test]
    fn words_under_a_picture() {
        check(
            "<p><img></p> <p><em>The quay in May</em></p><p><em>Really.</em></p>",
            &["The quay in May", "Really."],
        );
        check("<img><br><center>The quay</center>", &["The quay"]);
        check("<div><img><span>The quay</span></div>", &["The quay"]);
    }

    #[test]
    fn other_words() {
        check("<p><em>Really.</em></p>", &[]);
        check("<img> So it was. <em>Really.</em>", &[]);
        check("<p><img>The quay was closed.</p>", &[]);
        check("<div><img><h3>4. The quay</h3></div>", &[]);
        check("<p><img></p><p>The quay</p>", &[]);
    }
}
