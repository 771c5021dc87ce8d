//! Takes the compression off a stream: gzip, Zstandard, xz and bzip2.
//!
//! In: packed bytes. Out: the bytes in them, and the first of these, which tell
//! what they are. Packing is told by the first bytes, up to three deep, and nothing
//! is written to disk.

use std::io::{self, Cursor, Read};
use std::rc::Rc;

use super::raw::{Metered, Tally};

/// Bytes of a stream that tell what it is.
pub(super) const HEAD_BYTES: usize = 64 << 10;
/// How many layers of packing are opened.
const MAX_LAYERS: usize = 3;
/// Memory that an xz stream may ask for.
const XZ_MEMORY_BYTES: u64 = 256 << 20;

/// A stream without compression.
pub(super) struct Unpacked<'a> {
    /// Its first bytes.
    pub(super) head: Vec<u8>,
    /// What follows them.
    pub(super) rest: Box<dyn Read + 'a>,
    /// What kept the head from being longer.
    pub(super) failure: Option<io::Error>,
    /// How many layers of compression it came in.
    pub(super) layers: usize,
    /// Whether it is still compressed, for there are too many layers.
    pub(super) is_too_deep: bool,
}

/// Opens layer after layer, by what the bytes at its start say.
pub(super) fn unpack<'a>(mut stream: Box<dyn Read + 'a>, tally: &Rc<Tally>) -> Unpacked<'a> {
    let mut layers = 0;
    loop {
        let (head, failure) = read_head(&mut stream);
        let packing = packing(&head).filter(|_| failure.is_none());
        let Some(packing) = packing.filter(|_| layers < MAX_LAYERS) else {
            return Unpacked {
                is_too_deep: packing.is_some(),
                head,
                rest: stream,
                failure,
                layers,
            };
        };
        layers += 1;
        match packing.open(Box::new(Cursor::new(head).chain(stream))) {
            Ok(inner) => stream = Box::new(Metered::new(inner, tally)),
            Err(cause) => {
                return Unpacked {
                    head: Vec::new(),
                    rest: Box::new(io::empty()),
                    failure: Some(cause),
                    layers,
                    is_too_deep: false,
                };
            }
        }
    }
}

/// A kind of compression.
#[derive(Clone, Copy)]
enum Packing {
    Gzip,
    Zstandard,
    Xz,
    Bzip2,
}

impl Packing {
    fn open<'a>(self, packed: Box<dyn Read + 'a>) -> io::Result<Box<dyn Read + 'a>> {
        Ok(match self {
            Self::Gzip => Box::new(flate2::read::MultiGzDecoder::new(packed)),
            Self::Zstandard => Box::new(zstd::stream::read::Decoder::new(packed)?),
            Self::Bzip2 => Box::new(bzip2::read::MultiBzDecoder::new(packed)),
            Self::Xz => {
                let flags = liblzma::stream::CONCATENATED;
                let stream = liblzma::stream::Stream::new_stream_decoder(XZ_MEMORY_BYTES, flags)?;
                Box::new(liblzma::read::XzDecoder::new_stream(packed, stream))
            }
        })
    }
}

fn packing(head: &[u8]) -> Option<Packing> {
    let is_bzip2 = head.starts_with(b"BZh")
        && matches!(head.get(3), Some(b'1'..=b'9'))
        && matches!(
            head.get(4..10),
            Some(b"1AY&SY" | b"\x17\x72\x45\x38\x50\x90")
        );
    if head.starts_with(b"\x1f\x8b\x08") {
        Some(Packing::Gzip)
    } else if head.starts_with(b"\x28\xb5\x2f\xfd") {
        Some(Packing::Zstandard)
    } else if head.starts_with(b"\xfd7zXZ\0") {
        Some(Packing::Xz)
    } else {
        is_bzip2.then_some(Packing::Bzip2)
    }
}

/// Looks at the start of a stream that is to be taken as it is.
pub(super) fn peek<'a>(mut stream: Box<dyn Read + 'a>) -> Unpacked<'a> {
    let (head, failure) = read_head(&mut stream);
    Unpacked {
        head,
        rest: stream,
        failure,
        layers: 0,
        is_too_deep: false,
    }
}

/// The first bytes of a stream, and what kept it from giving more.
fn read_head(stream: &mut dyn Read) -> (Vec<u8>, Option<io::Error>) {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    let failure = stream.take(HEAD_BYTES as u64).read_to_end(&mut head).err();
    (head, failure)
}
