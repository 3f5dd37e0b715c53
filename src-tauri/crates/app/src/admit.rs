//! Admits an office at the hub: the digits on its stamped slip make its key count.

use std::path::Path;

use bundle::fingerprint::{Fingerprint, Holder};
use bundle::header::{Header, Kind, Subject};
use bundle::keys::PublicKeys;
use bundle::v1::{Enrolment, Payload};
use bundle::verify::Verified;
use ledger::bundles::BundleRow;
use ledger::keys::{KeyState, NewKey, OfficeKey};
use model::id::OfficeId;

use crate::fetch;
use crate::publish::received_row;
use crate::{Error, Home, Result};

impl Home {
    /// Activates the key in an enrolment for the office that the operator picked.
    ///
    /// The file's claim and its digits must both belong to that office, so that a slip with true digits cannot enrol its
    /// holder as somebody else. `replace` closes the office's present key at the head of its stream, as after a lost
    /// passphrase; its returns remain.
    pub fn admit_office(
        &mut self,
        file: &Path,
        office_name: &str,
        fingerprint: &str,
        replace: bool,
    ) -> Result<OfficeId> {
        self.hub_only()?;
        let typed: Fingerprint = fingerprint.parse()?;
        let plan = self.plan()?;
        let picked = self.office_named(&plan, office_name)?;
        let label = fetch::label(file);
        let mut verified = self.verify_file(file)?;
        let Subject::Enrolment { office, .. } = verified.header().claims.subject.clone() else {
            let found = verified.header().claims.subject.kind();
            return Err(Error::OtherKind { file: label, found, wanted: Kind::Enrolment });
        };
        self.same_plan(verified.header(), &label)?;
        if office != picked.id {
            let claimed = plan.office(&office).map_or_else(|| office.to_string(), |o| o.name().to_owned());
            return Err(Error::OtherOffice { claimed, picked: picked.name().to_owned() });
        }
        let digits = Fingerprint::of(Holder::Office(&self.identity.hub, &office), verified.keys());
        if !typed.matches(&digits) {
            return Err(Error::OtherFingerprint);
        }
        let known = self.keep_enrolment(&mut verified)?;
        if known.state == KeyState::Closed {
            return Err(Error::KeyClosed(picked.name().to_owned()));
        }
        // Of two that waited with one stream, the first whose digits are typed has it.
        if self.ledger.read(|tx| is_taken(tx, &known.enrolled.stream, verified.keys().as_bytes()))? {
            return Err(Error::StreamTaken);
        }
        let active: Vec<OfficeKey> = self
            .ledger
            .read(|tx| tx.keys_of(&office))?
            .into_iter()
            .filter(|key| key.state == KeyState::Active && key.id != known.id)
            .collect();
        if !active.is_empty() && !replace {
            return Err(Error::AlreadyEnrolled(picked.name().to_owned()));
        }
        let (today, deed) = (self.today(), self.deed("admit_office", office.as_str(), digits.to_string()));
        self.ledger.write(|tx| {
            for old in active {
                let head = tx.links(&old.enrolled.stream)?.last().map_or(0, |link| link.seq);
                tx.close_key(old.id, head, today)?;
            }
            if known.state == KeyState::Pending {
                tx.activate_key(known.id, today)?;
            }
            Ok::<_, Error>(tx.record(&deed)?)
        })?;
        Ok(office)
    }

    /// Keeps an enrolment until its digits are typed; the same one twice changes nothing.
    pub(crate) fn keep_enrolment(&mut self, verified: &mut Verified) -> Result<OfficeKey> {
        let known = |tx: &ledger::Tx<'_>, keys: &PublicKeys| tx.key_by_public(keys.as_bytes());
        if let Some(key) = self.ledger.read(|tx| known(tx, verified.keys()))? {
            // The key is bound to the enrolment that it was registered by; another one would open another stream.
            let same = key.enrolled.enrolment == verified.header_digest().0;
            return if same { Ok(key) } else { Err(Error::EnrolledOtherwise) };
        }
        let (Subject::Enrolment { office, stream }, Payload::Enrolment(enrolment)) =
            (verified.header().claims.subject.clone(), verified.payload().clone())
        else {
            return Err(Error::NotEnrolled(String::new()));
        };
        if !is_fit(&enrolment) || self.plan()?.office(&office).is_none() {
            return Err(Error::BadEnrolment);
        }
        let Enrolment { contact, telephone, .. } = enrolment;
        if self.ledger.read(|tx| is_taken(tx, &stream.to_string(), verified.keys().as_bytes()))? {
            return Err(Error::StreamTaken);
        }
        let new = NewKey {
            office,
            public_keys: *verified.keys().as_bytes(),
            enrolment: verified.header_digest().0,
            stream: stream.to_string(),
            contact,
            telephone,
            registered_on: self.today(),
        };
        let row = self.archive_received(verified)?;
        let deed = self.deed("keep_enrolment", new.office.as_str(), hex(&row));
        self.ledger.write(|tx| {
            if tx.bundle(&row.digest)?.is_none() {
                tx.add_bundle(&row)?;
            }
            tx.register_key(&new)?;
            tx.record(&deed)
        })?;
        let key = self.ledger.read(|tx| known(tx, verified.keys()))?;
        key.ok_or_else(|| Error::NotEnrolled(new.office.to_string()))
    }

    /// Puts a verified file into the archive and describes it for the ledger.
    pub(crate) fn archive_received(&mut self, verified: &mut Verified) -> Result<BundleRow> {
        let mut staged = self.archive.stage()?;
        verified.copy_to(&mut staged).map_err(Error::io(&self.dir))?;
        self.archive.put_staged(staged, &verified.file_digest().0)?;
        self.archive.sync_batch()?;
        Ok(received_row(verified, self.today(), self.now()))
    }

    pub(crate) fn same_plan(&self, header: &Header, label: &str) -> Result<()> {
        let same = header.claims.hub == self.identity.hub
            && Some(&header.claims.plan) == self.identity.plan.as_ref();
        if same { Ok(()) } else { Err(Error::OtherPlan(label.to_owned())) }
    }

    /// Lists the enrolments that wait for their digits.
    pub fn pending_enrolments(&self) -> Result<Vec<OfficeKey>> {
        self.hub_only()?;
        let keys = self.ledger.read(|tx| tx.keys())?;
        Ok(keys.into_iter().filter(|key| key.state == KeyState::Pending).collect())
    }
}

/// Says whether an enrolment's texts are no longer than names are.
pub(crate) fn is_fit(enrolment: &Enrolment) -> bool {
    let Enrolment { office_name, contact, telephone } = enrolment;
    [office_name, contact, telephone].iter().all(|text| text.chars().count() <= NAME_CHARS)
}

/// The most characters of a name, a contact or a telephone number.
const NAME_CHARS: usize = 100;

/// Says whether a stream is another key's: whoever names it would speak in that one's place.
///
/// A key that waits for its digits holds no stream, or anybody could keep an office out by copying its enrolment's.
pub(crate) fn is_taken(
    tx: &ledger::Tx<'_>,
    stream: &str,
    keys: &ledger::PublicKeys,
) -> Result<bool, ledger::Error> {
    let others = |key: &OfficeKey| key.enrolled.public_keys != *keys && key.state != KeyState::Pending;
    let registered = tx.keys()?.iter().any(|key| others(key) && key.enrolled.stream == stream);
    Ok(registered || tx.stream(stream)?.is_some())
}

fn hex(row: &BundleRow) -> String {
    bundle::digest::Sha256Digest(row.digest).to_string()
}
