//! Problems as a list: for people, as one object, or a line each.

use std::io::{self, Write};

use crate::error::Problem;
use crate::text::plain_line;

/// How problems are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemLayout {
    /// A line each, for people: place, kind, message.
    Text,
    /// One object whose `problems` are all of them.
    Json,
    /// An object a line.
    Jsonl,
}

/// Writes problems one by one, and keeps none.
pub struct ProblemList<'a> {
    out: &'a mut dyn Write,
    layout: ProblemLayout,
    is_empty: bool,
}

impl<'a> ProblemList<'a> {
    /// Opens the list.
    ///
    /// # Errors
    ///
    /// Fails if `out` does.
    pub fn new(out: &'a mut dyn Write, layout: ProblemLayout) -> io::Result<Self> {
        if layout == ProblemLayout::Json {
            write!(out, "{{\"problems\":[")?;
        }
        Ok(Self {
            out,
            layout,
            is_empty: true,
        })
    }

    /// Writes one problem.
    ///
    /// # Errors
    ///
    /// Fails if the output does.
    pub fn write(&mut self, problem: &Problem) -> io::Result<()> {
        let is_first = std::mem::replace(&mut self.is_empty, false);
        match self.layout {
            ProblemLayout::Text => {
                let Problem { kind, message, .. } = problem;
                let line = format!("{}: {kind}: {message}", problem.location());
                writeln!(self.out, "{}", plain_line(&line))
            }
            ProblemLayout::Json => {
                write!(self.out, "{}", if is_first { "" } else { "," })?;
                Ok(serde_json::to_writer(&mut *self.out, problem)?)
            }
            ProblemLayout::Jsonl => {
                serde_json::to_writer(&mut *self.out, problem)?;
                writeln!(self.out)
            }
        }
    }

    /// Closes the list.
    ///
    /// # Errors
    ///
    /// Fails if the output does.
    pub fn finish(self) -> io::Result<()> {
        match self.layout {
            ProblemLayout::Json => writeln!(self.out, "]}}"),
            ProblemLayout::Text | ProblemLayout::Jsonl => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Place, ProblemKind};

    #[track_caller]
    fn check(layout: ProblemLayout, problems: usize, expected: &str) {
        let mut out = Vec::new();
        let mut list = ProblemList::new(&mut out, layout).unwrap();
        for line in 1..=problems as u64 {
            let problem = Problem {
                kind: ProblemKind::TooLarge,
                path: "a\u{1b}.jsonl".into(),
                member: None,
                place: Place {
                    line: Some(line),
                    ..Place::default()
                },
                message: "a line".into(),
            };
            list.write(&problem).unwrap();
        }
        list.finish().unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn people_see_place_kind_and_message() {
        check(ProblemLayout::Text, 0, "");
        check(ProblemLayout::Text, 1, "a.jsonl:1: too-large: a line\n");
    }

    #[test]
    fn programs_get_one_object_or_many() {
        let [first, second] = [1, 2].map(|line| {
            format!(
                "{{\"kind\":\"too-large\",\"path\":\"a\\u001b.jsonl\",\"line\":{line},\"message\":\"a line\"}}"
            )
        });
        check(ProblemLayout::Json, 0, "{\"problems\":[]}\n");
        check(
            ProblemLayout::Json,
            2,
            &format!("{{\"problems\":[{first},{second}]}}\n"),
        );
        check(ProblemLayout::Jsonl, 2, &format!("{first}\n{second}\n"));
    }
}
