//! The engine on disk: a tantivy index.
//!
//! In: articles, analysed by [`crate::analysis`]. Out: matches, exact counts, and
//! the articles themselves. tantivy is known to this folder alone.
//!
//! tantivy's BM25, which it can compute of few articles, brings up candidates; our own
//! score ([`crate::rank`]) puts them in order.

mod budget;
mod card;
mod collect;
mod columns;
mod committed;
mod compile;
mod dictionary;
mod document;
mod encode;
mod excluded;
mod failure;
mod forms;
mod grams;
mod layout;
mod manifest;
mod marks;
mod obstacle;
mod places;
mod positional;
mod problems;
mod ranked;
mod rescore;
mod schema;
mod sought;
mod stamp;
mod summary;
mod writer;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, Index, ReloadPolicy, Searcher, TantivyDocument, Term};

use self::card::Card;
use self::columns::AllColumns;
use self::compile::Compiler;
use self::dictionary::Dictionary;
use self::failure::read_failure;
use self::layout::{Layout, Pinned, open_index};
use self::schema::{ARTICLE, Fields};
use self::stamp::Stamp;
use super::{ArticleKey, Boost, Engine, Explanation, Matches, Sort, Window};
use crate::analysis::Language;
use crate::article::Article;
use crate::error::{Error, ErrorKind, Result};
use crate::query::{Clause, TextField, Word};

pub use committed::Committed;
pub use manifest::{FileOutcome, FileState, KnownFiles, Manifest, file_key};
pub use obstacle::{KnownObstacles, obstacle_key};
pub use problems::ProblemBlock;
pub use stamp::{Root, STREAM_PATH};
pub use summary::{Count, Summary};
pub use writer::{Admission, WriteOptions, Writer};

/// An index that is open for searching: a view of its last commit.
pub struct EmbeddedEngine {
    folder: PathBuf,
    pinned: Pinned,
    searcher: Searcher,
    columns: AllColumns,
    fields: Fields,
    languages: Vec<Language>,
    /// How many words an article has at the mean, once that was asked for.
    mean_words: OnceLock<f32>,
    roots: Vec<Root>,
}

impl EmbeddedEngine {
    /// Opens the index in `folder`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NoIndex`] if there is none, [`ErrorKind::IndexVersion`] if another
    /// version built it, [`ErrorKind::IndexDamaged`] if it cannot be read.
    pub fn open(folder: &Path) -> Result<Self> {
        let pinned = Layout::new(folder)
            .pin_current()?
            .ok_or_else(|| no_index(folder))?;
        let index = open_index(&pinned.generation)?;
        let stamp = Stamp::check(&index)?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(read_failure)?;
        let searcher = reader.searcher();
        let languages = languages(&searcher)?;
        let (_, fields) = Fields::new();
        Ok(Self {
            folder: folder.to_owned(),
            pinned,
            columns: AllColumns::of(&searcher),
            searcher,
            fields,
            languages,
            mean_words: OnceLock::new(),
            roots: stamp.roots,
        })
    }

    /// The roots that the index in `folder` was built from, even if another version built it.
    ///
    /// # Errors
    ///
    /// Fails if there is no index.
    pub fn roots_of(folder: &Path) -> Result<Vec<Root>> {
        let generation = Layout::new(folder)
            .current()?
            .ok_or_else(|| no_index(folder))?;
        let index = Index::open_in_dir(generation).map_err(read_failure)?;
        Ok(Stamp::read(&index)?
            .map(|stamp| stamp.roots)
            .unwrap_or_default())
    }

    /// The roots that it was built from.
    pub fn roots(&self) -> &[Root] {
        &self.roots
    }

    /// The files that it holds.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    pub fn known_files(&self) -> Result<KnownFiles> {
        KnownFiles::read(self.searcher.clone())
    }

    fn compiler(&self) -> Compiler<'_> {
        Compiler {
            fields: &self.fields,
            languages: &self.languages,
            dictionary: Dictionary {
                searcher: &self.searcher,
                folder: &self.pinned.generation,
                marked: [self.fields.text, self.fields.title],
                known: RefCell::default(),
            },
        }
    }

    fn compile(&self, query: &Clause) -> Result<Box<dyn Query>> {
        self.compiler().compile(query).map_err(read_failure)
    }

    fn read(&self, address: DocAddress) -> Result<Article> {
        let document: TantivyDocument = self.searcher.doc(address).map_err(read_failure)?;
        self.article(&document)
    }

    fn article(&self, document: &TantivyDocument) -> Result<Article> {
        let text = |field: Field| {
            document
                .get_first(field)
                .and_then(|value| value.as_str())
                .unwrap_or_default()
        };
        let card: Card = serde_json::from_str(text(self.fields.card)).map_err(|cause| {
            Error::new(
                ErrorKind::IndexDamaged,
                format!("cannot read an article: {cause}"),
            )
            .with_hint(failure::REBUILD)
        })?;
        Ok(card.into_article(text(self.fields.body).to_owned()))
    }
}

impl Engine for EmbeddedEngine {
    fn search_boosted(&self, query: &Clause, boosts: &[Boost], window: Window) -> Result<Matches> {
        self.ranked(query, boosts, window).map_err(read_failure)
    }

    fn explain(
        &self,
        query: &Clause,
        boosts: &[Boost],
        keys: &[ArticleKey],
    ) -> Result<Vec<Explanation>> {
        self.explained(query, boosts, keys).map_err(read_failure)
    }

    fn frequencies(&self, words: &[Word]) -> Result<(u64, Vec<u64>)> {
        let articles = Term::from_field_text(self.fields.kind, ARTICLE);
        let all = self.searcher.doc_freq(&articles).map_err(read_failure)?;
        let holding = |word: &Word| {
            let field = TextField::Text;
            let word = word.clone();
            let query = self.compile(&Clause::Word { field, word })?;
            self.count(&*query).map_err(read_failure)
        };
        let frequencies = words.iter().map(holding).collect::<Result<_>>();
        Ok((all, frequencies?))
    }

    fn forms(&self, field: TextField, word: &Word) -> Result<Vec<(String, u64)>> {
        self.forms_of(field, word).map_err(read_failure)
    }

    fn spellings(&self, words: &[&str]) -> Result<Vec<Vec<(String, u64)>>> {
        self.spellings_of(words).map_err(read_failure)
    }

    fn ids(&self, keys: &[ArticleKey]) -> Result<Vec<String>> {
        let addresses: Vec<_> = keys.iter().map(|&key| address_of(key)).collect();
        self.columns.ids(&addresses).map_err(read_failure)
    }

    fn fetch(&self, key: ArticleKey) -> Result<Article> {
        self.read(address_of(key))
    }

    fn find(&self, id: &str) -> Result<Option<Article>> {
        let term = Term::from_field_text(self.fields.id, id);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let window = Window {
            sort: Sort::Newest,
            offset: 0,
            limit: 1,
            is_counted: false,
        };
        let found = self.dated(Box::new(query), window).map_err(read_failure)?;
        found.first().map(|hit| self.fetch(hit.key)).transpose()
    }

    fn for_each(&self, query: &Clause, each: &mut dyn FnMut(Article) -> Result<()>) -> Result<()> {
        self.for_each_of(&*self.compile(query)?, each)
    }

    fn languages(&self) -> &[Language] {
        &self.languages
    }
}

impl EmbeddedEngine {
    /// Hands every article of a file to `each`, by the file's key and in no particular order.
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read, or with the error that `each` returns.
    pub fn for_each_of_file(
        &self,
        file_key: u64,
        each: &mut dyn FnMut(Article) -> Result<()>,
    ) -> Result<()> {
        let term = Term::from_field_u64(self.fields.file, file_key);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        self.for_each_of(&query, each)
    }

    fn for_each_of(
        &self,
        query: &dyn Query,
        each: &mut dyn FnMut(Article) -> Result<()>,
    ) -> Result<()> {
        let scoring = EnableScoring::disabled_from_searcher(&self.searcher);
        let weight = query.weight(scoring).map_err(read_failure)?;
        for (segment, reader) in (0..).zip(self.searcher.segment_readers()) {
            let mut matches = weight.scorer(reader, 1.0).map_err(read_failure)?;
            while matches.doc() != tantivy::TERMINATED {
                if !reader.is_deleted(matches.doc()) {
                    each(self.read(DocAddress::new(segment, matches.doc()))?)?;
                }
                matches.advance();
            }
        }
        Ok(())
    }
}

/// Manifests are no articles, so BM25 must not count them.
struct Statistics<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        // Counts deleted articles too, as document frequencies do.
        self.searcher
            .doc_freq(&Term::from_field_text(self.fields.kind, ARTICLE))
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.searcher.doc_freq(term)
    }
}

fn languages(searcher: &Searcher) -> Result<Vec<Language>> {
    let mut languages = Vec::new();
    for reader in searcher.segment_readers() {
        let Some(codes) = reader.fast_fields().str("lang").map_err(read_failure)? else {
            continue;
        };
        for ord in 0..codes.num_terms() as u64 {
            let mut code = String::new();
            codes
                .ord_to_str(ord, &mut code)
                .map_err(|cause| read_failure(cause.into()))?;
            languages.push(Language::of(Some(&code)));
        }
    }
    // Articles of unknown language are read as English.
    languages.push(Language::of(None));
    languages.sort_unstable();
    languages.dedup();
    Ok(languages)
}

fn no_index(folder: &Path) -> Error {
    Error::new(
        ErrorKind::NoIndex,
        format!("there is no index in {}", folder.display()),
    )
    .with_hint("make one: search index PATH…  (a folder of articles)")
}

fn key_of(address: DocAddress) -> ArticleKey {
    ArticleKey(u64::from(address.segment_ord) << 32 | u64::from(address.doc_id))
}

fn address_of(key: ArticleKey) -> DocAddress {
    DocAddress::new((key.0 >> 32) as u32, key.0 as u32)
}
