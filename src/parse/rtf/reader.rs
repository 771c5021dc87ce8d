//! Reads the text of a Rich Text Format file, after its specification 1.9.1.
//!
//! In: the bytes of a file. Out: paragraphs separated by blank lines, and the
//! title and author that the file's own description gives.
//!
//! A group saves the state of its surroundings, so depth is a stack of small
//! states, not of calls; beyond a bound, groups share one. What is unknown is
//! passed over, and a destination marked by `\*` with all that is in it, as the
//! specification asks for.

use encoding_rs::{Encoding, WINDOWS_1252};
use rustc_hash::FxHashMap;

use super::charset::{of_charset, of_code_page};
use super::token::{Token, Tokens};

/// Groups deeper than this are read as if they were this deep.
const MAX_DEPTH: usize = 1_000;

/// What a file says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct RichText {
    pub(super) text: String,
    pub(super) title: String,
    pub(super) author: String,
}

/// Where the words of a group go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Destination {
    Text,
    Title,
    Author,
    Fonts,
    /// The description of the file: only its own groups matter.
    Info,
    Nowhere,
}

/// What a group inherits and may change for itself.
#[derive(Clone, Copy)]
struct State {
    destination: Destination,
    font: i32,
    /// Bytes that follow a `\u` for readers that do not know it.
    fallback_chars: usize,
    is_hidden: bool,
}

/// Reads a file; broken ends are read as far as they go.
pub(super) fn read(bytes: &[u8]) -> RichText {
    let mut reader = Reader {
        rich: RichText::default(),
        states: Vec::new(),
        state: State {
            destination: Destination::Text,
            font: 0,
            fallback_chars: 1,
            is_hidden: false,
        },
        excess_depth: 0,
        code_page: WINDOWS_1252,
        fonts: FxHashMap::default(),
        default_font: None,
        pending: Vec::new(),
        high_half: None,
        skip_chars: 0,
    };
    for token in Tokens::new(bytes) {
        reader.take(token);
    }
    reader.flush();
    reader.rich
}

struct Reader {
    rich: RichText,
    states: Vec<State>,
    state: State,
    /// Open groups beyond the deepest one that has a state.
    excess_depth: u64,
    code_page: &'static Encoding,
    fonts: FxHashMap<i32, &'static Encoding>,
    default_font: Option<i32>,
    /// Bytes in the font's encoding that wait for their fellows.
    pending: Vec<u8>,
    /// The first half of a surrogate pair.
    high_half: Option<u16>,
    /// Fallback characters still to be passed over.
    skip_chars: usize,
}

impl Reader {
    fn take(&mut self, token: Token<'_>) {
        match token {
            Token::Open => {
                self.flush();
                self.skip_chars = 0;
                if self.states.len() < MAX_DEPTH {
                    self.states.push(self.state);
                } else {
                    self.excess_depth += 1;
                }
            }
            Token::Close => self.close(),
            Token::Byte(byte) => self.byte(byte),
            Token::Char(c) => self.char(c),
            Token::Optional => self.flush_nowhere(),
            Token::Word {
                name,
                number,
                is_optional,
            } => self.word(name, number, is_optional),
        }
    }

    fn close(&mut self) {
        self.flush();
        self.skip_chars = 0;
        if self.excess_depth > 0 {
            self.excess_depth -= 1;
        } else if let Some(state) = self.states.pop() {
            self.state = state;
        }
    }

    /// A byte in the encoding of the font.
    fn byte(&mut self, byte: u8) {
        if self.skip_chars > 0 {
            self.skip_chars -= 1;
        } else {
            self.pending.push(byte);
        }
    }

    fn char(&mut self, c: char) {
        if self.skip_chars > 0 {
            self.skip_chars -= 1;
            return;
        }
        self.flush();
        self.push(c.encode_utf8(&mut [0; 4]));
    }

    /// What is unknown and optional: the group holds nothing for this reader.
    fn flush_nowhere(&mut self) {
        self.flush();
        self.state.destination = Destination::Nowhere;
    }

    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let encoding = self.fonts.get(&self.state.font).copied();
        let encoding = encoding.unwrap_or(self.code_page);
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        self.push(&text);
    }

    fn push(&mut self, text: &str) {
        if self.state.is_hidden {
            return;
        }
        let target = match self.state.destination {
            Destination::Text => &mut self.rich.text,
            Destination::Title => &mut self.rich.title,
            Destination::Author => &mut self.rich.author,
            Destination::Fonts | Destination::Info | Destination::Nowhere => return,
        };
        target.push_str(text);
    }

    fn word(&mut self, name: &[u8], number: Option<i32>, is_optional: bool) {
        self.flush();
        if name != b"u" {
            self.high_half = None;
        }
        if self.begin_destination(name, is_optional) {
            return;
        }
        let is_on = number != Some(0);
        match name {
            b"u" => self.unicode(number.unwrap_or(0)),
            b"uc" => self.state.fallback_chars = usize::try_from(number.unwrap_or(1)).unwrap_or(0),
            b"par" | b"sect" | b"page" | b"column" => self.push("\n\n"),
            b"line" | b"row" | b"nestrow" => self.push("\n"),
            b"tab" | b"cell" | b"nestcell" => self.push("\t"),
            b"v" | b"deleted" => self.state.is_hidden = is_on,
            b"plain" => {
                self.state.is_hidden = false;
                self.state.font = self.default_font.unwrap_or(self.state.font);
            }
            b"f" => self.state.font = number.unwrap_or(0),
            b"deff" => {
                self.default_font = number;
                self.state.font = number.unwrap_or(0);
            }
            b"ansicpg" => {
                let page = number.and_then(of_code_page);
                self.code_page = page.unwrap_or(self.code_page);
            }
            b"mac" => self.code_page = encoding_rs::MACINTOSH,
            b"fcharset" if self.state.destination == Destination::Fonts => {
                if let Some(encoding) = number.and_then(of_charset) {
                    self.fonts.insert(self.state.font, encoding);
                }
            }
            _ => {
                if let Some(c) = named_char(name) {
                    self.push(c);
                }
            }
        }
    }

    /// Whether the word says where its group's text goes.
    fn begin_destination(&mut self, name: &[u8], is_optional: bool) -> bool {
        let outer = self.state.destination;
        let inner = match name {
            b"fonttbl" => Destination::Fonts,
            b"info" => Destination::Info,
            b"title" if outer == Destination::Info => Destination::Title,
            b"author" if outer == Destination::Info => Destination::Author,
            _ if SILENT.contains(&name) || is_optional => Destination::Nowhere,
            _ => return false,
        };
        if outer != Destination::Nowhere {
            self.state.destination = inner;
        }
        true
    }

    /// A UTF-16 code unit, written as a signed number.
    fn unicode(&mut self, number: i32) {
        self.skip_chars = self.state.fallback_chars;
        // Numbers are 16 bits wide, with or without a sign.
        let unit = (number & 0xffff) as u16;
        let decoded = match (self.high_half.take(), unit) {
            (_, 0xd800..0xdc00) => {
                self.high_half = Some(unit);
                return;
            }
            (Some(high), 0xdc00..0xe000) => char::decode_utf16([high, unit]).next(),
            _ => char::decode_utf16([unit]).next(),
        };
        let c = decoded
            .and_then(Result::ok)
            .unwrap_or(char::REPLACEMENT_CHARACTER);
        self.push(c.encode_utf8(&mut [0; 4]));
    }
}

/// Destinations whose content is not the text: tables of styles, pictures, running
/// heads, notes that interrupt a sentence, marks of an index.
const SILENT: &[&[u8]] = &[
    b"colortbl",
    b"stylesheet",
    b"pict",
    b"object",
    b"header",
    b"headerl",
    b"headerr",
    b"headerf",
    b"footer",
    b"footerl",
    b"footerr",
    b"footerf",
    b"footnote",
    b"ftnsep",
    b"ftnsepc",
    b"ftncn",
    b"aftnsep",
    b"aftnsepc",
    b"aftncn",
    b"fldinst",
    b"listtext",
    b"pntext",
    b"pntxta",
    b"pntxtb",
    b"xe",
    b"tc",
    b"rxe",
    b"txe",
    b"bkmkstart",
    b"bkmkend",
    b"annotation",
    b"atnid",
    b"atnauthor",
    b"nonesttables",
    b"filetbl",
    b"revtbl",
    b"listtable",
    b"themedata",
    b"datastore",
    b"latentstyles",
    b"generator",
    b"private",
    b"template",
    b"nonshppict",
    b"do",
];

/// Characters that have a word of their own.
fn named_char(name: &[u8]) -> Option<&'static str> {
    Some(match name {
        b"emdash" => "—",
        b"endash" => "–",
        b"lquote" => "‘",
        b"rquote" => "’",
        b"ldblquote" => "“",
        b"rdblquote" => "”",
        b"bullet" => "•",
        b"emspace" | b"enspace" | b"qmspace" => " ",
        _ => return None,
    })
}
