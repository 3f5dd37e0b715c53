//! What waits for the hub, in the order in which it keeps others waiting.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use bundle::v1::{Outcome, Payload};
use ledger::bundles::{BundleKind, Direction};
use ledger::keys::KeyState;
use ledger::returns::{ReturnRow, ReturnState};
use model::id::OfficeId;

use super::Todo;
use crate::words::{self, Waiting};
use crate::{Home, Result};

impl Home {
    /// Lists what waits for the hub, of all periods.
    pub(super) fn todo(&self) -> Result<Vec<Todo>> {
        let plan = self.plan()?;
        let name = |office: &OfficeId| {
            plan.office(office).map_or_else(|| office.to_string(), |office| office.name().to_owned())
        };
        let mut all: Vec<(OfficeId, Waiting)> = Vec::new();
        let waiting = self.waiting()?;
        let of = |state: ReturnState| waiting.iter().filter(move |row| row.state == state);
        all.extend(
            by_office(of(ReturnState::Disputed)).map(|(office, count)| (office, Waiting::Fork(count))),
        );
        all.extend(
            of(ReturnState::Pending)
                .map(|row| (row.office.clone(), Waiting::Review(plan.calendar.label(row.period)))),
        );
        let locked = of(ReturnState::LockedOut);
        all.extend(locked.map(|row| (row.office.clone(), Waiting::Unlock(plan.calendar.label(row.period)))));
        for key in self.ledger.read(|tx| tx.keys())?.into_iter().filter(|key| key.state == KeyState::Pending)
        {
            all.push((key.enrolled.office, Waiting::Enrolment));
        }
        let named =
            |missing: Vec<RangeInclusive<u64>>| missing.into_iter().flat_map(|gap| gap.take(FEW)).collect();
        all.extend(self.gaps()?.into_iter().map(|(office, missing)| (office, Waiting::Gap(named(missing)))));
        for row in self.ledger.read(|tx| tx.returned_returns())? {
            let cells = self.ledger.read(|tx| tx.returned_cells(row.id))?.len();
            if !self.was_told(&row, cells)? {
                all.push((row.office, Waiting::Receipt { period: plan.calendar.label(row.period), cells }));
            }
        }
        let todo = all.into_iter().map(|(office, waiting)| {
            let (what, next) = words::waiting(&name(&office), &waiting);
            let place = match waiting {
                Waiting::Enrolment => "offices",
                Waiting::Receipt { .. } => "issuing",
                _ => "receiving",
            };
            Todo { what, next, place: place.to_owned(), office: office.to_string() }
        });
        Ok(todo.collect())
    }

    /// Says whether the last receipt sent to an office says that so many cells of a return came back.
    fn was_told(&self, row: &ReturnRow, cells: usize) -> Result<bool> {
        if row.stand_in {
            return Ok(true);
        }
        let sent =
            self.ledger.read(|tx| tx.bundles(Direction::Out, BundleKind::Receipt, Some(&row.office)))?;
        let Some(last) = sent.last() else { return Ok(false) };
        let Ok(receipt) = self.verify_file(&self.archive.path(&last.digest)) else { return Ok(false) };
        let Payload::Receipt(receipt) = receipt.payload() else { return Ok(false) };
        let header = self.ledger.read(|tx| tx.bundle(&row.bundle))?.map(|bundle| bundle.header);
        Ok(receipt.verdicts.iter().any(|said| {
            Some(said.header.0) == header
                && matches!(&said.outcome, Outcome::Returned(told) if told.len() == cells)
        }))
    }
}

/// Most missing numbers of one gap that are named.
const FEW: usize = 5;

fn by_office<'a>(rows: impl Iterator<Item = &'a ReturnRow>) -> impl Iterator<Item = (OfficeId, usize)> {
    let mut counts: BTreeMap<OfficeId, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.office.clone()).or_default() += 1;
    }
    counts.into_iter()
}
