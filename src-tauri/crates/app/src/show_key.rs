//! Shows the own key: the digits for the paper, the PEM for an outsider's check.

use bundle::fingerprint::{Fingerprint, Holder};
use ledger::identity::Role;

use crate::{Home, Result};

/// The own public key, as people see it.
#[derive(Debug, Clone)]
pub struct ShownKey {
    /// The 40 digits in groups of five.
    pub fingerprint: String,
    /// The SM2 half as SubjectPublicKeyInfo in PEM.
    pub sm2_pem: String,
    /// The Ed25519 half likewise.
    pub ed25519_pem: String,
}

impl Home {
    /// Returns the own public key.
    pub fn show_key(&self) -> Result<ShownKey> {
        let keys = self.public_keys()?;
        let office = self.own_office();
        let holder = match self.role() {
            Role::Hub => Holder::Hub(&self.identity.hub),
            Role::Office => Holder::Office(&self.identity.hub, &office),
        };
        Ok(ShownKey {
            fingerprint: Fingerprint::of(holder, &keys).to_string(),
            sm2_pem: keys.sm2_pem(),
            ed25519_pem: keys.ed25519_pem(),
        })
    }
}
