//! Pages and hits for the tests of the presentation.

use std::time::Duration;

use crate::article::{Article, ArticleDate};
use crate::search::{Hit, Page};
use crate::snippet::Snippet;

/// A hit of that rank, on `Kursk` and `ceasefire`.
pub(super) fn hit(rank: usize) -> Hit {
    Hit {
        rank,
        score: 7.31,
        article: Article {
            id: format!("truce-{rank}"),
            path: "corpus/harbour-wire/2025-03/truce-terms.md".to_owned(),
            title: "Truce terms divide allies as Kursk front shrinks".to_owned(),
            body: "Russia claimed two more villages in the Kursk region on the day the \
                   ceasefire plan was discussed.\n\nKyiv denied it."
                .to_owned(),
            published: Some(ArticleDate::day(jiff::civil::date(2025, 3, 15))),
            authors: vec!["Jane Doe".to_owned(), "Li Wei".to_owned()],
            source: Some("Harbour Wire".to_owned()),
            lang: Some("en".to_owned()),
            ..Article::default()
        },
        title_highlights: std::iter::once(29..34).collect(),
        snippets: vec![Snippet {
            text: "Russia claimed two more villages in the Kursk region on the day the \
                   ceasefire plan was discussed."
                .to_owned(),
            highlights: vec![40..45, 68..77],
        }],
        context: Vec::new(),
        explanation: None,
        missing: Vec::new(),
        matched: Vec::new(),
    }
}

/// A page of all `count` hits there are.
pub(super) fn page(count: usize) -> Page {
    Page {
        total: count as u64,
        partial: false,
        hits: (1..=count).map(hit).collect(),
        elapsed: Duration::from_micros(2_100),
    }
}
