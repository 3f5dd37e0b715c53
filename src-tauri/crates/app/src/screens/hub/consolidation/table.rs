//! A period's figures, kept while windows of its matrix are asked for.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use ledger::Stamp;
use ledger::returns::{ReturnRow, ReturnState};
use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::returns::Field;
use model::rollup::Standing;

use crate::consolidate::{Consolidation, Parts};
use crate::status::StatusView;
use crate::{Home, Result};

/// A period, consolidated, with every office's own standing.
pub(crate) struct Table {
    pub consolidation: Consolidation,
    /// What the district's figures are, of a locked period as they were frozen.
    pub status: StatusView,
    /// Where an office stands in the plan.
    pub places: HashMap<OfficeId, usize>,
    /// Where a target stands in the consolidation.
    pub rows: HashMap<TargetId, usize>,
    /// How the offices stand towards each target of the consolidation, by their places; who is not named gave nothing.
    standings: Vec<Vec<(usize, Standing)>>,
    /// The returns behind them, by the period of the figures.
    pub sources: BTreeMap<Period, Source>,
}

/// The returns of a period.
#[derive(Default)]
pub(crate) struct Source {
    /// Those that count, by the office's place.
    pub counted: HashMap<usize, ReturnRow>,
    /// Cells whose figures were sent back.
    pub excluded: HashSet<(usize, TargetId)>,
    /// What has become of returns that wait, by the office's place.
    pub waiting: HashMap<usize, ReturnState>,
}

/// The table that was looked at last, and whether it still holds.
#[derive(Default)]
pub(crate) struct Kept(Option<(Stamp, Arc<Table>)>);

impl Table {
    /// Finds how an office stands towards a target; none where it gave nothing.
    pub fn standing(&self, row: usize, office: usize) -> Option<Standing> {
        let all = self.standings.get(row)?;
        all.binary_search_by_key(&office, |(place, _)| *place).ok().map(|at| all[at].1)
    }
}

impl Home {
    /// Returns the table of a period; it is gathered anew only when something was written since.
    pub(crate) fn table(&self, period: Period) -> Result<Arc<Table>> {
        self.hub_only()?;
        let stamp = self.ledger.read(|tx| tx.stamp())?;
        if let Some((_, table)) = self
            .table
            .borrow()
            .0
            .as_ref()
            .filter(|(kept, table)| *kept == stamp && table.consolidation.period == period)
        {
            return Ok(Arc::clone(table));
        }
        let table = Arc::new(self.gather_table(period)?);
        *self.table.borrow_mut() = Kept(Some((stamp, Arc::clone(&table))));
        Ok(table)
    }

    fn gather_table(&self, period: Period) -> Result<Table> {
        let apart = self.apart(period)?;
        let (consolidation, parts) = (apart.0.clone(), &apart.1);
        let status = self.status_of(&consolidation)?;
        let offices = &consolidation.plan.offices;
        let places: HashMap<OfficeId, usize> =
            offices.iter().enumerate().map(|(at, office)| (office.id.clone(), at)).collect();
        let rows = consolidation.targets.iter().enumerate().map(|(at, one)| (one.id.clone(), at)).collect();
        let standings = placed(&consolidation, parts, &places);
        let mut sources = BTreeMap::new();
        for due in consolidation.targets.iter().filter_map(|one| one.period).chain([period]) {
            if let Entry::Vacant(unread) = sources.entry(due) {
                unread.insert(self.source(due, &places)?);
            }
        }
        Ok(Table { consolidation, status, places, rows, standings, sources })
    }

    fn source(&self, period: Period, places: &HashMap<OfficeId, usize>) -> Result<Source> {
        let place = |row: &ReturnRow| places.get(&row.office).copied();
        Ok(self.ledger.read(|tx| {
            let mut source = Source::default();
            for row in tx.counted_returns(period)? {
                let Some(at) = place(&row) else { continue };
                if row.state == ReturnState::Returned {
                    let cells = tx.returned_cells(row.id)?.into_iter();
                    let figures =
                        cells.filter(|cell| cell.field.is_figure() || cell.field == Field::NotApplicable);
                    source.excluded.extend(figures.map(|cell| (at, cell.target)));
                }
                source.counted.insert(at, row);
            }
            for row in tx.waiting_returns()?.into_iter().filter(|row| row.period == period) {
                if let Some(at) = place(&row) {
                    source.waiting.insert(at, row.state);
                }
            }
            Ok::<_, ledger::Error>(source)
        })?)
    }
}

fn placed(
    consolidation: &Consolidation,
    parts: &Parts,
    places: &HashMap<OfficeId, usize>,
) -> Vec<Vec<(usize, Standing)>> {
    let of = |id: &TargetId| {
        let found = parts.get(id).into_iter().flatten();
        let mut found: Vec<_> =
            found.filter_map(|(office, standing)| Some((*places.get(office)?, *standing))).collect();
        found.sort_by_key(|(place, _)| *place);
        found
    };
    consolidation.targets.iter().map(|one| of(&one.id)).collect()
}
