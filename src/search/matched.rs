//! Names the metadata that made an article match.
//!
//! In: an article, and what a query says about metadata. Out: names of fields, as the
//! query calls them.

use crate::article::Article;
use crate::engine::scan::ScanEngine;
use crate::engine::{Engine, Sort, Window};
use crate::query::Clause;

/// The fields of those `leaves` that an article matches, each once, in order.
pub(super) fn matched_fields(article: &Article, leaves: &[Clause]) -> Vec<&'static str> {
    if leaves.is_empty() {
        return Vec::new();
    }
    let engine = ScanEngine::new(vec![Article {
        title: String::new(),
        lead: String::new(),
        body: String::new(),
        ..article.clone()
    }]);
    let none = Window {
        sort: Sort::Newest,
        offset: 0,
        limit: 0,
        is_counted: true,
    };
    let mut names = Vec::new();
    for leaf in leaves {
        let name = match leaf {
            Clause::Keyword { field, .. } => field.name(),
            Clause::Date(_) => "date",
            _ => continue,
        };
        let matches = engine.search(leaf, none).is_ok_and(|found| found.total > 0);
        if matches && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
