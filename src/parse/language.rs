//! Names the language of an article.
//!
//! In: its text. Out: an ISO 639-1 code in lower case, or nothing rather than a
//! guess.

use whatlang::Lang;

use crate::analysis::language_code;

/// How much of a text is looked at.
const SAMPLE_BYTES: usize = 2_000;
/// Shorter texts are not guessed at.
const MIN_CHARS: usize = 200;

/// The language that a text is plainly written in.
pub(super) fn detect(body: &str) -> Option<String> {
    let sample = &body[..body.floor_char_boundary(SAMPLE_BYTES)];
    sample.chars().nth(MIN_CHARS - 1)?;
    if is_plainly_english(sample) {
        return Some("en".to_owned());
    }
    let guess = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?;
    Some(code(guess.lang()))
}

/// Whether words that only English has are as frequent as they are there. The
/// detector takes longer than all the rest of reading an article does, and on
/// such texts it always agrees.
fn is_plainly_english(sample: &str) -> bool {
    const WORDS: &[&str] = &["the", "of", "and", "that", "with"];
    let (mut all, mut english) = (0, 0);
    for word in sample.split_ascii_whitespace() {
        all += 1;
        english += usize::from(WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)));
    }
    english >= 5 && english * 10 >= all
}

fn code(lang: Lang) -> String {
    language_code(lang.code()).unwrap_or_else(|| lang.code().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_not_guessed_at() {
        assert_eq!(detect("The president said on Monday."), None);
        let long = "The president said on Monday that the talks would go on for a week. ".repeat(5);
        assert_eq!(detect(&long).as_deref(), Some("en"));
    }
}
