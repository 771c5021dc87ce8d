//! Reads times of day, with their zone.
//!
//! In: what follows a day in a date. Out: a [`Clock`]; whether there is such a time
//! is asked later.

use super::is_digits;

/// A time of day, with the offset from UTC in seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    pub(super) hour: i8,
    pub(super) minute: i8,
    pub(super) second: i8,
    pub(super) nanosecond: i32,
    pub(super) offset: Option<i32>,
}

/// A time of day with all that may follow it: `18:40:00.5+01:00[Europe/Paris]`, `6:40 PM EST`.
pub(super) fn read_clock(text: &str) -> Option<Clock> {
    let text = text.split('[').next()?.trim();
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',')))
        .unwrap_or(text.len());
    // A full stop or comma may also end the time: "6:40, EST".
    let figures = text[..end].trim_end_matches([',', '.']);
    let mut clock = read_figures(figures)?;
    let rest = text[end..].replace("a.m.", "am").replace("p.m.", "pm");
    let rest = rest.to_ascii_lowercase();
    let mut rest = rest.trim();
    for (mark, add) in [("am", 0), ("pm", 12)] {
        if let Some(after) = rest.strip_prefix(mark) {
            if !(1..=12).contains(&clock.hour) {
                return None;
            }
            clock.hour = clock.hour % 12 + add;
            rest = after.trim_start_matches([',', '.', ' ']);
        }
    }
    for zone in rest.split_whitespace() {
        clock.offset = Some(read_zone(zone.trim_matches(['(', ')', ',']))?);
    }
    Some(clock)
}

/// `18:40`, `18:40:00`, `18:40:00.123`, `1840`, `184000`.
fn read_figures(figures: &str) -> Option<Clock> {
    let (whole, fraction) = figures.split_once(['.', ',']).unwrap_or((figures, ""));
    let fields: Vec<&str> = if whole.contains(':') {
        whole.split(':').collect()
    } else {
        match whole.len() {
            4 => vec![&whole[..2], &whole[2..]],
            6 => vec![&whole[..2], &whole[2..4], &whole[4..]],
            _ => return None,
        }
    };
    let [hour, minute, ref seconds @ ..] = fields[..] else {
        return None;
    };
    if seconds.len() > 1 || fields.iter().any(|field| !is_digits(field)) {
        return None;
    }
    let nanosecond = match fraction {
        "" => 0,
        digits => format!("{digits:0<9.9}").parse().ok()?,
    };
    // A leap second is close enough to the second before it.
    let second = seconds.first().map_or(Some(0), |s| s.parse::<i8>().ok())?;
    Some(Clock {
        hour: hour.parse().ok()?,
        minute: minute.parse().ok()?,
        second: if second == 60 { 59 } else { second },
        nanosecond,
        offset: None,
    })
}

/// Seconds east of UTC.
fn read_zone(zone: &str) -> Option<i32> {
    let hours = match zone {
        "z" | "utc" | "gmt" | "ut" => 0,
        "est" | "cdt" => -5,
        "edt" => -4,
        "cst" | "mdt" => -6,
        "mst" | "pdt" => -7,
        "pst" => -8,
        "bst" | "cet" | "wat" => 1,
        "cest" | "eet" | "sast" => 2,
        "eest" | "msk" => 3,
        "et" => return Some(-5 * 3600),
        _ => return read_offset(zone),
    };
    Some(hours * 3600)
}

/// `+01:00`, `-0500`, `+2`, `gmt+1`.
fn read_offset(zone: &str) -> Option<i32> {
    let zone = zone.trim_start_matches("utc").trim_start_matches("gmt");
    let sign = match zone.chars().next()? {
        '+' => 1,
        '-' | '\u{2212}' => -1,
        _ => return None,
    };
    let figures = zone
        .trim_start_matches(['+', '-', '\u{2212}'])
        .replace(':', "");
    if !is_digits(&figures) {
        return None;
    }
    let number: i32 = figures.parse().ok()?;
    let (hours, minutes) = match figures.len() {
        1 | 2 => (number, 0),
        3 | 4 => (number / 100, number % 100),
        _ => return None,
    };
    (hours <= 25 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}
