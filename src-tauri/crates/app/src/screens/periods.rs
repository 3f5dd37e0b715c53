//! The periods of a year as pickers show them, each with how its return stands.

use ledger::Tx;
use ledger::returns::{ReturnRow, ReturnState};
use ledger::review::Verdict;
use model::period::Period;
use model::plan::Plan;

use super::{PeriodState, PeriodView};
use crate::enter::Sheet;
use crate::words::{self, day_label};
use crate::{Home, Result};

impl Home {
    /// Shows a period of the own unit.
    pub(crate) fn period_view(&self, plan: &Plan, period: Period) -> Result<PeriodView> {
        let sheet = Sheet { office: self.own_office(), period };
        let (state, state_label) = self.ledger.read(|tx| standing(tx, &sheet))?;
        let due = plan.calendar.due_date(period);
        let days_left = (due - self.today()).num_days();
        Ok(PeriodView {
            period: period.to_string(),
            label: plan.calendar.label(period),
            due: day_label(due),
            days_left: i32::try_from(days_left).unwrap_or(i32::MAX),
            state,
            state_label,
        })
    }
}

fn standing(tx: &Tx<'_>, sheet: &Sheet) -> Result<(PeriodState, String)> {
    let named = |state, label: &str| Ok((state, label.to_owned()));
    let sent = tx.returns_for(&sheet.office, sheet.period)?;
    let draft = tx.draft(sheet.key())?;
    let typed = match &draft {
        None => false,
        Some(draft) => {
            draft.nil
                || !tx.draft_cells(sheet.key())?.is_empty()
                || !tx.draft_evidence(sheet.key())?.is_empty()
        }
    };
    if sent.is_empty() {
        return if typed {
            named(PeriodState::Draft, "填报中")
        } else {
            named(PeriodState::Untouched, "未填")
        };
    }
    let present = match draft.filter(|_| typed) {
        Some(draft) if !draft.is_exported() => return named(PeriodState::Changed, "报送后有改动"),
        Some(draft) => draft.exported.and_then(|e| sent.iter().find(|row| row.bundle == e.bundle)),
        // A ledger that a receipt brought up to date has returns without a draft.
        None => sent.iter().rfind(|row| row.counted),
    };
    let Some(row) = present.or(sent.last()) else { return named(PeriodState::Exported, "已报送") };
    judged(tx, row)
}

/// Says how a return stands by the hub's last word on it.
fn judged(tx: &Tx<'_>, row: &ReturnRow) -> Result<(PeriodState, String)> {
    let Some(Verdict { verdict, .. }) = tx.verdict(row.id)? else {
        return Ok((PeriodState::Exported, "已报送".to_owned()));
    };
    let state = match verdict {
        ReturnState::Accepted => PeriodState::Accepted,
        ReturnState::Returned => {
            let label = words::returned_cells(tx.returned_cells(row.id)?.len());
            return Ok((PeriodState::Returned, label));
        }
        ReturnState::Pending => PeriodState::Pending,
        ReturnState::LockedOut => PeriodState::Locked,
        ReturnState::Superseded | ReturnState::Disputed | ReturnState::Revoked => PeriodState::Disputed,
    };
    Ok((state, words::state_label(verdict).to_owned()))
}
