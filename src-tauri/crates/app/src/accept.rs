//! Accepts what waits for review (待审 → 已接收), and decides forks.

use std::collections::BTreeMap;

use bundle::chain::Standing;
use bundle::digest::Sm3Digest;
use chrono::NaiveDate;
use ledger::Tx;
use ledger::bundles::{BundleKind, BundleRow, Direction};
use ledger::returns::{ReturnRow, ReturnState};
use model::id::OfficeId;
use model::period::Period;

use crate::receive::line::{self, Place};
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
        self.decide(&row.office, &row.stream, row.seq, &row.bundle, reason)
    }

    /// Decides a fork for a bundle by which a key of the office hands over: the next key counts.
    ///
    /// # Errors
    /// As for [`Home::choose_branch`].
    pub fn choose_handover(&mut self, row: &BundleRow, reason: &str) -> Result<()> {
        self.hub_only()?;
        if reason.trim().is_empty() {
            return Err(Error::NoReason);
        }
        let office = row.office.clone().ok_or(Error::NotForked(row.seq))?;
        self.decide(&office, &row.stream, row.seq, &row.digest, reason)
    }

    fn decide(
        &mut self,
        office: &OfficeId,
        stream: &str,
        seq: u64,
        file: &[u8; 32],
        reason: &str,
    ) -> Result<()> {
        let today = self.today();
        let deed = self.deed("choose_branch", office.as_str(), format!("{seq} {reason}"));
        self.ledger.write(|tx| {
            let header = Sm3Digest(tx.bundle(file)?.ok_or(Error::NotForked(seq))?.header);
            decide(tx, &Wanted { office, stream, seq, header }, today, reason)?;
            settle::settle_stream(tx, stream, office, today)?;
            Ok::<_, Error>(tx.record(&deed)?)
        })
    }

    /// Lists the bundles by which keys of an office hand over and that a fork keeps from counting.
    pub fn disputed_handovers(&self, office: &OfficeId) -> Result<Vec<BundleRow>> {
        self.hub_only()?;
        self.ledger.read(|tx| {
            let line = line::of(tx, office)?;
            let mut rows = tx.bundles(Direction::In, BundleKind::Enrolment, Some(office))?;
            rows.retain(|row| {
                let of_stream = |stretch: &&line::Stretch| stretch.key.enrolled.stream == row.stream;
                let place = line.iter().find(of_stream).map(|it| it.place(row.seq, Sm3Digest(row.header)));
                row.seq > 0 && matches!(place, Some(Place::Disputed(_) | Place::Discarded))
            });
            Ok(rows)
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

/// What the operator wants to count.
struct Wanted<'a> {
    office: &'a OfficeId,
    stream: &'a str,
    seq: u64,
    header: Sm3Digest,
}

/// Records choices along the way from a bundle down to the fork, until it is sound; where its key was handed to, first for that.
fn decide(tx: &Tx<'_>, wanted: &Wanted<'_>, day: NaiveDate, reason: &str) -> Result<()> {
    let Wanted { office, stream, seq, header } = *wanted;
    let vouched = decide_handover(tx, wanted, day, reason)?;
    let links = ancestors(tx, wanted)?;
    let mut state = settle::chain_state(tx, stream, office)?;
    if state.standings.get(&(seq, header)) == Some(&Standing::Sound) {
        return if vouched { Ok(()) } else { Err(Error::NotForked(seq)) };
    }
    loop {
        let chosen = tx.fork_choices(stream)?;
        let fork = state.fork.as_ref().map(|fork| fork.seq).filter(|at| *at <= seq);
        // A choice made before may be for another branch; the lowest such one is what keeps this bundle out.
        let against = links.iter().find(|(at, one)| chosen.get(at).is_some_and(|other| *other != one.0));
        let at = fork.or(against.map(|(at, _)| *at)).unwrap_or(seq);
        // Where numbers are missing in between, nothing but the operator's word leads to this bundle.
        let (at, choice) = links.get(&at).map_or((seq, header), |choice| (at, *choice));
        if chosen.get(&at) == Some(&choice.0) {
            return Err(Error::StillForked(fork.unwrap_or(at)));
        }
        tx.choose_branch(stream, at, choice.0, day, reason)?;
        state = settle::chain_state(tx, stream, office)?;
        if state.standings.get(&(seq, header)) == Some(&Standing::Sound) {
            return Ok(());
        }
    }
}

/// Decides for the bundle that handed over to the key of a stream, where that is in dispute; says whether it was.
fn decide_handover(tx: &Tx<'_>, wanted: &Wanted<'_>, day: NaiveDate, reason: &str) -> Result<bool> {
    let line = line::of(tx, wanted.office)?;
    let Some(stretch) = line.iter().find(|stretch| stretch.key.enrolled.stream == wanted.stream) else {
        return Ok(false);
    };
    if !matches!(stretch.vouched, Place::Disputed(_) | Place::Discarded) {
        return Ok(false);
    }
    let handovers = tx.handovers_of(wanted.office)?;
    let Some(one) = handovers.iter().find(|one| one.successor == Some(stretch.key.id)) else {
        return Ok(false);
    };
    let before =
        Wanted { office: wanted.office, stream: &one.stream, seq: one.seq, header: Sm3Digest(one.header) };
    decide(tx, &before, day, reason)?;
    Ok(true)
}

/// Lists the headers that a bundle descends from, by number, itself among them, as far down as their names are known.
fn ancestors(tx: &Tx<'_>, wanted: &Wanted<'_>) -> Result<BTreeMap<u64, Sm3Digest>> {
    let links = tx.links(wanted.stream)?;
    let mut line = BTreeMap::from([(wanted.seq, wanted.header)]);
    let mut at = (wanted.seq, wanted.header.0);
    while let Some(prev) = links.iter().find(|link| (link.seq, link.header) == at).and_then(|link| link.prev)
    {
        let Some(below) = at.0.checked_sub(1) else { break };
        at = (below, prev);
        line.insert(below, Sm3Digest(prev));
    }
    Ok(line)
}
