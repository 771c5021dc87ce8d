//! Characters: which ones are taken for a plain twin, and which end a word.
//!
//! Every mapping is one character to one, so that byte offsets into the query
//! stay those of what was typed.

/// The plain twin of a typographic or full-width sign, or the character itself.
pub(super) fn plain(c: char) -> char {
    match c {
        '\u{201C}'..='\u{201F}' | '«' | '»' | '＂' => '"',
        '\u{2018}'..='\u{201B}' | '\u{02BC}' | '＇' => '\'',
        '\u{2010}' | '\u{2011}' | '\u{2212}' | '－' => '-',
        '（' => '(',
        '）' => ')',
        '：' => ':',
        '＝' => '=',
        '＊' => '*',
        '＜' => '<',
        '＞' => '>',
        other => other,
    }
}

/// Whether `c` separates words: white space, controls, zero-width space, byte order mark.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}' | '\u{FEFF}')
}

/// Whether `c` is Hebrew, where a quote between two letters belongs to the word (`צה"ל`).
pub(super) fn is_hebrew(c: char) -> bool {
    matches!(c, '\u{0591}'..='\u{05EA}' | '\u{FB1D}'..='\u{FB4E}')
}
