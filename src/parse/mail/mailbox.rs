//! Mailboxes: many mails in a file, each after a line that starts with `From `.
//!
//! In: the bytes of an mbox file. Out: the mails, one in memory at a time, with
//! the `>` taken off that protects such lines inside a mail.

use std::io::{BufRead, BufReader, Read};

/// A longer line parts no mails.
const MAX_SEPARATOR_BYTES: usize = 500;

/// The mails of a mailbox, one after the other.
pub(super) struct Mailbox<R> {
    reader: BufReader<R>,
    line: Vec<u8>,
    max_bytes: usize,
}

impl<R: Read> Mailbox<R> {
    /// A mail over `max_bytes` is cut off there.
    pub(super) fn new(reader: R, max_bytes: usize) -> Self {
        let mut mailbox = Self {
            reader: BufReader::new(reader),
            line: Vec::new(),
            max_bytes,
        };
        mailbox.read_line();
        mailbox
    }

    /// Reads the next mail into `mail`; `None` at the end, and whether it was all of it.
    pub(super) fn next_mail(&mut self, mail: &mut Vec<u8>) -> Option<bool> {
        mail.clear();
        let mut is_all = true;
        // The line between the mails has been read.
        if self.line.is_empty() {
            return None;
        }
        let mut is_after_blank = false;
        while self.read_line() {
            if is_after_blank && is_separator(&self.line) {
                return Some(is_all);
            }
            is_after_blank = matches!(&*self.line, b"\n" | b"\r\n");
            if mail.len() + self.line.len() > self.max_bytes {
                is_all = false;
            }
            if is_all {
                mail.extend_from_slice(unquoted(&self.line));
            }
        }
        Some(is_all)
    }

    /// Reads a line, or so much of it as a mail may have; false at the end.
    fn read_line(&mut self) -> bool {
        self.line.clear();
        let mut bounded = self.reader.by_ref().take(self.max_bytes as u64 + 1);
        // What cannot be read is reported by who unpacks the file.
        let _ = bounded.read_until(b'\n', &mut self.line);
        !self.line.is_empty()
    }
}

/// Whether a line parts two mails: `From`, an address, and a date with its day of the
/// week, as no sentence has it.
pub(super) fn is_separator(line: &[u8]) -> bool {
    const DAYS: &[&str] = &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let rest = String::from_utf8_lossy(&rest[..rest.len().min(MAX_SEPARATOR_BYTES)]);
    let words = rest.split_ascii_whitespace().skip(1);
    let mut date = words.skip_while(|word| !DAYS.contains(&word.trim_end_matches(',')));
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_time = |word: &str| word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit());
    date.next().is_some() && date.clone().any(is_year) && date.any(is_time)
}

/// `>From ` without its first `>`.
fn unquoted(line: &[u8]) -> &[u8] {
    let quotes = line.iter().take_while(|byte| **byte == b'>').count();
    if quotes > 0 && line[quotes..].starts_with(b"From ") {
        return &line[1..];
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mails(text: &str, max_bytes: usize) -> Vec<(String, bool)> {
        let mut mailbox = Mailbox::new(text.as_bytes(), max_bytes);
        let mut mail = Vec::new();
        let mut mails = Vec::new();
        while let Some(is_all) = mailbox.next_mail(&mut mail) {
            mails.push((String::from_utf8(mail.clone()).unwrap(), is_all));
        }
        mails
    }

    const FROM: &str = "From ann@meridian.example Sat Mar 15 08:30:00 2025\n";

    #[test]
    fn lines_from_part_mails() {
        let text = format!("{FROM}A: b\n\none\n>From here\n\nFrom there\n\n{FROM}A: c\n");
        let first = "A: b\n\none\nFrom here\n\nFrom there\n\n";
        let expected = [(first.to_owned(), true), ("A: c\n".to_owned(), true)];
        assert_eq!(mails(&text, 1_000), expected);
        assert_eq!(mails("", 10), []);
    }

    #[test]
    fn sentences_part_no_mails() {
        for line in [
            "From January 2025 at 8:30 the fees rise.",
            "From Sat Mar 15 08:30:00",
            "From there",
        ] {
            assert!(!is_separator(line.as_bytes()), "{line}");
        }
        for line in [
            "From - Sat Mar 15 08:30:00 2025",
            "From 17@xxx Sat Mar 15 08:30:00 +0000 2025",
            "From ann lee@a.example Sat, 15 Mar 2025 08:30 GMT\r",
        ] {
            assert!(is_separator(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn a_mail_over_the_limit_ends_there() {
        let text = format!("{FROM}{}\n\n{FROM}b\n", "a".repeat(500));
        let mails = mails(&text, 100);
        assert_eq!(mails.len(), 2);
        assert_eq!((mails[0].1, &mails[1]), (false, &("b\n".to_owned(), true)));
    }
}
