//! Admits an office by its paper: the operator picks the office named on it and types its digits, and whichever enrolment
//! claims that office under those digits is the one.

use std::path::PathBuf;

use bundle::fingerprint::{Fingerprint, Holder};
use bundle::header::Subject;
use bundle::v1::Payload;
use bundle::verify::Verified;
use ledger::bundles::{BundleKind, Direction};
use ledger::keys::KeyState;
use model::id::OfficeId;

use crate::edit_offices::OfficeFault;
use crate::{Error, Home, Result};

/// An enrolment that lies in a place, or waits in the ledger.
pub(crate) struct Enrolling {
    pub path: PathBuf,
    pub office: OfficeId,
    /// The name that it gives itself.
    pub name: String,
    /// Whether it was taken in already.
    pub waiting: bool,
    verified: Verified,
}

impl Home {
    /// Activates the key whose digits stand on the paper of an office, in the place of its present key if it is to be replaced.
    ///
    /// # Errors
    /// [`OfficeFault::NoEnrolment`] where no enrolment claims the office, [`Error::OtherFingerprint`] where none of those that do has
    /// these digits.
    pub fn admit_by_paper(
        &mut self,
        office: &str,
        digits: &str,
        replace: bool,
        files: &[PathBuf],
    ) -> Result<()> {
        self.hub_only()?;
        let typed: Fingerprint = digits.parse()?;
        let plan = self.plan()?;
        let picked =
            OfficeId::new(office).ok().and_then(|id| plan.office(&id)).ok_or(OfficeFault::Unknown)?;
        let mut enrolling = self.enrolling(files)?;
        enrolling.retain(|one| one.office == picked.id);
        if enrolling.is_empty() {
            return Err(OfficeFault::NoEnrolment(picked.name().to_owned()).into());
        }
        let holder = Holder::Office(&self.identity.hub, &picked.id);
        let same = enrolling.iter().find(|one| typed.matches(&Fingerprint::of(holder, one.verified.keys())));
        let path = same.ok_or(Error::OtherFingerprint)?.path.clone();
        self.admit_office(&path, picked.name(), digits, replace).map(drop)
    }

    /// Opens the enrolments among files and those that wait in the ledger; what is no enrolment of this plan is passed over.
    pub(crate) fn enrolling(&self, files: &[PathBuf]) -> Result<Vec<Enrolling>> {
        let waiting = self.ledger.read(|tx| {
            let mut paths = Vec::new();
            for key in tx.keys()?.into_iter().filter(|key| key.state == KeyState::Pending) {
                let rows = tx.bundles(Direction::In, BundleKind::Enrolment, Some(&key.enrolled.office))?;
                let row = rows.into_iter().find(|row| row.header == key.enrolled.enrolment);
                paths.extend(row.map(|row| self.archive.path(&row.digest)));
            }
            Ok::<_, ledger::Error>(paths)
        })?;
        let all = waiting.into_iter().map(|path| (path, true));
        let all = all.chain(files.iter().map(|path| (path.clone(), false)));
        let mut found: Vec<Enrolling> = Vec::new();
        for (path, waiting) in all {
            let Some(one) = self.open_enrolment(path, waiting) else { continue };
            if found.iter().all(|known| known.verified.file_digest() != one.verified.file_digest()) {
                found.push(one);
            }
        }
        Ok(found)
    }

    fn open_enrolment(&self, path: PathBuf, waiting: bool) -> Option<Enrolling> {
        let verified = self.verify_file(&path).ok()?;
        let claims = &verified.header().claims;
        let ours = claims.hub == self.identity.hub && Some(&claims.plan) == self.identity.plan.as_ref();
        let (Subject::Enrolment { office, .. }, Payload::Enrolment(said), true) =
            (claims.subject.clone(), verified.payload().clone(), ours)
        else {
            return None;
        };
        Some(Enrolling { path, office, name: said.office_name, waiting, verified })
    }
}
