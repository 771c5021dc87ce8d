//! Repairs JSON that common tools write and the standard forbids.
//!
//! In: a text that is not valid JSON. Out: the same with `NaN` and `Infinity`
//! as `null`, control characters in strings as spaces, and halves of surrogate
//! pairs as U+FFFD; `None` if there is none of these, so the text is broken.

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
        } else {
            let after = c.len_utf8();
            let stop = rest[after..].find(['"', 'N', 'I', '-']);
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
        let (length, is_half) = escape(rest);
        repaired.push_str(if is_half { "\\ufffd" } else { &rest[..length] });
        rest = &rest[length..];
    }
    repaired.push_str(rest);
}

/// The length of the escape at the start of `text`, and whether it is half a
/// surrogate pair; a whole pair counts as one escape.
fn escape(text: &str) -> (usize, bool) {
    let Some(first) = unit(text) else {
        let length = text.chars().take(2).map(char::len_utf8).sum();
        return (length, false);
    };
    match first {
        0xd800..0xdc00 => match unit(&text[6..]) {
            Some(0xdc00..0xe000) => (12, false),
            _ => (6, true),
        },
        0xdc00..0xe000 => (6, true),
        _ => (6, false),
    }
}

/// The code unit of a `\u` escape.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
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
    fn leaves_other_damage_alone() {
        assert_eq!(repair_json("{\"a\": "), None);
        assert_eq!(repair_json("\"never \\"), None);
    }
}
