//! Who is named in an article, and who is quoted.
//!
//! In: the texts of an article. Out: where each person is named, under the fullest name
//! that the article gives, and each quotation with its speaker, who is one of these people
//! wherever the name of the speaker is one of them.
//!
//! Names are compared by the keys of their words ([`spelling_key`]), so that the spellings
//! of a name are one: a person goes by a name if each word of it is among those of the
//! person's own.

use std::ops::Range;

use super::people::{People, people, words_before_name};
use super::quotations::{Quotation, Speaker, quotations};
use super::spelling::spelling_key;
use super::tokens;

/// Words of names that people are as well called without, in lower case; fewer than
/// begin names, for some of those are surnames as well (Das, Ten).
const PARTICLES: &[&str] = &[
    "al", "el", "bin", "ibn", "da", "de", "del", "della", "di", "do", "dos", "du", "la", "le",
    "van", "von", "der", "den", "und", "y", "jr", "sr",
];

/// People among whom a speaker is looked for who is not named as one of them.
const MAX_SEARCHED: usize = 1_000;

/// The number of the title among an article's texts.
pub const TITLE: usize = 0;

/// A place where a person is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The person's number in [`Attribution::names`].
    pub name: usize,
}

/// Words that a person is quoted with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributedQuotation {
    /// Bytes of the text: what stands between the quotation marks.
    pub range: Range<usize>,
    /// Where the speaker is named: the number of a text, this one's or the title's, and bytes
    /// of that.
    pub speaker: (usize, Range<usize>),
    /// The speaker's number in [`Attribution::names`].
    pub name: usize,
}

/// The people of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributedText {
    /// Where people are named, in order, not overlapping.
    pub mentions: Vec<Naming>,
    /// What people are quoted with, in order, not overlapping; nothing of unknown speakers.
    pub quotations: Vec<AttributedQuotation>,
}

/// The people of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// The keys of each person's name, a word each, none twice.
    pub names: Vec<Vec<String>>,
    /// The texts in the order that they were given in.
    pub texts: Vec<AttributedText>,
}

impl Attribution {
    /// Whether a person goes by a name with these keys; no one goes by none.
    pub fn goes_by(&self, name: usize, keys: &[String]) -> bool {
        let own = self.names.get(name);
        own.is_some_and(|own| !keys.is_empty() && keys.iter().all(|key| own.contains(key)))
    }
}

/// The words of a name by which a query asks for a person: without particles (`al`, `von`),
/// initials and the titles that texts have before names, unless it has nothing else.
pub fn name_words(name: &str) -> Vec<&str> {
    let mut words = known_words(name);
    words.drain(..words_before_name(&words));
    words
}

/// The keys of the words by which a query asks for a person, none twice.
pub fn name_keys(name: &str) -> Vec<String> {
    keys(name_words(name))
}

/// The words by which a person is known in a text: without particles (`al`, `von`) and
/// initials, unless the name has nothing else.
fn known_words(name: &str) -> Vec<&str> {
    let is_telling = |word: &&str| {
        let is_initial = word.chars().nth(1).is_none();
        !is_initial && !PARTICLES.contains(&&*word.to_lowercase())
    };
    let words = || tokens(name).map(|token| token.surface);
    let telling: Vec<&str> = words().filter(is_telling).collect();
    match telling.is_empty() {
        true => words().collect(),
        false => telling,
    }
}

fn keys(words: Vec<&str>) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for key in words.into_iter().map(spelling_key) {
        if !key.is_empty() && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// Finds the people of an article in its texts, the title first.
pub fn attribution(texts: [&str; 3]) -> Attribution {
    let People {
        people: persons,
        mentions,
    } = people(&texts);
    let mut attribution = Attribution {
        names: persons
            .iter()
            .map(|one| keys(known_words(&one.name)))
            .collect(),
        texts: Vec::with_capacity(texts.len()),
    };
    attribution
        .texts
        .resize_with(texts.len(), AttributedText::default);
    for mention in mentions {
        if let Some(text) = attribution.texts.get_mut(mention.part) {
            text.mentions.push(Naming {
                range: mention.range,
                name: mention.person,
            });
        }
    }
    // Whom a text has as its speaker its title may name, which has no title itself.
    for (number, title) in [(0, ""), (1, texts[0]), (2, texts[0])] {
        let found = quotations(title, texts[number]).into_iter();
        let found = found.filter_map(|found| attribution.attributed(&texts, (number, found)));
        attribution.texts[number].quotations = found.collect();
    }
    attribution
}

impl Attribution {
    /// A quotation in a text with the person who said it: the one who is named there, or whom
    /// the words of the name call so.
    fn attributed(
        &mut self,
        texts: &[&str; 3],
        (text, quotation): (usize, Quotation),
    ) -> Option<AttributedQuotation> {
        let (place, range) = match quotation.speaker? {
            Speaker::InTitle(range) => (TITLE, range),
            Speaker::InText(range) => (text, range),
        };
        let mentions = &self.texts[place].mentions;
        let next = mentions.partition_point(|one| one.range.end <= range.start);
        let named = mentions.get(next).filter(|one| one.range.start < range.end);
        let name = match named {
            Some(named) => named.name,
            None => self.number(keys(known_words(texts[place].get(range.clone())?)))?,
        };
        Some(AttributedQuotation {
            range: quotation.range,
            speaker: (place, range),
            name,
        })
    }

    /// The number of the one who has exactly these keys, or else of the only one who goes by
    /// a name with them, or else a new one.
    fn number(&mut self, keys: Vec<String>) -> Option<usize> {
        if keys.is_empty() {
            return None;
        }
        let searched = 0..self.names.len().min(MAX_SEARCHED);
        let same = searched.clone().find(|&name| self.names[name] == keys);
        let mut known = searched.filter(|&name| self.goes_by(name, &keys));
        let only = known.next().filter(|_| known.next().is_none());
        Some(same.or(only).unwrap_or_else(|| {
            self.names.push(keys);
            self.names.len() - 1
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is said of people, a line each: names in the title and the body, then quotations.
    #[track_caller]
    fn check(title: &str, body: &str, expected: &[&str]) {
        let texts = [title, "", body];
        let found = attribution(texts);
        let mut lines = Vec::new();
        for (text, of_text) in texts.into_iter().zip(&found.texts) {
            let called = ["Ann Quill", "Bert Strand"];
            let name = |name: usize| {
                let mut called = called.into_iter();
                called
                    .find(|called| found.goes_by(name, &name_keys(called)))
                    .unwrap_or_default()
            };
            for mention in &of_text.mentions {
                lines.push(format!(
                    "{} is {}",
                    &text[mention.range.clone()],
                    name(mention.name)
                ));
            }
            for said in &of_text.quotations {
                lines.push(format!(
                    "{}: {}",
                    name(said.name),
                    &text[said.range.clone()]
                ));
            }
        }
        assert_eq!(lines, expected);
    }

    #[test]
    fn quotations_are_of_the_people_named() {
        check(
            "Ann Quill on ferries",
            "Ann Quill met Bert Strand. “The ferries sail again on Monday,” said Quill.",
            &[
                "Ann Quill is Ann Quill",
                "Ann Quill is Ann Quill",
                "Bert Strand is Bert Strand",
                "Quill is Ann Quill",
                "Ann Quill: The ferries sail again on Monday,",
            ],
        );
    }

    #[test]
    fn names_are_compared_by_their_telling_words() {
        assert_eq!(name_keys("John F. Strand"), name_keys("John Strand"));
        assert_eq!(name_keys("Ann von Quill"), name_keys("Ann Quill"));
        assert_eq!(name_keys("X"), [spelling_key("X")]);
        assert_eq!(name_keys("…"), [""; 0]);
        let found = attribution(["Ann Quill met Bert Strand", "", ""]);
        assert!(found.goes_by(0, &name_keys("Quill")));
        assert!(!found.goes_by(0, &name_keys("Ann Strand")));
        assert!(!found.goes_by(0, &[]));
    }

    #[test]
    fn titles_of_a_query_are_no_part_of_a_name() {
        #[track_caller]
        fn check(name: &str, words: &[&str]) {
            assert_eq!(name_words(name), words, "{name}");
        }
        check("President Quill", &["Quill"]);
        check("mr. quill", &["quill"]);
        check("Secretary Ann Quill", &["Ann", "Quill"]);
        check("Vice President Quill", &["Quill"]);
        check("Prime Minister Ann Quill", &["Ann", "Quill"]);
        check("French President Quill", &["Quill"]);
        check("Secretary of State Quill", &["Quill"]);
        check("Президент Квилл", &["Квилл"]);
        check("President", &["President"]);
        check("Mr President", &["President"]);
        check("Senator King", &["King"]);
        check("President Ford", &["Ford"]);
        check("Mayor of London", &["of", "London"]);
        check("Bert King", &["Bert", "King"]);
        check("Jordan Strand", &["Jordan", "Strand"]);
        check("Mr Jordan Strand", &["Jordan", "Strand"]);
        check("French Quill", &["French", "Quill"]);
        check("", &[]);
    }

    #[test]
    fn surnames_of_an_article_that_are_titles_are_part_of_a_name() {
        let found = attribution(["Bert King met Ann Quill", "", ""]);
        assert!(found.goes_by(0, &name_keys("King")));
        assert!(found.goes_by(0, &name_keys("Mr Bert King")));
        assert!(!found.goes_by(0, &name_keys("Ann King")));
    }

    proptest! {
        #[test]
        fn what_is_found_are_ordered_ranges_of_the_texts(
            title in "\\PC{0,40}",
            body in "([a-z]{1,4}|Ann Quill|Quill|said|\"|“|”|'|\\.|,|:|\n|\n\n| |\\PC){0,60}",
        ) {
            let texts = [&*title, "", &body];
            let found = attribution(texts);
            prop_assert_eq!(found.texts.len(), texts.len());
            for (text, of_text) in texts.into_iter().zip(&found.texts) {
                let mut end = 0;
                for mention in &of_text.mentions {
                    prop_assert!(mention.range.start >= end && mention.name < found.names.len());
                    end = mention.range.end;
                    prop_assert!(text.get(mention.range.clone()).is_some());
                }
                let mut end = 0;
                for said in &of_text.quotations {
                    prop_assert!(said.range.start >= end && said.name < found.names.len());
                    end = said.range.end;
                    prop_assert!(text.get(said.range.clone()).is_some());
                    let (place, speaker) = said.speaker.clone();
                    prop_assert!(texts[place].get(speaker).is_some());
                }
            }
        }
    }
}
