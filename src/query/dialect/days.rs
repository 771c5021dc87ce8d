//! Dates as other tools write them.
//!
//! In: words of a date, and how they are compared. Out: a range of days as `date:` takes
//! it, or nothing if they are no date.

/// How the days of an article compare with a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compared {
    /// On these days.
    On,
    /// On these days or later.
    From,
    /// On these days or earlier.
    To,
    /// Later.
    After,
    /// Earlier.
    Before,
}

impl Compared {
    /// The comparison that a word or sign stands for.
    pub(super) fn by_name(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "=" | "is" | "eql" | "on" => Self::On,
            ">=" | "geq" | "from" => Self::From,
            "<=" | "leq" | "to" => Self::To,
            ">" | "gtr" | "aft" | "after" => Self::After,
            "<" | "lss" | "bef" | "before" => Self::Before,
            _ => return None,
        })
    }

    /// The comparison with `date`, as `date:` takes it.
    pub(super) fn of(self, date: &str) -> String {
        let sign = match self {
            Self::On => "",
            Self::From => ">=",
            Self::To => "<=",
            Self::After => ">",
            Self::Before => "<",
        };
        format!("{sign}{date}")
    }
}

/// The names of months begin so.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A date as year, month and day, as far as they are told: `3/1/2025` (the month first),
/// `20250301`, `2025`, `March 1, 2025`, `1 March 2025`, `March 2025`.
pub(super) fn iso(words: &[&str]) -> Option<String> {
    let words: Vec<&str> = words
        .iter()
        .map(|word| word.trim_end_matches(','))
        .collect();
    match words[..] {
        [word] => numbers(word),
        [month, year] => calendar(year, month_number(month)?, None),
        [month, day, year] if month_number(month).is_some() => {
            calendar(year, month_number(month)?, Some(day))
        }
        [day, month, year] => calendar(year, month_number(month)?, Some(day)),
        _ => None,
    }
}

fn numbers(word: &str) -> Option<String> {
    let word = match word.split_once('T') {
        // A time of the day, which says nothing about days.
        Some((day, time)) if time.starts_with(|c: char| c.is_ascii_digit()) => day,
        _ => word,
    };
    if matches!(word.to_ascii_lowercase().as_str(), "today" | "yesterday") {
        return Some(word.to_ascii_lowercase());
    }
    let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
    if !parts.iter().all(|part| is_number(part)) {
        return None;
    }
    match parts[..] {
        [year, month, day] if year.len() == 4 => calendar(year, month, Some(day)),
        [year, month] if year.len() == 4 => calendar(year, month, None),
        [month, day, year] => calendar(year, month, Some(day)),
        [month, year] => calendar(year, month, None),
        [all] => match all.len() {
            4 => Some(all.to_owned()),
            6 => calendar(&all[..4], &all[4..], None),
            8 => calendar(&all[..4], &all[4..6], Some(&all[6..])),
            _ => None,
        },
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn calendar(year: &str, month: &str, day: Option<&str>) -> Option<String> {
    let is_short = |text: &str| is_number(text) && text.len() <= 2;
    if !is_number(year) || year.len() != 4 || !is_short(month) {
        return None;
    }
    match day {
        None => Some(format!("{year}-{month:0>2}")),
        Some(day) => is_short(day).then(|| format!("{year}-{month:0>2}-{day:0>2}")),
    }
}

/// The number of a month, of two digits.
fn month_number(name: &str) -> Option<&'static str> {
    const NUMBERS: [&str; 12] = [
        "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12",
    ];
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let at = MONTHS
        .iter()
        .position(|month| name.len() >= 3 && name.starts_with(month))?;
    name.bytes()
        .all(|byte| byte.is_ascii_alphabetic())
        .then(|| NUMBERS[at])
}
