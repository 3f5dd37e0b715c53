//! Issues the plan: raises its version if it was edited, and delivers the bundle.

use std::path::Path;

use bundle::header::{StreamId, Subject};
use bundle::keys::SecretKeys;
use bundle::successor::Successor;
use bundle::v1::Payload;
use ledger::bundles::{BundleKind, BundleRow};
use ledger::plans::IssuedPlan;
use model::plan::{Change, Plan, RevisionFault};

use crate::back_up::reopen;
use crate::deliver::Delivered;
use crate::home::write_plan;
use crate::next_key::change_own;
use crate::publish::{next_link, own_stream, record};
use crate::recovery_key::SAVED;
use crate::{Error, Home, Result};

/// The setting that keeps the highest version that a restored hub may have issued before.
pub(crate) const VERSION_FLOOR: &str = "version_floor";

/// An issued plan on the drive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The version.
    pub version: u32,
    /// What changed since the version before; empty for the first and when nothing was edited.
    pub changes: Vec<Change>,
    /// The file.
    pub delivered: Delivered,
}

/// A plan that lies signed in the archive.
pub(crate) struct SignedPlan {
    pub version: u32,
    pub changes: Vec<Change>,
    pub row: BundleRow,
    /// Whether it was signed before.
    pub again: bool,
}

impl Home {
    /// Says whether a return counts for any period of the plan.
    pub(crate) fn has_returns(&self, plan: &Plan) -> Result<bool> {
        Ok(self.ledger.read(|tx| {
            for period in plan.calendar.periods() {
                if !tx.counted_returns(period)?.is_empty() {
                    return Ok(true);
                }
            }
            Ok::<_, ledger::Error>(false)
        })?)
    }

    /// Returns the number of the next version: after the one in force, and after those that a restored hub may have forgotten.
    fn next_version(&self, before: Option<&Plan>) -> Result<u32> {
        let floor = self.setting(VERSION_FLOOR)?.and_then(|floor| floor.parse().ok()).unwrap_or(0);
        Ok(before.map_or(0, |before| before.version).max(floor) + 1)
    }

    /// Issues the draft as the next version, or delivers the version in force again when there is none.
    pub fn issue_plan(&mut self, passphrase: &str, to: &Path) -> Result<Issued> {
        let SignedPlan { version, changes, row, again } = self.sign_plan(passphrase)?;
        let delivered = self.hand_out(&row, to, again)?;
        Ok(Issued { version, changes, delivered })
    }

    /// Signs the draft as the next version, or finds the version in force when there is none.
    pub(crate) fn sign_plan(&mut self, passphrase: &str) -> Result<SignedPlan> {
        self.sign_next_plan(passphrase, None)
    }

    /// Signs the next version, which hands over to another key and its stream if one is given; without, a draft that
    /// changes something is needed.
    pub(crate) fn sign_next_plan(
        &mut self,
        passphrase: &str,
        next: Option<(&SecretKeys, StreamId)>,
    ) -> Result<SignedPlan> {
        self.hub_only()?;
        let before = self.issued_plan()?;
        let unedited = next.and(before.clone());
        let Some(mut plan) = self.draft_plan()?.or(unedited) else {
            return self.plan_in_force();
        };
        plan.version = self.next_version(before.as_ref())?;
        stamp(&mut plan, before.as_ref());
        plan.validate().map_err(Error::PlanFaults)?;
        let changes =
            before.as_ref().map(|before| plan.changes_since(before)).transpose()?.unwrap_or_default();
        if before.is_some() && changes.is_empty() && next.is_none() {
            self.ledger.write(|tx| tx.drop_plan_draft())?;
            return self.plan_in_force();
        }
        if let Some(before) = &before
            && calendar_moved(before, &plan)
            && self.has_returns(before)?
        {
            return Err(RevisionFault::MergingFixed.into());
        }
        let keys = self.unlock(passphrase)?;
        let link = self.ledger.read(|tx| next_link(&own_stream(tx, BundleKind::Plan, None)?))?;
        let payload = Payload::Plan(Box::new(plan.clone()));
        let (signed, laid_by) = match next {
            None => {
                let subject = Subject::Plan { link, successor: None };
                (self.sign(&keys, &plan, subject, &payload, &mut [])?, None)
            }
            Some((new, stream)) => {
                let successor = Some(Box::new(Successor::new(new.public(), stream)));
                let subject = Subject::Plan { link, successor };
                let signed = self.sign_handing_over((&keys, new), &plan, subject, &payload)?;
                let streams = self.streams_to_reopen(Some(stream))?;
                (signed, Some((new.public(), self.lay_by(new, passphrase)?, streams)))
            }
        };
        let issued = IssuedPlan {
            version: plan.version,
            issued_on: self.today(),
            document: write_plan(&plan)?,
            bundle: Some(signed.row.digest),
        };
        let detail = signed.written.file_digest.to_string();
        let deed = self.deed("issue_plan", plan.version.to_string(), detail.clone());
        let change = self.deed("change_hub_key", plan.version.to_string(), detail);
        let (header, today) = (signed.written.header_digest, self.today());
        let identity = self.ledger.write(|tx| {
            record(tx, &signed)?;
            tx.issue_plan(&issued)?;
            tx.drop_plan_draft()?;
            tx.record(&deed)?;
            let Some((new, next, streams)) = &laid_by else { return Ok(None) };
            reopen(tx, streams, Some(header))?;
            tx.set_setting(SAVED, None)?;
            tx.record(&change)?;
            change_own(tx, (new, next), Some(header), today).map(Some)
        })?;
        if let Some(identity) = identity {
            self.identity = identity;
            self.take_up()?;
        }
        Ok(SignedPlan { version: plan.version, changes, row: signed.row, again: false })
    }

    fn plan_in_force(&self) -> Result<SignedPlan> {
        let issued = self.ledger.read(|tx| tx.latest_issued())?.ok_or(Error::NoPlan)?;
        let digest = issued.bundle.ok_or(Error::NoPlan)?;
        let row = self.ledger.read(|tx| tx.bundle(&digest))?.ok_or(Error::NoPlan)?;
        Ok(SignedPlan { version: issued.version, changes: Vec::new(), row, again: true })
    }

    /// Saves the hub's draft of the next version.
    pub(crate) fn save_draft(&mut self, plan: &Plan, what: &str, subject: &str) -> Result<()> {
        self.hub_only()?;
        let plan = numbered(plan, self.issued_plan()?.as_ref());
        plan.validate().map_err(Error::PlanFaults)?;
        let document = write_plan(&plan)?;
        let (now, deed) = (self.now(), self.deed(what, subject, ""));
        Ok(self.ledger.write(|tx| {
            tx.save_plan_draft(&document, now)?;
            tx.record(&deed)
        })?)
    }

    /// Saves a draft that could be issued as it stands; one that says the same as the version in force is dropped.
    ///
    /// # Errors
    /// Whatever would keep it from being issued.
    pub(crate) fn save_revision(
        &mut self,
        plan: &Plan,
        what: &str,
        subject: &str,
        detail: &str,
    ) -> Result<()> {
        self.hub_only()?;
        let before = self.issued_plan()?;
        let plan = numbered(plan, before.as_ref());
        plan.validate().map_err(Error::PlanFaults)?;
        let mut same = false;
        if let Some(before) = &before {
            same = plan.changes_since(before)?.is_empty();
            if calendar_moved(before, &plan) && self.has_returns(before)? {
                return Err(RevisionFault::MergingFixed.into());
            }
        }
        let document = write_plan(&plan)?;
        let (now, deed) = (self.now(), self.deed(what, subject, detail));
        Ok(self.ledger.write(|tx| {
            if same {
                tx.drop_plan_draft()?;
            } else {
                tx.save_plan_draft(&document, now)?;
            }
            tx.record(&deed)
        })?)
    }
}

/// Makes the next version of a plan, dated.
pub(crate) fn numbered(plan: &Plan, before: Option<&Plan>) -> Plan {
    let mut plan = plan.clone();
    plan.version = before.map_or(0, |before| before.version) + 1;
    stamp(&mut plan, before);
    plan
}

fn calendar_moved(before: &Plan, after: &Plan) -> bool {
    let fixed = |plan: &Plan| (plan.calendar.merge_jan_feb, plan.calendar.first_month);
    fixed(before) != fixed(after)
}

/// Dates what is new: a target belongs to the version that first has it, and leaves with the version that retires it.
fn stamp(plan: &mut Plan, before: Option<&Plan>) {
    let version = plan.version;
    for target in &mut plan.targets {
        let known = before.and_then(|before| before.target(&target.id));
        target.since = known.map_or(version, |known| known.since);
        let retired_before = known.and_then(|known| known.retired);
        target.retired = retired_before.or(target.retired.map(|_| version));
    }
}
