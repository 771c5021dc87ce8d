//! NewsML 1.x: items whose components hold texts, pictures, or more components.
//!
//! In: XML with `NewsItem` elements. Out: an article for each story in them.
//!
//! A component with a headline or a language of its own begins a story; others
//! go on with the one that they are part of. Of components that say the same
//! thing, one is read for each language.

use std::ops::ControlFlow;

use super::draft::Draft;
use super::output::Output;
use super::wire::{body_text, byline, found_date, line, read_each};
use super::xml::{Element, root};
use super::{Format, Sample, nitf};
use crate::corpus::TextReader;

/// The format.
pub(super) struct Newsml1;

impl Format for Newsml1 {
    fn name(&self) -> &'static str {
        "newsml-1"
    }

    fn detect(&self, sample: &Sample<'_>) -> bool {
        root(sample.text).is_some_and(|root| matches!(root.name(), "NewsML" | "NewsItem"))
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        read_each(text, &["NewsItem"], out, read)
    }
}

/// A story in the making.
#[derive(Default)]
struct Story {
    draft: Draft,
    caption: String,
}

impl Story {
    fn has_body(&self) -> bool {
        !self.draft.body.trim().is_empty()
    }

    /// Adds a text, by the role of its component.
    fn add(&mut self, text: Draft, role: &str) {
        let role = role.to_lowercase();
        if role.contains("caption") {
            self.caption.push_str(&text.body);
        } else if role == "title" || role == "headline" {
            if self.draft.title.is_empty() {
                self.draft.title = text.body;
            }
        } else {
            let mut body = std::mem::take(&mut self.draft.body);
            if !body.is_empty() {
                body.push_str("\n\n");
            }
            body.push_str(&text.body);
            self.fill(text);
            self.draft.body = body;
        }
    }

    /// Fills what is still empty.
    fn fill(&mut self, other: Draft) {
        self.draft = std::mem::take(&mut self.draft).or(other);
    }

    /// All the text that a picture has is its caption.
    fn finish(mut self) -> Option<Draft> {
        if !self.has_body() {
            self.draft.body = self.caption;
        }
        (!self.draft.body.trim().is_empty()).then_some(self.draft)
    }
}

fn read(item: &Element) -> Vec<Draft> {
    let mut stories = vec![Story::default()];
    for component in item.children("NewsComponent") {
        read_component(component, &Draft::default(), &mut stories);
    }
    let whole = identification(item);
    let stories = stories.into_iter().filter_map(Story::finish).enumerate();
    let stories = stories.map(|(at, story)| Draft {
        id: match at {
            0 => whole.id.clone(),
            at => format!("{}#{}", whole.id, at + 1),
        },
        ..story.or(whole.clone())
    });
    stories.collect()
}

/// What is said of the item as a whole.
fn identification(item: &Element) -> Draft {
    let text = |path: &[&str]| item.text_at(path);
    let identifier = |name| text(&["Identification", "NewsIdentifier", name]);
    let managed = |name| text(&["NewsManagement", name]);
    Draft {
        id: identifier("PublicIdentifier")
            .or_else(|| identifier("NewsItemId"))
            .unwrap_or_default(),
        published: [
            managed("FirstCreated"),
            managed("ThisRevisionCreated"),
            identifier("DateId"),
        ]
        .into_iter()
        .flatten()
        .map(found_date)
        .collect(),
        modified: managed("ThisRevisionCreated")
            .map(found_date)
            .into_iter()
            .collect(),
        source: identifier("ProviderId"),
        lang: item.attribute("lang").map(str::to_owned),
        ..Draft::default()
    }
}

/// Adds what a component holds to the last story, or to new ones. `above` is what
/// the components around it say.
fn read_component(component: &Element, above: &Draft, stories: &mut Vec<Story>) {
    let own = described(component);
    if begins(&own, above, stories) && !stories.last().is_some_and(is_blank) {
        stories.push(Story {
            draft: Draft {
                title: String::new(),
                lead: String::new(),
                lang: None,
                ..above.clone()
            },
            ..Story::default()
        });
    }
    let known = own.clone().or(above.clone());
    let is_choice = component.attribute("EquivalentsList") == Some("yes");
    let is_made = |stories: &[Story]| is_choice && stories.last().is_some_and(Story::has_body);
    if let Some(story) = stories.last_mut() {
        story.fill(own);
    }
    let role = component.child("Role");
    let role = role.and_then(|role| role.attribute("FormalName"));
    for content in component.children("ContentItem") {
        if is_made(stories) {
            break;
        }
        if let (Some(text), Some(story)) = (text_of(content), stories.last_mut()) {
            story.add(text, role.unwrap_or_default());
        }
    }
    for part in component.children("NewsComponent") {
        if !is_made(stories) || begins(&described(part), &known, stories) {
            read_component(part, &known, stories);
        }
    }
}

/// Whether a component has a headline or language that the last story does not have.
fn begins(own: &Draft, above: &Draft, stories: &[Story]) -> bool {
    let Some(story) = stories.last().map(|story| &story.draft) else {
        return true;
    };
    let title = own.title.trim();
    let lang = story.lang.as_deref().or(above.lang.as_deref());
    (!title.is_empty() && title != story.title.trim())
        || (lang.is_some() && own.lang.is_some() && own.lang.as_deref() != lang)
}

fn is_blank(story: &Story) -> bool {
    story.draft.title.is_empty() && !story.has_body()
}

/// What a component says of itself.
fn described(component: &Element) -> Draft {
    let of_lines = |name| component.path(&["NewsLines", name]).map(line);
    let party = |kind| {
        let party = component.path(&["AdministrativeMetadata", kind, "Party"]);
        party.and_then(|party| party.attribute("FormalName"))
    };
    let source = party("Provider").or(party("Source")).map(str::to_owned);
    let source = source.or_else(|| of_lines("CreditLine"));
    let printed = of_lines("ByLine").or_else(|| party("Creator").map(str::to_owned));
    let language = component.path(&["DescriptiveMetadata", "Language"]);
    let language = language.and_then(|language| language.attribute("FormalName"));
    Draft {
        title: of_lines("HeadLine").unwrap_or_default(),
        lead: of_lines("SubHeadLine").unwrap_or_default(),
        authors: byline(&printed.unwrap_or_default()).into_iter().collect(),
        source: source.filter(|name| !name.trim().is_empty()),
        topics: topics(component),
        lang: language
            .or(component.attribute("xml:lang"))
            .map(str::to_owned),
        ..Draft::default()
    }
}

fn topics(component: &Element) -> Vec<String> {
    let lines = component.child("NewsLines");
    let lines = lines
        .into_iter()
        .flat_map(|lines| lines.children("KeywordLine"));
    let mut topics: Vec<String> = lines
        .flat_map(|keywords| {
            let keywords = line(keywords);
            let words = keywords
                .split(['/', ',', ';'])
                .map(|word| word.trim().to_owned());
            words.collect::<Vec<_>>()
        })
        .collect();
    let metadata = component.child("DescriptiveMetadata");
    let properties = metadata
        .into_iter()
        .flat_map(|all| all.descendants("Property"));
    let keywords =
        properties.filter(|property| property.attribute("FormalName") == Some("Keyword"));
    topics.extend(keywords.filter_map(|keyword| keyword.attribute("Value").map(str::to_owned)));
    topics
}

/// The text of an item of content, unless it is a picture, a film or the like.
fn text_of(content: &Element) -> Option<Draft> {
    let media = content
        .child("MediaType")
        .and_then(|media| media.attribute("FormalName"));
    if media.is_some_and(|media| !media.to_lowercase().contains("text")) {
        return None;
    }
    let held = content.child("DataContent")?;
    Some(match held.first("nitf") {
        Some(nitf) => nitf::read(nitf),
        None => Draft {
            body: body_text(held),
            ..Draft::default()
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::xml::fragment;

    fn stories(item: &str) -> Vec<(String, String)> {
        let item = fragment(item);
        let stories = read(item.child("NewsItem").unwrap()).into_iter();
        stories.map(|story| (story.title, story.body)).collect()
    }

    fn component(within: &str) -> String {
        format!("<NewsComponent>{within}</NewsComponent>")
    }

    fn text(text: &str) -> String {
        component(&format!(
            "<ContentItem><DataContent>{text}</DataContent></ContentItem>"
        ))
    }

    #[track_caller]
    fn check(components: &str, expected: &[(&str, &str)]) {
        let found = stories(&format!("<NewsItem>{components}</NewsItem>"));
        let found: Vec<_> = found
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    const A: &str = "<NewsLines><HeadLine>A</HeadLine></NewsLines>";
    const B: &str = "<NewsLines><HeadLine>B</HeadLine></NewsLines>";

    #[test]
    fn parts_make_one_story() {
        let parts = [A, &text("one"), &text("two")].concat();
        check(&component(&parts), &[("A", "one\n\ntwo")]);
    }

    #[test]
    fn a_repeated_headline_begins_no_story() {
        let inner = component(&[A, &text("one")].concat());
        check(&component(&[A, &inner].concat()), &[("A", "one")]);
    }

    #[test]
    fn headlines_of_parts_begin_stories() {
        let first = component(&[A, &text("one")].concat());
        let second = component(&[B, &text("two")].concat());
        check(
            &component(&[first, second].concat()),
            &[("A", "one"), ("B", "two")],
        );
    }

    #[test]
    fn items_without_text_are_no_stories() {
        let photo = "<ContentItem><MediaType FormalName='Photo'/><DataContent>AAEC</DataContent></ContentItem>";
        check(&component(&[A, photo].concat()), &[]);
        check("", &[]);
    }
}
