//! What `.searchignore` files leave out.
//!
//! In: folders on the way down from a root. Out: whether a path is left out.
//!
//! The files are written as `.gitignore` files are: one pattern a line, about the
//! folder of the file and those below; the deepest file that says something about a
//! path decides, and in it the last line; `!` takes back in. What lies in a folder
//! that is left out cannot be taken back in, for that folder is not entered. Files
//! above a root are not asked.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::globs::plain;
use super::problem::problem;
use crate::error::{Problem, ProblemKind};

/// The name of such a file.
pub(super) const IGNORE_FILE: &str = ".searchignore";

/// More than anybody writes by hand; what follows is left out of account.
const MAX_BYTES: u64 = 1 << 20;

/// The rules of the folders from a root down to the one that is walked.
#[derive(Debug, Default)]
pub(super) struct Ignored {
    levels: Vec<(PathBuf, Gitignore)>,
}

impl Ignored {
    /// Reads the rules of a folder, and returns what is wrong with them; `shown` is
    /// the folder as the user would name it.
    pub(super) fn enter(&mut self, folder: &Path, shown: &Path) -> Vec<Problem> {
        let shown = shown.join(IGNORE_FILE).display().to_string();
        let text = match read(&folder.join(IGNORE_FILE)) {
            Ok(text) => text,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Vec::new(),
            Err(cause) => {
                let message = format!("{cause}; nothing is left out by it");
                return vec![problem(&shown, ProblemKind::Unreadable, message)];
            }
        };
        let (rules, problems) = parse(folder, &text, &shown);
        if !rules.is_empty() {
            self.levels.push((folder.to_path_buf(), rules));
        }
        problems
    }

    /// Forgets the rules of folders that do not hold `path`.
    pub(super) fn leave_for(&mut self, path: &Path) {
        while self
            .levels
            .pop_if(|(folder, _)| !path.starts_with(folder))
            .is_some()
        {}
    }

    /// Whether a path in the folder entered last is left out.
    pub(super) fn has(&self, path: &Path, is_folder: bool) -> bool {
        let levels = self.levels.iter().rev();
        let mut verdicts = levels.map(|(_, rules)| rules.matched(path, is_folder));
        verdicts
            .find(|verdict| !verdict.is_none())
            .is_some_and(|verdict| verdict.is_ignore())
    }
}

fn read(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The rules of a file; lines that cannot be read are passed over.
fn parse(folder: &Path, text: &str, shown: &str) -> (Gitignore, Vec<Problem>) {
    let mut builder = GitignoreBuilder::new(folder);
    let mut problems = Vec::new();
    let mut complain = |line, cause: &ignore::Error| {
        let message = format!("not a pattern: {}", plain(cause));
        let mut found = problem(shown, ProblemKind::Malformed, message);
        found.place.line = line;
        problems.push(found);
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (number, line) in (1..).zip(text.lines()) {
        if let Err(cause) = builder.add_line(None, line) {
            complain(Some(number), &cause);
        }
    }
    let rules = builder.build().unwrap_or_else(|cause| {
        complain(None, &cause);
        Gitignore::empty()
    });
    (rules, problems)
}
