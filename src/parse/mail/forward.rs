//! Mails that were forwarded within the text of another.
//!
//! In: the text of a mail. Out: what it says about the mail that it forwards, and the
//! text of that. Only a text that begins with a forwarded mail is one: whoever writes
//! something above it has an article of their own.

/// The lines that mail programs put before a forwarded mail, in lower case, without
/// their ornaments.
const MARKS: &[&str] = &[
    "forwarded message",
    "begin forwarded message",
    "original message",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht",
    "ursprüngliche nachricht",
    "message transféré",
    "début du message transféré",
    "message d'origine",
    "mensaje reenviado",
    "messaggio inoltrato",
    "inizio messaggio inoltrato",
    "пересылаемое сообщение",
    "пересланное сообщение",
];
const SENDERS: &[&str] = &["from", "von", "de", "da", "от", "от кого"];
const DATES: &[&str] = &[
    "date", "sent", "datum", "gesendet", "envoyé", "fecha", "data", "дата",
];
const SUBJECTS: &[&str] = &["subject", "betreff", "objet", "asunto", "oggetto", "тема"];
/// Lines about those who got the mail.
const RECEIVERS: &[&str] = &[
    "to",
    "cc",
    "reply-to",
    "an",
    "kopie",
    "antwort an",
    "à",
    "para",
    "a",
    "кому",
    "копия",
];

/// A forwarded mail.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Forwarded<'a> {
    /// The name of its sender, or nothing.
    pub(super) name: &'a str,
    pub(super) address: &'a str,
    pub(super) date: &'a str,
    pub(super) subject: &'a str,
    pub(super) text: &'a str,
}

/// The mail that a text forwards.
pub(super) fn read(text: &str) -> Option<Forwarded<'_>> {
    let text = text.trim_start();
    let (mark, mut rest) = text.split_once('\n')?;
    let mark = mark
        .trim_matches(|c: char| !c.is_alphabetic())
        .to_lowercase();
    MARKS.contains(&mark.as_str()).then_some(())?;
    let mut mail = Forwarded::default();
    let mut sender = "";
    loop {
        rest = rest.trim_start();
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        let name = name.trim_matches(['*', ' ', '\u{a0}']).to_lowercase();
        let value = value.trim_matches(['*', ' ', '\u{a0}', '\r']);
        let is = |names: &[&str]| names.contains(&name.as_str());
        match () {
            () if is(SENDERS) && sender.is_empty() => sender = value,
            () if is(DATES) && mail.date.is_empty() => mail.date = value,
            () if is(SUBJECTS) && mail.subject.is_empty() => mail.subject = value,
            () if is(RECEIVERS) => {}
            () => break,
        }
        rest = after;
    }
    let (name, address) = sender.split_once(['<', '[']).unwrap_or((sender, ""));
    mail.name = name.trim().trim_matches(['"', '\'', '*']);
    mail.address = address
        .trim_start_matches("mailto:")
        .trim_end_matches(['>', ']']);
    mail.text = rest;
    (!sender.is_empty()).then_some(mail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mail_within_is_told_by_its_lines() {
        let text = "---------- Forwarded message ---------\nFrom: *Meridian Post* <news@meridian.example>\n\
                    Date: Fri, Mar 14, 2025 at 7:00 AM\nSubject: Fees: again\nTo: <bob@home.example>\n\n\n\
                    Note: the fees rise.\n";
        let mail = Forwarded {
            name: "Meridian Post",
            address: "news@meridian.example",
            date: "Fri, Mar 14, 2025 at 7:00 AM",
            subject: "Fees: again",
            text: "Note: the fees rise.\n",
        };
        assert_eq!(read(text), Some(mail));
        let text = "Anfang der weitergeleiteten Nachricht:\r\n\r\nVon: Ann Lee\r\n\r\nBetreff: Boote\r\n\r\nText";
        let mail = read(text).unwrap();
        assert_eq!(
            (mail.name, mail.subject, mail.text),
            ("Ann Lee", "Boote", "Text")
        );
    }

    #[test]
    fn other_texts_forward_nothing() {
        for text in [
            "",
            "Forwarded message",
            "Forwarded message\nThe text.",
            "See below.\n---- Original Message ----\nFrom: Ann Lee\n\nText",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
