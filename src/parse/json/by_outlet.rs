//! Records that stand under keys which name no part of an article: lists of them under
//! the names of their outlets, as some crawlers write them, or each under its id or its
//! address.
//!
//! In: an object that says nothing of itself, in memory or as far as it was read. Out:
//! its records, if they look like records, with what their keys say.

use std::borrow::Cow;
use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use super::scanner::Kept;
use super::{List, Object, Records, unquoted};
use crate::parse::field_names::{Field, field};
use crate::parse::fields::{RawRecord, is_record};
use crate::parse::node::Node;
use crate::parse::output::Output;
use crate::parse::repair::read_repaired;

/// Rank of what the key of records says, behind what they say themselves.
const KEY_RANK: usize = 50;

/// Tells by its keys whether a map is a record.
type IsRecord = fn(&[(Cow<'_, str>, Node<'_>)]) -> bool;

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
        outlet: Option<&str>,
    ) -> ControlFlow<(), u64> {
        let outlet = outlet.map(|outlet| (Field::Source, outlet));
        self.emit_if(is_record, (text, line), outlet)
    }

    /// Reads the object under a key, and hands it on if it looks like a record; returns
    /// whether it does.
    fn keyed(&mut self, key: &Kept) -> ControlFlow<(), u64> {
        let line = self.scanner.line();
        let text = self.text();
        if text.is_over {
            let place = self.place(line);
            self.too_large(place)?;
            return ControlFlow::Continue(1);
        }
        let key = unquoted(key);
        let field = match key.contains("://") {
            true => Field::Url,
            false => Field::Id,
        };
        self.emit_if(is_whole_record, (&text, line), Some((field, key)))
    }

    /// Hands on an object and its line if it is a record, with what its key says; returns whether it is.
    fn emit_if(
        &mut self,
        is_record: IsRecord,
        (text, line): (&Kept, u64),
        said: Option<(Field, &str)>,
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
        if let Some((field, key)) = said {
            record.add(field, KEY_RANK, Node::Text(key.into()));
        }
        self.out.expect_many();
        let place = self.place(line);
        self.out.article(record.into_draft(), place)?;
        ControlFlow::Continue(1)
    }

    /// Reads an object whose keys are outlets, with a list of records each, or those of
    /// single records.
    fn outlets(&mut self) -> ControlFlow<(), u64> {
        let nothing = &mut Kept::default();
        self.scanner.take_sign(nothing);
        let (mut is_value, mut key) = (false, Kept::default());
        let (mut count, mut has_others) = (0, false);
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
                b'[' if is_value => {
                    // What stands among other values is no outlet, nor is a number or a date.
                    let outlet = Some(unquoted(&key))
                        .filter(|key| !has_others && key.chars().any(char::is_alphabetic));
                    count += self.list(List::Outlet(outlet), 1)?;
                }
                b'{' if is_value => count += self.keyed(&key)?,
                b'"' if !is_value => key = self.text(),
                _ => {
                    has_others = true;
                    self.pass_over(sign);
                }
            }
        }
        self.is_cut |= count > 0;
        ControlFlow::Continue(count)
    }
}

/// Whether a map's keys name a text, and something else that articles have.
fn is_whole_record(entries: &[(Cow<'_, str>, Node<'_>)]) -> bool {
    let has = |wanted: &[Field]| {
        let mut fields = entries.iter().filter_map(|(key, _)| field(key));
        fields.any(|(field, _)| wanted.contains(&field))
    };
    has(&[Field::Body]) && has(&[Field::Title, Field::Published, Field::Url])
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
