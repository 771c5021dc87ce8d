//! An article in the making: what a format found, before it is checked.
//!
//! In: raw texts by field. Out: an [`Article`] with clean texts, dates read,
//! language named.

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::byline::people;
use super::date::{BadDate, parse_date};
use super::language;
use super::mojibake::{self, Damage};
use super::tidy::{tidy_line, tidy_text};
use crate::analysis::{known_outlet, language_code, outlet_name};
use crate::article::{Article, ArticleDate, DateOrigin};
use crate::error::ProblemKind;

/// Authors and topics beyond this many are left out.
const MAX_NAMES: usize = 100;
/// A lead longer than this is a text of its own, not a standfirst.
const MAX_LEAD_CHARS: usize = 1_000;

/// What is wrong with an article that is kept all the same.
pub(super) type Complaint = (ProblemKind, String);

/// A date as a format found it, not read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundDate {
    pub(super) text: String,
    pub(super) origin: DateOrigin,
}

impl FoundDate {
    /// The dates of one origin.
    pub(super) fn all(
        origin: DateOrigin,
        texts: impl IntoIterator<Item = String>,
    ) -> impl Iterator<Item = Self> {
        texts.into_iter().map(move |text| Self { text, origin })
    }
}

impl From<String> for FoundDate {
    fn from(text: String) -> Self {
        Self {
            text,
            origin: DateOrigin::Field,
        }
    }
}

/// The fields of an article as a format found them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) id: String,
    pub(super) url: Option<String>,
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) body: String,
    /// Dates of publication, the most trusted first.
    pub(super) published: Vec<FoundDate>,
    /// Dates of the last change, the most trusted first.
    pub(super) modified: Vec<FoundDate>,
    /// By-lines as the record has them, for one person or for several each.
    pub(super) authors: Vec<String>,
    /// The outlet as the record has it.
    pub(super) source: Option<String>,
    pub(super) section: Option<String>,
    pub(super) topics: Vec<String>,
    pub(super) lang: Option<String>,
}

impl Draft {
    /// Fills what is still empty from another draft that is trusted less.
    pub(super) fn or(mut self, other: Self) -> Self {
        let texts = [
            (&mut self.id, other.id),
            (&mut self.title, other.title),
            (&mut self.lead, other.lead),
            (&mut self.body, other.body),
        ];
        for (mine, theirs) in texts {
            if mine.trim().is_empty() {
                *mine = theirs;
            }
        }
        self.published.extend(other.published);
        self.modified.extend(other.modified);
        for (mine, theirs) in [
            (&mut self.authors, other.authors),
            (&mut self.topics, other.topics),
        ] {
            if mine.is_empty() {
                *mine = theirs;
            }
        }
        self.url = self.url.or(other.url);
        self.source = self.source.or(other.source);
        self.section = self.section.or(other.section);
        self.lang = self.lang.or(other.lang);
        self
    }

    /// Turns the draft into an article, with what is wrong with its dates and texts.
    pub(super) fn finish(mut self, path: &str, today: Date) -> (Article, Vec<Complaint>) {
        let mut complaints = Vec::new();
        if let Some(damage) = self.repair() {
            complaints.push((ProblemKind::Mojibake, damage));
        }
        let body = tidy_text(self.body);
        let mut lead = tidy_line(self.lead);
        let title = tidy_line(self.title);
        if begins_with(&body, &lead)
            || is_excerpt(&body, &lead)
            || lead == title
            || lead.chars().nth(MAX_LEAD_CHARS).is_some()
        {
            lead.clear();
        }
        let lang = self
            .lang
            .and_then(|name| language_code(&name))
            .filter(|code| language::can_be(code, &body))
            .or_else(|| language::detect(&body));
        let (published, bad_date) = first_date(&self.published, lang.as_deref(), today);
        let (modified, bad_modified) = first_date(&self.modified, lang.as_deref(), today);
        let url = tidy_option(self.url);
        let (source, source_raw) = outlet(tidy_option(self.source), url.as_deref());
        let (authors, byline) = credits(tidy_names(self.authors), source.as_deref());
        let article = Article {
            id: tidy_line(self.id),
            path: path.to_owned(),
            member: None,
            url,
            title,
            lead,
            body,
            published,
            modified,
            authors,
            byline,
            source,
            source_raw,
            section: tidy_option(self.section),
            topics: tidy_names(self.topics),
            lang,
        };
        if let Some(bad) = bad_date.or(bad_modified) {
            complaints.push((ProblemKind::BadDate, bad.to_string()));
        }
        (article, complaints)
    }

    /// Undoes wrong decoding in all that people read, and tells about it.
    fn repair(&mut self) -> Option<String> {
        let mut damage = Damage::default();
        let texts = [&mut self.title, &mut self.lead, &mut self.body];
        let names = [&mut self.source, &mut self.section];
        let lists = [&mut self.authors, &mut self.topics];
        for text in texts
            .into_iter()
            .chain(names.into_iter().flatten())
            .chain(lists.into_iter().flatten())
        {
            *text = mojibake::repair(std::mem::take(text), &mut damage);
        }
        damage.message()
    }
}

/// The first date that can be read, and what is wrong with one before it: with
/// any if none can be read, else only with one that cannot be.
fn first_date(
    found: &[FoundDate],
    lang: Option<&str>,
    today: Date,
) -> (Option<ArticleDate>, Option<BadDate>) {
    let mut complaint: Option<BadDate> = None;
    for FoundDate { text, origin } in found {
        match parse_date(text, lang, today) {
            Ok(Some(date)) => {
                let origin = *origin;
                let complaint = complaint.filter(BadDate::is_impossible);
                return (Some(ArticleDate { origin, ..date }), complaint);
            }
            Ok(None) => {}
            Err(bad) => complaint = complaint.or(Some(bad)),
        }
    }
    (None, complaint)
}

/// The outlet's name, else the one at the article's address, and the spelling of the
/// record if that is another.
fn outlet(raw: Option<String>, url: Option<&str>) -> (Option<String>, Option<String>) {
    match raw {
        Some(raw) => {
            let name = outlet_name(&raw);
            let is_other = name != raw;
            (Some(name), is_other.then_some(raw))
        }
        None => (url.and_then(known_outlet).map(str::to_owned), None),
    }
}

/// The authors, and the by-line if it says more than their names.
fn credits(bylines: Vec<String>, source: Option<&str>) -> (Vec<String>, Option<String>) {
    let mut authors = people(&bylines, source);
    authors.truncate(MAX_NAMES);
    let byline = (authors != bylines).then(|| bylines.join("; "));
    (authors, byline)
}

/// Whether the body repeats the lead at its start; an ellipsis ends a lead that was cut.
fn begins_with(body: &str, lead: &str) -> bool {
    let lead = lead.trim_end_matches(['.', '…', '[', ']', ' ']);
    let mut words = body.split_whitespace();
    !lead.is_empty()
        && lead
            .split(' ')
            .all(|word| words.next().is_some_and(|w| w.starts_with(word)))
}

/// Whether a program cut the lead out of the body: its last words, before an ellipsis,
/// are among the first ones of the body.
fn is_excerpt(body: &str, lead: &str) -> bool {
    const WORDS: usize = 6;
    const BODY_WORDS: usize = 400;
    let kept = lead.trim_end_matches(['.', '…', '[', ']', ' ']);
    if !lead[kept.len()..].contains("...") && !lead[kept.len()..].contains('…') {
        return false;
    }
    // The last word may be cut, too.
    let mut words: Vec<&str> = kept.split(' ').collect();
    words.pop();
    let first: Vec<&str> = body.split_whitespace().take(BODY_WORDS).collect();
    words
        .last_chunk::<WORDS>()
        .is_some_and(|last| first.windows(WORDS).any(|run| run == last))
}

fn tidy_option(text: Option<String>) -> Option<String> {
    text.map(tidy_line).filter(|text| !text.is_empty())
}

/// The names that are not blank, each once, in their order.
fn tidy_names(names: Vec<String>) -> Vec<String> {
    let mut seen = FxHashSet::default();
    names
        .into_iter()
        .map(tidy_line)
        .filter(|name| !name.is_empty() && seen.insert(name.clone()))
        .take(MAX_NAMES)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_that_were_cut_out_of_the_text_are_excerpts() {
        let body = "Tarn.\nShips came back to the harbour\non Monday after the storm.";
        for (lead, is) in [
            ("Share this Ships came back to the harbour on Mond...", true),
            ("3 min Ships came back to the harbour on Monday […]", true),
            ("Share this Ships came back to the harbour on Monday", false),
            ("Boats came in again to the old harbour on Monday…", false),
            ("the harbour…", false),
            ("…", false),
            ("", false),
        ] {
            assert_eq!(is_excerpt(body, lead), is, "{lead}");
        }
    }
}
