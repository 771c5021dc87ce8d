//! Kinds of queries, and what to ask of each in an archive.
//!
//! In: a file of articles. Out: words and neighbours of it, as queries of ours and of
//! tantivy's.

use std::collections::{HashMap, HashSet};
use std::ops::Bound;
use std::path::Path;

use anyhow::{Context, Result};
use search::analysis::tokens;
use tantivy::DateTime;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    BooleanQuery, FuzzyTermQuery, Occur, PhraseQuery, Query, RangeQuery, RegexQuery,
};
use tantivy::schema::Term;

use crate::archive;
use crate::bare::Bare;

const QUERIES: usize = 5;
/// Words shorter than this are mostly particles.
const SHORTEST: usize = 4;
/// Neighbours are counted among so many of the most frequent words.
const FREQUENT: usize = 400;
/// A rare word is in at most so many articles.
const RARE: u32 = 20;

/// A kind of query.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Frequent,
    Rare,
    TwoAll,
    TwoAny,
    Phrase,
    Near,
    Wildcard,
    Fuzzy,
    Dated,
    Counted,
}

/// What a query is made of.
#[derive(Clone)]
pub(crate) struct Asked {
    first: String,
    second: String,
    year: String,
}

impl Kind {
    pub(crate) const ALL: [Self; 10] = [
        Self::Frequent,
        Self::Rare,
        Self::TwoAll,
        Self::TwoAny,
        Self::Phrase,
        Self::Near,
        Self::Wildcard,
        Self::Fuzzy,
        Self::Dated,
        Self::Counted,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Frequent => "frequent word",
            Self::Rare => "rare word",
            Self::TwoAll => "two words, all",
            Self::TwoAny => "two words, any",
            Self::Phrase => "phrase",
            Self::Near => "NEAR (beside the phrase)",
            Self::Wildcard => "wildcard",
            Self::Fuzzy => "fuzzy",
            Self::Dated => "in a year",
            Self::Counted => "two words, any, counted",
        }
    }

    /// The query in our language.
    pub(crate) fn query(self, asked: &Asked) -> String {
        let Asked {
            first,
            second,
            year,
        } = asked;
        match self {
            Self::Frequent | Self::Rare => first.clone(),
            Self::TwoAll | Self::TwoAny | Self::Counted => format!("{first} {second}"),
            Self::Phrase => format!("\"{first} {second}\""),
            Self::Near => format!("{first} NEAR/10 {second}"),
            Self::Wildcard => format!("{}*", start(first)),
            Self::Fuzzy => format!("{first}~1"),
            Self::Dated => format!("{first} date:{year}"),
        }
    }
}

/// The letters that a wildcard keeps.
fn start(word: &str) -> &str {
    &word[..word.floor_char_boundary(SHORTEST)]
}

/// The words of an archive.
pub(crate) struct Vocabulary {
    /// Most frequent first.
    frequent: Vec<String>,
    /// Most frequent first.
    rare: Vec<String>,
    neighbours: Vec<(String, String)>,
    year: String,
}

impl Vocabulary {
    pub(crate) fn of(file: &Path) -> Result<Self> {
        let mut counts: HashMap<String, u32> = HashMap::new();
        let mut years: HashMap<String, u32> = HashMap::new();
        archive::read(file, |record| {
            let words: HashSet<_> = words(&record.text).into_iter().flatten().collect();
            for word in words {
                *counts.entry(word).or_default() += 1;
            }
            let year = record.date.get(..4).unwrap_or("").to_owned();
            *years.entry(year).or_default() += 1;
            Ok(())
        })?;
        let rare = counts.iter().filter(|(_, count)| **count <= RARE);
        let rare = most(rare.map(|(word, count)| (word.clone(), *count)));
        let frequent = most(counts.into_iter());
        let neighbours = neighbours(file, &frequent)?;
        let years = most(years.into_iter());
        Ok(Self {
            frequent,
            rare,
            neighbours,
            year: years.into_iter().next().unwrap_or_default(),
        })
    }

    /// The largest queries of a kind.
    pub(crate) fn asked(&self, kind: Kind) -> Vec<Asked> {
        let asked = |(first, second): (&String, &String)| Asked {
            first: first.clone(),
            second: second.clone(),
            year: self.year.clone(),
        };
        let all = match kind {
            Kind::Rare => self.rare.iter().map(|word| asked((word, word))).collect(),
            Kind::Phrase | Kind::Near => {
                let pairs = self.neighbours.iter();
                pairs.map(|(one, other)| asked((one, other))).collect()
            }
            _ => {
                let pairs = self.frequent.iter().zip(self.frequent.iter().skip(1));
                pairs.map(asked).collect::<Vec<_>>()
            }
        };
        all.into_iter().take(QUERIES).collect()
    }
}

/// The words of a text in small letters, `None` for those that are no good for a query.
fn words(text: &str) -> Vec<Option<String>> {
    let good = |word: &str| word.len() >= SHORTEST && word.bytes().all(|b| b.is_ascii_lowercase());
    let words = tokens(text).map(|token| token.surface.to_lowercase());
    words.map(|word| good(&word).then_some(word)).collect()
}

/// The keys, the most frequent first, and of equals the first by name.
fn most<K: Ord>(counts: impl Iterator<Item = (K, u32)>) -> Vec<K> {
    let mut counts: Vec<_> = counts.collect();
    counts.sort_unstable_by(|(a, one), (b, other)| other.cmp(one).then(a.cmp(b)));
    counts.into_iter().map(|(key, _)| key).collect()
}

/// Frequent words that stand beside each other, the most frequent first.
fn neighbours(file: &Path, frequent: &[String]) -> Result<Vec<(String, String)>> {
    let known: HashSet<&str> = frequent.iter().take(FREQUENT).map(String::as_str).collect();
    let mut counts: HashMap<(String, String), u32> = HashMap::new();
    archive::read(file, |record| {
        let words = words(&record.text);
        for pair in words.windows(2) {
            if let [Some(one), Some(other)] = pair
                && known.contains(&**one)
                && known.contains(&**other)
            {
                *counts.entry((one.clone(), other.clone())).or_default() += 1;
            }
        }
        Ok(())
    })?;
    Ok(most(counts.into_iter()))
}

/// Bare tantivy's first ten; how many were found, or match where that is asked for.
pub(crate) fn bare_search(bare: &Bare, kind: Kind, asked: &Asked) -> Result<u64> {
    let query = bare_query(bare, kind, asked)?;
    let first = TopDocs::with_limit(10).order_by_score();
    if kind == Kind::Counted {
        let (_, count) = bare.searcher.search(&*query, &(first, Count))?;
        return Ok(count as u64);
    }
    Ok(bare.searcher.search(&*query, &first)?.len() as u64)
}

fn bare_query(bare: &Bare, kind: Kind, asked: &Asked) -> Result<Box<dyn Query>> {
    let pair = format!("{} {}", asked.first, asked.second);
    Ok(match kind {
        Kind::Frequent | Kind::Rare => Box::new(bare.boolean(&asked.first, true)?),
        Kind::TwoAll => Box::new(bare.boolean(&pair, true)?),
        Kind::TwoAny | Kind::Counted => Box::new(bare.boolean(&pair, false)?),
        Kind::Phrase | Kind::Near => Box::new(PhraseQuery::new(bare.terms(&pair)?)),
        Kind::Wildcard => {
            let pattern = format!("{}.*", start(&asked.first));
            Box::new(RegexQuery::from_pattern(&pattern, bare.stemmed)?)
        }
        Kind::Fuzzy => {
            let term = bare.terms(&asked.first)?.into_iter().next();
            Box::new(FuzzyTermQuery::new(term.context("no term")?, 1, true))
        }
        Kind::Dated => {
            let word: Box<dyn Query> = Box::new(bare.boolean(&asked.first, true)?);
            let year: Box<dyn Query> = Box::new(of_year(bare, &asked.year)?);
            Box::new(BooleanQuery::new(vec![
                (Occur::Must, word),
                (Occur::Must, year),
            ]))
        }
    })
}

fn of_year(bare: &Bare, year: &str) -> Result<RangeQuery> {
    let field = bare.searcher.schema().get_field("published")?;
    let year: i16 = year.parse()?;
    let start = |year: i16| -> Result<Term> {
        let midnight = jiff::civil::date(year, 1, 1).to_zoned(jiff::tz::TimeZone::UTC)?;
        let moment = DateTime::from_timestamp_secs(midnight.timestamp().as_second());
        Ok(Term::from_field_date(field, moment))
    };
    Ok(RangeQuery::new(
        Bound::Included(start(year)?),
        Bound::Excluded(start(year + 1)?),
    ))
}
