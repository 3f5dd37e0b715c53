//! Putting a new key file in the place of the old one, so that a power cut leaves the one that the ledger knows.
//!
//! The new file is written and synced beside the old one; the transaction that changes the ledger's keys notes its digest; then
//! it takes the old one's name. Whoever opens the home finishes that, or throws away what no transaction noted.

use std::fs;
use std::path::Path;

use bundle::digest::Sm3Digest;
use bundle::keys::{PublicKeys, SecretKeys};
use ledger::identity::Identity;
use ledger::keys::{FormerKey, Whose};
use ledger::{Tx, patience};

use crate::home::{KEY, write_key_as};
use crate::{Error, Home, Result};

/// The file of a key that is about to be used.
const NEXT: &str = "key.next.age";
/// The setting that keeps the digest of the file that the ledger's present keys lie in, until it has its name.
const NEXT_DIGEST: &str = "next_key_file";

/// A key that lies sealed beside the present one.
pub(crate) struct NextKey {
    digest: String,
}

impl Home {
    /// Seals a key beside the present one.
    pub(crate) fn lay_by(&self, keys: &SecretKeys, passphrase: &str) -> Result<NextKey> {
        let path = self.dir.join(NEXT);
        write_key_as(&path, keys, passphrase, &self.world)?;
        let bytes = fs::read(&path).map_err(Error::io(&path))?;
        Ok(NextKey { digest: Sm3Digest::of(&bytes).to_string() })
    }

    /// Gives the key that lies by its name, after the transaction that made it the present one.
    pub(crate) fn take_up(&mut self) -> Result<()> {
        finish(&self.dir, self.setting(NEXT_DIGEST)?.as_deref())?;
        self.set_setting(NEXT_DIGEST, None)
    }

    /// Finishes what a power cut interrupted.
    pub(crate) fn settle_key_file(&mut self) -> Result<()> {
        let noted = self.setting(NEXT_DIGEST)?;
        if noted.is_none() && !self.dir.join(NEXT).exists() {
            return Ok(());
        }
        self.take_up()
    }

    /// Lists the public keys that this ledger signed with over the years, the present ones among them.
    pub(crate) fn own_public_keys(&self) -> Result<Vec<ledger::PublicKeys>> {
        let former = self.ledger.read(|tx| tx.former_keys(Whose::Own))?;
        let mut keys: Vec<_> = former.into_iter().map(|key| key.public_keys).collect();
        keys.push(self.identity.own_keys);
        Ok(keys)
    }
}

/// Changes the ledger's own keys in the caller's transaction; `header` is that of the bundle that handed over, if one did.
pub(crate) fn change_own(
    tx: &Tx<'_>,
    (new, next): (&PublicKeys, &NextKey),
    header: Option<Sm3Digest>,
    day: chrono::NaiveDate,
) -> Result<Identity> {
    let identity = tx.identity()?.ok_or(ledger::Error::NotFound("identity"))?;
    let public_keys = identity.own_keys;
    tx.add_former_key(&FormerKey { whose: Whose::Own, public_keys, header: header.map(|it| it.0), day })?;
    let identity = Identity { own_keys: *new.as_bytes(), ..identity };
    tx.set_identity(&identity)?;
    tx.set_setting(NEXT_DIGEST, Some(&next.digest))?;
    Ok(identity)
}

fn finish(dir: &Path, noted: Option<&str>) -> Result<()> {
    let path = dir.join(NEXT);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        // It has its name already.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::io(&path)(error)),
    };
    if noted == Some(Sm3Digest::of(&bytes).to_string().as_str()) {
        patience::rename(&path, &dir.join(KEY)).map_err(Error::io(&path))?;
        crate::deliver::sync_folder(&path).map_err(Error::io(&path))
    } else {
        patience::remove_file(&path).map_err(Error::io(&path))
    }
}
