//! Standard input as a stream that ends when it is asked to.
//!
//! Reading standard input cannot be interrupted, so a thread that nobody waits for does
//! it, and hands over what it reads.

use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};

const CHUNK_BYTES: usize = 64 << 10;

/// Chunks that may wait.
const WAITING_CHUNKS: usize = 4;

/// How often it is seen whether to stop.
const TICK: Duration = Duration::from_millis(50);

/// Standard input, until it ends or `stop` turns true.
pub(super) fn stdin(stop: &Arc<AtomicBool>) -> impl Read + Send + use<> {
    let (chunks_in, chunks) = bounded(WAITING_CHUNKS);
    std::thread::spawn(move || {
        let mut stdin = io::stdin().lock();
        loop {
            let mut chunk = vec![0; CHUNK_BYTES];
            let read = stdin.read(&mut chunk).map(|count| {
                chunk.truncate(count);
                chunk
            });
            let is_last = read.as_ref().is_ok_and(Vec::is_empty) || read.is_err();
            if chunks_in.send(read).is_err() || is_last {
                return;
            }
        }
    });
    Piped {
        chunks,
        chunk: Cursor::default(),
        stop: Arc::clone(stop),
    }
}

struct Piped {
    chunks: Receiver<io::Result<Vec<u8>>>,
    chunk: Cursor<Vec<u8>>,
    stop: Arc<AtomicBool>,
}

impl Read for Piped {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.chunk.read(buffer)?;
            if count > 0 || buffer.is_empty() || self.stop.load(Ordering::Relaxed) {
                return Ok(count);
            }
            match self.chunks.recv_timeout(TICK) {
                Ok(chunk) => self.chunk = Cursor::new(chunk?),
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
            }
        }
    }
}
