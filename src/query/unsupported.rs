//! Syntax that the language will have later: recognised, so that it is never
//! searched as words or dropped without a word.
//!
//! Each is an error that says what to write instead; a lenient reading takes that
//! instead.

use super::operators::Fault;

/// The explanation for a field that is not supported yet, if `name` is one.
pub(super) fn field(name: &str) -> Option<Fault> {
    let name = name.to_ascii_lowercase();
    let hint = match name.as_str() {
        "actor" => "leave `actor:` away to search for the name in the text",
        "said" => "write the name and the words without `said:` and the parentheses",
        _ => return None,
    };
    Some(Fault {
        message: format!("the field `{name}:` is not supported yet"),
        hint: hint.to_owned(),
    })
}

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
