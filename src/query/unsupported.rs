//! Syntax that the language will have later: recognised, so that it is never
//! searched as words or dropped without a word.
//!
//! Each is an error that says what to write instead; a lenient reading takes that
//! instead.

/// A construct that is not supported yet.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unsupported {
    /// What is wrong.
    pub(super) message: String,
    /// What to write instead.
    pub(super) hint: String,
}

impl Unsupported {
    fn new(what: &str, hint: impl Into<String>) -> Self {
        Self {
            message: format!("{what} not supported yet"),
            hint: hint.into(),
        }
    }
}

/// An operator between or before operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnsupportedOperator {
    /// `NEAR/n`, `PRE/n`, `w/n`, `NEAR/S`, …: between two operands.
    Proximity,
    /// `ATLEAST/n`: before an operand.
    AtLeast,
}

/// The operator that a run of characters is, if it is one: `NEAR/10`, `w/s`, `ATLEAST/3`.
pub(super) fn operator(run: &str) -> Option<UnsupportedOperator> {
    let (name, bound) = run.split_once('/')?;
    let number = !bound.is_empty() && bound.bytes().all(|byte| byte.is_ascii_digit());
    let unit = ["s", "p"]
        .iter()
        .any(|unit| bound.eq_ignore_ascii_case(unit));
    let named = |known: &[&str]| known.iter().any(|known| name.eq_ignore_ascii_case(known));
    if (number || unit) && named(&["near", "pre", "w", "onear"]) {
        Some(UnsupportedOperator::Proximity)
    } else if number && named(&["atleast"]) {
        Some(UnsupportedOperator::AtLeast)
    } else {
        None
    }
}

impl UnsupportedOperator {
    /// What to say about `run`, which is this operator; `negated` if `NOT` is before it.
    pub(super) fn explain(self, run: &str, negated: bool) -> Unsupported {
        match (self, negated) {
            (Self::Proximity, false) => Unsupported::new(
                &format!("`{run}` is"),
                "write `AND` to find both anywhere in an article, \
                 or \"a phrase\" for words one after the other",
            ),
            (Self::Proximity, true) => Unsupported::new(
                &format!("`NOT {run}` is"),
                "write `NOT` alone to leave out every article with what follows",
            ),
            (Self::AtLeast, _) => Unsupported::new(
                &format!("`{run}` is"),
                "leave it away to find articles with what follows at least once",
            ),
        }
    }
}

/// The explanation for a field that is not supported yet, if `name` is one.
pub(super) fn field(name: &str) -> Option<Unsupported> {
    let name = name.to_ascii_lowercase();
    let hint = match name.as_str() {
        "lead" => "write `title:`, or leave `lead:` away to search the whole text",
        "actor" => "leave `actor:` away to search for the name in the text",
        "said" => "write the name and the words without `said:` and the parentheses",
        _ => return None,
    };
    Some(Unsupported::new(&format!("the field `{name}:` is"), hint))
}

/// What is left of a word with a wildcard, and what to say.
pub(super) struct Wildcard {
    /// Byte of the first wildcard in the word.
    pub(super) at_byte: usize,
    /// The word without wildcards at its ends, if that leaves none.
    pub(super) stem: Option<String>,
    /// What to say.
    pub(super) construct: Unsupported,
}

/// Finds a wildcard of `signs`: `*` anywhere in a word, `?` before a letter or digit.
///
/// A `?` at the end of a word is a question mark.
pub(super) fn wildcard(run: &str, signs: &[char]) -> Option<Wildcard> {
    let at_byte = first_wildcard(run, signs)?;
    let bare = run.trim_matches(signs);
    let whole = first_wildcard(bare, signs).is_none() && !bare.is_empty();
    let (stem, hint) = if whole {
        let hint = format!(
            "write `{bare}`, which finds its inflections too, or all forms with `OR` between them"
        );
        (Some(bare.to_owned()), hint)
    } else {
        (None, "write all forms with `OR` between them".to_owned())
    };
    Some(Wildcard {
        at_byte,
        stem,
        construct: Unsupported::new("wildcards are", hint),
    })
}

fn first_wildcard(run: &str, signs: &[char]) -> Option<usize> {
    let found = run.match_indices(signs).find(|&(byte, sign)| {
        let after = run[byte..].trim_start_matches('?');
        sign == "*" || after.starts_with(char::is_alphanumeric)
    });
    found.map(|(byte, _)| byte)
}

/// A `~1` (similar spellings) or `^2` (weight) at the end of a word.
///
/// Gives the byte where it starts in `run`, and what to say.
pub(super) fn word_suffix(run: &str) -> Option<(usize, Unsupported)> {
    let at_byte = suffix_start(run)?;
    let word = &run[..at_byte];
    if !word.ends_with(|c: char| c.is_alphanumeric() || c == '*') {
        return None;
    }
    let construct = if run[at_byte..].starts_with('~') {
        Unsupported::new(
            "`~` for similar spellings is",
            format!("write `{word}`, or all spellings with `OR` between them"),
        )
    } else {
        weight(&run[at_byte..])
    };
    Some((at_byte, construct))
}

/// What to say about a `~3` or `^2` that follows a closing quote.
pub(super) fn phrase_suffix(suffix: &str) -> Option<Unsupported> {
    if suffix_start(suffix) != Some(0) {
        return None;
    }
    Some(if suffix.starts_with('~') {
        Unsupported::new(
            "a phrase with gaps is",
            format!("leave `{suffix}` away, or the quotes to find the words anywhere"),
        )
    } else {
        weight(suffix)
    })
}

fn weight(suffix: &str) -> Unsupported {
    Unsupported::new("`^` for more weight is", format!("leave `{suffix}` away"))
}

/// Where a final `~`, `~1`, `^2` or `^0.5` starts.
fn suffix_start(run: &str) -> Option<usize> {
    let at_byte = run.rfind(['~', '^'])?;
    let amount = &run[at_byte + 1..];
    let number = amount
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    (number && (run[at_byte..].starts_with('~') || !amount.is_empty())).then_some(at_byte)
}

/// What to say about a regular expression between slashes.
pub(super) fn regular_expression() -> Unsupported {
    Unsupported::new(
        "a regular expression is",
        "write all forms with `OR` between them, or put it in quotes to look for its words",
    )
}

/// What to say about `*` as the value of a field.
pub(super) fn any_value(name: &str) -> Unsupported {
    let hint = match name {
        "date" => "write `date:..` for articles with a date".to_owned(),
        _ => format!("leave `{name}:*` away"),
    };
    Unsupported::new("`*` for any value of a field is", hint)
}
