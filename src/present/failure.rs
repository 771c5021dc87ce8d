//! Errors as the user sees them on standard error.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::error::Error;
use crate::text::plain_line;

/// Writes `search: message` and the hint; lines after the message's first are a picture and stay as they are.
///
/// # Errors
///
/// Fails if `out` does.
pub fn write_error(out: &mut dyn Write, error: &Error, colour: bool) -> io::Result<()> {
    let style = match colour {
        true => Style::new().bold().fg_color(Some(AnsiColor::Red.into())),
        false => Style::new(),
    };
    let message = error.to_string();
    for (number, line) in message.lines().enumerate() {
        match number {
            0 => writeln!(out, "{style}search:{style:#} {}", plain_line(line))?,
            // Leading spaces put the caret in its place.
            _ => writeln!(out, "{line}")?,
        }
    }
    if let Some(hint) = error.hint() {
        writeln!(out, "hint: {}", plain_line(hint))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn an_error_has_a_picture_and_a_hint_and_no_control_characters() {
        let error = Error::new(ErrorKind::Query, "cannot \u{1b}[31mread\n  a \"b\n    ^")
            .with_hint("close it");
        let mut out = Vec::new();
        write_error(&mut out, &error, false).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(
            text.starts_with("search: cannot ") && !text.contains('\u{1b}'),
            "{text:?}"
        );
        assert!(
            text.ends_with("\n  a \"b\n    ^\nhint: close it\n"),
            "{text:?}"
        );
    }
}
