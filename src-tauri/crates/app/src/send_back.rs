//! Sends cells of a return back to its office (退回): they are excluded, the others count.

use ledger::returns::{ReturnRow, ReturnState};
use ledger::review::ReturnedCell;
use model::draft::printable;
use model::id::OfficeId;
use model::period::Period;
use model::returns::Field;

use crate::assign::known_target;
use crate::receive::settle;
use crate::{Error, Home, Result};

/// How many characters a reason may have: it travels in every receipt until the cell is mended.
const REASON: usize = 500;

/// A cell to be sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentBack<'a> {
    /// Code of the target.
    pub target: &'a str,
    /// The box; the target's first one where none is named.
    pub field: Option<Field>,
    /// What is wrong, in words.
    pub reason: &'a str,
}

impl Home {
    /// Finds the return of an office and period that cells can be sent back of.
    pub(crate) fn row_to_review(&self, office: &OfficeId, period: Period) -> Result<Option<ReturnRow>> {
        let rows = self.ledger.read(|tx| tx.returns_for(office, period))?;
        let open =
            |state| matches!(state, ReturnState::Pending | ReturnState::Accepted | ReturnState::Returned);
        // What waits for review is what the operator has before them, even while an older return still counts.
        let rank = |row: &ReturnRow| (row.state == ReturnState::Pending, row.counted, row.seq);
        Ok(rows.into_iter().filter(|row| open(row.state)).max_by_key(rank))
    }

    /// Returns cells of an office's return for a period, with a reason each.
    pub fn send_back(&mut self, office_name: &str, period: Period, cells: &[SentBack<'_>]) -> Result<()> {
        self.hub_only()?;
        let plan = self.plan()?;
        self.admit(&plan, period)?;
        let office = self.office_named(&plan, office_name)?.id;
        let missing = || Error::NoReturn { office: office_name.to_owned(), period };
        let row = self.row_to_review(&office, period)?.ok_or_else(missing)?;
        if self.ledger.read(|tx| tx.lock_of(period))?.is_some() {
            return Err(Error::AlreadyLocked(period));
        }
        let content = self.ledger.read(|tx| tx.load_return(row.id))?;
        let mut returned = self.ledger.read(|tx| tx.returned_cells(row.id))?;
        let day = self.today();
        for cell in cells {
            let target = known_target(&plan, cell.target)?;
            if cell.reason.trim().is_empty() {
                return Err(Error::NoReason);
            }
            let found = cell.reason.chars().count();
            if found > REASON {
                return Err(Error::ReasonTooLong { found, limit: REASON });
            }
            if !content.entries.contains_key(&target) {
                return Err(Error::NoEntry(target));
            }
            let first = |target| plan.target(target).map(|t| Field::of_figures(t.kind(), t.official)[0]);
            let field = cell.field.or_else(|| first(&target)).unwrap_or(Field::Value);
            returned.retain(|known| known.target != target || known.field != field);
            returned.push(ReturnedCell { target, field, reason: printable(cell.reason), day });
        }
        let deed = self.deed("send_back", office.as_str(), format!("{period} {}", returned.len()));
        self.ledger.write(|tx| {
            tx.set_returned_cells(row.id, &returned)?;
            tx.set_return_state(row.id, ReturnState::Returned)?;
            settle::settle(tx, &office, period)?;
            Ok::<_, Error>(tx.record(&deed)?)
        })
    }

    /// Takes back that a cell was sent back: it counts again, and the next receipt says so.
    ///
    /// # Errors
    /// [`Error::UnknownTarget`] where no such cell was sent back.
    pub(crate) fn take_back(&mut self, row: &ReturnRow, target: &str, field: Field) -> Result<()> {
        let mut returned = self.ledger.read(|tx| tx.returned_cells(row.id))?;
        let before = returned.len();
        returned.retain(|cell| cell.target.as_str() != target || cell.field != field);
        if returned.len() == before {
            return Err(Error::UnknownTarget(model::names::reveal(target)));
        }
        let state = if returned.is_empty() { ReturnState::Accepted } else { ReturnState::Returned };
        let deed = self.deed("take_back", row.office.as_str(), format!("{} {target}", row.period));
        self.ledger.write(|tx| {
            tx.set_returned_cells(row.id, &returned)?;
            tx.set_return_state(row.id, state)?;
            settle::settle(tx, &row.office, row.period)?;
            Ok::<_, Error>(tx.record(&deed)?)
        })
    }
}
