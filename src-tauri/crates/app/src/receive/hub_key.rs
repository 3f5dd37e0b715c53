//! The hub's key as an office trusts it: which one signs, which ones did before, and what came under one not yet known.

use std::collections::BTreeSet;

use bundle::digest::Sm3Digest;
use bundle::header::{Link, Subject};
use bundle::verify::Verified;
use ledger::keys::{FormerKey, Whose};

use super::{PlanNews, Progress, Received, Refusal, Verdict};
use crate::fetch::Found;
use crate::{Home, Result};

impl Home {
    /// Says why a bundle of the hub is not signed by the key that is trusted here; none where it is.
    pub(super) fn hub_key_refusal(&self, verified: &Verified) -> Result<Option<Refusal>> {
        let keys = verified.keys().as_bytes();
        if Some(keys) == self.identity.hub_keys.as_ref() {
            return Ok(None);
        }
        let former = self.ledger.read(|tx| tx.former_keys(Whose::Hub))?;
        if former.iter().any(|one| one.public_keys == *keys) {
            return Ok(Some(Refusal::FormerHubKey));
        }
        let claims = &verified.header().claims;
        let version = matches!(claims.subject, Subject::Plan { .. }).then_some(claims.plan_version);
        Ok(Some(Refusal::UnknownHubKey { version }))
    }

    /// Says what a plan from the hub tells of the hub itself.
    pub(super) fn plan_news(&self, verified: &Verified) -> Result<PlanNews> {
        let subject = &verified.header().claims.subject;
        let new_key = subject.successor().is_some();
        let first = subject.link().filter(|link| link.seq() == 1).and_then(Link::prev);
        let restored = match first {
            None => false,
            Some(prev) => {
                let former = self.ledger.read(|tx| tx.former_keys(Whose::Hub))?;
                former.iter().all(|one| one.header != Some(prev.0))
            }
        };
        Ok(PlanNews { new_key, restored, healed: 0 })
    }

    /// Trusts another key of the hub from now on; `header` is that of the plan that handed over, none where digits were typed.
    pub(crate) fn follow_hub(&mut self, keys: ledger::PublicKeys, header: Option<Sm3Digest>) -> Result<()> {
        let Some(public_keys) = self.identity.hub_keys.filter(|old| *old != keys) else { return Ok(()) };
        let day = self.today();
        let former = FormerKey { whose: Whose::Hub, public_keys, header: header.map(|it| it.0), day };
        let how = if header.is_some() { "handed over" } else { "digits typed" };
        let deed = self.deed("follow_hub", self.identity.hub.as_str(), how);
        let identity = ledger::identity::Identity { hub_keys: Some(keys), ..self.identity.clone() };
        self.ledger.write(|tx| {
            tx.add_former_key(&former)?;
            tx.set_identity(&identity)?;
            tx.record(&deed)
        })?;
        self.identity = identity;
        Ok(())
    }

    /// Looks again, once another key of the hub is trusted, at what came under it before: in the same files, and among those kept
    /// aside.
    pub(super) fn heal_at_office(
        &mut self,
        received: &mut [Received],
        progress: &mut Progress<'_>,
    ) -> Result<usize> {
        let Some(keys) = self.identity.hub_keys else { return Ok(0) };
        let refused =
            |one: &&mut Received| matches!(one.verdict, Verdict::Refused(Refusal::UnknownHubKey { .. }));
        let mut again: Vec<&mut Received> = received.iter_mut().filter(refused).collect();
        let files = again.iter().map(|one| Found { path: one.path.clone(), skipped: None }).collect();
        let verdicts = self.office_pass(files, progress)?;
        for (one, now) in again.iter_mut().zip(verdicts) {
            one.verdict = now.verdict;
        }
        let aside = self.aside_of(&BTreeSet::from([keys]))?;
        let files = aside.iter().map(|path| Found { path: path.clone(), skipped: None }).collect();
        let mut healed = 0;
        for now in self.office_pass(files, progress)? {
            match now.verdict {
                Verdict::Plan { .. } | Verdict::Receipt(_) => healed += 1,
                Verdict::Duplicate => {}
                _ => continue,
            }
            self.archive.release(&now.path)?;
        }
        Ok(healed)
    }
}
