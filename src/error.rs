//! Errors that stop a command, and problems that a run records and survives.
//!
//! An [`Error`] says what failed, where and why, and carries a hint that can be
//! acted on. A [`Problem`] is one file or record of an archive that could not be
//! read as it should: it is counted, listed and costs nothing else.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use serde::de::IntoDeserializer;
use serde::{Deserialize, Serialize};

/// The result of anything that can stop a command.
pub type Result<T> = std::result::Result<T, Error>;

/// What sort of failure an [`Error`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A query that cannot be read.
    Query,
    /// There is no index where one was looked for.
    NoIndex,
    /// The index was built by a version that this one cannot read.
    IndexVersion,
    /// The index is damaged.
    IndexDamaged,
    /// Another process is writing to the index.
    IndexBusy,
    /// The disk has no room left.
    DiskFull,
    /// A file or folder cannot be read or written.
    Io,
    /// A flag, a file of queries or another input of the user's is wrong.
    Input,
    /// Nothing has the asked-for id.
    NotFound,
    /// The run was stopped by the user.
    Interrupted,
}

/// A failure: what, where, why, and what to do about it.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    hint: Option<String>,
    at_byte: Option<usize>,
}

impl Error {
    /// Makes an error from a message in lower case without a final period.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hint: None,
            at_byte: None,
        }
    }

    /// Makes an [`ErrorKind::Io`] (or [`ErrorKind::DiskFull`]) error about `path`.
    pub fn io(action: &str, path: &Path, cause: &std::io::Error) -> Self {
        let full = matches!(
            cause.kind(),
            std::io::ErrorKind::StorageFull
                | std::io::ErrorKind::FileTooLarge
                | std::io::ErrorKind::QuotaExceeded
        );
        let kind = if full {
            ErrorKind::DiskFull
        } else {
            ErrorKind::Io
        };
        Self::new(kind, format!("cannot {action} {}: {cause}", path.display()))
    }

    /// Adds what the user can do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the byte of the user's input that it is about.
    #[must_use]
    pub fn at_byte(mut self, byte: usize) -> Self {
        self.at_byte = Some(byte);
        self
    }

    /// The sort of failure.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What the user can do about it, if anything is known.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// The byte of the user's input that it is about.
    pub fn byte(&self) -> Option<usize> {
        self.at_byte
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// What was wrong with a file or a record; the name in reports and JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ProblemKind {
    /// A file or folder cannot be opened or read (no permission, vanished, I/O error).
    Unreadable,
    /// A symbolic link leads back to a folder above it; the folder is read once.
    LinkLoop,
    /// A compressed file ends early or is damaged.
    Damaged,
    /// The content is none of the formats that are read.
    UnknownFormat,
    /// A record does not follow its format (broken JSON, broken front matter).
    Malformed,
    /// A record holds no text that could be an article.
    NoText,
    /// A record is larger than the limit.
    TooLarge,
    /// Bytes are not valid in the file's encoding; they became U+FFFD.
    Encoding,
    /// A date is impossible, or in the future.
    BadDate,
    /// Text that was decoded wrongly before it came here; repaired where that is certain.
    Mojibake,
}

impl ProblemKind {
    /// The kind in words, for a report: "3 broken records".
    pub fn label(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::LinkLoop => "link loop",
            Self::Damaged => "damaged archive",
            Self::UnknownFormat => "unknown format",
            Self::Malformed => "malformed record",
            Self::NoText => "no text",
            Self::TooLarge => "too large",
            Self::Encoding => "encoding",
            Self::BadDate => "bad date",
            Self::Mojibake => "mojibake",
        }
    }
}

impl fmt::Display for ProblemKind {
    /// Writes the name, as in JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl FromStr for ProblemKind {
    type Err = String;

    fn from_str(name: &str) -> std::result::Result<Self, String> {
        let name: serde::de::value::StrDeserializer<'_, serde::de::value::Error> =
            name.into_deserializer();
        Self::deserialize(name).map_err(|cause| cause.to_string())
    }
}

/// Where in a file a problem is; all counts start at 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The line, in files that are read by lines.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u64>,
    /// The record, in files that hold several.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub record: Option<u64>,
    /// The byte offset after decompression, from 0.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub byte: Option<u64>,
}

/// One thing that went wrong in one file, without stopping the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What sort of problem.
    pub kind: ProblemKind,
    /// The file, as the user would name it.
    pub path: String,
    /// The way to the file in an archive, where `path` is that archive.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub member: Option<String>,
    /// Where in the file.
    #[serde(flatten)]
    pub place: Place,
    /// What is wrong, in words, without the path.
    pub message: String,
}

impl Problem {
    /// The file and the place in it: `news/wire.jsonl:12`, `news/crawl.zip#a.html`.
    pub fn location(&self) -> String {
        let path = match &self.member {
            Some(member) => format!("{}#{member}", self.path),
            None => self.path.clone(),
        };
        match self.place {
            Place {
                line: Some(line), ..
            } => format!("{path}:{line}"),
            Place {
                record: Some(record),
                ..
            } => format!("{path} (record {record})"),
            Place {
                byte: Some(byte), ..
            } => format!("{path} (byte {byte})"),
            _ => path,
        }
    }

    /// Memory that it takes, in bytes, about.
    pub fn memory_bytes(&self) -> usize {
        let member = self.member.as_ref().map_or(0, String::len);
        size_of::<Self>() + self.path.len() + member + self.message.len()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.location(), self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_known_by_the_name_in_json() {
        for kind in [ProblemKind::TooLarge, ProblemKind::Malformed] {
            assert_eq!(kind.to_string().parse(), Ok(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.to_string());
        }
        let complaint = "large".parse::<ProblemKind>().unwrap_err();
        assert!(complaint.contains("`too-large`"), "{complaint}");
    }
}
