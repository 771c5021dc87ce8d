//! Cuts what stands between quotations into words.
//!
//! In: a paragraph and where its quotations are. Out: [`Word`]s, with one that stands
//! for each quotation, and where sentences end.

use std::ops::Range;

use super::class::{Class, class_of, is_particle};
use super::marks::Span;
use super::name::MOST_PARTICLES;

/// A word between quotations, or what stands for one.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Its bytes, without the signs around it and a possessive ending.
    pub(super) range: Range<usize>,
    pub(super) class: Class,
    /// Whether it starts with a capital.
    pub(super) capital: bool,
    /// Whether a phrase ends with it: a comma, bracket or the like stands behind it.
    pub(super) breaks: bool,
    /// Whether a colon stands behind it.
    pub(super) colon: bool,
    /// Whether a bracket opens before it.
    pub(super) bracket: bool,
    /// Whether it had a possessive ending.
    pub(super) possessive: bool,
    /// Whether its sentence ends with it.
    pub(super) ends: bool,
    /// The number of the first word of its sentence.
    pub(super) sentence: usize,
}

impl Word {
    /// Whether it is a title such as `Mr`.
    pub(super) fn is_abbreviated_title(&self) -> bool {
        self.class == Class::Title && self.range.len() <= 3
    }
}

/// The words of `text[within]`, each of the `spans` in it as one.
pub(super) fn words(text: &str, within: Range<usize>, spans: &[Span]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = within.start;
    for (number, span) in spans.iter().enumerate() {
        narrated(text, at..span.outer.start.max(at), &mut words);
        words.push(quoted(text, span, number));
        at = span.outer.end;
    }
    narrated(text, at..within.end.max(at), &mut words);
    end_sentences(text, &mut words);
    join_names(text, &mut words);
    words
}

fn quoted(text: &str, span: &Span, number: usize) -> Word {
    Word {
        range: span.inner.clone(),
        class: Class::Quoted(number),
        capital: false,
        breaks: false,
        colon: false,
        bracket: false,
        possessive: false,
        ends: text[span.inner.clone()].ends_with(['.', '!', '?', '…']),
        sentence: 0,
    }
}

fn narrated(text: &str, within: Range<usize>, words: &mut Vec<Word>) {
    let mut at = within.start;
    for piece in text[within].split_inclusive([' ', '\n', '\t', '\r', '\u{a0}', '—', '―', '–'])
    {
        let start = at;
        at += piece.len();
        let dash = piece.ends_with(['—', '―', '–']);
        let piece = piece.trim_end_matches([' ', '\n', '\t', '\r', '\u{a0}', '—', '―', '–']);
        match word(text, start..start + piece.len()) {
            Some(word) => {
                if let (true, Some(last)) = (word.bracket, words.last_mut()) {
                    last.breaks = true;
                }
                words.push(word);
            }
            None => mark_last(piece, words),
        }
        if dash {
            words.push(sign(start + piece.len()..at));
        }
    }
}

/// A dash that stands alone.
fn sign(range: Range<usize>) -> Word {
    Word {
        range,
        class: Class::Dash,
        capital: false,
        breaks: true,
        colon: false,
        bracket: false,
        possessive: false,
        ends: false,
        sentence: 0,
    }
}

/// Signs without a word belong to the word before them.
fn mark_last(piece: &str, words: &mut [Word]) {
    if let (Some(last), false) = (words.last_mut(), piece.is_empty()) {
        last.breaks |= piece.contains([',', ';', ')', ':', '-']);
        last.colon |= piece.ends_with(':');
        last.ends |= piece.starts_with(['.', '!', '?']);
        if matches!(last.class, Class::Quoted(_)) && piece.starts_with(',') {
            last.ends = false;
        }
    }
}

fn word(text: &str, range: Range<usize>) -> Option<Word> {
    let piece = &text[range.clone()];
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '@' | '#' | '$');
    let first = piece.find(inner)?;
    let last = piece.rfind(inner)?;
    let last = last + piece[last..].chars().next().map_or(0, char::len_utf8);
    let (before, core, after) = (&piece[..first], &piece[first..last], &piece[last..]);
    let own = ["'s", "’s", "'S", "’S"];
    let stem = own.iter().find_map(|end| core.strip_suffix(end));
    let possessive = stem.is_some() || (core.ends_with('s') && after.starts_with(['\'', '’']));
    let core = stem.unwrap_or(core);
    let capital = core.starts_with(char::is_uppercase);
    let class = class_in_text(core, capital);
    let start = range.start + first;
    Some(Word {
        range: start..start + core.len(),
        class,
        capital,
        breaks: after.contains([',', ';', ')', ':', ']']),
        colon: after.ends_with(':'),
        bracket: before.contains(['(', '[']),
        possessive,
        ends: after.contains(['!', '?', '…']) || (after.contains('.') && !abbreviates(core, class)),
        sentence: 0,
    })
}

/// What `word` does, with or without a capital.
fn class_in_text(word: &str, capital: bool) -> Class {
    let class = class_of(word);
    match class {
        Class::Plain | Class::Anonymous if capital && is_acronym(word) => Class::Place,
        Class::Plain | Class::Anonymous if capital => contracted(word).unwrap_or(Class::Capital),
        Class::Speech | Class::Weak | Class::Particle if capital => Class::Capital,
        Class::Place | Class::Anonymous if !capital => Class::Plain,
        _ => class,
    }
}

/// Whether a word is short and all capitals, as few names of persons are.
fn is_acronym(word: &str) -> bool {
    (3..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The class of a pronoun with an ending: `We’ve`, `He's`.
fn contracted(word: &str) -> Option<Class> {
    let (pronoun, _) = word.split_once(['’', '\''])?;
    Some(class_of(pronoun)).filter(|class| matches!(class, Class::Other | Class::He | Class::Skip))
}

/// Whether the dot after a word does not end the sentence.
fn abbreviates(word: &str, class: Class) -> bool {
    const SHORT: &[&str] = &[
        "st", "jr", "sr", "inc", "corp", "co", "ltd", "no", "vs", "del",
    ];
    let initial = word.chars().nth(1).is_none() && word.starts_with(char::is_alphabetic);
    let title = class == Class::Title && word.len() <= 4 && word.starts_with(char::is_uppercase);
    initial
        || title
        || (class == Class::Calendar && word.len() <= 4)
        || word.contains('.')
        || SHORT.iter().any(|short| word.eq_ignore_ascii_case(short))
}

/// Takes the small words within names for parts of them: `Ann de Lee`, `Mr. de Lee`, but not
/// `Minister de Defensa`.
fn join_names(text: &str, words: &mut [Word]) {
    let small = |word: &Word| {
        matches!(
            word.class,
            Class::Preposition | Class::Article | Class::Particle
        ) && !(word.capital || word.breaks || word.ends)
    };
    for at in 1..words.len() {
        let [before, rest @ ..] = &words[at - 1..] else {
            return;
        };
        let particles = rest
            .iter()
            .take(MOST_PARTICLES)
            .take_while(|word| small(word))
            .count();
        if particles == 0 || before.breaks || before.ends || before.possessive {
            continue;
        }
        let spelled = |word: &Word| &text[word.range.clone()];
        let tied = match before.class {
            Class::Capital | Class::Particle => true,
            Class::Title => {
                before.is_abbreviated_title() || spelled(&rest[0]) == "von" && particles > 1
            }
            _ => false,
        };
        let named = rest
            .get(particles)
            .is_some_and(|word| word.class == Class::Capital);
        if tied
            && named
            && rest[..particles]
                .iter()
                .all(|word| is_particle(spelled(word)))
        {
            words[at].class = Class::Particle;
        }
    }
}

/// A sentence ends only before a capital, a quotation or the end.
fn end_sentences(text: &str, words: &mut [Word]) {
    let mut start = 0;
    for at in 0..words.len() {
        words[at].sentence = start;
        if at == start {
            open_sentence(text, &mut words[at..]);
        }
        if !words[at].ends {
            continue;
        }
        let quoted = matches!(words[at].class, Class::Quoted(_));
        words[at].ends = match words.get(at + 1) {
            None => true,
            Some(next) => match next.class {
                Class::Quoted(_) => true,
                Class::Dash => !quoted,
                _ => text[next.range.clone()]
                    .chars()
                    .next()
                    .is_none_or(|c| !c.is_lowercase()),
            },
        };
        if words[at].ends {
            start = at + 1;
        }
    }
}

/// Takes the first of `words`, which begins a sentence, for a verb if it is one.
fn open_sentence(text: &str, words: &mut [Word]) {
    if is_opening_participle(text, words) {
        words[0].class = Class::Preposition;
    } else if matches!(&text[words[0].range.clone()], "Said" | "Says" | "Added") {
        words[0].class = Class::Speech;
    }
}

/// Whether a sentence begins with a verb like `Speaking`, and not with a name.
fn is_opening_participle(text: &str, words: &[Word]) -> bool {
    let [first, next, ..] = words else {
        return false;
    };
    let word = &text[first.range.clone()];
    first.class == Class::Capital
        && next.class != Class::Capital
        && !first.breaks
        && !first.possessive
        && word.len() > 5
        && word.ends_with("ing")
        && !matches!(
            next.class,
            Class::Speech | Class::Weak | Class::Skip | Class::Be
        )
}
