//! Chooses sentences.
//!
//! In: sentences with what matched in them. Out: those that show the query best.
//!
//! A sentence is scored as BM25 scores an article: by the parts of the query in it,
//! the rarer in this article the more, phrases more than words, often only a little
//! more than once, and short sentences before long ones with the same. What earlier
//! choices show already counts little, so that each snippet says something new.

use rustc_hash::FxHashSet;

use super::Occurrence;
use super::passage::{Piece, within};
use crate::analysis::tokens;
use crate::text::columns_of;

/// Occurrences longer than this are not shown.
const OCCURRENCE_MAX_BYTES: usize = 1_000;
/// What a part counts that an earlier snippet shows.
const SHOWN_AGAIN: f32 = 0.15;
/// Share of common words from which two sentences say the same.
const SAME_SHARE: f32 = 0.75;

/// A text and what matched in it.
pub(super) struct Marked<'a> {
    pub(super) text: &'a str,
    pub(super) occurrences: Vec<Occurrence>,
}

impl<'a> Marked<'a> {
    pub(super) fn new(text: &'a str, found: &[Occurrence]) -> Self {
        let short = |one: &&Occurrence| one.range.len() <= OCCURRENCE_MAX_BYTES;
        let occurrences = found.iter().filter(short).cloned().collect();
        Self { text, occurrences }
    }
}

/// The sentences of one passage.
pub(super) struct Section<'a> {
    pub(super) marked: &'a Marked<'a>,
    pub(super) sentences: Vec<Piece>,
}

/// Scores rows of occurrences.
pub(super) struct Scale<'a> {
    pub(super) weights: &'a [f32],
}

impl Scale<'_> {
    /// How well `occurrences` in a text of `columns` columns show the query, when
    /// `shown` parts are shown already.
    pub(super) fn score(
        &self,
        occurrences: &[&Occurrence],
        columns: usize,
        shown: &[usize],
    ) -> f32 {
        const SATURATION: f32 = 0.4;
        const LENGTH_SHARE: f32 = 0.5;
        const USUAL_COLUMNS: f32 = 140.0;
        let length = 1.0 - LENGTH_SHARE + LENGTH_SHARE * columns as f32 / USUAL_COLUMNS;
        let mut parts: Vec<_> = occurrences.iter().map(|one| one.part).collect();
        parts.sort_unstable();
        parts
            .chunk_by(|one, other| one == other)
            .map(|same| {
                let times = same.len() as f32;
                let again = if shown.contains(&same[0]) {
                    SHOWN_AGAIN
                } else {
                    1.0
                };
                self.weights[same[0]] * again * times / (times + SATURATION * length)
            })
            .sum()
    }
}

/// A sentence by the numbers of its section and of itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Choice {
    pub(super) section: usize,
    pub(super) sentence: usize,
}

/// A sentence with a match.
struct Candidate<'a> {
    choice: Choice,
    occurrences: Vec<&'a Occurrence>,
    columns: usize,
}

/// The sentences with a match, in order.
fn candidates<'a>(sections: &'a [Section<'_>]) -> Vec<Candidate<'a>> {
    let mut candidates = Vec::new();
    for (section, Section { marked, sentences }) in sections.iter().enumerate() {
        for (sentence, piece) in sentences.iter().enumerate() {
            let occurrences: Vec<_> = within(&marked.occurrences, piece.range.clone()).collect();
            if !occurrences.is_empty() {
                candidates.push(Candidate {
                    choice: Choice { section, sentence },
                    occurrences,
                    columns: columns(marked.text, piece),
                });
            }
        }
    }
    candidates
}

/// Takes the best sentence, then the one that adds most to it, and so on.
pub(super) fn choose(sections: &[Section<'_>], scale: &Scale<'_>, wanted: usize) -> Vec<Choice> {
    let candidates = candidates(sections);
    let mut chosen: Vec<Choice> = Vec::new();
    let mut shown: Vec<usize> = Vec::new();
    let mut words: Vec<FxHashSet<String>> = Vec::new();
    while chosen.len() < wanted {
        let ranked = ranked(&candidates, scale, &shown);
        let fresh = ranked.into_iter().find(|candidate| {
            words.is_empty() || {
                let own = word_set(sections, candidate.choice);
                !words.iter().any(|other| says_the_same(&own, other))
            }
        });
        let Some(candidate) = fresh else { break };
        words.push(word_set(sections, candidate.choice));
        shown.extend(candidate.occurrences.iter().map(|one| one.part));
        chosen.push(candidate.choice);
    }
    chosen.sort_unstable();
    chosen
}

/// The candidates, best first; the earlier of equals first.
fn ranked<'c, 'a>(
    candidates: &'c [Candidate<'a>],
    scale: &Scale<'_>,
    shown: &[usize],
) -> Vec<&'c Candidate<'a>> {
    let score = |(before, candidate): (usize, &Candidate<'_>)| {
        // News says what matters first.
        let early = 1.0 + 0.1 / (1.0 + before as f32);
        scale.score(&candidate.occurrences, candidate.columns, shown) * early
    };
    let mut scored: Vec<_> = candidates
        .iter()
        .enumerate()
        .map(|(before, candidate)| (score((before, candidate)), candidate))
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    scored.into_iter().map(|(_, candidate)| candidate).collect()
}

fn word_set(sections: &[Section<'_>], choice: Choice) -> FxHashSet<String> {
    let Section { marked, sentences } = &sections[choice.section];
    tokens(&marked.text[sentences[choice.sentence].range.clone()])
        .map(|token| token.surface.to_lowercase())
        .collect()
}

fn says_the_same(one: &FxHashSet<String>, other: &FxHashSet<String>) -> bool {
    let common = one.intersection(other).count() as f32;
    common >= SAME_SHARE * one.len().min(other.len()) as f32
}

/// Columns of a terminal that a piece takes.
pub(super) fn columns(text: &str, piece: &Piece) -> usize {
    columns_of(&text[piece.range.clone()])
}
