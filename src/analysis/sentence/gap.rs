//! Finds the signs that may end a sentence, and what stands between two words.
//!
//! In: a text. Out: a [`Gap`] for each stretch between words that has such a sign.

/// What the signs between two words say about the end of a sentence, the most decisive last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    /// `.`, which abbreviations and numbers have too.
    Dot,
    /// `…`, `...`, `!`, `?`: an end if a new sentence begins after it.
    Strong,
    /// `。`, `؟`, `।` and the like, which have no other use and need no space.
    Wide,
}

impl Sign {
    #[inline]
    fn of(char: char) -> Option<Self> {
        match char {
            '.' => Some(Self::Dot),
            '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '‽' => Some(Self::Strong),
            '。' | '！' | '？' | '｡' | '؟' | '۔' | '।' | '॥' | '։' | '።' | '፧' | '፨' | '။'
            | '។' | '៕' | '᠃' => Some(Self::Wide),
            _ => None,
        }
    }
}

/// The bytes that a sign may start with.
const STARTS_SIGN: [bool; 256] = {
    let mut starts = [false; 256];
    let bytes = b".!?\xD6\xD8\xDB\xE0\xE1\xE2\xE3\xEF";
    let mut at = 0;
    while at < bytes.len() {
        starts[bytes[at] as usize] = true;
        at += 1;
    }
    starts
};

/// The first sign at or after `from`.
#[inline]
pub(super) fn next_sign(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += plain_bytes(&bytes[at..]);
        let found = bytes[at..]
            .iter()
            .position(|&byte| STARTS_SIGN[usize::from(byte)])?;
        at += found;
        if bytes[at].is_ascii() {
            return Some(at);
        }
        let char = text[at..].chars().next()?;
        if Sign::of(char).is_some() {
            return Some(at);
        }
        at += char.len_utf8();
    }
}

/// How many bytes, in whole chunks, have neither a sign nor anything beyond ASCII; compiles to
/// a few instructions a chunk.
#[inline]
fn plain_bytes(bytes: &[u8]) -> usize {
    const CHUNK_BYTES: usize = 32;
    let telling = |byte: u8| !byte.is_ascii() | (byte == b'.') | (byte == b'!') | (byte == b'?');
    let (chunks, _) = bytes.as_chunks::<CHUNK_BYTES>();
    let plain = chunks
        .iter()
        .take_while(|chunk| !chunk.iter().fold(false, |any, &byte| any | telling(byte)));
    plain.count() * CHUNK_BYTES
}

/// What stands between two words, from the first sign on.
pub(super) struct Gap {
    pub(super) sign: Sign,
    /// The first sign.
    pub(super) start: usize,
    /// One past the last sign and what closes after it.
    pub(super) end: usize,
    /// Where what follows starts, quotes and brackets included.
    pub(super) next: usize,
    /// The first letter or digit of what follows, or the end of the text.
    pub(super) word: usize,
}

impl Gap {
    pub(super) fn new(text: &str, start: usize) -> Self {
        let (mut sign, mut end) = signs(text, start);
        let mut next = after_space(text, end);
        while next > end {
            let Some((more, more_end)) = stray_signs(text, next) else {
                break;
            };
            sign = sign.max(more);
            (end, next) = (more_end, after_space(text, more_end));
        }
        let word = text[next..].find(char::is_alphanumeric);
        Self {
            sign,
            start,
            end,
            next,
            word: word.map_or(text.len(), |at| next + at),
        }
    }
}

/// The signs in a row at `start`, as one, and the end of what closes after them.
fn signs(text: &str, start: usize) -> (Sign, usize) {
    let mut sign = Sign::Dot;
    let mut end = start;
    let mut chars = text[start..].chars().peekable();
    while let Some(char) = chars.next() {
        match Sign::of(char) {
            Some(Sign::Dot) if end > start => sign = sign.max(Sign::Strong),
            Some(found) => sign = sign.max(found),
            None if closes(char, chars.peek().copied()) => {}
            None => break,
        }
        end += char.len_utf8();
    }
    (sign, end)
}

/// Signs that belong to the sentence before though a space parts them from it: an
/// ellipsis with spaces (`. . .`), and what closes after one (`« Oui. »`).
fn stray_signs(text: &str, start: usize) -> Option<(Sign, usize)> {
    let first = text[start..].chars().next()?;
    let (sign, end) = match Sign::of(first) {
        Some(_) => signs(text, start),
        None if matches!(first, '"' | '”' | '’' | '»' | '›') => {
            (Sign::Dot, start + first.len_utf8())
        }
        None => return None,
    };
    let alone = text[end..].chars().next().is_none_or(char::is_whitespace);
    alone.then_some((sign, end))
}

fn after_space(text: &str, from: usize) -> usize {
    text.len() - text[from..].trim_start().len()
}

/// Whether `char`, right after the end of a sentence, closes what it opened earlier;
/// `next` follows it.
fn closes(char: char, next: Option<char>) -> bool {
    match char {
        ')' | ']' | '}' | '”' | '’' | '›' | '」' | '』' | '）' | '》' | '〉' | '】' | '］'
        | '｝' => true,
        // These open as well, and emphasise.
        '"' | '\'' | '“' | '‘' | '«' | '»' | '*' | '_' => {
            next.is_none_or(|next| !next.is_alphanumeric() && !opens(next))
        }
        _ => false,
    }
}

/// Whether a quotation or remark may start with `char`.
pub(super) fn opens(char: char) -> bool {
    matches!(
        char,
        '(' | '['
            | '{'
            | '"'
            | '\''
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '«'
            | '‹'
            | '»'
            | '「'
            | '『'
            | '（'
            | '《'
            | '〈'
            | '¿'
            | '¡'
    )
}
