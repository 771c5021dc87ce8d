//! Chooses the sentences that best show why an article matched.
//!
//! In: an article and a matcher. Out: snippets, in the article's order.
//!
//! The best passages are cut into sentences, [`super::choice`] takes the best of those,
//! and a long one is shortened.

use std::ops::Range;

use super::choice::{Choice, Marked, Scale, Section, choose, columns};
use super::passage::{Piece, passages, sentences, within};
use super::shorten::{Rated, shortened, snippet};
use super::{Found, Matcher, Occurrence};
use crate::analysis::Language;
use crate::article::Article;
use crate::text::{columns_of, paragraphs};

/// How many snippets are wanted, and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Snippets of an article at most.
    pub snippets: usize,
    /// Columns of a terminal (a Chinese character takes two) that all snippets together
    /// aim at, for each one wanted.
    pub columns: usize,
}

impl Wanted {
    /// The usual length: two lines of 80 columns, and a word.
    pub const COLUMNS: usize = 170;

    /// Columns of all snippets together.
    fn room(self) -> usize {
        self.columns.saturating_mul(self.snippets)
    }

    /// Most columns of a snippet.
    fn most(self) -> usize {
        self.columns.saturating_mul(30) / 17
    }

    /// What the last snippet gets though others used the space up.
    fn least(self) -> usize {
        self.columns.saturating_mul(12) / 17
    }

    /// A snippet below this length takes a neighbouring sentence in.
    fn short(self) -> usize {
        self.columns.saturating_mul(8) / 17
    }
}

/// Bytes of passages that are cut into sentences; more of them are passed over.
const PASSAGES_MAX_BYTES: usize = 12_000;

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
/// Snippets are in the article's order. Where nothing matched in lead or body, its first sentences,
/// without highlights. Empty if it has neither, or none is wanted.
pub fn excerpt(
    article: &Article,
    matcher: &Matcher,
    found: &Found,
    wanted: Wanted,
) -> Vec<Snippet> {
    if wanted.snippets == 0 {
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
    let chosen = choose(&sections, &scale, wanted.snippets);
    if chosen.is_empty() {
        return opening(article, wanted);
    }
    render(&sections, &chosen, &scale, wanted)
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

/// Makes snippets of the chosen sentences; neighbours become one.
fn render(
    sections: &[Section<'_>],
    chosen: &[Choice],
    scale: &Scale<'_>,
    wanted: Wanted,
) -> Vec<Snippet> {
    let mut room = wanted.room();
    let mut snippets = Vec::new();
    for (section, row) in rows(sections, chosen, wanted.short()) {
        let Section { marked, sentences } = &sections[section];
        let max_columns = room.clamp(wanted.least(), wanted.most().saturating_mul(row.len()));
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
        room = room.saturating_sub(columns_of(&snippet.text));
        snippets.push(snippet);
    }
    snippets
}

/// The chosen sentences of each section, neighbours as one row; a row of less than `short`
/// columns takes in the sentence after it, or the one before it.
fn rows(sections: &[Section<'_>], chosen: &[Choice], short: usize) -> Vec<(usize, Range<usize>)> {
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
        if columns(marked.text, &spanning(&sentences[row.clone()])) >= short {
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

/// How the article begins: its first sentences, a paragraph a snippet.
fn opening(article: &Article, wanted: Wanted) -> Vec<Snippet> {
    const LOOKED_AT_BYTES: usize = 4_000;
    let language = Language::of(article.lang.as_deref());
    let mut room = wanted.room();
    let mut snippets = Vec::new();
    for text in [&article.lead, &article.body] {
        let text = &text[..text.floor_char_boundary(LOOKED_AT_BYTES)];
        for range in paragraphs(text) {
            if snippets.len() == wanted.snippets || room < wanted.least() {
                return snippets;
            }
            let cut_end = range.end == LOOKED_AT_BYTES;
            let passage = Piece {
                range,
                cut_start: false,
                cut_end,
            };
            let sentences = sentences(text, &passage, language, &[]);
            let max_columns = room.min(wanted.most());
            let piece = first_sentences(text, &sentences, max_columns);
            let unrated = Rated {
                occurrences: &[],
                worth: &|_| 0.0,
            };
            let snippet = snippet(text, &shortened(text, piece, max_columns, &unrated), &[]);
            room = room.saturating_sub(columns_of(&snippet.text));
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
