//! Returns and their entries, and which return counts for an office and period.

mod add;
mod counted;
mod load;

use chrono::NaiveDate;
use model::id::OfficeId;
use model::period::Period;
use model::returns::SignOff;
use rusqlite::{OptionalExtension, Row, ToSql, named_params};

use crate::column::{Col, named};
use crate::{Digest, Error, Result, Tx};

pub use add::NewReturn;
pub use counted::{Carried, CellVersion, Counted, Latest};

/// The number of a return in its ledger; it rises in the order in which returns were stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReturnId(pub i64);

/// What has become of a return. Only accepted and returned ones can count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReturnState {
    /// 待审.
    Pending,
    /// 待解锁: the period is locked.
    LockedOut,
    /// 已接收.
    Accepted,
    /// 退回: the cells named do not count, the others do.
    Returned,
    /// Another has taken its place: a later return, or one on the branch of a fork that was chosen.
    Superseded,
    /// 争议: its stream forks at it or before.
    Disputed,
    /// Signed after the end of its key.
    Revoked,
}
named!(ReturnState {
    Pending = "pending",
    LockedOut = "locked_out",
    Accepted = "accepted",
    Returned = "returned",
    Superseded = "superseded",
    Disputed = "disputed",
    Revoked = "revoked",
});

/// A return without its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnRow {
    /// Its number.
    pub id: ReturnId,
    /// SHA-256 of the bundle that carried it.
    pub bundle: Digest,
    /// Whose figures they are.
    pub office: OfficeId,
    /// The period reported.
    pub period: Period,
    /// The stream of the bundle.
    pub stream: String,
    /// The number of the bundle in its stream.
    pub seq: u64,
    /// The plan version it was made against.
    pub plan_version: u32,
    /// 零报告.
    pub nil: bool,
    /// 代录.
    pub stand_in: bool,
    /// The three names.
    pub sign_off: SignOff,
    /// The day it arrived.
    pub arrived: NaiveDate,
    /// What has become of it.
    pub state: ReturnState,
    /// Whether it is the one that counts for its office and period.
    pub counted: bool,
}

impl ReturnRow {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: ReturnId(row.get(0)?),
            bundle: row.get(1)?,
            office: row.get::<_, Col<_>>(2)?.0,
            period: row.get::<_, Col<_>>(3)?.0,
            stream: row.get(4)?,
            seq: row.get(5)?,
            plan_version: row.get(6)?,
            nil: row.get(7)?,
            stand_in: row.get(8)?,
            sign_off: SignOff { filled_by: row.get(9)?, checked_by: row.get(10)?, issued_by: row.get(11)? },
            arrived: row.get::<_, Col<_>>(12)?.0,
            state: row.get(13)?,
            counted: row.get(14)?,
        })
    }
}

impl Tx<'_> {
    /// Returns one return without its entries.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an unknown number.
    pub fn return_row(&self, id: ReturnId) -> Result<ReturnRow> {
        let sql = concat!(include_str!("select.sql"), "WHERE id = :id");
        self.one_return(sql, named_params! { ":id": id.0 })?.ok_or(Error::NotFound("return"))
    }

    /// Finds the return that a bundle carried.
    pub fn return_of_bundle(&self, digest: &Digest) -> Result<Option<ReturnRow>> {
        let sql = concat!(include_str!("select.sql"), "WHERE bundle = :bundle");
        self.one_return(sql, named_params! { ":bundle": digest })
    }

    /// Returns the return that counts for an office and period.
    pub fn counted_return(&self, office: &OfficeId, period: Period) -> Result<Option<ReturnRow>> {
        let sql = concat!(
            include_str!("select.sql"),
            "WHERE office = :office AND period = :period AND counted = 1"
        );
        self.one_return(sql, named_params! { ":office": Col(office), ":period": Col(period) })
    }

    /// Lists the returns that count for a period, by office.
    pub fn counted_returns(&self, period: Period) -> Result<Vec<ReturnRow>> {
        let sql =
            concat!(include_str!("select.sql"), "WHERE period = :period AND counted = 1 ORDER BY office");
        self.many_returns(sql, named_params! { ":period": Col(period) })
    }

    /// Lists everything an office ever sent, by period and in the order it was stored.
    pub fn returns_of(&self, office: &OfficeId) -> Result<Vec<ReturnRow>> {
        let sql = concat!(include_str!("select.sql"), "WHERE office = :office ORDER BY period, id");
        self.many_returns(sql, named_params! { ":office": Col(office) })
    }

    /// Lists everything an office sent for a period, in the order it was stored.
    pub fn returns_for(&self, office: &OfficeId, period: Period) -> Result<Vec<ReturnRow>> {
        let sql =
            concat!(include_str!("select.sql"), "WHERE office = :office AND period = :period ORDER BY id");
        self.many_returns(sql, named_params! { ":office": Col(office), ":period": Col(period) })
    }

    /// Lists everything that every office ever sent, by office and in the order it was stored.
    pub fn all_returns(&self) -> Result<Vec<ReturnRow>> {
        let sql = concat!(include_str!("select.sql"), "ORDER BY office, id");
        self.many_returns(sql, &[])
    }

    /// Lists the returns that a stream carried, by number.
    pub fn returns_of_stream(&self, stream: &str) -> Result<Vec<ReturnRow>> {
        let sql = concat!(include_str!("select.sql"), "WHERE stream = :stream ORDER BY seq, id");
        self.many_returns(sql, named_params! { ":stream": stream })
    }

    /// Lists the returns that wait for somebody: pending, locked out or disputed, in the order they were stored.
    pub fn waiting_returns(&self) -> Result<Vec<ReturnRow>> {
        let sql = concat!(
            include_str!("select.sql"),
            "WHERE state IN ('pending', 'locked_out', 'disputed') ORDER BY id"
        );
        self.many_returns(sql, &[])
    }

    /// Lists the returns of which cells were returned and which count in spite of it, in the order they were stored.
    pub fn returned_returns(&self) -> Result<Vec<ReturnRow>> {
        let sql = concat!(include_str!("select.sql"), "WHERE state = 'returned' AND counted = 1 ORDER BY id");
        self.many_returns(sql, &[])
    }

    /// Writes what has become of a return; one that cannot count any more loses the mark.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an unknown number.
    pub fn set_return_state(&self, id: ReturnId, state: ReturnState) -> Result<()> {
        let params = named_params! { ":id": id.0, ":state": state };
        match self.0.prepare_cached(include_str!("set_state.sql"))?.execute(params)? {
            0 => Err(Error::NotFound("return")),
            _ => Ok(()),
        }
    }

    /// Makes a return the one that counts for its office and period, in the place of any other.
    ///
    /// # Errors
    /// [`Error::Constraint`] unless it is accepted or returned, [`Error::NotFound`] for an unknown number.
    pub fn count_return(&self, id: ReturnId) -> Result<()> {
        let params = named_params! { ":id": id.0 };
        self.0.prepare_cached(include_str!("uncount_rivals.sql"))?.execute(params)?;
        match self.0.prepare_cached("UPDATE returns SET counted = 1 WHERE id = :id")?.execute(params)? {
            0 => Err(Error::NotFound("return")),
            _ => Ok(()),
        }
    }

    /// Leaves an office and period without a return that counts.
    pub fn uncount(&self, office: &OfficeId, period: Period) -> Result<()> {
        let params = named_params! { ":office": Col(office), ":period": Col(period) };
        self.0.prepare_cached(include_str!("uncount.sql"))?.execute(params)?;
        Ok(())
    }

    fn one_return(&self, sql: &str, params: &[(&str, &dyn ToSql)]) -> Result<Option<ReturnRow>> {
        Ok(self.0.prepare_cached(sql)?.query_row(params, ReturnRow::from_row).optional()?)
    }

    fn many_returns(&self, sql: &str, params: &[(&str, &dyn ToSql)]) -> Result<Vec<ReturnRow>> {
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map(params, ReturnRow::from_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
