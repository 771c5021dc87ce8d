//! The fields of the index.
//!
//! Four kinds of documents share it. An *article*; a *manifest* for each file, which
//! says what the file was when it was read, so that a later run can tell that it has
//! not changed; a *problem block*, a part of what was wrong in a file; and an
//! *obstacle*, what was wrong with a path that could not be read at all. Articles,
//! manifests and problem blocks are deleted by the key of their file, obstacles by a
//! key of their own.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use crate::query::{Keyword, TextField};

/// Name of the tokenizer that reads what [`super::encode`] writes.
pub(super) const FORMS_TOKENIZER: &str = "forms";

/// Name of the tokenizer that reads the marks of people.
pub(super) const MARKS_TOKENIZER: &str = "marks";

/// `kind` of an article.
pub(super) const ARTICLE: &str = "article";
/// `kind` of a manifest.
pub(super) const MANIFEST: &str = "manifest";
/// `kind` of a problem block.
pub(super) const PROBLEM_BLOCK: &str = "problems";
/// `kind` of an obstacle.
pub(super) const OBSTACLE: &str = "obstacle";

/// Column of the first position of the lead.
pub(super) const LEAD_FROM: &str = "lead_from";
/// Column of the last position of the lead.
pub(super) const LEAD_TO: &str = "lead_to";
/// Column of the number of words.
pub(super) const WORDS: &str = "words";

/// Handles of the fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// [`ARTICLE`], [`MANIFEST`], [`PROBLEM_BLOCK`] or [`OBSTACLE`].
    pub(super) kind: Field,
    /// The article's id.
    pub(super) id: Field,
    /// Key of the article's file: [`super::file_key`].
    pub(super) file: Field,
    /// Title, lead and body: both forms of each token at one position, with marks of
    /// sentences and paragraphs.
    pub(super) text: Field,
    /// The title alone.
    pub(super) title: Field,
    /// Marks of people, at the positions of `text`, and those of the title alone.
    pub(super) people: Field,
    pub(super) title_people: Field,
    /// First position of the lead in `text`.
    pub(super) lead_from: Field,
    /// Last position of the lead in `text`.
    pub(super) lead_to: Field,
    /// How many words `text` has.
    pub(super) words: Field,
    pub(super) source: Field,
    pub(super) author: Field,
    pub(super) section: Field,
    pub(super) path: Field,
    pub(super) url: Field,
    /// Language code, for `lang:` and to know the index's languages.
    pub(super) lang: Field,
    /// The outlet's name as it is, for counts.
    pub(super) outlet: Field,
    /// Day of publication, days since 1970.
    pub(super) day: Field,
    /// Moment of publication, seconds since 1970.
    pub(super) published: Field,
    /// The article but for its body, as JSON.
    pub(super) card: Field,
    /// The body.
    pub(super) body: Field,
    /// Key of the manifest's file.
    pub(super) manifest: Field,
    /// The file of a manifest or a problem block, or the path of an obstacle; absolute.
    pub(super) file_path: Field,
    pub(super) file_bytes: Field,
    pub(super) file_modified: Field,
    pub(super) file_hash: Field,
    /// How many articles the file holds.
    pub(super) file_articles: Field,
    /// Fingerprint of the user's map of keys that the file was read with.
    pub(super) file_map: Field,
    /// What came of reading the file, or of meeting the obstacle, as JSON. As a column, for
    /// few texts stand for many files.
    pub(super) file_outcome: Field,
    /// Key of the problem block's file.
    pub(super) problems: Field,
    /// How many problems of the file come before the block; where in its path an obstacle is.
    pub(super) problems_before: Field,
    /// The problems of a block or an obstacle, as JSON.
    pub(super) problem_list: Field,
    /// Key of the obstacle.
    pub(super) obstacle: Field,
}

impl Fields {
    /// The schema, and the handles of its fields.
    pub(super) fn new() -> (Schema, Self) {
        let mut builder = Schema::builder();
        let words = |record: IndexRecordOption, norms: bool| {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer(FORMS_TOKENIZER)
                    .set_index_option(record)
                    .set_fieldnorms(norms),
            )
        };
        let scored = words(IndexRecordOption::WithFreqsAndPositions, true);
        let unscored = words(IndexRecordOption::WithFreqsAndPositions, false);
        let marks = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(MARKS_TOKENIZER)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions)
                .set_fieldnorms(false),
        );
        let raw_fast = TextOptions::default().set_fast("raw");
        let fields = Self {
            kind: builder.add_text_field("kind", STRING),
            id: builder.add_text_field("id", STRING | FAST),
            file: builder.add_u64_field("file", INDEXED | FAST),
            text: builder.add_text_field("text", scored.clone()),
            title: builder.add_text_field("title", scored),
            people: builder.add_text_field("people", marks.clone()),
            title_people: builder.add_text_field("title_people", marks),
            lead_from: builder.add_u64_field(LEAD_FROM, FAST),
            lead_to: builder.add_u64_field(LEAD_TO, FAST),
            words: builder.add_u64_field(WORDS, FAST),
            source: builder.add_text_field("source", unscored.clone()),
            author: builder.add_text_field("author", unscored.clone()),
            section: builder.add_text_field("section", unscored.clone()),
            path: builder.add_text_field("path", unscored.clone()),
            url: builder.add_text_field("url", unscored),
            lang: builder.add_text_field("lang", STRING | FAST),
            outlet: builder.add_text_field("outlet", raw_fast.clone()),
            day: builder.add_i64_field("day", FAST),
            published: builder.add_i64_field("published", FAST),
            card: builder.add_text_field("card", STORED),
            body: builder.add_text_field("body", STORED),
            manifest: builder.add_u64_field("manifest", INDEXED | FAST),
            file_path: builder.add_text_field("file_path", raw_fast.clone()),
            file_bytes: builder.add_u64_field("file_bytes", FAST),
            file_modified: builder.add_i64_field("file_modified", FAST),
            file_hash: builder.add_u64_field("file_hash", FAST),
            file_articles: builder.add_u64_field("file_articles", FAST),
            file_map: builder.add_u64_field("file_map", FAST),
            file_outcome: builder.add_text_field("file_outcome", raw_fast),
            problems: builder.add_u64_field("problems", INDEXED | FAST),
            problems_before: builder.add_u64_field("problems_before", FAST),
            problem_list: builder.add_text_field("problem_list", STORED),
            obstacle: builder.add_u64_field("obstacle", INDEXED | FAST),
        };
        (builder.build(), fields)
    }

    /// The field that a part of the text is indexed in; of the lead, which is a range of
    /// positions, the whole text's.
    pub(super) fn of_text(&self, field: TextField) -> Field {
        match field {
            TextField::Text | TextField::Lead => self.text,
            TextField::Title => self.title,
        }
    }

    /// The field of the marks of people at the positions of a text's field.
    pub(super) fn of_people(&self, text: Field) -> Field {
        match text == self.title {
            true => self.title_people,
            false => self.people,
        }
    }

    /// The field that a keyword is indexed in.
    pub(super) fn of_keyword(&self, keyword: Keyword) -> Field {
        match keyword {
            Keyword::Source => self.source,
            Keyword::Author => self.author,
            Keyword::Section => self.section,
            Keyword::Lang => self.lang,
            Keyword::Path => self.path,
            Keyword::Url => self.url,
        }
    }
}
