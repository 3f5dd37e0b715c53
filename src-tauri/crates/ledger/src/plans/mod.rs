//! Plans: the versions issued, and the draft of the next one. Documents are opaque and read and written whole.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, Row, named_params};

use crate::column::Col;
use crate::{Digest, Error, Result, Tx};

/// A plan version as it was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedPlan {
    /// The version.
    pub version: u32,
    /// The day it was issued, or taken in by an office.
    pub issued_on: NaiveDate,
    /// The whole plan.
    pub document: Vec<u8>,
    /// SHA-256 of the bundle that carries it.
    pub bundle: Option<Digest>,
}

/// The next version in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanDraft {
    /// The whole plan.
    pub document: Vec<u8>,
    /// When it was saved.
    pub saved: DateTime<Utc>,
}

impl IssuedPlan {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            version: row.get("version")?,
            issued_on: row.get::<_, Col<_>>("issued_on")?.0,
            document: row.get("document")?,
            bundle: row.get("bundle")?,
        })
    }
}

impl PlanDraft {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { document: row.get("document")?, saved: row.get::<_, Col<_>>("saved")?.0 })
    }
}

impl Tx<'_> {
    /// Returns the latest issued version.
    pub fn latest_issued(&self) -> Result<Option<IssuedPlan>> {
        let sql = concat!(include_str!("select.sql"), "ORDER BY version DESC LIMIT 1");
        Ok(self.0.prepare_cached(sql)?.query_row([], IssuedPlan::from_row).optional()?)
    }

    /// Returns one issued version.
    pub fn issued(&self, version: u32) -> Result<Option<IssuedPlan>> {
        let sql = concat!(include_str!("select.sql"), "WHERE version = :version");
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.query_row(named_params! { ":version": version }, IssuedPlan::from_row).optional()?)
    }

    /// Lists the issued versions with their days, the oldest first.
    pub fn issued_versions(&self) -> Result<Vec<(u32, NaiveDate)>> {
        let mut statement = self.0.prepare_cached("SELECT version, issued_on FROM plans ORDER BY version")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, Col<_>>(1)?.0)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps a version as issued and drops the draft.
    ///
    /// # Errors
    /// [`Error::Stale`] unless the version is higher than every issued one.
    pub fn issue_plan(&self, plan: &IssuedPlan) -> Result<()> {
        let present: u32 =
            self.0.query_row("SELECT coalesce(max(version), 0) FROM plans", [], |row| row.get(0))?;
        if plan.version <= present {
            let expected = u64::from(plan.version.saturating_sub(1));
            return Err(Error::Stale { what: "plan", present: present.into(), expected });
        }
        self.0.prepare_cached(include_str!("issue.sql"))?.execute(named_params! {
            ":version": plan.version,
            ":issued_on": Col(plan.issued_on),
            ":document": plan.document,
            ":bundle": plan.bundle,
        })?;
        self.drop_plan_draft()
    }

    /// Returns the draft of the next version.
    pub fn plan_draft(&self) -> Result<Option<PlanDraft>> {
        let mut statement = self.0.prepare_cached("SELECT document, saved FROM plan_draft")?;
        Ok(statement.query_row([], PlanDraft::from_row).optional()?)
    }

    /// Saves the draft of the next version.
    pub fn save_plan_draft(&self, document: &[u8], now: DateTime<Utc>) -> Result<()> {
        let params = named_params! { ":document": document, ":saved": Col(now) };
        self.0.prepare_cached(include_str!("put_draft.sql"))?.execute(params)?;
        Ok(())
    }

    /// Drops the draft, if there is one.
    pub fn drop_plan_draft(&self) -> Result<()> {
        self.0.prepare_cached("DELETE FROM plan_draft")?.execute([])?;
        Ok(())
    }
}
