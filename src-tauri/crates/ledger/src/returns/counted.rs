//! What counts: this period's entries one by one, what is carried from earlier periods, and a cell's history.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::returns::Answer;
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, named_params};

use crate::column::Col;
use crate::returns::load::answer;
use crate::returns::{ReturnId, ReturnRow, ReturnState};
use crate::{Result, Tx};

/// One step through the returns that count for a period: each return, then its entries by target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted<'a> {
    /// A return begins. A 零报告 is never followed by entries, whatever it holds; what it stands for is the caller's to say.
    Return(&'a ReturnRow),
    /// One of its entries.
    Entry {
        /// The office whose return it is.
        office: &'a OfficeId,
        /// The target.
        target: &'a TargetId,
        /// What the entry says.
        answer: &'a Answer,
        /// Its figures were returned (退回) and do not count.
        excluded: bool,
    },
}

/// The latest answer in a cell before a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    /// The period it was reported for.
    pub period: Period,
    /// The plan version it was made against.
    pub plan_version: u32,
    /// What it says.
    pub answer: Answer,
}

/// The latest answer of an office that has no return for the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried<'a> {
    /// The office.
    pub office: &'a OfficeId,
    /// The target.
    pub target: &'a TargetId,
    /// The period it was reported for.
    pub period: Period,
    /// The plan version it was made against.
    pub plan_version: u32,
    /// What it says.
    pub answer: &'a Answer,
}

/// What one return said in one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellVersion {
    /// The return.
    pub id: ReturnId,
    /// Its period.
    pub period: Period,
    /// The number of its bundle.
    pub seq: u64,
    /// The day it arrived.
    pub arrived: NaiveDate,
    /// What has become of it.
    pub state: ReturnState,
    /// Whether it counts for its period.
    pub counted: bool,
    /// Whether the cell's figures were returned.
    pub excluded: bool,
    /// What the entry says.
    pub answer: Answer,
    /// The explanation given with it.
    pub explanation: String,
}

/// Target ids seen so far: a period names some hundreds of them millions of times.
#[derive(Default)]
struct Targets {
    seen: Vec<TargetId>,
    places: HashMap<Box<str>, usize>,
    /// Where the next one is looked for first: most returns name the same targets in the same order.
    next: usize,
}

impl Targets {
    fn of(&mut self, row: &Row<'_>) -> rusqlite::Result<&TargetId> {
        let text = row.get_ref(0)?.as_str()?;
        let expected = self.seen.get(self.next).is_some_and(|id| id.as_str() == text);
        let place = if expected { self.next } else { self.place(text)? };
        self.next = if place + 1 < self.seen.len() { place + 1 } else { 0 };
        Ok(&self.seen[place])
    }

    fn place(&mut self, text: &str) -> rusqlite::Result<usize> {
        if let Some(place) = self.places.get(text) {
            return Ok(*place);
        }
        let id = TargetId::new(text)
            .map_err(|e| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(e)))?;
        self.places.insert(text.into(), self.seen.len());
        self.seen.push(id);
        Ok(self.seen.len() - 1)
    }
}

impl CellVersion {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: ReturnId(row.get("id")?),
            period: row.get::<_, Col<_>>("period")?.0,
            seq: row.get("seq")?,
            arrived: row.get::<_, Col<_>>("arrived")?.0,
            state: row.get("state")?,
            counted: row.get("counted")?,
            excluded: row.get("excluded")?,
            answer: answer(row)?,
            explanation: row.get("explanation")?,
        })
    }
}

/// Returns the number of a year's first month, where figures of that year begin.
fn january(period: Period) -> u32 {
    u32::from(period.year()) * 100 + 1
}

impl Tx<'_> {
    /// Walks through the returns that count for a period, by office, and their entries, by target.
    ///
    /// Entries are never held together, so memory does not grow with their number.
    pub fn for_each_counted(&self, period: Period, mut visit: impl FnMut(Counted<'_>)) -> Result<()> {
        let excluded = self.excluded_cells(period)?;
        let mut targets = Targets::default();
        let mut entries = self.0.prepare_cached(include_str!("counted_entries.sql"))?;
        for found in self.counted_returns(period)? {
            visit(Counted::Return(&found));
            // A statement that nothing was added cannot bring figures of its own.
            if found.nil {
                continue;
            }
            let excluded = excluded.get(&found.id);
            let mut rows = entries.query(named_params! { ":id": found.id.0 })?;
            while let Some(row) = rows.next()? {
                let target = targets.of(row)?;
                let excluded = excluded.is_some_and(|cells| cells.contains(target));
                visit(Counted::Entry { office: &found.office, target, answer: &answer(row)?, excluded });
            }
        }
        Ok(())
    }

    /// Few cells are ever returned; asking once instead of per entry keeps the walk linear.
    fn excluded_cells(&self, period: Period) -> Result<HashMap<ReturnId, HashSet<TargetId>>> {
        let mut statement = self.0.prepare_cached(include_str!("excluded_of_period.sql"))?;
        let mut rows = statement.query(named_params! { ":period": Col(period) })?;
        let mut cells: HashMap<_, HashSet<_>> = HashMap::new();
        while let Some(row) = rows.next()? {
            cells.entry(ReturnId(row.get(0)?)).or_default().insert(row.get::<_, Col<_>>(1)?.0);
        }
        Ok(cells)
    }

    /// Returns what an office last said of a target that counts, of the same year and strictly before a period.
    ///
    /// 不适用 is an answer; a 零报告 is none of its own, and a returned cell does not count.
    pub fn latest_counted_before(
        &self,
        office: &OfficeId,
        target: &TargetId,
        period: Period,
    ) -> Result<Option<Latest>> {
        let mut statement = self.0.prepare_cached(include_str!("latest_answer.sql"))?;
        let params = named_params! {
            ":office": Col(office),
            ":target": Col(target),
            ":from": january(period),
            ":before": Col(period),
        };
        let latest = statement.query_row(params, |row| {
            let (period, plan_version) = (row.get::<_, Col<_>>("period")?.0, row.get("plan_version")?);
            Ok(Latest { period, plan_version, answer: answer(row)? })
        });
        Ok(latest.optional()?)
    }

    /// Walks through the latest counted answers of every office without a counted return for the period.
    ///
    /// Per office and target one answer at most, 不适用 among them, of the same year, the latest strictly before the period. Offices come
    /// in order; of one office those of its latest return come first. See [`Self::nil_before`] for 零报告.
    pub fn for_each_carried(&self, period: Period, mut visit: impl FnMut(Carried<'_>)) -> Result<()> {
        let mut returns = self.0.prepare_cached(include_str!("carried_returns.sql"))?;
        let mut entries = self.0.prepare_cached(include_str!("carried_entries.sql"))?;
        let mut targets = Targets::default();
        let mut current: Option<OfficeId> = None;
        let mut seen: HashSet<TargetId> = HashSet::new();
        let mut rows = returns.query(named_params! { ":from": january(period), ":before": Col(period) })?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let office = row.get::<_, Col<OfficeId>>(1)?.0;
            let reported = row.get::<_, Col<Period>>(2)?.0;
            let plan_version = row.get(3)?;
            if current.as_ref() != Some(&office) {
                seen.clear();
            }
            let mut rows = entries.query(named_params! { ":id": id })?;
            while let Some(row) = rows.next()? {
                let target = targets.of(row)?;
                if seen.contains(target) {
                    continue;
                }
                let answer = answer(row)?;
                visit(Carried { office: &office, target, period: reported, plan_version, answer: &answer });
                seen.insert(target.clone());
            }
            current = Some(office);
        }
        Ok(())
    }

    /// Lists the counted 零报告 of the same year strictly before a period, by office and period.
    pub fn nil_before(&self, period: Period) -> Result<Vec<ReturnRow>> {
        let sql = concat!(include_str!("select.sql"), include_str!("nil_before.sql"));
        self.many_returns(sql, named_params! { ":from": january(period), ":before": Col(period) })
    }

    /// Returns of every office the last period of the same year, strictly before one, for which a return of it counts.
    pub fn last_reported_before(&self, period: Period) -> Result<Vec<(OfficeId, Period)>> {
        let mut statement = self.0.prepare_cached(include_str!("last_reported.sql"))?;
        let params = named_params! { ":from": january(period), ":before": Col(period) };
        let rows = statement
            .query_map(params, |row| Ok((row.get::<_, Col<_>>(0)?.0, row.get::<_, Col<_>>(1)?.0)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Lists everything an office ever said in a cell, by period and in the order it was stored.
    pub fn cell_history(&self, office: &OfficeId, target: &TargetId) -> Result<Vec<CellVersion>> {
        let mut statement = self.0.prepare_cached(include_str!("cell_history.sql"))?;
        let params = named_params! { ":office": Col(office), ":target": Col(target) };
        let rows = statement.query_map(params, CellVersion::from_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
