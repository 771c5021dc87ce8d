//! Lists of records that stand under the names of their outlets, as some crawlers write
//! them: an object that says nothing of itself, with a list under each of its keys.
//!
//! In: such an object, in memory or as far as it was read. Out: its records, each with
//! its outlet, if they look like records.

use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use super::scanner::Kept;
use super::{List, Object, Records, unquoted};
use crate::parse::field_names::Field;
use crate::parse::fields::{RawRecord, is_record};
use crate::parse::node::Node;
use crate::parse::output::Output;
use crate::parse::repair::read_repaired;

/// Rank of an outlet that a list of records stands under, behind what they say themselves.
const OUTLET_RANK: usize = 50;

impl Records<'_, '_> {
    /// Reads an object that is in memory, for what its keys may be.
    pub(super) fn all_by_outlet(&mut self, object: &Object) -> ControlFlow<(), u64> {
        let limit = self.max_record_bytes;
        let inner = by_outlet(&mut &object.text.bytes[..], object.line, self.out, limit)?;
        self.is_cut |= inner.is_cut;
        self.is_told |= inner.is_told;
        ControlFlow::Continue(inner.count)
    }

    /// Reads on in an object that is too large for a record, and has a list under a key
    /// that names nothing, of which the start is in memory.
    pub(super) fn rest_by_outlet(&mut self, object: &Object) -> ControlFlow<(), u64> {
        let mut text = object.text.bytes.chain(self.scanner.rest());
        let limit = self.max_record_bytes;
        let inner = by_outlet(&mut text, object.line, self.out, limit)?;
        self.scanner.go_on_at(inner.line);
        self.is_cut |= inner.is_cut;
        self.is_told |= inner.is_told;
        if inner.count > 0 {
            return ControlFlow::Continue(inner.count);
        }
        let place = self.place(object.line);
        self.too_large(place)?;
        ControlFlow::Continue(1)
    }

    /// Hands on a record of an outlet's list, if it looks like one; returns whether it does.
    pub(super) fn emit_of_outlet(
        &mut self,
        text: &Kept,
        line: u64,
        outlet: &str,
    ) -> ControlFlow<(), u64> {
        let json = String::from_utf8_lossy(&text.bytes);
        let mut repaired = None;
        let entries = match read_repaired(&json, &mut repaired, serde_json::from_str) {
            Ok(Node::Map(entries)) if is_record(&entries) => entries,
            Ok(_) => return ControlFlow::Continue(0),
            Err(error) => {
                let place = self.place(line);
                self.broken(&error, place)?;
                return ControlFlow::Continue(1);
            }
        };
        let mut record = RawRecord::mapped(entries, self.out.map());
        let outlet = Node::Text(outlet.into());
        record.add(Field::Source, OUTLET_RANK, outlet);
        self.out.expect_many();
        let place = self.place(line);
        self.out.article(record.into_draft(), place)?;
        ControlFlow::Continue(1)
    }

    /// Reads an object whose keys are outlets, with a list of records each.
    fn outlets(&mut self) -> ControlFlow<(), u64> {
        let nothing = &mut Kept::default();
        self.scanner.take_sign(nothing);
        let (mut is_value, mut outlet) = (false, Kept::default());
        let mut count = 0;
        while let Some(sign) = self.scanner.next_sign(nothing) {
            match sign {
                b'}' | b']' => {
                    self.scanner.take_sign(nothing);
                    return ControlFlow::Continue(count);
                }
                b',' | b':' => {
                    self.scanner.take_sign(nothing);
                    is_value = sign == b':';
                }
                b'[' if is_value => count += self.list(List::Outlet(unquoted(&outlet)), 1)?,
                b'"' if !is_value => outlet = self.text(),
                _ => self.pass_over(sign),
            }
        }
        self.is_cut |= count > 0;
        ControlFlow::Continue(count)
    }
}

/// What [`by_outlet`] found.
struct ByOutlet {
    count: u64,
    line: u64,
    is_cut: bool,
    is_told: bool,
}

/// Hands on the records in lists that stand under the names of their outlets.
fn by_outlet(
    text: &mut dyn BufRead,
    line: u64,
    out: &mut Output<'_>,
    max_record_bytes: usize,
) -> ControlFlow<(), ByOutlet> {
    let mut records = Records::new(text, out, max_record_bytes);
    records.scanner.go_on_at(line);
    let count = records.outlets()?;
    ControlFlow::Continue(ByOutlet {
        count,
        line: records.scanner.line(),
        is_cut: records.is_cut,
        is_told: records.is_told,
    })
}
