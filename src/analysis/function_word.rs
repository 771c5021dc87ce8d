//! Words that bind others together and say little themselves.
//!
//! In: the exact form of a word. Out: whether it is a function word of English.
//!
//! How rare a word is in an archive does not tell: "would" and "what" are rarer in
//! news than "said", yet in a question they ask for nothing. Only English has a
//! list: a word of the list may be a name or a noun in another language, and there
//! it loses weight as well, but a query of function words alone keeps all of them.

/// Sorted within each line; a line a kind: determiners, pronouns, prepositions,
/// conjunctions, auxiliaries, adverbs of degree and place, question words.
const ENGLISH: &[&[&str]] = &[
    &[
        "a", "all", "an", "any", "both", "each", "every", "few", "more", "most", "no", "other",
        "own", "same", "some", "such", "that", "the", "these", "this", "those",
    ],
    &[
        "he",
        "her",
        "hers",
        "herself",
        "him",
        "himself",
        "his",
        "i",
        "i'd",
        "i'll",
        "i'm",
        "i've",
        "it",
        "its",
        "itself",
        "me",
        "my",
        "myself",
        "our",
        "ours",
        "ourselves",
        "she",
        "their",
        "theirs",
        "them",
        "themselves",
        "they",
        "us",
        "we",
        "you",
        "your",
        "yours",
        "yourself",
        "yourselves",
    ],
    &[
        "about", "above", "after", "against", "at", "before", "below", "between", "by", "during",
        "for", "from", "in", "into", "of", "off", "on", "out", "over", "through", "to", "under",
        "until", "up", "upon", "with",
    ],
    &[
        "and", "as", "because", "but", "if", "nor", "or", "than", "while",
    ],
    &[
        "am", "are", "aren't", "be", "been", "being", "can", "can't", "cannot", "could", "did",
        "do", "does", "doing", "don't", "had", "has", "have", "having", "is", "isn't", "let",
        "may", "might", "must", "ought", "shall", "should", "was", "were", "will", "would",
    ],
    &[
        "again", "also", "down", "further", "here", "not", "once", "only", "so", "then", "there",
        "too", "very",
    ],
    &[
        "how", "what", "when", "where", "whether", "which", "who", "whom", "why",
    ],
];

/// Whether the exact form of a word, as [`super::Lexicon`] gives it, is a function word.
pub fn is_function_word(exact: &str) -> bool {
    ENGLISH
        .iter()
        .any(|kind| kind.binary_search(&exact).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_told_from_others() {
        for word in ["the", "of", "would", "i'm", "whom"] {
            assert!(is_function_word(word), "{word}");
        }
        for word in ["talks", "u.s", "against-the", "", "said"] {
            assert!(!is_function_word(word), "{word}");
        }
    }

    #[test]
    fn the_list_can_be_looked_up() {
        for kind in ENGLISH {
            assert!(kind.is_sorted(), "{kind:?}");
        }
    }
}
