//! Minimal intervals: where in a text a positional query is met.
//!
//! In: sorted positions of words. Out: intervals of positions, each of which meets a
//! part of the query and contains no smaller one that does, by start and by end.
//!
//! This is the algebra of Clarke, Cormack and Burkowski (1995), computed by the plane
//! sweeps of Boldi and Vigna (2016): since no interval contains another, starts and
//! ends grow together, so that the nearest partner of an interval is the first that
//! does not begin before it. The operators of the query language are made of them:
//! [`in_row`], [`any_of`], [`near`], [`not_near`], [`both`] and [`keep_inside`].

/// A range of positions, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Interval {
    /// The first position.
    pub start: u32,
    /// The last position; not before the first.
    pub end: u32,
}

impl Interval {
    /// The interval of one position.
    pub fn at(position: u32) -> Self {
        Self {
            start: position,
            end: position,
        }
    }

    /// From the first start to the last end.
    pub fn hull(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// How many positions on the nearer ends are; 0 if they overlap.
    fn distance(self, other: Self) -> u32 {
        let behind = other.start.saturating_sub(self.end);
        behind.max(self.start.saturating_sub(other.end))
    }
}

/// How far apart two intervals may be.
#[derive(Clone, Copy, Debug)]
pub enum Within<'a> {
    /// So many positions on, 1 for neighbours.
    Distance(u32),
    /// In one part of the text, given the sorted positions at which parts begin.
    Part(&'a [u32]),
}

impl Within<'_> {
    fn holds(self, one: Interval, other: Interval) -> bool {
        match self {
            Self::Distance(most) => one.distance(other) <= most,
            Self::Part(starts) => {
                let hull = one.hull(other);
                let next = starts.partition_point(|&start| start <= hull.start);
                starts.get(next).is_none_or(|&start| start > hull.end)
            }
        }
    }
}

/// Words one after the other, with at most `gaps` other positions between them in all;
/// `words` holds each word's sorted positions. Appends to `found`, which is empty.
pub fn in_row(words: &[Vec<u32>], gaps: u32, found: &mut Vec<Interval>) {
    let Some((first, rest)) = words.split_first() else {
        return;
    };
    let mut next = vec![0; rest.len()];
    for &start in first {
        let mut end = start;
        for (positions, next) in rest.iter().zip(&mut next) {
            while positions
                .get(*next)
                .is_some_and(|&position| position <= end)
            {
                *next += 1;
            }
            match positions.get(*next) {
                Some(&position) => end = position,
                None => return,
            }
        }
        let others = end - start - rest.len() as u32;
        if others <= gaps {
            push_minimal(found, Interval { start, end });
        }
    }
}

/// Intervals of any of several lists. Adds those of `more` to `found`.
pub fn any_of(found: &mut Vec<Interval>, more: &[Interval]) {
    if found.is_empty() {
        found.extend_from_slice(more);
    } else if !more.is_empty() {
        found.extend_from_slice(more);
        minimise(found);
    }
}

/// An interval of each list, not the same one, within reach of each other; the second
/// behind the first if `in_order`. Appends to `found`, which is empty.
pub fn near(
    [left, right]: [&[Interval]; 2],
    within: Within<'_>,
    in_order: bool,
    found: &mut Vec<Interval>,
) {
    if in_order {
        let mut partners = right;
        for &one in left {
            partners = skip_while(partners, |other| other.start <= one.end);
            let Some(&other) = partners.first() else {
                break;
            };
            if within.holds(one, other) {
                push_minimal(found, one.hull(other));
            }
        }
        return;
    }
    for (anchors, partners) in [(left, right), (right, left)] {
        let mut partners = partners;
        for &one in anchors {
            partners = skip_while(partners, |other| other.start < one.start);
            let other = partners.iter().find(|&&other| other != one);
            if let Some(&other) = other.filter(|&&other| within.holds(one, other)) {
                found.push(one.hull(other));
            }
        }
    }
    minimise(found);
}

/// The smallest intervals that contain one of each list, which may be the same. Appends to
/// `found`, which is empty.
pub fn both([left, right]: [&[Interval]; 2], found: &mut Vec<Interval>) {
    for (anchors, partners) in [(left, right), (right, left)] {
        let mut partners = partners;
        for &one in anchors {
            partners = skip_while(partners, |other| other.start < one.start);
            found.extend(partners.first().map(|&other| one.hull(other)));
        }
    }
    minimise(found);
}

/// Leaves of the first list only intervals that lie in one of the second, whose intervals
/// do not overlap.
pub fn keep_inside(found: &mut Vec<Interval>, outer: &[Interval]) {
    found.retain(|inner| {
        let before = outer.partition_point(|outer| outer.start <= inner.start);
        let around = before.checked_sub(1).and_then(|at| outer.get(at));
        around.is_some_and(|outer| inner.end <= outer.end)
    });
}

/// As [`near`], for single positions: each interval has two that follow each other among
/// those of both lists. Appends to `found`, which is empty.
pub fn near_positions(
    [left, right]: [&[u32]; 2],
    within: Within<'_>,
    in_order: bool,
    found: &mut Vec<Interval>,
) {
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    // The last position, and in which lists it is.
    let mut last: Option<(u32, [bool; 2])> = None;
    loop {
        let next = match (left.peek(), right.peek()) {
            (None, None) => return,
            (Some(&&one), None) => one,
            (None, Some(&&other)) => other,
            (Some(&&one), Some(&&other)) => one.min(other),
        };
        let is_in = [
            left.next_if(|&&one| one == next).is_some(),
            right.next_if(|&&other| other == next).is_some(),
        ];
        if let Some((start, was_in)) = last {
            let forward = was_in[0] && is_in[1];
            let backward = was_in[1] && is_in[0] && !in_order;
            let ends = [Interval::at(start), Interval::at(next)];
            if (forward || backward) && within.holds(ends[0], ends[1]) {
                found.push(Interval { start, end: next });
            }
        }
        last = Some((next, is_in));
    }
}

/// The intervals of the first list that have none of the second within reach, other than
/// themselves; only such behind them if `in_order`. Appends to `found`, which is empty.
pub fn not_near(
    [left, right]: [&[Interval]; 2],
    within: Within<'_>,
    in_order: bool,
    found: &mut Vec<Interval>,
) {
    let side = if in_order { Side::Behind } else { Side::Any };
    let alone = left
        .iter()
        .filter(|&&one| partners(one, right, within, side).next().is_none());
    found.extend(alone);
}

/// Where an interval is looked for, as seen from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Anywhere but at the same place.
    Any,
    /// Ending before it begins.
    Before,
    /// Beginning behind its end.
    Behind,
}

/// Intervals of `others` within reach of `one`, the nearest on each side among them.
pub fn partners<'a>(
    one: Interval,
    others: &'a [Interval],
    within: Within<'a>,
    side: Side,
) -> impl Iterator<Item = Interval> + 'a {
    let candidates = match side {
        Side::Behind => {
            let next = others.partition_point(|other| other.start <= one.end);
            next..others.len().min(next + 1)
        }
        Side::Before => {
            let next = others.partition_point(|other| other.end < one.start);
            next.saturating_sub(1)..next
        }
        Side::Any => {
            let next = others.partition_point(|other| other.start < one.start);
            // Those before that end behind it may leave its part of the text where an
            // earlier one does not.
            let around = others[..next].partition_point(|other| other.end <= one.end);
            // The next one may be the interval itself.
            around.saturating_sub(1)..others.len().min(next + 2)
        }
    };
    let candidates = others[candidates].iter().copied();
    candidates.filter(move |&other| other != one && within.holds(one, other))
}

fn skip_while(mut intervals: &[Interval], skipped: impl Fn(&Interval) -> bool) -> &[Interval] {
    while let Some((first, rest)) = intervals.split_first() {
        if !skipped(first) {
            break;
        }
        intervals = rest;
    }
    intervals
}

/// Adds an interval that starts behind all others; those that contain it go.
fn push_minimal(found: &mut Vec<Interval>, interval: Interval) {
    while found.last().is_some_and(|last| last.end >= interval.end) {
        found.pop();
    }
    found.push(interval);
}

/// Leaves only intervals that contain no other, in order.
fn minimise(found: &mut Vec<Interval>) {
    // Of those with one start the smallest last, so that it takes the others out.
    found.sort_unstable_by(|one, other| one.start.cmp(&other.start).then(other.end.cmp(&one.end)));
    let mut kept = 0;
    for at in 0..found.len() {
        let interval = found[at];
        while kept > 0 && found[kept - 1].end >= interval.end {
            kept -= 1;
        }
        found[kept] = interval;
        kept += 1;
    }
    found.truncate(kept);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn intervals() -> impl Strategy<Value = Vec<Interval>> {
        let interval = (0_u32..40, 0_u32..6).prop_map(|(start, length)| Interval {
            start,
            end: start + length,
        });
        prop::collection::vec(interval, 0..8).prop_map(|mut intervals| {
            minimise(&mut intervals);
            intervals
        })
    }

    fn positions() -> impl Strategy<Value = Vec<u32>> {
        prop::collection::btree_set(0_u32..30, 0..8).prop_map(|set| set.into_iter().collect())
    }

    /// Those that contain no other, by looking at all pairs.
    fn naively_minimal(mut all: Vec<Interval>) -> Vec<Interval> {
        all.sort_unstable();
        all.dedup();
        let contains = |one: &Interval, other: &Interval| {
            one != other && one.start <= other.start && other.end <= one.end
        };
        let minimal = |one: &&Interval| !all.iter().any(|other| contains(one, other));
        all.iter().filter(minimal).copied().collect()
    }

    fn naively_within(within: Within<'_>, one: Interval, other: Interval) -> bool {
        match within {
            Within::Distance(most) => (one.start..=one.end)
                .flat_map(|a| (other.start..=other.end).map(move |b| a.abs_diff(b)))
                .any(|distance| distance <= most),
            Within::Part(starts) => {
                let part = |position| starts.iter().filter(|&&start| start <= position).count();
                part(one.start.min(other.start)) == part(one.end.max(other.end))
            }
        }
    }

    proptest! {
        #[test]
        fn nearness_is_that_of_all_pairs(
            left in intervals(), right in intervals(), most in 1_u32..12, starts in positions(), by_part: bool, in_order: bool,
        ) {
            let within = if by_part { Within::Part(&starts) } else { Within::Distance(most) };
            let meets = |one: Interval, other: Interval| {
                one != other && (!in_order || other.start > one.end) && naively_within(within, one, other)
            };
            let pairs = left.iter().flat_map(|&one| right.iter().map(move |&other| (one, other)));
            let hulls = pairs.filter(|&(one, other)| meets(one, other)).map(|(one, other)| one.hull(other));
            let mut found = Vec::new();
            near([&left, &right], within, in_order, &mut found);
            prop_assert_eq!(found, naively_minimal(hulls.collect()));
            let alone = left.iter().filter(|&&one| !right.iter().any(|&other| meets(one, other)));
            let mut found = Vec::new();
            not_near([&left, &right], within, in_order, &mut found);
            prop_assert_eq!(found, alone.copied().collect::<Vec<_>>());
        }

        #[test]
        fn both_are_in_the_smallest_hulls_of_all_pairs(left in intervals(), right in intervals()) {
            let pairs = left.iter().flat_map(|&one| right.iter().map(move |&other| one.hull(other)));
            let mut found = Vec::new();
            both([&left, &right], &mut found);
            prop_assert_eq!(found, naively_minimal(pairs.collect()));
        }

        #[test]
        fn what_is_inside_is_inside_one(inner in intervals(), ends in positions()) {
            let parts = ends.chunks_exact(2);
            let outer: Vec<Interval> = parts.map(|ends| Interval { start: ends[0], end: ends[1] }).collect();
            let is_inside = |one: &&Interval| outer.iter().any(|outer| outer.start <= one.start && one.end <= outer.end);
            let expected: Vec<Interval> = inner.iter().filter(is_inside).copied().collect();
            let mut found = inner.clone();
            keep_inside(&mut found, &outer);
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn nearness_of_positions_is_that_of_their_intervals(
            left in positions(), right in positions(), most in 1_u32..12, starts in positions(), by_part: bool, in_order: bool,
        ) {
            let within = if by_part { Within::Part(&starts) } else { Within::Distance(most) };
            let intervals = [&left, &right].map(|list| list.iter().map(|&position| Interval::at(position)).collect::<Vec<_>>());
            let (mut expected, mut found) = (Vec::new(), Vec::new());
            near([&intervals[0], &intervals[1]], within, in_order, &mut expected);
            near_positions([&left, &right], within, in_order, &mut found);
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn rows_are_those_of_all_choices(words in prop::collection::vec(positions(), 1..4), gaps in 0_u32..6) {
            let mut rows: Vec<Interval> = words[0].iter().map(|&position| Interval::at(position)).collect();
            for positions in &words[1..] {
                rows = rows.iter().flat_map(|row| positions.iter().filter(|&&position| position > row.end)
                    .map(|&end| Interval { start: row.start, end })).collect();
            }
            rows.retain(|row| row.end - row.start < words.len() as u32 + gaps);
            let mut found = Vec::new();
            in_row(&words, gaps, &mut found);
            prop_assert_eq!(found, naively_minimal(rows));
        }

        #[test]
        fn a_choice_has_the_minimal_ones_of_both(one in intervals(), other in intervals()) {
            let mut found = one.clone();
            any_of(&mut found, &other);
            prop_assert_eq!(found, naively_minimal([one, other].concat()));
        }
    }
}
