//! Archives in archives, and what they hold.

use std::io::{Cursor, Write};

use super::workspace::{Workspace, markdown, record};

/// A zip with these files.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A tar archive with these files, in gzip.
fn tar_gz(files: &[(&str, &[u8])]) -> Vec<u8> {
    let packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut builder = tar::Builder::new(packer);
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}

#[test]
fn articles_in_archives_are_named_by_their_way() {
    let page = markdown("Grain exports", "2025-03-15", "Grain left the port.");
    let inner = zip(&[("deep/page.md", page.as_bytes())]);
    let wire = [record("HW-1", "Oil."), r#"{"text": "No id."}"#.to_owned()].concat();
    let work = Workspace::new();
    work.bytes(
        "news/dump.tar.gz",
        &tar_gz(&[
            ("2025/page.md", page.as_bytes()),
            ("2025/wire.jsonl", wire.as_bytes()),
            ("inner.zip", &inner),
        ]),
    );
    let report = work.index(&["news"]);
    assert_eq!(report["articles"]["added"], 4);
    assert_eq!(
        work.all_ids(),
        [
            "HW-1",
            "dump.tar.gz#2025/page.md",
            "dump.tar.gz#2025/wire.jsonl#2",
            "dump.tar.gz#inner.zip/deep/page.md"
        ]
    );
    let hits = work.run(&["query", "path:deep grain", "--format", "jsonl"]);
    let hit = hits.ok().json();
    assert_eq!(hit["path"], "news/dump.tar.gz");
    assert_eq!(hit["member"], "inner.zip/deep/page.md");
    let shown = work.run(&["show", "HW-1"]).ok().stdout;
    assert!(
        shown.contains("news/dump.tar.gz#2025/wire.jsonl"),
        "{shown}"
    );
    let again = work.index(&["news"]);
    assert_eq!(again["articles"]["unchanged"], 4);
    work.remove("news/dump.tar.gz").folder("news");
    assert_eq!(work.index(&["news"])["articles"]["removed"], 4);
}

#[test]
fn what_an_archive_holds_besides_articles_is_counted() {
    let broken = "{\"text\": \"One.\"}\n{broken\n{\"text\": \"Two.\"}\n";
    let work = Workspace::new();
    work.bytes(
        "news/dump.zip",
        &zip(&[
            ("picture.png", b"\x89PNG\r\n\x1a\n...."),
            (".hidden.txt", b"Hidden."),
            ("wire.jsonl", broken.as_bytes()),
        ]),
    );
    let run = work.run(&["index", "news", "--format", "json"]).ok();
    let report = run.json();
    assert_eq!(report["articles"]["added"], 2);
    assert_eq!(report["formats"]["zip"]["articles"], 2);
    assert_eq!(
        (&report["files"]["binary"], &report["files"]["hidden"]),
        (&1.into(), &1.into())
    );
    let problems = work.run(&["info", "--problems"]).ok().stdout;
    assert!(
        problems.contains("news/dump.zip#wire.jsonl:2: "),
        "{problems}"
    );
}
