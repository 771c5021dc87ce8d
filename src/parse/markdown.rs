//! Markdown, with a heading at its top.
//!
//! In: a whole file. Out: one article; the markup is reduced to text that reads
//! well: link texts stay, pictures go, lists keep their marks.

use std::ops::ControlFlow;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::draft::Draft;
use super::markup::to_text;
use super::output::Output;
use super::plain::read_whole;
use super::{Format, Sample};
use crate::corpus::TextReader;
use crate::error::Place;

/// The format.
pub(super) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn detect(&self, sample: &Sample<'_>) -> bool {
        let mut lines = sample.text.trim_start().lines();
        let first = lines.next().unwrap_or("").trim_end();
        let second = lines.next().unwrap_or("").trim_end();
        let title = first.trim_start_matches('#');
        let is_heading = (1..=6).contains(&(first.len() - title.len())) && title.starts_with(' ');
        let is_underlined = second.len() >= 3 && second.bytes().all(|byte| byte == b'=');
        !title.is_empty() && (is_heading || is_underlined)
    }

    fn parse(&self, text: &mut TextReader, out: &mut Output<'_>) -> ControlFlow<()> {
        let text = read_whole(text, out)?;
        out.begin_record();
        out.article(read_markdown(&text), Place::default())
    }
}

/// The title and the text of some Markdown. A heading at the top is the title, and
/// not part of the text.
pub(super) fn read_markdown(markdown: &str) -> Draft {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut page = Page::default();
    for event in Parser::new_ext(markdown, options) {
        page.take(event);
    }
    let text = page.text;
    let Some(length) = page.title_bytes else {
        return Draft {
            body: text,
            ..Draft::default()
        };
    };
    Draft {
        title: text[..length].trim().to_owned(),
        body: text[length..].to_owned(),
        ..Draft::default()
    }
}

/// Text in the making.
#[derive(Default)]
struct Page {
    text: String,
    /// The next number of each list that is open; none for bullets.
    lists: Vec<Option<u64>>,
    open_images: usize,
    html: String,
    /// Where the title ends, if the page starts with one.
    title_bytes: Option<usize>,
}

impl Page {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) if self.open_images == 0 => {
                self.text.push_str(&text);
            }
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) if is_break(&html) => self.text.push('\n'),
            Event::SoftBreak | Event::HardBreak => self.text.push('\n'),
            Event::Rule => self.gap("\n\n"),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph if self.text.ends_with("- ") || self.text.ends_with(". ") => {}
            Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::Table(_) => self.gap("\n\n"),
            Tag::List(first) => {
                self.gap(if self.lists.is_empty() { "\n\n" } else { "\n" });
                self.lists.push(*first);
            }
            Tag::Item => self.start_item(),
            Tag::TableRow => self.gap("\n"),
            Tag::TableCell if !self.text.ends_with('\n') => self.text.push(' '),
            Tag::Image { .. } => self.open_images += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.open_images = self.open_images.saturating_sub(1),
            TagEnd::Heading(_) => {
                let is_first = self.text.trim_start().lines().count() == 1;
                if self.title_bytes.is_none() && is_first {
                    self.title_bytes = Some(self.text.len());
                }
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::HtmlBlock => {
                let text = to_text(&std::mem::take(&mut self.html));
                self.gap("\n\n");
                self.text.push_str(&text);
            }
            _ => {}
        }
    }

    fn start_item(&mut self) {
        self.gap("\n");
        match self.lists.last_mut() {
            Some(Some(number)) => {
                self.text.push_str(&format!("{number}. "));
                *number += 1;
            }
            _ => self.text.push_str("- "),
        }
    }

    /// Sets what follows off from what is there.
    fn gap(&mut self, gap: &str) {
        if self.text.is_empty() {
            return;
        }
        while !self.text.ends_with(gap) {
            self.text.push('\n');
        }
    }
}

fn is_break(html: &str) -> bool {
    html.get(..3)
        .is_some_and(|tag| tag.eq_ignore_ascii_case("<br"))
}
