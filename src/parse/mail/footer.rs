//! Takes from a newsletter what its software put there.
//!
//! In: the text of a mail. Out: the same without the line that offers it in a
//! browser, without lines of ornament, and without what follows the way to
//! unsubscribe.

/// What the lines say that end a newsletter, in lower case.
const ENDS: &[&str] = &[
    "unsubscribe",
    "opt out of receiving",
    "opt out of these",
    "opt out of future",
    "opt out here",
    "update your preferences",
    "manage your preferences",
    "manage your subscription",
    "manage preferences",
    "email preferences",
    "you are receiving this",
    "you're receiving this",
    "you received this email",
    "this email was sent to",
    "this message was sent to",
    "newsletter abbestellen",
    "abmelden",
    "diese e-mail wurde an",
    "se désabonner",
    "se désinscrire",
    "désinscription",
    "vous recevez cet",
    "darse de baja",
    "cancelar la suscripción",
    "annulla l'iscrizione",
    "disiscriviti",
    "wypisz się",
    "отписаться",
    "отказаться от рассылки",
    "відписатися",
];
/// What the lines say that offer a newsletter in another form.
const OFFERS: &[&str] = &[
    "in your browser",
    "in browser",
    "in a browser",
    "online version",
    "web version",
    "im browser",
    "dans votre navigateur",
    "version en ligne",
    "en el navegador",
    "nel browser",
    "в браузере",
    "у браузері",
];
/// A paragraph that is longer is a text about subscriptions.
const MAX_END_CHARS: usize = 400;
/// More words are no mere footer; addresses count as one.
const MAX_FOOTER_WORDS: usize = 250;
/// A line that is longer is no mere offer.
const MAX_OFFER_CHARS: usize = 120;

/// The text without what is not the newsletter's own.
pub(super) fn without_footers(text: &str) -> String {
    let text = text.replace('\r', "");
    let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    for line in &mut lines {
        if !line.chars().any(char::is_alphanumeric) {
            *line = "";
        }
    }
    let filled: Vec<usize> = (0..lines.len())
        .filter(|&at| !lines[at].is_empty())
        .collect();
    // The way out stands in the second half, near the end; what comes before it is the
    // letter.
    let second_half = &filled[filled.len().div_ceil(2)..];
    let mut words = 0;
    let near_end = second_half.iter().rev().take_while(|&&at| {
        words += lines[at].split_whitespace().count();
        words <= MAX_FOOTER_WORDS
    });
    let end = near_end
        .filter(|&&at| says(lines[at], ENDS, MAX_END_CHARS))
        .last();
    if let Some(&end) = end {
        lines.truncate(end);
    }
    let offers: Vec<usize> = filled.into_iter().take(4).collect();
    for at in offers.into_iter().rev() {
        if lines
            .get(at)
            .is_some_and(|line| says(line, OFFERS, MAX_OFFER_CHARS))
        {
            lines.remove(at);
        }
    }
    lines.join("\n").trim().to_owned()
}

fn says(line: &str, phrases: &[&str], max_chars: usize) -> bool {
    let lower = line.to_lowercase();
    line.chars().nth(max_chars).is_none() && phrases.iter().any(|phrase| lower.contains(phrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_is_what_remains() {
        let text = "View this letter in your browser\n\nHarbour fees rise.\n\n* * *\n\nThe end.\n\n\
                    You can unsubscribe here.\n12 Quay Street";
        assert_eq!(without_footers(text), "Harbour fees rise.\n\n\n\nThe end.");
    }

    #[test]
    fn a_letter_about_subscriptions_is_kept() {
        let text = "Readers unsubscribe from papers.\n\nThey say why.\n\nThe end.";
        assert_eq!(without_footers(text), text);
        let rest = "Boats wait for the tide.\n\n".repeat(80);
        let text =
            format!("{rest}Then readers unsubscribe, or\nopt out of fees.\n\n{rest}The end.");
        assert_eq!(without_footers(&text), text);
        assert_eq!(without_footers(""), "");
    }
}
