//! Syntax that the language will have later: recognised, so that it is never
//! searched as words or dropped without a word.
//!
//! Each is an error that says what to write instead; a lenient reading takes that
//! instead.

use super::operators::Fault;

/// What to say about `*` as the value of a field.
pub(super) fn any_value(name: &str) -> Fault {
    let hint = match name {
        "date" => "write `date:..` for articles with a date".to_owned(),
        _ => format!("leave `{name}:*` away"),
    };
    Fault {
        message: "`*` for any value of a field is not supported yet".to_owned(),
        hint,
    }
}
