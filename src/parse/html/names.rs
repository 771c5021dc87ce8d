//! Reads what web developers call things: classes, ids, properties.
//!
//! In: the value of such an attribute. Out: its words.

/// The words of a name or of several, in lower case, with a space between two:
/// `article-body__relatedLinks` gives `article body related links`.
pub(super) fn words(value: &str) -> String {
    let mut words = String::with_capacity(value.len() + 8);
    let mut was_lower = false;
    for c in value.chars() {
        let is_end = !c.is_ascii_alphanumeric() || (was_lower && c.is_ascii_uppercase());
        if is_end && !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
        if c.is_ascii_alphanumeric() {
            words.push(c.to_ascii_lowercase());
        }
        was_lower = c.is_ascii_lowercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn humps_and_signs_part_words() {
        assert_eq!(
            words("article-body__relatedLinks"),
            "article body related links"
        );
        assert_eq!(words("  wp:HTML5 a"), "wp html5 a");
        assert_eq!(words(""), "");
    }
}
