//! Reads a file of queries.
//!
//! In: a text file, `id TAB query` a line or only a query a line. Out: the
//! queries with their ids, in file order.
//!
//! What the queries mean is left to [`crate::query`].

use std::collections::HashMap;
use std::path::Path;

use super::lines::Lines;
use crate::error::Result;

const HINT: &str = "a line is a query, or an id, a tab and a query";

/// A query with the id by which results and judgments refer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// One word, unique in its file.
    pub id: String,
    /// The query as written, without spaces around it; never empty.
    pub query: String,
}

/// Reads a file of queries, at least one.
///
/// If every line has a tab, what is before the first tab is the id; else each
/// line is a query and the ids are 1, 2, 3 and so on. Blank lines are skipped.
///
/// # Errors
///
/// [`Io`](crate::error::ErrorKind::Io) if the file cannot be read;
/// [`Input`](crate::error::ErrorKind::Input) if it has no queries, or if a line
/// is not UTF-8, lacks its query, or has an id that is not one word or not new.
pub fn read_topics(path: &Path) -> Result<Vec<Topic>> {
    from_lines(&Lines::read(path)?)
}

fn from_lines(lines: &Lines) -> Result<Vec<Topic>> {
    let topics = if lines.filled().all(|(_, line)| line.contains('\t')) {
        with_ids(lines)?
    } else {
        (1..)
            .zip(lines.filled())
            .map(|(id, (_, line)): (usize, _)| topic(&id.to_string(), line))
            .collect()
    };
    if topics.is_empty() {
        return Err(lines.empty("queries").with_hint(HINT));
    }
    Ok(topics)
}

fn with_ids(lines: &Lines) -> Result<Vec<Topic>> {
    let mut topics = Vec::new();
    let mut lines_by_id = HashMap::new();
    for (number, line) in lines.filled() {
        let (id, query) = line.split_once('\t').unwrap_or((line, ""));
        let topic = topic(id, query);
        // Results are printed in columns, which an id with a space would shift.
        if topic.id.split_whitespace().count() != 1 {
            let what = format!("the id `{}` before the tab is not one word", topic.id);
            return Err(lines.error(number, &what).with_hint(HINT));
        }
        if topic.query.is_empty() {
            let what = format!("no query follows the id {}", topic.id);
            return Err(lines.error(number, &what).with_hint(HINT));
        }
        if let Some(earlier) = lines_by_id.insert(topic.id.clone(), number) {
            let what = format!("the id {} is that of line {earlier} too", topic.id);
            let hint = "give every query its own id";
            return Err(lines.error(number, &what).with_hint(hint));
        }
        topics.push(topic);
    }
    Ok(topics)
}

fn topic(id: &str, query: &str) -> Topic {
    Topic {
        id: id.trim().to_owned(),
        query: query.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let read = from_lines(&Lines::of(text)).unwrap();
        let pairs: Vec<(&str, &str)> = read.iter().map(|t| (&*t.id, &*t.query)).collect();
        assert_eq!(pairs, expected);
    }

    #[track_caller]
    fn check_error(text: &str, message: &str) {
        let error = from_lines(&Lines::of(text)).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert!(error.hint().is_some());
    }

    #[test]
    fn a_tab_in_every_line_sets_ids_apart() {
        check(
            "\u{feff}q1\tceasefire Kursk\r\n\r\nq2\t a\tb \r\n",
            &[("q1", "ceasefire Kursk"), ("q2", "a\tb")],
        );
    }

    #[test]
    fn one_line_without_a_tab_makes_all_lines_queries() {
        check(
            "ceasefire Kursk\n\n a\tb\n",
            &[("1", "ceasefire Kursk"), ("2", "a\tb")],
        );
    }

    #[test]
    fn errors_name_the_line() {
        check_error(
            "1\ta\n\n1\tb",
            "test, line 3: the id 1 is that of line 1 too",
        );
        check_error("1\ta\n2\t ", "test, line 2: no query follows the id 2");
        check_error(
            "\ta",
            "test, line 1: the id `` before the tab is not one word",
        );
        check_error(
            "two words\ta",
            "test, line 1: the id `two words` before the tab is not one word",
        );
        check_error("\r\n", "test has no queries");
    }

    #[test]
    fn a_file_that_is_not_utf8_is_refused_with_the_line() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), b"first\nsecond caf\xe9\n").unwrap();
        let error = read_topics(file.path()).unwrap_err();
        assert!(error.to_string().ends_with("line 2: the text is not UTF-8"));
    }
}
