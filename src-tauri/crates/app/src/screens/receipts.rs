//! 回执: what the hub said, and taking in what came on the drive.

use std::collections::{BTreeMap, btree_map};

use bundle::v1::Payload;
use ledger::Tx;
use ledger::bundles::{BundleKind, BundleRow, Direction};
use ledger::returns::{ReturnRow, ReturnState};
use ledger::review::ReturnedCell;
use model::draft::printable;
use model::id::TargetId;
use model::period::Period;
use model::plan::Plan;
use model::returns::{Answer, Entry, Field, Remarks};
use serde::Serialize;
use ts_rs::TS;

use super::sending::short;
use super::{Message, Mood};
use crate::enter::Sheet;
use crate::field_names::field_code;
use crate::words::{self, day_label};
use crate::{Home, Result};

mod receive;

/// Everything the hub has said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Receipts {
    /// The returns of the year with the hub's word on each, newest period first.
    pub returns: Vec<JudgedReturn>,
    /// The receipts taken in, newest first.
    pub receipts: Vec<TakenReceipt>,
    /// Numbers of bundles that the hub says it lacks: 请再拷一份.
    pub missing: Vec<u32>,
}

/// A return and what the hub said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct JudgedReturn {
    /// `2024-05`.
    pub period: String,
    /// `2024年5月`.
    pub label: String,
    /// Number of its bundle.
    pub seq: u32,
    /// `accepted`, `returned`, `pending`, `locked`, `disputed`, `superseded` or `unknown` while the hub said nothing.
    pub verdict: String,
    /// The verdict in words.
    pub verdict_label: String,
    /// How good that is.
    pub mood: Mood,
    /// The day of the receipt; empty while there is none.
    pub day: String,
    /// Number of the later return of the same period that has taken its place, such as a correction.
    pub replaced_by: Option<u32>,
    /// Cells sent back.
    pub cells: Vec<ReturnedCellView>,
}

/// A cell that the hub sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReturnedCellView {
    /// The target's code.
    pub target: String,
    /// Its name.
    pub name: String,
    /// The box, as a code.
    pub field: String,
    /// The box, as people call it.
    pub field_label: String,
    /// The figure sent back.
    pub figure: String,
    /// The reason.
    pub reason: String,
    /// The figure in the draft now, or in the return that took its place, where it differs (新值).
    pub mended: Option<String>,
    /// Whether anything of the target has been changed since, words and evidence included.
    pub touched: bool,
}

/// A receipt taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TakenReceipt {
    /// Its number.
    pub seq: u32,
    /// The day it was taken in.
    pub day: String,
    /// What it says in a line.
    pub summary: String,
    /// Whether nobody had looked at it before.
    pub new: bool,
}

/// What became of a file that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReceivedFile {
    /// The file's name.
    pub file: String,
    /// How good that is.
    pub mood: Mood,
    /// What became of it.
    pub message: Message,
    /// What it changed, line by line; for a plan, what the new version means for this unit.
    pub details: Vec<String>,
}

/// The setting that keeps the receipt seen last: SHA-256 of its file.
const SEEN: &str = "receipts_seen";
/// How many receipts are opened to say again what they said; a year has about a dozen.
const OPENED: usize = 24;
/// How many missing numbers are named one by one.
const NAMED: usize = 100;

impl Home {
    /// Shows what the hub has said; from then on its receipts have been seen.
    pub fn look_at_receipts(&mut self) -> Result<Receipts> {
        let view = self.receipts()?;
        if view.receipts.iter().any(|receipt| receipt.new) {
            let last = self.receipt_rows()?.last().map(|row| crate::hex(&row.digest));
            self.set_setting(SEEN, last.as_deref())?;
        }
        Ok(view)
    }

    /// Counts the receipts that nobody has looked at.
    pub(crate) fn new_receipts(&self) -> Result<u32> {
        let (rows, seen) = (self.receipt_rows()?, self.setting(SEEN)?);
        Ok(u32::try_from(unseen(&rows, seen.as_deref())).unwrap_or(u32::MAX))
    }

    fn receipt_rows(&self) -> Result<Vec<BundleRow>> {
        let office = self.own_office();
        Ok(self.ledger.read(|tx| tx.bundles(Direction::In, BundleKind::Receipt, Some(&office)))?)
    }

    fn receipts(&self) -> Result<Receipts> {
        self.office_only()?;
        let plan = self.plan()?;
        let rows = self.receipt_rows()?;
        let new = unseen(&rows, self.setting(SEEN)?.as_deref());
        let taken = rows.iter().rev().enumerate().map(|(at, row)| TakenReceipt {
            seq: short(row.seq),
            day: day_label(row.day),
            summary: if at < OPENED { self.receipt_summary(row) } else { String::new() },
            new: at < new,
        });
        Ok(Receipts {
            receipts: taken.collect(),
            returns: self.judged_returns(&plan)?,
            missing: self.numbers_missing()?,
        })
    }

    /// Says again what a receipt said; nothing where its file is gone from the archive.
    fn receipt_summary(&self, row: &BundleRow) -> String {
        let opened = self.verify_file(&self.archive.path(&row.digest));
        match opened.map(bundle::verify::Verified::into_payload) {
            Ok(Payload::Receipt(receipt)) => words::receipt_summary(&receipt),
            _ => String::new(),
        }
    }

    /// Lists the numbers of the present stream that the hub lacks, by the receipt that speaks last.
    pub(crate) fn numbers_missing(&self) -> Result<Vec<u32>> {
        let office = self.own_office();
        let found = self.ledger.read(|tx| {
            let stream = tx.current_stream(BundleKind::Progress, Some(&office))?;
            Ok::<_, ledger::Error>(tx.last_receipt()?.zip(stream))
        })?;
        let Some((taken, stream)) = found else { return Ok(Vec::new()) };
        let Ok(Payload::Receipt(receipt)) =
            self.verify_file(&self.archive.path(&taken.bundle)).map(bundle::verify::Verified::into_payload)
        else {
            return Ok(Vec::new());
        };
        let head = receipt.heads.into_iter().find(|head| head.stream.to_string() == stream.stream);
        let missing = head.into_iter().flat_map(|head| head.missing).flatten();
        Ok(missing.take(NAMED).map(short).collect())
    }

    /// Lists what went out with the hub's word on it, the latest period and return first.
    pub(crate) fn judged_returns(&self, plan: &Plan) -> Result<Vec<JudgedReturn>> {
        let office = self.own_office();
        let mut drafts: BTreeMap<Period, model::draft::Draft> = BTreeMap::new();
        let rows = self.ledger.read(|tx| tx.returns_of(&office))?;
        for row in &rows {
            let sheet = Sheet { office: office.clone(), period: row.period };
            if let btree_map::Entry::Vacant(vacant) = drafts.entry(row.period) {
                vacant.insert(self.draft(&sheet)?);
            }
        }
        let closed = self.closed_stream()?;
        let mut judged = self.ledger.read(|tx| {
            rows.iter()
                .map(|row| {
                    let later = rows.iter().rfind(|other| other.period == row.period && other.id > row.id);
                    let judging =
                        Judging { closed: closed.as_ref(), plan, draft: drafts.get(&row.period), later };
                    judging.view(tx, row)
                })
                .collect::<Result<Vec<_>>>()
        })?;
        // Rows come by period and in the order in which they were made.
        judged.reverse();
        Ok(judged)
    }
}

/// Counts the receipts after the one seen last.
fn unseen(rows: &[BundleRow], seen: Option<&str>) -> usize {
    let seen = rows.iter().position(|row| Some(crate::hex(&row.digest).as_str()) == seen);
    rows.len() - seen.map_or(0, |at| at + 1)
}

/// What is known beside a return while it is shown.
struct Judging<'a> {
    /// The stream that the hub closed, and the last number of it that counts.
    closed: Option<&'a (String, u64)>,
    plan: &'a Plan,
    draft: Option<&'a model::draft::Draft>,
    later: Option<&'a ReturnRow>,
}

impl Judging<'_> {
    fn view(&self, tx: &Tx<'_>, row: &ReturnRow) -> Result<JudgedReturn> {
        let said = tx.verdict(row.id)?;
        let cells = tx.returned_cells(row.id)?;
        let (verdict, mood) = match said.as_ref().map(|said| said.verdict) {
            None => ("unknown", Mood::Info),
            Some(ReturnState::Accepted) => ("accepted", Mood::Good),
            Some(ReturnState::Returned) => ("returned", Mood::Warning),
            Some(ReturnState::Pending) => ("pending", Mood::Info),
            Some(ReturnState::LockedOut) => ("locked", Mood::Info),
            Some(ReturnState::Superseded) => ("superseded", Mood::Info),
            Some(ReturnState::Disputed | ReturnState::Revoked) => ("disputed", Mood::Error),
        };
        let is_beyond = self.closed.is_some_and(|(stream, after)| row.stream == *stream && row.seq > *after);
        let (verdict, mood) = if is_beyond { ("disputed", Mood::Error) } else { (verdict, mood) };
        let verdict_label = match said.as_ref().map(|said| said.verdict) {
            _ if is_beyond => words::BEYOND_KEY.to_owned(),
            None => "等待回执".to_owned(),
            Some(ReturnState::Superseded) if self.later.is_some() => "已更正".to_owned(),
            Some(ReturnState::Returned) => words::returned_cells(cells.len()),
            Some(state) => words::state_label(state).to_owned(),
        };
        Ok(JudgedReturn {
            period: row.period.to_string(),
            label: self.plan.calendar.label(row.period),
            seq: short(row.seq),
            verdict: verdict.to_owned(),
            verdict_label,
            mood,
            day: said.map(|said| day_label(said.day)).unwrap_or_default(),
            replaced_by: self.later.map(|later| short(later.seq)),
            cells: self.cells(tx, row, &cells)?,
        })
    }

    fn cells(&self, tx: &Tx<'_>, row: &ReturnRow, cells: &[ReturnedCell]) -> Result<Vec<ReturnedCellView>> {
        if cells.is_empty() {
            return Ok(Vec::new());
        }
        let sent = tx.load_return(row.id)?;
        let later = self.later.map(|later| tx.load_return(later.id)).transpose()?;
        let mut views = Vec::new();
        for cell in cells {
            let target = self.plan.target(&cell.target);
            let shown = |answer: &Answer| target.map(|target| words::whole_answer(target, answer));
            let before = sent.entries.get(&cell.target);
            let now = match &later {
                Some(later) => later.entries.get(&cell.target).cloned(),
                None => self.drafted(&cell.target),
            };
            let touched = now.as_ref() != before;
            let before = before.and_then(|entry| shown(&entry.answer));
            let now = now.and_then(|entry| shown(&entry.answer));
            views.push(ReturnedCellView {
                target: cell.target.to_string(),
                name: target.map(|target| target.name.clone()).unwrap_or_default(),
                field: field_code(cell.field).to_owned(),
                field_label: target
                    .map(|t| words::returned_box(t, cell.field))
                    .unwrap_or_default()
                    .to_owned(),
                reason: cell.reason.clone(),
                mended: now.filter(|now| before.as_ref() != Some(now)),
                figure: before.unwrap_or_default(),
                touched,
            });
        }
        let order = |code: &str| self.plan.targets.iter().position(|target| target.id.as_str() == code);
        views.sort_by_key(|view| order(&view.target));
        Ok(views)
    }

    /// Reads what the draft says of a target now; none where it cannot be read.
    fn drafted(&self, id: &TargetId) -> Option<Entry> {
        let (target, draft) = (self.plan.target(id)?, self.draft?);
        let cells = draft.cells.get(id)?;
        let text = |field| cells.get(&field).map(|text| printable(text.trim())).unwrap_or_default();
        Some(Entry {
            answer: model::draft::read_cells(target, cells).ok()?,
            remarks: Remarks {
                note: text(Field::Note),
                problem: text(Field::Problem),
                next_step: text(Field::NextStep),
                explanation: text(Field::Explanation),
            },
            evidence: draft.evidence.get(id).cloned().unwrap_or_default(),
        })
    }
}
