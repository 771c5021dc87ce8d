//! Pages and articles as a terminal gets them, at several widths.

use proptest::prelude::*;

use super::*;
use crate::present::sample;
use crate::query::Clause;
use crate::snippet::Matcher;

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

#[track_caller]
fn check(page: &Page, style: TerminalStyle, expected: &str) {
    let printed = printed(page, style);
    assert_eq!(printed, expected, "\n{printed}");
}

const PLAIN_80: &str = "  \
  1  Truce terms divide allies as Kursk front shrinks
     15 Mar 2025 · Harbour Wire · corpus/harbour-wire/2025-03/truce-terms.md
     Russia claimed two more villages in the Kursk region on the day the
     ceasefire plan was discussed. …

  2  Truce terms divide allies as Kursk front shrinks
     15 Mar 2025 · Harbour Wire · corpus/harbour-wire/2025-03/truce-terms.md
     Russia claimed two more villages in the Kursk region on the day the
     ceasefire plan was discussed. …

2 articles · 2.1 ms
";

const COLOURED_80: &str = "  \
  1  <b>Truce terms divide allies as </><m>Kursk</><b> front shrinks</>
     <d>15 Mar 2025 · Harbour Wire · corpus/harbour-wire/2025-03/truce-terms.md</>
     Russia claimed two more villages in the <m>Kursk</> region on the day the
     <m>ceasefire</> plan was discussed. …

<d>1 article · 2.1 ms</>
";

const PLAIN_40: &str = "  \
  1  Truce terms divide allies as Kursk
     front shrinks
     15 Mar 2025 · Harbour Wire
     corpus/harbour-wire/2025-03/
     truce-terms.md
     Russia claimed two more villages in
     the Kursk region on the day the
     ceasefire plan was discussed. …

1 article · 2.1 ms
";

const COLOURED_24: &str = "\
1 <b>Truce terms divide</>
  <b>allies as </><m>Kursk</><b> front</>
  <b>shrinks</>
  <d>15 Mar 2025</>
  <d>Harbour Wire</>
  <d>corpus/</>
  <d>harbour-wire/2025-03/</>
  <d>truce-terms.md</>
  Russia claimed two
  more villages in the
  <m>Kursk</> region on the
  day the <m>ceasefire</> plan
  was discussed. …

<d>1 article · 2.1 ms</>
";

#[test]
fn pages_fit_their_width() {
    check(&sample::page(2), style(80), PLAIN_80);
    check(&sample::page(1), coloured(80), COLOURED_80);
    check(&sample::page(1), style(40), PLAIN_40);
    check(&sample::page(1), coloured(24), COLOURED_24);
    let bare = COLOURED_24.replace("<b>", "").replace("<m>", "");
    let bare = bare.replace("<d>", "").replace("</>", "");
    check(&sample::page(1), style(24), &bare);
}

#[test]
fn what_an_article_says_moves_no_cursor() {
    let mut page = sample::page(1);
    let hit = &mut page.hits[0];
    hit.article.title =
        "\u{1B}]0;owned\u{7}Bad\n\u{202E}\u{1B}[2Jtitle \u{9B}31m停\u{2066}".to_owned();
    hit.title_highlights = vec![10..13, 500..600];
    hit.article.source = Some("\u{1B}[31mWire\r\n".to_owned());
    hit.snippets[0].text.insert_str(5, "\u{1B}[2J\u{8}\u{8}");
    hit.missing = vec!["x\u{1B}[1m".to_owned()];
    for style in [style(80), coloured(80)] {
        let printed = printed(&page, style);
        assert!(
            !printed.contains(|c: char| c != '\n' && c.is_control()),
            "{printed:?}"
        );
        assert!(!printed.contains(['\u{202E}', '\u{2066}']), "{printed:?}");
    }
    let printed = printed(&page, style(80));
    assert!(
        printed.starts_with("  1  Bad title 停\n     15 Mar 2025 · Wire · corpus"),
        "{printed}"
    );
}

#[test]
fn a_later_page_of_partial_matches_says_so() {
    let mut page = sample::page(2);
    page.partial = true;
    page.total = 12_345;
    for hit in &mut page.hits {
        hit.rank += 10;
    }
    page.hits[0].missing = vec!["gaza".to_owned(), "truce".to_owned()];
    page.hits[0].article.published = None;
    page.hits[0].snippets.push(Snippet {
        text: "… Kyiv denied it.".to_owned(),
        highlights: std::iter::once(4..8).collect(),
    });
    page.hits.swap_remove(1).snippets.clear();
    check(
        &page,
        style(80),
        "no article has all the words; these have some

 11  Truce terms divide allies as Kursk front shrinks
     undated · Harbour Wire · corpus/harbour-wire/2025-03/truce-terms.md
     Russia claimed two more villages in the Kursk region on the day the
     ceasefire plan was discussed. … Kyiv denied it.
     missing: gaza, truce

11 of 12,345 articles · 2.1 ms
",
    );
    assert!(printed(&page, coloured(80)).contains("discussed. … <m>Kyiv</> denied it.\n"));
}

#[test]
fn totals_tell_which_hits_are_shown() {
    let mut page = sample::page(2);
    page.total = 12_345;
    assert_eq!(total(&page), "1–2 of 12,345 articles · 2.1 ms");
    page.hits.clear();
    assert_eq!(total(&page), "12,345 articles · 2.1 ms");
    assert_eq!(printed(&sample::page(0), style(80)), "");
}

#[test]
fn titles_link_to_their_files() {
    let linked = TerminalStyle {
        hyperlinks: true,
        ..style(80)
    };
    let printed = printed(&sample::page(1), linked);
    assert!(
        printed.starts_with(
            "  1  \u{1B}]8;;file:///news/a%20b.md\u{1B}\\Truce terms divide allies as Kursk front shrinks\u{1B}]8;;\u{1B}\\\n"
        ),
        "{printed:?}"
    );
}

#[test]
fn untitled_articles_show_their_first_words() {
    let mut article = sample::hit(1).article;
    article.title = " \n".to_owned();
    assert_eq!(
        title(&article, &[]).text,
        "Russia claimed two more villages in the Kursk region on …"
    );
    article.body = "Only  this".to_owned();
    assert_eq!(title(&article, &[]).text, "Only this");
    article.body.clear();
    assert_eq!(title(&article, &[]).text, "(untitled)");
}

#[test]
fn an_article_shows_its_paragraphs_and_what_matched() {
    let mut article = sample::hit(1).article;
    article.body =
        "LONDON, Saturday\nThe first long line of text that is filled up to\nthe brim with \
                    Kursk news\u{1B}[1m and such.\n\n\n Second."
            .to_owned();
    let query = Clause::word("kursk");
    let mut out = Vec::new();
    let matcher = Matcher::new(&query, &[]);
    write_article(&mut out, &article, coloured(50), &matcher.find(&article)).unwrap();
    assert_eq!(
        named(out),
        "<b>Truce terms divide allies as </><m>Kursk</><b> front shrinks</>
<d>15 Mar 2025 · Harbour Wire · en</>
<d>By Jane Doe, Li Wei</>
<d>truce-1</>
<d>corpus/harbour-wire/2025-03/truce-terms.md</>

LONDON, Saturday
The first long line of text that is filled up to
the brim with <m>Kursk</> news and such.

Second.
"
    );
}

proptest! {
    #[test]
    fn whatever_is_printed_is_harmless(
        title in "(?s).{0,30}", text in "(?s)[\\PC\u{1B}\u{9B}\\[\\];m\n]{0,60}",
        marks in prop::collection::vec((0_usize..70, 0_usize..70), 0..4), width in 0_usize..100,
    ) {
        let mut page = sample::page(1);
        let hit = &mut page.hits[0];
        hit.title_highlights = marks.into_iter().map(|(start, end)| start..end).collect();
        hit.snippets.push(Snippet { text: text.clone(), highlights: hit.title_highlights.clone() });
        hit.article.title = title;
        hit.article.path = text;
        let printed = printed(&page, coloured(width));
        prop_assert!(!printed.contains(|c: char| c != '\n' && c.is_control()));
    }
}
