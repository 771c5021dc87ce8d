//! Reads a document element by element, each of them as a tree.
//!
//! In: text and the names of the elements that are wanted. Out: those elements,
//! the outermost ones, and a [`Fault`] for each that could not be read.
//!
//! A parser is made anew for each piece, so that nothing is kept of elements that
//! no one asked for, and none of them can pile up.

use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::{BytesStart, Event};

use super::element::{Content, Element, unescape};
use super::source::Source;
use crate::error::{Place, ProblemKind};
use crate::parse::MAX_RECORD_BYTES;
use crate::parse::output::Output;

/// Elements may be nested this deep, counted from the wanted one.
const MAX_DEPTH: usize = 256;
/// Elements and attributes that a wanted element may hold: in memory,
/// small ones take many times the room that they take in the text.
const MAX_NODES: usize = 1_000_000;

/// The wanted elements of a document, in their order.
pub(in crate::parse) struct Document<R> {
    source: Source<R>,
    names: &'static [&'static str],
    buffer: Vec<u8>,
    /// The start of a wanted element that came before the end of another.
    met: Option<Element>,
    /// What was wrong with the element that was handed out last.
    fault: Option<Fault>,
    /// The element that was given up: all is passed over until its end tag.
    lost: Option<String>,
    /// Elements around the wanted ones that have not ended.
    open: u64,
    is_sound: bool,
}

/// An element that could not be read, or not as it should.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::parse) struct Fault {
    kind: ProblemKind,
    line: u64,
    message: String,
    /// Whether nothing was handed out for it.
    is_lost: bool,
}

impl Fault {
    /// Reports it; what is lost counts as a record.
    pub(in crate::parse) fn report(self, out: &mut Output<'_>) -> ControlFlow<()> {
        let place = Place {
            line: Some(self.line),
            record: self.is_lost.then(|| out.begin_record()),
            ..Place::default()
        };
        out.problem(self.kind, place, self.message)
    }
}

/// A piece of a document.
enum Token {
    Start(Element),
    /// An element without content.
    Empty(Element),
    /// The end tag of an element with this name, as written.
    End(String),
    Text(String),
    /// The end, and whether it cuts something.
    Finish {
        is_cut: bool,
    },
    /// More text than an element may have.
    TooMuch,
}

/// How reading an element ended.
enum Ending {
    Closed,
    /// The end tag is missing.
    Unclosed(&'static str),
    /// It is beyond a limit.
    TooLarge(String),
}

impl<R: BufRead> Document<R> {
    /// The elements of a text that have one of these names.
    pub(in crate::parse) fn new(text: R, names: &'static [&'static str]) -> Self {
        Self {
            source: Source::new(text),
            names,
            buffer: Vec::new(),
            met: None,
            fault: None,
            lost: None,
            open: 0,
            is_sound: true,
        }
    }

    fn token(&mut self) -> Token {
        loop {
            self.buffer.clear();
            let line = self.source.line();
            if self.source.take_stray() {
                return Token::Text("<".to_owned());
            }
            let mut reader = Reader::from_reader(&mut self.source);
            let config = reader.config_mut();
            config.allow_dangling_amp = true;
            config.allow_unmatched_ends = true;
            config.check_end_names = false;
            return match reader.read_event_into(&mut self.buffer) {
                Ok(Event::Start(tag)) => start(&tag, line).map_or_else(Token::Text, Token::Start),
                Ok(Event::Empty(tag)) => start(&tag, line).map_or_else(Token::Text, Token::Empty),
                Ok(Event::End(tag)) => Token::End(tag.name().0.to_owned()),
                Ok(Event::Text(text)) => Token::Text(text.into_inner().into_owned()),
                Ok(Event::CData(text)) => Token::Text(text.into_inner().into_owned()),
                Ok(Event::GeneralRef(name)) => Token::Text(unescape(&format!("&{};", &*name))),
                Ok(Event::Eof) => Token::Finish { is_cut: false },
                Ok(_)
                | Err(Error::IllFormed(_) | Error::Syntax(SyntaxError::InvalidBangMarkup)) => {
                    continue;
                }
                Err(Error::Syntax(SyntaxError::UnclosedCData)) => {
                    let text = self.buffer.strip_prefix(b"<![CDATA[");
                    Token::Text(String::from_utf8_lossy(text.unwrap_or_default()).into_owned())
                }
                Err(Error::Io(_)) if self.source.is_at_limit() => Token::TooMuch,
                Err(_) => Token::Finish { is_cut: true },
            };
        }
    }

    /// The next wanted element's start, or the whole of it if it has no content.
    fn find(&mut self) -> Option<Token> {
        loop {
            self.source.allow(MAX_RECORD_BYTES);
            let token = self.token();
            match &token {
                Token::Start(element) | Token::Empty(element) if self.is_wanted(element) => {
                    self.lost = None;
                    return Some(token);
                }
                _ if self.lost.is_some() => {}
                Token::Start(_) => self.open += 1,
                Token::End(_) => self.open = self.open.saturating_sub(1),
                _ => {}
            }
            match token {
                Token::End(name) if self.lost.as_ref() == Some(&name) => self.lost = None,
                Token::Finish { is_cut } => {
                    let is_cut = (is_cut || self.open > 0) && self.is_sound;
                    self.is_sound = false;
                    return is_cut.then_some(token);
                }
                _ => {}
            }
        }
    }

    /// Whether an element is wanted here: of one that was given up, only another
    /// of its name is.
    fn is_wanted(&self, element: &Element) -> bool {
        match &self.lost {
            Some(lost) => element.full_name == *lost,
            None => self.names.iter().any(|name| element.is(name)),
        }
    }

    /// Reads the rest of an element whose start tag was read.
    fn read(&mut self, start: Element) -> (Element, Ending) {
        let mut tree = Tree::new(start);
        loop {
            match self.token() {
                Token::Start(element) if element.full_name == tree.root.full_name => {
                    self.met = Some(element);
                    return tree.finish(Ending::Unclosed("it has no end tag before the next one"));
                }
                Token::Start(element) => tree.open(element),
                Token::Empty(element) => tree.add(element),
                Token::Text(text) => tree.text(&text),
                Token::End(name) => {
                    if tree.close(&name) {
                        return tree.finish(Ending::Closed);
                    }
                }
                Token::Finish { .. } => {
                    return tree.finish(Ending::Unclosed("it is cut off by the end of the text"));
                }
                Token::TooMuch => {
                    let message = format!("over {} MB", MAX_RECORD_BYTES >> 20);
                    return tree.finish(Ending::TooLarge(message));
                }
            }
            if let Some(reason) = tree.excess() {
                return tree.finish(Ending::TooLarge(reason));
            }
        }
    }

    fn fault(&mut self, line: u64, kind: ProblemKind, message: String) -> Fault {
        self.is_sound = false;
        Fault {
            kind,
            line,
            message,
            is_lost: kind == ProblemKind::TooLarge,
        }
    }
}

impl<R: BufRead> Iterator for Document<R> {
    type Item = Result<Element, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(fault) = self.fault.take() {
            return Some(Err(fault));
        }
        let start = match self.met.take() {
            Some(start) => start,
            None => match self.find()? {
                Token::Start(start) => start,
                Token::Empty(element) => return Some(Ok(element)),
                _ => {
                    let message = "the text ends before its elements do".to_owned();
                    let line = self.source.line();
                    return Some(Err(self.fault(line, ProblemKind::Malformed, message)));
                }
            },
        };
        self.source.allow(MAX_RECORD_BYTES);
        let (element, ending) = self.read(start);
        let (line, name) = (element.line, element.name());
        match ending {
            Ending::Closed => {}
            Ending::Unclosed(reason) => {
                let message = format!("in <{name}>: {reason}");
                self.fault = Some(self.fault(line, ProblemKind::Malformed, message));
            }
            Ending::TooLarge(reason) => {
                let message = format!("in <{name}>: {reason}");
                self.lost = Some(element.full_name);
                return Some(Err(self.fault(line, ProblemKind::TooLarge, message)));
            }
        }
        Some(Ok(element))
    }
}

/// An element in the making: its parts that have not ended are beside it.
struct Tree {
    root: Element,
    open: Vec<Element>,
    nodes: usize,
}

impl Tree {
    fn new(root: Element) -> Self {
        Self {
            root,
            open: Vec::new(),
            nodes: 0,
        }
    }

    fn top(&mut self) -> &mut Element {
        self.open.last_mut().unwrap_or(&mut self.root)
    }

    fn text(&mut self, text: &str) {
        self.top().push(text);
    }

    fn add(&mut self, element: Element) {
        self.nodes += 1 + element.attributes.len();
        self.top().content.push(Content::Element(element));
    }

    fn open(&mut self, element: Element) {
        self.nodes += 1 + element.attributes.len();
        self.open.push(element);
    }

    fn close_last(&mut self) {
        if let Some(last) = self.open.pop() {
            self.top().content.push(Content::Element(last));
        }
    }

    /// Ends the innermost element of this name with all in it, if there is one;
    /// true if that is the root.
    fn close(&mut self, name: &str) -> bool {
        let found = self.open.iter().rposition(|open| open.full_name == name);
        if let Some(at) = found {
            while self.open.len() > at {
                self.close_last();
            }
        }
        found.is_none() && self.root.full_name == name
    }

    /// What is beyond a limit.
    fn excess(&self) -> Option<String> {
        if self.open.len() >= MAX_DEPTH {
            return Some(format!("elements nested over {MAX_DEPTH} deep"));
        }
        (self.nodes > MAX_NODES).then(|| format!("over {MAX_NODES} elements"))
    }

    fn finish(mut self, ending: Ending) -> (Element, Ending) {
        while !self.open.is_empty() {
            self.close_last();
        }
        (self.root, ending)
    }
}

/// The element of a start tag, or the tag as text if it is none: `a < b`.
fn start(tag: &BytesStart<'_>, line: u64) -> Result<Element, String> {
    let is_name = |c: char| c.is_alphabetic() || c == '_';
    if tag.name().0.starts_with(is_name) {
        return Ok(Element::from_tag(tag, line));
    }
    Err(format!("<{}>", &**tag))
}

/// The first element of a text, after its declaration, comments and document
/// type, without what is in it; `None` if the text is no XML or its start too
/// short to say.
pub(in crate::parse) fn root(text: &str) -> Option<Element> {
    let text = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    if !text.starts_with('<') {
        return None;
    }
    let mut document = Document::new(text.as_bytes(), &[]);
    loop {
        document.source.allow(MAX_RECORD_BYTES);
        match document.token() {
            Token::Start(element) | Token::Empty(element) => return Some(element),
            Token::Text(text) if text.trim().is_empty() => {}
            _ => return None,
        }
    }
}

/// Markup inside another text as an element without a name.
pub(in crate::parse) fn fragment(markup: &str) -> Element {
    let text = b"<markup>"
        .chain(markup.as_bytes())
        .chain(&b"</markup>"[..]);
    let mut document = Document::new(text, &["markup"]);
    document.next().and_then(Result::ok).unwrap_or_default()
}
