//! Measures the quality of rankings against human judgments.
//!
//! In: topics, judgments and a run, each from a file or made in memory. Out: an
//! [`Evaluation`], the scores of every judged topic and their means.
//!
//! The measures and the files are those of TREC and its program `trec_eval`, so
//! that figures can be laid beside those of other systems. Where the rankings
//! come from is left to the caller: nothing here knows an engine.

mod comparison;
mod judgments;
mod lines;
mod measures;
mod report;
mod run;
mod topics;

pub use comparison::{Difference, compare};
pub use judgments::{Grades, Judgments};
pub use measures::{Scores, score};
pub use report::{Evaluation, TopicScores, evaluate};
pub use run::Run;
pub use topics::{Topic, read_topics};
