//! Review: the cells that were returned, and what receipts said. Both roles keep them, each on its own side.

use chrono::NaiveDate;
use model::id::TargetId;
use model::returns::Field;
use rusqlite::{OptionalExtension, Row, named_params};

use crate::column::Col;
use crate::returns::{ReturnId, ReturnState};
use crate::{Digest, Result, Tx};

/// A cell that was returned (退回).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedCell {
    /// The target.
    pub target: TargetId,
    /// The box of its entry. While it holds a figure, or why there is none, the entry does not count.
    pub field: Field,
    /// Why.
    pub reason: String,
    /// The day it was returned.
    pub day: NaiveDate,
}

/// What the last receipt said of a return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// SHA-256 of the receipt's file.
    pub receipt: Digest,
    /// What it said the return's state is.
    pub verdict: ReturnState,
    /// The receipt's day.
    pub day: NaiveDate,
}

/// A receipt that an office took in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenIn {
    /// SHA-256 of its file; [`Tx::bundle`] knows the rest.
    pub bundle: Digest,
    /// The last number of the office's stream that the hub has.
    pub head_seq: u64,
    /// The header digest of that bundle; none when the hub has nothing yet.
    pub head: Option<Digest>,
    /// The day it was taken in.
    pub day: NaiveDate,
}

impl ReturnedCell {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            target: row.get::<_, Col<_>>("target")?.0,
            field: row.get::<_, Col<_>>("field")?.0,
            reason: row.get("reason")?,
            day: row.get::<_, Col<_>>("day")?.0,
        })
    }
}

impl TakenIn {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            bundle: row.get("bundle")?,
            head_seq: row.get("head_seq")?,
            head: row.get("head")?,
            day: row.get::<_, Col<_>>("day")?.0,
        })
    }
}

impl Verdict {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            receipt: row.get("receipt")?,
            verdict: row.get("verdict")?,
            day: row.get::<_, Col<_>>("day")?.0,
        })
    }
}

impl Tx<'_> {
    /// Writes which cells of a return were returned, in the place of any before; the return's state is set apart.
    pub fn set_returned_cells(&self, id: ReturnId, cells: &[ReturnedCell]) -> Result<()> {
        let mut clear = self.0.prepare_cached("DELETE FROM returned_cells WHERE return_id = :return_id")?;
        clear.execute(named_params! { ":return_id": id.0 })?;
        let mut add = self.0.prepare_cached(include_str!("add_cell.sql"))?;
        for cell in cells {
            add.execute(named_params! {
                ":return_id": id.0,
                ":target": Col(&cell.target),
                ":field": Col(cell.field),
                ":reason": cell.reason,
                ":day": Col(cell.day),
            })?;
        }
        Ok(())
    }

    /// Lists the returned cells of a return.
    pub fn returned_cells(&self, id: ReturnId) -> Result<Vec<ReturnedCell>> {
        let mut statement = self.0.prepare_cached(include_str!("cells.sql"))?;
        let rows = statement.query_map(named_params! { ":return_id": id.0 }, ReturnedCell::from_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps what a receipt said of a return, in the place of what an earlier one said.
    pub fn set_verdict(&self, id: ReturnId, verdict: &Verdict) -> Result<()> {
        self.0.prepare_cached(include_str!("put_verdict.sql"))?.execute(named_params! {
            ":return_id": id.0,
            ":receipt": verdict.receipt,
            ":verdict": verdict.verdict,
            ":day": Col(verdict.day),
        })?;
        Ok(())
    }

    /// Returns what the last receipt said of a return.
    pub fn verdict(&self, id: ReturnId) -> Result<Option<Verdict>> {
        let mut statement =
            self.0.prepare_cached("SELECT receipt, verdict, day FROM verdicts WHERE return_id = :id")?;
        Ok(statement.query_row(named_params! { ":id": id.0 }, Verdict::from_row).optional()?)
    }

    /// Keeps a receipt as the last one taken in; its bundle is recorded already.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] when it was taken in before.
    pub fn add_receipt(&self, receipt: &TakenIn) -> Result<()> {
        self.0.prepare_cached(include_str!("add_receipt.sql"))?.execute(named_params! {
            ":bundle": receipt.bundle,
            ":head_seq": receipt.head_seq,
            ":head": receipt.head,
            ":day": Col(receipt.day),
        })?;
        Ok(())
    }

    /// Returns the receipt taken in last.
    pub fn last_receipt(&self) -> Result<Option<TakenIn>> {
        let mut statement = self.0.prepare_cached(include_str!("last_receipt.sql"))?;
        Ok(statement.query_row([], TakenIn::from_row).optional()?)
    }
}
