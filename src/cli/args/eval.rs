//! The arguments of `search eval`.

use std::fmt;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, ValueEnum};

use super::{LanguageArgs, MatchingArgs, ReportFormat};

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  search eval --queries topics.tsv --qrels qrels.txt --plain\n  \
    search eval --queries topics.tsv --qrels qrels.txt --plain --compare '' --expand\n  \
    search eval --qrels qrels.txt --compare old.run new.run"
)]
pub(in crate::cli) struct EvalArgs {
    /// The queries, one `id TAB query` a line
    #[arg(long, value_name = "FILE", required_unless_present_any = ["run", "compare"])]
    pub(in crate::cli) queries: Option<PathBuf>,

    /// The judgments: `id 0 document grade` a line
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) qrels: PathBuf,

    /// Score this run in TREC format instead of asking the index
    #[arg(long, value_name = "FILE", conflicts_with = "queries")]
    pub(in crate::cli) run: Option<PathBuf>,

    /// Show two settings beside each other, and whether the difference may be chance
    ///
    /// A and B are each a run in TREC format, or flags in quotes that are added to the others: '--plain --expand', or ''
    /// for none.
    #[arg(long, num_args = 2, value_names = ["A", "B"], allow_hyphen_values = true, conflicts_with = "run")]
    pub(in crate::cli) compare: Option<Vec<String>>,

    #[command(flatten)]
    pub(in crate::cli) ranking: RankingArgs,

    /// Hits a query that are scored
    #[arg(long, default_value_t = 1000, value_name = "N")]
    pub(in crate::cli) depth: usize,

    /// Show every query too, not only the means; with --compare, also those that are the same
    #[arg(long)]
    pub(in crate::cli) per_query: bool,

    /// How to print scores
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(in crate::cli) format: ReportFormat,
}

/// What decides on hits and their order.
#[derive(Clone, Debug, ClapArgs)]
pub(in crate::cli) struct RankingArgs {
    #[command(flatten)]
    pub(in crate::cli) matching: MatchingArgs,

    /// Rank by words of the first matches too; finds the same articles in another order
    #[arg(long)]
    pub(in crate::cli) expand: bool,
}

impl RankingArgs {
    /// These with flags added, as they stand in a string.
    ///
    /// # Errors
    ///
    /// Fails if they are no flags of a ranking.
    pub(in crate::cli) fn with(&self, flags: &str) -> Result<Self, clap::Error> {
        #[derive(Parser)]
        #[command(no_binary_name = true, disable_help_flag = true)]
        struct Flags {
            #[command(flatten)]
            ranking: RankingArgs,
        }
        let added = Flags::try_parse_from(flags.split_whitespace())?.ranking;
        Ok(Self {
            matching: MatchingArgs {
                plain: self.matching.plain || added.matching.plain,
                language: LanguageArgs {
                    dialect: added
                        .matching
                        .language
                        .dialect
                        .or(self.matching.language.dialect),
                },
                mode: added.matching.mode.or(self.matching.mode),
            },
            expand: self.expand || added.expand,
        })
    }
}

/// As they are written on the command line.
impl fmt::Display for RankingArgs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mode = self.matching.mode.and_then(|mode| mode.to_possible_value());
        let dialect = self.matching.language.dialect;
        let dialect = dialect.and_then(|dialect| dialect.to_possible_value());
        let flags = [
            dialect.map(|dialect| format!("--dialect {}", dialect.get_name())),
            self.matching.plain.then(|| "--plain".to_owned()),
            mode.map(|mode| format!("--match {}", mode.get_name())),
            self.expand.then(|| "--expand".to_owned()),
        ];
        let flags: Vec<_> = flags.into_iter().flatten().collect();
        match flags.is_empty() {
            true => write!(f, "no flags"),
            false => write!(f, "{}", flags.join(" ")),
        }
    }
}
