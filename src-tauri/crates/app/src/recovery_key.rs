//! The copy of a hub's key for the safe: written to a place, and put back where the key file is lost.

use std::fs;
use std::io::Write;
use std::path::Path;

use bundle::key_file::{self, KeyFileError, WorkFactor};
use ledger::patience;

use crate::deliver::{safe_part, sync_folder};
use crate::{Error, Home, HubFault, Result, read_back};

/// The setting that keeps when the copy for the safe was last written.
pub(crate) const SAVED: &str = "recovery_saved";

/// How many names are tried beside those that are taken.
const MOST_NAMES: u32 = 1000;

impl Home {
    /// Writes a copy of the key file to a place, reads it back, and returns its name.
    ///
    /// It opens with the passphrase of the day it was made, whatever becomes of the passphrase later. The copy that lay in
    /// the home since it was made is no longer needed there.
    pub fn save_recovery_key(&mut self, to: &Path) -> Result<String> {
        self.hub_only()?;
        let path = self.key_path();
        let key = fs::read(&path).map_err(Error::io(&path))?;
        let hub = safe_part(&self.identity.hub_name).unwrap_or_else(|| self.identity.hub.to_string());
        let name = write_new(to, &format!("恢复钥匙-{hub}-{}", self.today().format("%Y%m%d")), &key)?;
        let deed = self.deed("save_recovery_key", self.identity.hub.as_str(), "");
        let now = self.now().to_rfc3339();
        self.ledger.write(|tx| {
            tx.set_setting(SAVED, Some(&now))?;
            tx.record(&deed)
        })?;
        let made = self.recovery_path();
        match patience::remove_file(&made) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io(&made)(error)),
            _ => Ok(name),
        }
    }

    /// Puts the key back from the copy that lay in the safe, after a look at whether it is this hub's.
    ///
    /// A ledger from a backup older than the key goes on with it, if a plan is here by which its own key handed over to that one:
    /// in its archive, or received since.
    ///
    /// # Errors
    /// [`HubFault::OtherKey`] where nothing that the ledger trusts names the key.
    pub fn restore_key(&mut self, copy: &Path, passphrase: &str) -> Result<()> {
        self.hub_only()?;
        let file = fs::File::open(copy).map_err(Error::io(copy))?;
        let keys = key_file::unlock(file, passphrase, WorkFactor::STANDARD).map_err(|error| match error {
            KeyFileError::Write(source) => Error::Io { path: copy.to_owned(), source },
            _ => HubFault::WrongCopy.into(),
        })?;
        if *keys.public().as_bytes() != self.identity.own_keys {
            let way = self.handovers_to(keys.public())?.ok_or(HubFault::OtherKey)?;
            return self.follow_own(way, &keys, passphrase);
        }
        self.reseal(&keys, passphrase)?;
        let deed = self.deed("restore_key", self.identity.hub.as_str(), "");
        Ok(self.ledger.write(|tx| tx.record(&deed))?)
    }
}

/// Writes a file that was not there, through `.part`, and reads it back.
fn write_new(to: &Path, stem: &str, bytes: &[u8]) -> Result<String> {
    for attempt in 1..MOST_NAMES {
        let suffix = if attempt == 1 { String::new() } else { format!("-{attempt}") };
        let name = format!("{stem}{suffix}.age");
        let path = to.join(&name);
        if path.symlink_metadata().is_ok() {
            continue;
        }
        let part = path.with_extension("age.part");
        let _ = patience::remove_file(&part);
        let written = fs::File::create_new(&part)
            .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
            .and_then(|()| patience::rename(&part, &path))
            .and_then(|()| sync_folder(&path));
        if let Err(error) = written {
            let _ = patience::remove_file(&part);
            return Err(Error::io(&path)(error));
        }
        if read_back::read(&path).map_err(Error::io(&path))? == bytes {
            return Ok(name);
        }
        patience::remove_file(&path).map_err(Error::io(&path))?;
        return Err(Error::ReadBack(path));
    }
    Err(Error::HomeTaken(to.to_owned()))
}
