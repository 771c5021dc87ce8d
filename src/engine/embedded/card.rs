//! An article as it is kept: everything but the body as one JSON text.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::article::{Article, ArticleDate, DateOrigin, Precision, day_from_number, day_number};

/// The stored part of an article but for its body.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Card {
    id: String,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    lead: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<CardDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<CardDate>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_raw: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    topics: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
}

/// A date: day since 1970, precision, origin, and the moment in nanoseconds where
/// known; precision and origin by their letters.
#[derive(Debug, Serialize, Deserialize)]
struct CardDate(
    i32,
    char,
    char,
    #[serde(default, skip_serializing_if = "Option::is_none")] Option<i128>,
);

impl Card {
    /// Splits an article into its card and its body.
    pub(super) fn of(article: Article) -> (Self, String) {
        let card = Self {
            id: article.id,
            path: article.path,
            member: article.member,
            url: article.url,
            title: article.title,
            lead: article.lead,
            published: article.published.as_ref().map(CardDate::of),
            modified: article.modified.as_ref().map(CardDate::of),
            authors: article.authors,
            byline: article.byline,
            source: article.source,
            source_raw: article.source_raw,
            section: article.section,
            topics: article.topics,
            lang: article.lang,
        };
        (card, article.body)
    }

    /// Joins the card with its body.
    pub(super) fn into_article(self, body: String) -> Article {
        Article {
            id: self.id,
            path: self.path,
            member: self.member,
            url: self.url,
            title: self.title,
            lead: self.lead,
            body,
            published: self.published.and_then(CardDate::into_date),
            modified: self.modified.and_then(CardDate::into_date),
            authors: self.authors,
            byline: self.byline,
            source: self.source,
            source_raw: self.source_raw,
            section: self.section,
            topics: self.topics,
            lang: self.lang,
        }
    }
}

const PRECISIONS: [(Precision, char); 4] = [
    (Precision::Year, 'y'),
    (Precision::Month, 'm'),
    (Precision::Day, 'd'),
    (Precision::Instant, 'i'),
];
const ORIGINS: [(DateOrigin, char); 7] = [
    (DateOrigin::Field, 'f'),
    (DateOrigin::JsonLd, 'j'),
    (DateOrigin::Meta, 'm'),
    (DateOrigin::TimeElement, 'e'),
    (DateOrigin::Url, 'u'),
    (DateOrigin::Header, 'h'),
    (DateOrigin::Text, 't'),
];

fn letter<T: PartialEq>(letters: &[(T, char)], value: &T) -> char {
    let mut entries = letters.iter();
    entries
        .find(|(of, _)| of == value)
        .map_or('?', |(_, letter)| *letter)
}

fn of_letter<T: Copy>(letters: &[(T, char)], letter: char) -> Option<T> {
    letters
        .iter()
        .find(|(_, own)| *own == letter)
        .map(|(value, _)| *value)
}

impl CardDate {
    fn of(date: &ArticleDate) -> Self {
        Self(
            day_number(date.day),
            letter(&PRECISIONS, &date.precision),
            letter(&ORIGINS, &date.origin),
            date.instant.map(Timestamp::as_nanosecond),
        )
    }

    fn into_date(self) -> Option<ArticleDate> {
        let instant = self
            .3
            .and_then(|nanoseconds| Timestamp::from_nanosecond(nanoseconds).ok());
        Some(ArticleDate {
            day: day_from_number(self.0)?,
            instant,
            precision: of_letter(&PRECISIONS, self.1)?,
            origin: of_letter(&ORIGINS, self.2)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_survives_its_card() {
        let article = Article {
            id: "a#1".into(),
            title: "Title".into(),
            body: "Body".into(),
            published: Some(ArticleDate {
                day: jiff::civil::date(2025, 3, 15),
                instant: "2025-03-15T22:40:00Z".parse().ok(),
                precision: Precision::Instant,
                origin: DateOrigin::TimeElement,
            }),
            modified: Some(ArticleDate::day(jiff::civil::date(1963, 1, 4))),
            authors: vec!["Jane Doe".into()],
            byline: Some("By JANE DOE".into()),
            source: Some("Reuters".into()),
            source_raw: Some("REUTERS".into()),
            lang: Some("en".into()),
            ..Article::default()
        };
        let (card, body) = Card::of(article.clone());
        let json = serde_json::to_string(&card).unwrap();
        let card: Card = serde_json::from_str(&json).unwrap();
        assert_eq!(card.into_article(body), article);
    }
}
