//! Bare tantivy: what its own parts do with the same articles, and nothing more.
//!
//! In: a file of articles, or an index and words. Out: an index, or ten results
//! with snippets. It is the yardstick: it knows nothing of changed files, of
//! languages or of who is named, and so shows what those cost.

#![allow(dead_code, reason = "no benchmark uses all of this")]

use std::path::Path;

use anyhow::{Context, Result, ensure};
use jiff::{Timestamp, civil};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{DateTime, Index, IndexSettings, IndexWriter, Searcher, TantivyDocument, Term};

use tempfile::TempDir;

use crate::archive::{self, Record};
use crate::common::{arguments, search};

const WRITER_THREADS: usize = 2;
const WRITER_BYTES: usize = 512_000_000;

/// Title and text, stemmed: the field that is searched.
const STEMMED: &str = "stemmed";

/// Indexes a file into an empty folder. With `exact`, there are an unstemmed
/// twin of the searched field and both forms of the title as well.
pub(crate) fn index(file: &Path, folder: &Path, exact: bool) -> Result<()> {
    let index = Index::builder()
        .schema(schema(exact))
        .settings(IndexSettings {
            docstore_compression: Compressor::Zstd(ZstdCompressor {
                compression_level: Some(3),
            }),
            ..IndexSettings::default()
        })
        .create_in_dir(folder)?;
    let mut writer: IndexWriter = index.writer_with_num_threads(WRITER_THREADS, WRITER_BYTES)?;
    let schema = index.schema();
    archive::read(file, |record| {
        writer.add_document(document(&schema, &record)?)?;
        Ok(())
    })?;
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

fn schema(exact: bool) -> Schema {
    let mut schema = Schema::builder();
    for name in ["id", "source"] {
        schema.add_text_field(name, STRING | STORED | FAST);
    }
    for name in ["date", "url"] {
        schema.add_text_field(name, STRING | STORED);
    }
    schema.add_date_field("published", FAST);
    schema.add_text_field("title", STORED);
    schema.add_text_field("text", STORED);
    add_positional(&mut schema, STEMMED, "en_stem");
    if exact {
        add_positional(&mut schema, "exact", "default");
        add_positional(&mut schema, "title_stemmed", "en_stem");
        add_positional(&mut schema, "title_exact", "default");
    }
    schema.build()
}

/// Adds a field that is searched by words and phrases, and not stored.
fn add_positional(schema: &mut SchemaBuilder, name: &str, tokenizer: &str) {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing));
}

fn document(schema: &Schema, record: &Record) -> Result<TantivyDocument> {
    let both = format!("{}\n{}", record.title, record.text);
    let mut document = TantivyDocument::new();
    for (name, value) in [
        ("id", &record.id),
        ("source", &record.source),
        ("date", &record.date),
        ("url", &record.url),
        ("title", &record.title),
        ("text", &record.text),
        (STEMMED, &both),
        ("exact", &both),
        ("title_stemmed", &record.title),
        ("title_exact", &record.title),
    ] {
        if let Ok(field) = schema.get_field(name) {
            document.add_text(field, value);
        }
    }
    if let Some(second) = seconds(&record.date) {
        let published = DateTime::from_timestamp_secs(second);
        document.add_date(schema.get_field("published")?, published);
    }
    Ok(document)
}

fn seconds(date: &str) -> Option<i64> {
    let midnight = |day: civil::Date| day.to_datetime(civil::Time::midnight());
    let moment: Timestamp = date.parse().ok().or_else(|| {
        let day: civil::Date = date.parse().ok()?;
        jiff::tz::TimeZone::UTC.to_timestamp(midnight(day)).ok()
    })?;
    Some(moment.as_second())
}

/// Finds the ten best articles for `words`, all of them or any, and returns them
/// as text with a snippet each.
pub(crate) fn query(folder: &Path, words: &str, all: bool) -> Result<String> {
    let bare = Bare::open(folder)?;
    let query = bare.boolean(words, all)?;
    let collector = (TopDocs::with_limit(10).order_by_score(), Count);
    let (hits, count) = bare.searcher.search(&query, &collector)?;
    let snippets = bare.snippets(&query)?;
    let mut out = format!("{count} articles\n");
    for (score, address) in hits {
        let document: TantivyDocument = bare.searcher.doc(address)?;
        let [title, date, text] =
            ["title", "date", "text"].map(|name| stored(&bare.searcher, &document, name));
        let snippet = snippets.snippet(&text).to_html();
        out.push_str(&format!("{score:.2} {date} {title}\n    {snippet}\n"));
    }
    Ok(out)
}

/// An index of its own that is open for searching.
pub(crate) struct Bare {
    pub(crate) searcher: Searcher,
    /// The field that is searched.
    pub(crate) stemmed: Field,
}

impl Bare {
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        let index = Index::open_in_dir(folder)?;
        Ok(Self {
            searcher: index.reader()?.searcher(),
            stemmed: index.schema().get_field(STEMMED)?,
        })
    }

    /// The words as terms of the searched field.
    pub(crate) fn terms(&self, words: &str) -> Result<Vec<Term>> {
        let mut analyzer = self.searcher.index().tokenizer_for_field(self.stemmed)?;
        let mut tokens = analyzer.token_stream(words);
        let mut terms = Vec::new();
        tokens.process(&mut |token| terms.push(Term::from_field_text(self.stemmed, &token.text)));
        Ok(terms)
    }

    /// All of the words, or any.
    pub(crate) fn boolean(&self, words: &str, all: bool) -> Result<BooleanQuery> {
        let occur = if all { Occur::Must } else { Occur::Should };
        let clause = |term| -> (Occur, Box<dyn Query>) {
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            (occur, Box::new(query))
        };
        let clauses = self.terms(words)?.into_iter().map(clause);
        Ok(BooleanQuery::new(clauses.collect()))
    }

    pub(crate) fn snippets(&self, query: &dyn Query) -> Result<SnippetGenerator> {
        Ok(SnippetGenerator::create(
            &self.searcher,
            query,
            self.stemmed,
        )?)
    }
}

fn stored(searcher: &Searcher, document: &TantivyDocument, name: &str) -> String {
    let value = searcher
        .schema()
        .get_field(name)
        .ok()
        .and_then(|field| document.get_first(field))
        .and_then(|value| value.as_str().map(str::to_owned));
    value.unwrap_or_default()
}

/// Runs a benchmark that was asked for, or answers as the yardstick if this process was
/// started as that, by [`command`].
pub(crate) fn run(compare: impl FnOnce(&[String]) -> Result<()>) -> Result<()> {
    if serve(&mut std::io::stdout())? {
        return Ok(());
    }
    arguments().map_or(Ok(()), |given| compare(&given))
}

fn serve(out: &mut impl std::io::Write) -> Result<bool> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *words.as_slice() {
        ["bare-index", variant, file, folder] => {
            index(Path::new(file), Path::new(folder), variant == "both")?;
        }
        ["bare-query", mode, words, folder] => {
            let results = query(Path::new(folder), words, mode == "all")?;
            out.write_all(results.as_bytes())?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// This very program, started again as the yardstick.
pub(crate) fn command(arguments: &[&str]) -> Result<std::process::Command> {
    let program = std::env::current_exe().context("cannot tell where this program is")?;
    let mut command = std::process::Command::new(program);
    command.args(arguments);
    Ok(command)
}

/// Indexes a file with the program under test and with the yardstick, each into a folder.
pub(crate) fn build_both(file: &Path, [ours, bare]: &[TempDir; 2]) -> Result<()> {
    let mut index = search();
    index.arg("index").arg(file).arg("--index").arg(ours.path());
    ensure!(index.output()?.status.success(), "`search index` failed");
    // In its own process, so that this one stays small: see `measure`.
    let mut index = command(&["bare-index", "one", name(file)?, name(bare.path())?])?;
    ensure!(index.output()?.status.success(), "bare tantivy failed");
    Ok(())
}

pub(crate) fn name(path: &Path) -> Result<&str> {
    path.to_str().context("a path is not UTF-8")
}
