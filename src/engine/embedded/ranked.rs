//! The hits of a window, in their order.
//!
//! In: a query and a window. Out: its matches there, counted in all. By date, the
//! first are collected as they are; by relevance, a pool of candidates is collected
//! and then put in the order of our own score.

use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{SegmentOrdinal, SegmentReader};

use super::EmbeddedEngine;
use super::collect::{First, Found, put_in_order, settle_border};
use super::compile::{Compiler, Factors};
use super::places::SegmentPlaces;
use super::rescore::{BLOCKS, EXPANDED_BLOCKS, Rescorer};
use super::sought::{Seeker, Sought};
use super::{Statistics, address_of, key_of};
use crate::engine::{ArticleKey, Boost, Explanation, Match, Matches, Sort, TermScore, Window};
use crate::query::{Clause, ScoredLeaf, TextField};
use crate::rank::Ranking;

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
        if window.limit == 0 {
            return Ok(Matches {
                total: self.count(&*compiler.compile(query)?)?,
                hits: Vec::new(),
            });
        }
        let candidates = match window.sort {
            Sort::Relevance => compiler.pruned(query, &factors)?,
            Sort::Newest | Sort::Oldest => None,
        };
        let candidates = match candidates {
            Some(queries) => Candidates::Pruned(queries),
            None => {
                let compiled = compiler.scored(query, &factors)?;
                match window.sort == Sort::Relevance && !window.is_counted {
                    true => Candidates::Pruned(vec![compiled]),
                    false => Candidates::All(compiled),
                }
            }
        };
        let (found, total) = if sought.is_empty() {
            let wanted = window.offset.saturating_add(window.limit);
            self.collect(&candidates, window.sort, wanted)?
        } else {
            self.best(&candidates, &sought, window)?
        };
        let total = match total {
            Some(total) => total,
            None if window.is_counted => self.count(&*compiler.compile(query)?)?,
            None => found.len() as u64,
        };
        Ok(Matches {
            total,
            hits: hits(&found, window),
        })
    }

    /// The first matches of a query by date.
    pub(super) fn dated(
        &self,
        query: Box<dyn Query>,
        window: Window,
    ) -> tantivy::Result<Vec<Match>> {
        let wanted = window.offset.saturating_add(window.limit);
        let (found, _) = self.collect(&Candidates::All(query), window.sort, wanted)?;
        Ok(hits(&found, window))
    }

    /// Candidates for a window, from the first rank on, in the order of our score.
    fn best(
        &self,
        candidates: &Candidates,
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
        let (mut found, total) = self.first(candidates, Sort::Relevance, pool)?;
        found.sort_unstable_by(Found::order_by_segment);
        // Inside of a block all are ordered again.
        for &end in blocks {
            settle_border(&self.columns, &mut found, end)?;
        }
        if let Some(behind) = blocks.last().and_then(|&end| found.get_mut(end..)) {
            put_in_order(&self.columns, behind)?;
        }
        found.truncate(pool);
        let rescorer = Rescorer {
            searcher: &self.searcher,
            columns: &self.columns,
            sought,
            ranking: self.ranking(sought)?,
        };
        rescorer.order(&mut found, blocks)?;
        Ok((found, total))
    }

    /// The first matches of an order, and how many there are if all were looked at.
    fn collect(
        &self,
        candidates: &Candidates,
        sort: Sort,
        wanted: usize,
    ) -> tantivy::Result<(Vec<Found>, Option<u64>)> {
        let (mut found, total) = self.first(candidates, sort, wanted)?;
        put_in_order(&self.columns, &mut found)?;
        found.truncate(wanted);
        Ok((found, total))
    }

    /// The first matches of an order and those that tie with the last of them, in no order.
    fn first(
        &self,
        candidates: &Candidates,
        sort: Sort,
        wanted: usize,
    ) -> tantivy::Result<(Vec<Found>, Option<u64>)> {
        let mut first = First::new(&self.columns, sort, wanted);
        let total = match candidates {
            Candidates::Pruned(queries) => {
                for query in queries {
                    self.for_each_segment((&**query, sort), |weight, segment, reader| {
                        first.take_best(weight, segment, reader)
                    })?;
                }
                None
            }
            Candidates::All(query) => {
                let mut total = 0;
                self.for_each_segment((&**query, sort), |weight, segment, reader| {
                    total += first.take_all(weight, segment, reader)?;
                    Ok(())
                })?;
                Some(total)
            }
        };
        Ok((first.into_found(), total))
    }

    /// Hands each segment to `each`, with what finds the matches of a query in it.
    fn for_each_segment(
        &self,
        (query, sort): (&dyn Query, Sort),
        mut each: impl FnMut(&dyn Weight, SegmentOrdinal, &SegmentReader) -> tantivy::Result<()>,
    ) -> tantivy::Result<()> {
        let statistics = Statistics {
            searcher: &self.searcher,
            fields: &self.fields,
        };
        let scoring = match sort {
            Sort::Relevance => {
                EnableScoring::enabled_from_statistics_provider(&statistics, &self.searcher)
            }
            Sort::Newest | Sort::Oldest => EnableScoring::disabled_from_searcher(&self.searcher),
        };
        let weight = query.weight(scoring)?;
        let readers = self.searcher.segment_readers();
        (0..)
            .zip(readers)
            .try_for_each(|(segment, reader)| each(&*weight, segment, reader))
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
                let mean_words = self.count_mean_words()?;
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
            let columns = self.columns.segment(address.segment_ord)?;
            let mut places = SegmentPlaces::open(&sought, &ranking, reader)?;
            let held = places.of(address.doc_id, columns.lead(address.doc_id));
            let words = columns.words(address.doc_id).unwrap_or(0);
            let parts = ranking.parts(words, held);
            let terms = sought.iter().zip(held).zip(parts);
            let terms = terms.map(|((sought, held), part)| TermScore {
                term: sought.clause.to_string(),
                is_added: sought.is_added,
                weight: sought.weight.weight,
                articles: sought.holding,
                in_title: held.all.in_title as usize,
                in_text: held.all.in_text as usize,
                part,
            });
            Ok(Explanation {
                words,
                mean_words: ranking.mean_words,
                terms: terms.collect(),
            })
        });
        explained.collect()
    }

    /// How many words an article has at the mean, those that were replaced and are not yet
    /// swept away too; at least 1.
    fn count_mean_words(&self) -> tantivy::Result<f32> {
        let (mut articles, mut words) = (0_u64, 0_u64);
        for (segment, reader) in (0..).zip(self.searcher.segment_readers()) {
            let columns = self.columns.segment(segment)?;
            for of_article in (0..reader.max_doc()).filter_map(|doc| columns.words(doc)) {
                articles += 1;
                words += u64::from(of_article);
            }
        }
        Ok((words as f32 / articles.max(1) as f32).max(1.0))
    }
}

/// Where candidates come from.
enum Candidates {
    /// The best matches of each of these, as far as may be without looking at all.
    Pruned(Vec<Box<dyn Query>>),
    /// All matches.
    All(Box<dyn Query>),
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
fn hits(found: &[Found], window: Window) -> Vec<Match> {
    let wanted = found.iter().skip(window.offset).take(window.limit);
    let hits = wanted.map(|found| Match {
        key: key_of(found.address),
        score: found.rank.score,
    });
    hits.collect()
}
