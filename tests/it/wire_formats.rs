//! The formats of news agencies: what a reader gets of each sample.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::workspace::Workspace;

/// Indexes a folder of samples; all its articles, in the order of their ids.
fn articles(format: &str) -> (Workspace, Vec<Value>) {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats");
    let work = Workspace::new();
    for sample in fs::read_dir(samples.join(format)).unwrap() {
        let sample = sample.unwrap();
        let name = format!("news/{}", sample.file_name().to_str().unwrap());
        work.bytes(&name, &fs::read(sample.path()).unwrap());
    }
    work.run(&["index", "news"]).ok();
    let mut articles = work.run(&["export"]).ok().json_lines();
    articles.sort_by_key(|article| article["id"].to_string());
    (work, articles)
}

/// The parts of an article, one a line: what is not there is a dash.
fn shown(article: &Value) -> String {
    let text = |name: &str| match &article[name] {
        Value::String(text) => text.clone(),
        Value::Array(names) if !names.is_empty() => {
            let names = names.iter().filter_map(Value::as_str);
            names.collect::<Vec<_>>().join("; ")
        }
        _ => "-".to_owned(),
    };
    let date = match text("published") {
        none if none == "-" => text("date"),
        instant => instant,
    };
    let about = [
        text("id"),
        text("title"),
        text("lead"),
        date,
        text("modified"),
    ];
    let by = ["authors", "source", "section", "topics", "lang"].map(text);
    let body = article["body"].as_str().unwrap_or_default();
    [about.join("\n"), by.join(" | "), body.replace("\n\n", "\n")].join("\n")
}

/// Compares all articles of a format with what they should be.
#[track_caller]
fn check(format: &str, expected: &[&str]) -> Workspace {
    let (work, articles) = articles(format);
    let shown: Vec<String> = articles.iter().map(shown).collect();
    for (shown, expected) in shown.iter().zip(expected) {
        assert_eq!(shown, expected.trim());
    }
    assert_eq!(shown.len(), expected.len(), "{shown:#?}");
    work
}

/// The kinds, places and messages of all problems.
fn problems(work: &Workspace) -> Vec<String> {
    let run = work.run(&["info", "--problems", "--format", "jsonl"]);
    let problems = run.ok().json_lines();
    let shown = problems.iter().map(|problem| {
        let name = problem["path"].as_str().unwrap();
        let place = (&problem["line"], &problem["record"]);
        format!("{name}:{}:{}: {}", place.0, place.1, problem["message"])
    });
    shown.collect()
}

#[test]
fn nitf_of_a_newspaper_and_an_agency() {
    let work = check(
        "nitf",
        &[
            r#"
1044071
Velm Votes to Keep Its Night Ferry
Voters in Velm keep night ferry that harbour board wanted to end; turnout is highest in decade
1998-03-14
-
Ida Marsten | The Velm Courier | Regional Desk | WATER AND WORK: Second of three articles.; Ferries | en
The people of Velm decided on Friday that the night ferry will go on running, though it carries six passengers on a good evening.
The harbour board had asked to end the service in April. Its engineers put the cost of a new boiler at £40,000.
“We would rather pay for a boat than for a bridge,” said a baker who crosses twice a night.
An article on Saturday about the night ferry in Velm misstated the price of a new boiler. It is £44,000.
"#,
            r#"
ALM-20250315-0042
Les salines de Brévanne rouvrent après dix ans
Trois familles reprennent les bassins
2025-03-15T09:15:00Z
-
Élise Cordier | Agence Littoral | Économie | Économie; Agriculture; sel | fr
BRÉVANNE (Littoral) - Les salines de Brévanne ont rouvert samedi, dix ans après leur abandon.
Une première récolte en août
Les nouveaux sauniers attendent huit tonnes la première année.
Surface 12 ha
Familles 3
"#,
        ],
    );
    assert!(problems(&work).is_empty());
}

#[test]
fn newsml_g2_messages_hold_texts_captions_and_packages() {
    let work = check(
        "newsml-g2",
        &[
            r#"
urn:newsml:harbourwire.example:20250315:HW0451:3
Kestrel Bay counts its seals from the air
A balloon replaces the boats
2025-03-15T07:02:00Z
2025-03-15T09:29:10Z
Rosa Linden | Harbour Wire | Environment | natural resources | en
(Adds numbers)
By Rosa Linden
KESTREL BAY (Harbour Wire) - The seals of Kestrel Bay were
counted from a balloon for the first time on Saturday.
Rangers found 1,204 animals, 90 more than a year ago.
The boats had frightened a third of them away, o'clock after o'clock.
"#,
            r#"
urn:newsml:harbourwire.example:20250315:HW0452:1
Robben vom Ballon aus gezählt

2025-03-15T09:00:00Z
2025-03-15T09:00:00Z
Rosa Linden | Harbour Wire | - | - | de
In der Kestrel-Bucht wurden die Robben erstmals vom Ballon aus gezählt.
"#,
            r#"
urn:newsml:harbourwire.example:20250315:PX09:1
The balloon over Kestrel Bay

2025-03-15T09:10:00Z
2025-03-15T09:10:00Z
Sam Orrin | Harbour Wire | - | - | en
A balloon drifts over the sandbanks of Kestrel Bay on March 15, 2025, while rangers below wave their hats.
"#,
        ],
    );
    assert_eq!(
        problems(&work),
        ["news/message.xml:83:4: \"no text in <packageItem>\""]
    );
}

#[test]
fn newsml_1_has_a_story_in_each_language() {
    let work = check(
        "newsml-1",
        &[
            r#"
urn:newsml:littoral.example:20250315:771:2N
Lighthouse keepers of Morne go home for good
The lamp is run from the mainland
2025-03-15T07:40:00Z
2025-03-15T08:14:00Z
Hugo Brandt | Agence Littoral | - | LIGHTHOUSE; SEA | en
The last two keepers of the Morne lighthouse left their rock on Saturday.
They took a cat and a barometer with them.
"#,
            r#"
urn:newsml:littoral.example:20250315:771:2N#2
Les gardiens du phare de Morne rentrent pour toujours

2025-03-15T07:40:00Z
2025-03-15T08:14:00Z
- | Agence Littoral | - | - | fr
MORNE (Littoral) = Les deux derniers gardiens du phare de Morne ont
quitté leur rocher samedi.
Ils ont emporté un chat et un baromètre.
"#,
        ],
    );
    assert!(problems(&work).is_empty());
}

#[test]
fn wire_messages_of_two_continents() {
    let work = check(
        "iptc7901",
        &[
            r#"
a0231-2025-03-15
Orlow closes its iron bridge for a year
A crack was found by a boy who was fishing.
2025-03-15T17:42:00Z
-
Petra Holm | NC | - | - | en
ORLOW (NC) — The iron bridge of Orlow was closed on Saturday after a boy who was fishing under it saw daylight through a beam.
“I counted eleven rivets on one side and ten on the other,” he told the town engineer.
Repairs — the first since 1931 — will take a year.
"#,
            r#"
lwe0117-2025-03-15
Tidal mill on the Sarn feeds the grid again

2025-03-15T10:12:00Z
-
Jonas Ferrel; Mia Tolland | lwd | - | Energy; Tides | en
Sarn (lwd) - A tidal mill that was built in 1887 has fed the grid
since Saturday morning.
Its owners put two new wheels into the old race. They will light
some 90 houses.
The town hopes for visitors, too.
"#,
            r#"
lwe0118-2025-03-15
Sarn wins the spring regatta

2025-03-15T15:30:00Z
-
- | lwd | spo | Rowing | -
Velm (lwd) - The eight of Sarn won the spring regatta by half a
length on Saturday.
"#,
        ],
    );
    assert!(problems(&work).is_empty());
}

#[test]
fn ninjs_of_three_generations() {
    let work = check(
        "ninjs",
        &[
            r#"
ab12
Bakers of Orlow strike over the hour of rising

2025-03-15T12:58:00Z
-
- | Northern Cable | - | - | -
ORLOW (NC) — The bakers of Orlow stayed in bed on Saturday.
"#,
            r#"
ab13
An oven

2025-03-15T12:59:00Z
-
- | Northern Cable | - | - | -
A cold oven in Orlow on Saturday.
"#,
            r#"
https://data.harbourwire.example/items/HN2
Marl elects a mayor of nineteen
She ran on a promise of one bench a street.
2025-03-15T12:00:00Z
-
Nell Ashdown | Harbour Wire | - | elections | en
The town of Marl has a mayor of nineteen.
She took office on Saturday.
"#,
            r#"
urn:newsml:harbourwire.example:20250315:HN1
Marl runs out of clocks
The last factory of the town has sold its stock.
2025-03-15T11:20:00Z
-
Nell Ashdown; Piet Varga | Harbour Wire | Business | economy; consumer goods | en
The last clock factory of Marl sold its stock on Saturday.
Buyers came by bus.
"#,
        ],
    );
    assert_eq!(
        problems(&work),
        ["news/feed.json:34:3: \"neither a title nor a text\""]
    );
}
