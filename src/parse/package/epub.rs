//! Books, and issues of magazines and newspapers: EPUB.
//!
//! In: an open zip. Out: an article for each chapter that has a text of its own, in
//! the order of reading, with the title of the issue as its source.
//!
//! An issue's language, date and creator hold for its chapters. Tables of contents
//! and chapters of a line or two, which are covers and title pages, are passed over.

use rustc_hash::{FxHashMap, FxHashSet};

use super::archive::Archive;
use crate::error::ProblemKind;
use crate::parse::draft::Draft;
use crate::parse::markup::to_text;
use crate::parse::xml::{Document, Element};
use crate::text::single_spaced;

/// Where a book says which of its entries describes it.
pub(super) const CONTAINER: &str = "META-INF/container.xml";
/// Where a book says which of its entries are encrypted; often these are fonts only.
const ENCRYPTION: &str = "META-INF/encryption.xml";
/// Chapters that are read.
const MAX_CHAPTERS: usize = 10_000;
/// A chapter with less text is a cover.
const MIN_CHAPTER_CHARS: usize = 80;

/// The chapters of a book, and how many covers are between them; else why there are none.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<(Vec<Draft>, u64), (ProblemKind, String)> {
    let malformed = |message: &str| (ProblemKind::Malformed, message.to_owned());
    let container = archive.text(CONTAINER).unwrap_or_default();
    let path = Document::new(container.as_bytes(), &["rootfile"])
        .flatten()
        .find_map(|file| file.attribute("full-path").map(str::to_owned))
        .ok_or_else(|| malformed("the book does not say what it consists of"))?;
    let package = archive.text(&path).unwrap_or_default();
    let package = Document::new(package.as_bytes(), &["package"])
        .flatten()
        .next()
        .ok_or_else(|| malformed("the description of the book cannot be read"))?;
    let book = book(&package);
    let chapters = spine(&package, &path);
    if chapters.is_empty() {
        return Err(malformed("the book names no chapters"));
    }
    let all = chapters.len();
    let chapters = without_encrypted(chapters, archive);
    let encrypted = all - chapters.len();
    let mut drafts = Vec::new();
    let mut covers = 0;
    for chapter in chapters {
        let Some(page) = archive.text(&chapter) else {
            let message = format!("the chapter {chapter} is missing or empty");
            archive.complain(ProblemKind::Malformed, message);
            continue;
        };
        match read_chapter(&page, &book) {
            Some(draft) => drafts.push(draft),
            None => covers += 1,
        }
    }
    if encrypted > 0 {
        let message = format!("{encrypted} of {all} chapters are encrypted; save the book without");
        archive.complain(ProblemKind::Unreadable, message);
    } else if drafts.is_empty() {
        let message = "no chapter of the book has a text";
        return Err((ProblemKind::NoText, message.to_owned()));
    }
    Ok((drafts, covers))
}

/// The entries that not only the reader's own programs can read.
fn without_encrypted(mut entries: Vec<String>, archive: &mut Archive<'_>) -> Vec<String> {
    if archive.has(ENCRYPTION) {
        let list = archive.text(ENCRYPTION).unwrap_or_default();
        let references = Document::new(list.as_bytes(), &["CipherReference"]).flatten();
        let encrypted: FxHashSet<String> = references
            .filter_map(|reference| Some(resolve("", reference.attribute("URI")?)))
            .collect();
        entries.retain(|entry| !encrypted.contains(entry));
    }
    entries
}

/// What holds for all chapters.
fn book(package: &Element) -> Draft {
    let texts = |name: &str| -> Vec<String> {
        let metadata = package.child("metadata");
        let found = metadata.into_iter().flat_map(|all| all.descendants(name));
        found
            .map(Element::text)
            .filter(|text| !text.is_empty())
            .collect()
    };
    let title = texts("title").into_iter().next();
    let mut draft = Draft {
        source: title.or_else(|| texts("publisher").into_iter().next()),
        authors: texts("creator"),
        topics: texts("subject"),
        lang: texts("language").into_iter().next(),
        ..Draft::default()
    };
    draft
        .published
        .extend(texts("date").into_iter().take(1).map(Into::into));
    draft
}

/// The entries of the chapters, in the order of reading.
fn spine(package: &Element, path: &str) -> Vec<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let items: FxHashMap<&str, &Element> = package
        .descendants("item")
        .filter_map(|item| Some((item.attribute("id")?, item)))
        .collect();
    let mut seen = FxHashSet::default();
    package
        .descendants("itemref")
        .filter(|reference| reference.attribute("linear") != Some("no"))
        .filter_map(|reference| items.get(reference.attribute("idref")?))
        .filter(|item| {
            let properties = item.attribute("properties").unwrap_or("");
            !properties
                .split_whitespace()
                .any(|property| property == "nav")
        })
        .filter_map(|item| Some(resolve(folder, item.attribute("href")?)))
        .filter(|entry| seen.insert(entry.clone()))
        .take(MAX_CHAPTERS)
        .collect()
}

/// The entry that an address in the description means; names of entries have no
/// escapes.
fn resolve(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or(href);
    let href = unescaped(href);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// An address without its `%20`.
fn unescaped(href: &str) -> String {
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| byte == b'%');
        let escaped = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(byte));
        rest = if escaped.is_some() {
            &after[2..]
        } else {
            after
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The article of a chapter; `None` if it has no text of its own.
fn read_chapter(page: &str, book: &Draft) -> Option<Draft> {
    let body = to_text(page);
    body.chars().nth(MIN_CHAPTER_CHARS)?;
    let title = ["h1", "h2", "h3", "title"]
        .iter()
        .find_map(|name| element_text(page, name))
        .filter(|title| book.source.as_ref() != Some(title))
        .unwrap_or_default();
    let (first, rest) = body.split_once("\n\n").unwrap_or((&body, ""));
    let repeats = first.split_whitespace().eq(title.split_whitespace());
    Some(Draft {
        body: if repeats {
            rest.to_owned()
        } else {
            body.clone()
        },
        title,
        ..book.clone()
    })
}

/// The text of the first element with a name.
fn element_text(page: &str, name: &str) -> Option<String> {
    let open = format!("<{name}");
    let close = format!("</{name}");
    // XHTML has names in lower case, but not all books are XHTML.
    let lower = page.to_ascii_lowercase();
    let start = lower
        .match_indices(&open)
        .find(|(at, _)| page[at + open.len()..].starts_with(['>', ' ', '\n', '\t', '\r']))?
        .0;
    let end = start + lower[start..].find(&close)?;
    let content = start + page[start..end].find('>')? + 1;
    let text = to_text(&format!("<p>{}</p>", &page[content..end]));
    let text = single_spaced(&text);
    (!text.is_empty()).then_some(text)
}
