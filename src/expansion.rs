//! Words that the best matches share, to rank by besides the query's own.
//!
//! In: an engine and the articles that a query found first. Out: weighted words.
//!
//! The idea is that of relevance models (V. Lavrenko and W. B. Croft, "Relevance-Based
//! Language Models", SIGIR 2001): take the first matches for relevant, and a word's share
//! in them for how likely a relevant article holds it. The share counts besides the word's
//! rarity, as does a word of the query.
//!
//! Two things keep the first matches from leading astray where they are beside the point. An
//! article counts for less the further down it is, as one divided by its rank, and the
//! query's own words are among those that the first matches may speak for: of a long query,
//! the words that they use most count for more.

use rustc_hash::FxHashMap;

use crate::analysis::{Forms, Language, Lexicons, is_function_word, tokens};
use crate::article::Article;
use crate::engine::{Boost, Engine};
use crate::error::Result;
use crate::query::Word;

/// Articles that are taken for relevant.
pub(crate) const ARTICLES: usize = 10;

/// Words that are added.
const WORDS: usize = 20;

/// Candidates whose frequency in the archive is looked up.
const CANDIDATES: usize = 100;

/// What the first added word weighs, beside 1 for a word of the query.
const FIRST_WEIGHT: f32 = 0.6;

/// A word in more than one article of this many says too little; where no list of function
/// words is known, this keeps them out.
const MIN_RARITY: u64 = 5;

/// Shorter words are left out, in characters.
const MIN_CHARS: usize = 3;

/// A stem that the first matches share.
#[derive(Default)]
struct Candidate {
    /// Its share in them, those further down counting less.
    share: f32,
    /// In how many of them it stands.
    articles: usize,
    /// The rank of the last of these.
    last: usize,
    /// Its inflections, with how often each was met.
    surfaces: FxHashMap<String, usize>,
}

/// Finds words to rank by for a query that found `articles` first, best first; the words too.
///
/// # Errors
///
/// Fails if the engine cannot be asked.
pub(crate) fn expansion(engine: &dyn Engine, articles: &[Article]) -> Result<Vec<Boost>> {
    let mut candidates: Vec<_> = shares(articles)
        .into_values()
        .filter(|candidate| candidate.articles > 1)
        .map(|candidate| Boost {
            weight: candidate.share,
            word: word_of(candidate),
        })
        .collect();
    candidates.sort_by(|a, b| {
        let heavier = b.weight.total_cmp(&a.weight);
        heavier.then_with(|| a.word.text.cmp(&b.word.text))
    });
    candidates.truncate(CANDIDATES);
    let words: Vec<_> = candidates.iter().map(|boost| boost.word.clone()).collect();
    let (all, frequencies) = engine.frequencies(&words)?;
    let rare = candidates.into_iter().zip(frequencies);
    let mut boosts: Vec<_> = rare
        .filter(|(_, frequency)| *frequency > 0 && *frequency <= all / MIN_RARITY)
        .map(|(boost, _)| boost)
        .take(WORDS)
        .collect();
    let first = boosts.first().map_or(1.0, |boost| boost.weight);
    for boost in &mut boosts {
        boost.weight *= FIRST_WEIGHT / first;
    }
    Ok(boosts)
}

/// The stems of some articles, best first, each article counting less than the one before.
fn shares(articles: &[Article]) -> FxHashMap<String, Candidate> {
    let mut candidates: FxHashMap<String, Candidate> = FxHashMap::default();
    let mut lexicons = Lexicons::default();
    for (rank, article) in (1..).zip(articles) {
        let lexicon = lexicons.of(Language::of(article.lang.as_deref()));
        let texts = [&article.title, &article.lead, &article.body];
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for token in texts.iter().flat_map(|text| tokens(text)) {
            *counts.entry(token.surface).or_default() += 1;
        }
        let words: usize = counts.values().sum();
        let share = 1.0 / (words * rank) as f32;
        for (surface, count) in counts {
            let Forms { exact, stem } = lexicon.forms(surface);
            if !is_telling(surface) || is_function_word(exact) {
                continue;
            }
            let candidate = candidates.entry(stem.to_string()).or_default();
            candidate.share += share * count as f32;
            if candidate.last != rank {
                candidate.last = rank;
                candidate.articles += 1;
            }
            *candidate
                .surfaces
                .entry(surface.to_lowercase())
                .or_default() += count;
        }
    }
    candidates
}

fn is_telling(surface: &str) -> bool {
    surface.chars().count() >= MIN_CHARS && surface.chars().all(char::is_alphabetic)
}

/// The inflection that was met most often stands for all.
fn word_of(candidate: Candidate) -> Word {
    let surfaces = candidate.surfaces.into_iter();
    let most = surfaces.max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    Word::stem(most.map_or_else(String::new, |(surface, _)| surface))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::scan::ScanEngine;

    #[test]
    fn rare_words_that_first_matches_share_are_added_the_more_the_further_up_they_stand() {
        let article = |id: usize, body: &str| Article {
            id: id.to_string(),
            body: body.to_owned(),
            ..Article::default()
        };
        let mut articles = vec![
            article(
                0,
                "Truce in Jeddah: the envoys met, an envoy said on the day",
            ),
            article(
                1,
                "Truce in Jeddah on the day, the table of the envoys is set",
            ),
            article(2, "Truce in Oslo on the day, the table of the hosts is set"),
        ];
        let first = articles.clone();
        articles
            .extend((3..60).map(|id| article(id, "the weather was said to be fine on the day")));
        let engine = ScanEngine::new(articles);
        let boosts = expansion(&engine, &first).unwrap();
        let words: Vec<_> = boosts.iter().map(|boost| &*boost.word.text).collect();
        assert_eq!(words, ["envoys", "truce", "jeddah", "set", "table"]);
        assert_eq!(boosts[0].weight, FIRST_WEIGHT);
        assert!(boosts.is_sorted_by(|a, b| a.weight >= b.weight && b.weight > 0.0));
        assert_eq!(expansion(&engine, &[]).unwrap(), []);
    }
}
