//! Settling what counts: a function of everything received, run again whenever something is added or decided.

use bundle::chain::{Standing, State};
use bundle::digest::Sm3Digest;
use bundle::limits::Limits;
use bundle::v1;
use chrono::NaiveDate;
use ledger::Tx;
use ledger::keys::{KeyState, OfficeKey};
use ledger::returns::{ReturnRow, ReturnState};
use model::check::{self, History};
use model::id::OfficeId;
use model::period::Period;
use model::review::{self, Candidate, ReviewState};

use super::line;
use crate::accept::REVIEW;
use crate::check::is_error;
use crate::{Error, Result};

/// Decides which return of an office counts for a period.
pub(crate) fn settle(tx: &Tx<'_>, office: &OfficeId, period: Period) -> Result<()> {
    let rows = tx.returns_for(office, period)?;
    let streams = if rows.len() > 1 { stream_order(tx, office, &rows)? } else { Vec::new() };
    let candidates: Vec<Candidate> = rows.iter().map(|row| candidate(row, &streams)).collect();
    match review::counting(&candidates) {
        Some(at) if rows[at].counted => {}
        Some(at) => tx.count_return(rows[at].id)?,
        None => tx.uncount(office, period)?,
    }
    Ok(())
}

/// Lists the streams that an office's returns came in, in the order in which they were opened: those of its enrolments,
/// then this home's own, of which there are several after a restore.
fn stream_order(tx: &Tx<'_>, office: &OfficeId, rows: &[ReturnRow]) -> Result<Vec<String>> {
    let mut keys = tx.keys_of(office)?;
    keys.sort_by_key(|key| key.id);
    let mut streams: Vec<String> = keys.into_iter().map(|key| key.enrolled.stream).collect();
    // A hub has streams for every office; they are only looked through where it filed something itself.
    if rows.iter().any(|row| !streams.contains(&row.stream)) {
        let own = tx.streams()?.into_iter().filter(|own| own.office.as_ref() == Some(office));
        streams.extend(own.map(|own| own.stream));
    }
    Ok(streams)
}

fn candidate(row: &ReturnRow, streams: &[String]) -> Candidate {
    let state = match row.state {
        ReturnState::Accepted => ReviewState::Accepted,
        ReturnState::Returned => ReviewState::Returned,
        ReturnState::LockedOut => ReviewState::AwaitingUnlock,
        _ => ReviewState::Pending,
    };
    Candidate {
        seq: row.seq,
        stream_order: streams.iter().position(|stream| *stream == row.stream).map_or(0, |at| at as u64 + 1),
        state,
        disputed: matches!(row.state, ReturnState::Disputed | ReturnState::Revoked),
        stand_in: row.stand_in,
    }
}

/// Judges a stream by all its headers and takes what is disputed out of the count, or back in; where keys handed over, every
/// stream of the office.
pub(crate) fn settle_stream(tx: &Tx<'_>, stream: &str, office: &OfficeId, today: NaiveDate) -> Result<State> {
    if line::is_handed_on(tx, office)? {
        let line = line::settle_line(tx, office, today)?;
        let found = line.into_iter().find(|stretch| stretch.key.enrolled.stream == stream);
        if let Some(stretch) = found {
            return Ok(stretch.state);
        }
    }
    let state = chain_state(tx, stream, office)?;
    let forked =
        state.fork.is_some() || state.standings.values().any(|standing| *standing != Standing::Sound);
    let rows = if forked || !tx.fork_choices(stream)?.is_empty() {
        tx.returns_of_stream(stream)?
    } else {
        Vec::new()
    };
    for row in rows {
        let header = tx.bundle(&row.bundle)?.map(|bundle| Sm3Digest(bundle.header));
        let standing = header.and_then(|header| state.standings.get(&(row.seq, header)).copied());
        let sound = standing == Some(Standing::Sound);
        let next = match row.state {
            ReturnState::Revoked => continue,
            ReturnState::Disputed | ReturnState::Superseded if sound => released(tx, &row)?,
            // The operator chose another in its place: it waits for nobody, until the choice is changed.
            _ if standing == Some(Standing::Discarded) => ReturnState::Superseded,
            _ if !sound => ReturnState::Disputed,
            _ => continue,
        };
        if row.state != next {
            tx.set_return_state(row.id, next)?;
            settle(tx, office, row.period)?;
        }
    }
    Ok(state)
}

/// Says where a return stands that neither a dispute nor a lock holds back any longer: returned if it was, else as if it
/// arrived now, so that neither is a way around review.
pub(crate) fn released(tx: &Tx<'_>, row: &ReturnRow) -> Result<ReturnState> {
    Ok(if tx.lock_of(row.period)?.is_some() {
        ReturnState::LockedOut
    } else if !tx.returned_cells(row.id)?.is_empty() {
        ReturnState::Returned
    } else if tx.setting(REVIEW)?.is_some() || has_errors(tx, row)? {
        ReturnState::Pending
    } else {
        ReturnState::Accepted
    })
}

/// Runs the hub's own checks again, against the plan version that the return was made against.
fn has_errors(tx: &Tx<'_>, row: &ReturnRow) -> Result<bool> {
    let identity = tx.identity()?;
    let owner = identity.and_then(|identity| Some((identity.hub, identity.plan?, row.plan_version)));
    let issued = tx.issued(row.plan_version)?;
    let (Some(owner), Some(issued)) = (owner, issued) else { return Err(Error::NoPlan) };
    let plan =
        v1::read_plan_document(&issued.document, owner, &Limits::default()).map_err(Error::unreadable)?;
    let found =
        check::check(&plan, &plan.duties_in(row.period), &tx.load_return(row.id)?, &History::default());
    Ok(found.iter().any(is_error))
}

/// Judges a stream of an office by its recorded headers.
pub(crate) fn chain_state(tx: &Tx<'_>, stream: &str, office: &OfficeId) -> Result<State> {
    let keys = tx.keys_of(office)?;
    let of_stream = |key: &&OfficeKey| key.enrolled.stream == stream && key.state != KeyState::Pending;
    let Some(key) = keys.iter().find(of_stream) else { return line::judge(tx, stream, None) };
    if line::is_handed_on(tx, office)? {
        let line = line::of(tx, office)?;
        let found = line.into_iter().find(|stretch| stretch.key.id == key.id);
        return found
            .map(|stretch| stretch.state)
            .ok_or_else(|| Error::unreadable("a stream without its key"));
    }
    line::judge(tx, stream, Some(Sm3Digest(key.enrolled.enrolment)))
}
