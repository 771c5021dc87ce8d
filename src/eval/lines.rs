//! Reads the small text files of an evaluation line by line.
//!
//! In: a file. Out: its lines that hold anything, with their numbers, and
//! errors that say where. A byte-order mark and CRLF line ends are tolerated.

use std::path::Path;

use crate::error::{Error, ErrorKind, Result};

/// The lines of a file.
pub(super) struct Lines {
    name: String,
    text: String,
}

impl Lines {
    /// Reads a whole file, which must be UTF-8.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|cause| Error::io("read", path, &cause))?;
        let name = path.display().to_string();
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self { name, text }),
            Err(error) => {
                let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = 1 + valid.iter().filter(|&&byte| byte == b'\n').count();
                let place = format!("{name}, line {line}: the text is not UTF-8");
                Err(Error::new(ErrorKind::Input, place).with_hint("save the file as UTF-8"))
            }
        }
    }

    /// The lines of a text that is in memory already.
    #[cfg(test)]
    pub(super) fn of(text: &str) -> Self {
        Self {
            name: "test".to_owned(),
            text: text.to_owned(),
        }
    }

    /// Numbers, from 1, and texts of the lines that are not blank.
    pub(super) fn filled(&self) -> impl Iterator<Item = (usize, &str)> {
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(&self.text);
        (1..)
            .zip(text.lines())
            .filter(|(_, line)| !line.trim().is_empty())
    }

    /// An error about one line.
    pub(super) fn error(&self, line: usize, what: &str) -> Error {
        Error::new(
            ErrorKind::Input,
            format!("{}, line {line}: {what}", self.name),
        )
    }

    /// The error of a file that has only blank lines.
    pub(super) fn empty(&self, what: &str) -> Error {
        Error::new(ErrorKind::Input, format!("{} has no {what}", self.name))
    }
}
