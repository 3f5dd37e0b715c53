//! Locks: periods frozen as their bulletins were printed.

use chrono::NaiveDate;
use model::id::TargetId;
use model::period::Period;
use rusqlite::{OptionalExtension, Row, named_params};

use crate::column::Col;
use crate::{Digest, Error, Result, Tx};

/// A period as it is about to be frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLock {
    /// The period.
    pub period: Period,
    /// The plan version it was judged by.
    pub plan_version: u32,
    /// The day.
    pub locked_on: NaiveDate,
    /// What the lock is for; empty where nobody said.
    pub why: String,
    /// What the bulletin needs beside the figures; opaque.
    pub payload: Vec<u8>,
    /// The figures of every target.
    pub figures: Vec<FrozenFigure>,
    /// SHA-256 of every bundle that counts.
    pub bundles: Vec<Digest>,
}

/// A target's line in the freeze, as texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenFigure {
    /// The target.
    pub target: TargetId,
    /// What was reached.
    pub actual: Option<String>,
    /// What was expected.
    pub expected: Option<String>,
    /// The difference.
    pub gap: Option<String>,
    /// The lamp.
    pub lamp: String,
    /// How the lamp explains itself.
    pub explanation: String,
}

/// A freeze of a period, in force or lifted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// Its number in the ledger.
    pub id: i64,
    /// The period.
    pub period: Period,
    /// Counts the freezes of a period from 1; from 2 on the bulletin is marked 更正.
    pub issue: u32,
    /// The plan version it was judged by.
    pub plan_version: u32,
    /// The day.
    pub locked_on: NaiveDate,
    /// What the lock is for.
    pub why: String,
    /// What the bulletin needs beside the figures.
    pub payload: Vec<u8>,
    /// The day it was lifted and the reason, once it was.
    pub unlocked: Option<(NaiveDate, String)>,
}

impl Lock {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let unlocked_on: Option<Col<_>> = row.get("unlocked_on")?;
        Ok(Self {
            id: row.get("id")?,
            period: row.get::<_, Col<_>>("period")?.0,
            issue: row.get("issue")?,
            plan_version: row.get("plan_version")?,
            locked_on: row.get::<_, Col<_>>("locked_on")?.0,
            why: row.get("why")?,
            payload: row.get("payload")?,
            unlocked: unlocked_on.map(|day| day.0).zip(row.get("unlock_reason")?),
        })
    }
}

impl FrozenFigure {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            target: row.get::<_, Col<_>>("target")?.0,
            actual: row.get("actual")?,
            expected: row.get("expected")?,
            gap: row.get("gap")?,
            lamp: row.get("lamp")?,
            explanation: row.get("explanation")?,
        })
    }
}

impl Tx<'_> {
    /// Freezes a period and returns which issue of its bulletin this is.
    ///
    /// # Errors
    /// [`Error::Constraint`] when the period is locked already.
    pub fn lock(&self, new: &NewLock) -> Result<u32> {
        let params = named_params! {
            ":period": Col(new.period),
            ":plan_version": new.plan_version,
            ":locked_on": Col(new.locked_on),
            ":why": new.why,
            ":payload": new.payload,
        };
        let (id, issue): (i64, u32) = self
            .0
            .prepare_cached(include_str!("add.sql"))?
            .query_row(params, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut add = self.0.prepare_cached(include_str!("add_figure.sql"))?;
        for figure in &new.figures {
            add.execute(named_params! {
                ":lock_id": id,
                ":target": Col(&figure.target),
                ":actual": figure.actual,
                ":expected": figure.expected,
                ":gap": figure.gap,
                ":lamp": figure.lamp,
                ":explanation": figure.explanation,
            })?;
        }
        let mut add = self
            .0
            .prepare_cached("INSERT INTO frozen_bundles (lock_id, digest) VALUES (:lock_id, :digest)")?;
        for digest in &new.bundles {
            add.execute(named_params! { ":lock_id": id, ":digest": digest })?;
        }
        Ok(issue)
    }

    /// Lifts the lock of a period; the freeze stays readable.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the period is not locked.
    pub fn unlock(&self, period: Period, day: NaiveDate, reason: &str) -> Result<()> {
        let params = named_params! { ":period": Col(period), ":day": Col(day), ":reason": reason };
        match self.0.prepare_cached(include_str!("unlock.sql"))?.execute(params)? {
            0 => Err(Error::NotFound("lock")),
            _ => Ok(()),
        }
    }

    /// Returns the lock in force for a period.
    pub fn lock_of(&self, period: Period) -> Result<Option<Lock>> {
        let sql = concat!(include_str!("select.sql"), "WHERE period = :period AND unlocked_on IS NULL");
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.query_row(named_params! { ":period": Col(period) }, Lock::from_row).optional()?)
    }

    /// Lists every freeze of a period, the oldest first.
    pub fn locks_of(&self, period: Period) -> Result<Vec<Lock>> {
        let sql = concat!(include_str!("select.sql"), "WHERE period = :period ORDER BY issue");
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map(named_params! { ":period": Col(period) }, Lock::from_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Lists the figures of a freeze, by target.
    pub fn frozen_figures(&self, lock: i64) -> Result<Vec<FrozenFigure>> {
        let mut statement = self.0.prepare_cached(include_str!("figures.sql"))?;
        let rows = statement.query_map(named_params! { ":lock_id": lock }, FrozenFigure::from_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Lists SHA-256 of the bundles of a freeze.
    pub fn frozen_bundles(&self, lock: i64) -> Result<Vec<Digest>> {
        let mut statement = self
            .0
            .prepare_cached("SELECT digest FROM frozen_bundles WHERE lock_id = :lock_id ORDER BY digest")?;
        let rows = statement.query_map(named_params! { ":lock_id": lock }, |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
