//! The sample corpus, and how good its rankings are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;

use super::workspace::Workspace;

const QUERIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/topics.tsv");
const QRELS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/qrels.txt");
const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");

const ARTICLES: usize = 184;

/// What `search eval --plain` reaches at least; to be raised when the ranking gets better.
const LEAST: [(&str, f64); 5] = [
    ("average_precision", 0.8937),
    ("ndcg_at_10", 0.9027),
    ("precision_at_10", 0.6550),
    ("recall_at_100", 0.9886),
    ("reciprocal_rank", 1.0000),
];

/// Half of the last digit, and what another order of additions may change.
const EPSILON: f64 = 0.000_06;

/// The index of the corpus, and the report of the run that made it.
pub(crate) static INDEXED: LazyLock<(Workspace, Value)> = LazyLock::new(|| {
    let work = Workspace::new();
    let report = work.index(&[CORPUS]);
    (work, report)
});

/// The files of the corpus.
fn files(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.insert(path.to_string_lossy().into_owned());
        }
    }
}

/// The judged articles by topic.
fn judged() -> BTreeMap<String, BTreeSet<String>> {
    let mut judged: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for line in fs::read_to_string(QRELS).unwrap().lines() {
        let fields: Vec<_> = line.split_whitespace().collect();
        let topic = judged.entry(fields[0].to_owned()).or_default();
        assert!(topic.insert(fields[2].to_owned()), "judged twice: {line}");
    }
    judged
}

#[test]
fn every_file_yields_articles_without_a_problem() {
    let (work, report) = &*INDEXED;
    assert_eq!(report["articles"]["added"], ARTICLES);
    assert_eq!(report["files"]["binary"], 0);
    let mut on_disk = BTreeSet::new();
    files(Path::new(CORPUS), &mut on_disk);
    let exported = work.run(&["export"]).ok().json_lines();
    let indexed: BTreeSet<_> = exported
        .iter()
        .map(|article| article["path"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(indexed, on_disk);
}

#[test]
fn every_article_is_judged_for_every_topic() {
    let (work, _) = &*INDEXED;
    let ids: BTreeSet<_> = work.all_ids().into_iter().collect();
    assert_eq!(ids.len(), ARTICLES);
    let judged = judged();
    let topics = fs::read_to_string(QUERIES).unwrap();
    assert_eq!(topics.lines().count(), judged.len());
    for line in topics.lines() {
        let (topic, _) = line.split_once('\t').unwrap();
        assert_eq!(judged[topic], ids, "topic {topic}");
    }
}

#[test]
fn rankings_are_as_good_as_they_were() {
    let (work, _) = &*INDEXED;
    let run = work.run(&[
        "eval",
        "--queries",
        QUERIES,
        "--qrels",
        QRELS,
        "--plain",
        "--format",
        "json",
    ]);
    let mean = &run.ok().json()["mean"];
    for (measure, least) in LEAST {
        let reached = mean[measure].as_f64().unwrap();
        assert!(
            reached >= least - EPSILON,
            "{measure} is {reached:.4}, less than {least:.4}"
        );
    }
}
