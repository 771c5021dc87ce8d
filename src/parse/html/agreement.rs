//! Compares the main text that was found with the copy of it that a page holds for
//! search engines, and lets that copy decide where the two agree.
//!
//! In: the text found, in paragraphs, and the copy (`articleBody` of JSON-LD), which
//! often has no paragraphs. Out: a text.
//!
//! Two texts are compared by their runs of four words. A copy of only the first
//! sentences, which is common, decides nothing.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashSet};

/// Words to a run.
const RUN: usize = 4;
/// A text found that is shorter is doubted.
const MIN_CHARS: usize = 250;
/// The share of a text, in percent, that must be in another for it to hold it all.
const HELD: usize = 90;
/// The share of the text found, in percent, that a copy of the whole article has.
const MOST: usize = 75;
/// A paragraph with a smaller share of it in the copy, in percent, is not the article's.
const FOREIGN: usize = 20;
/// A copy is the fuller text if it has more than so many percent of the other's runs.
const FULLER: usize = 150;

/// The text found, or its paragraphs that the copy has too, or the copy.
pub(super) fn settle(found: String, copy: &str) -> String {
    let copied = runs(copy);
    if copied.len() < RUN {
        return found;
    }
    let found_runs = runs(&found);
    let shared = found_runs.iter().filter(|run| copied.contains(run)).count();
    let is_doubtful = found.chars().nth(MIN_CHARS).is_none();
    let is_part = percent(shared, found_runs.len()) >= HELD;
    if copied.len() * 100 > found_runs.len() * FULLER && (is_doubtful || is_part) {
        return copy.to_owned();
    }
    let is_whole = percent(shared, found_runs.len()) >= MOST;
    if !is_whole || percent(shared, copied.len()) < HELD {
        return found;
    }
    let is_foreign = |line: &str| {
        let runs = runs(line);
        let known = runs.iter().filter(|run| copied.contains(run)).count();
        !runs.is_empty() && percent(known, runs.len()) < FOREIGN
    };
    let lines: Vec<&str> = found.lines().filter(|line| !is_foreign(line)).collect();
    lines.join("\n")
}

fn percent(part: usize, whole: usize) -> usize {
    part * 100 / whole.max(1)
}

/// The runs of words of a text, as hashes; none if it has fewer words.
fn runs(text: &str) -> FxHashSet<u64> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let hash = |run: &[&str]| FxBuildHasher.hash_one(run);
    words.windows(RUN).map(hash).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The harbour of the town opened again on Monday after the storm.\n\n\
        Its master said that the first ships had been let in before noon.\n\n\
        More would follow, he said, once the buoys were back in their places.\n\n\
        The storm had torn them from their chains on the night before Sunday.";

    #[track_caller]
    fn check(found: &str, copy: &str, text: &str) {
        let settled = settle(found.to_owned(), copy);
        let lines = |text: &str| {
            text.lines()
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(lines(&settled), lines(text));
    }

    #[test]
    fn what_only_the_page_has_goes_if_it_has_all_of_the_copy() {
        let page = TEXT.replacen("\n\n", "\n\nA crane at the old quay in May\n\n", 1);
        let copy = TEXT.replace("\n\n", " ");
        check(&page, &copy, TEXT);
    }

    #[test]
    fn a_fuller_copy_stands_in_for_its_start() {
        let start = TEXT.lines().next().unwrap_or_default();
        check(start, TEXT, TEXT);
        check("", TEXT, TEXT);
    }

    #[test]
    fn a_copy_of_the_start_or_of_another_text_decides_nothing() {
        let other = "Quite another text, about the price of bread in the valley this year.";
        let long = format!("{TEXT}\n\n{}", TEXT.to_uppercase());
        for copy in ["", "one two", &TEXT[..90], other] {
            check(&long, copy, &long);
        }
    }
}
