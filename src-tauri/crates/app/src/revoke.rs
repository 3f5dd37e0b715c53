//! Revokes an office's key after a number: what it signed until then remains, what follows is refused.

use ledger::keys::{KeyState, OfficeKey};
use ledger::returns::ReturnRow;
use model::id::OfficeId;

use crate::{Error, Home, Result};

/// What revoking an office's key after a number would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    /// The last number that has arrived.
    pub head: u64,
    /// Returns that would no longer count, in the order of their numbers.
    pub lost: Vec<ReturnRow>,
}

impl Home {
    /// Closes the active key of an office after bundle number `after`.
    pub fn revoke(&mut self, office_name: &str, after: u64) -> Result<()> {
        self.hub_only()?;
        let plan = self.plan()?;
        let office = self.office_named(&plan, office_name)?.id;
        let key = self.active_key(&office)?.ok_or_else(|| Error::NotEnrolled(office_name.to_owned()))?;
        let (today, deed) = (self.today(), self.deed("revoke", office.as_str(), after.to_string()));
        self.ledger.write(|tx| {
            tx.close_key(key.id, after, today)?;
            tx.record(&deed)?;
            crate::receive::settle::settle_office(tx, &office)
        })
    }

    /// Says what revoking an office's key after a number would do; none where it has no active key.
    pub(crate) fn revocation(&self, office: &OfficeId, after: u64) -> Result<Option<Revocation>> {
        let Some(key) = self.active_key(office)? else { return Ok(None) };
        let stream = &key.enrolled.stream;
        let (links, mut lost) = self
            .ledger
            .read(|tx| Ok::<_, ledger::Error>((tx.links(stream)?, tx.returns_of_stream(stream)?)))?;
        lost.retain(|row| row.counted && row.seq > after);
        Ok(Some(Revocation { head: links.last().map_or(0, |link| link.seq), lost }))
    }

    pub(crate) fn active_key(&self, office: &OfficeId) -> Result<Option<OfficeKey>> {
        let keys = self.ledger.read(|tx| tx.keys_of(office))?;
        Ok(keys.into_iter().find(|key| key.state == KeyState::Active))
    }
}
