//! Finds whom `he`, or `the minister`, was said of.
//!
//! In: the place of the pronoun. Out: who was last spoken of before it: the subject of
//! the sentence before it, or the one who spoke there.
//!
//! This looks back a few sentences, and into two paragraphs before.

use std::ops::Range;

use super::name::leading_person;
use super::paragraphs::Paragraph;
use super::verb::Passage;
use super::words::words;

/// How far back this looks in the paragraph of the pronoun, in sentences.
const FURTHEST_SENTENCES: usize = 8;
/// How many paragraphs before it are looked at.
const FURTHEST_PARAGRAPHS: usize = 2;
/// How many bytes at the end of each.
const LOOKED_AT_BYTES: usize = 1200;
/// How many paragraphs ago the last speaker may have spoken.
const FORGOTTEN_AFTER_PARAGRAPHS: usize = 4;

/// Who spoke last, and in which paragraph.
pub(super) type LastSpeaker<'a> = Option<(usize, &'a Range<usize>)>;

/// The person last spoken of before the word `at`.
///
/// [`None`] inside says that the paragraph has sentences enough, yet no person.
pub(super) fn in_passage(passage: Passage<'_>, at: usize) -> Option<Option<Range<usize>>> {
    let Passage {
        text,
        words,
        spoken,
    } = passage;
    let start = words[at].sentence;
    if let Some(name) = leading_person(text, words, start..at) {
        return Some(Some(name));
    }
    let mut end = start;
    for _ in 0..FURTHEST_SENTENCES {
        let start = words[end.checked_sub(1)?].sentence;
        let bytes = words[start].range.start..words[end - 1].range.end;
        let speaker = spoken
            .filter(|(at, _)| bytes.contains(at))
            .map(|(_, speaker)| speaker.clone());
        let person = speaker.or_else(|| leading_person(text, words, start..end));
        if person.is_some() {
            return Some(person);
        }
        end = start;
    }
    Some(None)
}

/// The person last spoken of in the paragraphs before the one of this number.
pub(super) fn in_paragraphs(
    text: &str,
    paragraphs: &[Paragraph],
    number: usize,
    last: LastSpeaker<'_>,
) -> Option<Range<usize>> {
    for before in (number.saturating_sub(FURTHEST_PARAGRAPHS)..number).rev() {
        if let Some((_, speaker)) = last.filter(|(spoke, _)| *spoke == before) {
            return Some(speaker.clone());
        }
        let words = words(
            text,
            last_bytes(text, paragraphs[before].range.clone()),
            &[],
        );
        let mut end = words.len();
        while let Some(last) = end.checked_sub(1) {
            let start = words[last].sentence;
            let person = leading_person(text, &words, start..end);
            if person.is_some() {
                return person;
            }
            end = start;
        }
    }
    let (spoke, speaker) = last?;
    (number - spoke <= FORGOTTEN_AFTER_PARAGRAPHS).then(|| speaker.clone())
}

/// The end of a paragraph.
pub(super) fn last_bytes(text: &str, range: Range<usize>) -> Range<usize> {
    let start = range.end.saturating_sub(LOOKED_AT_BYTES).max(range.start);
    text.ceil_char_boundary(start)..range.end
}
