//! Every verified bundle that was sent or received. The files themselves are in the archive.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use model::id::OfficeId;
use model::period::Period;
use rusqlite::{OptionalExtension, Row, named_params};

use crate::column::{Col, named};
use crate::{Digest, Result, Tx};

/// What a bundle carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BundleKind {
    /// 下达包.
    Plan,
    /// 注册包.
    Enrolment,
    /// 上报包.
    Progress,
    /// 回执包.
    Receipt,
}
named!(BundleKind { Plan = "plan", Enrolment = "enrolment", Progress = "progress", Receipt = "receipt" });

/// Which way a bundle went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Received.
    In,
    /// Made here.
    Out,
}
named!(Direction { In = "in", Out = "out" });

/// A verified bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleRow {
    /// SHA-256 of the file, under which the archive keeps it.
    pub digest: Digest,
    /// Which way it went.
    pub direction: Direction,
    /// What it carries.
    pub kind: BundleKind,
    /// Its stream, in hexadecimal.
    pub stream: String,
    /// Its number in the stream.
    pub seq: u64,
    /// SM3 of its header.
    pub header: Digest,
    /// The header digest it says it follows.
    pub prev: Option<Digest>,
    /// The office it comes from or goes to.
    pub office: Option<OfficeId>,
    /// The period it is about.
    pub period: Option<Period>,
    /// The plan version it was made against.
    pub plan_version: Option<u32>,
    /// The name for people.
    pub file_name: String,
    /// Its length in bytes.
    pub size: u64,
    /// The day it arrived or was made.
    pub day: NaiveDate,
    /// When it was recorded.
    pub recorded: DateTime<Utc>,
}

/// A bundle's place in the chain of its stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainLink {
    /// SHA-256 of the file.
    pub digest: Digest,
    /// Its number.
    pub seq: u64,
    /// SM3 of its header.
    pub header: Digest,
    /// The header digest it says it follows.
    pub prev: Option<Digest>,
}

impl BundleRow {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            digest: row.get("digest")?,
            direction: row.get("direction")?,
            kind: row.get("kind")?,
            stream: row.get("stream")?,
            seq: row.get("seq")?,
            header: row.get("header")?,
            prev: row.get("prev")?,
            office: row.get::<_, Option<Col<_>>>("office")?.map(|c| c.0),
            period: row.get::<_, Option<Col<_>>>("period")?.map(|c| c.0),
            plan_version: row.get("plan_version")?,
            file_name: row.get("file_name")?,
            size: row.get("size")?,
            day: row.get::<_, Col<_>>("day")?.0,
            recorded: row.get::<_, Col<_>>("recorded")?.0,
        })
    }
}

impl ChainLink {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            digest: row.get("digest")?,
            seq: row.get("seq")?,
            header: row.get("header")?,
            prev: row.get("prev")?,
        })
    }
}

impl Tx<'_> {
    /// Records a bundle.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] when a file with this digest is recorded already.
    pub fn add_bundle(&self, bundle: &BundleRow) -> Result<()> {
        self.0.prepare_cached(include_str!("add.sql"))?.execute(named_params! {
            ":digest": bundle.digest,
            ":direction": bundle.direction,
            ":kind": bundle.kind,
            ":stream": bundle.stream,
            ":seq": bundle.seq,
            ":header": bundle.header,
            ":prev": bundle.prev,
            ":office": bundle.office.as_ref().map(Col),
            ":period": bundle.period.map(Col),
            ":plan_version": bundle.plan_version,
            ":file_name": bundle.file_name,
            ":size": bundle.size,
            ":day": Col(bundle.day),
            ":recorded": Col(bundle.recorded),
        })?;
        Ok(())
    }

    /// Finds a bundle by SHA-256 of its file.
    pub fn bundle(&self, digest: &Digest) -> Result<Option<BundleRow>> {
        let sql = concat!(include_str!("select.sql"), "WHERE digest = :digest");
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.query_row(named_params! { ":digest": digest }, BundleRow::from_row).optional()?)
    }

    /// Lists the bundles of a kind that went one way, of one office if one is named, the oldest first.
    pub fn bundles(
        &self,
        direction: Direction,
        kind: BundleKind,
        office: Option<&OfficeId>,
    ) -> Result<Vec<BundleRow>> {
        // Two statements: with one, `office IS NULL OR …` would keep SQLite from using the index.
        let sql = match office {
            Some(_) => concat!(
                include_str!("select.sql"),
                "WHERE office = :office AND kind = :kind AND direction = :direction ORDER BY id"
            ),
            None => concat!(
                include_str!("select.sql"),
                "WHERE :office IS NULL AND kind = :kind AND direction = :direction ORDER BY id"
            ),
        };
        let params = named_params! { ":office": office.map(Col), ":kind": kind, ":direction": direction };
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map(params, BundleRow::from_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Lists the links of a stream by number; where it forks, a number has several.
    pub fn links(&self, stream: &str) -> Result<Vec<ChainLink>> {
        let mut statement = self.0.prepare_cached(include_str!("links.sql"))?;
        let rows = statement.query_map(named_params! { ":stream": stream }, ChainLink::from_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Lists the offices' streams of progress bundles in which a number is missing, with their offices.
    pub fn gapped_streams(&self) -> Result<Vec<(String, OfficeId)>> {
        let mut statement = self.0.prepare_cached(include_str!("gapped.sql"))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, Col<_>>(1)?.0)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps which header the operator chose where a stream forks at `seq`.
    pub fn choose_branch(
        &self,
        stream: &str,
        seq: u64,
        header: Digest,
        day: NaiveDate,
        reason: &str,
    ) -> Result<()> {
        self.0.prepare_cached(include_str!("choose.sql"))?.execute(named_params! {
            ":stream": stream,
            ":seq": seq,
            ":header": header,
            ":day": Col(day),
            ":reason": reason,
        })?;
        Ok(())
    }

    /// Returns the chosen header of every fork of a stream that was decided, by number.
    pub fn fork_choices(&self, stream: &str) -> Result<BTreeMap<u64, Digest>> {
        let mut statement =
            self.0.prepare_cached("SELECT seq, header FROM fork_choices WHERE stream = :stream")?;
        let rows =
            statement.query_map(named_params! { ":stream": stream }, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns why the operator chose at every fork of a stream that was decided, by number.
    pub fn fork_reasons(&self, stream: &str) -> Result<BTreeMap<u64, String>> {
        let mut statement =
            self.0.prepare_cached("SELECT seq, reason FROM fork_choices WHERE stream = :stream")?;
        let rows =
            statement.query_map(named_params! { ":stream": stream }, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Lists the streams in which a fork was decided.
    pub fn decided_streams(&self) -> Result<Vec<String>> {
        let mut statement = self.0.prepare_cached("SELECT DISTINCT stream FROM fork_choices")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
