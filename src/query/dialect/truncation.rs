//! Words with the wildcards of other tools, in our own form.

use unicode_normalization::UnicodeNormalization;

use super::super::ast::Word;
use super::super::words::has_wildcard;
use crate::analysis::{WordForm, is_wildcard};

/// A word in our wildcards; `after` is how many letters may follow at its end, where our
/// wildcards cannot say so: at least and at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Truncated {
    pub(super) text: String,
    pub(super) after: Option<(usize, usize)>,
}

impl Truncated {
    /// A word without truncation.
    pub(super) fn whole(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            after: None,
        }
    }

    /// The word as a regular expression, if it has to be one and can be.
    pub(super) fn regex(&self) -> Option<Word> {
        let (least, most) = self.after?;
        let plain = |c: char| c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric());
        if !self.text.chars().all(|c| plain(c) || is_wildcard(c)) {
            return None;
        }
        let core: String = self.text.nfc().collect();
        let core = core.replace('?', ".").replace('*', ".*");
        let text = match (least, most) {
            (1, 1) => format!("{core}."),
            (0, 1) => format!("{core}.?"),
            (least, most) if least == most => format!("{core}.{{{most}}}"),
            (least, most) => format!("{core}.{{{least},{most}}}"),
        };
        let form = WordForm::Regex;
        Some(Word { text, form })
    }

    /// The word with any letters at its end, if letters may follow.
    pub(super) fn wildcard(&self) -> String {
        match self.after {
            Some(_) if !has_wildcard(&self.text, false) || !self.text.ends_with('*') => {
                format!("{}*", self.text)
            }
            _ => self.text.clone(),
        }
    }
}
