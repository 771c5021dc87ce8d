//! What a line of text tells by its length and its capitals.
//!
//! In: a text and a place in it. Out: whether the line is a headline or all in
//! capitals, so that a capital says nothing; whether it ended for its length alone.

use memchr::memchr;

/// What the case of a line's words tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Capitals mark names and beginnings.
    Prose,
    /// Most words have a capital, as in headlines of America.
    Headline,
    /// All letters are capitals.
    Capitals,
}

/// What the line at the start of `rest` is like.
pub(super) fn line(rest: &str) -> Line {
    const LONGEST_HEADLINE_BYTES: usize = 160;
    /// Small letters in a line of capitals, as in `McDOE` and `a.m.`.
    const MOST_SMALL: usize = 3;
    let line = &rest[..memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())];
    let small = line
        .bytes()
        .filter(u8::is_ascii_lowercase)
        .take(MOST_SMALL + 1)
        .count();
    if small <= MOST_SMALL {
        let capitals = line
            .chars()
            .filter(|char| char.is_uppercase())
            .take(2 * MOST_SMALL + 4)
            .count();
        let small = line
            .chars()
            .filter(|char| char.is_lowercase())
            .take(MOST_SMALL + 1)
            .count();
        if small <= MOST_SMALL && capitals > 2 * small + 3 {
            return Line::Capitals;
        }
    }
    if line.len() <= LONGEST_HEADLINE_BYTES && is_headline(line) {
        Line::Headline
    } else {
        Line::Prose
    }
}

/// Whether nearly all longer words of a line have a capital, and no sign tells a list of names.
fn is_headline(line: &str) -> bool {
    const LONG_BYTES: usize = 4;
    let (mut long, mut small) = (0, 0);
    for word in line.split(' ') {
        if word.len() >= LONG_BYTES {
            let word = word.trim_start_matches(['"', '\'', '“', '‘', '(']);
            let capital = word.starts_with(char::is_uppercase);
            long += usize::from(capital || word.starts_with(char::is_lowercase));
            small += usize::from(!capital && word.starts_with(char::is_lowercase));
        }
    }
    long >= 4
        && small * 5 <= long
        && !line.contains(['(', ';'])
        && !line.trim_end().ends_with('.')
        && !line.starts_with(|char: char| char.is_ascii_digit())
        && line.matches(',').count() < 2
}

/// Whether the line that ends after `from` is long enough to have been broken for its length.
pub(super) fn filled(text: &str, from: usize) -> bool {
    const SHORTEST_BYTES: usize = 40;
    let bytes = &text.as_bytes()[from.saturating_sub(SHORTEST_BYTES)..from];
    from >= SHORTEST_BYTES && !bytes.contains(&b'\n')
}
