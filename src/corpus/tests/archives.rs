//! Archives in archives, what they hold, and what breaks or explodes.

use std::io::Write;
use std::ops::ControlFlow;

use super::{file, gzip};
use crate::corpus::*;
use crate::error::ProblemKind;

/// What is in a file: the way to each file in it, and its text; then the problems.
fn visit(bytes: &[u8]) -> (Vec<(String, String)>, Vec<String>, u64) {
    let (_folder, entry) = file(bytes);
    let mut content = Content::open(&entry).unwrap();
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    let flow = content.visit(&mut |mut bytes| {
        let member = bytes.member().unwrap_or_default().to_owned();
        let (read, _) = bytes.read_all(1 << 20);
        problems.extend(bytes.take_problem());
        files.push((member, String::from_utf8_lossy(&read).into_owned()));
        ControlFlow::Continue(())
    });
    assert_eq!(flow, ControlFlow::Continue(()));
    assert_eq!(content.content_hash(), content_hash(&entry).unwrap());
    problems.extend(content.take_problems());
    let problems = problems.iter().map(|problem| {
        let member = problem.member.as_deref().unwrap_or_default();
        format!("{member}: {:?}", problem.kind)
    });
    (files, problems.collect(), content.hidden())
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

#[test]
fn archives_and_their_nests_are_opened() {
    let files: &[(&str, &[u8])] = &[("2025/a.txt", b"one"), ("b.txt.gz", &gzip(b"two"))];
    let plain = [("2025/a.txt", "one"), ("b.txt.gz", "two")]
        .map(|(name, text)| (name.to_owned(), text.to_owned()));
    for archive in [zip(files), tar(files)] {
        for packed in [archive.clone(), gzip(&archive)] {
            assert_eq!(visit(&packed), (plain.to_vec(), vec![], 0));
        }
        for outer in [zip(&[("in", &archive)]), gzip(&tar(&[("in", &archive)]))] {
            let nested = plain
                .clone()
                .map(|(name, text)| (format!("in/{name}"), text));
            assert_eq!(visit(&outer), (nested.to_vec(), vec![], 0));
        }
    }
    let mut deep = tar(files);
    for _ in 0..3 {
        deep = zip(&[("x", &deep)]);
    }
    let (found, problems, _) = visit(&deep);
    assert_eq!(
        (found.len(), &problems[..]),
        (0, &["x/x/x: UnknownFormat".to_owned()][..])
    );
}

#[test]
fn a_tar_archive_without_a_sign_is_known_by_its_sum() {
    let mut archive = tar(&[("a.txt", b"one"), ("b.txt", b"two")]);
    for at in [0, 1024] {
        archive[at + 257..at + 265].fill(0);
        archive[at + 148..at + 156].fill(b' ');
        let sum: u32 = archive[at..at + 512].iter().copied().map(u32::from).sum();
        archive[at + 148..at + 156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    }
    let (found, problems, _) = visit(&archive);
    assert_eq!((found.len(), problems.len()), (2, 0));
    assert_eq!(found[1], ("b.txt".to_owned(), "two".to_owned()));
    // The sum is wrong.
    archive[0] = b'z';
    assert_eq!(visit(&archive).0.len(), 1);
}

#[test]
fn what_may_hold_articles_and_is_not_read_is_told() {
    for head in [
        &b"7z\xbc\xaf\x27\x1c..."[..],
        b"Rar!\x1a\x07\0",
        b"\x1f\x9d\x90",
        b"PAR1",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ] {
        let (found, problems, _) = visit(head);
        assert_eq!(
            (found.len(), &problems[..]),
            (0, &[": UnknownFormat".to_owned()][..])
        );
    }
    let (found, problems, _) = visit(&tar(&[("a.7z", b"7z\xbc\xaf\x27\x1c"), ("b", b"two")]));
    assert_eq!(
        (found.len(), &problems[..]),
        (1, &["a.7z: UnknownFormat".to_owned()][..])
    );
    // A method that is not read: bzip2, in both headers.
    let mut zip = zip(&[("a", b"one"), ("b", b"two")]);
    zip[8] = 12;
    let directory = memchr::memmem::find(&zip, b"PK\x01\x02").unwrap();
    zip[directory + 10] = 12;
    let (found, problems, _) = visit(&zip);
    assert_eq!(
        (found.len(), &problems[..]),
        (1, &["a: UnknownFormat".to_owned()][..])
    );
}

#[test]
fn names_of_members_are_only_names() {
    let files: &[(&str, &[u8])] = &[
        ("../../etc/passwd", b"a"),
        ("/abs\\b.txt", b"b"),
        (".hidden/c", b"c"),
        ("__MACOSX/._d", b"d"),
    ];
    for archive in [zip(files), tar(files)] {
        let (found, problems, hidden) = visit(&archive);
        let names: Vec<_> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["etc/passwd", "abs/b.txt"]);
        assert_eq!((problems.len(), hidden), (0, 2));
    }
}

#[test]
fn a_zip_that_is_a_document_stays_whole() {
    let document = zip(&[
        ("[Content_Types].xml", b"<x/>"),
        ("word/document.xml", b"<x/>"),
    ]);
    let (found, problems, _) = visit(&document);
    assert_eq!((found.len(), problems.len()), (1, 0));
    assert!(found[0].1.starts_with("PK"));
    let (found, ..) = visit(&zip(&[("a.docx", &document)]));
    assert_eq!(found[0].0, "a.docx");
    assert!(found[0].1.starts_with("PK"));
}

#[test]
fn damaged_archives_give_what_comes_before() {
    let long: Vec<u8> = (0..50_000u32).map(|n| ((n * n) >> 7) as u8).collect();
    let files: &[(&str, &[u8])] = &[("a", b"one"), ("b", &long), ("c", b"three")];
    let zip = zip(files);
    let (found, problems, _) = visit(&zip[..zip.len() / 2]);
    assert_eq!(found[0], ("a".to_owned(), "one".to_owned()));
    assert!(problems.contains(&": Damaged".to_owned()), "{problems:?}");
    let tar = tar(files);
    let (found, problems, _) = visit(&tar[..tar.len() / 2]);
    assert_eq!(found[0], ("a".to_owned(), "one".to_owned()));
    assert_eq!((found.len(), problems.len()), (2, 1), "{problems:?}");
    // One wrong byte in a member costs that member.
    let mut broken = zip.clone();
    broken[5_000] ^= 0x55;
    let (found, problems, _) = visit(&broken);
    assert_eq!((found.len(), &found[2].1[..]), (3, "three"));
    assert_eq!(problems, ["b: Damaged"]);
}

#[test]
fn bombs_go_off_once() {
    let zeros = vec![0; 64 << 20];
    let bomb = zstd::encode_all(&zeros[..], 3).unwrap().repeat(40);
    for bytes in [
        bomb.clone(),
        tar(&[("bomb", &bomb), ("after", b"text")]),
        zip(&[("bomb", &bomb), ("after", b"text")]),
    ] {
        let (_folder, entry) = file(&bytes);
        let mut content = Content::open(&entry).unwrap();
        let mut problems = Vec::new();
        let _ = content.visit(&mut |mut bytes| {
            let mut buffer = vec![0; 1 << 20];
            while bytes.fill(&mut buffer) > 0 {}
            problems.extend(bytes.take_problem());
            ControlFlow::Continue(())
        });
        problems.extend(content.take_problems());
        let kinds: Vec<_> = problems.iter().map(|problem| problem.kind).collect();
        assert_eq!(kinds, [ProblemKind::TooLarge]);
    }
}
