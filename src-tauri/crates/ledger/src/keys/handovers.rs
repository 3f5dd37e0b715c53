//! Keys that follow one another: the bundles by which one hands over, and what signed here before.

use chrono::NaiveDate;
use model::id::OfficeId;
use rusqlite::{Row, named_params};

use super::{KeyState, NewKey};
use crate::column::{Col, named};
use crate::{Digest, PublicKeys, Result, Tx};

/// A bundle that ends a stream and names the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// SM3 of its header.
    pub header: Digest,
    /// The stream that it ends.
    pub stream: String,
    /// Its number there.
    pub seq: u64,
    /// The key that it names; none where that is somebody else's already.
    pub successor: Option<i64>,
}

/// Whose key was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// This ledger's own.
    Own,
    /// The hub's, in an office's ledger.
    Hub,
}
named!(Whose { Own = "own", Hub = "hub" });

/// A key that signed here before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerKey {
    /// Whose it was.
    pub whose: Whose,
    /// The public keys.
    pub public_keys: PublicKeys,
    /// SM3 of the header of the bundle that handed over; none where the digits of the next one were typed.
    pub header: Option<Digest>,
    /// The day on which it was replaced here.
    pub day: NaiveDate,
}

impl Handover {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            header: row.get("header")?,
            stream: row.get("stream")?,
            seq: row.get("seq")?,
            successor: row.get("successor")?,
        })
    }
}

impl Tx<'_> {
    /// Registers a key for which the one before it vouches, and returns its number.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] when these public keys are registered already.
    pub fn register_successor(&self, key: &NewKey) -> Result<i64> {
        self.insert_key(key, KeyState::Active, Some(key.registered_on))
    }

    /// Keeps a bundle that hands over; the same one twice changes nothing.
    pub fn add_handover(&self, handover: &Handover) -> Result<()> {
        self.0.prepare_cached(include_str!("handover.sql"))?.execute(named_params! {
            ":header": handover.header,
            ":stream": handover.stream,
            ":seq": handover.seq,
            ":successor": handover.successor,
        })?;
        Ok(())
    }

    /// Lists the bundles by which keys of an office hand over.
    pub fn handovers_of(&self, office: &OfficeId) -> Result<Vec<Handover>> {
        let mut statement = self.0.prepare_cached(include_str!("handovers.sql"))?;
        let rows = statement.query_map(named_params! { ":office": Col(office) }, Handover::from_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Says under which number a key handed over; none that it did not, 0 that it was handed to in vain.
    ///
    /// A key that was revoked stays closed all the same.
    pub fn end_key(&self, id: i64, at: Option<u64>, day: NaiveDate) -> Result<()> {
        let params = named_params! { ":id": id, ":at": at, ":day": Col(day) };
        self.0.prepare_cached(include_str!("end.sql"))?.execute(params)?;
        Ok(())
    }

    /// Keeps a key that was replaced.
    pub fn add_former_key(&self, key: &FormerKey) -> Result<()> {
        let sql =
            "INSERT INTO former_keys (whose, public_keys, header, day) VALUES (:whose, :keys, :header, :day)";
        self.0.prepare_cached(sql)?.execute(named_params! {
            ":whose": key.whose,
            ":keys": key.public_keys,
            ":header": key.header,
            ":day": Col(key.day),
        })?;
        Ok(())
    }

    /// Lists the keys that were replaced, the oldest first.
    pub fn former_keys(&self, whose: Whose) -> Result<Vec<FormerKey>> {
        let sql = "SELECT whose, public_keys, header, day FROM former_keys WHERE whose = :whose ORDER BY id";
        let mut statement = self.0.prepare_cached(sql)?;
        let row = |row: &Row<'_>| {
            Ok(FormerKey {
                whose: row.get("whose")?,
                public_keys: row.get("public_keys")?,
                header: row.get("header")?,
                day: row.get::<_, Col<_>>("day")?.0,
            })
        };
        let rows = statement.query_map(named_params! { ":whose": whose }, row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
