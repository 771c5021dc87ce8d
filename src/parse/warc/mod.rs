//! Web archives (WARC), as crawlers of news write them.
//!
//! In: a stream of records. Out: an article for each page that a server gave, and for
//! each text that was made of a page. What else there is in such archives (requests,
//! redirects, pictures) is counted and passed over; what is damaged is a problem,
//! and the records around it are read.
//!
//! The records are cut in `frame`, their headers read in `header`, what servers
//! answered is unpacked in `http`, and `page` makes articles of it.

mod frame;
mod header;
mod http;
mod page;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use self::frame::{Fault, Frames};
use super::output::Output;
use super::{BytesFormat, MAX_RECORD_BYTES};
use crate::corpus::ByteReader;
use crate::error::{Place, ProblemKind};

/// The format.
pub(super) struct Warc;

impl BytesFormat for Warc {
    fn name(&self) -> &'static str {
        "warc"
    }

    fn detect(&self, head: &[u8]) -> bool {
        frame::is_mark(head.trim_ascii_start())
    }

    fn parse(&self, bytes: &mut ByteReader<'_>, out: &mut Output<'_>) -> ControlFlow<()> {
        out.expect_many();
        let mut frames = Frames::new(bytes, MAX_RECORD_BYTES);
        while let Some(garbage) = frames.seek() {
            if garbage > 0 {
                let place = Place {
                    byte: Some(frames.byte() - garbage),
                    ..Place::default()
                };
                report(Fault::Garbage(garbage), place, out)?;
            }
            if !frames.is_over() {
                read_record(&mut frames, out)?;
            }
        }
        ControlFlow::Continue(())
    }
}

/// Reads the record that starts here.
fn read_record(frames: &mut Frames<'_>, out: &mut Output<'_>) -> ControlFlow<()> {
    let place = Place {
        byte: Some(frames.byte()),
        record: Some(out.begin_record()),
        ..Place::default()
    };
    let Some(header) = frames.header() else {
        return report(Fault::Header, place, out);
    };
    let length = header
        .get("content-length")
        .and_then(|length| length.parse().ok());
    let content = match page::content_of(&header, frames.peek()) {
        Ok(content) if frames.can_hold(length) => content,
        Ok(_) => {
            let message = format!("a page of over {} MB", MAX_RECORD_BYTES >> 20);
            out.problem(ProblemKind::TooLarge, place, message)?;
            return pass(frames, length, place, out);
        }
        Err(kind) => {
            out.pass_over(kind);
            return pass(frames, length, place, out);
        }
    };
    let (block, fault) = frames.take(length);
    let page = page::read(&header, &content, block);
    if let Some(fault) = fault {
        report(fault, place, out)?;
    }
    for (kind, message) in page.problems {
        out.problem(kind, place, message)?;
    }
    out.article(page.draft, place)
}

/// Passes over a block that says to be so long.
fn pass(
    frames: &mut Frames<'_>,
    length: Option<u64>,
    place: Place,
    out: &mut Output<'_>,
) -> ControlFlow<()> {
    match frames.pass(length) {
        Some(fault) => report(fault, place, out),
        None => ControlFlow::Continue(()),
    }
}

fn report(fault: Fault, place: Place, out: &mut Output<'_>) -> ControlFlow<()> {
    let message = match fault {
        Fault::Garbage(bytes) => format!("{bytes} bytes that belong to no record"),
        Fault::Header => "no header of a record".to_owned(),
        Fault::Length => {
            "not as long as its header says; it was read up to the next record".to_owned()
        }
        Fault::BreaksOff => "the archive breaks off in this record".to_owned(),
    };
    out.problem(ProblemKind::Damaged, place, message)
}
