//! Enrols an office anew, under a key of its own making: the passphrase of the one before is lost, or its hub closed that key.

use ledger::bundles::BundleKind;

use crate::enter::Sheet;
use crate::next_key::change_own;
use crate::publish::record;
use crate::receive::own_key::CLOSED;
use crate::rotate_key::UNCONFIRMED;
use crate::set_up_office::{ENROL, FIRST_RUN};
use crate::{Error, Home, Result, home, passphrase};
use bundle::keys::SecretKeys;

impl Home {
    /// Makes a new key under a new passphrase and signs a new enrolment with it; whatever was filled in and reported stays.
    ///
    /// Nobody vouches for this key: what it signs counts once the hub's operator has typed the digits of its paper. What the hub
    /// has not answered yet is to be signed anew, for it may arrive after the old key was closed.
    pub fn enrol_again(&mut self, passphrase: &str) -> Result<()> {
        self.office_only()?;
        home::check_passphrase(passphrase)?;
        let office = self.own_office();
        let keys = SecretKeys::generate(&mut self.world.rng);
        let (signed, stream) = self.introduce(&keys)?;
        let next = self.lay_by(&keys, passphrase)?;
        let deed = self.deed("enrol_again", office.as_str(), signed.written.file_digest.to_string());
        let (today, anchor) = (self.today(), signed.written.header_digest.0);
        self.identity = self.ledger.write(|tx| {
            if let Some(old) = tx.current_stream(BundleKind::Progress, Some(&office))? {
                tx.close_stream(&old.stream)?;
            }
            record(tx, &signed)?;
            tx.open_stream(&stream.to_string(), BundleKind::Progress, Some(&office), Some(anchor))?;
            let identity = change_own(tx, (keys.public(), &next), None, today)?;
            for row in tx.returns_of(&office)? {
                if tx.verdict(row.id)?.is_none() {
                    let sheet = Sheet { office: office.clone(), period: row.period };
                    tx.forget_export(sheet.key(), &row.bundle)?;
                }
            }
            // Both were said of the key before.
            tx.set_setting(UNCONFIRMED, None)?;
            tx.set_setting(CLOSED, None)?;
            tx.record(&deed)?;
            Ok::<_, Error>(identity)
        })?;
        self.take_up()
    }

    /// As [`Home::enrol_again`], under a passphrase that is not among the first that would be tried; what goes to the hub is
    /// then handed over as on the first day.
    pub fn enrol_again_from_start(&mut self, passphrase: &str) -> Result<()> {
        self.office_only()?;
        let words = self.own_words()?;
        passphrase::fit(passphrase, &words.iter().map(String::as_str).collect::<Vec<_>>())?;
        self.enrol_again(passphrase)?;
        self.set_setting(FIRST_RUN, Some(ENROL))
    }
}
