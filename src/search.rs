//! The use case of every front end: a query in, a page of results out.
//!
//! In: an engine and a [`Question`]. Out: a [`Page`]. Nothing here prints.

use std::ops::Range;
use std::time::{Duration, Instant};

mod matched;

use self::matched::matched_fields;
use crate::article::Article;
use crate::engine::{Boost, Engine, Explanation, Matches, Sort, Window};
use crate::error::Result;
use crate::expansion::{self, expansion};
use crate::query::Clause;
use crate::snippet::{ContextLine, Matcher, Snippet, Wanted, concordance, excerpt, highlights};

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
    /// Whether to rank by words of the first matches too; changes the order alone.
    pub expand: bool,
    /// The order.
    pub sort: Sort,
    /// Hits to pass over.
    pub offset: usize,
    /// Hits wanted.
    pub limit: usize,
    /// Whether all matches are counted; see [`Window::is_counted`].
    pub is_counted: bool,
    /// Snippets wanted a hit; 0 makes none.
    pub snippets: usize,
    /// Columns of a terminal that each snippet aims at.
    pub snippet_columns: usize,
    /// Whether every match is wanted in context.
    pub context: bool,
    /// Whether scores are wanted taken apart.
    pub explain: bool,
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
    /// Every match in context, if that was wanted.
    pub context: Vec<ContextLine>,
    /// Its score taken apart, if that was wanted and hits are ordered by it.
    pub explanation: Option<Explanation>,
    /// Words of the query that it lacks, as typed.
    pub missing: Vec<String>,
    /// Where no word of it matched: the fields that did, as the query calls them (`source`, `date`, …).
    pub matched: Vec<&'static str>,
}

/// The answer to a [`Question`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// How many articles match in all, exactly; if they were not to be counted, at least so many.
    pub total: u64,
    /// Whether no article has every word, so that these match in part.
    pub partial: bool,
    /// The hits asked for, in order.
    pub hits: Vec<Hit>,
    /// The time it took.
    pub elapsed: Duration,
}

impl Question {
    /// A question with the usual settings: all words if any article has them, best
    /// first, ten hits with two snippets each.
    pub fn new(query: Clause) -> Self {
        Self {
            query,
            filters: Vec::new(),
            match_mode: MatchMode::Auto,
            expand: false,
            sort: Sort::Relevance,
            offset: 0,
            limit: 10,
            is_counted: true,
            snippets: 2,
            snippet_columns: Wanted::COLUMNS,
            context: false,
            explain: false,
        }
    }

    /// The query with as many of its words as must match before anything else is tried.
    fn first_try(&self) -> Clause {
        match self.match_mode {
            MatchMode::Any => any_word(&self.query),
            MatchMode::Auto | MatchMode::All => self.query.clone(),
        }
    }

    /// The query with its filters, as an engine is asked.
    fn filtered(&self, query: Clause) -> Clause {
        Clause::and(
            std::iter::once(query)
                .chain(self.filters.iter().cloned())
                .collect(),
        )
    }

    fn window(&self) -> Window {
        Window {
            sort: self.sort,
            offset: self.offset,
            limit: self.limit,
            is_counted: self.is_counted,
        }
    }
}

/// Finds the matches without reading the articles: what an evaluation wants.
///
/// The second value tells whether they match in part only.
///
/// # Errors
///
/// Fails if the index cannot be read.
pub fn find(engine: &dyn Engine, question: &Question) -> Result<(Matches, bool)> {
    let found = search(engine, question)?;
    Ok((found.matches, found.partial))
}

/// What was found, and by what.
struct Found {
    matches: Matches,
    /// Whether they match in part only.
    partial: bool,
    query: Clause,
    boosts: Vec<Boost>,
}

/// Searches for all words, and for any of them where the question allows it.
fn search(engine: &dyn Engine, question: &Question) -> Result<Found> {
    let found = search_by(engine, question, question.first_try())?;
    let relaxed = any_word(&question.query);
    if found.matches.total > 0
        || question.match_mode != MatchMode::Auto
        || relaxed == question.query
    {
        return Ok(found);
    }
    let found = search_by(engine, question, relaxed)?;
    let partial = found.matches.total > 0;
    Ok(Found { partial, ..found })
}

/// Searches once, or twice where the first matches are to help with ranking.
fn search_by(engine: &dyn Engine, question: &Question, query: Clause) -> Result<Found> {
    let query = question.filtered(query);
    let boosts = match question.expand && question.sort == Sort::Relevance {
        true => boosts(engine, &query)?,
        false => Vec::new(),
    };
    let matches = engine.search_boosted(&query, &boosts, question.window())?;
    Ok(Found {
        matches,
        partial: false,
        query,
        boosts,
    })
}

/// The words that the first matches of a query share.
fn boosts(engine: &dyn Engine, query: &Clause) -> Result<Vec<Boost>> {
    let window = Window {
        sort: Sort::Relevance,
        offset: 0,
        limit: expansion::ARTICLES,
        is_counted: false,
    };
    let first = engine.search(query, window)?;
    let articles = first
        .hits
        .iter()
        .map(|hit| engine.fetch(hit.key))
        .collect::<Result<Vec<_>>>()?;
    expansion(engine, &articles)
}

/// Hands every match to `each`, in no particular order; the window and the order do not matter.
///
/// # Errors
///
/// Fails if the index cannot be read, or with the error that `each` returns.
pub fn every_match(
    engine: &dyn Engine,
    question: &Question,
    each: &mut dyn FnMut(Article) -> Result<()>,
) -> Result<()> {
    engine.for_each(&question.filtered(question.first_try()), each)
}

/// Answers a question.
///
/// # Errors
///
/// Fails if the index cannot be read.
pub fn answer(engine: &dyn Engine, question: &Question) -> Result<Page> {
    let started = Instant::now();
    let found = search(engine, question)?;
    let show = Show::new(engine, question, found.partial);
    let mut explanations = match question.explain && question.sort == Sort::Relevance {
        true => engine.explain(&found.query, &found.boosts, &found.matches.keys())?,
        false => Vec::new(),
    }
    .into_iter();
    let hits = found.matches.hits.iter().enumerate().map(|(before, hit)| {
        let rank = question.offset + before + 1;
        let article = engine.fetch(hit.key)?;
        Ok(Hit {
            explanation: explanations.next(),
            ..show.hit(rank, hit.score, article)
        })
    });
    let hits = hits.collect::<Result<_>>()?;
    Ok(Page {
        total: found.matches.total,
        partial: found.partial,
        hits,
        elapsed: started.elapsed(),
    })
}

/// What it takes to show why articles matched.
struct Show {
    matcher: Matcher,
    wanted: Wanted,
    context: bool,
    /// What of the query and the filters is about metadata.
    fields: Vec<Clause>,
    /// The parts of the query that an article may lack, with a matcher each.
    parts: Vec<(String, Matcher)>,
}

impl Show {
    fn new(engine: &dyn Engine, question: &Question, partial: bool) -> Self {
        let matcher = |clause: &Clause| Matcher::new(clause, engine.languages());
        let parts = if partial {
            scoring_parts(&question.query)
        } else {
            Vec::new()
        };
        Self {
            matcher: matcher(&question.query),
            wanted: Wanted {
                snippets: question.snippets,
                columns: question.snippet_columns,
            },
            context: question.context,
            fields: std::iter::once(&question.query)
                .chain(&question.filters)
                .flat_map(Clause::positive_leaves)
                .filter(|leaf| matches!(leaf, Clause::Keyword { .. } | Clause::Date(_)))
                .cloned()
                .collect(),
            parts: parts
                .iter()
                .map(|part| (part.to_string(), matcher(part)))
                .collect(),
        }
    }

    fn hit(&self, rank: usize, score: f32, article: Article) -> Hit {
        let missing = self
            .parts
            .iter()
            .filter(|(_, matcher)| !matcher.is_met_by(&article));
        let missing = missing.map(|(part, _)| part.clone()).collect();
        let found = self.matcher.find(&article);
        let title_highlights = highlights(&found.title);
        let snippets = excerpt(&article, &self.matcher, &found, self.wanted);
        let matched = if found.is_empty() {
            matched_fields(&article, &self.fields)
        } else {
            Vec::new()
        };
        let context = if self.context {
            concordance(&article, &found)
        } else {
            Vec::new()
        };
        Hit {
            rank,
            score,
            article,
            title_highlights,
            snippets,
            context,
            explanation: None,
            missing,
            matched,
        }
    }
}

/// The same query with any of its words, where it asks for all of them.
///
/// What only filters (dates, sources, exclusions) stays required.
fn any_word(query: &Clause) -> Clause {
    let Clause::And(clauses) = query else {
        return query.clone();
    };
    let (words, filters): (Vec<_>, Vec<_>) = clauses.iter().cloned().partition(scores);
    if words.is_empty() {
        return query.clone();
    }
    Clause::and(std::iter::once(Clause::or(words)).chain(filters).collect())
}

/// The parts of a query whose absence a hit should tell of.
fn scoring_parts(query: &Clause) -> Vec<Clause> {
    match query {
        Clause::And(clauses) => clauses
            .iter()
            .filter(|clause| scores(clause))
            .cloned()
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether a clause asks for words of the text.
fn scores(clause: &Clause) -> bool {
    match clause {
        Clause::Word { .. }
        | Clause::Phrase { .. }
        | Clause::Near(_)
        | Clause::NotNear(_)
        | Clause::Actor { .. }
        | Clause::Said { .. }
        | Clause::AtLeast { .. } => true,
        Clause::Weighted { clause, .. } => scores(clause),
        Clause::All | Clause::Keyword { .. } | Clause::Date(_) | Clause::Not(_) => false,
        Clause::And(clauses) | Clause::Or(clauses) => clauses.iter().any(scores),
    }
}
