//! Presentation: results to bytes.
//!
//! In: pages, hits and articles, with what matched in them. Out: text for a
//! terminal, JSON, CSV and TREC runs.
//! Nothing here decides what matched, or where the bytes go.

mod comparison;
mod explain;
mod failure;
mod json;
mod kwic;
mod layout;
mod link;
mod printer;
mod problems;
mod readable;
mod report;
#[cfg(test)]
mod sample;
mod scores;
mod table;
mod terminal;

pub use comparison::{Compared, write_comparison, write_comparison_json};
pub use explain::write_account;
pub use failure::write_error;
pub use json::{Typed, write_article_jsonl, write_hit_jsonl, write_page_json};
pub use kwic::{KwicOrder, KwicTable, write_kwic};
pub use problems::{ProblemLayout, ProblemList};
pub use report::{round_line, write_report, write_report_json, write_summary, write_summary_json};
pub use scores::{write_scores, write_scores_json};
pub use table::{ArticleTable, HitTable, write_run};
pub use terminal::{TerminalStyle, write_article, write_page};
