//! The keys of the offices, as the hub knows them. An office has several over the years.

use chrono::NaiveDate;
use model::id::OfficeId;
use rusqlite::{OptionalExtension, Row, named_params};

use crate::column::{Col, named};
use crate::{Digest, Error, PublicKeys, Result, Tx};

mod handovers;

pub use handovers::{FormerKey, Handover, Whose};

/// How far a key has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// Its enrolment is here; the digits of the stamped slip are not yet confirmed.
    Pending,
    /// It signs for its office.
    Active,
    /// It signs no more; what it signed up to [`OfficeKey::revoked_after`] and [`OfficeKey::ended_at`] remains.
    Closed,
}
named!(KeyState { Pending = "pending", Active = "active", Closed = "closed" });

/// An enrolment as it comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKey {
    /// The office it claims to be, which the fingerprint binds.
    pub office: OfficeId,
    /// The public keys; a pair belongs to one office for ever.
    pub public_keys: PublicKeys,
    /// SM3 of the enrolment's header, the anchor of the progress stream.
    pub enrolment: Digest,
    /// The id of the progress stream that the key signs.
    pub stream: String,
    /// Whom to call.
    pub contact: String,
    /// Where to call.
    pub telephone: String,
    /// The day it came in.
    pub registered_on: NaiveDate,
}

/// A registered key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeKey {
    /// Its number in this ledger.
    pub id: i64,
    /// What the enrolment said.
    pub enrolled: NewKey,
    /// How far it has come.
    pub state: KeyState,
    /// The last `seq` that counts since somebody closed it.
    pub revoked_after: Option<u64>,
    /// The `seq` under which it handed over to the next; 0 where it was handed to in vain.
    pub ended_at: Option<u64>,
    /// The day its fingerprint was confirmed.
    pub activated_on: Option<NaiveDate>,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
}

impl OfficeKey {
    /// Returns the last number that counts, for closed keys.
    pub fn last_number(&self) -> Option<u64> {
        match (self.revoked_after, self.ended_at) {
            (Some(revoked), Some(ended)) => Some(revoked.min(ended)),
            (revoked, ended) => revoked.or(ended),
        }
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            enrolled: NewKey {
                office: row.get::<_, Col<_>>("office")?.0,
                public_keys: row.get("public_keys")?,
                enrolment: row.get("enrolment")?,
                stream: row.get("stream")?,
                contact: row.get("contact")?,
                telephone: row.get("telephone")?,
                registered_on: row.get::<_, Col<_>>("registered_on")?.0,
            },
            state: row.get("state")?,
            revoked_after: row.get("revoked_after")?,
            ended_at: row.get("ended_at")?,
            activated_on: row.get::<_, Option<Col<_>>>("activated_on")?.map(|c| c.0),
            closed_on: row.get::<_, Option<Col<_>>>("closed_on")?.map(|c| c.0),
        })
    }
}

impl Tx<'_> {
    /// Registers a key as pending and returns its number.
    ///
    /// # Errors
    /// [`Error::Constraint`] when these public keys are registered already.
    pub fn register_key(&self, key: &NewKey) -> Result<i64> {
        self.insert_key(key, KeyState::Pending, None)
    }

    fn insert_key(&self, key: &NewKey, state: KeyState, activated_on: Option<NaiveDate>) -> Result<i64> {
        self.0.prepare_cached(include_str!("add.sql"))?.execute(named_params! {
            ":office": Col(&key.office),
            ":public_keys": key.public_keys,
            ":enrolment": key.enrolment,
            ":stream": key.stream,
            ":contact": key.contact,
            ":telephone": key.telephone,
            ":state": state,
            ":registered_on": Col(key.registered_on),
            ":activated_on": activated_on.map(Col),
        })?;
        Ok(self.0.last_insert_rowid())
    }

    /// Finds the key that a bundle says it is signed with.
    pub fn key_by_public(&self, public_keys: &PublicKeys) -> Result<Option<OfficeKey>> {
        let sql = concat!(include_str!("select.sql"), "WHERE public_keys = :public_keys");
        let mut statement = self.0.prepare_cached(sql)?;
        let params = named_params! { ":public_keys": public_keys };
        Ok(statement.query_row(params, OfficeKey::from_row).optional()?)
    }

    /// Lists the keys of an office, the oldest first.
    pub fn keys_of(&self, office: &OfficeId) -> Result<Vec<OfficeKey>> {
        let sql = concat!(include_str!("select.sql"), "WHERE office = :office ORDER BY id");
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map(named_params! { ":office": Col(office) }, OfficeKey::from_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Lists every key by office, the oldest first.
    pub fn keys(&self) -> Result<Vec<OfficeKey>> {
        let mut statement =
            self.0.prepare_cached(concat!(include_str!("select.sql"), "ORDER BY office, id"))?;
        let rows = statement.query_map([], OfficeKey::from_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Makes a pending key active.
    ///
    /// # Errors
    /// [`Error::NotFound`] unless the key is pending.
    pub fn activate_key(&self, id: i64, day: NaiveDate) -> Result<()> {
        let params = named_params! { ":id": id, ":day": Col(day) };
        match self.0.prepare_cached(include_str!("activate.sql"))?.execute(params)? {
            0 => Err(Error::NotFound("pending key")),
            _ => Ok(()),
        }
    }

    /// Closes a key: what it signed after number `after` does not count.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an unknown key.
    pub fn close_key(&self, id: i64, after: u64, day: NaiveDate) -> Result<()> {
        let params = named_params! { ":id": id, ":after": after, ":day": Col(day) };
        match self.0.prepare_cached(include_str!("close.sql"))?.execute(params)? {
            0 => Err(Error::NotFound("key")),
            _ => Ok(()),
        }
    }

    /// Forgets a pending key whose digits did not agree.
    ///
    /// # Errors
    /// [`Error::NotFound`] unless the key is pending.
    pub fn drop_pending_key(&self, id: i64) -> Result<()> {
        let mut statement = self.0.prepare_cached("DELETE FROM keys WHERE id = :id AND state = 'pending'")?;
        match statement.execute(named_params! { ":id": id })? {
            0 => Err(Error::NotFound("pending key")),
            _ => Ok(()),
        }
    }
}
