//! Reads Chinese, Japanese and Korean dates: `2025年3月15日 下午6:40`, `2025년 3월 15일`.
//!
//! In: a text whose figures are ASCII. Out: its day, and what is left in words that
//! the reader of other dates knows.

use super::RawDay;
use super::clock::split_digits;

/// Whether a sign is of these scripts.
pub(super) fn is_own(char: char) -> bool {
    matches!(char, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// The day that comes first, if its year is marked as such, and the rest, with its
/// times spelled as `p.m. 6:40`.
pub(super) fn read_day(text: &str) -> (Option<RawDay>, String) {
    match marked_day(text) {
        Some((day, rest)) => (Some(day), spelled_out(rest)),
        None => (None, spelled_out(text)),
    }
}

fn marked_day(text: &str) -> Option<(RawDay, &str)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (year, rest) = figure(&text[start..], ['年', '년'])?;
    let year: i16 = (year.len() == 4).then(|| year.parse().ok()).flatten()?;
    let Some((month, rest)) = figure(rest, ['月', '월']) else {
        return Some((RawDay::Year(year), rest));
    };
    let month = month.parse().ok()?;
    Some(match figure(rest, ['日', '일']) {
        Some((day, rest)) => (RawDay::Day(year, month, day.parse().ok()?), rest),
        None => (RawDay::Month(year, month), rest),
    })
}

/// The figures before a unit, and what follows it.
fn figure(text: &str, units: [char; 2]) -> Option<(&str, &str)> {
    let (figures, rest) = split_digits(text.trim_start());
    let rest = rest.trim_start().strip_prefix(units)?;
    (!figures.is_empty()).then_some((figures, rest))
}

fn spelled_out(rest: &str) -> String {
    const WORDS: &[(&str, &str)] = &[
        ("星期", " "),
        ("曜日", " "),
        ("요일", " "),
        ("上午", " a.m. "),
        ("午前", " a.m. "),
        ("오전", " a.m. "),
        ("下午", " p.m. "),
        ("午後", " p.m. "),
        ("오후", " p.m. "),
        ("北京时间", " +08:00 "),
    ];
    let mut text = rest.to_owned();
    for (word, plain) in WORDS {
        text = text.replace(word, plain);
    }
    let units = |c: char| match c {
        '时' | '時' | '시' | '点' | '點' | '分' | '분' => ':',
        '秒' | '초' => ' ',
        // Days of the week, alone once their second word is gone.
        '一' | '二' | '三' | '四' | '五' | '六' | '天' | '日' | '月' | '火' | '水' | '木'
        | '金' | '土' | '월' | '화' | '수' | '목' | '금' | '토' | '일' | '周' | '週' => {
            ' '
        }
        other => other,
    };
    let text: String = text.chars().map(units).collect();
    // `6시 40분` has a space where `6:40` has none.
    text.replace(": ", ":").trim_end_matches(':').to_owned()
}
