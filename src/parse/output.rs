//! Where formats put what they find.
//!
//! In: drafts and complaints with their place in the file. Out: [`Record`]s,
//! numbered and finished, into the caller's sink.

use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Record;
use super::draft::Draft;
use crate::error::{Place, Problem, ProblemKind};

/// The sink of one file.
pub(super) struct Output<'a> {
    path: &'a str,
    /// The way to the file inside the archive at `path`.
    member: Option<String>,
    today: Date,
    records: u64,
    has_many: bool,
    is_handing_on: bool,
    sink: &'a mut dyn FnMut(Record) -> ControlFlow<()>,
}

impl<'a> Output<'a> {
    pub(super) fn new(path: &'a str, sink: &'a mut dyn FnMut(Record) -> ControlFlow<()>) -> Self {
        Self {
            path,
            member: None,
            today: Timestamp::now().to_zoned(TimeZone::UTC).date(),
            records: 0,
            has_many: false,
            is_handing_on: false,
            sink,
        }
    }

    /// Goes on to another file of the archive, or starts with the file itself.
    pub(super) fn enter(&mut self, member: Option<&str>) {
        self.member = member.map(str::to_owned);
        self.records = 0;
        self.has_many = false;
    }

    /// Counts a record, good or bad, and returns its number, from 1.
    pub(super) fn begin_record(&mut self) -> u64 {
        self.records += 1;
        self.records
    }

    /// Declares that the file may hold any number of records.
    pub(super) fn expect_many(&mut self) {
        self.has_many = true;
    }

    /// Finishes a draft and hands it on, or reports that it holds no text.
    pub(super) fn article(&mut self, draft: Draft, place: Place) -> ControlFlow<()> {
        let (mut article, complaints) = draft.finish(self.path, self.today);
        article.member.clone_from(&self.member);
        if article.title.is_empty() && article.body.is_empty() && article.lead.is_empty() {
            return self.problem(ProblemKind::NoText, place, "neither a title nor a text");
        }
        for (kind, message) in complaints {
            self.problem(kind, place, message)?;
        }
        let number = place.record.filter(|_| self.has_many);
        self.hand_on(Record::Article {
            article: Box::new(article),
            number,
        })
    }

    /// Reports what is wrong at a place of the file.
    pub(super) fn problem(
        &mut self,
        kind: ProblemKind,
        place: Place,
        message: impl Into<String>,
    ) -> ControlFlow<()> {
        self.hand_on(Record::Problem(Problem {
            kind,
            path: self.path.to_owned(),
            member: self.member.clone(),
            place,
            message: message.into(),
        }))
    }

    /// Reports that the file is in no format that is read.
    pub(super) fn reject_format(&mut self, message: &str) {
        // Nothing follows, so whether the caller wants more does not matter.
        let _ = self.problem(ProblemKind::UnknownFormat, Place::default(), message);
    }

    /// Hands on a problem that was found elsewhere.
    pub(super) fn forward(&mut self, problem: Problem) -> ControlFlow<()> {
        self.hand_on(Record::Problem(problem))
    }

    /// Whether the caller has a record and has not returned: a panic is then its own.
    pub(super) fn is_handing_on(&self) -> bool {
        self.is_handing_on
    }

    fn hand_on(&mut self, record: Record) -> ControlFlow<()> {
        self.is_handing_on = true;
        let flow = (self.sink)(record);
        self.is_handing_on = false;
        flow
    }
}
