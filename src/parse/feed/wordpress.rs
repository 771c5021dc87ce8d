//! What is special about a WordPress export: drafts, attachments and menus among the
//! posts, logins in place of names, and shortcodes in the text.
//!
//! In: the items of a feed. Out: the drafts of posts, pages and a site's own types of
//! posts, and one problem that counts what was left out.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::item;
use crate::error::{Place, ProblemKind};
use crate::parse::draft::Draft;
use crate::parse::markup::is_markup;
use crate::parse::output::Output;
use crate::parse::xml::Element;

/// Types of posts that WordPress and common plugins keep for themselves.
const NO_ARTICLES: &[&str] = &[
    "attachment",
    "revision",
    "nav_menu_item",
    "custom_css",
    "customize_changeset",
    "oembed_cache",
    "user_request",
    "wp_block",
    "wp_template",
    "wp_template_part",
    "wp_global_styles",
    "wp_navigation",
    "wp_font_family",
    "wp_font_face",
    "acf-field",
    "acf-field-group",
    "feedback",
    "elementor_library",
    "shop_order",
    "product_variation",
    "scheduled-action",
];
/// States of posts that no reader has seen.
const UNPUBLISHED: &[&str] = &[
    "draft",
    "auto-draft",
    "trash",
    "pending",
    "future",
    "private",
];
/// Shortcodes without text of the author's, with what they enclose.
const SILENT: &[&str] = &[
    "caption",
    "wp_caption",
    "gallery",
    "audio",
    "video",
    "playlist",
    "embed",
    "youtube",
    "vimeo",
    "twitter",
    "tweet",
    "instagram",
    "soundcloud",
    "googlemaps",
    "contact-form",
    "contact-form-7",
];

/// What is known of an export.
#[derive(Debug, Default)]
pub(super) struct Export {
    /// Names of authors by their logins.
    names: FxHashMap<String, String>,
    /// How many items of which sort were left out.
    left_out: BTreeMap<String, u64>,
}

impl Export {
    /// Notes the name of an author.
    pub(super) fn learn_author(&mut self, author: &Element) {
        let login = author.text_at(&["author_login"]);
        let name = author.text_at(&["author_display_name"]);
        self.names.extend(login.zip(name));
    }

    /// Whether an item is one of an export.
    pub(super) fn is_post(&self, item: &Element) -> bool {
        item.child("wp:post_type").is_some()
    }

    /// Whether an item is no article; counts it, if so.
    pub(super) fn passes_over(&mut self, item: &Element) -> bool {
        let value = |name| item.text_at(&[name]).unwrap_or_default();
        let (sort, status) = (value("wp:post_type"), value("wp:status"));
        let reason = if NO_ARTICLES.contains(&sort.as_str()) {
            sort
        } else if UNPUBLISHED.contains(&status.as_str()) {
            status
        } else {
            return false;
        };
        *self.left_out.entry(reason).or_default() += 1;
        true
    }

    /// Reads a post.
    pub(super) fn read(&self, post: &Element) -> Draft {
        let mut draft = item::read(post);
        let mut published = item::dates(post, &["post_date_gmt", "post_date"]);
        published.append(&mut draft.published);
        draft.published = published;
        draft.modified = item::dates(post, &["post_modified_gmt", "post_modified"]);
        draft.body = content(&post.text_at(&["content:encoded"]).unwrap_or_default());
        if let Some(excerpt) = post.text_at(&["excerpt:encoded"]) {
            draft.lead = content(&excerpt);
        }
        for name in &mut draft.authors {
            if let Some(known) = self.names.get(name) {
                name.clone_from(known);
            }
        }
        if draft.id.is_empty() {
            draft.id = post.text_at(&["wp:post_id"]).unwrap_or_default();
        }
        let mut categories = post
            .children("category")
            .filter(|category| category.attribute("domain") == Some("category"))
            .map(item::line)
            .filter(|name| name != "Uncategorized");
        draft.section = categories.next();
        let section = draft.section.clone();
        draft
            .topics
            .retain(|topic| Some(topic) != section.as_ref() && topic != "Uncategorized");
        draft
    }

    /// Says how many items were left out.
    pub(super) fn report(self, out: &mut Output<'_>) -> ControlFlow<()> {
        let total: u64 = self.left_out.values().sum();
        if total == 0 {
            return ControlFlow::Continue(());
        }
        let sorts = self.left_out.iter();
        let sorts: Vec<String> = sorts
            .map(|(sort, count)| format!("{count} {sort}"))
            .collect();
        let items = if total == 1 { "item" } else { "items" };
        let message = format!(
            "{total} {items} left out as no articles: {}",
            sorts.join(", ")
        );
        out.problem(ProblemKind::NoText, Place::default(), message)
    }
}

/// The paragraphs of a post. Its editor lets a blank line stand for one.
fn content(html: &str) -> String {
    let html = without_shortcodes(&html.replace("\r\n", "\n"));
    if is_markup(&html) {
        return item::rich(&html.replace("\n\n", "\n<p>"));
    }
    item::rich(&html)
}

/// A text without `[gallery ids="1,2"]` and `[box]…[/box]`. Other brackets are the
/// author's: a name is one of a shortcode if it has attributes, is closed somewhere, or
/// is well known.
fn without_shortcodes(text: &str) -> String {
    let closed: FxHashSet<&str> = text
        .split("[/")
        .skip(1)
        .filter_map(|rest| rest.split_once(']').map(|(name, _)| name))
        .filter(|name| is_name(name))
        .collect();
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = memchr::memchr(b'[', rest.as_bytes()) {
        kept.push_str(&rest[..start]);
        rest = &rest[start..];
        let length = shortcode(rest, &closed).unwrap_or_else(|| {
            kept.push('[');
            1
        });
        rest = &rest[length..];
    }
    kept.push_str(rest);
    kept
}

/// The length of the shortcode at the start of a text, if it is one; with what it
/// encloses, if that is nothing that the author wrote.
fn shortcode(text: &str, closed: &FxHashSet<&str>) -> Option<usize> {
    const MAX_BYTES: usize = 2_000;
    let bytes = &text.as_bytes()[..text.len().min(MAX_BYTES)];
    let end = memchr::memchr(b']', bytes)?;
    let inner = text.get(1..end)?;
    let name = inner.trim_start_matches('/');
    let name = name.split([' ', '\n', '/']).next().unwrap_or("");
    if !is_name(name) {
        return None;
    }
    let is_closed = closed.contains(name);
    let after = end + 1;
    if SILENT.contains(&name) {
        let is_open = is_closed && !inner.starts_with('/');
        let enclosed = is_open.then(|| enclosed_bytes(&text[after..], name));
        return Some(after + enclosed.flatten().unwrap_or(0));
    }
    (is_closed || inner.contains('=')).then_some(after)
}

/// How far it is to behind the end of a shortcode; `None` if another one of its name
/// comes first, or the end is too far away to be its own.
fn enclosed_bytes(text: &str, name: &str) -> Option<usize> {
    const MAX_BYTES: usize = 10_000;
    let bytes = &text.as_bytes()[..text.len().min(MAX_BYTES)];
    for at in memchr::memchr_iter(b'[', bytes) {
        let tag = &bytes[at + 1..];
        if tag.starts_with(name.as_bytes()) {
            return None;
        }
        let rest = tag
            .strip_prefix(b"/")
            .and_then(|tag| tag.strip_prefix(name.as_bytes()));
        if rest.is_some_and(|rest| rest.starts_with(b"]")) {
            return Some(at + name.len() + 3);
        }
    }
    None
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}
