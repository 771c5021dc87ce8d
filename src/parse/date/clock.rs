//! Reads times of day, and the names of time zones.
//!
//! In: one word of a date. Out: a [`Clock`], a [`Half`] of the day or a [`Zone`];
//! whether there is such a time is asked later.

use super::is_digits;

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: i8,
    pub(super) minute: i8,
    pub(super) second: i8,
    pub(super) nanosecond: i32,
}

/// Where a clock hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// Seconds east of UTC.
    Offset(i32),
    /// A name that several zones share, or whose summer time it does not tell.
    Unclear,
}

/// Before or after noon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    Morning,
    Afternoon,
}

impl Clock {
    /// The time of day that a clock of twelve hours shows; a clock of twenty-four
    /// hours may say the half of the day as well.
    pub(super) fn in_half(self, half: Half) -> Option<Self> {
        let hour = match (half, self.hour) {
            (Half::Morning, 0..=12) => self.hour % 12,
            (Half::Afternoon, 1..=12) => self.hour % 12 + 12,
            (Half::Afternoon, 13..=23) => self.hour,
            _ => return None,
        };
        Some(Self { hour, ..self })
    }
}

/// The clock at the start of `text`, and what follows it: `18:40`, `18:40:00.25`,
/// `18.40`, `18h40`, `18h`.
pub(super) fn read_clock(text: &str) -> Option<(Clock, &str)> {
    let (hour, rest) = split_digits(text);
    let separator = rest.chars().next()?;
    if !matches!(hour.len(), 1 | 2) || !matches!(separator, ':' | '.' | 'h') {
        return None;
    }
    let (minute, rest) = split_digits(&rest[1..]);
    let minute = match minute.len() {
        2 => minute,
        0 if separator == 'h' => "0",
        _ => return None,
    };
    let (second, rest) = match rest.strip_prefix(separator).map(split_digits) {
        Some((second, rest)) if second.len() == 2 => (second, rest),
        _ => ("0", rest),
    };
    let (fraction, rest) = match rest.strip_prefix(['.', ',']).map(split_digits) {
        Some((fraction, rest)) if !fraction.is_empty() => (fraction, rest),
        _ => ("", rest),
    };
    Some((clock([hour, minute, second], fraction)?, rest))
}

/// The clock at the start of `text` without separators: `1840`, `184000`, `184000.25`.
/// Only what follows a day can be told to be one.
pub(super) fn read_compact_clock(text: &str) -> Option<(Clock, &str)> {
    let (figures, rest) = split_digits(text);
    let fields = match figures.len() {
        2 => [figures, "0", "0"],
        4 => [&figures[..2], &figures[2..], "0"],
        6 => [&figures[..2], &figures[2..4], &figures[4..]],
        _ => return None,
    };
    match rest.strip_prefix(['.', ',']).map(split_digits) {
        Some((fraction, rest)) if figures.len() == 6 => Some((clock(fields, fraction)?, rest)),
        _ => Some((clock(fields, "")?, rest)),
    }
}

fn clock(fields: [&str; 3], fraction: &str) -> Option<Clock> {
    let [hour, minute, second] = fields.map(|field| field.parse::<i8>().ok());
    // A leap second is close enough to the second before it.
    let second = second.map(|second| if second == 60 { 59 } else { second });
    Some(Clock {
        hour: hour?,
        minute: minute?,
        second: second?,
        nanosecond: format!("{fraction:0<9.9}").parse().ok()?,
    })
}

/// The digits at the start, and the rest.
pub(super) fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}

/// Marks of the half of a day, in lower case and without points.
pub(super) fn read_half(word: &str) -> Option<Half> {
    match word {
        "am" | "πμ" | "ص" | "oo" => Some(Half::Morning),
        "pm" | "μμ" | "os" => Some(Half::Afternoon),
        _ => None,
    }
}

/// A zone by its offset or its name, in lower case.
///
/// Names count where news use them for one zone; in `EST`, `CST` and `BST` that is
/// North America and Britain.
pub(super) fn read_zone(zone: &str) -> Option<Zone> {
    let hours = match zone {
        "z" | "utc" | "gmt" | "ut" | "wet" => 0,
        "est" | "cdt" => -5,
        "edt" => -4,
        "cst" | "mdt" => -6,
        "mst" | "pdt" => -7,
        "pst" | "akdt" => -8,
        "akst" => -9,
        "hst" => -10,
        "brt" => -3,
        "bst" | "cet" | "wat" | "mez" | "west" => 1,
        "cest" | "eet" | "sast" | "cat" | "mesz" => 2,
        "eest" | "msk" | "trt" | "eat" => 3,
        "pkt" => 5,
        "wib" => 7,
        "hkt" | "sgt" => 8,
        "jst" | "kst" => 9,
        "aest" => 10,
        "aedt" => 11,
        "nzst" => 12,
        "nzdt" => 13,
        "ist" | "ast" | "gst" | "et" | "ct" | "mt" | "pt" | "local" => return Some(Zone::Unclear),
        _ => return read_offset(zone).map(Zone::Offset),
    };
    Some(Zone::Offset(hours * 3600))
}

/// `+01:00`, `-0500`, `+2`, `gmt+1`.
fn read_offset(zone: &str) -> Option<i32> {
    let zone = ["utc", "gmt"]
        .iter()
        .find_map(|name| zone.strip_prefix(name))
        .unwrap_or(zone);
    let (sign, figures) = match zone.split_at_checked(1)? {
        ("+", figures) => (1, figures),
        ("-", figures) => (-1, figures),
        _ => return None,
    };
    let (hours, minutes) = match (figures.split_once(':'), figures.len()) {
        (Some(fields), _) => fields,
        (None, 1 | 2) => (figures, "0"),
        (None, 4) if is_digits(figures) => figures.split_at(2),
        _ => return None,
    };
    if !is_digits(hours) || !is_digits(minutes) || hours.len() > 2 || minutes.len() > 2 {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}
