//! Revokes a key of an office after a number: what it signed until then remains, what follows counts for nothing, and neither
//! does a key that it handed over to afterwards.

use ledger::keys::{KeyState, OfficeKey};
use ledger::returns::{ReturnRow, ReturnState};
use model::id::OfficeId;

use crate::receive::line;
use crate::{Error, Home, KeyFault, Result};

/// What revoking a key of an office after a number would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    /// The last number that has arrived.
    pub head: u64,
    /// Returns that would no longer count, in the order in which they came.
    pub lost: Vec<ReturnRow>,
}

impl Home {
    /// Closes the active key of an office after bundle number `after`.
    pub fn revoke(&mut self, office_name: &str, after: u64) -> Result<()> {
        self.hub_only()?;
        let office = self.office_named(&self.plan()?, office_name)?.id;
        let key = self.active_key(&office)?.ok_or_else(|| Error::NotEnrolled(office_name.to_owned()))?;
        self.close_after(&key, after)
    }

    /// Closes the key of an office that is the `nth` of its keys, the oldest being 1, after bundle number `after`; one that was
    /// closed before is closed after another number from now on, but never opened again.
    pub fn revoke_key(&mut self, office_name: &str, nth: usize, after: u64) -> Result<()> {
        self.hub_only()?;
        let office = self.office_named(&self.plan()?, office_name)?.id;
        let key = self.nth_key(&office, nth)?.ok_or_else(|| KeyFault::Unknown(office_name.to_owned()))?;
        self.close_after(&key, after)
    }

    /// Lists the keys of an office that are or were in force, the oldest first.
    pub(crate) fn keys_in_force(&self, office: &OfficeId) -> Result<Vec<OfficeKey>> {
        let mut keys = self.ledger.read(|tx| tx.keys_of(office))?;
        keys.retain(|key| key.state != KeyState::Pending);
        keys.sort_by_key(|key| key.id);
        Ok(keys)
    }

    /// Finds a key of an office by its place among those that are or were in force, the oldest being 1.
    pub(crate) fn nth_key(&self, office: &OfficeId, nth: usize) -> Result<Option<OfficeKey>> {
        let Some(at) = nth.checked_sub(1) else { return Ok(None) };
        Ok(self.keys_in_force(office)?.into_iter().nth(at))
    }

    fn close_after(&mut self, key: &OfficeKey, after: u64) -> Result<()> {
        let office = key.enrolled.office.clone();
        let today = self.today();
        let deed = self.deed("revoke", office.as_str(), format!("{after} of {}", key.enrolled.stream));
        self.ledger.write(|tx| {
            tx.close_key(key.id, after, today)?;
            tx.record(&deed)?;
            line::settle_line(tx, &office, today).map(drop)
        })
    }

    /// Says what revoking a key after a number would do, those included that follow it.
    pub(crate) fn revocation(&mut self, key: &OfficeKey, after: u64) -> Result<Revocation> {
        let (office, today) = (key.enrolled.office.clone(), self.today());
        let head = self.ledger.read(|tx| tx.links(&key.enrolled.stream))?.last().map_or(0, |link| link.seq);
        // Tried out, and undone: what falls with it is nothing that could be told otherwise.
        let tried = self.ledger.write(|tx| {
            let before = tx.returns_of(&office)?;
            tx.close_key(key.id, after, today)?;
            line::settle_line(tx, &office, today)?;
            let now = tx.returns_of(&office)?;
            let revoked =
                |row: &ReturnRow| now.iter().any(|it| it.id == row.id && it.state == ReturnState::Revoked);
            let lost = before.into_iter().filter(|row| row.counted && revoked(row)).collect();
            Err::<(), _>(Tried::Lost(lost))
        });
        match tried {
            Err(Tried::Lost(lost)) => Ok(Revocation { head, lost }),
            Err(Tried::Failed(error)) => Err(error),
            Ok(()) => Ok(Revocation { head, lost: Vec::new() }),
        }
    }

    pub(crate) fn active_key(&self, office: &OfficeId) -> Result<Option<OfficeKey>> {
        let keys = self.ledger.read(|tx| tx.keys_of(office))?;
        Ok(keys.into_iter().rfind(|key| key.state == KeyState::Active))
    }
}

/// How a trial ends: it is always undone.
enum Tried {
    Lost(Vec<ReturnRow>),
    Failed(Error),
}

impl From<Error> for Tried {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<ledger::Error> for Tried {
    fn from(error: ledger::Error) -> Self {
        Self::Failed(error.into())
    }
}
