//! The arguments of `search index`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::ReportFormat;
use crate::cli::size::parse_bytes;

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  search index ./corpus\n  search index ./corpus wire.jsonl.gz --memory 1GB\n  \
    search index 'archive/**/*.jsonl' -g '!drafts/**'\n  \
    search index --watch ./corpus\n  \
    tail -f crawl.jsonl | search index -\n  \
    search index --rebuild\n\n\
    A .searchignore in any folder leaves files out, written as a .gitignore. A run speaks only of the\n\
    files that it is asked about: of these it removes what has vanished, all else stays in the index.\n\
    What comes by - stays until a record with the same id replaces it.\n\n\
    Reads, told by content and not by name, in any encoding:\n  \
    web pages      HTML, MHTML, WARC\n  \
    crawlers       JSON, JSON Lines, CSV and TSV: news-please, newspaper4k, fundus, trafilatura\n  \
    \x20              (XML and TEI too), webz.io, Media Cloud, GDELT, or any other by its keys, or\n  \
    \x20              by --map\n  \
    wires          NITF, NewsML-G2, NewsML 1.2, ninjs, IPTC 7901 and ANPA\n  \
    feeds          RSS, Atom, RDF, JSON Feed, WordPress exports\n  \
    collections    TREC SGML, Reuters-21578, Washington Post and BEIR JSON Lines\n  \
    databases      LexisNexis and Factiva exports (DOCX, RTF, HTML, text)\n  \
    documents      plain text, Markdown with front matter, mail (.eml, mbox), DOCX, ODT, RTF, EPUB,\n  \
    \x20              PDF with text\n  \
    packed         any of these in gz, bz2, xz, zst, zip and tar, three deep\n\n\
    Files that have not changed cost next to nothing. Stop it with ^C: what is committed stays, and the\n\
    next run goes on from there. The status is 2 if a file or folder could not be read."
)]
pub(in crate::cli) struct IndexArgs {
    /// Folders, files or patterns in quotes; - for JSON Lines from standard input; with --rebuild, by default what was indexed before
    #[arg(required_unless_present = "rebuild", value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,

    /// Only files that match, or with ! in front all others; the last of several that matches decides
    #[arg(short = 'g', long = "glob", value_name = "GLOB", requires = "paths")]
    pub(in crate::cli) globs: Vec<String>,

    /// Read only files changed after FILE was; others stay as they are in the index
    #[arg(long, value_name = "FILE", conflicts_with = "rebuild")]
    pub(in crate::cli) since_file: Option<PathBuf>,

    /// Stay, and keep the index in step with the folders until ^C
    #[arg(long, conflicts_with = "since_file")]
    pub(in crate::cli) watch: bool,

    /// Memory for the index under construction
    #[arg(long, default_value = "512MB", value_parser = parse_bytes, value_name = "SIZE")]
    pub(in crate::cli) memory: usize,

    /// Threads for each stage [default: one a core]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=64), value_name = "N")]
    pub(in crate::cli) threads: Option<u16>,

    /// Build a new index beside the old one and then put it in its place
    #[arg(long)]
    pub(in crate::cli) rebuild: bool,

    /// Take a part of articles from this key or column; again for more (body=txt, date=meta.day)
    ///
    /// FIELD is id, title, lead, body, date, modified, author, source, section, topics, lang or url; KEY is a key of
    /// JSON or front matter (a.b for nested ones), a column's name, or its number (#3). Where a record lacks KEY, the
    /// usual names count. Files that were read with other keys, or without, are read again: give it with every run,
    /// --rebuild included.
    #[arg(long, value_name = "FIELD=KEY")]
    pub(in crate::cli) map: Vec<String>,

    /// How to print the report
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(in crate::cli) format: ReportFormat,
}
