//! How much text the elements of a page hold.
//!
//! In: a DOM. Out: the characters at and below each node, white space not counted,
//! and how many of them are in links; all in one pass, so that looking at every
//! element of a deep page takes no longer than the page is long.

use dom_query::{NodeId, NodeRef};
use rustc_hash::FxHashMap;

/// The text of a node and what is below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    /// All characters.
    pub(super) chars: usize,
    /// Those in links.
    pub(super) linked: usize,
}

impl Weight {
    /// Characters that are in no link.
    pub(super) fn prose(self) -> usize {
        self.chars - self.linked
    }
}

/// The weights of all nodes below some node, and its own.
pub(super) struct Weights(FxHashMap<NodeId, Weight>);

impl Weights {
    pub(super) fn of(root: &NodeRef<'_>) -> Self {
        let nodes = root.descendants();
        let mut weights: FxHashMap<NodeId, Weight> = FxHashMap::default();
        // Children come after their parents, so backwards they are complete first.
        for node in nodes.iter().rev() {
            let mut weight = weights.get(&node.id).copied().unwrap_or_default();
            if node.is_text() {
                weight.chars = node.text().chars().filter(|c| !c.is_whitespace()).count();
            }
            if node.has_name("a") {
                weight.linked = weight.chars;
            }
            weights.insert(node.id, weight);
            if let Some(parent) = node.parent() {
                let sum = weights.entry(parent.id).or_default();
                sum.chars += weight.chars;
                sum.linked += weight.linked;
            }
        }
        Self(weights)
    }

    pub(super) fn get(&self, node: &NodeRef<'_>) -> Weight {
        self.0.get(&node.id).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    #[test]
    fn text_and_links_add_up() {
        let document = Document::from("<p>one <a>two <b>three</b></a></p> four");
        let body = document.body().unwrap();
        let weights = Weights::of(&body);
        let (chars, linked) = (15, 8);
        assert_eq!(weights.get(&body), Weight { chars, linked });
        assert_eq!(weights.get(&body.first_child().unwrap()).prose(), 3);
    }
}
