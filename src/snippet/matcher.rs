//! Finds the words and phrases of a query in a text.
//!
//! In: a query, and then texts. Out: [`Occurrence`]s, each a range of bytes.
//!
//! The text is cut into tokens once. Few of them start with a letter that a word
//! of the query starts with; only those are brought into their forms, each
//! different one once.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::analysis::{Language, Lexicon, Term, Token, WordForm, readings, tokens};
use crate::article::Article;
use crate::query::{Clause, TextField, Word};

/// Which text of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// The headline.
    Title,
    /// The standfirst or the body.
    Text,
}

/// A place where a part of the query stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Bytes of the text, from the first word's start to the last one's end.
    pub range: Range<usize>,
    /// Which part of the query, below [`Matcher::part_count`].
    pub part: usize,
}

/// The words and phrases that a query looks for, ready to be found in texts.
///
/// A part is a word or a phrase; a word of several tokens counts as a phrase.
/// What stands under a NOT is no part, nor is a clause on metadata.
#[derive(Debug, Default)]
pub struct Matcher {
    parts: Vec<Part>,
    rows: Vec<Row>,
    /// Rows by the number of the term that they start with.
    starting: Vec<Vec<usize>>,
    /// Numbers of terms, by their text.
    exact: FxHashMap<String, usize>,
    stems: FxHashMap<String, usize>,
    initials: Initials,
}

#[derive(Debug)]
struct Part {
    field: TextField,
    words: Vec<Word>,
}

/// One way to read a part: numbers of terms, in a row; at least one.
#[derive(Debug)]
struct Row {
    part: usize,
    terms: Vec<usize>,
}

impl Matcher {
    /// Collects the words and phrases of `query`; a word is stemmed in each of
    /// `languages`, or as English if there is none.
    pub fn new(query: &Clause, languages: &[Language]) -> Self {
        let mut matcher = Self::default();
        for leaf in query.positive_leaves() {
            match leaf {
                Clause::Word { field, word } => {
                    matcher.add(*field, std::slice::from_ref(word), languages);
                }
                Clause::Phrase { field, words, .. } => matcher.add(*field, words, languages),
                _ => {}
            }
        }
        matcher
    }

    /// How many different words and phrases there are.
    pub fn part_count(&self) -> usize {
        self.parts.len()
    }

    /// How many tokens in a row a part asks for; 0 if there is no such part.
    pub fn part_len(&self, part: usize) -> usize {
        let row = self.rows.iter().find(|row| row.part == part);
        row.map_or(0, |row| row.terms.len())
    }

    /// Whether any part stands anywhere in an article.
    pub fn is_met_by(&self, article: &Article) -> bool {
        let language = Language::of(article.lang.as_deref());
        let texts = [
            (&article.title, Zone::Title),
            (&article.lead, Zone::Text),
            (&article.body, Zone::Text),
        ];
        let mut found = texts
            .iter()
            .map(|(text, zone)| self.occurrences(text, *zone, language));
        found.any(|occurrences| !occurrences.is_empty())
    }

    /// Where the parts stand in `text`, by start and then end; they may overlap.
    ///
    /// Parts that are looked for in the title only are found in no other zone.
    pub fn occurrences(&self, text: &str, zone: Zone, language: Language) -> Vec<Occurrence> {
        if self.parts.is_empty() {
            return Vec::new();
        }
        let mut scan = Scan::new(self, zone, language);
        for token in tokens(text) {
            scan.take(&token);
        }
        let mut found = scan.found;
        found.sort_unstable_by_key(|one| (one.range.start, one.range.end, one.part));
        found
    }

    /// The bytes of `text` that matched: in order, not overlapping.
    pub fn highlights(&self, text: &str, zone: Zone, language: Language) -> Vec<Range<usize>> {
        merged(&self.occurrences(text, zone, language))
    }

    /// The bytes of an article's title that matched.
    pub fn title_highlights(&self, article: &Article) -> Vec<Range<usize>> {
        let language = Language::of(article.lang.as_deref());
        self.highlights(&article.title, Zone::Title, language)
    }

    fn add(&mut self, field: TextField, words: &[Word], languages: &[Language]) {
        let known = |part: &Part| part.field == field && part.words == words;
        if self.parts.iter().any(known) {
            return;
        }
        let readings = readings(words.iter().map(Word::asked), languages);
        if readings.is_empty() {
            return;
        }
        let part = self.parts.len();
        self.parts.push(Part {
            field,
            words: words.to_vec(),
        });
        for reading in readings {
            let terms: Vec<_> = reading.into_iter().map(|term| self.number(term)).collect();
            self.starting[terms[0]].push(self.rows.len());
            self.rows.push(Row { part, terms });
        }
    }

    /// The number of a term, a new one if it has none yet.
    fn number(&mut self, term: Term) -> usize {
        self.initials.add(&term.text);
        let terms = match term.form {
            WordForm::Exact => &mut self.exact,
            _ => &mut self.stems,
        };
        let starting = &mut self.starting;
        *terms.entry(term.text).or_insert_with(|| {
            starting.push(Vec::new());
            starting.len() - 1
        })
    }

    /// The numbers of the terms that a word is a case of.
    fn terms_of(&self, surface: &str, lexicon: &mut Lexicon) -> Vec<usize> {
        let forms = lexicon.forms(surface);
        let exact = self.exact.get(&*forms.exact);
        let stem = self.stems.get(&*forms.stem);
        exact.into_iter().chain(stem).copied().collect()
    }
}

/// Overlapping ranges made one.
pub(super) fn merged(occurrences: &[Occurrence]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for Occurrence { range, .. } in occurrences {
        match ranges.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => ranges.push(range.clone()),
        }
    }
    ranges
}

/// The letters of ASCII that forms start with, a bit each.
#[derive(Debug, Default)]
struct Initials(u128);

impl Initials {
    fn add(&mut self, form: &str) {
        if let Some(byte) = form.bytes().next().filter(u8::is_ascii) {
            self.0 |= 1 << byte;
        }
    }

    /// Whether a word may have one of the forms. Beyond ASCII any word may, and so may
    /// one with an apostrophe, as stemmers take elisions off.
    #[inline]
    fn admit(&self, surface: &str) -> bool {
        match surface.bytes().next() {
            Some(byte) if byte.is_ascii() => {
                self.0 >> byte.to_ascii_lowercase() & 1 == 1 || surface.contains(['\'', '\u{2019}'])
            }
            _ => true,
        }
    }
}

/// Whether the language's stemmer leaves the first letter of words without an
/// apostrophe alone. That of Dutch takes `ge` off, that of Turkish changes short words.
fn keeps_initials(language: Language) -> bool {
    !["nl", "tr"]
        .map(|code| Language::of(Some(code)))
        .contains(&language)
}

/// One pass over a text.
struct Scan<'m, 't> {
    matcher: &'m Matcher,
    zone: Zone,
    lexicon: Lexicon,
    by_initial: bool,
    /// Terms by the words met so far.
    known: FxHashMap<&'t str, Vec<usize>>,
    open: Vec<OpenRow>,
    next_position: u32,
    found: Vec<Occurrence>,
}

/// A row of which the first words stand there.
#[derive(Clone, Copy)]
struct OpenRow {
    row: usize,
    words: usize,
    start: usize,
}

impl<'m, 't> Scan<'m, 't> {
    fn new(matcher: &'m Matcher, zone: Zone, language: Language) -> Self {
        Self {
            matcher,
            zone,
            lexicon: Lexicon::new(language),
            by_initial: keeps_initials(language),
            known: FxHashMap::default(),
            open: Vec::new(),
            next_position: 0,
            found: Vec::new(),
        }
    }

    #[inline]
    fn take(&mut self, token: &Token<'t>) {
        if token.position != self.next_position {
            self.open.clear();
        }
        self.next_position = token.position.saturating_add(1);
        if self.by_initial && !self.matcher.initials.admit(token.surface) {
            self.open.clear();
            return;
        }
        self.take_candidate(token);
    }

    fn take_candidate(&mut self, token: &Token<'t>) {
        let matcher = self.matcher;
        let lexicon = &mut self.lexicon;
        let terms = &*self
            .known
            .entry(token.surface)
            .or_insert_with(|| matcher.terms_of(token.surface, lexicon));
        let mut open = std::mem::take(&mut self.open);
        open.retain(|open| terms.contains(&matcher.rows[open.row].terms[open.words]));
        let starting = terms.iter().flat_map(|&term| &matcher.starting[term]);
        open.extend(starting.map(|&row| OpenRow {
            row,
            words: 0,
            start: token.start,
        }));
        for row in open {
            self.advance(row, token.end());
        }
    }

    fn advance(&mut self, mut open: OpenRow, end: usize) {
        let row = &self.matcher.rows[open.row];
        let field = self.matcher.parts[row.part].field;
        if field == TextField::Title && self.zone != Zone::Title {
            return;
        }
        open.words += 1;
        if open.words < row.terms.len() {
            self.open.push(open);
        } else {
            self.found.push(Occurrence {
                range: open.start..end,
                part: row.part,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CODES: [&str; 20] = [
        "ar", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hu", "it", "lt", "no",
        "pl", "pt", "ro", "ru", "sv",
    ];

    proptest! {
        #[test]
        fn stemmers_leave_the_first_letter_alone(
            word in "(ge|ver|be|un|re|in|de|al|il|naj|nej|po|pre|ex|meg|y|u|[a-z])[a-zé]{0,6}(e|en|s|ing|ment|lar|ai|y)?",
        ) {
            for code in CODES {
                let language = Language::of(Some(code));
                prop_assert!(keeps_initials(language));
                let mut lexicon = Lexicon::new(language);
                let stem = &lexicon.forms(&word).stem;
                prop_assert_eq!(stem.chars().next(), word.chars().next(), "{} in {}", word, code);
            }
        }
    }
}
