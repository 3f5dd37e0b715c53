//! Exports an office's enrolment: its key, its contact, and the stream in which its returns will follow.

use std::path::Path;

use bundle::digest::Sm3Digest;
use bundle::header::{StreamId, Subject};
use bundle::keys::SecretKeys;
use bundle::v1::{Enrolment, Payload};
use ledger::bundles::{BundleKind, BundleRow, Direction};

use crate::deliver::Delivered;
use crate::init_office::{CONTACT, TELEPHONE};
use crate::publish::{Signed, record};
use crate::{Error, Home, KeyFault, Result};

impl Home {
    /// Writes the enrolment bundle; a second call gives the same bytes, and needs no passphrase.
    pub fn enrol(&mut self, passphrase: &str, to: &Path) -> Result<Delivered> {
        self.still_introduced()?;
        if let Some(row) = self.enrolment()? {
            return self.hand_out(&row, to, true);
        }
        self.sign_enrolment(passphrase)?;
        let row = self.enrolment()?.ok_or(Error::EnrolFirst)?;
        self.hand_out(&row, to, false)
    }

    /// Says that the enrolment, if there is one, is of the present key.
    pub(crate) fn still_introduced(&self) -> Result<()> {
        if self.rotations()?.is_empty() { Ok(()) } else { Err(KeyFault::HandedOver.into()) }
    }

    /// Returns the enrolment that was signed, if one was.
    pub(crate) fn enrolment(&self) -> Result<Option<BundleRow>> {
        self.office_only()?;
        let office = self.own_office();
        let done = self.ledger.read(|tx| tx.bundles(Direction::Out, BundleKind::Enrolment, Some(&office)))?;
        // Those with a number hand over from an earlier key; they are no introduction.
        Ok(done.into_iter().rfind(|row| row.seq == 0))
    }

    /// Signs the enrolment and opens the stream in which the returns will follow.
    pub(crate) fn sign_enrolment(&mut self, passphrase: &str) -> Result<()> {
        let office = self.own_office();
        let keys = self.unlock(passphrase)?;
        let (signed, stream) = self.introduce(&keys)?;
        let anchor: Sm3Digest = signed.written.header_digest;
        let deed = self.deed("enrol", office.as_str(), signed.written.file_digest.to_string());
        self.ledger.write(|tx| {
            record(tx, &signed)?;
            tx.open_stream(&stream.to_string(), BundleKind::Progress, Some(&office), Some(anchor.0))?;
            Ok::<_, Error>(tx.record(&deed)?)
        })
    }

    /// Signs an enrolment that introduces a key and the stream in which its returns will follow; nothing is recorded yet.
    pub(crate) fn introduce(&mut self, keys: &SecretKeys) -> Result<(Signed, StreamId)> {
        let office = self.own_office();
        let plan = self.plan()?;
        let office_name = plan.office(&office).map(|o| o.name().to_owned()).unwrap_or_default();
        let setting = |key| self.setting(key).map(Option::unwrap_or_default);
        let payload = Payload::Enrolment(Enrolment {
            office_name,
            contact: setting(CONTACT)?,
            telephone: setting(TELEPHONE)?,
        });
        let stream = StreamId::generate(&mut self.world.rng);
        let signed = self.sign(keys, &plan, Subject::Enrolment { office, stream }, &payload, &mut [])?;
        Ok((signed, stream))
    }
}
