//! The audit trail: who did what, kept for ever.

use chrono::{DateTime, Utc};
use rusqlite::{Row, named_params};

use crate::column::Col;
use crate::{Result, Tx};

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// When, by the clock of this computer; the order is that of the ids.
    pub at: DateTime<Utc>,
    /// Who.
    pub who: String,
    /// What was done, such as `lock`.
    pub verb: String,
    /// To what, such as a period or an office.
    pub subject: String,
    /// Anything else worth keeping.
    pub detail: String,
}

/// A deed with its place in the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Rises with every deed.
    pub id: i64,
    /// The deed.
    pub deed: Deed,
}

impl Recorded {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            deed: Deed {
                at: row.get::<_, Col<_>>("at")?.0,
                who: row.get("who")?,
                verb: row.get("verb")?,
                subject: row.get("subject")?,
                detail: row.get("detail")?,
            },
        })
    }
}

impl Tx<'_> {
    /// Adds a deed to the trail; it can never be changed or taken out again.
    pub fn record(&self, deed: &Deed) -> Result<()> {
        self.0.prepare_cached(include_str!("add.sql"))?.execute(named_params! {
            ":at": Col(deed.at),
            ":who": deed.who,
            ":verb": deed.verb,
            ":subject": deed.subject,
            ":detail": deed.detail,
        })?;
        Ok(())
    }

    /// Lists the newest deeds first, at most `limit`, older than the deed `before` if one is given.
    pub fn deeds(&self, before: Option<i64>, limit: u32) -> Result<Vec<Recorded>> {
        let mut statement = self.0.prepare_cached(include_str!("newest.sql"))?;
        let rows =
            statement.query_map(named_params! { ":before": before, ":limit": limit }, Recorded::from_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
