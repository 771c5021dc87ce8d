//! The engine without an index: looks at every article for every query.
//!
//! In: articles in memory. Out: what any engine must answer. Slow, obvious and
//! right, it is the oracle of the other engines' tests, so it shares none of
//! their code but the analysis of words.

use super::{ArticleKey, Boost, Engine, Match, Matches, Sort, Window};
use crate::analysis::{Language, Lexicons, Term, WordForm, outlet_alias, readings, tokens};
use crate::article::Article;
use crate::error::{Error, ErrorKind, Result};
use crate::query::{Clause, DayRange, Keyword, TextField, Word};

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
            Clause::Word { field, word } => {
                self.has_row(article, *field, std::slice::from_ref(word))
            }
            Clause::Phrase { field, words } => self.has_row(article, *field, words),
            Clause::Keyword { field, text } => has_keyword(article, *field, text),
            Clause::Date(range) => is_within(article, *range),
            Clause::And(clauses) => clauses.iter().all(|clause| self.matches(article, clause)),
            Clause::Or(clauses) => clauses.iter().any(|clause| self.matches(article, clause)),
            Clause::Not(clause) => !self.matches(article, clause),
        }
    }

    fn has_row(&self, article: &Article, field: TextField, words: &[Word]) -> bool {
        let rows = readings(words.iter().map(Word::form), &self.languages);
        let texts: &[&str] = match field {
            TextField::Text => &[&article.title, &article.lead, &article.body],
            TextField::Title => &[&article.title],
        };
        texts.iter().any(|text| {
            rows.iter()
                .any(|row| text_has_row(text, article.lang.as_deref(), row))
        })
    }
}

fn text_has_row(text: &str, lang: Option<&str>, row: &[Term]) -> bool {
    let mut lexicons = Lexicons::default();
    let lexicon = lexicons.of(Language::of(lang));
    let words: Vec<_> = tokens(text)
        .map(|token| (token.position, lexicon.forms(token.surface).clone()))
        .collect();
    words.windows(row.len()).any(|window| {
        let first = window[0].0;
        (first..)
            .zip(window)
            .zip(row)
            .all(|((position, (at, forms)), term)| {
                let form = match term.form {
                    WordForm::Exact => &forms.exact,
                    WordForm::Stem => &forms.stem,
                };
                *at == position && **form == *term.text
            })
    })
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
            let words = tokens(spelling).map(|token| (token.surface, WordForm::Exact));
            let rows = readings(words, &[]);
            values
                .iter()
                .any(|value| rows.iter().any(|row| text_has_row(value, None, row)))
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
    /// Every match scores 1: the oracle knows which articles match, not which are best.
    fn search_boosted(&self, query: &Clause, _: &[Boost], window: Window) -> Result<Matches> {
        let mut found: Vec<_> = self.matching(query).collect();
        found.sort_by_key(|(_, article)| {
            let seconds = article.published.as_ref().map(|date| date.sort_seconds());
            let place = match window.sort {
                Sort::Relevance => 0,
                Sort::Newest => seconds.map_or(i64::MAX, |seconds| -seconds),
                Sort::Oldest => seconds.unwrap_or(i64::MAX),
            };
            (place, article.id.clone())
        });
        let total = found.len() as u64;
        let score = if window.sort == Sort::Relevance {
            1.0
        } else {
            0.0
        };
        let wanted = found.into_iter().skip(window.offset).take(window.limit);
        let hits = wanted.map(|(at, article)| Match {
            key: ArticleKey(at as u64),
            id: article.id.clone(),
            score,
        });
        Ok(Matches {
            total,
            hits: hits.collect(),
        })
    }

    fn frequencies(&self, words: &[Word]) -> Result<(u64, Vec<u64>)> {
        let holding = |word: &Word| {
            let holds = |article: &&Article| {
                self.has_row(article, TextField::Text, std::slice::from_ref(word))
            };
            self.articles.iter().filter(holds).count() as u64
        };
        Ok((
            self.articles.len() as u64,
            words.iter().map(holding).collect(),
        ))
    }

    fn fetch(&self, key: ArticleKey) -> Result<Article> {
        let article = usize::try_from(key.0)
            .ok()
            .and_then(|at| self.articles.get(at));
        article
            .cloned()
            .ok_or_else(|| Error::new(ErrorKind::NotFound, "no article has this key"))
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
