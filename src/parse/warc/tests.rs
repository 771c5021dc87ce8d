//! Archives made here, whole and damaged in every way that is known.

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::ControlFlow;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::super::{FieldMap, FileReport, Record, read_content};
use crate::article::{Article, DateOrigin};
use crate::corpus::Content;
use crate::error::{Problem, ProblemKind};

/// A record with this header, which lacks its length and the blank line.
fn record(fields: &str, block: &[u8]) -> Vec<u8> {
    let length = block.len();
    let head = format!("WARC/1.0\r\n{fields}\r\nContent-Length: {length}\r\n\r\n");
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// The answer to a request for the page `name`.
fn response(name: &str, http: &str, body: &[u8]) -> Vec<u8> {
    let fields = format!(
        "WARC-Type: response\r\nWARC-Record-ID: <urn:test:{name}>\r\n\
        WARC-Target-URI: https://harbour.example/2025/{name}\r\nWARC-Date: 2025-03-16T09:00:00Z\r\n\
        Content-Type: application/http; msgtype=response"
    );
    record(&fields, &[http.as_bytes(), b"\r\n\r\n", body].concat())
}

fn html(name: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>About {name}</title></head><body><article>\
        <h1>About {name}</h1><p>The harbour of Lindholm was closed for {name}, said its master, \
        and the ferries stayed where they were until the evening. Nobody had told the passengers, \
        who went home.</p><p>The council is to talk about it on Monday, and about the bridge.</p>\
        </article></body></html>"
    )
}

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8";

fn page(name: &str) -> Vec<u8> {
    response(name, OK, html(name).as_bytes())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// What an archive yields.
struct Read {
    articles: Vec<Article>,
    problems: Vec<Problem>,
    report: FileReport,
}

fn read(archive: &[u8]) -> Read {
    let content = Content::of_bytes("archive", archive.to_vec());
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    let report = read_content(content, &FieldMap::default(), &mut |record| {
        match record {
            Record::Article { article, .. } => articles.push(*article),
            Record::Problem(problem) => problems.push(problem),
        }
        ControlFlow::Continue(())
    });
    assert_eq!(report.format, Some("warc"));
    Read {
        articles,
        problems,
        report,
    }
}

impl Read {
    fn names(&self) -> Vec<&str> {
        let ids = self.articles.iter().map(|article| article.id.as_str());
        ids.map(|id| id.trim_start_matches("urn:test:")).collect()
    }
}

/// The archive yields these pages, each whole, and problems of damage at these records.
#[track_caller]
fn check(archive: &[u8], names: &[&str], damaged: &[Option<u64>]) -> Read {
    let read = read(archive);
    assert_eq!(read.names(), names, "{:?}", read.problems);
    let places: Vec<_> = read
        .problems
        .iter()
        .map(|problem| problem.place.record)
        .collect();
    assert_eq!(places, damaged, "{:?}", read.problems);
    for problem in &read.problems {
        assert_eq!(problem.kind, ProblemKind::Damaged, "{problem}");
    }
    read
}

#[test]
fn a_page_becomes_an_article() {
    let read = check(&page("fog"), &["fog"], &[]);
    let article = &read.articles[0];
    assert_eq!(article.id, "urn:test:fog");
    assert_eq!(article.title, "About fog");
    assert!(article.body.starts_with("The harbour") && article.body.ends_with("bridge."));
    assert_eq!(
        article.url.as_deref(),
        Some("https://harbour.example/2025/fog")
    );
    let published = article.published.unwrap();
    assert_eq!(
        (published.iso_day().as_str(), published.origin),
        ("2025-03-16", DateOrigin::Header)
    );
}

#[test]
fn what_is_no_page_is_counted() {
    let typed = |kind: &str| format!("WARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/");
    let archive = [
        record(&typed("warcinfo"), b"software: a\r\n"),
        record(&typed("request"), b"GET / HTTP/1.1\r\n\r\n"),
        response(
            "moved",
            "HTTP/1.1 301 Moved\r\nContent-Type: text/html",
            b"<p>moved</p>",
        ),
        response(
            "none",
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/html",
            b"<p>none</p>",
        ),
        response(
            "png",
            "HTTP/1.1 200 OK\r\nContent-Type: image/png",
            &[0x89; 100_000],
        ),
        response("css", "HTTP/1.1 200 OK\r\nContent-Type: text/css", b"p {}"),
        page("fog"),
        record(&typed("revisit"), b"HTTP/1.1 200 OK\r\n\r\n"),
        record(&typed("metadata"), b"outlink: b\r\n"),
        record(
            "WARC-Type: response\r\nWARC-Target-URI: dns:a.example",
            b"a.example. IN A 1.2.3.4",
        ),
        record(
            "WARC-Type: resource\r\nWARC-Target-URI: metadata://log\r\nContent-Type: text/plain",
            b"log",
        ),
    ];
    for bytes in [
        archive.concat(),
        archive.iter().flat_map(|record| gzip(record)).collect(),
    ] {
        let read = check(&bytes, &["fog"], &[]);
        let expected = [
            ("DNS answers", 1),
            ("errors", 1),
            ("images", 1),
            ("metadata records", 3),
            ("other files", 1),
            ("redirects", 1),
            ("requests", 1),
            ("revisits", 1),
        ];
        assert_eq!(read.report.passed_over, BTreeMap::from(expected));
        assert_eq!(read.report.text_bytes, archive.concat().len() as u64);
    }
}

#[test]
fn texts_that_were_made_of_pages_are_articles() {
    let archive = [
        record(
            "WARC-Type: conversion\r\nWARC-Record-ID: <urn:test:wet>\r\nContent-Type: text/plain\r\n\
            WARC-Target-URI: https://a.example/b\r\nWARC-Identified-Content-Language: deu",
            "Nebel im Hafen\n\nDie Fähren blieben liegen.".as_bytes(),
        ),
        record(
            "WARC-Type: resource\r\nWARC-Record-ID: urn:test:saved\r\nContent-Type: text/html",
            html("rain").as_bytes(),
        ),
    ];
    let read = check(&archive.concat(), &["wet", "saved"], &[]);
    let wet = &read.articles[0];
    assert_eq!(
        (wet.title.as_str(), wet.body.as_str()),
        ("Nebel im Hafen", "Die Fähren blieben liegen.")
    );
    assert_eq!(wet.url.as_deref(), Some("https://a.example/b"));
    assert_eq!(wet.lang.as_deref(), Some("de"));
    assert_eq!(read.articles[1].title, "About rain");
}

#[test]
fn content_is_unpacked_and_decoded() {
    let latin: Vec<u8> = html("Føroyar").chars().map(|c| c as u8).collect();
    let packed = gzip(html("snow").as_bytes());
    let chunked = [
        format!("{:x}\r\n", packed.len()).as_bytes(),
        &packed,
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    let archive = [
        response(
            "latin",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1",
            &latin,
        ),
        response(
            "snow",
            &format!("{OK}\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip"),
            &chunked,
        ),
        response("sniffed", "HTTP/1.0 200 OK", html("hail").as_bytes()),
        response("unknown", "HTTP/1.0 200 OK", b"\x00\x01\x02"),
    ];
    let read = check(&archive.concat(), &["latin", "snow", "sniffed"], &[]);
    let titles: Vec<_> = read
        .articles
        .iter()
        .map(|article| article.title.as_str())
        .collect();
    assert_eq!(titles, ["About Føroyar", "About snow", "About hail"]);
}

#[test]
fn lines_may_end_in_any_way() {
    let archive = [page("fog"), page("rain")].concat();
    let unix = String::from_utf8(archive.clone())
        .unwrap()
        .replace("\r\n", "\n");
    // Its lengths are wrong now.
    check(unix.as_bytes(), &["fog", "rain"], &[Some(1), Some(2)]);
    let blanks = [b"\r\n\r\n\n", &archive[..], b"\r\n\r\n\r\n\r\n"].concat();
    check(&blanks, &["fog", "rain"], &[]);
    let none = [&page("fog")[..page("fog").len() - 4], &page("rain")].concat();
    check(&none, &["fog", "rain"], &[]);
}

#[test]
fn a_cut_costs_what_lies_behind_it() {
    let archive = [page("fog"), page("rain")].concat();
    let first = page("fog").len();
    for kept in (first + 5..archive.len()).step_by(3) {
        let read = read(&archive[..kept]);
        assert_eq!(read.names()[0], "fog");
        let is_whole = kept + 4 >= archive.len();
        assert_eq!(
            read.problems.is_empty(),
            is_whole,
            "{kept}: {:?}",
            read.problems
        );
    }
    let packed = [gzip(&page("fog")), gzip(&page("rain"))].concat();
    let read = read(&packed[..packed.len() - 50]);
    assert_eq!(read.names(), ["fog", "rain"]);
    assert!(
        read.problems
            .iter()
            .all(|problem| problem.kind == ProblemKind::Damaged)
    );
    assert_eq!(read.problems.len(), 2);
}

#[test]
fn wrong_lengths_cost_no_record() {
    let page = page("fog");
    let text = String::from_utf8(page.clone()).unwrap();
    let (at, length) = text.split_once("Content-Length: ").unwrap();
    let (length, rest) = length.split_once("\r\n").unwrap();
    let length: usize = length.parse().unwrap();
    for wrong in [
        "0",
        "20",
        &(length - 1).to_string(),
        &(length + 9).to_string(),
        "99999",
        "-5",
        "x",
    ] {
        let broken = format!("{at}Content-Length: {wrong}\r\n{rest}");
        let archive = [
            self::page("rain"),
            broken.clone().into_bytes(),
            self::page("snow"),
        ]
        .concat();
        let read = check(&archive, &["rain", "fog", "snow"], &[Some(2)]);
        assert!(read.articles[1].body.ends_with("bridge."), "{wrong}");
        let passed = broken.replace("text/html", "image/png").into_bytes();
        let archive = [self::page("rain"), passed, self::page("snow")].concat();
        check(&archive, &["rain", "snow"], &[Some(2)]);
    }
}

#[test]
fn garbage_between_records_is_passed_over() {
    let garbage: Vec<u8> = (0..200_000u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    for garbage in [
        &b"<html>left over</html>\r\n"[..],
        &garbage,
        b"WARC/1.0\r\nno header",
    ] {
        let archive = [&page("fog"), garbage, &page("rain"), garbage].concat();
        let read = read(&archive);
        assert_eq!(read.names(), ["fog", "rain"]);
        assert!(
            !read.problems.is_empty() && read.problems.len() < 5,
            "{:?}",
            read.problems
        );
    }
}

#[test]
fn a_broken_gzip_member_costs_no_other_record() {
    let pages = ["fog", "rain", "snow", "hail"].map(|name| gzip(&page(name)));
    let mut broken = pages.clone();
    for byte in &mut broken[1][60..100] {
        *byte ^= 0x3c;
    }
    let read = read(&broken.concat());
    for name in ["fog", "snow", "hail"] {
        assert!(read.names().contains(&name), "{:?}", read.names());
    }
    assert!(!read.problems.is_empty());
    let mut gone = pages;
    gone[1].drain(..20);
    let read = check(&gone.concat(), &["fog", "snow", "hail"], &[None]);
    assert!(read.problems[0].message.contains("packed bytes"));
}

#[test]
fn an_archive_in_an_archive_is_one_record() {
    let inner = [page("fog"), page("rain")].concat();
    let archive = [
        response(
            "inner",
            "HTTP/1.1 200 OK\r\nContent-Type: application/warc",
            &inner,
        ),
        page("snow"),
    ];
    check(&archive.concat(), &["snow"], &[]);
}

#[test]
fn pages_that_are_cut_or_too_large_are_told() {
    let cut = String::from_utf8(page("fog")).unwrap();
    let cut = cut.replace("WARC-Type", "WARC-Truncated: length\r\nWARC-Type");
    check(cut.as_bytes(), &["fog"], &[Some(1)]);
    let large = vec![b' '; (64 << 20) + 1];
    let archive = [response("large", OK, &large), page("rain")].concat();
    let read = read(&archive);
    assert_eq!(read.names(), ["rain"]);
    assert_eq!(read.problems[0].kind, ProblemKind::TooLarge);
    let packed = response(
        "bomb",
        &format!("{OK}\r\nContent-Encoding: gzip"),
        &gzip(&large),
    );
    let read = self::read(&[packed, page("rain")].concat());
    assert_eq!(read.names(), ["rain"]);
    assert_eq!(read.problems[0].kind, ProblemKind::TooLarge);
}
