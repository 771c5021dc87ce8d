//! Reads which articles people judged relevant to which topics.
//!
//! In: a TREC judgments file ("qrels"), lines of `topic iteration document grade`.
//! Out: the grades by topic. The iteration is never used, by anyone.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::lines::Lines;
use crate::error::Result;

const HINT: &str = "a line is `topic iteration document grade`, such as `7 0 article-12 1`";

/// The judged documents of one topic; a grade above 0 is relevant, the higher the more.
pub type Grades = HashMap<String, i32>;

/// The grades of every judged topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgments {
    topics: BTreeMap<String, Grades>,
}

impl Judgments {
    /// Reads a judgments file; blank lines are skipped.
    ///
    /// # Errors
    ///
    /// [`Io`](crate::error::ErrorKind::Io) if the file cannot be read;
    /// [`Input`](crate::error::ErrorKind::Input) if it has no judgments, or if a
    /// line is not UTF-8, has not four fields, has a grade that is not a whole
    /// number, or contradicts an earlier one.
    pub fn read(path: &Path) -> Result<Self> {
        Self::from_lines(&Lines::read(path)?)
    }

    /// Sets one grade, and returns the one that it replaces.
    pub fn insert(&mut self, topic: &str, document: &str, grade: i32) -> Option<i32> {
        let grades = self.topics.entry(topic.to_owned()).or_default();
        grades.insert(document.to_owned(), grade)
    }

    /// The judged topics with their grades, by id.
    pub fn topics(&self) -> impl Iterator<Item = (&str, &Grades)> {
        self.topics
            .iter()
            .map(|(topic, grades)| (topic.as_str(), grades))
    }

    fn from_lines(lines: &Lines) -> Result<Self> {
        let mut judgments = Self::default();
        for (number, line) in lines.filled() {
            let wrong = |what: &str| lines.error(number, what).with_hint(HINT);
            let fields: Vec<&str> = line.split_whitespace().collect();
            let &[topic, _iteration, document, grade] = fields.as_slice() else {
                return Err(wrong(&format!("{} fields instead of 4", fields.len())));
            };
            let Ok(grade) = grade.parse() else {
                return Err(wrong(&format!("the grade {grade} is not a whole number")));
            };
            let earlier = judgments.insert(topic, document, grade);
            if let Some(earlier) = earlier.filter(|&earlier| earlier != grade) {
                let what = format!("{document} has grade {grade} here and {earlier} before");
                let hint = format!("keep one of the lines of topic {topic} about {document}");
                return Err(lines.error(number, &what).with_hint(hint));
            }
        }
        if judgments.topics.is_empty() {
            return Err(lines.empty("judgments").with_hint(HINT));
        }
        Ok(judgments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_error(text: &str, message: &str) {
        let error = Judgments::from_lines(&Lines::of(text)).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert!(error.hint().is_some());
    }

    #[test]
    fn fields_are_separated_by_any_space() {
        let read = Judgments::from_lines(&Lines::of(
            "\u{feff}1 0 a 2\r\n\n1\tQ0\tb\t0\n2  0  a  -1\n1 0 a 2",
        ));
        let mut expected = Judgments::default();
        for (topic, document, grade) in [("1", "a", 2), ("1", "b", 0), ("2", "a", -1)] {
            expected.insert(topic, document, grade);
        }
        assert_eq!(read.unwrap(), expected);
    }

    #[test]
    fn errors_name_the_line() {
        check_error("1 0 a 1\n\n1 0 b", "test, line 3: 3 fields instead of 4");
        check_error(
            "1 0 a 0.5",
            "test, line 1: the grade 0.5 is not a whole number",
        );
        check_error(
            "1 0 a 1\n1 0 a 2",
            "test, line 2: a has grade 2 here and 1 before",
        );
        check_error(" \n", "test has no judgments");
    }
}
