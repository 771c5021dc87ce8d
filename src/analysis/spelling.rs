//! One key for the spellings of a name.

use super::fold::{fold_marks, lower};

/// The key of a word of a name.
pub fn spelling_key(word: &str) -> String {
    let folded = fold_marks(lower(word));
    match folded.strip_suffix("yy") {
        Some(stem) => format!("{stem}y"),
        None => folded,
    }
}
