//! Cuts a Rich Text Format file into its tokens.
//!
//! In: bytes. Out: groups, control words and bytes of text, in one pass. Binary
//! data after `\bin` never reaches the caller.

/// A piece of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// A byte of text, plain or as `\'xx`.
    Byte(u8),
    /// A character that a control symbol stands for.
    Char(char),
    /// `\*` before anything but a control word.
    Optional,
    /// A control word, its number, and whether `\*` marks it as one to pass over if it is unknown.
    Word {
        name: &'a [u8],
        number: Option<i32>,
        is_optional: bool,
    },
}

/// The tokens of a file, in order.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// What follows a backslash, which has been taken; `None` if that is no text.
    fn control(&mut self) -> Option<Token<'a>> {
        let byte = self.peek(0)?;
        if byte.is_ascii_alphabetic() {
            return Some(self.word(false));
        }
        self.at += 1;
        Some(match byte {
            b'\'' => Token::Byte(self.hex()?),
            b'*' => {
                while self.peek(0).is_some_and(|byte| byte.is_ascii_whitespace()) {
                    self.at += 1;
                }
                if self.peek(0) == Some(b'\\')
                    && self.peek(1).is_some_and(|b| b.is_ascii_alphabetic())
                {
                    self.at += 1;
                    return Some(self.word(true));
                }
                Token::Optional
            }
            b'~' => Token::Char('\u{a0}'),
            b'_' => Token::Char('-'),
            b'\n' | b'\r' => Token::Word {
                name: b"par",
                number: None,
                is_optional: false,
            },
            b'\t' => Token::Char('\t'),
            b'{' | b'}' | b'\\' => Token::Byte(byte),
            // Optional hyphens, index marks and formulas.
            _ => return None,
        })
    }

    /// The two digits of `\'xx`; a lone `\'` is nothing.
    fn hex(&mut self) -> Option<u8> {
        let digits = self.bytes.get(self.at..self.at + 2)?;
        let byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        self.at += 2;
        Some(byte)
    }

    fn word(&mut self, is_optional: bool) -> Token<'a> {
        let start = self.at;
        while self.peek(0).is_some_and(|byte| byte.is_ascii_alphabetic()) {
            self.at += 1;
        }
        let name = &self.bytes[start..self.at];
        let digits = self.at;
        if self.peek(0) == Some(b'-') && self.peek(1).is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        while self.peek(0).is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        let number = std::str::from_utf8(&self.bytes[digits..self.at]).ok();
        let number: Option<i32> = number.and_then(|digits| digits.parse().ok());
        if self.peek(0) == Some(b' ') {
            self.at += 1;
        }
        if name == b"bin" {
            let count = number.and_then(|count| usize::try_from(count).ok());
            self.at = (self.at + count.unwrap_or(0)).min(self.bytes.len());
        }
        Token::Word {
            name,
            number,
            is_optional,
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            match byte {
                // Lines are broken anywhere; only control words break the text's own.
                b'\r' | b'\n' | 0 => {}
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\\' => match self.control() {
                    None => {}
                    token => return token,
                },
                b'\t' => return Some(Token::Char('\t')),
                _ => return Some(Token::Byte(byte)),
            }
        }
        None
    }
}
