//! What tantivy is given to index: documents of ours, not copied on the way.

use std::collections::BTreeMap;
use std::iter::Empty;
use std::path::Path;
use std::slice;

use tantivy::schema::Field;
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf, Value};

use super::budget::Share;
use super::card::Card;
use super::encode::{count_words, encode_article, encode_exact};
use super::manifest::{FileOutcome, Manifest, text_of_path};
use super::obstacle::obstacle_key;
use super::problems::ProblemBlock;
use super::schema::{ARTICLE, Fields, MANIFEST, OBSTACLE, PROBLEM_BLOCK};
use crate::analysis::{Language, Lexicons};
use crate::article::{Article, day_number};
use crate::error::{Error, ErrorKind, Problem, Result};

/// A document on its way into the index.
#[derive(Debug)]
pub(super) struct IndexDocument {
    values: Vec<(Field, FieldValue)>,
    /// Held until the document is indexed, to bound what waits in memory.
    _share: Option<Share>,
}

/// The value of a field.
#[derive(Debug)]
pub(super) enum FieldValue {
    Text(String),
    Unsigned(u64),
    Signed(i64),
}

impl IndexDocument {
    /// Analyses an article.
    pub(super) fn of_article(
        article: Article,
        file_key: u64,
        fields: &Fields,
        lexicons: &mut Lexicons,
    ) -> Result<Self> {
        let lexicon = lexicons.of(Language::of(article.lang.as_deref()));
        let mut document = Self::new(ARTICLE, fields);
        let text = encode_article(&article, lexicon);
        let words = FieldValue::Unsigned(count_words(&text.lines));
        document.values.push((fields.words, words));
        document.text(fields.text, text.lines);
        if let Some((from, to)) = text.lead {
            document.values.extend([
                (fields.lead_from, FieldValue::Unsigned(from.into())),
                (fields.lead_to, FieldValue::Unsigned(to.into())),
            ]);
        }
        document.text(fields.title, text.title);
        document.text(fields.people, text.people);
        document.text(fields.title_people, text.title_people);
        let keywords = [
            (fields.section, article.section.as_deref()),
            (fields.url, article.url.as_deref()),
        ];
        for (field, value) in keywords {
            document.text(field, encode_exact(value.into_iter(), lexicon));
        }
        let path = std::iter::once(&*article.path).chain(article.member.as_deref());
        document.text(fields.path, encode_exact(path, lexicon));
        document.text(
            fields.source,
            encode_exact(article.source_spellings(), lexicon),
        );
        document.text(
            fields.author,
            encode_exact(article.author_spellings(), lexicon),
        );
        document.text(fields.id, article.id.clone());
        document
            .values
            .push((fields.file, FieldValue::Unsigned(file_key)));
        document.text(fields.lang, article.lang.clone().unwrap_or_default());
        document.text(fields.outlet, article.source.clone().unwrap_or_default());
        if let Some(date) = &article.published {
            document
                .values
                .push((fields.day, FieldValue::Signed(day_number(date.day).into())));
            document
                .values
                .push((fields.published, FieldValue::Signed(date.sort_seconds())));
        }
        let (card, body) = Card::of(article);
        document.text(fields.card, to_json(&card)?);
        document.text(fields.body, body);
        Ok(document)
    }

    /// Makes the manifest of a file.
    pub(super) fn of_manifest(manifest: &Manifest, fields: &Fields) -> Result<Self> {
        let mut document = Self::new(MANIFEST, fields);
        document.text(fields.file_path, text_of_path(&manifest.absolute));
        document.text(fields.file_outcome, to_json(&manifest.outcome)?);
        document.values.extend([
            (fields.manifest, FieldValue::Unsigned(manifest.key)),
            (
                fields.file_bytes,
                FieldValue::Unsigned(manifest.state.size_bytes),
            ),
            (
                fields.file_modified,
                FieldValue::Signed(manifest.state.modified_ns),
            ),
            (
                fields.file_hash,
                FieldValue::Unsigned(manifest.state.content_hash),
            ),
            (
                fields.file_articles,
                FieldValue::Unsigned(manifest.state.articles),
            ),
            (fields.file_map, FieldValue::Unsigned(manifest.state.map)),
        ]);
        Ok(document)
    }

    /// Makes a part of what was wrong in a file.
    pub(super) fn of_problems(block: &ProblemBlock<'_>, fields: &Fields) -> Result<Self> {
        let mut document = Self::new(PROBLEM_BLOCK, fields);
        document.text(fields.file_path, text_of_path(block.absolute));
        document.text(fields.problem_list, to_json(&block.problems)?);
        document.values.extend([
            (fields.problems, FieldValue::Unsigned(block.file_key)),
            (fields.problems_before, FieldValue::Unsigned(block.before)),
        ]);
        Ok(document)
    }

    /// Makes what was wrong with a path that cannot be read.
    pub(super) fn of_obstacle(absolute: &Path, problem: &Problem, fields: &Fields) -> Result<Self> {
        let mut document = Self::new(OBSTACLE, fields);
        let outcome = FileOutcome {
            format: None,
            problems: BTreeMap::from([(problem.kind, 1)]),
        };
        document.text(fields.file_path, text_of_path(absolute));
        document.text(fields.file_outcome, to_json(&outcome)?);
        document.text(fields.problem_list, to_json(&[problem])?);
        let key = obstacle_key(absolute, problem);
        let at = problem.place.line.or(problem.place.record).unwrap_or(0);
        document.values.extend([
            (fields.obstacle, FieldValue::Unsigned(key)),
            (fields.problems_before, FieldValue::Unsigned(at)),
        ]);
        Ok(document)
    }

    /// Keeps a share of the memory budget until the document is indexed.
    pub(super) fn holding(mut self, share: Share) -> Self {
        self._share = Some(share);
        self
    }

    fn new(kind: &str, fields: &Fields) -> Self {
        Self {
            values: vec![(fields.kind, FieldValue::Text(kind.to_owned()))],
            _share: None,
        }
    }

    fn text(&mut self, field: Field, text: String) {
        if !text.is_empty() {
            self.values.push((field, FieldValue::Text(text)));
        }
    }
}

fn to_json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value)
        .map_err(|cause| Error::new(ErrorKind::IndexDamaged, cause.to_string()))
}

impl Document for IndexDocument {
    type Value<'a> = &'a FieldValue;
    type FieldsValuesIter<'a> = FieldValues<'a>;

    fn iter_fields_and_values(&self) -> FieldValues<'_> {
        FieldValues(self.values.iter())
    }
}

/// Iterates over the fields of a document.
pub(super) struct FieldValues<'a>(slice::Iter<'a, (Field, FieldValue)>);

impl<'a> Iterator for FieldValues<'a> {
    type Item = (Field, &'a FieldValue);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(field, value)| (*field, value))
    }
}

impl<'a> Value<'a> for &'a FieldValue {
    type ArrayIter = Empty<Self>;
    type ObjectIter = Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match self {
            FieldValue::Text(text) => ReferenceValueLeaf::Str(text),
            FieldValue::Unsigned(number) => ReferenceValueLeaf::U64(*number),
            FieldValue::Signed(number) => ReferenceValueLeaf::I64(*number),
        })
    }
}
