//! Makes addresses of file paths.

use std::fmt::Write as _;

/// The `file://` address of an absolute path, percent-encoded.
pub(super) fn file_url(path: &str) -> String {
    let mut url = String::from("file://");
    if !path.starts_with('/') {
        url.push('/');
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_no_plain_letter_is_encoded() {
        assert_eq!(
            file_url("/a b/Київ#1?\u{1B}.md"),
            "file:///a%20b/%D0%9A%D0%B8%D1%97%D0%B2%231%3F%1B.md"
        );
    }
}
