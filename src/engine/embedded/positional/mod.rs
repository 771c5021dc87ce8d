//! Positional queries over postings: phrases with gaps, nearness, counts, the lead, and
//! words that stand for many terms, people and their quotations.
//!
//! In: a [`Plan`]. Out: a tantivy query that matches the articles with enough minimal
//! intervals ([`crate::interval`]) of it. Candidates come from the posting lists alone;
//! positions are read only of articles that hold all words that are needed, so it costs
//! about what a phrase of the same words does.
//!
//! The score is BM25 with the number of intervals as the term frequency, as tantivy's own
//! phrases have it.

mod merged;
mod node;
mod people;
mod plan;
mod postings;
mod text;

use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

pub(super) use self::merged::TermSet;
pub(super) use self::node::Node;
pub(super) use self::plan::{Plan, Planner};
pub(super) use self::postings::holding_any;
pub(super) use self::text::{EVERYWHERE, Text};
use super::schema::{LEAD_FROM, LEAD_TO};
use crate::interval::Interval;

/// Articles that meet a plan often enough.
#[derive(Clone, Debug)]
pub(super) struct PositionalQuery {
    /// The field that the plan's terms are of.
    pub(super) field: Field,
    /// What is looked for.
    pub(super) plan: Plan,
    /// Whether only the lead counts.
    pub(super) in_lead: bool,
    /// How many intervals an article must have.
    pub(super) at_least: usize,
}

impl Query for PositionalQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let similarity = match scoring {
            EnableScoring::Enabled {
                statistics_provider,
                ..
            } => Some(self.similarity(statistics_provider)?),
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(PositionalWeight {
            query: Arc::new(self.clone()),
            similarity,
        }))
    }
}

impl PositionalQuery {
    fn similarity(&self, statistics: &dyn Bm25StatisticsProvider) -> tantivy::Result<Bm25Weight> {
        let articles = statistics.total_num_docs()?.max(1);
        let tokens = statistics.total_num_tokens(self.field)?;
        let holding = holding(&self.plan, statistics)?.min(articles);
        let average_length = tokens as Score / articles as Score;
        Ok(Bm25Weight::for_one_term_without_explain(
            holding,
            articles,
            average_length,
        ))
    }
}

/// In how many articles a plan can be met at most, by its rarest word.
fn holding(plan: &Plan, statistics: &dyn Bm25StatisticsProvider) -> tantivy::Result<u64> {
    let of_any = |set: &TermSet| -> tantivy::Result<u64> {
        let terms = set.terms().iter();
        terms.map(|term| statistics.doc_freq(term)).sum()
    };
    match plan {
        Plan::Terms(terms) => of_any(terms),
        Plan::Row(words, _) | Plan::Together(words) => {
            words.iter().map(of_any).try_fold(u64::MAX, least)
        }
        Plan::All(plans) => {
            let mut plans = plans.iter().map(|plan| holding(plan, statistics));
            plans.try_fold(u64::MAX, least)
        }
        Plan::Said(plan) => {
            let opens = plan.marks[0].iter().map(of_any);
            let inner = plan.inner.iter().map(|plan| holding(plan, statistics));
            opens.chain(inner).try_fold(u64::MAX, least)
        }
        Plan::Any(plans) => plans.iter().map(|plan| holding(plan, statistics)).sum(),
        Plan::Near(near) if near.negated => holding(&near.sides[0], statistics),
        Plan::Near(near) => {
            let mut sides = near.sides.iter().map(|plan| holding(plan, statistics));
            sides.try_fold(u64::MAX, least)
        }
    }
}

fn least(least: u64, count: tantivy::Result<u64>) -> tantivy::Result<u64> {
    Ok(least.min(count?))
}

struct PositionalWeight {
    query: Arc<PositionalQuery>,
    similarity: Option<Bm25Weight>,
}

impl PositionalWeight {
    /// A scorer that has not moved to its first match yet.
    fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<PositionalScorer> {
        let query = &self.query;
        let norms = match &self.similarity {
            Some(_) => reader.fieldnorms_readers().get_field(query.field)?,
            None => None,
        };
        let lead = if query.in_lead {
            let columns = reader.fast_fields();
            Some((columns.u64(LEAD_FROM)?, columns.u64(LEAD_TO)?))
        } else {
            None
        };
        Ok(PositionalScorer {
            node: Node::open(&query.plan, reader)?,
            text: Text::open(query.field, reader)?,
            lead,
            at_least: query.at_least,
            similarity: self
                .similarity
                .as_ref()
                .map(|weight| weight.boost_by(boost)),
            norms: norms.unwrap_or_else(|| FieldNormReader::constant(reader.max_doc(), 1)),
            doc: 0,
            frequency: 0,
            found: Vec::new(),
            threshold: Score::MIN,
        })
    }
}

impl Weight for PositionalWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorer = self.open(reader, boost)?;
        scorer.settle(0);
        Ok(Box::new(scorer))
    }

    /// Reads no positions of articles that could not score enough by how often they hold the words.
    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let mut scorer = self.open(reader, 1.0)?;
        scorer.threshold = threshold;
        scorer.settle(0);
        while scorer.doc != TERMINATED {
            let score = scorer.score();
            if score > scorer.threshold {
                scorer.threshold = callback(scorer.doc, score);
            }
            scorer.advance();
        }
        Ok(())
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.seek(doc) != doc {
            let message = format!("document #{doc} does not match");
            return Err(TantivyError::InvalidArgument(message));
        }
        Ok(Explanation::new("positional", scorer.score()))
    }
}

struct PositionalScorer {
    node: Node,
    text: Text,
    /// The columns of the lead's first and last position, if only the lead counts.
    lead: Option<(Column<u64>, Column<u64>)>,
    at_least: usize,
    similarity: Option<Bm25Weight>,
    norms: FieldNormReader,
    doc: DocId,
    /// How many intervals the current article has.
    frequency: u32,
    found: Vec<Interval>,
    /// Articles that score no more than this need not be found.
    threshold: Score,
}

impl PositionalScorer {
    /// Moves to the first match from `target` on.
    fn settle(&mut self, target: DocId) -> DocId {
        self.doc = self.node.seek(target);
        while self.doc != TERMINATED && !self.matches() {
            self.doc = self.node.seek(self.doc + 1);
        }
        self.doc
    }

    /// Whether the current candidate is a match.
    fn matches(&mut self) -> bool {
        let once_is_enough = self.at_least <= 1 && self.similarity.is_none();
        let frequency = match self.lead {
            None if once_is_enough && self.node.is_terms() => Some(1),
            None => self.node.frequency(),
            Some(_) => None,
        };
        if frequency.is_none() && self.is_too_low() {
            return false;
        }
        self.frequency = frequency.unwrap_or_else(|| self.count_intervals());
        self.frequency as usize >= self.at_least
    }

    /// Whether the current candidate scores too little, however its words lie.
    fn is_too_low(&mut self) -> bool {
        let Some(weight) = self
            .similarity
            .as_ref()
            .filter(|_| self.threshold > Score::MIN)
        else {
            return false;
        };
        let most = self.node.most_intervals();
        weight.score(self.norms.fieldnorm_id(self.doc), most) <= self.threshold
    }

    fn count_intervals(&mut self) -> u32 {
        self.text.doc = self.doc;
        self.found.clear();
        if self.enter_lead() {
            self.node.intervals(&mut self.text, &mut self.found);
        }
        self.found.len() as u32
    }

    /// Takes in where the lead is, if only that counts; says if there is anything.
    fn enter_lead(&mut self) -> bool {
        let Some((from, to)) = &self.lead else {
            return true;
        };
        let position =
            |column: &Column<u64>| column.first(self.doc).and_then(|at| u32::try_from(at).ok());
        match (position(from), position(to)) {
            (Some(first), Some(last)) => {
                self.text.bounds = (first, last);
                true
            }
            _ => false,
        }
    }
}

impl DocSet for PositionalScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.settle(self.doc + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        self.settle(target)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.node.articles()).unwrap_or(u32::MAX)
    }
}

impl Scorer for PositionalScorer {
    fn score(&mut self) -> Score {
        match &self.similarity {
            Some(weight) => weight.score(self.norms.fieldnorm_id(self.doc), self.frequency),
            None => 1.0,
        }
    }
}
