//! Walks over small folders, and files in every packing and encoding.

mod archives;
mod selection;

use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::*;
use crate::error::{ErrorKind, ProblemKind};

fn folder(files: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file).unwrap();
    }
    folder
}

fn walk(roots: &[PathBuf], skip: &Path) -> Vec<String> {
    describe(Walk::new(roots, skip).unwrap())
}

fn describe(walk: Walk) -> Vec<String> {
    walk.map(|found| match found {
        Found::File(file) => file.relative,
        Found::Hidden(path) => format!("hidden {}", path.file_name().unwrap().display()),
        Found::Ignored(path) => format!("ignored {}", path.file_name().unwrap().display()),
        Found::BrokenRule { problem, .. } => problem.to_string(),
        Found::Unreadable { problem, .. } => format!("unreadable: {}", problem.message),
    })
    .collect()
}

fn no_skip() -> PathBuf {
    PathBuf::from("/nonexistent/.search")
}

fn entry(path: &Path) -> FileEntry {
    let found = Walk::new(&[path.to_path_buf()], &no_skip()).unwrap().next();
    match found {
        Some(Found::File(file)) => file,
        other => panic!("no file: {other:?}"),
    }
}

fn file(bytes: &[u8]) -> (TempDir, FileEntry) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, bytes).unwrap();
    let entry = entry(&path);
    (folder, entry)
}

#[track_caller]
fn check_text(bytes: &[u8], expected: &str) -> Vec<ProblemKind> {
    let (_folder, entry) = file(bytes);
    let mut content = Content::open(&entry).unwrap();
    let mut problems = Vec::new();
    let _ = content.visit(&mut |bytes| {
        let mut reader = TextReader::new(bytes);
        let (text, is_all) = reader.read_rest(1 << 20);
        assert_eq!((text.as_str(), is_all), (expected, true));
        problems.extend(reader.take_problems());
        ControlFlow::Continue(())
    });
    assert_eq!(content.content_hash(), content_hash(&entry).unwrap());
    problems.extend(content.take_problems());
    problems.iter().map(|problem| problem.kind).collect()
}

/// Has the only text in a file read.
fn read<T>(entry: &FileEntry, mut read: impl FnMut(&mut TextReader<'_>) -> T) -> T {
    let mut result = None;
    let _ = Content::open(entry).unwrap().visit(&mut |bytes| {
        result = Some(read(&mut TextReader::new(bytes)));
        ControlFlow::Continue(())
    });
    result.unwrap()
}

#[test]
fn files_come_in_the_order_of_names_without_hidden_ones() {
    let folder = folder(&[
        "b/2.md",
        "b/1.md",
        "a.md",
        ".git/config",
        "c/.x.md",
        "index/seg",
    ]);
    let skip = folder.path().join("index");
    let found = walk(&[folder.path().to_path_buf()], &skip);
    assert_eq!(
        found,
        ["hidden .git", "a.md", "b/1.md", "b/2.md", "hidden .x.md"]
    );
}

#[test]
fn overlapping_roots_yield_a_file_once_and_hidden_roots_count() {
    let folder = folder(&["a/1.md", "a/.h/2.md"]);
    let root = folder.path().to_path_buf();
    let roots = [
        root.join("a"),
        root.clone(),
        root.join("a/.h"),
        root.join("a/1.md"),
    ];
    assert_eq!(walk(&roots, &no_skip()), ["hidden .h", "a/1.md", "2.md"]);
}

#[test]
fn paths_are_as_the_user_gave_them() {
    let shown = |root: &str| {
        let walk = Walk::new(&[PathBuf::from(root)], &no_skip()).unwrap();
        let mut paths = walk.filter_map(|found| match found {
            Found::File(file) => Some(file.path.display().to_string()),
            _ => None,
        });
        paths.find(|path| path.ends_with("corpus/mod.rs")).unwrap()
    };
    // Tests run in the package's folder.
    assert_eq!(shown("./src"), "src/corpus/mod.rs");
    assert_eq!(
        shown("src/corpus/../corpus/"),
        "src/corpus/../corpus/mod.rs"
    );
    assert_eq!(shown("./src/corpus/mod.rs"), "src/corpus/mod.rs");
}

#[cfg(unix)]
#[test]
fn links_are_followed_without_loops_and_without_copies() {
    use std::os::unix::fs::symlink;
    let outside = folder(&["far.md"]);
    let folder = folder(&["a/1.md"]);
    symlink(folder.path(), folder.path().join("a/loop")).unwrap();
    symlink("1.md", folder.path().join("a/twin.md")).unwrap();
    symlink(outside.path(), folder.path().join("out")).unwrap();
    symlink("nowhere", folder.path().join("z")).unwrap();
    let found = walk(&[folder.path().to_path_buf()], &no_skip());
    let loops = "unreadable: a symbolic link to a folder above it";
    assert_eq!(found[..3], ["a/1.md", loops, "out/far.md"]);
    assert!(
        found[3].starts_with("unreadable: No such file"),
        "{found:?}"
    );
    assert_eq!(found.len(), 4);
}

#[cfg(unix)]
#[test]
fn the_index_is_passed_over_however_it_is_named() {
    // The folder of the index comes into being once the walk knows what to skip.
    for skip in ["sym/a/b", "sym/a/../c/./b", "real/d/b"] {
        let folder = folder(&["real/1.md"]);
        std::os::unix::fs::symlink("real", folder.path().join("sym")).unwrap();
        let walk = Walk::new(&[folder.path().join("real")], &folder.path().join(skip)).unwrap();
        let index = folder.path().join(skip.replace("a/../", ""));
        fs::create_dir_all(&index).unwrap();
        fs::write(index.join("segment"), "x").unwrap();
        let found: Vec<_> = walk.collect();
        assert_eq!(found.len(), 1, "{skip}: {found:?}");
    }
}

#[test]
fn a_missing_root_is_an_error_before_anything_is_walked() {
    let error = Walk::new(&[PathBuf::from("no/such")], &no_skip()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    assert!(error.hint().is_some());
}

#[test]
fn the_index_is_no_root() {
    let folder = folder(&[".search/x"]);
    let skip = folder.path().join(".search");
    let error = Walk::new(std::slice::from_ref(&skip), &skip).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
}

#[test]
fn a_file_that_has_vanished_is_a_problem() {
    let (folder, entry) = file(b"one");
    fs::remove_file(folder.path().join("file")).unwrap();
    let problem = Content::open(&entry).err().unwrap();
    assert_eq!(problem.kind, ProblemKind::Unreadable);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn every_packing_is_opened() {
    let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    bzip2.write_all(b"some text").unwrap();
    let mut xz = liblzma::write::XzEncoder::new(Vec::new(), 1);
    xz.write_all(b"some text").unwrap();
    let zstd = zstd::encode_all(&b"some text"[..], 1).unwrap();
    for packed in [
        gzip(b"some text"),
        bzip2.finish().unwrap(),
        xz.finish().unwrap(),
        zstd,
    ] {
        assert_eq!(check_text(&packed, "some text"), []);
    }
}

#[test]
fn escapes_stand_for_japanese_only_where_they_do() {
    let text = "港の料金が再び上がる。";
    let (japanese, ..) = encoding_rs::ISO_2022_JP.encode(text);
    assert_eq!(check_text(&japanese, text), []);
    let coloured = "\x1b[1mFees\x1b[0m";
    assert_eq!(check_text(coloured.as_bytes(), coloured), []);
    // Colours at the start say nothing of the encoding of what follows.
    let long = format!("{coloured} {}", "A café by the quay. ".repeat(8_000));
    let (latin, ..) = encoding_rs::WINDOWS_1252.encode(&long);
    let late = [coloured.as_bytes(), &b" ".repeat(1 << 16), &latin].concat();
    let expected = format!("{coloured}{}{long}", " ".repeat(1 << 16));
    assert_eq!(check_text(&late, &expected), []);
}

#[test]
fn members_follow_each_other_and_layers_go_three_deep() {
    let members = [gzip(b"one "), gzip(b"two")].concat();
    assert_eq!(check_text(&members, "one two"), []);
    let three = gzip(&gzip(&gzip(b"deep")));
    assert_eq!(check_text(&three, "deep"), []);
    assert_eq!(check_text(&gzip(&three), ""), [ProblemKind::UnknownFormat]);
}

#[test]
fn what_comes_before_the_damage_is_used() {
    let lines: String = (0..20_000)
        .map(|n| format!("line {n} {}\n", n * 7919 % 1000))
        .collect();
    let packed = gzip(lines.as_bytes());
    let (_folder, entry) = file(&packed[..packed.len() / 2]);
    let (text, problems) = read(&entry, |reader| {
        (reader.read_rest(1 << 24).0, reader.take_problems())
    });
    assert!(text.len() > lines.len() / 4 && lines.starts_with(&text));
    assert_eq!(problems[0].kind, ProblemKind::Damaged);
    assert_eq!(problems[0].place.byte, Some(text.len() as u64));
}

#[test]
fn byte_order_marks_and_plain_utf_16() {
    assert_eq!(check_text("\u{feff}né".as_bytes(), "né"), []);
    let utf16 = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<_>>()
    };
    let text = "Der Präsident sagte am Montag, es gehe weiter.";
    assert_eq!(check_text(&utf16(&format!("\u{feff}{text}")), text), []);
    assert_eq!(check_text(&utf16(text), text), []);
    let text = "Президент сказал в понедельник, что всё идёт дальше.";
    assert_eq!(check_text(&utf16(text), text), []);
}

#[test]
fn old_encodings_are_guessed_even_far_into_a_file() {
    let text = "Die Bundesregierung erklärte, über Zölle müsse man früher reden. ".repeat(5);
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(&text);
    assert_eq!(check_text(&bytes, &text), []);
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(&text);
    let far = [&b"plain words ".repeat(10_000)[..], &bytes].concat();
    check_text(&far, &format!("{}{text}", "plain words ".repeat(10_000)));
    let text = "Президент заявил, что переговоры продолжатся. ".repeat(5);
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(&text);
    assert_eq!(check_text(&bytes, &text), []);
}

#[test]
fn declared_encodings_are_believed() {
    let (bytes, ..) = encoding_rs::ISO_8859_2.encode("<meta charset=\"iso-8859-2\">Łódź");
    check_text(&bytes, "<meta charset=\"iso-8859-2\">Łódź");
}

#[test]
fn stray_bytes_become_replacement_characters_and_stray_nuls_go() {
    let bytes = [&"ä".repeat(20).into_bytes()[..], b"\xff ok \xfe"].concat();
    let expected = format!("{}\u{fffd} ok \u{fffd}", "ä".repeat(20));
    assert_eq!(check_text(&bytes, &expected), [ProblemKind::Encoding]);
    let text = "A text that is long enough for a stray byte.";
    assert_eq!(
        check_text(format!("{text}\0{text}").as_bytes(), &text.repeat(2)),
        []
    );
}

#[test]
fn pictures_and_programs_are_binary() {
    let noise: Vec<u8> = (0..4096u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    for bytes in [&b"\x89PNG\r\n\x1a\n..."[..], b"%PDF-1.7 x", &noise] {
        let (_folder, entry) = file(bytes);
        assert!(read(&entry, |reader| reader.is_binary()));
    }
}

#[test]
fn lines_over_the_limit_are_passed_over() {
    let text = format!("one\r\n{}\n\nlast", "x".repeat(300_000));
    let (_folder, entry) = file(text.as_bytes());
    let lines = read(&entry, |reader| {
        let mut lines = Vec::new();
        while let Some(line) = reader.read_line(1_000) {
            lines.push(match line {
                Line::Text(text) => text.to_owned(),
                Line::TooLong => "too long".to_owned(),
            });
        }
        lines
    });
    assert_eq!(lines, ["one", "too long", "", "last"]);
}
