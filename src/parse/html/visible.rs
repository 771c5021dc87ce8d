//! What a page shows of its metadata: the headline, a date, a by-line, a standfirst.
//!
//! In: the elements of a page, in document order. Out: a draft, trusted less than
//! any tag that is there for programs.
//!
//! Dates and names count only below the first `<h1>`: above it a page shows what
//! day it is, and what else there is to read. A standfirst counts only above the
//! text: below it, it is another article's.

use dom_query::{Element, NodeRef};
use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::names::words;
use crate::article::DateOrigin;
use crate::parse::byline;
use crate::parse::date::parse_date;
use crate::parse::draft::{Draft, FoundDate};
use crate::text::single_spaced;

/// Longer texts are no dates, and no by-lines.
const MAX_LINE_CHARS: usize = 120;
/// A standfirst is more than a few words, and no more than a few sentences.
const LEAD_CHARS: std::ops::Range<usize> = 30..600;

/// A longer paragraph is one of the text.
const TEXT_CHARS: usize = 120;

/// What was seen so far.
#[derive(Default)]
pub(super) struct Visible {
    titles: Vec<String>,
    headings: Vec<String>,
    /// Of `<time>`, those that are named dates of publication.
    named_times: Vec<String>,
    times: Vec<String>,
    published: Option<String>,
    authors: Vec<String>,
    lead: String,
    /// Whether a paragraph of the text was seen.
    is_in_text: bool,
}

impl Visible {
    pub(super) fn take(&mut self, node: &NodeRef<'_>, element: &Element) {
        match &*element.name.local {
            "title" => self.titles.push(line(node)),
            "h1" => self.headings.push(line(node)),
            "time" => self.take_time(element),
            _ => {}
        }
        let named = element.attrs.iter().filter(|attribute| {
            matches!(&*attribute.name.local, "class" | "id" | "itemprop" | "rel")
        });
        for attribute in named {
            let words = words(&attribute.value);
            words
                .split(' ')
                .for_each(|word| self.take_named(word, node));
        }
        if &*element.name.local == "p" && !self.headings.is_empty() && !self.is_in_text {
            self.is_in_text = node.normalized_char_count() > TEXT_CHARS && line(node) != self.lead;
        }
    }

    fn take_time(&mut self, element: &Element) {
        let value = |name: &str| {
            let found = element.attrs.iter().find(|a| &*a.name.local == name);
            found.map(|attribute| attribute.value.to_string())
        };
        let Some(time) = value("datetime") else {
            return;
        };
        let is_named = value("itemprop").is_some_and(|name| name == "datePublished");
        if is_named || value("pubdate").is_some() {
            self.named_times.push(time);
        } else {
            self.times.push(time);
        }
    }

    /// Takes an element that has a word in its name.
    fn take_named(&mut self, word: &str, node: &NodeRef<'_>) {
        let is_below = !self.headings.is_empty();
        match word {
            "date" | "datetime" | "published" | "pubdate" | "posted" | "timestamp" | "time"
                if is_below && self.published.is_none() =>
            {
                self.published = short_line(node).filter(|text| is_date(text));
            }
            "author" | "authors" | "byline" | "autor" | "autore" | "auteur"
                if is_below && self.authors.is_empty() =>
            {
                let byline = short_line(node);
                let date = byline.clone().filter(|text| is_date(text));
                if date.is_some() && !self.is_in_text {
                    self.published = self.published.take().or(date);
                }
                self.authors = byline.map(people).unwrap_or_default();
            }
            "standfirst" | "dek" | "subheadline" | "subtitle"
                if is_below && !self.is_in_text && self.lead.is_empty() && !is_of_another(node) =>
            {
                let text = Some(line(node));
                self.lead = text
                    .filter(|text| LEAD_CHARS.contains(&text.chars().count()))
                    .unwrap_or_default();
            }
            _ => {}
        }
    }

    /// All of it.
    pub(super) fn into_draft(self) -> Draft {
        let title = self.title();
        let times = self.named_times.into_iter().chain(self.times).take(1);
        let mut published: Vec<_> = FoundDate::all(DateOrigin::TimeElement, times).collect();
        published.extend(FoundDate::all(DateOrigin::Text, self.published));
        Draft {
            title,
            published,
            authors: self.authors,
            ..Draft::default()
        }
    }

    /// What the page says of the article in brief, between headline and text.
    pub(super) fn standfirst(&self) -> &str {
        &self.lead
    }

    /// The heading that is a headline, unless it is but a name: the page's title begins
    /// with it, if need be after a label (`Opinion | `); or it is one of the titles
    /// `given` to programs; or it is the only heading, and about what these are about.
    pub(super) fn headline(&self, given: &[&str]) -> Option<String> {
        const MIN_WORDS: usize = 4;
        let title = self.titles.iter().find(|title| !title.is_empty());
        let is_given = |heading: &str| {
            title.is_some_and(|title| begins_with(title, heading))
                || given
                    .iter()
                    .any(|given| given.split_whitespace().eq(heading.split(' ')))
        };
        let is_headline =
            |heading: &&String| heading.split(' ').count() >= MIN_WORDS && is_given(heading);
        let only = || {
            let mut headings = self.headings.iter().filter(|heading| !heading.is_empty());
            let first = headings.next()?;
            let is_alike = || given.iter().any(|given| is_alike(first, given));
            (headings.all(|heading| heading == first) && is_alike()).then_some(first)
        };
        let found = self.headings.iter().find(is_headline);
        found.or_else(only).cloned()
    }

    /// The first heading if the page's title has it, else that title.
    fn title(&self) -> String {
        let title = self.titles.iter().find(|title| !title.is_empty());
        let heading = self.headings.iter().find(|heading| !heading.is_empty());
        match (title, heading) {
            (Some(title), Some(heading)) if title.contains(heading.as_str()) => heading.clone(),
            (Some(title), _) => title.clone(),
            (None, heading) => heading.cloned().unwrap_or_default(),
        }
    }
}

/// Whether a title begins with a heading, if need be after a word or two and a bar.
fn begins_with(title: &str, heading: &str) -> bool {
    const MAX_LABEL_WORDS: usize = 2;
    let is_labelled = || {
        let (label, rest) = title.split_once(" | ")?;
        Some(label.split(' ').count() <= MAX_LABEL_WORDS && rest.starts_with(heading))
    };
    title.starts_with(heading) || is_labelled().unwrap_or(false)
}

/// Whether a heading of several words shares two long ones with a title.
fn is_alike(heading: &str, title: &str) -> bool {
    const MIN_WORDS: usize = 5;
    const MIN_CHARS: usize = 4;
    let long = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| word.chars().nth(MIN_CHARS - 1).is_some());
        words.map(str::to_lowercase).collect::<FxHashSet<_>>()
    };
    heading.split(' ').count() >= MIN_WORDS
        && long(heading).intersection(&long(title)).nth(1).is_some()
}

/// Whether an element is in a link, a list, or a box for other articles.
fn is_of_another(node: &NodeRef<'_>) -> bool {
    const LEVELS: usize = 8;
    const NAMES: &[&str] = &["related", "recommended", "trending", "promo"];
    node.ancestors_it(Some(LEVELS)).any(|above| {
        let Some(element) = above.element_ref() else {
            return false;
        };
        let is_box = |value: &str| words(value).split(' ').any(|word| NAMES.contains(&word));
        matches!(
            &*element.name.local,
            "a" | "li" | "aside" | "nav" | "footer"
        ) || ["class", "id"]
            .iter()
            .any(|name| above.attr(name).is_some_and(|value| is_box(&value)))
    })
}

/// The text of an element in one line.
fn line(node: &NodeRef<'_>) -> String {
    single_spaced(&node.text())
}

fn short_line(node: &NodeRef<'_>) -> Option<String> {
    (node.normalized_char_count() <= MAX_LINE_CHARS).then(|| line(node))
}

fn is_date(text: &str) -> bool {
    matches!(parse_date(text, None, Date::MAX), Ok(Some(_)))
}

/// The people of a by-line; nobody if it is not plainly one.
fn people(byline: String) -> Vec<String> {
    let names = byline::people(&[byline], None);
    if names.iter().all(|name| is_name(name)) {
        names
    } else {
        Vec::new()
    }
}

/// Whether a text is two to four words that begin and end with a capital.
fn is_name(text: &str) -> bool {
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    let words: Vec<&str> = text.split(' ').collect();
    (2..=4).contains(&words.len())
        && !["The", "A", "An"].contains(&words[0])
        && [words.first(), words.last()]
            .into_iter()
            .flatten()
            .all(is_capital)
        && text
            .chars()
            .all(|c| c.is_alphabetic() || " .'’-".contains(c))
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    #[track_caller]
    fn check(html: &str, published: &[&str], authors: &[&str], lead: &str) {
        let document = Document::from(html);
        let mut visible = Visible::default();
        for node in document.root().descendants_it() {
            if let Some(element) = node.element_ref() {
                visible.take(&node, &element);
            }
        }
        let standfirst = visible.standfirst().to_owned();
        let draft = visible.into_draft();
        let dates: Vec<&str> = draft
            .published
            .iter()
            .map(|date| date.text.as_str())
            .collect();
        assert_eq!(dates, published, "{html}");
        assert_eq!(draft.authors, authors, "{html}");
        assert_eq!(standfirst, lead, "{html}");
    }

    #[test]
    fn what_stands_below_the_headline() {
        check(
            "<p class=date>24 November 2026</p><h1>Port opens</h1><p class=sub-title>no</p>
             <p class=standfirst>Ships come in again after a week.</p><span class='art-byline'>By Ann Lee and Bob Ray</span>
             <div id=publish-date>Published March 3, 2025</div><div class=date>March 4, 2025</div>",
            &["Published March 3, 2025"],
            &["Ann Lee", "Bob Ray"],
            "Ships come in again after a week.",
        );
    }

    #[test]
    fn the_headline_is_what_the_title_begins_with() {
        let headline_of = |html: &str, given: &str| {
            let document = Document::from(html);
            let mut visible = Visible::default();
            for node in document.root().descendants_it() {
                if let Some(element) = node.element_ref() {
                    visible.take(&node, &element);
                }
            }
            visible.headline(&[given])
        };
        let headline = |html: &str| headline_of(html, "");
        let html = "<title>The port is open again - Ledger</title><h1>Ledger</h1><h1>The port is open again</h1>";
        assert_eq!(headline(html).as_deref(), Some("The port is open again"));
        assert_eq!(
            headline("<title>The Ledger</title><h1>The Ledger</h1>"),
            None
        );
        assert_eq!(
            headline("<title>Port open</title><h1>The port is open again</h1>"),
            None
        );
        let given = "The port  is open again ";
        let found = headline_of("<title>Port</title><h1>The port is open again</h1>", given);
        assert_eq!(found.as_deref(), Some("The port is open again"));
        let html = "<title>Opinion | The port is open - Ledger</title><h1>The port is open</h1>";
        assert_eq!(headline(html).as_deref(), Some("The port is open"));
        let html = "<title>News of the day | News of the Port</title><h1>News of the Port</h1>";
        assert_eq!(headline(html), None);
        let html = "<h1>‘We had storms’, says master of harbour</h1>";
        assert!(headline_of(html, "Harbour closed for storms, its master says").is_some());
        assert!(headline_of(html, "Bread is dear").is_none());
        let html = format!("{html}<h1>Other news</h1>");
        assert!(headline_of(&html, "Harbour closed for storms, its master says").is_none());
    }

    #[test]
    fn what_stands_in_boxes_is_of_other_articles() {
        let dek = "<p class=dek>Cows may be painted in stripes.</p>";
        for html in [
            format!("<h1>Port opens</h1><div class=relatedContent><div>{dek}</div></div>"),
            format!("<h1>Port opens</h1><ul><li>{dek}</ul>"),
        ] {
            check(&html, &[], &[], "");
        }
    }

    #[test]
    fn what_stands_below_the_text_is_of_other_articles() {
        let text = "The port was closed for a week. ".repeat(5);
        let below =
            "<div class=author>3 March 2025</div><p class=dek>Cows may be painted in stripes.</p>";
        check(
            &format!("<h1>Port opens</h1><p>{text}</p>{below}"),
            &[],
            &[],
            "",
        );
        check(
            &format!("<h1>Port opens</h1>{below}<p>{text}</p>"),
            &["3 March 2025"],
            &[],
            "Cows may be painted in stripes.",
        );
    }

    #[test]
    fn times_that_are_named_come_first() {
        let html = "<time datetime=2025-03-04></time><time pubdate datetime=2025-03-03></time>";
        check(html, &["2025-03-03"], &[], "");
    }

    #[test]
    fn what_is_no_name_or_date_is_not_taken() {
        let html = "<h1>a</h1><p class=author>The Harbour Office</p><p rel=author>ask us</p><p class=date>soon</p>";
        check(html, &[], &[], "");
    }
}
