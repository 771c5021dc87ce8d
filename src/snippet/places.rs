//! Which occurrences of a query's parts make an article match.
//!
//! In: a query as a tree over its parts, and where each part stands in an article's
//! texts. Out: the occurrences that count: those of a NEAR only where both sides are
//! near, those of `lead:` only in the lead, those of an AND only if all of it is there.

use std::cell::OnceCell;
use std::ops::Range;

use crate::analysis::{Language, SentenceStarts, tokens};
use crate::interval::{
    Interval, Side, Within, any_of, both, keep_inside, near, not_near, partners,
};
use crate::query::{Clause, Nearness, Reach, TextField};

/// A query as a tree over its parts.
#[derive(Debug)]
pub(super) enum Tree {
    /// All of these.
    All(Vec<Tree>),
    /// Any of these.
    Any(Vec<Tree>),
    /// At so many places.
    Places(u32, TextField, Places),
    /// What is not about words of the text, which the engine has seen to.
    Given,
}

/// A positional clause over parts.
#[derive(Debug)]
pub(super) enum Places {
    /// A word or a phrase, by its number.
    Part(usize),
    Any(Vec<Places>),
    /// All of these.
    All(Vec<Places>),
    /// Inside a quotation that a part, whose intervals quotations are, has of its speaker.
    Said(usize, Option<Box<Places>>),
    Near(Box<Pair>),
    NotNear(Box<Pair>),
}

/// Two operands and how they are to lie.
#[derive(Debug)]
pub(super) struct Pair {
    sides: [Places; 2],
    reach: Reach,
    in_order: bool,
}

impl Tree {
    /// The tree of a query whose leaves get their numbers from `part`; it gives none for
    /// a leaf without words.
    pub(super) fn of(query: &Clause, part: &mut dyn FnMut(&Clause) -> Option<usize>) -> Self {
        match query {
            Clause::And(clauses) => Self::All(
                clauses
                    .iter()
                    .map(|clause| Self::of(clause, part))
                    .collect(),
            ),
            Clause::Or(clauses) => Self::Any(
                clauses
                    .iter()
                    .map(|clause| Self::of(clause, part))
                    .collect(),
            ),
            Clause::Weighted { clause, .. } => Self::of(clause, part),
            Clause::AtLeast { count, clause } => Self::places(*count, clause, part),
            Clause::Word { .. }
            | Clause::Phrase { .. }
            | Clause::Near(_)
            | Clause::NotNear(_)
            | Clause::Actor { .. }
            | Clause::Said { .. } => Self::places(1, query, part),
            Clause::All | Clause::Keyword { .. } | Clause::Date(_) | Clause::Not(_) => Self::Given,
        }
    }

    fn places(count: u32, clause: &Clause, part: &mut dyn FnMut(&Clause) -> Option<usize>) -> Self {
        match (clause.positional_field(), Places::of(clause, part)) {
            (Some(field), Some(places)) => Self::Places(count, field, places),
            _ => Self::Any(Vec::new()),
        }
    }

    /// Marks what makes `article` match; says whether it does.
    pub(super) fn mark(&self, article: &mut Spotted<'_>) -> bool {
        match self {
            Self::All(trees) => {
                let before = article.marked.len();
                let met = trees.iter().all(|tree| tree.mark(article));
                if !met {
                    article.marked.truncate(before);
                }
                met
            }
            Self::Any(trees) => trees
                .iter()
                .fold(false, |met, tree| tree.mark(article) | met),
            Self::Places(count, field, places) => article.mark(*count, *field, places),
            Self::Given => true,
        }
    }

    /// Marks what could make an article match if it had the rest too.
    pub(super) fn mark_any(&self, article: &mut Spotted<'_>) {
        match self {
            Self::All(trees) | Self::Any(trees) => {
                trees.iter().for_each(|tree| tree.mark_any(article));
            }
            tree => {
                tree.mark(article);
            }
        }
    }
}

impl Places {
    fn of(clause: &Clause, part: &mut dyn FnMut(&Clause) -> Option<usize>) -> Option<Self> {
        match clause {
            Clause::Said { field, speaker, .. } => {
                let quotations = part(&Clause::any_quotation(*field, &**speaker))?;
                let inner = match clause.quoted() {
                    None => None,
                    Some(inner) => Some(Box::new(Self::of(inner, part)?)),
                };
                Some(Self::Said(quotations, inner))
            }
            Clause::Word { .. } | Clause::Phrase { .. } | Clause::Actor { .. } => {
                part(clause).map(Self::Part)
            }
            Clause::And(clauses) => {
                let places = clauses.iter().map(|clause| Self::of(clause, part));
                Some(Self::All(places.collect::<Option<_>>()?))
            }
            Clause::Or(clauses) => {
                let places = clauses.iter().filter_map(|clause| Self::of(clause, part));
                Some(Self::Any(places.collect()))
            }
            Clause::Weighted { clause, .. } => Self::of(clause, part),
            Clause::Near(near) => Some(Self::Near(Pair::of(near, part)?)),
            Clause::NotNear(near) => match Pair::of(near, part) {
                Some(pair) => Some(Self::NotNear(pair)),
                None => Self::of(&near.left, part),
            },
            _ => None,
        }
    }
}

impl Pair {
    fn of(near: &Nearness, part: &mut dyn FnMut(&Clause) -> Option<usize>) -> Option<Box<Self>> {
        let sides = [
            Places::of(&near.left, part)?,
            Places::of(&near.right, part)?,
        ];
        Some(Box::new(Self {
            sides,
            reach: near.reach,
            in_order: near.in_order,
        }))
    }
}

/// A part of the query at a place of a text.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// Where it counts: of a speaker, the whole quotation.
    pub(super) interval: Interval,
    /// Bytes of the text that show it, or of the title.
    pub(super) range: Range<usize>,
    /// Whether it is the title that shows it, wherever it counts.
    pub(super) in_title: bool,
}

/// Where the parts of a query stand in a text.
pub(super) struct SpottedText<'t> {
    text: &'t str,
    language: Language,
    /// Each part's places, in order, none in another.
    spots: Vec<Vec<Spot>>,
    /// The last position that is in the article's lead, if any is.
    lead_end: Option<u32>,
    /// The positions at which sentences and paragraphs begin, once they were asked for.
    sentences: OnceCell<Vec<u32>>,
    paragraphs: OnceCell<Vec<u32>>,
}

impl<'t> SpottedText<'t> {
    pub(super) fn new(
        text: &'t str,
        language: Language,
        spots: Vec<Vec<Spot>>,
        lead_end: Option<u32>,
    ) -> Self {
        Self {
            text,
            language,
            spots,
            lead_end,
            sentences: OnceCell::new(),
            paragraphs: OnceCell::new(),
        }
    }

    /// The text itself.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// Says where a part stands that is no word: in order, none in another.
    pub(super) fn set_spots(&mut self, part: usize, spots: Vec<Spot>) {
        self.spots[part] = spots;
    }

    /// The intervals of a clause up to a position.
    fn intervals(&self, places: &Places, last: u32) -> Vec<Interval> {
        let mut found = Vec::new();
        match places {
            Places::Part(part) => {
                let spots = self.spots[*part].iter().map(|spot| spot.interval);
                found.extend(spots.take_while(|interval| interval.end <= last));
            }
            Places::Any(several) => {
                for places in several {
                    any_of(&mut found, &self.intervals(places, last));
                }
            }
            Places::All(several) => {
                let mut lists = several.iter().map(|places| self.intervals(places, last));
                found = lists.next().unwrap_or_default();
                for list in lists {
                    let before = std::mem::take(&mut found);
                    both([&before, &list], &mut found);
                }
            }
            Places::Said(quotations, inner) => {
                let spoken = self.spots[*quotations].iter().map(|spot| spot.interval);
                match inner {
                    Some(inner) => {
                        found = self.intervals(inner, last);
                        keep_inside(&mut found, &spoken.collect::<Vec<_>>());
                    }
                    // As far as they go.
                    None => found.extend(spoken.take_while(|one| one.start <= last).map(|one| {
                        Interval {
                            end: one.end.min(last),
                            ..one
                        }
                    })),
                }
            }
            Places::Near(pair) => {
                let [left, right] = pair.sides.each_ref().map(|side| self.intervals(side, last));
                // To find sentences takes another pass over the text.
                if !left.is_empty() && !right.is_empty() {
                    let within = self.within(pair.reach);
                    near([&left, &right], within, pair.in_order, &mut found);
                }
            }
            Places::NotNear(pair) => {
                let [left, right] = pair.sides.each_ref().map(|side| self.intervals(side, last));
                let within = self.within(pair.reach);
                not_near([&left, &right], within, pair.in_order, &mut found);
            }
        }
        found
    }

    fn within(&self, reach: Reach) -> Within<'_> {
        match reach {
            Reach::Words(words) => Within::Distance(words),
            Reach::Sentence => Within::Part(self.sentences.get_or_init(|| self.sentence_starts())),
            Reach::Paragraph => {
                Within::Part(self.paragraphs.get_or_init(|| self.paragraph_starts()))
            }
        }
    }

    fn sentence_starts(&self) -> Vec<u32> {
        let mut sentences = SentenceStarts::new(self.text, self.language);
        tokens(self.text)
            .filter(|token| sentences.begins_at(token.start))
            .map(|token| token.position)
            .collect()
    }

    /// A blank line moves one position on.
    fn paragraph_starts(&self) -> Vec<u32> {
        let mut next = 0;
        let starts = tokens(self.text).filter_map(|token| {
            let starts = token.position != next;
            next = token.position + 1;
            starts.then_some(token.position)
        });
        starts.collect()
    }

    /// Marks the spots of the parts below `places` that make up some of `kept`.
    fn mark(
        &self,
        places: &Places,
        (kept, last): (&[Interval], u32),
        marked: &mut Vec<(usize, usize)>,
    ) {
        match places {
            Places::Part(part) => {
                for (number, spot) in self.spots[*part].iter().enumerate() {
                    if contains_one(spot.interval, kept) {
                        marked.push((*part, number));
                    }
                }
            }
            Places::Any(several) => several
                .iter()
                .for_each(|places| self.mark(places, (kept, last), marked)),
            Places::All(several) => {
                for places in several {
                    let mut inside = self.intervals(places, last);
                    inside.retain(|one| lies_in_one(*one, kept));
                    self.mark(places, (&inside, last), marked);
                }
            }
            Places::Said(quotations, inner) => {
                if let Some(inner) = inner {
                    self.mark(inner, (kept, last), marked);
                }
                self.mark(&Places::Part(*quotations), (kept, last), marked);
            }
            Places::NotNear(pair) => self.mark(&pair.sides[0], (kept, last), marked),
            Places::Near(pair) => {
                let [left, right] = pair.sides.each_ref().map(|side| self.intervals(side, last));
                let [behind, before] = if pair.in_order {
                    [Side::Behind, Side::Before]
                } else {
                    [Side::Any; 2]
                };
                let within = self.within(pair.reach);
                let near_left = with_partners([&left, &right], (within, behind), kept);
                let near_right = with_partners([&right, &left], (within, before), kept);
                self.mark(&pair.sides[0], (&near_left, last), marked);
                self.mark(&pair.sides[1], (&near_right, last), marked);
            }
        }
    }
}

/// The first list's intervals that make up some of `kept` together with one of the second.
fn with_partners(
    [list, others]: [&[Interval]; 2],
    (within, side): (Within<'_>, Side),
    kept: &[Interval],
) -> Vec<Interval> {
    let makes_up = |one: Interval| {
        partners(one, others, within, side).any(|other| contains_one(one.hull(other), kept))
    };
    list.iter().copied().filter(|&one| makes_up(one)).collect()
}

/// Whether an interval contains one of a list of minimal ones.
fn contains_one(interval: Interval, kept: &[Interval]) -> bool {
    let first = kept.partition_point(|kept| kept.start < interval.start);
    kept.get(first).is_some_and(|kept| kept.end <= interval.end)
}

/// Whether an interval lies in one of a list of minimal ones.
fn lies_in_one(interval: Interval, kept: &[Interval]) -> bool {
    let first = kept.partition_point(|kept| kept.end < interval.end);
    kept.get(first)
        .is_some_and(|kept| kept.start <= interval.start)
}

/// The texts of an article with the parts of a query in them: title, standfirst, body.
pub(super) struct Spotted<'t> {
    pub(super) texts: [SpottedText<'t>; 3],
    /// Spots that count: number of the text, of the part, and of the spot.
    marked: Vec<(usize, usize, usize)>,
}

impl<'t> Spotted<'t> {
    pub(super) fn new(texts: [SpottedText<'t>; 3]) -> Self {
        Self {
            texts,
            marked: Vec::new(),
        }
    }

    /// Marks where a clause is met, if it is at `count` places; says whether it is.
    fn mark(&mut self, count: u32, field: TextField, places: &Places) -> bool {
        let last = |number: usize| match field {
            TextField::Text => Some(u32::MAX),
            TextField::Title => (number == 0).then_some(u32::MAX),
            TextField::Lead => self.texts[number].lead_end.filter(|_| number > 0),
        };
        let found: Vec<_> = self
            .texts
            .iter()
            .zip(0..)
            .filter_map(|(text, number)| {
                let last = last(number)?;
                Some((number, text.intervals(places, last), last))
            })
            .collect();
        let total: usize = found.iter().map(|(_, intervals, _)| intervals.len()).sum();
        if total < count as usize {
            return false;
        }
        for (number, intervals, last) in found {
            let mut marked = Vec::new();
            self.texts[number].mark(places, (&intervals, last), &mut marked);
            let marked = marked.into_iter().map(|(part, spot)| (number, part, spot));
            self.marked.extend(marked);
        }
        true
    }

    /// What was marked in each text: numbers of parts, and bytes.
    pub(super) fn into_marked(mut self) -> [Vec<(usize, Range<usize>)>; 3] {
        self.marked.sort_unstable();
        self.marked.dedup();
        let mut found = [Vec::new(), Vec::new(), Vec::new()];
        for (text, part, spot) in self.marked {
            let spot = &self.texts[text].spots[part][spot];
            let shown_in = if spot.in_title { 0 } else { text };
            found[shown_in].push((part, spot.range.clone()));
        }
        found
    }
}
