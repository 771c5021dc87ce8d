//! The article: plain data that every stage of the program passes on.
//!
//! Parsers make articles, the analysis reads them, engines keep them, and the
//! presentation prints them. Nothing here knows where they come from or go to.

use jiff::Timestamp;
use jiff::civil::Date;

/// One news article, as the archive gives it.
///
/// Texts are valid Unicode in NFC. An absent text is empty or `None`, never a
/// placeholder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The record's own id, else the path below the indexed folder (with `#member` in
    /// an archive, and `#N` in a file of several records). Unique in an index.
    pub id: String,
    /// The file it was read from, as the user would name it.
    pub path: String,
    /// The way to it inside that file, where the file is an archive.
    pub member: Option<String>,
    /// Where it was published on the web.
    pub url: Option<String>,
    /// The headline; empty if there is none.
    pub title: String,
    /// The standfirst or subtitle between headline and text; empty if there is none.
    pub lead: String,
    /// The text; paragraphs are separated by a blank line.
    pub body: String,
    /// When it was published.
    pub published: Option<ArticleDate>,
    /// When it was last changed, by its own account.
    pub modified: Option<ArticleDate>,
    /// The people of the by-line, a name each.
    pub authors: Vec<String>,
    /// The by-line as the record has it, if it says more than the authors' names.
    pub byline: Option<String>,
    /// The outlet, by the name that it is counted by.
    pub source: Option<String>,
    /// The outlet as the record has it, if that is another spelling.
    pub source_raw: Option<String>,
    /// The outlet's section.
    pub section: Option<String>,
    /// Keywords and tags.
    pub topics: Vec<String>,
    /// The language, an ISO 639-1 code in lower case where there is one.
    pub lang: Option<String>,
}

impl Article {
    /// What its outlet is called, here and in the record.
    pub fn source_spellings(&self) -> impl Iterator<Item = &str> {
        self.source
            .iter()
            .chain(&self.source_raw)
            .map(String::as_str)
    }

    /// What its authors are called, a name each, and in the record.
    pub fn author_spellings(&self) -> impl Iterator<Item = &str> {
        self.authors.iter().chain(&self.byline).map(String::as_str)
    }

    /// Where it is: the file, and in an archive the way to it, after a `#`.
    pub fn place(&self) -> String {
        match &self.member {
            Some(member) => format!("{}#{member}", self.path),
            None => self.path.clone(),
        }
    }
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
    /// The moment.
    Instant,
}

impl Precision {
    /// Its name to programs: `year`, `month`, `day` or `instant`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Instant => "instant",
        }
    }
}

/// Where in its record an article's date was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateOrigin {
    /// A field of the record: a key, a column, an element that is there for it.
    #[default]
    Field,
    /// A page's JSON-LD.
    JsonLd,
    /// A page's `<meta>` tags.
    Meta,
    /// A page's `<time>` elements.
    TimeElement,
    /// The address of the page, as in `/2025/03/15/`.
    Url,
    /// A header of a mail or of an HTTP response.
    Header,
    /// The running text: a dateline or a line above it.
    Text,
}

impl DateOrigin {
    /// Its name to programs: `field`, `json-ld`, `meta`, `time-element`, `url`, `header` or `text`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::JsonLd => "json-ld",
            Self::Meta => "meta",
            Self::TimeElement => "time-element",
            Self::Url => "url",
            Self::Header => "header",
            Self::Text => "text",
        }
    }
}

/// A date with the precision that its source gave it, and that source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArticleDate {
    /// The day on the article's own calendar (its own time zone); the first day
    /// where only a month or a year is known.
    pub day: Date,
    /// The moment, if it is known.
    pub instant: Option<Timestamp>,
    /// How much of it is known.
    pub precision: Precision,
    /// Where it was found.
    pub origin: DateOrigin,
}

impl ArticleDate {
    /// A date of which the day is known, from a field of the record.
    pub fn day(day: Date) -> Self {
        Self {
            day,
            instant: None,
            precision: Precision::Day,
            origin: DateOrigin::Field,
        }
    }

    /// Seconds since 1970 in UTC, for sorting; a day counts from its midnight.
    pub fn sort_seconds(&self) -> i64 {
        self.instant.map_or_else(
            || i64::from(day_number(self.day)) * 86_400,
            Timestamp::as_second,
        )
    }

    /// The date up to the day, ISO 8601, at its precision: `2025`, `2025-03` or `2025-03-15`.
    pub fn iso_day(&self) -> String {
        match self.precision {
            Precision::Year => format!("{:04}", self.day.year()),
            Precision::Month => format!("{:04}-{:02}", self.day.year(), self.day.month()),
            Precision::Day | Precision::Instant => self.day.to_string(),
        }
    }
}

/// Days since 1970-01-01, negative before.
pub fn day_number(day: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    // Dates span fewer than 2^23 days.
    epoch.until(day).map_or(0, |span| span.get_days())
}

/// The day that is `number` days after 1970-01-01; `None` beyond the years -9999 to 9999.
pub fn day_from_number(number: i32) -> Option<Date> {
    use jiff::ToSpan;
    Date::constant(1970, 1, 1).checked_add(number.days()).ok()
}
