//! Locks a period with what was computed from it, and unlocks it with a reason.

use std::collections::BTreeMap;

use ledger::locks::{FrozenFigure as KeptFigure, NewLock};
use ledger::returns::ReturnState;
pub use model::lock::{Difference, Freeze, FrozenFigure};
use model::period::Period;

use crate::receive::settle;
use crate::status::{NO_LAMP, TargetStatus, target_status};
use crate::{Error, Home, Result};

/// A locked period.
#[derive(Debug, Clone)]
pub struct Locked {
    /// What was frozen.
    pub freeze: Freeze,
    /// 更正: what this issue shows differently from the one before it.
    pub corrections: Vec<Difference>,
}

impl Home {
    /// Freezes a period: plan version, bundles and figures. Bulletins print from it.
    pub fn lock(&mut self, period: Period, why: &str) -> Result<Locked> {
        self.hub_only()?;
        let apart = self.consolidate_apart(period)?;
        if self.ledger.read(|tx| tx.lock_of(period))?.is_some() {
            return Err(Error::AlreadyLocked(period));
        }
        let facts = self.gather(&apart)?;
        let (consolidation, _) = &apart;
        let plan = &consolidation.plan;
        let bundles: Vec<[u8; 32]> =
            self.ledger.read(|tx| tx.counted_returns(period))?.into_iter().map(|row| row.bundle).collect();
        let kept: Vec<KeptFigure> = consolidation
            .targets
            .iter()
            .filter_map(|one| Some(kept(one.id.clone(), target_status(plan, one)?)))
            .collect();
        let new = NewLock {
            period,
            plan_version: plan.version,
            locked_on: self.today(),
            why: why.to_owned(),
            payload: self.freeze_facts(&facts)?,
            figures: kept,
            bundles,
        };
        let deed = self.deed("lock", period.to_string(), why);
        self.ledger.write(|tx| {
            tx.lock(&new)?;
            tx.record(&deed)
        })?;
        let mut issues = self.freezes(period)?;
        let freeze = issues.pop().ok_or(Error::NotLocked(period))?;
        let corrections = issues.last().map(|before| freeze.differences(before)).unwrap_or_default();
        Ok(Locked { freeze, corrections })
    }

    /// Lists every freeze of a period, the first issue first.
    pub fn freezes(&self, period: Period) -> Result<Vec<Freeze>> {
        Ok(self.ledger.read(|tx| {
            let freeze = |lock: ledger::locks::Lock| {
                let figures =
                    tx.frozen_figures(lock.id)?.into_iter().map(|kept| (kept.target.clone(), frozen(kept)));
                Ok::<_, ledger::Error>(Freeze {
                    period,
                    issue: lock.issue,
                    plan_version: lock.plan_version,
                    bundles: tx.frozen_bundles(lock.id)?,
                    figures: figures.collect::<BTreeMap<_, _>>(),
                })
            };
            tx.locks_of(period)?.into_iter().map(freeze).collect::<Result<Vec<_>, _>>()
        })?)
    }

    /// Lifts the lock of a period; returns that waited for it stand as if they arrived now. Returns how many.
    pub fn unlock_period(&mut self, period: Period, why: &str) -> Result<usize> {
        self.hub_only()?;
        if why.trim().is_empty() {
            return Err(Error::NoReason);
        }
        if self.ledger.read(|tx| tx.lock_of(period))?.is_none() {
            return Err(Error::NotLocked(period));
        }
        let waiting: Vec<_> = self
            .waiting()?
            .into_iter()
            .filter(|row| row.period == period && row.state == ReturnState::LockedOut)
            .collect();
        let (today, deed) = (self.today(), self.deed("unlock", period.to_string(), why));
        self.ledger.write(|tx| {
            tx.unlock(period, today, why)?;
            for row in &waiting {
                tx.set_return_state(row.id, settle::released(tx, row)?)?;
                settle::settle(tx, &row.office, period)?;
            }
            Ok::<_, Error>(tx.record(&deed)?)
        })?;
        Ok(waiting.len())
    }
}

fn kept(target: model::id::TargetId, status: TargetStatus) -> KeptFigure {
    KeptFigure {
        target,
        actual: status.actual,
        expected: status.expected,
        gap: status.gap,
        lamp: status.lamp.unwrap_or(NO_LAMP).to_owned(),
        explanation: status.explanation,
    }
}

fn frozen(kept: KeptFigure) -> FrozenFigure {
    FrozenFigure {
        actual: kept.actual.unwrap_or_default(),
        expected: kept.expected.unwrap_or_default(),
        gap: kept.gap.unwrap_or_default(),
        lamp: kept.lamp,
        explanation: kept.explanation,
    }
}
