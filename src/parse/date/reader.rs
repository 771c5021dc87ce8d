//! Takes a date apart, word by word, in whatever order they come.
//!
//! In: a text. Out: its parts, not yet checked against the calendar.
//!
//! Every word must have a place in a date; one that has none makes the whole no
//! date, for a sentence that mentions a month is not one. Only words in brackets
//! may mean anything: `18:40 GMT+0100 (Central European Standard Time)`.

use unicode_normalization::char::decompose_canonical;

use super::clock::{
    Clock, Half, Zone, read_clock, read_compact_clock, read_half, read_zone, split_digits,
};
use super::names::{is_filler, is_weekday, month};
use super::{Fault, Parts, RawDay, east_asian, figures, is_digits};

/// Reads the parts of a date.
pub(super) fn read(text: &str, lang: Option<&str>) -> Result<Parts, Fault> {
    let text = with_decimal_points(plain(text));
    let mut reader = Reader {
        lang,
        ..Reader::default()
    };
    if text.contains(east_asian::is_own) {
        let (day, rest) = east_asian::read_day(&text);
        reader.day = day;
        reader.take_all(&rest)?;
    } else {
        reader.take_all(&text)?;
    }
    reader.finish()
}

/// The text in lower case, its figures in ASCII, without the marks of Latin, Greek
/// and Cyrillic letters, without vowel signs of Arabic ones and invisible signs.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for char in text.chars().flat_map(char::to_lowercase) {
        match char {
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            'ı' => plain.push('i'),
            'ß' => plain.push_str("ss"),
            'ς' => plain.push('σ'),
            '،' | '、' | '，' => plain.push(','),
            '−' => plain.push('-'),
            '：' => plain.push(':'),
            '（' => plain.push('('),
            '）' => plain.push(')'),
            _ if char.is_ascii() => plain.push(char),
            _ if char.is_whitespace() => plain.push(' '),
            _ => match ascii_digit(char) {
                Some(digit) => plain.push(digit),
                // Beyond are Indic vowel signs and Korean syllables, which must stay whole.
                None if matches!(u32::from(char), 0..0x700 | 0x1e00..0x2000) => {
                    decompose_canonical(char, |part| {
                        if !matches!(part, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{655}') {
                            plain.push(part);
                        }
                    });
                }
                None => plain.push(char),
            },
        }
    }
    plain
}

/// Arabic-Indic, Persian, Devanagari, Bengali, Gujarati, Gurmukhi and full-width figures.
fn ascii_digit(char: char) -> Option<char> {
    const ZEROS: [u32; 7] = [0x660, 0x6f0, 0x966, 0x9e6, 0xae6, 0xa66, 0xff10];
    let value = ZEROS.iter().find_map(|zero| {
        u32::from(char)
            .checked_sub(*zero)
            .filter(|value| *value < 10)
    })?;
    char::from_digit(value, 10)
}

/// The fraction of a second behind a point, where ISO 8601 also allows a comma.
fn with_decimal_points(text: String) -> String {
    let bytes = text.as_bytes();
    let is_decimal = |(at, _): &(usize, &str)| {
        at.checked_sub(3).is_some_and(|colon| bytes[colon] == b':')
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
    };
    match text.match_indices(',').find(is_decimal) {
        Some((at, _)) => format!("{}.{}", &text[..at], &text[at + 1..]),
        None => text,
    }
}

/// A number of one, two or four figures, and where it stood.
#[derive(Clone, Copy, Debug)]
struct Number {
    value: i16,
    figures: usize,
    has_point: bool,
    after_month: bool,
}

/// What has been read.
#[derive(Debug, Default)]
struct Reader<'l> {
    lang: Option<&'l str>,
    day: Option<RawDay>,
    numbers: Vec<Number>,
    /// The month by its name, and whether that may be a day of the week.
    month: Option<(i8, bool)>,
    clock: Option<Clock>,
    half: Option<Half>,
    zone: Option<Zone>,
}

impl Reader<'_> {
    fn take_all(&mut self, text: &str) -> Result<(), Fault> {
        let mut words = text
            .split([' ', ',', ';', '|', '·', '•', '–', '—', '\t', '\n', '\r'])
            .filter(|word| !word.is_empty())
            .peekable();
        let mut in_brackets = false;
        while let Some(word) = words.next() {
            in_brackets |= word.starts_with(['(', '[']);
            let inner = word.trim_matches(['(', '[', ')', ']']);
            // Two words that only together name a month.
            let pair = words
                .peek()
                .and_then(|next| self.take_month(&format!("{inner} {next}")));
            if pair.is_some() {
                words.next();
            } else {
                match self.take(inner) {
                    Ok(()) => {}
                    Err(Fault::Unknown) if in_brackets => {}
                    Err(fault) => return Err(fault),
                }
            }
            in_brackets &= !word.contains([')', ']']);
        }
        Ok(())
    }

    fn take(&mut self, word: &str) -> Result<(), Fault> {
        // The zone of RFC 9557 stands behind the offset: `+01:00[europe/paris]`.
        let word = word.split('[').next().unwrap_or(word);
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            self.take_figures(word)
        } else {
            self.take_word(word).ok_or(Fault::Unknown)
        }
    }

    fn take_figures(&mut self, word: &str) -> Result<(), Fault> {
        let bare = word.trim_end_matches(['.', ':']);
        if let Some((day, rest)) = leading_day(bare) {
            self.set_day(day?)?;
            return self.take_behind_day(rest).ok_or(Fault::Unknown);
        }
        let is_behind_day = self.day.is_some();
        let clock = read_clock(bare).or_else(|| {
            is_behind_day
                .then(|| read_compact_clock(bare))
                .flatten()
                .filter(|_| bare.len() > 2)
        });
        let taken = match clock {
            Some((clock, rest)) => self.take_clock(clock, rest),
            None => self
                .take_number(word)
                .or_else(|| self.take_hour(bare))
                .or_else(|| self.take_joined(bare)),
        };
        taken.ok_or(Fault::Unknown)
    }

    fn set_day(&mut self, day: RawDay) -> Result<(), Fault> {
        match self.day.replace(day) {
            None => Ok(()),
            Some(_) => Err(Fault::Unknown),
        }
    }

    /// What is written onto a day: `t18:40:00+01:00`, `184000`, or a zone alone, as
    /// XML allows.
    fn take_behind_day(&mut self, rest: &str) -> Option<()> {
        let time = rest.strip_prefix(['t', '_', ':']).unwrap_or(rest);
        if is_filler(time) || read_zone(rest).is_some() {
            return Some(());
        }
        let (clock, rest) = read_clock(time).or_else(|| read_compact_clock(time))?;
        self.take_clock(clock, rest)
    }

    fn take_clock(&mut self, clock: Clock, behind: &str) -> Option<()> {
        if self.clock.replace(clock).is_some() {
            return None;
        }
        match behind {
            "" => Some(()),
            _ => self.take_word(behind),
        }
    }

    /// `6pm`.
    fn take_hour(&mut self, word: &str) -> Option<()> {
        let (figures, half) = split_digits(word);
        let half = read_half(&half.replace('.', ""))?;
        let (clock, _) = read_compact_clock(&format!("{figures:0>2}"))?;
        self.half = Some(half);
        self.take_clock(clock, "")
    }

    /// `15`, `15.`, `15th`, `2025г`.
    fn take_number(&mut self, word: &str) -> Option<()> {
        const ENDINGS: &[&str] = &[
            "", "st", "nd", "rd", "th", "er", "e", "o", "a", "º", "ª", "°", "г", "р", "م",
        ];
        let (figures, ending) = split_digits(word);
        let has_point = ending.ends_with('.');
        if !ENDINGS.contains(&ending.trim_end_matches('.')) {
            return None;
        }
        if !matches!(figures.len(), 1 | 2 | 4) {
            return None;
        }
        self.numbers.push(Number {
            value: figures.parse().ok()?,
            figures: figures.len(),
            has_point,
            after_month: self.month.is_some(),
        });
        Some(())
    }

    /// `26-feb-1987`, `15/mar/2025:18:40:00`, `15-го`.
    fn take_joined(&mut self, word: &str) -> Option<()> {
        const JOINTS: [char; 4] = ['-', '/', '.', '\u{2011}'];
        let mut pieces = word.splitn(3, JOINTS);
        self.take_number(pieces.next()?)?;
        self.take_word(pieces.next()?)?;
        match pieces.next().map(|year| year.split_once(':')) {
            None => Some(()),
            Some(None) => self.take_number(word.rsplit(JOINTS).next()?),
            Some(Some((year, time))) => {
                self.take_number(year)?;
                let (clock, rest) = read_clock(time)?;
                self.take_clock(clock, rest)
            }
        }
    }

    fn take_word(&mut self, word: &str) -> Option<()> {
        // `pt` is Friday in Polish, and Pacific time behind a clock.
        let is_zone = self.clock.is_some() || !is_weekday(word);
        if let Some(zone) = read_zone(word).filter(|_| is_zone) {
            // What is said first is more exact: `+0100 (CET)`.
            self.zone = self.zone.or(Some(zone));
            return Some(());
        }
        let joined = |c: char| matches!(c, '-' | '/' | '\'' | '’' | '`');
        for piece in word.split(joined) {
            self.take_piece(piece.trim_matches(['.', ':']))?;
        }
        Some(())
    }

    fn take_piece(&mut self, word: &str) -> Option<()> {
        let has_clock = self.clock.is_some();
        let half = match word {
            // Alone, these two also stand for "on the" and "anno Domini".
            "am" | "م" if !has_clock => None,
            "م" => Some(Half::Afternoon),
            _ => read_half(&word.replace('.', "")),
        };
        if half.is_some() {
            self.half = half;
            self.take_hour_before();
            return Some(());
        }
        if self.take_month(word).is_some() || is_weekday(word) || is_filler(word) {
            return Some(());
        }
        // `18:40 uhr mez`, `6.40pm est`: a zone may follow a piece.
        self.zone = self.zone.or(Some(read_zone(word)?));
        Some(())
    }

    /// Takes the last number for an hour, as in `at 6 p.m.`
    fn take_hour_before(&mut self) {
        let hour = self
            .numbers
            .pop_if(|number| self.clock.is_none() && number.figures < 3 && !number.has_point);
        if let Some(hour) = hour {
            self.clock = Some(Clock {
                hour: hour.value as i8,
                minute: 0,
                second: 0,
                nanosecond: 0,
            });
        }
    }

    /// Sets the month, unless it is set and the word can be a day of the week; a
    /// month may be said twice, in two ways.
    fn take_month(&mut self, word: &str) -> Option<()> {
        let month = month(word, self.lang)?;
        let is_weekday = is_weekday(word);
        match self.month {
            Some((set, _)) if set == month => {}
            Some((_, false)) if is_weekday => {}
            Some((_, true)) if !is_weekday => self.month = Some((month, false)),
            Some(_) => return None,
            None => self.month = Some((month, is_weekday)),
        }
        Some(())
    }

    fn finish(self) -> Result<Parts, Fault> {
        let day = self.raw_day().ok_or(Fault::Unknown)?;
        let clock = match (self.clock, self.half) {
            (Some(clock), Some(half)) => Some(clock.in_half(half).ok_or(Fault::Impossible)?),
            (clock, _) => clock,
        };
        Ok(Parts {
            day,
            clock,
            zone: self.zone,
        })
    }

    fn raw_day(&self) -> Option<RawDay> {
        let is_year = |number: &Number| number.figures == 4;
        match (self.day, self.month, &self.numbers[..]) {
            (Some(day), None, []) => Some(day),
            (None, Some((month, _)), [year]) if is_year(year) => {
                Some(RawDay::Month(year.value, month))
            }
            (None, Some((month, _)), [a, b]) => {
                let (day, year) = match (is_year(a), is_year(b)) {
                    (false, true) => (a, b.value),
                    (true, false) => (b, a.value),
                    (false, false) if !a.after_month && b.after_month && b.figures == 2 => {
                        (a, of_two_figures(b.value))
                    }
                    _ => return None,
                };
                Some(RawDay::Day(year, month, i8::try_from(day.value).ok()?))
            }
            (None, None, [a, b, c]) if a.has_point && b.has_point => {
                let month = i8::try_from(b.value).ok()?;
                match (is_year(a), is_year(c)) {
                    (false, true) => Some(RawDay::Day(c.value, month, i8::try_from(a.value).ok()?)),
                    (true, false) => Some(RawDay::Day(a.value, month, i8::try_from(c.value).ok()?)),
                    _ => None,
                }
            }
            (None, None, [year]) if is_year(year) && self.clock.is_none() => {
                Some(RawDay::Year(year.value))
            }
            _ => None,
        }
    }
}

/// The year of two figures, as RFC 2822 reads it.
fn of_two_figures(year: i16) -> i16 {
    if year < 50 { 2000 + year } else { 1900 + year }
}

/// The day in figures that a word begins with, and what follows it. A year alone
/// is left to the numbers.
fn leading_day(word: &str) -> Option<(Result<RawDay, Fault>, &str)> {
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '_' | 'w');
    let end = word.find(|c| !is_figure(c)).unwrap_or(word.len());
    let mut ends = vec![end];
    // `2025-03-15-05:00` and `20250315184000`: the day is shorter than the figures.
    ends.extend(word[..end].rfind(['-', '_']));
    ends.extend((is_digits(&word[..end]) && end > 8).then_some(8));
    ends.into_iter()
        .filter(|end| *end > 4)
        .find_map(|end| Some((figures::read_day(&word[..end])?, &word[end..])))
}
