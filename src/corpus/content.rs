//! What a file holds: itself, or the members of the archive that it is.
//!
//! In: a [`FileEntry`] or a stream. Out: a [`ByteReader`] for each file in it, in
//! order, streamed; a hash of the bytes on disk; and what went wrong.
//!
//! Compression and archives may be nested; each stream is unpacked as it is read,
//! and all of them together are held to one limit on expansion.

use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::rc::Rc;

use zip::ZipArchive;
use zip::result::ZipResult;

use super::archive::{
    Member, Packaging, closed_reason, is_document, visit_tar, visit_zip, visit_zip_stream,
};
use super::bytes::ByteReader;
use super::problem::problem;
use super::raw::{Metered, Raw, Tally};
use super::unpack::{Unpacked, peek, unpack};
use super::walk::FileEntry;
use crate::error::{Problem, ProblemKind};

/// How many archives may be in each other.
const MAX_NESTED: usize = 3;
/// A zip inside another archive is held in memory up to here, and beyond read without its directory.
const NESTED_ZIP_BYTES: u64 = 64 << 20;

/// A file that is open.
pub struct Content {
    path: String,
    /// Where the file is on disk; `None` for a stream.
    file: Option<PathBuf>,
    raw: Raw,
    packaging: Option<Packaging>,
    hidden: u64,
    problems: Vec<Problem>,
}

/// Takes the files in a file.
type Visitor<'v> = dyn FnMut(ByteReader<'_>) -> ControlFlow<()> + 'v;

impl Content {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::Unreadable`] if it cannot be opened.
    pub fn open(file: &FileEntry) -> Result<Self, Problem> {
        Ok(Self {
            path: file.path.display().to_string(),
            file: Some(file.absolute.clone()),
            ..Self::of_raw(Raw::open(file)?)
        })
    }

    /// Takes a stream for a file; `path` is its name for people. What it gives is handed
    /// on as it comes, so it may be endless.
    pub fn of_stream(path: &str, stream: Box<dyn Read>) -> Self {
        Self {
            path: path.to_owned(),
            ..Self::of_raw(Raw::of_stream(stream))
        }
    }

    /// Takes bytes for a whole file; `path` is its name for people.
    pub fn of_bytes(path: &str, bytes: Vec<u8>) -> Self {
        Self {
            path: path.to_owned(),
            ..Self::of_raw(Raw::of_bytes(bytes))
        }
    }

    fn of_raw(raw: Raw) -> Self {
        Self {
            path: String::new(),
            file: None,
            raw,
            packaging: None,
            hidden: 0,
            problems: Vec::new(),
        }
    }

    /// The file, as the user would name it.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Gives each file that it holds to `visitor`, until that breaks off.
    pub fn visit(&mut self, visitor: &mut Visitor<'_>) -> ControlFlow<()> {
        let tally = self.raw.tally();
        let mut visit = Visit {
            content: self,
            tally: &tally,
            visitor,
            is_cut_off: false,
        };
        let stream = Box::new(visit.content.raw.clone());
        match visit.enter(stream, &Way::default()) {
            ControlFlow::Break(()) if visit.is_cut_off => ControlFlow::Continue(()),
            flow => flow,
        }
    }

    /// The name of the kind of archive that it is, after [`Content::visit`].
    pub fn packaging(&self) -> Option<&'static str> {
        self.packaging.map(Packaging::name)
    }

    /// How many hidden files it holds, which are left out.
    pub fn hidden(&self) -> u64 {
        self.hidden
    }

    /// Reads what is left on disk, and gives the xxh3-128 of all its bytes; 0 if it cannot be read.
    pub fn content_hash(&mut self) -> u128 {
        self.raw.hash_to_the_end().unwrap_or_else(|| {
            let told = |found: &Problem| found.kind == ProblemKind::Unreadable;
            if !self.problems.iter().any(told) {
                let cause = self.raw.tally().failure().unwrap_or_default();
                let found = problem(&self.path, ProblemKind::Unreadable, cause);
                self.problems.push(found);
            }
            0
        })
    }

    /// What was wrong with the archive itself, once.
    pub fn take_problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }
}

/// The way to a file through the archives around it.
#[derive(Clone, Default)]
struct Way {
    member: Option<String>,
    archives: usize,
}

impl Way {
    /// The way to a member of the archive that this one leads to.
    fn to(&self, name: &str) -> Self {
        Self {
            member: Some(match &self.member {
                Some(outer) => format!("{outer}/{name}"),
                None => name.to_owned(),
            }),
            archives: self.archives + 1,
        }
    }
}

/// A visit under way.
struct Visit<'c, 'v, 'f> {
    content: &'c mut Content,
    tally: &'c Rc<Tally>,
    visitor: &'v mut Visitor<'f>,
    /// Whether nothing more can be read, so that archives end where they are.
    is_cut_off: bool,
}

impl Visit<'_, '_, '_> {
    /// Opens a stream, be it packed, an archive, or what a format reads.
    fn enter(&mut self, stream: Box<dyn Read + '_>, way: &Way) -> ControlFlow<()> {
        let unpacked = unpack(stream, self.tally);
        if unpacked.is_too_deep {
            self.complain(
                way,
                ProblemKind::UnknownFormat,
                "packed too many times over",
            );
            return ControlFlow::Continue(());
        }
        if let Some(reason) = closed_reason(&unpacked.head) {
            self.complain(way, ProblemKind::UnknownFormat, reason);
            return ControlFlow::Continue(());
        }
        let packaging = Packaging::of(&unpacked.head).filter(|_| unpacked.failure.is_none());
        match packaging {
            None => self.hand_on(unpacked, way),
            Some(_) if way.archives == MAX_NESTED => {
                let message = format!("archives nested over {MAX_NESTED} deep");
                self.complain(way, ProblemKind::UnknownFormat, message);
                ControlFlow::Continue(())
            }
            Some(Packaging::Tar) => {
                self.name_packaging(Packaging::Tar, way);
                let stream = Cursor::new(unpacked.head).chain(unpacked.rest);
                visit_tar(Box::new(stream), &mut |member| self.take(member, way))
            }
            Some(Packaging::Zip) => self.enter_zip(unpacked, way),
        }
    }

    fn enter_zip(&mut self, mut unpacked: Unpacked<'_>, way: &Way) -> ControlFlow<()> {
        let is_on_disk = way.archives == 0 && unpacked.layers == 0;
        let on_disk = self.content.file.as_ref().filter(|_| is_on_disk);
        if let Some(file) = on_disk.and_then(|file| File::open(file).ok()) {
            return self.enter_directory(ZipArchive::new(file), unpacked, way);
        }
        let mut bytes = std::mem::take(&mut unpacked.head);
        let room = NESTED_ZIP_BYTES.saturating_sub(bytes.len() as u64);
        let read = unpacked.rest.by_ref().take(room).read_to_end(&mut bytes);
        let is_whole = read.is_err() || (bytes.len() as u64) < NESTED_ZIP_BYTES;
        let bytes: Rc<[u8]> = bytes.into();
        let directory = Cursor::new(Rc::clone(&bytes));
        let unpacked = peek(Box::new(Cursor::new(bytes).chain(unpacked.rest)));
        if is_whole {
            self.enter_directory(ZipArchive::new(directory), unpacked, way)
        } else {
            self.enter_zip_stream(unpacked, way)
        }
    }

    /// Visits a zip by its directory; as a stream if that cannot be read.
    fn enter_directory<R: Read + Seek>(
        &mut self,
        archive: ZipResult<ZipArchive<R>>,
        unpacked: Unpacked<'_>,
        way: &Way,
    ) -> ControlFlow<()> {
        match archive {
            Ok(archive) if is_document(&archive) => self.hand_on(unpacked, way),
            Ok(mut archive) => {
                self.name_packaging(Packaging::Zip, way);
                visit_zip(&mut archive, &mut |member| self.take(member, way))
            }
            Err(cause) => {
                let message = format!("the archive's directory is missing or damaged ({cause})");
                self.complain(way, ProblemKind::Damaged, message);
                self.enter_zip_stream(unpacked, way)
            }
        }
    }

    fn enter_zip_stream(&mut self, unpacked: Unpacked<'_>, way: &Way) -> ControlFlow<()> {
        self.name_packaging(Packaging::Zip, way);
        let mut stream = Cursor::new(unpacked.head).chain(unpacked.rest);
        visit_zip_stream(&mut stream, &mut |member| self.take(member, way))
    }

    fn take(&mut self, member: Member<'_>, way: &Way) -> ControlFlow<()> {
        match member {
            Member::File(name, stream) => {
                let metered = Metered::new(stream, self.tally);
                self.enter(Box::new(metered), &way.to(&name))?;
            }
            Member::Hidden => self.content.hidden += 1,
            Member::Closed(name, kind, reason) => self.complain(&way.to(&name), kind, reason),
            Member::Damaged(_) if self.tally.is_spent() => {}
            Member::Damaged(cause) => {
                let message = format!("the archive breaks off or is damaged: {cause}");
                self.complain(way, ProblemKind::Damaged, message);
            }
        }
        self.is_cut_off = self.tally.is_spent();
        match self.is_cut_off {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    fn hand_on(&mut self, unpacked: Unpacked<'_>, way: &Way) -> ControlFlow<()> {
        let bytes = ByteReader::new(&self.content.path, way.member.clone(), unpacked, self.tally);
        (self.visitor)(bytes)
    }

    /// Notes what the file on disk is.
    fn name_packaging(&mut self, packaging: Packaging, way: &Way) {
        if way.archives == 0 {
            self.content.packaging = Some(packaging);
        }
    }

    fn complain(&mut self, way: &Way, kind: ProblemKind, message: impl ToString) {
        self.content.problems.push(Problem {
            member: way.member.clone(),
            ..problem(&self.content.path, kind, message)
        });
    }
}
