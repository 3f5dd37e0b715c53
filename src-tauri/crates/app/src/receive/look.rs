//! The part of receiving that needs no ledger: verifying, and holding a bundle against what the hub has registered.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use bundle::digest::Sha256Digest;
use bundle::header::{Kind, Link, Subject};
use bundle::limits::Limits;
use bundle::rejection::Rejection;
use bundle::v1::Payload;
use bundle::verify::{Refused, Verified};
use ledger::bundles::BundleRow;
use ledger::keys::{KeyState, OfficeKey};
use ledger::{Archive, PublicKeys};
use model::check::{self, Finding, History};
use model::id::{HubId, OfficeId, PlanId};
use model::plan::{Duties, Plan};
use model::returns::Return;

use super::{Refusal, set_aside};
use crate::check::is_error;
use crate::fetch::{self, Found, Skipped};
use crate::{Error, Result};

/// How many findings of a return are kept to be shown.
const FINDINGS: usize = 20;

/// What the hub knew when it began to receive.
pub(super) struct Registry<'a> {
    pub hub: &'a HubId,
    pub plan: &'a PlanId,
    /// The hub's own keys over the years.
    pub own_keys: &'a [PublicKeys],
    /// Streams of the hub's own returns and 代录.
    pub own_streams: &'a [(String, Option<OfficeId>)],
    pub keys: HashMap<PublicKeys, OfficeKey>,
    pub versions: BTreeMap<u32, (&'a Plan, Duties<'a>)>,
    pub limits: Limits,
    pub archive: &'a Archive,
    pub scratch: &'a Path,
}

/// A file after looking at it, before the ledger was asked.
pub(super) enum Looked {
    Skipped(Skipped),
    /// A copy of what was read of it is kept aside.
    Rejected(Rejection),
    /// A copy is kept aside.
    Refused(Refusal),
    /// A plan or receipt that this hub sent.
    Own,
    /// A plan of this hub by which its key handed over to one that the ledger does not know; it is archived.
    OwnHandover(u32),
    /// An enrolment, by the digest of its file: it is opened again when its turn comes, so that none of many waits in memory.
    Enrolment(Sha256Digest),
    /// A key hands over to the next; likewise.
    Rotation(Sha256Digest),
    Return(Box<Arriving>),
}

/// A genuine return from a registered key, archived but not yet recorded.
pub(super) struct Arriving {
    pub row: BundleRow,
    pub link: Link,
    pub content: Return,
    /// How long its records are, by which what waits for the writer is weighed.
    pub inflated: u64,
    /// How many errors the hub's own checks found.
    pub errors: usize,
    /// The first of them: a hostile return may have tens of thousands.
    pub findings: Vec<Finding>,
}

/// What a genuine bundle may be taken for.
enum Placed {
    /// An enrolment, whose key nobody can know yet.
    Enrolment,
    /// A registered key hands over.
    Rotation,
    /// A return of a registered key.
    Return(Link),
}

impl Registry<'_> {
    /// Verifies a file and archives it if it is a return that may be recorded.
    pub(super) fn look(&self, found: &Found, describe: &impl Fn(&Verified) -> BundleRow) -> Result<Looked> {
        if let Some(skipped) = found.skipped {
            return Ok(Looked::Skipped(skipped));
        }
        let staged = match fetch::stage(&found.path, &self.limits, self.scratch) {
            Ok(staged) => staged,
            Err(rejection) => return Ok(Looked::Rejected(rejection)),
        };
        let mut verified = match staged.verify(&self.limits) {
            Ok(verified) => verified,
            Err(refused) => {
                let Refused { rejection, mut staged } = *refused;
                set_aside(self.archive, |out| staged.copy_to(out))?;
                return Ok(Looked::Rejected(rejection));
            }
        };
        match self.place(&verified) {
            Err(Refusal::WrongPlace(_)) if self.own_keys.contains(verified.keys().as_bytes()) => {
                let claims = &verified.header().claims;
                let version = claims.plan_version;
                let successor = claims.subject.successor();
                if successor.is_none_or(|successor| self.own_keys.contains(&successor.keys.0)) {
                    return Ok(Looked::Own);
                }
                // Whoever puts the next key back has to show this.
                let row = describe(&verified);
                self.keep(&mut verified, &row)?;
                Ok(Looked::OwnHandover(version))
            }
            Err(refusal) => {
                set_aside(self.archive, |out| verified.copy_to(out))?;
                Ok(Looked::Refused(refusal))
            }
            Ok(Placed::Enrolment) => Ok(Looked::Enrolment(verified.file_digest())),
            Ok(Placed::Rotation) => Ok(Looked::Rotation(verified.file_digest())),
            Ok(Placed::Return(link)) => {
                let row = describe(&verified);
                let inflated = verified.header().contents.inflated_len;
                self.keep(&mut verified, &row)?;
                let (errors, findings) = self.check(&verified);
                let Payload::Progress(content) = verified.into_payload() else {
                    return Err(Error::unreadable("a progress bundle without a return"));
                };
                Ok(Looked::Return(Box::new(Arriving { row, link, content, inflated, errors, findings })))
            }
        }
    }

    /// Says whether a bundle may be here, and as what.
    fn place(&self, verified: &Verified) -> Result<Placed, Refusal> {
        let claims = &verified.header().claims;
        if claims.hub != *self.hub || claims.plan != *self.plan {
            return Err(Refusal::OtherPlan);
        }
        let (office, period, link, stand_in) = match &claims.subject {
            Subject::Enrolment { .. } => return Ok(Placed::Enrolment),
            Subject::Rotation { office, link, .. } => {
                // 本级 signs with the hub's key, which is handed on by a plan.
                if self.own_keys.contains(verified.keys().as_bytes()) {
                    return Err(Refusal::NotItsKey);
                }
                self.key_fits(verified, office, link, false)?;
                return Ok(Placed::Rotation);
            }
            Subject::Progress { office, period, link, stand_in, .. } => (office, *period, *link, *stand_in),
            Subject::Plan { .. } => return Err(Refusal::WrongPlace(Kind::Plan)),
            Subject::Receipt { .. } => return Err(Refusal::WrongPlace(Kind::Receipt)),
        };
        self.key_fits(verified, office, &link, stand_in)?;
        let version = claims.plan_version;
        let (plan, _) = self.versions.get(&version).ok_or(Refusal::UnknownVersion(version))?;
        plan.calendar.admit(period).map_err(Refusal::NotReported)?;
        Ok(Placed::Return(link))
    }

    /// Says whether the key that signed may speak for the office in this stream. The keys in a file only say which
    /// registered key it is; everything else must agree with the registration.
    fn key_fits(
        &self,
        verified: &Verified,
        office: &OfficeId,
        link: &Link,
        stand_in: bool,
    ) -> Result<(), Refusal> {
        let keys = verified.keys().as_bytes();
        let stream = link.stream().to_string();
        if self.own_keys.contains(keys) {
            let own = self.own_streams.iter().any(|(id, of)| *id == stream && of.as_ref() == Some(office));
            return if own && stand_in != office.is_own() { Ok(()) } else { Err(Refusal::NotItsKey) };
        }
        let key = self.keys.get(keys).ok_or(Refusal::Unregistered)?;
        if key.enrolled.office != *office || key.enrolled.stream != stream || stand_in {
            return Err(Refusal::NotItsKey);
        }
        match (key.state, key.revoked_after) {
            (KeyState::Pending, _) => Err(Refusal::KeyPending),
            (_, Some(after)) if link.seq() > after => {
                Err(Refusal::KeyClosed { office: office.clone(), seq: link.seq(), after })
            }
            _ => Ok(()),
        }
    }

    fn keep(&self, verified: &mut Verified, row: &BundleRow) -> Result<()> {
        let io = |source| Error::Io { path: self.archive.path(&row.digest), source };
        if verified.file_len() <= self.limits.in_memory {
            let mut bytes = Vec::with_capacity(usize::try_from(verified.file_len()).unwrap_or(0));
            verified.copy_to(&mut bytes).map_err(io)?;
            self.archive.put(&bytes, &row.digest)?;
        } else {
            let mut staged = self.archive.stage()?;
            verified.copy_to(&mut staged).map_err(io)?;
            self.archive.put_staged(staged, &row.digest)?;
        }
        Ok(())
    }

    /// Runs the hub's own checks. An office cannot export errors, so what has some was not made by our program, or by a damaged one.
    fn check(&self, verified: &Verified) -> (usize, Vec<Finding>) {
        let Payload::Progress(content) = verified.payload() else { return (0, Vec::new()) };
        let Some((plan, duties)) = self.versions.get(&content.plan_version) else { return (0, Vec::new()) };
        // The duties at hand know nobody who has retired, who may still answer for the months before.
        let earlier = plan.offices.iter().any(|office| office.retired.is_some());
        let earlier = earlier.then(|| plan.duties_in(content.period));
        let duties = earlier.as_ref().unwrap_or(duties);
        let found = check::check(plan, duties, content, &History::default());
        let mut found: Vec<_> = found.into_iter().filter(is_error).collect();
        let errors = found.len();
        found.truncate(FINDINGS);
        found.shrink_to_fit();
        (errors, found)
    }
}
