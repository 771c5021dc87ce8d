//! A clause asked for less strictly.
//!
//! In: a clause. Out: clauses that match whatever it matches and more, the nearest first.

use crate::analysis::WordForm;
use crate::query::{Clause, Nearness, Reach, TextField, Word};

/// The distance that a NEAR is widened to first, in words.
const WIDE_WORDS: u32 = 20;

/// The gaps that a phrase is widened to first, in words.
const WIDE_GAPS: u32 = 3;

/// How many shorter names a name is widened to.
const MAX_SHORTER: usize = 3;

/// The wider forms of a clause; none of one that has none but to be left out.
pub(super) fn wider_forms(clause: &Clause) -> Vec<Clause> {
    match clause {
        Clause::Near(near) => wider_near(near),
        Clause::NotNear(near) => vec![near.left.clone()],
        Clause::Word { field, word } => wider_word(*field, word),
        Clause::Phrase { field, words, gaps } => wider_phrase(*field, words, *gaps),
        Clause::AtLeast { clause, .. } => vec![(**clause).clone()],
        Clause::Actor { field, name } => wider_name(*field, name),
        Clause::Said {
            field,
            speaker,
            clause,
        } => wider_said(*field, speaker, clause),
        Clause::Weighted { weight, clause } => {
            let forms = wider_forms(clause).into_iter();
            forms.map(|form| Clause::weighted(form, *weight)).collect()
        }
        Clause::Or(clauses) => {
            let each: Vec<Vec<Clause>> = clauses.iter().map(wider_forms).collect();
            let furthest = each.iter().map(Vec::len).max().unwrap_or(0);
            let step = |step: usize| {
                let members = each.iter().zip(clauses).map(|(forms, clause)| {
                    let form = forms.get(step).or(forms.last());
                    form.unwrap_or(clause).clone()
                });
                Clause::or(members.collect())
            };
            (0..furthest).map(step).collect()
        }
        _ => Vec::new(),
    }
}

fn wider_near(near: &Nearness) -> Vec<Clause> {
    let as_near = |reach, in_order| {
        Clause::Near(Box::new(Nearness {
            reach,
            in_order,
            ..near.clone()
        }))
    };
    let mut forms = Vec::new();
    if near.in_order {
        forms.push(as_near(near.reach, false));
    }
    if matches!(near.reach, Reach::Words(words) if words < WIDE_WORDS) {
        forms.push(as_near(Reach::Words(WIDE_WORDS), false));
    }
    if near.reach != Reach::Paragraph {
        forms.push(as_near(Reach::Paragraph, false));
    }
    forms.push(Clause::and(vec![near.left.clone(), near.right.clone()]));
    // A side may be what is too strict, if it stays one that has places.
    let field = near.left.positional_field();
    let sides = |side: &Clause| {
        let forms = wider_forms(side).into_iter();
        forms.filter(move |form| form.positional_field() == field)
    };
    forms.extend(sides(&near.left).map(|left| {
        let right = near.right.clone();
        Clause::Near(Box::new(Nearness {
            left,
            right,
            ..*near
        }))
    }));
    forms.extend(sides(&near.right).map(|right| {
        let left = near.left.clone();
        Clause::Near(Box::new(Nearness {
            left,
            right,
            ..*near
        }))
    }));
    forms
}

/// A person by fewer words of the name, and anywhere in the text.
fn wider_name(field: TextField, name: &str) -> Vec<Clause> {
    let actor = |field, name: &str| Clause::Actor {
        field,
        name: name.to_owned(),
    };
    let mut forms: Vec<Clause> = shorter(name).map(|name| actor(field, name)).collect();
    if field != TextField::Text {
        forms.push(actor(TextField::Text, name));
    }
    forms
}

/// A name without its first words, or some of them.
fn shorter(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |name| name.split_once(' ').map(|split| split.1))
        .skip(1)
        .take(MAX_SHORTER)
}

/// A quotation of less, or of someone with fewer names; words that the person may have said
/// elsewhere, beside any quotation.
fn wider_said(field: TextField, speaker: &str, clause: &Clause) -> Vec<Clause> {
    let said = |speaker: &str, clause: &Clause| Clause::Said {
        field,
        speaker: speaker.to_owned(),
        clause: Box::new(clause.clone()),
    };
    let inner = wider_forms(clause);
    let inner = inner
        .iter()
        .filter(|form| form.quotable_field() == Some(field));
    let mut forms: Vec<Clause> = inner.map(|form| said(speaker, form)).collect();
    forms.extend(shorter(speaker).map(|speaker| said(speaker, clause)));
    if *clause != Clause::All {
        forms.push(Clause::and(vec![
            Clause::any_quotation(field, speaker),
            clause.clone(),
        ]));
    }
    forms
}

fn wider_word(field: TextField, word: &Word) -> Vec<Clause> {
    let as_word = |field, form| {
        let text = word.text.clone();
        Clause::Word {
            field,
            word: Word { text, form },
        }
    };
    let mut forms = Vec::new();
    if word.form == WordForm::Exact {
        forms.push(as_word(field, WordForm::Stem));
    }
    if field != TextField::Text {
        forms.push(as_word(TextField::Text, word.form));
    }
    if word.form == WordForm::Stem {
        forms.extend([1, 2].map(|edits| as_word(field, WordForm::Fuzzy(edits))));
    }
    forms
}

fn wider_phrase(field: TextField, words: &[Word], gaps: u32) -> Vec<Clause> {
    let as_phrase = |field, gaps, words: &[Word]| Clause::Phrase {
        field,
        words: words.to_vec(),
        gaps,
    };
    let mut forms = Vec::new();
    if words.iter().any(|word| word.form == WordForm::Exact) {
        let inflected = |word: &Word| match word.form {
            WordForm::Exact => Word::stem(word.text.clone()),
            _ => word.clone(),
        };
        let inflected: Vec<Word> = words.iter().map(inflected).collect();
        forms.push(as_phrase(field, gaps, &inflected));
    }
    if gaps < WIDE_GAPS {
        forms.push(as_phrase(field, WIDE_GAPS, words));
    }
    if field != TextField::Text {
        forms.push(as_phrase(TextField::Text, gaps, words));
    }
    let word = |word: &Word| Clause::Word {
        field,
        word: word.clone(),
    };
    forms.push(Clause::and(words.iter().map(word).collect()));
    forms
}
