//! Takes out of a page what is around an article and between its paragraphs:
//! captions and credits, share bars, related links, newsletters, by-lines, menus.
//!
//! In: the DOM of a page. Out: the same DOM with less in it.
//!
//! What an element is for is told by its tag and role, by the words of its class
//! and id (`article-body__relatedLinks` has the word `related`), and by its being
//! nothing but a link. Words lie at times, so an element that holds a good part
//! of the page's prose stays, whatever it is called.

use dom_query::{Document, NodeRef};

use super::captions::Captions;
use super::names::words;
use super::weights::{Weight, Weights};

/// An element with more than one in this many of the characters outside of links stays.
const PROSE_SHARE: usize = 4;
/// A block of links has fewer characters outside of them than one in this many.
const UNLINKED_SHARE: usize = 10;

/// Removes it all.
pub(super) fn remove(document: &Document) {
    let Some(body) = document.body() else {
        return;
    };
    for node in body.descendants() {
        if node.is_comment() || is_code(&node) {
            node.remove_from_parent();
        }
    }
    let weights = Weights::of(&body);
    let most = weights.get(&body).prose() / PROSE_SHARE;
    let mut open = vec![body];
    while let Some(node) = open.pop() {
        let mut captions = Captions::new(&weights);
        for child in node.children() {
            let is_caption = captions.take(&child);
            if is_post(&child) || has_posts(&child) {
                // Its name would have it taken for a button to share, and its links
                // for a menu.
                child.remove_all_attrs();
                child.rename("blockquote");
                open.push(child);
            } else if is_caption || is_silent(&child) || is_furniture(&child, &weights, most) {
                child.remove_from_parent();
            } else if child.is_element() {
                open.push(child);
            }
        }
    }
}

/// Whether an element quotes a post of a social network.
fn is_post(node: &NodeRef<'_>) -> bool {
    let is_of_network = |word: &str| {
        matches!(
            word,
            "twitter" | "tweet" | "instagram" | "tiktok" | "bluesky" | "mastodon"
        )
    };
    node.has_name("blockquote")
        && node
            .class()
            .is_some_and(|class| words(&class).split(' ').any(is_of_network))
}

/// Whether an element is a wrapper of posts.
fn has_posts(node: &NodeRef<'_>) -> bool {
    node.has_name("div") && node.children_it(false).any(|child| is_post(&child))
}

/// Whether an element holds what programs read.
fn is_code(node: &NodeRef<'_>) -> bool {
    ["script", "style", "noscript", "template", "svg"]
        .iter()
        .any(|name| node.has_name(name))
}

/// Whether an element is looked at, or used, but not read.
fn is_silent(node: &NodeRef<'_>) -> bool {
    const SILENT: &[&str] = &[
        "img", "picture", "video", "audio", "iframe", "object", "embed", "canvas", "map", "button",
        "input", "select", "textarea", "dialog",
    ];
    node.element_ref()
        .is_some_and(|element| SILENT.contains(&&*element.name.local))
}

/// Whether an element is no part of the article: small, and by all that it says of
/// itself something else.
fn is_furniture(node: &NodeRef<'_>, weights: &Weights, most: usize) -> bool {
    let weight = weights.get(node);
    let Some(element) = node.element_ref().filter(|_| weight.prose() <= most) else {
        return false;
    };
    let is_named = element.attrs.iter().any(|attribute| {
        let value = &attribute.value;
        match &*attribute.name.local {
            "class" | "id" => names_furniture(value),
            "role" => is_role(value),
            "itemprop" => is_property(value),
            "aria-hidden" => &**value == "true",
            _ => false,
        }
    });
    is_named
        || match &*element.name.local {
            "nav" | "aside" | "menu" | "figcaption" | "footer" | "header" | "form" | "address" => {
                true
            }
            "figure" => !holds_text(node),
            "time" => node.parent().is_none_or(|parent| !parent.has_name("p")),
            "p" | "ul" | "ol" => is_linked(weight) && !is_address(node),
            _ => false,
        }
}

fn is_role(role: &str) -> bool {
    matches!(
        role,
        "navigation"
            | "complementary"
            | "search"
            | "dialog"
            | "alert"
            | "button"
            | "menu"
            | "toolbar"
            | "contentinfo"
            | "banner"
    )
}

/// Properties of the article that are read elsewhere.
fn is_property(property: &str) -> bool {
    matches!(
        property,
        "caption" | "author" | "datePublished" | "dateModified" | "publisher" | "copyrightHolder"
    )
}

/// Whether a figure shows what is read, and not looked at.
fn holds_text(figure: &NodeRef<'_>) -> bool {
    figure.descendants_it().any(|node| {
        ["table", "blockquote", "pre"]
            .iter()
            .any(|name| node.has_name(name))
    })
}

/// Whether all of a block is links.
fn is_linked(weight: Weight) -> bool {
    weight.linked > 0 && weight.prose() < weight.chars.div_ceil(UNLINKED_SHARE)
}

/// Whether a link shows its address: it is a source then, and leads nowhere else.
fn is_address(block: &NodeRef<'_>) -> bool {
    let first = block.descendants_it().find(NodeRef::is_nonempty_text);
    first.is_some_and(|text| text.text().trim_start().starts_with("http"))
}

/// Whether a class or an id has a word, or two in a row, that furniture is named by.
fn names_furniture(value: &str) -> bool {
    let words = words(value);
    let mut before = "";
    words.split(' ').any(|word| {
        let before = std::mem::replace(&mut before, word);
        is_furniture_word(word) || is_furniture_pair(before, word)
    })
}

#[rustfmt::skip]
fn is_furniture_word(word: &str) -> bool {
    matches!(word,
        // Pictures.
        "caption" | "captions" | "credit" | "credits" | "gallery" | "slideshow" | "carousel"
        | "attribution" | "copyright"
        // By-lines.
        | "author" | "authors" | "bio" | "byline" | "bylines" | "date" | "datetime" | "timestamp"
        | "postdate" | "pubdate" | "standfirst" | "dek" | "subheadline" | "kicker" | "eyebrow"
        // Ways elsewhere.
        | "breadcrumb" | "breadcrumbs" | "related" | "readmore" | "recirc" | "recirculation"
        | "recommended" | "recommendations" | "trending" | "tags" | "taglist" | "navbar" | "menu"
        | "pagination" | "pager" | "sidebar" | "masthead" | "footer" | "toolbar" | "tooltip"
        // What wants to be clicked.
        | "newsletter" | "newsletters" | "signup" | "subscribe" | "subscription" | "share"
        | "sharing" | "sharebar" | "sharedaddy" | "social" | "comments" | "comment" | "commentlist"
        | "disqus" | "respond" | "donate" | "cookie" | "cookies" | "consent" | "gdpr" | "popup"
        | "modal" | "overlay" | "rollover" | "popover" | "hovercard"
        // What is paid for.
        | "ad" | "ads" | "advert" | "adverts" | "advertisement" | "advertising" | "promo"
        | "promos" | "promotion" | "sponsor" | "sponsored" | "outbrain" | "taboola"
        | "pullquote"
    )
}

#[rustfmt::skip]
fn is_furniture_pair(first: &str, second: &str) -> bool {
    matches!((first, second),
        ("pull", "quote") | ("read", "more" | "next" | "time") | ("reading", "time")
        | ("also", "on" | "read") | ("more", "on" | "from" | "stories" | "links")
        | ("you", "may") | ("most", "read" | "popular") | ("popular", "posts") | ("up", "next")
        | ("follow", "us" | "me") | ("sign", "up") | ("tag", "list" | "links" | "cloud")
        | ("post" | "entry" | "article" | "story", "meta" | "info" | "utility" | "tools")
        | ("sr", "only") | ("screen", "reader") | ("visually", "hidden") | ("off", "screen")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<p>The harbour of the town opened again on Monday after the storm, its master said.</p>\
        <p>More ships would follow, he said, once all of the buoys were back in their places.</p>";

    /// Whether anything is left of some HTML beside the text of an article.
    fn stays(html: &str) -> bool {
        let document = Document::from(format!("<body><article>{TEXT}{html}</article>"));
        remove(&document);
        let text = document.text().to_string();
        assert!(text.contains("opened again on Monday") && text.contains("in their places"));
        text.contains("words")
    }

    #[test]
    fn tags_roles_and_properties() {
        for html in [
            "<nav>words</nav>",
            "<aside>words</aside>",
            "<figure><img><span>words</span></figure>",
            "<figcaption>words</figcaption>",
            "<button>words</button>",
            "<script>words</script>",
            "<!-- words -->",
            "<div role=navigation>words</div>",
            "<span itemprop=datePublished>words</span>",
            "<div><time>words</time></div>",
            "<i aria-hidden=true>words</i>",
        ] {
            assert!(!stays(html), "{html}");
        }
    }

    #[test]
    fn names() {
        for name in [
            "newsletter-box",
            "c-articleRelated",
            "AUTHOR_BIO",
            "x read-more",
            "wp-caption-text",
            "ad",
        ] {
            assert!(
                !stays(&format!("<div class='{name}'>words</div>")),
                "{name}"
            );
            assert!(!stays(&format!("<div id='{name}'>words</div>")), "{name}");
        }
        for name in [
            "",
            "article-body",
            "paywall",
            "add",
            "readmore-not",
            "adrelatedness",
        ] {
            let expected = name != "readmore-not";
            assert_eq!(
                stays(&format!("<div class='{name}'>words</div>")),
                expected,
                "{name}"
            );
        }
    }

    #[test]
    fn what_is_nothing_but_links() {
        assert!(!stays("<p><a>words</a></p>"));
        assert!(!stays("<ul><li><a>words</a><li><a>words</a></ul>"));
        assert!(stays("<ul><li><a>words</a> and more<li>words</ul>"));
        assert!(stays("<p><a>http://a.example/words</a></p>"));
    }

    #[test]
    fn a_good_part_of_the_prose_stays_whatever_it_is_called() {
        assert!(stays(&format!("<div class=related>{TEXT} words</div>")));
        assert!(stays("<p>On <time>Monday</time> he gave his words.</p>"));
        assert!(stays("<figure><table><tr><td>words</table></figure>"));
    }

    #[test]
    fn quoted_posts_stay() {
        let post = "<blockquote class=twitter-tweet><p>words</p>— Ann <a>2025</a></blockquote>";
        assert!(stays(&format!("<div class=social-embed>{post}</div>")));
        assert!(stays(post));
    }
}
