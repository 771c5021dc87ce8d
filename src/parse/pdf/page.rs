//! Carries out what a page's content draws, as far as that is text.
//!
//! In: a page. Out: its pieces of text with their places. A form that a page draws
//! is a content of its own, and may draw others; how deep that goes, and how much is
//! carried out, is bounded, so forms that draw themselves do no harm.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::font::Font;
use super::geometry::Matrix;
use super::pieces::{Piece, Pieces};

/// Bytes of content that a page may have when it is unpacked, forms included.
const MAX_CONTENT_BYTES: usize = 32 << 20;
/// Bytes of content that all pages of a document may have.
const MAX_TOTAL_BYTES: usize = 512 << 20;
/// Steps of content that a document may have.
const MAX_STEPS: u64 = 50_000_000;
/// Bytes of text that a document may have.
const MAX_TEXT_BYTES: usize = 64 << 20;
/// What unpacking a form counts for, in steps.
const STEPS_OF_FORM: u64 = 100;
/// Forms within forms.
const MAX_FORMS: usize = 12;
/// States that wait to be restored.
const MAX_STATES: usize = 500;
/// Characters on a page; more are no page that anyone reads.
const MAX_GLYPHS: usize = 500_000;

/// What is drawn with: the matrix of the page, and the font.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    char_space: f32,
    word_space: f32,
    scale: f32,
    leading: f32,
}

/// Reads the pages of a document.
pub(super) struct Pages<'a> {
    document: &'a Document,
    /// By the place of their dictionaries in memory.
    fonts: HashMap<usize, Rc<Font>>,
    left_steps: u64,
    left_bytes: usize,
    left_text_bytes: usize,
    skipped_pages: u64,
}

impl<'a> Pages<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            fonts: HashMap::new(),
            left_steps: MAX_STEPS,
            left_bytes: MAX_TOTAL_BYTES,
            left_text_bytes: MAX_TEXT_BYTES,
            skipped_pages: 0,
        }
    }

    /// Whether all was read that a document may have.
    pub(super) fn is_exhausted(&self) -> bool {
        self.left_steps == 0 || self.left_bytes == 0 || self.left_text_bytes == 0
    }

    /// How many pages were left out because their content is too large.
    pub(super) fn skipped_pages(&self) -> u64 {
        self.skipped_pages
    }

    /// The pieces of a page, in the order in which they are drawn.
    pub(super) fn read(&mut self, page: ObjectId) -> Vec<Piece> {
        let limit = MAX_CONTENT_BYTES.min(self.left_bytes);
        let Ok(content) = self.document.get_page_content_with_limit(page, limit) else {
            self.skipped_pages += 1;
            self.left_bytes -= limit;
            return Vec::new();
        };
        self.left_bytes -= content.len().min(self.left_bytes);
        let (own, referenced) = self.document.get_page_resources(page).unwrap_or_default();
        let referenced = referenced
            .into_iter()
            .filter_map(|id| self.document.get_dictionary(id).ok());
        let resources: Vec<_> = own.into_iter().chain(referenced).collect();
        let mut drawing = Drawing {
            pages: self,
            pieces: Pieces::default(),
            glyphs: 0,
        };
        let state = State {
            matrix: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
        };
        let scene = Scene {
            resources,
            depth: 0,
        };
        drawing.draw(&content, &scene, state);
        drawing.pieces.upright()
    }

    fn font(&mut self, resources: &[&'a Dictionary], name: &[u8]) -> Option<Rc<Font>> {
        let document = self.document;
        let entry = resources.iter().find_map(|resources| {
            let fonts = resources
                .get_deref(b"Font", document)
                .ok()?
                .as_dict()
                .ok()?;
            fonts.get(name).ok()
        })?;
        let dictionary = document.dereference(entry).ok()?.1.as_dict().ok()?;
        let place = std::ptr::from_ref(dictionary).addr();
        let new = || Rc::new(Font::new(dictionary, document));
        Some(Rc::clone(self.fonts.entry(place).or_insert_with(new)))
    }
}

/// A page under way.
struct Drawing<'p, 'a> {
    pages: &'p mut Pages<'a>,
    pieces: Pieces,
    glyphs: usize,
}

/// Where a content finds its fonts and forms, and how many forms it is in.
struct Scene<'a> {
    resources: Vec<&'a Dictionary>,
    depth: usize,
}

/// Where the next text goes.
#[derive(Clone, Copy)]
struct Pen {
    text: Matrix,
    line: Matrix,
}

impl<'a> Drawing<'_, 'a> {
    fn draw(&mut self, content: &[u8], scene: &Scene<'a>, first: State) {
        let mut state = first;
        let mut states: Vec<State> = Vec::new();
        let mut pen = Pen {
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
        };
        // What follows a step that cannot be read is lost.
        for step in Content::decode_iter(content).map_while(Result::ok) {
            if self.pages.is_exhausted() || self.glyphs > MAX_GLYPHS {
                return;
            }
            self.pages.left_steps -= 1;
            match step.operator.as_str() {
                "q" if states.len() < MAX_STATES => states.push(state.clone()),
                "Q" => state = states.pop().unwrap_or(state),
                "cm" => state.matrix = Matrix::of(&numbers(&step)).then(&state.matrix),
                "Do" => self.draw_form(&step, scene, &state),
                "Tf" => {
                    let name = step.operands.first().and_then(|name| name.as_name().ok());
                    state.font = name.and_then(|name| self.pages.font(&scene.resources, name));
                    state.size = number(&step, 1);
                }
                _ => self.text_step(&step, &mut state, &mut pen),
            }
        }
    }

    /// Draws a form; images have no text.
    fn draw_form(&mut self, step: &Operation, scene: &Scene<'a>, state: &State) {
        let document = self.pages.document;
        let name = step.operands.first().and_then(|name| name.as_name().ok());
        let Some(form) = name.and_then(|name| form(document, &scene.resources, name)) else {
            return;
        };
        if scene.depth == MAX_FORMS {
            return;
        }
        let pages = &mut *self.pages;
        pages.left_steps = pages.left_steps.saturating_sub(STEPS_OF_FORM);
        let limit = MAX_CONTENT_BYTES.min(pages.left_bytes);
        let Ok(content) = form.get_plain_content_with_limit(limit) else {
            pages.left_bytes -= limit;
            return;
        };
        pages.left_bytes -= content.len().min(limit);
        let own = form
            .dict
            .get_deref(b"Resources", document)
            .and_then(Object::as_dict);
        let own: Vec<_> = own
            .into_iter()
            .chain(scene.resources.iter().copied())
            .collect();
        let matrix = form
            .dict
            .get_deref(b"Matrix", document)
            .and_then(Object::as_array);
        let matrix: Vec<f32> = matrix
            .into_iter()
            .flatten()
            .filter_map(|n| n.as_float().ok())
            .collect();
        let inner = State {
            matrix: Matrix::of(&matrix).then(&state.matrix),
            ..state.clone()
        };
        let scene = Scene {
            resources: own,
            depth: scene.depth + 1,
        };
        self.draw(&content, &scene, inner);
    }

    fn text_step(&mut self, step: &Operation, state: &mut State, pen: &mut Pen) {
        match step.operator.as_str() {
            "BT" => pen.start(Matrix::IDENTITY),
            "Tm" => pen.start(Matrix::of(&numbers(step))),
            "Td" => pen.move_line(number(step, 0), number(step, 1)),
            "TD" => {
                state.leading = -number(step, 1);
                pen.move_line(number(step, 0), number(step, 1));
            }
            "T*" => pen.move_line(0.0, -state.leading),
            "Tc" => state.char_space = number(step, 0),
            "Tw" => state.word_space = number(step, 0),
            "Tz" => state.scale = number(step, 0) / 100.0,
            "TL" => state.leading = number(step, 0),
            "Tj" => self.show(step.operands.first(), state, pen),
            "'" | "\"" => {
                if step.operator == "\"" {
                    state.word_space = number(step, 0);
                    state.char_space = number(step, 1);
                }
                pen.move_line(0.0, -state.leading);
                self.show(step.operands.last(), state, pen);
            }
            "TJ" => {
                let parts = step
                    .operands
                    .first()
                    .and_then(|parts| parts.as_array().ok());
                for part in parts.into_iter().flatten() {
                    match part.as_float() {
                        Ok(back) => pen.advance(-back / 1_000.0 * state.size * state.scale),
                        Err(_) => self.show(Some(part), state, pen),
                    }
                }
            }
            _ => {}
        }
    }

    fn show(&mut self, string: Option<&Object>, state: &State, pen: &mut Pen) {
        let (Some(Ok(string)), Some(font)) = (string.map(Object::as_str), &state.font) else {
            return;
        };
        for glyph in font.glyphs(string) {
            self.glyphs += 1;
            let matrix = pen.text.then(&state.matrix);
            let mut advance = glyph.width * state.size + state.char_space;
            if glyph.is_space {
                advance += state.word_space;
            }
            let advance = advance * state.scale;
            let left = &mut self.pages.left_text_bytes;
            *left -= glyph.text.len().min(*left);
            self.pieces
                .put(&glyph.text, matrix.run(advance, state.size));
            pen.advance(advance);
        }
    }
}

impl Pen {
    fn start(&mut self, matrix: Matrix) {
        *self = Self {
            text: matrix,
            line: matrix,
        };
    }

    fn move_line(&mut self, right: f32, up: f32) {
        self.start(Matrix::shift(right, up).then(&self.line));
    }

    fn advance(&mut self, right: f32) {
        self.text = Matrix::shift(right, 0.0).then(&self.text);
    }
}

fn form<'a>(
    document: &'a Document,
    resources: &[&'a Dictionary],
    name: &[u8],
) -> Option<&'a Stream> {
    resources.iter().find_map(|resources| {
        let objects = resources
            .get_deref(b"XObject", document)
            .ok()?
            .as_dict()
            .ok()?;
        let stream = objects.get_deref(name, document).ok()?.as_stream().ok()?;
        let kind = stream
            .dict
            .get_deref(b"Subtype", document)
            .ok()?
            .as_name()
            .ok()?;
        (kind == b"Form").then_some(stream)
    })
}

fn number(step: &Operation, at: usize) -> f32 {
    step.operands
        .get(at)
        .and_then(|number| number.as_float().ok())
        .unwrap_or(0.0)
}

fn numbers(step: &Operation) -> Vec<f32> {
    step.operands
        .iter()
        .filter_map(|number| number.as_float().ok())
        .collect()
}
