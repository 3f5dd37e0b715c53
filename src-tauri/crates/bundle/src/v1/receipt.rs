//! The payload of a receipt: where the hub's copy of an office's streams stands, and what became of each bundle.

use std::ops::RangeInclusive;

use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::returns::{Entry, Field, Return};
use serde::{Deserialize, Serialize};

use super::RecordFault;
use super::entry::{EntryWire, value};
use super::lines::{Lines, Stop, Written};
use super::progress::{Entries, ReturnWire, blank};
use super::words::Word as _;
use crate::digest::Sm3Digest;
use crate::header::{MAX_INTEGER, StreamId};
use crate::strict::{Object, Text, UnknownWord, present};
use crate::write::WriteError;

/// The hub's answer to one office. It states what is, not what happened: the same bundles give the same receipt.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receipt {
    /// How far the hub has each stream of the office.
    pub heads: Vec<Head>,
    /// What became of each bundle.
    pub verdicts: Vec<Verdict>,
    /// For catching up after a loss: the accepted returns of the year, without evidence.
    pub accepted: Vec<Return>,
}

/// How far the hub has a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The progress stream.
    pub stream: StreamId,
    /// The highest number that has arrived.
    pub seq: u64,
    /// Digest of the header of that number.
    pub header: Sm3Digest,
    /// The numbers below it that have not arrived, as ranges that rise.
    pub missing: Vec<RangeInclusive<u64>>,
    /// The last number that counts, where the stream's key signs no more: it handed over, was replaced or revoked.
    pub closed: Option<u64>,
}

/// What became of one bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The stream of the bundle.
    pub stream: StreamId,
    /// Its number.
    pub seq: u64,
    /// The digest of its header: of two bundles of one number, this is the one meant.
    pub header: Sm3Digest,
    /// The period it reports.
    pub period: Period,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a bundle at the hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// 已接收: it counts.
    Accepted,
    /// 退回: the named cells are excluded, the others count.
    Returned(Vec<ReturnedCell>),
    /// 待审: review has not decided yet.
    Pending,
    /// 待解锁: its period is locked; it is kept.
    Locked,
    /// 争议: at or after a fork of its stream; uncounted until the operator chooses.
    Disputed,
    /// A later bundle for the same period took its place.
    Superseded,
}

/// A cell that has to be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedCell {
    /// The target.
    pub target: TargetId,
    /// The box of its entry; the whole entry where there is none.
    pub field: Option<Field>,
    /// What is wrong, in the hub's words.
    pub reason: String,
}

impl Outcome {
    fn word(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Returned(_) => "returned",
            Self::Pending => "pending",
            Self::Locked => "locked",
            Self::Disputed => "disputed",
            Self::Superseded => "superseded",
        }
    }

    fn read(word: &str, cells: Option<Vec<Object<CellWire<'_>>>>) -> Result<Self, RecordFault> {
        let outcome = match (word, cells) {
            ("returned", Some(cells)) => {
                let cells: Result<_, _> = cells.into_iter().map(|Object(cell)| cell.read()).collect();
                return Ok(Self::Returned(cells?));
            }
            ("accepted", None) => Self::Accepted,
            ("pending", None) => Self::Pending,
            ("locked", None) => Self::Locked,
            ("disputed", None) => Self::Disputed,
            ("superseded", None) => Self::Superseded,
            ("returned", None) => {
                return Err(RecordFault::value("cells", "a returned bundle names its cells"));
            }
            (word, None) => return Err(RecordFault::value("outcome", UnknownWord::new(word))),
            (_, Some(_)) => return Err(RecordFault::value("cells", "only a returned bundle has cells")),
        };
        Ok(outcome)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Record<'a> {
    #[serde(borrow)]
    Head(Object<HeadWire<'a>>),
    #[serde(borrow)]
    Verdict(Object<VerdictWire<'a>>),
    #[serde(borrow)]
    Period(Object<PeriodWire<'a>>),
    #[serde(borrow)]
    Return(Object<ReturnWire<'a>>),
    #[serde(borrow)]
    Entry(Object<EntryWire<'a>>),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadWire<'a> {
    #[serde(borrow)]
    stream: Text<'a>,
    seq: u64,
    #[serde(borrow)]
    header: Text<'a>,
    missing: Vec<[u64; 2]>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    closed: Option<u64>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct VerdictWire<'a> {
    #[serde(borrow)]
    stream: Text<'a>,
    seq: u64,
    #[serde(borrow)]
    header: Text<'a>,
    #[serde(borrow)]
    period: Text<'a>,
    #[serde(borrow)]
    outcome: Text<'a>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    cells: Option<Vec<Object<CellWire<'a>>>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CellWire<'a> {
    #[serde(borrow)]
    target: Text<'a>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    field: Option<Text<'a>>,
    #[serde(borrow)]
    reason: Text<'a>,
}

/// What the header of a progress bundle says, for a return that travels inside a receipt.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodWire<'a> {
    #[serde(borrow)]
    period: Text<'a>,
    plan_version: u32,
    stand_in: bool,
}

impl CellWire<'_> {
    fn read(self) -> Result<ReturnedCell, RecordFault> {
        Ok(ReturnedCell {
            target: value("target", &self.target)?,
            field: self.field.map(|field| Field::read("field", &field)).transpose()?,
            reason: self.reason.into_string(),
        })
    }
}

/// Takes a number of a stream.
fn number(seq: u64) -> Result<u64, RecordFault> {
    if (1..=MAX_INTEGER).contains(&seq) { Ok(seq) } else { Err(RecordFault::value("seq", seq)) }
}

/// Evidence in a receipt would refer to nothing: attachments travel with progress bundles only.
fn without_evidence(entry: &Entry) -> Result<(), RecordFault> {
    if entry.evidence.is_empty() {
        Ok(())
    } else {
        Err(RecordFault::value("evidence", "a receipt carries none"))
    }
}

impl HeadWire<'_> {
    fn read(self) -> Result<Head, RecordFault> {
        let mut above = 0;
        for [first, last] in &self.missing {
            if *first <= above || last < first || *last >= self.seq {
                return Err(RecordFault::value(
                    "missing",
                    format!("[{first},{last}] does not rise below the head"),
                ));
            }
            above = *last;
        }
        Ok(Head {
            stream: value("stream", &self.stream)?,
            seq: number(self.seq)?,
            header: value("header", &self.header)?,
            missing: self.missing.into_iter().map(|[first, last]| first..=last).collect(),
            closed: match self.closed {
                Some(after) if after > MAX_INTEGER => return Err(RecordFault::value("closed", after)),
                closed => closed,
            },
        })
    }
}

/// Collects what is read, in the order in which records may stand.
#[derive(Default)]
struct Reading {
    receipt: Receipt,
    open: Option<(Return, Option<Entries>)>,
}

impl Reading {
    fn take(&mut self, office: &OfficeId, record: Record<'_>) -> Result<(), RecordFault> {
        let started = !self.receipt.accepted.is_empty() || self.open.is_some();
        match record {
            Record::Head(Object(head)) if !started && self.receipt.verdicts.is_empty() => {
                self.receipt.heads.push(head.read()?);
            }
            Record::Head(_) => return Err(RecordFault::Misplaced("head")),
            Record::Verdict(Object(verdict)) if !started => self.receipt.verdicts.push(Verdict {
                stream: value("stream", &verdict.stream)?,
                seq: number(verdict.seq)?,
                header: value("header", &verdict.header)?,
                period: value("period", &verdict.period)?,
                outcome: Outcome::read(&verdict.outcome, verdict.cells)?,
            }),
            Record::Verdict(_) => return Err(RecordFault::Misplaced("verdict")),
            Record::Period(Object(head)) => {
                self.close()?;
                let period: Period = value("period", &head.period)?;
                if self.receipt.accepted.last().is_some_and(|before| before.period >= period) {
                    return Err(RecordFault::Misplaced("period"));
                }
                self.open = Some((blank(office, period, head.plan_version, head.stand_in), None));
            }
            Record::Return(Object(wire)) => match &mut self.open {
                Some((it, entries @ None)) => {
                    wire.read(it);
                    *entries = Some(Entries::new());
                }
                _ => return Err(RecordFault::Misplaced("return")),
            },
            Record::Entry(Object(wire)) => match &mut self.open {
                Some((_, Some(entries))) => without_evidence(entries.push(wire)?)?,
                _ => return Err(RecordFault::Misplaced("entry")),
            },
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), RecordFault> {
        if let Some((mut it, entries)) = self.open.take() {
            it.entries = entries.ok_or(RecordFault::Absent("return"))?.finish();
            self.receipt.accepted.push(it);
        }
        Ok(())
    }
}

pub(super) fn read(office: &OfficeId, lines: &mut Lines<'_>) -> Result<Receipt, Stop> {
    let mut reading = Reading::default();
    while let Some(record) = lines.next()? {
        reading.take(office, record)?;
    }
    reading.close()?;
    Ok(reading.receipt)
}

pub(super) fn write(receipt: &Receipt, office: &OfficeId, lines: &mut Written<'_>) -> Result<(), WriteError> {
    for head in &receipt.heads {
        lines.push(&Record::Head(Object(HeadWire {
            stream: Text::owned(head.stream),
            seq: head.seq,
            header: Text::owned(head.header),
            missing: head.missing.iter().map(|range| [*range.start(), *range.end()]).collect(),
            closed: head.closed,
        })))?;
    }
    for verdict in &receipt.verdicts {
        let cell = |cell: &'_ ReturnedCell| {
            Object(CellWire {
                target: Text::owned(&cell.target),
                field: cell.field.map(|field| field.word().into()),
                reason: Text::owned(&cell.reason),
            })
        };
        let cells = match &verdict.outcome {
            Outcome::Returned(cells) => Some(cells.iter().map(cell).collect()),
            _ => None,
        };
        lines.push(&Record::Verdict(Object(VerdictWire {
            stream: Text::owned(verdict.stream),
            seq: verdict.seq,
            header: Text::owned(verdict.header),
            period: Text::owned(verdict.period),
            outcome: verdict.outcome.word().into(),
            cells,
        })))?;
    }
    for it in &receipt.accepted {
        if it.office != *office {
            return Err(RecordFault::Contradiction("office").into());
        }
        lines.push(&Record::Period(Object(PeriodWire {
            period: Text::owned(it.period),
            plan_version: it.plan_version,
            stand_in: it.stand_in,
        })))?;
        lines.push(&Record::Return(Object(ReturnWire::of(it))))?;
        for (target, entry) in &it.entries {
            without_evidence(entry)?;
            lines.push(&Record::Entry(Object(EntryWire::of(target, entry))))?;
        }
    }
    Ok(())
}
