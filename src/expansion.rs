//! Words that the best matches share, to rank by besides the query's own.
//!
//! In: an engine and the articles that a query found first. Out: weighted words.
//!
//! The idea is that of relevance models (Lavrenko and Croft 2001): take the first
//! matches for relevant, and a word's share in them, more so if it is in many, for how
//! likely a relevant article holds it. A word counts for more the rarer it is in
//! the archive, for common words are likely everywhere. The words come from few articles
//! and weigh little: where the first matches are beside the point, more would harm.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::{Forms, Language, Lexicons, WordForm, is_function_word, readings, tokens};
use crate::article::Article;
use crate::engine::{Boost, Engine};
use crate::error::Result;
use crate::query::Word;

/// Articles that are taken for relevant.
pub(crate) const ARTICLES: usize = 5;

/// Words that are added.
const WORDS: usize = 40;

/// Candidates whose frequency in the archive is looked up.
const CANDIDATES: usize = 200;

/// What the first added word weighs, beside 1 for a word of the query.
const FIRST_WEIGHT: f32 = 0.25;

/// A word in more than one article of this many says too little.
const MIN_RARITY: u64 = 10;

/// Shorter words are left out, in characters.
const MIN_CHARS: usize = 3;

/// A stem that the first matches share.
#[derive(Default)]
struct Candidate {
    /// Its share in them, 1 for all of their words.
    share: f32,
    /// In how many of them it stands.
    articles: usize,
    /// Its inflections, with how often each was met.
    surfaces: FxHashMap<String, usize>,
}

/// Finds words to add to a query that has `own` words and found `articles` first.
///
/// # Errors
///
/// Fails if the engine cannot be asked.
pub(crate) fn expansion<'w>(
    engine: &dyn Engine,
    own: impl Iterator<Item = &'w Word>,
    articles: &[Article],
) -> Result<Vec<Boost>> {
    let own = own_stems(own, engine.languages());
    let mut candidates: Vec<_> = shares(articles)
        .into_iter()
        .filter(|(stem, candidate)| !own.contains(stem) && candidate.articles > 1)
        .map(|(_, candidate)| {
            (
                candidate.share * candidate.articles as f32,
                word_of(candidate),
            )
        })
        .collect();
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.text.cmp(&b.1.text)));
    candidates.truncate(CANDIDATES);
    let words: Vec<_> = candidates.iter().map(|(_, word)| word.clone()).collect();
    let (all, frequencies) = engine.frequencies(&words)?;
    let weigh = |((share, word), frequency): ((f32, Word), u64)| {
        let rare = frequency > 0 && frequency <= all / MIN_RARITY;
        rare.then(|| Boost {
            word,
            weight: share * (all as f32 / frequency as f32).ln(),
        })
    };
    let mut boosts: Vec<_> = candidates
        .into_iter()
        .zip(frequencies)
        .filter_map(weigh)
        .collect();
    boosts.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    boosts.truncate(WORDS);
    let first = boosts.first().map_or(1.0, |boost| boost.weight);
    for boost in &mut boosts {
        boost.weight *= FIRST_WEIGHT / first;
    }
    Ok(boosts)
}

/// The stems of the query's words, in each language of the index.
fn own_stems<'w>(own: impl Iterator<Item = &'w Word>, languages: &[Language]) -> FxHashSet<String> {
    let stems = |word: &Word| {
        let word = std::iter::once((word.text.as_str(), WordForm::Stem));
        readings(word, languages)
            .into_iter()
            .flatten()
            .map(|term| term.text)
    };
    own.flat_map(|word| stems(word).collect::<Vec<_>>())
        .collect()
}

/// The stems of some articles, each article counting the same.
fn shares(articles: &[Article]) -> FxHashMap<String, Candidate> {
    let mut candidates: FxHashMap<String, Candidate> = FxHashMap::default();
    let mut lexicons = Lexicons::default();
    for article in articles {
        let lexicon = lexicons.of(Language::of(article.lang.as_deref()));
        let texts = [&article.title, &article.lead, &article.body];
        let words: Vec<_> = texts.iter().flat_map(|text| tokens(text)).collect();
        let share = 1.0 / (words.len() * articles.len()) as f32;
        let mut met = FxHashSet::default();
        for token in words.iter().filter(|token| is_telling(token.surface)) {
            let Forms { exact, stem } = lexicon.forms(token.surface);
            if is_function_word(exact) {
                continue;
            }
            let candidate = candidates.entry(stem.to_string()).or_default();
            candidate.share += share;
            candidate.articles += usize::from(met.insert(stem.to_string()));
            *candidate
                .surfaces
                .entry(token.surface.to_lowercase())
                .or_default() += 1;
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
    fn words_shared_by_the_first_matches_are_added_but_neither_common_nor_own_ones() {
        let article = |id: usize, body: &str| Article {
            id: id.to_string(),
            body: body.to_owned(),
            ..Article::default()
        };
        let mut articles = vec![
            article(0, "Truce talks in Jeddah: the envoys met, said the envoy"),
            article(1, "The truce was on the table as envoys came to Jeddah"),
        ];
        articles
            .extend((2..60).map(|id| article(id, "the weather was said to be fine on the day")));
        let first = [articles[0].clone(), articles[1].clone()];
        let engine = ScanEngine::new(articles);
        let own = Word::stem("truce");
        let boosts = expansion(&engine, std::iter::once(&own), &first).unwrap();
        let mut words: Vec<_> = boosts.iter().map(|boost| &*boost.word.text).collect();
        words.sort_unstable();
        assert_eq!(words, ["envoys", "jeddah"]);
        assert!(
            boosts
                .iter()
                .all(|boost| boost.weight > 0.0 && boost.weight <= FIRST_WEIGHT)
        );
        assert_eq!(expansion(&engine, std::iter::once(&own), &[]).unwrap(), []);
    }
}
