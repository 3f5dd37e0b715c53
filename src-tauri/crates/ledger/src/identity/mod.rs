//! Whose ledger this is, and its settings.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use model::id::{HubId, OfficeId, PlanId};
use rusqlite::{OptionalExtension, Row, named_params};

use crate::column::{Col, named};
use crate::{Error, PublicKeys, Result, Tx};

/// What the owner of a ledger is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// 汇总单位.
    Hub,
    /// 填报单位.
    Office,
}
named!(Role { Hub = "hub", Office = "office" });

/// The owner of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// What it is.
    pub role: Role,
    /// Its hub: itself, or the one it reports to.
    pub hub: HubId,
    /// What the hub is called.
    pub hub_name: String,
    /// The plan, once there is one.
    pub plan: Option<PlanId>,
    /// The office it is, in the office role.
    pub office: Option<OfficeId>,
    /// Its own public keys.
    pub own_keys: PublicKeys,
    /// The hub's public keys, in the office role and once confirmed.
    pub hub_keys: Option<PublicKeys>,
    /// Set since the ledger came out of a backup: nothing may be exported until a receipt has brought it up to date.
    pub restored_at: Option<DateTime<Utc>>,
}

impl Identity {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            role: row.get("role")?,
            hub: row.get::<_, Col<_>>("hub")?.0,
            hub_name: row.get("hub_name")?,
            plan: row.get::<_, Option<Col<_>>>("plan")?.map(|c| c.0),
            office: row.get::<_, Option<Col<_>>>("office")?.map(|c| c.0),
            own_keys: row.get("own_keys")?,
            hub_keys: row.get("hub_keys")?,
            restored_at: row.get::<_, Option<Col<_>>>("restored_at")?.map(|c| c.0),
        })
    }
}

impl Tx<'_> {
    /// Returns the owner, unless the ledger has just been made.
    pub fn identity(&self) -> Result<Option<Identity>> {
        let mut statement = self.0.prepare_cached(include_str!("get.sql"))?;
        Ok(statement.query_row([], Identity::from_row).optional()?)
    }

    /// Writes the owner, whole.
    pub fn set_identity(&self, identity: &Identity) -> Result<()> {
        self.0.prepare_cached(include_str!("put.sql"))?.execute(named_params! {
            ":role": identity.role,
            ":hub": Col(&identity.hub),
            ":hub_name": identity.hub_name,
            ":plan": identity.plan.as_ref().map(Col),
            ":office": identity.office.as_ref().map(Col),
            ":own_keys": identity.own_keys,
            ":hub_keys": identity.hub_keys,
            ":restored_at": identity.restored_at.map(Col),
        })?;
        Ok(())
    }

    /// Sets or takes away the mark that the ledger came out of a backup.
    ///
    /// # Errors
    /// [`Error::NotFound`] while the ledger has no owner.
    pub fn set_restored(&self, at: Option<DateTime<Utc>>) -> Result<()> {
        let mut statement = self.0.prepare_cached("UPDATE identity SET restored_at = :at")?;
        match statement.execute(named_params! { ":at": at.map(Col) })? {
            0 => Err(Error::NotFound("identity")),
            _ => Ok(()),
        }
    }

    /// Returns a setting.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        let mut statement = self.0.prepare_cached("SELECT value FROM settings WHERE key = :key")?;
        Ok(statement.query_row(named_params! { ":key": key }, |row| row.get(0)).optional()?)
    }

    /// Returns every setting.
    pub fn settings(&self) -> Result<BTreeMap<String, String>> {
        let mut statement = self.0.prepare_cached("SELECT key, value FROM settings")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Writes a setting, or takes it away.
    pub fn set_setting(&self, key: &str, value: Option<&str>) -> Result<()> {
        match value {
            Some(value) => {
                let params = named_params! { ":key": key, ":value": value };
                self.0.prepare_cached(include_str!("put_setting.sql"))?.execute(params)?
            }
            None => {
                let mut statement = self.0.prepare_cached("DELETE FROM settings WHERE key = :key")?;
                statement.execute(named_params! { ":key": key })?
            }
        };
        Ok(())
    }
}
