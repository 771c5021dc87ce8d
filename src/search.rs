//! The use case of every front end: a query in, a page of results out.
//!
//! In: an engine and a [`Question`]. Out: a [`Page`]. Nothing here prints.

use std::ops::Range;
use std::time::Duration;

use crate::article::Article;
use crate::engine::Sort;
use crate::query::Clause;

/// What to do when no article has every word of the query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MatchMode {
    /// All words, or the best partial matches where no article has them all.
    #[default]
    Auto,
    /// All words.
    All,
    /// Any of the words.
    Any,
}

/// What a user asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What to look for.
    pub query: Clause,
    /// What must hold besides (dates, source, language); does not score.
    pub filters: Vec<Clause>,
    /// How many of the words.
    pub match_mode: MatchMode,
    /// The order.
    pub sort: Sort,
    /// Hits to pass over.
    pub offset: usize,
    /// Hits wanted.
    pub limit: usize,
    /// Snippets wanted a hit; 0 makes none.
    pub snippets: usize,
}

/// A sentence or two of an article, with what matched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The text, on one line; `…` where the article's text is left out inside a sentence.
    pub text: String,
    /// Bytes of `text` that matched: half-open, in order, not overlapping.
    pub highlights: Vec<Range<usize>>,
}

/// One article of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its place among all matches, from 1.
    pub rank: usize,
    /// How well it matches.
    pub score: f32,
    /// The article.
    pub article: Article,
    /// Bytes of the title that matched.
    pub title_highlights: Vec<Range<usize>>,
    /// The sentences that show why it matched.
    pub snippets: Vec<Snippet>,
    /// Words of the query that it lacks, as typed.
    pub missing: Vec<String>,
}

/// The answer to a [`Question`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// How many articles match in all, exactly.
    pub total: u64,
    /// Whether no article has every word, so that these match in part.
    pub partial: bool,
    /// The hits asked for, in order.
    pub hits: Vec<Hit>,
    /// The time it took.
    pub elapsed: Duration,
}
