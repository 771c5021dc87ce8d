//! Every format has a sample, a fuzz target and a place in the README.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use search::parse::format_names;

use super::workspace::{Workspace, argument};

/// A format's name in reports, and in the README.
const WRITTEN: &[(&str, &str)] = &[
    ("csv", "CSV"),
    ("docx", "DOCX"),
    ("epub", "EPUB"),
    ("feed", "RSS, Atom, RDF"),
    ("html", "HTML"),
    ("iptc7901", "IPTC 7901"),
    ("json", "JSON"),
    ("json-feed", "JSON Feed"),
    ("jsonl", "JSON Lines"),
    ("mail", "`.eml`"),
    ("markdown", "Markdown"),
    ("mbox", "mbox"),
    ("mhtml", "MHTML"),
    ("news-export", "Factiva"),
    ("news-export-html", "LexisNexis"),
    ("newsml-1", "NewsML 1.2"),
    ("newsml-g2", "NewsML-G2"),
    ("nitf", "NITF"),
    ("odt", "ODT"),
    ("pdf", "PDF"),
    ("reuters-21578", "Reuters-21578"),
    ("rtf", "RTF"),
    ("text", "plain text"),
    ("trafilatura-xml", "TEI"),
    ("trec", "TREC SGML"),
    ("warc", "WARC"),
];

#[test]
fn every_format_is_tried_fuzzed_and_written_of() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let work = Workspace::new();
    let samples = [root.join("corpus"), root.join("tests/data/formats")];
    let [corpus, formats] = samples.each_ref().map(|path| argument(path));
    let run = work
        .run(&["index", corpus, formats, "--format", "json"])
        .ok();
    let report = run.json();
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let targets = fs::read_to_string(root.join("tests/fuzz/Cargo.toml")).unwrap();

    let names: BTreeSet<_> = format_names().collect();
    let written: BTreeSet<_> = WRITTEN.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, written);
    for (name, in_readme) in WRITTEN {
        let articles = report["formats"][name]["articles"].as_u64();
        assert!(articles > Some(0), "no sample of {name}");
        assert!(
            readme.contains(in_readme),
            "{in_readme} is not in the README"
        );
        let target = format!("fuzz_targets/{name}.rs");
        assert!(
            root.join("tests/fuzz").join(&target).exists(),
            "no {target}"
        );
        assert!(targets.contains(&target), "{target} is not built");
    }
}
