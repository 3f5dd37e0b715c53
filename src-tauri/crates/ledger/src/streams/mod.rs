//! Own outgoing streams: where each stands, and what its next bundle follows.

use model::id::OfficeId;
use rusqlite::{OptionalExtension, Row, named_params};

use crate::bundles::BundleKind;
use crate::column::Col;
use crate::{Digest, Error, Result, Tx};

/// A stream of bundles that this ledger writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    /// Its random id, in hexadecimal.
    pub stream: String,
    /// What its bundles are.
    pub kind: BundleKind,
    /// The office it goes to or comes from; none for the plan stream.
    pub office: Option<OfficeId>,
    /// What the first bundle's `prev` says: the header digest of the enrolment.
    pub anchor: Option<Digest>,
    /// The number of the last bundle; 0 before the first.
    pub seq: u64,
    /// The header digest of the last bundle.
    pub head: Option<Digest>,
    /// Closed streams take nothing more.
    pub closed: bool,
}

/// What the header of the next bundle of a stream says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextLink {
    /// Its number.
    pub seq: u64,
    /// The header digest it follows; none for the first bundle of a stream without anchor.
    pub prev: Option<Digest>,
}

impl Stream {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            stream: row.get("stream")?,
            kind: row.get("kind")?,
            office: row.get::<_, Option<Col<_>>>("office")?.map(|c| c.0),
            anchor: row.get("anchor")?,
            seq: row.get("seq")?,
            head: row.get("head")?,
            closed: row.get("closed")?,
        })
    }

    /// Returns what the next bundle says.
    pub fn next_link(&self) -> NextLink {
        NextLink { seq: self.seq + 1, prev: self.head.or(self.anchor) }
    }
}

impl Tx<'_> {
    /// Opens a stream, with nothing in it yet.
    pub fn open_stream(
        &self,
        stream: &str,
        kind: BundleKind,
        office: Option<&OfficeId>,
        anchor: Option<Digest>,
    ) -> Result<()> {
        self.0.prepare_cached(include_str!("add.sql"))?.execute(named_params! {
            ":stream": stream,
            ":kind": kind,
            ":office": office.map(Col),
            ":anchor": anchor,
        })?;
        Ok(())
    }

    /// Finds a stream by its id.
    pub fn stream(&self, stream: &str) -> Result<Option<Stream>> {
        let sql = concat!(include_str!("select.sql"), "WHERE stream = :stream");
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.query_row(named_params! { ":stream": stream }, Stream::from_row).optional()?)
    }

    /// Finds the open stream of a kind, of an office where the kind has one stream per office.
    pub fn current_stream(&self, kind: BundleKind, office: Option<&OfficeId>) -> Result<Option<Stream>> {
        let sql = concat!(
            include_str!("select.sql"),
            "WHERE kind = :kind AND office IS :office AND closed = 0 ORDER BY id DESC LIMIT 1"
        );
        let mut statement = self.0.prepare_cached(sql)?;
        let params = named_params! { ":kind": kind, ":office": office.map(Col) };
        Ok(statement.query_row(params, Stream::from_row).optional()?)
    }

    /// Lists every stream, the oldest first.
    pub fn streams(&self) -> Result<Vec<Stream>> {
        let mut statement = self.0.prepare_cached(concat!(include_str!("select.sql"), "ORDER BY id"))?;
        let rows = statement.query_map([], Stream::from_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns what the next bundle of a stream says.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an unknown stream.
    pub fn next_link(&self, stream: &str) -> Result<NextLink> {
        self.stream(stream)?.map(|s| s.next_link()).ok_or(Error::NotFound("stream"))
    }

    /// Says that bundle `seq`, whose header has the digest `head`, is now the last one of a stream.
    ///
    /// # Errors
    /// [`Error::Stale`] unless `seq` is the stream's next number, [`Error::NotFound`] unless the stream is open.
    pub fn advance_stream(&self, stream: &str, seq: u64, head: Digest) -> Result<()> {
        let params = named_params! { ":stream": stream, ":seq": seq, ":head": head };
        if self.0.prepare_cached(include_str!("advance.sql"))?.execute(params)? == 1 {
            return Ok(());
        }
        match self.stream(stream)? {
            Some(found) if !found.closed => {
                Err(Error::Stale { what: "stream", present: found.seq, expected: seq.saturating_sub(1) })
            }
            _ => Err(Error::NotFound("open stream")),
        }
    }

    /// Moves a stream on to where somebody else says that it stands, over numbers that this ledger lost.
    ///
    /// # Errors
    /// [`Error::Stale`] unless the number is above the stream's, [`Error::NotFound`] unless the stream is open.
    pub fn catch_up_stream(&self, stream: &str, seq: u64, head: Digest) -> Result<()> {
        let found = self.stream(stream)?.filter(|found| !found.closed);
        let present = found.ok_or(Error::NotFound("open stream"))?.seq;
        if seq <= present {
            return Err(Error::Stale { what: "stream", present, expected: seq.saturating_sub(1) });
        }
        let mut statement = self.0.prepare_cached(include_str!("catch_up.sql"))?;
        statement.execute(named_params! { ":stream": stream, ":seq": seq, ":head": head })?;
        Ok(())
    }

    /// Closes a stream at its head.
    pub fn close_stream(&self, stream: &str) -> Result<()> {
        let mut statement = self.0.prepare_cached("UPDATE streams SET closed = 1 WHERE stream = :stream")?;
        statement.execute(named_params! { ":stream": stream })?;
        Ok(())
    }
}
