//! Leaves out paragraphs that are not the article's, by what they say.
//!
//! In: the main text of a page, a paragraph a line or between blank lines. Out:
//! the same without pointers to other articles, calls to subscribe, credits of
//! pictures and agencies, dates and by-lines before the text, and authors'
//! lives after it.
//!
//! Only short paragraphs are left out, and only for their first or last words, so
//! that nothing of what an article tells is lost to a word in its middle.

/// A longer line announces nothing.
const MAX_LABEL_CHARS: usize = 60;
/// A longer paragraph is taken for the article's.
const MAX_ASIDE_CHARS: usize = 400;
/// A paragraph as long as this is the article's text: what dates and names it comes
/// after, and before, are not looked at.
const TEXT_CHARS: usize = 120;

/// The text without asides.
pub(super) fn remove(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let is_text = |line: &&str| line.chars().nth(TEXT_CHARS).is_some() && !is_aside(line);
    let is_last = |line: &&str| is_text(line) && !is_signature(line);
    let first = lines.iter().position(is_text).unwrap_or(0);
    let last = lines.iter().rposition(is_last).unwrap_or(lines.len());
    let mut kept = String::with_capacity(text.len());
    let mut is_in_list = false;
    for (at, line) in lines.iter().enumerate() {
        is_in_list = announces(line) || is_in_list && is_item(line);
        let is_out = is_in_list
            || is_aside(line)
            || at < first && is_dateline(line)
            || at > last && is_signature(line);
        if !is_out {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// A line in lower case from its first letter or digit on.
fn plain(line: &str) -> String {
    let line = line.to_lowercase();
    let start = line.find(char::is_alphanumeric).unwrap_or(line.len());
    line[start..].trim_end().to_owned()
}

/// A plain line without the signs at its end.
fn label(line: &str) -> &str {
    line.trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a line is a heading of a list of other articles.
fn announces(line: &str) -> bool {
    if line.chars().nth(MAX_LABEL_CHARS).is_some() {
        return false;
    }
    let line = plain(line);
    HEADINGS.contains(&label(&line)) || line.starts_with("more great ")
}

/// Whether a line may be in a list of headlines.
fn is_item(line: &str) -> bool {
    let ends_sentence = line
        .trim_end()
        .ends_with(['.', '!', '?', '…', '"', '”', '’', '»', '。']);
    line.starts_with("- ") || !ends_sentence && line.chars().nth(TEXT_CHARS).is_none()
}

/// What is an aside wherever it stands.
fn is_aside(line: &str) -> bool {
    if line.chars().nth(MAX_ASIDE_CHARS).is_some() {
        return false;
    }
    let line = plain(line);
    let begins = |starts: &[&str]| starts.iter().any(|start| line.starts_with(start));
    let label = label(&line);
    LABELS.contains(&label)
        || HEADINGS.contains(&label)
        || begins(POINTERS)
        || begins(CALLS)
        || begins(CREDITS)
        || line.contains("click here")
        || line.starts_with("follow ") && NETWORKS.iter().any(|name| line.contains(name))
        || !line.ends_with('.') && CREDIT_ENDS.iter().any(|end| label.ends_with(end))
}

/// What stands above a text: when it was published, and by whom.
fn is_dateline(line: &str) -> bool {
    const MAX_WORDS: usize = 16;
    let line = plain(line);
    let has_digit = line.contains(|c: char| c.is_ascii_digit());
    let words = || line.split(|c: char| !c.is_alphanumeric());
    line.split_whitespace().count() <= MAX_WORDS
        && (line.starts_with("by ")
            || has_digit && DATE_STARTS.iter().any(|start| line.starts_with(start))
            || words().any(is_day_name)
                && words().all(|word| is_day_name(word) || is_of_date(word)))
}

/// Whether a word is the name of a month or of a day, in full or not.
fn is_day_name(word: &str) -> bool {
    const NAMES: &[&str] = &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon",
        "tue", "wed", "thu", "fri", "sat", "sun",
    ];
    word.get(..3).is_some_and(|start| NAMES.contains(&start)) && word.len() <= 9
}

/// Whether another word may be in a line that is nothing but a date.
fn is_of_date(word: &str) -> bool {
    const SIGNS: &[&str] = &[
        "", "am", "pm", "a", "p", "m", "at", "utc", "gmt", "est", "edt", "pst", "pdt", "et", "pt",
    ];
    word.starts_with(|c: char| c.is_ascii_digit()) || SIGNS.contains(&word)
}

/// What stands below a text: who helped, and who the author is.
fn is_signature(line: &str) -> bool {
    let line = plain(line);
    line.chars().nth(MAX_ASIDE_CHARS).is_none()
        && (SIGNATURE_STARTS.iter().any(|start| line.starts_with(start))
            || SIGNATURES.iter().any(|part| line.contains(part)))
}

/// Headings of lists of other articles.
#[rustfmt::skip]
const HEADINGS: &[&str] = &[
    "more", "related", "related articles", "related stories", "related posts", "related post", "related links",
    "related content", "recommended", "recommended reading", "recommended stories", "don't miss", "don’t miss",
    "read more", "see also", "read also", "you may also like", "you might also like", "you may like",
    "further reading", "most read", "most popular", "trending", "trending now", "top stories", "latest news",
    "more from", "more stories", "more on this story", "more on this", "more on this topic", "more news",
    "mehr zum thema", "à lire aussi", "lire aussi", "leia também", "leia mais", "lea también", "leggi anche",
    "lees ook", "läs också", "zobacz też", "читайте также", "baca juga",
];
/// Networks that readers are asked to follow somebody on.
const NETWORKS: &[&str] = &[
    "twitter",
    "facebook",
    "instagram",
    "youtube",
    "linkedin",
    "tiktok",
    "telegram",
];
/// Lines that say only this.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "advertisement", "advert", "ad", "anzeige", "publicité", "publicidad", "pubblicità", "iklan", "reklama",
    "реклама", "comments", "comment", "post comment", "post a comment", "leave a comment", "share", "share this",
    "share this article", "sharing is caring", "print", "email", "close", "caption", "subscribe", "sign up",
    "view author archive", "email the author", "get author rss feed", "this slideshow requires javascript",
    "photo", "image", "loading", "continue reading below", "story continues below",
    "story continues below advertisement", "article continues below", "continue reading the main story",
    "home", "news",
];
/// What points to another article begins with this.
#[rustfmt::skip]
const POINTERS: &[&str] = &[
    "read more:", "read more on ", "read more about ", "read also:", "read also ", "also read:", "read next:",
    "read:", "see more:", "see also:", "related:", "related post:", "related story:", "related article:",
    "related stories:", "more:", "more on this:", "more from ", "more great ", "don't miss:",
    "don’t miss:", "you may also like:", "watch:", "watch now:", "watch more:", "recommended:",
    "lesen sie auch", "lesen sie mehr", "mehr zum thema", "lire aussi", "à lire aussi", "leia também",
    "leia mais", "lea también", "lea más", "leggi anche", "lees ook", "läs också", "les også", "læs også",
    "zobacz też", "czytaj też", "читайте также", "читать также", "baca juga",
];
/// What asks the reader to do something begins with this.
#[rustfmt::skip]
const CALLS: &[&str] = &[
    "click here", "sign up for", "sign up to", "sign up here", "subscribe to", "subscribe now", "get the latest ",
    "get breaking news", "like this story", "share this story", "have a tip?", "got a tip?", "follow us ",
    "join our ", "join us on", "download our ", "download the app", "download the free ", "tell us what you think", "image 1 of",
    "get our ", "want more news", "to get the latest", "get alerts", "filed under:", "posted by ", "posted in ",
];
/// What says whose a picture is begins with this.
#[rustfmt::skip]
const CREDITS: &[&str] = &[
    "photo:", "photos:", "photo by", "photos by", "photo credit", "photograph:", "image:", "image credit",
    "image copyright", "image caption", "image source", "picture:", "file photo", "file image", "credit:",
    "credit...", "foto:", "fotos:", "crédit photo", "bild:", "caption:", "media caption",
];
/// And ends with this.
const CREDIT_ENDS: &[&str] = &[
    "getty images",
    "ap photo",
    "via getty",
    "file photo",
    "shutterstock",
    "istock",
];
/// What says when a text was published begins with this.
#[rustfmt::skip]
const DATE_STARTS: &[&str] = &[
    "published", "first published", "updated", "last updated", "last modified", "posted", "publicado",
    "actualizado", "publié", "mis à jour", "veröffentlicht", "aktualisiert", "pubblicato", "aggiornato",
    "stand:", "опубликовано", "обновлено",
];
/// What says who made a text begins with this.
#[rustfmt::skip]
const SIGNATURE_STARTS: &[&str] = &[
    "reporting by ", "additional reporting", "editing by ", "edited by ", "writing by ", "written by ",
    "compiled by ", "translated by ", "source:", "sources:", "with reporting by", "with files from", "with inputs from",
];
/// Or has this in it.
#[rustfmt::skip]
const SIGNATURES: &[&str] = &[
    "contributed reporting", "contributed to this report", "contributed to this story", "contributed to this article",
    "follow him on", "follow her on", "follow them on", "on twitter @", "on twitter at @", "can be reached at",
    "may be reached at", "article first appeared", "article originally appeared", "article was originally published",
    "story was originally published", "associated press writer",
];

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "The harbour of the old town, which had been closed since the storm in the last week of \
        March, opened again on Monday, its master said.";
    const LAST: &str = "Also on Monday, the council met to hear how much the storm had cost, and who was to pay \
        for the new buoys and for the repair of the quay.";

    /// Reads a text with the given lines before, between and after its paragraphs.
    #[track_caller]
    fn check(lines: [&str; 3], kept: [&str; 3]) {
        let text = |lines: [&str; 3]| {
            let all = [lines[0], FIRST, lines[1], LAST, lines[2]];
            all.iter()
                .filter(|line| !line.is_empty())
                .map(|line| format!("{line}\n"))
                .collect::<String>()
        };
        assert_eq!(remove(&text(lines)), text(kept));
    }

    #[track_caller]
    fn check_gone(lines: [&str; 3]) {
        check(lines, ["", "", ""]);
    }

    #[test]
    fn pointers_calls_and_credits_go_anywhere() {
        check_gone(["Home", "Read more: Storm shuts the port", "Advertisement"]);
        check_gone([
            "",
            "[Related: What the storm cost]",
            "Lesen Sie auch: Der Hafen",
        ]);
        check_gone([
            "Photo: Ann Lee",
            "The quay in May. Bob Ray/Getty Images",
            "Sharing is caring!",
        ]);
        check_gone([
            "",
            "Sign up for our letter from the coast.",
            "Follow the Ledger on Facebook.",
        ]);
        check_gone([
            "",
            "Get the Coast Monthly by mail. Click here for more.",
            "",
        ]);
    }

    #[test]
    fn lists_go_with_their_heading() {
        check_gone([
            "",
            "More:\n- Storm shuts the port\n- Ferry firm fined",
            "Don’t miss\nA port in peril [VIDEO]",
        ]);
        let told = "You may also like:\n- Storm shuts the port\nThe master was not so sure.";
        check(["", told, ""], ["", "The master was not so sure.", ""]);
    }

    #[test]
    fn dates_and_bylines_go_before_the_text() {
        check_gone(["By Ann Lee", "", ""]);
        check_gone(["Mon 3 March 2025, 9:28 AM UTC", "", ""]);
        check_gone(["Published 1 day ago", "", ""]);
        for line in ["By Ann Lee", "10 p.m.", "Monday, 9:28"] {
            check(["", line, ""], ["", line, ""]);
        }
        check(["10 p.m.", "", ""], ["10 p.m.", "", ""]);
    }

    #[test]
    fn signatures_go_after_the_text() {
        check_gone(["", "", "(Reporting by Ann Lee; editing by Bob Ray)"]);
        check_gone(["", "", "Cy Poe contributed reporting from the coast."]);
        let told = "Source: the council";
        check([told, told, told], [told, told, ""]);
    }

    #[test]
    fn what_is_told_stays() {
        for line in [
            "Read the sign.",
            "More than that, he hoped.",
            "News of it spread.",
            "Photographs burned.",
        ] {
            check([line, line, line], [line, line, line]);
        }
        assert_eq!(remove(""), "");
    }
}
