//! Finds the words and phrases of a query in a text.
//!
//! In: a query, and then texts. Out: [`Occurrence`]s, each a range of bytes.
//!
//! The text is cut into tokens once. Few of them start with a letter that a word
//! of the query starts with; only those are brought into their forms, each
//! different one once.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::analysis::{Language, Lexicon, Term, Token, WordForm, query_terms, tokens};
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
    /// Parts by the number of the term that they start with.
    starting: Vec<Vec<usize>>,
    exact: FxHashMap<String, Vec<usize>>,
    stems: FxHashMap<String, Vec<usize>>,
    initials: Initials,
}

#[derive(Debug, PartialEq, Eq)]
struct Part {
    field: TextField,
    /// Numbers of terms, in a row; at least one.
    terms: Vec<usize>,
}

impl Matcher {
    /// Collects the words and phrases of `query`; a word is stemmed in each of
    /// `languages`, or as English if there is none.
    pub fn new(query: &Clause, languages: &[Language]) -> Self {
        let mut matcher = Self::default();
        let mut numbers = FxHashMap::default();
        matcher.collect(query, &mut |word| {
            let form = if word.exact {
                WordForm::Exact
            } else {
                WordForm::Stem
            };
            query_terms(&word.text, form, languages)
                .into_iter()
                .map(|term| {
                    let next = numbers.len();
                    (*numbers.entry(term.clone()).or_insert(next), term)
                })
                .collect()
        });
        matcher
    }

    /// How many different words and phrases there are.
    pub fn part_count(&self) -> usize {
        self.parts.len()
    }

    /// How many tokens in a row a part asks for; 0 if there is no such part.
    pub fn part_len(&self, part: usize) -> usize {
        self.parts.get(part).map_or(0, |part| part.terms.len())
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

    fn collect(&mut self, clause: &Clause, terms_of: &mut dyn FnMut(&Word) -> Vec<(usize, Term)>) {
        match clause {
            Clause::Word { field, word } => self.add(*field, terms_of(word)),
            Clause::Phrase { field, words } => {
                let terms = words.iter().flat_map(&mut *terms_of).collect();
                self.add(*field, terms);
            }
            Clause::And(clauses) | Clause::Or(clauses) => {
                for clause in clauses {
                    self.collect(clause, terms_of);
                }
            }
            Clause::All | Clause::Keyword { .. } | Clause::Date(_) | Clause::Not(_) => {}
        }
    }

    fn add(&mut self, field: TextField, terms: Vec<(usize, Term)>) {
        let part = Part {
            field,
            terms: terms.iter().map(|(number, _)| *number).collect(),
        };
        if part.terms.is_empty() || self.parts.contains(&part) {
            return;
        }
        for (number, term) in terms {
            self.learn(number, term);
        }
        self.starting[part.terms[0]].push(self.parts.len());
        self.parts.push(part);
    }

    fn learn(&mut self, number: usize, term: Term) {
        if self.starting.len() <= number {
            self.starting.resize_with(number + 1, Vec::new);
        }
        let (map, forms) = match term {
            Term::Exact(form) => (&mut self.exact, vec![form]),
            Term::Stems(stems) => (&mut self.stems, stems),
        };
        for form in forms {
            self.initials.add(&form);
            let numbers = map.entry(form).or_default();
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
    }

    /// The numbers of the terms that a word is a case of.
    fn terms_of(&self, surface: &str, lexicon: &mut Lexicon) -> Vec<usize> {
        let forms = lexicon.forms(surface);
        let exact = self.exact.get(&*forms.exact).into_iter().flatten();
        let stems = self.stems.get(&*forms.stem).into_iter().flatten();
        exact.chain(stems).copied().collect()
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
    open: Vec<OpenPhrase>,
    next_position: u32,
    found: Vec<Occurrence>,
}

/// A phrase of which the first words stand in a row.
#[derive(Clone, Copy)]
struct OpenPhrase {
    part: usize,
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
        open.retain(|phrase| terms.contains(&matcher.parts[phrase.part].terms[phrase.words]));
        let starting = terms.iter().flat_map(|&term| &matcher.starting[term]);
        open.extend(starting.map(|&part| OpenPhrase {
            part,
            words: 0,
            start: token.start,
        }));
        for phrase in open {
            self.advance(phrase, token.end());
        }
    }

    fn advance(&mut self, mut phrase: OpenPhrase, end: usize) {
        let part = &self.matcher.parts[phrase.part];
        if part.field == TextField::Title && self.zone != Zone::Title {
            return;
        }
        phrase.words += 1;
        if phrase.words < part.terms.len() {
            self.open.push(phrase);
        } else {
            self.found.push(Occurrence {
                range: phrase.start..end,
                part: phrase.part,
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
