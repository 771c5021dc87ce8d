//! Reads a stream of records on a thread of its own.
//!
//! In: a stream of JSON Lines, compressed or not, that may be endless; or what came by
//! such streams into an earlier index. Out: the records as they come: what is read is
//! handed over before more is waited for.

use std::cell::RefCell;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::thread::{Scope, ScopedJoinHandle};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::Run;
use super::backlog::Backlog;
use super::feed::{BATCH_BYTES, FileToIndex, Part, WAITING_BATCHES, text_bytes};
use super::stage::spawn;
use crate::corpus::{Content, FileEntry};
use crate::engine::embedded::{EmbeddedEngine, STREAM_PATH, file_key};
use crate::error::{Error, ErrorKind, Result};
use crate::parse::{FileReport, Record, read_lines};

/// Where records come from.
pub(super) enum Origin {
    /// Lines of JSON.
    Lines(Box<dyn Read + Send>),
    /// What an earlier index holds of streams.
    Earlier(Box<EmbeddedEngine>),
}

/// A stream that is being read.
pub(super) struct Stream<'scope> {
    /// What comes, as if of a file that the index knows by the path `-`.
    pub(super) file: FileToIndex,
    /// Tells in the end whether all could be read.
    pub(super) reader: ScopedJoinHandle<'scope, Result<()>>,
}

impl<'scope> Stream<'scope> {
    /// Starts to read.
    pub(super) fn start<'env>(
        scope: &'scope Scope<'scope, 'env>,
        run: &'env Run<'_>,
        origin: Origin,
    ) -> Result<Self>
    where
        'env: 'scope,
    {
        let (parts_in, parts) = bounded(WAITING_BATCHES);
        let reader = spawn(scope, "read", move || match origin {
            Origin::Lines(stream) => {
                read(run, stream, parts_in);
                Ok(())
            }
            Origin::Earlier(engine) => take_over(run, &engine, parts_in),
        })?;
        let file = stream_file(run, parts);
        Ok(Self { file, reader })
    }
}

fn stream_file(run: &Run<'_>, parts: Receiver<Part>) -> FileToIndex {
    let path = PathBuf::from(STREAM_PATH);
    let key = file_key(&path);
    FileToIndex {
        entry: FileEntry {
            path: path.clone(),
            absolute: path,
            relative: STREAM_PATH.to_owned(),
            size_bytes: 0,
            modified_ns: 0,
        },
        key,
        turn: 0,
        known: run.known.get(key),
        parts,
    }
}

fn read(run: &Run<'_>, stream: Box<dyn Read + Send>, parts: Sender<Part>) {
    let batch = Rc::new(RefCell::new(Batch::new(run, parts.clone())));
    let live = Live {
        stream,
        batch: Rc::clone(&batch),
    };
    let content = Content::of_stream(STREAM_PATH, Box::new(live));
    let end = read_lines(content, &run.options.map, &mut |record| {
        if run.is_stopped() && matches!(record, Record::Problem(_)) {
            // The last line was cut.
            return ControlFlow::Continue(());
        }
        run.progress.pass(text_bytes(&record) as u64);
        batch.borrow_mut().take(record)
    });
    let _ = batch.borrow_mut().hand_over();
    let _ = parts.send(Part::End(end));
}

/// Hands over what an earlier index holds of streams.
fn take_over(run: &Run<'_>, engine: &EmbeddedEngine, parts: Sender<Part>) -> Result<()> {
    let mut batch = Batch::new(run, parts.clone());
    let mut end = FileReport::default();
    engine.for_each_of_file(file_key(Path::new(STREAM_PATH)), &mut |article| {
        let number = None;
        let article = Box::new(article);
        let record = Record::Article { article, number };
        end.text_bytes += text_bytes(&record) as u64;
        match batch.take(record) {
            ControlFlow::Continue(()) if !run.is_stopped() => Ok(()),
            _ => Err(Error::new(ErrorKind::Interrupted, "stopped")),
        }
    })?;
    let _ = batch.hand_over();
    let _ = parts.send(Part::End(end));
    Ok(())
}

/// Records that wait to be handed over.
struct Batch {
    records: Vec<Record>,
    bytes: usize,
    backlog: Arc<Backlog>,
    parts: Sender<Part>,
}

impl Batch {
    fn new(run: &Run<'_>, parts: Sender<Part>) -> Self {
        Self {
            records: Vec::new(),
            bytes: 0,
            backlog: Arc::clone(&run.backlog),
            parts,
        }
    }

    fn take(&mut self, record: Record) -> ControlFlow<()> {
        self.bytes += text_bytes(&record);
        self.records.push(record);
        match self.bytes >= BATCH_BYTES {
            true => self.hand_over(),
            false => ControlFlow::Continue(()),
        }
    }

    /// Passes the batch on; breaks off if nobody takes it.
    fn hand_over(&mut self) -> ControlFlow<()> {
        if self.records.is_empty() {
            return ControlFlow::Continue(());
        }
        let waiting = self.backlog.add(0, std::mem::take(&mut self.bytes));
        let records = std::mem::take(&mut self.records);
        match self.parts.send(Part::Records(records, waiting)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}

/// A stream that hands over what came of it before it waits for more.
struct Live {
    stream: Box<dyn Read + Send>,
    batch: Rc<RefCell<Batch>>,
}

impl Read for Live {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.batch.borrow_mut().hand_over() {
            ControlFlow::Continue(()) => self.stream.read(buffer),
            // Nobody wants more.
            ControlFlow::Break(()) => Ok(0),
        }
    }
}
