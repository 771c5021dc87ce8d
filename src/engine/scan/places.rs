//! Where an article meets a positional clause, found by trying everything.
//!
//! In: an article and a clause. Out: all its places. Every operator looks at all pairs
//! of places; nothing is taken from [`crate::interval`], whose oracle this is.

use std::ops::Range;

use crate::analysis::{
    AttributedText, Language, Lexicons, Term, WordForm, attribution, name_keys, readings,
    sentences, tokens, word_regex,
};
use crate::article::Article;
use crate::query::{Clause, LEAD_WORDS, Nearness, Reach, TextField, Word};

/// A word of a text, in its forms and by the numbers of where it stands.
struct Token {
    position: u32,
    sentence: usize,
    paragraph: usize,
    exact: String,
    stem: String,
}

/// Bytes of a text, and the number of the person that they are about.
type OfPerson = (Range<usize>, usize);

/// A range of tokens of one text, both ends included.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    text: usize,
    first: usize,
    last: usize,
}

/// Where a place begins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    /// The number of the text in its field.
    pub(super) text: usize,
    /// The position in that text.
    pub(super) position: u32,
}

/// The texts of a field of an article, cut into tokens.
pub(super) struct Texts<'a> {
    tokens: Vec<Vec<Token>>,
    /// The article, and the number of the first of the texts among its own.
    of: Option<(&'a Article, usize)>,
}

impl<'a> Texts<'a> {
    pub(super) fn of(article: &'a Article, field: TextField) -> Self {
        let lang = article.lang.as_deref();
        let (title, lead, body) = (&article.title, &article.lead, &article.body);
        let (tokens, first) = match field {
            TextField::Text => ([title, lead, body].map(|text| read(text, lang)).into(), 0),
            TextField::Title => (vec![read(title, lang)], 0),
            TextField::Lead => {
                let mut lead = read(lead, lang);
                let mut body = read(body, lang);
                lead.truncate(LEAD_WORDS);
                body.truncate(LEAD_WORDS - lead.len());
                (vec![lead, body], 1)
            }
        };
        let of = Some((article, first));
        Self { tokens, of }
    }

    /// One text, such as a metadata field's.
    pub(super) fn alone(text: &str) -> Self {
        let tokens = vec![read(text, None)];
        Self { tokens, of: None }
    }

    /// How many words there are.
    pub(super) fn words(&self) -> usize {
        self.tokens.iter().map(Vec::len).sum()
    }

    /// Where the places of a positional clause begin.
    pub(super) fn spots(&self, clause: &Clause, languages: &[Language]) -> Vec<Spot> {
        let places = self.places(clause, languages).into_iter();
        let spots = places.map(|place| Spot {
            text: place.text,
            position: self.tokens[place.text][place.first].position,
        });
        spots.collect()
    }

    /// The places of a positional clause; none contains another.
    pub(super) fn places(&self, clause: &Clause, languages: &[Language]) -> Vec<Place> {
        let places = |clause| self.places(clause, languages);
        match clause {
            Clause::Word { word, .. } => self.rows_of(std::slice::from_ref(word), 0, languages),
            Clause::Phrase { words, gaps, .. } => self.rows_of(words, *gaps, languages),
            Clause::Or(clauses) => minimal(clauses.iter().flat_map(places).collect()),
            Clause::Weighted { clause, .. } => places(clause),
            Clause::Near(near) => {
                let (left, right) = (places(&near.left), places(&near.right));
                let pairs = left
                    .iter()
                    .flat_map(|one| right.iter().map(move |other| (*one, *other)));
                let near = pairs.filter(|(one, other)| self.are_near(*one, *other, near));
                minimal(near.map(|(one, other)| hull(one, other)).collect())
            }
            Clause::Actor { name, .. } => self.namings(name),
            Clause::Said { speaker, .. } => {
                let quotations = self.quotations(speaker);
                let is_said = |place: &Place| {
                    let around =
                        |said: &Place| said.text == place.text && hull(*said, *place) == *said;
                    quotations.iter().any(around)
                };
                match clause.quoted() {
                    None => quotations,
                    Some(inner) => places(inner).into_iter().filter(is_said).collect(),
                }
            }
            Clause::And(clauses) => {
                let lists = clauses.iter().map(places);
                let together = |all: Vec<Place>, one: Vec<Place>| {
                    let pairs = all.iter().flat_map(|a| one.iter().map(move |b| (*a, *b)));
                    let pairs = pairs.filter(|(a, b)| a.text == b.text);
                    pairs.map(|(a, b)| hull(a, b)).collect()
                };
                minimal(lists.reduce(together).unwrap_or_default())
            }
            Clause::NotNear(near) => {
                let right = places(&near.right);
                let mut left = places(&near.left);
                left.retain(|one| !right.iter().any(|other| self.are_near(*one, *other, near)));
                left
            }
            _ => Vec::new(),
        }
    }

    /// The words that end where someone is named by this name.
    fn namings(&self, name: &str) -> Vec<Place> {
        let mentions = |found: &AttributedText| -> Vec<OfPerson> {
            let mentions = found.mentions.iter();
            mentions.map(|one| (one.range.clone(), one.name)).collect()
        };
        let mut found = self.of_person(name, mentions);
        // The lead has but the first words of a text.
        found.retain(|place| place.last < self.tokens[place.text].len());
        let last = |place: Place| Place {
            first: place.last,
            ..place
        };
        found.into_iter().map(last).collect()
    }

    /// What someone who goes by this name is quoted with, as far as it is in the lead where
    /// that is looked at.
    fn quotations(&self, name: &str) -> Vec<Place> {
        let quotations = |found: &AttributedText| -> Vec<OfPerson> {
            let quotations = found.quotations.iter();
            quotations
                .map(|one| (one.range.clone(), one.name))
                .collect()
        };
        let mut found = self.of_person(name, quotations);
        found.retain(|place| place.first < self.tokens[place.text].len());
        for place in &mut found {
            place.last = place.last.min(self.tokens[place.text].len() - 1);
        }
        found
    }

    /// The tokens of those of each text's `ranges` that are of whoever goes by a name.
    fn of_person(&self, name: &str, ranges: fn(&AttributedText) -> Vec<OfPerson>) -> Vec<Place> {
        let Some((article, first)) = self.of else {
            return Vec::new();
        };
        let keys = name_keys(name);
        let texts = [&*article.title, &article.lead, &article.body];
        let all = attribution(texts);
        let mut found = Vec::new();
        for text in 0..self.tokens.len() {
            let starts: Vec<usize> = tokens(texts[first + text])
                .map(|token| token.start)
                .collect();
            let ranges = ranges(&all.texts[first + text]).into_iter();
            for (range, _) in ranges.filter(|(_, name)| all.goes_by(*name, &keys)) {
                let inside = |start: &usize| range.contains(start);
                let ends = starts
                    .iter()
                    .position(inside)
                    .zip(starts.iter().rposition(inside));
                found.extend(ends.map(|(first, last)| Place { text, first, last }));
            }
        }
        found
    }

    fn rows_of(&self, words: &[Word], gaps: u32, languages: &[Language]) -> Vec<Place> {
        let rows = readings(words.iter().map(Word::asked), languages);
        minimal(rows.iter().flat_map(|row| self.rows(row, gaps)).collect())
    }

    /// The places of terms in order, with at most `gaps` positions between them.
    pub(super) fn rows(&self, row: &[Term], gaps: u32) -> Vec<Place> {
        let mut found = Vec::new();
        for (text, tokens) in self.tokens.iter().enumerate() {
            let at = |term| (0..tokens.len()).filter(move |&token| fits(&tokens[token], term));
            let mut places: Vec<Place> = at(&row[0])
                .map(|first| Place {
                    text,
                    first,
                    last: first,
                })
                .collect();
            for term in &row[1..] {
                let longer = |place: &Place| {
                    let place = *place;
                    at(term)
                        .filter(move |&last| last > place.last)
                        .map(move |last| Place { last, ..place })
                };
                places = places.iter().flat_map(longer).collect();
            }
            let others = |place: &Place| {
                let positions = tokens[place.last].position - tokens[place.first].position;
                positions + 1 - row.len() as u32
            };
            places.retain(|place| others(place) <= gaps);
            found.extend(places);
        }
        found
    }

    fn are_near(&self, one: Place, other: Place, near: &Nearness) -> bool {
        if one == other || one.text != other.text {
            return false;
        }
        if near.in_order && other.first <= one.last {
            return false;
        }
        let tokens = &self.tokens[one.text];
        let hull = hull(one, other);
        let (first, last) = (&tokens[hull.first], &tokens[hull.last]);
        match near.reach {
            Reach::Sentence => first.sentence == last.sentence,
            Reach::Paragraph => first.paragraph == last.paragraph,
            Reach::Words(words) => {
                let overlap = one.first <= other.last && other.first <= one.last;
                let (before, behind) = if one.last < other.first {
                    (one.last, other.first)
                } else {
                    (other.last, one.first)
                };
                overlap || tokens[behind].position - tokens[before].position <= words
            }
        }
    }
}

fn hull(one: Place, other: Place) -> Place {
    Place {
        text: one.text,
        first: one.first.min(other.first),
        last: one.last.max(other.last),
    }
}

fn minimal(mut places: Vec<Place>) -> Vec<Place> {
    places.sort_unstable();
    places.dedup();
    let contains = |one: &Place, other: &Place| {
        one != other && one.text == other.text && one.first <= other.first && other.last <= one.last
    };
    let minimal = |one: &&Place| !places.iter().any(|other| contains(one, other));
    places.iter().filter(minimal).copied().collect()
}

fn read(text: &str, lang: Option<&str>) -> Vec<Token> {
    let mut lexicons = Lexicons::default();
    let language = Language::of(lang);
    let lexicon = lexicons.of(language);
    let ends: Vec<usize> = sentences(text, language).map(|range| range.end).collect();
    let (mut next_position, mut paragraph) = (0, 0);
    tokens(text)
        .map(|token| {
            // A blank line moves one position on.
            paragraph += usize::from(token.position != next_position);
            next_position = token.position + 1;
            let forms = lexicon.forms(token.surface);
            Token {
                position: token.position,
                sentence: ends.partition_point(|&end| end <= token.start),
                paragraph,
                exact: forms.exact.to_string(),
                stem: forms.stem.to_string(),
            }
        })
        .collect()
}

fn fits(token: &Token, term: &Term) -> bool {
    let pattern = |text: &str| -> Vec<char> { text.chars().collect() };
    match term.form {
        WordForm::Stem => token.stem == term.text,
        WordForm::Exact => token.exact == term.text,
        WordForm::Wildcard => fits_wildcard(&pattern(&term.text), &pattern(&token.exact)),
        WordForm::Fuzzy(edits) => {
            distance(&pattern(&term.text), &pattern(&token.exact)) <= usize::from(edits)
        }
        WordForm::Regex => word_regex(&term.text).is_ok_and(|regex| regex.is_match(&token.exact)),
    }
}

fn fits_wildcard(pattern: &[char], form: &[char]) -> bool {
    match (pattern.split_first(), form.split_first()) {
        (None, _) => form.is_empty(),
        (Some(('*', rest)), None) => fits_wildcard(rest, form),
        (Some(('*', rest)), Some((_, shorter))) => {
            fits_wildcard(rest, form) || fits_wildcard(pattern, shorter)
        }
        (Some((c, rest)), Some((other, shorter))) => {
            (*c == '?' || c == other) && fits_wildcard(rest, shorter)
        }
        (Some(_), None) => false,
    }
}

/// Edits that make one of the other, two neighbours changed over being one edit, no
/// letter edited twice: the table of Damerau (1964).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
    for i in 0..=one.len() {
        for j in 0..=other.len() {
            table[i][j] = match (i, j) {
                (0, _) | (_, 0) => i + j,
                _ => {
                    let same = one[i - 1] == other[j - 1];
                    let mut least = table[i - 1][j - 1] + usize::from(!same);
                    least = least.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    let swapped =
                        i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                    if swapped {
                        least = least.min(table[i - 2][j - 2] + 1);
                    }
                    least
                }
            };
        }
    }
    table[one.len()][other.len()]
}
