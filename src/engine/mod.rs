//! Engines: the ways to find articles that match a query.
//!
//! In: a [`Clause`]. Out: keys of matching articles in order, and the articles.
//! All engines pass the same contract tests and mean the same by a query:
//! `embedded` keeps an index on disk, `scan` looks at every article and is
//! slow, obvious and right.

pub mod embedded;
pub mod scan;
#[cfg(test)]
mod tests;

use crate::analysis::Language;
use crate::article::Article;
use crate::error::Result;
use crate::query::{Clause, TextField, Word};
use crate::rank::Part;

/// The order of hits. Ties are broken by id, so that the same request always has the same answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// By date, newest first; undated articles last.
    Newest,
    /// By date, oldest first; undated articles last.
    Oldest,
}

/// Which part of the matches is wanted, and in which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The order.
    pub sort: Sort,
    /// Hits to pass over.
    pub offset: usize,
    /// Hits wanted.
    pub limit: usize,
    /// Whether all matches are counted, which may take longer than to find the first.
    /// Where no hits are wanted they always are.
    pub is_counted: bool,
}

/// Names an article to the engine that gave the key, as long as that engine lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleKey(pub u64);

/// A matching article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// Names it to [`Engine::fetch`] and [`Engine::ids`].
    pub key: ArticleKey,
    /// How well it matches, from 0; 0 where the order is by date.
    pub score: f32,
}

/// The part of the matches that was asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matches {
    /// How many articles match in all, exactly; if they were not to be counted, at least so many.
    pub total: u64,
    /// The hits of the window, in order.
    pub hits: Vec<Match>,
}

impl Matches {
    /// The keys of the hits, in order.
    pub fn keys(&self) -> Vec<ArticleKey> {
        self.hits.iter().map(|hit| hit.key).collect()
    }
}

/// A word that adds to the score of matches that hold it, and excludes none that lack it.
#[derive(Clone, Debug, PartialEq)]
pub struct Boost {
    /// The word, by its stem.
    pub word: Word,
    /// How much it counts beside a word of the query, which counts 1; above 0.
    pub weight: f32,
}

/// The score of an article, taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// How many words the article has.
    pub words: u32,
    /// How many an article has at the mean.
    pub mean_words: f32,
    /// What each scoring term adds; the sum of their parts is the score.
    pub terms: Vec<TermScore>,
}

impl Explanation {
    /// The score: what [`Match::score`] is, unless that is lower, as far down a list the
    /// score of an article from behind is no higher than that of one before.
    pub fn score(&self) -> f32 {
        self.terms.iter().map(|term| term.part.sum()).sum()
    }
}

/// What one scoring term adds to a score.
#[derive(Clone, Debug, PartialEq)]
pub struct TermScore {
    /// The part of the query that asks for it, in the query language.
    pub term: String,
    /// Whether the query was expanded by it.
    pub is_added: bool,
    /// What it counts: how rare it is, for each time that the query says it.
    pub weight: f32,
    /// How many articles hold it; of a phrase, its rarest word.
    pub articles: u64,
    /// Its places in the title.
    pub in_title: usize,
    /// Its places elsewhere.
    pub in_text: usize,
    /// What it adds.
    pub part: Part,
}

/// A way to find articles.
pub trait Engine {
    /// Finds the articles that match `query`, and returns those in `window`.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    fn search(&self, query: &Clause, window: Window) -> Result<Matches> {
        self.search_boosted(query, &[], window)
    }

    /// As [`Engine::search`], with scores raised by `boosts`.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    fn search_boosted(&self, query: &Clause, boosts: &[Boost], window: Window) -> Result<Matches>;

    /// Takes the scores of articles apart, in the order of `keys`, which
    /// [`Engine::search_boosted`] found by `query` and `boosts`.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    fn explain(
        &self,
        query: &Clause,
        boosts: &[Boost],
        keys: &[ArticleKey],
    ) -> Result<Vec<Explanation>>;

    /// How many articles there are, and in how many each of `words` stands.
    ///
    /// Both may count articles that were replaced and are not yet swept away.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    fn frequencies(&self, words: &[Word]) -> Result<(u64, Vec<u64>)>;

    /// The exact forms in the index that a word of the text stands for, with how many
    /// articles hold each, most first; none for a word of several tokens.
    ///
    /// Of the inflections, those that can be told from their exact forms. The counts may
    /// include articles that were replaced and are not yet swept away; those of a lead are
    /// of the whole text.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    fn forms(&self, field: TextField, word: &Word) -> Result<Vec<(String, u64)>>;

    /// The exact forms in the index that are spellings of each of some words of names
    /// ([`spelling_key`](crate::analysis::spelling_key)), with how many articles hold each,
    /// most first; the counts as those of [`Engine::forms`]. Reads all words of the index once.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    fn spellings(&self, words: &[&str]) -> Result<Vec<Vec<(String, u64)>>>;

    /// The ids of found articles, in the order of `keys`; far cheaper than to fetch them.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    fn ids(&self, keys: &[ArticleKey]) -> Result<Vec<String>>;

    /// Fetches a found article.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    fn fetch(&self, key: ArticleKey) -> Result<Article>;

    /// Looks an article up by its id.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    fn find(&self, id: &str) -> Result<Option<Article>>;

    /// Hands every match to `each`, in no particular order, holding one at a time.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read, or with the error that `each` returns.
    fn for_each(&self, query: &Clause, each: &mut dyn FnMut(Article) -> Result<()>) -> Result<()>;

    /// The languages of its articles, sorted: a word of a query is stemmed in each.
    fn languages(&self) -> &[Language];
}
