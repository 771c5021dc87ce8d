//! Walks over parts of folders: what is ignored, wanted, and looked at again.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{describe, folder, no_skip, walk};
use crate::corpus::{Selection, Source};

fn select(sources: &[Source], within: Option<&[&Path]>) -> Vec<String> {
    let mut selection = Selection::new(sources, &no_skip()).unwrap();
    if let Some(places) = within {
        let places = places.iter().map(|place| place.canonicalize());
        selection = selection.within(places.map(|place| place.unwrap()).collect());
    }
    describe(selection.walk())
}

fn source(path: PathBuf, pattern: Option<&str>, globs: &[&str]) -> Source {
    Source {
        path,
        pattern: pattern.map(str::to_owned),
        globs: globs.iter().map(|glob| (*glob).to_owned()).collect(),
    }
}

fn ignore(folder: &TempDir, name: &str, rules: &str) {
    fs::write(folder.path().join(name).join(".searchignore"), rules).unwrap();
}

#[test]
fn ignore_files_leave_out_and_take_back_in() {
    let folder = folder(&[
        "a/1.md",
        "a/1.tmp",
        "a/b/2.md",
        "a/b/keep.tmp",
        "raw/x",
        "x/raw",
    ]);
    ignore(&folder, "", "# machine output\n*.tmp\nraw/\n");
    ignore(&folder, "a/b", "*\r\n!keep.*\r\n");
    assert_eq!(
        walk(&[folder.path().to_path_buf()], &no_skip()),
        [
            "a/1.md",
            "ignored 1.tmp",
            "ignored 2.md",
            "a/b/keep.tmp",
            "ignored raw",
            "x/raw"
        ]
    );
    // Files above a root are not asked, and a root that is named is walked.
    assert_eq!(walk(&[folder.path().join("raw")], &no_skip()), ["x"]);
    let both = [folder.path().to_path_buf(), folder.path().join("raw")];
    let found = walk(&both, &no_skip());
    assert_eq!(found[4..], ["ignored raw", "x/raw", "x"]);
}

#[test]
fn a_broken_rule_is_told_with_its_line() {
    let folder = folder(&["1.md", "2.md"]);
    ignore(&folder, "", "2.md\n\na{b\n");
    let found = walk(&[folder.path().to_path_buf()], &no_skip());
    assert!(
        found[0].contains(".searchignore:3: not a pattern: "),
        "{found:?}"
    );
    assert_eq!(found[1..], ["1.md", "ignored 2.md"]);
}

#[test]
fn only_what_is_wanted_of_a_root_is_met() {
    let folder = folder(&["a/1.md", "a/2.html", "b/3.html", "b/4.txt", "5.html"]);
    let root = || folder.path().to_path_buf();
    let html = source(root(), None, &["*.html", "!b/**"]);
    assert_eq!(
        select(std::slice::from_ref(&html), None),
        ["5.html", "a/2.html"]
    );
    let below = source(root(), Some("*/[34].*"), &[]);
    assert_eq!(
        select(std::slice::from_ref(&below), None),
        ["b/3.html", "b/4.txt"]
    );
    // What several sources want of a folder comes once, in its order.
    assert_eq!(
        select(&[below, html, Source::from(root().join("a"))], None),
        ["5.html", "a/1.md", "a/2.html", "b/3.html", "b/4.txt"]
    );
    // A file that is named is wanted.
    let named = source(root().join("a/1.md"), None, &["*.html"]);
    assert_eq!(select(&[named], None), ["1.md"]);
}

#[test]
fn a_walk_within_places_names_things_as_the_whole_walk_does() {
    let folder = folder(&[
        "a/1.md",
        "a/b/2.md",
        "a/b/3.tmp",
        "c/4.md",
        "raw/d/5.md",
        ".h/e/6.md",
    ]);
    ignore(&folder, "", "*.tmp\nraw/\n");
    let at = |name: &str| folder.path().join(name);
    let check = |places: &[&str], expected: &[&str]| {
        let places: Vec<_> = places.iter().map(|place| at(place)).collect();
        let places: Vec<_> = places.iter().map(PathBuf::as_path).collect();
        let sources = [Source::from(at(""))];
        assert_eq!(select(&sources, Some(&places)), expected);
    };
    check(&["a/b"], &["a/b/2.md", "ignored 3.tmp"]);
    check(
        &["c/4.md", "a/b/2.md", "a/b"],
        &["a/b/2.md", "ignored 3.tmp", "c/4.md"],
    );
    check(&["raw/d", ".h/e", "raw/d/5.md"], &[]);
    check(&["raw"], &["ignored raw"]);
    check(
        &[""],
        &[
            "hidden .h",
            "a/1.md",
            "a/b/2.md",
            "ignored 3.tmp",
            "c/4.md",
            "ignored raw",
        ],
    );
}

#[test]
fn changes_concern_what_may_be_met_or_have_been() {
    let folder = folder(&["a/1.md", "a/2.txt", "raw/3.md", "b/4.tmp"]);
    ignore(&folder, "", "raw/\n*.tmp\n");
    let root = folder.path().canonicalize().unwrap();
    let source = source(folder.path().to_path_buf(), None, &["*.md"]);
    let skip = folder.path().join("index");
    let selection = Selection::new(&[source], &skip).unwrap();
    for (path, concerns) in [
        ("", true),
        ("a", true),
        ("a/1.md", true),
        ("a/2.txt", false),
        ("raw", false),
        ("raw/3.md", false),
        ("raw/gone", false),
        ("b/4.tmp", false),
        ("b/gone.tmp", false),
        ("b/gone.md", true),
        // A file of this name is not left out.
        ("b/raw", true),
        (".h/5.md", false),
        ("index/segment", false),
    ] {
        let path = root.join(path);
        assert_eq!(selection.concerns(&path), concerns, "{}", path.display());
    }
    assert!(!selection.concerns(Path::new("/elsewhere")));
}
