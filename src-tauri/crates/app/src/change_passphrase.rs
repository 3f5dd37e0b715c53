//! Changes the passphrase of the key file.

use crate::{Home, Result};

impl Home {
    /// Seals the key under a new passphrase; the old one opens it no longer.
    pub fn change_passphrase(&mut self, old: &str, new: &str) -> Result<()> {
        let keys = self.unlock(old)?;
        self.reseal(&keys, new)?;
        let deed = self.deed("change_passphrase", "", "");
        Ok(self.ledger.write(|tx| tx.record(&deed))?)
    }
}
