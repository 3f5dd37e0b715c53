//! Replaces an office's key: the present one signs the last bundle of its stream, in which the next one agrees to follow.

use std::path::Path;

use bundle::digest::Sm3Digest;
use bundle::header::{StreamId, Subject};
use bundle::keys::SecretKeys;
use bundle::successor::Successor;
use bundle::v1::{Enrolment, Payload};
use ledger::bundles::{BundleKind, BundleRow, Direction};

use crate::deliver::Delivered;
use crate::init_office::{CONTACT, TELEPHONE};
use crate::next_key::change_own;
use crate::publish::{next_link, own_stream, record};
use crate::{Error, Home, Result};

/// The setting that keeps the header digest of the last handing over that no receipt has confirmed.
pub(crate) const UNCONFIRMED: &str = "unconfirmed_key";

impl Home {
    /// Replaces the office's key and writes the bundle that says so; whatever is filled in stays as it is.
    ///
    /// Until a receipt says that the hub follows, every call delivers the same bytes; only then another key is made.
    pub fn rotate_key(&mut self, passphrase: &str, to: &Path) -> Result<Delivered> {
        self.office_only()?;
        if let Some(row) = self.unconfirmed_rotation()? {
            return self.hand_out(&row, to, true);
        }
        if self.is_restored() {
            return Err(Error::CatchUpFirst);
        }
        if self.enrolment()?.is_none() {
            return Err(Error::EnrolFirst);
        }
        self.still_ours()?;
        let row = self.sign_rotation(passphrase)?;
        self.hand_out(&row, to, false)
    }

    /// Returns the bundle that handed over to the present key, as long as no receipt has confirmed it.
    pub(crate) fn unconfirmed_rotation(&self) -> Result<Option<BundleRow>> {
        let Some(header) = self.setting(UNCONFIRMED)? else { return Ok(None) };
        let rows = self.rotations()?;
        Ok(rows.into_iter().rfind(|row| Sm3Digest(row.header).to_string() == header))
    }

    /// Lists the bundles by which keys handed over since the office last enrolled, the oldest first.
    pub(crate) fn rotations(&self) -> Result<Vec<BundleRow>> {
        let office = self.own_office();
        let rows = self.ledger.read(|tx| tx.bundles(Direction::Out, BundleKind::Enrolment, Some(&office)))?;
        let since = rows.iter().rposition(|row| row.seq == 0).map_or(0, |at| at + 1);
        Ok(rows.into_iter().skip(since).collect())
    }

    fn sign_rotation(&mut self, passphrase: &str) -> Result<BundleRow> {
        let office = self.own_office();
        let keys = self.unlock(passphrase)?;
        let new = SecretKeys::generate(&mut self.world.rng);
        let stream = StreamId::generate(&mut self.world.rng);
        let plan = self.plan()?;
        let setting = |key| self.setting(key).map(Option::unwrap_or_default);
        let payload = Payload::Enrolment(Enrolment {
            office_name: plan.office(&office).map(|it| it.name().to_owned()).unwrap_or_default(),
            contact: setting(CONTACT)?,
            telephone: setting(TELEPHONE)?,
        });
        let old = self.ledger.read(|tx| own_stream(tx, BundleKind::Progress, Some(&office)))?;
        let successor = Box::new(Successor::new(new.public(), stream));
        let subject = Subject::Rotation { office: office.clone(), link: next_link(&old)?, successor };
        let signed = self.sign_handing_over((&keys, &new), &plan, subject, &payload)?;
        let next = self.lay_by(&new, passphrase)?;
        let header = signed.written.header_digest;
        let deed = self.deed("rotate_key", office.as_str(), signed.written.file_digest.to_string());
        let today = self.today();
        self.identity = self.ledger.write(|tx| {
            record(tx, &signed)?;
            tx.close_stream(&old.stream)?;
            tx.open_stream(&stream.to_string(), BundleKind::Progress, Some(&office), Some(header.0))?;
            let identity = change_own(tx, (new.public(), &next), Some(header), today)?;
            tx.set_setting(UNCONFIRMED, Some(&header.to_string()))?;
            tx.record(&deed)?;
            Ok::<_, Error>(identity)
        })?;
        self.take_up()?;
        Ok(signed.row)
    }
}
