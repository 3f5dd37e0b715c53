//! The payload of a progress bundle: one return.

use std::collections::BTreeMap;

use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::returns::{Entry, Evidence, Return, SignOff};
use serde::{Deserialize, Serialize};

use super::RecordFault;
use super::entry::EntryWire;
use super::lines::{Lines, Stop, Written};
use crate::digest::Sha256Digest;
use crate::header::{Attachment, Claims, Subject};
use crate::strict::{Object, Text};
use crate::write::WriteError;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Record<'a> {
    #[serde(borrow)]
    Return(Object<ReturnWire<'a>>),
    #[serde(borrow)]
    Entry(Object<EntryWire<'a>>),
}

/// What the header does not say already.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReturnWire<'a> {
    nil: bool,
    #[serde(borrow)]
    filled_by: Text<'a>,
    #[serde(borrow)]
    checked_by: Text<'a>,
    #[serde(borrow)]
    issued_by: Text<'a>,
}

/// Makes a return without entries.
pub(super) fn blank(office: &OfficeId, period: Period, plan_version: u32, stand_in: bool) -> Return {
    Return {
        office: office.clone(),
        period,
        plan_version,
        nil: false,
        stand_in,
        sign_off: SignOff::default(),
        entries: BTreeMap::new(),
    }
}

impl<'a> ReturnWire<'a> {
    pub(super) fn of(it: &'a Return) -> Self {
        Self {
            nil: it.nil,
            filled_by: it.sign_off.filled_by.as_str().into(),
            checked_by: it.sign_off.checked_by.as_str().into(),
            issued_by: it.sign_off.issued_by.as_str().into(),
        }
    }

    pub(super) fn read(self, it: &mut Return) {
        it.nil = self.nil;
        it.sign_off = SignOff {
            filled_by: self.filled_by.into_string(),
            checked_by: self.checked_by.into_string(),
            issued_by: self.issued_by.into_string(),
        };
    }
}

/// Collects entries; their targets must rise, so that none comes twice and one return has one text.
pub(super) struct Entries(Vec<(TargetId, Entry)>);

impl Entries {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn push(&mut self, wire: EntryWire<'_>) -> Result<&Entry, RecordFault> {
        let (target, entry) = wire.read()?;
        if self.0.last().is_some_and(|(last, _)| *last >= target) {
            return Err(RecordFault::Misplaced("entry"));
        }
        // Most returns have an entry per target of a plan.
        if self.0.is_empty() {
            self.0.reserve(64);
        }
        self.0.push((target, entry));
        self.0.last().map(|(_, entry)| entry).ok_or(RecordFault::Misplaced("entry"))
    }

    pub(super) fn finish(self) -> BTreeMap<TargetId, Entry> {
        self.0.into_iter().collect()
    }
}

/// Checks that every piece of evidence is among the attachments.
fn check_evidence(evidence: &[Evidence], attachments: &[Attachment]) -> Result<(), RecordFault> {
    let attached =
        |e: &Evidence| attachments.iter().any(|a| a.digests.sha256.0 == e.sha256 && a.len == e.len);
    match evidence.iter().find(|e| !attached(e)) {
        Some(e) => {
            let reason = format!("{} is not among the attachments", Sha256Digest(e.sha256));
            Err(RecordFault::value("evidence", reason))
        }
        None => Ok(()),
    }
}

pub(super) fn read(
    mut it: Return,
    attachments: &[Attachment],
    lines: &mut Lines<'_>,
) -> Result<Return, Stop> {
    match lines.next()? {
        Some(Record::Return(Object(wire))) => wire.read(&mut it),
        Some(Record::Entry(_)) => return Err(RecordFault::Misplaced("entry").into()),
        None => return Err(RecordFault::Absent("return").into()),
    }
    let mut entries = Entries::new();
    while let Some(record) = lines.next()? {
        match record {
            Record::Entry(Object(wire)) => check_evidence(&entries.push(wire)?.evidence, attachments)?,
            Record::Return(_) => return Err(RecordFault::Misplaced("return").into()),
        }
    }
    it.entries = entries.finish();
    Ok(it)
}

pub(super) fn write(
    it: &Return,
    claims: &Claims,
    attachments: &[Attachment],
    lines: &mut Written<'_>,
) -> Result<(), WriteError> {
    if let Subject::Progress { office, period, stand_in, .. } = &claims.subject {
        let agreements = [
            ("office", it.office == *office),
            ("period", it.period == *period),
            ("stand_in", it.stand_in == *stand_in),
            ("plan_version", it.plan_version == claims.plan_version),
        ];
        if let Some((field, _)) = agreements.iter().find(|(_, agrees)| !agrees) {
            return Err(RecordFault::Contradiction(field).into());
        }
    }
    lines.push(&Record::Return(Object(ReturnWire::of(it))))?;
    for (target, entry) in &it.entries {
        check_evidence(&entry.evidence, attachments)?;
        lines.push(&Record::Entry(Object(EntryWire::of(target, entry))))?;
    }
    Ok(())
}
