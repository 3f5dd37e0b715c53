//! The periods of a year as pickers show them, each with how its return stands.

use ledger::Tx;
use ledger::returns::{ReturnRow, ReturnState};
use ledger::review::Verdict;
use model::plan::Plan;

use super::{PeriodState, PeriodView};
use crate::enter::Sheet;
use crate::words::{self, Filed, day_label};
use crate::{Home, Result, Role};

impl Home {
    /// Shows the period of a sheet.
    pub(crate) fn period_view(&self, plan: &Plan, sheet: &Sheet) -> Result<PeriodView> {
        let period = sheet.period;
        let (state, state_label) = self.ledger.read(|tx| match self.role() {
            Role::Office => {
                let sent = tx.returns_for(&sheet.office, sheet.period)?;
                standing(tx, sheet, &sent, "报送后有改动", judged)
            }
            Role::Hub => at_hub(tx, sheet, self.stands_in(sheet)),
        })?;
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

/// How a return stands, in a word for programs and one for people.
type Stands = (PeriodState, String);

/// Says how a return that a hub enters stands: it is filed here, and no receipt speaks of it.
fn at_hub(tx: &Tx<'_>, sheet: &Sheet, stands_in: bool) -> Result<Stands> {
    let mut filed = tx.returns_for(&sheet.office, sheet.period)?;
    if stands_in && filed.iter().any(|row| row.counted && !row.stand_in) {
        return Ok((PeriodState::Accepted, words::filed(Filed::GivenWay).to_owned()));
    }
    filed.retain(|row| row.stand_in == stands_in);
    standing(tx, sheet, &filed, words::CHANGED_SINCE_FILED, |_, row| {
        let stands = Filed::of(row, false);
        let state = match stands {
            Filed::Counted => PeriodState::Accepted,
            Filed::AwaitsUnlock => PeriodState::Locked,
            Filed::Corrected | Filed::GivenWay => PeriodState::Exported,
        };
        Ok((state, words::filed(stands).to_owned()))
    })
}

impl Filed {
    /// Says how a return that was filed at this hub stands; `own` where one of the office's own counts.
    pub(crate) fn of(row: &ReturnRow, own: bool) -> Self {
        match row.state {
            ReturnState::LockedOut => Self::AwaitsUnlock,
            _ if row.counted => Self::Counted,
            _ if own => Self::GivenWay,
            _ => Self::Corrected,
        }
    }
}

fn standing(
    tx: &Tx<'_>,
    sheet: &Sheet,
    sent: &[ReturnRow],
    changed: &str,
    judge: fn(&Tx<'_>, &ReturnRow) -> Result<Stands>,
) -> Result<Stands> {
    let named = |state, label: &str| Ok((state, label.to_owned()));
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
        Some(draft) if !draft.is_exported() => return named(PeriodState::Changed, changed),
        Some(draft) => draft.exported.and_then(|e| sent.iter().find(|row| row.bundle == e.bundle)),
        // A ledger that a receipt brought up to date has returns without a draft.
        None => sent.iter().rfind(|row| row.counted),
    };
    let Some(row) = present.or(sent.last()) else { return named(PeriodState::Exported, "已报送") };
    judge(tx, row)
}

/// Says how a return stands by the hub's last word on it.
fn judged(tx: &Tx<'_>, row: &ReturnRow) -> Result<Stands> {
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
