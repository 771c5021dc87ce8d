//! Gathers the clues of a name: its own words', its surroundings' and its list's.
//!
//! In: a name, as words, and what the words before it told. Out: its clues.

use super::clues::{Clues, clues_after, clues_before};
use super::line::Line;
use super::names::{Name, State};
use super::scan::{Link, Word};
use super::shape::{has_shape, has_syllables, is_abstract};
use crate::analysis::kinds::{BREAKS, Kinds};

/// The clues in the words of a name, and in what stands around it.
///
/// `text` is the part that it is in; a name without words has none.
pub(super) fn clues_of(text: &str, name: &[Word<'_>], state: State) -> Clues {
    let (Some(first), Some(last)) = (name.first(), name.last()) else {
        return Clues::default();
    };
    let before = if state.titled || state.national {
        Clues::default()
    } else {
        clues_before(text, first.start)
    };
    let told = Clues::default()
        .when(state.titled, Clues::TITLE)
        .when(state.softly, Clues::SOFT_TITLE)
        .when(state.national, Clues::NATION)
        .when(first.line == Line::Headline, Clues::HEADLINE)
        .when(first.opens, Clues::OPENS);
    told | own_clues(first, name, state) | before | clues_after(text, last.end())
}

/// The clues in the words of a name that starts with `first`.
fn own_clues(first: &Word<'_>, name: &[Word<'_>], state: State) -> Clues {
    let several = name.len() > 1;
    let weak = first.kinds.any(Kinds::WEAK);
    let given = first.kinds.any(Kinds::GIVEN) && !weak;
    let is_suffix = |word: &&Word<'_>| word.kinds.any(Kinds::SUFFIX);
    let surname = name
        .iter()
        .rev()
        .find(|word| !is_suffix(word))
        .unwrap_or(first);
    let initial = name[..name.len() - 1]
        .iter()
        .any(|word| word.kinds.any(Kinds::INITIAL));
    let particle = name[1..].iter().any(|word| word.link == Link::Particle);
    let unknown = surname.kinds == Kinds::default();
    Clues::default()
        .when(given && several, Clues::GIVEN)
        .when(given && !several, Clues::ONLY_GIVEN)
        .when(weak, Clues::WEAK)
        .when(initial, Clues::INITIAL)
        .when(particle, Clues::PARTICLE)
        .when(several && first.kinds.any(Kinds::HAN), Clues::HAN)
        .when(several && has_syllables(surname.text), Clues::SYLLABLES)
        .when(surname.kinds.any(Kinds::FAMOUS), Clues::FAMOUS)
        .when(surname.kinds.any(BREAKS), Clues::COMMON)
        .when(unknown && has_shape(surname.text), Clues::SHAPE)
        .when(
            !given && !state.titled && is_abstract(surname.text),
            Clues::NOUN,
        )
}

/// Notes which names are items of lists of names with several words.
pub(super) fn mark_lists(words: &[Word<'_>], names: &mut [Name]) {
    let listed = |left: &Name, right: &Name| {
        let next =
            left.words.end == right.words.start && words[right.words.start].link == Link::Item;
        next && left.words.len() > 1 && right.words.len() > 1
    };
    for at in 1..names.len() {
        if listed(&names[at - 1], &names[at]) {
            names[at - 1].clues |= Clues::LISTED;
            names[at].clues |= Clues::LISTED;
        }
    }
}
