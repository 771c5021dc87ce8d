//! The engine without an index: looks at every article for every query.
//!
//! In: articles in memory. Out: what any engine must answer. Slow, obvious and
//! right, it is the oracle of the other engines' tests, so it shares none of
//! their code but the analysis of words.

mod places;
mod score;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use self::places::Texts;
use self::score::words_of;
use super::{ArticleKey, Boost, Engine, Explanation, Match, Matches, Sort, Window};
use crate::analysis::{
    Forms, Language, Lexicon, Term, TermTest, outlet_alias, readings, spelling_key, tokens,
};
use crate::article::Article;
use crate::error::{Error, ErrorKind, Result};
use crate::query::{Clause, DayRange, Keyword, ScoredLeaf, TextField, Word};

/// Articles in memory.
pub struct ScanEngine {
    articles: Vec<Article>,
    languages: Vec<Language>,
}

impl ScanEngine {
    /// An engine over `articles`, whose ids must differ.
    pub fn new(articles: Vec<Article>) -> Self {
        let mut languages: Vec<_> = articles
            .iter()
            .map(|article| Language::of(article.lang.as_deref()))
            .collect();
        languages.push(Language::of(None));
        languages.sort_unstable();
        languages.dedup();
        Self {
            articles,
            languages,
        }
    }

    fn matching(&self, query: &Clause) -> impl Iterator<Item = (usize, &Article)> {
        self.articles
            .iter()
            .enumerate()
            .filter(|(_, article)| self.matches(article, query))
    }

    fn matches(&self, article: &Article, query: &Clause) -> bool {
        match query {
            Clause::All => true,
            Clause::Keyword { field, text } => has_keyword(article, *field, text),
            Clause::Date(range) => is_within(article, *range),
            Clause::And(clauses) => clauses.iter().all(|clause| self.matches(article, clause)),
            Clause::Or(clauses) => clauses.iter().any(|clause| self.matches(article, clause)),
            Clause::Not(clause) => !self.matches(article, clause),
            Clause::Weighted { clause, .. } => self.matches(article, clause),
            Clause::AtLeast { count, clause } => self.places(article, clause) >= *count as usize,
            Clause::Word { .. }
            | Clause::Phrase { .. }
            | Clause::Near(_)
            | Clause::NotNear(_)
            | Clause::Actor { .. }
            | Clause::Said { .. } => self.places(article, query) > 0,
        }
    }

    fn article(&self, key: ArticleKey) -> Result<&Article> {
        let at = usize::try_from(key.0).ok();
        at.and_then(|at| self.articles.get(at))
            .ok_or_else(|| Error::new(ErrorKind::NotFound, "no article has this key"))
    }

    /// How many places of an article a positional clause has.
    fn places(&self, article: &Article, clause: &Clause) -> usize {
        let Some(field) = clause.positional_field() else {
            return 0;
        };
        let texts = Texts::of(article, field);
        texts.places(clause, &self.languages).len()
    }
}

impl ScanEngine {
    /// The exact forms of words that are meant, with how many articles hold each, most first.
    fn held(&self, field: TextField, is_meant: &dyn Fn(&Forms) -> bool) -> Vec<(String, u64)> {
        let mut forms = BTreeMap::<String, u64>::new();
        for article in &self.articles {
            let mut lexicon = Lexicon::new(Language::of(article.lang.as_deref()));
            let texts = match field {
                TextField::Title => vec![&article.title],
                TextField::Text | TextField::Lead => {
                    vec![&article.title, &article.lead, &article.body]
                }
            };
            let words = texts.into_iter().flat_map(|text| tokens(text));
            let of_words = words.map(|token| lexicon.forms(token.surface).clone());
            let held: BTreeSet<_> = of_words
                .filter(|forms| is_meant(forms))
                .map(|forms| forms.exact)
                .collect();
            held.into_iter()
                .for_each(|form| *forms.entry(form.into()).or_default() += 1);
        }
        let mut forms: Vec<_> = forms.into_iter().collect();
        forms.sort_by_key(|(_, articles)| Reverse(*articles));
        forms
    }
}

/// The words that a query is expanded by, as leaves.
fn added(boosts: &[Boost]) -> Vec<Clause> {
    let word = |boost: &Boost| Clause::Word {
        field: TextField::Text,
        word: boost.word.clone(),
    };
    boosts.iter().map(word).collect()
}

/// What a query is scored by, and behind it what it is expanded by.
fn leaves<'q>(query: &'q Clause, added: &'q [Clause], boosts: &[Boost]) -> Vec<ScoredLeaf<'q>> {
    let added = added.iter().zip(boosts);
    let added = added.map(|(clause, boost)| ScoredLeaf::added(clause, boost.weight));
    query.scored_leaves().into_iter().chain(added).collect()
}

fn has_keyword(article: &Article, keyword: Keyword, wanted: &str) -> bool {
    let values: Vec<&str> = match keyword {
        Keyword::Source => article.source_spellings().collect(),
        Keyword::Author => article.author_spellings().collect(),
        Keyword::Section => article.section.as_deref().into_iter().collect(),
        Keyword::Lang => return article.lang.as_deref() == Some(&wanted.to_lowercase()),
        Keyword::Path => std::iter::once(&*article.path)
            .chain(article.member.as_deref())
            .collect(),
        Keyword::Url => article.url.as_deref().into_iter().collect(),
    };
    let alias = match keyword {
        Keyword::Source => outlet_alias(wanted),
        _ => None,
    };
    std::iter::once(wanted)
        .chain(alias.as_deref())
        .any(|spelling| {
            let word = keyword.word(spelling);
            let rows = readings(std::iter::once(word.asked()), &[]);
            values.iter().any(|value| {
                let texts = Texts::alone(value);
                rows.iter().any(|row| !texts.rows(row, 0).is_empty())
            })
        })
}

fn is_within(article: &Article, range: DayRange) -> bool {
    let Some(date) = &article.published else {
        return false;
    };
    range.since.is_none_or(|since| since <= date.day)
        && range.until.is_none_or(|until| date.day <= until)
}

impl Engine for ScanEngine {
    fn search_boosted(&self, query: &Clause, boosts: &[Boost], window: Window) -> Result<Matches> {
        let added = added(boosts);
        let leaves = match window.sort {
            Sort::Relevance => leaves(query, &added, boosts),
            Sort::Newest | Sort::Oldest => Vec::new(),
        };
        let weighing = self.weighed(leaves);
        let score = |article: &Article| -> f32 {
            let scores = self.term_scores(article, &weighing);
            scores.iter().map(|term| term.part.sum()).sum()
        };
        let mut found: Vec<_> = self
            .matching(query)
            .map(|(at, article)| {
                let seconds = article.published.as_ref().map(|date| date.sort_seconds());
                let (place, score) = match window.sort {
                    Sort::Relevance => (0, score(article)),
                    Sort::Newest => (seconds.map_or(i64::MAX, |seconds| -seconds), 0.0),
                    Sort::Oldest => (seconds.unwrap_or(i64::MAX), 0.0),
                };
                let key = ArticleKey(at as u64);
                (place, Match { key, score }, &article.id)
            })
            .collect();
        found.sort_by(|(place, one, id), (other_place, other, other_id)| {
            let by_score = other.score.total_cmp(&one.score);
            let by_place = place.cmp(other_place);
            by_place.then(by_score).then_with(|| id.cmp(other_id))
        });
        let total = found.len() as u64;
        let wanted = found.into_iter().skip(window.offset).take(window.limit);
        Ok(Matches {
            total,
            hits: wanted.map(|(_, hit, _)| hit).collect(),
        })
    }

    fn explain(
        &self,
        query: &Clause,
        boosts: &[Boost],
        keys: &[ArticleKey],
    ) -> Result<Vec<Explanation>> {
        let added = added(boosts);
        let weighing = self.weighed(leaves(query, &added, boosts));
        let explained = keys.iter().map(|&key| {
            let article = self.fetch(key)?;
            Ok(Explanation {
                words: words_of(&article) as u32,
                mean_words: weighing.mean_words,
                terms: self.term_scores(&article, &weighing),
            })
        });
        explained.collect()
    }

    fn frequencies(&self, words: &[Word]) -> Result<(u64, Vec<u64>)> {
        let holding = |word: &Word| {
            let field = TextField::Text;
            let word = word.clone();
            let clause = Clause::Word { field, word };
            let holds = |article: &&Article| self.matches(article, &clause);
            self.articles.iter().filter(holds).count() as u64
        };
        Ok((
            self.articles.len() as u64,
            words.iter().map(holding).collect(),
        ))
    }

    fn forms(&self, field: TextField, word: &Word) -> Result<Vec<(String, u64)>> {
        let rows = readings(std::iter::once(word.asked()), &self.languages);
        let is_row = rows.iter().any(|row| row.len() > 1);
        let terms: Vec<_> = rows.into_iter().flatten().filter(|_| !is_row).collect();
        let takes = |term: &Term, forms: &Forms| match TermTest::of(term) {
            None => *forms.stem == *term.text,
            Some(test) => test.takes(&forms.exact),
        };
        Ok(self.held(field, &|forms| terms.iter().any(|term| takes(term, forms))))
    }

    fn spellings(&self, words: &[&str]) -> Result<Vec<Vec<(String, u64)>>> {
        let spellings = |word: &&str| {
            let key = spelling_key(word);
            let is_meant = |forms: &Forms| spelling_key(&forms.exact) == key;
            self.held(TextField::Text, &is_meant)
        };
        Ok(words.iter().map(spellings).collect())
    }

    fn ids(&self, keys: &[ArticleKey]) -> Result<Vec<String>> {
        let ids = keys.iter().map(|&key| Ok(self.article(key)?.id.clone()));
        ids.collect()
    }

    fn fetch(&self, key: ArticleKey) -> Result<Article> {
        self.article(key).cloned()
    }

    fn find(&self, id: &str) -> Result<Option<Article>> {
        Ok(self
            .articles
            .iter()
            .find(|article| article.id == id)
            .cloned())
    }

    fn for_each(&self, query: &Clause, each: &mut dyn FnMut(Article) -> Result<()>) -> Result<()> {
        self.matching(query)
            .try_for_each(|(_, article)| each(article.clone()))
    }

    fn languages(&self) -> &[Language] {
        &self.languages
    }
}
