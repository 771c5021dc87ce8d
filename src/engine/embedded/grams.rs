//! The words of a segment by three letters that stand in them, for wildcards that begin
//! with `*`: an index of k-grams (Manning, Raghavan and Schütze 2008, section 3.2.2).
//!
//! In: the dictionary of a segment. Out: a file beside it, in which a lookup reads a table
//! and a few lists instead of the whole dictionary.
//!
//! A segment never changes, so the file is right as long as the segment lives. It can be
//! made again from the dictionary, and where there is none the dictionary is read.
//!
//! ```text
//! file  = magic lists table(gram u32, offset u32, bytes u32)* table offset u64, entries u64
//! list  = numbers of words in ascending order, as differences, seven bits a byte
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tantivy::index::SegmentId;
use tantivy::termdict::TermDictionary;
use tantivy::{Index, SegmentReader};

use super::encode::EXACT_MARK;
use crate::analysis::is_wildcard;

const MAGIC: &[u8; 8] = b"grams-01";
const EXTENSION: &str = "grams";
/// Stand before and behind a word.
const START: u8 = 0x02;
const END: u8 = 0x03;
/// Bytes of an entry of the table, and of what ends the file.
const ENTRY_BYTES: usize = 12;
const FOOTER_BYTES: usize = 16;
/// Lists that are looked at; more would hardly leave fewer words.
const MAX_LISTS: usize = 6;

/// Makes the files of all segments of an index that have none, and removes those of
/// segments that are gone.
///
/// # Errors
///
/// Fails if the index cannot be read or its folder not written to.
pub(super) fn bring_up_to_date(index: &Index, folder: &Path) -> tantivy::Result<()> {
    let wanted: BTreeSet<PathBuf> = index
        .searchable_segment_ids()?
        .iter()
        .map(|segment| path_of(folder, *segment))
        .collect();
    if !wanted.iter().all(|path| path.exists()) {
        make_missing(index, folder)?;
    }
    for entry in std::fs::read_dir(folder)?.filter_map(Result::ok) {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == EXTENSION) && !wanted.contains(&path) {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn make_missing(index: &Index, folder: &Path) -> tantivy::Result<()> {
    let text = index.schema().get_field("text")?;
    let searcher = index.reader_builder().try_into()?.searcher();
    for reader in searcher.segment_readers() {
        let segment = reader.segment_id();
        let path = path_of(folder, segment);
        if !path.exists() {
            let bytes = encode(reader.inverted_index(text)?.terms())?;
            let unfinished = folder.join(format!(".tmp-{}", segment.uuid_string()));
            let mut file = File::create(&unfinished)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            std::fs::rename(&unfinished, &path)?;
        }
    }
    Ok(())
}

fn path_of(folder: &Path, segment: SegmentId) -> PathBuf {
    folder.join(format!("{}.{EXTENSION}", segment.uuid_string()))
}

/// The file of a dictionary's exact forms.
fn encode(dictionary: &TermDictionary) -> tantivy::Result<Vec<u8>> {
    let mut lists: BTreeMap<u32, List> = BTreeMap::new();
    let mut words = dictionary
        .range()
        .ge([EXACT_MARK as u8])
        .lt([EXACT_MARK as u8 + 1])
        .into_stream()?;
    while words.advance() {
        let number = words.term_ord();
        let word = bounded(&words.key()[1..]);
        for gram in word.windows(3) {
            lists.entry(gram_of(gram)).or_default().push(number);
        }
    }
    let mut file = MAGIC.to_vec();
    let mut table = Vec::with_capacity(lists.len() * ENTRY_BYTES);
    for (gram, list) in &lists {
        let (offset, bytes) = (file.len() as u32, list.bytes.len() as u32);
        for number in [*gram, offset, bytes] {
            table.extend(number.to_le_bytes());
        }
        file.extend(&list.bytes);
    }
    let table_offset = file.len() as u64;
    file.extend(table);
    file.extend(table_offset.to_le_bytes());
    file.extend((lists.len() as u64).to_le_bytes());
    Ok(file)
}

/// The numbers of words, as they are written.
#[derive(Default)]
struct List {
    bytes: Vec<u8>,
    last: Option<u64>,
}

impl List {
    /// Adds a number, which is not below the last one.
    fn push(&mut self, number: u64) {
        if self.last == Some(number) {
            return;
        }
        let mut rest = number - self.last.unwrap_or(0);
        self.last = Some(number);
        while rest >= 0x80 {
            self.bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        self.bytes.push(rest as u8);
    }
}

fn read_list(bytes: &[u8]) -> Vec<u64> {
    let mut numbers = Vec::new();
    let (mut number, mut part, mut shift) = (0_u64, 0_u64, 0);
    for &byte in bytes {
        part |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 != 0 {
            shift = (shift + 7).min(56);
            continue;
        }
        number = number.wrapping_add(part);
        numbers.push(number);
        (part, shift) = (0, 0);
    }
    numbers
}

fn bounded(word: &[u8]) -> Vec<u8> {
    [&[START], word, &[END]].concat()
}

fn gram_of(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0, |gram, &byte| gram << 8 | u32::from(byte))
}

/// The ranges of grams that a word must have one of, each, if it is to fit a wildcard.
///
/// Three letters in a row are a gram; two stand for all grams that begin with them, but
/// nothing follows the end of a word.
fn wanted_grams(pattern: &str) -> Vec<(u32, u32)> {
    let bytes = bounded(pattern.as_bytes());
    let mut wanted = Vec::new();
    for run in bytes.split(|&byte| is_wildcard(char::from(byte))) {
        wanted.extend(run.windows(3).map(|gram| (gram_of(gram), gram_of(gram))));
        if run.len() == 2 && run[1] != END {
            let first = gram_of(run) << 8;
            wanted.push((first, first | 0xFF));
        }
    }
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

/// The file of a segment, open for lookups.
pub(super) struct Grams {
    file: File,
    table: Vec<u8>,
}

impl Grams {
    /// Opens the file of a segment; `None` if there is none that can be read.
    pub(super) fn open(folder: &Path, reader: &SegmentReader) -> Option<Self> {
        let mut file = File::open(path_of(folder, reader.segment_id())).ok()?;
        let mut magic = [0; MAGIC.len()];
        file.read_exact(&mut magic).ok()?;
        let end = file.seek(SeekFrom::End(-(FOOTER_BYTES as i64))).ok()?;
        let mut footer = [0; FOOTER_BYTES];
        file.read_exact(&mut footer).ok()?;
        let (offset, entries) = footer.split_at(8);
        let offset = u64::from_le_bytes(offset.try_into().ok()?);
        let entries = u64::from_le_bytes(entries.try_into().ok()?);
        let bytes = entries.checked_mul(ENTRY_BYTES as u64)?;
        if magic != *MAGIC || offset.checked_add(bytes)? != end {
            return None;
        }
        file.seek(SeekFrom::Start(offset)).ok()?;
        let mut table = vec![0; usize::try_from(bytes).ok()?];
        file.read_exact(&mut table).ok()?;
        Some(Self { file, table })
    }

    /// The numbers of the words that may fit a wildcard, and only few that do not; `None`
    /// if its letters do not narrow them down, or the file cannot be read.
    pub(super) fn candidates(&mut self, pattern: &str) -> Option<Vec<u64>> {
        let wanted = wanted_grams(pattern);
        let mut entries: Vec<&[[u8; ENTRY_BYTES]]> = Vec::new();
        let (table, _) = self.table.as_chunks::<ENTRY_BYTES>();
        for &(first, last) in &wanted {
            let start = table.partition_point(|entry| number(entry, 0) < first);
            let end = table.partition_point(|entry| number(entry, 0) <= last);
            entries.push(&table[start..end]);
        }
        entries.sort_by_key(|entries| bytes_of(entries));
        entries.truncate(MAX_LISTS);
        let mut candidates: Option<Vec<u64>> = None;
        for entries in entries {
            let mut words = Vec::new();
            for entry in entries {
                words.extend(read(&mut self.file, entry)?);
            }
            words.sort_unstable();
            words.dedup();
            candidates = Some(match candidates {
                None => words,
                Some(mut both) => {
                    both.retain(|word| words.binary_search(word).is_ok());
                    both
                }
            });
        }
        candidates
    }
}

fn bytes_of(entries: &[[u8; ENTRY_BYTES]]) -> u64 {
    entries
        .iter()
        .map(|entry| u64::from(number(entry, 2)))
        .sum()
}

/// One of the three numbers of an entry.
fn number(entry: &[u8; ENTRY_BYTES], at: usize) -> u32 {
    let bytes = [0, 1, 2, 3].map(|byte| entry[at * 4 + byte]);
    u32::from_le_bytes(bytes)
}

fn read(file: &mut File, entry: &[u8; ENTRY_BYTES]) -> Option<Vec<u64>> {
    file.seek(SeekFrom::Start(number(entry, 1).into())).ok()?;
    let mut bytes = Vec::new();
    file.take(number(entry, 2).into())
        .read_to_end(&mut bytes)
        .ok()?;
    Some(read_list(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_survive_being_written() {
        let numbers = [0, 1, 5, 127, 128, 300, 70_000, 70_000, u64::from(u32::MAX)];
        let mut list = List::default();
        numbers.iter().for_each(|&number| list.push(number));
        let mut expected = numbers.to_vec();
        expected.dedup();
        assert_eq!(read_list(&list.bytes), expected);
    }

    #[test]
    fn wildcards_ask_for_the_letters_beside_them() {
        let gram = |text: &[u8]| (gram_of(text), gram_of(text));
        let wanted = [gram(b"ent"), gram(b"men"), gram(b"nt\x03")];
        assert_eq!(wanted_grams("*ment"), wanted);
        assert_eq!(
            wanted_grams("*ab*"),
            [(gram_of(b"ab\0"), gram_of(b"ab\xFF"))]
        );
        assert_eq!(wanted_grams("?b*"), []);
        assert_eq!(wanted_grams("*ploy*t"), [gram(b"loy"), gram(b"plo")]);
    }
}
