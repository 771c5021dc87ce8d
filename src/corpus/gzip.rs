//! Unpacks gzip member by member, and goes on behind damage.
//!
//! In: packed bytes. Out: what they unpack to, and how much of them was passed over.
//!
//! Archives of the web have a member for each record, so one that is broken costs
//! no more than itself. Damage shows late, when the decoder has run into what
//! follows: the packed bytes of a member are kept for a while, and the next member
//! is looked for from its start.

use std::cell::Cell;
use std::io::{self, ErrorKind, Read};
use std::rc::Rc;

use flate2::{Crc, Decompress, FlushDecompress, Status};
use memchr::memmem;

const CHUNK_BYTES: usize = 64 << 10;
/// Packed bytes of a member that are kept, to look for the next one in them.
const MAX_KEPT_BYTES: usize = 4 << 20;
/// What every member starts with: gzip, packed by deflate.
const SIGNATURE: &[u8] = b"\x1f\x8b\x08";
/// Bytes of a header before its optional parts.
const FIXED_HEADER_BYTES: usize = 10;
/// Checksum and length behind a member.
const TRAILER_BYTES: usize = 8;
/// Headers that are longer are none.
const MAX_HEADER_BYTES: usize = 128 << 10;
/// Packed and unpacked bytes of the trial that tells a member from bytes that look like its start.
const TRIAL_BYTES: usize = 4 << 10;

/// What was damaged in a stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Damage {
    /// Members that are broken or break off, and garbage between members.
    pub(super) places: u64,
    /// Packed bytes of them all.
    pub(super) packed_bytes: u64,
    /// How many bytes were unpacked before the first place.
    pub(super) first_at_byte: u64,
}

impl Damage {
    /// It in words, if there is any.
    pub(super) fn message(&self) -> Option<String> {
        let bytes = self.packed_bytes;
        match self.places {
            0 => None,
            1 => Some(format!(
                "the compressed data breaks off or is damaged; {bytes} packed bytes were lost or are in doubt"
            )),
            places => Some(format!(
                "the compressed data is damaged in {places} places; {bytes} packed bytes were lost or are in doubt"
            )),
        }
    }
}

/// A reader of gzip that does not fail for damage.
pub(super) struct Gzip<R> {
    packed: R,
    /// Packed bytes: those of the member from its start, if they are few, and what follows.
    buffer: Vec<u8>,
    /// Where the member starts in the buffer.
    member: usize,
    /// The next packed byte to take.
    at: usize,
    state: State,
    inflater: Decompress,
    checksum: Crc,
    given_bytes: u64,
    damage: Rc<Cell<Damage>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Between,
    Inside,
    Over,
}

/// What the bytes at the start of a member say.
enum Header {
    /// Its length in bytes.
    Is(usize),
    /// It goes on beyond them.
    Short,
    No,
}

impl<R: Read> Gzip<R> {
    /// Unpacks `packed`; what is damaged is told through `damage` while it is read.
    pub(super) fn new(packed: R, damage: Rc<Cell<Damage>>) -> Self {
        Self {
            packed,
            buffer: Vec::new(),
            member: 0,
            at: 0,
            state: State::Between,
            inflater: Decompress::new(false),
            checksum: Crc::new(),
            given_bytes: 0,
            damage,
        }
    }

    /// Reads on; false at the end of the packed bytes.
    fn fill(&mut self) -> io::Result<bool> {
        if self.buffer.len() - self.member > MAX_KEPT_BYTES {
            self.member = self.at - (self.at - self.member) / 2;
        }
        self.buffer.drain(..self.member);
        self.at -= self.member;
        self.member = 0;
        let end = self.buffer.len();
        self.buffer.resize(end + CHUNK_BYTES, 0);
        let result = loop {
            match self.packed.read(&mut self.buffer[end..]) {
                Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
                result => break result,
            }
        };
        self.buffer
            .truncate(end + result.as_ref().map_or(0, |count| *count));
        Ok(result? > 0)
    }

    /// Reads on until this many bytes are there from `at`; false if there are not so many.
    fn ensure(&mut self, count: usize) -> io::Result<bool> {
        while self.buffer.len() - self.at < count {
            if !self.fill()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Takes the header of a member; zeros between members are padding.
    fn open_member(&mut self) -> io::Result<()> {
        while self.ensure(1)? && self.buffer[self.at] == 0 {
            self.at += 1;
        }
        self.member = self.at;
        if self.at == self.buffer.len() {
            self.state = State::Over;
            return Ok(());
        }
        loop {
            match header(&self.buffer[self.at..]) {
                Header::Is(length) => {
                    self.at += length;
                    self.inflater.reset(false);
                    self.checksum.reset();
                    self.state = State::Inside;
                    return Ok(());
                }
                Header::Short if self.fill()? => {}
                Header::Short | Header::No => return self.pass_damage(),
            }
        }
    }

    /// Unpacks a piece of the member.
    fn inflate(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if !self.ensure(1)? {
            // A member that is cut may have swallowed all that followed.
            self.pass_damage()?;
            return Ok(0);
        }
        let (taken, given) = (self.inflater.total_in(), self.inflater.total_out());
        let packed = &self.buffer[self.at..];
        let status = self.inflater.decompress(packed, out, FlushDecompress::None);
        // Both are at most the lengths of the slices.
        let taken = (self.inflater.total_in() - taken) as usize;
        let given = (self.inflater.total_out() - given) as usize;
        self.at += taken;
        self.checksum.update(&out[..given]);
        self.given_bytes += given as u64;
        match status {
            Ok(Status::StreamEnd) => self.close_member()?,
            Ok(_) if taken + given > 0 => {}
            Ok(_) | Err(_) => self.pass_damage()?,
        }
        Ok(given)
    }

    /// Takes the trailer of a member and compares it with what was unpacked.
    fn close_member(&mut self) -> io::Result<()> {
        self.state = State::Between;
        if !self.ensure(TRAILER_BYTES)? {
            return self.pass_damage();
        }
        let number = |from: usize| {
            let bytes = self.buffer[self.at + from..].first_chunk();
            bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes))
        };
        if (number(0), number(4)) == (self.checksum.sum(), self.checksum.amount()) {
            self.at += TRAILER_BYTES;
            return Ok(());
        }
        // Where another member follows, only the text of this one is in doubt.
        self.at += TRAILER_BYTES;
        let follows =
            !self.ensure(SIGNATURE.len())? || self.buffer[self.at..].starts_with(SIGNATURE);
        if !follows {
            return self.pass_damage();
        }
        self.note_damage();
        self.damage_bytes(self.at - self.member);
        Ok(())
    }

    /// Goes to the next member that can be unpacked, from the start of this one.
    fn pass_damage(&mut self) -> io::Result<()> {
        self.note_damage();
        self.at = self.member + 1;
        self.damage_bytes(1);
        loop {
            let found = memmem::find(&self.buffer[self.at..], SIGNATURE);
            let searched = self.buffer.len() - self.at;
            let passed = found.unwrap_or_else(|| searched.saturating_sub(SIGNATURE.len() - 1));
            self.damage_bytes(passed);
            self.at += passed;
            self.member = self.at;
            if found.is_none() {
                if !self.fill()? {
                    self.damage_bytes(self.buffer.len() - self.at);
                    self.state = State::Over;
                    return Ok(());
                }
            } else if self.is_member()? {
                self.state = State::Between;
                return Ok(());
            } else {
                self.at += 1;
                self.damage_bytes(1);
            }
        }
    }

    /// Whether what starts here can be unpacked, for a few kilobytes at least.
    fn is_member(&mut self) -> io::Result<bool> {
        // Fewer are enough if the stream ends here.
        self.ensure(TRIAL_BYTES)?;
        let packed = &self.buffer[self.at..];
        let Header::Is(length) = header(packed) else {
            return Ok(false);
        };
        let mut trial = Decompress::new(false);
        let mut out = [0; TRIAL_BYTES];
        let status = trial.decompress(&packed[length..], &mut out, FlushDecompress::None);
        Ok(status.is_ok_and(|status| status == Status::StreamEnd || trial.total_out() > 0))
    }

    fn note_damage(&self) {
        let mut damage = self.damage.get();
        if damage.places == 0 {
            damage.first_at_byte = self.given_bytes;
        }
        damage.places += 1;
        self.damage.set(damage);
    }

    fn damage_bytes(&self, packed_bytes: usize) {
        let mut damage = self.damage.get();
        damage.packed_bytes += packed_bytes as u64;
        self.damage.set(damage);
    }
}

impl<R: Read> Read for Gzip<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !out.is_empty() {
            match self.state {
                State::Over => break,
                State::Between => self.open_member()?,
                State::Inside => {
                    let count = self.inflate(out)?;
                    if count > 0 {
                        return Ok(count);
                    }
                }
            }
        }
        Ok(0)
    }
}

/// Reads the header of a member (RFC 1952).
fn header(bytes: &[u8]) -> Header {
    const HEADER_CHECKSUM: u8 = 2;
    const EXTRA: u8 = 4;
    const TEXTS: [u8; 2] = [8, 16];
    const RESERVED: u8 = 0xe0;
    let start = &bytes[..bytes.len().min(SIGNATURE.len())];
    if !SIGNATURE.starts_with(start) || bytes.get(3).is_some_and(|flags| flags & RESERVED != 0) {
        return Header::No;
    }
    let length = || {
        let flags = *bytes.get(3)?;
        let mut at = FIXED_HEADER_BYTES;
        if flags & EXTRA != 0 {
            let extra = bytes.get(at..)?.first_chunk()?;
            at += 2 + usize::from(u16::from_le_bytes(*extra));
        }
        for _ in TEXTS.iter().filter(|text| flags & **text != 0) {
            at += memchr::memchr(0, bytes.get(at..)?)? + 1;
        }
        if flags & HEADER_CHECKSUM != 0 {
            at += 2;
        }
        (at <= bytes.len()).then_some(at)
    };
    match length() {
        Some(length) => Header::Is(length),
        None if bytes.len() > MAX_HEADER_BYTES => Header::No,
        None => Header::Short,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, GzBuilder};

    use super::*;

    fn member(text: &[u8]) -> Vec<u8> {
        let builder = GzBuilder::new().filename("name").extra(vec![1, 2, 3]);
        let mut packer = builder.write(Vec::new(), Compression::default());
        packer.write_all(text).unwrap();
        packer.finish().unwrap()
    }

    /// Text that hardly packs: words of hexadecimal digits.
    fn noise(seed: u64, length: usize) -> Vec<u8> {
        let mut state = seed;
        let mut words = String::new();
        while words.len() < length {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            words.push_str(&format!("{:x}\n", state >> 20));
        }
        words.into_bytes()
    }

    fn unpack(packed: &[u8]) -> (Vec<u8>, Damage) {
        let damage = Rc::default();
        let mut text = Vec::new();
        let mut gzip = Gzip::new(packed, Rc::clone(&damage));
        gzip.read_to_end(&mut text).unwrap();
        (text, damage.get())
    }

    fn parts() -> [Vec<u8>; 3] {
        [noise(1, 300_000), noise(2, 30_000), noise(3, 300_000)]
    }

    #[test]
    fn members_follow_each_other_and_padding_is_no_damage() {
        let parts = parts();
        let mut packed: Vec<u8> = parts.iter().flat_map(|part| member(part)).collect();
        packed.extend([0; 700]);
        assert_eq!(unpack(&packed), (parts.concat(), Damage::default()));
        assert_eq!(unpack(b""), (Vec::new(), Damage::default()));
    }

    #[test]
    fn a_broken_member_costs_no_other() {
        let parts = parts();
        let packed = [member(&parts[0]), member(&parts[1]), member(&parts[2])];
        for at in [1, 11, 40, 5_000, packed[1].len() - 6] {
            let mut broken = packed.clone();
            for byte in broken[1][at..].iter_mut().take(300) {
                *byte ^= 0x5a;
            }
            let (text, damage) = unpack(&broken.concat());
            assert!(text.starts_with(&parts[0]), "at {at}");
            assert!(text.ends_with(&parts[2]), "at {at}");
            assert_eq!(damage.places, 1, "at {at}");
            assert_eq!(damage.packed_bytes, packed[1].len() as u64, "at {at}");
            assert!(damage.first_at_byte >= parts[0].len() as u64);
        }
    }

    #[test]
    fn a_member_that_lacks_its_middle_or_its_end_costs_no_other() {
        let parts = parts();
        let packed = [member(&parts[0]), member(&parts[1]), member(&parts[2])];
        for (from, to) in [
            (3_000, 4_000),
            (9_000, packed[1].len()),
            (packed[1].len() - 4, packed[1].len()),
        ] {
            let mut broken = packed.clone();
            broken[1].drain(from..to);
            let (text, damage) = unpack(&broken.concat());
            assert!(
                text.starts_with(&parts[0]) && text.ends_with(&parts[2]),
                "{from}"
            );
            assert_eq!(damage.places, 1, "{from}");
        }
    }

    #[test]
    fn a_cut_member_swallows_none_that_follow() {
        let [_, part, _] = parts();
        let (cut, last) = (member(&part), member(b"The last words."));
        for end in 2_000..2_100 {
            let (text, damage) = unpack(&[&cut[..end], &last].concat());
            assert!(text.ends_with(b"The last words."), "{end}");
            assert_eq!(
                (damage.places, damage.packed_bytes),
                (1, end as u64),
                "{end}"
            );
        }
    }

    #[test]
    fn garbage_and_a_cut_are_damage() {
        let parts = parts();
        let first = member(&parts[0]);
        let garbage = [&first[..], b"\x1f\x8b\x08 no member", &member(&parts[1])].concat();
        let (text, damage) = unpack(&garbage);
        assert_eq!(text, [&parts[0][..], &parts[1]].concat());
        assert_eq!((damage.places, damage.packed_bytes), (1, 13));
        let (text, damage) = unpack(&first[..first.len() / 2]);
        assert!(parts[0].starts_with(&text) && text.len() > 100_000);
        assert_eq!(
            (damage.places, damage.first_at_byte),
            (1, text.len() as u64)
        );
    }

    #[test]
    fn a_long_member_is_not_kept() {
        let text = noise(7, 12 << 20);
        let packed = member(&text);
        let mut gzip = Gzip::new(&packed[..], Rc::default());
        let mut buffer = vec![0; 1 << 20];
        while gzip.read(&mut buffer).unwrap() > 0 {}
        assert!(gzip.buffer.len() <= MAX_KEPT_BYTES + CHUNK_BYTES);
        assert_eq!(gzip.given_bytes, text.len() as u64);
    }
}
