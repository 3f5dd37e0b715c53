//! Accepts what waits for review (待审 → 已接收), and decides forks.

use std::collections::BTreeMap;

use bundle::chain::Standing;
use bundle::digest::Sm3Digest;
use chrono::NaiveDate;
use ledger::Tx;
use ledger::returns::{ReturnRow, ReturnState};
use model::id::OfficeId;
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
        if self.ledger.read(|tx| tx.lock_of(period))?.is_some() {
            return Err(Error::AlreadyLocked(period));
        }
        let only =
            office_name.map(|name| self.office_named(&plan, name)).transpose()?.map(|office| office.id);
        let pending: Vec<ReturnRow> = self
            .waiting()?
            .into_iter()
            .filter(|row| row.state == ReturnState::Pending && row.period == period)
            .filter(|row| only.as_ref().is_none_or(|office| row.office == *office))
            .collect();
        if let (Some(office), true) = (only, pending.is_empty()) {
            let office = plan.office(&office).map(|office| office.name().to_owned()).unwrap_or_default();
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

    /// Decides a fork: this return counts, and so does what it descends from. Choosing one of another branch later
    /// changes the decision.
    ///
    /// The choice is recorded where the stream forks, be it below the return.
    ///
    /// # Errors
    /// [`Error::StillForked`] when the choice does not make the return count; nothing is recorded then.
    pub fn choose_branch(&mut self, row: &ReturnRow, reason: &str) -> Result<()> {
        self.hub_only()?;
        if reason.trim().is_empty() {
            return Err(Error::NoReason);
        }
        let today = self.today();
        let deed = self.deed("choose_branch", row.office.as_str(), format!("{} {reason}", row.seq));
        self.ledger.write(|tx| {
            decide(tx, row, today, reason)?;
            settle::settle_stream(tx, &row.stream, &row.office)?;
            Ok::<_, Error>(tx.record(&deed)?)
        })
    }

    /// Lists the returns of an office that a fork keeps from counting, whether it was decided against them or not at all.
    pub fn branches(&self, office: &OfficeId) -> Result<Vec<ReturnRow>> {
        self.hub_only()?;
        let mut rows = self.ledger.read(|tx| tx.returns_of(office))?;
        rows.retain(|row| matches!(row.state, ReturnState::Disputed | ReturnState::Superseded));
        Ok(rows)
    }
}

/// Records choices along the way from a return down to the fork, until the return is sound.
fn decide(tx: &Tx<'_>, row: &ReturnRow, day: NaiveDate, reason: &str) -> Result<()> {
    let header = Sm3Digest(tx.bundle(&row.bundle)?.ok_or(Error::NotForked(row.seq))?.header);
    let line = ancestors(tx, row, header)?;
    let mut state = settle::chain_state(tx, &row.stream, &row.office)?;
    if state.standings.get(&(row.seq, header)) == Some(&Standing::Sound) {
        return Err(Error::NotForked(row.seq));
    }
    loop {
        let chosen = tx.fork_choices(&row.stream)?;
        let fork = state.fork.as_ref().map(|fork| fork.seq).filter(|seq| *seq <= row.seq);
        // A choice made before may be for another branch; the lowest such one is what keeps this return out.
        let against = line.iter().find(|(seq, one)| chosen.get(seq).is_some_and(|other| *other != one.0));
        let at = fork.or(against.map(|(seq, _)| *seq)).unwrap_or(row.seq);
        // Where numbers are missing in between, nothing but the operator's word leads to this return.
        let (at, choice) = line.get(&at).map_or((row.seq, header), |choice| (at, *choice));
        if chosen.get(&at) == Some(&choice.0) {
            return Err(Error::StillForked(fork.unwrap_or(at)));
        }
        tx.choose_branch(&row.stream, at, choice.0, day, reason)?;
        state = settle::chain_state(tx, &row.stream, &row.office)?;
        if state.standings.get(&(row.seq, header)) == Some(&Standing::Sound) {
            return Ok(());
        }
    }
}

/// Lists the headers that a return descends from, by number, itself among them, as far down as their names are known.
fn ancestors(tx: &Tx<'_>, row: &ReturnRow, header: Sm3Digest) -> Result<BTreeMap<u64, Sm3Digest>> {
    let links = tx.links(&row.stream)?;
    let mut line = BTreeMap::from([(row.seq, header)]);
    let mut at = (row.seq, header.0);
    while let Some(prev) = links.iter().find(|link| (link.seq, link.header) == at).and_then(|link| link.prev)
    {
        let Some(below) = at.0.checked_sub(1) else { break };
        at = (below, prev);
        line.insert(below, Sm3Digest(prev));
    }
    Ok(line)
}
