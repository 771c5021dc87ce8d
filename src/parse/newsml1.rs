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
use super::wire::{body_text, line, people, read_each};
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

fn read(item: &Element) -> Vec<Draft> {
    let mut stories = vec![Draft::default()];
    for component in item.children("NewsComponent") {
        read_component(component, &Draft::default(), &mut stories);
    }
    for story in &mut stories {
        // All that a picture has is its caption.
        if story.body.trim().is_empty() {
            story.body = std::mem::take(&mut story.lead);
        }
    }
    stories.retain(|story| !story.body.trim().is_empty());
    let whole = identification(item);
    let stories = stories.into_iter().enumerate().map(|(at, story)| Draft {
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
        .map(Into::into)
        .collect(),
        modified: managed("ThisRevisionCreated")
            .map(Into::into)
            .into_iter()
            .collect(),
        source: identifier("ProviderId"),
        lang: item.attribute("lang").map(str::to_owned),
        ..Draft::default()
    }
}

/// Adds what a component holds to the last story, or to new ones.
fn read_component(component: &Element, above: &Draft, stories: &mut Vec<Draft>) {
    let own = described(component);
    begin(&own, above, stories);
    let known = own.clone().or(above.clone());
    if let Some(story) = stories.last_mut() {
        *story = std::mem::take(story).or(own);
    }
    let is_choice = component.attribute("EquivalentsList") == Some("yes");
    let role = component
        .child("Role")
        .and_then(|role| role.attribute("FormalName"));
    for content in component.children("ContentItem") {
        if is_choice && stories.last().is_some_and(has_body) {
            break;
        }
        if let (Some(text), Some(story)) = (text_of(content), stories.last_mut()) {
            add(text, role.unwrap_or_default(), story);
        }
    }
    for part in component.children("NewsComponent") {
        let is_other = begins(&described(part), &known, stories);
        if !(is_choice && stories.last().is_some_and(has_body)) || is_other {
            read_component(part, &known, stories);
        }
    }
}

fn has_body(story: &Draft) -> bool {
    !story.body.trim().is_empty()
}

/// Whether a component has a headline or language that the last story does not have.
fn begins(own: &Draft, above: &Draft, stories: &[Draft]) -> bool {
    let Some(story) = stories.last() else {
        return true;
    };
    let differs = |mine: &str, theirs: &str| !mine.is_empty() && mine != theirs;
    let lang = story.lang.as_deref().or(above.lang.as_deref());
    differs(own.title.trim(), story.title.trim())
        || (lang.is_some() && own.lang.is_some() && own.lang.as_deref() != lang)
}

/// Begins a story if the component does; it inherits all but the headline.
fn begin(own: &Draft, above: &Draft, stories: &mut Vec<Draft>) {
    if begins(own, above, stories) && !stories.last().is_some_and(is_blank) {
        stories.push(Draft {
            title: String::new(),
            lead: String::new(),
            lang: None,
            ..above.clone()
        });
    }
}

fn is_blank(story: &Draft) -> bool {
    story.title.is_empty() && !has_body(story)
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
    let byline = of_lines("ByLine").or_else(|| party("Creator").map(str::to_owned));
    let language = component.path(&["DescriptiveMetadata", "Language"]);
    let language = language.and_then(|language| language.attribute("FormalName"));
    Draft {
        title: of_lines("HeadLine").unwrap_or_default(),
        lead: of_lines("SubHeadLine").unwrap_or_default(),
        authors: people(&byline.unwrap_or_default(), source.as_deref()),
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

/// Adds a text to a story, by the role of its component.
fn add(text: Draft, role: &str, story: &mut Draft) {
    let role = role.to_lowercase();
    if role.contains("caption") {
        story.lead = std::mem::take(&mut story.lead) + &text.body;
        return;
    }
    if role == "title" || role == "headline" {
        if story.title.is_empty() {
            story.title = text.body;
        }
        return;
    }
    let mut body = std::mem::take(&mut story.body);
    if !body.is_empty() {
        body.push_str("\n\n");
    }
    body.push_str(&text.body);
    *story = std::mem::take(story).or(text);
    story.body = body;
}
