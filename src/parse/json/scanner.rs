//! Finds where values of a JSON text begin and end, without looking into them.
//!
//! In: a text as it is read. Out: its values one by one, as text, in bounded memory; a
//! value that is too large can be passed over, and so can whatever is no JSON at all.

use std::io::BufRead;

use memchr::{memchr_iter, memchr2};

/// Walks along a text.
pub(super) struct Scanner<'t> {
    input: &'t mut dyn BufRead,
    line: u64,
}

/// A piece of text, up to a limit.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub(super) bytes: Vec<u8>,
    max_bytes: usize,
    /// Whether there was more than fits.
    pub(super) is_over: bool,
}

/// How far a value reaches, as far as it was followed.
#[derive(Debug, Default)]
pub(super) struct Extent {
    kind: Option<Kind>,
    /// Brackets of the value's own kind that are open.
    own: u64,
    /// Brackets of the other kind that are open.
    other: u64,
    is_in_string: bool,
    is_escaped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Object,
    List,
    Text,
    /// A number, a word, or what should not be there.
    Word,
}

/// What a byte is to a value.
enum Step {
    Within,
    Last,
    /// The value has ended before it.
    Beyond,
}

impl<'t> Scanner<'t> {
    /// Starts at the first line of a text.
    pub(super) fn new(input: &'t mut dyn BufRead) -> Self {
        Self { input, line: 1 }
    }

    /// The line, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The text from here on.
    pub(super) fn rest(&mut self) -> &mut dyn BufRead {
        self.input
    }

    /// Goes on at a line, after someone else has read a part.
    pub(super) fn go_on_at(&mut self, line: u64) {
        self.line = line;
    }

    /// Passes over blanks, and tells what follows; `None` at the end.
    pub(super) fn next_sign(&mut self, kept: &mut Kept) -> Option<u8> {
        loop {
            // What cannot be read is the end; the reader has its own complaint about it.
            let chunk = self.input.fill_buf().unwrap_or_default();
            let sign = chunk.iter().position(|byte| *byte > b' ');
            let blanks = &chunk[..sign.unwrap_or(chunk.len())];
            let next = sign.map(|at| chunk[at]);
            let is_end = chunk.is_empty();
            kept.push(blanks);
            let count = blanks.len();
            self.line += lines(blanks);
            self.input.consume(count);
            if next.is_some() || is_end {
                return next;
            }
        }
    }

    /// Takes the byte that [`Scanner::next_sign`] told of.
    pub(super) fn take_sign(&mut self, kept: &mut Kept) {
        let chunk = self.input.fill_buf().unwrap_or_default();
        if let Some(sign) = chunk.get(..1) {
            kept.push(sign);
            self.input.consume(1);
        }
    }

    /// Takes the value that starts here. If it does not fit, what does is taken, and how
    /// far the value was followed returned.
    pub(super) fn take_value(&mut self, kept: &mut Kept) -> Option<Extent> {
        let mut extent = Extent::default();
        while !self.follow(&mut extent, Some(kept)) {
            if kept.room() == 0 {
                kept.is_over = true;
                return Some(extent);
            }
        }
        None
    }

    /// Passes over what is left of a value.
    pub(super) fn skip(&mut self, mut extent: Extent) {
        while !self.follow(&mut extent, None) {}
    }

    /// Follows a value through what is in memory; whether it ends there.
    fn follow(&mut self, extent: &mut Extent, kept: Option<&mut Kept>) -> bool {
        let mut chunk = self.input.fill_buf().unwrap_or_default();
        if chunk.is_empty() {
            return true;
        }
        if let Some(kept) = &kept {
            chunk = &chunk[..chunk.len().min(kept.room())];
        }
        let (count, is_whole) = extent.follow(chunk);
        let taken = &chunk[..count];
        if let Some(kept) = kept {
            kept.push(taken);
        }
        self.line += lines(taken);
        self.input.consume(count);
        is_whole
    }
}

fn lines(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}

impl Kept {
    /// A piece that is still empty.
    pub(super) fn new(max_bytes: usize) -> Self {
        Self {
            max_bytes,
            ..Self::default()
        }
    }

    /// Adds bytes; nothing if they do not fit.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.is_over || bytes.len() > self.room() {
            self.is_over |= !bytes.is_empty();
        } else {
            self.bytes.extend_from_slice(bytes);
        }
    }

    fn room(&self) -> usize {
        self.max_bytes - self.bytes.len()
    }
}

impl Extent {
    /// How many of these bytes belong to the value, and whether it ends there.
    fn follow(&mut self, bytes: &[u8]) -> (usize, bool) {
        let mut at = 0;
        while at < bytes.len() {
            if self.is_in_string {
                at += self.follow_string(&bytes[at..]);
                if !self.is_in_string && self.kind == Some(Kind::Text) {
                    return (at, true);
                }
                continue;
            }
            match self.step(bytes[at]) {
                Step::Within => at += 1,
                Step::Last => return (at + 1, true),
                Step::Beyond => return (at, true),
            }
        }
        (at, false)
    }

    /// Goes to the end of a string, or as far as the bytes do.
    fn follow_string(&mut self, bytes: &[u8]) -> usize {
        if std::mem::take(&mut self.is_escaped) {
            return 1;
        }
        let Some(at) = memchr2(b'"', b'\\', bytes) else {
            return bytes.len();
        };
        match bytes[at] {
            b'"' => self.is_in_string = false,
            _ => self.is_escaped = true,
        }
        at + 1
    }

    /// An object ends with the brace that closes it, whatever its other brackets do, so
    /// that damage stays inside; but a bracket that closes what is around it ends it too.
    fn step(&mut self, byte: u8) -> Step {
        let Some(kind) = self.kind else {
            return self.begin(byte);
        };
        let is_own = match (kind, byte) {
            (Kind::Word, b'"' | b',' | b':' | b'[' | b']' | b'{' | b'}') => return Step::Beyond,
            (Kind::Word | Kind::Text, _) => return Step::Within,
            (_, b'"') => {
                self.is_in_string = true;
                return Step::Within;
            }
            (_, b'{' | b'}') => kind == Kind::Object,
            (_, b'[' | b']') => kind == Kind::List,
            _ => return Step::Within,
        };
        let open = if is_own {
            &mut self.own
        } else {
            &mut self.other
        };
        match byte {
            b'{' | b'[' => *open += 1,
            _ if *open == 0 => return Step::Beyond,
            _ => *open -= 1,
        }
        match is_own && self.own == 0 {
            true => Step::Last,
            false => Step::Within,
        }
    }

    fn begin(&mut self, byte: u8) -> Step {
        let kind = match byte {
            b'{' => Kind::Object,
            b'[' => Kind::List,
            b'"' => Kind::Text,
            _ => Kind::Word,
        };
        self.kind = Some(kind);
        self.own = 1;
        self.is_in_string = kind == Kind::Text;
        Step::Within
    }
}
