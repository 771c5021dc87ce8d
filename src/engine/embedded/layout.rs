//! The index folder: where the index is, and how one replaces another.
//!
//! The folder holds a lock, generations (`generation-1`, a tantivy index each) and
//! the file `current` with the name of the one that is in use. A rebuild fills a
//! new generation and then replaces `current` in one step, so that there is a
//! whole index at every moment, whatever happens. Readers lock the generation that
//! they read, and one that is still read is left for a later run to remove.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tantivy::Index;
use tantivy::schema::Schema;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{IndexSettings, directory::MmapDirectory};

use super::encode::FormsTokenizer;
use super::failure::{busy, read_failure, write_failure};
use super::marks::MarksTokenizer;
use super::schema::{FORMS_TOKENIZER, MARKS_TOKENIZER};
use crate::error::{Error, ErrorKind, Result};

const CURRENT: &str = "current";
const LOCK: &str = "lock";
const GENERATION: &str = "generation-";
/// In each generation, the file that its readers lock.
const READERS: &str = "readers";

/// The folder of an index.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    folder: PathBuf,
}

/// The right to write to an index, until dropped.
#[derive(Debug)]
pub(super) struct WriteLock {
    _file: File,
}

/// A generation that nobody removes, until dropped.
#[derive(Debug)]
pub(super) struct Pinned {
    /// Its folder.
    pub(super) generation: PathBuf,
    /// None where the file system has no locks.
    _lock: Option<File>,
}

impl Layout {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The generation in use; `None` if there is no index yet.
    pub(super) fn current(&self) -> Result<Option<PathBuf>> {
        let pointer = self.folder.join(CURRENT);
        match fs::read_to_string(&pointer) {
            Ok(name) if is_generation(name.trim()) => Ok(Some(self.folder.join(name.trim()))),
            Ok(_) => Err(Error::new(
                ErrorKind::IndexDamaged,
                format!("{} names no index", pointer.display()),
            )
            .with_hint("rebuild it: search index --rebuild PATH…")),
            Err(cause)
                if matches!(
                    cause.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                Ok(None)
            }
            Err(cause) => Err(Error::io("read", &pointer, &cause)),
        }
    }

    /// Keeps the generation in use from being removed; `None` if there is no index yet.
    pub(super) fn pin_current(&self) -> Result<Option<Pinned>> {
        let Some(mut generation) = self.current()? else {
            return Ok(None);
        };
        loop {
            let file = File::open(generation.join(READERS)).ok();
            let unswept =
                |file: &File| !matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock));
            let lock = file.filter(unswept);
            match self.current()? {
                None => return Ok(None),
                Some(current) if current == generation => {
                    return Ok(Some(Pinned {
                        generation,
                        _lock: lock,
                    }));
                }
                // A rebuild has put another in its place meanwhile.
                Some(current) => generation = current,
            }
        }
    }

    /// Makes the folder if need be, and takes the right to write to it.
    ///
    /// A folder that exists and holds something else is refused.
    pub(super) fn lock(&self) -> Result<WriteLock> {
        self.refuse_foreign_folder()?;
        fs::create_dir_all(&self.folder)
            .map_err(|cause| Error::io("make the index folder", &self.folder, &cause))?;
        let path = self.folder.join(LOCK);
        let open = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path);
        let file = open.map_err(|cause| Error::io("write the index lock", &path, &cause))?;
        match file.try_lock() {
            Ok(()) => Ok(WriteLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(busy(&self.folder)),
            Err(TryLockError::Error(cause)) => Err(Error::io("lock", &path, &cause)),
        }
    }

    fn refuse_foreign_folder(&self) -> Result<()> {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return Ok(());
        };
        let names: Vec<_> = entries
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        let ours =
            |name: &String| matches!(&**name, CURRENT | LOCK) || name.starts_with(GENERATION);
        if names.is_empty() || names.iter().any(ours) {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::Input,
            format!("{} is not an index and not empty", self.folder.display()),
        )
        .with_hint("name a new or empty folder with --index"))
    }

    /// A path for the next generation, with what an earlier try left there removed.
    pub(super) fn next_generation(&self) -> Result<PathBuf> {
        let current = self.current().ok().flatten();
        let number = current.as_deref().and_then(generation_number).unwrap_or(0) + 1;
        let path = self.folder.join(format!("{GENERATION}{number}"));
        match fs::remove_dir_all(&path) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                Err(Error::io("clear", &path, &cause))
            }
            _ => Ok(path),
        }
    }

    /// Makes `generation` the one in use, in one step, and sweeps the others away.
    pub(super) fn switch_to(&self, generation: &Path) -> Result<()> {
        let name = generation
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let fresh = self.folder.join("current.new");
        let write = || -> io::Result<()> {
            let mut file = File::create(&fresh)?;
            file.write_all(name.as_bytes())?;
            file.sync_all()?;
            fs::rename(&fresh, self.folder.join(CURRENT))
        };
        write().map_err(|cause| Error::io("write the index in", &self.folder, &cause))?;
        self.sweep(&name);
        Ok(())
    }

    /// Removes generations that are neither in use nor still read, and tantivy's left-over temporary files.
    ///
    /// Only a run that holds the lock calls this. What cannot be removed stays for the next run.
    pub(super) fn sweep(&self, current: &str) {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_generation(&name) && name != current {
                remove_unread(&entry.path());
            }
        }
        let Ok(entries) = fs::read_dir(self.folder.join(current)) else {
            return;
        };
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with(".tmp") {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

fn remove_unread(generation: &Path) {
    let readers = File::open(generation.join(READERS));
    let is_read = |file: &File| matches!(file.try_lock(), Err(TryLockError::WouldBlock));
    if !readers.as_ref().is_ok_and(is_read) {
        let _ = fs::remove_dir_all(generation);
    }
}

fn is_generation(name: &str) -> bool {
    name.strip_prefix(GENERATION)
        .is_some_and(|number| number.parse::<u64>().is_ok())
}

fn generation_number(path: &Path) -> Option<u64> {
    path.file_name()?
        .to_str()?
        .strip_prefix(GENERATION)?
        .parse()
        .ok()
}

/// Opens the tantivy index in `generation`.
pub(super) fn open_index(generation: &Path) -> Result<Index> {
    let index = Index::open_in_dir(generation).map_err(read_failure)?;
    register(&index);
    Ok(index)
}

/// Creates an empty tantivy index in `generation`.
pub(super) fn create_index(generation: &Path, schema: Schema) -> Result<Index> {
    fs::create_dir_all(generation)
        .map_err(|cause| Error::io("make the index folder", generation, &cause))?;
    let readers = generation.join(READERS);
    File::create(&readers).map_err(|cause| Error::io("write", &readers, &cause))?;
    let directory = MmapDirectory::open(generation)
        .map_err(|cause| write_failure(&cause.into(), generation))?;
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor {
            compression_level: Some(3),
        }),
        ..IndexSettings::default()
    };
    let index = Index::create(directory, schema, settings)
        .map_err(|cause| write_failure(&cause, generation))?;
    register(&index);
    Ok(index)
}

/// tantivy does not keep tokenizers, only their names.
fn register(index: &Index) {
    index.tokenizers().register(FORMS_TOKENIZER, FormsTokenizer);
    index.tokenizers().register(MARKS_TOKENIZER, MarksTokenizer);
}
