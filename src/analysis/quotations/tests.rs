//! Tests of quotations: what is one, and who says it.

use proptest::prelude::*;

use super::quotations;

/// Each quotation as `speaker: words`, with `+` before those that continue the last.
fn listed(title: &str, text: &str) -> Vec<String> {
    let line = |quotation: &super::Quotation| {
        let speaker = quotation
            .speaker
            .as_ref()
            .map_or("", |speaker| speaker.name(title, text));
        let sign = if quotation.continues { "+" } else { "" };
        format!("{sign}{speaker}: {}", &text[quotation.range.clone()])
    };
    quotations(title, text).iter().map(line).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(listed("", text), expected);
}

#[test]
fn a_verb_behind_the_quotation_tells_who_speaks() {
    check(
        "“The bridge will open in May,” Ann Lee said.",
        &["Ann Lee: The bridge will open in May,"],
    );
    check(
        "\"The bridge is late,\" said Tom Fry, who built it.",
        &["Tom Fry: The bridge is late,"],
    );
    check("“Is it safe?” asked Fry.", &["Fry: Is it safe?"]);
    check(
        "“The bridge is safe,” Ann Lee, a lawyer for the Harbour Club, said.",
        &["Ann Lee: The bridge is safe,"],
    );
    check(
        "“It is safe,” according to Ann Lee.",
        &["Ann Lee: It is safe,"],
    );
}

#[test]
fn a_verb_before_the_quotation_tells_who_speaks() {
    check(
        "Ann Lee told reporters: “The bridge is late.”",
        &["Ann Lee: The bridge is late."],
    );
    check(
        "On Monday Ann Lee said that the bridge “will never pay for itself.”",
        &["Ann Lee: will never pay for itself."],
    );
    check(
        "Ann Lee, who met Tom Fry, called the bridge “a waste of money.”",
        &["Ann Lee: a waste of money."],
    );
    check(
        "Ann Lee attacked the plan, saying it “will never pay for itself.”",
        &["Ann Lee: will never pay for itself."],
    );
    check(
        "The plan was described by Ann Lee as “a waste of money.”",
        &["Ann Lee: a waste of money."],
    );
    check(
        "The Harbour Post quoted Ann Lee as saying “the bridge is late.”",
        &["Ann Lee: the bridge is late."],
    );
}

#[test]
fn others_quote_who_speaks() {
    check(
        "“The bridge is late,” Ann Lee was quoted as saying.",
        &["Ann Lee: The bridge is late,"],
    );
    check(
        "“The bridge is late,” the radio quoted Ann Lee as saying.",
        &["Ann Lee: The bridge is late,"],
    );
}

#[test]
fn the_nearest_verb_counts_and_its_subject_may_stand_far_before_it() {
    check(
        "Tom Fry gave no figures but said it was “cheaper than the old bridge.”",
        &["Tom Fry: cheaper than the old bridge."],
    );
    check(
        "Tom Fry told a man who asked him that the bridge “will open in May.”",
        &["Tom Fry: will open in May."],
    );
    check(
        "“It is late,” said Ann Lee. Tom Fry, her deputy, poked fun at the plan, writing: “Late again, as ever.”",
        &["Ann Lee: It is late,", "Tom Fry: Late again, as ever."],
    );
}

#[test]
fn titles_are_no_part_of_names() {
    let said = |who: &str| listed("", &format!("“The bridge is late,” said {who}."));
    let by = |name: &str| vec![format!("{name}: The bridge is late,")];
    assert_eq!(said("President Ann Lee"), by("Ann Lee"));
    assert_eq!(said("Norland's Foreign Minister Ann Lee"), by("Ann Lee"));
    assert_eq!(said("Rep. Ann B. Lee (R-Ohio)"), by("Ann B. Lee"));
    assert_eq!(said("Secretary of the Treasury Ann Lee"), by("Ann Lee"));
    assert_eq!(said("Harbour Club press secretary Ann Lee"), by("Ann Lee"));
    assert_eq!(said("the club's director, Ann Lee"), by("Ann Lee"));
    assert_eq!(said("Taoiseach Ann Lee"), by("Ann Lee"));
    assert_eq!(said("Mr. King"), by("King"));
    assert_eq!(said("Peter Baron"), by("Peter Baron"));
    assert_eq!(said("Mayor Bill de Quill"), by("Bill de Quill"));
    assert_eq!(said("President von der Quill"), by("von der Quill"));
    assert_eq!(said("Minister de Quill"), by(""));
    assert_eq!(said("the Kremlin"), by("Kremlin"));
    assert_eq!(said("a spokesman for the Harbour Club"), by(""));
    assert_eq!(said("officials"), by(""));
}

#[test]
fn pronouns_and_descriptions_mean_who_was_spoken_of_last() {
    check(
        "Ann Lee visited the bridge. “It is late,” she said.",
        &["Ann Lee: It is late,"],
    );
    check(
        "“It is late,” said Minister Ann Lee.\n\nThe work went on.\n\n“It is dear,” the minister added.",
        &["Ann Lee: It is late,", "Ann Lee: It is dear,"],
    );
}

#[test]
fn places_are_not_who_was_spoken_of() {
    check(
        "Zambia builds a bridge. “It is late and will never pay for itself,” the minister said.",
        &[": It is late and will never pay for itself,"],
    );
}

#[test]
fn quotations_go_on_after_their_attribution() {
    check(
        "“It is late,” Ann Lee said, “and it is dear. ” Tom Fry nodded.",
        &["Ann Lee: It is late,", "+Ann Lee: and it is dear."],
    );
    check(
        "“It is late,” Ann Lee said. “It is dear.”\n\n“We will see.”\n\n“No,” said Tom Fry.",
        &[
            "Ann Lee: It is late,",
            "+Ann Lee: It is dear.",
            "+Ann Lee: We will see.",
            "Tom Fry: No,",
        ],
    );
    check(
        "“We start here.\n\n“We go on.\n\n“We end,” said Ann Lee.",
        &[
            "Ann Lee: We start here.",
            "+Ann Lee: We go on.",
            "+Ann Lee: We end,",
        ],
    );
    check(
        "Ann Lee called it a waste of money. “It is late, and nobody knows why.”",
        &["Ann Lee: It is late, and nobody knows why."],
    );
    check(
        "Ann Lee continued:\n\n“It is late.”",
        &["Ann Lee: It is late."],
    );
}

#[test]
fn words_in_marks_that_nobody_says_are_left_out() {
    check(
        "The “deep bridge” is late. Tom Fry read “The Long Way Home Again Tonight” there.",
        &[],
    );
    check("It is 6'2\" wide and 5'4\" high, said Ann Lee.", &[]);
    check(
        "Ann Lee reads ‘em all, and the boys’ toys are the ’90s best.",
        &[],
    );
    check(
        "It was seen as “a plan that nobody wanted to pay for”.",
        &[": a plan that nobody wanted to pay for"],
    );
}

#[test]
fn marks_inside_others_belong_to_the_outer_ones() {
    check(
        "“He told me ‘never again’ and left,” said Ann Lee.",
        &["Ann Lee: He told me ‘never again’ and left,"],
    );
    check(
        "‘It is the girls’ turn,’ said Ann Lee.",
        &["Ann Lee: It is the girls’ turn,"],
    );
    check("``It is late,'' said Ann Lee.", &["Ann Lee: It is late,"]);
    check(
        "\"He said \"no\" to all of it,\" Ann Lee said.",
        &["Ann Lee: He said \"no\" to all of it,"],
    );
}

#[test]
fn an_open_mark_swallows_no_article() {
    check(
        "“It is late.\n\nThe bridge was begun in May.\n\nIt rained.",
        &[": It is late."],
    );
}

#[test]
fn a_mark_that_nobody_closes_ends_where_the_next_opens() {
    check(
        "“It is late, said Ann Lee. “It is dear,” said Tom Fry.",
        &["Tom Fry: It is dear,"],
    );
}

#[test]
fn other_languages_have_their_marks_and_verbs() {
    check(
        "„Die Brücke kommt spät“, sagte Minister Karl Brandt.",
        &["Karl Brandt: Die Brücke kommt spät"],
    );
    check(
        "« Le pont est en retard », a déclaré Luc Moreau.",
        &["Luc Moreau: Le pont est en retard"],
    );
    check(
        "«El puente llega tarde», dijo el ministro Juan Ortega.",
        &["Juan Ortega: El puente llega tarde"],
    );
    check(
        "«Мост опаздывает на год», — заявил министр Иван Петренков.",
        &["Иван Петренков: Мост опаздывает на год"],
    );
    check(
        "«Міст запізнюється на рік», — сказала Ганна Вовк.",
        &["Ганна Вовк: Міст запізнюється на рік"],
    );
}

#[test]
fn labels_of_a_transcript_tell_who_speaks() {
    let text = "Harbour Hall\n\nMS. LEE:  Good morning.\n\nThe bridge is late.\n\nQ   Why?\n\n\
                THE PRESIDENT:  “Why,” he asks. (Laughter.)\n\n(Applause.)\n\nEND 3:05 P.M.";
    assert_eq!(
        listed("Remarks by President Fry at the Bridge", text),
        [
            "LEE: Good morning.",
            "+LEE: The bridge is late.",
            ": Why?",
            "Fry: “Why,” he asks. (Laughter.)"
        ]
    );
    check(
        "Mr. Lee: It is late.\nMr. Fry: Why?\nMr. Lee: It rained.\nMr. Fry: I see.",
        &[
            "Lee: It is late.",
            "Fry: Why?",
            "Lee: It rained.",
            "Fry: I see.",
        ],
    );
    check("NOTE: The bridge is closed.\n\nUPDATE: It is open.", &[]);
}

#[test]
fn labels_have_small_words_of_names() {
    check(
        "Ann de Quill: The bridge is late.\n\nTom Fry: It is not.\n\nAnn de Quill: It is.\n\nTom Fry: No.",
        &[
            "Ann de Quill: The bridge is late.",
            "Tom Fry: It is not.",
            "Ann de Quill: It is.",
            "Tom Fry: No.",
        ],
    );
}

#[test]
fn statements_are_the_words_of_whom_the_title_names() {
    let text = "I welcome the new bridge of our harbour.\n\nWe have waited long enough for it.";
    let paragraphs = [
        "I welcome the new bridge of our harbour.",
        "We have waited long enough for it.",
    ];
    let expected = [
        format!("Ann Lee: {}", paragraphs[0]),
        format!("+Ann Lee: {}", paragraphs[1]),
    ];
    assert_eq!(
        listed("Statement from President Ann Lee on the Bridge", text),
        expected
    );
    assert_eq!(listed("President Ann Lee on the Bridge", text), [""; 0]);
    let about = "The words of Ann Lee drew anger in the harbour.";
    assert_eq!(listed("Remarks by Ann Lee draw anger", about), [""; 0]);
}

#[test]
fn a_person_before_a_colon_speaks() {
    check(
        "Ann Lee, Director, Harbour Club: “The bridge is good news.”",
        &["Ann Lee: The bridge is good news."],
    );
    check(
        "“The bridge is good news for all.” — Ann Lee",
        &["Ann Lee: The bridge is good news for all."],
    );
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("“"),
        Just("”"),
        Just("\""),
        Just("‘"),
        Just("’"),
        Just("«"),
        Just("»"),
        Just("„"),
        Just("``"),
        Just("''"),
        Just("Ann Lee"),
        Just(" said"),
        Just(" he "),
        Just(", "),
        Just(". "),
        Just(": "),
        Just("\n\n"),
        Just("\n"),
        Just(" — "),
        Just("Q  "),
        Just("MS. LEE: "),
        Just("THE PRESIDENT: "),
        Just(" to "),
        Just("("),
        Just("-   "),
        Just(") "),
        Just("Mr. "),
        Just(" the minister"),
        Just("заявил"),
        Just(" who "),
        Just("\u{a0}"),
        Just("according to "),
        Just(" by "),
        Just("of the Treasury "),
        Just(" saying "),
        Just("a "),
        Just("’s "),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn quotations_are_in_order_and_of_the_text(
        title in prop_oneof![pieces(), Just("Statement by President Ann Lee".to_owned())],
        text in prop_oneof![pieces(), any::<String>()],
    ) {
        let mut end = 0;
        for quotation in quotations(&title, &text) {
            prop_assert!(quotation.range.start >= end);
            end = quotation.range.end;
            prop_assert!(!text[quotation.range].is_empty());
            if let Some(speaker) = &quotation.speaker {
                prop_assert!(!speaker.name(&title, &text).is_empty());
            }
            if let Some(cue) = quotation.cue {
                prop_assert!(!text[cue].is_empty());
            }
        }
    }
}
