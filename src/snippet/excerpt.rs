//! Chooses the sentences that best show why an article matched.
//!
//! In: an article and a matcher. Out: snippets, in the article's order.
//!
//! A sentence is scored as BM25 scores an article: by the parts of the query in it,
//! the rarer in this article the more, phrases more than words, often only a little
//! more than once, and short sentences before long ones with the same. What earlier
//! choices show already counts little, so that each snippet says something new.

use std::ops::Range;

use rustc_hash::FxHashSet;
use unicode_width::UnicodeWidthStr;

use super::passage::{Piece, passages, sentences, within};
use super::shorten::{Rated, shortened, snippet};
use super::{Found, Matcher, Occurrence};
use crate::analysis::{Language, tokens};
use crate::article::Article;
use crate::text::paragraphs;

/// Columns of a terminal (a Chinese character takes two) that all snippets together aim at, for each one wanted.
const COLUMNS_PER_SNIPPET: usize = 170;
/// Most columns of a snippet.
const MAX_COLUMNS: usize = 300;
/// What the last snippet gets though others used the space up.
const MIN_COLUMNS: usize = 120;
/// A snippet below this length takes a neighbouring sentence in.
const SHORT_COLUMNS: usize = 80;
/// Bytes of passages that are cut into sentences; more of them are passed over.
const PASSAGES_MAX_BYTES: usize = 12_000;
/// Occurrences longer than this are not shown.
const OCCURRENCE_MAX_BYTES: usize = 1_000;
/// What a part counts that an earlier snippet shows.
const SHOWN_AGAIN: f32 = 0.15;
/// Share of common words from which two sentences say the same.
const SAME_SHARE: f32 = 0.75;

/// A sentence or two of an article, with what matched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The text, on one line; `…` where the article's text is left out inside a sentence.
    pub text: String,
    /// Bytes of `text` that matched: half-open, in order, not overlapping.
    pub highlights: Vec<Range<usize>>,
}

/// The sentences of lead and body that best show why `article` matched, given what of it
/// `matcher` found.
///
/// At most `wanted` snippets, of together about 170 columns each wanted, in the
/// article's order. Where nothing matched in lead or body, its first sentences,
/// without highlights. Empty if it has neither, or none is wanted.
pub fn excerpt(article: &Article, matcher: &Matcher, found: &Found, wanted: usize) -> Vec<Snippet> {
    if wanted == 0 {
        return Vec::new();
    }
    let language = Language::of(article.lang.as_deref());
    let texts = [
        Marked::new(&article.lead, &found.lead),
        Marked::new(&article.body, &found.body),
    ];
    let weights = weights(matcher, &texts);
    let scale = Scale { weights: &weights };
    let sections = sections(&texts, language, &scale);
    let chosen = choose(&sections, &scale, wanted);
    if chosen.is_empty() {
        return opening(article, wanted);
    }
    render(&sections, &chosen, &scale, wanted)
}

/// A text and what matched in it.
struct Marked<'a> {
    text: &'a str,
    occurrences: Vec<Occurrence>,
}

impl<'a> Marked<'a> {
    fn new(text: &'a str, found: &[Occurrence]) -> Self {
        let short = |one: &&Occurrence| one.range.len() <= OCCURRENCE_MAX_BYTES;
        let occurrences = found.iter().filter(short).cloned().collect();
        Self { text, occurrences }
    }
}

/// The sentences of one passage.
struct Section<'a> {
    marked: &'a Marked<'a>,
    sentences: Vec<Piece>,
}

/// What each part of the query is worth in this article.
fn weights(matcher: &Matcher, texts: &[Marked<'_>]) -> Vec<f32> {
    let mut counts = vec![0_u32; matcher.part_count()];
    for occurrence in texts.iter().flat_map(|marked| &marked.occurrences) {
        counts[occurrence.part] += 1;
    }
    let weight = |(part, &count): (usize, &u32)| {
        let words = matcher.part_len(part).clamp(1, 4) as f32;
        (0.7 + 0.3 * words) / (count.max(1) as f32).sqrt()
    };
    counts.iter().enumerate().map(weight).collect()
}

/// Scores rows of occurrences.
struct Scale<'a> {
    weights: &'a [f32],
}

impl Scale<'_> {
    /// How well `occurrences` in a text of `columns` columns show the query, when
    /// `shown` parts are shown already.
    fn score(&self, occurrences: &[&Occurrence], columns: usize, shown: &[usize]) -> f32 {
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

/// The passages that promise most, cut into sentences.
fn sections<'a>(
    texts: &'a [Marked<'a>],
    language: Language,
    scale: &Scale<'_>,
) -> Vec<Section<'a>> {
    let mut found: Vec<(f32, usize, &Marked<'_>, Piece)> = Vec::new();
    for marked in texts {
        for passage in passages(marked.text, &marked.occurrences) {
            let inside: Vec<_> = within(&marked.occurrences, passage.range.clone()).collect();
            let score = scale.score(&inside, passage.range.len(), &[]);
            found.push((score, found.len(), marked, passage));
        }
    }
    let size: usize = found.iter().map(|(.., passage)| passage.range.len()).sum();
    if size > PASSAGES_MAX_BYTES {
        found.sort_by(|one, other| other.0.total_cmp(&one.0));
        let mut room = PASSAGES_MAX_BYTES;
        found.retain(|(.., passage)| {
            let fits = passage.range.len() <= room;
            room -= if fits { passage.range.len() } else { 0 };
            fits
        });
        found.sort_by_key(|(_, number, ..)| *number);
    }
    found
        .into_iter()
        .map(|(_, _, marked, passage)| Section {
            marked,
            sentences: sentences(marked.text, &passage, language, &marked.occurrences),
        })
        .collect()
}

/// A sentence by the numbers of its section and of itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Choice {
    section: usize,
    sentence: usize,
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
fn choose(sections: &[Section<'_>], scale: &Scale<'_>, wanted: usize) -> Vec<Choice> {
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

/// Makes snippets of the chosen sentences; neighbours become one.
fn render(
    sections: &[Section<'_>],
    chosen: &[Choice],
    scale: &Scale<'_>,
    wanted: usize,
) -> Vec<Snippet> {
    let mut room = COLUMNS_PER_SNIPPET.saturating_mul(wanted);
    let mut snippets = Vec::new();
    for (section, row) in rows(sections, chosen) {
        let Section { marked, sentences } = &sections[section];
        let max_columns = room.clamp(MIN_COLUMNS, MAX_COLUMNS * row.len());
        let worth = |occurrences: &[&Occurrence]| scale.score(occurrences, max_columns, &[]);
        let piece = shortened(
            marked.text,
            spanning(&sentences[row]),
            max_columns,
            &Rated {
                occurrences: &marked.occurrences,
                worth: &worth,
            },
        );
        let snippet = snippet(marked.text, &piece, &marked.occurrences);
        room = room.saturating_sub(snippet.text.width());
        snippets.push(snippet);
    }
    snippets
}

/// The chosen sentences of each section, neighbours as one row; a short row takes
/// in the sentence after it, or the one before it.
fn rows(sections: &[Section<'_>], chosen: &[Choice]) -> Vec<(usize, Range<usize>)> {
    let mut rows: Vec<(usize, Range<usize>)> = Vec::new();
    for choice in chosen {
        match rows.last_mut() {
            Some((section, row)) if *section == choice.section && row.end == choice.sentence => {
                row.end += 1;
            }
            _ => rows.push((choice.section, choice.sentence..choice.sentence + 1)),
        }
    }
    for at in 0..rows.len() {
        let (section, row) = rows[at].clone();
        let neighbour = |other: Option<&(usize, Range<usize>)>| {
            other
                .filter(|(other, _)| *other == section)
                .map(|(_, row)| row.clone())
        };
        let last = at.checked_sub(1).and_then(|last| neighbour(rows.get(last)));
        let next = neighbour(rows.get(at + 1));
        let Section { marked, sentences } = &sections[section];
        let free = last.map_or(0, |row| row.end)..next.map_or(sentences.len(), |row| row.start);
        if columns(marked.text, &spanning(&sentences[row.clone()])) >= SHORT_COLUMNS {
            continue;
        }
        if row.end < free.end {
            rows[at].1.end += 1;
        } else if row.start > free.start {
            rows[at].1.start -= 1;
        }
    }
    rows
}

/// From the first sentence's start to the last one's end; at least one is given.
fn spanning(sentences: &[Piece]) -> Piece {
    let first = &sentences[0];
    let last = &sentences[sentences.len() - 1];
    Piece {
        range: first.range.start..last.range.end,
        cut_start: first.cut_start,
        cut_end: last.cut_end,
    }
}

fn columns(text: &str, piece: &Piece) -> usize {
    text[piece.range.clone()].width()
}

/// How the article begins: its first sentences, a paragraph a snippet.
fn opening(article: &Article, wanted: usize) -> Vec<Snippet> {
    const LOOKED_AT_BYTES: usize = 4_000;
    let language = Language::of(article.lang.as_deref());
    let mut room = COLUMNS_PER_SNIPPET.saturating_mul(wanted);
    let mut snippets = Vec::new();
    for text in [&article.lead, &article.body] {
        let text = &text[..text.floor_char_boundary(LOOKED_AT_BYTES)];
        for range in paragraphs(text) {
            if snippets.len() == wanted || room < MIN_COLUMNS {
                return snippets;
            }
            let cut_end = range.end == LOOKED_AT_BYTES;
            let passage = Piece {
                range,
                cut_start: false,
                cut_end,
            };
            let sentences = sentences(text, &passage, language, &[]);
            let max_columns = room.min(MAX_COLUMNS);
            let piece = first_sentences(text, &sentences, max_columns);
            let unrated = Rated {
                occurrences: &[],
                worth: &|_| 0.0,
            };
            let snippet = snippet(text, &shortened(text, piece, max_columns, &unrated), &[]);
            room = room.saturating_sub(snippet.text.width());
            snippets.push(snippet);
        }
    }
    snippets
}

/// As many of the first sentences as fit, at least one.
fn first_sentences(text: &str, sentences: &[Piece], max_columns: usize) -> Piece {
    let fitting = (1..=sentences.len())
        .take_while(|&count| columns(text, &spanning(&sentences[..count])) <= max_columns)
        .last();
    spanning(&sentences[..fitting.unwrap_or(1)])
}
