//! Cuts runs of capitalised words into what may be names.
//!
//! In: the capitalised words of an article. Out: names, each a range of words with
//! its clues. A title, nationality, month or common word ends a name; what belongs to
//! an organisation or a place goes with it.

use std::ops::Range;

use super::clues::Clues;
use super::line::Line;
use super::name_clues::{clues_of, mark_lists};
use super::scan::{Link, Word};
use super::shape::{has_syllables, is_given, is_partners};
use crate::analysis::kinds::{BREAKS, Kinds, SURNAMES};

/// Words in a row that may name a person.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// Places in the article's words; not empty.
    pub(super) words: Range<usize>,
    pub(super) clues: Clues,
}

/// Words of the longest name.
const MOST_IN_NAME: usize = 8;

/// Finds the names among `words`, in the order of the text, and those within names of
/// organisations.
pub(super) fn names(parts: &[&str], words: &[Word<'_>]) -> (Vec<Name>, Vec<Name>) {
    let mut cutter = Cutter {
        parts,
        words,
        names: Vec::new(),
        organisations: Vec::new(),
        first: 0,
        state: State::default(),
    };
    for at in 0..words.len() {
        cutter.take(at);
    }
    cutter.close(words.len());
    mark_lists(words, &mut cutter.names);
    (cutter.names, cutter.organisations)
}

/// What came before the name at hand.
#[derive(Clone, Copy, Default)]
pub(super) struct State {
    /// A title, whose name may follow.
    pub(super) titled: bool,
    /// A title that may be part of something else's name.
    pub(super) softly: bool,
    /// A nationality or the possessive of a country.
    pub(super) national: bool,
    /// An `of` and what follows stand behind the title.
    of: bool,
    /// A word that starts names of places and clubs.
    opened: bool,
}

struct Cutter<'t, 'w> {
    parts: &'t [&'t str],
    words: &'w [Word<'t>],
    names: Vec<Name>,
    organisations: Vec<Name>,
    /// Where the name at hand starts; it ends before the word at hand.
    first: usize,
    state: State,
}

impl Cutter<'_, '_> {
    fn take(&mut self, at: usize) {
        let word = &self.words[at];
        match word.link {
            Link::Space => {}
            Link::Line if self.goes_on_below(at) => {}
            Link::Particle if self.first < at && !self.starts_anew(at) => {}
            Link::Of if self.state.titled && !self.state.of && self.first == at => {
                self.state.of = true
            }
            Link::Item if word.kinds.any(Kinds::ORGANISATION) && is_partners(word.text) => {
                self.drop_name(at)
            }
            link => {
                let national = link == Link::Possessive
                    && at > 0
                    && self.words[at - 1].kinds.any(Kinds::PLACE);
                self.close(at);
                self.state = State {
                    national,
                    ..State::default()
                };
            }
        }
        if word.line == Line::Capitals && !self.state.titled {
            self.drop_name(at);
            self.first = at + 1;
            self.state.titled = self.is_honorific(at);
            return;
        }
        if self.belongs(at) {
            return;
        }
        if self.names_a_thing(at) {
            self.drop_name(at);
        } else {
            self.close(at);
        }
        self.first = at + 1;
        let goes_on = !word.kinds.any(Kinds::FUNCTION);
        self.state = State {
            titled: word.kinds.any(Kinds::TITLE) || (self.state.titled && goes_on),
            softly: word.kinds.any(Kinds::SOFT_TITLE) || (self.state.softly && goes_on),
            of: self.state.of && !word.kinds.any(Kinds::TITLE),
            national: word.kinds.any(Kinds::NATION),
            opened: word.kinds.any(Kinds::OPENER),
        };
    }

    /// Whether a full name starts behind the particle: `the Republicans de Jean Doe`.
    fn starts_anew(&self, at: usize) -> bool {
        let given = |word: &Word<'_>| word.kinds.any(Kinds::GIVEN);
        given(&self.words[at]) && !self.words[self.first..at].iter().any(given)
    }

    /// Whether a name goes on in the next line, though the line at hand may have been ended
    /// on purpose: after given names that do not start it, and after a title.
    fn goes_on_below(&self, at: usize) -> bool {
        let next = self.words[at].kinds;
        match &self.words[self.first..at] {
            [] => (self.state.titled && !self.state.of) && !next.any(BREAKS),
            name @ [opening, ..] => {
                let tied = self.state.titled || self.state.softly || !opening.opens;
                tied && is_given(name) && !next.any(BREAKS | Kinds::GIVEN)
            }
        }
    }

    /// Whether a title in capitals is one that no heading has: `MR. DOE:`.
    fn is_honorific(&self, at: usize) -> bool {
        matches!(
            self.words[at].text,
            "MR." | "MRS." | "MS." | "DR." | "MR" | "MRS" | "MS"
        )
    }

    /// Whether the word at `at`, or one that common words lead to, makes the name before it
    /// an organisation's or a building's: `Doe Foundation`, `Doe Executive Office Building`.
    fn names_a_thing(&self, at: usize) -> bool {
        /// Common words between a name and what it is the name of.
        const MOST_BETWEEN: usize = 3;
        let plain = |word: &Word<'_>| {
            word.kinds.any(Kinds::COMMON)
                && word.line == Line::Prose
                && !word.kinds.any(Kinds::ORGANISATION)
        };
        let from_here = self.words[at..].iter().enumerate();
        let mut tied =
            from_here.take_while(|(place, word)| *place == 0 || word.link == Link::Space);
        let end = tied
            .by_ref()
            .take(MOST_BETWEEN + 1)
            .find(|(_, word)| !plain(word));
        self.first < at && end.is_some_and(|(_, word)| word.kinds.any(Kinds::ORGANISATION))
    }

    /// Whether the word at `at` goes on with the name at hand, or begins one.
    fn belongs(&self, at: usize) -> bool {
        let kinds = self.words[at].kinds;
        let name = &self.words[self.first..at];
        let Some(opening) = name.first() else {
            return self.begins(at);
        };
        if kinds.any(Kinds::SUFFIX) {
            // Numbers of kings are part of their names, Jr and Sr are not.
            return self.words[at]
                .text
                .bytes()
                .all(|byte| b"IVX".contains(&byte));
        }
        if name.len() >= MOST_IN_NAME {
            return false;
        }
        let previous = &self.words[at - 1];
        let famous = previous.kinds.any(Kinds::FAMOUS)
            && !previous.kinds.any(Kinds::GIVEN | Kinds::WEAK | Kinds::HAN);
        if famous && kinds == Kinds::default() && self.words[at].link == Link::Space {
            // A headline goes on: `Doe Launches`.
            return false;
        }
        let all_given = is_given(name);
        if kinds.any(Kinds::WEAK | Kinds::GIVEN | Kinds::HAN | Kinds::INITIAL | Kinds::FAMOUS)
            && !kinds.any(Kinds::FUNCTION)
        {
            let ambiguous = kinds
                .any(Kinds::PLACE | Kinds::TIME | Kinds::TITLE | Kinds::SOFT_TITLE | Kinds::COMMON);
            return !ambiguous
                || all_given
                || (opening.kinds.any(Kinds::GIVEN) && self.ends_at(at));
        }
        if !kinds.any(BREAKS) {
            return true;
        }
        let strong = opening.kinds.any(Kinds::GIVEN)
            && !opening.kinds.any(Kinds::WEAK | Kinds::PLACE)
            || name.iter().any(|word| word.kinds.any(Kinds::INITIAL));
        let whole = kinds.any(Kinds::ORGANISATION) && !kinds.any(Kinds::COMMON);
        strong
            && all_given
            && self.ends_at(at)
            && !whole
            && kinds.any(SURNAMES)
            && !kinds.any(Kinds::FUNCTION | Kinds::TIME)
            && self.words[at].line == Line::Prose
    }

    /// Whether no name goes on behind the word at `at`.
    fn ends_at(&self, at: usize) -> bool {
        let next = self.words.get(at + 1);
        next.is_none_or(|next| next.link != Link::Space || next.kinds.any(BREAKS | Kinds::SUFFIX))
    }

    /// Whether a name may begin with the word at `at`.
    fn begins(&self, at: usize) -> bool {
        let kinds = self.words[at].kinds;
        if self.state.titled && (kinds.any(Kinds::CAPITALS) || self.is_addressed(at)) {
            return true;
        }
        if kinds.any(
            Kinds::FUNCTION
                | Kinds::CAPITALS
                | Kinds::SUFFIX
                | Kinds::TIME
                | Kinds::NATION
                | Kinds::ORGANISATION,
        ) && !kinds.any(Kinds::WEAK)
        {
            let next = self.words.get(at + 1);
            return kinds.any(Kinds::HAN)
                && next.is_some_and(|next| next.link == Link::Space && has_syllables(next.text));
        }
        if kinds.any(Kinds::GIVEN | Kinds::WEAK | Kinds::HAN | Kinds::INITIAL) {
            let followed = self.words.get(at + 1).is_some_and(|next| {
                matches!(next.link, Link::Space | Link::Particle)
                    && !next.kinds.any(Kinds::FUNCTION | Kinds::TIME)
            });
            return followed && !kinds.any(Kinds::TITLE | Kinds::SOFT_TITLE | Kinds::OPENER)
                || !kinds.any(BREAKS | Kinds::OPENER);
        }
        !kinds.any(BREAKS | Kinds::OPENER)
    }

    /// Whether the word at `at` is a surname for the title before it, though it mostly is
    /// something else: `Mr Jordan`, `President Park`.
    fn is_addressed(&self, at: usize) -> bool {
        let word = &self.words[at];
        let direct = word.link == Link::Space && !self.state.of && self.ends_at(at);
        let title = at
            .checked_sub(1)
            .map_or("", |before| self.words[before].text);
        let personal = matches!(
            title.trim_end_matches('.'),
            "Mr" | "Mrs"
                | "Ms"
                | "Miss"
                | "Dr"
                | "Sir"
                | "Sen"
                | "Rep"
                | "Gov"
                | "Senator"
                | "Congressman"
                | "Judge"
                | "Herr"
                | "Frau"
                | "Mme"
                | "Monsieur"
        );
        let open = Kinds::PLACE | Kinds::COMMON | Kinds::WEAK;
        direct && (personal && word.kinds.any(open) || word.kinds.any(Kinds::HAN))
    }

    /// Ends the name at hand before word `at`, and keeps it.
    fn close(&mut self, at: usize) {
        let words = self.first..at;
        self.first = at;
        let initials = self.words[words.clone()]
            .iter()
            .all(|word| word.kinds.any(Kinds::INITIAL));
        if initials || self.state.opened {
            return;
        }
        // No name follows an `of` at once; what does is part of the title.
        let apart = self.words[words.start].link == Link::Space;
        let named = apart && (words.len() > 1 || self.ends_office(words.start));
        self.state.titled &= named || !self.state.of;
        let text = self.parts[self.words[words.start].part];
        let clues = clues_of(text, &self.words[words.clone()], self.state);
        self.names.push(Name { words, clues });
        self.state = State::default();
    }

    /// Whether the word before the name at `at` may be the last of an office with `of`.
    fn ends_office(&self, at: usize) -> bool {
        let word = at
            .checked_sub(1)
            .map_or("", |before| self.words[before].text);
        matches!(
            word,
            "State"
                | "Defense"
                | "Defence"
                | "Affairs"
                | "Treasury"
                | "Interior"
                | "Energy"
                | "Commerce"
                | "Labor"
        )
    }

    /// Ends the name at hand before word `at`, as one that belongs to an organisation.
    fn drop_name(&mut self, at: usize) {
        let words = self.first..at;
        let full = self.words[words.clone()]
            .first()
            .is_some_and(|word| word.kinds.any(Kinds::GIVEN));
        // What is named for a person by the full name casts no doubt on the person.
        if words.len() == 1 || !full {
            let each = words.clone().map(|word| word..word + 1);
            let all = each.chain((words.len() > 1).then_some(words));
            self.organisations.extend(all.map(|words| Name {
                words,
                clues: Clues::ORGANISATION,
            }));
        }
        self.first = at;
        self.state = State::default();
    }
}
