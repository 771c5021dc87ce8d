use super::*;
use crate::present::sample;
use crate::query::{Clause, TextField, Word};

fn style(width: usize) -> TerminalStyle {
    TerminalStyle {
        width,
        colour: false,
        hyperlinks: false,
    }
}

fn coloured(width: usize) -> TerminalStyle {
    TerminalStyle {
        colour: true,
        ..style(width)
    }
}

/// What is printed, with `<b>`, `<m>`, `<d>` and `</>` for the colours.
fn printed(page: &Page, style: TerminalStyle) -> String {
    let mut out = Vec::new();
    write_page(&mut out, page, style, &|_| Some("/news/a b.md".to_owned())).unwrap();
    named(out)
}

fn named(out: Vec<u8>) -> String {
    String::from_utf8(out)
        .unwrap()
        .replace("\u{1B}[1m\u{1B}[31m", "<m>")
        .replace("\u{1B}[1m", "<b>")
        .replace("\u{1B}[2m", "<d>")
        .replace("\u{1B}[0m", "</>")
}

#[test]
fn a_page_80_columns_wide() {
    assert_eq!(
        printed(&sample::page(2), style(80)),
        "  \
  1  Truce terms divide allies as Kursk front shrinks
     15 Mar 2025 · Harbour Wire · corpus/harbour-wire/2025-03/truce-terms.md
     Russia claimed two more villages in the Kursk region on the day the
     ceasefire plan was discussed. …

  2  Truce terms divide allies as Kursk front shrinks
     15 Mar 2025 · Harbour Wire · corpus/harbour-wire/2025-03/truce-terms.md
     Russia claimed two more villages in the Kursk region on the day the
     ceasefire plan was discussed. …

2 articles · 2.1 ms
"
    );
}
