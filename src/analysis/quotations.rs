//! Quotations and their speakers.

use std::ops::Range;

/// Words that someone is quoted with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Bytes of the words between the marks.
    pub range: Range<usize>,
    /// Bytes of the name that it is attributed to.
    pub speaker: Option<Range<usize>>,
    /// Bytes of the cue.
    pub cue: Option<Range<usize>>,
}

/// The quotations of a text, in order, not overlapping: those before `said NAME`.
pub fn quotations(text: &str) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, sign) in text.match_indices(['"', '“', '”']) {
        let Some(start) = open.take() else {
            open = Some(at + sign.len());
            continue;
        };
        let after = at + sign.len();
        let Some(rest) = text[after..].strip_prefix(" said ") else {
            continue;
        };
        let cue = after + 1..after + 5;
        let name = text.len() - rest.len();
        let end = rest.find(['.', ',', '\n']).unwrap_or(rest.len());
        found.push(Quotation {
            range: start..at,
            speaker: Some(name..name + end),
            cue: Some(cue),
        });
    }
    found
}
