//! Tests of sentences: by rule, by language, and properties of any text.

use proptest::prelude::*;

use super::*;
use crate::analysis::tokens;

/// The sentences of a text, which `|` parts in `expected`; a space around it is left out.
#[track_caller]
fn check_in(lang: &str, expected: &str) {
    let parted: Vec<_> = expected.split('|').map(str::trim).collect();
    let text = expected.replace('|', "");
    let found: Vec<_> = sentences(&text, Language::of(Some(lang)))
        .map(|range| &text[range])
        .collect();
    assert_eq!(found, parted);
}

#[track_caller]
fn check(expected: &str) {
    check_in("en", expected);
}

#[test]
fn signs_end_sentences_before_capitals() {
    check("The ferry left. |It was late! |Was it full? |No one knows.");
    check("They waited … |Then it came... |At last?! |It did.");
    check("“What?” asked the captain. |“Why now!” cried another.");
    check("He paused . . . and went on . . . |Then he sat down.");
    check("It costs 3.5 million, or .5 percent more. |25 people paid.");
}

#[test]
fn what_closes_belongs_to_the_sentence_before() {
    check("“We sail at dawn.” |“Who says so?” |(Laughter.) |Nobody answered.");
    check("He said: \"We sail at dawn.\" |\"Good,\" she said.");
    check("*The harbour is closed.* |**The ferries wait.** |All of them.");
    check("A stray quote ended. \" |The next began.");
    check("The talks go on, he said. |\"They will end soon.\"");
}

#[test]
fn a_comma_or_a_small_letter_goes_on() {
    check("Harbour Inc., The Ferry Co. and others left. |Good.");
    check("“Is it late?” asked Mara, e.g. when it rained. |Yes.");
    check("The U.S.-Freedonia talks failed. |Yes.");
}

#[test]
fn titles_initials_and_months_do_not_end() {
    check(
        "Larkin v. Quill is No.\u{a0}5,\u{a0}U.S.C. 12. |Mr. Quill met Gen. Marrow and MS. VANE. |They spoke.",
    );
    check("J. D. Larkin and Orla W. Finch, Jr. of Wall St. were there. |They left.");
    check("It was No. 5 on Jan. 3 and Sept. 11. |Is it? |No. |It is not.");
    check("Vs. them, i.e. Them, e.g. The others. |So be it.");
}

#[test]
fn abbreviations_end_where_a_new_sentence_begins() {
    check("She lives in the U.S. |The others do not.");
    check("The U.S. Senate met at 5 p.m. |It rose at 6 p.m. Eastern time.");
    check("Larkin Inc. |“We sell boats.” |They sell boats, nets, etc. |But no oars.");
    check("He is in Washington, D.C. |He stays.");
}

#[test]
fn numbers_of_items_stay_with_their_items() {
    check("1. The first. |2. The second. |Yes.");
    check("It has two parts. |(a) The ship. |(iv) The rest. |No more (see p. 5 below).");
    check("Sec. 2. Policy. |Section 14. Scope. |IV. Means. |- B. The end.");
}

#[test]
fn a_missing_space_does_not_join_sentences() {
    check("“It is over,” he said.|The ship left (at last).|Good night!|Now sleep.");
    check("See www.harbour.example/Ferries.Html or Harbour.Com?Q=Boat now. |Yes.");
    check("Write to mara.Quill@harbour.example now. |Yes.");
}

#[test]
fn lines_and_paragraphs_end_sentences() {
    check("A headline without a dot\n\n|The text begins\n \n|and a part goes on.");
    check("HARBOUR 1996-08-30\n|The long line of a dispatch begins here, and it ends.");
    check("The words of the\nfilled lines go on and on, for\nlong. |Then they end.");
    check(" Spaces around. ");
    check("***");
    check("No dot, and then signs. *** --");
}

#[test]
fn german_has_ordinals_and_its_own_abbreviations() {
    check_in(
        "de",
        "Am 3. Oktober kam z. B. Dr. Kahn, geb. Voss. |Er blieb.",
    );
    check_in(
        "de",
        "Das kostet 5 Mio. Euro usw. |Die Firma zahlt. |„Ja.“ |Nein.",
    );
    check_in("en", "He was 3. |October came.");
}

#[test]
fn romance_languages_have_their_own_abbreviations() {
    check_in("fr", "M. Dupré et Mme. Roy sont là. |« Oui. » |Il pleut.");
    check_in(
        "es",
        "El Sr. Rey vive en EE.UU. |La Sra. Paz no. |¿Por qué? |¡No sé!",
    );
    check_in(
        "it",
        "Il dott. Bassi e la S.p.A. Rossi, ecc. |Questo è l'art. 5.",
    );
    check_in("pt", "O Sr. Melo mora na av. Norte, n. 5. |Ele saiu.");
    check_in("nl", "Dhr. Bos en mw. Vos kochten o.a. Brood. |Het was op.");
}

#[test]
fn slavic_languages_have_their_own_abbreviations() {
    check_in(
        "ru",
        "В 2022 г. Иванова ушла из г. Орла. |Это ул. Мира, д. 5. |Да.",
    );
    check_in(
        "uk",
        "У 2022 р. Марко жив на вул. Садовій. |Він пішов. |Так.",
    );
    check_in(
        "pl",
        "Prof. Nowak i dr. Lis, ul. Długa, 3. maja. |Potem wyszli.",
    );
}

#[test]
fn other_scripts_have_their_own_signs() {
    check_in("zh", "渡轮离开了。|“它晚了！”|为什么？|没人知道。");
    check_in("ja", "「行きます。」と彼は言った。|雨だ。");
    check_in("ar", "بدأت المحادثات يوم الاثنين. |هل تستمر؟ |نعم بالطبع.");
    check_in("hi", "नाव चली गई। |देर हो गई थी।");
    check_in("hy", "Նավը գնաց։ |Ուշ էր։");
    check_in("am", "ጀልባው ሄደ። |ዘገየ።");
    check_in("ur", "کشتی چلی گئی۔ |کیوں؟ |پتا نہیں۔");
}

/// Texts of words, signs and spaces that matter to sentences.
fn wild_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(vec![
            "ferry", "Ferry", "The", "U.S", "J", "a", "Mr", "No", "5", "3.5", "Inc", "etc", "渡", "و", "É", "ö", "e\u{301}",
            "https://a.example/B.C?D=E", "v.Chr", "IV",
        ]).prop_map(str::to_owned),
        6 => prop::sample::select(vec![
            ".", ".", ". ", ". ", " ", "\n", "\n\n", "\r\n \r\n", "!", "?", "…", "。", "؟", "।", "\"", "”", "“", "’", "'", "(", ")",
            "*", ",", "-", "\u{a0}", "\u{2028}", "\u{ad}",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_word_is_in_one_sentence_and_whole(
        text in wild_text(), lang in prop::sample::select(vec!["en", "de", "fr", "ru", "ar", "zh", "xx"]),
    ) {
        let found: Vec<_> = sentences(&text, Language::of(Some(lang))).collect();
        let mut end = 0;
        for range in &found {
            prop_assert!(range.start >= end && range.start < range.end, "{:?}", found);
            let sentence = text.get(range.clone()).expect("a range of the text");
            prop_assert_eq!(sentence, sentence.trim());
            end = range.end;
        }
        for token in tokens(&text) {
            let around = found.iter().filter(|range| range.start <= token.start && token.end() <= range.end);
            prop_assert_eq!(around.count(), 1, "{:?} in {:?}", token, found);
        }
    }

    #[test]
    fn paragraphs_part_sentences(text in wild_text()) {
        for range in sentences(&text, Language::of(None)) {
            prop_assert!(blank_line(&text, range).is_none());
        }
    }

    #[test]
    fn any_text_has_sentences_without_panic(text in "(?s).{0,300}") {
        prop_assert_eq!(sentences(&text, Language::of(None)).count() == 0, text.trim().is_empty());
    }
}
