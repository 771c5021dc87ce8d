//! Leaves out what runs through a document: heads, feet and page numbers.
//!
//! In: the pieces of all pages. Out: the same without those in the first or last
//! lines of a page that other pages have in the same place, but for their numbers.

use rustc_hash::FxHashMap;

use super::pieces::Piece;

/// Lines at the top and at the bottom of a page that may be running ones.
const EDGE_LINES: usize = 2;
/// A piece on this many pages runs.
const MIN_REPEATS: usize = 2;
/// Places nearer than this, in points, are the same.
const SAME_PLACE: f32 = 3.0;

/// Removes running heads, running feet and page numbers.
pub(super) fn drop_running(pages: &mut [Vec<Piece>]) {
    let mut counts: FxHashMap<(i32, String), usize> = FxHashMap::default();
    for page in pages.iter() {
        let bases = edge_bases(page);
        let at_edge = page.iter().filter(|piece| bases.contains(&place(piece)));
        let mut keys: Vec<_> = at_edge
            .map(|piece| (place(piece), key(&piece.text)))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    for page in pages.iter_mut() {
        let bases = edge_bases(page);
        let mut on_base: FxHashMap<i32, usize> = FxHashMap::default();
        for piece in page.iter() {
            *on_base.entry(place(piece)).or_default() += 1;
        }
        page.retain(|piece| {
            let place = place(piece);
            if !bases.contains(&place) {
                return true;
            }
            let key = key(&piece.text);
            let is_alone = on_base.get(&place) == Some(&1);
            let is_number = is_alone && is_page_number(&key);
            let repeats = counts.get(&(place, key)).copied().unwrap_or(0);
            !is_number && repeats < MIN_REPEATS
        });
    }
}

/// The place of a piece's line.
fn place(piece: &Piece) -> i32 {
    (piece.base / SAME_PLACE).round() as i32
}

/// The places of the highest and lowest lines of a page.
fn edge_bases(page: &[Piece]) -> Vec<i32> {
    let mut places: Vec<i32> = page.iter().map(place).collect();
    places.sort_unstable();
    places.dedup();
    let bottom = places.iter().take(EDGE_LINES);
    let top = places.iter().rev().take(EDGE_LINES);
    bottom.chain(top).copied().collect()
}

/// A text with its numbers alike.
fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            c if !c.is_ascii_digit() => key.push(c),
            _ if key.ends_with('#') => {}
            _ => key.push('#'),
        }
    }
    key
}

/// Whether a text with its numbers alike is the number of a page.
fn is_page_number(key: &str) -> bool {
    let is_ornament = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '.');
    let key = key.trim_matches(is_ornament).to_lowercase();
    matches!(
        key.as_str(),
        "#" | "page #"
            | "page # of #"
            | "# of #"
            | "# / #"
            | "#/#"
            | "p. #"
            | "seite #"
            | "seite # von #"
            | "стр. #"
    )
}
