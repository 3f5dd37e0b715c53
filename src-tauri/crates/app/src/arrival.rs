//! When an office's return for a period arrived, by which 迟报 is judged.

use chrono::NaiveDate;
use ledger::Tx;
use ledger::returns::ReturnState;
use model::id::OfficeId;
use model::period::Period;

use crate::Result;

/// Returns the day on which an office's first own return for a period arrived.
///
/// A correction, most of all one that the hub asked for, does not make a punctual office late.
pub(crate) fn first_arrival(tx: &Tx<'_>, office: &OfficeId, period: Period) -> Result<Option<NaiveDate>> {
    let rows = tx.returns_for(office, period)?;
    let genuine = rows.iter().filter(|row| {
        !matches!(row.state, ReturnState::Disputed | ReturnState::Revoked | ReturnState::Superseded)
    });
    let own = genuine.clone().filter(|row| !row.stand_in).map(|row| row.arrived).min();
    Ok(own.or_else(|| genuine.map(|row| row.arrived).min()))
}
