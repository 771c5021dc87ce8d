//! Declares and validates the arguments; acts on nothing.

mod eval;
mod index;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

pub(super) use self::eval::{EvalArgs, RankingArgs};
pub(super) use self::index::IndexArgs;
use crate::error::ProblemKind;

/// Full-text search for news archives.
#[derive(Debug, Parser)]
#[command(
    name = "search",
    version,
    about = "Full-text search for news archives",
    long_about = "Full-text search for news archives: index a folder of articles, then ask it.",
    after_help = "Examples:\n  search index ./corpus\n  search query \"ceasefire Kursk\"\n\n\
        Exit status: 0 something found or done, 1 nothing found, 2 an error (also beside results).",
    subcommand_required = false,
    max_term_width = 100
)]
pub(super) struct Args {
    /// Folder of the index [default: .search here or in the nearest folder above]
    #[arg(
        long,
        global = true,
        env = "SEARCH_INDEX",
        value_name = "PATH",
        hide_env_values = true,
        value_parser = clap::builder::OsStringValueParser::new()
    )]
    pub(super) index: Option<OsString>,

    /// When to use colours; auto heeds NO_COLOR and TERM=dumb
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(super) color: ColorChoice,

    /// Print a completion script or the man page, and exit
    #[arg(long, value_enum, value_name = "KIND")]
    pub(super) generate: Option<Generate>,

    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal
    #[default]
    Auto,
    /// Always, as for `less -R`
    Always,
    /// Never
    Never,
}

/// What can be generated.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Generate {
    CompleteBash,
    CompleteZsh,
    CompleteFish,
    Man,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add folders or files of articles to the index, or bring it up to date
    Index(IndexArgs),
    /// Find articles: ranked, with highlighted snippets
    Query(QueryArgs),
    /// Print every match, or every article, without a limit
    Export(ExportArgs),
    /// Print one article
    Show(ShowArgs),
    /// Score rankings against TREC judgments
    Eval(EvalArgs),
    /// Tell what the index holds
    Info(InfoArgs),
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  search query \"ceasefire Kursk\"\n  search query 'title:sanctions (oil OR gas) -Gaza' --since 2025-03\n  \
    search query 'Rubio NEAR/10 Lavrov' --sort newest -n 20 --explain\n  search query 'Marco Rubio w/10 Lavrov' --dialect nexis\n  \
    search query -- -Gaza ceasefire\n  search query --queries topics.tsv --plain --format trec -n 1000\n\n\
    Query language (all of it: search help query):\n  \
    words           all of them, in any inflection; =exactly as written\n  \
    \"a phrase\"~3    words in a row, or with up to 3 in between\n  \
    OR NOT -( )     either, not, not, together\n  \
    a NEAR/5 b      also PRE/5 NEAR/S NEAR/P NOT NEAR/5 ATLEAST/3\n  \
    sanct* Lavrof~1 wildcards and similar spellings; /regular expressions/\n  \
    title:talks     also lead: source: author: section: lang: path: url:\n  \
    date:2025-03    also date:2025-03-01..2025-03-15 date:>=2025-03-01 date:7d"
)]
pub(super) struct QueryArgs {
    /// What to look for
    #[arg(required_unless_present = "queries", value_name = "QUERY")]
    pub(super) query: Vec<String>,

    #[command(flatten)]
    pub(super) matching: MatchingArgs,

    /// Rank by words of the first matches too; finds the same articles in another order
    #[arg(long)]
    pub(super) expand: bool,

    #[command(flatten)]
    pub(super) filters: FilterArgs,

    /// Hits to show
    #[arg(short = 'n', long, default_value_t = 10, value_name = "N")]
    pub(super) limit: usize,

    /// Hits to pass over
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(super) offset: usize,

    /// Order; ties are broken by id
    #[arg(long, value_enum, default_value_t, value_name = "ORDER")]
    pub(super) sort: SortOrder,

    /// Show every match in the hits shown in a line of its own, in aligned columns, instead of snippets; in JSON beside each hit
    #[arg(long, value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "text", value_name = "ORDER", conflicts_with = "snippets")]
    pub(super) kwic: Option<KwicChoice>,

    /// Snippets a hit
    #[arg(long, default_value_t = 2, value_name = "N")]
    pub(super) snippets: usize,

    /// Columns of a line, which snippets are as long as two of [default: the terminal's, or 80]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..=1000))]
    pub(super) width: Option<u16>,

    /// How to print hits
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: HitFormat,

    /// A file of queries, one `id TAB query` or one query a line
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub(super) queries: Option<PathBuf>,

    /// Tell how the query was read, what each part and word of it finds, and why each hit scores as it does
    #[arg(long)]
    pub(super) explain: bool,
}

/// How words are matched.
#[derive(Clone, Debug, ClapArgs)]
pub(super) struct MatchingArgs {
    /// Take the words as they are: no operators, any of them may match
    #[arg(long, conflicts_with = "dialect")]
    pub(super) plain: bool,

    #[command(flatten)]
    pub(super) language: LanguageArgs,

    /// How many of the words an article must have [default: auto]
    #[arg(long = "match", value_enum, value_name = "MODE")]
    pub(super) mode: Option<MatchChoice>,
}

/// In which language a query is written.
#[derive(Clone, Copy, Debug, ClapArgs)]
pub(super) struct LanguageArgs {
    /// Read the query as another tool would, and tell it in our own form
    #[arg(long, value_enum, value_name = "TOOL")]
    pub(super) dialect: Option<DialectChoice>,
}

/// What limits the articles.
#[derive(Debug, ClapArgs)]
pub(super) struct FilterArgs {
    /// Published on this day or later (2025-03-15, 2025-03, 7d, …)
    #[arg(long, value_name = "DATE", help_heading = "Filters")]
    pub(super) since: Option<String>,

    /// Published on this day or earlier
    #[arg(long, value_name = "DATE", help_heading = "Filters")]
    pub(super) until: Option<String>,

    /// From this outlet; several times for any of several
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    pub(super) source: Vec<String>,

    /// In this language, by its code; several times for any of several
    #[arg(long, value_name = "CODE", help_heading = "Filters")]
    pub(super) lang: Vec<String>,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  search export --format csv > all.csv\n  search export 'Kursk OR Sudzha' --since 2025-03"
)]
pub(super) struct ExportArgs {
    /// What to look for [default: every article]
    #[arg(value_name = "QUERY")]
    pub(super) query: Vec<String>,

    #[command(flatten)]
    pub(super) matching: MatchingArgs,

    #[command(flatten)]
    pub(super) filters: FilterArgs,

    /// How to print articles
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: ExportFormat,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Example:\n  search show ec-2025-03-006 --query 'ceasefire Kursk'\n\n\
    The status is 2 if no article has the id."
)]
pub(super) struct ShowArgs {
    /// The article's id, as `search query --format jsonl` prints it
    #[arg(value_name = "ID")]
    pub(super) id: String,

    /// Highlight what this query matches
    #[arg(long, value_name = "QUERY")]
    pub(super) query: Option<String>,

    #[command(flatten)]
    pub(super) language: LanguageArgs,

    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: ReportFormat,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Example:\n  search info --problems --kind malformed corpus/wire.jsonl")]
pub(super) struct InfoArgs {
    /// List every file and record that could not be read as it should
    #[arg(long)]
    pub(super) problems: bool,

    /// Only problems of this kind, as listed: malformed, too-large, unreadable, …
    #[arg(long, value_name = "KIND", requires = "problems")]
    pub(super) kind: Option<ProblemKind>,

    /// Only problems of these files, or below these folders
    #[arg(value_name = "PATH", requires = "problems")]
    pub(super) paths: Vec<PathBuf>,

    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: InfoFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum KwicChoice {
    /// As they come in the hits
    Text,
    /// By the words in front, the nearest first
    Left,
    /// By the words behind
    Right,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DialectChoice {
    /// Nexis Uni, LexisNexis
    Nexis,
    /// Factiva
    Factiva,
    /// Lucene's query_string: Elasticsearch, Kibana, Datashare
    Lucene,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum SortOrder {
    /// Best first
    #[default]
    Relevance,
    /// By date, newest first
    Newest,
    /// By date, oldest first
    Oldest,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MatchChoice {
    /// All words if any article has them, else the best partial matches (which `export` leaves out)
    #[default]
    Auto,
    /// All words
    All,
    /// Any of the words
    Any,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum HitFormat {
    /// For people
    #[default]
    Text,
    /// One object
    Json,
    /// One hit a line
    Jsonl,
    /// A table, one hit a row
    Csv,
    /// `query Q0 id rank score tag`
    Trec,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// One article a line
    #[default]
    Jsonl,
    /// A table, one article a row
    Csv,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// For people
    #[default]
    Text,
    /// One object
    Json,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum InfoFormat {
    /// For people
    #[default]
    Text,
    /// One object
    Json,
    /// One problem a line
    Jsonl,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn declarations_are_consistent() {
        Args::command().debug_assert();
    }
}
