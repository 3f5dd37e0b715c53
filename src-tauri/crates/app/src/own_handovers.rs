//! The plans by which a hub's key handed over since the backup that its ledger was restored from, and going on with the last key.

use std::collections::BTreeSet;
use std::path::Path;

use bundle::digest::Sm3Digest;
use bundle::header::Subject;
use bundle::keys::{PublicKeys, SecretKeys};
use bundle::v1::Payload;
use bundle::verify::Verified;
use ledger::bundles::Direction;
use ledger::plans::IssuedPlan;
use model::plan::Plan;

use crate::back_up::reopen;
use crate::deliver::file_name;
use crate::home::write_plan;
use crate::issue_plan::numbered;
use crate::next_key::change_own;
use crate::receive::heal::signer;
use crate::recovery_key::SAVED;
use crate::{Error, Home, Result};

/// A plan of this hub in which one of its keys hands over to the next.
pub(crate) struct Handover {
    from: ledger::PublicKeys,
    to: PublicKeys,
    verified: Verified,
    plan: Plan,
}

impl Home {
    /// Finds the plans by which the hub's present key handed over to this one, be it by way of others; none where they are not
    /// all here.
    ///
    /// Each must be signed by the key before, down to the one that the ledger knows: what else names the key proves nothing.
    pub(crate) fn handovers_to(&self, keys: &PublicKeys) -> Result<Option<Vec<Handover>>> {
        let mut signed = Vec::new();
        for path in self.archive.files()?.into_iter().chain(self.archive.set_aside_files()?) {
            if let Some(by) = signer(&path)? {
                signed.push((by, path));
            }
        }
        // A key of before is not gone back to.
        let mut seen: BTreeSet<_> = self.own_public_keys()?.into_iter().collect();
        let mut open = vec![self.identity.own_keys];
        let mut found: Vec<Handover> = Vec::new();
        while let Some(from) = open.pop() {
            for (_, path) in signed.iter().filter(|(by, _)| *by == from) {
                let Some(handover) = self.handover(path, from)? else { continue };
                if seen.insert(*handover.to.as_bytes()) {
                    open.push(*handover.to.as_bytes());
                    found.push(handover);
                }
            }
        }
        let mut way = Vec::new();
        let mut last = *keys.as_bytes();
        while last != self.identity.own_keys {
            let Some(at) = found.iter().position(|one| *one.to.as_bytes() == last) else { return Ok(None) };
            let handover = found.swap_remove(at);
            last = handover.from;
            way.push(handover);
        }
        way.reverse();
        Ok(Some(way))
    }

    fn handover(&self, path: &Path, from: ledger::PublicKeys) -> Result<Option<Handover>> {
        let verified = match self.verify_file(path) {
            Ok(verified) => verified,
            Err(Error::Rejected { .. }) => return Ok(None),
            Err(other) => return Err(other),
        };
        let claims = &verified.header().claims;
        let ours = *verified.keys().as_bytes() == from
            && claims.hub == self.identity.hub
            && Some(&claims.plan) == self.identity.plan.as_ref();
        let (true, Subject::Plan { successor: Some(next), .. }, Payload::Plan(plan)) =
            (ours, &claims.subject, verified.payload())
        else {
            return Ok(None);
        };
        let (to, plan) = (next.public().map_err(Error::unreadable)?, (**plan).clone());
        Ok(Some(Handover { from, to, verified, plan }))
    }

    /// Goes on with the key that these plans handed over to, in new streams, and with the plans themselves where the ledger has
    /// none as new.
    pub(crate) fn follow_own(
        &mut self,
        way: Vec<Handover>,
        keys: &SecretKeys,
        passphrase: &str,
    ) -> Result<()> {
        let mut steps: Vec<(PublicKeys, Sm3Digest)> = Vec::new();
        let mut rows = Vec::new();
        let mut issued = Vec::new();
        let mut latest = self.issued_plan()?;
        for Handover { to, mut verified, plan, .. } in way {
            let mut row = self.archive_received(&mut verified)?;
            row.direction = Direction::Out;
            row.file_name = file_name(&plan, verified.header());
            let follows = match &latest {
                None => true,
                Some(before) => plan.version > before.version && plan.changes_since(before).is_ok(),
            };
            if follows && plan.validate().is_ok() {
                let document = write_plan(&plan)?;
                let (version, issued_on) = (plan.version, self.today());
                issued.push(IssuedPlan { version, issued_on, document, bundle: Some(row.digest) });
                latest = Some(plan);
            }
            steps.push((to, verified.header_digest()));
            rows.push(row);
        }
        // A draft that cannot be the next version any more could not be issued either.
        let draft = match self.draft_plan()?.map(|draft| numbered(&draft, latest.as_ref())) {
            Some(draft) if latest.as_ref().is_none_or(|latest| draft.changes_since(latest).is_ok()) => {
                Some(write_plan(&draft)?)
            }
            _ => None,
        };
        let next = self.lay_by(keys, passphrase)?;
        let streams = self.streams_to_reopen(None)?;
        let (now, today) = (self.now(), self.today());
        let deed = self.deed("restore_key", self.identity.hub.as_str(), "handed over");
        let identity = self.ledger.write(|tx| {
            for row in &rows {
                if tx.bundle(&row.digest)?.is_none() {
                    tx.add_bundle(row)?;
                }
            }
            for plan in &issued {
                tx.issue_plan(plan)?;
            }
            if let Some(draft) = &draft {
                tx.save_plan_draft(draft, now)?;
            }
            reopen(tx, &streams, None)?;
            tx.set_setting(SAVED, None)?;
            let mut identity = None;
            for (to, header) in &steps {
                identity = Some(change_own(tx, (to, &next), Some(*header), today)?);
            }
            tx.record(&deed)?;
            Ok::<_, Error>(identity)
        })?;
        if let Some(identity) = identity {
            self.identity = identity;
        }
        self.take_up()
    }
}
