//! Revokes an office's key after a number: what it signed until then remains, what follows is refused.

use ledger::keys::KeyState;

use crate::{Error, Home, Result};

impl Home {
    /// Closes the active key of an office after bundle number `after`.
    pub fn revoke(&mut self, office_name: &str, after: u64) -> Result<()> {
        self.hub_only()?;
        let plan = self.plan()?;
        let office = self.office_named(&plan, office_name)?;
        let keys = self.ledger.read(|tx| tx.keys_of(&office.id))?;
        let active = keys.into_iter().find(|key| key.state == KeyState::Active);
        let key = active.ok_or_else(|| Error::NotEnrolled(office_name.to_owned()))?;
        let (today, deed) = (self.today(), self.deed("revoke", office.id.as_str(), after.to_string()));
        self.ledger.write(|tx| {
            tx.close_key(key.id, after, today)?;
            tx.record(&deed)?;
            crate::receive::settle::settle_office(tx, &office.id)
        })
    }
}
