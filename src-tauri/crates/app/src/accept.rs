//! Accepts what waits for review (待审 → 已接收), and decides forks.

use ledger::returns::{ReturnRow, ReturnState};
use model::period::Period;

use crate::receive::settle;
use crate::{Error, Home, Result};

/// The setting under which a hub has turned review on.
pub(crate) const REVIEW: &str = "review";

impl Home {
    /// Turns review on or off; off, verified returns are accepted at once.
    pub fn set_review(&mut self, on: bool) -> Result<()> {
        self.hub_only()?;
        self.set_setting(REVIEW, on.then_some("on"))
    }

    /// Lists what waits for a decision: 待审, 待解锁, 争议.
    pub fn waiting(&self) -> Result<Vec<ReturnRow>> {
        self.hub_only()?;
        Ok(self.ledger.read(|tx| tx.waiting_returns())?)
    }

    /// Accepts the pending returns of a period, of one office or of all; returns how many.
    pub fn accept(&mut self, period: Period, office_name: Option<&str>) -> Result<usize> {
        self.hub_only()?;
        let plan = self.plan()?;
        self.admit(&plan, period)?;
        let only =
            office_name.map(|name| self.office_named(&plan, name)).transpose()?.map(|office| office.id);
        let pending: Vec<ReturnRow> = self
            .waiting()?
            .into_iter()
            .filter(|row| row.state == ReturnState::Pending && row.period == period)
            .filter(|row| only.as_ref().is_none_or(|office| row.office == *office))
            .collect();
        if let (Some(office), true) = (only, pending.is_empty()) {
            return Err(Error::NoReturn { office, period });
        }
        let deed = self.deed("accept", period.to_string(), pending.len().to_string());
        self.ledger.write(|tx| {
            for row in &pending {
                tx.set_return_state(row.id, ReturnState::Accepted)?;
                settle::settle(tx, &row.office, row.period)?;
            }
            Ok::<_, Error>(tx.record(&deed)?)
        })?;
        Ok(pending.len())
    }

    /// Decides a fork: of the bundles with the same number, the one with this header digest counts.
    pub fn choose_branch(&mut self, row: &ReturnRow, reason: &str) -> Result<()> {
        self.hub_only()?;
        if reason.trim().is_empty() {
            return Err(Error::NoReason);
        }
        let today = self.today();
        let deed = self.deed("choose_branch", row.office.as_str(), format!("{} {reason}", row.seq));
        self.ledger.write(|tx| {
            let bundle = tx.bundle(&row.bundle)?;
            let header =
                bundle.ok_or(Error::NoReturn { office: row.office.clone(), period: row.period })?.header;
            tx.choose_branch(&row.stream, row.seq, header, today, reason)?;
            settle::settle_stream(tx, &row.stream, &row.office)?;
            Ok::<_, Error>(tx.record(&deed)?)
        })
    }
}
