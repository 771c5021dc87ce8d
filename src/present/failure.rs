//! Errors as the user sees them on standard error.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::error::{Error, ErrorKind};
use crate::text::plain_line;

/// Writes `search: message` and the hint; a query error's message may be a picture of
/// several lines, any other is put on one.
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
    let (first, picture) = match error.kind() {
        ErrorKind::Query => message.split_once('\n').unwrap_or((&message, "")),
        _ => (&*message, ""),
    };
    writeln!(out, "{style}search:{style:#} {}", plain_line(first))?;
    for line in picture.lines() {
        writeln!(out, "{}", plain_line(line))?;
    }
    if let Some(hint) = error.hint() {
        writeln!(out, "hint: {}", plain_line(hint))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(error: &Error) -> String {
        let mut out = Vec::new();
        write_error(&mut out, error, false).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_error_has_a_picture_and_a_hint_and_no_control_characters() {
        let error = Error::new(ErrorKind::Query, "cannot \u{1b}[31mread\n  a \"b\n    ^")
            .with_hint("close it");
        let text = written(&error);
        assert!(
            text.starts_with("search: cannot ") && !text.contains('\u{1b}'),
            "{text:?}"
        );
        assert!(
            text.ends_with("\n  a \"b\n    ^\nhint: close it\n"),
            "{text:?}"
        );
    }

    #[test]
    fn names_with_line_ends_stay_on_the_line() {
        let error = Error::new(ErrorKind::Io, "cannot read z\n\u{1b}[31mEVIL: gone");
        assert_eq!(written(&error), "search: cannot read z EVIL: gone\n");
    }
}
