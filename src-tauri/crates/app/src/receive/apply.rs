//! Applying verified returns to the hub's ledger, in one transaction per batch.

use bundle::chain::{Standing, State};
use chrono::NaiveDate;
use ledger::Tx;
use ledger::keys::{KeyState, OfficeKey};
use ledger::returns::{NewReturn, ReturnState};
use model::id::OfficeId;
use model::review::{Arrival, ReviewState};

use super::line::{self, Place};
use super::look::{Arriving, Registry};
use super::settle;
use super::{ReturnStanding, ReturnVerdict, Verdict};
use crate::Result;
use crate::arrival::first_arrival;

/// What is the same for every return of one receive.
pub(super) struct Arrivals<'a> {
    pub registry: &'a Registry<'a>,
    pub arrived: NaiveDate,
    pub review_on: bool,
}

/// What became of a return; none of a duplicate.
pub(super) struct Applied(Option<ReturnVerdict>);

impl From<Applied> for Verdict {
    fn from(applied: Applied) -> Self {
        applied.0.map_or(Self::Duplicate, Self::Return)
    }
}

impl Arrivals<'_> {
    pub(super) fn apply(
        &self,
        tx: &Tx<'_>,
        returns: Vec<(usize, Box<Arriving>)>,
    ) -> Result<Vec<(usize, Applied)>> {
        returns.into_iter().map(|(index, arriving)| Ok((index, self.one(tx, *arriving)?))).collect()
    }

    fn one(&self, tx: &Tx<'_>, arriving: Arriving) -> Result<Applied> {
        let Arriving { row, link, content, errors, findings, .. } = arriving;
        // A header signed twice makes two files of one bundle: the header fixes everything that is in it.
        let known =
            || Ok::<_, ledger::Error>(tx.links(&row.stream)?.iter().any(|link| link.header == row.header));
        if tx.bundle(&row.digest)?.is_some() || known()? {
            return Ok(Applied(None));
        }
        let (office, period) = (content.office.clone(), content.period);
        let arrival = Arrival {
            review_on: self.review_on,
            locked: tx.lock_of(period)?.is_some(),
            has_errors: errors > 0,
        };
        tx.add_bundle(&row)?;
        let state = match ReviewState::on_arrival(arrival) {
            ReviewState::Pending => ReturnState::Pending,
            ReviewState::AwaitingUnlock => ReturnState::LockedOut,
            ReviewState::Accepted | ReviewState::Returned => ReturnState::Accepted,
        };
        let first = first_arrival(tx, &office, period)?;
        let id = tx.insert_return(&NewReturn {
            bundle: &row.digest,
            stream: &row.stream,
            seq: row.seq,
            arrived: self.arrived,
            state,
            content: &content,
        })?;
        let chain = settle::settle_stream(tx, &row.stream, &office, self.arrived)?;
        settle::settle(tx, &office, period)?;
        let now = tx.return_row(id)?;
        let standing = match now.state {
            // What continues a branch that was not chosen says that the other computer still reports.
            ReturnState::Disputed | ReturnState::Superseded => {
                let from = match branch_point(&chain) {
                    None => disputed_handover(tx, &office, &row.stream)?,
                    own => own,
                };
                ReturnStanding::Disputed { from: from.unwrap_or(link.seq()) }
            }
            ReturnState::Revoked => ReturnStanding::Beyond { after: last_number(tx, &office, &row.stream)? },
            ReturnState::Pending => ReturnStanding::Pending,
            ReturnState::LockedOut => ReturnStanding::AwaitingUnlock,
            _ if now.counted => ReturnStanding::Accepted,
            _ => ReturnStanding::Older,
        };
        let due =
            self.registry.versions.get(&content.plan_version).map(|(plan, _)| plan.calendar.due_date(period));
        Ok(Applied(Some(ReturnVerdict {
            office,
            period,
            seq: link.seq(),
            standing,
            missing: chain.gaps,
            errors,
            late: due.is_some_and(|due| first.unwrap_or(self.arrived).min(self.arrived) > due),
            findings,
        })))
    }
}

/// Returns the number under which the stream before this one forks, so that nobody knows whether this key follows it.
fn disputed_handover(tx: &Tx<'_>, office: &OfficeId, stream: &str) -> Result<Option<u64>> {
    let line = line::of(tx, office)?;
    let stretch = line.into_iter().find(|stretch| stretch.key.enrolled.stream == stream);
    Ok(match stretch.map(|stretch| stretch.vouched) {
        Some(Place::Disputed(from)) => Some(from),
        _ => None,
    })
}

/// Returns the last number of a stream that counts.
fn last_number(tx: &Tx<'_>, office: &OfficeId, stream: &str) -> Result<u64> {
    let keys = tx.keys_of(office)?;
    let key = keys.iter().find(|key| key.enrolled.stream == stream && key.state != KeyState::Pending);
    Ok(key.and_then(OfficeKey::last_number).unwrap_or(0))
}

/// Returns the number under which there is proof of two bundles, whether or not one of them was chosen since.
fn branch_point(chain: &State) -> Option<u64> {
    let discarded = chain.standings.iter().find(|(_, standing)| **standing == Standing::Discarded);
    chain.fork.as_ref().map(|fork| fork.seq).or(discarded.map(|((seq, _), _)| *seq))
}
