//! Reading returns back.

use model::figure::Figure;
use model::id::TargetId;
use model::returns::{Answer, Entry, Evidence, Figures, Remarks, Return};
use rusqlite::types::{FromSqlError, Type, ValueRef};
use rusqlite::{Row, named_params};

use crate::column::Col;
use crate::returns::ReturnId;
use crate::{Result, Tx};

/// Columns of an entry, in the order in which every statement selects them; column 0 is the target.
const RATE: usize = 1;
const FIRST: usize = 2;
const SECOND: usize = 3;
const STAGE: usize = 4;
const REASON: usize = 5;

/// An entry whose columns do not fit one another.
#[derive(Debug, thiserror::Error)]
#[error("the columns of an entry make no answer")]
struct NoAnswer;

fn figure(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Figure>> {
    let wrong = |e| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, e);
    match row.get_ref(column)? {
        ValueRef::Null => Ok(None),
        value => {
            let text = value.as_str().map_err(|e| wrong(Box::new(e)))?;
            Figure::from_canonical(text).map(Some).map_err(|e| wrong(Box::new(e)))
        }
    }
}

/// Reads the answer of an entry from the columns 1 to 5.
pub(super) fn answer(row: &Row<'_>) -> rusqlite::Result<Answer> {
    let (rate, first, second) = (figure(row, RATE)?, figure(row, FIRST)?, figure(row, SECOND)?);
    let (stage, reason) = (row.get::<_, Option<u8>>(STAGE)?, row.get::<_, Option<String>>(REASON)?);
    let figures = match (rate, first, second, stage, reason) {
        (None, None, None, None, Some(reason)) => return Ok(Answer::NotApplicable(reason)),
        (None, None, None, Some(stage), None) => Figures::Stage(stage),
        (None, Some(amount), None, None, None) => Figures::Amount(amount),
        (None, Some(first), Some(second), None, None) => Figures::Pair(first, second),
        (Some(rate), None, None, None, None) => Figures::Published { rate, amounts: None },
        (Some(rate), Some(first), Some(second), None, None) => {
            Figures::Published { rate, amounts: Some((first, second)) }
        }
        _ => {
            let error = FromSqlError::Other(Box::new(NoAnswer));
            return Err(rusqlite::Error::FromSqlConversionFailure(RATE, Type::Null, Box::new(error)));
        }
    };
    Ok(Answer::Figures(figures))
}

/// Reads a whole entry but for its evidence.
fn entry(row: &Row<'_>) -> rusqlite::Result<(TargetId, Entry)> {
    let target = row.get::<_, Col<_>>("target")?.0;
    let words = |name| Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(name)?.unwrap_or_default());
    let remarks = Remarks {
        note: words("note")?,
        problem: words("problem")?,
        next_step: words("next_step")?,
        explanation: words("explanation")?,
    };
    Ok((target, Entry { answer: answer(row)?, remarks, evidence: Vec::new() }))
}

fn evidence(row: &Row<'_>) -> rusqlite::Result<(TargetId, Evidence)> {
    let target = row.get::<_, Col<_>>("target")?.0;
    Ok((target, Evidence { sha256: row.get("sha256")?, len: row.get("len")?, label: row.get("label")? }))
}

impl Tx<'_> {
    /// Reads a return with everything in it.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for an unknown number.
    pub fn load_return(&self, id: ReturnId) -> Result<Return> {
        let row = self.return_row(id)?;
        let params = named_params! { ":id": id.0 };
        let mut statement = self.0.prepare_cached(include_str!("load_entries.sql"))?;
        let mut entries: std::collections::BTreeMap<TargetId, Entry> =
            statement.query_map(params, entry)?.collect::<Result<_, _>>()?;
        let mut statement = self.0.prepare_cached(include_str!("load_evidence.sql"))?;
        for found in statement.query_map(params, evidence)? {
            let (target, file) = found?;
            if let Some(entry) = entries.get_mut(&target) {
                entry.evidence.push(file);
            }
        }
        Ok(Return {
            office: row.office,
            period: row.period,
            plan_version: row.plan_version,
            nil: row.nil,
            stand_in: row.stand_in,
            sign_off: row.sign_off,
            entries,
        })
    }
}
