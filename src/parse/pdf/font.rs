//! The characters that a font's codes stand for, and how wide they are.
//!
//! In: a font's dictionary. Out: for a string of codes, its characters with their
//! widths. Whoever made the file may have said what the codes mean for readers
//! (`ToUnicode`); where that is missing or silent, the encoding of the font tells.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};

/// Bytes that a table of a font may have when it is unpacked.
const MAX_TABLE_BYTES: usize = 4 << 20;
/// Width of what has none, in thousandths of the font's size.
const DEFAULT_WIDTH: f32 = 550.0;

/// A font of a page.
pub(super) struct Font {
    /// What readers are told that the codes mean.
    to_unicode: Option<Encoding<'static>>,
    /// What the codes of a composite font mean by its encoding.
    wide: Option<Encoding<'static>>,
    /// What the codes of a simple font mean by its encoding, and by names that it gives them.
    table: Vec<String>,
    code_bytes: usize,
    widths: HashMap<u32, f32>,
    default_width: Option<f32>,
    /// Text space for a unit of width.
    unit: f32,
}

/// A character, or several, that one code stands for.
pub(super) struct Glyph {
    pub(super) text: String,
    /// In units of the font's size.
    pub(super) width: f32,
    /// Whether the space between words applies to it.
    pub(super) is_space: bool,
}

impl Font {
    pub(super) fn new(dictionary: &Dictionary, document: &Document) -> Self {
        let get = |key: &[u8]| dictionary.get_deref(key, document);
        let is_composite = get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|name| name == b"Type0");
        let mut font = Self {
            to_unicode: to_unicode(dictionary, document),
            wide: None,
            table: Vec::new(),
            code_bytes: if is_composite { 2 } else { 1 },
            widths: HashMap::new(),
            default_width: None,
            unit: 0.001,
        };
        if is_composite {
            font.default_width = Some(1_000.0);
            font.wide = predefined(dictionary, document);
            let descendant = get(b"DescendantFonts")
                .and_then(Object::as_array)
                .ok()
                .and_then(|fonts| document.dereference(fonts.first()?).ok())
                .and_then(|(_, font)| font.as_dict().ok());
            if let Some(descendant) = descendant {
                font.read_composite_widths(descendant, document);
            }
        } else {
            font.table = base_table(dictionary, document);
            name_codes(&mut font.table, dictionary, document);
            font.read_simple_widths(dictionary, document);
        }
        font
    }

    /// The characters of a string.
    pub(super) fn glyphs(&self, string: &[u8]) -> impl Iterator<Item = Glyph> {
        string.chunks(self.code_bytes).map(|code| {
            let number = code
                .iter()
                .fold(0, |number, byte| number << 8 | u32::from(*byte));
            let text = self.text(code);
            let width = self.widths.get(&number).copied().or(self.default_width);
            let width = width.unwrap_or_else(|| usual_width(&text));
            Glyph {
                text,
                width: width * self.unit,
                is_space: code == b" ",
            }
        })
    }

    fn text(&self, code: &[u8]) -> String {
        let told = self
            .to_unicode
            .as_ref()
            .and_then(|map| map.bytes_to_string(code).ok());
        let told = told.filter(|text| !text.is_empty() && !text.contains(['\u{fffd}', '\0']));
        let encoded = || match code {
            [code] => self.table.get(usize::from(*code)).cloned(),
            wide => self.wide.as_ref()?.bytes_to_string(wide).ok(),
        };
        spelled_out(told.or_else(encoded).unwrap_or_default())
    }

    fn read_simple_widths(&mut self, dictionary: &Dictionary, document: &Document) {
        let get = |key: &[u8]| dictionary.get_deref(key, document).ok();
        let first = get(b"FirstChar").and_then(|first| first.as_i64().ok());
        let first = first
            .and_then(|first| u32::try_from(first).ok())
            .unwrap_or(0);
        let widths = get(b"Widths").and_then(|widths| widths.as_array().ok());
        for (number, width) in widths.into_iter().flatten().take(256).enumerate() {
            let width = document
                .dereference(width)
                .ok()
                .and_then(|(_, width)| width.as_float().ok());
            if let Some(width) = width {
                self.widths
                    .insert(first.saturating_add(number as u32), width);
            }
        }
        // A font whose glyphs are drawings has a scale of its own.
        let matrix = get(b"FontMatrix").and_then(|matrix| matrix.as_array().ok());
        let scale = matrix.and_then(|matrix| matrix.first()?.as_float().ok());
        self.unit = scale.map_or(0.001, f32::abs);
    }

    /// `c [w w …]` or `first last w`, again and again.
    fn read_composite_widths(&mut self, descendant: &Dictionary, document: &Document) {
        let get = |key: &[u8]| descendant.get_deref(key, document).ok();
        if let Some(width) = get(b"DW").and_then(|width| width.as_float().ok()) {
            self.default_width = Some(width);
        }
        let Some(entries) = get(b"W").and_then(|widths| widths.as_array().ok()) else {
            return;
        };
        let mut entries = entries
            .iter()
            .filter_map(|entry| Some(document.dereference(entry).ok()?.1));
        while let (Some(first), Some(second)) = (entries.next(), entries.next()) {
            let Some(first) = first.as_i64().ok().and_then(|n| u16::try_from(n).ok()) else {
                return;
            };
            if let Ok(widths) = second.as_array() {
                let widths = widths.iter().map(|width| width.as_float().unwrap_or(0.0));
                for (number, width) in widths.take(1 << 16).enumerate() {
                    self.widths.insert(u32::from(first) + number as u32, width);
                }
                continue;
            }
            let last = second.as_i64().ok().and_then(|n| u16::try_from(n).ok());
            let width = entries.next().and_then(|width| width.as_float().ok());
            let (Some(last), Some(width)) = (last, width) else {
                return;
            };
            for number in first..=last {
                self.widths.insert(u32::from(number), width);
            }
        }
    }
}

fn to_unicode(dictionary: &Dictionary, document: &Document) -> Option<Encoding<'static>> {
    let stream = dictionary.get_deref(b"ToUnicode", document).ok()?;
    stream.as_stream().ok()?;
    // Asked without its encoding, a font tells what it says to readers.
    let mut only = Dictionary::new();
    only.set("Type", "Font");
    only.set("ToUnicode", stream.clone());
    match only.get_font_encoding_with_limit(document, MAX_TABLE_BYTES) {
        Ok(Encoding::UnicodeMapEncoding(map)) => Some(Encoding::UnicodeMapEncoding(map)),
        _ => None,
    }
}

/// One of the encodings of a composite font that need no table in the file.
fn predefined(dictionary: &Dictionary, document: &Document) -> Option<Encoding<'static>> {
    let name = dictionary
        .get_deref(b"Encoding", document)
        .ok()?
        .as_name()
        .ok()?;
    let is_utf16 = name.starts_with(b"Uni");
    is_utf16.then_some(Encoding::SimpleEncoding(b"UniGB-UTF16-H"))
}

/// The encoding of a simple font, but for its own names.
fn base_table(dictionary: &Dictionary, document: &Document) -> Vec<String> {
    let encoding = dictionary.get_deref(b"Encoding", document).ok();
    let name = encoding.and_then(|encoding| match encoding {
        Object::Dictionary(parts) => {
            let base = parts.get_deref(b"BaseEncoding", document).ok()?;
            base.as_name().ok()
        }
        one => one.as_name().ok(),
    });
    let mut only = Dictionary::new();
    only.set("Type", "Font");
    let name = name.unwrap_or(b"StandardEncoding");
    only.set("Encoding", Object::Name(name.to_vec()));
    let known = only.get_font_encoding_with_limit(document, MAX_TABLE_BYTES);
    let known = known.unwrap_or(Encoding::SimpleEncoding(b"WinAnsiEncoding"));
    let text = |code| known.bytes_to_string(&[code]).unwrap_or_default();
    (0..=u8::MAX).map(text).collect()
}

/// Puts the codes that a font names itself into its table.
fn name_codes(table: &mut [String], dictionary: &Dictionary, document: &Document) {
    let array = dictionary
        .get_deref(b"Encoding", document)
        .and_then(Object::as_dict)
        .and_then(|encoding| encoding.get_deref(b"Differences", document))
        .and_then(Object::as_array);
    let mut code = 0_u8;
    for entry in array.into_iter().flatten().take(1_024) {
        match entry {
            Object::Integer(number) => code = u8::try_from(*number).unwrap_or(0),
            Object::Name(name) => {
                if let Some(text) = named_text(name, document) {
                    text.clone_into(&mut table[usize::from(code)]);
                }
                code = code.wrapping_add(1);
            }
            _ => {}
        }
    }
}

/// What a glyph's name says: `eacute`, `f_i`, `uni0411`, `a.alt`.
fn named_text(name: &[u8], document: &Document) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    let parts = name.split('_').map(|part| {
        let digits = part.strip_prefix("uni").or_else(|| part.strip_prefix('u'));
        let code = digits
            .filter(|digits| (4..=6).contains(&digits.len()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match code.and_then(char::from_u32) {
            Some(c) => Some(c.to_string()),
            None => known_name(part, document),
        }
    });
    parts.collect()
}

fn known_name(name: &str, document: &Document) -> Option<String> {
    let mut encoding = Dictionary::new();
    encoding.set(
        "Differences",
        vec![Object::Integer(0), Object::Name(name.as_bytes().to_vec())],
    );
    let mut only = Dictionary::new();
    only.set("Type", "Font");
    only.set("Encoding", encoding);
    match only.get_font_encoding_with_limit(document, MAX_TABLE_BYTES) {
        Ok(Encoding::Differences(known)) => Encoding::Differences(known).bytes_to_string(&[0]).ok(),
        _ => None,
    }
    .filter(|text| !text.is_empty())
}

/// A text without ligatures, and without what is for private use.
fn spelled_out(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    let mut plain = String::with_capacity(text.len() + 2);
    for c in text.chars() {
        match c {
            'ﬀ' => plain.push_str("ff"),
            'ﬁ' => plain.push_str("fi"),
            'ﬂ' => plain.push_str("fl"),
            'ﬃ' => plain.push_str("ffi"),
            'ﬄ' => plain.push_str("ffl"),
            'ﬅ' | 'ﬆ' => plain.push_str("st"),
            '\u{e000}'..='\u{f8ff}' => {}
            '\u{a0}' => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}

/// About the width of a character in fonts that every reader has, which need not
/// say it.
fn usual_width(text: &str) -> f32 {
    match text.chars().next() {
        Some(
            'i' | 'j' | 'l' | 't' | 'f' | 'I' | ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '!',
        ) => 270.0,
        Some('m' | 'w' | 'M' | 'W') => 830.0,
        Some(c) if c.is_uppercase() => 680.0,
        Some('r' | 's' | '-' | '(' | ')') => 400.0,
        Some(_) => DEFAULT_WIDTH,
        None => 0.0,
    }
}
