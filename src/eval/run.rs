//! The rankings that a system gives for a set of topics.
//!
//! In: ranked or scored documents by topic, from a search or from a TREC run
//! file, lines of `topic Q0 document rank score tag`. Out: documents by topic,
//! best first.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use super::lines::Lines;
use crate::error::Result;

const HINT: &str =
    "a line is `topic Q0 document rank score tag`, such as `7 Q0 article-12 1 8.31 bm25`";

/// Ranked document ids by topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    rankings: BTreeMap<String, Vec<String>>,
}

impl Run {
    /// Reads a TREC run file; blank lines are skipped.
    ///
    /// The order is by score, as in [`Run::insert_scored`]: the file's ranks and
    /// the order of its lines do not count.
    ///
    /// # Errors
    ///
    /// [`Io`](crate::error::ErrorKind::Io) if the file cannot be read;
    /// [`Input`](crate::error::ErrorKind::Input) if a line is not UTF-8, has not
    /// six fields, has a score that is not a number, or repeats a document of its topic.
    pub fn read(path: &Path) -> Result<Self> {
        Self::from_lines(&Lines::read(path)?)
    }

    /// Sets the ranking of a topic, best first, as it is. No document may be in it twice.
    pub fn insert(&mut self, topic: &str, ranked: Vec<String>) {
        self.rankings.insert(topic.to_owned(), ranked);
    }

    /// Sets the ranking of a topic in the order of `trec_eval`: by descending
    /// score, and among equals by descending id. No document may be in it twice.
    pub fn insert_scored(&mut self, topic: &str, mut scored: Vec<(f32, String)>) {
        scored.sort_unstable_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| other.cmp(one)));
        self.insert(topic, scored.into_iter().map(|(_, id)| id).collect());
    }

    /// Keeps the first `depth` documents of every topic.
    pub fn cut(&mut self, depth: usize) {
        let rankings = self.rankings.values_mut();
        rankings.for_each(|ranking| ranking.truncate(depth));
    }

    /// The documents of a topic, best first; none if the run does not answer it.
    pub fn ranking(&self, topic: &str) -> &[String] {
        self.rankings.get(topic).map_or(&[], Vec::as_slice)
    }

    /// The topics that the run answers, by id.
    pub fn topics(&self) -> impl Iterator<Item = &str> {
        self.rankings.keys().map(String::as_str)
    }

    fn from_lines(lines: &Lines) -> Result<Self> {
        let mut scored: BTreeMap<&str, Vec<(f32, String)>> = BTreeMap::new();
        let mut seen = HashSet::new();
        for (number, line) in lines.filled() {
            let wrong = |what: &str| lines.error(number, what).with_hint(HINT);
            let fields: Vec<&str> = line.split_whitespace().collect();
            let &[topic, _q0, document, _rank, score, _tag] = fields.as_slice() else {
                return Err(wrong(&format!("{} fields instead of 6", fields.len())));
            };
            // `trec_eval` compares scores in single precision.
            let Some(score) = score.parse().ok().filter(|score: &f32| !score.is_nan()) else {
                return Err(wrong(&format!("the score {score} is not a number")));
            };
            if !seen.insert((topic, document)) {
                return Err(wrong(&format!("topic {topic} lists {document} twice")));
            }
            // Adding 0 makes a negative zero positive, which sorts with its like.
            let row = (score + 0.0, document.to_owned());
            scored.entry(topic).or_default().push(row);
        }
        let mut run = Self::default();
        for (topic, rows) in scored {
            run.insert_scored(topic, rows);
        }
        Ok(run)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_error(text: &str, message: &str) {
        let error = Run::from_lines(&Lines::of(text)).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert!(error.hint().is_some());
    }

    #[test]
    fn order_is_by_score_then_by_descending_id() {
        let text = "1 Q0 a 1 2.0 x\n1 Q0 b 2 2.00 x\n1 Q0 c 3 1e1 x\n1 Q0 d 4 -0 x\n1 Q0 e 5 0 x\n2 Q0 a 1 1 x";
        let run = Run::from_lines(&Lines::of(text)).unwrap();
        assert_eq!(run.ranking("1"), ["c", "b", "a", "e", "d"]);
        assert_eq!(run.ranking("2"), ["a"]);
        assert!(run.ranking("3").is_empty());
        assert_eq!(run.topics().collect::<Vec<_>>(), ["1", "2"]);
    }

    #[test]
    fn a_ranked_list_stays_as_it_is() {
        let mut run = Run::default();
        run.insert("1", vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(run.ranking("1"), ["a", "b"]);
        run.cut(1);
        assert_eq!(run.ranking("1"), ["a"]);
    }

    #[test]
    fn errors_name_the_line() {
        check_error("1 Q0 a 1 2", "test, line 1: 5 fields instead of 6");
        check_error(
            "1 Q0 a 1 NaN x",
            "test, line 1: the score NaN is not a number",
        );
        check_error(
            "1 Q0 a 1 2 x\n1 Q0 a 2 1 x",
            "test, line 2: topic 1 lists a twice",
        );
    }
}
