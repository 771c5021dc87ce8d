//! The hits of a window, in their order.
//!
//! In: a query and a window. Out: its matches there, counted in all. By date, the
//! first are collected as they are; by relevance, a pool of candidates is collected
//! and then put in the order of our own score.

use tantivy::Searcher;
use tantivy::query::{EnableScoring, Query};

use super::EmbeddedEngine;
use super::collect::{First, Found, name, put_in_order};
use super::compile::{Compiler, Factors, prunes};
use super::places::SegmentPlaces;
use super::rescore::{BLOCKS, EXPANDED_BLOCKS, Rescorer};
use super::schema::WORDS;
use super::sought::{Seeker, Sought};
use super::{Statistics, address_of, key_of};
use crate::engine::{ArticleKey, Boost, Explanation, Match, Matches, Sort, TermScore, Window};
use crate::query::{Clause, ScoredLeaf, TextField};
use crate::rank::{Place, Ranking};

impl EmbeddedEngine {
    /// The matches of a query in a window.
    pub(super) fn ranked(
        &self,
        query: &Clause,
        boosts: &[Boost],
        window: Window,
    ) -> tantivy::Result<Matches> {
        let compiler = self.compiler();
        let added = added_words(boosts);
        let sought = match window.sort {
            Sort::Relevance => self.sought(&compiler, query, (boosts, &added))?,
            Sort::Newest | Sort::Oldest => Vec::new(),
        };
        let factors = sought.iter().map(|sought| (sought.clause, sought.factor));
        let factors: Factors<'_> = factors.collect();
        let compiled = compiler.scored(query, &factors)?;
        if window.limit == 0 {
            let total = self.count(&*compiled)?;
            let hits = Vec::new();
            return Ok(Matches { total, hits });
        }
        let candidates = Candidates {
            query: &*compiled,
            prunes: prunes(query),
        };
        let (found, total) = if sought.is_empty() {
            let wanted = window.offset.saturating_add(window.limit);
            self.collect(candidates, window.sort, wanted)?
        } else {
            self.best(candidates, &sought, window)?
        };
        let total = match total {
            Some(total) => total,
            None if window.is_counted => self.count(&*compiled)?,
            None => found.len() as u64,
        };
        Ok(Matches {
            total,
            hits: hits(&self.searcher, found, window)?,
        })
    }

    /// The first matches of a query by date.
    pub(super) fn dated(&self, query: &dyn Query, window: Window) -> tantivy::Result<Vec<Match>> {
        let wanted = window.offset.saturating_add(window.limit);
        let candidates = Candidates {
            query,
            prunes: false,
        };
        let (found, _) = self.collect(candidates, window.sort, wanted)?;
        hits(&self.searcher, found, window)
    }

    /// Candidates for a window, from the first rank on, in the order of our score.
    fn best(
        &self,
        candidates: Candidates<'_>,
        sought: &[Sought<'_>],
        window: Window,
    ) -> tantivy::Result<(Vec<Found>, Option<u64>)> {
        let wanted = window.offset.saturating_add(window.limit);
        let is_expanded = sought.iter().any(|sought| sought.is_added);
        let blocks = if is_expanded {
            &EXPANDED_BLOCKS[..]
        } else {
            &BLOCKS
        };
        let whole_blocks = blocks.iter().find(|&&end| wanted <= end);
        let pool = whole_blocks.copied().unwrap_or(wanted);
        let (mut found, total) = self.pool(candidates, pool)?;
        let rescorer = Rescorer {
            searcher: &self.searcher,
            sought,
            ranking: self.ranking(sought)?,
        };
        rescorer.order(&mut found, blocks)?;
        Ok((found, total))
    }

    /// The first matches of an order, and how many there are if all were looked at.
    fn collect(
        &self,
        candidates: Candidates<'_>,
        sort: Sort,
        wanted: usize,
    ) -> tantivy::Result<(Vec<Found>, Option<u64>)> {
        let (mut found, total) = self.first(candidates, sort, wanted)?;
        put_in_order(&self.searcher, &mut found)?;
        found.truncate(wanted);
        Ok((found, total))
    }

    /// The best matches by tantivy's score, ties by segment: their ids need not be known.
    fn pool(
        &self,
        candidates: Candidates<'_>,
        wanted: usize,
    ) -> tantivy::Result<(Vec<Found>, Option<u64>)> {
        let (mut found, total) = self.first(candidates, Sort::Relevance, wanted)?;
        found.sort_unstable_by(Found::order_by_segment);
        found.truncate(wanted);
        Ok((found, total))
    }

    /// The first matches of an order, and those that tie with the last of them.
    fn first(
        &self,
        Candidates { query, prunes }: Candidates<'_>,
        sort: Sort,
        wanted: usize,
    ) -> tantivy::Result<(Vec<Found>, Option<u64>)> {
        let first = First {
            sort,
            wanted,
            prunes,
        };
        let statistics = Statistics {
            searcher: &self.searcher,
            fields: &self.fields,
        };
        let segments = self
            .searcher
            .search_with_statistics_provider(query, &first, &statistics)?;
        Ok(first.of_all(segments))
    }

    /// How many articles match a query.
    pub(super) fn count(&self, query: &dyn Query) -> tantivy::Result<u64> {
        let weight = query.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        let counts = self
            .searcher
            .segment_readers()
            .iter()
            .map(|reader| weight.count(reader).map(u64::from));
        counts.sum()
    }

    /// The scoring terms of a query in its order, and behind them those of `boosts`.
    fn sought<'q>(
        &self,
        compiler: &Compiler<'_>,
        query: &'q Clause,
        (boosts, added): (&[Boost], &'q [Clause]),
    ) -> tantivy::Result<Vec<Sought<'q>>> {
        let seeker = Seeker::new(self, compiler)?;
        let own = query.scored_leaves();
        let mut sought = Vec::with_capacity(own.len() + added.len());
        for leaf in &own {
            sought.push(seeker.sought(leaf)?);
        }
        for (clause, boost) in added.iter().zip(boosts) {
            sought.push(seeker.sought(&ScoredLeaf::added(clause, boost.weight))?);
        }
        Ok(sought)
    }

    fn ranking(&self, sought: &[Sought<'_>]) -> tantivy::Result<Ranking> {
        let mean_words = match self.mean_words.get() {
            Some(mean_words) => *mean_words,
            None => {
                let mean_words = mean_words(&self.searcher)?;
                *self.mean_words.get_or_init(|| mean_words)
            }
        };
        let terms = sought.iter().map(|sought| sought.weight);
        Ok(Ranking {
            terms: terms.collect(),
            mean_words,
        })
    }

    /// The scores of found articles taken apart.
    pub(super) fn explained(
        &self,
        query: &Clause,
        boosts: &[Boost],
        keys: &[ArticleKey],
    ) -> tantivy::Result<Vec<Explanation>> {
        let added = added_words(boosts);
        let sought = self.sought(&self.compiler(), query, (boosts, &added))?;
        let ranking = self.ranking(&sought)?;
        let explained = keys.iter().map(|&key| {
            let address = address_of(key);
            let reader = self.searcher.segment_reader(address.segment_ord);
            let mut places = SegmentPlaces::open(&sought, reader)?;
            let (shape, places) = places.of(address.doc_id);
            let parts = ranking.parts(shape, places);
            let terms = sought.iter().zip(places).zip(parts);
            let terms = terms.map(|((sought, places), part)| {
                let is_title = |place: &&Place| place.position < shape.title_end;
                let in_title = places.iter().filter(is_title).count();
                TermScore {
                    term: sought.clause.to_string(),
                    is_added: sought.is_added,
                    weight: sought.weight.weight,
                    articles: sought.holding,
                    in_title,
                    in_text: places.len() - in_title,
                    part,
                }
            });
            Ok(Explanation {
                words: shape.words,
                mean_words: ranking.mean_words,
                terms: terms.collect(),
            })
        });
        explained.collect()
    }
}

/// Where candidates come from.
#[derive(Clone, Copy)]
struct Candidates<'q> {
    query: &'q dyn Query,
    /// Whether tantivy can pass over those that are not among the first.
    prunes: bool,
}

/// The words that a query is expanded by, as leaves.
fn added_words(boosts: &[Boost]) -> Vec<Clause> {
    let word = |boost: &Boost| Clause::Word {
        field: TextField::Text,
        word: boost.word.clone(),
    };
    boosts.iter().map(word).collect()
}

/// The hits of a window among those that were found from the first rank on.
fn hits(searcher: &Searcher, mut found: Vec<Found>, window: Window) -> tantivy::Result<Vec<Match>> {
    let wanted = found.iter_mut().skip(window.offset).take(window.limit);
    name(searcher, wanted.collect())?;
    let wanted = found.into_iter().skip(window.offset).take(window.limit);
    let hits = wanted.map(|found| Match {
        key: key_of(found.address),
        id: found.id,
        score: found.rank.score,
    });
    Ok(hits.collect())
}

/// How many words an article has at the mean, those that were replaced and are not yet
/// swept away too; at least 1.
fn mean_words(searcher: &Searcher) -> tantivy::Result<f32> {
    let (mut articles, mut words) = (0_u64, 0_u64);
    for reader in searcher.segment_readers() {
        let column = reader.fast_fields().u64(WORDS)?;
        for of_article in (0..reader.max_doc()).filter_map(|doc| column.first(doc)) {
            articles += 1;
            words += of_article;
        }
    }
    Ok((words as f32 / articles.max(1) as f32).max(1.0))
}
