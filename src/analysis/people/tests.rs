//! Tests of finding people, on invented sentences.

use proptest::prelude::*;

use super::{People, people};

/// Mentions with the names of those they mean: `Doe=Jane Doe`, or the name alone.
fn listed(parts: &[&str]) -> Vec<String> {
    let People { people, mentions } = people(parts);
    let one = |mention: &super::Mention| {
        let text = parts[mention.part][mention.range.clone()].replace('\n', " ");
        let name = &people[mention.person].name;
        if text == *name {
            text
        } else {
            format!("{text}={name}")
        }
    };
    mentions.iter().map(one).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(listed(&[text]), expected);
}

#[test]
fn full_names_are_found_and_surnames_follow_them() {
    check(
        "Carol Wexley opened the harbour. Mrs Wexley's brother watched; Wexley left early.",
        &["Carol Wexley", "Wexley=Carol Wexley", "Wexley=Carol Wexley"],
    );
}

#[test]
fn title_and_body_share_their_people() {
    let parts = [
        "Orlov to miss the regatta",
        "The sailor Pyotr Orlov is ill, his doctor said.",
    ];
    assert_eq!(listed(&parts), ["Orlov=Pyotr Orlov", "Pyotr Orlov"]);
}

#[test]
fn titles_make_persons_of_unknown_words() {
    check(
        "President Zarwick met Mr Quandle and Dr. Ostrep.",
        &["Zarwick", "Quandle", "Ostrep"],
    );
    check("the envoy Zarwick arrived", &["Zarwick"]);
    check("Secretary of State Zarwick arrived", &["Zarwick"]);
}

#[test]
fn an_age_makes_a_person() {
    check("Zarwick, 47, was unhurt.", &["Zarwick"]);
}

#[test]
fn places_and_times_are_persons_on_evidence_only() {
    check("In Georgia and Jordan it rained in May.", &[]);
    check(
        "Prime Minister Theresa May flew to Jordan.",
        &["Theresa May"],
    );
    check(
        "Denzel Washington flew to Washington.",
        &["Denzel Washington"],
    );
    check("Reuters said so.", &[]);
}

#[test]
fn organisations_and_places_named_for_people_are_no_mentions() {
    check(
        "Anna Wexley runs the Wexley Foundation near Lake Wexley.",
        &["Anna Wexley"],
    );
    check("The Linwood Center and Fordley Motor Co agreed.", &[]);
    check(
        "Jane Wexley left the Jane Wexley Executive Office Building.",
        &["Jane Wexley"],
    );
}

#[test]
fn results_name_people_by_initials_and_countries() {
    check(
        "1. Ato Zarwick (Trinidad) 20.37\n2. M. Quandle (Germany) 20.41",
        &["Ato Zarwick", "M. Quandle"],
    );
}

#[test]
fn initials_stand_for_given_names() {
    check(
        "Max Quandle beat Ralf Quandle. M. Quandle was pleased, Max Quandle said.",
        &[
            "Max Quandle",
            "Ralf Quandle",
            "M. Quandle=Max Quandle",
            "Max Quandle",
        ],
    );
}

#[test]
fn a_shared_surname_is_the_one_mentioned_last() {
    check(
        "Anna Wexley met Boris Wexley. Wexley smiled.",
        &["Anna Wexley", "Boris Wexley", "Wexley=Boris Wexley"],
    );
}

#[test]
fn capitals_name_only_whom_the_article_knows() {
    let parts = [
        "WEXLEY WARNS OF FLOODS IN DORSET",
        "Anna Wexley spoke on Monday.",
    ];
    assert_eq!(listed(&parts), ["WEXLEY=Anna Wexley", "Anna Wexley"]);
    check("FLOODS IN DORSET ALARM MINISTER ANNA", &[]);
}

#[test]
fn headlines_name_whom_the_article_knows() {
    let parts = [
        "Wexley Visits Flooded Towns Along River",
        "Anna Wexley spoke on Monday.",
    ];
    assert_eq!(listed(&parts), ["Wexley=Anna Wexley", "Anna Wexley"]);
}

#[test]
fn particles_and_hyphens_are_inside_names() {
    check(
        "Karl von der Ostrep met Jean-Luc Zarwick.",
        &["Karl von der Ostrep", "Jean-Luc Zarwick"],
    );
    check(
        "Minister Faisal bin Zarwick spoke.",
        &["Faisal bin Zarwick"],
    );
}

#[test]
fn chinese_names_start_with_the_surname() {
    check(
        "President Xi Jinping arrived. Xi smiled.",
        &["Xi Jinping", "Xi=Xi Jinping"],
    );
}

#[test]
fn cyrillic_names_are_found_in_any_case() {
    check(
        "Министр Сергей Заруцкий прибыл. Встреча с Заруцким прошла, сказал Заруцкий.",
        &[
            "Сергей Заруцкий",
            "Заруцким=Сергей Заруцкий",
            "Заруцкий=Сергей Заруцкий",
        ],
    );
}

#[test]
fn western_languages_have_their_titles_and_joining_words() {
    check(
        "Salvo Trenti e Antonio Zarwick sono a Roma.",
        &["Antonio Zarwick"],
    );
    check("Frau Zarwick widersprach.", &["Zarwick"]);
    check(
        "M. Zarwick est arrivé avec les enfants dans une voiture.",
        &["Zarwick"],
    );
}

#[test]
fn no_list_of_names_takes_longer_than_its_length() {
    let text = "John Wexley, ".repeat(20_000);
    let found = people(&[
        &text,
        &"WEXLEY JOHN ".repeat(20_000),
        &"Zarwick ".repeat(20_000),
    ]);
    assert_eq!(found.people.len(), 1);
}

#[test]
fn sentences_do_not_make_names_of_their_first_words() {
    check(
        "Ships waited. Nobody knew why. Markets fell; Traders left.",
        &[],
    );
}

#[test]
fn names_go_on_where_a_filled_line_ends() {
    let text = "The chairman of the harbour board in the old town is Anna\nWexley, it said.";
    check(text, &["Anna Wexley"]);
}

#[test]
fn scripts_without_capitals_have_no_mentions() {
    check("泽连斯基周六抵达。", &[]);
    check("وصل الرئيس يوم السبت", &[]);
}

proptest! {
    #[test]
    fn mentions_are_ordered_ranges_of_known_people(
        texts in prop::collection::vec("\\PC*|([A-Z][a-zé]{0,6}[ .,'’\\-\n(]{1,2}|Mr |said |[A-Z]{2,5} |van |[А-Я][а-я]{3,7} |[0-9]{1,2})*", 0..3)
    ) {
        let parts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = people(&parts);
        let mut end = (0, 0);
        let mut next = 0;
        for mention in &found.mentions {
            prop_assert!((mention.part, mention.range.start) >= end);
            prop_assert!(!parts[mention.part][mention.range.clone()].is_empty());
            prop_assert!(mention.person <= next && mention.person < found.people.len());
            next = next.max(mention.person + 1);
            end = (mention.part, mention.range.end);
        }
        prop_assert_eq!(next, found.people.len());
    }
}
