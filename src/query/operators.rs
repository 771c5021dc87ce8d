//! Operators with a number: NEAR, PRE, ATLEAST, and what follows a word or a phrase.
//!
//! In: a run of characters without spaces. Out: the operator that it is, or that it ends
//! with, as near as it can be read, and what is wrong with it.

use super::ast::{MAX_DISTANCE, Reach, Weight};

/// What is wrong with an operator, and what to write instead.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// What is wrong.
    pub(super) message: String,
    /// What to write.
    pub(super) hint: String,
}

impl Fault {
    fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: hint.into(),
        }
    }
}

/// An operator between or before operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    /// `NEAR/n`, `PRE/n`, `NEAR/S`, …: between two operands.
    Near(Proximity),
    /// `ATLEAST/n`: before an operand.
    AtLeast(u32),
}

/// How two operands are to lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Proximity {
    pub(super) reach: Reach,
    pub(super) in_order: bool,
    /// Whether a NOT is before it.
    pub(super) negated: bool,
}

/// The operator that a run of characters is, if it is one: `NEAR/10`, `w/s`, `ATLEAST/3`.
pub(super) fn operator(run: &str) -> Option<(Operator, Option<Fault>)> {
    let (name, bound) = run.split_once('/')?;
    let named = |known: &[&str]| known.iter().any(|known| name.eq_ignore_ascii_case(known));
    let in_order = named(&["pre", "onear"]);
    if in_order || named(&["near", "w"]) {
        let (reach, fault) = reach(run, bound)?;
        let proximity = Proximity {
            reach,
            in_order,
            negated: false,
        };
        return Some((Operator::Near(proximity), fault));
    }
    let count = number(bound).filter(|_| named(&["atleast"]))?;
    let fault = (count == 0).then(|| {
        Fault::new(
            format!("`{run}` asks for nothing"),
            "write `ATLEAST/2` or more, or NOT",
        )
    });
    Some((Operator::AtLeast(count.max(1)), fault))
}

/// How far a bound reaches: a number of words, `s` or `p`; `None` if it is none of these.
pub(super) fn reach(run: &str, bound: &str) -> Option<(Reach, Option<Fault>)> {
    if bound.eq_ignore_ascii_case("s") {
        return Some((Reach::Sentence, None));
    }
    if bound.eq_ignore_ascii_case("p") {
        return Some((Reach::Paragraph, None));
    }
    let words = number(bound)?;
    let fault = match words {
        0 => Some(Fault::new(
            format!("`{run}` is nearer than any two words are"),
            "write 1 for neighbours",
        )),
        _ if words > MAX_DISTANCE => Some(Fault::new(
            format!("`{run}` is too far: at most {MAX_DISTANCE} words"),
            "write `AND` to find both anywhere in an article",
        )),
        _ => None,
    };
    Some((Reach::Words(words.clamp(1, MAX_DISTANCE)), fault))
}

/// A number, the largest if there is no room for it; `None` for anything but digits.
pub(super) fn number(digits: &str) -> Option<u32> {
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| digits.parse().unwrap_or(u32::MAX))
}

/// The `^2` that ends a run: the byte where it starts, and the weight.
pub(super) fn weight_suffix(run: &str) -> Option<(usize, Weight, Option<Fault>)> {
    let at_byte = suffix_start(run, '^')?;
    let amount = &run[at_byte + 1..];
    let hundredths = amount.parse::<f64>().ok()? * 100.0;
    let largest = f64::from(Weight::MAX.0);
    let fault = (!(1.0..=largest).contains(&hundredths)).then(|| {
        Fault::new(
            format!("`^{amount}` is no weight"),
            "write a number from 0.01 to 100",
        )
    });
    // In range, so nothing is lost.
    let weight = Weight(hundredths.round().clamp(1.0, largest) as u16);
    Some((at_byte, weight, fault))
}

/// The `~1` that ends a word: the byte where it starts, and how many edits are allowed.
pub(super) fn edits_suffix(run: &str) -> Option<(usize, u8, Option<Fault>)> {
    let at_byte = suffix_start(run, '~')?;
    let amount = &run[at_byte + 1..];
    let edits = match amount {
        "" => Some(1),
        _ => number(amount).filter(|edits| (1..=2).contains(edits)),
    };
    let fault = edits.is_none().then(|| {
        Fault::new(
            format!("`~{amount}` is no number of edits"),
            "write `~1` or `~2` after a word: so many letters may differ",
        )
    });
    let most = if amount.starts_with(['0', '1']) { 1 } else { 2 };
    Some((at_byte, edits.map_or(most, |edits| edits as u8), fault))
}

/// The number of a `~3` right after a phrase: how many words may stand in between.
pub(super) fn gaps_suffix(run: &str) -> Option<(u32, Option<Fault>)> {
    if suffix_start(run, '~') != Some(0) {
        return None;
    }
    let gaps = number(&run[1..]);
    let fault = gaps.filter(|&gaps| gaps <= MAX_DISTANCE).is_none().then(|| {
        Fault::new(
            format!("`{run}` is no number of words"),
            format!("write `~3` after a phrase for three words in between, `~{MAX_DISTANCE}` at most"),
        )
    });
    Some((gaps.unwrap_or(1).min(MAX_DISTANCE), fault))
}

/// Where a final sign with a number starts; for `~` without one, too.
fn suffix_start(run: &str, sign: char) -> Option<usize> {
    let at_byte = run.rfind(sign)?;
    let amount = &run[at_byte + 1..];
    let number = amount
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    (number && (sign == '~' || !amount.is_empty())).then_some(at_byte)
}
