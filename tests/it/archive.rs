//! A small archive, indexed once, for the tests that only read.

use std::sync::LazyLock;

use super::workspace::{Workspace, markdown};

/// The archive, with its index in `.search`.
///
/// | id | date | source | lang | about |
/// |---|---|---|---|---|
/// | `truce` | 2025-03-15 | Harbour Wire | en | ceasefire and Kursk |
/// | `oil` | 2025-03-20 | Ledger | en | sanctions, oil |
/// | `gaza.md` | 2025-04-02 | | en | ceasefire and Gaza |
/// | `old` | 2019-06-01 | Harbour Wire | en | ceasefire, long ago |
/// | `berlin` | 2025-03-18 | Zeitblatt | de | Kursk, in German |
/// | `notes.txt` | none | | unknown | Kursk, undated |
pub(crate) static ARCHIVE: LazyLock<Workspace> = LazyLock::new(|| {
    let archive = Workspace::new();
    archive
        .file("news/wire.jsonl", &WIRE.join("\n"))
        .file(
            "news/gaza.md",
            &markdown("Gaza talks pause", "2025-04-02", GAZA),
        )
        .file("news/notes.txt", NOTES)
        .index(&["news"]);
    archive
});

const WIRE: [&str; 4] = [
    r#"{"id": "truce", "title": "Truce terms divide allies as Kursk front shrinks", "date": "2025-03-15T10:30:00+02:00", "source": "Harbour Wire", "lang": "en", "url": "https://harbour.example/truce", "authors": ["Jane Doe", "Li Wei"], "section": "World", "text": "Naïve café — Київ said no. The ceasefire plan for Kursk was discussed in Jeddah on Tuesday.\n\nNegotiators left without a text."}"#,
    r#"{"id": "oil", "title": "Oil sanctions bite", "date": "2025-03-20", "source": "Ledger", "lang": "en", "text": "Sanctions on oil tankers grew this week, and the price of oil rose."}"#,
    r#"{"id": "old", "title": "A ceasefire of old", "date": "2019-06-01", "source": "Harbour Wire", "lang": "en", "text": "The ceasefire held for a week in the valley, and then the shooting began again."}"#,
    r#"{"id": "berlin", "title": "Berlin schaut auf Kursk", "date": "2025-03-18", "source": "Zeitblatt", "lang": "de", "text": "Die Lage in Kursk war am Dienstag das Thema der Beratungen in Berlin."}"#,
];

const GAZA: &str =
    "The ceasefire in Gaza was the matter of talks in Cairo. Mediators spoke of a pause.";

const NOTES: &str = "Notes on the region\n\nNobody in the town would say who held Kursk by then.\n";
