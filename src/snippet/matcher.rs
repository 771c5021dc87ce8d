//! What of an article a query matched.
//!
//! In: a query, and then articles. Out: [`Occurrence`]s in their texts, each a range of
//! bytes: words with their inflections, phrases as a whole, both sides of a NEAR where
//! they are near, the words that a wildcard stands for.

use std::ops::Range;

use super::people::find_people;
use super::places::{Spotted, Tree};
use super::scan::Parts;
use crate::analysis::Language;
use crate::article::Article;
use crate::query::{Clause, LEAD_WORDS};

/// A place where a part of the query stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Bytes of the text, from the first word's start to the last one's end.
    pub range: Range<usize>,
    /// Which part of the query, below [`Matcher::part_count`].
    pub part: usize,
}

/// What of an article's texts matched, each by start and then end; they may overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// In the title.
    pub title: Vec<Occurrence>,
    /// In the standfirst.
    pub lead: Vec<Occurrence>,
    /// In the body.
    pub body: Vec<Occurrence>,
}

impl Found {
    /// Whether nothing matched.
    pub fn is_empty(&self) -> bool {
        self.title.is_empty() && self.lead.is_empty() && self.body.is_empty()
    }
}

/// A query, ready to be found in articles.
///
/// A part is a word, a phrase, a person or a speaker; a word of several tokens counts as a
/// phrase.
/// What stands under a NOT is no part, nor is a clause on metadata.
pub struct Matcher {
    parts: Parts,
    tree: Tree,
}

impl Matcher {
    /// Prepares `query`; a word is stemmed in each of `languages`, or as English if
    /// there is none.
    pub fn new(query: &Clause, languages: &[Language]) -> Self {
        let mut parts = Parts::default();
        let tree = Tree::of(query, &mut |leaf| parts.number(leaf, languages));
        Self { parts, tree }
    }

    /// How many different parts there are.
    pub fn part_count(&self) -> usize {
        self.parts.count()
    }

    /// How many tokens in a row a part asks for; 0 if there is no such part.
    pub fn part_len(&self, part: usize) -> usize {
        self.parts.len(part)
    }

    /// Whether an article meets the query, as far as its words go.
    pub fn is_met_by(&self, article: &Article) -> bool {
        self.tree.mark(&mut self.spotted(article))
    }

    /// What makes an article match. Of one that does not, what would with the rest of
    /// the query.
    pub fn find(&self, article: &Article) -> Found {
        if self.parts.count() == 0 {
            return Found::default();
        }
        let mut spotted = self.spotted(article);
        if !self.tree.mark(&mut spotted) {
            self.tree.mark_any(&mut spotted);
        }
        let [title, lead, body] = spotted.into_marked().map(|marked| {
            let mut found: Vec<_> = marked
                .into_iter()
                .map(|(part, range)| Occurrence { range, part })
                .collect();
            found.sort_unstable_by_key(|one| (one.range.start, one.range.end, one.part));
            found.dedup();
            found
        });
        Found { title, lead, body }
    }

    fn spotted<'a>(&self, article: &'a Article) -> Spotted<'a> {
        let language = Language::of(article.lang.as_deref());
        let mut lead_words = LEAD_WORDS;
        let title = self.parts.find(&article.title, language, &mut 0);
        let lead = self.parts.find(&article.lead, language, &mut lead_words);
        let body = self.parts.find(&article.body, language, &mut lead_words);
        let mut texts = [title, lead, body];
        find_people(&self.parts.of_people(), &mut texts);
        Spotted::new(texts)
    }
}

/// The bytes that matched: in order, not overlapping.
pub fn highlights(occurrences: &[Occurrence]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for Occurrence { range, .. } in occurrences {
        match ranges.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => ranges.push(range.clone()),
        }
    }
    ranges
}
