//! Where output goes, and what it may look like.

use std::io::{self, IsTerminal, Write};

use super::args::ColorChoice;
use crate::error::Error;
use crate::explain::Account;
use crate::present::{TerminalStyle, write_account, write_error};
use crate::text::plain_line;

/// Columns where no terminal tells.
const DEFAULT_WIDTH: usize = 80;

/// Where everything but results goes, and how the terminal wants it.
pub(super) struct Console {
    style: TerminalStyle,
    error_colour: bool,
}

impl Console {
    pub(super) fn new(choice: ColorChoice) -> Self {
        let (stdout, stderr) = (io::stdout(), io::stderr());
        let on_terminal = stdout.is_terminal();
        let colour = allows_colour(choice, on_terminal);
        let style = TerminalStyle {
            width: width(),
            colour,
            hyperlinks: colour && on_terminal && supports_hyperlinks::supports_hyperlinks(),
        };
        let error_colour = allows_colour(choice, stderr.is_terminal());
        Self {
            style,
            error_colour,
        }
    }

    /// What the terminal can do.
    pub(super) fn style(&self) -> TerminalStyle {
        self.style
    }

    /// Tells the user something besides the results.
    pub(super) fn tell(&self, message: &str) {
        // A closed standard error is no reason to fail.
        let _ = writeln!(io::stderr(), "search: {}", plain_line(message));
    }

    /// Writes a line that needs no introduction.
    pub(super) fn note(&self, line: &str) {
        let _ = writeln!(io::stderr(), "{}", plain_line(line));
    }

    /// Tells what became of a query.
    pub(super) fn explain(&self, account: &Account) {
        let style = TerminalStyle {
            colour: self.error_colour,
            hyperlinks: false,
            ..self.style
        };
        let _ = write_account(&mut io::stderr(), account, style);
    }

    /// Tells the user of an error.
    pub(super) fn fail(&self, error: &Error) {
        let _ = write_error(&mut io::stderr(), error, self.error_colour);
    }
}

fn allows_colour(choice: ColorChoice, on_terminal: bool) -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => on_terminal && !set("NO_COLOR") && !dumb,
    }
}

/// The terminal's columns, even if the output goes to a pager.
fn width() -> usize {
    let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
    let measured = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    measured
        .or_else(columns)
        .filter(|&width| width > 0)
        .unwrap_or(DEFAULT_WIDTH)
}
