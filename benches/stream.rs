//! One file without end: the memory and the pace of `search index`, whatever it is given.
//!
//!     cargo bench --bench stream -- [BYTES [SHAPE [file]]]
//!
//! Makes up BYTES (1GB) of news, the same at every run, writes them to the standard
//! input of `search index -` as they come, and prints the peak memory of that process
//! and its pace; on Linux, also how much of it was no page of a file, which the system
//! could take back at any time. With `file`, they go to a temporary file first, which it then reads.
//! Nothing is held in memory here. SHAPE is one of
//!
//! - `lines`: JSON Lines (the default);
//! - `list`: one JSON array of articles;
//! - `broken`: JSON Lines of a few bytes each that cannot be read;
//! - `record`: one article, all of it one text;
//! - `line`: one line without anything that would end a record.
#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]

mod common;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use common::words::Words;
use common::{arguments, search};
use tempfile::TempDir;
use wait4::Wait4;

/// Paragraphs that articles are put together of; words are slow to make up.
const PARAGRAPHS: usize = 4_000;

#[derive(Clone, Copy)]
enum Shape {
    Lines,
    List,
    Broken,
    Record,
    Line,
}

fn main() -> Result<()> {
    match arguments() {
        Some(given) => measure(&given),
        None => Ok(()),
    }
}

fn measure(given: &[String]) -> Result<()> {
    let bytes = given
        .first()
        .map_or(Ok(1_000_000_000), |text| parse(text))?;
    let shape = shape(given.get(1).map_or("lines", String::as_str))?;
    let folder = TempDir::new()?;
    let mut command = search();
    command
        .args(["index", "--format", "json", "--index"])
        .arg(folder.path().join("index"))
        .stdout(Stdio::piped());
    let through_file = match given.get(2).map(String::as_str) {
        Some("file") => true,
        None => false,
        Some(other) => bail!("`{other}` is not `file`"),
    };
    let file = folder.path().join("stream.json");
    if through_file {
        generate(&mut BufWriter::new(File::create(&file)?), shape, bytes)?;
        command.arg(&file);
    } else {
        command.arg("-").stdin(Stdio::piped());
    }
    let started = Instant::now();
    let mut child = command.spawn()?;
    let id = child.id();
    let watch = std::thread::spawn(move || watch(id));
    if let Some(pipe) = child.stdin.take() {
        generate(&mut BufWriter::with_capacity(1 << 20, pipe), shape, bytes)?;
    }
    let report = io::read_to_string(child.stdout.take().context("there is no pipe")?)?;
    let done = child.wait4()?;
    ensure!(done.status.success(), "`search index` failed");
    let seconds = started.elapsed().as_secs_f64();
    let own_bytes = watch.join().ok().context("the watch panicked")?;
    let report: serde_json::Value = serde_json::from_str(&report)?;
    println!(
        "peak {:.0} MB, {:.0} MB without pages of files",
        done.rusage.maxrss as f64 / 1e6,
        own_bytes as f64 / 1e6,
    );
    println!(
        "{:.1} MB/s: {seconds:.1} s, {:.1} s of user and system time",
        bytes as f64 / 1e6 / seconds,
        (done.rusage.utime + done.rusage.stime).as_secs_f64(),
    );
    println!("articles {}", report["articles"]["added"]);
    println!("problems {}", report["problems"]);
    Ok(())
}

/// The most memory that a process has at a time besides pages of files, looked up often
/// until it is gone; 0 where that cannot be looked up.
fn watch(id: u32) -> u64 {
    let mut most = 0;
    while let Ok(status) = std::fs::read_to_string(format!("/proc/{id}/status")) {
        let own = status
            .lines()
            .find_map(|line| line.strip_prefix("RssAnon:"));
        let Some(own) = own.and_then(|own| own.trim().strip_suffix(" kB")?.parse().ok()) else {
            break;
        };
        most = most.max(own);
        std::thread::sleep(Duration::from_millis(20));
    }
    most * 1024
}

/// A size as `20GB`, `300MB` or a number of bytes.
fn parse(text: &str) -> Result<u64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "" => 1,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        other => bail!("`{other}` is neither MB nor GB"),
    };
    Ok(digits.parse::<u64>()? * unit)
}

fn shape(name: &str) -> Result<Shape> {
    Ok(match name {
        "lines" => Shape::Lines,
        "list" => Shape::List,
        "broken" => Shape::Broken,
        "record" => Shape::Record,
        "line" => Shape::Line,
        other => bail!("there is no shape `{other}`"),
    })
}

fn generate(out: &mut impl Write, shape: Shape, bytes: u64) -> Result<()> {
    let mut counted = Counted { out, bytes: 0 };
    let mut words = Words::new(7);
    let paragraphs: Vec<String> = (0..PARAGRAPHS).map(|_| words.paragraphs(1)).collect();
    let (start, between, end) = match shape {
        Shape::Lines | Shape::Broken => ("", "\n", "\n"),
        Shape::List => ("[\n", ",\n", "\n]\n"),
        Shape::Record => ("{\"title\": \"One\", \"text\": \"", " ", "\"}\n"),
        Shape::Line => ("{\"title\": ", " ", "\n"),
    };
    counted.write_all(start.as_bytes())?;
    for number in 0_u64.. {
        if counted.bytes >= bytes {
            break;
        }
        if number > 0 {
            counted.write_all(between.as_bytes())?;
        }
        match shape {
            Shape::Lines | Shape::List => article(&mut counted, &mut words, &paragraphs, number)?,
            Shape::Broken => write!(counted, "{{\"id\": {number}, \"text\": oops}}")?,
            Shape::Record | Shape::Line => {
                let at = words.between(0, PARAGRAPHS - 1);
                counted.write_all(paragraphs[at].as_bytes())?;
            }
        }
    }
    counted.write_all(end.as_bytes())?;
    Ok(counted.flush()?)
}

/// Writes an article of its own title and some of the paragraphs.
fn article(
    out: &mut impl Write,
    words: &mut Words,
    paragraphs: &[String],
    number: u64,
) -> Result<()> {
    let (year, month, day) = (
        words.between(1990, 2024),
        words.between(1, 12),
        words.between(1, 28),
    );
    let count = words.between(3, 14);
    let text: Vec<&str> = (0..count)
        .map(|_| &*paragraphs[words.between(0, paragraphs.len() - 1)])
        .collect();
    let record = serde_json::json!({
        "id": format!("article-{number}"),
        "title": words.phrase(8),
        "date": format!("{year}-{month:02}-{day:02}T12:00:00Z"),
        "language": "en",
        "source": format!("Outlet {}", words.between(1, 20)),
        "url": format!("https://news.example/{number}"),
        "text": text.join("\n\n"),
    });
    Ok(serde_json::to_writer(out, &record)?)
}

/// Counts what is written.
struct Counted<W> {
    out: W,
    bytes: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
