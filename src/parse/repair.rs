//! Repairs JSON that common tools write and the standard forbids.
//!
//! In: a text that is not valid JSON. Out: the same with `NaN` and `Infinity`
//! as `null`, control characters in strings as spaces, halves of surrogate pairs as
//! U+FFFD, a comma before a closing bracket left out, and escapes that JSON does not
//! know as what they stand for elsewhere; `None` if there is none of these, so the text
//! is broken.

use std::borrow::Cow;

/// Reads JSON as it is or, if that fails, repaired, which is then kept in `repaired`.
///
/// # Errors
///
/// Fails with what is wrong beyond repair.
pub(super) fn read_repaired<'a, T>(
    json: &'a str,
    repaired: &'a mut Option<String>,
    read: impl Fn(&'a str) -> serde_json::Result<T>,
) -> serde_json::Result<T> {
    let error = match read(json) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    *repaired = repair_json(json);
    repaired.as_deref().map_or(Err(error), read)
}

/// The message of a JSON error with its column alone.
pub(super) fn without_line(error: &serde_json::Error) -> String {
    let place = format!(" at line {} column", error.line());
    error.to_string().replace(&place, " at column")
}

/// Repairs what can be repaired without guessing.
pub(super) fn repair_json(text: &str) -> Option<String> {
    let mut repaired = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '"' {
            let string = &rest[..string_end(rest)];
            rest = &rest[string.len()..];
            repair_string(string, &mut repaired);
        } else if let Some(word) = ["NaN", "Infinity", "-Infinity"]
            .iter()
            .find(|word| rest.starts_with(**word))
        {
            repaired.push_str("null");
            rest = &rest[word.len()..];
        } else if c == ',' && rest[1..].trim_ascii_start().starts_with(['}', ']']) {
            rest = &rest[1..];
        } else {
            let after = c.len_utf8();
            let stop = rest[after..].find(['"', 'N', 'I', '-', ',']);
            let end = stop.map_or(rest.len(), |at| after + at);
            repaired.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    (repaired != text).then_some(repaired)
}

/// Where the string that starts at the first byte ends, its closing quote included.
fn string_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(found) = bytes
        .get(at..)
        .and_then(|rest| memchr::memchr2(b'"', b'\\', rest))
    {
        at += found;
        if bytes[at] == b'"' {
            return at + 1;
        }
        at += 2;
    }
    text.len()
}

fn repair_string(string: &str, repaired: &mut String) {
    let mut rest = string;
    while let Some(at) = rest.find(|c: char| c == '\\' || c < ' ') {
        repaired.push_str(&rest[..at]);
        rest = &rest[at..];
        if !rest.starts_with('\\') {
            repaired.push(' ');
            rest = &rest[1..];
            continue;
        }
        let (length, stands_for) = escape(rest);
        repaired.push_str(stands_for.as_deref().unwrap_or(&rest[..length]));
        rest = &rest[length..];
    }
    repaired.push_str(rest);
}

/// The length of the escape at the start of `text`, and what JSON writes for it where
/// that is something else; a whole surrogate pair counts as one escape.
fn escape(text: &str) -> (usize, Option<Cow<'static, str>>) {
    let Some(first) = unit(text, "\\u", 4) else {
        return other_escape(text);
    };
    let half = Some(Cow::Borrowed("\\ufffd"));
    match first {
        0xd800..0xdc00 => match unit(&text[6..], "\\u", 4) {
            Some(0xdc00..0xe000) => (12, None),
            _ => (6, half),
        },
        0xdc00..0xe000 => (6, half),
        _ => (6, None),
    }
}

/// The same for an escape of another form: JavaScript has `\'` and `\x41`, and elsewhere
/// a backslash stands for itself.
fn other_escape(text: &str) -> (usize, Option<Cow<'static, str>>) {
    match text.as_bytes().get(1) {
        None => (1, None),
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => (2, None),
        Some(b'\'') => (2, Some(Cow::Borrowed("'"))),
        Some(b'x') if unit(text, "\\x", 2).is_some() => {
            (4, Some(Cow::Owned(format!("\\u00{}", &text[2..4]))))
        }
        Some(_) => (1, Some(Cow::Borrowed("\\\\"))),
    }
}

/// The code unit of an escape: what begins it, and how many digits follow.
fn unit(text: &str, sign: &str, digits: usize) -> Option<u16> {
    let digits = text.strip_prefix(sign)?.get(..digits)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repairs_what_python_writes() {
        let broken = "{\"a\": NaN, \"b\": \"NaN \\ud83d x\", \"c\": [-Infinity, -1]}";
        let repaired = "{\"a\": null, \"b\": \"NaN \\ufffd x\", \"c\": [null, -1]}";
        assert_eq!(repair_json(broken).as_deref(), Some(repaired));
    }

    #[test]
    fn keeps_pairs_and_other_escapes() {
        assert_eq!(repair_json("{\"a\": \"\\ud83d\\ude00 \\\" \\n\"}"), None);
    }

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(repair_json("\"a\u{1}b\"").as_deref(), Some("\"a b\""));
    }

    #[test]
    fn commas_before_a_closing_bracket_go() {
        let broken = "{\"a\": [1, 2,], \"b\": \"x,}\" ,\n}";
        let repaired = "{\"a\": [1, 2], \"b\": \"x,}\" \n}";
        assert_eq!(repair_json(broken).as_deref(), Some(repaired));
    }

    #[test]
    fn escapes_of_other_languages_become_what_they_stand_for() {
        for (broken, repaired) in [
            (r#""It\'s""#, r#""It's""#),
            (r#""caf\xe9""#, r#""caf\u00e9""#),
            (r#""C:\dir\u12""#, r#""C:\\dir\\u12""#),
            (r#""\é \x4""#, r#""\\é \\x4""#),
        ] {
            assert_eq!(repair_json(broken).as_deref(), Some(repaired));
        }
    }

    #[test]
    fn leaves_other_damage_alone() {
        assert_eq!(repair_json("{\"a\": "), None);
        assert_eq!(repair_json("\"never \\"), None);
    }
}
